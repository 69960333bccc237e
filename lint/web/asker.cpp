#include "lint/web/asker.h"

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <utility>

#include "lint/core/strings.h"
#include "lint/web/anchor_scan.h"
#include "lint/web/http_date.h"

namespace docathon {

namespace {

constexpr Milliseconds kLongestInterval{30'000};
constexpr Milliseconds kBusyInterval{500};  // after the first 429
constexpr Milliseconds kErrorStep{200};     // slower by that after each 5xx
constexpr Milliseconds kProgressStep{100};
/// Timeouts in a row, without an answer before, after which a host is left alone.
constexpr unsigned kMostSilent = 3;

constexpr std::string_view kSoft404[] = {"facebook.com", "instagram.com", "linkedin.com",
                                         "tiktok.com",   "twitter.com",   "x.com"};
constexpr std::string_view kScripted[] = {"bitbucket.org",     "colab.research.google.com",
                                          "docs.google.com",   "drive.google.com",
                                          "github.com",        "gitlab.com",
                                          "groups.google.com", "youtube.com"};

bool is_redirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool is_html(std::string_view content_type) {
    const std::string_view type = trim(content_type.substr(0, content_type.find(';')));
    return ascii_iequals(type, "text/html") || ascii_iequals(type, "application/xhtml+xml");
}

/// Pages that a redirect leads to when what was asked is hidden or gone.
bool is_stand_in(const Url& url) {
    const std::string path = ascii_lower(url.path);
    for (const std::string_view word : {"login", "signin", "sign_in", "sign-in", "sso", "/404",
                                        "notfound", "not-found", "not_found", "/error"}) {
        if (path.find(word) != std::string::npos)
            return true;
    }
    return false;
}

bool is_front_page(const Url& url) {
    return url.path == "/" && !url.has_query;
}

/// Does the path name something below the front page?
bool is_deep(const Url& url) {
    std::string_view path = url.path;
    while (path.ends_with('/'))
        path.remove_suffix(1);
    const std::string_view last = path.substr(path.rfind('/') + 1);
    return !path.empty() && !(path.rfind('/') == 0 && last.starts_with("index."));
}

}  // namespace

bool is_soft_404_host(std::string_view host) {
    return std::any_of(std::begin(kSoft404), std::end(kSoft404),
                       [&](std::string_view domain) { return in_domain(host, domain); });
}

bool has_scripted_anchors(std::string_view host) {
    return std::any_of(std::begin(kScripted), std::end(kScripted),
                       [&](std::string_view domain) { return in_domain(host, domain); });
}

class Asker::Run {
  public:
    Run(Asker& asker, const std::vector<Question>& questions)
        : asker_(asker),
          fetcher_(asker.fetcher_),
          options_(asker.options_),
          questions_(questions),
          answers_(questions.size()),
          asked_(questions.size()),
          deadline_(fetcher_.now() + options_.run_budget) {}

    std::vector<Answer> run() {
        for (std::size_t i = 0; i < questions_.size(); ++i)
            prepare(i);
        while (done_ < questions_.size()) {
            const Milliseconds now = fetcher_.now();
            if (now >= deadline_ || (options_.cancelled && options_.cancelled()))
                break;
            wake(now);
            start_all(now);
            if (done_ == questions_.size())
                break;
            for (const FetchResponse& response : fetcher_.wait(pause(now)))
                handle(static_cast<std::size_t>(response.id), response);
            report_progress(false);
        }
        fetcher_.stop_all();
        for (std::size_t i = 0; i < questions_.size(); ++i) {
            if (!asked_[i].done)
                finish(i, {Seen::unverified, kNotAsked, {}});
        }
        report_progress(true);
        return std::move(answers_);
    }

  private:
    struct Host {
        std::string name;
        std::deque<std::size_t> queue;
        unsigned in_flight = 0;
        unsigned limit = 1;
        Milliseconds interval{0};
        Milliseconds next{0};  // not before
        std::optional<Milliseconds> deadline;
        bool answered = false;
        unsigned silent = 0;
        std::string down;  // a reason that holds for every URL of the host
    };
    /// A question on its way.
    struct Asked {
        Url url;
        std::size_t host = 0;
        bool head = true;
        bool ranged = true;
        bool api = false;  // GitHub's API is asked instead of the page
        bool done = false;
        bool hurried = false;   // it got less time than it should, because the run's was short
        bool permanent = true;  // all redirects so far
        unsigned hops = 0;
        unsigned tries = 0;
        std::set<std::string> visited;
        Url moved;
        bool has_moved = false;
        std::unique_ptr<AnchorScanner> scanner;
    };
    using Delayed = std::pair<Milliseconds, std::size_t>;

    // --- Questions and hosts ---

    void prepare(std::size_t i) {
        const Question& question = questions_[i];
        Asked& asked = asked_[i];
        asked.url = question.url;
        asked.url.fragment.clear();
        asked.head = question.fragments.empty();
        const std::string& host = asked.url.host;
        if (is_soft_404_host(host) ||
            std::any_of(options_.soft_404.begin(), options_.soft_404.end(),
                        [&](const std::string& domain) { return in_domain(host, domain); })) {
            finish(i, {Seen::unverified, "soft-404", {}}, "the host answers 200 whatever is asked");
            return;
        }
        enqueue(i, false);
    }

    Host& host_of(const Url& url, std::size_t& index) {
        const auto [at, is_new] = by_name_.try_emplace(url.authority(), hosts_.size());
        if (is_new) {
            Host& host = hosts_.emplace_back();
            host.name = at->first;
            host.limit = std::max(options_.per_host, 1u);
            host.interval = options_.interval;
        }
        index = at->second;
        return hosts_[index];
    }

    void enqueue(std::size_t i, bool front) {
        Host& host = host_of(asked_[i].url, asked_[i].host);
        if (front)
            host.queue.push_front(i);
        else
            host.queue.push_back(i);
        busy_.insert(asked_[i].host);
    }

    // --- Time ---

    void wake(Milliseconds now) {
        while (!delayed_.empty() && delayed_.top().first <= now) {
            const std::size_t i = delayed_.top().second;
            delayed_.pop();
            enqueue(i, true);
        }
    }

    [[nodiscard]] bool may_start(const Host& host, Milliseconds now) const {
        return !host.queue.empty() && host.in_flight < host.limit && host.next <= now &&
               fetcher_.running() < options_.at_once;
    }

    void start_all(Milliseconds now) {
        if (busy_.empty())
            return;
        // Another host is first each time, so that the limit of all does not starve the last ones.
        std::vector<std::size_t> order(busy_.lower_bound(next_host_), busy_.end());
        order.insert(order.end(), busy_.begin(), busy_.lower_bound(next_host_));
        for (const std::size_t index : order) {
            Host& host = hosts_[index];
            if (!host.down.empty() || (host.deadline && *host.deadline <= now))
                drain(host);
            while (may_start(host, now)) {
                const std::size_t i = host.queue.front();
                host.queue.pop_front();
                next_host_ = index + 1;
                begin(i, host, now);
            }
            if (host.queue.empty())
                busy_.erase(index);
        }
    }

    /// How long nothing can be started unless something ends.
    [[nodiscard]] Milliseconds pause(Milliseconds now) const {
        Milliseconds until = std::min(deadline_, now + kProgressStep);
        if (!delayed_.empty())
            until = std::min(until, delayed_.top().first);
        if (fetcher_.running() < options_.at_once) {
            for (const std::size_t index : busy_) {
                const Host& host = hosts_[index];
                if (host.in_flight < host.limit)
                    until = std::min(until, host.next);
            }
        }
        return std::max(until - now, Milliseconds(1));
    }

    /// Puts the question back for a while. False: its tries or the time are used up.
    bool try_again(std::size_t i, Milliseconds delay) {
        Asked& asked = asked_[i];
        const Host& host = hosts_[asked.host];
        const Milliseconds at = fetcher_.now() + delay;
        if (asked.tries >= options_.retries || at >= deadline_ ||
            (host.deadline && at >= *host.deadline))
            return false;
        ++asked.tries;
        delayed_.emplace(at, i);
        return true;
    }

    [[nodiscard]] Milliseconds backoff(const Asked& asked) const {
        return options_.backoff * (1u << std::min(asked.tries, 10u));
    }

    // --- Requests ---

    void begin(std::size_t i, Host& host, Milliseconds now) {
        Asked& asked = asked_[i];
        const Question& question = questions_[i];
        if (!host.deadline)
            host.deadline = now + options_.host_budget;
        ++host.in_flight;
        host.next = now + host.interval;
        FetchRequest request;
        request.id = i;
        request.url = asked.url.page();
        request.host = asked.url.host;
        request.head = asked.head;
        request.timeout = std::min(options_.timeout, std::max(deadline_ - now, Milliseconds(1)));
        request.connect_timeout = std::min(request.timeout, options_.timeout / 2);
        asked.hurried = request.timeout < options_.timeout;
        auto more = options_.headers.find(asked.url.scheme + "://" + asked.url.authority());
        if (more == options_.headers.end())
            more = options_.headers.find("*");
        if (more != options_.headers.end())
            request.headers = more->second;
        const bool own = options_.is_own_host && options_.is_own_host(asked.url.host);
        if (auto header = options_.credentials.header(asked.url, own))
            request.headers.push_back(std::move(*header));
        asked.scanner.reset();
        if (!asked.head && !asked.api && !question.fragments.empty()) {
            asked.scanner = std::make_unique<AnchorScanner>(question.fragments);
            request.max_body = options_.max_page;
            request.body = [scanner = asked.scanner.get()](std::string_view bytes) {
                return !scanner->feed(bytes);
            };
            if (asked.ranged) {
                request.headers.emplace_back("Range",
                                             "bytes=0-" + std::to_string(options_.max_page - 1));
            }
        }
        fetcher_.start(std::move(request));
    }

    // --- Answers ---

    void handle(std::size_t i, const FetchResponse& response) {
        Asked& asked = asked_[i];
        Host& host = hosts_[asked.host];
        --host.in_flight;
        if (!host.queue.empty())
            busy_.insert(asked.host);
        if (response.end == FetchEnd::answered) {
            host.answered = answers_[i].host_answered = true;
            host.silent = 0;
            handle_status(i, response);
            return;
        }
        switch (response.end) {
            case FetchEnd::dns:
                return handle_down(i, "dns", response.detail);
            case FetchEnd::connect:
                return handle_down(i, "connect", response.detail);
            case FetchEnd::tls:
                if (!host.answered)
                    host.down = "tls";
                return finish(i, judge("tls"), response.detail);
            case FetchEnd::timeout:
                if (asked.hurried)
                    return finish(i, {Seen::unverified, kNotAsked, {}});
                if (!host.answered && ++host.silent >= kMostSilent)
                    host.down = "timeout";
                asked.head = false;  // some servers never answer HEAD
                if (host.down.empty() && try_again(i, Milliseconds(0)))
                    return;
                return finish(i, judge("timeout"));
            case FetchEnd::refused:
                if (!host.answered)
                    host.down = "private";
                return finish(i, {Seen::unverified, "private", {}},
                              "its address " + response.address + " is not public");
            case FetchEnd::url:
                return finish(i, {Seen::unverified, "url", {}}, response.detail);
            default:
                break;
        }
        if (ask_by_get(i))
            return;
        if (response.end == FetchEnd::dropped && try_again(i, backoff(asked)))
            return;
        const char* reason = response.end == FetchEnd::dropped ? "dropped" : "malformed";
        finish(i, {Seen::unverified, reason, {}}, response.detail);
    }

    /// No address, or nobody there: after some tries that holds for the whole host.
    void handle_down(std::size_t i, const char* reason, const std::string& detail) {
        if (try_again(i, backoff(asked_[i])))
            return;
        Host& host = hosts_[asked_[i].host];
        if (!host.answered)
            host.down = reason;
        finish(i, judge(reason), detail);
    }

    void handle_status(std::size_t i, const FetchResponse& response) {
        Asked& asked = asked_[i];
        Host& host = hosts_[asked.host];
        const int status = response.status;
        if (status / 100 == 2) {
            speed_up(host);
            return finish_page(i, response);
        }
        if (is_redirect(status) && !response.location.empty()) {
            speed_up(host);
            return follow(i, response);
        }
        if (status == 429 || status == 503)
            return handle_busy(i, response);
        if (status == 416 && asked.ranged && !asked.head) {
            asked.ranged = false;
            return enqueue(i, true);
        }
        if (ask_by_get(i))
            return;
        if (status / 100 == 5) {
            host.interval = std::min(host.interval + kErrorStep, kLongestInterval);
            if (try_again(i, backoff(asked)))
                return;
        }
        if (status == 404 && ask_api(i))
            return;
        finish(i, judge(std::to_string(status)));
    }

    void handle_busy(std::size_t i, const FetchResponse& response) {
        Asked& asked = asked_[i];
        Host& host = hosts_[asked.host];
        const Milliseconds now = fetcher_.now();
        Milliseconds wait = backoff(asked);
        const auto said =
            parse_retry_after(response.retry_after, options_.unix_now ? options_.unix_now() : 0);
        if (said)
            wait = std::max(Milliseconds(*said * 1000), Milliseconds(1));
        if (response.status == 429) {
            host.limit = 1;
            host.interval = std::clamp(host.interval * 2, kBusyInterval, kLongestInterval);
        }
        if (response.status == 429 || said)
            host.next = std::max(host.next, now + wait);
        if (try_again(i, wait))
            return;
        if (response.status == 429 && ask_api(i))
            return;
        finish(i, judge(std::to_string(response.status)));
    }

    void speed_up(Host& host) const {
        host.interval = std::max(options_.interval, host.interval / 2);
        host.limit = std::min(std::max(options_.per_host, 1u), host.limit + 1);
    }

    /// HEAD was no use: the same by GET.
    bool ask_by_get(std::size_t i) {
        if (!asked_[i].head)
            return false;
        asked_[i].head = false;
        enqueue(i, true);
        return true;
    }

    bool ask_api(std::size_t i) {
        Asked& asked = asked_[i];
        if (asked.api || !options_.credentials.has_github_token())
            return false;
        std::optional<Url> api = github_api_url(asked.url);
        if (!api)
            return false;
        asked.url = std::move(*api);
        asked.api = true;
        asked.tries = 0;
        enqueue(i, true);
        return true;
    }

    void follow(std::size_t i, const FetchResponse& response) {
        Asked& asked = asked_[i];
        std::string why;
        const std::optional<Url> next = resolve_url(asked.url, response.location, &why);
        if (!next || next->credentials) {
            return finish(i, {Seen::unverified, "redirect", {}},
                          next ? "it redirects to an address with a password"
                               : "it redirects to an address that cannot be asked: " + why);
        }
        asked.visited.insert(asked.url.page());
        if (++asked.hops > options_.redirects || asked.visited.count(next->page()) != 0) {
            if (!asked.head)
                return finish(i, judge("redirects"));
            // Servers exist that redirect only HEAD for ever.
            asked.url = questions_[i].url;
            asked.url.fragment.clear();
            asked.visited.clear();
            asked.hops = 0;
            asked.permanent = true;
            asked.has_moved = false;
            ask_by_get(i);
            return;
        }
        asked.permanent = asked.permanent && (response.status == 301 || response.status == 308);
        if (asked.permanent) {
            asked.moved = *next;
            asked.has_moved = true;
        }
        asked.url = *next;
        asked.url.fragment.clear();
        asked.tries = 0;
        enqueue(i, true);
    }

    // --- Ends ---

    /// What a reason says about the page, as the configuration wants it.
    [[nodiscard]] Observation judge(const std::string& reason) const {
        static const std::set<std::string> kDefinite = {
            "401", "403", "404", "410", "429", "connect", "dns", "redirects", "timeout", "tls"};
        const bool server_error = reason.size() == 3 && reason[0] == '5';
        const bool failed = (kDefinite.count(reason) != 0 || server_error) &&
                            options_.unverified.count(reason) == 0;
        return {failed ? Seen::failed : Seen::unverified, reason, {}};
    }

    /// Where a link to `fragment` of this page should lead instead, or "".
    [[nodiscard]] std::string moved_to(const Asked& asked, const Question& question,
                                       const std::string& fragment) const {
        if (!asked.has_moved || is_stand_in(asked.moved) || is_stand_in(asked.url))
            return {};
        Url url = asked.moved;
        if (url.page() == question.url.page())
            return {};
        if (url.fragment.empty())
            url.fragment = fragment;
        return url.to_string();
    }

    void finish_page(std::size_t i, const FetchResponse& response) {
        const Asked& asked = asked_[i];
        const Question& question = questions_[i];
        if (asked.hops > 0 && !asked.api && is_front_page(asked.url) && is_deep(question.url)) {
            return finish(i, {Seen::unverified, "front-page", {}},
                          "it redirects to the front page, as hosts do with pages that are gone");
        }
        const std::string status = std::to_string(response.status);
        Answer& answer = answers_[i];
        for (std::size_t k = 0; k < question.fragments.size(); ++k) {
            Observation one = judge_fragment(asked, response, k);
            if (one.seen == Seen::good)
                one.moved = moved_to(asked, question, question.fragments[k]);
            answer.fragments.push_back(std::move(one));
        }
        finish(i, {Seen::good, status, moved_to(asked, question, {})});
    }

    [[nodiscard]] Observation judge_fragment(const Asked& asked, const FetchResponse& response,
                                             std::size_t fragment) const {
        const std::string status = std::to_string(response.status);
        // Fragments of PDFs, images and text are not ids; the API shows none.
        if (asked.scanner == nullptr || !is_html(response.content_type) ||
            asked.scanner->found(fragment))
            return {Seen::good, status, {}};
        if (response.body_end == BodyEnd::cut || is_partial(response))
            return {Seen::unverified, "page-size", {}};
        if (response.body_end == BodyEnd::broken)
            return {Seen::unverified, "body", {}};
        if (asked.scanner->may_make_anchors())
            return {Seen::unverified, "script", {}};
        return judge_anchor();
    }

    [[nodiscard]] Observation judge_anchor() const {
        const bool failed = options_.unverified.count("anchor") == 0;
        return {failed ? Seen::failed : Seen::unverified, "anchor", {}};
    }

    /// Is the page longer than the range that was asked for?
    [[nodiscard]] bool is_partial(const FetchResponse& response) const {
        if (response.status != 206)
            return false;
        const std::size_t slash = response.content_range.rfind('/');
        if (slash == std::string::npos)
            return true;
        std::uint64_t total = 0;
        const std::string_view digits =
            trim(std::string_view(response.content_range).substr(slash + 1));
        if (digits.empty() || digits.size() > 15)
            return true;
        for (const char c : digits) {
            if (!is_ascii_digit(c))
                return true;
            total = total * 10 + static_cast<std::uint64_t>(c - '0');
        }
        return total > options_.max_page;
    }

    void finish(std::size_t i, Observation page, std::string detail = {}) {
        Asked& asked = asked_[i];
        Answer& answer = answers_[i];
        // What holds for the page holds for its anchors, unless they were looked at.
        while (answer.fragments.size() < questions_[i].fragments.size())
            answer.fragments.push_back(page);
        answer.page = std::move(page);
        answer.detail = std::move(detail);
        asked = Asked{};
        asked.done = true;
        ++done_;
        failed_ += answer.page.seen == Seen::failed ? 1 : 0;
        unverified_ += answer.page.seen == Seen::unverified ? 1 : 0;
        if (asker_.on_answer)
            asker_.on_answer(i, answer);
    }

    /// The host is down, or its time is spent: nothing more is asked of it.
    void drain(Host& host) {
        const std::string reason = host.down.empty() ? kNotAsked : host.down;
        while (!host.queue.empty()) {
            const std::size_t i = host.queue.front();
            host.queue.pop_front();
            finish(i,
                   reason == kNotAsked ? Observation{Seen::unverified, reason, {}} : judge(reason));
        }
    }

    void report_progress(bool last) {
        if (!asker_.on_progress)
            return;
        const Milliseconds now = fetcher_.now();
        if (!last && now - reported_ < kProgressStep)
            return;
        reported_ = now;
        AskProgress progress{done_, questions_.size(), failed_, unverified_, {}};
        for (const std::size_t index : busy_)
            progress.waiting.emplace_back(hosts_[index].name, hosts_[index].queue.size());
        std::sort(progress.waiting.begin(), progress.waiting.end(),
                  [](const auto& a, const auto& b) {
                      return std::pair(b.second, a.first) < std::pair(a.second, b.first);
                  });
        asker_.on_progress(progress);
    }

    Asker& asker_;
    Fetcher& fetcher_;
    const AskOptions& options_;
    const std::vector<Question>& questions_;
    std::vector<Answer> answers_;
    std::vector<Asked> asked_;
    Milliseconds deadline_;
    Milliseconds reported_{0};
    std::vector<Host> hosts_;
    std::map<std::string, std::size_t> by_name_;
    std::set<std::size_t> busy_;  // hosts with a queue
    std::size_t next_host_ = 0;
    std::priority_queue<Delayed, std::vector<Delayed>, std::greater<>> delayed_;
    std::size_t done_ = 0;
    std::size_t failed_ = 0;
    std::size_t unverified_ = 0;
};

Asker::Asker(Fetcher& fetcher, AskOptions options)
    : fetcher_(fetcher), options_(std::move(options)) {}

Asker::~Asker() = default;

std::vector<Answer> Asker::ask(const std::vector<Question>& questions) {
    return Run(*this, questions).run();
}

}  // namespace docathon
