#include "lint/project/api/deprecated.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

#include "lint/core/strings.h"
#include "lint/project/api/support.h"

namespace docathon {

namespace {

using api::has_decorator;
using api::is_dotted_name;
using api::last_part;

/// What stands behind "use", "in favor of": a role, code, a name with dots or underscores. One
/// capture for each form.
constexpr std::string_view kThing =
    R"re((?:the\s+)?(?:new\s+)?(?::[\w:]+:`~?\.?([^`<]+)`|``?~?\.?([^`]+)`|'([A-Za-z_][\w.]*(?:\([^']*\))?)'|([A-Za-z_]\w*(?:\.\w+)+(?:\([^()]*\))?|[A-Za-z]+_\w+(?:\([^()]*\))?|[A-Za-z_]\w+(?:\(\)|\s+instead))))re";

const re2::RE2& since_words() {
    static const re2::RE2 words(
        R"re((?i)(?:deprecated\s+(?:since|in|as\s+of|from|starting\s+(?:from|in|with))\s+(?:the\s+)?(?:[A-Za-z]+\s+)?(?:version\s+|release\s+)?v?(\d+\.\d+(?:\.\d+)?))|^v?(\d+\.\d+(?:\.\d+)?)(?:\s|$))re");
    return words;
}

const re2::RE2& replacement_words() {
    static const re2::RE2 words(
        std::string(
            R"re((?i)(?:in\s+favou?r\s+of|(?:please\s+|consider\s+|should\s+|recommend(?:ed)?\s+)?\b(?:use|using|switch\s+to|migrate\s+to|replaced\s+(?:by|with)|superseded\s+by|renamed\s+to|moved\s+to|import(?:ed)?\s+(?:it\s+)?from|see|try))\s+)re") +
        std::string(kThing));
    return words;
}

/// `module`.f as the package's users write it: without parts that begin with an underscore.
bool is_public_path(std::string_view dotted) {
    while (!dotted.empty()) {
        if (dotted.starts_with('_') && !dotted.starts_with("__"))
            return false;
        const std::size_t dot = dotted.find('.');
        if (dot == std::string_view::npos)
            break;
        dotted.remove_prefix(dot + 1);
    }
    return true;
}

/// All public names of a definition, the shortest first.
std::vector<std::string> public_names(const ApiIndex& api, std::uint32_t module,
                                      std::uint32_t definition) {
    const PythonFacts& facts = *api.modules()[module].facts;
    std::uint32_t top = definition;
    std::string below;
    while (facts.definitions[top].parent != kNoItem) {
        below = "." + std::string(facts.text(facts.definitions[top].name)) + below;
        top = facts.definitions[top].parent;
    }
    std::vector<std::string> out;
    const auto add = [&](bool imported) {
        for (const ApiIndex::BoundName& bound : api.names_of(module, top)) {
            const bool own = bound.publicness != Publicness::no || bound.module == module;
            if (imported ? !api.modules()[bound.module].package : !own)
                continue;
            std::string name =
                api.modules()[bound.module].module + "." + std::string(bound.name) + below;
            if (is_public_path(name))
                out.push_back(std::move(name));
        }
    };
    add(false);
    // What is private everywhere, and an __init__ imports it: that is how users have it.
    if (out.empty())
        add(true);
    std::sort(out.begin(), out.end(), [](const std::string& a, const std::string& b) {
        const auto dots = [](const std::string& text) {
            return std::count(text.begin(), text.end(), '.');
        };
        return std::tuple(dots(a), a.size(), std::string_view(a)) <
               std::tuple(dots(b), b.size(), std::string_view(b));
    });
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::string_view kind_of(const PythonFacts& facts, const PyDefinition& definition) {
    if (definition.kind == DefinitionKind::class_)
        return "class";
    return definition.parent != kNoItem &&
                   facts.definitions[definition.parent].kind == DefinitionKind::class_
               ? "method"
               : "function";
}

ApiEntity entity_of(const ApiIndex& api, std::uint32_t module, std::uint32_t definition) {
    ApiEntity out;
    const PyDefinition& made = api.modules()[module].facts->definitions[definition];
    out.kind = made.kind == DefinitionKind::class_ ? ApiKind::class_ : ApiKind::function;
    out.module = module;
    out.definition = definition;
    return out;
}

/// Whether calls mean the same after the name is replaced: the same names of parameters in the same
/// order, of the same kinds.
bool same_parameters(const ApiSignature& a, const ApiSignature& b) {
    return a.known && b.known && a.parameters.size() == b.parameters.size() &&
           std::equal(a.parameters.begin(), a.parameters.end(), b.parameters.begin(),
                      [](const ApiParameter& x, const ApiParameter& y) {
                          return x.name == y.name && x.kind == y.kind &&
                                 x.has_default == y.has_default;
                      });
}

class Harvest {
  public:
    explicit Harvest(const ApiIndex& api) : api_(api) {}

    [[nodiscard]] std::optional<DeprecatedRow> row(std::uint32_t module,
                                                   const PyDeprecation& one) const {
        const ApiSource& source = api_.modules()[module];
        const PythonFacts& facts = *source.facts;
        DeprecatedRow out;
        out.source = source.path + ":" + std::to_string(one.line);
        const DeprecationWords words = read_deprecation_message(one.message);
        out.since = words.since;
        if (one.evidence == PyDeprecation::Evidence::removed)
            out.removed = "*";
        out.argument = one.argument;
        out.value = one.value;
        if (one.definition == kNoItem) {
            // A package that is given up as a whole says so on its front page.
            if (!is_public_path(source.module) ||
                (source.module.find('.') == std::string::npos && words.replacement.empty()))
                return std::nullopt;
            out.name = source.module;
            out.kind = "module";
            out.replacement = qualified(words.replacement, module, kNoItem);
            return out;
        }
        const PyDefinition& definition = facts.definitions[one.definition];
        if ((definition.flags & definition_flag::kInFunction) != 0 ||
            has_decorator(facts, definition, "overload") ||
            has_decorator(facts, definition, "setter"))
            return std::nullopt;
        std::vector<std::string> names = public_names(api_, module, one.definition);
        if (names.empty())
            return std::nullopt;
        out.name = names.front();
        out.aliases.assign(names.begin() + 1, names.end());
        out.kind = kind_of(facts, definition);
        out.replacement = qualified(words.replacement, module, one.definition);
        if (std::find(names.begin(), names.end(), out.replacement) != names.end())
            out.replacement.clear();  // "use x with other arguments"
        if (out.argument.empty() && is_dotted_name(out.replacement)) {
            const ApiEntity there = api_.resolve(out.replacement);
            const ApiEntity here = entity_of(api_, module, one.definition);
            if (there.kind == here.kind && !(there == here) &&
                same_parameters(api_.signature(here), api_.signature(there)))
                out.fix = out.replacement;
        }
        return out;
    }

  private:
    /// The replacement with the name of its package, if there is such a thing in the index.
    [[nodiscard]] std::string qualified(const std::string& written, std::uint32_t module,
                                        std::uint32_t definition) const {
        const std::size_t end = written.find_first_of("([ ");
        const std::string name = written.substr(0, end);
        if (!is_dotted_name(name))
            return written;
        const std::string rest = end == std::string::npos ? "" : written.substr(end);
        const std::string& own = api_.modules()[module].module;
        std::vector<std::string> places = {""};
        if (definition != kNoItem) {
            const PythonFacts& facts = *api_.modules()[module].facts;
            const std::uint32_t parent = facts.definitions[definition].parent;
            if (parent != kNoItem)
                places.push_back(own + "." +
                                 std::string(facts.text(facts.definitions[parent].name)) + ".");
        }
        // `load` of torch.distributed.checkpoint is not torch.load.
        places.push_back(own + ".");
        places.push_back(own.substr(0, own.find('.')) + ".");
        for (const std::string& place : places) {
            const std::string full = place + name;
            const ApiEntity there = api_.resolve(full);
            if (there.kind == ApiKind::unknown || there.external)
                continue;
            if (there.definition == kNoItem || there.module == kNoItem)
                return full + rest;
            const std::vector<std::string> names =
                public_names(api_, there.module, there.definition);
            if (names.empty() ||
                (place != own + "." && std::find(names.begin(), names.end(), full) != names.end()))
                return full + rest;
            // Of its public names the one beside that of what is deprecated.
            if (definition != kNoItem) {
                const std::vector<std::string> old = public_names(api_, module, definition);
                const std::string beside =
                    old.empty() ? std::string() : old[0].substr(0, old[0].rfind('.') + 1);
                for (const std::string& one : names) {
                    if (one.rfind('.') + 1 == beside.size() && one.starts_with(beside))
                        return one + rest;
                }
            }
            return names.front() + rest;
        }
        return written;
    }

    const ApiIndex& api_;
};

}  // namespace

DeprecationWords read_deprecation_message(std::string_view message) {
    DeprecationWords out;
    std::string in_words;
    std::string in_note;
    if (re2::RE2::PartialMatch(re2::StringPiece(message.data(), message.size()), since_words(),
                               &in_words, &in_note))
        out.since = in_words.empty() ? in_note : in_words;
    std::array<std::string, 4> found;
    re2::StringPiece rest(message.data(), message.size());
    while (re2::RE2::FindAndConsume(&rest, replacement_words(), &found[0], &found[1], &found[2],
                                    &found[3])) {
        std::string text;
        for (const std::string& one : found) {
            if (!one.empty())
                text = one;
        }
        if (const std::size_t instead = text.find(" instead"); instead != std::string::npos)
            text.resize(instead);
        text = trim(text);
        while (!text.empty() && (text.back() == '.' || text.back() == ','))
            text.pop_back();
        // `{new}` of an f-string is not known here; words of the sentence are no names.
        constexpr std::array<std::string_view, 9> kWords = {"it",  "this", "that", "them", "these",
                                                            "any", "your", "one",  "of"};
        if (text.empty() || text.find('{') != std::string::npos ||
            text.find("://") != std::string::npos || text.size() > 120 ||
            std::find(kWords.begin(), kWords.end(), text) != kWords.end())
            continue;
        out.replacement = text;
        break;
    }
    return out;
}

std::vector<DeprecatedRow> deprecated_rows(const ApiIndex& api, const ScriptOf& script) {
    const Harvest harvest(api);
    std::vector<DeprecatedRow> out;
    for (std::uint32_t module = 0; module < api.modules().size(); ++module) {
        if (!api.is_imported(module))
            continue;
        const ScriptFacts* facts = script(module);
        if (facts == nullptr)
            continue;
        for (const PyDeprecation& one : facts->deprecations) {
            if (std::optional<DeprecatedRow> row = harvest.row(module, one))
                out.push_back(std::move(*row));
        }
    }
    const auto key = [](const DeprecatedRow& row) {
        return std::tie(row.name, row.argument, row.value);
    };
    std::stable_sort(out.begin(), out.end(), [&](const DeprecatedRow& a, const DeprecatedRow& b) {
        return key(a) < key(b);
    });
    // A decorator and a note about the same: what the second knows more is kept.
    std::vector<DeprecatedRow> merged;
    for (DeprecatedRow& row : out) {
        if (merged.empty() || key(merged.back()) != key(row)) {
            merged.push_back(std::move(row));
            continue;
        }
        DeprecatedRow& first = merged.back();
        if (first.since.empty())
            first.since = std::move(row.since);
        if (first.removed.empty())
            first.removed = std::move(row.removed);
        if (first.replacement.empty()) {
            first.replacement = std::move(row.replacement);
            first.fix = std::move(row.fix);
        }
    }
    return merged;
}

}  // namespace docathon
