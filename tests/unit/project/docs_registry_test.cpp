// What pages register of a Python package: a test for each way that autodoc, autosummary and the py
// domain have, as Sphinx 8.2 was seen to do it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "lint/core/source_file.h"
#include "lint/parse/parse.h"
#include "lint/project/api/api_index.h"
#include "lint/project/sphinx/docs_registry.h"

namespace docathon {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class DocsRegistryTest : public testing::Test {
  protected:
    void SetUp() override {
        module("m", "m/__init__.py",
               "from m._real import K as K, helper as helper\n"
               "import os\n"
               "def f(x):\n    'Do.'\n"
               "def bare(x): pass\n"
               "def _hidden(): 'Do.'\n"
               "def late(): pass\nlate.__doc__ = make()\n"
               "def doc_set(): pass\ndoc_set.__doc__ = 'Doc.'\n"
               "#: A value.\nvalue = 1\nother = 2\n"
               "class C:\n    'A class.'\n    attr = 1\n    'An attribute.'\n    plain = 2\n"
               "    def __init__(self): 'Make.'\n    def __call__(self): 'Call.'\n"
               "    def meth(self): 'Do.'\n    def undoc(self): pass\n    def _own(self): 'Do.'\n"
               "    @property\n    def prop(self): 'Value.'\n"
               "    class N:\n        'Nested.'\n        def deep(self): 'Do.'\n"
               "class Sub(C):\n    'A class.'\n    def meth(self): pass\n");
        module("m._real", "m/_real.py",
               "class K:\n    'A class.'\n    def km(self): 'Do.'\n    class N:\n        'In.'\n"
               "def helper(): 'Do.'\n");
        module("m.sub", "m/sub/__init__.py",
               "'Sub.'\n__all__ = ['s', 'K', 'gone']\n"
               "from m._real import K\n"
               "def __getattr__(name): return 1\n"
               "def s(): 'Do.'\ndef t(): 'Do.'\n");
        module("m.sub.inner", "m/sub/inner.py", "def i(): 'Do.'\n");
        module("m.computed", "m/computed.py", "__all__ = make()\ndef c(): 'Do.'\n");
    }

    void module(const std::string& name, const std::string& path, const std::string& text) {
        facts_.push_back(
            std::make_unique<FileFacts>(parse_file(SourceFile(0, path, text), Settings{}).facts));
        ApiSource source;
        source.module = name;
        source.path = path;
        source.package = path.ends_with("__init__.py");
        source.facts = facts_.back()->python.get();
        sources_.push_back(source);
    }

    /// What a page registers; aliases in brackets.
    std::vector<std::string> registers(const std::string& page,
                                       const std::string& name = "index.rst") {
        Settings settings;
        settings.flavor = Flavor::myst;
        pages_.push_back(
            std::make_unique<FileFacts>(parse_file(SourceFile(0, name, page), settings).facts));
        api_ = std::make_unique<ApiIndex>(sources_);
        const DocsPage one{0, pages_.back().get(), &site_};
        docs_ = std::make_unique<DocsRegistry>(
            std::span(&one, 1), *api_, std::span<const FileFacts>(),
            [&](const std::string& path) -> std::optional<std::string> {
                const auto at = templates_.find(path);
                return at == templates_.end() ? std::nullopt : std::optional(at->second);
            });
        std::vector<std::string> out;
        for (const auto& [object, place] : docs_->names())
            out.push_back(place.alias ? "(" + object + ")" : object);
        return out;
    }

    SphinxSite site_;
    std::map<std::string, std::string> templates_;
    std::vector<std::unique_ptr<FileFacts>> facts_;
    std::vector<std::unique_ptr<FileFacts>> pages_;
    std::vector<ApiSource> sources_;
    std::unique_ptr<ApiIndex> api_;
    std::unique_ptr<DocsRegistry> docs_;
};

TEST_F(DocsRegistryTest, AutomoduleAlone) {
    EXPECT_THAT(registers(".. automodule:: m\n"), ElementsAre("m"));
}

TEST_F(DocsRegistryTest, AutomoduleWithMembersThatHaveDocstrings) {
    EXPECT_THAT(registers(".. automodule:: m\n   :members:\n"),
                ElementsAre("m", "m.C", "m.C.N", "m.C.N.deep", "m.C.attr", "m.C.meth", "m.C.prop",
                            "m.Sub", "m.Sub.meth", "m.f", "m.value"));
    EXPECT_TRUE(docs_->may_have("m.late")) << "only a run shows whether it has a docstring";
    EXPECT_FALSE(docs_->may_have("m.bare"));
}

TEST_F(DocsRegistryTest, AllBringsImportedNames) {
    EXPECT_THAT(registers(".. automodule:: m.sub\n   :members:\n"),
                ElementsAre("(m._real.K)", "(m._real.K.N)", "m.sub", "m.sub.K", "m.sub.K.N",
                            "m.sub.K.km", "m.sub.s"));
    EXPECT_THAT(registers(".. automodule:: m.sub\n   :members:\n   :ignore-module-all:\n"),
                ElementsAre("m.sub", "m.sub.s", "m.sub.t"));
    EXPECT_THAT(registers(".. automodule:: m.computed\n   :members:\n"), ElementsAre("m.computed"));
    EXPECT_TRUE(docs_->may_have("m.computed.c"));
}

TEST_F(DocsRegistryTest, MembersThatAreNamed) {
    EXPECT_THAT(registers(".. automodule:: m\n   :members: bare, Sub\n   :undoc-members:\n"),
                ElementsAre("m", "m.Sub", "m.Sub.meth", "m.bare"));
    EXPECT_THAT(registers(".. automodule:: m\n   :members: bare, f\n"), ElementsAre("m", "m.f"));
}

TEST_F(DocsRegistryTest, ValuesOfModules) {
    module("m.values", "m/values.py",
           "#: Words.\na = 1\nb = {'x': 1}\nc: int = 2\nd = make()\ne = 'text'\n"
           "class K: pass\nL = K\nf = lambda: 1\n");
    EXPECT_THAT(registers(".. automodule:: m.values\n   :members:\n   :undoc-members:\n"),
                ElementsAre("m.values", "m.values.K", "m.values.L", "m.values.a"));
    EXPECT_TRUE(docs_->may_have("m.values.d")) << "perhaps a class";
    EXPECT_TRUE(docs_->may_have("m.values.f"));
    EXPECT_FALSE(docs_->may_have("m.values.b"));
    EXPECT_FALSE(docs_->may_have("m.values.e"));
}

TEST_F(DocsRegistryTest, FieldsOfNamedTuples) {
    module("m.tuples", "m/tuples.py",
           "import typing\nclass Pair(typing.NamedTuple):\n    'Two.'\n    left: int\n"
           "    right: int = 1\nclass Plain:\n    'One.'\n    left: int\n");
    EXPECT_THAT(registers(".. autoclass:: m.tuples.Pair\n   :members: left\n\n"
                          ".. autoclass:: m.tuples.Plain\n   :members:\n"),
                ElementsAre("m.tuples.Pair", "m.tuples.Pair.left", "m.tuples.Plain"));
}

TEST_F(DocsRegistryTest, OptionsOfMembers) {
    EXPECT_THAT(registers(".. autoclass:: m.Sub\n   :members:\n   :inherited-members:\n"),
                ElementsAre("(m.C.N)", "m.Sub", "m.Sub.N", "m.Sub.N.deep", "m.Sub.attr",
                            "m.Sub.meth", "m.Sub.prop"));
    EXPECT_THAT(registers(".. autoclass:: m.C\n   :members:\n   :exclude-members: N, attr\n"
                          "   :private-members:\n   :special-members: __call__\n"),
                ElementsAre("m.C", "m.C.__call__", "m.C._own", "m.C.meth", "m.C.prop"));
    EXPECT_THAT(registers(".. autoclass:: m.C\n   :members: meth\n   :no-index:\n"), IsEmpty());
}

TEST_F(DocsRegistryTest, InheritedMembersMeansMembers) {
    EXPECT_THAT(registers(".. autoclass:: m.Sub\n   :inherited-members:\n   :exclude-members: N\n"),
                ElementsAre("m.Sub", "m.Sub.attr", "m.Sub.meth", "m.Sub.prop"));
}

TEST_F(DocsRegistryTest, ContentOfAutoclassAndClassesAsAttributes) {
    module("n", "n.py",
           "class A:\n    'A.'\n    def m(self): 'Do.'\nclass B:\n    'B.'\n    factory = A\n"
           "    def m(self): 'Do.'\n");
    EXPECT_THAT(registers(".. currentmodule:: n\n\n.. autoclass:: B\n   :members:\n\n"
                          "   .. attribute:: size\n\n      Text.\n"),
                ElementsAre("n.B", "n.B.factory", "n.B.m", "n.B.size"));
}

TEST_F(DocsRegistryTest, SingleObjectsNeedNoDocstring) {
    EXPECT_THAT(registers(".. currentmodule:: m\n\n.. autofunction:: bare\n\n.. autoclass:: C\n\n"
                          ".. autodata:: other\n\n.. automethod:: C.undoc\n\n"
                          ".. autofunction:: m._real.helper\n"),
                ElementsAre("m.C", "m.C.undoc", "m._real.helper", "m.bare", "m.other"));
}

TEST_F(DocsRegistryTest, AClassUnderAnotherNameHasAnAlias) {
    EXPECT_THAT(registers(".. autoclass:: m.K\n   :members:\n"),
                ElementsAre("m.K", "m.K.N", "m.K.km", "(m._real.K)", "(m._real.K.N)"));
    EXPECT_THAT(registers(".. autofunction:: m.helper\n"), ElementsAre("m.helper"));
}

TEST_F(DocsRegistryTest, AFunctionWithTheNameOfItsModule) {
    module("m.same", "m/same.py", "def same(): 'Do.'\n");
    EXPECT_THAT(registers(".. py:module:: m\n\n.. autofunction:: same\n"),
                ElementsAre("m", "m.same"));
}

TEST_F(DocsRegistryTest, WrittenByHand) {
    EXPECT_THAT(
        registers(".. py:function:: gone(x, y=1) -> int\n                 also(x)\n\n"
                  ".. py:module:: m\n\n.. py:function:: m.sqrt(x)\n\n"
                  ".. py:class:: W(x)\n\n   .. py:method:: run(self)\n\n"
                  "   .. py:attribute:: W.size\n\n"
                  ".. py:data:: n\n   :module: elsewhere\n\n"
                  ".. py:currentmodule:: None\n\n.. py:exception:: E\n   :noindex:\n"),
        ElementsAre("also", "elsewhere.n", "gone", "m", "m.W", "m.W.run", "m.W.size", "m.m.sqrt"));
}

TEST_F(DocsRegistryTest, MembersInTheContentOfTheirClass) {
    EXPECT_THAT(registers(".. autoclass:: m.C\n\n   .. automethod:: undoc\n\n"
                          "   .. autoattribute:: plain\n\n   .. py:method:: run()\n\n"
                          ".. currentmodule:: m\n\n.. class:: W\n\n   .. method:: go()\n\n"
                          "      .. attribute:: deep\n\n.. autofunction:: f\n"),
                ElementsAre("m.C", "m.C.plain", "m.C.run", "m.C.undoc", "m.W", "m.W.deep", "m.W.go",
                            "m.f"));
    // Of a class in a class autodoc takes the outer one for a module.
    EXPECT_THAT(registers(".. py:class:: A.B\n   :module: x\n\n   .. automethod:: lost\n\n"
                          "   .. py:data:: y\n"),
                ElementsAre("x.A.B", "x.A.B.y"));
}

TEST_F(DocsRegistryTest, Autosummary) {
    EXPECT_THAT(registers(".. autosummary::\n\n   m.f\n"), IsEmpty());
    EXPECT_THAT(
        registers(".. currentmodule:: m\n\n.. autosummary::\n   :toctree: gen\n\n"
                  "   ~f\n   C\n   K\n   gone\n"),
        ElementsAre("m.C", "m.C.__init__", "m.K", "m.K.__init__", "(m._real.K)", "m.f", "m.gone"));
    EXPECT_THAT(registers(".. autosummary::\n   :toctree: gen\n   :recursive:\n\n   m.sub\n"),
                ElementsAre("m.sub", "m.sub.inner"));
    EXPECT_THAT(
        registers(".. autosummary::\n   :toctree: gen\n   :template: other.rst\n\n   m.C\n"),
        ElementsAre("m.C"));
    EXPECT_TRUE(docs_->may_have("m.C.meth")) << "a template of an extension may list members";
}

TEST_F(DocsRegistryTest, TemplatesOfAutosummary) {
    site_.source_dir = "docs";
    site_.templates_paths = {"_templates"};
    templates_["docs/_templates/autosummary/class.rst"] =
        "{{ fullname | escape | underline }}\n\n.. currentmodule:: {{ module }}\n\n"
        ".. autoclass:: {{ objname }}\n\n   {% block methods %}\n   {% if methods %}\n"
        "   .. autosummary::\n      :toctree:\n\n   {% for item in methods %}\n"
        "      {%- if not item.startswith('__') %}\n      ~{{ name }}.{{ item }}\n"
        "      {%- endif %}\n   {%- endfor %}\n   {% endif %}\n   {% endblock %}\n";
    const std::string page = ".. autosummary::\n   :toctree: gen\n\n   m.Sub\n   m.f\n";
    EXPECT_THAT(registers(page), ElementsAre("m.Sub", "m.Sub.meth", "m.Sub.undoc", "m.f"));
    EXPECT_FALSE(docs_->open());
    templates_["docs/_templates/autosummary/class.rst"] = "{{ something(objname) }}\n";
    EXPECT_THAT(registers(page), ElementsAre("m.Sub", "m.f"));
    EXPECT_TRUE(docs_->may_have("m.Sub.meth"));
    templates_["docs/_templates/autosummary/module.rst"] =
        ".. automodule:: {{ fullname }}\n\n{% for item in functions %}\n"
        ".. autofunction:: {{ item }}\n{% endfor %}\n";
    EXPECT_THAT(registers(".. autosummary::\n   :toctree: gen\n   :recursive:\n\n   m.sub\n"),
                ElementsAre("m.sub", "m.sub.inner", "m.sub.inner.i", "m.sub.s", "m.sub.t"));
}

TEST_F(DocsRegistryTest, WordsThatAreInherited) {
    module("i", "i.py",
           "import threading\nfrom collections import OrderedDict as D, namedtuple\n"
           "from dataclasses import dataclass\nfrom other import Far\n"
           "class E(ValueError): pass\nclass P: pass\nclass Q(P):\n    'Q.'\n    x = 1\n"
           "    'Number.'\nclass R(Q):\n    x = 2\n    kind = dict\n    made = call(1)\n"
           "class T(threading.Thread):\n    def run(self): pass\n    def own(self): pass\n"
           "@dataclass\nclass S:\n    a: int\nPoint = namedtuple('Point', 'x y')\n"
           "class F(Far): pass\nAlias = Q\n");
    EXPECT_THAT(registers(".. automodule:: i\n   :members:\n"),
                ElementsAre("i", "i.Alias", "i.E", "i.Point", "i.Q", "i.Q.x", "i.R", "i.R.kind",
                            "i.R.x", "i.S", "i.T", "i.T.run"));
    EXPECT_TRUE(docs_->may_have("i.F")) << "Far may have a docstring";
    EXPECT_FALSE(docs_->may_have("i.P"));
    EXPECT_THAT(registers(".. autoclass:: i.E\n   :inherited-members:\n"),
                ElementsAre("i.E", "i.E.add_note", "i.E.with_traceback"));
    EXPECT_THAT(registers(".. autoclass:: i.E\n   :inherited-members: BaseException\n"),
                ElementsAre("i.E"));
}

TEST_F(DocsRegistryTest, FieldsThatTellAutodoc) {
    module("p", "p.py",
           "class A:\n    'A.'\n    def shown(self): 'Do.'\n"
           "    def hidden(self):\n        '''Do.\n\n        :meta private:\n        '''\n"
           "    def _open(self):\n        '''Do.\n\n        :meta public:\n        '''\n"
           "    def inner(self):\n        '''Do.\n\n        :internal:\n        '''\n"
           "    def __call__(self): 'Do.'\n    #: A comment.\n    # Another.\n    plain = 1\n");
    const std::string page = ".. autoclass:: p.A\n   :members:\n";
    EXPECT_THAT(registers(page), ElementsAre("p.A", "p.A._open", "p.A.inner", "p.A.shown"));
    EXPECT_THAT(registers(".. autoclass:: p.A\n   :members: hidden\n"
                          "   :special-members: __call__\n"),
                ElementsAre("p.A", "p.A.__call__", "p.A.hidden"));
    site_.extensions = {"pallets_sphinx_themes"};
    EXPECT_THAT(registers(page), ElementsAre("p.A", "p.A._open", "p.A.shown"));
}

TEST_F(DocsRegistryTest, DirectivesThatNobodyKnows) {
    EXPECT_THAT(registers(".. currentmodule:: table\n\n.. thing:all:: m.value\n\n"
                          ".. currentmodule:: other\n\n.. thing:all:: far.value\n"),
                IsEmpty());
    EXPECT_TRUE(docs_->may_have("table.row"));
    EXPECT_FALSE(docs_->may_have("other.row"));
    EXPECT_THAT(registers(".. currentmodule:: t\n\n.. jinja:filters:: m.value\n\n"
                          ".. currentmodule:: u\n\n.. image:: m.value\n"),
                IsEmpty());
    EXPECT_TRUE(docs_->may_have("t.row")) << "known, but not what it registers";
    EXPECT_FALSE(docs_->may_have("u.row"));
}

TEST_F(DocsRegistryTest, DefaultsOfConfPy) {
    site_.values["autodoc_default_options"] = {
        true, "", "{'members': True, 'exclude-members': 'N, meth', 'undoc-members': False}", "", 1};
    EXPECT_THAT(registers(".. autoclass:: m.C\n"), ElementsAre("m.C", "m.C.attr", "m.C.prop"));
    site_.values["autodoc_default_options"] = {false, "calls a function", "", "", 1};
    EXPECT_THAT(registers(".. autoclass:: m.C\n"), ElementsAre("m.C"));
    EXPECT_TRUE(docs_->may_have("m.C.attr"));
}

TEST_F(DocsRegistryTest, DocstringsThatAreNotInherited) {
    module("q", "q.py",
           "class A:\n    'A.'\nclass B(A): pass\n@dataclass\nclass D: pass\n"
           "def late(): pass\nlate.__doc__ = make()\n"
           "class M:\n    'M.'\n    made = late(A)\n"
           "    @functools.wraps(A.f)\n    def w(self): pass\n    @other(A.f)\n    def v(self): "
           "pass\n");
    const std::string page =
        ".. autoclass:: m.Sub\n   :members:\n\n.. automodule:: q\n   :members:\n";
    EXPECT_THAT(registers(page),
                ElementsAre("m.Sub", "m.Sub.meth", "q", "q.A", "q.B", "q.D", "q.M"));
    EXPECT_TRUE(docs_->may_have("q.late"));
    EXPECT_TRUE(docs_->may_have("q.M.made"));
    EXPECT_TRUE(docs_->may_have("q.M.w")) << "words of what it wraps";
    EXPECT_FALSE(docs_->may_have("q.M.v"));
    site_.values["autodoc_inherit_docstrings"] = {true, "", "False", "", 1};
    EXPECT_THAT(registers(page), ElementsAre("m.Sub", "q", "q.A", "q.D", "q.M"));
    EXPECT_TRUE(docs_->may_have("q.late"));
    EXPECT_TRUE(docs_->may_have("q.M.made"));
    EXPECT_TRUE(docs_->may_have("q.M.w"));
}

TEST_F(DocsRegistryTest, SignaturesOverSeveralLines) {
    EXPECT_THAT(registers(".. currentmodule:: m\n\n.. class:: Session(base=None, *, \\\n"
                          "                    size=2)\n\n   .. method:: get(a, \\\n"
                          "                    b)\n               post(a)\n"),
                ElementsAre("m.Session", "m.Session.get", "m.Session.post"));
    EXPECT_THAT(registers("```{py:class} m.S(a, \\\nb)\n```\n", "index.md"), ElementsAre("m.S"));
}

TEST_F(DocsRegistryTest, OptionsThatCannotBeRead) {
    EXPECT_THAT(registers(".. autoclass:: m.Sub\n   :memmbers:\n"),
                testing::IsSupersetOf({"m.Sub", "m.Sub.meth", "m.Sub.undoc", "m.Sub.attr"}));
    EXPECT_FALSE(docs_->open()) << "no reason to doubt other names";
    EXPECT_THAT(registers(".. automodule:: m._real\n   :memmbers:\n"),
                testing::IsSupersetOf({"m._real", "m._real.helper", "m._real.K.km"}));
    EXPECT_FALSE(docs_->open());
}

TEST_F(DocsRegistryTest, MarkdownAndItsFences) {
    EXPECT_THAT(registers("# API\n\n```{eval-rst}\n.. currentmodule:: m\n```\n\n"
                          "```{autofunction} f\n```\n\n```{eval-rst}\n.. autoclass:: C\n"
                          "   :members: meth\n```\n\n```{py:function} g(x)\n```\n",
                          "index.md"),
                ElementsAre("m.C", "m.C.meth", "m.f", "m.g"));
}

TEST_F(DocsRegistryTest, AnOuterPackageThatTheBuildMakes) {
    module("tools", "tools.py",
           "import dist.m\nimport dist.m._real\nimport dist.m.sub\nimport dist.m.sub.inner\n"
           "import dist.m.computed\nimport dist.gone\n");
    EXPECT_THAT(registers(".. automodule:: dist.m._real\n   :members:\n\n"
                          ".. autofunction:: dist.m.f\n\n.. autofunction:: other.pkg.f\n"),
                ElementsAre("m._real", "m._real.K", "m._real.K.N", "m._real.K.km", "m._real.helper",
                            "m.f", "other.pkg.f"));
}

TEST_F(DocsRegistryTest, PagesThatAreMadeLater) {
    site_.extensions = {"autoapi.extension"};
    EXPECT_THAT(registers(".. autofunction:: m.f\n"), ElementsAre("m.f"));
    EXPECT_TRUE(docs_->may_have("m.bare"));
}

/// The registry of a project of one module, pkg.py, which has the place 0 among the files.
class ShownDocstringsTest : public testing::Test {
  protected:
    void read(const std::string& code, const std::string& page) {
        files_.push_back(parse_file(SourceFile(0, "pkg.py", code), Settings{}).facts);
        files_.push_back(parse_file(SourceFile(1, "index.rst", page), Settings{}).facts);
        ApiSource source;
        source.module = "pkg";
        source.path = "pkg.py";
        source.file = 0;
        source.facts = files_[0].python.get();
        api_ = std::make_unique<ApiIndex>(std::vector{source});
        const DocsPage one{1, &files_[1], &site_};
        docs_ = std::make_unique<DocsRegistry>(std::span(&one, 1), *api_, files_);
    }
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> out;
        for (const auto& [object, place] : docs_->names())
            out.push_back(object);
        return out;
    }
    /// Owner, and module and class of the place where it is shown.
    [[nodiscard]] std::vector<std::string> shown() const {
        const PythonFacts& facts = *files_[0].python;
        std::vector<std::string> out;
        for (const ShownDocstring& one : docs_->shown(0)) {
            const PyDocstring& docstring = facts.docstrings[one.docstring];
            const bool of_module = one.docstring == facts.module_docstring;
            const std::string_view owner =
                of_module ? "module"
                : (docstring.flags & docstring_flag::kAttribute) != 0
                    ? facts.text(facts.assignments[docstring.owner].target)
                    : facts.text(facts.definitions[docstring.owner].name);
            out.push_back(std::string(owner) + " in " + one.py_module + ":" + one.py_class);
        }
        return out;
    }

    SphinxSite site_;
    std::vector<FileFacts> files_;
    std::unique_ptr<ApiIndex> api_;
    std::unique_ptr<DocsRegistry> docs_;
};

TEST_F(ShownDocstringsTest, WhatCompletesTheNamesInThem) {
    read(
        "'All.'\ndef f(): 'Do.'\nclass C:\n    'A class.'\n    size = 1\n    'How large.'\n"
        "    def m(self): 'Do.'\n    def _own(self): 'Hidden.'\n    class N:\n        'In.'\n"
        "        def deep(self): 'Do.'\n",
        ".. automodule:: pkg\n   :members:\n");
    EXPECT_THAT(shown(), testing::UnorderedElementsAre("module in pkg:", "f in pkg:", "C in pkg:C",
                                                       "size in pkg:C", "m in pkg:C",
                                                       "N in pkg:C.N", "deep in pkg:C.N"));
    EXPECT_THAT(docs_->ending_with("m"), ElementsAre("pkg.C.m"));
    EXPECT_THAT(docs_->ending_with("_own"), IsEmpty());
    EXPECT_FALSE(docs_->open());
}

TEST_F(ShownDocstringsTest, WithInit) {
    site_.values["autoclass_content"] = {true, "", "'both'", "", 1};
    read("class C:\n    'A class.'\n    def __init__(self): 'Make.'\n", ".. autoclass:: pkg.C\n");
    EXPECT_THAT(shown(), ElementsAre("C in pkg:C", "__init__ in pkg:C"));
}

TEST_F(ShownDocstringsTest, InstanceAttributes) {
    read(
        "class A:\n    'A.'\n    def __init__(self):\n        #: One.\n        self.one = 1\n"
        "        self.two = 2  #: Two.\n        self.three = f(\n            3,\n        )\n"
        "        \"\"\"Three.\"\"\"\n        self.four = 4\n        # plain\n        self.five = "
        "5\n"
        "        #: Hidden.\n        self._six = 6\n"
        "        self.seven.x = 7  #: No.\n        if self.one == 1:  #: No.\n            pass\n"
        "class B(A):\n    'B.'\n    def __init__(this):\n        this.own: int = 1  #: Own.\n"
        "class Z(Other):\n    'Z.'\n",
        ".. autoclass:: pkg.A\n   :members:\n\n.. autoclass:: pkg.B\n   :members:\n"
        "   :inherited-members:\n\n.. autoclass:: pkg.Z\n   :members:\n   :inherited-members:\n");
    EXPECT_THAT(names(),
                ElementsAre("pkg.A", "pkg.A.one", "pkg.A.three", "pkg.A.two", "pkg.B", "pkg.B.one",
                            "pkg.B.own", "pkg.B.three", "pkg.B.two", "pkg.Z"));
    EXPECT_TRUE(docs_->may_have("pkg.Z.any")) << "Other may have it";
    EXPECT_FALSE(docs_->may_have("pkg.B.any"));
}

TEST_F(ShownDocstringsTest, WhatTheyDescribeByHand) {
    site_.extensions = {"sphinx.ext.autodoc", "sphinx.ext.napoleon"};
    read(
        "\"\"\"All.\n\n.. autoclass:: C\n   :members:\n\n.. data:: LIMIT\n   :no-index:\n\"\"\"\n"
        "class C:\n    \"\"\"A class.\n\n    .. attribute:: size\n\n    .. autoclass:: C\n\n"
        "    Attributes:\n        width (int): How wide.\n    \"\"\"\n"
        "    def m(self): 'Do.'\n    call = staticmethod(make)\n    'Words of its own.'\n",
        ".. automodule:: pkg\n");
    EXPECT_THAT(names(),
                ElementsAre("pkg", "pkg.C", "pkg.C.call", "pkg.C.m", "pkg.C.size", "pkg.C.width"));
}

TEST_F(ShownDocstringsTest, WhatTheyDescribeStandsInEachOther) {
    read(
        "class C:\n    \"\"\"A class.\n\n    .. class:: Like\n\n        .. method:: get()\n\n"
        "            Text.\n\n        .. method:: set()\n\n    .. attribute:: size\n\n"
        "    Text.\n\n        .. attribute:: quoted\n    \"\"\"\n",
        ".. autoclass:: pkg.C\n");
    EXPECT_THAT(names(), ElementsAre("pkg.C", "pkg.C.Like", "pkg.C.Like.get", "pkg.C.Like.set",
                                     "pkg.C.quoted", "pkg.C.size"));
}

TEST_F(ShownDocstringsTest, OptionsOfOtherExtensions) {
    read("class C:\n    'A class.'\n",
         ".. automodule:: pkg\n   :members:\n   :autosummary:\n   :autosummary-no-nesting:\n");
    EXPECT_THAT(names(), ElementsAre("pkg", "pkg.C"));
    EXPECT_FALSE(docs_->open());
}

TEST_F(ShownDocstringsTest, OptionsThatNobodyKnows) {
    read("class C:\n    'A class.'\n", ".. automodule:: pkg\n   :members:\n   :sparkle:\n");
    EXPECT_THAT(names(), ElementsAre("pkg", "pkg.C"));
}

TEST_F(ShownDocstringsTest, DirectivesOfOtherExtensions) {
    read("class C:\n    'A class.'\n", ".. autopydantic_model:: pkg.C\n");
    EXPECT_TRUE(docs_->may_have("pkg.C.anything"));
    EXPECT_FALSE(docs_->may_have("pkg.D"));
}

}  // namespace
}  // namespace docathon
