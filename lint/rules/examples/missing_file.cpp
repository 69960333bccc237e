// examples/missing-file: see rules/examples/missing-file.yaml.

#include <algorithm>
#include <array>
#include <optional>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/model/example_facts.h"
#include "lint/project/api/own_scripts.h"
#include "lint/project/index/project_index.h"
#include "lint/rules/check.h"
#include "lint/rules/support/example_names.h"
#include "lint/rules/support/patterns.h"
#include "lint/rules/support/programs.h"
#include "lint/rules/support/references.h"
#include "lint/rules/support/repository_paths.h"

namespace docathon::rules {

namespace {

std::string_view noun(const PathUse& use) {
    switch (use.kind) {
        case PathKind::script:
            return "script";
        case PathKind::module:
            return "module";
        case PathKind::folder:
            return "folder";
        case PathKind::config_name:
            return "configuration";
        default:
            return "file";
    }
}

/// What is not there is looked for in the whole tree; nobody's page has so many of it.
constexpr std::uint32_t kMostAbsent = 1000;

class MissingFile final : public Check {
  public:
    explicit MissingFile(const Options& options) : ignore_(options.strings("ignore")) {}

    void project(const ProjectContext& context, Sink& sink) const override {
        const std::string& path = context.index.tree().file(context.file).path;
        const std::shared_ptr<const ExampleFacts>& facts = context.facts.examples;
        if (facts == nullptr || (facts->shell_texts.empty() && facts->inline_names.empty()) ||
            context.facts.generated || is_record(path) || context.index.is_template(context.file))
            return;
        // Names in the text are read without the commands: they do not say where the reader is.
        const WorkingFolders page(context, path);
        std::uint32_t left = kMostAbsent;
        std::optional<bool> fork;  // asked once: it takes the whole page
        commands(context, *facts, path, left, sink);
        for (const InlineName& name : facts->inline_names) {
            if (name.shape != InlineShape::path || name.kind == InlineKind::role)
                continue;
            const std::string_view text = facts->text(name.text);
            if (text.find('/') == std::string_view::npos || ignore_.matches(text))
                continue;
            if (left == 0) {
                sink.unknown("more paths than are looked at in one file");
                break;
            }
            const PathAnswer answer = look_up_inline(context, text, page, sink.may_suggest());
            left -= answer.state == PathState::found ? 0 : 1;
            if (answer.state == PathState::unknown)
                sink.unknown(std::string(answer.why));
            if (answer.state != PathState::missing || is_made(context, name.range.begin) ||
                is_about_other_versions(context, name.range.begin))
                continue;
            if (!fork)
                fork = is_about_fork(context, page);
            if (*fork)
                sink.unknown("pages that tell how to fork another repository");
            else
                report(sink, text.ends_with('/') ? "folder" : "file", text, name.range, answer,
                       true);
        }
    }

  private:
    void commands(const ProjectContext& context, const ExampleFacts& facts, const std::string& path,
                  std::uint32_t& left, Sink& sink) const {
        const WorkingFolders start(context, path);
        WorkingFolders folders = start;
        std::uint32_t docstring = kNoItem;
        for (const ShellText& text : facts.shell_texts) {
            // A docstring is a page of its own, and a span is typed where the page began.
            if (text.docstring != docstring) {
                folders = start;
                docstring = text.docstring;
            }
            WorkingFolders aside = folders;
            WorkingFolders& here = text.example == kNoItem ? aside : folders;
            for (std::uint32_t i = 0; i < text.commands.count; ++i) {
                const ShellCommand& command = facts.commands[text.commands.first + i];
                judge(context, command, here, left, sink);
                here.follow(command);
            }
        }
    }

    void judge(const ProjectContext& context, const ShellCommand& command,
               const WorkingFolders& folders, std::uint32_t& left, Sink& sink) const {
        const ProgramUse program = read_program(command);
        for (const PathUse& use : program.paths) {
            // A name of a configuration means something to programs of this project only.
            if (ignore_.matches(use.text) ||
                (use.kind == PathKind::config_name &&
                 context.index.own_scripts()->program(program.program) == kNoFile))
                continue;
            if (left == 0) {
                sink.unknown("more paths than are looked at in one file");
                return;
            }
            const PathAnswer answer = look_up(context, use, folders, sink.may_suggest());
            left -= answer.state == PathState::found ? 0 : 1;
            if (answer.state == PathState::unknown)
                sink.unknown(std::string(answer.why));
            if (answer.state == PathState::missing &&
                !is_about_other_versions(context, use.range.begin))
                report(sink, noun(use), use.text, use.range, answer,
                       use.range.size() == use.text.size());
        }
    }

    /// "Create a fork of the other repo": the paths are those of that one.
    static bool is_about_fork(const ProjectContext& context, const WorkingFolders& page) {
        const std::string bytes = ascii_lower(context.index.own_scripts()->bytes(context.file));
        for (const std::string_view begin :
             {"fork of the ", "fork the ", "clone the ", "clone of the "}) {
            for (std::size_t at = bytes.find(begin); at != std::string::npos;
                 at = bytes.find(begin, at + begin.size())) {
                const std::string_view behind = std::string_view(bytes).substr(at + begin.size());
                const std::string_view word = behind.substr(0, behind.find_first_of(" \n"));
                constexpr std::array kAny = std::to_array<std::string_view>(
                    {"code", "entire", "forked", "full", "git", "github", "main", "official",
                     "original", "project", "public", "relevant", "source", "upstream", "whole"});
                if (word.size() < behind.size() &&
                    behind.substr(word.size() + 1).starts_with("repo") &&
                    word.find_first_of("`*[]()") == std::string_view::npos &&
                    std::find(kAny.begin(), kAny.end(), word) == kAny.end() &&
                    !page.is_own_name(word))
                    return true;
            }
        }
        return false;
    }

    /// "Create `x/y.yaml` with ...": the reader makes it. "(was `x.py`)": it is gone.
    static bool is_made(const ProjectContext& context, std::uint32_t at) {
        constexpr std::uint32_t kBefore = 40;
        const std::string_view bytes = context.index.own_scripts()->bytes(context.file);
        if (at > bytes.size())
            return false;
        const std::uint32_t begin = at > kBefore ? at - kBefore : 0;
        const std::string before = ascii_lower(bytes.substr(begin, at - begin));
        for (const std::string_view word :
             {"create",      "creating", "write ",   "save",       "generate",
              "add a",       "new file", "put ",     " into the ", "add the following",
              "name it",     "named",    "called",   "such as",    "e.g",
              "for example", "(was ",    "formerly", "previously", "renamed from",
              "moved from"}) {
            if (before.find(word) != std::string::npos)
                return true;
        }
        return false;
    }

    static void report(Sink& sink, std::string_view what, std::string_view text, Range range,
                       const PathAnswer& answer, bool fixable) {
        Diagnostic& diagnostic =
            sink.report(range, "the repository has no " + std::string(what) + " '" +
                                   std::string(text) + "'" + hint(answer.suggestion));
        diagnostic.subject = text;
        if (!answer.suggestion.empty() && answer.sure && fixable) {
            Fix fix;
            fix.description = "write '" + answer.suggestion + "'";
            fix.edits.push_back({range, answer.suggestion});
            fix.safety = FixSafety::unsafe;
            diagnostic.fix = std::move(fix);
        }
    }

    Patterns ignore_;
};

}  // namespace

std::unique_ptr<Check> make_examples_missing_file(const Options& options) {
    return std::make_unique<MissingFile>(options);
}

}  // namespace docathon::rules
