// What can be no Python, and that all the rest is let through.

#include <gtest/gtest.h>

#include "lint/parse/python/syntax.h"
#include "tests/unit/cpu_clock.h"

namespace docathon::python {
namespace {

std::string error_of(std::string_view text) {
    const std::optional<SyntaxError> error = find_syntax_error(text);
    if (!error)
        return {};
    return std::string(text.substr(error->range.begin, error->range.size())) + ": " +
           error->message;
}

TEST(PythonSyntax, Refuses) {
    EXPECT_EQ(error_of("with open('x', 'rb') report:\n"), "report: 'report' cannot follow ')'");
    EXPECT_EQ(error_of("from m import a, b()\n"), "(: 'b(' in an import: names only");
    EXPECT_EQ(error_of("import a b\n"), "b: 'b' cannot stand in an import");
    EXPECT_EQ(error_of("print x\n"), "x: 'print' is a function since Python 3: write print(...)");
    EXPECT_EQ(error_of("f(1,\n  2\n"), "(: '(' was never closed");
    EXPECT_EQ(error_of("f(1))\n"), "): unmatched ')'");
    EXPECT_EQ(error_of("x = 'a\n"), "'a: unterminated string literal");
    EXPECT_EQ(error_of("x = \xe2\x80\x9c"
                       "a\n"),
              "\xe2\x80\x9c: a curly quote is no character of Python");
    EXPECT_EQ(error_of("for i in x\n    pass\n"), "x: a ':' is missing at the end of this 'for'");
    EXPECT_EQ(error_of("x = \n"), "=: nothing follows '='");
    EXPECT_EQ(error_of("a = {'b': 1 'c': 2}\n"), "'c': ''c'' cannot follow '1'");
    EXPECT_EQ(error_of("f(a, , b)\n"), ",: ',' cannot follow ','");
    EXPECT_EQ(error_of("return = [1]\n"), "=: '=' cannot follow 'return'");
    EXPECT_EQ(error_of("Epoch 1: 0.5\n"), "1: '1' cannot follow 'Epoch'");
    EXPECT_EQ(error_of("a = 1\nb c\n"), "c: 'c' cannot follow 'b'");
    EXPECT_EQ(error_of("f(x)\n.y()\n"), ".: a statement cannot begin with '.'");
    EXPECT_EQ(error_of("Net(\n  (conv): Conv2d(1, 2)\n)\n"), ":: ':' cannot follow ')'");
    EXPECT_EQ(error_of("$ ls\n"), "$: '$' is no Python");
}

TEST(PythonSyntax, LetsThroughWhatPythonReads) {
    for (const char* text : {
             "a, = b\n",
             "*a, b = c\n",
             "x: int\n",
             "x: int = 3\n",
             "match x:\n    case [1, *_] | {'a': b}: pass\n    case \"s\": pass\n",
             "match = 1\ncase = match\ntype X = int\ntype = 2\nprint = f\n",
             "async with a as b, c as d: pass\n",
             "async def f(a, /, b, *, c: int = 3, **k) -> int: return\n",
             "try:\n  pass\nexcept* E as e:\n  pass\nelse: pass\nfinally: pass\n",
             "f = lambda: 0\ng = lambda x, *, y=1: x\nh(lambda x=(1): x)\n",
             "x = [a async for a in b if not c]\n",
             "x = a if b else c\nx = not a in b\nx = a is not b\nx = a not in b\n",
             "a[1:2, ::3, ..., :]\n",
             "print(*a, **b)\n",
             "def f(): yield\nx = yield\nx = yield from y\n",
             "raise E from None\nreturn\nassert a, 'b'\ndel a, b\nglobal a, b\n",
             "'a' 'b'\nf'{x!r:>{w}}'\n",
             "@a.b(1)\nclass A(B, metaclass=C): pass\n",
             "from . import (a as b,\n  c)\nfrom .. import *\nimport a.b as c, d\n",
             "if (n := 1) > 2: x = 1; y = 2\n",
             "while True: ...\n",
         })
        EXPECT_EQ(error_of(text), "") << text;
}

TEST(PythonSyntax, LetsThroughForms) {
    for (const char* text :
         {"{Name}Partitioner()\n", "[\n  ...\n  a,\n]\n", "x = # later\n", ".add(1)\n",
          "from a.{b} import c\n", "for x in y:\n    # body\n", "class Net\n", ""})
        EXPECT_EQ(error_of(text), "") << text;
    EXPECT_TRUE(is_display("range([start,] stop[, step])"));
    EXPECT_TRUE(is_display("f(x) -> int"));
    EXPECT_TRUE(is_display("class Net(size)"));
    EXPECT_FALSE(is_display("def f(x) -> int:\n    return x[0]\n"));
}

TEST(PythonSyntax, HostileTextTakesLinearTime) {
    constexpr std::size_t kSize = 100000;
    std::string lines;
    for (int i = 0; i < 50000; ++i)
        lines += "a b\\\n";
    for (const std::string& text :
         {std::string(kSize, '('), "x = '" + std::string(kSize, 'a'), std::string(kSize, ','),
          "x = " + std::string(kSize, '-') + "1", "[" + lines, std::string(kSize, '@')}) {
        const auto start = CpuClock::now();
        (void)find_syntax_error(text);
        EXPECT_LT(CpuClock::now() - start, std::chrono::seconds(1)) << text.substr(0, 20);
    }
}

}  // namespace
}  // namespace docathon::python
