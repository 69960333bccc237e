#pragma once
// Fetcher: HTTP behind a small interface, so that policy (lint/web) can be tested with a fake
// network and a fake clock (lint/io/fake_fetcher.h). One request is one exchange: redirects are not
// followed and nothing is tried again, since both must pass the limits of the host they go to.
//
// A Fetcher is used by one thread. Its clock is part of it: waiting for the network is what makes
// time pass.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace docathon {

using Milliseconds = std::chrono::milliseconds;

/// How an exchange ended.
enum class FetchEnd : std::uint8_t {
    answered,   ///< a status and all headers came; what became of the body is in `body_end`
    dns,        ///< the host's name has no address
    connect,    ///< no connection: refused, unreachable
    dropped,    ///< the connection was closed, or reset, before there was an answer
    tls,        ///< no trustworthy TLS connection
    timeout,    ///< nothing, or not enough, within the limit of time
    refused,    ///< by us: the host's address is not public
    malformed,  ///< the answer is not HTTP, or its headers are too large
    url,        ///< the URL cannot be requested
};

/// How the body ended, for exchanges that were answered.
enum class BodyEnd : std::uint8_t {
    complete,
    stopped,  ///< by us: enough was seen
    cut,      ///< by us: `max_body` was reached
    broken,   ///< it could not be decoded, or ended before its announced length, or too slowly
};

struct FetchRequest {
    std::uint64_t id = 0;  ///< comes back with the answer
    std::string url;       ///< http or https, absolute, without fragment and credentials
    std::string host;      ///< of the URL: what `--allow-private` may name
    bool head = false;
    std::vector<std::pair<std::string, std::string>> headers;  ///< besides user agent and Accept
    std::uint64_t max_body = 0;  ///< decoded bytes that are read at most
    Milliseconds timeout{20'000};
    Milliseconds connect_timeout{10'000};
    /// Gets the decoded body piece by piece, only that of a 2xx answer; false: enough. May be
    /// empty: then the body is thrown away.
    std::function<bool(std::string_view)> body;
};

struct FetchResponse {
    std::uint64_t id = 0;
    FetchEnd end = FetchEnd::answered;
    BodyEnd body_end = BodyEnd::complete;
    int status = 0;
    int http_version = 0;  ///< 10, 11, 20; 0 if there was no answer
    // Headers, at most 8 kB of each; of several of one name the last.
    std::string location;
    std::string retry_after;
    std::string content_type;
    std::string content_range;
    std::string detail;   ///< for people: what the library says; no URL in it
    std::string address;  ///< the machine that answered or was refused, if known
};

class Fetcher {
  public:
    Fetcher() = default;
    Fetcher(const Fetcher&) = delete;
    Fetcher& operator=(const Fetcher&) = delete;
    virtual ~Fetcher() = default;

    /// Begins an exchange. It makes progress inside wait() only.
    virtual void start(FetchRequest request) = 0;
    /// What ended, after waiting for the first end for at most that long.
    [[nodiscard]] virtual std::vector<FetchResponse> wait(Milliseconds at_most) = 0;
    /// Exchanges that were started and have not ended.
    [[nodiscard]] virtual std::size_t running() const = 0;
    /// Ends all exchanges without an answer; their callbacks are not called any more.
    virtual void stop_all() = 0;
    /// Time since some moment; never goes back.
    [[nodiscard]] virtual Milliseconds now() const = 0;
};

}  // namespace docathon
