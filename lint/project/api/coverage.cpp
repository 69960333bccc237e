#include "lint/project/api/coverage.h"

#include <algorithm>
#include <array>

#include "lint/core/strings.h"
#include "lint/project/api/support.h"

namespace docathon {

using namespace api;

namespace {}  // namespace

bool is_api_module(const ApiIndex& api, std::uint32_t module) {
    constexpr std::array<std::string_view, 13> kOthers = {
        "benchmark", "benchmarks", "conftest", "doc",  "docs",  "e2e",      "example",
        "examples",  "scripts",    "setup",    "test", "tests", "tutorials"};
    const auto is_other = [&](std::string_view part) {
        return std::find(kOthers.begin(), kOthers.end(), part) != kOthers.end() ||
               part.starts_with("test_") || part.ends_with("_test");
    };
    const ApiSource& source = api.modules()[module];
    if (source.facts->stub)
        return false;
    if (api.has_packages() && !source.package && source.module.find('.') == std::string::npos)
        return false;
    // Folders above the package are in no module's name.
    const std::vector<std::string_view> names = split(source.module, '.');
    const std::vector<std::string_view> folders = split(source.outer, '/');
    return std::none_of(names.begin(), names.end(), is_other) &&
           std::none_of(folders.begin(), folders.end(), is_other);
}

bool is_setter(const PythonFacts& facts, const PyDefinition& definition) {
    const std::string_view own = facts.text(definition.name);
    for (std::uint32_t i = 0; i < definition.decorator_count; ++i) {
        const std::string_view name =
            facts.text(facts.decorators[definition.first_decorator + i].name);
        if (name.size() > own.size() && name.starts_with(own) &&
            (name.substr(own.size()) == ".setter" || name.substr(own.size()) == ".deleter"))
            return true;
    }
    return false;
}

bool is_property_definition(const PythonFacts& facts, const PyDefinition& definition) {
    for (std::uint32_t i = 0; i < definition.decorator_count; ++i) {
        if (facts.text(facts.decorators[definition.first_decorator + i].name).ends_with("property"))
            return true;
    }
    return false;
}

std::string object_path(const PythonFacts& facts, std::uint32_t definition,
                        std::string_view module) {
    std::string path;
    for (std::uint32_t at = definition; at != kNoItem; at = facts.definitions[at].parent) {
        std::string name(".");
        name += facts.text(facts.definitions[at].name);
        path.insert(0, name);
    }
    return std::string(module) + path;
}

DocstringVerdict docstring_of(const ApiIndex& api, std::uint32_t module, std::uint32_t definition) {
    const PythonFacts& facts = *api.modules()[module].facts;
    const PyDefinition& one = facts.definitions[definition];
    if (one.docstring != kNoItem)
        return {DocstringState::present, {}};
    if (api.runtime_docstring(module, definition))
        return {DocstringState::unknown, "a docstring that is made at run time"};
    if (one.kind == DefinitionKind::class_ || (one.flags & definition_flag::kInFunction) != 0)
        return {DocstringState::absent, {}};
    if (has_decorator(facts, one, "dispatch"))
        return {DocstringState::unknown, "functions of one name that share their words"};
    const int overrides = api.overrides(module, definition);
    if (overrides < 0)
        return {DocstringState::unknown,
                "a base class is not in this project, and may have the method"};
    return {overrides == 1 ? DocstringState::inherited : DocstringState::absent, {}};
}

std::vector<CoveredObject> covered_objects(const ApiIndex& api, std::uint32_t module) {
    std::vector<CoveredObject> out;
    if (!is_api_module(api, module))
        return out;
    const PythonFacts& facts = *api.modules()[module].facts;
    for (std::uint32_t at = 0; at < facts.definitions.size(); ++at) {
        const PyDefinition& one = facts.definitions[at];
        const std::string_view name = facts.text(one.name);
        if (name.starts_with('_') || is_setter(facts, one) ||
            has_decorator(facts, one, "overload") || api.publicness(module, at) != Publicness::yes)
            continue;
        out.push_back({at, docstring_of(api, module, at)});
    }
    return out;
}

}  // namespace docathon
