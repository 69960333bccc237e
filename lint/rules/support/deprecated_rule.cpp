#include "lint/rules/support/deprecated_rule.h"

#include <algorithm>
#include <array>
#include <functional>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/project/api/own_scripts.h"
#include "lint/project/index/project_index.h"
#include "lint/rules/support/deprecations.h"
#include "lint/rules/support/example_names.h"
#include "lint/rules/support/patterns.h"
#include "lint/rules/support/programs.h"
#include "lint/rules/support/repository_paths.h"
#include "lint/rules/support/versions.h"

namespace docathon::rules {

namespace {

std::string_view last_part(std::string_view dotted) {
    const std::size_t dot = dotted.rfind('.');
    return dot == std::string_view::npos ? dotted : dotted.substr(dot + 1);
}

std::string_view parent_of(std::string_view dotted) {
    const std::size_t dot = dotted.rfind('.');
    return dot == std::string_view::npos ? std::string_view() : dotted.substr(0, dot);
}

class DeprecatedRule final : public Check {
  public:
    DeprecatedRule(const Options& options, bool removed)
        : removed_(removed), ignore_(options.strings("ignore")) {
        for (const DeprecatedRow& row : known_deprecations()) {
            if (row.removed.empty() != removed)
                known_.add(row);
        }
    }

    void project(const ProjectContext& context, Sink& sink) const override {
        if (context.facts.examples == nullptr || context.facts.generated)
            return;
        DeprecationTable own;
        for (const DeprecatedRow& row : context.index.own_scripts()->deprecated()) {
            if (row.removed.empty() != removed_)
                own.add(row);
        }
        const std::string& path = context.index.tree().file(context.file).path;
        each_deprecated_use(context, known_, own, [&](const DeprecatedUse& use) {
            if (ignore_.matches(use.row->name))
                return;
            if (is_all_there_is(context, *use.row)) {
                sink.unknown("own names that are deprecated, with nothing to use in their place");
                return;
            }
            // Its own docstring shows how it was used, and its own page too.
            const std::string source = use.row->source.substr(0, use.row->source.rfind(':'));
            if (context.facts.format == Format::python && path.ends_with(source) && !source.empty())
                return;
            if (context.facts.title.find(last_part(use.row->name)) != std::string::npos ||
                is_page_about(context.facts.title, path, parent_of(use.row->name)))
                return;
            if (is_less(context.index.own_scripts()->package().torch,
                        first_version_with(use.row->replacement))) {
                sink.unknown("names whose replacement the oldest torch of the project lacks");
                return;
            }
            if (is_about_other_versions(context, use.range.begin) ||
                says_that_it_is_old(context, around(use))) {
                sink.unknown("an example of which the page says that it is old");
                return;
            }
            report(use, sink);
        });
        modules(context, own, path, sink);
    }

  private:
    /// The project deprecates a whole object and names nothing that does the same: its pages have
    /// to show what there is (thinc's enable_mxnet, Awkward's register_and_check).
    bool is_all_there_is(const ProjectContext& context, const DeprecatedRow& row) const {
        const std::vector<DeprecatedRow>& own = context.index.own_scripts()->deprecated();
        const std::less<const DeprecatedRow*> before;
        return !removed_ && row.replacement.empty() && row.argument.empty() && !own.empty() &&
               !before(&row, own.data()) && before(&row, own.data() + own.size());
    }

    /// Whether the page is about the module that the name is of: pages on torch.jit show it.
    static bool is_page_about(std::string_view title, std::string_view path,
                              std::string_view module) {
        const std::string name = ascii_lower(basename(path));
        if (name.substr(0, name.rfind('.')) == last_part(module))
            return true;
        constexpr std::string_view kScript = "torchscript";
        return module == "torch.jit" && (ascii_lower(title).find(kScript) != std::string::npos ||
                                         name.find(kScript) != std::string::npos);
    }

    /// The example; of a long one (a script) what is near the use counts.
    static Range around(const DeprecatedUse& use) {
        constexpr std::uint32_t kLong = 4000;
        return use.example->range.size() > kLong ? use.range : use.example->range;
    }

    /// python -m pkg.module. Those of other packages: examples/stale-command.
    void modules(const ProjectContext& context, const DeprecationTable& own,
                 const std::string& path, Sink& sink) const {
        if (is_record(path))
            return;
        const ExampleFacts& facts = *context.facts.examples;
        for (const ShellCommand& command : facts.commands) {
            for (const PathUse& use : read_program(command).paths) {
                if (use.kind != PathKind::module || ignore_.matches(use.text))
                    continue;
                const auto* rows = own.find(use.text);
                if (rows == nullptr || rows->front()->kind != "module" ||
                    !rows->front()->argument.empty() || says_that_it_is_old(context, command.range))
                    continue;
                DeprecatedUse found;
                found.row = rows->front();
                found.range = use.range;
                found.written = use.text;
                found.path = use.text;
                report(found, sink);
            }
        }
    }

    void report(const DeprecatedUse& use, Sink& sink) const {
        const DeprecatedRow& row = *use.row;
        std::string message = "'" + row.name + "'";
        if (!row.argument.empty())
            message = row.value == "-" ? "'" + use.path + "' without '" + row.argument + "'"
                      : row.value.empty() || row.value == "+" || row.value[0] == '!'
                          ? "'" + row.argument + "' of '" + use.path + "'"
                          : "'" + row.argument + "=" + row.value + "' of '" + use.path + "'";
        message += removed_ ? " was removed" : " is deprecated";
        if (removed_ && row.removed != "*")
            message += " (gone in " + row.removed + ")";
        else if (!removed_ && !row.since.empty())
            message += " since " + row.since;
        // "plain Python: the project is archived" is no code.
        if (!row.replacement.empty())
            message += row.replacement.find(": ") != std::string::npos
                           ? "; use " + row.replacement
                           : "; use '" + row.replacement + "'";
        Diagnostic& diagnostic = sink.report(use.range, message);
        diagnostic.subject = row.name + (row.argument.empty() ? "" : "(" + row.argument + ")");
        if (row.fix.empty() || use.import || !row.argument.empty())
            return;
        // In one stretch, and either all of the name or what differs from the new one.
        std::string text;
        Range range = use.range;
        if (use.range.size() != use.written.size())
            return;
        if (parent_of(row.fix) == parent_of(row.name) && use.path.starts_with(row.name)) {
            const std::string_view last = last_part(use.written);
            if (last != last_part(row.name) || last.size() == use.written.size())
                return;
            range.begin = range.end - static_cast<std::uint32_t>(last.size());
            text = last_part(row.fix);
        } else if (use.written == row.name) {
            text = row.fix;
        } else {
            return;
        }
        Fix fix;
        fix.description = "write '" + text + "'";
        fix.edits.push_back({range, text});
        // The same parameters need not give the same result.
        fix.safety = FixSafety::unsafe;
        diagnostic.fix = std::move(fix);
    }

    bool removed_;
    Patterns ignore_;
    DeprecationTable known_;
};

}  // namespace

std::unique_ptr<Check> make_deprecated_rule(const Options& options, bool removed) {
    return std::make_unique<DeprecatedRule>(options, removed);
}

}  // namespace docathon::rules
