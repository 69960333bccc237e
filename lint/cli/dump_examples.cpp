// docathon-lint dump examples: the golden format of tests on examples.

#include <array>

#include "lint/cli/dump.h"
#include "lint/core/line_index.h"
#include "lint/core/strings.h"
#include "lint/model/example_facts.h"

namespace docathon {

namespace {

constexpr std::array<std::string_view, 9> kOrigins = {
    "none", "fence", "directive", "highlight", "doctest", "prompt", "gallery", "kernel", "guess"};
constexpr std::array<std::string_view, 4> kPlaces = {"page", "docstring", "gallery", "notebook"};
constexpr std::array<std::string_view, 12> kFlags = {
    "console",     "skipped", "diff",     "magic",  "too-large", "broken",
    "placeholder", "escapes", "unclosed", "output", "mixed",     "json"};
constexpr std::array<std::string_view, 5> kBindings = {"alias", "result", "function", "class",
                                                       "unknown"};
constexpr std::array<std::string_view, 4> kInlineKinds = {"code", "interpreted", "role", "word"};
constexpr std::array<std::string_view, 3> kShapes = {"name", "path", "option"};

template <class Names, class Value>
std::string named(const Names& names, Value value) {
    return std::string(names[static_cast<std::size_t>(value)]);
}

class Dump {
  public:
    Dump(const SourceFile& source, const ExampleFacts& facts)
        : source_(source), lines_(source.bytes()), facts_(facts) {}

    std::string all() {
        for (const CodeExample& example : facts_.examples)
            add(example);
        for (const InlineName& name : facts_.inline_names) {
            text_ += "inline " + place(name.range) + " " + named(kInlineKinds, name.kind) + " " +
                     named(kShapes, name.shape) + " " + word(name.text);
            if (!name.role.empty())
                text_ += " role=" + word(name.role);
            text_ += std::string(name.called ? " called" : "") + "\n";
        }
        for (const IncludedCode& one : facts_.included) {
            text_ += "included " + place(one.range) + " " + word(one.target);
            for (std::uint32_t i = 0; i < one.options.count; ++i) {
                const ExampleOption& option = facts_.options[one.options.first + i];
                text_ +=
                    " " + word(option.name) + "=" + word(option.value) + "@" + place(option.range);
            }
            text_ += "\n";
        }
        return std::move(text_);
    }

  private:
    [[nodiscard]] std::string word(PyText piece) const {
        return escape_control(facts_.text(piece));
    }
    [[nodiscard]] std::string place(Range range) const {
        const auto at = [&](std::uint32_t offset) {
            const LineColumn where = lines_.line_col(offset);
            return std::to_string(where.line) + ":" + std::to_string(where.column);
        };
        return at(range.begin) + "-" + at(range.end);
    }
    /// The bytes of a range, so that tests see whether it is exact.
    [[nodiscard]] std::string cut(Range range) const {
        return " \"" + escape_control(source_.slice(range)) + "\"";
    }

    void add(const CodeExample& example) {
        text_ += "example " + place(example.range) + " " +
                 std::string(to_string(example.language)) + " by " +
                 named(kOrigins, example.origin) + " in " + named(kPlaces, example.place) +
                 " group=" + std::to_string(example.group);
        if (!example.language_text.empty())
            text_ += " label=" + word(example.language_text);
        for (std::size_t i = 0; i < kFlags.size(); ++i) {
            if ((example.flags & (1u << i)) != 0)
                text_ += " " + std::string(kFlags[i]);
        }
        text_ += "\n";
        for (std::uint32_t i = 0; i < example.pieces.count; ++i) {
            const Range piece = facts_.pieces[example.pieces.first + i];
            text_ += "  piece " + place(piece) + cut(piece) + "\n";
        }
        for (std::uint32_t i = 0; i < example.imports.count; ++i) {
            const ExampleImport& one = facts_.imports[example.imports.first + i];
            text_ += "  import " + place(one.range) + " " + std::string(one.level, '.') +
                     word(one.module);
            if (!one.name.empty())
                text_ += " name=" + word(one.name);
            if (!one.alias.empty())
                text_ += " as=" + word(one.alias);
            text_ += std::string(one.guarded ? " guarded" : "") + cut(one.range) + "\n";
        }
        for (std::uint32_t i = 0; i < example.names.count; ++i) {
            const ExampleName& one = facts_.names[example.names.first + i];
            text_ += "  name " + place(one.range) + " " + word(one.text);
            text_ += (one.flags & example_name_flag::kCalled) != 0 ? " called" : "";
            text_ += (one.flags & example_name_flag::kStored) != 0 ? " stored" : "";
            text_ += (one.flags & example_name_flag::kGuarded) != 0 ? " guarded" : "";
            text_ += "\n";
        }
        for (std::uint32_t i = 0; i < example.bindings.count; ++i) {
            const ExampleBinding& one = facts_.bindings[example.bindings.first + i];
            text_ += "  bind " + place({one.at, one.at}) + " " + word(one.name) + " " +
                     named(kBindings, one.kind) + (one.value.empty() ? "" : " ") + word(one.value) +
                     "\n";
        }
        for (std::uint32_t i = 0; i < example.calls.count; ++i)
            add(facts_.calls[example.calls.first + i]);
    }

    void add(const ExampleCall& call) {
        text_ += "  call " + place(call.range) + " " + word(facts_.names[call.name].text) +
                 " positional=" + std::to_string(call.positional);
        for (std::uint32_t k = 0; k < call.keywords.count; ++k)
            text_ += " " + word(facts_.keywords[call.keywords.first + k].name) + "=";
        text_ += call.star ? " *" : "";
        text_ += call.double_star ? " **" : "";
        text_ += call.whole ? "\n" : " cut\n";
    }

    const SourceFile& source_;
    LineIndex lines_;
    const ExampleFacts& facts_;
    std::string text_;
};

}  // namespace

std::string dump_examples(const SourceFile& source, const FileFacts& facts) {
    return facts.examples == nullptr ? std::string() : Dump(source, *facts.examples).all();
}

}  // namespace docathon
