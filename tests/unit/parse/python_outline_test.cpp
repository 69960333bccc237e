// The outline scanner: what is a logical line, and what is not Python. CPython's ast is the witness
// for whole trees (tests/acceptance/python_outline.py); here stands what no tree holds reliably.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "lint/parse/python/lexer.h"
#include "lint/parse/python/outline.h"
#include "tests/unit/cpu_clock.h"

namespace docathon::python {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> lines_of(std::string_view text) {
    Outline outline;
    scan_outline(text, outline);
    std::vector<std::string> lines;
    for (const Line& line : outline.lines)
        lines.emplace_back(text.substr(line.begin, line.end - line.begin));
    return lines;
}

std::vector<std::string> problems_of(std::string_view text) {
    Outline outline;
    scan_outline(text, outline);
    std::vector<std::string> problems;
    for (const SyntaxProblem& problem : outline.problems) {
        problems.push_back(std::to_string(problem.range.begin) + " " + problem.message);
    }
    return problems;
}

TEST(PythonOutline, LogicalLines) {
    EXPECT_THAT(lines_of("\xef\xbb\xbfx = 1 # c\n\n# only a comment\ny = (2,\n  # inside\n 3)\n"),
                ElementsAre("x = 1", "y = (2,\n  # inside\n 3)"));
    EXPECT_THAT(lines_of("a; b ;c;\nd"), ElementsAre("a", "b", "c", "d"));
    EXPECT_THAT(lines_of("a = 1 + \\\n  2\nb\r\nc\rd"),
                ElementsAre("a = 1 + \\\n  2", "b", "c", "d"));
    EXPECT_THAT(lines_of("x = 1 \\\n\ny"), ElementsAre("x = 1", "y"));
    EXPECT_THAT(lines_of(""), IsEmpty());
}

TEST(PythonOutline, Strings) {
    EXPECT_THAT(lines_of("'a#b'; \"c;d\"\n"), ElementsAre("'a#b'", "\"c;d\""));
    EXPECT_THAT(lines_of("\"\"\"a\n'''\n\\\"\"\"\"\"\"\nx"),
                ElementsAre("\"\"\"a\n'''\n\\\"\"\"\"\"\"", "x"));
    EXPECT_THAT(lines_of("r'\\'\\\n'; x"), ElementsAre("r'\\'\\\n'", "x"));
    // The r is the end of a name, so the backslash escapes all the same.
    EXPECT_THAT(lines_of("for'\\''\nx"), ElementsAre("for'\\''", "x"));
}

TEST(PythonOutline, FormattedStrings) {
    for (const char* text :
         {"f'{a[\"b\"]}'", "f'{a['b']}'", "f\"{f\"{f\"{1}\"}\"}\"", "f'{x!r:>{w}}'", "f'{{{x}}}'",
          "f'{x:{{1: 2}[y]}}'", "f'''{\nx # }'''\n}'''", "rf'\\{x}'", "f'\\N{DIGIT ONE}'",
          "f'{x:%H:%M}'", "f'{x=}'", "f'{(lambda y: y)(1)}'", "t'{a['b']}'", "Rb'}'", "f'{\nx\n}'",
          "f'{d[\"'\"]}'", "f'{'\\''}'"}) {
        const std::string line = std::string(text) + "\nnext";
        EXPECT_THAT(lines_of(line), ElementsAre(text, "next")) << text;
        EXPECT_THAT(problems_of(line), IsEmpty()) << text;
    }
}

TEST(PythonOutline, IndentationAndFirstWords) {
    Outline outline;
    scan_outline(
        "if x:\n\tdef f(): pass\n    \tasync def g(): pass\n\f  class_ = 1\n \\\n      y\n",
        outline);
    ASSERT_EQ(outline.lines.size(), 5u);
    EXPECT_EQ(outline.lines[1].indent, 8u);
    EXPECT_EQ(outline.lines[1].first, FirstWord::word_def);
    EXPECT_EQ(outline.lines[2].indent, 8u);
    EXPECT_EQ(outline.lines[2].first, FirstWord::word_async);
    EXPECT_EQ(outline.lines[3].indent, 2u);
    EXPECT_EQ(outline.lines[3].first, FirstWord::other);
    EXPECT_EQ(outline.lines[4].indent, 1u);
}

TEST(PythonOutline, ProblemsStandWhereCPythonNamesThem) {
    EXPECT_THAT(problems_of("x = (1,\n"), ElementsAre("4 '(' was never closed"));
    EXPECT_THAT(problems_of("x = 1)\n"), ElementsAre("5 unmatched ')'"));
    EXPECT_THAT(problems_of("x = (1]\n"),
                ElementsAre("6 closing parenthesis ']' does not match opening parenthesis '('"));
    EXPECT_THAT(problems_of("x = 'a\ny = 1\n"), ElementsAre("4 unterminated string literal"));
    EXPECT_THAT(problems_of("x = '''a\ny = 1\n"),
                ElementsAre("4 unterminated triple-quoted string literal"));
    EXPECT_THAT(problems_of("x = 1 \\ 2\n"),
                ElementsAre("6 unexpected character after line continuation character"));
}

TEST(PythonOutline, TheRestIsReadBehindAProblem) {
    EXPECT_THAT(lines_of("x = (1,\ndef f():\n    pass\n"),
                ElementsAre("x = (1,", "def f():", "pass"));
    EXPECT_THAT(lines_of("x = 'a\ny = 1\n"), ElementsAre("x = 'a", "y = 1"));
    EXPECT_THAT(lines_of("x = f'{a\ny = 1\n"), ElementsAre("x = f'{a", "y = 1"));
    // Words that may stand in brackets, and names that begin like those that may not.
    EXPECT_THAT(lines_of("x = (1\n if a\n else\n classes)\n"),
                ElementsAre("x = (1\n if a\n else\n classes)"));
}

TEST(PythonOutline, CommentsThatMeanSomething) {
    Outline outline;
    scan_outline("#: first\nx = 1\ny = 2  #: second\n# docathon-lint: ignore[a/b]\nz = 3\n",
                 outline);
    ASSERT_EQ(outline.comments.size(), 3u);
    EXPECT_EQ(outline.comments[0].line, 0u);
    EXPECT_TRUE(outline.comments[0].own_line);
    EXPECT_EQ(outline.comments[1].line, 1u);
    EXPECT_FALSE(outline.comments[1].own_line);
    EXPECT_EQ(outline.comments[2].line, 2u);
    EXPECT_EQ(outline.comments[2].kind, CommentKind::directed);
}

TEST(PythonOutline, HostileTextTakesLinearTime) {
    const auto repeat = [](std::string_view unit, std::size_t bytes) {
        std::string text;
        while (text.size() < bytes)
            text += unit;
        return text;
    };
    Outline outline;
    for (const std::string_view unit :
         {"(", "[\n", "f'{",    "f'{\n",   "f\"\"\"{", "\\\n", "'''", "\"\n", "(f'{\n", "{#\n",
          ";", "x;",  "f'{f'{", "(\ndef ", "\t",       "\f",   "u'",  "#:\n", ")",      "f'{:"}) {
        const std::string text = repeat(unit, 1'000'000);
        const auto begin = ::docathon::CpuClock::now();
        scan_outline(text, outline);
        const auto took = ::docathon::CpuClock::now() - begin;
        EXPECT_LT(std::chrono::duration<double>(took).count(), 2.0) << unit;
        EXPECT_LE(outline.problems.size(), 20u) << unit;
    }
}

TEST(PythonLexer, ExpressionsStopOutsideOfBracketsAndLambdas) {
    const auto read = [](std::string_view text, std::string_view stops) {
        Cursor cursor(text, {0, static_cast<std::uint32_t>(text.size())});
        const Range range = cursor.expression(stops);
        return std::string(text.substr(range.begin, range.size()));
    };
    EXPECT_EQ(read("a, b", ","), "a");
    EXPECT_EQ(read("f(a, b), c", ","), "f(a, b)");
    EXPECT_EQ(read("lambda x, y=1: x, c", ","), "lambda x, y=1: x");
    EXPECT_EQ(read("lambda: (lambda y, z: y), c", ","), "lambda: (lambda y, z: y)");
    EXPECT_EQ(read("a == b = c", "="), "a == b");
    EXPECT_EQ(read("a) + b", ","), "a");
    EXPECT_EQ(read("'a,b' # c,\n + 1, 2", ","), "'a,b' # c,\n + 1");
    EXPECT_EQ(read("1e-5, 2", ","), "1e-5");
}

TEST(PythonLexer, Prefixes) {
    EXPECT_EQ(read_prefix("rb"), string_prefix::kRaw | string_prefix::kBytes);
    EXPECT_EQ(read_prefix("Fr"), string_prefix::kRaw | string_prefix::kFormat);
    EXPECT_EQ(read_prefix("t"), string_prefix::kFormat);
    EXPECT_EQ(read_prefix(""), 0);
    for (const char* wrong : {"ur", "bf", "rr", "rbf", "x"})
        EXPECT_EQ(read_prefix(wrong), string_prefix::kInvalid) << wrong;
}

}  // namespace
}  // namespace docathon::python
