#include "lint/web/asker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "lint/io/fake_fetcher.h"

namespace docathon {
namespace {

using Reply = FakeFetcher::Reply;

AskOptions options() {
    AskOptions made;
    made.unix_now = [] { return std::int64_t{784111777}; };
    return made;
}

/// A page, or several anchors of one.
Question question(std::string_view text, std::vector<std::string> fragments = {}) {
    const bool bare = fragments.empty();
    return {*parse_url(text), std::move(fragments), bare};
}

std::string show(const Observation& observation) {
    const char* const words[] = {"good", "failed", "unverified"};
    return std::string(words[static_cast<int>(observation.seen)]) + " " + observation.reason +
           (observation.moved.empty() ? "" : " -> " + observation.moved);
}

/// Asks one page of a world, and says what came of it.
std::string ask(const std::function<Reply(const FetchRequest&)>& world, const Question& one,
                AskOptions with = options()) {
    FakeFetcher fetcher(world);
    Asker asker(fetcher, std::move(with));
    const std::vector<Answer> answers = asker.ask({one});
    return show(one.fragments.empty() ? answers[0].page : answers[0].fragments[0]);
}

std::string ask(const std::function<Reply(const FetchRequest&)>& world) {
    return ask(world, question("https://x.org/a"));
}

TEST(Asker, StatusesSayWhatTheTableSays) {
    for (const auto& [status, expected] : std::map<int, std::string>{{200, "good 200"},
                                                                     {204, "good 204"},
                                                                     {304, "unverified 304"},
                                                                     {400, "unverified 400"},
                                                                     {401, "unverified 401"},
                                                                     {403, "unverified 403"},
                                                                     {404, "failed 404"},
                                                                     {405, "unverified 405"},
                                                                     {406, "unverified 406"},
                                                                     {410, "failed 410"},
                                                                     {429, "unverified 429"},
                                                                     {451, "unverified 451"},
                                                                     {500, "failed 500"},
                                                                     {502, "failed 502"},
                                                                     {503, "unverified 503"}}) {
        EXPECT_EQ(
            ask([&, status = status](const FetchRequest&) { return FakeFetcher::status(status); }),
            expected);
    }
    for (const auto& [end, expected] :
         std::map<FetchEnd, std::string>{{FetchEnd::dns, "failed dns"},
                                         {FetchEnd::connect, "failed connect"},
                                         {FetchEnd::dropped, "unverified dropped"},
                                         {FetchEnd::tls, "unverified tls"},
                                         {FetchEnd::timeout, "unverified timeout"},
                                         {FetchEnd::refused, "unverified private"},
                                         {FetchEnd::malformed, "unverified malformed"},
                                         {FetchEnd::url, "unverified url"}}) {
        EXPECT_EQ(ask([&, end = end](const FetchRequest&) { return FakeFetcher::ends(end); }),
                  expected);
    }
}

TEST(Asker, TheConfigurationMovesTheTable) {
    AskOptions strict = options();
    strict.unverified = {"404"};
    const auto with = [&](int status) {
        return ask([=](const FetchRequest&) { return FakeFetcher::status(status); },
                   question("https://x.org/"), strict);
    };
    EXPECT_EQ(with(404), "unverified 404");
    EXPECT_EQ(with(403), "failed 403");
    EXPECT_EQ(with(503), "failed 503");
    EXPECT_EQ(ask([](const FetchRequest&) { return FakeFetcher::ends(FetchEnd::timeout); },
                  question("https://x.org/"), strict),
              "failed timeout");
}

TEST(Asker, HeadThenGet) {
    std::vector<std::string> methods;
    EXPECT_EQ(ask([&](const FetchRequest& request) {
                  methods.push_back(request.head ? "HEAD" : "GET");
                  return FakeFetcher::status(request.head ? 405 : 200);
              }),
              "good 200");
    EXPECT_EQ(methods, (std::vector<std::string>{"HEAD", "GET"}));
    // A page that is not there is asked twice as well: HEAD may be what is not understood.
    methods.clear();
    EXPECT_EQ(ask([&](const FetchRequest& request) {
                  methods.push_back(request.head ? "HEAD" : "GET");
                  return FakeFetcher::status(404);
              }),
              "failed 404");
    EXPECT_EQ(methods, (std::vector<std::string>{"HEAD", "GET"}));
    EXPECT_EQ(ask([](const FetchRequest& request) {
                  return request.head ? FakeFetcher::ends(FetchEnd::dropped)
                                      : FakeFetcher::status(200);
              }),
              "good 200");
    EXPECT_EQ(ask(
                  [](const FetchRequest& request) {
                      Reply reply = FakeFetcher::status(200);
                      reply.takes = Milliseconds(request.head ? 100'000 : 10);
                      return reply;
                  },
                  question("https://x.org/"),
                  [] {
                      AskOptions patient = options();
                      patient.host_budget = Milliseconds(60'000);
                      return patient;
                  }()),
              "good 200");
}

TEST(Asker, RedirectsAreFollowedUpToALimit) {
    const auto chain = [](int length, int status) {
        return [=](const FetchRequest& request) {
            const int at =
                std::stoi("0" + request.url.substr(std::string("https://x.org/a").size()));
            return at == length ? FakeFetcher::status(200)
                                : FakeFetcher::status(status, "/a" + std::to_string(at + 1));
        };
    };
    EXPECT_EQ(ask(chain(10, 302)), "good 200");
    EXPECT_EQ(ask(chain(11, 302)), "failed redirects");
    EXPECT_EQ(ask(chain(2, 301)), "good 200 -> https://x.org/a2");
    EXPECT_EQ(ask(chain(1, 308)), "good 200 -> https://x.org/a1");
    EXPECT_EQ(ask(chain(1, 307)), "good 200");
    EXPECT_EQ(ask(chain(1, 303)), "good 200");
    EXPECT_EQ(ask([](const FetchRequest& request) {
                  return FakeFetcher::status(302, request.url.ends_with("/a") ? "/b" : "/a");
              }),
              "failed redirects");
    EXPECT_EQ(ask([](const FetchRequest& request) {
                  return request.head ? FakeFetcher::status(302, "/a") : FakeFetcher::status(200);
              }),
              "good 200");
    EXPECT_EQ(ask([](const FetchRequest&) { return FakeFetcher::status(302); }), "unverified 302");
}

TEST(Asker, OnlyThePermanentBeginningOfAChainIsTheNewAddress) {
    EXPECT_EQ(ask([](const FetchRequest& request) {
                  if (request.url.ends_with("/a"))
                      return FakeFetcher::status(301, "/new");
                  return request.url.ends_with("/new") ? FakeFetcher::status(302, "/new/today")
                                                       : FakeFetcher::status(200);
              }),
              "good 200 -> https://x.org/new");
    EXPECT_EQ(ask([](const FetchRequest& request) {
                  return request.url.ends_with("/a")   ? FakeFetcher::status(302, "/b")
                         : request.url.ends_with("/b") ? FakeFetcher::status(301, "/c")
                                                       : FakeFetcher::status(200);
              }),
              "good 200");
    // Login and error pages, and pages that are gone, are no new address.
    const auto to = [](std::string target) {
        return [=](const FetchRequest& request) {
            return request.url.ends_with("/a") ? FakeFetcher::status(301, target)
                                               : FakeFetcher::status(200);
        };
    };
    EXPECT_EQ(ask(to("/users/sign_in?to=a")), "good 200");
    EXPECT_EQ(ask(to("/404.html")), "good 200");
    EXPECT_EQ(ask(to("/")), "unverified front-page");
    EXPECT_EQ(ask(to("https://y.org/?x")), "good 200 -> https://y.org/?x");
    EXPECT_EQ(ask([](const FetchRequest& request) {
                  return request.url.ends_with("/a") ? FakeFetcher::status(301, "/b")
                                                     : FakeFetcher::status(404);
              }),
              "failed 404");
    EXPECT_EQ(ask(to("ftp://x.org/")), "unverified redirect");
    EXPECT_EQ(ask(to("https://me:pw@y.org/")), "unverified redirect");
}

TEST(Asker, AnchorsAreLookedForInHtml) {
    const auto page = [](std::string body) {
        return [=](const FetchRequest&) { return FakeFetcher::page(body); };
    };
    const Question anchor = question("https://x.org/a", {"here"});
    EXPECT_EQ(ask(page("<p id=here>"), anchor), "good 200");
    EXPECT_EQ(ask(page("<p id=there>"), anchor), "failed anchor");
    EXPECT_EQ(ask(page("<script>x</script>"), anchor), "unverified script");
    EXPECT_EQ(ask(page("<script src=documentation_options.js></script>"), anchor), "failed anchor");
    EXPECT_EQ(ask(page(std::string(5 << 20, ' ') + "<p id=here>"), anchor), "unverified page-size");
    EXPECT_EQ(ask(
                  [](const FetchRequest&) {
                      Reply reply = FakeFetcher::page("%PDF");
                      reply.response.content_type = "application/pdf";
                      return reply;
                  },
                  anchor),
              "good 200");
    EXPECT_EQ(ask([](const FetchRequest&) { return FakeFetcher::status(404); }, anchor),
              "failed 404");
    // The new address keeps the anchor.
    EXPECT_EQ(ask(
                  [](const FetchRequest& request) {
                      return request.url.ends_with("/a") ? FakeFetcher::status(301, "/b")
                                                         : FakeFetcher::page("<p id=here>");
                  },
                  anchor),
              "good 200 -> https://x.org/b#here");
}

TEST(Asker, APageIsAskedOnceForAllItsAnchors) {
    FakeFetcher fetcher([](const FetchRequest& request) {
        EXPECT_FALSE(request.head);
        EXPECT_EQ(request.headers.at(0).first, "Range");
        return FakeFetcher::page("<p id=one><p id=two>");
    });
    Asker asker(fetcher, options());
    const std::vector<Answer> answers =
        asker.ask({question("https://x.org/a", {"one", "two", "three"})});
    EXPECT_EQ(fetcher.seen.size(), 1u);
    EXPECT_EQ(show(answers[0].page), "good 200");
    EXPECT_EQ(show(answers[0].fragments[1]), "good 200");
    EXPECT_EQ(show(answers[0].fragments[2]), "failed anchor");
}

TEST(Asker, TriesAgainWithBackoff) {
    int calls = 0;
    std::vector<Milliseconds> times;
    FakeFetcher fetcher([&](const FetchRequest& request) {
        return FakeFetcher::status(request.head || ++calls < 3 ? 500 : 200);
    });
    Asker asker(fetcher, options());
    EXPECT_EQ(show(asker.ask({question("https://x.org/a")})[0].page), "good 200");
    ASSERT_EQ(fetcher.seen.size(), 4u);  // HEAD, GET, and two more
    EXPECT_GE(fetcher.seen[2].begin - fetcher.seen[1].end, Milliseconds(1000));
    EXPECT_GE(fetcher.seen[3].begin - fetcher.seen[2].end, Milliseconds(2000));
}

TEST(Asker, ObeysRetryAfter) {
    for (const auto& [header, least, most] : {std::tuple<std::string, int, int>{"7", 7000, 8000},
                                              {"Sun, 06 Nov 1994 08:49:42 GMT", 5000, 6000},
                                              {"", 1000, 2000},
                                              {"nonsense", 1000, 2000}}) {
        int calls = 0;
        FakeFetcher fetcher([&, header = header](const FetchRequest&) {
            Reply reply = FakeFetcher::status(++calls == 1 ? 429 : 200);
            reply.response.retry_after = header;
            return reply;
        });
        Asker asker(fetcher, options());
        const std::vector<Answer> answers =
            asker.ask({question("https://x.org/a"), question("https://x.org/b")});
        EXPECT_EQ(show(answers[0].page), "good 200");
        EXPECT_EQ(show(answers[1].page), "good 200");
        // The whole host waits, not only the URL.
        const Milliseconds first = fetcher.seen[0].end;
        for (const FakeFetcher::Seen& seen : fetcher.seen) {
            if (seen.begin >= first) {
                EXPECT_GE(seen.begin - first, Milliseconds(least)) << header;
                break;
            }
        }
        EXPECT_LE(fetcher.now(), Milliseconds(most)) << header;
    }
    // Too long a wait is not waited for.
    FakeFetcher fetcher([](const FetchRequest&) {
        Reply reply = FakeFetcher::status(429);
        reply.response.retry_after = "86400";
        return reply;
    });
    Asker asker(fetcher, options());
    const std::vector<Answer> answers =
        asker.ask({question("https://x.org/a"), question("https://x.org/b")});
    EXPECT_EQ(show(answers[0].page), "unverified 429");
    EXPECT_LE(fetcher.now(), options().run_budget);
    EXPECT_LE(fetcher.seen.size(), 3u);
}

/// Requests that ran at once, and the least time between two begins.
std::pair<std::size_t, Milliseconds> manners(const std::vector<FakeFetcher::Seen>& seen,
                                             std::string_view host) {
    std::size_t most = 0;
    Milliseconds least{1'000'000};
    const FakeFetcher::Seen* last = nullptr;
    for (const FakeFetcher::Seen& one : seen) {
        if (!host.empty() && one.request.host != host)
            continue;
        std::size_t at_once = 0;
        for (const FakeFetcher::Seen& other : seen) {
            at_once += (host.empty() || other.request.host == host) && other.begin <= one.begin &&
                               one.begin < other.end
                           ? 1
                           : 0;
        }
        most = std::max(most, at_once);
        if (last != nullptr)
            least = std::min(least, one.begin - last->begin);
        last = &one;
    }
    return {most, least};
}

TEST(Asker, KeepsTheLimitsOfEachHostAndOfAll) {
    FakeFetcher fetcher([](const FetchRequest& request) {
        Reply reply = FakeFetcher::status(200);
        reply.takes = Milliseconds(300 + request.url.size() % 7 * 100);
        return reply;
    });
    AskOptions limited = options();
    limited.per_host = 3;
    limited.at_once = 20;
    limited.interval = Milliseconds(50);
    std::vector<Question> questions;
    for (int i = 0; i < 600; ++i)
        questions.push_back(question("https://h" + std::to_string(i % 12) + ".org/" +
                                     std::string(static_cast<std::size_t>(i % 5), 'x')));
    Asker asker(fetcher, limited);
    for (const Answer& answer : asker.ask(questions))
        EXPECT_EQ(show(answer.page), "good 200");
    for (int i = 0; i < 12; ++i) {
        const auto [at_once, apart] = manners(fetcher.seen, "h" + std::to_string(i) + ".org");
        EXPECT_LE(at_once, 3u);
        EXPECT_GE(apart, Milliseconds(50));
    }
    EXPECT_LE(manners(fetcher.seen, "").first, 20u);
    EXPECT_GE(manners(fetcher.seen, "").first, 15u);  // and it does not dawdle
}

TEST(Asker, BudgetsEndTheRunAndTheHost) {
    FakeFetcher fetcher([](const FetchRequest& request) {
        Reply reply = FakeFetcher::status(200);
        reply.takes = Milliseconds(request.host == "slow.org" ? 9000 : 10);
        return reply;
    });
    std::vector<Question> questions;
    for (int i = 0; i < 40; ++i)
        questions.push_back(question("https://slow.org/" + std::to_string(i)));
    for (int i = 0; i < 40; ++i)
        questions.push_back(question("https://fast.org/" + std::to_string(i)));
    Asker asker(fetcher, options());
    const std::vector<Answer> answers = asker.ask(questions);
    std::size_t good = 0;
    for (std::size_t i = 0; i < 40; ++i)
        good += answers[i].page.seen == Seen::good ? 1 : 0;
    EXPECT_EQ(good, 12u);  // 4 at once for 9 s, begun within 20 s
    EXPECT_EQ(answers[39].page.reason, kNotAsked);
    for (std::size_t i = 40; i < 80; ++i)
        EXPECT_EQ(show(answers[i].page), "good 200");

    FakeFetcher stuck([](const FetchRequest&) {
        Reply reply = FakeFetcher::status(200);
        reply.takes = Milliseconds(15'000);
        return reply;
    });
    AskOptions hasty = options();
    hasty.run_budget = Milliseconds(10'000);
    Asker second(stuck, hasty);
    EXPECT_EQ(second.ask({question("https://x.org/")})[0].page.reason, kNotAsked);
    EXPECT_LE(stuck.now(), Milliseconds(10'001));
}

TEST(Asker, AHostThatIsDownIsNotAskedForEachOfItsUrls) {
    for (const auto& [end, reason, most] :
         {std::tuple<FetchEnd, std::string, std::size_t>{FetchEnd::dns, "failed dns", 12},
          {FetchEnd::connect, "failed connect", 12},
          {FetchEnd::tls, "unverified tls", 4},
          {FetchEnd::refused, "unverified private", 4}}) {
        FakeFetcher fetcher([&, end = end](const FetchRequest&) { return FakeFetcher::ends(end); });
        std::vector<Question> questions;
        for (int i = 0; i < 100; ++i)
            questions.push_back(question("https://x.org/" + std::to_string(i)));
        AskOptions slow = options();
        slow.interval = Milliseconds(1000);
        Asker asker(fetcher, slow);
        for (const Answer& answer : asker.ask(questions))
            EXPECT_EQ(show(answer.page), reason);
        EXPECT_LE(fetcher.seen.size(), most) << reason;
    }
}

TEST(Asker, SoftHostsAreNotAsked) {
    FakeFetcher fetcher([](const FetchRequest&) { return FakeFetcher::status(200); });
    AskOptions soft = options();
    soft.soft_404 = {"wall.org"};
    Asker asker(fetcher, soft);
    const std::vector<Answer> answers =
        asker.ask({question("https://www.linkedin.com/in/x"), question("https://a.wall.org/x")});
    EXPECT_EQ(show(answers[0].page), "unverified soft-404");
    EXPECT_EQ(show(answers[1].page), "unverified soft-404");
    EXPECT_TRUE(fetcher.seen.empty());
}

TEST(Asker, CredentialsFollowNoRedirect) {
    AskOptions secret = options();
    secret.credentials.read_netrc("machine a.org login me password pw");
    FakeFetcher fetcher([](const FetchRequest& request) {
        return request.host == "a.org" ? FakeFetcher::status(302, "https://b.org/")
                                       : FakeFetcher::status(200);
    });
    Asker asker(fetcher, secret);
    static_cast<void>(asker.ask({question("https://a.org/x")}));
    ASSERT_EQ(fetcher.seen.size(), 2u);
    EXPECT_EQ(fetcher.seen[0].request.headers.size(), 1u);
    EXPECT_TRUE(fetcher.seen[1].request.headers.empty());
}

TEST(Asker, GithubIsAskedThroughItsApiWhenThePageIsHidden) {
    AskOptions secret = options();
    secret.credentials.set_github_token("secret");
    FakeFetcher fetcher([](const FetchRequest& request) {
        const bool authorized = !request.headers.empty();
        EXPECT_EQ(authorized, request.host == "api.github.com");
        if (request.host == "github.com")
            return FakeFetcher::status(404);
        return FakeFetcher::status(request.url.ends_with("/private") ? 200 : 404);
    });
    Asker asker(fetcher, secret);
    const std::vector<Answer> answers = asker.ask(
        {question("https://github.com/me/private"), question("https://github.com/me/gone")});
    EXPECT_EQ(show(answers[0].page), "good 200");
    EXPECT_EQ(show(answers[1].page), "failed 404");
}

TEST(Asker, CancelledRunsEndAtOnce) {
    FakeFetcher fetcher([](const FetchRequest&) { return FakeFetcher::status(200); });
    AskOptions stopped = options();
    stopped.cancelled = [&] { return fetcher.seen.size() >= 3; };
    std::vector<Question> questions;
    for (int i = 0; i < 20; ++i)
        questions.push_back(question("https://x.org/" + std::to_string(i)));
    Asker asker(fetcher, stopped);
    const std::vector<Answer> answers = asker.ask(questions);
    EXPECT_EQ(answers.back().page.reason, kNotAsked);
    EXPECT_LE(fetcher.seen.size(), 6u);
}

}  // namespace
}  // namespace docathon
