// What a conf.py assigns, read as syntax. The expected values of the table were checked once by
// running the same text in CPython.

#include "lint/parse/python/config_reader.h"
#include "tests/unit/cpu_clock.h"

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace docathon {
namespace {

/// The value of `name` as Python writes it; "? why" if it is not known in full; "-" if there is
/// none.
std::string value_of(const ConfModule& conf, std::string_view name) {
    const PyValue* value = conf.find(name);
    if (value == nullptr)
        return "-";
    if (!value->fully_known()) {
        const std::string shown = value->is_unknown() ? "" : to_text(*value) + " ";
        return shown + "? " + value->why_unknown();
    }
    return to_text(*value, 100'000);
}

std::string x_of(const std::string& source) {
    return value_of(read_conf(source, "docs/conf.py"), "x");
}

struct Row {
    const char* source;
    const char* x;
};

TEST(ConfigReader, Literals) {
    const Row rows[] = {
        {"x = 'a'", "'a'"},
        {"x = \"it's\"", "\"it's\""},
        {"x = 'a' \"b\" '''c'''", "'abc'"},
        {"x = ('a'\n  # comment\n  'b')", "'ab'"},
        {"x = 'a\\\nb'", "'ab'"},
        {"x = 'a' \\\n  'b'", "'ab'"},
        {"x = r'\\d' + u'\\u00e9\\x41\\101\\n'",
         "'\\\\d\xc3\xa9"
         "AA\\n'"},
        {"x = '''two\nlines'''", "'two\\nlines'"},
        {"x = b'bytes'", "? bytes"},
        {"x = '\\N{BULLET}'", "? a character by name"},
        {"x = 1_000", "1000"},
        {"x = 0x1F", "31"},
        {"x = -3", "-3"},
        {"x = 1.5", "1.5"},
        {"x = 99999999999999999999", "1e+20"},
        {"x = None", "None"},
        {"x = True", "True"},
        {"x = ('a')", "'a'"},
        {"x = ('a',)", "['a']"},
        {"x = 'a', 'b'", "['a', 'b']"},
        {"x = ()", "[]"},
        {"x = [1, [2, (3,)], {'k': None}]", "[1, [2, [3]], {'k': None}]"},
        {"x = {'b', 'a'}", "['b', 'a']"},
        {"x = {}", "{}"},
        {"x = {'a': 1, 'b': 2, 'a': 3}", "{'a': 3, 'b': 2}"},
        {"x = dict(a=1, **{'b': 2})", "{'a': 1, 'b': 2}"},
        {"x = dict([('a', 1)])", "{'a': 1}"},
        {"x = list(('a',)) + sorted({'c': 1, 'b': 2})", "['a', 'b', 'c']"},
        {"\xef\xbb\xbfx = 'after a BOM'\r\n", "'after a BOM'"},
    };
    for (const Row& row : rows)
        EXPECT_EQ(x_of(row.source), row.x) << row.source;
}

TEST(ConfigReader, Expressions) {
    const Row rows[] = {
        {"a = 'v'\nx = f'{a}-{1 + 1}-{{}}-{a!s}'", "'v-2-{}-v'"},
        {"a = {'k': 'v'}\nx = f\"{a[\"k\"]}\"", "'v'"},
        {"a = 'v'\nx = f'{a:>3}'", "? a formatted value"},
        {"a = 'v'\nx = f'{a=}'", "? a formatted value"},
        {"x = f'{unknown}'", "? 'unknown' is not known"},
        {"x = '%s-%d%%' % ('a', 3)", "'a-3%'"},
        {"x = '%(k)s' % {'k': 'v'}", "'v'"},
        {"x = '%s %s' % ('a',)", "? a formatted value"},
        {"x = '{} {1} {n}'.format('a', 'b', n='c')", "'a b c'"},
        {"x = '{:>3}'.format('a')", "? a formatted value"},
        {"x = ['a'] + ['b'] * 2", "['a', 'b', 'b']"},
        {"x = {'a': 1} | {'b': 2}", "{'a': 1, 'b': 2}"},
        {"a = ['b']\nm = {'k': 1}\nx = ['a', *a, {**m, 'l': 2}]", "['a', 'b', {'k': 1, 'l': 2}]"},
        {"x = ['a'] + f()", "['a', ...] ? calls 'f'"},
        {"x = ['a', *f()]", "['a', ...] ? calls 'f'"},
        {"x = {**f(), 'a': 1}", "{'a': 1, ...} ? calls 'f'"},
        {"x = ['a', f()]", "['a', ...] ? calls 'f'"},
        {"x = [n for n in ('a',)]", "[...] ? a comprehension"},
        {"x = {'a': lambda p, q=1: p, 'b': 2}", "{'a': ..., 'b': 2} ? a function"},
        {"x = 'a' if True else f()", "'a'"},
        {"x = 'a' if f() else 'b'", "? depends on a condition"},
        {"x = 'a' if f() else 'a'", "'a'"},
        {"x = 1 if False else 2 if False else 3", "3"},
        {"x = '' or 'b'", "'b'"},
        {"x = f() or 'b'", "? calls 'f'"},
        {"x = f() and False", "False"},
        {"x = [1 < 2 < 3, 1 < 3 < 2, 'a' not in ['b'], None is None, not []]",
         "[True, False, True, True, True]"},
        {"a = ['p', 'q']\nx = [a[-1], a[0:1], 'a.b'.split('.')[1].upper()]", "['q', ['p'], 'B']"},
        {"a = ['p']\nx = a[5]", "? a subscript that is not known"},
        {"x = ' '.join(('a', 'b')).replace('a', 'c').strip('b')", "'c '"},
        {"x = len(['a', 'b']) == 2 and str(3) + 'c'", "'3c'"},
        {"x = 2 ** 3", "? arithmetic"},
        {"x = torch.__version__", "? 'torch.__version__' is not known"},
        {"import os\nx = os.environ.get('X', 'y')", "? calls 'os.environ.get'"},
    };
    for (const Row& row : rows)
        EXPECT_EQ(x_of(row.source), row.x) << row.source;
}

TEST(ConfigReader, Assignments) {
    const Row rows[] = {
        {"x: dict[str, int] = {'a': 1}", "{'a': 1}"},
        {"x: list", "-"},
        {"x = y = 'a'", "'a'"},
        {"a, (x, b) = 1, ('c', 'd')", "'c'"},
        {"a, *x = 1, 2, 3", "? unpacks a value that is not known"},
        {"[x] = ['a']", "'a'"},
        {"x = ['a']\nx += ['b']\nx.append('c')\nx.extend(('d',))\nx.insert(0, 'z')\nx.remove('b')",
         "['z', 'a', 'c', 'd']"},
        {"x = 'a'; x += 'b'; y = 1", "'ab'"},
        {"x = {}\nx['a'] = {'b': 1}\nx['a']['c'] = [2]\nx['a']['c'].append(3)",
         "{'a': {'b': 1, 'c': [2, 3]}}"},
        {"x = {'a': 1}\nx.update({'b': 2}, c=3)\nx |= {'d': 4}\nx.setdefault('a', "
         "9)\nx.setdefault('e', 5)\ndel x['b']\nx.pop('c')",
         "{'a': 1, 'd': 4, 'e': 5}"},
        {"x = {'a': [1]}\nx['a'] += [2]\nx['a'][0] = 7", "{'a': [7, 2]}"},
        {"x = f()\nx += ['a']", "['a', ...] ? calls 'f'"},
        {"x = f()\nx['a'] = 1", "{'a': 1, ...} ? calls 'f'"},
        {"x += ['a']", "['a', ...] ? 'x' is not known"},
        {"x = ['a']\nx += f()", "['a', ...] ? calls 'f'"},
        {"x = {}\nx[f()] = 1", "{...} ? calls 'f'"},
        {"y = ['a']\nx = y\ny.append('b')", "['a', 'b']"},
        {"x = y = []\ny.append('b')", "['b']"},
        {"y = x = []\ny = []\ny.append('b')", "[]"},
        {"x = ['a']\nconfigure(x)", "['a', ...] ? passed to a function"},
        {"x = ['a']\nprint(x)\nlogging.info(x)", "['a']"},
        {"x = 'a'\ndel x", "-"},
        {"globals().update({'x': 1})", "1"},
        {"import x", "-"},
        {"from m import x", "? imported from 'm'"},
        {"def x():\n    pass", "? function 'x'"},
        {"@deco\nclass x:\n    y = 1", "? a class"},
    };
    for (const Row& row : rows)
        EXPECT_EQ(x_of(row.source), row.x) << row.source;
}

TEST(ConfigReader, ConditionsThatCanBeDecidedAreFollowed) {
    const Row rows[] = {
        {"a = 1\nif a == 1:\n    x = 'yes'\nelse:\n    x = 'no'", "'yes'"},
        {"if False:\n    x = 1\nelif not []:\n    x = 2\nelse:\n    x = 3", "2"},
        {"if __name__ == '__main__': x = 1", "-"},
        {"from typing import TYPE_CHECKING\nx = 1\nif TYPE_CHECKING:\n    x = 2", "1"},
        {"x = 1\nif 'man' not in tags:\n    x = 2", "2"},
        {"x = 1\nif 'latex' in tags or 'builder_epub' in tags:\n    x = 2", "1"},
        {"x = 1\nif 'html' in tags:\n    x = 2", "2"},
        {"tags = ['man']\nx = 1\nif 'man' in tags:\n    x = 2", "2"},
    };
    for (const Row& row : rows)
        EXPECT_EQ(x_of(row.source), row.x) << row.source;
}

TEST(ConfigReader, ConditionsThatCannotBeDecided) {
    const Row rows[] = {
        {"x = 'a'\nif f():\n    x = 'b'", "? assigned under a condition"},
        {"x = 'a'\nif f():\n    x = 'a'", "'a'"},
        {"if f():\n    x = 'b'", "? assigned under a condition"},
        {"x = 'a'\nif 'internal' in tags:\n    x = 'b'", "? assigned under a condition"},
        {"if f():\n    x = 'b'\nelse:\n    x = 'b'", "'b'"},
        {"if f():\n    x = 'b'\nelse:\n    raise SystemExit", "'b'"},
        {"if f():\n    x = 'b'\nelif g():\n    x = 'c'\nelse:\n    x = 'd'",
         "? assigned under a condition"},
        {"x = ['a']\nif f():\n    x.append('b')", "['a', 'b', ...] ? assigned under a condition"},
        {"x = ['a']\nif f():\n    x += ['b']\nelse:\n    x.extend(['c'])",
         "? assigned under a condition"},
        {"if f():\n    x = ['a', 'b']\nelse:\n    x = ['a']",
         "['a', 'b', ...] ? assigned under a condition"},
        {"x = ['a']\nif f():\n    x = ['q']", "? assigned under a condition"},
        {"x = {'a': 1}\nif f():\n    x['b'] = 2",
         "{'a': 1, 'b': ..., ...} ? assigned under a condition"},
        {"x = {'a': 1}\nif f():\n    if g():\n        x['a'] = 2",
         "{'a': ...} ? assigned under a condition"},
        {"x = 1\nif f():\n    y = 2", "1"},
        {"match f():\n    case 1:\n        x = 2", "? assigned under a condition"},
    };
    for (const Row& row : rows)
        EXPECT_EQ(x_of(row.source), row.x) << row.source;
}

TEST(ConfigReader, ListPartlyKnownKeepsWhatIsKnown) {
    const ConfModule conf =
        read_conf("x = ['a']\nif f():\n    x.append('b')\nx.append('c')\n", "conf.py");
    const PyValue* x = conf.find("x");
    ASSERT_NE(x, nullptr);
    EXPECT_TRUE(x->partial);
    ASSERT_EQ(x->items.size(), 3u);
    EXPECT_EQ(x->items[2].text, "c");
}

TEST(ConfigReader, LoopsAndHandlers) {
    const Row rows[] = {
        {"x = {}\nfor k in ['a', 'b']:\n    x[k] = f'{k}.html'", "{'a': 'a.html', 'b': 'b.html'}"},
        {"x = []\nfor i, k in enumerate(['a']):\n    x.append((i, k))", "[[0, 'a']]"},
        {"x = {}\nfor k, v in {'a': 'b'}.items(): x[k] = v", "{'a': 'b'}"},
        {"x = 0\nfor i in range(3):\n    x += i", "3"},
        {"x = {'a': 1}\nfor k in f():\n    x[k] = 1", "{'a': 1, ...} ? a loop variable"},
        {"x = ['a']\nfor k in f():\n    x.append('b')", "['a', 'b', ...] ? assigned in a loop"},
        {"for k in f():\n    x = 'b'", "? assigned in a loop"},
        {"x = 1\nwhile f():\n    x = 2", "? assigned in a loop"},
        {"x = []\nfor k in ['a', 'b']:\n    if f(): break\n    x.append(k)",
         "[..., ...] ? assigned in a loop"},
        {"try:\n    import a\n    x = 1\nexcept ImportError:\n    x = 2", "1"},
        {"try:\n    pass\nexcept ImportError:\n    x = 2", "? assigned in an exception handler"},
        {"try:\n    pass\nexcept E:\n    raise\nelse:\n    x = 3\nfinally:\n    y = 4", "3"},
        {"with open('f') as f:\n    x = f.read()", "? a context manager"},
        {"with a:\n    x = 1", "1"},
        {"x = 1\nraise SystemExit\nx = 2", "1"},
        {"import sys\nx = 1\nsys.exit(0)\nx = 2", "1"},
    };
    for (const Row& row : rows)
        EXPECT_EQ(x_of(row.source), row.x) << row.source;
}

TEST(ConfigReader, FunctionsAreNotRunButMayChangeNames) {
    const Row rows[] = {
        {"def f():\n    global x\n    x = 2\nx = 1", "? assigned in a function"},
        {"def f():\n    x = 2\nx = 1", "1"},
        {"x = ['a']\ndef f(app):\n    x.append('b')", "['a', ...] ? changed in a function"},
        {"x = {}\ndef f(app):\n    x['k'] = 'b'", "{...} ? changed in a function"},
        {"x = ['a']\ndef f(x):\n    x.append('b')", "['a']"},
        {"x = ['a']\ndef f():\n    x = []\n    x.append('b')", "['a']"},
        {"def helper():\n    return 1\nx = helper()", "? function 'helper'"},
    };
    for (const Row& row : rows)
        EXPECT_EQ(x_of(row.source), row.x) << row.source;
}

TEST(ConfigReader, SetupIsRecorded) {
    EXPECT_TRUE(read_conf("def setup(app):\n    pass\n", "conf.py").has_setup);
    EXPECT_TRUE(read_conf("from ext import setup\n", "conf.py").has_setup);
    EXPECT_FALSE(read_conf("class A:\n    def setup(self): pass\n", "conf.py").has_setup);
}

TEST(ConfigReader, PathsOfTheRepository) {
    const Row rows[] = {
        {"import os\nx = os.path.join(os.path.dirname(__file__), 'a')", "'<repository>/docs/a'"},
        {"import os\nx = os.path.abspath('..')", "'<repository>'"},
        {"import os\nx = os.path.abspath(os.path.join(__file__, '..', '..', 'src'))",
         "'<repository>/src'"},
        {"import os.path as osp\nx = osp.dirname(osp.abspath(__file__))", "'<repository>/docs'"},
        {"from os.path import dirname as d\nx = d(d(__file__))", "'<repository>'"},
        {"from pathlib import Path\nx = Path(__file__).parent / 'x' / 'y'",
         "'<repository>/docs/x/y'"},
        {"import pathlib\nx = pathlib.Path(__file__).resolve().parents[1].joinpath('a')",
         "'<repository>/a'"},
        {"from pathlib import Path\nx = str(Path('.').resolve())", "'<repository>/docs'"},
        {"import os\nx = f'{os.path.dirname(__file__)}/img'", "'<repository>/docs/img'"},
        {"import os\nx = os.getcwd()", "'<repository>/docs'"},
        {"import os\nx = 'a' in os.getcwd()", "? depends on a value that is not known"},
        {"import os\nx = os.sep.join(['a', 'b'])", "'a/b'"},
        {"import os\nx = os.path.join(os.path.dirname(theme.__file__), 'a')",
         "? 'theme.__file__' is not known"},
    };
    for (const Row& row : rows)
        EXPECT_EQ(x_of(row.source), row.x) << row.source;

    const auto path = [](const std::string& source) -> std::string {
        const ConfModule conf = read_conf("import os\n" + source, "docs/conf.py");
        return repository_path(*conf.find("x"), "docs").value_or("outside");
    };
    EXPECT_EQ(path("x = 'a/../b'"), "docs/b");
    EXPECT_EQ(path("x = '../examples'"), "examples");
    EXPECT_EQ(path("x = '../..'"), "outside");
    EXPECT_EQ(path("x = '/usr'"), "outside");
    EXPECT_EQ(path("x = os.path.abspath('../tutorials')"), "tutorials");
    EXPECT_EQ(path("x = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath('.'))))"),
              "outside");
    EXPECT_EQ(path("x = os.path.dirname(__file__) + 'x'"), "docsx");
    // Control characters of a literal cannot pass for the root.
    EXPECT_EQ(path("x = '\\x02/etc'"), "docs/?/etc");
}

TEST(ConfigReader, PlacesOfValues) {
    const ConfModule conf =
        read_conf("a = 1\n\nextensions = [\n  'a',\n]\nextensions += ['b']\nm = {}\nm['k'] = 1\n",
                  "d/conf.py");
    EXPECT_EQ(conf.find("a")->line, 1u);
    EXPECT_EQ(conf.find("extensions")->line, 6u);
    EXPECT_EQ(conf.find("m")->line, 8u);
    EXPECT_EQ(conf.find("m")->items[0].line, 8u);
    EXPECT_EQ(conf.find("a")->range, (Range{0, 5}));
    EXPECT_EQ(conf.files, std::vector<std::string>{"d/conf.py"});
}

ConfModule with_siblings(const std::string& source,
                         const std::map<std::string, std::string>& files) {
    return read_conf(source, "docs/source/conf.py",
                     [&files](std::string_view path) -> std::optional<std::string> {
                         const auto it = files.find(std::string(path));
                         if (it == files.end())
                             return std::nullopt;
                         return it->second;
                     });
}

TEST(ConfigReader, SiblingModules) {
    const std::map<std::string, std::string> files = {
        {"docs/source/redirects.py",
         "base = 'old'\nredirects = {base: 'new.html'}\n_private = 1\n"},
        {"docs/source/_ext/more.py", "names = ['n']\n"},
        {"docs/source/pack/__init__.py", "from .inner import deep\n"},
        {"docs/source/inner.py", "deep = 'd'\n"},
        {"shared/base.py",
         "import os\nextensions = ['e']\nroot = os.path.dirname(__file__)\ndef setup(app): "
         "pass\n"}};
    ConfModule conf = with_siblings("from redirects import redirects, base as b, absent\n", files);
    EXPECT_EQ(value_of(conf, "redirects"), "{'old': 'new.html'}");
    EXPECT_EQ(value_of(conf, "b"), "'old'");
    EXPECT_EQ(value_of(conf, "absent"), "? imported from 'redirects'");
    ASSERT_EQ(conf.files.size(), 2u);
    EXPECT_EQ(conf.files[conf.find("redirects")->file], "docs/source/redirects.py");
    EXPECT_EQ(conf.find("redirects")->line, 2u);

    conf = with_siblings("import redirects as r\nx = r.redirects\ny = r.absent\n", files);
    EXPECT_EQ(value_of(conf, "x"), "{'old': 'new.html'}");
    EXPECT_EQ(value_of(conf, "y"), "? 'redirects.absent' is not known");

    conf = with_siblings("from redirects import *\n", files);
    EXPECT_EQ(value_of(conf, "base"), "'old'");
    EXPECT_EQ(conf.find("_private"), nullptr);
    EXPECT_EQ(conf.incomplete, "");

    conf = with_siblings(
        "import os, sys\nsys.path.insert(0, os.path.abspath('_ext'))\nfrom more import names\n",
        files);
    EXPECT_EQ(value_of(conf, "names"), "['n']");

    conf = with_siblings("from pack import deep\n", files);
    EXPECT_EQ(value_of(conf, "deep"), "'d'");

    conf = with_siblings(
        "import sys\nsys.path.append('../../shared')\nfrom base import *\nextensions.append('f')\n",
        files);
    EXPECT_EQ(value_of(conf, "extensions"), "['e', 'f']");
    EXPECT_EQ(value_of(conf, "root"), "'<repository>/shared'");
    EXPECT_TRUE(conf.has_setup);
}

TEST(ConfigReader, ModulesThatAreNotThere) {
    ConfModule conf = read_conf("from base import *\nextensions += ['a']\n", "conf.py");
    EXPECT_EQ(conf.incomplete, "imports all names of 'base'");
    EXPECT_EQ(value_of(conf, "extensions"), "['a', ...] ? imports all names of 'base'");
    EXPECT_EQ(read_conf("exec(open('x').read())\n", "conf.py").incomplete, "calls 'exec'");
    EXPECT_EQ(read_conf("exec(open('x').read(), globals())\n", "conf.py").incomplete,
              "calls 'exec'");
    const ConfModule about =
        read_conf("about = {}\nexec(open('x').read(), about)\nv = about['v']\n", "conf.py");
    EXPECT_EQ(about.incomplete, "");
    EXPECT_TRUE(about.find("v")->is_unknown());
    EXPECT_EQ(read_conf("from os.path import *\n", "conf.py").incomplete, "");
}

TEST(ConfigReader, ImportsEnd) {
    std::map<std::string, std::string> files = {
        {"docs/source/a.py", "from b import v\nw = 1\n"},
        {"docs/source/b.py", "from a import w\nfrom conf import z\nv = 2\n"}};
    const ConfModule cycle = with_siblings("z = 0\nfrom a import v, w\n", files);
    EXPECT_EQ(value_of(cycle, "v"), "2");
    EXPECT_EQ(value_of(cycle, "w"), "1");

    std::map<std::string, std::string> chain;
    for (int i = 0; i < 50; ++i) {
        chain["docs/source/m" + std::to_string(i) + ".py"] =
            "from m" + std::to_string(i + 1) + " import v\n";
    }
    chain["docs/source/m50.py"] = "v = 1\n";
    EXPECT_EQ(value_of(with_siblings("from m0 import v\n", chain), "v"), "? imported from 'm4'");
    std::string all;
    for (int i = 0; i < 50; ++i)
        all += "import m" + std::to_string(i) + "\n";
    EXPECT_LE(with_siblings(all, chain).files.size(), 17u);
}

TEST(ConfigReader, SyntaxErrorsSpoilTheirOwnStatementOnly) {
    const Row rows[] = {
        {"y = [1, 2\nimport os\nx = 1", "1"},
        {"y = 'open\nx = 1", "1"},
        {"y = )\nx = 1", "1"},
        {"x = [1, 2 3, 4]", "[1, 2, ...] ? a syntax error"},
        {"x = = 2", "? a syntax error"},
        {"x =\ny = 1", "? a syntax error"},
        {"x = 1\nx = 'open\ny = 2", "? a syntax error"},
        {"x = {{ cookiecutter.name }}\n", "[[...]] ? 'cookiecutter.name' is not known"},
        {"x = 1 $ 2", "? a syntax error"},
        {"  x = 1\n y = 2\n", "1"},
        {"else:\n    x = 1", "1"},
    };
    for (const Row& row : rows)
        EXPECT_EQ(x_of(row.source), row.x) << row.source;
    // An open bracket takes the rest of the file with it, up to the next word that cannot stand in
    // it.
    EXPECT_EQ(x_of("if f(:\n  y = 1\nx = 2"), "-");
    EXPECT_EQ(x_of("if f(:\n  y = 1\ndef g(): pass\nx = 2"), "2");
    EXPECT_TRUE(read_conf("x = [1\n", "conf.py").syntax_errors);
    EXPECT_FALSE(read_conf("x = [1]\n", "conf.py").syntax_errors);
}

TEST(ConfigReader, LooksLikeSphinx) {
    EXPECT_TRUE(looks_like_sphinx_conf("import os\nextensions = []\n"));
    EXPECT_TRUE(looks_like_sphinx_conf("if x:\n    html_theme='a'\n"));
    EXPECT_TRUE(looks_like_sphinx_conf("extensions: list[str] = []\n"));
    EXPECT_TRUE(looks_like_sphinx_conf("# sphinx\nfrom base import *\n"));
    EXPECT_TRUE(looks_like_sphinx_conf("from base import *\nrst_prolog = ''\n"));
    EXPECT_FALSE(looks_like_sphinx_conf("# extensions = []\nprint('extensions = 1')\n"));
    EXPECT_FALSE(looks_like_sphinx_conf("DEBUG = True\nextensions == 1\n"));
    EXPECT_FALSE(looks_like_sphinx_conf(""));
}

TEST(ConfigReader, TextOfValues) {
    const ConfModule conf = read_conf("x = ['\\x1b', 'caf\xc3\xa9', \"'\"]\n", "conf.py");
    EXPECT_EQ(to_text(*conf.find("x")), "['\\x1b', 'caf\xc3\xa9', \"'\"]");
    EXPECT_EQ(to_text(PyValue::make_string(std::string(500, 'a')), 10), "'aaaaaaaaa...");
    // Never cut inside of a character.
    EXPECT_EQ(to_text(PyValue::make_string("aaaa\xc3\xa9\xc3\xa9"), 6), "'aaaa...");
}

std::string repeated(std::string_view part, int times) {
    std::string text;
    for (int i = 0; i < times; ++i)
        text += part;
    return text;
}

/// Reads it and fails if that takes longer than a hostile text may.
ConfModule quickly(const std::string& source) {
    const auto begin = ::docathon::CpuClock::now();
    ConfModule conf = read_conf(source, "docs/conf.py");
    const auto took = ::docathon::CpuClock::now() - begin;
    // Generous: sanitizers and a busy machine. Quadratic time would be minutes.
    EXPECT_LT(std::chrono::duration_cast<std::chrono::seconds>(took).count(), 20)
        << source.substr(0, 60);
    return conf;
}

TEST(ConfigReaderHostile, Nesting) {
    constexpr int kMany = 50'000;
    for (const std::string_view open :
         {"[", "(", "{", "{1:", "a[", "a(b=", "f'{", "lambda:", "not ", "-", "if x:", "x="}) {
        EXPECT_FALSE(quickly("y = 1\nx = " + repeated(open, kMany)).find("y") == nullptr) << open;
    }
    EXPECT_EQ(
        quickly("x = " + repeated("[", kMany) + repeated("]", kMany)).find("x")->why_unknown(),
        "nested too deeply");
    EXPECT_EQ(value_of(quickly("x = " + repeated("(", 90) + "1" + repeated(")", 90)), "x"), "1");
    std::string blocks;
    for (int i = 0; i < 1500; ++i)
        blocks += std::string(static_cast<std::size_t>(i), ' ') + "if True:\n";
    EXPECT_EQ(quickly(blocks).incomplete, "nested too deeply");
    EXPECT_EQ(value_of(quickly("x = 1" + repeated(" + 1", kMany)), "x"), "50001");
    EXPECT_EQ(value_of(quickly("x = 2" + repeated("**2", kMany)), "x"), "? arithmetic");
}

TEST(ConfigReaderHostile, ValuesThatGrow) {
    EXPECT_EQ(value_of(quickly("x = 'a'\n" + repeated("x = x + x\n", 100)), "x"),
              "? too much to read");
    EXPECT_EQ(value_of(quickly("x = ['a']\n" + repeated("x = x + x\n", 100)), "x"),
              "? too much to read");
    EXPECT_EQ(value_of(quickly("x = ['a']\n" + repeated("x = [x, x, x, x]\n", 100)), "x"),
              "? too much to read");
    EXPECT_EQ(quickly("x = 1\n" + repeated("y = ['a']\ny = [y, y]\n", 10)).incomplete, "");
    EXPECT_TRUE(quickly("x = []\n" + repeated("x = [x]\n", 100'000)).find("x")->depth <= 100);
    EXPECT_TRUE(quickly("x = {}\n" + repeated("x['k'] = x\n", 100'000)).find("x")->depth <= 100);
    EXPECT_EQ(value_of(quickly("x = 'a' * 1000000 * 1000000"), "x"), "? too much to read");
    std::string loops = "x = []\n";
    for (int i = 0; i < 8; ++i)
        loops += std::string(static_cast<std::size_t>(i), ' ') + "for i in range(1000):\n";
    EXPECT_EQ(value_of(quickly(loops + "        x.append(1)\n"), "x"), "? too much to read");
}

TEST(ConfigReaderHostile, LongTexts) {
    const ConfModule list = quickly("x = [" + repeated("'a', ", 100'000) + "]\n");
    EXPECT_EQ(list.find("x")->items.size(), 100'000u);
    std::string dict = "x = {\n";
    for (int i = 0; i < 30'000; ++i)
        dict += "'k" + std::to_string(i) + "': 'v',\n";
    EXPECT_EQ(quickly(dict + "}\n").find("x")->items.size(), 30'000u);
    (void)quickly(dict + "}\n" + repeated("if u():\n  x['k1'] = 'z'\n", 1000));
    EXPECT_EQ(value_of(quickly(repeated("\\\n", 200'000) + "x = 1\n"), "x"), "1");
    EXPECT_EQ(value_of(quickly(repeated("# comment\n", 100'000) + "x = 1\n"), "x"), "1");
    EXPECT_EQ(value_of(quickly(repeated("x = 1\n", 150'000)), "x"), "1");
    EXPECT_EQ(value_of(quickly("x = " + repeated("a.", 100'000) + "b\n"), "x"), "? a long name");
    EXPECT_EQ(quickly(std::string(3u << 20, 'x')).incomplete, "the file is too large");
    (void)quickly(std::string(100'000, '\0'));
    (void)quickly(repeated("\xff", 100'000));
    (void)quickly(repeated("$ ? ! ", 100'000));
}

}  // namespace
}  // namespace docathon
