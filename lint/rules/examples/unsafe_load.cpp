// examples/unsafe-load: see rules/examples/unsafe-load.yaml.

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/strings.h"
#include "lint/project/api/own_scripts.h"
#include "lint/project/index/project_index.h"
#include "lint/rules/check.h"
#include "lint/rules/support/package_names.h"
#include "lint/rules/support/versions.h"

namespace docathon::rules {

namespace {

bool has_any(std::string_view text, const auto& words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        return text.find(word) != std::string_view::npos;
    });
}

/// The examples of a page, or of one docstring.
struct Group {
    bool saves = false;
    bool downloads = false;
};

class UnsafeLoad final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        const ExampleFacts* facts = context.facts.examples.get();
        if (facts == nullptr)
            return;
        const std::string_view source = context.index.own_scripts()->bytes(context.file);
        std::vector<const ExampleCall*> calls;
        std::vector<std::uint32_t> groups;
        PackageNameVisitor visitor;
        visitor.call = [&](const CodeExample& example, const ExampleCall& call,
                           const std::string& path) {
            if (path != "torch.load" || call.star || call.double_star || !call.whole)
                return;
            const ExampleKeyword* const first = facts->keywords.data() + call.keywords.first;
            if (std::none_of(first, first + call.keywords.count, [&](const ExampleKeyword& one) {
                    return facts->text(one.name) == "weights_only";
                })) {
                calls.push_back(&call);
                groups.push_back(example.group);
            }
        };
        visit_package_names(*facts, visitor);
        if (calls.empty())
            return;
        if (!takes_unsafe_torch(context.index.own_scripts()->package().torch)) {
            sink.unknown("which torch the project takes: since 2.6 torch.load is safe by default");
            return;
        }
        const std::map<std::uint32_t, Group> all = look_at(source, *facts);
        for (std::size_t i = 0; i < calls.size(); ++i) {
            const Group group = all.at(groups[i]);
            const ExampleName& name = facts->names[calls[i]->name];
            if (group.saves ||
                (!group.downloads && is_readers_own(source.substr(
                                         name.range.end, calls[i]->range.end - name.range.end)))) {
                sink.unknown("files that the reader or the page wrote");
                continue;
            }
            if (is_shown_as_bad(source, calls[i]->range)) {
                sink.unknown("calls that the page warns of");
                continue;
            }
            const std::string written(facts->text(name.text));
            sink.report(name.range, "'" + written +
                                        "' without 'weights_only' may run code from the file; "
                                        "add 'weights_only=True'")
                .subject = written;
        }
    }

  private:
    /// Whether a project that takes this torch and later ones takes one before 2.6.
    static bool takes_unsafe_torch(std::string_view from) { return is_less(from, "2.6"); }

    static std::map<std::uint32_t, Group> look_at(std::string_view source,
                                                  const ExampleFacts& facts) {
        constexpr std::array kDownloads = std::to_array<std::string_view>(
            {"curl ", "download", "from_url", "http://", "https://", "s3://", "snapshot", "wget "});
        std::map<std::uint32_t, Group> groups;
        for (const CodeExample& example : facts.examples) {
            Group& out = groups[example.group];
            for (std::uint32_t i = 0; i < example.calls.count; ++i) {
                const ExampleCall& call = facts.calls[example.calls.first + i];
                const std::string_view name = facts.text(facts.names[call.name].text);
                const std::string_view last = name.substr(name.rfind('.') + 1);
                out.saves = out.saves || last == "save" || last.starts_with("save_") ||
                            last.find("Checkpoint") != std::string_view::npos;
            }
            out.downloads =
                out.downloads ||
                has_any(source.substr(example.range.begin, example.range.size()), kDownloads);
        }
        return groups;
    }

    /// `torch.load(path)  # without weights_only: may run code`
    static bool is_shown_as_bad(std::string_view source, Range call) {
        constexpr std::size_t kNear = 200;
        const std::string_view behind = source.substr(call.end, kNear);
        const std::string rest = ascii_lower(behind.substr(0, behind.find('\n')));
        return rest.find('#') != std::string::npos &&
               has_any(rest, std::array<std::string_view, 4>{"weights_only", "unsafe", "insecure",
                                                             "arbitrary code"});
    }

    /// Whether the arguments of a call name something that whoever trains has.
    static bool is_readers_own(std::string_view arguments) {
        constexpr std::array kWords = std::to_array<std::string_view>(
            {"best",   "cache", "checkpoint", "ckpt",   "epoch",   "final",     "last",
             "latest", "log",   "my_",        "output", "/out",    "result",    "resume",
             "run",    "save",  "temp",       "tmp",    "trained", "training/", "your"});
        const std::string lower = ascii_lower(arguments);
        return has_any(lower, kWords) && lower.find("pretrained") == std::string::npos;
    }
};

}  // namespace

std::unique_ptr<Check> make_examples_unsafe_load(const Options&) {
    return std::make_unique<UnsafeLoad>();
}

}  // namespace docathon::rules
