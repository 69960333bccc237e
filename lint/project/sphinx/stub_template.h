#pragma once
// Templates of autosummary: what a page that it writes says, without running the template engine.
// The part of Jinja that such templates use is read: texts, lists, filters for titles, if, for, set
// and blocks. Whatever else stands in one makes the whole of it unknown. Borrows nothing.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace docathon {

/// What a template can ask for. A name that is in neither map makes the answer unknown.
struct StubValues {
    std::map<std::string, std::string, std::less<>> texts;
    std::map<std::string, std::vector<std::string>, std::less<>> lists;
};

/// The page that the template makes; nullopt if it uses what is not read here, or makes too much.
[[nodiscard]] std::optional<std::string> fill_template(std::string_view text,
                                                       const StubValues& values);

}  // namespace docathon
