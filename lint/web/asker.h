#pragma once
// Asker: asks many URLs, with manners. Every exchange, those of redirects and second tries
// included, passes the queue of the host it goes to: so many at once, so long between two, longer
// when the host says that it is busy, none after the host's or the run's budget of time is spent.
//
// It knows HTTP and nothing of yesterday: what an answer means for a link is said by History.

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "lint/io/fetch.h"
#include "lint/web/credentials.h"
#include "lint/web/history.h"
#include "lint/web/url.h"

namespace docathon {

struct AskOptions {
    Milliseconds run_budget{120'000};
    Milliseconds host_budget{20'000};
    unsigned per_host = 4;              ///< exchanges with one host at once
    unsigned at_once = 64;              ///< exchanges in all at once
    Milliseconds interval{100};         ///< between two exchanges with one host
    Milliseconds timeout{20'000};       ///< of one exchange
    Milliseconds backoff{1'000};        ///< before the second try, doubled for each further one
    unsigned redirects = 10;            ///< followed at most
    unsigned retries = 2;               ///< after answers that may be better the next time
    std::uint64_t max_page = 4u << 20;  ///< bytes that are searched for an anchor
    /// Reasons that say nothing about the page: statuses, "tls", "timeout", "dns".
    std::set<std::string> unverified = {"401", "403", "429", "503", "tls", "timeout"};
    /// More headers: "https://host" or "*" -> name and value. The more exact entry holds alone.
    std::map<std::string, std::vector<std::pair<std::string, std::string>>> headers;
    std::set<std::string> soft_404;  ///< more hosts that answer 200 whatever is asked
    Credentials credentials;
    /// Hosts that may be told a password without TLS (those of --allow-private).
    std::function<bool(const std::string& host)> is_own_host;
    /// Seconds since 1970, for dates in headers.
    std::function<std::int64_t()> unix_now;
    /// True ends the run; what is not answered by then is "not asked".
    std::function<bool()> cancelled;
};

/// One page and the anchors that links into it name.
struct Question {
    Url url;  ///< its fragment does not matter
    std::vector<std::string> fragments;
    bool bare = true;  ///< some link names the page without a fragment
};

/// The reason of what was not asked: the budget was spent, or the run was ended.
inline constexpr const char* kNotAsked = "not asked";

struct Answer {
    Observation page;
    std::vector<Observation> fragments;  ///< parallel to Question::fragments
    std::string detail;                  ///< for people; "" if the reason says it all
    bool host_answered = false;          ///< some machine spoke HTTP
};

/// Where a run stands, for a line on a terminal.
struct AskProgress {
    std::size_t done = 0;
    std::size_t total = 0;
    std::size_t failed = 0;
    std::size_t unverified = 0;
    std::vector<std::pair<std::string, std::size_t>> waiting;  ///< host, questions; most first
};

class Asker {
  public:
    /// `fetcher` must outlive it.
    Asker(Fetcher& fetcher, AskOptions options);
    ~Asker();
    Asker(const Asker&) = delete;
    Asker& operator=(const Asker&) = delete;

    /// Called with every answer as it is known, in no particular order.
    std::function<void(std::size_t question, const Answer& answer)> on_answer;
    /// Called now and then.
    std::function<void(const AskProgress& progress)> on_progress;

    /// Asks all; earlier questions are asked earlier within each host.
    [[nodiscard]] std::vector<Answer> ask(const std::vector<Question>& questions);

  private:
    class Run;
    Fetcher& fetcher_;
    AskOptions options_;
};

/// Is the host known to answer 200, or a page for robots, whatever is asked?
[[nodiscard]] bool is_soft_404_host(std::string_view host);
/// Are anchors of this host's pages made by scripts, so that nobody else can see them?
[[nodiscard]] bool has_scripted_anchors(std::string_view host);

}  // namespace docathon
