// Facts of Python modules, docstrings and their sections.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "lint/core/source_file.h"
#include "lint/parse/parse.h"
#include "lint/parse/python/docstring_text.h"
#include "lint/parse/python/facts.h"
#include "tests/unit/cpu_clock.h"

namespace docathon::python {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

PythonFacts facts_of(std::string_view text) {
    Outline outline;
    return read_facts(text, false, outline);
}

struct Parsed {
    std::string text;
    FileFacts facts;
    const PythonFacts& python() const { return *facts.python; }
    std::string slice(Range range) const { return text.substr(range.begin, range.size()); }
};

Parsed parse(std::string text, const std::string& path = "a.py") {
    const SourceFile source(0, path, text);
    return {std::move(text), parse_file(source, Settings{}).facts};
}

std::vector<std::string> signature(std::string_view text) {
    const PythonFacts facts = facts_of(text);
    constexpr std::string_view kKinds[] = {"po", "pk", "vp", "ko", "vk"};
    std::vector<std::string> out;
    for (const PyParameter& parameter : facts.parameters) {
        std::string one(kKinds[static_cast<std::size_t>(parameter.kind)]);
        one += " ";
        one += facts.text(parameter.name);
        if (!parameter.annotation_range.empty())
            one += ": " + std::string(facts.text(parameter.annotation));
        if (!parameter.default_range.empty())
            one += " = " + std::string(facts.text(parameter.default_value));
        out.push_back(one);
    }
    return out;
}

TEST(PythonFacts, WhatBodiesDo) {
    const PythonFacts facts = facts_of(
        "def a():\n    return\n"
        "def b():\n    return None\n"
        "def c(x):\n    if x: return (None)\n    return x\n"
        "def d():\n    yield\n    x = yield None\n"
        "def e():\n    yield None\n    f'{(yield 1)}'\n    g = lambda: (yield 2)\n"
        "def f():\n    def inner():\n        return 1\n");
    const auto flags = [&](std::size_t i) {
        using namespace definition_flag;
        return facts.definitions[i].flags &
               (kHasReturn | kReturnsNone | kBareReturn | kReturnsValue | kHasYield | kYieldsValue);
    };
    using namespace definition_flag;
    EXPECT_EQ(flags(0), kBareReturn);
    EXPECT_EQ(flags(1), kHasReturn | kReturnsNone);
    EXPECT_EQ(flags(2), kHasReturn | kReturnsNone | kReturnsValue);
    EXPECT_EQ(flags(3), kHasYield);
    EXPECT_EQ(flags(4), kHasYield | kYieldsValue);
    EXPECT_EQ(flags(5), 0);
    EXPECT_EQ(flags(6), kHasReturn | kReturnsValue);
    EXPECT_EQ(facts.definitions[2].last_line, 7u);
}

TEST(PythonFacts, EmptyTuplesAndWordsInFormattedStrings) {
    const PythonFacts facts = facts_of(
        "def a():\n    return ()\n"
        "def b():\n    assert x, f'{x} to yield {y}'\n"
        "def c():\n    print(f'{_num_yielded} yield {{yield}}')\n"
        "def d():\n    print(f'{(yield 1)}')\n");
    using namespace definition_flag;
    EXPECT_EQ(facts.definitions[0].flags & (kHasReturn | kBareReturn), kHasReturn);
    EXPECT_EQ(facts.definitions[1].flags & kHasYield, 0);
    EXPECT_EQ(facts.definitions[2].flags & kHasYield, 0);
    EXPECT_EQ(facts.definitions[3].flags & kHasYield, kHasYield);
}

TEST(PythonFacts, RaisedExceptions) {
    const PythonFacts facts = facts_of(
        "def f(e):\n    raise ValueError\n    raise a.B('x') from e\n    raise g(x).h\n"
        "    raise x[0]\n    try:\n        x()\n    except (KeyError, a.C):\n"
        "        try:\n            y()\n        except OSError as e:\n            raise\n"
        "        raise\n    except:\n        raise\n    raise\n"
        "    def inner():\n        raise TypeError\n");
    std::vector<std::string> raised;
    for (const PyRaise& one : facts.raises)
        raised.push_back(std::to_string(one.definition) + " " + std::string(facts.text(one.name)) +
                         (one.again ? " again" : ""));
    EXPECT_THAT(raised, ElementsAre("0 ValueError", "0 a.B", "0 OSError again", "0 KeyError again",
                                    "0 a.C again", "1 TypeError"));
}

TEST(PythonFacts, ArgumentsOfClassDecorators) {
    const PythonFacts facts = facts_of("@deco(['a', 'b'], x=Other)\nclass A:\n    names = ['" +
                                       std::string(300, 'n') + "']\n@deco(1)\ndef f(): pass\n");
    ASSERT_EQ(facts.decorators.size(), 2u);
    ASSERT_EQ(facts.decorators[0].argument_count, 2u);
    EXPECT_EQ(facts.text(facts.arguments[facts.decorators[0].first_argument].value), "['a', 'b']");
    EXPECT_EQ(facts.decorators[1].argument_count, 0u);
    EXPECT_EQ(facts.text(facts.assignments[0].value).size(), 304u) << "lists of names are kept";
}

TEST(PythonFacts, Signatures) {
    EXPECT_THAT(signature("def f(a, /, b: int = 1, *c, d: 'x' = {1: 2}, **e) -> None: ..."),
                ElementsAre("po a", "pk b: int = 1", "vp c", "ko d: 'x' = {1: 2}", "vk e"));
    EXPECT_THAT(signature("async def f[T: (int, str) = int](x: T, *, y=lambda a, b=1: a): pass"),
                ElementsAre("pk x: T", "ko y = lambda a, b=1: a"));
    EXPECT_THAT(signature("def f(\n  a,  # one\n  b=(\n    1),\n): pass"),
                ElementsAre("pk a", "pk b = (\n    1)"));
    // Python 2: what can be read is read.
    EXPECT_THAT(signature("def f(a, (b, c), d): pass"), ElementsAre("pk a", "pk d"));
}

TEST(PythonFacts, DefinitionsKnowWhereTheyStand) {
    const std::string text =
        "@a.b(1)\nclass A(B, metaclass=M):\n    def f(self): pass\n\n    class C: x = 1\n\n"
        "if x:\n    def g():\n        def h():\n            yield 1\n        return h\nelse:\n"
        "    async def g(): return\n";
    const PythonFacts facts = facts_of(text);
    ASSERT_EQ(facts.definitions.size(), 6u);
    std::vector<std::string> names;
    for (const PyDefinition& definition : facts.definitions)
        names.emplace_back(facts.text(definition.name));
    EXPECT_THAT(names, ElementsAre("A", "f", "C", "g", "h", "g"));
    EXPECT_EQ(facts.definitions[1].parent, 0u);
    EXPECT_EQ(facts.definitions[4].parent, 3u);
    EXPECT_EQ(facts.definitions[0].line, 2u);
    EXPECT_EQ(facts.definitions[0].first_line, 1u);
    EXPECT_EQ(facts.text(facts.decorators[0].name), "a.b");
    EXPECT_EQ(facts.text(facts.arguments[facts.definitions[0].first_argument + 1].keyword),
              "metaclass");
    EXPECT_NE(facts.definitions[3].flags & definition_flag::kHasReturn, 0);
    EXPECT_EQ(facts.definitions[3].flags & definition_flag::kHasYield, 0);
    EXPECT_NE(facts.definitions[4].flags & definition_flag::kHasYield, 0);
    EXPECT_NE(facts.definitions[4].flags & definition_flag::kInFunction, 0);
    EXPECT_EQ(facts.branches[facts.definitions[5].branch].kind, BranchKind::else_);
    EXPECT_EQ(facts.branches[facts.definitions[5].branch].chain, facts.definitions[3].branch);
    EXPECT_EQ(facts.text(facts.branches[facts.definitions[3].branch].test), "x");
    const Range end = facts.definitions[0].range;
    EXPECT_TRUE(text.substr(0, end.end).ends_with("class C: x = 1"));
}

TEST(PythonFacts, StubsAndWarnings) {
    const PythonFacts facts = facts_of(
        "def a(): ...\ndef b():\n    'doc'\n    raise NotImplementedError\ndef c(): return 1\n"
        "def d():\n    warnings.warn('old', DeprecationWarning)\n"
        "def e():\n    if x:\n        warnings.warn('old', FutureWarning)\n");
    std::vector<bool> stub;
    std::vector<bool> warns;
    for (const PyDefinition& definition : facts.definitions) {
        stub.push_back((definition.flags & definition_flag::kStub) != 0);
        warns.push_back((definition.flags & definition_flag::kWarnsDeprecated) != 0);
    }
    EXPECT_THAT(stub, ElementsAre(true, true, false, false, false));
    EXPECT_THAT(warns, ElementsAre(false, false, false, true, false));
}

TEST(PythonFacts, Imports) {
    const PythonFacts facts = facts_of(
        "import a.b as c, d\nfrom . import e\nfrom ...f.g import (h as i,\n  j,)\nfrom k import *\n"
        "if x: from .l import m\n");
    std::vector<std::string> seen;
    for (const PyImport& import : facts.imports) {
        seen.push_back(std::string(import.level, '.') + std::string(facts.text(import.module)) +
                       "|" + std::string(facts.text(import.name)) + "|" +
                       std::string(facts.text(import.alias)));
    }
    EXPECT_THAT(seen,
                ElementsAre("a.b||c", "d||", ".|e|", "...f.g|h|i", "...f.g|j|", "k|*|", ".l|m|"));
    EXPECT_NE(facts.imports.back().branch, kNoItem);
}

std::vector<std::string> all_of(std::string_view text) {
    constexpr std::string_view kOperations[] = {"set", "extend", "append", "remove", "unknown"};
    const PythonFacts facts = facts_of(text);
    std::vector<std::string> out;
    for (const PyAll& entry : facts.all) {
        std::string one(kOperations[static_cast<std::size_t>(entry.operation)]);
        one += " ";
        one += facts.text(entry.name);
        if (!entry.module.empty())
            one += "module " + std::string(facts.text(entry.module));
        if (!entry.variable.empty())
            one += "variable " + std::string(facts.text(entry.variable));
        out.push_back(one);
    }
    return out;
}

TEST(PythonFacts, OperationsOnAll) {
    EXPECT_THAT(all_of("__all__ = ['a', \"b\" 'c',]"), ElementsAre("set a", "extend bc"));
    EXPECT_THAT(all_of("__all__: list[str] = ('a',) + m.__all__ + ['b']"),
                ElementsAre("set a", "extend module m", "extend b"));
    EXPECT_THAT(all_of("__all__ = []"), ElementsAre("set "));
    EXPECT_THAT(all_of("__all__ = list(('a',))\n__all__ += x.y.__all__"),
                ElementsAre("set a", "extend module x.y"));
    EXPECT_THAT(all_of("__all__ = ['a', *b.__all__]\n__all__.append('c')\n__all__.remove('a')\n"
                       "__all__.extend(['d'])"),
                ElementsAre("set a", "extend module b", "append c", "remove a", "extend d"));
    EXPECT_THAT(all_of("_x = ['a']\n__all__ = _x + ['b']"), ElementsAre("set a", "extend b"));
    EXPECT_THAT(all_of("__all__ = [n for n in dir()]"), ElementsAre("unknown "));
    EXPECT_THAT(all_of("__all__ = names()"), ElementsAre("unknown "));
    EXPECT_THAT(all_of("def f():\n    __all__ = ['a']"), IsEmpty());
}

TEST(PythonFacts, Assignments) {
    const PythonFacts facts = facts_of(
        "x: int = 1\n'about x'\na = b.c = f()\n(d, *e), g[0] = 1, 2\ny: str\nfor i, j in z: pass\n"
        "with o() as p: pass\ndel x\nclass K:\n    m = n  #: about m\nx += 1\ntype T = int\n");
    std::vector<std::string> seen;
    for (const PyAssignment& one : facts.assignments) {
        seen.push_back(std::to_string(static_cast<int>(one.kind)) + " " +
                       std::string(facts.text(one.target)) + " " +
                       std::string(facts.text(one.value)));
    }
    EXPECT_THAT(seen, ElementsAre("0 x 1", "0 a f()", "0 b.c f()", "3 d ", "3 e ", "1 y ", "3 i ",
                                  "3 j ", "3 p ", "4 x ", "0 m n", "2 x 1", "3 T "));
    EXPECT_NE(facts.assignments[0].docstring, kNoItem);
    EXPECT_TRUE(facts.assignments[10].doc_comment);
    EXPECT_EQ(facts.assignments[10].scope, 0u);
}

TEST(PythonFacts, IndentationThatFitsNothing) {
    const auto problem = [](std::string_view text) {
        Outline outline;
        (void)read_facts(text, false, outline);
        return outline.problems.empty() ? std::string() : outline.problems[0].message;
    };
    EXPECT_EQ(problem("class A:\n        x = 1\n    y = 2\n"),
              "unindent does not match any outer indentation level");
    EXPECT_EQ(problem("x = 1\n    y = 2\n"), "unexpected indent");
    EXPECT_EQ(problem("if x:\n        a\nelse:\n  b\n"), "");
}

TEST(PythonFacts, Encodings) {
    EXPECT_EQ(declared_encoding("#!/usr/bin/python\n# -*- coding: Latin_1 -*-\n"), "latin-1");
    EXPECT_EQ(declared_encoding("# vim: set fileencoding=utf-8 :\n"), "");
    EXPECT_EQ(declared_encoding("x = 1\n# coding: latin-1\n"), "");
    EXPECT_EQ(declared_encoding("# a\n# b\n# coding: latin-1\n"), "");
    // Bytes that are no UTF-8 are as they should be, if another encoding is declared.
    EXPECT_THAT(parse("# coding: latin-1\nx = '\xe9'\n").facts.problems, IsEmpty());
    EXPECT_EQ(parse("x = '\xe9'\n").facts.problems.size(), 1u);
    const Parsed shift = parse("# coding: shift_jis\nx = 1\n");
    ASSERT_EQ(shift.facts.problems.size(), 1u);
    EXPECT_THAT(shift.python().assignments, IsEmpty());
}

// ---- docstrings
// ----------------------------------------------------------------------------------

TEST(PythonDocstring, WhatIsOne) {
    const auto docstring = [](std::string_view text) {
        const PythonFacts facts = facts_of(text);
        if (facts.module_docstring == kNoItem)
            return std::string("none");
        return std::string(
            StringValue(text, facts.docstrings[facts.module_docstring].literal).text());
    };
    EXPECT_EQ(docstring("# c\n'a' \"b\"\n"), "ab");
    EXPECT_EQ(docstring("('a')\n"), "a");
    EXPECT_EQ(docstring("u'a'; x\n"), "a");
    EXPECT_EQ(docstring("r'\\d'"), "\\d");
    EXPECT_EQ(docstring("'\\x41\\u00e9\\101\\q\\\nb'"),
              "A\xc3\xa9"
              "A\\qb");
    EXPECT_EQ(docstring("'''a\r\nb\rc'''"), "a\nb\nc");
    for (const char* none :
         {"f'a'", "b'a'", "'a' f'b'", "'a'.strip()", "'a', 'b'", "x\n'a'", "if x:\n    'a'"})
        EXPECT_EQ(docstring(none), "none") << none;
}

TEST(PythonDocstring, RangesOfEscapesMapBack) {
    const std::string text = "'ab\\n\\u0041c' \"d\"";
    const StringValue value(text, {0, static_cast<std::uint32_t>(text.size())});
    EXPECT_EQ(value.text(), "ab\nAcd");
    const auto at = [&](std::uint32_t begin, std::uint32_t end) {
        const Range range = value.to_source(Range{begin, end});
        return text.substr(range.begin, range.size());
    };
    EXPECT_EQ(at(0, 2), "ab");
    EXPECT_EQ(at(2, 3), "\\n");
    EXPECT_EQ(at(3, 4), "\\u0041");
    EXPECT_EQ(at(4, 5), "c");
    EXPECT_EQ(at(4, 6), "c' \"d");
    EXPECT_EQ(at(5, 6), "d");
}

/// "kind/style name,name(type)=body;..." for each section of the only docstring.
std::vector<std::string> sections(const std::string& docstring) {
    const Parsed parsed = parse("def f():\n    \"\"\"" + docstring + "\"\"\"\n");
    const PythonFacts& facts = parsed.python();
    constexpr std::string_view kKinds[] = {
        "parameters", "attributes", "methods", "returns",    "yields",   "receives",   "raises",
        "warns",      "see-also",   "notes",   "references", "examples", "deprecated", "other"};
    constexpr std::string_view kStyles[] = {"google", "numpy", "sphinx", "epydoc"};
    std::vector<std::string> out;
    for (const PyDocSection& section : facts.doc_sections) {
        std::string one(kKinds[static_cast<std::size_t>(section.kind)]);
        one += "/" + std::string(kStyles[static_cast<std::size_t>(section.style)]);
        if (section.free_text)
            one += " free";
        for (std::uint32_t i = 0; i < section.entry_count; ++i) {
            const PyDocEntry& entry = facts.doc_entries[section.first_entry + i];
            one += " " + std::string(facts.text(entry.name));
            if (!entry.type.empty())
                one += "(" + parsed.slice(entry.type) + ")";
            if (!entry.body.empty())
                one += "=" + parsed.slice(entry.body);
        }
        out.push_back(one);
    }
    return out;
}

TEST(PythonDocstring, GoogleSections) {
    EXPECT_THAT(
        sections("Do it.\n\n    Args:\n        x (int): this\n            goes on\n"
                 "        *args: more\n        y, z: both\n\n    Returns:\n        a: b\n"),
        ElementsAre("parameters/google x(int)=this\n            goes on args=more y=both z=both",
                    "returns/google"));
    EXPECT_THAT(sections("Do it.\n\n    Args:\n        {common}\n        x: this\n"),
                ElementsAre("parameters/google free x=this"));
    EXPECT_THAT(sections("Do it.\n\n    Raises:\n        ValueError: if wrong\n"),
                ElementsAre("raises/google ValueError=if wrong"));
    // No header: a word in a sentence, nothing below, or an example of one.
    EXPECT_THAT(sections("Do it.\n\n    Args: x\n"), IsEmpty());
    EXPECT_THAT(sections("Do it.\n\n    Args:\n    x: this\n"), IsEmpty());
    EXPECT_THAT(sections("Such a list is written as in:\n\n    Args:\n        x: this\n"),
                IsEmpty());
}

TEST(PythonDocstring, NumpySections) {
    EXPECT_THAT(sections("Do it.\n\n    Parameters\n    ----------\n    x : int, optional\n"
                         "        This.\n    y, z : float\n    *args, **kwargs\n        More.\n\n"
                         "    Returns\n    -------\n    a : b\n"),
                ElementsAre("parameters/numpy x(int, optional)=This. y(float) z(float) args=More. "
                            "kwargs=More.",
                            "returns/numpy"));
    EXPECT_THAT(sections("Do it.\n\n    Title\n    -----\n    x : int\n"), IsEmpty());
}

TEST(PythonDocstring, Fields) {
    EXPECT_THAT(sections("Do it.\n\n    :param int x: this\n        goes on\n    :type y: str\n"
                         "    :param y: that\n    :returns: it\n    :rtype: bool\n"
                         "    :raises ValueError: if wrong\n    :class:`A` is no field\n"),
                ElementsAre("parameters/sphinx x(int)=this\n        goes on y(str)=that",
                            "returns/sphinx =it (bool)", "raises/sphinx ValueError=if wrong"));
    EXPECT_THAT(sections("@param x: this\n    @return: that"),
                ElementsAre("parameters/epydoc x=this", "returns/epydoc =that"));
}

TEST(PythonDocstring, HostileDocstringsTakeLinearTime) {
    for (const std::string unit :
         {"    :param x: y\n", "    x: y\n", "    x : int\n", "    a, b, c: (((\n", "    Args:\n",
          "    Note\n    ----\n", "\n", "    :type x: y\n", "    @param `: x\n"}) {
        std::string text =
            "def f(x):\n    \"\"\"A.\n\n    Args:\n        x: y\n\n    Parameters\n"
            "    ----------\n";
        while (text.size() < 1'000'000)
            text += unit;
        text += "    \"\"\"\n";
        const auto begin = ::docathon::CpuClock::now();
        parse(std::move(text));
        const auto took = ::docathon::CpuClock::now() - begin;
        EXPECT_LT(std::chrono::duration<double>(took).count(), 3.0) << unit;
    }
}

TEST(PythonFacts, HostileModulesTakeLinearTime) {
    for (const std::string unit :
         {"def f(a=(1)):\n ", "class A(B, c=d): x = 1\n", "@a\n", "x = y = z = 1\n", "if x:\n",
          "__all__ += ['a']\n", "from a import (b, c)\n", "a, b = c\n", "yield\n", "lambda x: (",
          "x = (", "f'{'; x = f'{", "1 + ", "del a, b\n", "#: x\n", "match x:\n case 1: y\n",
          "f(a, b, *c)\n"}) {
        std::string text;
        while (text.size() < 1'000'000)
            text += unit;
        const auto begin = ::docathon::CpuClock::now();
        parse(std::move(text));
        const auto took = ::docathon::CpuClock::now() - begin;
        EXPECT_LT(std::chrono::duration<double>(took).count(), 3.0) << unit;
    }
    std::string deep;
    for (int i = 0; i < 1000; ++i)
        deep += std::string(static_cast<std::size_t>(i), ' ') + "def f():\n";
    EXPECT_EQ(parse(deep).python().definitions.size(), 1000u);
}

TEST(PythonFacts, SuppressionsCoverALineOrADefinitionWithItsDocstring) {
    const Parsed parsed = parse(
        "# docathon-lint: ignore[a/b] why\ndef f():\n    \"\"\"Doc.\"\"\"\n    x = 1\n"
        "y = 1  # docathon-lint: ignore[a/c]\n# docathon-lint: disable[a/d]\n");
    ASSERT_EQ(parsed.facts.suppressions.size(), 3u);
    EXPECT_EQ(parsed.slice(parsed.facts.suppressions[0].scope),
              "# docathon-lint: ignore[a/b] why\ndef f():\n    \"\"\"Doc.\"\"\"");
    EXPECT_EQ(parsed.slice(parsed.facts.suppressions[1].scope),
              "y = 1  # docathon-lint: ignore[a/c]");
    EXPECT_EQ(parsed.facts.suppressions[2].kind, SuppressionKind::disable);
}

}  // namespace
}  // namespace docathon::python
