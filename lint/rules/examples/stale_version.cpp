// examples/stale-version: see rules/examples/stale-version.yaml.

#include <algorithm>
#include <array>
#include <optional>

#include "lint/core/strings.h"
#include "lint/model/example_facts.h"
#include "lint/project/api/own_scripts.h"
#include "lint/project/index/project_index.h"
#include "lint/rules/check.h"
#include "lint/rules/support/example_names.h"
#include "lint/rules/support/versions.h"

namespace docathon::rules {

namespace {

/// Whether a Python of this version is surely outside of ">=3.10,<3.14".
bool is_outside(const Version& python, std::string_view range) {
    for (const std::string_view raw : split(range, ',')) {
        const std::string_view part = trim(raw);
        const std::size_t digits = part.find_first_of("0123456789");
        if (digits == std::string_view::npos)
            continue;
        const std::string_view sign = trim(part.substr(0, digits));
        const std::optional<Version> bound = version_of(trim(part.substr(digits)));
        if (!bound)
            continue;
        if ((sign == ">=" || sign == "~=" || sign == ">") && is_less(python, *bound))
            return true;
        if (sign == "<" && ((*bound)[2] <= 0) &&
            (is_less(*bound, python) || (python[0] == (*bound)[0] && python[1] == (*bound)[1])))
            return true;
    }
    return false;
}

std::string plain(std::string_view name) {
    std::string out = ascii_lower(name);
    std::replace(out.begin(), out.end(), '_', '-');
    return out;
}

class StaleVersion final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        const ExampleFacts* facts = context.facts.examples.get();
        if (facts == nullptr || context.facts.generated)
            return;
        for (const ShellCommand& command : facts->commands) {
            if (command.words.size() < 2 || is_about_other_versions(context, command.range.begin))
                continue;
            const std::string_view name = command.words[0].text;
            if (name == "conda" || name == "mamba" || name == "micromamba")
                conda(context, command, sink);
            else if (name == "uv" || name == "pip" || name == "pip3" || name == "python" ||
                     name == "python3")
                pip(context, command, sink);
        }
    }

  private:
    static void python_version(const ProjectContext& context, const ShellWord& word,
                               std::string_view version, Sink& sink) {
        const std::optional<Version> python = version_of(version);
        if (!python || (*python)[1] < 0)
            return;
        const std::string& range = context.index.own_scripts()->package().requires_python;
        Range place = word.range;
        if (word.range.size() == word.text.size())
            place.begin = place.end - static_cast<std::uint32_t>(version.size());
        const std::string text(version);
        if (!range.empty() && is_outside(*python, range)) {
            sink.report(place, "the project needs Python " + range + ", not " + text).subject =
                text;
        } else if ((*python)[2] == 0) {
            // The first of a series is what nobody means; later ones may be what a project uses.
            const std::string shorter = text.substr(0, text.rfind('.'));
            Diagnostic& diagnostic =
                sink.report(place, "'" + text + "' is the first, old release of Python " + shorter +
                                       "; write '" + shorter + "'");
            diagnostic.subject = text;
            if (place.size() == version.size()) {
                Fix fix;
                fix.description = "write '" + shorter + "'";
                fix.edits.push_back({place, shorter});
                diagnostic.fix = std::move(fix);
            }
        }
    }

    /// conda create -n x python=3.10.0
    static void conda(const ProjectContext& context, const ShellCommand& command, Sink& sink) {
        // An old version of the project in an environment of its time.
        const std::string own = plain(context.index.own_scripts()->package().name);
        const auto pins_own = [&](const ShellWord& word) {
            const std::string text = plain(word.text);
            return !own.empty() && text.starts_with(own) && text.size() > own.size() &&
                   (text[own.size()] == '=' || text[own.size()] == '<');
        };
        if (std::any_of(command.words.begin(), command.words.end(), pins_own)) {
            sink.unknown("environments of an older version of the project");
            return;
        }
        for (const ShellWord& word : command.words) {
            std::string_view text = word.text;
            if (!text.starts_with("python="))
                continue;
            text.remove_prefix(7);
            if (text.starts_with('='))
                text.remove_prefix(1);
            // -n tool-3.10.19 python=3.10.19: that release is meant.
            const auto named = [&](const ShellWord& other) {
                return &other != &word && other.text.find(text) != std::string::npos;
            };
            if (std::count(text.begin(), text.end(), '.') == 2 &&
                std::any_of(command.words.begin(), command.words.end(), named))
                sink.unknown("environments that are called as the version in them");
            else
                python_version(context, word, text, sink);
        }
    }

    /// pip install own==0.1, uv venv --python 3.8
    static void pip(const ProjectContext& context, const ShellCommand& command, Sink& sink) {
        const PackageFacts& package = context.index.own_scripts()->package();
        const std::optional<Version> now = version_of(package.version);
        for (std::size_t i = 1; i < command.words.size(); ++i) {
            const ShellWord& word = command.words[i];
            const std::string_view text = word.text;
            if (text == "--python" && i + 1 < command.words.size()) {
                python_version(context, command.words[i + 1], command.words[i + 1].text, sink);
                continue;
            }
            const std::size_t equal = text.find("==");
            if (equal == std::string_view::npos || package.name.empty() || !now ||
                plain(text.substr(0, std::min(equal, text.find('[')))) != plain(package.name))
                continue;
            const std::optional<Version> pinned = version_of(text.substr(equal + 2));
            if (!pinned || !is_less(*pinned, *now) ||
                ((*pinned)[0] == (*now)[0] && (*pinned)[1] == (*now)[1]))
                continue;
            sink.report(word.range, "'" + std::string(text.substr(equal + 2)) +
                                        "' is older than this version of the project (" +
                                        package.version + ")")
                .subject = text;
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_examples_stale_version(const Options&) {
    return std::make_unique<StaleVersion>();
}

}  // namespace docathon::rules
