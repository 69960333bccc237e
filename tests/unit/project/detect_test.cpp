// Detection on small trees: which sites there are, how their files are read, and where the
// repository lives.

#include "lint/project/detect/detect.h"
#include "lint/model/facts.h"
#include "tests/unit/cpu_clock.h"

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace docathon {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

using Files = std::map<std::string, std::string>;

struct Tree {
    explicit Tree(Files contents) : files(std::move(contents)) {
        std::vector<FileEntry> entries;
        for (const auto& [path, bytes] : files)
            entries.push_back({path, true, false, true, true});
        tree = FileTree(std::move(entries));
    }

    Detected detect() const {
        return docathon::detect(
            tree,
            [this](std::string_view path) -> std::optional<std::string> {
                const auto it = files.find(std::string(path));
                if (it == files.end())
                    return std::nullopt;
                ++reads;
                return it->second;
            },
            config, git);
    }

    Files files;
    FileTree tree;
    Config config;
    GitFacts git;
    mutable int reads = 0;
};

Tree tree_of(std::initializer_list<Files::value_type> files) {
    return Tree(Files(files));
}

/// One Sphinx site of docs/source/conf.py with this text, beside `files`.
SphinxSite site_of(const std::string& conf, Files files = {}) {
    files["docs/source/conf.py"] = conf;
    const Detected detected = Tree(std::move(files)).detect();
    EXPECT_EQ(detected.sphinx.size(), 1u) << conf;
    return detected.sphinx.empty() ? SphinxSite() : detected.sphinx.front();
}

// --- Sphinx -------------------------------------------------------------------------------------

TEST(DetectSphinx, FillsTheSite) {
    const SphinxSite site = site_of(R"(
import os
extensions = ["myst_parser", "sphinx_gallery.gen_gallery", "sphinx_reredirects"]
source_suffix = [".rst", ".md"]
exclude_patterns = ["_build"]
templates_path = ["_templates", os.path.join(os.path.dirname(theme.__file__), "t")]
html_static_path = ["_static"]
html_extra_path = ["llms.txt", "../outside"]
html_baseurl = "https://docs.pytorch.org/executorch/stable/"
root_doc = "start"
myst_enable_extensions = ["colon_fence"]
myst_enable_extensions.append("deflist")
myst_heading_anchors = 4
myst_substitutions = {"v": "1.0", "n": 2, "f": f()}
myst_url_schemes = {"http": None, "gh": "https://github.com/{{path}}"}
myst_fence_as_directive = ["mermaid"]
sphinx_gallery_conf = {"examples_dirs": ["tutorials_source", "../../examples"], "gallery_dirs": ["tutorials", "auto"]}
redirects = {"old": "new.html"}
intersphinx_mapping = {"torch": ("https://docs.pytorch.org/docs/stable/", None)}
extlinks = {"issue": ("https://github.com/a/b/issues/%s", "#%s")}
def setup(app): pass
)");
    EXPECT_EQ(site.source_dir, "docs/source");
    EXPECT_EQ(site.conf_path, "docs/source/conf.py");
    EXPECT_THAT(site.extensions,
                ElementsAre("myst_parser", "sphinx_gallery.gen_gallery", "sphinx_reredirects"));
    EXPECT_TRUE(site.extensions_known);
    EXPECT_TRUE(site.has_setup);
    EXPECT_THAT(site.source_suffixes, ElementsAre(".rst", ".md"));
    EXPECT_TRUE(site.markdown);
    EXPECT_THAT(site.exclude_patterns, ElementsAre("_build"));
    EXPECT_THAT(site.templates_paths, ElementsAre("_templates"));
    EXPECT_THAT(site.html_static_paths, ElementsAre("_static"));
    EXPECT_THAT(site.html_extra_paths, ElementsAre("llms.txt", "../outside"));
    EXPECT_THAT(site.page_excludes, ElementsAre("_build", "_templates", "llms.txt", "_static",
                                                "**/_sources", ".#*", "**/.#*", "*.lproj/**"));
    EXPECT_EQ(site.html_baseurl, "https://docs.pytorch.org/executorch/stable/");
    EXPECT_EQ(site.root_doc, "start");
    EXPECT_THAT(site.myst_extensions, ElementsAre("colon_fence", "deflist"));
    EXPECT_EQ(site.myst_heading_anchors, 4);
    EXPECT_FALSE(site.myst_heading_slug_custom);
    EXPECT_THAT(site.myst_substitutions,
                ElementsAre(Pair("f", ""), Pair("n", "2"), Pair("v", "1.0")));
    EXPECT_THAT(site.myst_url_schemes, ElementsAre("http", "gh"));
    EXPECT_THAT(site.myst_fence_as_directive, ElementsAre("mermaid"));
    EXPECT_THAT(site.galleries,
                ElementsAre(Pair("docs/source/tutorials_source", "docs/source/tutorials"),
                            Pair("examples", "docs/source/auto")));
    EXPECT_TRUE(site.galleries_known);
    EXPECT_THAT(site.redirects, ElementsAre(Pair("old", "new.html")));
    EXPECT_TRUE(site.redirects_known);
    EXPECT_THAT(site.intersphinx, ElementsAre("torch"));
    EXPECT_THAT(site.extlinks, ElementsAre("issue"));
    EXPECT_FALSE(site.nbsphinx_like);
    EXPECT_FALSE(site.values.at("myst_substitutions").known);
    EXPECT_EQ(site.values.at("myst_substitutions").unknown_reason, "calls 'f'");
    EXPECT_TRUE(site.values.at("myst_enable_extensions").known);
    EXPECT_EQ(site.values.at("myst_enable_extensions").line, 12u);
    EXPECT_EQ(site.values.at("myst_enable_extensions").path, "docs/source/conf.py");
}

TEST(DetectSphinx, DefaultsOfSphinx) {
    const SphinxSite site = site_of("extensions = []\n");
    EXPECT_THAT(site.source_suffixes, ElementsAre(".rst"));
    EXPECT_FALSE(site.markdown);
    EXPECT_EQ(site.root_doc, "index");
    EXPECT_THAT(site.include_patterns, ElementsAre("**"));
    EXPECT_THAT(site.myst_url_schemes, ElementsAre("http", "https", "mailto", "ftp"));
    EXPECT_EQ(site.myst_heading_anchors, 0);
    EXPECT_EQ(site.myst_heading_slug, "github");
    EXPECT_TRUE(site.galleries_known);
    EXPECT_TRUE(site.redirects_known);
    EXPECT_TRUE(site.excludes_known);
    EXPECT_TRUE(site.suffixes_known);
}

struct SuffixRow {
    const char* conf;
    std::vector<std::string> suffixes;
    bool markdown;
};

// convert_source_suffix() and merge_source_suffix() of Sphinx.
TEST(DetectSphinx, Suffixes) {
    const std::vector<SuffixRow> rows = {
        {"extensions = ['myst_parser']", {".rst", ".md"}, true},
        {"extensions = ['myst_parser']\nsource_suffix = '.rst'", {".rst", ".md"}, true},
        {"extensions = ['myst_parser']\nsource_suffix = {'.rst': 'restructuredtext'}",
         {".rst", ".md"},
         true},
        {"extensions = ['myst_parser']\nsource_suffix = ['.md']", {".md"}, true},
        {"extensions = ['myst_parser']\nsource_suffix = {'.md': 'other'}", {".md"}, false},
        {"extensions = ['myst_nb']", {".rst", ".md", ".ipynb"}, true},
        {"extensions = ['nbsphinx']", {".rst", ".ipynb"}, false},
        {"extensions = ['recommonmark']\nsource_suffix = ['.rst', '.md']", {".rst", ".md"}, false},
        {"extensions = []\nsource_suffix = ['.rst', '.md']", {".rst", ".md"}, false},
        {"extensions = []\nsource_suffix = ('.txt',)", {".txt"}, false},
        {"extensions = f()\nmyst_heading_anchors = 2", {".rst", ".md"}, true},
        {"extensions = f()", {".rst"}, false},
        {"extensions = ['myst_parser'] + f()", {".rst", ".md"}, true},
        {"extensions = []\nif f():\n    extensions.append('myst_parser')", {".rst", ".md"}, true},
    };
    for (const SuffixRow& row : rows) {
        const SphinxSite site = site_of(row.conf);
        EXPECT_EQ(site.source_suffixes, row.suffixes) << row.conf;
        EXPECT_EQ(site.markdown, row.markdown) << row.conf;
    }
    EXPECT_TRUE(site_of("extensions = ['nbsphinx']").nbsphinx_like);
    EXPECT_FALSE(site_of("extensions = []\nsource_suffix = f()").suffixes_known);
}

TEST(DetectSphinx, WhatIsNotKnownIsMarked) {
    EXPECT_FALSE(site_of("extensions = f()").extensions_known);
    EXPECT_FALSE(site_of("extensions = ['a']\nif f():\n    extensions += ['b']").extensions_known);
    EXPECT_FALSE(site_of("from sphinx_base import *\n").extensions_known);
    EXPECT_FALSE(site_of("extensions = []\nexclude_patterns = ['a'] + f()").excludes_known);
    EXPECT_FALSE(site_of("extensions = []\nredirects = {'a': f()}").redirects_known);
    EXPECT_FALSE(site_of("extensions = ['sphinx_reredirects']\nredirects = f()").redirects_known);
    EXPECT_FALSE(site_of("extensions = []\nmyst_enable_extensions = f()").myst_extensions_known);
    EXPECT_TRUE(site_of("extensions = []\nmyst_heading_anchors = f()").myst_heading_slug_custom);
    EXPECT_TRUE(
        site_of("extensions = []\nmyst_heading_slug_func = 'm.f'").myst_heading_slug_custom);
    const SphinxSite preset = site_of("extensions = []\nmyst_heading_slug_func = 'docutils'");
    EXPECT_FALSE(preset.myst_heading_slug_custom);
    EXPECT_EQ(preset.myst_heading_slug, "docutils");
}

TEST(DetectSphinx, MarkupOfTheProject) {
    const SphinxSite site = site_of(
        "extensions = ['own.markup', 'sphinx_design']\n"
        "from docutils.parsers.rst import directives\n"
        "directives.register_directive('CardItem', CardItem)\n",
        {{"src/own/markup.py",
          "def setup(app):\n"
          "    app.add_role('issue', f)\n"
          "    app.add_role_to_domain(\"py\", \"thing\", XRefRole())\n"
          "    app.add_directive_to_domain('toy', 'Toy', T)\n"
          "    app.add_object_type('confval', 'confval', objname='x')\n"
          "    app.add_crossref_type(\n        directivename='op',\n        rolename=\"op\")\n"
          "    self.xadd_role('no', f)\n"},
         {"docs/ext/more.py", "app.add_generic_role('kbd2', n)\n"},
         {"other/ext/not_ours.py", "app.add_role('elsewhere', f)\n"}});
    EXPECT_THAT(site.added_directives, ElementsAre("carditem", "confval", "op", "toy:toy"));
    EXPECT_THAT(site.added_roles,
                ElementsAre("confval", "issue", "kbd2", "op", "py:thing", "thing"));
    EXPECT_TRUE(site.added_names_known);

    const SphinxSite open =
        site_of("extensions = ['own']\n",
                {{"docs/source/own.py", "for n in names:\n    app.add_role(n, f)\n"}});
    EXPECT_TRUE(open.added_roles.empty());
    EXPECT_FALSE(open.added_names_known);
}

TEST(DetectSphinx, Galleries) {
    const std::string begin = "extensions = ['sphinx_gallery.gen_gallery']\n";
    SphinxSite site = site_of(begin);
    EXPECT_THAT(site.galleries, ElementsAre(Pair("docs/examples", "docs/source/auto_examples")));
    site = site_of(
        begin +
        "from pathlib import Path\nroot = Path(__file__).resolve().parents[2]\n"
        "sphinx_gallery_conf = {'examples_dirs': root / 'gallery', 'gallery_dirs': 'g/'}\n");
    EXPECT_THAT(site.galleries, ElementsAre(Pair("gallery", "docs/source/g")));
    EXPECT_TRUE(site.galleries_known);
    EXPECT_EQ(site.gallery_ignore, "__init__\\.py");
    EXPECT_EQ(site_of(begin + "sphinx_gallery_conf = {'ignore_pattern': r'/_'}\n").gallery_ignore,
              "/_");
    EXPECT_FALSE(
        site_of(begin + "sphinx_gallery_conf = {'ignore_pattern': f()}\n").gallery_ignore_known);
    EXPECT_FALSE(site_of(begin + "sphinx_gallery_conf = f()\n").galleries_known);
    EXPECT_FALSE(
        site_of(begin + "sphinx_gallery_conf = {'examples_dirs': f(), 'gallery_dirs': 'g'}\n")
            .galleries_known);
    EXPECT_FALSE(
        site_of(begin + "sphinx_gallery_conf = {'examples_dirs': '/abs', 'gallery_dirs': 'g'}\n")
            .galleries_known);
    EXPECT_FALSE(
        site_of(begin +
                "sphinx_gallery_conf = {'examples_dirs': ['a', 'b'], 'gallery_dirs': ['g']}\n")
            .galleries_known);
    // A condition that touches another key changes nothing here.
    site = site_of(begin +
                   "sphinx_gallery_conf = {'examples_dirs': 'a', 'gallery_dirs': 'g'}\n"
                   "if f(): sphinx_gallery_conf['ignore_pattern'] = 'x'\n");
    EXPECT_TRUE(site.galleries_known);
    EXPECT_THAT(site.galleries, ElementsAre(Pair("docs/source/a", "docs/source/g")));
    EXPECT_THAT(
        site_of(
            "extensions = []\nsphinx_gallery_conf = {'examples_dirs': 'a', 'gallery_dirs': 'g'}\n")
            .galleries,
        IsEmpty());
}

TEST(DetectSphinx, RedirectsOfRediraffe) {
    SphinxSite site = site_of(
        "extensions = ['sphinxext.rediraffe', 'myst_parser']\n"
        "rediraffe_redirects = {'a/old.md': 'b/new.md', 'x.rst': 'y.rst'}\n");
    EXPECT_THAT(site.redirects, ElementsAre(Pair("a/old", "../b/new.html"), Pair("x", "y.html")));
    site = site_of(
        "extensions = ['sphinxext.rediraffe']\nrediraffe_redirects = 'redirects.txt'\n",
        {{"docs/source/redirects.txt", "# comment\n\"a b.rst\" \"c.rst\"\nold new\n'open x\n"}});
    EXPECT_THAT(site.redirects, ElementsAre(Pair("a b", "c.html"), Pair("old", "new.html")));
    EXPECT_TRUE(site.redirects_known);
    EXPECT_FALSE(site_of("extensions = []\nrediraffe_redirects = 'absent.txt'\n").redirects_known);
}

TEST(DetectSphinx, RedirectsFromASiblingModule) {
    const SphinxSite site =
        site_of("extensions = ['sphinx_reredirects']\nfrom redirects import redirects\n",
                {{"docs/source/redirects.py", "\nredirects = {\n 'a': 'b.html',\n}\n"}});
    EXPECT_THAT(site.redirects, ElementsAre(Pair("a", "b.html")));
    EXPECT_TRUE(site.redirects_known);
    EXPECT_EQ(site.values.at("redirects").path, "docs/source/redirects.py");
    EXPECT_EQ(site.values.at("redirects").line, 2u);
}

TEST(DetectSphinx, WhichConfPyIsASite) {
    const std::string conf = "extensions = ['myst_parser']\n";
    Tree tree = tree_of({{"docs/conf.py", conf},
                         {"other/doc/conf.py", "html_theme = 'a'\n"},
                         {"src/conf.py", "DEBUG = True\n"},
                         {"tests/roots/test-a/conf.py", conf},
                         {"a/Fixtures/conf.py", conf},
                         {"{{cookiecutter.name}}/docs/conf.py", conf},
                         {"project_template/docs/conf.py", conf}});
    std::vector<std::string> found;
    for (const SphinxSite& site : tree.detect().sphinx)
        found.push_back(site.conf_path);
    EXPECT_THAT(found, ElementsAre("docs/conf.py", "other/doc/conf.py"));

    // Third-party and untracked files define nothing.
    std::vector<FileEntry> entries = {{"docs/conf.py", true, false, true, true},
                                      {"third_party/x/docs/conf.py", true, false, false, true},
                                      {"scratch/conf.py", false, false, true, true}};
    const Detected detected = detect(
        FileTree(entries), [&](std::string_view) { return conf; }, Config(), GitFacts());
    ASSERT_EQ(detected.sphinx.size(), 1u);
    EXPECT_EQ(detected.sphinx[0].conf_path, "docs/conf.py");
    // Without git nothing is tracked, and everything counts.
    for (FileEntry& entry : entries)
        entry.tracked = false;
    EXPECT_EQ(detect(
                  FileTree(entries), [&](std::string_view) { return conf; }, Config(), GitFacts())
                  .sphinx.size(),
              2u);
}

TEST(DetectSphinx, ConfigurationCorrectsDetection) {
    Tree tree = tree_of({{"tests/docs/conf.py", "x = 1\n"}, {"manual/index.md", "# T\n"}});
    tree.config.base = "";
    tree.config.project.sphinx = {{"tests/docs", {}, {}}, {"manual", {}, {}}, {"../out", {}, {}}};
    const Detected detected = tree.detect();
    ASSERT_EQ(detected.sphinx.size(), 2u);
    EXPECT_EQ(detected.sphinx[0].source_dir, "manual");
    EXPECT_EQ(detected.sphinx[0].conf_path, "");
    EXPECT_FALSE(detected.sphinx[0].extensions_known);
    EXPECT_EQ(detected.sphinx[1].conf_path, "tests/docs/conf.py");
}

TEST(DetectSphinx, UnreadableConfPyIsNoSite) {
    const FileTree tree(std::vector<FileEntry>{{"docs/conf.py", true, false, true, true}});
    const ReadFile nothing = [](std::string_view) { return std::nullopt; };
    EXPECT_THAT(detect(tree, nothing, Config(), GitFacts()).sphinx, IsEmpty());
}

// --- Others -------------------------------------------------------------------------------------

TEST(DetectJekyll, ReadsTheConfiguration) {
    Tree tree = tree_of(
        {{"_config.yml",
          "url: https://pytorch.org\nbaseurl: blog/\nmarkdown: Kramdown\npermalink: /:title/\n"
          "exclude: [vendor, docs/private]\ncollections:\n  news:\n    output: true\n"},
         {"_posts/2025-01-01-a.md", ""},
         {"README.md", ""}});
    const Detected detected = tree.detect();
    ASSERT_EQ(detected.jekyll.size(), 1u);
    const JekyllSite& site = detected.jekyll[0];
    EXPECT_EQ(site.root, "");
    EXPECT_EQ(site.config_path, "_config.yml");
    EXPECT_EQ(site.url, "https://pytorch.org");
    EXPECT_EQ(site.baseurl, "/blog");
    EXPECT_EQ(site.markdown, "kramdown");
    EXPECT_EQ(site.permalink, "/:title/");
    EXPECT_THAT(site.collections, ElementsAre("posts", "news"));
    EXPECT_THAT(site.exclude, ElementsAre("vendor", "docs/private"));
}

TEST(DetectJekyll, WhichConfigIsJekylls) {
    const auto count = [](std::initializer_list<Files::value_type> files) {
        return tree_of(files).detect().jekyll.size();
    };
    EXPECT_EQ(count({{"docs/_config.yml", "theme: jekyll-theme-cayman\n"}}), 1u);
    EXPECT_EQ(count({{"_config.yml", "title: a\n"}, {"_layouts/a.html", ""}}), 1u);
    EXPECT_EQ(count({{"_config.yml", "title: a\n"}, {"Gemfile", "gem \"github-pages\"\n"}}), 1u);
    EXPECT_EQ(count({{"_config.yml", "{broken: [\n"}, {"_posts/2025-01-01-a.md", ""}}), 1u);
    EXPECT_EQ(count({{"_posts/2025-01-01-a.md", ""}, {"_layouts/a.html", ""}}), 1u);
    EXPECT_EQ(count({{"blog/_posts/2025-01-01-a.md", ""}}), 0u);
    EXPECT_EQ(count({{"_config.yml", "model: a\n"}}), 0u);
    EXPECT_EQ(count({{"_config.yml", "title: a\ntheme: b\n"}, {"_toc.yml", "root: intro\n"}}), 0u);
    EXPECT_EQ(count({{"test/fixtures/_config.yml", "theme: a\n"}}), 0u);
}

TEST(DetectMkdocs, ReadsTheConfiguration) {
    Tree tree = tree_of({{"mkdocs.yml", R"(INHERIT: base.yml
site_url: https://www.example.org/
nav:
  - Home: index.md
  - Guide:
      - guide/a.md
      - B: guide/b.md
  - Elsewhere: https://example.org/x
markdown_extensions:
  - attr_list
  - toc:
      permalink: true
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
plugins:
  - search
  - mkdocstrings: {handlers: {}}
use_directory_urls: false
extra: !ENV [A, b]
)"},
                         {"base.yml",
                          "docs_dir: manual\nrepo_url: https://github.com/o/n\nsite_url: "
                          "https://base.example.org/\n"}});
    const Detected detected = tree.detect();
    ASSERT_EQ(detected.mkdocs.size(), 1u);
    const MkdocsSite& site = detected.mkdocs[0];
    EXPECT_EQ(site.docs_dir, "manual");
    EXPECT_EQ(site.site_url, "https://www.example.org/");
    EXPECT_TRUE(site.has_nav);
    EXPECT_THAT(site.nav, ElementsAre("index.md", "guide/a.md", "guide/b.md"));
    EXPECT_THAT(site.markdown_extensions, ElementsAre("attr_list", "toc", "pymdownx.emoji"));
    EXPECT_TRUE(site.extension("attr_list"));
    EXPECT_FALSE(site.extension("admonition"));
    EXPECT_THAT(site.plugins, ElementsAre("search", "mkdocstrings"));
    EXPECT_FALSE(site.use_directory_urls);
    EXPECT_EQ(detected.repository.url, "https://github.com/o/n");
    ASSERT_EQ(detected.own_sites.size(), 1u);
    EXPECT_EQ(detected.own_sites[0].url, "www.example.org/");
    EXPECT_EQ(detected.own_sites[0].source, "manual");
    EXPECT_THAT(detected.own_sites[0].versions, IsEmpty());
}

TEST(DetectMkdocs, ReadsZensical) {
    Tree tree = tree_of({{"zensical.toml", R"([project]
site_url = "https://x.example.org/"
docs_dir = "manual"
repo_url = "https://github.com/o/n"
use_directory_urls = false
[project.markdown_extensions.attr_list]
[project.markdown_extensions.pymdownx.tabbed]
alternate_style = true
[project.plugins.mkdocstrings]
)"},
                         {"broken/zensical.toml", "[project\n"},
                         {"away/zensical.toml", "[project]\ndocs_dir = \"../../x\"\n"}});
    const Detected detected = tree.detect();
    ASSERT_EQ(detected.mkdocs.size(), 2u);
    const MkdocsSite& site = detected.mkdocs[0];
    EXPECT_EQ(site.docs_dir, "manual");
    EXPECT_EQ(site.site_url, "https://x.example.org/");
    EXPECT_FALSE(site.use_directory_urls);
    EXPECT_THAT(site.markdown_extensions, ElementsAre("attr_list", "pymdownx.tabbed"));
    EXPECT_THAT(site.plugins, ElementsAre("mkdocstrings"));
    EXPECT_EQ(detected.repository.url, "https://github.com/o/n");
    EXPECT_EQ(detected.mkdocs[1].docs_dir, "broken/docs");
}

TEST(DetectMkdocs, BrokenYamlStillNamesTheFolder) {
    const Detected detected = tree_of({{"sub/mkdocs.yml", "nav: [\n"}}).detect();
    ASSERT_EQ(detected.mkdocs.size(), 1u);
    EXPECT_EQ(detected.mkdocs[0].docs_dir, "sub/docs");
    // A file that inherits from itself ends.
    EXPECT_EQ(tree_of({{"mkdocs.yml", "INHERIT: mkdocs.yml\n"}}).detect().mkdocs.size(), 1u);
}

TEST(DetectOthers, Generators) {
    const Detected detected =
        tree_of({{"docs/source/en/_toctree.yml", "- sections: []\n"},
                 {"website/docusaurus.config.js",
                  "docs: {path: '../documentation'}, other: {path: 'absent'}"},
                 {"documentation/a.md", ""},
                 {"guide/.vitepress/config.ts", ""},
                 {"src/config.ts", ""},
                 {"book/_config.yml", "title: b\n"},
                 {"book/_toc.yml", "root: a\n"},
                 {"paper/myst.yml", "version: 1\n"}})
            .detect();
    std::vector<std::string> found;
    for (const ForeignSite& site : detected.foreign)
        found.push_back(site.root + " " + site.kind);
    EXPECT_THAT(found, ElementsAre("book jupyter-book", "documentation docusaurus",
                                   "guide vitepress", "paper mystmd", "website docusaurus"));
    EXPECT_TRUE(detected.in_doc_builder_site("docs/source/en/a.md"));
    EXPECT_TRUE(detected.in_foreign_site("docs/source/en/a.md"));
    EXPECT_TRUE(detected.in_foreign_site("documentation/a.md"));
    EXPECT_FALSE(detected.in_foreign_site("src/a.md"));
    EXPECT_FALSE(detected.in_doc_builder_site("docs/source/b.md"));
    EXPECT_EQ(settings_for("book/a.md", detected, Config()).flavor, Flavor::myst);
}

// --- Repository ---------------------------------------------------------------------------------

TEST(DetectRepository, Urls) {
    const auto text = [](std::string_view url) {
        const std::optional<RepositoryInfo> info = parse_repository_url(url);
        return info ? info->url + " " + info->owner + " " + info->name : std::string("none");
    };
    const std::string executorch = "https://github.com/pytorch/executorch pytorch executorch";
    EXPECT_EQ(text("https://github.com/pytorch/executorch"), executorch);
    EXPECT_EQ(text("https://github.com/pytorch/executorch.git\n"), executorch);
    EXPECT_EQ(text("https://user:secret@github.com/pytorch/executorch.git"), executorch);
    EXPECT_EQ(text("https://www.GitHub.com/pytorch/executorch/tree/main/docs#readme"), executorch);
    EXPECT_EQ(text("git@github.com:pytorch/executorch.git"), executorch);
    EXPECT_EQ(text("ssh://git@github.com:22/pytorch/executorch.git"), executorch);
    EXPECT_EQ(text("git+ssh://git@github.com/pytorch/executorch"), executorch);
    EXPECT_EQ(text("https://gitlab.com/a/b/c.git"), "https://gitlab.com/a/b/c a/b c");
    EXPECT_EQ(text("https://gitlab.com/a/b/-/tree/main"), "https://gitlab.com/a/b a b");
    for (const std::string_view url :
         {"", "/srv/git/x.git", "../x", "https://github.com/pytorch", "file:///a/b",
          "https://github.com/../x", "C:\\x", "https://localhost/a/b", "git@github.com:x"}) {
        EXPECT_EQ(text(url), "none") << url;
    }
}

TEST(DetectRepository, SourcesInOrder) {
    Tree tree = tree_of(
        {{"pyproject.toml",
          "[project]\nname = \"n\"\n[project.urls]\nHomepage = \"https://pytorch.org\"\n"
          "Repository = \"https://github.com/pytorch/executorch\"\n"},
         {"docs/conf.py",
          "extensions = []\nhtml_context = {'github_user': 'p', 'github_repo': 'x', "
          "'github_version': 'dev'}\n"},
         {"README.md",
          "[![CI](https://github.com/badge/repo/actions/workflows/ci.yml/badge.svg)](x)\n"}});
    Detected detected = tree.detect();
    EXPECT_EQ(detected.repository.url, "https://github.com/pytorch/executorch");
    ASSERT_FALSE(detected.origins.empty());
    EXPECT_EQ(detected.origins[0].name, "project.repository.url");
    EXPECT_EQ(detected.origins[0].origin, "detected: pyproject.toml:5");
    EXPECT_EQ(detected.repository.default_branch,
              "");  // the hint with a branch is another repository's

    tree.git.origin_url = "git@github.com:alice/Executorch.git";
    detected = tree.detect();
    EXPECT_EQ(detected.repository.owner, "alice");
    EXPECT_THAT(detected.repository.aliases, ElementsAre("pytorch"));
    tree.git.upstream_url = "https://github.com/pytorch/executorch";
    detected = tree.detect();
    EXPECT_EQ(detected.repository.owner, "pytorch");
    EXPECT_THAT(detected.repository.aliases, ElementsAre("alice"));
    tree.git.default_branch = "trunk";
    EXPECT_EQ(tree.detect().repository.default_branch, "trunk");

    tree.config.path = ".docathon-lint.yaml";
    tree.config.project.repository_url = "https://github.com/c/d";
    tree.config.project.repository_branch = "b";
    detected = tree.detect();
    EXPECT_EQ(detected.repository.url, "https://github.com/c/d");
    EXPECT_EQ(detected.repository.default_branch, "b");
    EXPECT_EQ(detected.origins[0].origin, "config: .docathon-lint.yaml");
}

TEST(DetectRepository, WeakerSources) {
    Detected detected =
        tree_of({{"docs/conf.py",
                  "extensions = []\nhtml_context = {'github_user': 'p', 'github_repo': 'x',\n"
                  " 'github_version': 'dev'}\n"}})
            .detect();
    EXPECT_EQ(detected.repository.url, "https://github.com/p/x");
    EXPECT_EQ(detected.repository.default_branch, "dev");
    EXPECT_EQ(detected.origins[0].origin, "detected: docs/conf.py:2");
    EXPECT_EQ(tree_of({{"setup.cfg", "[metadata]\nurl = https://github.com/a/b\n"}})
                  .detect()
                  .repository.name,
              "b");
    EXPECT_EQ(tree_of({{"setup.py", "setup(\n    url=\"https://github.com/a/c\",\n)\n"}})
                  .detect()
                  .repository.name,
              "c");
    EXPECT_EQ(tree_of({{"README.md",
                        "text ![b](https://github.com/o/n/actions/workflows/t.yml/badge.svg)\n"}})
                  .detect()
                  .repository.owner,
              "o");
    EXPECT_EQ(tree_of({{"README.md", "See https://github.com/other/project for more.\n"}})
                  .detect()
                  .repository.url,
              "");
    EXPECT_EQ(tree_of({{"pyproject.toml", "[broken\n\"https://github.com/a/b\""}})
                  .detect()
                  .repository.url,
              "");
}

// --- Own sites ----------------------------------------------------------------------------------

TEST(DetectOwnSites, FromConfiguration) {
    Tree tree = tree_of(
        {{"docs/source/conf.py",
          "extensions = []\nhtml_baseurl = 'https://docs.pytorch.org/executorch/stable/'\n"}});
    tree.config.project.sites = {
        {"https://docs.pytorch.org/executorch/{stable,main}/", "docs/source"},
        {"https://{a,b}.example.org/x", "docs/source"},
        {"not a url", "docs/source"}};
    const Detected detected = tree.detect();
    ASSERT_EQ(detected.own_sites.size(), 3u);  // the detected one is the first again
    EXPECT_EQ(detected.own_sites[0].url, "docs.pytorch.org/executorch/");
    EXPECT_THAT(detected.own_sites[0].versions, ElementsAre("stable", "main"));
    EXPECT_EQ(detected.own_sites[0].sphinx, 0);
    EXPECT_EQ(detected.own_sites[0].source, "docs/source");
    EXPECT_FALSE(detected.own_sites[0].bare);
    EXPECT_EQ(detected.own_sites[1].url, "a.example.org/x/");
    EXPECT_EQ(detected.own_sites[2].url, "b.example.org/x/");
}

TEST(DetectOwnSites, FromHtmlBaseurl) {
    const auto own = [](const std::string& url) {
        const Detected detected =
            tree_of({{"docs/conf.py", "extensions = []\nhtml_baseurl = '" + url + "'\n"}}).detect();
        return detected.own_sites.empty() ? OwnSite() : detected.own_sites.front();
    };
    OwnSite site = own("https://Docs.PyTorch.org/ao/stable");
    EXPECT_EQ(site.url, "docs.pytorch.org/ao/");
    EXPECT_THAT(site.versions, ElementsAre("stable", "main", "latest", "master"));
    EXPECT_FALSE(site.bare);
    EXPECT_THAT(own("https://x.org/en/1.2/").versions, ElementsAre("1.2"));
    site = own("https://pytorch.org/ao/");
    EXPECT_EQ(site.url, "pytorch.org/ao/");
    EXPECT_TRUE(site.bare);
    EXPECT_EQ(own("").url, "");
    EXPECT_EQ(own("/docs/").url, "");
}

// --- Settings -----------------------------------------------------------------------------------

Tree mixed_tree() {
    return tree_of({{"README.md", ""},
                    {"docs/source/conf.py",
                     "extensions = ['myst_parser']\nmyst_enable_extensions = "
                     "['colon_fence']\nmyst_heading_anchors = 3\n"},
                    {"docs/source/index.md", ""},
                    {"docs/source/a/b.md", ""},
                    {"docs/README.md", ""},
                    {"rst/conf.py", "extensions = []\n"},
                    {"rst/a.md", ""},
                    {"mkdocs.yml", "docs_dir: manual\n"},
                    {"manual/a.md", ""},
                    {"blog/_config.yml", "theme: minima\nexclude: [drafts/]\n"},
                    {"blog/_posts/2025-01-01-a.md", ""},
                    {"blog/README.md", ""},
                    {"blog/.github/a.md", ""},
                    {"blog/drafts/a.md", ""},
                    {"blog/docs/conf.py", "extensions = ['myst_parser']\n"},
                    {"blog/docs/a.md", ""}});
}

TEST(Settings, InnermostSiteDecides) {
    const Tree tree = mixed_tree();
    const Detected detected = tree.detect();
    const auto flavor = [&](std::string_view path) {
        return std::string(to_string(settings_for(path, detected, tree.config).flavor));
    };
    EXPECT_EQ(flavor("README.md"), "gfm");
    EXPECT_EQ(flavor("docs/README.md"), "gfm");
    EXPECT_EQ(flavor("docs/source/index.md"), "myst");
    EXPECT_EQ(flavor("docs/source/a/b.md"), "myst");
    EXPECT_EQ(flavor("docs/source/not-yet-there.md"), "myst");
    EXPECT_EQ(flavor("docs/sources.md"), "gfm");
    EXPECT_EQ(flavor("rst/a.md"), "gfm");
    EXPECT_EQ(flavor("manual/a.md"), "mkdocs");
    EXPECT_EQ(flavor("blog/_posts/2025-01-01-a.md"), "jekyll");
    EXPECT_EQ(flavor("blog/README.md"), "gfm");
    EXPECT_EQ(flavor("blog/.github/a.md"), "gfm");
    EXPECT_EQ(flavor("blog/drafts/a.md"), "gfm");
    EXPECT_EQ(flavor("blog/docs/a.md"), "myst");

    const Settings page = settings_for("docs/source/index.md", detected, tree.config);
    EXPECT_TRUE(page.myst("colon_fence"));
    EXPECT_EQ(page.myst_heading_anchors, 3);
    EXPECT_EQ(detected.sphinx[static_cast<std::size_t>(page.site)].source_dir, "docs/source");
    EXPECT_GE(settings_for("rst/a.md", detected, tree.config).site, 0);
    EXPECT_EQ(settings_for("README.md", detected, tree.config).site, -1);
    const Settings post = settings_for("blog/_posts/2025-01-01-a.md", detected, tree.config);
    EXPECT_TRUE(post.liquid);
    EXPECT_EQ(post.jekyll_root, "blog");
}

TEST(Settings, SuffixesOfASite) {
    Tree tree(
        {{"docs/conf.py",
          "extensions = ['myst_parser']\nexclude_patterns = ['old']\nsource_suffix = {'.txt': "
          "'restructuredtext', '.rst': 'restructuredtext', '.mdx': 'markdown'}\n"},
         {"docs/a.txt", ""},
         {"docs/old/b.txt", ""},
         {"docs/requirements.txt", ""},
         {"docs/c.mdx", ""},
         {"docs/d.rst", ""},
         {"a.txt", ""}});
    const Detected detected = tree.detect();
    const SettingsTable table(tree.tree, detected, tree.config);
    const auto format = [&](std::string_view path) {
        const FileId id = tree.tree.find(path);
        EXPECT_EQ(settings_for(path, detected, tree.config).read_as, table.of(id).read_as);
        return table.of(id).read_as;
    };
    EXPECT_EQ(format("docs/a.txt"), Format::rst);
    EXPECT_EQ(format("docs/c.mdx"), Format::markdown);
    for (const std::string_view path :
         {"docs/old/b.txt", "docs/requirements.txt", "docs/d.rst", "a.txt"})
        EXPECT_EQ(format(path), std::nullopt) << path;
}

TEST(DetectSphinx, WhatConfPyWritesAmongTheSources) {
    const std::string copies = "import shutil\nshutil.copy('../README.md', 'made/start.md')\n";
    const SphinxSite site = site_of("extensions = []\nhtml_static_path = ['_static']\n" + copies);
    EXPECT_THAT(site.written_names, ElementsAre("README.md", "made", "start.md"));
    // What is written to the built site is no source.
    const std::string writes =
        "def done(app, e):\n    p = app.outdir / 'old.html'\n"
        "    p.write_text('x')\n";
    EXPECT_THAT(site_of("extensions = []\n" + writes).written_names, IsEmpty());
    EXPECT_THAT(site_of("extensions = []\n" + writes + copies).written_names,
                ::testing::Contains("start.md"));
}

TEST(Settings, OverridesOfTheConfiguration) {
    Tree tree = mixed_tree();
    tree.config.base = "docs";
    tree.config.path = "docs/.docathon-lint.yaml";
    tree.config.max_file_bytes = 77;
    Override gfm;
    gfm.files = {"source/a/**"};
    gfm.flavor = Flavor::gfm;
    gfm.place = {"docs/.docathon-lint.yaml", 9, 3};
    Override no_flavor;
    no_flavor.files = {"**"};
    tree.config.overrides = {gfm, no_flavor};
    const Detected detected = tree.detect();
    const Settings inside = settings_for("docs/source/a/b.md", detected, tree.config);
    EXPECT_EQ(inside.flavor, Flavor::gfm);
    EXPECT_THAT(inside.myst_extensions, IsEmpty());
    EXPECT_EQ(inside.max_bytes, 77u);
    EXPECT_EQ(settings_for("docs/source/index.md", detected, tree.config).flavor, Flavor::myst);
    EXPECT_EQ(settings_for("source/a/b.md", detected, tree.config).flavor, Flavor::gfm);

    Override myst;
    myst.files = {"source/a/b.md"};
    myst.flavor = Flavor::myst;
    tree.config.overrides.push_back(myst);
    const Settings last = settings_for("docs/source/a/b.md", detected, tree.config);
    EXPECT_EQ(last.flavor, Flavor::myst);
    EXPECT_TRUE(last.myst("colon_fence"));

    const std::vector<EffectiveValue> values =
        effective_values("docs/source/a/c.md", detected, tree.config);
    ASSERT_FALSE(values.empty());
    EXPECT_EQ(values[0].name, "flavor");
    EXPECT_EQ(values[0].value, "gfm");
    EXPECT_EQ(values[0].origin, "config: docs/.docathon-lint.yaml:9");
}

TEST(Settings, TableAgreesWithSingleFiles) {
    Tree tree = mixed_tree();
    Override row;
    row.files = {"manual/*.md", "README.md"};
    row.flavor = Flavor::commonmark;
    tree.config.overrides = {row};
    const Detected detected = tree.detect();
    const SettingsTable table(tree.tree, detected, tree.config);
    const std::vector<const Settings*> pointers = table.pointers();
    ASSERT_EQ(pointers.size(), tree.tree.files().size());
    for (FileId id = 0; id < pointers.size(); ++id) {
        const Settings one = settings_for(tree.tree.file(id).path, detected, tree.config);
        const Settings& other = table.of(id);
        EXPECT_EQ(pointers[id], &other);
        EXPECT_EQ(one.flavor, other.flavor) << tree.tree.file(id).path;
        EXPECT_EQ(one.site, other.site) << tree.tree.file(id).path;
        EXPECT_EQ(one.jekyll_root, other.jekyll_root);
        EXPECT_EQ(one.myst_extensions, other.myst_extensions);
        EXPECT_EQ(one.liquid, other.liquid);
    }
    EXPECT_LE(table.distinct().size(), 9u);
}

TEST(Settings, EffectiveValuesNameTheirOrigin) {
    Tree tree =
        tree_of({{"docs/conf.py",
                  "extensions = [\n 'myst_parser']\nmyst_enable_extensions = ['deflist'] + f()\n"
                  "exclude_patterns = f()\nhtml_baseurl = 'https://x.org/stable/'\n"},
                 {"docs/a.md", ""}});
    tree.git.origin_url = "https://github.com/o/n";
    const Detected detected = tree.detect();
    std::map<std::string, std::string> shown;
    for (const EffectiveValue& value : effective_values("docs/a.md", detected, tree.config)) {
        shown[value.name] = value.value + " | " + value.origin;
    }
    EXPECT_EQ(shown["flavor"], "myst | detected: docs/conf.py:1");
    EXPECT_EQ(shown["extensions"], "myst_parser | detected: docs/conf.py:1");
    EXPECT_EQ(shown["source_suffix"], ".rst, .md | built in");
    EXPECT_EQ(shown["myst_enable_extensions"],
              "deflist, unknown (calls 'f') | detected: docs/conf.py:3");
    EXPECT_EQ(shown["exclude_patterns"], "unknown (calls 'f') | detected: docs/conf.py:4");
    EXPECT_EQ(shown["html_baseurl"], "https://x.org/stable/ | detected: docs/conf.py:5");
    EXPECT_EQ(shown["project.repository.url"],
              "https://github.com/o/n | detected: git remote origin");
    EXPECT_EQ(shown["project.site"], "https://x.org/ | detected: docs/conf.py:5");
    const std::vector<EffectiveValue> whole = effective_values("", detected, tree.config);
    EXPECT_EQ(whole.size(), detected.origins.size());
}

// --- Size ---------------------------------------------------------------------------------------

TEST(Detect, ReadsOnlyWhatNamesAGenerator) {
    Files files;
    for (int i = 0; i < 9000; ++i)
        files["src/m" + std::to_string(i % 300) + "/f" + std::to_string(i) + ".py"] = "x = 1\n";
    for (int i = 0; i < 50; ++i)
        files["src/settings" + std::to_string(i) + "/conf.py"] = "DEBUG = True\n";
    files["docs/conf.py"] = "extensions = []\n";
    const Tree tree(std::move(files));
    EXPECT_EQ(tree.detect().sphinx.size(), 1u);
    EXPECT_EQ(tree.reads, 51);
    const Detected detected = tree.detect();
    const SettingsTable table(tree.tree, detected, tree.config);
    EXPECT_EQ(table.distinct().size(), 2u);
}

TEST(Detect, HostileFilesEnd) {
    std::string nested = "[project]\nurls = ";
    for (int i = 0; i < 100'000; ++i)
        nested += '[';
    std::string yaml;
    for (int i = 0; i < 100'000; ++i)
        yaml += "- ";
    std::string paths;
    for (int i = 0; i < 20'000; ++i)
        paths += "path: '";
    std::string braces = "https://x.org/";
    for (int i = 0; i < 200; ++i)
        braces += "{a,b}";
    Tree tree = tree_of({{"pyproject.toml", nested + "\n# https://"},
                         {"mkdocs.yml", yaml},
                         {"_config.yml", yaml},
                         {"docs/_toctree.yml", yaml},
                         {"docusaurus.config.js", paths},
                         {"docs/conf.py", "extensions = " + std::string(100'000, '[')},
                         {"README.md", std::string(1'000'000, '(')}});
    tree.config.project.sites = {{braces + "/z", "docs"}};
    const auto begin = ::docathon::CpuClock::now();
    const Detected detected = tree.detect();
    const auto took = ::docathon::CpuClock::now() - begin;
    EXPECT_LT(std::chrono::duration_cast<std::chrono::seconds>(took).count(), 20);
    ASSERT_EQ(detected.sphinx.size(), 1u);
    EXPECT_FALSE(detected.sphinx[0].extensions_known);
    EXPECT_LE(detected.own_sites.size(), 64u);
}

TEST(DetectSphinx, WhatSetupDoesWithTheApplication) {
    const auto known = [](const std::string& body) {
        Detected detected =
            tree_of({{"docs/conf.py",
                      "extensions = []\n\ndef setup(app: Sphinx) -> None:\n" + body + "\nx = 1\n"},
                     {"docs/index.rst", "x\n"}})
                .detect();
        return detected.sphinx.size() == 1 && detected.sphinx[0].setup_known;
    };
    EXPECT_TRUE(known("    app.connect('include-read', f)\n    app.add_role('gh', g)\n"));
    EXPECT_TRUE(known("    # the application\n    app.add_css_file('x')"));
    EXPECT_TRUE(
        known("    \"\"\"Sets the app up.\"\"\"\n    print('app and more')  # of app\n"
              "    app.config.html_extras = True\n"));
    EXPECT_FALSE(known("    app.config.autodoc_default_options = {}\n"));
    EXPECT_FALSE(known("    x = app.config\n"));
    EXPECT_TRUE(known("    app.registry.source_suffix.pop(\".ipynb\")\n    print(app.srcdir)\n"));
    EXPECT_FALSE(known("    app.registry.documenters.clear()\n"));
    EXPECT_FALSE(known("    other.setup(app)\n"));
    EXPECT_FALSE(known("    app.setup_extension('x')\n"));
    EXPECT_FALSE(known("    app.connect('autodoc-process-docstring', f)\n"));
    EXPECT_FALSE(tree_of({{"docs/conf.py", "extensions = []\nfrom x import setup\n"},
                          {"docs/index.rst", "x\n"}})
                     .detect()
                     .sphinx[0]
                     .setup_known);
}

}  // namespace
}  // namespace docathon
