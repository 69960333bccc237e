// `links check|list|fetch` as a user starts them, against a server that behaves badly on purpose.

#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <ctime>
#include <map>
#include <random>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/loopback.h"

namespace docathon::testing {
namespace {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;

constexpr std::int64_t kDay = 24 * 3600;
constexpr const char* kCache = ".docathon-lint/links.jsonl";

std::string page_of(const std::vector<std::string>& urls) {
    std::string text = "# Links\n\n";
    for (const std::string& url : urls)
        text += "- <" + url + ">\n";
    return text;
}

/// `links check` that may ask the loop-back network, quickly.
Outcome check(const Sandbox& sandbox, const std::vector<std::string>& more = {},
              const RunOptions& options = {}) {
    std::vector<std::string> arguments = {"links", "check", "--allow-private", "127.0.0.0/8"};
    if (std::find(more.begin(), more.end(), "--interval") == more.end())
        arguments.insert(arguments.end(), {"--interval", "1ms"});
    arguments.insert(arguments.end(), more.begin(), more.end());
    return sandbox.lint(arguments, options);
}

/// URL -> "state reason", as `links list` prints them.
std::map<std::string, std::string> listed(const Sandbox& sandbox) {
    std::map<std::string, std::string> result;
    for (const std::string& line : lines_of(sandbox.lint({"links", "list"}).out)) {
        std::istringstream words(line);
        std::string state, number, unit, reason, url;
        words >> state >> number >> unit >> reason >> url;
        result[url] = state + " " + reason;
    }
    return result;
}

/// Asks each path at a host of its own, so that a busy one does not slow down the others, and
/// compares what `links list` says afterwards.
Outcome expect_outcomes(const Sandbox& sandbox, const LoopbackServer& server,
                        const std::map<std::string, std::string>& expected,
                        const std::vector<std::string>& flags) {
    std::vector<std::string> urls;
    std::map<std::string, std::string> by_url;
    for (const auto& [path, outcome] : expected) {
        urls.push_back(server.url(static_cast<int>(urls.size()) + 1, path));
        by_url[urls.back()] = outcome;
    }
    sandbox.write("a.md", page_of(urls));
    Outcome run = check(sandbox, flags);
    EXPECT_EQ(run.code, 0) << run.err;
    const std::map<std::string, std::string> seen = listed(sandbox);
    EXPECT_EQ(seen.size(), by_url.size());
    for (const auto& [url, outcome] : by_url) {
        const auto found = seen.find(url);
        EXPECT_EQ(found == seen.end() ? "not asked" : found->second, outcome) << url;
    }
    return run;
}

/// A line of the cache: failures that many days ago.
std::string failed_line(const std::string& url, std::initializer_list<int> days_ago) {
    std::string line = R"({"v":1,"url":")" + url + R"(","failed":[)";
    for (const int days : days_ago) {
        line += line.ends_with('[') ? "" : ",";
        line += "[" + std::to_string(std::time(nullptr) - days * kDay) + ",\"404\"]";
    }
    return line + "]}\n";
}

std::string good_line(const std::string& url, int days_ago = 0) {
    return R"({"v":1,"url":")" + url + R"(","good":[)" +
           std::to_string(std::time(nullptr) - days_ago * kDay) + ",\"200\"]}\n";
}

TEST(LinksCheck, EveryBehaviourHasItsDocumentedOutcome) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox);
    const std::map<std::string, std::string> expected = {
        {"/ok", "good 200"},
        {"/status/204", "good 204"},
        {"/status/400", "unverified 400"},
        {"/status/401", "unverified 401"},
        {"/status/403", "unverified 403"},
        {"/status/404", "failing 404"},
        {"/status/410", "failing 410"},
        {"/status/500", "failing 500"},
        {"/status/503", "unverified 503"},
        {"/head405", "good 200"},
        {"/head404", "good 200"},
        {"/headdrop", "good 200"},
        {"/headloop", "good 200"},
        {"/drop", "unverified dropped"},
        {"/loop/a", "failing redirects"},
        {"/endless/1", "failing redirects"},
        {"/redirect/301?to=/ok", "good 200"},
        {"/redirect/302?to=/ok", "good 200"},
        {"/redirect/303?to=/ok", "good 200"},
        {"/redirect/307?to=/ok", "good 200"},
        {"/redirect/308?to=/ok", "good 200"},
        {"/redirect/302?to=/", "unverified front-page"},
        {"/redirect/301?to=/status/404", "failing 404"},
        {"/redirect/302?to=file:///etc/passwd", "unverified redirect"},
        {"/redirect/302?to=https://me:secret@x.dev/", "unverified redirect"},
        {"/rawlocation", "failing 404"},
        {"/busy/int/x", "good 200"},
        {"/busy/date/x", "good 200"},
        {"/busy/none/x", "good 200"},
        {"/busy/ever/x", "unverified 429"},
        {"/once/500", "good 200"},
        {"/once/503", "good 200"},
        {"/drip", "good 200"},
        {"/huge", "good 200"},
        {"/lies", "good 200"},
        {"/lieslittle", "good 200"},
        {"/gzip", "good 200"},
        {"/badgzip", "good 200"},
        {"/longheader", "unverified malformed"},
        {"/manyheaders", "unverified malformed"},
        {"/nothttp", "unverified malformed"},
        {"/invalid", "good 200"},
        {"/gone", "failing 404"},
        // anchors
        {"/ok#here", "good 200"},
        {"/ok#named", "good 200"},
        {"/ok#bare", "good 200"},
        {"/ok#gone", "failing anchor"},
        {"/script#here", "good 200"},
        {"/script#made", "unverified script"},
        {"/sphinx#gone", "failing anchor"},
        {"/pdf#page=3", "good 200"},
        {"/gzip#here", "good 200"},
        {"/gzip#gone", "failing anchor"},
        {"/badgzip#here", "unverified body"},
        {"/bomb#gone", "unverified page-size"},
        {"/huge#gone", "unverified page-size"},
        {"/large#here", "unverified page-size"},
        {"/early#here", "good 200"},
        {"/lies#here", "good 200"},
        {"/lies#gone", "unverified body"},
        {"/invalid#here", "good 200"},
        {"/ranged#here", "good 206"},
        {"/ranged#gone", "failing anchor"},
        {"/norange#here", "good 200"},
        {"/status/404#x", "failing 404"},
    };
    const Outcome run = expect_outcomes(sandbox, server, expected, {});
    EXPECT_LT(run.cpu, limit(5));
    EXPECT_EQ(run.err.find("secret"), std::string::npos);
    // Permanent redirects, and nothing else, are findings of a first run.
    EXPECT_EQ(count_of(run.out, "[links/permanent-redirect]"), 2u) << run.out;
    EXPECT_EQ(count_of(run.out, "\n"), 2u) << run.out;
    for (const LoggedRequest& request : server.log()) {
        EXPECT_EQ(request.cookie, "");
        EXPECT_THAT(request.user_agent, ::testing::StartsWith("docathon-lint/"));
    }
}

TEST(LinksCheck, HostsThatDoNotAnswerCostTheirTimeAndNoMore) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox);
    const auto start = std::chrono::steady_clock::now();
    expect_outcomes(sandbox, server,
                    {{"/never", "unverified timeout"},
                     {"/dripheaders", "unverified timeout"},
                     {"/drip#gone", "unverified body"},
                     {"/headhang", "good 200"}},
                    {"--timeout", "4s"});
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    EXPECT_LT(took.count(), 90);  // a busy machine; unbounded waits would take the 120 s of a run
}

TEST(LinksCheck, DeadUrlsAreFindingsInEveryFormat) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox);
    const std::string dead = server.url(1, "/gone");
    const std::string moved = server.url(1, "/redirect/301?to=/ok");
    sandbox.write("a.md", "See [x](" + dead + ") and [y](" + moved + ").\n");
    sandbox.write(kCache, failed_line(dead, {9, 6, 3}));
    std::vector<std::string> outputs;
    for (const char* format : {"full", "json", "jsonl", "sarif", "github", "gitlab", "junit",
                               "rdjson", "lintrunner", "markdown"}) {
        outputs.emplace_back("--output");
        outputs.push_back(std::string(format) + "=" + format + ".out");
    }
    const Outcome run = check(sandbox, outputs);
    EXPECT_EQ(run.code, 1) << run.err;
    EXPECT_EQ(run.out, "a.md:1:9: error: '" + dead +
                           "' is dead: it answers 404, for 9 days (4 checks) [links/dead-url]\n"
                           "a.md:1:" +
                           std::to_string(19 + dead.size()) + ": note: '" + moved +
                           "' redirects permanently; use '" + server.url(1, "/ok") +
                           "' [links/permanent-redirect]\n");
    for (const char* format : {"full", "json", "jsonl", "sarif", "github", "gitlab", "junit",
                               "rdjson", "lintrunner", "markdown"}) {
        const std::string text = sandbox.read(std::string(format) + ".out");
        EXPECT_THAT(text, HasSubstr("links/dead-url")) << format;
        EXPECT_THAT(text, HasSubstr("links/permanent-redirect")) << format;
    }
    EXPECT_THAT(sandbox.read("full.out"), HasSubstr("fix: use the new address"));
    EXPECT_EQ(check(sandbox, {"--fail-on", "never"}).code, 0);
    EXPECT_EQ(check(sandbox, {"--ignore", "links/dead-url"}).code, 0);
    // One that was dead and answers again is no finding.
    sandbox.write("a.md", page_of({server.url(1, "/ok")}));
    sandbox.write(kCache, failed_line(server.url(1, "/ok"), {9, 6, 3}));
    EXPECT_EQ(check(sandbox).code, 0);
    EXPECT_EQ(listed(sandbox)[server.url(1, "/ok")], "good 200");
}

TEST(LinksCheck, FixWritesTheNewAddressOfPermanentRedirects) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox);
    const std::string moved = server.url(1, "/redirect/301?to=/ok");
    const std::string elsewhere = server.url(1, "/redirect/301?to=" + server.url(2, "/ok"));
    const std::string dead = server.url(1, "/gone");
    sandbox.write("a.md", "See [x](" + moved + "), <" + elsewhere + "> and [y](" + dead + ").\n");
    sandbox.write("b.md", "[x]\n\n[x]: " + moved + " \"T\"\n");
    sandbox.write(kCache, failed_line(dead, {9, 6, 3}));
    const Outcome run = check(sandbox, {"--fix"});
    EXPECT_EQ(run.code, 1) << run.err;
    EXPECT_EQ(sandbox.read("a.md"), "See [x](" + server.url(1, "/ok") + "), <" + elsewhere +
                                        "> and [y](" + dead + ").\n");
    EXPECT_EQ(sandbox.read("b.md"), "[x]\n\n[x]: " + server.url(1, "/ok") + " \"T\"\n");
    EXPECT_THAT(run.err, HasSubstr("fixed 2 findings in 2 files\n"));
    // What is left is reported where it stands now, and nobody was asked again for that.
    EXPECT_EQ(count_of(run.out, "links/permanent-redirect"), 1u) << run.out;
    EXPECT_EQ(count_of(run.out, "links/dead-url"), 1u) << run.out;
    std::map<std::string, int> asked;
    for (const std::string& one : server.asked())
        ++asked[one];
    EXPECT_EQ(asked["HEAD 127.0.0.1 /redirect/301?to=/ok"], 1);
    // Another host's address only when somebody says so.
    EXPECT_EQ(check(sandbox, {"--fix", "--unsafe-fixes"}).code, 1);
    EXPECT_THAT(sandbox.read("a.md"), HasSubstr("<" + server.url(2, "/ok") + ">"));
    const Outcome wrong = check(sandbox, {"--unsafe-fixes"});
    EXPECT_EQ(wrong.code, 2);
    EXPECT_TRUE(wrong.err_has("--unsafe-fixes needs --fix"));
}

TEST(LinksCheck, TheCheckItselfNeverAsks) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox);
    sandbox.write("a.md", page_of({server.url(1, "/gone")}));
    sandbox.write(".docathon-lint.yaml", "version: 1\nrules: {\"*\": error}\n");
    EXPECT_EQ(sandbox.lint({"--preset", "all"}).code, 0);
    EXPECT_EQ(sandbox.lint({"check", "."}).code, 0);
    const Outcome selected = sandbox.lint({"--select", "links/dead-url"});
    EXPECT_EQ(selected.code, 2);
    EXPECT_TRUE(selected.err_has("'links/dead-url' is checked by 'links check' only"));
    EXPECT_THAT(server.asked(), IsEmpty());
    EXPECT_FALSE(sandbox.exists(".docathon-lint"));
    EXPECT_TRUE(sandbox.lint({"rules"}).out_has("Runs in 'links check' only."));
}

TEST(LinksCheck, AddressesThatAreNotPublicAreRefused) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox);
    const std::string port = ":" + std::to_string(server.port()) + "/ok";
    std::vector<std::string> urls;
    for (const char* host :
         {"127.0.0.1", "127.0.0.9", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "[::1]",
          "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "169.254.169.254",
          "10.0.0.1", "192.168.0.1", "[fe80::1]", "[fd00::1]"})
        urls.push_back("http://" + std::string(host) + port);
    sandbox.write("a.md", page_of(urls));
    const Outcome run = sandbox.lint({"links", "check", "--interval", "1ms", "--timeout", "5s"});
    EXPECT_EQ(run.code, 0) << run.err;
    EXPECT_THAT(server.asked(), IsEmpty());
    const std::map<std::string, std::string> seen = listed(sandbox);
    EXPECT_EQ(seen.size(), urls.size());
    for (const auto& [url, outcome] : seen)
        EXPECT_EQ(outcome, "unverified private") << url;
    // Names for this machine are examples to start with, and private when they are named.
    sandbox.write("a.md", page_of({"http://localhost" + port, "http://a.localhost" + port}));
    EXPECT_EQ(sandbox.lint({"links", "check", "--allow-private", "10.0.0.0/8"}).code, 0);
    EXPECT_THAT(server.asked(), IsEmpty());
    EXPECT_EQ(sandbox.lint({"links", "check", "--allow-private", "localhost"}).code, 0);
    EXPECT_THAT(server.asked(), ElementsAre("HEAD 127.0.0.1 /ok"));
}

TEST(LinksCheck, RedirectsToPrivateAddressesAreRefused) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox);
    std::vector<std::string> urls;
    for (const std::string& target :
         {server.url(3, "/ok"), "http://2130706435:" + std::to_string(server.port()) + "/ok",
          "http://[::ffff:127.0.0.3]:" + std::to_string(server.port()) + "/ok",
          "//localhost:" + std::to_string(server.port()) + "/ok"})
        urls.push_back(server.url(2, "/redirect/302?to=" + target));
    sandbox.write("a.md", page_of(urls));
    const Outcome run =
        sandbox.lint({"links", "check", "--allow-private", "127.0.0.2", "--interval", "1ms"});
    EXPECT_EQ(run.code, 0) << run.err;
    for (const auto& [url, outcome] : listed(sandbox))
        EXPECT_EQ(outcome, "unverified private") << url;
    for (const LoggedRequest& request : server.log())
        EXPECT_EQ(request.address, "127.0.0.2");
}

TEST(LinksCheck, WrongFlagsAreSaid) {
    const Sandbox sandbox;
    sandbox.write("a.md", "x\n");
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
        {{"links"}, "links needs a command: check, list or fetch"},
        {{"links", "chek"}, "no command 'links chek'; did you mean 'links check'?"},
        {{"links", "check", "--allow-private", "10.0.0.0/99"},
         "--allow-private wants a host or a range"},
        {{"links", "check", "--budget", "soon"}, "--budget wants a duration such as 120s"},
        {{"links", "check", "--per-host", "0"}, "--per-host must be from 1 to 1000"},
        {{"links", "check", "--format", "sarf"}, "no format 'sarf'"},
        {{"links", "check", "--allow-privat", "x"}, "did you mean '--allow-private'?"},
    };
    for (const auto& [arguments, message] : cases) {
        const Outcome run = sandbox.lint(arguments);
        EXPECT_EQ(run.code, 2);
        EXPECT_THAT(run.err, HasSubstr(message));
    }
    sandbox.write(".docathon-lint.yaml", "version: 1\nlinks:\n  ignore: [\"(?=x)\"]\n");
    const Outcome run = sandbox.lint({"links", "check"});
    EXPECT_EQ(run.code, 2);
    EXPECT_THAT(run.err, HasSubstr(".docathon-lint.yaml:3:12: '(?=x)' is no regular expression"));
}

TEST(LinksCheck, SaysThatLibcurlIsAbsent) {
    const Sandbox sandbox;
    sandbox.write("a.md", page_of({"https://docs.sample.dev/"}));
    RunOptions options;
    options.environment["DOCATHON_LINT_LIBCURL"] = "/nowhere/libcurl.so.4";
    const Outcome run = sandbox.lint({"links", "check"}, options);
    EXPECT_EQ(run.code, 2);
    EXPECT_THAT(run.err, HasSubstr("libcurl could not be opened"));
    EXPECT_THAT(run.err, HasSubstr("install it (Debian: libcurl4)"));
    // All else works without it.
    EXPECT_EQ(sandbox.lint({"."}, options).code, 0);
    EXPECT_EQ(sandbox.lint({"links", "list"}, options).code, 0);
}

TEST(LinksCheck, IgnoresWhatEachToolIsToldToIgnore) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox);
    const auto link = [&](const std::string& path) { return "[x](" + server.url(1, path) + ")"; };
    sandbox.write(
        "a.md", link("/lychee/1") + " " + link("/config/1") + " " + link("/asked/1") + "\n\n" +
                    link("/inline/1") + " <!-- docathon-lint: ignore[links/dead-url] why -->\n\n" +
                    "<!-- docathon-lint: disable[links/*] why -->\n\n" + link("/inline/2") +
                    "\n\n<!-- docathon-lint: enable[links/*] why -->\n\n" + link("/asked/2") +
                    "\n\n" + link("/lint-ignore") + " <!-- @lint-ignore -->\n\n" +
                    "<!-- markdown-link-check-disable -->\n" + link("/mlc/1") +
                    "\n<!-- markdown-link-check-enable -->\n\n" +
                    "<!-- markdown-link-check-disable-next-line -->\n" + link("/mlc/2") + "\n\n" +
                    link("/mlc/3") + " <!-- markdown-link-check-disable-line -->\n\n" +
                    // Silenced here, asked for there: asked, and silent here.
                    link("/asked/3") + " <!-- docathon-lint: ignore[links/dead-url] why -->\n\n" +
                    link("/asked/4") + "\n\n{{ version }} [t](https://x.dev/{version}/a)\n");
    sandbox.write("b.md",
                  link("/asked/3") + "\n\n```sh\ncurl " + server.url(1, "/code") + "\n```\n");
    sandbox.write(".lycheeignore", "# ours\n/lychee/\n\n");
    sandbox.write(".docathon-lint.yaml", "version: 1\nlinks: {ignore: [\"/config/[0-9]$\"]}\n");
    sandbox.write("docs/conf.py",
                  "extensions = ['myst_parser']\n"
                  "linkcheck_ignore = [r'http://127\\.0\\.0\\.1:\\d+/sphinx/', r'(?!x)']\n"
                  "linkcheck_exclude_documents = ['old/.*']\n"
                  "linkcheck_anchors_ignore = ['dyn-']\n"
                  "linkcheck_anchors_ignore_for_url = [r'.*/noanchor$']\n"
                  "linkcheck_allowed_redirects = {r'.*/redirect/301.*': r'.*/ok'}\n"
                  "linkcheck_request_headers = {'*': {'User-Agent': 'mine', 'Cookie': 'x=y',\n"
                  "    'Authorization': 'secret'}}\n");
    sandbox.write("docs/index.md", "# X\n\n" + link("/sphinx/1") + " " + link("/ok#dyn-1") + " " +
                                       link("/noanchor#x") + " " + link("/redirect/301?to=/ok") +
                                       "\n");
    sandbox.write("docs/old/page.md", "# Y\n\n" + link("/olddoc") + "\n");
    const Outcome run = check(sandbox);
    EXPECT_EQ(run.code, 0) << run.err;
    std::set<std::string> paths;
    for (const LoggedRequest& request : server.log()) {
        paths.insert(request.path);
        EXPECT_EQ(request.user_agent, "mine");
        EXPECT_EQ(request.cookie, "");
        EXPECT_EQ(request.authorization, "");
    }
    EXPECT_THAT(paths, ElementsAre("/asked/1", "/asked/2", "/asked/3", "/asked/4", "/noanchor",
                                   "/ok", "/redirect/301?to=/ok"));
    EXPECT_EQ(run.out, "");  // the redirect is allowed
    EXPECT_THAT(run.err, HasSubstr("that is not understood here: (?!x)"));
    // A comment that silences a URL is not called unused because the URL works today.
    EXPECT_EQ(run.err.find("unused"), std::string::npos);
}

TEST(LinksCheck, SilencedHereAndDeadThere) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox);
    const std::string url = server.url(1, "/gone");
    sandbox.write("a.md", "[x](" + url + ") <!-- docathon-lint: ignore[links/dead-url] why -->\n");
    sandbox.write("b.md", "[x](" + url + ")\n");
    sandbox.write(kCache, failed_line(url, {9, 6, 3}));
    const Outcome run = check(sandbox);
    EXPECT_EQ(run.code, 1);
    EXPECT_EQ(count_of(run.out, "links/dead-url"), 1u) << run.out;
    EXPECT_THAT(run.out, ::testing::StartsWith("b.md:1:5:"));
    // Only what is named is asked and reported.
    EXPECT_EQ(check(sandbox, {"a.md"}).code, 0);
}

TEST(LinksCheck, SecretsGoNowhereElse) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox);
    sandbox.write("a.md", page_of({server.url(2, "/redirect/301?to=" + server.url(3, "/ok")),
                                   server.url(2, "/ok"), server.url(4, "/ok"),
                                   "http://user:hunter2@127.0.0.4:" +
                                       std::to_string(server.port()) + "/with-password"}));
    sandbox.write("netrc", "machine 127.0.0.2 login me password sesame\n");
    RunOptions options;
    options.environment["NETRC"] = sandbox.path("netrc");
    options.environment["GITHUB_TOKEN"] = "ghp_token";
    const Outcome run = check(sandbox, {"--stats", "--output", "json=out.json"}, options);
    EXPECT_EQ(run.code, 0) << run.err;
    std::size_t with_password = 0;
    for (const LoggedRequest& request : server.log()) {
        with_password += request.authorization.empty() ? 0 : 1;
        EXPECT_EQ(request.authorization,
                  request.address == "127.0.0.2" ? "Basic bWU6c2VzYW1l" : "");
        EXPECT_NE(request.path, "/with-password");
    }
    EXPECT_EQ(with_password, 2u);
    for (const std::string& text :
         {run.out, run.err, sandbox.read(kCache), sandbox.read("out.json")}) {
        for (const char* secret : {"sesame", "bWU6c2VzYW1l", "ghp_token", "hunter2"})
            EXPECT_EQ(text.find(secret), std::string::npos) << secret;
    }
}

TEST(LinksCheck, TlsIsChecked) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox, true);
    const std::string good = server.https("127.0.0.1", "/ok#here");
    const std::string other_name = server.https("127.0.0.2", "/ok");
    const std::string plain = "https://127.0.0.3:" + std::to_string(server.port()) + "/ok";
    sandbox.write("a.md", page_of({good, other_name, plain}));
    EXPECT_EQ(check(sandbox).code, 0);
    for (const auto& [url, outcome] : listed(sandbox))
        EXPECT_EQ(outcome, "unverified tls") << url;
    RunOptions trusting;
    trusting.environment["SSL_CERT_FILE"] = server.certificate();
    EXPECT_EQ(check(sandbox, {}, trusting).code, 0);
    std::map<std::string, std::string> seen = listed(sandbox);
    EXPECT_EQ(seen[good], "good 200");
    EXPECT_EQ(seen[other_name], "unverified tls");
    EXPECT_EQ(seen[plain], "unverified tls");
}

TEST(LinksCheck, KeepsTheLimitsOnTheServersSide) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox, false, 0.03);
    std::vector<std::string> urls;
    for (int i = 0; i < 300; ++i)
        urls.push_back(server.url(1 + i % 20, "/page/" + std::to_string(i)));
    sandbox.write("a.md", page_of(urls));
    const Outcome run = sandbox.lint({"links", "check", "--allow-private", "127.0.0.0/8",
                                      "--interval", "50ms", "--per-host", "2", "--at-once", "16"});
    EXPECT_EQ(run.code, 0) << run.err;
    const std::vector<LoggedRequest> log = server.log();
    EXPECT_EQ(log.size(), 300u);
    std::size_t most_in_all = 0;
    for (const LoggedRequest& one : log) {
        std::size_t here = 0;
        std::size_t all = 0;
        for (const LoggedRequest& other : log) {
            const bool overlap = other.begin <= one.begin && one.begin < other.end;
            all += overlap ? 1 : 0;
            here += overlap && other.address == one.address ? 1 : 0;
        }
        EXPECT_LE(here, 2u);
        most_in_all = std::max(most_in_all, all);
    }
    EXPECT_LE(most_in_all, 16u);
    EXPECT_GE(most_in_all, 4u);  // several hosts are asked at once
    std::map<std::string, std::vector<double>> begins;
    for (const LoggedRequest& one : log)
        begins[one.address].push_back(one.begin);
    for (auto& [address, times] : begins) {
        std::sort(times.begin(), times.end());
        // Where they arrive two may come closer than they were sent, on a busy machine much closer,
        // but not on the whole. Without pacing it would be 15 ms a request.
        EXPECT_GE(times.back() - times.front(), 0.035 * static_cast<double>(times.size() - 1));
    }
    // A second run knows it all.
    EXPECT_EQ(check(sandbox).code, 0);
    EXPECT_EQ(server.log().size(), 300u);
}

TEST(LinksCheck, HostileUrlsAreNoTrouble) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox);
    std::string text = "[a](<" + server.url(1, "/gone with spaces/\xc3\xa4") + ">)\n\n";
    text += "[b](http://" + std::string(100'000, 'a') + ".dev/)\n\n";
    text += "[c](" + server.url(1, "/" + repeated("x", 100'000)) + ")\n\n";
    text +=
        "[d](https://b\xc3\xbc"
        "cher.invalid/) [e](http://:80/) [f](http://%31/) [g](http://[::1/)\n\n";
    text += "[h](http://user:pw@127.0.0.1/) [i](HTTP://127.0.0.1:" + std::to_string(server.port()) +
            "/ok) [j](http:///x) [k](https://)\n\n";
    text +=
        "[l](" + server.url(1, "/ok#%zz%") + ") [m](" + server.url(1, "/ok?a=%0d%0aX:%20y") + ")\n";
    for (int i = 0; i < 3000; ++i)
        text += "[n" + std::to_string(i) + "](" + server.url(1, "/ok") + ") ";
    sandbox.write("a.md", text + "\n");
    const Outcome run = check(sandbox);
    EXPECT_EQ(run.code, 0) << run.err;
    EXPECT_LT(run.cpu, limit(3));
    EXPECT_EQ((run.out + run.err).find("pw@"), std::string::npos);
    std::set<std::string> paths;
    for (const LoggedRequest& request : server.log())
        paths.insert(request.path);
    EXPECT_THAT(paths, ElementsAre("/gone%20with%20spaces/%C3%A4", "/ok", "/ok?a=%0d%0aX:%20y"));
}

TEST(LinksCheck, DamagedAndForeignLinesOfTheCache) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox);
    const std::string url = server.url(1, "/ok");
    const std::string known = good_line(url);
    sandbox.write("a.md", page_of({url}));
    sandbox.write(kCache, "<<<<<<< ours\n" + known +
                              "{\"v\":1,\"url\":\"half\n{\"v\":99,\"x\":1}\n\xff\xfe\n");
    const Outcome run = check(sandbox);
    EXPECT_EQ(run.code, 0);
    EXPECT_TRUE(run.err_has("3 damaged lines were left out of the cache")) << run.err;
    EXPECT_TRUE(run.err_has("1 line of the cache, written by another version")) << run.err;
    EXPECT_THAT(server.asked(), IsEmpty());  // what could be read is believed
    EXPECT_EQ(sandbox.read(kCache), known + "{\"v\":99,\"x\":1}\n");
    EXPECT_FALSE(check(sandbox).err_has("damaged"));
}

TEST(LinksCheck, TwoRunsAtOnceLoseNothing) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox, false, 0.02);
    std::vector<std::vector<std::string>> urls(4);
    for (std::size_t run = 0; run < urls.size(); ++run) {
        for (int i = 0; i < 40; ++i)
            urls[run].push_back(
                server.url(static_cast<int>(run) * 10 + i % 5 + 1, "/page/" + std::to_string(i)));
        sandbox.write("p" + std::to_string(run) + ".md", page_of(urls[run]));
    }
    sandbox.write(kCache, good_line("https://known.dev/"));
    std::vector<std::thread> threads;
    for (std::size_t run = 0; run < urls.size(); ++run) {
        threads.emplace_back(
            [&, run] { EXPECT_EQ(check(sandbox, {"p" + std::to_string(run) + ".md"}).code, 0); });
    }
    for (std::thread& thread : threads)
        thread.join();
    const std::map<std::string, std::string> seen = listed(sandbox);
    EXPECT_EQ(seen.size(), 161u);
    for (const auto& [url, outcome] : seen)
        EXPECT_EQ(outcome, "good 200") << url;
}

TEST(LinksCheck, KilledAtAnyMomentTheCacheIsWholeAndNothingKnownIsLost) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox, false, 0.01);
    std::vector<std::string> urls;
    for (int i = 0; i < 400; ++i)
        urls.push_back(server.url(1 + i % 100, "/page/" + std::to_string(i)));
    sandbox.write("a.md", page_of(urls));
    std::string known;
    for (int i = 0; i < 500; ++i)
        known += good_line("https://known.dev/" + std::to_string(1000 + i), 1);
    sandbox.write(kCache, known);
    // How long a whole run takes here, today.
    const auto begin = std::chrono::steady_clock::now();
    const std::vector<std::string> command = {
        "links", "check", "--allow-private", "127.0.0.0/8", "--interval", "150ms", "--refresh"};
    std::vector<std::string> elsewhere = command;
    elsewhere.insert(elsewhere.end(), {"--cache", sandbox.path("other.jsonl")});
    EXPECT_EQ(sandbox.lint(elsewhere).code, 0);
    const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(
                           std::chrono::steady_clock::now() - begin)
                           .count();
    std::mt19937 random(4711);
    std::size_t before = 500;
    std::size_t grown = 0;
    for (int i = 0; i < 30; ++i) {
        // Within the time that a run takes, each time anew; all URLs are asked each time.
        const auto wait =
            static_cast<unsigned>(whole * (1 + static_cast<long>(random() % 125)) / 100);
        RunOptions options;
        std::thread killer;
        options.started = [&](int process) {
            killer = std::thread([=] {
                ::usleep(wait);
                ::kill(process, SIGKILL);
            });
        };
        const Outcome run = sandbox.lint(command, options);
        killer.join();
        EXPECT_TRUE(run.signal == SIGKILL || run.code == 0) << run.err;
        const std::string text = sandbox.read(kCache);
        EXPECT_TRUE(text.ends_with("}\n"));
        const Outcome list = sandbox.lint({"links", "list"});
        EXPECT_FALSE(list.err_has("damaged")) << list.err;
        const std::size_t now = lines_of(list.out).size();
        EXPECT_GE(now, before);
        EXPECT_EQ(count_of(list.out, "https://known.dev/"), 500u);
        grown += now > before ? 1 : 0;
        before = now;
    }
    EXPECT_GE(grown, 1u);  // some were killed after the cache had been written
    EXPECT_EQ(check(sandbox).code, 0);
    EXPECT_THAT(sandbox.names(".docathon-lint"), ElementsAre("links.jsonl"));
}

TEST(LinksCheck, InterruptedRunsKeepWhatTheyLearned) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox);
    std::vector<std::string> urls = {server.url(2, "/never")};
    for (int i = 0; i < 20; ++i)
        urls.push_back(server.url(1, "/page/" + std::to_string(i)));
    sandbox.write("a.md", page_of(urls));
    sandbox.write(".docathon-lint.yaml", "version: 1\nlinks: {budget: {host: 100s}}\n");
    RunOptions options;
    std::thread killer;
    options.started = [&](int process) {
        killer = std::thread([&server, process] {
            // All have been answered but the one that never is; then a moment to take that in.
            for (int i = 0; i < 600 && server.log().size() < 20; ++i)
                ::usleep(100'000);
            ::usleep(1'000'000);
            ::kill(process, SIGINT);
        });
    };
    const Outcome run = check(sandbox, {"--timeout", "100s", "--budget", "100s"}, options);
    killer.join();
    EXPECT_EQ(run.code, 130);
    EXPECT_EQ(run.out, "");
    EXPECT_EQ(listed(sandbox).size(), 20u);
}

TEST(LinksCheck, ShowsWhereItStandsOnATerminal) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox);
    std::vector<std::string> urls;
    for (int i = 0; i < 12; ++i)
        urls.push_back(server.url(1, "/page/" + std::to_string(i)));
    sandbox.write("a.md", page_of(urls));
    RunOptions options;
    options.terminal = true;
    const Outcome run = check(sandbox, {"--interval", "100ms"}, options);
    EXPECT_EQ(run.code, 0);
    EXPECT_THAT(run.out, HasSubstr(" of 12 URLs, 0 failed, 0 unverified; waiting for 127.0.0.1:"));
    EXPECT_EQ(check(sandbox, {"--refresh", "--interval", "100ms"}).err.find("\r"),
              std::string::npos);
}

TEST(LinksCheck, SaysWhatTheTimeDidNotSufficeFor) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox);
    std::vector<std::string> urls;
    for (int i = 0; i < 100; ++i)
        urls.push_back(server.url(1, "/page/" + std::to_string(i)));
    sandbox.write("a.md", page_of(urls));
    const Outcome first = check(sandbox, {"--interval", "20ms", "--budget", "1s"});
    EXPECT_EQ(first.code, 0);
    EXPECT_TRUE(first.err_has(" URLs not asked, because the time of the run")) << first.err;
    const std::size_t known = listed(sandbox).size();
    EXPECT_GT(known, 0u);
    EXPECT_LT(known, 60u);
    // The next run goes on with those that were not asked.
    EXPECT_EQ(check(sandbox).code, 0);
    EXPECT_EQ(listed(sandbox).size(), 100u);
    EXPECT_LE(server.log().size(), 104u);  // those that were cut off are asked again
}

TEST(LinksCheck, TheRepositoryCannotHaveFilesOutsideOfItWritten) {
    const Sandbox sandbox;
    sandbox.write("project/a.md", "x\n");
    sandbox.write("precious", "mine\n");
    RunOptions inside;
    inside.folder = "project";
    sandbox.link("../../precious", "project/.docathon-lint/links.jsonl");
    EXPECT_EQ(sandbox.lint({"links", "check"}, inside).code, 2);
    sandbox.remove("project/.docathon-lint/links.jsonl");
    sandbox.link("../../new", "project/.docathon-lint/links.jsonl");
    EXPECT_EQ(sandbox.lint({"links", "check"}, inside).code, 2);
    sandbox.remove("project/.docathon-lint");
    sandbox.link("..", "project/.docathon-lint");
    EXPECT_TRUE(sandbox.lint({"links", "check"}, inside).err_has("it leads out of the repository"));
    sandbox.remove("project/.docathon-lint");
    sandbox.write("project/.docathon-lint.yaml", "version: 1\nlinks: {cache: ../precious}\n");
    EXPECT_EQ(sandbox.lint({"links", "check"}, inside).code, 2);
    EXPECT_EQ(sandbox.read("precious"), "mine\n");
    EXPECT_FALSE(sandbox.exists("new"));
    // Whoever starts the program may.
    sandbox.remove("project/.docathon-lint.yaml");
    EXPECT_EQ(
        sandbox.lint({"links", "check", "--cache", sandbox.path("elsewhere"), "project"}).code, 0);
    EXPECT_TRUE(sandbox.exists("elsewhere"));
}

TEST(LinksList, ShowsWhatIsWanted) {
    const Sandbox sandbox;
    sandbox.write("a.md", "x\n");
    EXPECT_EQ(sandbox.lint({"links", "list"}).out, "");
    const std::string now = std::to_string(std::time(nullptr) - 5 * 60);
    sandbox.write(kCache,
                  good_line("https://a.dev/", 3) + failed_line("https://b.dev/", {9, 6, 1}) +
                      failed_line("https://c.dev/", {4}) +
                      R"({"v":1,"url":"https://d.dev/","unverified":[)" + now + ",\"403\"]}\n");
    EXPECT_EQ(
        sandbox.lint({"links", "list", "--dead"}).out,
        "dead       24 h    404        https://b.dev/  (it answers 404 since 9 d, 3 checks)\n");
    EXPECT_EQ(sandbox.lint({"links", "list", "--unverified"}).out,
              "unverified 5 min   403        https://d.dev/\n");
    EXPECT_EQ(lines_of(sandbox.lint({"links", "list", "--failing", "--dead"}).out).size(), 2u);
    std::vector<std::string> order;
    for (const std::string& line : lines_of(sandbox.lint({"links", "list", "--age"}).out))
        order.push_back(line.substr(line.find("https://") + 8, 1));
    EXPECT_THAT(order, ElementsAre("c", "a", "b", "d"));
}

TEST(LinksFetch, BringsInventoriesToTheConfiguredPlaces) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox);
    sandbox.write("docs/index.md", "# X\n");
    sandbox.write("docs/conf.py",
                  "extensions = ['sphinx.ext.intersphinx']\nintersphinx_mapping = {\n"
                  "  'one': ('" +
                      server.url(1, "") +
                      "', None),\n"
                      "  'two': ('https://x.dev/', '" +
                      server.url(1, "/redirect/302?to=/objects.inv") +
                      "'),\n"
                      "  'bad': ('https://x.dev/', '" +
                      server.url(1, "/ok") +
                      "'),\n"
                      "  'gone': ('" +
                      server.url(1, "/gone/") +
                      "', None),\n"
                      "  'other': ('https://other.dev/', None),\n}\n");
    sandbox.write(".docathon-lint.yaml",
                  "version: 1\nproject:\n  inventories: {one: .docathon-lint/one.inv, two: "
                  "inv/two.inv, bad: bad.inv, gone: gone.inv, strange: strange.inv}\n");
    const Outcome run = sandbox.lint({"links", "fetch", "--allow-private", "127.0.0.1"});
    EXPECT_EQ(run.code, 2);
    EXPECT_TRUE(
        run.out_has(".docathon-lint/one.inv: 55 bytes from " + server.url(1, "/objects.inv")))
        << run.out;
    EXPECT_TRUE(run.out_has("inv/two.inv: 55 bytes")) << run.out;
    EXPECT_THAT(sandbox.read("inv/two.inv"), ::testing::StartsWith("# Sphinx inventory version 2"));
    EXPECT_TRUE(run.err_has("bad: " + server.url(1, "/ok") + ": it is no inventory of Sphinx"))
        << run.err;
    EXPECT_TRUE(run.err_has("it answers 404")) << run.err;
    EXPECT_TRUE(run.err_has("other: .docathon-lint/other.inv")) << run.err;
    EXPECT_TRUE(run.err_has("'strange' is in no intersphinx_mapping")) << run.err;
    EXPECT_FALSE(sandbox.exists("bad.inv"));
    EXPECT_FALSE(sandbox.exists("gone.inv"));
    const Outcome refused = sandbox.lint({"links", "fetch"});
    EXPECT_EQ(refused.code, 2);
    EXPECT_TRUE(refused.err_has("its address 127.0.0.1 is not public; --allow-private"))
        << refused.err;
}

}  // namespace
}  // namespace docathon::testing
