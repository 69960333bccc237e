#include <array>

#include "lint/cli/dump.h"
#include "lint/core/utf8.h"
#include "lint/parse/python/docstring_text.h"
#include "lint/parse/python/facts.h"
#include "lint/report/json_writer.h"

namespace docathon {

namespace {

constexpr std::array<std::string_view, 5> kParameterKinds = {"po", "pk", "vp", "ko", "vk"};

class OutlineWriter {
  public:
    OutlineWriter(const SourceFile& source, JsonWriter& json) : source_(source), json_(json) {
        python::Outline outline;
        facts_ = python::read_facts(source.bytes(), source.path().ends_with(".pyi"), outline);
        problems_ = std::move(outline.problems);
    }

    void write() {
        json_.begin_object().member("path", source_.path());
        json_.member("encoding", facts_.encoding);
        json_.key("problems").begin_array();
        for (const python::SyntaxProblem& problem : problems_) {
            json_.begin_object().member("message", problem.message);
            range("range", problem.range);
            json_.end_object();
        }
        json_.end_array();
        if (facts_.module_docstring != kNoItem)
            docstring(facts_.module_docstring);
        json_.key("definitions").begin_array();
        for (const PyDefinition& definition : facts_.definitions)
            write_definition(definition);
        json_.end_array();
        json_.key("imports").begin_array();
        for (const PyImport& import : facts_.imports) {
            json_.begin_object();
            json_.member("level", std::uint64_t{import.level});
            text("module", import.module);
            text("name", import.name);
            text("alias", import.alias);
            range("range", import.range);
            json_.end_object();
        }
        json_.end_array();
        json_.key("assignments").begin_array();
        for (const PyAssignment& assignment : facts_.assignments) {
            json_.begin_object();
            text("target", assignment.target);
            scope("scope", assignment.scope);
            json_.member("line", std::uint64_t{assignment.line});
            json_.member("kind", std::uint64_t{static_cast<std::uint8_t>(assignment.kind)});
            range("value", assignment.value_range);
            if (assignment.docstring != kNoItem)
                docstring(assignment.docstring);
            json_.end_object();
        }
        json_.end_array().end_object();
        json_.end_line();
    }

  private:
    void range(std::string_view name, Range range) {
        json_.key(name).begin_array();
        if (range.begin != range.end)
            json_.value(std::uint64_t{range.begin}).value(std::uint64_t{range.end});
        else
            json_.value(std::uint64_t{range.begin});
        json_.end_array();
    }

    void text(std::string_view name, PyText piece) {
        if (!piece.empty())
            json_.member(name, readable(facts_.text(piece)));
    }

    void scope(std::string_view name, std::uint32_t definition) {
        if (definition != kNoItem)
            json_.member(name, std::uint64_t{definition});
    }

    /// In a file of another encoding every byte is one character, so that nothing is lost.
    [[nodiscard]] std::string readable(std::string_view bytes) const {
        if (facts_.encoding.empty())
            return std::string(bytes);
        std::string out;
        for (const char c : bytes)
            append_utf8(out, static_cast<unsigned char>(c));
        return out;
    }

    void docstring(std::uint32_t index) {
        const PyDocstring& docstring = facts_.docstrings[index];
        json_.key("docstring").begin_object();
        range("range", docstring.literal);
        const python::StringValue value(source_.bytes(), docstring.literal);
        json_.member("value", readable(value.text()));
        json_.end_object();
    }

    void write_definition(const PyDefinition& definition) {
        const bool function = definition.kind == DefinitionKind::function;
        json_.begin_object().member("kind", function ? "function" : "class");
        text("name", definition.name);
        scope("parent", definition.parent);
        json_.member("async", (definition.flags & definition_flag::kAsync) != 0);
        json_.member("yields", (definition.flags & definition_flag::kHasYield) != 0);
        json_.member("returns_value", (definition.flags & definition_flag::kHasReturn) != 0);
        json_.member("line", std::uint64_t{definition.line});
        json_.member("first_line", std::uint64_t{definition.first_line});
        range("range", definition.range);
        range("name_range", definition.name_range);
        range("returns", definition.returns_range);
        range("type_parameters", definition.type_parameters);
        json_.key("decorators").begin_array();
        for (std::uint32_t i = 0; i < definition.decorator_count; ++i) {
            const Range where = facts_.decorators[definition.first_decorator + i].range;
            json_.begin_array().value(std::uint64_t{where.begin}).value(std::uint64_t{where.end});
            json_.end_array();
        }
        json_.end_array();
        json_.key("parameters").begin_array();
        for (std::uint32_t i = 0; i < definition.parameter_count; ++i) {
            const PyParameter& parameter = facts_.parameters[definition.first_parameter + i];
            json_.begin_object();
            text("name", parameter.name);
            json_.member("kind", kParameterKinds[static_cast<std::size_t>(parameter.kind)]);
            range("default", parameter.default_range);
            range("annotation", parameter.annotation_range);
            json_.end_object();
        }
        json_.end_array();
        json_.key("arguments").begin_array();
        for (std::uint32_t i = 0; i < definition.argument_count; ++i) {
            const PyArgument& argument = facts_.arguments[definition.first_argument + i];
            json_.begin_object();
            text("keyword", argument.keyword);
            range("range", argument.range);
            json_.end_object();
        }
        json_.end_array();
        if (definition.docstring != kNoItem)
            docstring(definition.docstring);
        json_.end_object();
    }

    const SourceFile& source_;
    JsonWriter& json_;
    PythonFacts facts_;
    std::vector<python::SyntaxProblem> problems_;
};

}  // namespace

void dump_outline(const SourceFile& source, const Writer& write) {
    Out out(write);
    JsonWriter json(out);
    OutlineWriter(source, json).write();
    out.finish();
}

}  // namespace docathon
