// Rules of examples/ where they need a repository with a history, and `api deprecated`.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/program.h"

namespace docathon::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

void git(const Sandbox& box, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(),
                     {"git", "-c", "user.name=a", "-c", "user.email=a@example.org"});
    const Outcome run = box.run(arguments);
    ASSERT_EQ(run.code, 0) << run.err;
}

TEST(Examples, AFileThatTheHistoryKnewIsMissing) {
    const Sandbox box;
    git(box, {"init", "-q", "-b", "main"});
    box.write("examples/glue_example.py", "pass\n");
    box.write("examples/nlp_example.py", "pass\n");
    box.write("README.md",
              "```\npython examples/glue_example.py\npython examples/never_was.py\n```\n\n"
              "See `examples/glue_example.py` and `examples/never_was.py`.\n");
    git(box, {"add", "-A"});
    git(box, {"commit", "-q", "-m", "1"});
    const std::vector<std::string> check = {"check", "--select", "examples/missing-file", "."};
    EXPECT_THAT(box.lint(check).out, Not(HasSubstr("missing-file]")));
    git(box, {"rm", "-q", "examples/glue_example.py"});
    git(box, {"commit", "-q", "-m", "2"});
    const Outcome run = box.lint(check);
    EXPECT_THAT(run.out, HasSubstr("README.md:2:8: warning: the repository has no script "
                                   "'examples/glue_example.py' [examples/missing-file]"));
    EXPECT_THAT(run.out, HasSubstr("README.md:6:6: warning"));
    EXPECT_THAT(run.out, Not(HasSubstr("never_was")));
}

TEST(Examples, ApiDeprecatedPrintsWhatTheSourcesSay) {
    const Sandbox box;
    box.write("pkg/__init__.py", "from .m import f, C\n__version__ = '1.2.3+cpu'\n");
    box.write("pkg/m.py",
              "import warnings\n"
              "def f(x):\n    warnings.warn('f is deprecated since 1.1, use `g`', FutureWarning)\n"
              "def g(x): pass\n"
              "class C:\n    def __init__(self, old=None):\n        if old is not None:\n"
              "            warnings.warn('old is deprecated', DeprecationWarning)\n"
              "def gone():\n    raise RuntimeError('gone was removed')\n");
    const Outcome run = box.lint({"api", "deprecated", "pkg"});
    EXPECT_EQ(run.code, 0) << run.err;
    EXPECT_EQ(
        run.out,
        "# Harvested by `docathon-lint api deprecated`. What it cannot see is in other files.\n"
        "packages:\n"
        "  pkg: \"1.2.3\"\n"
        "deprecated:\n"
        "  - name: pkg.C\n"
        "    aliases:\n"
        "      - pkg.m.C\n"
        "    kind: class\n"
        "    argument: old\n"
        "    source: pkg/m.py:8\n"
        "  - name: pkg.f\n"
        "    aliases:\n"
        "      - pkg.m.f\n"
        "    kind: function\n"
        "    since: \"1.1\"\n"
        "    replacement: \"pkg.m.g\"\n"
        "    fix: pkg.m.g\n"
        "    source: pkg/m.py:3\n"
        "  - name: pkg.m.gone\n"
        "    kind: function\n"
        "    removed: \"1.2.3\"\n"
        "    source: pkg/m.py:10\n");
    EXPECT_EQ(box.lint({"api", "deprecated", "none"}).code, 2);
}

}  // namespace
}  // namespace docathon::testing
