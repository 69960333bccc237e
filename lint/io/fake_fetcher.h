#pragma once
// FakeFetcher: a network in memory with a clock of its own, for tests. What each request gets is
// said by a function; time passes only inside wait(), so a month takes a moment.

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/io/fetch.h"

namespace docathon {

class FakeFetcher final : public Fetcher {
  public:
    struct Reply {
        FetchResponse response;  ///< its id is filled in
        std::string body;        ///< given to FetchRequest::body
        Milliseconds takes{50};  ///< longer than the request's timeout: it times out
    };
    /// What a request looked like, and when it began and ended.
    struct Seen {
        FetchRequest request;
        Milliseconds begin{0};
        Milliseconds end{0};
    };

    explicit FakeFetcher(std::function<Reply(const FetchRequest&)> world)
        : world_(std::move(world)) {}

    [[nodiscard]] static Reply status(int status, std::string location = {}) {
        Reply reply;
        reply.response.status = status;
        reply.response.location = std::move(location);
        reply.response.content_type = "text/html";
        return reply;
    }
    [[nodiscard]] static Reply page(std::string body) {
        Reply reply = status(200);
        reply.body = std::move(body);
        return reply;
    }
    [[nodiscard]] static Reply ends(FetchEnd end) {
        Reply reply;
        reply.response.end = end;
        return reply;
    }

    void start(FetchRequest request) override {
        Reply reply = world_(request);
        reply.response.id = request.id;
        if (reply.takes > request.timeout) {
            reply.takes = request.timeout;
            reply.response.end = FetchEnd::timeout;
        }
        seen.push_back({request, now_, now_ + reply.takes});
        running_.push_back({now_ + reply.takes, next_++, std::move(request), std::move(reply)});
    }

    [[nodiscard]] std::vector<FetchResponse> wait(Milliseconds at_most) override {
        Milliseconds until = now_ + at_most;
        for (const Exchange& exchange : running_)
            until = std::min(until, std::max(exchange.end, now_));
        now_ = until;
        std::stable_sort(running_.begin(), running_.end(),
                         [](const Exchange& a, const Exchange& b) {
                             return std::pair(a.end, a.number) < std::pair(b.end, b.number);
                         });
        std::vector<FetchResponse> ended;
        while (!running_.empty() && running_.front().end <= now_) {
            Exchange exchange = std::move(running_.front());
            running_.erase(running_.begin());
            ended.push_back(finish(exchange));
        }
        return ended;
    }

    [[nodiscard]] std::size_t running() const override { return running_.size(); }
    [[nodiscard]] Milliseconds now() const override { return now_; }
    void stop_all() override { running_.clear(); }
    /// Lets time pass.
    void advance(Milliseconds time) { now_ += time; }

    std::vector<Seen> seen;  ///< all requests, in order; may be cleared

  private:
    struct Exchange {
        Milliseconds end;
        std::size_t number;
        FetchRequest request;
        Reply reply;
    };

    static FetchResponse finish(Exchange& exchange) {
        FetchResponse& response = exchange.reply.response;
        const bool wanted = exchange.request.body && !exchange.request.head &&
                            response.end == FetchEnd::answered && response.status / 100 == 2;
        std::string_view body = exchange.reply.body;
        const std::string_view kept = body.substr(0, exchange.request.max_body);
        if (wanted && !exchange.request.body(kept))
            response.body_end = BodyEnd::stopped;
        else if (wanted && kept.size() < body.size())
            response.body_end = BodyEnd::cut;
        return std::move(response);
    }

    std::function<Reply(const FetchRequest&)> world_;
    std::vector<Exchange> running_;
    Milliseconds now_{0};
    std::size_t next_ = 0;
};

}  // namespace docathon
