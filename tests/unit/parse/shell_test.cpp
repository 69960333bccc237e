#include "lint/parse/shell/shell.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "tests/unit/cpu_clock.h"

namespace docathon::shell {
namespace {

/// Commands as "name arg arg", one a line; assignments before, redirections behind, joins in front.
std::string read(const std::string& text, Dialect dialect = Dialect::script) {
    const MappedText code(text, Range{0, static_cast<std::uint32_t>(text.size())});
    std::string out;
    for (const ShellCommand& command : read_commands(code, dialect)) {
        constexpr const char* kJoins[] = {"", "&& ", "|| ", "| ", "& "};
        out += std::string(command.depth, '(') + kJoins[static_cast<int>(command.join)];
        const auto add = [&](const std::vector<ShellWord>& words, std::string_view mark) {
            for (const ShellWord& word : words) {
                out += std::string(mark) + "[" + word.text + "]";
                // What a word was made of is what its range holds.
                const std::string_view written =
                    std::string_view(text).substr(word.range.begin, word.range.size());
                if ((word.flags & shell_word_flag::kQuoted) == 0 &&
                    written.find("\\\n") == std::string_view::npos &&
                    written.find('`') == std::string_view::npos) {
                    EXPECT_EQ(written, word.text);
                }
                if ((word.flags & shell_word_flag::kExpansion) != 0)
                    out += '$';
                if ((word.flags & shell_word_flag::kGlob) != 0)
                    out += '*';
                if ((word.flags & shell_word_flag::kPlaceholder) != 0)
                    out += '?';
            }
        };
        add(command.assignments, "=");
        add(command.words, "");
        add(command.inputs, "<");
        add(command.outputs, ">");
        out += '\n';
    }
    return out;
}

TEST(Shell, WordsAndOperators) {
    EXPECT_EQ(read("cd a && python b.py --x 1|tee log; ls &\nmake || exit 1"),
              "[cd][a]\n&& [python][b.py][--x][1]\n| [tee][log]\n[ls]\n[make]\n|| [exit][1]\n");
    EXPECT_EQ(read("(cd x && make) && ls"), "([cd][x]\n(&& [make]\n&& [ls]\n");
    EXPECT_EQ(read("A=1 B=\"x y\" run a=b\nC=3\nX=(a b) run"),
              "=[A=1]=[B=x y][run][a=b]\n=[C=3]\n=[X=][run]\n");
    EXPECT_EQ(read("if true; then x a; fi\nfor i in 1 2; do y $i; done"),
              "[true]\n[x][a]\n[fi]\n[for][i][in][1][2]\n[y][$i]$\n[done]\n");
}

TEST(Shell, Continuations) {
    EXPECT_EQ(read("a \\\n  --b \\  \n  c \\ # why\n  d\ne"), "[a][--b][c][d]\n[e]\n");
    EXPECT_EQ(read("a &&\n b |\n c"), "[a]\n&& [b]\n| [c]\n");
    EXPECT_EQ(read("a \\\r\n b\r\nc\r\n"), "[a][b]\n[c]\n");
    EXPECT_EQ(read("ab\\\ncd x"), "[abcd][x]\n");
}

TEST(Shell, QuotesCommentsAndHeredocs) {
    EXPECT_EQ(read("echo 'a b'\"c $D\"e\\ f # no\n# only\nx#y"), "[echo][a bc $De f]$\n[x#y]\n");
    EXPECT_EQ(read("echo don't\nls"), "[echo][don't]\n[ls]\n");
    EXPECT_EQ(read("python -c \"import a\nprint(1)\" x"), "[python][-c][import a\nprint(1)][x]\n");
    EXPECT_EQ(read("cat > f <<'EOF' && b\npython gone.py\nEOF\nls <<-X\n\tq\n\tX\nls <<< y z"),
              "[cat]>[f]\n&& [b]\n[ls]\n[ls][z]\n");
    EXPECT_EQ(read("a > x 2>&1 >>y &>z 2>w < v"), "[a]<[v]>[x]>[y]>[z]>[w]\n");
}

TEST(Shell, WhatAWordStandsFor) {
    EXPECT_EQ(read("a $X/b ${Y:-z} $(ls $(pwd)) `ls x` ~/x x~"),
              "[a][$X/b]$[${Y:-z}]$[$(ls $(pwd))]$[]$[~/x]$[x~]\n");
    EXPECT_EQ(
        read("a <file> <path to x>/y {name} x/{a,b} *.py path/to/x your_x.py x/... MODEL_DIR/x"),
        "[a][<file>]?[<path to x>/y]?[{name}]?[x/{a,b}]*?[*.py]*[path/to/x]?[your_x.py]?[x/...]?"
        "[MODEL_DIR/x]?\n");
    EXPECT_EQ(read("a README.md README tests/CMakeLists.txt <in >out"),
              "[a][README.md][README][tests/CMakeLists.txt]<[in]>[out]\n");
}

TEST(Shell, Sessions) {
    EXPECT_EQ(
        read("$ pip install x\nCollecting x\n$ a \\\n> b\nout\n(env) $ c\n(env) user@h:~/d$ d\n% e",
             Dialect::session),
        "[pip][install][x]\n[a][b]\n[c]\n[d]\n[e]\n");
    EXPECT_EQ(read("[me@host x]$ ls\n(base)$ a\nx$ b\n$HOME/x\n(a) b"), "[ls]\n[a]\n");
    EXPECT_EQ(read("python a.py\n", Dialect::prompted), "");
    EXPECT_EQ(read("python a.py\n", Dialect::session), "[python][a.py]\n");
}

TEST(Shell, Notebooks) {
    EXPECT_EQ(read("import x\n!pip install -r r.txt\n  !ls\n%cd a\nx = 1 # !no\n%timeit y",
                   Dialect::notebook),
              "[pip][install][-r][r.txt]\n[ls]\n[cd][a]\n");
    EXPECT_EQ(read("\n%%bash\ncd a\nls\n", Dialect::notebook), "[cd][a]\n[ls]\n");
}

TEST(Shell, RangesAreThoseOfTheSource) {
    const std::string page = "> $ cd a/b\n> $ python \\\n>   'c.py'\n";
    MappedText code;
    for (const auto& [begin, end] : {std::pair{2U, 11U}, {13U, 24U}, {26U, 35U}})
        code.append(page, Range{begin, end});
    const auto commands = read_commands(code, Dialect::session);
    ASSERT_EQ(commands.size(), 2U);
    const auto at = [&](Range range) { return page.substr(range.begin, range.size()); };
    EXPECT_EQ(at(commands[0].words[1].range), "a/b");
    EXPECT_EQ(at(commands[1].words[1].range), "'c.py'");
    EXPECT_EQ(at(commands[1].range), "python \\\n>   'c.py'");
}

TEST(Shell, HostileTextsTakeLinearTime) {
    constexpr std::size_t kSize = 200'000;
    const auto repeat = [](std::string_view part) {
        std::string out;
        while (out.size() < kSize)
            out += part;
        return out;
    };
    for (const std::string_view part :
         {"$(",   "${",      "\"", "'", "`",   "\\", "<",        "<<E\n",  "(",    "a'\n",
          "\\\"", "$ <<x\n", "<a", "#", "a=(", "{",  "$ a \\\n", "\"\\\\", "&&\n", "user@"}) {
        const std::string text = repeat(part);
        const MappedText code(text, Range{0, static_cast<std::uint32_t>(text.size())});
        const auto begin = CpuClock::now();
        (void)read_commands(code, Dialect::session);
        EXPECT_LT(CpuClock::now() - begin, std::chrono::seconds(1)) << part;
    }
}

}  // namespace
}  // namespace docathon::shell
