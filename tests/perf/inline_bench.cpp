// The inline scanner alone, on prose and on texts that make a careless scanner quadratic. What
// matters is the last column: it must not fall when the text grows.

#include <benchmark/benchmark.h>

#include <string>
#include <string_view>

#include "lint/core/source_file.h"
#include "lint/parse/parse.h"

namespace docathon {
namespace {

constexpr std::string_view kUnits[] = {
    "Plain words of running text, as most pages have them, without any markup at all.\n",
    "Some *emphasis*, **strong** text, `code`, a [link](page.md#part) and "
    "<https://example.org/>.\n",
    "{ref}`label`, {doc}`the page <page>`, $a + b$ and {{ name }} in one sentence.\n",
    "[",
    "*a **a ",
    "`",
    "<",
    "![",
    "[a](",
    "&amp;",
    "\\*",
};

void inline_scan(benchmark::State& state) {
    const std::string_view unit = kUnits[state.range(0)];
    std::string text;
    while (text.size() < static_cast<std::size_t>(state.range(1))) {
        text += unit;
    }
    Settings settings;
    settings.flavor = Flavor::myst;
    settings.myst_extensions = {"dollarmath", "substitution"};
    const SourceFile source(0, "a.md", text);
    for (auto _ : state) {
        benchmark::DoNotOptimize(parse_file(source, settings));
    }
    state.SetLabel(std::string(unit.substr(0, unit.find('\n'))).substr(0, 24));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

void all(benchmark::internal::Benchmark* made) {
    for (std::int64_t unit = 0; unit < static_cast<std::int64_t>(std::size(kUnits)); ++unit) {
        for (const std::int64_t size : {10'000, 100'000, 1'000'000}) {
            made->Args({unit, size});
        }
    }
}
BENCHMARK(inline_scan)->ArgNames({"unit", "bytes"})->Apply(all)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace docathon
