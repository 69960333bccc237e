// require: something that a page or a part of it must have.

#include <algorithm>

#include "lint/core/strings.h"
#include "lint/rules/engines/engine.h"
#include "lint/rules/engines/place.h"

namespace docathon::rules {

namespace {

/// What stands for a selector in a message: the value of its last test, without what makes it an
/// expression.
std::string name_of(const NodeSelector& selector) {
    for (const SelectorPart& part : selector.parts) {
        for (auto step = part.steps.rbegin(); step != part.steps.rend(); ++step) {
            for (const AttributeTest& test : step->tests) {
                std::string_view value = test.value;
                if (value.empty())
                    continue;
                if (test.op == AttributeTest::Op::regex) {
                    if (value.starts_with("(?i)"))
                        value.remove_prefix(4);
                    if (value.starts_with('^'))
                        value.remove_prefix(1);
                    if (value.ends_with('$'))
                        value.remove_suffix(1);
                    // A text that was put in an expression.
                    std::string plain;
                    for (std::size_t i = 0; i < value.size(); ++i) {
                        if (value[i] == '\\' && i + 1 < value.size() &&
                            !is_ascii_alnum(value[i + 1]))
                            ++i;
                        plain += value[i];
                    }
                    return plain;
                }
                return std::string(value);
            }
        }
        return std::string(to_string(part.steps.back().kind));
    }
    return {};
}

class Require final : public Engine {
  public:
    explicit Require(EngineMaker& maker) {
        maker.common({.on = "document", .message = {}}, {"name", "match", "title"});
        maker.allow_attributes();
        const Value* has = maker.find("has");
        if (has == nullptr) {
            maker.missing("has", "selectors of what must be there, or '@' and an attribute");
            return;
        }
        const auto add_item = [&](const Value& item) {
            if (item.is_map()) {
                for (std::size_t i = 0; i < item.keys.size(); ++i)
                    add(maker, item.items[i], item.keys[i].text);
            } else {
                add(maker, item, {});
            }
        };
        if (has->is_list()) {
            for (const Value& item : has->items)
                add_item(item);
        } else if (!has->is_null()) {
            add_item(*has);
        }
        const NodeSelector& on = maker.selectors().selector(maker.result.selector);
        // A page without front matter lacks every key of it.
        front_matter_ =
            !on.parts.empty() &&
            std::all_of(on.parts.begin(), on.parts.end(), [](const auto& part) {
                return part.steps.size() == 1 && part.steps[0].kind == SelectorKind::front_matter;
            });
        for (const Thing& thing : things_) {
            if (thing.attribute.empty())
                continue;
            for (const SelectorPart& part : on.parts) {
                const SelectorKind kind = part.steps.back().kind;
                const std::vector<std::string_view> names = selector_attributes(kind);
                if (kind != SelectorKind::front_matter &&
                    std::find(names.begin(), names.end(), thing.attribute) == names.end())
                    maker.error(*has, "'" + std::string(to_string(kind)) + "' has no attribute '" +
                                          thing.attribute + "'");
            }
        }
    }

    void run(FileView& file, std::span<const Candidate> /*candidates*/,
             Reporter& report) const override {
        const std::vector<std::uint32_t>& places = file.selected(report.common().selector).entries;
        if (front_matter_ && places.empty() && !file.tree().entries().empty() &&
            file.tree().entries()[0].kind == SelectorKind::document) {
            const Range range = place_of(file, 0);
            for (const Thing& thing : things_)
                note(file, 0, thing, range, report);
            return;
        }
        for (const std::uint32_t entry : places) {
            for (const Thing& thing : things_) {
                if (!has(file, entry, thing))
                    note(file, entry, thing, place_of(file, entry), report);
            }
        }
    }

  private:
    struct Thing {
        std::string name;
        std::string attribute;       // of the place itself
        std::uint32_t selector = 0;  // of what stands in it
    };

    void add(EngineMaker& maker, const Value& value, std::string name) {
        if (!value.is_scalar() || value.text.empty()) {
            maker.error(value,
                        "an entry of 'has' must be a selector, '@' and an attribute, or a "
                        "map of a name to one of them");
            return;
        }
        Thing thing;
        thing.name = std::move(name);
        if (value.text.front() == '@') {
            thing.attribute = value.text.substr(1);
            if (thing.name.empty())
                thing.name = thing.attribute;
            things_.push_back(std::move(thing));
            return;
        }
        const std::optional<std::uint32_t> selector = maker.selector(value, value.text);
        if (!selector)
            return;
        thing.selector = *selector;
        if (thing.name.empty())
            thing.name = name_of(maker.selectors().selector(*selector));
        maker.result.more_selectors.push_back(*selector);
        things_.push_back(std::move(thing));
    }

    static bool has(const FileView& file, std::uint32_t entry, const Thing& thing) {
        if (!thing.attribute.empty())
            return !trim(file.tree().attribute(entry, thing.attribute)).empty();
        const std::vector<std::uint32_t>& all = file.selected(thing.selector).entries;
        const auto first = std::upper_bound(all.begin(), all.end(), entry);
        return first != all.end() && *first < file.tree().entries()[entry].end;
    }

    static void note(const FileView& file, std::uint32_t entry, const Thing& thing, Range range,
                     Reporter& report) {
        Arguments arguments = {{"name", thing.name},
                               {"match", std::string(file.context().source.slice(range))},
                               {"title", file.context().facts.title}};
        add_attributes(file, entry, report.common(), arguments);
        Diagnostic* finding = report.report(range, std::move(arguments));
        if (finding == nullptr)
            return;
        finding->subject = thing.name;
        // Docstrings begin with the same words now and then.
        if (file.tree().entries()[entry].kind == SelectorKind::docstring)
            finding->subject = file.tree().attribute(entry, "object") + " " + thing.name;
    }

    std::vector<Thing> things_;
    bool front_matter_ = false;
};

}  // namespace

std::unique_ptr<Engine> make_require(EngineMaker& maker) {
    return std::make_unique<Require>(maker);
}

}  // namespace docathon::rules
