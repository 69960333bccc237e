#include "lint/project/api/conditions.h"

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "lint/core/strings.h"

namespace docathon {

namespace {

Truth negated(Truth truth) {
    return truth == Truth::unknown ? truth : truth == Truth::yes ? Truth::no : Truth::yes;
}

/// The version that guards are compared with, and the system: Debian 12's.
constexpr std::array<int, 2> kPython = {3, 11};

/// `sys.version_info >= (3, 9)`
Truth version_guard(std::string_view test) {
    constexpr std::string_view kName = "sys.version_info";
    const std::size_t at = test.find(kName);
    if (at != 0)
        return Truth::unknown;
    test = trim_left(test.substr(kName.size()));
    if (test.starts_with("[:2]"))
        test = trim_left(test.substr(4));
    else if (test.starts_with("[0]") || test.starts_with(".major"))
        test = trim_left(test.substr(test.starts_with('[') ? 3 : 6));
    std::string_view op = test.substr(0, 2);
    if (op != ">=" && op != "<=" && op != "==")
        op = test.substr(0, 1);
    if (op != ">=" && op != "<=" && op != "==" && op != "<" && op != ">")
        return Truth::unknown;
    test = trim(test.substr(op.size()));
    const bool tuple = test.starts_with('(');
    std::vector<int> numbers;
    for (std::size_t i = tuple ? 1 : 0; i < test.size();) {
        if (!is_ascii_digit(test[i])) {
            if (test[i] != ' ' && test[i] != ',' && test[i] != ')')
                return Truth::unknown;
            ++i;
            continue;
        }
        int value = 0;
        while (i < test.size() && is_ascii_digit(test[i]) && value < 100000)
            value = value * 10 + (test[i++] - '0');
        numbers.push_back(value);
    }
    if (numbers.empty())
        return Truth::unknown;
    // (3, 11, ...) against as many numbers as the guard has.
    int order = 0;
    for (std::size_t i = 0; i < numbers.size() && order == 0; ++i) {
        const int own = i < kPython.size() ? kPython[i] : 99;
        order = own < numbers[i] ? -1 : own > numbers[i] ? 1 : 0;
    }
    if (order == 0 && numbers.size() < kPython.size() && tuple)
        order = 1;  // (3, 11) > (3,)
    const bool truth = op == ">="   ? order >= 0
                       : op == "<=" ? order <= 0
                       : op == "==" ? order == 0
                       : op == "<"  ? order < 0
                                    : order > 0;
    return truth ? Truth::yes : Truth::no;
}

// As PyBranch::test is cut: what is longer is not all of it.
constexpr std::size_t kLongest = 200;
constexpr int kMostNested = 20;

/// The parts of a condition between the words `word` ("and", "or") that stand in no brackets and no
/// string; one part if there are none.
std::vector<std::string_view> split_at(std::string_view test, std::string_view word) {
    std::vector<std::string_view> out;
    std::size_t begin = 0;
    int depth = 0;
    char quote = '\0';
    const auto ends_word = [&](std::size_t at) {
        return at >= test.size() || is_ascii_space(test[at]) || test[at] == '(' || test[at] == ')';
    };
    for (std::size_t at = 0; at < test.size(); ++at) {
        const char c = test[at];
        if (quote != '\0') {
            quote = c == quote ? '\0' : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '(' || c == '[' || c == '{') {
            ++depth;
        } else if (c == ')' || c == ']' || c == '}') {
            --depth;
        } else if (depth == 0 && at > 0 && test.substr(at).starts_with(word) && ends_word(at - 1) &&
                   ends_word(at + word.size())) {
            out.push_back(test.substr(begin, at - begin));
            begin = at + word.size();
        }
    }
    out.push_back(test.substr(begin));
    return out;
}

/// Whether the bracket at the front is closed by that at the end, with no comma of its own in it.
bool in_brackets(std::string_view test) {
    int depth = 0;
    for (std::size_t at = 0; at < test.size(); ++at) {
        if (test[at] == '(')
            ++depth;
        else if (test[at] == ')' && --depth == 0)
            return at + 1 == test.size();
        else if (depth == 0 || (depth == 1 && test[at] == ','))
            return false;
    }
    return false;
}

Truth evaluate(std::string_view test, int nested) {
    test = trim(test);
    if (nested > kMostNested)
        return Truth::unknown;
    // `or` binds weakest, then `and`, then `not`.
    for (const auto& [word, decides] :
         {std::pair<std::string_view, Truth>{"or", Truth::yes}, {"and", Truth::no}}) {
        const std::vector<std::string_view> parts = split_at(test, word);
        if (parts.size() == 1)
            continue;
        if (test.size() >= kLongest)
            return Truth::unknown;
        Truth all = negated(decides);
        for (const std::string_view part : parts) {
            const Truth one = evaluate(part, nested + 1);
            if (one == decides)
                return decides;
            if (one == Truth::unknown)
                all = Truth::unknown;
        }
        return all;
    }
    if (test.starts_with("not "))
        return negated(evaluate(test.substr(4), nested + 1));
    if (in_brackets(test))
        return evaluate(test.substr(1, test.size() - 2), nested + 1);
    if (test == "TYPE_CHECKING" || test.ends_with(".TYPE_CHECKING") || test == "MYPY" ||
        test == "False" || test == "0")
        return Truth::no;
    // Whoever asks for a package alone has loaded nothing else.
    if (test.ends_with(" in sys.modules") && (test[0] == '"' || test[0] == '\''))
        return test.ends_with(" not in sys.modules") ? Truth::yes : Truth::no;
    if (test == "True" || test == "1")
        return Truth::yes;
    if (test.starts_with("__name__ ==") || test.starts_with("__name__=="))
        return Truth::no;
    for (const std::string_view system :
         {"sys.platform", "os.name", "platform.system()", "sys.implementation.name"}) {
        if (!test.starts_with(system))
            continue;
        const bool ours = test.find("linux") != std::string_view::npos ||
                          test.find("posix") != std::string_view::npos ||
                          test.find("Linux") != std::string_view::npos ||
                          test.find("cpython") != std::string_view::npos;
        const std::string_view rest = trim_left(test.substr(system.size()));
        if (rest.starts_with("==") || rest.starts_with(".startswith"))
            return ours ? Truth::yes : Truth::no;
        if (rest.starts_with("!="))
            return ours ? Truth::no : Truth::yes;
    }
    return version_guard(test);
}

}  // namespace

Truth evaluate_condition(std::string_view test) {
    return evaluate(test, 0);
}

}  // namespace docathon
