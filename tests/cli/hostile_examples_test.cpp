// Blocks of code made to be slow or to overflow a stack, with every rule on examples: at most one
// second each, and the page beside them is linted.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/program.h"

namespace docathon::testing {
namespace {

using ::testing::HasSubstr;

constexpr std::size_t kDeep = 100'000;
constexpr std::size_t kMany = 20'000;
constexpr std::size_t kMegabyte = 1'000'000;

/// `unit` with each '#' replaced by a number.
std::string counted(std::string_view unit, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) {
        for (const char c : unit) {
            if (c == '#')
                out += std::to_string(i);
            else
                out += c;
        }
    }
    return out;
}

struct HostileBlock {
    const char* name;
    const char* language;
    std::function<std::string()> code;
};

void PrintTo(const HostileBlock& block, std::ostream* out) {
    *out << block.name;
}

const std::vector<HostileBlock>& blocks() {
    static const std::vector<HostileBlock> all = {
        {"OpenParentheses", "python", [] { return std::string(kDeep, '('); }},
        {"NestedParentheses", "python",
         [] { return "f" + std::string(kDeep, '(') + std::string(kDeep, ')'); }},
        {"NestedLists", "python",
         [] { return "x = " + std::string(kDeep, '[') + std::string(kDeep, ']'); }},
        {"NestedCalls", "python",
         [] { return repeated("pkg.f(", kDeep) + std::string(kDeep, ')'); }},
        {"NestedLambdas", "python", [] { return "x = " + repeated("lambda: ", kDeep) + "1"; }},
        {"StringLiteral", "python", [] { return "x = '" + std::string(kMegabyte, 'a') + "'"; }},
        {"TripleQuotes", "python",
         [] { return "x = \"\"\"" + repeated("a\n", kMegabyte / 2) + "\"\"\""; }},
        {"OpenString", "python", [] { return "x = '" + std::string(kMegabyte, 'a'); }},
        {"NumberLiteral", "python", [] { return "x = " + std::string(kMegabyte, '1'); }},
        {"Terms", "python", [] { return "x = 1" + repeated(" + y", kMany); }},
        {"Attributes", "python", [] { return "pkg" + repeated(".a", kMany); }},
        {"GoneNames", "python", [] { return "import pkg\n" + counted("pkg.gone#()\n", kMany); }},
        {"Arguments", "python",
         [] { return "import pkg\npkg.f(" + counted("a#=1, ", kMany) + ")"; }},
        {"ImportedNames", "python",
         [] { return "from pkg import (" + counted("gone#, ", kMany) + ")"; }},
        {"Imports", "python", [] { return counted("import pkg.gone#\n", kMany); }},
        {"Variables", "python", [] { return counted("x# = pkg.f()\nx#.y\n", kMany); }},
        {"Decorators", "python", [] { return counted("@pkg.a#\n", kMany) + "def f(): pass\n"; }},
        {"Prompts", "python", [] { return repeated(">>> f(\n", kMany); }},
        {"Output", "python", [] { return "{'a': <B: 1>, " + repeated("<C: 2>, ", kMany); }},
        {"Modules", "python", [] { return repeated("  (0): Linear(a=1)\n", kMany); }},
        {"Json", "json", [] { return std::string(kDeep, '[') + std::string(kDeep, ']'); }},
        {"JsonOpen", "json", [] { return repeated("{\"a\":", kDeep); }},
        {"JsonString", "json", [] { return "{\"a\": \"" + std::string(kMegabyte, 'a') + "\"}"; }},
        {"Yaml", "yaml", [] { return std::string(kDeep, '[') + std::string(kDeep, ']'); }},
        {"YamlDocuments", "yaml", [] { return repeated("a: b\n---\n", kMany); }},
        {"YamlLists", "yaml", [] { return repeated("- ", kDeep) + "x"; }},
        {"Toml", "toml", [] { return "a = " + std::string(kDeep, '[') + std::string(kDeep, ']'); }},
        {"TomlTables", "toml", [] { return counted("[a#]\nb = 1\n", kMany); }},
        {"Xml", "xml", [] { return repeated("<a>", kDeep) + repeated("</a>", kDeep); }},
        {"XmlMismatch", "xml", [] { return "<b>" + repeated("<a>", kDeep) + "</b>"; }},
        {"XmlAttributes", "xml", [] { return "<a " + counted("b#='1' ", kMany) + "/>"; }},
        {"XmlText", "xml", [] { return "<a>" + repeated("a\n", kMegabyte / 2) + "& </a>"; }},
        {"XmlOpenTag", "xml", [] { return "<a b='" + std::string(kMegabyte, 'a'); }},
        {"XmlEntities", "xml", [] { return "<a>" + repeated("&lt;", kMany) + "&</a>"; }},
        {"Pipes", "bash", [] { return "a" + repeated(" | a", kMany); }},
        {"Folders", "bash", [] { return counted("cd a#\npython x#.py\n", kMany); }},
        {"Files", "bash", [] { return counted("python pkg/gone#.py\n", kMany); }},
        {"Options", "bash", [] { return "python pkg/run.py" + counted(" --gone#", kMany); }},
        {"Heredocs", "bash", [] { return repeated("cat <<E\n", kMany); }},
        {"Quotes", "bash", [] { return std::string(kDeep, '"') + "'"; }},
        {"Expansions", "bash", [] { return repeated("$(", kDeep); }},
    };
    return all;
}

class HostileExample : public ::testing::TestWithParam<HostileBlock> {};

TEST_P(HostileExample, EndsInASecond) {
    const HostileBlock& block = GetParam();
    const Sandbox box;
    box.write("ok.md", kDeadLink);
    box.write("pkg/__init__.py", "def f(a=1):\n    return f\n");
    box.write("pkg/run.py",
              "import argparse\np = argparse.ArgumentParser()\np.add_argument('--a')\n");
    // Big blocks and those that are just read.
    const std::string code = block.code();
    std::string text = "# A\n\n";
    for (const std::size_t size : {code.size(), std::size_t{60'000}})
        text += std::string("```") + block.language + "\n" + code.substr(0, size) + "\n```\n\n";
    box.write("hostile.md", text);
    const Outcome run = box.lint({"--jobs", "1", "--preset", "strict,pytorch"});
    EXPECT_EQ(run.signal, 0);
    EXPECT_EQ(run.code, 1) << run.err;
    EXPECT_THAT(run.out, HasSubstr("ok.md:1:9: error: no file 'gone.md'"));
    EXPECT_LE(run.cpu, limit(1));
}

INSTANTIATE_TEST_SUITE_P(All, HostileExample, ::testing::ValuesIn(blocks()),
                         [](const auto& made) { return std::string(made.param.name); });

TEST(HostileExamples, ManyBlocks) {
    for (const std::string_view language : {"python", "json", "yaml", "toml", "xml", "bash"}) {
        const Sandbox box;
        box.write("ok.md", kDeadLink);
        box.write("pkg/__init__.py", "def f(a=1):\n    return f\n");
        box.write("hostile.md",
                  repeated("```" + std::string(language) + "\n<a>pkg.gone [1\n```\n\n", kMany));
        const Outcome run = box.lint({"--jobs", "1", "--preset", "strict,pytorch"});
        EXPECT_EQ(run.code, 1) << language;
        EXPECT_LE(run.cpu, limit(1)) << language;
    }
}

}  // namespace
}  // namespace docathon::testing
