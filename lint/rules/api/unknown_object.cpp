// api/unknown-object: see rules/api/unknown-object.yaml.

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/nearest.h"
#include "lint/core/strings.h"
#include "lint/project/api/own_names.h"
#include "lint/project/index/project_index.h"
#include "lint/rules/support/example_names.h"
#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

/// How autodoc and autosummary complete what a directive names (sphinx.ext.autodoc,
/// ModuleLevelDocumenter and ClassLevelDocumenter.resolve_name; autosummary, import_by_name).
enum class Names : std::uint8_t { none, module, object, member, entries };

Names names_of(std::string_view directive) {
    if (directive == "automodule")
        return Names::module;
    if (directive == "autosummary")
        return Names::entries;
    static constexpr std::array kObjects = std::to_array<std::string_view>(
        {"autoclass", "autodata", "autodecorator", "autoexception", "autofunction", "class", "data",
         "decorator", "exception", "function"});
    static constexpr std::array kMembers =
        std::to_array<std::string_view>({"attribute", "autoattribute", "automethod", "autoproperty",
                                         "classmethod", "method", "property", "staticmethod"});
    if (std::find(kObjects.begin(), kObjects.end(), directive) != kObjects.end())
        return Names::object;
    return std::find(kMembers.begin(), kMembers.end(), directive) != kMembers.end() ? Names::member
                                                                                    : Names::none;
}

class UnknownObject final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        const OwnNames* const own = context.index.own_names();
        if (own == nullptr || context.index.site(context.file) == nullptr ||
            context.index.is_template(context.file))
            return;
        std::string module;  // that currentmodule, module or automodule named last
        const std::vector<ApiDirective>& all = context.facts.api_directives;
        std::vector<ApiEntity> entities(all.size());  // what each directive documents
        for (std::size_t number = 0; number < all.size(); ++number) {
            const ApiDirective& directive = all[number];
            const bool names_module = directive.name == "currentmodule" ||
                                      directive.name == "module" || directive.name == "automodule";
            if (names_module && !directive.arguments.empty())
                module = directive.arguments[0] == "None" ? std::string() : directive.arguments[0];
            const Names names = names_of(directive.name);
            if (names == Names::none)
                continue;
            const bool by_hand = !directive.name.starts_with("auto");
            for (std::size_t i = 0; i < directive.arguments.size(); ++i) {
                const Range place =
                    i < directive.places.size() ? directive.places[i] : directive.range;
                const bool is_class = directive.name == "class" || directive.name == "exception";
                const bool parent = number + 1 < all.size() && all[number + 1].parent == number;
                const Written written{directive.arguments[i], place, by_hand,
                                      by_hand && is_class && parent};
                const ApiEntity owner =
                    directive.parent < number ? entities[directive.parent] : ApiEntity{};
                ApiEntity found;
                if (names == Names::member && owner.kind == ApiKind::class_ &&
                    written.text.substr(0, written.text.find('(')).find('.') ==
                        std::string_view::npos)
                    look_at_member(*own, owner, written, sink);
                else
                    found = look_at(*own, names, module, written, sink);
                if (i == 0)
                    entities[number] = found;
                if (names == Names::entries)
                    continue;
                if (i == 0)
                    look_at_members(*own, directive, found, sink);
                if (!by_hand)
                    break;
            }
        }
    }

  private:
    struct Written {
        std::string_view text;
        Range place;
        bool by_hand;            ///< py:function and its like, not autodoc
        bool interface = false;  ///< a class by hand, with members below it
    };

    static std::string what_follows(const Written& written) {
        return written.by_hand ? ", which is documented here" : ", so nothing is documented here";
    }

    /// A method or attribute in the content of its class.
    static void look_at_member(const OwnNames& own, const ApiEntity& owner, const Written& written,
                               Sink& sink) {
        const std::string_view name = written.text.substr(0, written.text.find_first_of("( :="));
        if (name.empty() || !is_name(name))
            return;
        NameVerdict verdict = own.member(owner, name, search_for(sink));
        if (verdict.state == NameVerdict::State::found)
            return;
        if (verdict.state == NameVerdict::State::unknown) {
            verdict.suggestion = own.slip_of_member(owner, name);
            if (verdict.suggestion.empty()) {
                sink.unknown("documented objects: " + std::string(verdict.why));
                return;
            }
        }
        Diagnostic& finding = sink.report(place_of(written, name),
                                          "the class has no '" + std::string(name) + "'" +
                                              what_follows(written) + hint(verdict.suggestion));
        finding.subject = name;
        finding.where = "site";
    }

    /// Where a part of the argument stands; all of it if it is not known line by line.
    static Range place_of(const Written& written, std::string_view name) {
        if (written.place.size() != written.text.size())
            return written.place;
        const auto begin =
            written.place.begin + static_cast<std::uint32_t>(name.data() - written.text.data());
        return {begin, begin + static_cast<std::uint32_t>(name.size())};
    }

    /// What `:members:` names of a class or module that is there.
    static void look_at_members(const OwnNames& own, const ApiDirective& directive,
                                const ApiEntity& owner, Sink& sink) {
        if (owner.kind != ApiKind::class_ && owner.kind != ApiKind::module)
            return;
        const bool placed =
            directive.places.size() == directive.arguments.size() + directive.options.size();
        for (std::size_t i = 0; i < directive.options.size(); ++i) {
            const auto& [option, value] = directive.options[i];
            if (option != "members")
                continue;
            const Range place =
                placed ? directive.places[directive.arguments.size() + i] : directive.range;
            for (const std::string_view item : split(value, ',')) {
                const std::string_view name = trim(item);
                if (name.empty() || !is_name(name) || name.find('.') != std::string_view::npos)
                    continue;
                NameVerdict verdict = own.member(owner, name, search_for(sink));
                if (verdict.state == NameVerdict::State::unknown) {
                    // Private names come and go; a slip of one of Python's is none.
                    verdict.suggestion = nearest_special(name);
                    if (verdict.suggestion.empty())
                        verdict.suggestion = own.slip_of_member(owner, name);
                    if (verdict.suggestion.empty()) {
                        sink.unknown("documented objects: " + std::string(verdict.why));
                        continue;
                    }
                } else if (verdict.state != NameVerdict::State::missing) {
                    continue;
                }
                Range range = place;
                if (placed && place.size() == value.size()) {
                    range.begin += static_cast<std::uint32_t>(name.data() - value.data());
                    range.end = range.begin + static_cast<std::uint32_t>(name.size());
                }
                Diagnostic& finding = sink.report(
                    range, "the code has no '" + std::string(name) + "' in '" +
                               directive.arguments.front() + "', so nothing is documented here" +
                               hint(verdict.suggestion));
                finding.subject = name;
                finding.where = "site";
            }
        }
    }

    /// The special method that `__cal__` is a slip of; "" for those that are one.
    static std::string_view nearest_special(std::string_view name) {
        static constexpr std::array kSpecial = std::to_array<std::string_view>(
            {"__call__", "__contains__", "__delitem__", "__enter__", "__exit__", "__getattr__",
             "__getitem__", "__init__", "__iter__", "__len__", "__setitem__", "__str__"});
        constexpr std::size_t kShortest = 7;
        if (!name.starts_with("__") || !name.ends_with("__") || name.size() < kShortest)
            return {};
        const std::string_view near = nearest(name, std::span<const std::string_view>(kSpecial), 1);
        // One letter more or less is a slip; another letter may make another name.
        return near.size() == name.size() ? std::string_view() : near;
    }

    static bool is_slip(std::string_view name, std::string_view meant) {
        return !meant.empty() && edit_distance(name.substr(name.rfind('.') + 1),
                                               meant.substr(meant.rfind('.') + 1), 2) <= 2;
    }

    static bool is_name(std::string_view name) {
        return std::all_of(name.begin(), name.end(), [](char c) {
            return is_ascii_alnum(c) || c == '_' || c == '.' || (c & 0x80) != 0;
        });
    }

    /// What the name stands for, if it is there.
    static ApiEntity look_at(const OwnNames& own, Names names, const std::string& module,
                             const Written& written, Sink& sink) {
        std::string_view name = written.text.substr(0, written.text.find_first_of("( "));
        if (names == Names::entries && (name.starts_with('~') || name.starts_with('!')))
            name.remove_prefix(1);
        // Templates, options of an extension that stand where an argument should, rules of tables.
        if (name.empty() || !is_name(name))
            return {};
        const auto dots = std::count(name.begin(), name.end(), '.');
        const std::string in_module = module.empty() ? "" : module + "." + std::string(name);
        std::string full(name);
        switch (names) {
            case Names::object:
                if (dots == 0)
                    full = in_module;
                break;
            case Names::member:
                // Of the class that the directive stands in.
                if (dots == 0)
                    return {};
                if (dots == 1)
                    full = in_module;
                break;
            case Names::entries:
                if (!in_module.empty() &&
                    own.find(in_module, NameSearch::verdict).state != NameVerdict::State::missing)
                    return {};
                if (dots == 0 && !own.is_own(name))
                    full = in_module;
                break;
            case Names::module:
            case Names::none:
                break;
        }
        if (full.empty())
            return {};
        const NameVerdict verdict = own.find(full, search_for(sink));
        if (verdict.state == NameVerdict::State::unknown)
            sink.unknown("documented objects: " + std::string(verdict.why));
        if (verdict.state == NameVerdict::State::found)
            return verdict.entity;
        if (verdict.state == NameVerdict::State::unknown)
            return {};
        // What users are to write themselves: methods that some object must have.
        if (written.interface && !is_slip(name, verdict.suggestion)) {
            sink.unknown("documented objects: classes that only the page has");
            return {};
        }
        Diagnostic& finding = sink.report(
            place_of(written, name),
            "the code has no '" + full + "'" + what_follows(written) + hint(verdict.suggestion));
        finding.subject = full;
        finding.where = "site";
        return {};
    }
};

}  // namespace

std::unique_ptr<Check> make_api_unknown_object(const Options&) {
    return std::make_unique<UnknownObject>();
}

}  // namespace docathon::rules
