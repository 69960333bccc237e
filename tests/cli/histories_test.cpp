// What is new, fixed and remaining over scripted histories: exact sets for each.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

namespace docathon::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Json = nlohmann::json;
using Set = std::vector<std::string>;

/// A repository that is written commit by commit.
class History {
  public:
    History() {
        git({"init", "-q", "-b", "main"});
        git({"config", "user.name", "a"});
        git({"config", "user.email", "a@example.org"});
        git({"config", "core.autocrlf", "false"});
    }

    void git(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), "git");
        const Outcome run = box.run(arguments);
        ASSERT_EQ(run.code, 0) << run.err;
    }
    void write(std::string_view path, std::string_view text) const { box.write(path, text); }
    void commit(std::string_view message = "change") const {
        git({"add", "-A"});
        git({"commit", "-q", "--allow-empty", "-m", std::string(message)});
    }

    Sandbox box;
};

struct Sets {
    Set added;
    Set fixed;
    Set remaining;
    int code = 0;
    Json json;
};

Set findings_of(const Json& list) {
    Set found;
    for (const Json& one : list) {
        found.push_back(one["path"].get<std::string>() + ":" +
                        std::to_string(one["line"].get<int>()) + " " +
                        one["subject"].get<std::string>());
    }
    return found;
}

Sets compare(const Sandbox& box, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"compare", "--format", "json"});
    const Outcome run = box.lint(arguments);
    Sets sets;
    sets.code = run.code;
    if (run.code == 2) {
        ADD_FAILURE() << run.err;
        return sets;
    }
    sets.json = Json::parse(run.out);
    sets.added = findings_of(sets.json["new"]);
    sets.fixed = findings_of(sets.json["fixed"]);
    sets.remaining = findings_of(sets.json["remaining"]);
    return sets;
}

void expect(const Sets& sets, const Set& added, const Set& fixed, const Set& remaining) {
    EXPECT_EQ(sets.added, added);
    EXPECT_EQ(sets.fixed, fixed);
    EXPECT_EQ(sets.remaining, remaining);
    EXPECT_EQ(sets.code, added.empty() ? 0 : 1);
}

std::string message_of(const Sets& sets, std::size_t i = 0) {
    return sets.json["new"].size() > i ? sets.json["new"][i]["message"].get<std::string>() : "";
}

TEST(Histories, RenamedHeadingBreaksLinksInOtherFiles) {
    const History history;
    history.write("install.md", "# Install\n\n## Set up\n\n## Run\n");
    history.write("guide.md", "# G\n\n[a](install.md#set-up) [b](gone.md)\n");
    history.commit();
    history.write("install.md", "# Install\n\n## Prepare\n\n## Run\n");
    history.commit();
    const Sets sets = compare(history.box, {"HEAD^"});
    expect(sets, {"guide.md:3 install.md#set-up"}, {}, {"guide.md:3 gone.md"});
    EXPECT_THAT(message_of(sets), HasSubstr("(this change renamed the heading 'Set up' to "
                                            "'Prepare', install.md:3)"));
    // A heading that is gone was not renamed.
    history.write("install.md", "# Install\n\n## Run\n");
    const Sets removed = compare(history.box, {"HEAD^"});
    EXPECT_THAT(message_of(removed),
                HasSubstr("(this change removed the heading 'Set up' of 'install.md')"));
}

TEST(Histories, RulesThatAreSummedUpListWhatIsNew) {
    const History history;
    history.write("pkg/__init__.py", "def old():\n    pass\n");
    history.commit();
    history.git({"branch", "base"});
    history.write("pkg/__init__.py", "import os\n\ndef old():\n    pass\n\ndef new():\n    pass\n");
    history.commit();
    expect(compare(history.box, {"base"}), {"pkg/__init__.py:6 pkg.new"}, {}, {});
    const Outcome since = history.box.lint({"--since", "base"});
    EXPECT_EQ(since.code, 1);
    EXPECT_EQ(since.out,
              "pkg/__init__.py:6:5: warning: public function 'pkg.new' has no docstring "
              "[api/missing-docstring]\n");
    EXPECT_THAT(since.err, HasSubstr("1 new, 0 fixed, 0 already there"));
    EXPECT_EQ(history.box.lint({}).out, "");
    // A baseline does not hold what is not listed.
    EXPECT_THAT(history.box.lint({"baseline", "create"}).out, HasSubstr("0 findings accepted"));
}

TEST(Histories, RenamedPage) {
    const History history;
    history.write("a.md", "# A\n\nfirst\n\nsecond\n\n[x](gone.md)\n");
    history.write("b.md", "# B\n\n[a](a.md)\n");
    history.commit();
    history.git({"mv", "a.md", "new.md"});
    history.commit();
    Sets sets = compare(history.box, {"HEAD^"});
    expect(sets, {"b.md:3 a.md"}, {}, {"new.md:7 gone.md"});
    EXPECT_THAT(message_of(sets), HasSubstr("(this change moved 'a.md' to 'new.md')"));
    // Renamed and changed: the defect of the page stays the old one, wherever its line is now.
    history.write("new.md", "# A\n\nnew line\n\nfirst\n\nsecond\n\n[x](gone.md)\n");
    history.write("b.md", "# B\n\n[a](new.md)\n");
    sets = compare(history.box, {"HEAD^"});
    expect(sets, {}, {}, {"new.md:9 gone.md"});
}

TEST(Histories, DeletedPage) {
    const History history;
    history.write("a.md", "# A\n\n[x](gone.md)\n");
    history.write("b.md", "# B\n\n[a](a.md)\n\nNew: [c](typo.md)\n");
    history.commit();
    history.box.remove("a.md");
    history.commit();
    const Sets sets = compare(history.box, {"HEAD^", "HEAD"});
    expect(sets, {"b.md:3 a.md"}, {"a.md:3 gone.md"}, {"b.md:5 typo.md"});
    EXPECT_THAT(message_of(sets), HasSubstr("(this change removed 'a.md')"));
}

TEST(Histories, NewLineSpeaksForItself) {
    const History history;
    history.write("a.md", "# A\n");
    history.write("b.md", "# B\n");
    history.commit();
    history.box.remove("a.md");
    history.write("b.md", "# B\n\n[a](a.md)\n");
    const Sets sets = compare(history.box, {"HEAD"});
    expect(sets, {"b.md:3 a.md"}, {}, {});
    EXPECT_THAT(message_of(sets), Not(HasSubstr("this change")));
}

TEST(Histories, MovedPageWithAndWithoutRedirect) {
    const History history;
    history.write(".docathon-lint.yaml", "version: 1\nrules: {links/missing-redirect: on}\n");
    const std::string conf = "extensions = ['myst_parser', 'sphinx_reredirects']\n";
    history.write("docs/conf.py", conf + "redirects = {}\n");
    history.write("docs/index.md", "# I\n\n[a](old.md)\n\n```{toctree}\nold\n```\n");
    history.write("docs/old.md", "# Old\n\nText of the page.\n");
    history.commit();
    history.git({"mv", "docs/old.md", "docs/new.md"});
    const Sets without = compare(history.box, {"HEAD"});
    // The link, the toctree entry and the address.
    EXPECT_EQ(without.added,
              (Set{"docs/conf.py:2 old", "docs/index.md:3 old.md", "docs/index.md:6 old"}));
    EXPECT_EQ(message_of(without),
              "this change takes away the page 'old', and nothing redirects its address; say here "
              "where its readers should go (this change moved 'docs/old.md' to 'docs/new.md')");
    EXPECT_THAT(message_of(without, 1), HasSubstr("moved 'docs/old.md' to 'docs/new.md'"));
    history.write("docs/index.md", "# I\n\n[a](new.md)\n\n```{toctree}\nnew\n```\n");
    history.write("docs/conf.py", conf + "redirects = {'old': 'new.html'}\n");
    expect(compare(history.box, {"HEAD"}), {}, {}, {});
}

TEST(Histories, RedirectOfAMovedPage) {
    const History history;
    const auto conf = [](const std::string& redirects) {
        return "extensions = ['sphinx_reredirects']\n\nredirects = {" + redirects + "}\n";
    };
    history.write(".docathon-lint.yaml", "version: 1\nrules: {links/missing-redirect: on}\n");
    history.write("docs/conf.py", conf(""));
    history.write("docs/index.rst", "Index\n=====\n\n.. toctree::\n   :glob:\n\n   **\n");
    history.write("docs/a/old.rst", "Old\n===\n");
    history.write("docs/a/gone.rst", "Gone\n====\n");
    history.write("docs/a/same.md", "Same\n====\n");
    history.commit();
    history.git({"mv", "docs/a/old.rst", "docs/old.rst"});
    history.git({"rm", "-q", "docs/a/gone.rst"});
    history.git({"mv", "docs/a/same.md", "docs/a/same.rst"});
    const Outcome run = history.box.lint({"--since", "HEAD", "--format", "json"});
    const Json findings = Json::parse(run.out)["findings"];
    ASSERT_EQ(findings.size(), 2U) << run.out;
    EXPECT_EQ(findings[0]["subject"], "a/gone");
    EXPECT_EQ(findings[0]["line"], 3);
    EXPECT_THAT(findings[1]["message"].get<std::string>(),
                HasSubstr("takes away the page 'a/old', and nothing redirects its address; it may "
                          "be 'old' now"));
    history.write("docs/conf.py", conf("'a/old': '../old.html', 'a/gone': '../old.html'"));
    EXPECT_EQ(history.box.lint({"--since", "HEAD"}).code, 0);
    // Where redirects are kept at all, the site may be served with others.
    history.write("docs/conf.py", "extensions = []\n");
    EXPECT_EQ(history.box.lint({"--since", "HEAD"}).code, 0);
}

TEST(Histories, ConversionOfAPage) {
    const History history;
    history.write("docs/conf.py", "extensions = ['myst_parser']\n");
    history.write("docs/index.md", "# I\n\n[a](setup.rst)\n");
    history.write("docs/setup.rst", ".. _setup:\n\nSetup\n=====\n\nText\n");
    history.commit();
    history.box.remove("docs/setup.rst");
    history.write("docs/setup.md", "# Setup\n\nText\n");
    expect(compare(history.box, {"HEAD"}), {"docs/index.md:3 setup.rst"}, {}, {});
    history.write("docs/index.md", "# I\n\n[a](setup.md)\n");
    expect(compare(history.box, {"HEAD"}), {}, {}, {});
}

TEST(Histories, ConversionCarriesWhatWasThereAndShowsWhatItLost) {
    const History history;
    history.write("docs/conf.py", "extensions = ['myst_parser']\n");
    history.write("docs/index.md", "# I\n\n```{toctree}\nsetup\n```\n\n[x](setup.rst)\n");
    history.write("docs/setup.rst",
                  ".. _setup-label:\n\nSetup\n=====\n\nSome text.\n\n.. image:: lost.png\n");
    history.commit();
    history.box.remove("docs/setup.rst");
    // The image was dead before; a link was forgotten, and some reST was left as it was.
    history.write("docs/setup.md",
                  "# Setup\n\nOther words altogether, ![a picture](lost.png)\n\n"
                  ".. note::\n\n   left over\n");
    const Sets sets = compare(history.box, {"HEAD"});
    EXPECT_EQ(sets.remaining, Set{"docs/setup.md:3 lost.png"});
    EXPECT_EQ(sets.added.size(), 2U);
    EXPECT_THAT(sets.added, ::testing::Contains("docs/index.md:7 setup.rst"));
    EXPECT_THAT(sets.added, ::testing::Contains(::testing::StartsWith("docs/setup.md:5")));
    EXPECT_THAT(sets.fixed, IsEmpty());
}

TEST(Histories, MergeBaseAndNotTheTip) {
    const History history;
    history.write("a.md", "# A\n\n[x](gone.md)\n");
    history.commit();
    history.git({"checkout", "-q", "-b", "topic"});
    history.write("b.md", "# B\n\n[y](typo.md)\n");
    history.commit();
    history.git({"checkout", "-q", "main"});
    history.write("a.md", "# A\n\nrepaired on main\n");
    history.write("c.md", "# C\n\n[z](bad.md)\n");
    history.commit();
    history.git({"checkout", "-q", "topic"});
    // What happened on main meanwhile is neither new nor fixed here.
    expect(compare(history.box, {"main"}), {"b.md:3 typo.md"}, {}, {"a.md:3 gone.md"});
    const Outcome check = history.box.lint({"--since", "main"});
    EXPECT_EQ(check.code, 1);
    EXPECT_EQ(lines_of(check.out).size(), 1U) << check.out;
    EXPECT_THAT(check.err,
                HasSubstr("1 new, 0 fixed, 1 already there (shown without --since). Base "));
    EXPECT_THAT(check.err, HasSubstr("(merge base with main)."));
    // After a rebase it begins from the new main.
    history.git({"rebase", "-q", "main"});
    expect(compare(history.box, {"main"}), {"b.md:3 typo.md"}, {}, {"c.md:3 bad.md"});
}

TEST(Histories, MergeCommit) {
    const History history;
    history.write("a.md", "# A\n");
    history.commit();
    history.git({"checkout", "-q", "-b", "topic"});
    history.write("b.md", "# B\n\n[y](typo.md)\n");
    history.commit();
    history.git({"checkout", "-q", "main"});
    history.write("a.md", "# A\n\n[x](gone.md)\n");
    history.commit();
    history.git({"merge", "-q", "--no-ff", "-m", "merge", "topic"});
    expect(compare(history.box, {"HEAD^1", "HEAD"}), {"b.md:3 typo.md"}, {}, {"a.md:3 gone.md"});
    expect(compare(history.box, {"HEAD^2", "HEAD"}), {"a.md:3 gone.md"}, {}, {"b.md:3 typo.md"});
    // As GitHub's pull request runs see it: the base branch is the first parent.
    const Outcome github =
        history.box.lint({"--since", "auto"}, {.environment = {{"GITHUB_BASE_REF", "main"}}});
    EXPECT_THAT(github.out, HasSubstr("b.md:3:"));
    EXPECT_THAT(github.out, Not(HasSubstr("a.md")));
    EXPECT_THAT(github.err, HasSubstr("(HEAD^1)."));
}

TEST(Histories, InPreCommit) {
    const History history;
    history.write("a.md", "# A\n\n[x](gone.md) [b](b.md)\n");
    history.write("b.md", "# B\n");
    history.commit();
    const std::vector<std::string> hook = {"--staged", "--since", "auto"};
    const RunOptions commit = {.environment = {{"PRE_COMMIT", "1"}}};
    // Nothing is staged, as when only the message of a commit is mended: nothing is new.
    EXPECT_EQ(history.box.lint(hook, commit).code, 0);
    // A commit that only removes a page breaks what links to it.
    history.git({"rm", "-q", "b.md"});
    const Outcome removed = history.box.lint(hook, commit);
    EXPECT_EQ(removed.code, 1);
    EXPECT_THAT(removed.out, ::testing::StartsWith("a.md:3:18: error: no file 'b.md'"));
    EXPECT_THAT(removed.out, HasSubstr("(this change removed 'b.md')"));
    EXPECT_EQ(lines_of(removed.out).size(), 1U) << removed.out;
    // `pre-commit run --from-ref A` says where the change begins, whatever the CI says.
    history.git({"commit", "-q", "-m", "without b"});
    EXPECT_EQ(history.box.lint(hook, commit).code, 0);
    const RunOptions refs = {.environment = {{"PRE_COMMIT", "1"},
                                             {"PRE_COMMIT_FROM_REF", "HEAD~1"},
                                             {"GITHUB_BASE_REF", "main"}}};
    EXPECT_EQ(history.box.lint(hook, refs).out, removed.out);
}

TEST(Histories, ShallowClones) {
    const History history;
    history.write("a.md", "# A\n\n[x](gone.md)\n");
    history.commit();
    history.write("b.md", "# B\n\n[y](typo.md)\n");
    history.commit();
    const std::string url = "file://" + history.box.path();
    const Sandbox one;
    ASSERT_EQ(one.run({"git", "clone", "-q", "--depth", "1", url, "clone"}).code, 0);
    const Outcome shallow =
        one.run({std::string(DOCATHON_BINARY), "--since", "HEAD^1", one.path("clone")});
    EXPECT_EQ(shallow.code, 1);
    EXPECT_EQ(lines_of(shallow.out).size(), 2U) << shallow.out;
    EXPECT_THAT(shallow.err, HasSubstr("this clone is shallow (actions/checkout: fetch-depth: 0); "
                                       "all findings are printed"));
    const Sandbox two;
    ASSERT_EQ(two.run({"git", "clone", "-q", "--depth", "2", url, "clone"}).code, 0);
    const Outcome enough =
        two.run({std::string(DOCATHON_BINARY), "--since", "HEAD^1", two.path("clone")});
    EXPECT_EQ(lines_of(enough.out).size(), 1U) << enough.out << enough.err;
    EXPECT_THAT(enough.out, HasSubstr("b.md:3:"));
    // compare has nothing to show without a base.
    const Outcome refused =
        one.run({"sh", "-c", "cd clone && " + std::string(DOCATHON_BINARY) + " compare HEAD^1"});
    EXPECT_EQ(refused.code, 2);
    EXPECT_THAT(refused.err, HasSubstr("this clone is shallow"));
}

TEST(Histories, PartialClone) {
    const History history;
    history.write("a.md", "# A\n\n[x](gone.md)\n");
    history.write("b.md", "# B\n");
    history.commit();
    history.write("b.md", "# B\n\n[y](typo.md)\n");
    history.commit();
    history.git({"config", "uploadpack.allowFilter", "true"});
    const Sandbox box;
    ASSERT_EQ(box.run({"git", "clone", "-q", "--filter=blob:none", "file://" + history.box.path(),
                       "clone"})
                  .code,
              0);
    const Outcome run =
        box.run({std::string(DOCATHON_BINARY), "--since", "HEAD^", box.path("clone")});
    EXPECT_EQ(lines_of(run.out).size(), 1U) << run.out << run.err;
    EXPECT_THAT(run.out, HasSubstr("b.md:3:"));
    EXPECT_THAT(run.err, HasSubstr("not in this clone (partial clone); all findings of the changed "
                                   "files are printed"));
}

TEST(Histories, NoMergeBaseAndUnknownNames) {
    const History history;
    history.write("a.md", "# A\n\n[x](gone.md)\n");
    history.commit();
    history.git({"checkout", "-q", "--orphan", "other"});
    history.commit("a root of its own");
    const Outcome run = history.box.lint({"--since", "main"});
    EXPECT_EQ(run.code, 1);
    EXPECT_THAT(run.err, HasSubstr("the two commits have no common ancestor here; all findings are "
                                   "printed"));
    EXPECT_EQ(history.box.lint({"compare", "main"}).code, 2);
    for (const char* name : {"nope", "--exec=x", "HEAD:a.md", ""}) {
        const Outcome wrong = history.box.lint({"--since", name});
        EXPECT_EQ(wrong.code, 2) << name;
    }
    EXPECT_THAT(history.box.lint({"--since", "nope"}).err,
                HasSubstr("'nope' names no commit here"));
}

TEST(Histories, NoCommitAndNoRepository) {
    const Sandbox plain;
    plain.write("a.md", kDeadLink);
    EXPECT_EQ(plain.lint({"--since", "HEAD"}).code, 2);
    EXPECT_EQ(plain.lint({"compare", "HEAD"}).code, 2);
    ASSERT_EQ(plain.run({"git", "init", "-q"}).code, 0);
    const Outcome run = plain.lint({"--since", "HEAD"});
    EXPECT_EQ(run.code, 1);
    EXPECT_THAT(run.err, HasSubstr("there is no commit yet; all findings are printed"));
    EXPECT_EQ(plain.lint({"--staged"}).code, 0);  // nothing is staged
}

TEST(Histories, LineEndsAreNoChange) {
    const History history;
    history.write("a.md", "# A\n\n[x](gone.md) and\n[y](typo.md)\n");
    history.commit();
    history.write("a.md", "# A\r\n\r\n[x](gone.md) and\r\n[y](typo.md)\r\n");
    expect(compare(history.box, {"HEAD"}), {}, {}, {"a.md:3 gone.md", "a.md:4 typo.md"});
}

TEST(Histories, CopiedDefectIsNewOnce) {
    const History history;
    history.write("a.md", "# A\n\n[x](gone.md)\n");
    history.commit();
    history.write("b.md", "# B\n\n[x](gone.md)\n");
    expect(compare(history.box, {"HEAD"}), {"b.md:3 gone.md"}, {}, {"a.md:3 gone.md"});
    // Text that moves to another file takes its defect along.
    history.write("a.md", "# A\n");
    expect(compare(history.box, {"HEAD"}), {}, {}, {"b.md:3 gone.md"});
}

TEST(Histories, RevertedFix) {
    const History history;
    history.write("a.md", "# A\n\n[x](gone.md)\n");
    history.commit();
    history.write("a.md", "# A\n\n[x](a.md)\n");
    history.commit();
    expect(compare(history.box, {"HEAD^", "HEAD"}), {}, {"a.md:3 gone.md"}, {});
    history.git({"revert", "--no-edit", "HEAD"});
    expect(compare(history.box, {"HEAD^", "HEAD"}), {"a.md:3 gone.md"}, {}, {});
    expect(compare(history.box, {"HEAD~2", "HEAD"}), {}, {}, {"a.md:3 gone.md"});
}

TEST(Histories, Submodule) {
    const History sub;
    sub.write("page.md", "# P\n");
    sub.commit();
    const History history;
    history.write("a.md", "# A\n\n[p](lib/page.md)\n");
    history.commit();
    history.git(
        {"-c", "protocol.file.allow=always", "submodule", "--quiet", "add", sub.box.path(), "lib"});
    history.commit();
    // What is in a submodule is not known, so the link is not dead any more.
    expect(compare(history.box, {"HEAD^", "HEAD"}), {}, {"a.md:3 lib/page.md"}, {});
    expect(compare(history.box, {"HEAD^"}), {}, {"a.md:3 lib/page.md"}, {});
}

TEST(Histories, PartialStaging) {
    const History history;
    history.write("a.md", "# A\n");
    history.write("b.md", "# B\n");
    history.commit();
    history.write("a.md", "# A\n\n[staged](gone.md)\n");
    history.git({"add", "a.md"});
    history.write("a.md", "# A\n\nrepaired, but not staged\n");
    history.write("b.md", "# B\n\n[not staged](typo.md)\n");
    history.write("c.md", "# C\n\n[untracked](bad.md)\n");
    const Outcome staged = history.box.lint({"--staged", "--since", "HEAD"});
    EXPECT_EQ(staged.code, 1);
    EXPECT_EQ(lines_of(staged.out).size(), 1U) << staged.out;
    EXPECT_THAT(staged.out, HasSubstr("a.md:3:10: error: no file 'gone.md'"));
    EXPECT_THAT(history.box.lint({"--since", "HEAD"}).out, Not(HasSubstr("a.md")));
    EXPECT_EQ(lines_of(history.box.lint({"--since", "HEAD"}).out).size(), 2U);
    // A page whose removal is staged is not there, though it is on disk.
    history.write("a.md", "# A\n\n[b](b.md)\n");
    history.git({"add", "a.md"});
    history.git({"rm", "-q", "--cached", "b.md"});
    EXPECT_THAT(history.box.lint({"--staged", "--since", "HEAD"}).out, HasSubstr("no file 'b.md'"));
}

TEST(Histories, StagedSymbolicLinksAndFolders) {
    const History history;
    history.write("docs/a.md", "# A\n\n[b](../alias.md#b) [c](linked/c.md) [d](gone.md)\n");
    history.write("b.md", "# B\n");
    history.write("real/c.md", "# C\n");
    history.box.link("b.md", "alias.md");
    history.box.link("../real", "docs/linked");
    history.commit();
    const Outcome disk = history.box.lint({});
    const Outcome staged = history.box.lint({"--staged"});
    EXPECT_EQ(staged.out, disk.out);
    EXPECT_EQ(lines_of(staged.out).size(), 1U) << staged.out;
}

TEST(Histories, ChangedRulesAreNoNewFindings) {
    const History history;
    history.write("a.md", "# A\n\n[x](gone.md)\n");
    history.write(".docathon-lint.yaml", "version: 1\nrules: {links/missing-target: off}\n");
    history.commit();
    history.write(".docathon-lint.yaml", "version: 1\n");
    expect(compare(history.box, {"HEAD"}), {}, {}, {"a.md:3 gone.md"});
}

TEST(Histories, Worktree) {
    const History history;
    history.write("a.md", "# A\n\n[x](gone.md)\n");
    history.commit();
    history.git({"worktree", "add", "-q", "wt", "-b", "topic"});
    history.write("wt/b.md", "# B\n\n[y](typo.md)\n");
    const Outcome run =
        history.box.run({"sh", "-c", "cd wt && " + std::string(DOCATHON_BINARY) + " --since main"});
    EXPECT_EQ(lines_of(run.out).size(), 1U) << run.out << run.err;
    EXPECT_THAT(run.out, HasSubstr("b.md:3:"));
}

TEST(Histories, PathsChooseWhatIsCompared) {
    const History history;
    history.write("docs/a.md", "# A\n\n[x](gone.md)\n");
    history.write("b.md", "# B\n\n[y](typo.md)\n");
    history.commit();
    history.write("docs/a.md", "# A\n\n[z](bad.md)\n");
    history.write("b.md", "# B\n\n[y](other.md)\n");
    const Outcome run = history.box.lint({"--since", "HEAD", "docs"});
    EXPECT_EQ(lines_of(run.out).size(), 1U) << run.out;
    EXPECT_THAT(run.err, HasSubstr("1 new, 1 fixed, 0 already there"));
}

TEST(Histories, SarifSaysWhatIsNew) {
    const History history;
    history.write("a.md", "# A\n\n[x](gone.md)\n\n[x](two.md)\n");
    history.write("b.md", "# B\n\n[x](stays.md)\n");
    history.commit();
    history.write("a.md", "# A\n\nmore\n\n[x](gone.md)\n\n[y](three.md)\n");
    const auto states = [&](const std::vector<std::string>& flags) {
        std::vector<std::string> all = {"--format", "sarif"};
        all.insert(all.end(), flags.begin(), flags.end());
        Set seen;
        const Json log = Json::parse(history.box.lint(all).out);
        for (const Json& one : log["runs"][0]["results"]) {
            const std::string message = one["message"]["text"];
            seen.push_back(message.substr(0, message.find(';')) + " " +
                           one.value("baselineState", "none"));
        }
        return seen;
    };
    EXPECT_EQ(states({"--since", "HEAD"}),
              (Set{"no file 'gone.md' updated", "no file 'three.md' new",
                   "no file 'stays.md' unchanged"}));
    EXPECT_EQ(states({}), (Set{"no file 'gone.md' none", "no file 'three.md' none",
                               "no file 'stays.md' none"}));
}

TEST(Histories, SarifHasAllFindings) {
    const History history;
    history.write("a.md", "# A\n\n[x](gone.md)\n");
    history.commit();
    history.write("b.md", "# B\n\n[y](typo.md)\n");
    const Outcome run =
        history.box.lint({"--since", "HEAD", "--format", "jsonl", "--output", "sarif=x.sarif"});
    EXPECT_EQ(count_of(run.out, "\"type\":\"finding\""), 1U);
    EXPECT_EQ(Json::parse(history.box.read("x.sarif"))["runs"][0]["results"].size(), 2U);
}

TEST(Histories, BaselineAndSinceTogether) {
    const History history;
    history.write("a.md", "# A\n\n[x](gone.md)\n");
    history.commit();
    EXPECT_EQ(history.box.lint({"baseline", "create"}).code, 0);
    history.commit();
    history.write("b.md", "# B\n\n[y](typo.md)\n");
    const Outcome run = history.box.lint({"--since", "HEAD"});
    EXPECT_THAT(run.err, HasSubstr("1 new, 0 fixed, 0 already there"));
}

TEST(Histories, TextAndMarkdown) {
    const History history;
    history.write("a.md", "# A\n\n[x](gone.md) [y](typo.md)\n");
    history.commit();
    history.write("a.md", "# A\n\n[x](gone.md) [z](bad|.md)\n");
    const Outcome text = history.box.lint({"compare", "HEAD"});
    EXPECT_THAT(text.out, HasSubstr("new:\na.md:3:"));
    EXPECT_THAT(text.out, HasSubstr("fixed:\na.md:3:"));
    EXPECT_THAT(text.out, HasSubstr("1 new, 1 fixed, 1 remaining. Base "));
    const Outcome tables = history.box.lint({"compare", "HEAD", "--format", "markdown"});
    EXPECT_THAT(tables.out, HasSubstr("### New (1)\n"));
    EXPECT_THAT(tables.out, HasSubstr("| `a.md:3` | error | no file 'bad\\|.md'"));
    EXPECT_EQ(history.box.lint({"compare", "HEAD", "--fail-on", "never"}).code, 0);
}

// A repository may come with a configuration that names programs: none of them is run.
TEST(Histories, HostileConfigurationRunsNothing) {
    const History history;
    history.write("a.md", "# A\n\n[x](gone.md)\n");
    history.write(".gitattributes", "*.md filter=evil diff=evil\n");
    history.commit();
    history.write("evil", "#!/bin/sh\ntouch " + history.box.path("ran") + "\ncat\n");
    ASSERT_EQ(history.box.run({"chmod", "+x", "evil"}).code, 0);
    const std::string evil = history.box.path("evil");
    for (const char* key :
         {"filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "diff.evil.command",
          "diff.evil.textconv", "diff.external", "core.fsmonitor", "core.pager", "core.sshCommand",
          "core.editor", "core.askPass", "credential.helper", "uploadpack.packObjectsHook",
          "core.gitProxy", "core.alternateRefsCommand", "gpg.program"}) {
        history.git({"config", key, evil});
    }
    history.git({"config", "core.hooksPath", history.box.path()});
    for (const char* hook : {"post-index-change", "pre-commit", "reference-transaction"})
        history.write(std::string(hook), history.box.read("evil"));
    history.box.remove("ran");
    history.write("b.md", "# B\n\n[y](typo.md)\n");
    EXPECT_EQ(history.box.lint({"--since", "HEAD"}).code, 1);
    EXPECT_EQ(history.box.lint({"--staged", "--since", "auto"}).code, 2);
    EXPECT_EQ(history.box.lint({"--staged"}).code, 1);
    EXPECT_EQ(history.box.lint({"compare", "HEAD", "HEAD"}).code, 0);
    EXPECT_FALSE(history.box.exists("ran"));
}

}  // namespace
}  // namespace docathon::testing
