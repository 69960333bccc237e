// The outline scanner and the reader of facts, on the Python files below DOCATHON_PERF_TREE (or
// those of this repository). The scanner is meant to read 500 MB a second or more.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "lint/core/source_file.h"
#include "lint/parse/parse.h"
#include "lint/parse/python/facts.h"
#include "lint/parse/python/outline.h"

namespace docathon {
namespace {

const std::vector<std::string>& texts() {
    static const std::vector<std::string> kTexts = [] {
        namespace fs = std::filesystem;
        const char* named = std::getenv("DOCATHON_PERF_TREE");
        std::vector<fs::path> paths;
        for (const auto& entry :
             fs::recursive_directory_iterator(named != nullptr ? named : DOCATHON_SOURCE_DIR,
                                              fs::directory_options::skip_permission_denied)) {
            const std::string suffix = entry.path().extension().string();
            if (entry.is_regular_file() && (suffix == ".py" || suffix == ".pyi"))
                paths.push_back(entry.path());
        }
        std::sort(paths.begin(), paths.end());
        std::vector<std::string> read;
        std::size_t bytes = 0;
        for (const fs::path& path : paths) {
            std::ifstream file(path, std::ios::binary);
            std::stringstream text;
            text << file.rdbuf();
            bytes += read.emplace_back(text.str()).size();
            if (bytes > 50'000'000)
                break;
        }
        return read;
    }();
    return kTexts;
}

std::int64_t total() {
    std::int64_t bytes = 0;
    for (const std::string& text : texts())
        bytes += static_cast<std::int64_t>(text.size());
    return bytes;
}

void python_outline(benchmark::State& state) {
    python::Outline outline;
    for (auto _ : state) {
        for (const std::string& text : texts()) {
            python::scan_outline(text, outline);
            benchmark::DoNotOptimize(outline.lines.data());
        }
    }
    state.SetBytesProcessed(state.iterations() * total());
}
BENCHMARK(python_outline)->Unit(benchmark::kMillisecond);

void python_facts(benchmark::State& state) {
    python::Outline outline;
    for (auto _ : state) {
        for (const std::string& text : texts())
            benchmark::DoNotOptimize(python::read_facts(text, false, outline));
    }
    state.SetBytesProcessed(state.iterations() * total());
}
BENCHMARK(python_facts)->Unit(benchmark::kMillisecond);

void python_parse_file(benchmark::State& state) {
    std::vector<SourceFile> files;
    for (const std::string& text : texts())
        files.emplace_back(0, "a.py", text);
    for (auto _ : state) {
        for (const SourceFile& file : files)
            benchmark::DoNotOptimize(parse_file(file, Settings{}));
    }
    state.SetBytesProcessed(state.iterations() * total());
}
BENCHMARK(python_parse_file)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace docathon
