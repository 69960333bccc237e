// examples/stale-command: see rules/examples/stale-command.yaml.

#include <algorithm>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/model/example_facts.h"
#include "lint/project/detect/detect.h"
#include "lint/project/index/project_index.h"
#include "lint/rules/check.h"
#include "lint/rules/support/deprecations.h"
#include "lint/rules/support/example_names.h"
#include "lint/rules/support/programs.h"

namespace docathon::rules {

namespace {

class StaleCommand final : public Check {
  public:
    StaleCommand() {
        for (const DeprecatedRow& row : known_deprecations()) {
            if (row.kind == "module" && row.argument.empty())
                modules_.add(row);
        }
    }

    void project(const ProjectContext& context, Sink& sink) const override {
        const ExampleFacts* facts = context.facts.examples.get();
        if (facts == nullptr || context.facts.generated)
            return;
        for (const ShellCommand& command : facts->commands) {
            if (is_about_other_versions(context, command.range.begin))
                continue;
            clone(context, command, sink);
            for (const PathUse& use : read_program(command).paths) {
                const auto* rows = use.kind == PathKind::module ? modules_.find(use.text) : nullptr;
                if (rows == nullptr)
                    continue;
                const DeprecatedRow& row = *rows->front();
                Diagnostic& diagnostic = sink.report(
                    use.range, "'python -m " + use.text +
                                   (row.removed.empty() ? "' is deprecated" : "' was removed") +
                                   "; use '" + row.replacement + "'");
                diagnostic.subject = use.text;
            }
        }
    }

  private:
    /// git clone of this repository under an owner that it no longer has.
    static void clone(const ProjectContext& context, const ShellCommand& command, Sink& sink) {
        const std::vector<ShellWord>& words = command.words;
        const RepositoryInfo& own = context.index.detected().repository;
        if (own.owner.empty() || words.size() < 3 || words[0].text != "git" ||
            words[1].text != "clone")
            return;
        for (std::size_t i = 2; i < words.size(); ++i) {
            if ((words[i].flags & shell_word_flag::kOpen) != 0)
                continue;
            const std::optional<RepositoryInfo> there = parse_repository_url(words[i].text);
            if (!there || there->host != own.host || !ascii_iequals(there->name, own.name) ||
                ascii_iequals(there->owner, own.owner))
                continue;
            // Instructions for a fork name somebody, and an alias is as good.
            const bool alias = std::any_of(
                own.aliases.begin(), own.aliases.end(),
                [&](const std::string& other) { return ascii_iequals(other, there->owner); });
            if (!own.certain) {
                sink.unknown("which of two owners of this repository is the present one");
                continue;
            }
            if (alias || looks_like_placeholder(there->owner) || has_upstream(context)) {
                sink.unknown("a clone of a fork or an alias");
                continue;
            }
            Diagnostic& diagnostic = sink.report(
                words[i].range, "this repository is '" + own.owner + "/" + own.name + "', not '" +
                                    there->owner + "/" + there->name + "'");
            diagnostic.subject = there->owner + "/" + there->name;
        }
    }

    /// `git remote add upstream ...`: what is cloned on that page is a fork.
    static bool has_upstream(const ProjectContext& context) {
        const RepositoryInfo& own = context.index.detected().repository;
        const std::vector<ShellCommand>& commands = context.facts.examples->commands;
        return std::any_of(commands.begin(), commands.end(), [&](const ShellCommand& command) {
            const std::vector<ShellWord>& words = command.words;
            if (words.size() < 5 || words[0].text != "git" || words[1].text != "remote")
                return false;
            const std::optional<RepositoryInfo> there = parse_repository_url(words.back().text);
            return there && ascii_iequals(there->owner, own.owner) &&
                   ascii_iequals(there->name, own.name);
        });
    }

    DeprecationTable modules_;
};

}  // namespace

std::unique_ptr<Check> make_examples_stale_command(const Options&) {
    return std::make_unique<StaleCommand>();
}

}  // namespace docathon::rules
