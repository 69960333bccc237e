// The API index: which names modules bind, what they stand for, which are public. The running
// packages are the witness for whole ones; here stands one case for each way of binding a name.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>

#include "lint/core/source_file.h"
#include "lint/parse/parse.h"
#include "lint/project/api/api_index.h"
#include "tests/unit/cpu_clock.h"

namespace docathon {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

class ApiIndexTest : public testing::Test {
  protected:
    /// Paths as "pkg/__init__.py".
    void index(const std::vector<std::pair<std::string, std::string>>& files) {
        std::vector<ApiSource> sources;
        facts_.clear();
        for (const auto& [path, text] : files) {
            facts_.push_back(parse_file(SourceFile(0, path, text), Settings{}).facts);
            ApiSource source;
            source.path = path;
            source.facts = facts_.back().python.get();
            std::string module = path.substr(0, path.rfind('.'));
            source.package = module.ends_with("/__init__");
            if (source.package)
                module = module.substr(0, module.rfind('/'));
            std::replace(module.begin(), module.end(), '/', '.');
            source.module = module;
            sources.push_back(source);
        }
        index_ = std::make_unique<ApiIndex>(std::move(sources));
    }

    /// "name why" of what is public.
    std::vector<std::string> publics(std::string_view module, Publicness wanted = Publicness::yes) {
        std::vector<std::string> out;
        for (const ApiName& name : index_->names(index_->find_module(module))) {
            if (name.publicness == wanted && !name.name.empty())
                out.push_back(name.name + " " + std::string(name.why));
        }
        return out;
    }

    std::string canonical(std::string_view dotted) {
        return index_->canonical(index_->resolve(dotted));
    }

    std::vector<std::string> parameters(std::string_view dotted) {
        const ApiSignature signature = index_->signature(index_->resolve(dotted));
        if (!signature.known)
            return {"?"};
        std::vector<std::string> out;
        for (const ApiParameter& parameter : signature.parameters)
            out.emplace_back(std::string(parameter.name) + (parameter.has_default ? "=" : ""));
        return out;
    }

    std::vector<FileFacts> facts_;
    std::unique_ptr<ApiIndex> index_;
};

TEST_F(ApiIndexTest, ModulesWithoutAll) {
    index({{"p/__init__.py",
            "from .a import f as f\nfrom .a import g\nimport os\nimport p.b as b\n"
            "from .a import *\nx = 1\n_y = 2\n"},
           {"p/a.py", "def f(): pass\ndef g(): pass\ndef h(): pass\nk = 1\n_z = 1\n"},
           {"p/b.py", "from .a import g\n"}});
    EXPECT_THAT(publics("p"),
                ElementsAre("a submodule", "b submodule", "f alias", "h star", "x defined"));
    EXPECT_THAT(publics("p", Publicness::maybe), ElementsAre("g package import"));
    EXPECT_THAT(publics("p.b"), IsEmpty());
    EXPECT_EQ(canonical("p.g"), "p.a:g");
}

TEST_F(ApiIndexTest, AllDecides) {
    index({{"p/__init__.py",
            "from .a import *\nfrom . import a, b\n__all__ = ['x', '_u']\n"
            "__all__ += a.__all__\n__all__.extend(b.__all__)\n__all__.remove('g')\n"
            "def x(): pass\ndef z(): pass\n_u = 1\n"},
           {"p/a.py", "__all__ = ('f', 'g')\ndef f(): pass\ndef g(): pass\ndef h(): pass\n"},
           {"p/b.py", "_names = ['i']\n__all__ = list(set(_names) | {'j'})\n"},
           {"p/c.py", "__all__ = make()\ndef f(): pass\ndef _g(): pass\n"},
           {"p/d.py", "from .a import __all__\nfrom .a import *\n"},
           {"p/e.py",
            "def add(m):\n    __all__.append(m)\nfrom . import a\n__all__ = []\nadd(a)\n"}});
    EXPECT_THAT(publics("p"), ElementsAre("_u __all__", "f __all__", "x __all__"));
    EXPECT_THAT(publics("p", Publicness::unknown), ElementsAre("i __all__", "j __all__"));
    EXPECT_THAT(publics("p.c"), IsEmpty());
    EXPECT_THAT(publics("p.c", Publicness::unknown), ElementsAre("f __all__ cannot be read"));
    EXPECT_THAT(publics("p.d"), ElementsAre("f __all__", "g __all__"));
    EXPECT_THAT(publics("p.e", Publicness::unknown), ElementsAre("f __all__", "g __all__"));
}

TEST_F(ApiIndexTest, FunctionsWinOverSubmodulesOfTheirName) {
    index({{"p/__init__.py", "from p.bridges import *\n"},
           {"p/bridges.py", "__all__ = ['bridges']\ndef bridges(G): pass\n"}});
    const std::vector<ApiName> names = index_->names(index_->find_module("p"));
    ASSERT_EQ(names.size(), 2u);
    EXPECT_EQ(names[1].name, "bridges");
    EXPECT_EQ(index_->canonical(names[1].entity), "p.bridges:bridges");
    EXPECT_EQ(canonical("p.bridges"), "p.bridges") << "a path is a module first";
}

TEST_F(ApiIndexTest, ObjectsThatSayThatTheyLiveElsewhere) {
    index({{"p/__init__.py",
            "from p.core import f, Box, g, k\nfrom p.core import Tool\n__all__ = ['f', 'Box']\n"},
           {"p/core.py",
            "from p.util import set_module\n@set_module('p')\ndef f(): pass\n"
            "class Box:\n    def open(self): pass\nBox.__module__ = 'p'\n"
            "@set_module('p.gone')\ndef g(): pass\n"
            "@set_module('p')\ndef not_there(): pass\n@set_module(name)\ndef k(): pass\n"
            "class Tool: pass\nTool.__module__ = f'{p}'\n"},
           {"p/util.py", "def set_module(name): pass\n"}});
    EXPECT_EQ(canonical("p.core.f"), "p:f");
    EXPECT_EQ(canonical("p.Box.open"), "p:Box.open");
    EXPECT_EQ(canonical("p.core.g"), "p.core:g") << "there is no such module";
    EXPECT_EQ(canonical("p.core.not_there"), "p.core:not_there") << "it has no such name";
    EXPECT_EQ(canonical("p.core.k"), "p.core:k");
    EXPECT_THAT(publics("p.core"),
                ElementsAre("Tool defined", "g defined", "k defined", "not_there defined"));
    EXPECT_THAT(publics("p"), testing::IsSupersetOf({"Box __all__", "f __all__"}));
}

TEST_F(ApiIndexTest, PackagesThatTakeHomeWhatTheyOffer) {
    const std::string core = "class A:\n    def m(self): pass\nclass B: pass\nclass C: pass\n";
    const std::string loop =
        "for __value in list(locals().values()):\n"
        "    if getattr(__value, '__module__', '').startswith('p.'):\n"
        "        __value.__module__ = __name__\n";
    index({{"p/__init__.py", "from ._core import A as A\n" + loop},
           {"p/abc.py", "from ._core import A, B\n" + loop},
           {"p/_core.py", core},
           {"q/__init__.py",
            "from ._core import A\nfrom ._util import fix\nfix.fixup_module_metadata(__name__, "
            "globals())\n"},
           {"q/_core.py", core},
           {"q/_util.py", ""}});
    EXPECT_EQ(canonical("p._core.A.m"), "p:A.m") << "the outer package runs its loop last";
    EXPECT_EQ(canonical("p._core.B"), "p.abc:B");
    EXPECT_EQ(canonical("p._core.C"), "p._core:C");
    EXPECT_EQ(canonical("q.A"), "q:A");
    EXPECT_EQ(canonical("q._core.B"), "q._core:B");
}

TEST_F(ApiIndexTest, OneObjectThatIsTakenHome) {
    index({{"p/a.py", "from .b import f, g\nf.__module__ = __name__\n"},
           {"p/b.py", "def f(): pass\ndef g(): pass\n"},
           {"p/c.py",
            "class A:\n    __module__ = 'p.d'\n"
            "class B:\n    __module__ = 'elsewhere'\n    def run(self): pass\n"},
           {"p/d.py", "from .c import A\n"}});
    EXPECT_EQ(canonical("p.b.f"), "p.a:f");
    EXPECT_EQ(canonical("p.b.g"), "p.b:g");
    EXPECT_EQ(canonical("p.c.A"), "p.d:A");
    EXPECT_THAT(publics("p.c"), IsEmpty());
    EXPECT_THAT(publics("p.c", Publicness::unknown),
                ElementsAre("B says that it is of another package", "B.run member"));
}

TEST_F(ApiIndexTest, ValuesThatAreOfOtherModules) {
    index({{"m.py",
            "import re, sys\nfrom typing import cast\nfrom operator import add as _add\n"
            "def _own(): pass\nint = int\nPattern = type(re.compile(''))\n"
            "add = cast('Operator', _add)\nown = cast(object, _own)\n"
            "kind = re.I_FLAG\nhere = sys.platform\nlast = sys.modules['re']\nbuilt = "
            "__import__('builtins').bytes\nx = make(1)\n"}});
    EXPECT_THAT(publics("m"),
                ElementsAre("here defined", "kind defined", "own defined", "x defined"));
    EXPECT_EQ(canonical("m.own"), "m:_own");
}

TEST_F(ApiIndexTest, MembersMadeOfThoseBefore) {
    index({{"m.py",
            "def main(args): pass\n"
            "class A:\n    def make(cls, x): pass\n    make = classmethod(make)\n"
            "    main = staticmethod(main)\n"
            "    @property\n    def value(self): pass\n"
            "    @value.setter\n    def value(self, new=1): pass\n"
            "    set_value = value.fset\n"
            "    size = property(lambda self: 1)\n"
            "    told = property(lambda self: 1, doc='Words.')\n"}});
    EXPECT_EQ(index_->resolve("m.A.make").kind, ApiKind::classmethod);
    EXPECT_THAT(parameters("m.A.make"), ElementsAre("x"));
    EXPECT_EQ(index_->resolve("m.A.main").kind, ApiKind::staticmethod);
    EXPECT_THAT(parameters("m.A.main"), ElementsAre("args"));
    EXPECT_EQ(index_->resolve("m.A.set_value").kind, ApiKind::method);
    EXPECT_THAT(parameters("m.A.set_value"), ElementsAre("new="));
    EXPECT_EQ(index_->documented(index_->resolve("m.A.size")), 0);
    EXPECT_EQ(index_->documented(index_->resolve("m.A.told")), -1);
}

TEST_F(ApiIndexTest, DefinitionsThatAreBoundAgain) {
    index({{"m.py",
            "import sys\nclass A:\n    x = 1\nclass Dummy: pass\nif not ssl:\n    A = Dummy\n"
            "class B: pass\nB = add_repr(add_eq(B))\nclass C: pass\nC = make(BC, C.x)\n"
            "class D: pass\nif sys.version_info >= (3, 8):\n    D = Dummy\n"
            "def f(): pass\nf = wrap(f)\n"}});
    EXPECT_EQ(canonical("m.A"), "m:A") << "the condition is for the rare case";
    EXPECT_EQ(canonical("m.B"), "m:B");
    EXPECT_EQ(index_->resolve("m.C").definition, kNoItem);
    EXPECT_EQ(canonical("m.D"), "m:Dummy");
    EXPECT_EQ(index_->resolve("m.f").definition, kNoItem) << "its signature may be another";
}

TEST_F(ApiIndexTest, SignaturesOfClassesWithNew) {
    index({{"m.py",
            "class A:\n    def __new__(cls, *args, backend=None): pass\n"
            "    def __init__(self, data): pass\n"
            "class B(A):\n    def __init__(self, other): pass\n"}});
    EXPECT_THAT(parameters("m.A"), ElementsAre("args", "backend="));
    EXPECT_THAT(parameters("m.B"), ElementsAre("other"));
}

TEST_F(ApiIndexTest, AliasesOfModulesAndClasses) {
    index({{"m.py",
            "def f(a, b=1): 'doc'\ng = h = f\nk = wrap(f)\nn = input\nimport os\np = os.path\n"
            "class A:\n    def x(self, y): 'doc'\n    z = x\n    @property\n    def v(self): ''\n"
            "    @v.setter\n    def v(self, w): pass\n    get_v = v.fget\n    del_me = z\n"
            "    del z\n    @staticmethod\n    def s(t): pass\n    @classmethod\n    def c(cls, "
            "t): pass\n"
            "B = A\n"}});
    EXPECT_EQ(canonical("m.h"), "m:f");
    EXPECT_THAT(parameters("m.g"), ElementsAre("a", "b="));
    EXPECT_EQ(canonical("m.A.del_me"), "m:A.x");
    EXPECT_EQ(index_->resolve("m.A.v").kind, ApiKind::property);
    EXPECT_EQ(index_->documented(index_->resolve("m.A.v")), 0) << "an empty docstring is none";
    EXPECT_EQ(index_->documented(index_->resolve("m.B.x")), 1);
    EXPECT_EQ(index_->resolve("m.A.get_v").kind, ApiKind::method);
    EXPECT_EQ(index_->resolve("m.k").kind, ApiKind::function);
    EXPECT_THAT(parameters("m.A.s"), ElementsAre("t"));
    EXPECT_THAT(parameters("m.A.c"), ElementsAre("t"));
    EXPECT_THAT(publics("m", Publicness::unknown),
                ElementsAre("n alias of another package", "p alias of another package"));
    EXPECT_THAT(publics("m"), Not(Contains("A.z member")));
}

TEST_F(ApiIndexTest, Conditions) {
    index({{"m.py",
            "import sys\nfrom typing import TYPE_CHECKING\n"
            "if TYPE_CHECKING:\n    def a(typing): pass\nelse:\n    def a(real): pass\n"
            "if sys.version_info >= (3, 8):\n    def b(new): pass\nelse:\n    def b(old): pass\n"
            "if sys.platform == 'win32':\n    def c(windows): pass\nelse:\n    def c(posix): pass\n"
            "try:\n    from fast import d\nexcept ImportError:\n    def d(slow): pass\n"
            "try:\n    from functools import i\nexcept ImportError:\n    def i(old): pass\n"
            "if FLAG:\n    def e(first): pass\nelse:\n    def e(second): pass\n"
            "if __name__ == '__main__':\n    def main(): pass\n"
            "def f(one): pass\ndef f(two): pass\n"}});
    EXPECT_THAT(parameters("m.a"), ElementsAre("real"));
    EXPECT_THAT(parameters("m.b"), ElementsAre("new"));
    EXPECT_THAT(parameters("m.c"), ElementsAre("posix"));
    EXPECT_THAT(parameters("m.d"), ElementsAre("slow"));
    EXPECT_THAT(parameters("m.i"), ElementsAre("?"));
    EXPECT_THAT(parameters("m.e"), ElementsAre("first"));
    EXPECT_THAT(parameters("m.main"), ElementsAre("?"));
    EXPECT_THAT(parameters("m.f"), ElementsAre("two"));
}

TEST_F(ApiIndexTest, ConditionsOfSeveralParts) {
    index({{"m.py",
            "import sys\nimport typing as t\n"
            "if sys.version_info >= (3, 8) and t.TYPE_CHECKING:\n    def a(typing): pass\n"
            "else:\n    def a(real): pass\n"
            "if (\n    sys.platform == 'win32'\n    or t.TYPE_CHECKING\n):\n    def b(no): pass\n"
            "else:\n    def b(yes): pass\n"
            "if sys.platform != 'linux' and (FLAG or not hasattr(x, 'y')):\n    def c(): pass\n"
            "if not (sys.platform == 'win32' and FLAG):\n    def d(): pass\n"
            "else:\n    def e(): pass\n"
            "if FLAG and sys.platform == 'linux':\n    def f(first): pass\n"
            "else:\n    def f(second): pass\n"
            "if 'sphinx' in sys.modules:\n    def g(): pass\n"
            "if sys.implementation.name == 'pypy' or 'a or b' == x:\n    def h(): pass\n"}});
    EXPECT_THAT(parameters("m.a"), ElementsAre("real"));
    EXPECT_THAT(parameters("m.b"), ElementsAre("yes"));
    EXPECT_THAT(parameters("m.f"), ElementsAre("first"));
    EXPECT_THAT(publics("m"),
                ElementsAre("a defined", "b defined", "d defined", "f defined", "h defined"));
}

TEST_F(ApiIndexTest, AllOfWhatIsBoundSoFar) {
    index(
        {{"p/__init__.py",
          "import os as _os\nfrom ._a import *\nfrom .b import late\ndef _f(): pass\n"
          "def g(): pass\nx = 1\ny = 2\ndel y\n"
          "__all__ = [s for s in dir() if not s.startswith('_')]\n"
          "__all__ += ['extra']\ndef later(): pass\n"},
         {"p/_a.py", "import re\ndef one(): pass\ndef two(): pass\n__all__ = ['one']\n"},
         {"p/b.py", "def late(): pass\n"},
         {"p/c.py",
          "def a(): pass\ndef b(): pass\ndef c(): pass\n"
          "__all__ = [s for s in dir()\n if not (s.startswith(('_', '@')) or s in ('b', 'c'))]\n"},
         {"p/d.py",
          "def a(): pass\ndef b(): pass\n"
          "__all__ = sorted(n for n in globals() if n[0] != '_' and n != 'b')\n"},
         {"p/e.py", "def a(): pass\n__all__ = [n for n in dir() if good(n)]\n"},
         {"p/f.py",
          "from .e import *\ndef b(): pass\n"
          "__all__ = [n for n in dir() if not n.startswith('_')]\n"}});
    EXPECT_THAT(publics("p"),
                ElementsAre("b __all__", "g __all__", "late __all__", "one __all__", "x __all__"));
    EXPECT_THAT(publics("p", Publicness::unknown), ElementsAre("extra __all__"));
    EXPECT_THAT(publics("p.c"), ElementsAre("a __all__"));
    EXPECT_THAT(publics("p.d"), ElementsAre("a __all__"));
    EXPECT_THAT(publics("p.e"), IsEmpty());
    // What p.e offers is not known, so nobody knows what of it p.f has.
    EXPECT_THAT(publics("p.f"), ElementsAre("b __all__ cannot be read"));
    EXPECT_THAT(publics("p.f", Publicness::unknown), ElementsAre("a __all__ cannot be read"));
}

TEST_F(ApiIndexTest, NamesThatAreMadeWhenTheyAreAskedFor) {
    index({{"p/__init__.py",
            "import typing\nif typing.TYPE_CHECKING:\n    from .a import A, hidden\n"
            "    from .b import *\n"
            "__all__ = ('A', 'f', '__version__')\ndef __getattr__(name): ...\n"},
           {"p/a.py", "class A:\n    def run(self, x): pass\ndef hidden(): pass\n"},
           {"p/b.py", "def f(x, y): pass\ndef g(): pass\n"},
           {"p/c.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .a import A\n"
            "def use(a): pass\n"}});
    EXPECT_THAT(publics("p"), ElementsAre("A __all__", "A.run member", "f __all__"));
    EXPECT_EQ(canonical("p.A"), "p.a:A");
    EXPECT_THAT(parameters("p.f"), ElementsAre("x", "y"));
    EXPECT_EQ(canonical("p.hidden"), "p.a:hidden");
    // Nothing makes it there.
    EXPECT_EQ(index_->resolve("p.c.A").kind, ApiKind::unknown);
}

TEST_F(ApiIndexTest, ParametersOfClasses) {
    index({{"m.py",
            "from other import Gone\nfrom dataclasses import dataclass\n"
            "class A:\n    def __init__(self, x, *, y=1): pass\nclass B(A): pass\n"
            "class C: pass\nclass D(Gone): pass\n@dataclass\nclass E:\n    x: int\n"
            "class F(A, C): pass\n"}});
    EXPECT_THAT(parameters("m.A"), ElementsAre("x", "y="));
    EXPECT_THAT(parameters("m.B"), ElementsAre("x", "y="));
    EXPECT_THAT(parameters("m.C"), IsEmpty());
    EXPECT_THAT(parameters("m.E"), ElementsAre("x"));
    for (const char* unknown : {"m.D", "m.F"})
        EXPECT_THAT(parameters(unknown), ElementsAre("?")) << unknown;
}

TEST_F(ApiIndexTest, MetaclassesThatAreCalled) {
    index({{"m.py",
            "class Meta(type):\n    def __call__(cls, *given, **named): pass\n"
            "class Quiet(type): pass\n"
            "class A(metaclass=Meta):\n    def __init__(self, x): pass\n"
            "class B(A):\n    def __init__(self, y): pass\n"
            "class C(metaclass=Quiet):\n    def __init__(self, z): pass\n"}});
    EXPECT_THAT(parameters("m.A"), ElementsAre("given", "named"));
    EXPECT_THAT(parameters("m.B"), ElementsAre("given", "named"));
    EXPECT_THAT(parameters("m.C"), ElementsAre("z"));
}

TEST_F(ApiIndexTest, ConstructorsOfFields) {
    index({{"m.py",
            "from dataclasses import dataclass, field, KW_ONLY\nfrom typing import NamedTuple\n"
            "from other import Gone\n"
            "@dataclass\nclass A:\n    x: int\n    y: int = field(default=1)\n"
            "    z: list = field(init=False)\n    k: ClassVar[int] = 3\n    w = 4\n"
            "@dataclass(frozen=True)\nclass B(A):\n    v: int = 2\n    _: KW_ONLY\n    u: int\n"
            "    x: str = ''\n"
            "@dataclass(init=False)\nclass C:\n    x: int\n"
            "@dataclass\nclass D(Gone):\n    x: int\n"
            "@dataclass\nclass E:\n    x: int\n    def __init__(self, own): pass\n"
            "class F(NamedTuple):\n    x: int\n    y: int = 1\n"
            "@attrs.define\nclass G:\n    _x: int\n"
            "@attr.s\nclass H:\n    x = attr.ib()\n"}});
    EXPECT_THAT(parameters("m.A"), ElementsAre("x", "y="));
    EXPECT_THAT(parameters("m.B"), ElementsAre("y=", "v=", "x=", "u"))
        << "x is for keywords only now";
    EXPECT_THAT(parameters("m.C"), IsEmpty());
    EXPECT_THAT(parameters("m.D"), ElementsAre("?"));
    EXPECT_THAT(parameters("m.E"), ElementsAre("own"));
    EXPECT_THAT(parameters("m.F"), ElementsAre("x", "y="));
    EXPECT_THAT(parameters("m.G"), ElementsAre("x"));
    EXPECT_THAT(parameters("m.H"), ElementsAre("?"));
}

TEST_F(ApiIndexTest, DecoratorsOfClassesThatTakeOverMembers) {
    index({{"m.py",
            "class Other:\n    _ops = ['c', 'd']\n    def a(self, x): 'doc'\n    @property\n"
            "    def b(self): pass\n    def c(self): pass\n    def d(self): pass\n"
            "    def e(self): pass\n"
            "@inherit_names(['a'] + [n for n in Other._ops if n not in ('d',)], Other)\n"
            "@delegate(delegate=Other, accessors=['b', 'gone', 'own'])\n"
            "class Mine:\n    def own(self): pass\n"}});
    EXPECT_THAT(publics("m"),
                ElementsAre("Mine defined", "Mine.a member", "Mine.b member", "Mine.c member",
                            "Mine.own member", "Other defined", "Other.a member", "Other.b member",
                            "Other.c member", "Other.d member", "Other.e member"));
    EXPECT_EQ(canonical("m.Mine.a"), "m:Other.a");
    EXPECT_EQ(canonical("m.Mine.own"), "m:Mine.own");
}

TEST_F(ApiIndexTest, MembersSetInLoops) {
    index({{"p/a.py",
            "def visit(self, node): pass\n"
            "class A: pass\nclass B: pass\nclass C: pass\nclass D:\n    def get_x(self): pass\n"
            "class E: pass\nclass F: pass\n"
            "names = \"\"\"\n  one two  \n  three\"\"\".split()\n"
            "more = [\n    'four',  # not 'five'\n    *names]\n"
            "def fill(cls, words):\n"
            "    for word in words:\n        setattr(cls, 'visit_' + word, visit)\n"
            "        setattr(B, f'see_{word}', visit)\n"
            "fill(A, names)\n"
            "for cls in (C, D):\n    for _n in more + ['six']:\n        setattr(cls, _n, visit)\n"
            "def compute(): pass\nfill(E, compute())\n"
            "def some(cls):\n    for n in ['a', 'b']:\n        if n == secret():\n"
            "            continue\n        setattr(cls, n, visit)\n"
            "some(F)\n"
            "A.later = visit\nA.number = 1\n"}});
    EXPECT_THAT(parameters("p.a.A.visit_one"), ElementsAre("node"));
    EXPECT_THAT(parameters("p.a.A.later"), ElementsAre("node"));
    EXPECT_EQ(index_->resolve("p.a.A.number").kind, ApiKind::attribute);
    EXPECT_THAT(publics("p.a"),
                testing::IsSupersetOf({"A.visit_three member", "B.see_two member", "C.four member",
                                       "D.three member", "D.six member"}));
    EXPECT_THAT(publics("p.a"), Not(Contains("C.five member")));
    const auto known = [&](std::string_view name) {
        return index_->has_known_members(index_->resolve(name));
    };
    EXPECT_TRUE(known("p.a.A"));
    // A list or a condition that only a run shows: whatever is asked for may be there.
    EXPECT_FALSE(known("p.a.E"));
    EXPECT_FALSE(known("p.a.F"));
    EXPECT_THAT(publics("p.a"), Not(Contains("F.a member")));
}

TEST_F(ApiIndexTest, MembersSetByDecorators) {
    index({{"p/deco.py",
            "import functools, sys\n"
            "def names(words, prefix='do_'):\n    def take(cls):\n"
            "        for word in words:\n            setattr(cls, prefix + word, make(word))\n"
            "        return cls\n    return take\n"
            "def aliases(given, cls=None):\n    if cls is None:\n"
            "        return functools.partial(aliases, given)\n"
            "    for name, others in given.items():\n"
            "        for prefix in ['get_', 'set_']:\n"
            "            if prefix + name in vars(cls):\n"
            "                for other in others:\n"
            "                    setattr(cls, prefix + other, getattr(cls, prefix + name))\n"
            "    return cls\n"
            "def plain(cls):\n    setattr(cls, 'extra', 1)\n    return cls\n"
            "class Base:\n    def draw(self, x): pass\n"
            "    @staticmethod\n    def export(cls):\n        for name in ['Canvas', 'version']:\n"
            "            setattr(sys.modules[cls.__module__], name, getattr(cls, name))\n"
            "        return cls\n"},
           {"p/use.py",
            "from . import deco\nfrom .deco import Base, names, aliases, plain\n"
            "@names(['run', 'stop'])\nclass A:\n    LIST = ['x', 'y']\n"
            "@names(A.LIST + ['z'], prefix='')\nclass B: pass\n"
            "@aliases({'colour': ['color', 'c'], 'size': ['s']})\nclass C:\n"
            "    def get_colour(self): pass\n    def set_colour(self, new): pass\n"
            "    def set_size(self, new): pass\n"
            "@plain\nclass D: pass\n@names(words())\nclass E: pass\n"
            "class Paper: \n    def show(self): pass\n"
            "@Base.export\nclass F(Base):\n    Canvas = Paper\n    version = 1\n"
            "long_name_of_it = deco.Base.draw\n"}});
    EXPECT_THAT(
        publics("p.use"),
        testing::IsSupersetOf({"A.do_run member", "A.do_stop member", "B.x member", "B.z member",
                               "C.get_color member", "C.set_c member", "C.set_s member",
                               "D.extra member", "Canvas defined", "Canvas.show member"}));
    EXPECT_THAT(publics("p.use"), Not(Contains("C.get_s member")));
    EXPECT_THAT(parameters("p.use.C.set_color"), ElementsAre("new"));
    EXPECT_EQ(canonical("p.use.Canvas"), "p.use:Paper");
    EXPECT_THAT(publics("p.use", Publicness::unknown), ElementsAre("version made by setattr()"));
    EXPECT_FALSE(index_->has_known_members(index_->resolve("p.use.E")));
    EXPECT_EQ(canonical("p.use.long_name_of_it"), "p.deco:Base.draw");
}

TEST_F(ApiIndexTest, PublicUnderAnyName) {
    index({{"p/__init__.py", "from ._a import f as f, g\n__all__ = ['f']\n"},
           {"p/_a.py",
            "def f(): pass\ndef g(): pass\nclass Base:\n    def b(self): pass\n"
            "class C(Base):\n    def m(self): pass\n"},
           {"p/b.py", "from p._a import C as C\ndef h():\n    def inner(): pass\n"},
           {"p/c.py", "__all__ = make()\ndef k(): pass\n"}});
    const auto publicness = [&](std::string_view dotted) {
        const ApiEntity entity = index_->resolve(dotted);
        return index_->publicness(entity.module, entity.definition);
    };
    EXPECT_EQ(publicness("p._a.f"), Publicness::yes);
    EXPECT_EQ(publicness("p._a.g"), Publicness::no);
    EXPECT_EQ(publicness("p._a.C.m"), Publicness::yes);
    EXPECT_EQ(publicness("p._a.Base"), Publicness::no);
    EXPECT_EQ(publicness("p._a.Base.b"), Publicness::yes) << "a member of C";
    EXPECT_EQ(publicness("p.c.k"), Publicness::unknown);
    const ApiEntity f = index_->resolve("p.f");
    std::vector<std::string> names;
    for (const ApiIndex::BoundName& name : index_->names_of(f.module, f.definition))
        names.push_back(index_->modules()[name.module].module + "." + std::string(name.name));
    EXPECT_THAT(names, ElementsAre("p.f", "p._a.f"));
}

TEST_F(ApiIndexTest, TheOuterPackageIsLeftOut) {
    const std::vector<std::pair<std::string, std::string>> files = {
        {"a/__init__.py", "from out.b import f as f\nfrom out.b import f\nimport other.b\n"},
        {"b.py", "from out.a import f\nimport out.a\ndef f(): pass\n"},
        {"c.py", "from out.b import f\nimport out.gone\n"}};
    index(files);
    EXPECT_EQ(index_->outer_package(), "out");
    EXPECT_EQ(canonical("a.f"), "b:f");
    EXPECT_EQ(canonical("out.a.f"), "b:f");
    index({files[0], files[1]});
    EXPECT_EQ(index_->outer_package(), "") << "four imports are not enough";
    const std::string one = "import torch.nn\nfrom torch.nn import Linear\nimport torch.nn as nn\n";
    index({{"nn/__init__.py", "x = 1\n"}, {"a.py", one}, {"b.py", one}});
    EXPECT_EQ(index_->outer_package(), "") << "one module of that name is chance";
    const std::string two =
        one + "import torch.utils\nimport torch.optim\nimport torch.cuda\nimport torch.jit\n";
    index({{"nn/__init__.py", "x = 1\n"}, {"utils.py", ""}, {"a.py", two}, {"b.py", two}});
    EXPECT_EQ(index_->outer_package(), "") << "many are not here";
}

TEST_F(ApiIndexTest, OverridesAndInheritedDocstrings) {
    index({{"m.py",
            "from other import Gone\nclass A(Exception):\n    def a(self): 'doc'\n"
            "    def b(self): pass\n"
            "class B(A, Generic[T]):\n    def a(self): pass\n    def b(self): pass\n"
            "    def c(self): pass\n"
            "class C(B, Gone):\n    def a(self): pass\n    def d(self): pass\n"}});
    const auto overrides = [&](std::string_view dotted) {
        const ApiEntity entity = index_->resolve(dotted);
        return index_->overrides(entity.module, entity.definition);
    };
    EXPECT_EQ(overrides("m.A.a"), 0);
    EXPECT_EQ(overrides("m.B.a"), 1);
    EXPECT_EQ(overrides("m.B.c"), 0);
    EXPECT_EQ(overrides("m.C.d"), -1);
    const auto documented = [&](std::string_view dotted) {
        return index_->documented_or_inherits(index_->resolve(dotted));
    };
    EXPECT_EQ(documented("m.B.a"), 1);
    EXPECT_EQ(documented("m.B.b"), 0);
    EXPECT_EQ(documented("m.C.a"), 1);
    EXPECT_EQ(documented("m.C.d"), -1);
}

TEST_F(ApiIndexTest, InheritedMembersAreFoundUnderTheirClass) {
    index({{"m.py", "class A:\n    def f(self, x): pass\nclass B(A):\n    g = A.f\n"}});
    EXPECT_EQ(canonical("m.B.f"), "m:A.f");
    EXPECT_EQ(canonical("m.B.g"), "m:A.f");
    EXPECT_THAT(publics("m"), ElementsAre("A defined", "A.f member", "B defined", "B.g member"));
}

TEST_F(ApiIndexTest, Deprecation) {
    index(
        {{"m.py",
          "@deprecated('x')\ndef a(): pass\ndef b():\n    '''Do.\n\n    .. deprecated:: 1\n"
          "    '''\ndef c():\n    warnings.warn('x', FutureWarning)\ndef d(): 'deprecated'\n"
          "class E:\n    def __init__(self):\n        warnings.warn('x', DeprecationWarning)\n"}});
    for (const char* name : {"m.a", "m.b", "m.c", "m.E"})
        EXPECT_TRUE(index_->deprecated(index_->resolve(name))) << name;
    EXPECT_FALSE(index_->deprecated(index_->resolve("m.d")));
}

TEST_F(ApiIndexTest, CirclesAreDecided) {
    index(
        {{"p/__init__.py", "from .a import *\nfrom .b import *\nfrom . import c\n"},
         {"p/a.py", "from .b import *\nfrom p import y\n__all__ = ['x']\nx = x\nu = v\nv = u\n"},
         {"p/b.py", "from .a import *\ndef y(): pass\n"},
         {"p/c.py", "from .c import z\nfrom p.c import *\nclass A(B): pass\nclass B(A): pass\n"}});
    for (const char* module : {"p", "p.a", "p.b", "p.c"})
        EXPECT_FALSE(index_->names(index_->find_module(module)).empty());
    EXPECT_EQ(canonical("p.y"), "p.b:y");
    EXPECT_EQ(canonical("p.c.z"), "");
    EXPECT_THAT(parameters("p.c.A"), ElementsAre("?"));
}

TEST_F(ApiIndexTest, StubsStandForModulesThatAreNotThere) {
    index({{"p/a.pyi", "def f(x: int) -> int: ...\nimport os\n"},
           {"p/b.py", "def g(y): pass\n"},
           {"p/b.pyi", "def g(z): ...\n"}});
    EXPECT_THAT(parameters("p.a.f"), ElementsAre("x"));
    EXPECT_THAT(parameters("p.b.g"), ElementsAre("y"));
}

TEST_F(ApiIndexTest, StubsTellWhatModulesDoNotSay) {
    index({{"p/__init__.py", "from ._c import f, g\nfrom ._d import *\n__all__ = ['f', 'h']\n"},
           {"p/__init__.pyi", "def f(x): ...\ndef h(y): ...\n"},
           {"q.py", "def one(): pass\n"},
           {"q/__init__.py", "def two(): pass\n"}});
    EXPECT_THAT(publics("p"), ElementsAre("f __all__", "h __all__"));
    EXPECT_THAT(parameters("p.f"), ElementsAre("x"));
    EXPECT_THAT(parameters("p.h"), ElementsAre("y"));
    EXPECT_EQ(canonical("q.two"), "q:two") << "of one name the package is what an import means";
    EXPECT_EQ(canonical("q.one"), "");
}

TEST_F(ApiIndexTest, StubsDoNotPassOnWhatTheyImport) {
    index({{"p/__init__.py",
            "from .c import *\n__all__ = [n for n in dir() if not n.startswith('_')]\n"},
           {"p/c.pyi", "from .d import f as f, g\ndef h() -> int: ...\n"},
           {"p/d.py", "def f(): pass\ndef g(): pass\n"}});
    EXPECT_THAT(publics("p"), ElementsAre("c __all__", "f __all__", "h __all__"));
}

TEST_F(ApiIndexTest, LargeModulesTakeLinearTime) {
    std::string text;
    for (int i = 0; i < 20000; ++i) {
        const std::string number = std::to_string(i);
        text += "class A" + number + ":\n    def f(self): pass\n    g = f\nx" + number + " = A" +
                number + "\n";
    }
    text += "if x:\n    pass\n";
    for (int i = 0; i < 20000; ++i)
        text += "elif y" + std::to_string(i) + ":\n    z = 1\n";
    const auto begin = ::docathon::CpuClock::now();
    index({{"m.py", text}});
    EXPECT_EQ(index_->names(0).size(), 1u + 20000u * 6u + 1u);
    const auto took = ::docathon::CpuClock::now() - begin;
    EXPECT_LT(std::chrono::duration<double>(took).count(), 10.0);
}

}  // namespace
}  // namespace docathon
