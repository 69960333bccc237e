// The index answers by itself here: without rules, on small projects in memory.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lint/cli/session.h"
#include "lint/config/config_file.h"
#include "lint/config/rule_file.h"
#include "lint/parse/parse.h"
#include "lint/project/index/project_index.h"

namespace docathon {
namespace {

using Files = std::map<std::string, std::string>;

/// A project in memory with its index.
class Project {
  public:
    explicit Project(std::map<std::string, std::string> files, std::string config = {}) {
        Config read;
        if (!config.empty()) {
            auto loaded = load_config(config, ".docathon-lint.yaml");
            EXPECT_TRUE(loaded) << loaded.error().to_string();
            read = std::move(*loaded);
        }
        auto made =
            Session::in_memory(std::move(files), std::move(read), *load_builtin_rules(), {}, {});
        EXPECT_TRUE(made) << made.error().to_string();
        session = std::move(*made);
        facts.resize(session->tree.files().size());
        for (FileId id = 0; id < facts.size(); ++id) {
            if (format_of(session->tree.file(id).path) == Format::other)
                continue;
            const SourceFile source(id, session->tree.file(id).path,
                                    *session->read(session->tree.file(id).path));
            facts[id] = parse_file(source, session->settings.of(id)).facts;
        }
        settings = session->settings.pointers();
        IndexInput input;
        input.tree = &session->tree;
        input.detected = &session->detected;
        input.facts = facts;
        input.settings = settings;
        input.line_count = [](FileId) { return std::optional<std::uint32_t>(10); };
        index = std::make_unique<ProjectIndex>(input);
    }

    [[nodiscard]] FileId id(const std::string& path) const {
        const FileId file = session->tree.find(path);
        EXPECT_NE(file, kNoFile) << path;
        return file;
    }
    [[nodiscard]] Verdict link(const std::string& from, const std::string& target,
                               ReferenceKind kind = ReferenceKind::link) const {
        Reference reference;
        reference.kind = kind;
        reference.target = target;
        reference.whole = Range{0, 1};
        return index->resolve_path(id(from), reference);
    }
    [[nodiscard]] Verdict anchor(const std::string& from, const std::string& target) const {
        Reference reference;
        reference.target = target;
        return index->resolve_fragment(id(from), reference,
                                       index->resolve_path(id(from), reference));
    }

    std::unique_ptr<Session> session;
    std::vector<FileFacts> facts;
    std::vector<const Settings*> settings;
    std::unique_ptr<ProjectIndex> index;
};

TEST(SplitTarget, TakesUrlsApart) {
    const TargetParts parts = split_target("https://a.org/b?c=d#e");
    EXPECT_EQ(parts.scheme, "https");
    EXPECT_TRUE(parts.network);
    EXPECT_EQ(parts.path, "//a.org/b");
    EXPECT_EQ(parts.query, "c=d");
    EXPECT_EQ(parts.fragment, "e");
}

TEST(SplitTarget, TakesPathsApart) {
    const TargetParts parts = split_target("a/b.md?raw=true#x#y");
    EXPECT_EQ(parts.scheme, "");
    EXPECT_FALSE(parts.network);
    EXPECT_EQ(parts.path, "a/b.md");
    EXPECT_EQ(parts.fragment, "x#y");
    EXPECT_TRUE(split_target("//host/x").network);
    EXPECT_TRUE(split_target("#").has_fragment);
    EXPECT_FALSE(split_target("a").has_fragment);
    EXPECT_EQ(split_target("c:/x").scheme, "") << "a drive, not a scheme";
    EXPECT_EQ(split_target("mailto:a@b.org").scheme, "mailto");
}

TEST(IsPlaceholder, KnowsWhatStandsForATarget) {
    for (const char* target : {"url", "<path>", "{name}/x", "$HOME/x", "a/.../b", "path/to/file"}) {
        EXPECT_TRUE(is_placeholder(target)) << target;
    }
    for (const char* target : {"urls.md", "a.md", "../x", "link.md", "paths/to.md"}) {
        EXPECT_FALSE(is_placeholder(target)) << target;
    }
}

TEST(GithubView, ResolvesFromTheFileAndFromTheRoot) {
    const Project project(
        Files{{"README.md", ""}, {"docs/a.md", ""}, {"docs/b.md", ""}, {"src/x.py", ""}});
    EXPECT_EQ(project.link("docs/a.md", "b.md").repository.state, Found::found);
    EXPECT_EQ(project.link("docs/a.md", "/docs/b.md").repository.state, Found::found);
    EXPECT_EQ(project.link("docs/a.md", "../src").repository.state, Found::found) << "a folder";
    EXPECT_EQ(project.link("docs/a.md", "../src/").repository.state, Found::found);
    EXPECT_EQ(project.link("docs/a.md", "c.md").repository.state, Found::missing);
    EXPECT_EQ(project.link("docs/a.md", "B.md").repository.state, Found::missing) << "case matters";
    EXPECT_EQ(project.link("docs/a.md", "b%2Emd").repository.state, Found::found)
        << "percent escapes";
    EXPECT_EQ(project.link("docs/a.md", "b.md?plain=1").repository.state, Found::found);
}

TEST(GithubView, PagesBesideTheTreeAreUnknown) {
    const Project project(Files{{"README.md", ""}, {"docs/a.md", ""}});
    EXPECT_EQ(project.link("README.md", "../../issues").repository.state, Found::unknown);
    EXPECT_EQ(project.link("docs/a.md", "../../../releases/latest").repository.state,
              Found::unknown);
    EXPECT_EQ(project.link("README.md", "../other/x.md").repository.state, Found::missing);
}

TEST(GithubView, LinksWithoutSuffixAreUnknownWhenThePageExists) {
    const Project project(Files{{"a.md", ""}, {"b.md", ""}, {"c.rst", ""}});
    EXPECT_EQ(project.link("a.md", "b").repository.state, Found::unknown);
    EXPECT_EQ(project.link("a.md", "d").repository.state, Found::missing);
    EXPECT_EQ(project.link("a.md", "c.html").repository.state, Found::unknown) << "a built page";
}

std::map<std::string, std::string> myst(std::map<std::string, std::string> files,
                                        const std::string& conf = {}) {
    files["docs/conf.py"] = "extensions = ['myst_parser']\n" + conf;
    files.emplace("docs/index.md", "# Index\n");
    return files;
}

TEST(Site, ResolvesAsMystDoes) {
    const Project project(
        myst({{"docs/sub/a.md", ""}, {"docs/b.md", ""}, {"docs/data.csv", ""}, {"README.md", ""}}));
    EXPECT_EQ(project.link("docs/sub/a.md", "../b.md").site.state, Found::found);
    EXPECT_EQ(project.link("docs/sub/a.md", "../b").site.state, Found::found) << "a document name";
    EXPECT_EQ(project.link("docs/sub/a.md", "/b").site.state, Found::found)
        << "from the source folder";
    EXPECT_EQ(project.link("docs/sub/a.md", "/b.md").site.state, Found::found);
    EXPECT_EQ(project.link("docs/sub/a.md", "/b.md").repository.state, Found::missing);
    EXPECT_EQ(project.link("docs/sub/a.md", "../data.csv").site.state, Found::found)
        << "a download";
    EXPECT_EQ(project.link("docs/sub/a.md", "../gone.md").where(), "both")
        << "dead for both readers";
    EXPECT_EQ(project.link("docs/index.md", "../README.md").site.state, Found::missing)
        << "no page of the site";
    EXPECT_EQ(project.link("docs/index.md", "../README.md").where(), "site");
}

TEST(Site, ExcludedPagesAreNoPages) {
    const Project project(
        myst({{"docs/a.md", ""}, {"docs/old/b.md", ""}}, "exclude_patterns = ['old']\n"));
    EXPECT_FALSE(project.index->is_page(project.id("docs/old/b.md")));
    EXPECT_TRUE(project.index->is_page(project.id("docs/a.md")));
    EXPECT_EQ(project.link("docs/a.md", "old/b.md").where(), "site");
}

TEST(Site, BuiltAddressesAreUnknown) {
    const Project project(myst({{"docs/a.md", ""}, {"docs/b.md", ""}}));
    EXPECT_EQ(project.link("docs/a.md", "b.html").site.state, Found::unknown);
    EXPECT_EQ(project.link("docs/a.md", "genindex").site.state, Found::unknown);
    EXPECT_EQ(project.link("docs/a.md", "gone.html").site.state, Found::missing);
}

TEST(Site, GeneratedFoldersAreUnknownOnlyWithAGenerator) {
    const Project plain(myst({{"docs/a.md", ""}}));
    EXPECT_EQ(plain.link("docs/a.md", "generated/x").site.state, Found::missing);
    const Project summary(myst({{"docs/a.md", "```{autosummary}\n:toctree: generated\nx\n```\n"}},
                               "extensions += ['sphinx.ext.autosummary']\n"));
    EXPECT_EQ(summary.link("docs/a.md", "generated/x").site.state, Found::unknown);
    EXPECT_EQ(summary.link("docs/a.md", "other/x").site.state, Found::missing);
}

TEST(Site, DocumentsAndToctreeEntries) {
    const Project project(myst({{"docs/sub/a.md", ""}, {"docs/sub/b.md", ""}, {"docs/c.md", ""}}));
    const FileId from = project.id("docs/sub/a.md");
    EXPECT_EQ(project.index->resolve_document(from, "b", false, false).state, Found::found);
    EXPECT_EQ(project.index->resolve_document(from, "/c", false, false).state, Found::found);
    EXPECT_EQ(project.index->resolve_document(from, "b.md", false, false).state, Found::missing);
    EXPECT_EQ(project.index->resolve_document(from, "b.md", true, false).state, Found::found)
        << "a toctree allows it";
    EXPECT_EQ(project.index->resolve_document(from, "*", true, true).state, Found::found);
    EXPECT_EQ(project.index->resolve_document(from, "x*", true, true).state, Found::missing);
    EXPECT_EQ(project.index->resolve_document(from, "*", true, false).state, Found::missing)
        << "no :glob:";
}

TEST(Anchors, OfGithub) {
    const Project project(Files{
        {"a.md", "# Set up\n\n## Set up\n\n<a name=\"old\"></a>\n"}, {"b.md", ""}, {"c.py", ""}});
    for (const char* target :
         {"a.md#set-up", "a.md#set-up-1", "a.md#old", "a.md#user-content-old", "a.md#"}) {
        EXPECT_NE(project.anchor("b.md", target).repository.state, Found::missing) << target;
    }
    EXPECT_EQ(project.anchor("b.md", "a.md#set-up-2").repository.state, Found::missing);
    EXPECT_EQ(project.anchor("b.md", "a.md#L10").repository.state, Found::unknown);
    EXPECT_EQ(project.anchor("b.md", "c.py#L10").repository.state, Found::unknown);
}

TEST(Anchors, OfAFolderAreThoseOfItsReadme) {
    const Project project(Files{{"x/README.md", "# Usage\n"}, {"a.md", ""}});
    EXPECT_EQ(project.anchor("a.md", "x#usage").repository.state, Found::found);
    EXPECT_EQ(project.anchor("a.md", "x/#gone").repository.state, Found::missing);
}

TEST(Anchors, OfMystDependOnTheDepth) {
    const std::string page = "# One\n\n## Two, too\n\n### Three\n\n(label)=\n## Four\n";
    const Project project(
        myst({{"docs/a.md", page}, {"docs/b.md", ""}}, "myst_heading_anchors = 2\n"));
    for (const char* target : {"a.md#one", "a.md#two-too", "a.md#label", "a.md#three"}) {
        EXPECT_EQ(project.anchor("docs/b.md", target).site.state, Found::found) << target;
    }
    EXPECT_EQ(project.anchor("docs/b.md", "a.md#three").site.why, kSectionId)
        << "below the depth: by its section id";
    EXPECT_EQ(project.anchor("docs/b.md", "a.md#Three").site.state, Found::missing);
    EXPECT_EQ(project.anchor("docs/b.md", "#label").site.state, Found::found)
        << "labels are the whole site's";
    EXPECT_EQ(project.anchor("docs/b.md", "#LABEL").site.state, Found::found)
        << "and their case is folded";
    EXPECT_EQ(project.anchor("docs/b.md", "#one").site.state, Found::missing)
        << "headings are their page's";
}

TEST(Anchors, OfIncludedPagesCountForTheIncluder) {
    const Project project(myst({{"docs/a.md", "```{include} part.md\n```\n"},
                                {"docs/part.md", "# Part\n"},
                                {"docs/b.md", ""}}));
    EXPECT_EQ(project.anchor("docs/b.md", "a.md#part").site.state, Found::found);
    EXPECT_EQ(project.anchor("docs/b.md", "a.md#gone").site.state, Found::missing);
}

TEST(Anchors, OfPagesWithRestructuredTextAreOpen) {
    const Project project(
        myst({{"docs/a.md", "# A\n\n```{eval-rst}\n.. autoclass:: x\n```\n"}, {"docs/b.md", ""}}));
    EXPECT_EQ(project.anchor("docs/b.md", "a.md#x").site.state, Found::unknown);
}

TEST(Anchors, IncludeCyclesEnd) {
    const Project project(myst(
        {{"docs/a.md", "```{include} b.md\n```\n"}, {"docs/b.md", "```{include} a.md\n```\n"}}));
    EXPECT_EQ(project.anchor("docs/a.md", "#x").site.state, Found::missing);
}

constexpr const char* kRepository =
    "version: 1\nproject: {repository: {url: \"https://github.com/o/r\", branch: main}}\n";

TEST(Paths, OfAPageUnderASecondNameAreReadFromThereToo) {
    Project project(
        Files{{"src/rules/yaml.md", ""}, {"docs/rules/yaml.md", ""}, {"docs/autofix.md", ""}});
    const auto state = [&](const char* target) {
        return project.link("src/rules/yaml.md", target).repository.state;
    };
    EXPECT_EQ(state("../autofix.md"), Found::missing);
    project.session->tree.set_second_names({{"src/rules/yaml.md", "docs/rules/yaml.md"}});
    EXPECT_EQ(state("../autofix.md"), Found::unknown);
    EXPECT_EQ(state("../gone.md"), Found::missing);
}

TEST(RepositoryUrls, OfTheDefaultBranchAreChecked) {
    const Project project(Files{{"a.md", ""}, {"src/x.py", ""}}, kRepository);
    const auto state = [&](const char* url) {
        return project.index->resolve_repository_url(url).state;
    };
    EXPECT_EQ(state("https://github.com/o/r/blob/main/src/x.py"), Found::found);
    EXPECT_EQ(state("https://github.com/O/R/tree/main/src"), Found::found) << "owners fold case";
    EXPECT_EQ(state("https://raw.githubusercontent.com/o/r/main/src/x.py"), Found::found);
    EXPECT_EQ(state("https://raw.githubusercontent.com/o/r/refs/heads/main/src/x.py"),
              Found::found);
    EXPECT_EQ(state("https://github.com/o/r/edit/main/a.md"), Found::found);
    EXPECT_EQ(state("https://github.com/o/r/blob/main/gone.py"), Found::missing);
    EXPECT_EQ(state("https://github.com/o/r/blob/v1/gone.py"), Found::unknown);
    EXPECT_EQ(state("https://github.com/o/r/issues/1"), Found::not_applicable);
    EXPECT_EQ(state("https://github.com/o/other/blob/main/gone.py"), Found::not_applicable);
    EXPECT_EQ(state("https://github.com/o/r/blob/main/{name}.py"), Found::unknown);
}

TEST(RepositoryUrls, OfAFormerOwnerAreChecked) {
    const Project project(
        Files{{"a.md", ""},
              {"pyproject.toml", "[project.urls]\nRepository = \"https://github.com/p/r\"\n"}},
        kRepository);
    const auto state = [&](const char* url) {
        return project.index->resolve_repository_url(url).state;
    };
    EXPECT_EQ(state("https://github.com/p/r/blob/main/a.md"), Found::found);
    EXPECT_EQ(state("https://github.com/P/r/blob/main/gone.py"), Found::missing);
    EXPECT_EQ(state("https://github.com/q/r/blob/main/gone.py"), Found::not_applicable);
}

TEST(RepositoryUrls, LinesBeyondTheEndAreMissing) {
    const Project project(Files{{"a.md", ""}, {"src/x.py", ""}}, kRepository);
    const auto state = [&](const std::string& lines) {
        return project.index
            ->resolve_repository_url("https://github.com/o/r/blob/main/src/x.py#" + lines)
            .state;
    };
    EXPECT_EQ(state("L10"), Found::found);
    EXPECT_EQ(state("L2-L10"), Found::found);
    EXPECT_EQ(state("L11"), Found::missing);
    EXPECT_EQ(state("L2-L11"), Found::missing);
    EXPECT_EQ(state("L2-11"), Found::missing);
    EXPECT_EQ(state("L3C1-L4C2"), Found::found);
    EXPECT_EQ(state("some-heading"), Found::found) << "no line";
}

TEST(Redirects, AreFoundByEverySpelling) {
    const Project project(
        myst({{"docs/sub/a.md", ""}},
             "extensions += ['sphinx_reredirects']\nredirects = {'old': 'new.html'}\n"));
    const FileId from = project.id("docs/sub/a.md");
    for (const char* target : {"../old.html", "/old", "../old.md", "../old#x"}) {
        EXPECT_EQ(project.index->redirect_of(from, target), "new.html") << target;
    }
    EXPECT_EQ(project.index->redirect_of(from, "old.html"), "");
    EXPECT_EQ(project.index->redirect_of(from, "https://a.org/old.html"), "");
}

TEST(Suggestions, PreferTheOnlyFileOfThatNameThenTheNearestOne) {
    const Project project(Files{{"a/x.md", ""},
                                {"guide.md", ""},
                                {"b/start.md", ""},
                                {"b/c/start.md", ""},
                                {"README.md", ""}});
    const FileId from = project.id("a/x.md");
    EXPECT_EQ(project.index->suggest_path(from, "a/guide.md", "guide.md"), "../guide.md");
    EXPECT_EQ(project.index->suggest_path(from, "a/start.md", "start.md"), "../b/start.md");
    EXPECT_EQ(project.index->suggest_path(from, "guides.md", "../guides.md"), "../guide.md")
        << "a near name";
    EXPECT_EQ(project.index->suggest_path(from, "a/README.md", "README.md"), "")
        << "too common a name";
}

TEST(Templates, AreNotJudged) {
    const Project project(myst({{"docs/template/page.md", ""}}));
    EXPECT_EQ(project.link("docs/template/page.md", "gone.md").site.state, Found::unknown);
}

TEST(Jekyll, StaticFilesAreCheckedAndRoutesAreNot) {
    const Project project(Files{{"_config.yml", "title: x\nbaseurl: /blog\n"},
                                {"_posts/2025-01-01-a.md", "---\nlayout: post\n---\n"},
                                {"assets/a.png", ""}});
    EXPECT_EQ(project.link("_posts/2025-01-01-a.md", "/assets/a.png").site.state, Found::found);
    EXPECT_EQ(project.link("_posts/2025-01-01-a.md", "/blog/assets/a.png").site.state,
              Found::found);
    EXPECT_EQ(project.link("_posts/2025-01-01-a.md", "/assets/b.png").site.state, Found::missing);
    EXPECT_EQ(project.link("_posts/2025-01-01-a.md", "/about/").site.state, Found::unknown);
}

TEST(OwnSite, PagesAndAnchorsOfMkdocs) {
    const Project project(Files{{"mkdocs.yml", "site_name: X\nsite_url: https://x.org/d/\n"},
                                {"docs/index.md", "# X\n"},
                                {"docs/a/b.md", "# B\n\n## C\n"}});
    const auto state = [&](const char* url) { return project.index->resolve_own_url(url).state; };
    EXPECT_EQ(state("https://x.org/d/a/b/"), Found::found);
    EXPECT_EQ(state("https://x.org/d/a/b/#c"), Found::found);
    EXPECT_EQ(state("https://x.org/d/a/b/#z"), Found::missing);
    EXPECT_EQ(state("https://x.org/d/gone/"), Found::missing);
    EXPECT_EQ(state("https://x.org/d/"), Found::unknown);
    EXPECT_EQ(state("https://x.org/other"), Found::not_applicable);
}

}  // namespace
}  // namespace docathon
