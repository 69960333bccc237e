// examples/literalinclude-range: see rules/examples/literalinclude-range.yaml.

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/nearest.h"
#include "lint/core/strings.h"
#include "lint/model/example_facts.h"
#include "lint/project/index/project_index.h"
#include "lint/rules/check.h"
#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

/// The highest line that `:lines:` names (sphinx.util.parselinenos); nullopt if it cannot be read
/// or has no end: "1,3,5-10,20-".
std::optional<std::uint64_t> last_line(std::string_view spec) {
    std::uint64_t last = 0;
    for (std::string_view part : split(spec, ',')) {
        part = trim(part);
        std::string_view number = part.substr(part.rfind('-') + 1);
        if (number.empty())  // "20-": the line it begins at
            number = part.substr(0, part.size() - 1);
        number = trim(number);
        std::uint64_t value = 0;
        if (number.empty() || number.size() > 9)
            return std::nullopt;
        for (const char c : number) {
            if (!is_ascii_digit(c))
                return std::nullopt;
            value = value * 10 + static_cast<std::uint64_t>(c - '0');
        }
        last = std::max(last, value);
    }
    return last;
}

/// Dotted names of what a module defines, as `:pyobject:` wants them.
std::vector<std::string> objects_of(const PythonFacts& python) {
    std::vector<std::string> names;
    for (const PyDefinition& one : python.definitions) {
        std::string name(python.text(one.name));
        if (one.parent != kNoItem) {
            if (one.parent >= names.size())
                break;
            name = names[one.parent] + "." + name;
        }
        names.push_back(std::move(name));
    }
    return names;
}

class LiteralincludeRange final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        const ExampleFacts* facts = context.facts.examples.get();
        if (facts == nullptr)
            return;
        for (const IncludedCode& one : facts->included) {
            if (one.options.count == 0)
                continue;
            const FileId file = file_of(context, one);
            if (file == kNoFile)
                continue;
            const std::optional<std::string> text = context.index.text(file);
            if (!text) {
                sink.unknown("files that could not be read");
                continue;
            }
            check(context, *facts, one, file, *text, sink);
        }
    }

  private:
    static FileId file_of(const ProjectContext& context, const IncludedCode& one) {
        for (const Reference& reference : context.facts.references) {
            if (reference.kind != ReferenceKind::literal_include || reference.range != one.range ||
                !is_judged(reference))
                continue;
            const Resolution found = context.index.resolve_include(context.file, reference);
            return found.state == Found::found ? found.file : kNoFile;
        }
        return kNoFile;
    }

    static void check(const ProjectContext& context, const ExampleFacts& facts,
                      const IncludedCode& one, FileId file, const std::string& text, Sink& sink) {
        const std::string path = context.index.tree().file(file).path;
        bool part = false;  // `lines` counts in what other options leave
        for (std::uint32_t i = 0; i < one.options.count; ++i) {
            const ExampleOption& option = facts.options[one.options.first + i];
            const std::string_view name = facts.text(option.name);
            part = part || name.starts_with("start-") || name.starts_with("end-") ||
                   name == "pyobject";
        }
        for (std::uint32_t i = 0; i < one.options.count; ++i) {
            const ExampleOption& option = facts.options[one.options.first + i];
            const std::string_view name = facts.text(option.name);
            const std::string_view value = facts.text(option.value);
            if (value.empty())
                continue;
            if (name == "lines" && !part)
                lines(option, value, text, path, sink);
            else if (name == "start-after" || name == "start-at" || name == "end-before" ||
                     name == "end-at")
                marker(option, name, value, text, path, sink);
            else if (name == "pyobject")
                object(context, option, value, file, path, sink);
        }
    }

    static void lines(const ExampleOption& option, std::string_view value, const std::string& text,
                      const std::string& path, Sink& sink) {
        const std::optional<std::uint64_t> last = last_line(value);
        const std::size_t count = split_lines(text).size();
        if (!last || *last <= count)
            return;
        sink.report(option.range, "line " + std::to_string(*last) + " is beyond the end of '" +
                                      path + "', which has " + std::to_string(count) + " line" +
                                      (count == 1 ? "" : "s"));
    }

    static void marker(const ExampleOption& option, std::string_view name, std::string_view value,
                       const std::string& text, const std::string& path, Sink& sink) {
        if (text.find(value) != std::string::npos)
            return;
        sink.report(option.range, "'" + std::string(value) + "', which :" + std::string(name) +
                                      ": looks for, is not in '" + path + "'");
    }

    static void object(const ProjectContext& context, const ExampleOption& option,
                       std::string_view value, FileId file, const std::string& path, Sink& sink) {
        const PythonFacts* python = context.index.facts(file).python.get();
        if (python == nullptr) {
            sink.unknown("objects of a file that was not read as Python");
            return;
        }
        const std::vector<std::string> names = objects_of(*python);
        if (std::find(names.begin(), names.end(), value) != names.end())
            return;
        sink.report(option.range,
                    "'" + path + "' has no '" + std::string(value) + "'" +
                        hint(std::string(nearest(value, names, suggestion_distance(value)))));
    }
};

}  // namespace

std::unique_ptr<Check> make_examples_literalinclude_range(const Options&) {
    return std::make_unique<LiteralincludeRange>();
}

}  // namespace docathon::rules
