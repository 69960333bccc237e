#pragma once
// Values of expressions, read from tokens without a tree: literals, joins, known names, and the few
// functions that a conf.py needs to name its own paths. Everything else is unknown with a reason.
// Private to lint/parse/python.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/parse/python/config_reader.h"
#include "lint/parse/python/config_scope.h"
#include "lint/parse/python/config_tokens.h"

namespace docathon::config_reader {

/// Truth of a value in Python; nullopt if it cannot be known.
[[nodiscard]] std::optional<bool> truth(const PyValue& value);

/// A path on its way, as os.path.join gives it. Both may begin with kRepositoryRoot.
[[nodiscard]] std::string join_python_paths(const std::string& left, const std::string& right);

/// Puts `value` under `key` of a dict, replacing what is there.
void put_item(PyValue& dict, PyValue key, PyValue value, Budget& budget);

class Evaluator {
  public:
    /// Other modules: `module` dotted, `name` in it; nullptr if unknown.
    using ModuleValue =
        std::function<const PyValue*(std::string_view module, std::string_view name)>;

    /// `folder` = of the conf.py, relative to the root. All arguments must outlive the evaluator.
    Evaluator(std::string_view text, std::string path, std::string folder, const Scope& scope,
              Budget& budget, const std::map<std::string, std::string, std::less<>>& modules,
              ModuleValue module_value)
        : text_(text),
          path_(std::move(path)),
          folder_(std::move(folder)),
          scope_(scope),
          budget_(budget),
          modules_(modules),
          module_value_(std::move(module_value)) {}

    /// Value of tokens[first, last), a whole expression, possibly a tuple without parentheses.
    [[nodiscard]] PyValue evaluate(const std::vector<Token>& tokens, std::uint32_t first,
                                   std::uint32_t last);

    struct Arguments {
        std::vector<PyValue> positional;
        std::vector<std::pair<std::string, PyValue>> named;
        bool complete = true;  ///< false: *x or **x of something unknown
    };
    /// Arguments between the brackets at tokens[open] and its match.
    [[nodiscard]] Arguments arguments(const std::vector<Token>& tokens, std::uint32_t open);

    /// Dotted name at tokens[first, last) with import aliases resolved ("os.path.join"), or "" if
    /// it is none.
    [[nodiscard]] std::string dotted_name(const std::vector<Token>& tokens, std::uint32_t first,
                                          std::uint32_t last) const;

  private:
    struct Operand {
        PyValue value;
        const PyValue* borrowed = nullptr;  // in scope_; then `value` is not used
        std::string dotted;                 // name or attribute of a module, without a value
        const PyValue& get() const { return borrowed != nullptr ? *borrowed : value; }
    };
    struct Depth;

    bool at(std::string_view text) const;
    bool take(std::string_view text);
    std::string_view here() const;
    void skip_to_end() { pos_ = end_; }

    PyValue tuple();
    PyValue expression();
    PyValue or_test();
    PyValue and_test();
    PyValue not_test();
    PyValue comparison();
    PyValue binary(int least);
    PyValue unary();
    PyValue power();
    PyValue own(Operand operand);
    Operand primary();
    Operand atom();
    Operand name();
    Operand attribute(Operand base, std::string_view name);
    Operand subscript(Operand base);
    Operand call(Operand base, std::string_view method, const Operand& self);
    PyValue strings();
    PyValue string_literal(const Token& token);
    PyValue formatted(std::uint32_t begin, std::uint32_t end, bool raw, std::uint32_t line);
    PyValue number(const Token& token);
    std::vector<PyValue> items(bool& complete, std::string& why, bool& tuple_comma);
    PyValue braces();

    PyValue apply(std::string_view op, PyValue left, PyValue right);
    PyValue call_function(const std::string& name, Arguments args);
    PyValue call_method(const PyValue& self, std::string_view name, Arguments args);
    PyValue percent_format(const std::string& format, const PyValue& values);
    PyValue brace_format(const std::string& format, const Arguments& args);
    PyValue limited(std::string text);
    std::string absolute(const std::string& path) const;

    std::string_view text_;
    std::string path_;
    std::string folder_;
    const Scope& scope_;
    Budget& budget_;
    const std::map<std::string, std::string, std::less<>>& modules_;
    ModuleValue module_value_;

    const std::vector<Token>* tokens_ = nullptr;
    std::uint32_t pos_ = 0;
    std::uint32_t end_ = 0;
    int depth_ = 0;
    bool comprehension_ = false;  // the expression just read was followed by `for`
};

}  // namespace docathon::config_reader
