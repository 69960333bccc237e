#include "lint/project/api/conditions.h"

#include <array>
#include <cstddef>
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

}  // namespace

Truth evaluate_condition(std::string_view test) {
    test = trim(test);
    if (test.starts_with("not "))
        return negated(evaluate_condition(test.substr(4)));
    if (test.size() > 1 && test.front() == '(' && test.find(')') == test.size() - 1 &&
        test.find(',') == std::string_view::npos)
        return evaluate_condition(test.substr(1, test.size() - 2));
    if (test == "TYPE_CHECKING" || test.ends_with(".TYPE_CHECKING") || test == "MYPY" ||
        test == "False" || test == "0")
        return Truth::no;
    if (test == "True" || test == "1")
        return Truth::yes;
    if (test.starts_with("__name__ ==") || test.starts_with("__name__=="))
        return Truth::no;
    for (const std::string_view system : {"sys.platform", "os.name", "platform.system()"}) {
        if (!test.starts_with(system))
            continue;
        const bool ours = test.find("linux") != std::string_view::npos ||
                          test.find("posix") != std::string_view::npos ||
                          test.find("Linux") != std::string_view::npos;
        const std::string_view rest = trim_left(test.substr(system.size()));
        if (rest.starts_with("==") || rest.starts_with(".startswith"))
            return ours ? Truth::yes : Truth::no;
        if (rest.starts_with("!="))
            return ours ? Truth::no : Truth::yes;
    }
    return version_guard(test);
}

}  // namespace docathon
