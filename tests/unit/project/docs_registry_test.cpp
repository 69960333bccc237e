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
        docs_ = std::make_unique<DocsRegistry>(std::span(&one, 1), *api_);
        std::vector<std::string> out;
        for (const auto& [object, place] : docs_->names())
            out.push_back(place.alias ? "(" + object + ")" : object);
        return out;
    }

    SphinxSite site_;
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

TEST_F(DocsRegistryTest, Autosummary) {
    EXPECT_THAT(registers(".. autosummary::\n\n   m.f\n"), IsEmpty());
    EXPECT_THAT(
        registers(".. currentmodule:: m\n\n.. autosummary::\n   :toctree: gen\n\n"
                  "   ~f\n   C\n   K\n   gone\n"),
        ElementsAre("m.C", "m.C.__init__", "m.K", "m.K.__init__", "(m._real.K)", "m.f", "m.gone"));
    EXPECT_THAT(registers(".. autosummary::\n   :toctree: gen\n   :recursive:\n\n   m.sub\n"),
                ElementsAre("m.sub", "m.sub.inner"));
    site_.templates_paths = {"_templates"};
    EXPECT_THAT(registers(".. autosummary::\n   :toctree: gen\n\n   m.C\n"), ElementsAre("m.C"));
    EXPECT_TRUE(docs_->may_have("m.C.meth")) << "a template of the project may list members";
}

TEST_F(DocsRegistryTest, DefaultsOfConfPy) {
    site_.values["autodoc_default_options"] = {
        true, "", "{'members': True, 'exclude-members': 'N, meth', 'undoc-members': False}", "", 1};
    EXPECT_THAT(registers(".. autoclass:: m.C\n"), ElementsAre("m.C", "m.C.attr", "m.C.prop"));
    site_.values["autodoc_default_options"] = {false, "calls a function", "", "", 1};
    EXPECT_THAT(registers(".. autoclass:: m.C\n"), ElementsAre("m.C"));
    EXPECT_TRUE(docs_->may_have("m.C.attr"));
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

}  // namespace
}  // namespace docathon
