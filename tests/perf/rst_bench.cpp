// The reader of reStructuredText, parse and transforms, on one construct repeated: what matters is
// the last column, which must not fall when the text grows.

#include <benchmark/benchmark.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <string>
#include <string_view>
#include <vector>

#include "lint/parse/rst/parser.h"
#include "lint/parse/rst/transforms.h"

namespace docathon::rst {
namespace {

// The first touch of a page of memory costs more than what is written to it. Small texts find the
// memory of the round before; large ones must as well, or the system is measured.
[[maybe_unused]] const bool kept_memory = [] {
#ifdef __GLIBC__
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, -1);  // never
#endif
    return true;
}();

constexpr std::string_view kUnits[] = {
    "Plain words of running text, as most pages have them, without any markup at all.\n",
    "Some *emphasis*, **strong** text, ``code``, a `link <page.html#part>`__ and "
    "https://example.org/.\n",
    "Use :class:`~a.b.C` and :func:`d`.\n\n",
    "* item\n",
    "* item\n\n  * nested\n\n",
    "1. item\n\n",
    "term\n  definition\n",
    ":field: body\n",
    "-o FILE  option\n",
    "| line\n",
    "  quote\n\n  -- who\n\nx\n\n",
    "::\n\n  literal\n\n",
    ">>> doctest\n\n",
    "+---+---+\n| a | b |\n+---+---+\n\n",
    "=== ===\na   b\n=== ===\n\n",
    ".. note:: text\n\n",
    ".. code-block:: c\n   :caption: x\n\n   int a;\n\n",
    ".. _target:\n\n",
    ".. [#] note\n",
    ".. comment\n\n",
    "Title\n=====\n\n",
    "Overlined\n---------\n\n*a\n\n",
    "|a| b_ c__ [#]_\n\n",
    "*a **a ",
    "`",
    "``a ",
    "a-",
    "[a",
    "\\*",
    "----\n\n",
};

void rst(benchmark::State& state) {
    const std::string_view unit = kUnits[state.range(0)];
    std::string text;
    while (text.size() < static_cast<std::size_t>(state.range(1)))
        text += unit;
    Options options;
    options.mode = Mode::sphinx;
    options.line_length_limit = 1u << 30;
    options.message_elements = false;  // as pages are read
    const std::vector<std::string> transforms(standard_transforms().begin(),
                                              standard_transforms().end());
    for (auto _ : state) {
        LineSource source(text, {{0, static_cast<std::uint32_t>(text.size())}});
        Parser parser(source, options);
        parser.parse();
        apply_transforms(parser, transforms);
        benchmark::DoNotOptimize(parser.tree.size());
    }
    state.SetLabel(std::string(unit.substr(0, unit.find('\n'))).substr(0, 24));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

void all(benchmark::internal::Benchmark* made) {
    for (std::int64_t unit = 0; unit < static_cast<std::int64_t>(std::size(kUnits)); ++unit) {
        for (const std::int64_t size : {62'500, 1'000'000, 16'000'000})
            made->Args({unit, size});
    }
}
BENCHMARK(rst)->ArgNames({"unit", "bytes"})->Apply(all)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace docathon::rst
