// Examples of pages and docstrings, and names in running text: where they are found, which language
// they have, what is read in them, and that every range is exact.

#include <gtest/gtest.h>

#include "lint/cli/dump.h"
#include "lint/core/source_file.h"
#include "lint/model/example_facts.h"
#include "lint/parse/parse.h"
#include "tests/unit/cpu_clock.h"

namespace docathon {
namespace {

std::string dump(const std::string& path, std::string text, Flavor flavor = Flavor::gfm) {
    const SourceFile source(0, path, std::move(text));
    Settings settings;
    settings.flavor = flavor;
    return dump_examples(source, parse_file(source, settings).facts);
}

/// The lines of a dump that begin with this.
std::string only(const std::string& start, const std::string& whole) {
    std::string out;
    for (std::size_t at = 0; at < whole.size();) {
        const std::size_t end = whole.find('\n', at);
        if (whole.compare(at, start.size(), start) == 0)
            out += whole.substr(at, end - at + 1);
        at = end + 1;
    }
    return out;
}

TEST(Examples, FencesInContainers) {
    EXPECT_EQ(dump("a.md",
                   "> ```py\n> import a.b as c\n>\n> c.f(1, x=2)\n> ```\n\n- ```\n  $ ls\n  out\n  "
                   "```\n"),
              "example 1:3-5:6 python by fence in page group=0 label=py\n"
              "  piece 2:3-3:1 \"import a.b as c\\x0a\"\n"
              "  piece 3:2-4:1 \"\\x0a\"\n"
              "  piece 4:3-5:1 \"c.f(1, x=2)\\x0a\"\n"
              "  import 2:10-2:18 a.b as=c \"a.b as c\"\n"
              "  name 4:3-4:6 c.f called\n"
              "  call 4:3-4:14 c.f positional=1 x=\n"
              "example 7:3-10:6 shell by prompt in page group=0 console output\n"
              "  piece 8:5-9:1 \"ls\\x0a\"\n");
}

TEST(Examples, LanguagesOfPages) {
    const auto first = [](const std::string& path, const std::string& text) {
        return only("example", dump(path, text, Flavor::myst));
    };
    EXPECT_EQ(first("a.rst", ".. highlight:: bash\n\nX::\n\n   ls -l\n"),
              "example 5:4-5:9 shell by highlight in page group=0 label=bash\n");
    EXPECT_EQ(first("a.rst", ".. testcode::\n\n   x\n"),
              "example 1:1-3:5 python by directive in page group=0 label=python\n");
    EXPECT_EQ(first("a.rst", ">>> x\n1\n"),
              "example 1:1-2:2 python by doctest in page group=0 label=pycon console output\n");
    EXPECT_EQ(first("a.md", "```{code-block} yaml\n:linenos:\na: 1\n```\n"),
              "example 1:1-4:4 yaml by fence in page group=0 label=yaml\n");
    EXPECT_EQ(first("a.md", "```\nfrom a import b\n```\n"),
              "example 1:1-3:4 python by guess in page group=0\n");
    EXPECT_EQ(first("a.md", "```\nfrom here to there\n```\n"),
              "example 1:1-3:4 none by none in page group=0\n");
    EXPECT_EQ(only("example", dump("a.md", "```{python}\nx\n```\n")),
              "example 1:1-3:4 python by fence in page group=0 label=python\n");
    EXPECT_EQ(first("a.md", "```lang=shell\nls\n```\n"),
              "example 1:1-3:4 shell by fence in page group=0 label=shell\n");
    EXPECT_EQ(first("a.md", "```python out\nx\n```\n"),
              "example 1:1-3:4 text by fence in page group=0 label=output\n");
    EXPECT_EQ(first("a.md", "```python\n!ls\n%time\nx # doctest: +SKIP\n<name>\n```\n"),
              "example 1:1-6:4 python by fence in page group=0 label=python skipped magic "
              "placeholder\n");
}

TEST(Examples, OfADiffWhatItLeaves) {
    EXPECT_EQ(dump("a.md", "```diff\n@@ 1 @@\n- import a\n+ import b\n  b.c\n```\n"),
              "example 1:1-6:4 diff by fence in page group=0 label=diff diff\n"
              "  piece 4:2-5:1 \" import b\\x0a\"\n"
              "  piece 5:2-6:1 \" b.c\\x0a\"\n"
              "  import 4:10-4:11 b \"b\"\n"
              "  name 5:3-5:6 b.c\n");
}

TEST(Examples, Docstrings) {
    const std::string text = dump("a.py",
                                  "def f():\n"
                                  "    \"\"\"See ``a.B.c`` and `x`.\n\n"
                                  "    Example::\n\n"
                                  "        a.go()\n\n"
                                  "        if a:\n"
                                  "            b\n\n"
                                  "    >>> if x:\n"
                                  "    ...     y()\n"
                                  "    1\n\n"
                                  "    .. code-block:: sh\n"
                                  "       :linenos:\n\n"
                                  "       ls\n\n"
                                  "    Example:\n"
                                  "        import q\n"
                                  "    \"\"\"\n\n"
                                  "def g():\n"
                                  "    '''\n    ```json\n    {}\n    ```\n    '''\n");
    EXPECT_EQ(
        only("example", text),
        "example 6:9-9:14 none by none in docstring group=1\n"
        "example 11:5-13:6 python by doctest in docstring group=1 label=pycon console output\n"
        "example 18:8-18:10 shell by directive in docstring group=1 label=sh\n"
        "example 21:9-21:17 python by guess in docstring group=1\n"
        "example 26:5-28:8 json by fence in docstring group=2 label=json\n");
    EXPECT_EQ(only("inline", text), "inline 2:14-2:19 code name a.B.c\n");
    EXPECT_NE(text.find("  piece 9:9-10:1 \"    b\\x0a\"\n"), std::string::npos);
    EXPECT_NE(text.find("  piece 12:9-13:1 \"    y()\\x0a\"\n"), std::string::npos);
}

TEST(Examples, NamesBindingsAndCalls) {
    const std::string text = dump("a.md",
                                  "```python\n"
                                  "from .a import (b,  # one\n"
                                  "    c as d)\n"
                                  "import e, f.g\n"
                                  "try:\n"
                                  "    import h\n"
                                  "    h.x\n"
                                  "except E: pass\n"
                                  "x = y = a.b\n"
                                  "net = n.Net(1, *z, k=v(w=2), **u)\n"
                                  "also = net\n"
                                  "p.q, r = s\n"
                                  "def fun(m, o=t.u): return m.i\n"
                                  "[j.k for j in l.n]\n"
                                  "f(lambda a: a.b).c.d\n"
                                  "g(...)\n"
                                  "g(x: int)\n"
                                  "```\n");
    EXPECT_EQ(only("  import", text),
              "  import 2:17-2:18 .a name=b \"b\"\n"
              "  import 3:5-3:11 .a name=c as=d \"c as d\"\n"
              "  import 4:8-4:9 e \"e\"\n"
              "  import 4:11-4:14 f.g \"f.g\"\n"
              "  import 6:12-6:13 h guarded \"h\"\n");
    EXPECT_EQ(only("  name", text),
              "  name 7:5-7:8 h.x guarded\n"
              "  name 8:8-8:9 E guarded\n"
              "  name 9:9-9:12 a.b\n"
              "  name 10:7-10:12 n.Net called\n"
              "  name 10:17-10:18 z\n"
              "  name 10:22-10:23 v called\n"
              "  name 10:32-10:33 u\n"
              "  name 11:8-11:11 net\n"
              "  name 12:1-12:4 p.q stored\n"
              "  name 12:10-12:11 s\n"
              "  name 13:14-13:17 t.u\n"
              "  name 13:27-13:30 m.i\n"
              "  name 14:2-14:5 j.k\n"
              "  name 14:15-14:18 l.n\n"
              "  name 15:1-15:2 f called\n"
              "  name 15:13-15:16 a.b\n"
              "  name 16:1-16:2 g called\n"
              "  name 17:1-17:2 g called\n"
              "  name 17:3-17:4 x\n"
              "  name 17:6-17:9 int\n");
    EXPECT_EQ(only("  bind", text),
              "  bind 9:12-9:12 x unknown\n"
              "  bind 9:12-9:12 y unknown\n"
              "  bind 10:34-10:34 net result n.Net\n"
              "  bind 11:11-11:11 also alias net\n"
              "  bind 12:11-12:11 r unknown\n"
              "  bind 13:30-13:30 fun function\n"
              "  bind 13:30-13:30 m unknown\n"
              "  bind 13:30-13:30 o unknown\n"
              "  bind 14:1-14:1 j unknown\n"
              "  bind 15:1-15:1 a unknown\n");
    EXPECT_EQ(only("  call", text),
              "  call 10:7-10:34 n.Net positional=1 k= * **\n"
              "  call 10:22-10:28 v positional=0 w=\n"
              "  call 15:1-15:17 f positional=1\n"
              "  call 16:1-16:7 g positional=0 cut\n"
              "  call 17:1-17:10 g positional=1 cut\n");
}

TEST(Examples, NamesInRunningText) {
    EXPECT_EQ(
        only("inline", dump("a.md",
                            "`a.b` `a.b(1, c)` `Name` `name` `a_b` `CamelCase` `f()` `x/y.py` "
                            "`setup.py` `a.b.c` `x.h` `--flag=1` `a b` `https://x.y`\n")),
        "inline 1:2-1:5 code name a.b\n"
        "inline 1:8-1:11 code name a.b called\n"
        "inline 1:34-1:37 code name a_b\n"
        "inline 1:40-1:49 code name CamelCase\n"
        "inline 1:52-1:53 code name f called\n"
        "inline 1:58-1:64 code path x/y.py\n"
        "inline 1:67-1:75 code path setup.py\n"
        "inline 1:78-1:83 code name a.b.c\n"
        "inline 1:86-1:89 code path x.h\n"
        "inline 1:92-1:98 code option --flag\n");
    EXPECT_EQ(only("inline", dump("a.rst",
                                  ":func:`~a.b` :func:`text <a.b.c>` :func:`!a.b` `a.b`\n\n"
                                  ".. code-block:: bash\n\n   x a.b.c y.z -m q.r.s\n")),
              "inline 1:9-1:12 role name a.b role=func\n"
              "inline 1:27-1:32 role name a.b.c role=func\n"
              "inline 1:49-1:52 interpreted name a.b\n"
              "inline 5:6-5:11 word name a.b.c\n");
    EXPECT_EQ(
        only("inline", dump("a.py", "'''See :func:`a.b`, `text <a.b>`_ and\n``a.c()``.'''\n")),
        "inline 1:15-1:18 role name a.b role=func\n"
        "inline 2:3-2:6 code name a.c called\n");
}

TEST(Examples, IncludedCode) {
    EXPECT_EQ(dump("a.rst", ".. literalinclude:: a.py\n   :lines: 1-3\n   :linenos:\n"),
              "included 1:21-1:25 a.py lines=1-3@2:12-2:15 linenos=@3:4-3:13\n");
}

TEST(Examples, CellsOfNotebooks) {
    EXPECT_EQ(dump("a.ipynb", R"x({"cells": [
 {"cell_type": "code", "outputs": [{"data": {"x": "\\\""}}], "source": [
  "import pkg # \u00e9\n", "%time x\n", "pkg.a(\"\\n\", y=1)"]}]})x"),
              R"x(example 2:72-3:63 python by kernel in notebook group=0 magic json
  piece 3:4-3:23 "import pkg # \u00e9"
  piece 3:42-3:61 "pkg.a(\"\\n\", y=1)"
  import 3:11-3:14 pkg "pkg"
  name 3:42-3:47 pkg.a called
  call 3:42-3:61 pkg.a positional=1 y=
)x");
}

TEST(Examples, NotebooksThatAreNoJson) {
    for (const char* text :
         {"", "{", "{\"cells\": [", "{\"cells\": [{\"source\": [\"a\"", "{\"cells\": }}}]]]",
          "{\"cells\": [{\"cell_type\": \"code\" x}]}", "[]", "{\"cells\": {\"a\": [[[[", "\"\\"})
        EXPECT_EQ(dump("a.ipynb", text), "") << text;
}

TEST(Examples, HostileBlocksTakeLinearTime) {
    constexpr std::size_t kSize = 100000;  // below the limit, so that it is read
    std::string dots = "a";
    std::string prompts;
    for (std::size_t i = 0; i < kSize / 4; ++i) {
        dots += ".a";
        prompts += ">>>\n";
    }
    for (const std::string& code :
         {std::string(kSize, '('), "x = '" + std::string(kSize, 'a') + "'", dots, prompts,
          std::string(kSize, '\n'), std::string(kSize, '`'), "f" + std::string(kSize, '=')}) {
        for (const auto& [path, text] :
             {std::pair<std::string, std::string>("a.md", "```python\n" + code + "\n```\n"),
              {"a.py", "'''\n```python\n" + code + "\n```\n'''\n"},
              {"a.ipynb",
               R"x({"cells": [{"cell_type": "code", "source": [")x" + code + R"x("]}]})x"},
              {"a.ipynb", R"x({"cells": [)x" + std::string(kSize, '[')},
              {"a.ipynb", R"x({"cells": ")x" + std::string(kSize, '\\')}}) {
            const auto start = CpuClock::now();
            (void)dump(path, text);
            EXPECT_LT(CpuClock::now() - start, std::chrono::seconds(2)) << code.substr(0, 10);
        }
    }
    EXPECT_NE(dump("a.md", "```python\n" + std::string(1000000, 'a') + "\n```\n").find("too-large"),
              std::string::npos);
}

}  // namespace
}  // namespace docathon
