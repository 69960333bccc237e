// Names of sites at the sizes that hostile projects have, and tables of two trees.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lint/cli/session.h"
#include "lint/config/config_file.h"
#include "lint/config/rule_file.h"
#include "lint/parse/parse.h"
#include "lint/project/api/own_names.h"
#include "lint/project/index/project_index.h"
#include "lint/project/index/removed_pages.h"

namespace docathon {
namespace {

using testing::ElementsAre;

class Tree {
  public:
    explicit Tree(std::map<std::string, std::string> files, Inventories known = {})
        : inventories(std::move(known)) {
        auto made = Session::in_memory(std::move(files), {}, *load_builtin_rules(), {}, {});
        EXPECT_TRUE(made) << made.error().to_string();
        session = std::move(*made);
        facts.resize(session->tree.files().size());
        for (FileId id = 0; id < facts.size(); ++id) {
            const std::string& path = session->tree.file(id).path;
            if (format_of(path) == Format::other)
                continue;
            const SourceFile source(id, path, *session->read(path));
            facts[id] = parse_file(source, session->settings.of(id)).facts;
        }
        settings = session->settings.pointers();
        IndexInput input;
        input.tree = &session->tree;
        input.detected = &session->detected;
        input.facts = facts;
        input.settings = settings;
        input.inventories = &inventories;
        input.bytes = [this](FileId id) -> std::string_view {
            std::string& bytes = texts[id];
            if (bytes.empty())
                bytes = *session->read(session->tree.file(id).path);
            return bytes;
        };
        index = std::make_unique<ProjectIndex>(input);
    }
    [[nodiscard]] FileId id(const std::string& path) const { return session->tree.find(path); }
    [[nodiscard]] Resolution role(const std::string& from, const std::string& name,
                                  const std::string& target) const {
        Reference reference;
        reference.kind = ReferenceKind::role;
        reference.name = name;
        reference.target = target;
        return index->resolve_name(id(from), reference);
    }

    Inventories inventories;
    std::unique_ptr<Session> session;
    std::vector<FileFacts> facts;
    std::vector<const Settings*> settings;
    std::map<FileId, std::string> texts;  // that were asked for
    std::unique_ptr<ProjectIndex> index;
};

TEST(SiteNames, HoldsManyLabels) {
    std::string page = "Index\n=====\n\n";
    constexpr int kMany = 100'000;
    for (int i = 0; i < kMany; ++i)
        page += ".. _label-" + std::to_string(i) + ":\n\n";
    page += "End\n---\n";
    const Tree tree({{"docs/conf.py", "extensions = []\n"}, {"docs/index.rst", page}});
    EXPECT_EQ(tree.role("docs/index.rst", "ref", "label-99999").state, Found::found);
    EXPECT_EQ(tree.role("docs/index.rst", "ref", "label-x").state, Found::missing);
    Reference wrong;
    wrong.kind = ReferenceKind::role;
    wrong.name = "ref";
    wrong.target = "label-x";
    // So many are not compared with one.
    EXPECT_EQ(tree.index->suggest_name(tree.id("docs/index.rst"), wrong), "");
}

TEST(SiteNames, OneLabelInAThousandPages) {
    std::map<std::string, std::string> files = {{"docs/conf.py", "extensions = []\n"}};
    for (int i = 0; i < 1000; ++i)
        files["docs/p" + std::to_string(1000 + i) + ".rst"] = ".. _same:\n\nTitle\n=====\n";
    const Tree tree(std::move(files));
    const FileId first = tree.id("docs/p1000.rst");
    std::size_t duplicates = 0;
    for (FileId id = 0; id < tree.facts.size(); ++id) {
        for (const Label& label : tree.facts[id].labels)
            duplicates += tree.index->duplicate_of(id, label) == first ? 1 : 0;
    }
    EXPECT_EQ(duplicates, 999U);
    EXPECT_EQ(tree.index->duplicate_of(first, tree.facts[first].labels[0]),
              tree.id("docs/p1001.rst"));
}

TEST(SiteNames, CirclesOfIncludesAndToctreesEnd) {
    const Tree tree({{"docs/conf.py", "extensions = []\n"},
                     {"docs/index.rst", "Index\n=====\n\n.. toctree::\n\n   a\n   index\n"},
                     {"docs/a.rst", "A\n=\n\n.. toctree::\n\n   index\n\n.. include:: b.inc.rst\n"},
                     {"docs/b.inc.rst", ".. _x:\n\nB\n-\n\n.. include:: a.rst\n"}});
    EXPECT_EQ(tree.role("docs/index.rst", "ref", "x").state, Found::found);
    EXPECT_EQ(tree.role("docs/index.rst", "ref", "y").state, Found::missing);
    EXPECT_EQ(tree.index->toctree_of(tree.id("docs/a.rst")).state, Found::found);
}

TEST(SiteNames, PagesThatAreNotReadMayHaveAnything) {
    const Tree tree({{"docs/conf.py", "extensions = []\nsource_suffix = ['.rst', '.txt']\n"},
                     {"docs/index.rst", "Index\n=====\n"},
                     {"docs/more.txt", ".. _x:\n\nMore\n====\n"}});
    EXPECT_EQ(tree.role("docs/index.rst", "ref", "x").state, Found::unknown);
    EXPECT_EQ(tree.role("docs/index.rst", "term", "x").state, Found::unknown);
    EXPECT_EQ(tree.role("docs/index.rst", "samp", "x").state, Found::not_applicable);
}

TEST(SiteNames, InventoriesDecideWhenTheyAreAllThere) {
    const std::string conf =
        "extensions = ['sphinx.ext.intersphinx']\nintersphinx_mapping = {'one': ('https://a.org', "
        "None), 'two': ('https://b.org', None)}\n";
    const std::map<std::string, std::string> files = {{"docs/conf.py", conf},
                                                      {"docs/index.rst", "Index\n=====\n"}};
    // A whole inventory without any entries, made by zlib of nothing.
    const std::string head =
        "# Sphinx inventory version 2\n# Project: X\n# Version: 1\n"
        "# The remainder of this file is compressed using zlib.\n";
    const Inventory empty = Inventory::read(head + std::string("\x78\xda\x03\0\0\0\0\x01", 8));
    ASSERT_FALSE(empty.damaged());
    const Inventory damaged = Inventory::read(head + "\x78\xda");

    const Tree none(files);
    EXPECT_EQ(none.role("docs/index.rst", "ref", "x").state, Found::unknown);
    EXPECT_EQ(none.role("docs/index.rst", "ref", "x").why, kForeignName);
    const Tree half(files, {{"one", empty}, {"two", damaged}});
    EXPECT_EQ(half.role("docs/index.rst", "ref", "x").state, Found::unknown);
    EXPECT_EQ(half.role("docs/index.rst", "ref", "one:x").state, Found::missing);
    EXPECT_EQ(half.role("docs/index.rst", "ref", "two:x").state, Found::unknown);
    const Tree both(files, {{"one", empty}, {"two", empty}});
    EXPECT_EQ(both.role("docs/index.rst", "ref", "x").state, Found::missing);
    EXPECT_EQ(both.role("docs/index.rst", "term", "x").state, Found::missing);
    // intersphinx does not look for equations.
    EXPECT_EQ(none.role("docs/index.rst", "eq", "x").state, Found::missing);
}

std::vector<std::string> removed(std::map<std::string, std::string> before,
                                 std::map<std::string, std::string> after) {
    const Tree old_tree(std::move(before));
    const Tree new_tree(std::move(after));
    std::vector<std::string> out;
    for (const RemovedPage& page : removed_pages(*old_tree.index, *new_tree.index))
        out.push_back(page.name + (page.moved_to.empty() ? "" : " -> " + page.moved_to));
    return out;
}

TEST(RemovedPages, WithoutARedirect) {
    const std::string conf =
        "extensions = ['sphinx_reredirects']\nredirects = {'old/kept': '../new.html', "
        "'dir/*': '/'}\nhtml_extra_path = ['extra']\n";
    EXPECT_THAT(removed({{"docs/conf.py", "extensions = []\n"},
                         {"docs/index.rst", "I\n=\n"},
                         {"docs/gone.rst", "G\n=\n"},
                         {"docs/guide.rst", "G\n=\n"},
                         {"docs/old/moved.rst", "M\n=\n"},
                         {"docs/old/kept.rst", "K\n=\n"},
                         {"docs/dir/any.rst", "A\n=\n"},
                         {"docs/by-hand.rst", "H\n=\n"},
                         {"docs/note.txt", "no page\n"}},
                        {{"docs/conf.py", conf},
                         {"docs/index.rst", "I\n=\n"},
                         {"docs/guide.rst", "G\n=\n"},
                         {"docs/extra/by-hand.html", "<html>"},
                         {"docs/new/moved.rst", "M\n=\n"}}),
                ElementsAre("gone", "old/moved -> new/moved"));
}

TEST(RemovedPages, AnotherFormatIsTheSamePage) {
    EXPECT_THAT(
        removed({{"docs/conf.py", "extensions = ['myst_parser']\n"}, {"docs/index.rst", "I\n=\n"}},
                {{"docs/conf.py", "extensions = ['myst_parser']\n"}, {"docs/index.md", "# I\n"}}),
        testing::IsEmpty());
}

TEST(RemovedPages, SilentWhereRedirectsAreComputed) {
    EXPECT_THAT(
        removed({{"docs/conf.py", "extensions = []\n"},
                 {"docs/index.rst", "I\n=\n"},
                 {"docs/gone.rst", "G\n=\n"}},
                {{"docs/conf.py", "extensions = ['sphinx_reredirects']\nredirects = load()\n"},
                 {"docs/index.rst", "I\n=\n"}}),
        testing::IsEmpty());
}

TEST(ObjectScopes, OfAPage) {
    const std::string page =
        ".. currentmodule:: a\n\nA\n\n.. class:: K\n\n   B\n\n   .. method:: m()\n\n      C\n\n"
        "   .. class:: N\n\n      D\n\n.. function:: L.f()\n   :module: b\n\n   E\n\nF\n\n"
        ".. currentmodule:: None\n.. default-domain:: c\n\nG\n";
    const FileFacts facts = parse_file(SourceFile(0, "a.rst", page), Settings{}).facts;
    const ObjectScopes scopes(facts);
    const auto at = [&](char letter) {
        const ObjectPlace place = scopes.at(
            static_cast<std::uint32_t>(page.find(std::string(" ") + letter + "\n") == page.npos
                                           ? page.find(std::string("\n") + letter + "\n") + 1
                                           : page.find(std::string(" ") + letter + "\n") + 1));
        return std::string(place.module) + ":" + std::string(place.in_class) + ":" +
               std::string(place.domain);
    };
    EXPECT_EQ(at('A'), "a::");
    EXPECT_EQ(at('B'), "a:K:");
    EXPECT_EQ(at('C'), "a:K:");
    EXPECT_EQ(at('D'), "a:K.N:");
    EXPECT_EQ(at('E'), "b:L:");
    EXPECT_EQ(at('F'), "a::");
    EXPECT_EQ(at('G'), "::c");
}

TEST(ObjectScopes, StayLinear) {
    std::string page = "Index\n=====\n\n";
    for (int i = 0; i < 20'000; ++i)
        page += ".. class:: C" + std::to_string(i) + "\n\n   :meth:`m`\n\n";
    const FileFacts facts = parse_file(SourceFile(0, "a.rst", page), Settings{}).facts;
    const ObjectScopes scopes(facts);
    for (const Reference& reference : facts.references)
        EXPECT_TRUE(scopes.at(reference.range.begin).in_class.starts_with("C"));
    EXPECT_EQ(facts.references.size(), 20'000u);
}

TEST(Objects, InventoriesDecide) {
    const std::map<std::string, std::string> files = {
        {"docs/conf.py",
         "extensions = ['sphinx.ext.autodoc', 'sphinx.ext.intersphinx']\n"
         "intersphinx_mapping = {'python': ('https://docs.python.org/3', None)}\n"},
        {"docs/index.rst", "Index\n=====\n\n.. autofunction:: pkg.run\n"},
        {"pkg/__init__.py", "def run(): 'Runs.'\n"}};
    const auto state = [](const Tree& tree, const std::string& role, const std::string& target) {
        Reference reference;
        reference.kind = ReferenceKind::role;
        reference.name = role;
        reference.target = target;
        return role.starts_with("external")
                   ? tree.index->resolve_external(tree.id("docs/index.rst"), reference).state
                   : tree.index->resolve_object(tree.id("docs/index.rst"), reference, {}).state;
    };
    const Tree without(files);
    EXPECT_EQ(state(without, "func", "pkg.run"), Found::found);
    EXPECT_EQ(state(without, "func", "json.load"), Found::unknown);
    EXPECT_EQ(state(without, "external+python:func", "json.load"), Found::unknown);
    EXPECT_EQ(state(without, "func", "pkg.gone"), Found::missing);
    EXPECT_EQ(state(without, "class", "typing.Any"), Found::found);
    EXPECT_EQ(state(without, "class", "collections.OrderedDict"), Found::found);
    EXPECT_EQ(state(without, "meth", "collections.OrderedDict.move_to_end"), Found::found);
    EXPECT_EQ(state(without, "meth", "collections.OrderedDict"), Found::unknown);
    EXPECT_EQ(state(without, "meth", "collections.OrderedDict.move"), Found::unknown);
    EXPECT_EQ(state(without, "c:func", "run"), Found::not_applicable);
    Inventories known;
    known.emplace("python", Inventory::read("# Sphinx inventory version 1\n# Project: P\n"
                                            "# Version: 3\njson.load function j.html\n"));
    const Tree with(files, std::move(known));
    EXPECT_EQ(state(with, "func", "json.load"), Found::found);
    EXPECT_EQ(state(with, "func", "json.lod"), Found::missing);
    EXPECT_EQ(state(with, "func", "python:json.load"), Found::found);
    EXPECT_EQ(state(with, "external+python:func", "json.load"), Found::found);
    EXPECT_EQ(state(with, "external:py:func", "json.lod"), Found::missing);
    EXPECT_EQ(state(with, "any", "json.load"), Found::found);
}

TEST(SiteNames, LabelsThatNoNotebookHasAreMissing) {
    const Tree tree({{"docs/conf.py", "extensions = ['myst_nb']\n"},
                     {"docs/index.rst", "Index\n=====\n"},
                     {"docs/a.ipynb",
                      R"({"cells": [{"cell_type": "markdown", "source": ["(in-cell)=\n", "# A\n"]},
                        {"cell_type": "raw", "source": [".. _In-raw:\n"]}], "nbformat": 4})"}});
    EXPECT_EQ(tree.role("docs/index.rst", "ref", "in-cell").state, Found::found);
    EXPECT_EQ(tree.role("docs/index.rst", "ref", "in-raw").state, Found::unknown);
    EXPECT_EQ(tree.role("docs/index.rst", "ref", "gone").state, Found::missing);
}

TEST(OwnNames, WhatIsThereIsFoundWithoutReadingTheSources) {
    const Tree tree({{"pkg/__init__.py", "from .m import C\n"},
                     {"pkg/m.py", "class C:\n    def f(self):\n        pass\n"},
                     {"pkg/other.py", "'g'\n"},
                     {"pkg/more.py", "X = 1\n"},
                     {"pyproject.toml", "[project]\nname = 'pkg'\n"}});
    const OwnNames& names = *tree.index->own_names();
    EXPECT_EQ(names.find("pkg.C.f", NameSearch::presence).state, NameVerdict::State::found);
    EXPECT_EQ(names.find("pkg.C.h", NameSearch::presence).state, NameVerdict::State::unknown);
    EXPECT_EQ(names.find("pkg.more.h", NameSearch::presence).state, NameVerdict::State::unknown);
    EXPECT_EQ(tree.texts.count(tree.id("pkg/other.py")), 0U);
    EXPECT_EQ(names.find("pkg.C.h", NameSearch::verdict).state, NameVerdict::State::missing);
    EXPECT_EQ(names.find("pkg.more.h", NameSearch::verdict).state, NameVerdict::State::missing);
    EXPECT_EQ(tree.texts.count(tree.id("pkg/other.py")), 1U);
}

}  // namespace
}  // namespace docathon
