// examples/unknown-option: see rules/examples/unknown-option.yaml.

#include <algorithm>
#include <vector>

#include "lint/core/find_text.h"
#include "lint/core/nearest.h"
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

/// "--model" of "--model=x"; empty if the word is no long option, or one that names a key of a
/// configuration (--a.b=c).
std::string_view option_of(const ShellWord& word) {
    if ((word.flags & (shell_word_flag::kQuoted | shell_word_flag::kOpen)) != 0 &&
        word.text.find('=') == std::string::npos)
        return {};
    const std::string_view option = std::string_view(word.text).substr(0, word.text.find('='));
    if (!option.starts_with("--") || option.size() < 4 || !is_ascii_alpha(option[2]))
        return {};
    const bool plain = std::all_of(option.begin() + 2, option.end(), [](char c) {
        return is_ascii_alnum(c) || c == '-' || c == '_';
    });
    return plain || option.ends_with(".py") ? option : std::string_view();
}

std::string dashes(std::string_view option) {
    std::string out = ascii_lower(option);
    std::replace(out.begin(), out.end(), '_', '-');
    return out;
}

class UnknownOption final : public Check {
  public:
    explicit UnknownOption(const Options& options) : ignore_(options.strings("ignore")) {}

    void project(const ProjectContext& context, Sink& sink) const override {
        const std::shared_ptr<const ExampleFacts>& facts = context.facts.examples;
        const std::string& path = context.index.tree().file(context.file).path;
        if (facts == nullptr || facts->shell_texts.empty() || context.facts.generated ||
            context.index.is_template(context.file))
            return;
        const WorkingFolders start(context, path);
        WorkingFolders folders = start;
        std::uint32_t docstring = kNoItem;
        for (const ShellText& text : facts->shell_texts) {
            if (text.docstring != docstring) {
                folders = start;
                docstring = text.docstring;
            }
            for (std::uint32_t i = 0; i < text.commands.count; ++i) {
                const ShellCommand& command = facts->commands[text.commands.first + i];
                judge(context, command, folders, sink);
                if (text.example != kNoItem)
                    folders.follow(command);
            }
        }
    }

  private:
    /// Words of a command that one script reads.
    struct Part {
        std::string name;  ///< of the script or program, for the message
        OptionSet options;
        std::size_t begin = 0;
        std::size_t end = 0;
        bool before_script = false;  ///< the words end where a script's name stands
        FileId script = kNoFile;     ///< whose options they are
    };

    void judge(const ProjectContext& context, const ShellCommand& command,
               const WorkingFolders& folders, Sink& sink) const {
        const std::vector<ShellWord>& words = command.words;
        if (std::none_of(words.begin(), words.end(),
                         [](const ShellWord& word) { return word.text.starts_with("--"); }))
            return;
        const ProgramUse use = read_program(command);
        const OwnScripts& own = *context.index.own_scripts();
        if (use.owner >= 0) {
            const PathUse& script = use.paths[static_cast<std::size_t>(use.owner)];
            const PathAnswer answer = look_up(context, script, folders, false);
            if (answer.state == PathState::found && answer.file != kNoFile &&
                context.index.tree().file(answer.file).path.ends_with(".py")) {
                check({script.text, own.options(answer.file), use.first_argument, words.size(),
                       false, answer.file},
                      words, context, sink);
            }
        }
        const FileId program = own.program(use.program);
        if (program == kNoFile || use.program.empty())
            return;
        // The first word that is no option may be a command of the program.
        std::size_t begin = use.program_word + 1;
        std::string name = use.program;
        Part part{name, {}, begin, words.size(), false, program};
        if (begin < words.size() && !words[begin].text.starts_with('-') &&
            words[begin].text.find_first_of("/.=") == std::string::npos) {
            part.name += " " + words[begin].text;
            part.options = own.options(program, words[begin].text);
            ++part.begin;
            // Commands below commands, which click takes from anywhere (plugins).
            if (part.begin < words.size() && is_word(words[part.begin].text) &&
                holds_text(own.bytes(program), "click")) {
                sink.unknown("options of a command below a command");
                return;
            }
        } else {
            part.options = own.options(program);
        }
        if (use.launcher_end > part.begin && use.owner >= 0) {
            part.end = use.launcher_end;
            part.before_script = true;
        } else if (use.owner >= 0) {
            return;
        }
        check(part, words, context, sink);
    }

    void check(const Part& part, const std::vector<ShellWord>& words, const ProjectContext& context,
               Sink& sink) const {
        if (!part.options.known) {
            sink.unknown(std::string(part.options.why));
            return;
        }
        const std::set<std::string>& known = part.options.options;
        for (std::size_t i = part.begin; i < part.end; ++i) {
            const ShellWord& word = words[i];
            if (word.text == "--")
                return;
            // Behind the first argument others may read what follows.
            if (part.options.remainder && !part.before_script && !word.text.starts_with('-')) {
                sink.unknown("options behind the first argument of a program that hands them on");
                return;
            }
            const std::string option(option_of(word));
            if (option.empty() || option == "--help" || known.count(option) > 0 ||
                ignore_.matches(option) || is_placeholder(option))
                continue;
            // argparse takes the beginning of an option for it (allow_abbrev).
            const auto next = known.lower_bound(option);
            if (next != known.end() && next->starts_with(option))
                continue;
            if (is_about_other_versions(context, word.range.begin))
                continue;
            if (names_no_file(word, i + 1 < part.end ? words[i + 1].text : "", context)) {
                sink.unknown("options whose value is a file that this repository does not have");
                continue;
            }
            if (part.options.variants &&
                std::any_of(known.begin(), known.end(), [&](const std::string& other) {
                    return dashes(other) == dashes(option);
                })) {
                sink.unknown("options in another spelling, which a parser of its own may take");
                continue;
            }
            // A table of its own, which code makes options of.
            if (has_string(context.index.own_scripts()->bytes(part.script), option)) {
                sink.unknown("options that the script has as a string");
                continue;
            }
            report(part, word, option, sink);
        }
    }

    /// --OTHER_OPTIONS
    static bool is_placeholder(std::string_view option) {
        return option.size() > 3 && std::any_of(option.begin(), option.end(), is_ascii_alpha) &&
               std::none_of(option.begin(), option.end(),
                            [](char c) { return c >= 'a' && c <= 'z'; });
    }

    static bool is_word(std::string_view text) {
        return !text.empty() && is_ascii_alpha(text[0]) &&
               std::all_of(text.begin(), text.end(),
                           [](char c) { return is_ascii_alnum(c) || c == '-' || c == '_'; });
    }

    static bool has_string(std::string_view source, std::string_view text) {
        for (std::size_t at = find_text(source, text); at != std::string_view::npos;
             at = find_text(source, text, at + 1)) {
            const std::size_t end = at + text.size();
            if (at > 0 && end < source.size() && source[end] == source[at - 1] &&
                (source[end] == '"' || source[end] == '\''))
                return true;
        }
        return false;
    }

    /// `--cfg configs/x.yaml` where configs/ has no x.yaml: a script of the same name in another
    /// repository.
    static bool names_no_file(const ShellWord& word, std::string_view next,
                              const ProjectContext& context) {
        const std::size_t equals = word.text.find('=');
        const std::string_view value =
            equals == std::string::npos ? next : std::string_view(word.text).substr(equals + 1);
        const std::size_t slash = value.find('/');
        const FileTree& tree = context.index.tree();
        return slash != std::string_view::npos && slash > 0 &&
               value.rfind('.') > value.rfind('/') && value.rfind('.') != std::string_view::npos &&
               tree.is_folder(std::string(value.substr(0, slash))) &&
               tree.find(std::string(value)) == kNoFile;
    }

    static void report(const Part& part, const ShellWord& word, const std::string& option,
                       Sink& sink) {
        const std::set<std::string>& known = part.options.options;
        std::string near;
        bool same = false;
        for (const std::string& other : known) {
            if (dashes(other) == dashes(option)) {
                near = other;
                same = true;
            }
        }
        if (near.empty() && sink.may_suggest()) {
            std::vector<std::string_view> names;
            for (const std::string& other : known) {
                if (other.starts_with("--"))
                    names.push_back(other);
            }
            near = nearest(option, std::span<const std::string_view>(names),
                           suggestion_distance(std::string_view(option).substr(2)));
        }
        Range range = word.range;
        if ((word.flags & shell_word_flag::kQuoted) == 0)
            range.end = range.begin + static_cast<std::uint32_t>(option.size());
        Diagnostic& diagnostic =
            sink.report(range, "'" + part.name + "' has no option '" + option + "'" + hint(near));
        diagnostic.subject = option;
        if (!same)
            return;
        Fix fix;
        fix.description = "write '" + near + "'";
        fix.edits.push_back({range, near});
        diagnostic.fix = std::move(fix);
    }

    Patterns ignore_;
};

}  // namespace

std::unique_ptr<Check> make_examples_unknown_option(const Options& options) {
    return std::make_unique<UnknownOption>(options);
}

}  // namespace docathon::rules
