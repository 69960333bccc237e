// How the cost of rules without C++ grows with their number: one file, 10, 100 and 1,000 rules of
// one pattern each, of which every tenth matches somewhere. It must grow less than the number.

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "lint/config/options.h"
#include "lint/config/project_rules.h"
#include "lint/parse/parse.h"
#include "lint/rules/engines/engine_set.h"

namespace docathon {
namespace {

/// About 200 KB of prose from 5,000 made-up words.
std::string page() {
    std::string text;
    unsigned state = 1;
    for (int paragraph = 0; paragraph < 400; ++paragraph) {
        for (int word = 0; word < 60; ++word) {
            state = state * 1103515245u + 12345u;
            text += "word" + std::to_string(state / 65536 % 5000) + (word % 12 == 11 ? ".\n" : " ");
        }
        text += "\n";
    }
    return text;
}

void engines(benchmark::State& state) {
    std::string yaml;
    for (int i = 0; i < state.range(0); ++i) {
        yaml += "- {id: h/r" + std::to_string(i) + ", check: pattern, words: true, message: m, " +
                "patterns: '" + (i % 10 == 0 ? "word" : "absent") + std::to_string(i) + "'}\n";
    }
    RuleSet rules;
    const std::vector<RuleText> files = {{"rules.yaml", yaml}};
    if (!add_project_rules(rules, files))
        std::abort();
    std::vector<Options> options;
    options.reserve(rules.specs.size());
    std::vector<EngineRule> all;
    for (const RuleSpec& spec : rules.specs) {
        options.push_back(default_options(spec));
        all.push_back({&spec, &options.back(), 0});
    }
    Result<EngineSet> set = EngineSet::make(all, {});
    if (!set)
        std::abort();
    const SourceFile source(0, "a.md", page());
    const Settings settings;
    const ParsedFile parsed = parse_file(source, settings);
    const FileContext context{source, parsed.document, parsed.facts, settings};
    const std::vector<bool> active(set->size(), true);
    for (auto unused : state) {
        std::vector<Diagnostic> found;
        set->check(context, {}, active, found, nullptr);
        benchmark::DoNotOptimize(found.data());
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * source.bytes().size()));
}
BENCHMARK(engines)->Arg(10)->Arg(100)->Arg(1000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace docathon
