#pragma once
// The Fetcher of the real network: libcurl, opened when it is first needed. The program does not
// link it, because thirty libraries behind it would be loaded by every run, and by the one of a
// hundred that needs the network; where it is absent, only `links` does not work, and says so.
//
// What the URL is allowed to reach is decided where it counts: each address is judged when its
// socket is opened, so a name that resolves to another address the second time gains nothing.
// Proxies of the environment are not used, since behind one no address can be judged.

#include <memory>
#include <string>
#include <vector>

#include "lint/core/result.h"
#include "lint/io/address.h"
#include "lint/io/fetch.h"

namespace docathon {

struct CurlOptions {
    std::string user_agent;
    AllowedPrivate allowed;
    std::string ca_file;               ///< trusted certificates; empty = the library's own
    std::vector<std::string> resolve;  ///< "host:port:address" instead of asking DNS, for tests
    std::string library;               ///< file of the library; empty = the usual names
};

class CurlFetcher final : public Fetcher {
  public:
    /// Errors: libcurl cannot be opened, is too old, or cannot do TLS.
    [[nodiscard]] static Result<std::unique_ptr<CurlFetcher>> open(CurlOptions options);
    ~CurlFetcher() override;

    void start(FetchRequest request) override;
    [[nodiscard]] std::vector<FetchResponse> wait(Milliseconds at_most) override;
    [[nodiscard]] std::size_t running() const override;
    void stop_all() override;
    [[nodiscard]] Milliseconds now() const override;

    /// "7.88.1 OpenSSL/3.0.19 nghttp2/1.52.0"
    [[nodiscard]] std::string library_version() const;
    /// Whether HTTP/2 is spoken where the server does.
    [[nodiscard]] bool has_http2() const;
    /// Replaces CurlOptions::resolve for what starts from now on.
    void set_resolve(std::vector<std::string> resolve);

  private:
    struct Impl;
    explicit CurlFetcher(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace docathon
