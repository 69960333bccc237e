// The real Fetcher against the loop-back server: what only its own interface can show.

#include "lint/io/curl_fetcher.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include <gtest/gtest.h>

#include "tests/cli/loopback.h"

extern char** environ;

namespace docathon::testing {
namespace {

CurlOptions allowing(std::initializer_list<const char*> what) {
    CurlOptions options;
    options.user_agent = "test";
    for (const char* one : what)
        EXPECT_TRUE(options.allowed.add(one));
    return options;
}

FetchResponse fetch(CurlFetcher& fetcher, const std::string& host, int port,
                    const std::string& path, std::string* body = nullptr) {
    FetchRequest request;
    request.url = "http://" + host + ":" + std::to_string(port) + path;
    request.host = host;
    request.max_body = 1 << 20;
    request.timeout = Milliseconds(5000);
    if (body != nullptr) {
        request.body = [body](std::string_view bytes) {
            *body += bytes;
            return true;
        };
    }
    fetcher.start(std::move(request));
    while (true) {
        std::vector<FetchResponse> ended = fetcher.wait(Milliseconds(1000));
        if (!ended.empty())
            return ended.front();
    }
}

TEST(CurlFetcher, ANameMayNotBecomeAPrivateAddressBetweenTwoRequests) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox);
    auto fetcher = CurlFetcher::open(allowing({"127.0.0.2"}));
    ASSERT_TRUE(fetcher) << fetcher.error().message;
    CurlFetcher& network = **fetcher;
    const std::string name = "rebind.dev";
    const auto point_to = [&](const char* address) {
        network.set_resolve({name + ":" + std::to_string(server.port()) + ":" + address});
    };
    // The first answer ends its connection, so that the second request opens a new one.
    point_to("127.0.0.2");
    EXPECT_EQ(fetch(network, name, server.port(), "/lieslittle").status, 200);
    point_to("127.0.0.3");
    const FetchResponse second = fetch(network, name, server.port(), "/ok");
    EXPECT_EQ(second.end, FetchEnd::refused);
    EXPECT_EQ(second.address, "127.0.0.3");
    EXPECT_EQ(second.status, 0);
    for (const LoggedRequest& request : server.log())
        EXPECT_EQ(request.address, "127.0.0.2");
    // Several addresses, one of them private: only the others are tried.
    network.set_resolve({name + ":" + std::to_string(server.port()) + ":127.0.0.3,127.0.0.2"});
    const FetchResponse third = fetch(network, name, server.port(), "/ok");
    EXPECT_EQ(third.end, FetchEnd::answered);
    for (const LoggedRequest& request : server.log())
        EXPECT_EQ(request.address, "127.0.0.2");
}

TEST(CurlFetcher, NamesThatResolveToPrivateAddressesAreRefused) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox);
    CurlOptions options = allowing({});
    const std::string port = std::to_string(server.port());
    options.resolve = {
        "a.dev:" + port + ":127.0.0.1",       "b.dev:" + port + ":10.0.0.1",
        "c.dev:" + port + ":[::1]",           "d.dev:" + port + ":[::ffff:127.0.0.1]",
        "e.dev:" + port + ":169.254.169.254", "f.dev:" + port + ":[fd00::1]"};
    auto fetcher = CurlFetcher::open(std::move(options));
    ASSERT_TRUE(fetcher) << fetcher.error().message;
    for (const char* host : {"a.dev", "b.dev", "c.dev", "d.dev", "e.dev", "f.dev", "localhost"})
        EXPECT_EQ(fetch(**fetcher, host, server.port(), "/ok").end, FetchEnd::refused) << host;
    EXPECT_TRUE(server.log().empty());
}

TEST(CurlFetcher, ProxiesAndCookiesOfTheEnvironmentAreNotUsed) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox);
    ::setenv("http_proxy", "http://127.0.0.9:1/", 1);
    ::setenv("ALL_PROXY", "http://127.0.0.9:1/", 1);
    auto fetcher = CurlFetcher::open(allowing({"127.0.0.1"}));
    ASSERT_TRUE(fetcher) << fetcher.error().message;
    EXPECT_EQ(fetch(**fetcher, "127.0.0.1", server.port(), "/cookie").status, 200);
    EXPECT_EQ(fetch(**fetcher, "127.0.0.1", server.port(), "/cookie").status, 200);
    ::unsetenv("http_proxy");
    ::unsetenv("ALL_PROXY");
    EXPECT_EQ(server.log().size(), 2u);
    for (const LoggedRequest& request : server.log())
        EXPECT_EQ(request.cookie, "");
}

TEST(CurlFetcher, BodiesAreBoundedAlsoWhenTheyAreCompressed) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox);
    auto fetcher = CurlFetcher::open(allowing({"127.0.0.1"}));
    ASSERT_TRUE(fetcher) << fetcher.error().message;
    for (const char* path : {"/bomb", "/huge"}) {
        std::string body;
        const FetchResponse response = fetch(**fetcher, "127.0.0.1", server.port(), path, &body);
        EXPECT_EQ(response.end, FetchEnd::answered);
        EXPECT_EQ(response.body_end, BodyEnd::cut);
        EXPECT_EQ(body.size(), std::size_t{1} << 20);
    }
}

/// nghttpd, if this machine has it.
class Http2Server {
  public:
    Http2Server(const std::string& folder, int port, const std::string& key,
                const std::string& certificate) {
        std::vector<std::string> command = {
            "nghttpd", "-a", "127.0.0.1", "-d", folder, std::to_string(port), key, certificate};
        std::vector<char*> arguments;
        for (std::string& part : command)
            arguments.push_back(part.data());
        arguments.push_back(nullptr);
        if (::posix_spawnp(&process_, "nghttpd", nullptr, nullptr, arguments.data(), environ) != 0)
            process_ = -1;
    }
    ~Http2Server() {
        if (process_ < 0)
            return;
        ::kill(process_, SIGTERM);
        int status = 0;
        ::waitpid(process_, &status, 0);
    }
    Http2Server(const Http2Server&) = delete;
    Http2Server& operator=(const Http2Server&) = delete;
    [[nodiscard]] bool running() const {
        int status = 0;
        return process_ > 0 && ::waitpid(process_, &status, WNOHANG) == 0;
    }

  private:
    pid_t process_ = -1;
};

TEST(CurlFetcher, SpeaksHttp2) {
    const Sandbox sandbox;
    const LoopbackServer server(sandbox, true);
    CurlOptions options = allowing({"127.0.0.1"});
    options.ca_file = server.certificate();
    auto fetcher = CurlFetcher::open(std::move(options));
    ASSERT_TRUE(fetcher) << fetcher.error().message;
    if (!(*fetcher)->has_http2())
        GTEST_SKIP() << "this libcurl has no HTTP/2";
    sandbox.write("www/page.html", "<p id=here>");
    const int port = 20000 + ::getpid() % 20000;
    const std::string certificate = server.certificate();
    const std::string key = certificate.substr(0, certificate.rfind('/')) + "/key";
    const Http2Server http2(sandbox.path("www"), port, key, certificate);
    FetchResponse response;
    for (int i = 0; i < 50 && response.status == 0; ++i) {
        ::usleep(50'000);
        if (!http2.running())
            GTEST_SKIP() << "no nghttpd (Debian: nghttp2-server), or its port is taken";
        FetchRequest request;
        request.url = "https://127.0.0.1:" + std::to_string(port) + "/page.html";
        request.host = "127.0.0.1";
        (*fetcher)->start(std::move(request));
        std::vector<FetchResponse> ended;
        while (ended.empty())
            ended = (*fetcher)->wait(Milliseconds(1000));
        response = ended.front();
    }
    EXPECT_EQ(response.status, 200) << response.detail;
    EXPECT_EQ(response.http_version, 20);
}

}  // namespace
}  // namespace docathon::testing
