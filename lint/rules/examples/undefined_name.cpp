// examples/undefined-name: see rules/examples/undefined-name.yaml.

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "lint/project/api/api_index.h"
#include "lint/project/api/own_names.h"
#include "lint/project/index/project_index.h"
#include "lint/rules/check.h"
#include "lint/rules/support/example_names.h"

namespace docathon::rules {

namespace {

/// Modules that examples call by one name, and what everybody calls the others.
constexpr std::array kModules = std::to_array<std::string_view>(
    {"F",         "argparse", "asyncio",   "collections", "copy",       "dataclasses", "datetime",
     "functools", "glob",     "itertools", "jax",         "jnp",        "json",        "logging",
     "math",      "nn",       "np",        "os",          "pathlib",    "pd",          "pickle",
     "plt",       "random",   "re",        "shutil",      "subprocess", "sys",         "tempfile",
     "tf",        "time",     "torch",     "typing",      "warnings"});

class UndefinedName final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        const ExampleFacts* facts = context.facts.examples.get();
        if (facts == nullptr || facts->names.empty() || context.index.own_names() == nullptr ||
            context.facts.generated)
            return;
        for (std::size_t begin = 0; begin < facts->examples.size();) {
            std::size_t end = begin + 1;
            while (end < facts->examples.size() &&
                   facts->examples[end].group == facts->examples[begin].group)
                ++end;
            group(context, *facts, begin, end, sink);
            begin = end;
        }
    }

  private:
    static bool is_read(const CodeExample& example) {
        constexpr std::uint16_t kUnclear = example_flag::kSkipped | example_flag::kDiff |
                                           example_flag::kTooLarge | example_flag::kBroken |
                                           example_flag::kPlaceholder | example_flag::kEscapes;
        return example.language == CodeLanguage::python && (example.flags & kUnclear) == 0;
    }

    static void group(const ProjectContext& context, const ExampleFacts& facts, std::size_t begin,
                      std::size_t end, Sink& sink) {
        std::set<std::string_view> bound;
        bool imports = false;
        for (std::size_t i = begin; i < end; ++i) {
            const CodeExample& example = facts.examples[i];
            for (std::uint32_t k = 0; k < example.imports.count; ++k) {
                const ExampleImport& one = facts.imports[example.imports.first + k];
                std::string_view name = facts.text(one.alias);
                if (name.empty())
                    name = facts.text(one.name);
                if (name == "*")
                    return;  // anything
                if (name.empty()) {
                    const std::string_view module = facts.text(one.module);
                    name = module.substr(0, module.find('.'));
                }
                imports = true;
                bound.insert(name);
            }
            for (std::uint32_t k = 0; k < example.bindings.count; ++k)
                bound.insert(facts.text(facts.bindings[example.bindings.first + k].name));
        }
        if (!imports) {
            sink.unknown("examples of pages that leave out all imports");
            return;
        }
        for (std::size_t i = begin; i < end; ++i) {
            const CodeExample& example = facts.examples[i];
            if (!is_read(example))
                continue;
            for (std::uint32_t k = 0; k < example.names.count; ++k) {
                const ExampleName& name = facts.names[example.names.first + k];
                const std::string_view text = facts.text(name.text);
                const std::string_view first = text.substr(0, text.find('.'));
                if (bound.count(first) > 0 || !is_known(context, example, name, first, text))
                    continue;
                if (is_said_to_fail(context, name.range) ||
                    is_about_other_versions(context, name.range.begin))
                    continue;
                bound.insert(first);  // once
                sink.report(
                        {name.range.begin,
                         name.range.begin + static_cast<std::uint32_t>(first.size())},
                        "'" + std::string(first) + "' is not imported in the examples of this page")
                    .subject = first;
            }
        }
    }

    /// Whether the name can be nothing but a module or a class that is to be imported.
    static bool is_known(const ProjectContext& context, const CodeExample& example,
                         const ExampleName& name, std::string_view first, std::string_view text) {
        // A doctest has the names of its module, and other examples leave them out.
        const ApiIndex* api = context.index.api();
        if (example.docstring != kNoItem) {
            const std::uint32_t module = context.index.api_module(context.file);
            if (api == nullptr || module == kNoItem || api->binds(module, first))
                return false;
        }
        const bool dotted = first.size() < text.size();
        if (dotted && std::binary_search(kModules.begin(), kModules.end(), first))
            return true;
        const OwnNames& own = *context.index.own_names();
        // Docstrings of a package call it by its name.
        if (dotted && example.docstring == kNoItem && own.is_own(first)) {
            const std::string_view rest = text.substr(first.size() + 1);
            return !own.is_instance_name(first, rest.substr(0, rest.find('.')));
        }
        return (name.flags & example_name_flag::kCalled) != 0 && first[0] >= 'A' &&
               first[0] <= 'Z' && own.is_exported(first) &&
               own.only_class(first).kind == ApiKind::class_;
    }
};

}  // namespace

std::unique_ptr<Check> make_examples_undefined_name(const Options&) {
    return std::make_unique<UndefinedName>();
}

}  // namespace docathon::rules
