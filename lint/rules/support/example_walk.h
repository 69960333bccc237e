#pragma once
// The order in which Python would come upon what one example imports, names and binds. Shared by
// what follows names of the project (example_names.h) and of any package (package_names.h).

#include <algorithm>
#include <cstdint>
#include <vector>

#include "lint/model/example_facts.h"

namespace docathon::rules {

/// Calls `handler.name(i)`, `handler.import(i)`, `handler.bind(i)` with positions in the arrays of
/// `facts`, and `handler.call(i)` behind the name that is called. At one place names are read
/// before anything is bound.
template <class Handler>
void walk_example(const ExampleFacts& facts, const CodeExample& example, Handler& handler) {
    enum class Kind : std::uint8_t { name, import, binding };
    struct Event {
        std::uint32_t at;
        Kind kind;
        std::uint32_t index;
    };
    std::vector<Event> events;
    events.reserve(example.names.count + example.imports.count + example.bindings.count);
    const auto add = [&](const ExampleItems& items, Kind kind, const auto& place) {
        for (std::uint32_t i = items.first; i < items.first + items.count; ++i)
            events.push_back({place(i), kind, i});
    };
    add(example.names, Kind::name, [&](std::uint32_t i) { return facts.names[i].range.begin; });
    add(example.imports, Kind::import, [&](std::uint32_t i) { return facts.imports[i].range.end; });
    add(example.bindings, Kind::binding, [&](std::uint32_t i) { return facts.bindings[i].at; });
    std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
        return a.at != b.at ? a.at < b.at : a.kind < b.kind;
    });
    // Calls stand in the order of their names.
    std::uint32_t call = example.calls.first;
    const std::uint32_t calls_end = call + example.calls.count;
    for (const Event& event : events) {
        switch (event.kind) {
            case Kind::name:
                handler.name(event.index);
                while (call < calls_end && facts.calls[call].name < event.index)
                    ++call;
                if (call < calls_end && facts.calls[call].name == event.index)
                    handler.call(call);
                break;
            case Kind::import:
                handler.import(event.index);
                break;
            case Kind::binding:
                handler.bind(event.index);
                break;
        }
    }
}

}  // namespace docathon::rules
