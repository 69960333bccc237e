// How long each stage takes on a tree: the folder in DOCATHON_PERF_TREE, else the samples of this
// repository. Bytes per second are of the pages that are read. Whole runs are measured by
// scripts/bench; this says where their time goes.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "lint/cli/disk_session.h"
#include "lint/config/rule_file.h"
#include "lint/io/discover.h"
#include "lint/io/git.h"
#include "lint/parse/parse.h"
#include "lint/project/index/project_index.h"
#include "lint/report/report.h"
#include "lint/rules/check.h"
#include "lint/rules/rule_table.h"

namespace docathon {
namespace {

std::string tree_path() {
    const char* named = std::getenv("DOCATHON_PERF_TREE");
    return named != nullptr && *named != '\0' ? named : DOCATHON_SOURCE_DIR "/samples";
}

template <class T>
T take(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "perf_bench: %s\n", result.error().to_string().c_str());
        std::exit(2);
    }
    return std::move(*result);
}

/// The tree with everything that the stages hand on, made once.
class Project {
  public:
    static Project& get() {
        static Project project;
        return project;
    }

    cli::DiskFlags flags;
    cli::DiskSession opened;
    std::vector<SourceFile> sources;  ///< the pages
    std::vector<FileFacts> facts;     ///< by FileId
    std::vector<const Settings*> settings;
    std::int64_t bytes = 0;  ///< of the pages
    LintRun run;

    [[nodiscard]] Session& session() const { return *opened.session; }
    [[nodiscard]] const Settings& settings_of(FileId id) const { return *settings[id]; }

    [[nodiscard]] IndexInput index_input() const {
        IndexInput input;
        input.tree = &session().tree;
        input.detected = &session().detected;
        input.facts = facts;
        input.settings = settings;
        input.on_disk = session().on_disk;
        input.line_count = [](FileId) { return std::uint32_t{1000}; };
        return input;
    }

  private:
    Project() {
        flags.paths = {tree_path()};
        opened = take(cli::open_session(flags));
        const FileTree& tree = session().tree;
        settings = session().settings.pointers();
        facts.resize(tree.files().size());
        for (FileId id = 0; id < tree.files().size(); ++id) {
            const FileEntry& file = tree.file(id);
            if (!file.lintable || file.symlink || format_of(file.path) != Format::markdown) {
                continue;
            }
            Result<std::string> text = session().read(file.path);
            if (!text) {
                continue;
            }
            bytes += static_cast<std::int64_t>(text->size());
            sources.emplace_back(id, file.path, std::move(*text));
            facts[id] = parse_file(sources.back(), settings_of(id)).facts;
        }
        run = lint(session().job(1));
        run.result.root = session().root;
        run.result.tool_version = "0";
    }
};

void count(benchmark::State& state) {
    const Project& project = Project::get();
    state.SetBytesProcessed(state.iterations() * project.bytes);
    state.counters["pages"] = static_cast<double>(project.sources.size());
}

void rules(benchmark::State& state) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(take(load_builtin_rules(RuleDetail::brief)));
    }
}
BENCHMARK(rules)->Unit(benchmark::kMillisecond);

void discovery(benchmark::State& state) {
    const RealFileSystem files;
    const RealGit git;
    DiscoverOptions options;
    options.start = tree_path();
    options.use_git = state.range(0) != 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(take(discover(options, files, git)));
    }
}
BENCHMARK(discovery)->ArgName("git")->Arg(1)->Arg(0)->Unit(benchmark::kMillisecond);

/// Rules, configuration, discovery and detection: everything before a page is read.
void session(benchmark::State& state) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(take(cli::open_session(Project::get().flags)));
    }
}
BENCHMARK(session)->Unit(benchmark::kMillisecond);

void load(benchmark::State& state) {
    const Project& project = Project::get();
    for (auto _ : state) {
        for (const SourceFile& source : project.sources) {
            benchmark::DoNotOptimize(project.session().read(std::string(source.path())));
        }
    }
    count(state);
}
BENCHMARK(load)->Unit(benchmark::kMillisecond);

void parse(benchmark::State& state) {
    const Project& project = Project::get();
    for (auto _ : state) {
        for (const SourceFile& source : project.sources) {
            benchmark::DoNotOptimize(parse_file(source, project.settings_of(source.id())));
        }
    }
    count(state);
}
BENCHMARK(parse)->Unit(benchmark::kMillisecond);

void index(benchmark::State& state) {
    const IndexInput input = Project::get().index_input();
    for (auto _ : state) {
        const ProjectIndex made(input);
        benchmark::DoNotOptimize(&made);
    }
    count(state);
}
BENCHMARK(index)->Unit(benchmark::kMillisecond);

/// The rules of preset core that need the index.
void check(benchmark::State& state) {
    const Project& project = Project::get();
    const IndexInput input = project.index_input();
    const ProjectIndex made(input);
    std::vector<std::pair<std::uint32_t, std::unique_ptr<Check>>> checks;
    const RuleSet& known = project.session().rules;
    for (const NativeRule& native : native_rules()) {
        const int position = known.find(native.id);
        const auto rule = static_cast<std::uint32_t>(position);
        if (position < 0 || known.specs[rule].preset != "core") {
            continue;
        }
        for (const Options& options : project.session().effective->options(rule)) {
            checks.emplace_back(rule, native.make(options));
        }
    }
    for (auto _ : state) {
        std::vector<Diagnostic> findings;
        for (const SourceFile& source : project.sources) {
            const FileId id = source.id();
            const ProjectContext context{id, made.facts(id), made.settings(id), made};
            for (const auto& [rule, one] : checks) {
                Sink sink(rule, id, findings);
                one->project(context, sink);
            }
        }
        benchmark::DoNotOptimize(findings.data());
    }
    count(state);
}
BENCHMARK(check)->Unit(benchmark::kMillisecond);

/// Parse, index, check, settle with as many threads as the argument says.
void whole(benchmark::State& state) {
    Project& project = Project::get();
    for (auto _ : state) {
        benchmark::DoNotOptimize(
            lint(project.session().job(static_cast<unsigned>(state.range(0)))));
    }
    count(state);
}
BENCHMARK(whole)->ArgName("jobs")->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void report(benchmark::State& state) {
    const Project& project = Project::get();
    const ReportFormat& format = report_formats()[static_cast<std::size_t>(state.range(0))];
    state.SetLabel(std::string(format.name));
    std::int64_t written = 0;
    for (auto _ : state) {
        written = 0;
        format.write(project.run.result, ReportOptions{}, [&](std::string_view bytes) {
            written += static_cast<std::int64_t>(bytes.size());
            return true;
        });
    }
    state.SetBytesProcessed(state.iterations() * written);
}
BENCHMARK(report)->DenseRange(0, 6)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace docathon
