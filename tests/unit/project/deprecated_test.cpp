// What sources say is deprecated, as rows; the programs, options and history of a project.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>

#include "lint/core/embedded.h"
#include "lint/core/source_file.h"
#include "lint/core/yaml.h"
#include "lint/model/example_facts.h"
#include "lint/parse/parse.h"
#include "lint/project/api/own_scripts.h"

namespace docathon {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class OwnScriptsTest : public testing::Test {
  protected:
    /// Paths as "pkg/__init__.py".
    void project(const std::map<std::string, std::string>& files,
                 std::vector<std::string> deleted = {}) {
        std::vector<FileEntry> entries;
        for (const auto& [path, text] : files)
            entries.emplace_back().path = path;
        tree_ = FileTree(std::move(entries));
        texts_.clear();
        facts_.clear();
        std::vector<ApiSource> sources;
        for (const FileEntry& file : tree_.files()) {
            const std::string& text = files.at(file.path);
            texts_.push_back(text);
            facts_.push_back(parse_file(SourceFile(0, file.path, text), Settings{}).facts);
        }
        for (FileId id = 0; id < facts_.size(); ++id) {
            if (facts_[id].python == nullptr)
                continue;
            const std::string& path = tree_.file(id).path;
            ApiSource source;
            source.path = path;
            source.file = id;
            source.facts = facts_[id].python.get();
            source.module = path.substr(0, path.rfind('.'));
            source.package = source.module.ends_with("/__init__");
            if (source.package)
                source.module.resize(source.module.rfind('/'));
            std::replace(source.module.begin(), source.module.end(), '/', '.');
            sources.push_back(std::move(source));
        }
        index_ = std::make_unique<ApiIndex>(std::move(sources));
        scripts_ = std::make_unique<OwnScripts>(OwnScriptsInput{
            index_.get(), &tree_, facts_,
            [this](FileId file) { return std::optional<std::string>(texts_[file]); }, nullptr,
            [deleted = std::move(deleted)] { return deleted; }});
    }

    std::vector<std::string> rows() {
        std::vector<std::string> out;
        for (const DeprecatedRow& row : scripts_->deprecated()) {
            std::string text = row.name;
            for (const std::string& alias : row.aliases)
                text += " = " + alias;
            text += " " + row.kind;
            for (const auto& [key, value] : {std::pair("argument", &row.argument),
                                             {"value", &row.value},
                                             {"since", &row.since},
                                             {"removed", &row.removed},
                                             {"replacement", &row.replacement},
                                             {"fix", &row.fix}}) {
                if (!value->empty())
                    text += std::string(" ") + key + ":" + *value;
            }
            out.push_back(text + " " + row.source);
        }
        return out;
    }

    FileTree tree_;
    std::vector<std::string> texts_;
    std::vector<FileFacts> facts_;
    std::unique_ptr<ApiIndex> index_;
    std::unique_ptr<OwnScripts> scripts_;
};

TEST_F(OwnScriptsTest, RowsHaveThePublicNames) {
    project(
        {{"pkg/__init__.py", "from .a import f, C\nfrom ._p import g\n__all__ = ['f', 'C', 'g']\n"},
         {"pkg/_p.py",
          "from warnings import deprecated\n@deprecated('use `pkg.f` instead')\n"
          "def g(x, y=1): pass\n"},
         {"pkg/a.py",
          "import warnings\n"
          "def f(x, y=1, old=None):\n    if old is not None:\n        warnings.warn('old is "
          "deprecated, use y', FutureWarning)\n"
          "def h(x, y=1): pass\n"
          "class C:\n    def __init__(self):\n        warnings.warn('C is deprecated as of "
          "version 2.1. Please use :class:`~pkg.D`', DeprecationWarning)\n"
          "    @deprecated('use n')\n    def m(self): pass\n"
          "    def n(self): pass\n"
          "def gone(x):\n    raise RuntimeError('gone was removed, see `h`')\n"
          "def _private():\n    warnings.warn('deprecated', DeprecationWarning)\n"}});
    EXPECT_THAT(rows(), ElementsAre("pkg.C = pkg.a.C class since:2.1 replacement:pkg.D pkg/a.py:8",
                                    "pkg.C.m = pkg.a.C.m method pkg/a.py:9",
                                    "pkg.a.gone function removed:* replacement:pkg.a.h pkg/a.py:13",
                                    "pkg.f = pkg.a.f function argument:old pkg/a.py:4",
                                    "pkg.g function replacement:pkg.f pkg/_p.py:2"));
}

TEST_F(OwnScriptsTest, AReplacementIsOfTheModuleThatNamesIt) {
    project({{"pkg/__init__.py", "def load(path): pass\n"},
             {"pkg/sub/__init__.py", "from .m import load, old\n"},
             {"pkg/b.py", "from .sub.m import load\n__all__ = ['load']\n"},
             {"pkg/sub/m.py",
              "__all__ = ['load', 'old']\n@deprecated('`old` is deprecated. Please use `load` "
              "instead.')\ndef old(a, b): pass\ndef load(a): pass\n"}});
    EXPECT_THAT(rows(), ElementsAre("pkg.sub.old = pkg.sub.m.old function replacement:pkg.sub.load "
                                    "pkg/sub/m.py:2"));
}

TEST_F(OwnScriptsTest, AFixNeedsTheSameParameters) {
    project({{"pkg/__init__.py",
              "from warnings import deprecated\n"
              "@deprecated('renamed to `new_f`')\ndef f(a, *, b=1): pass\n"
              "def new_f(a, *, b=2): pass\n"
              "@deprecated('use `new_g` instead')\ndef g(a): pass\n"
              "def new_g(a, c): pass\n"}});
    EXPECT_THAT(rows(), ElementsAre("pkg.f function replacement:pkg.new_f fix:pkg.new_f "
                                    "pkg/__init__.py:2",
                                    "pkg.g function replacement:pkg.new_g pkg/__init__.py:5"));
}

TEST(DeprecationMessages, SinceAndReplacement) {
    const auto words = [](std::string_view message) {
        const DeprecationWords read = read_deprecation_message(message);
        return read.since + "|" + read.replacement;
    };
    EXPECT_EQ(words("`a.b` is deprecated as of PyTorch 2.0 and will be removed. Please use `c.d` "
                    "instead which is new."),
              "2.0|c.d");
    EXPECT_EQ(words("1.4 Use :func:`~m.f` instead."), "1.4|m.f");
    EXPECT_EQ(words("x is now deprecated in favor of `y.z_`."), "|y.z_");
    EXPECT_EQ(words("`old(args...)` is deprecated. Please use `new('cuda', args...)` instead."),
              "|new('cuda', args...)");
    EXPECT_EQ(words("use new_name instead"), "|new_name");
    EXPECT_EQ(words("use it at your own risk, deprecated since v1.2.3"), "1.2.3|");
    EXPECT_EQ(words("will be removed in 3.0, see https://x.org"), "|");
}

TEST_F(OwnScriptsTest, ProgramsAndTheirOptions) {
    const std::string parser = "import argparse\np = argparse.ArgumentParser()\n";
    project(
        {{"pyproject.toml",
          "[project]\nname = 'tool'\nversion = '1.2.0a0'\n"
          "requires-python = '>=3.9'\n[project.scripts]\n"
          "tool = \"pkg.cli:main\"  # x\n[other]\nno = \"pkg.cli:x\"\n"},
         {"setup.cfg", "[options.entry_points]\nconsole_scripts =\n    cfg = pkg.cli:main\n"},
         {"setup.py", "setup(entry_points={'console_scripts': ['py=pkg.cli:main']})\n"},
         {"pkg/__init__.py", ""},
         {"pkg/cli.py", parser + "from . import shared\nimport numpy\np.add_argument('--a')\n"
                                 "import pkg.get\n"},
         {"pkg/shared.py", "def f(p):\n    p.add_argument('--b')\n"},
         {"pkg/get.py", "def f(s):\n    q = s.add_parser('get')\n    q.add_argument('--c')\n"},
         {"tools/x.py", parser + "from helper import f\n"},
         {"tools/helper.py", "def f(p):\n    p.parse_known_args()\n    p.add_argument('--d')\n"},
         {"tools/y.py", "print(1)\n"}});
    const FileId cli = tree_.find("pkg/cli.py");
    EXPECT_EQ(scripts_->program("tool"), cli);
    EXPECT_EQ(scripts_->program("cfg"), cli);
    EXPECT_EQ(scripts_->program("py"), cli);
    EXPECT_EQ(scripts_->program("no"), kNoFile);
    EXPECT_TRUE(scripts_->options(cli).known);
    EXPECT_THAT(scripts_->options(cli).options, ElementsAre("--a", "--b", "--c"));
    EXPECT_THAT(scripts_->options(cli, "get").options, ElementsAre("--a", "--c"));
    EXPECT_FALSE(scripts_->options(tree_.find("tools/x.py")).known);
    EXPECT_FALSE(scripts_->options(tree_.find("tools/y.py")).known);
    EXPECT_EQ(scripts_->package().name, "tool");
    EXPECT_EQ(scripts_->package().version, "1.2.0");
    EXPECT_EQ(scripts_->package().requires_python, ">=3.9");
}

TEST_F(OwnScriptsTest, AScriptImportsWhatStandsBesideIt) {
    const auto parser = [](const std::string& option) {
        return "import argparse\ndef get():\n    p = argparse.ArgumentParser()\n    "
               "p.add_argument('" +
               option + "')\n    return p\n";
    };
    const std::string script = "from utils.all import get\nget().parse_args()\n";
    project({{"a/utils/__init__.py", ""},
             {"a/utils/all.py", "from utils.args import get\n"},
             {"a/utils/args.py", parser("--a")},
             {"a/run.py", script},
             {"b/utils/__init__.py", ""},
             {"b/utils/all.py", "from utils.args import get\n"},
             {"b/utils/args.py", parser("--b")},
             {"b/run.py", script},
             {"utils/__init__.py", ""},
             {"utils/all.py", ""}});
    EXPECT_THAT(scripts_->options(tree_.find("a/run.py")).options, ElementsAre("--a"));
    EXPECT_THAT(scripts_->options(tree_.find("b/run.py")).options, ElementsAre("--b"));
}

TEST_F(OwnScriptsTest, HistoryKnowsFoldersToo) {
    project({{"a.py", ""}}, {"old/x/y.py", "b.py"});
    EXPECT_TRUE(scripts_->had_path("old/x/y.py"));
    EXPECT_TRUE(scripts_->had_path("old"));
    EXPECT_FALSE(scripts_->had_path("a.py"));
    EXPECT_FALSE(scripts_->had_path("old/x/z.py"));
}

TEST(DeprecationData, EveryFileCanBeRead) {
    int files = 0;
    for (const EmbeddedFile& file : embedded_files()) {
        if (!file.path.starts_with("rules/data/deprecated/"))
            continue;
        ++files;
        const Result<Value> parsed = parse_yaml(file.bytes, file.path);
        ASSERT_TRUE(parsed.has_value()) << parsed.error().to_string();
        ASSERT_NE(parsed->find("deprecated"), nullptr) << file.path;
        for (const Value& row : parsed->find("deprecated")->items) {
            for (const std::string_view key : {"name", "kind", "source"}) {
                ASSERT_NE(row.find(key), nullptr) << file.path << ":" << row.line << " " << key;
                EXPECT_FALSE(row.find(key)->text.empty());
            }
            // Undeprecated again.
            EXPECT_NE(row.find("name")->text, "torch.nn.functional.tanh");
            EXPECT_NE(row.find("name")->text, "torch.nn.functional.sigmoid");
        }
    }
    EXPECT_GE(files, 3);
}

}  // namespace
}  // namespace docathon
