#include <gtest/gtest.h>

#include <string>

#include "lint/parse/python/command_line.h"
#include "lint/parse/python/deprecations.h"
#include "lint/parse/python/facts.h"

namespace docathon::python {
namespace {

ScriptFacts facts_of(const std::string& text, PythonFacts& facts) {
    Outline outline;
    facts = read_facts(text, false, outline);
    ScriptFacts out;
    read_deprecations(text, outline, facts, out);
    read_command_line(text, outline, out);
    return out;
}

std::string deprecated(const std::string& text) {
    PythonFacts facts;
    const ScriptFacts script = facts_of(text, facts);
    std::string out;
    for (const PyDeprecation& one : script.deprecations) {
        out += std::to_string(one.line) + " ";
        out += one.definition == kNoItem ? "module"
                                         : facts.text(facts.definitions[one.definition].name);
        if (!one.argument.empty())
            out += "(" + one.argument + ")";
        if (!one.value.empty())
            out += "=" + one.value;
        out += ": " + one.message + "\n";
    }
    return out;
}

TEST(PythonDeprecations, ANoteAboutAPartIsNotAboutTheWhole) {
    EXPECT_EQ(deprecated("class A:\n    \"\"\"Do it.\n\n    .. deprecated:: 2.0\n\n"
                         "       The ``pytz`` attribute is deprecated. Use ``tz``.\n    \"\"\"\n"),
              "");
    EXPECT_EQ(deprecated("def f():\n    \"\"\"Do it.\n\n    .. deprecated:: 2.0\n"
                         "       The `x` argument is deprecated.\n    \"\"\"\n"),
              "");
    EXPECT_EQ(deprecated("class A:\n    @property\n    def pytz(self):\n        \"\"\"Do it.\n\n"
                         "        .. deprecated:: 2.0\n"
                         "           The ``pytz`` attribute is deprecated.\n        \"\"\"\n"),
              "6 pytz: 2.0 The ``pytz`` attribute is deprecated.\n");
}

TEST(PythonDeprecations, Decorators) {
    EXPECT_EQ(deprecated("@deprecated('use b')\ndef a(): pass\n"
                         "@typing_extensions.deprecated(\n    'old, '\n    'use `B`',\n"
                         "    category=FutureWarning,\n)\nclass A:\n"
                         "    @x\n    @deprecated(f'use {y}')\n    def m(self): pass\n"
                         "@not_deprecated\ndef c(): pass\n"),
              "1 a: use b\n3 A: old, use `B`\n10 m: use {y}\n");
}

TEST(PythonDeprecations, WarningsThatAlwaysRun) {
    EXPECT_EQ(deprecated("import warnings\n"
                         "def a(x):\n    y = 1\n    warnings.warn('a is old', DeprecationWarning)\n"
                         "class B:\n    def __init__(self):\n        warn('B is deprecated', "
                         "FutureWarning)\n"
                         "def c():\n    msg = (\n        'c is '\n        'deprecated'\n    )\n"
                         "    warnings.warn(msg, FutureWarning, stacklevel=2)\n"
                         "warnings.warn('module is deprecated', FutureWarning)\n"),
              "4 a: a is old\n7 B: B is deprecated\n13 c: c is deprecated\n"
              "14 module: module is deprecated\n");
    // Both arms.
    EXPECT_EQ(deprecated("def a():\n    if x():\n        warnings.warn('deprecated 1', "
                         "FutureWarning)\n    else:\n        warnings.warn('deprecated 2', "
                         "FutureWarning)\n"),
              "5 a: deprecated 2\n");
    // A function that warns for others.
    EXPECT_EQ(deprecated("def warn_deprecated(a, b):\n    warnings.warn(a, DeprecationWarning)\n"
                         "def vmap():\n    warn_deprecated('vmap', 'torch.vmap')\n    return 1\n"),
              "4 vmap: vmap is deprecated; use torch.vmap instead\n");
}

TEST(PythonDeprecations, WarningsThatMayNotRunAreLeftOut) {
    EXPECT_EQ(deprecated("def a(x):\n    if x:\n        warnings.warn('deprecated', "
                         "FutureWarning)\n"
                         "def b(x=1):\n    for y in x:\n        warnings.warn('deprecated', "
                         "FutureWarning)\n"
                         "def c(x=1):\n    if x is not None and z():\n        "
                         "warnings.warn('deprecated', FutureWarning)\n"
                         "def d():\n    warnings.warn('results will change', FutureWarning)\n"
                         "def e():\n    warnings.filterwarnings('ignore', "
                         "category=DeprecationWarning)\n"
                         "if True:\n    warnings.warn('deprecated', FutureWarning)\n"),
              "");
}

TEST(PythonDeprecations, Arguments) {
    EXPECT_EQ(
        deprecated("def a(x, y=None, z='old'):\n    if y is not None or z != 'old':\n"
                   "        warnings.warn('y and z are deprecated', FutureWarning)\n"
                   "class B:\n    def __init__(self, r=None, s='m'):\n        if r is None:\n"
                   "            warnings.warn('give r, deprecated', FutureWarning)\n"
                   "        if s == 'mean':\n"
                   "            warnings.warn('mean is deprecated', DeprecationWarning)\n"
                   "        if s:\n            warnings.warn('s, deprecated', FutureWarning)\n"),
        "3 a(y): y and z are deprecated\n3 a(z)=!'old': y and z are deprecated\n"
        "7 B(r)=-: give r, deprecated\n9 B(s)='mean': mean is deprecated\n"
        "11 B(s)=+: s, deprecated\n");
}

TEST(PythonDeprecations, Notes) {
    EXPECT_EQ(deprecated("def a():\n    \"\"\"Do it.\n\n    .. deprecated:: 2.0\n"
                         "        Use :func:`b`\n        instead.\n\n    More.\n    \"\"\"\n"
                         "def b(x=1):\n    \"\"\"Do it.\n\n    Args:\n        x: y\n\n"
                         "            .. deprecated:: 1.0\n    \"\"\"\n"),
              "4 a: 2.0 Use :func:`b` instead.\n");
    EXPECT_EQ(
        deprecated("def a():\n    \"\"\"Do it.\n\n    .. warning::\n\n        :func:`m.a` is "
                   "deprecated.\n\n        Use :func:`b`.\n    \"\"\"\n"
                   "def b():\n    \"\"\"Do it.\n\n    .. warning:: The argument x is deprecated.\n"
                   "    \"\"\"\n"),
        "4 a: :func:`m.a` is deprecated. Use :func:`b`.\n");
    // Nothing is left of it.
    EXPECT_EQ(
        deprecated("def a(x):\n    y = x\n    raise RuntimeError('a was deprecated and is now "
                   "removed. Use b')\n"
                   "def b(x):\n    if x:\n        raise RuntimeError('x has been removed')\n"),
        "3 a: a was deprecated and is now removed. Use b\n");
}

std::string options(const std::string& text) {
    PythonFacts facts;
    const ScriptFacts script = facts_of(text, facts);
    std::string out;
    const std::uint8_t flags = script.command_line;
    out += (flags & command_line_flag::kParser) != 0 ? "parser" : "";
    out += (flags & command_line_flag::kOpen) != 0 ? " open" : "";
    out += (flags & command_line_flag::kPasses) != 0 ? " passes" : "";
    out += (flags & command_line_flag::kLends) != 0 ? " lends" : "";
    out += (flags & command_line_flag::kRemainder) != 0 ? " remainder" : "";
    for (const std::string& option : script.options)
        out += " " + option;
    for (const std::string& command : script.commands)
        out += " " + command;
    return out;
}

TEST(PythonCommandLine, Argparse) {
    EXPECT_EQ(
        options("import argparse\np = argparse.ArgumentParser()\n"
                "p.add_argument('file')\np.add_argument('-m', \"--model\", type=str)\n"
                "p.add_argument('--verbose', action=argparse.BooleanOptionalAction)\n"
                "def f(g):\n    g.add_argument(\n        '--a-b',\n        help='--not',\n    )\n"),
        "parser --a-b --model --no-verbose --verbose -m");
    EXPECT_EQ(options("p.add_argument(name, '--x')\n"), "parser open --x");
    EXPECT_EQ(options("p.add_argument('--' + name)\n"), "parser open");
    EXPECT_EQ(options("p.add_argument(f'--{name}')\n"), "parser open");
    EXPECT_EQ(options("p.add_argument(*names)\n"), "parser open");
    EXPECT_EQ(options("p.add_argument('--x')\np.parse_known_args()\n"), "parser passes --x");
    EXPECT_EQ(options("p = ArgumentParser(parents=[q])\n"), "parser open");
    EXPECT_EQ(options("p = ArgumentParser()\nadd_common(p)\nif 'x' in sys.argv: pass\n"),
              "parser lends");
    EXPECT_EQ(options("p = ArgumentParser()\nif '--x' in sys.argv: pass\n"), "parser open");
    EXPECT_EQ(options("p = s.add_parser('run')\np.add_argument('x', nargs=argparse.REMAINDER)\n"),
              "parser remainder run");
    EXPECT_EQ(options("x = 1\n"), "");
}

TEST(PythonCommandLine, CommandsKnowWhatHoldsOfThemAlone) {
    using namespace command_line_flag;
    const auto flags = [](std::string_view text) {
        PythonFacts facts;
        const ScriptFacts script = facts_of(std::string(text), facts);
        EXPECT_EQ(script.commands.size(), script.command_flags.size());
        return script.command_flags;
    };
    const std::string other = "def other(p):\n    p.parse_known_args()\n    p.add_argument(name)\n";
    const std::string run =
        "def make(s):\n    p = s.add_parser('run')\n    p.add_argument('--x')\n";
    EXPECT_EQ(flags(other + run), std::vector<std::uint8_t>{kParser});
    EXPECT_EQ(flags(other + run + "    fill(p)\n"), (std::vector<std::uint8_t>{kParser | kLends}));
    EXPECT_EQ(flags(run + "def main():\n    make(s).parse_known_args()\n"),
              (std::vector<std::uint8_t>{kParser | kPasses}));
    // Nobody's, and those of two.
    EXPECT_EQ(flags("p = s.add_parser('run')\np.add_argument('--x')\n"),
              std::vector<std::uint8_t>{kOpen});
    EXPECT_EQ(flags(run + "def two(s):\n    s.add_parser('run')\n"),
              std::vector<std::uint8_t>{kOpen});
}

TEST(PythonCommandLine, Click) {
    EXPECT_EQ(
        options("import click\n@click.command()\n@click.option('--x/--no-x', '-q', help='a')\n"
                "@click.argument('file')\ndef f(x): pass\n"),
        "parser --no-x --x -q");
    EXPECT_EQ(options("import click\n@common_options\n@click.command()\ndef f(): pass\n"),
              "parser");
    EXPECT_EQ(options("import click\n@common_options()\n@click.command()\ndef f(): pass\n"),
              "parser open");
}

}  // namespace
}  // namespace docathon::python
