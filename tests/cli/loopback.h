#pragma once
// The server of tests/cli/link_server.py, started for a test and gone with it. It hears on every
// address 127.x.y.z, so a test has as many hosts as it likes, and no network is needed.

#include <string>
#include <string_view>
#include <vector>

#include "tests/cli/program.h"

namespace docathon::testing {

/// One request as the server saw it.
struct LoggedRequest {
    double begin = 0;  ///< seconds
    double end = 0;
    std::string address;  ///< "127.0.0.2"
    std::string host;     ///< the Host header
    std::string method;
    std::string path;
    std::string authorization;
    std::string cookie;
    std::string user_agent;
};

class LoopbackServer {
  public:
    /// `tls`: also https, with a certificate of its own for 127.0.0.1 and localhost. `delay`:
    /// seconds before every answer.
    explicit LoopbackServer(const Sandbox& sandbox, bool tls = false, double delay = 0);
    ~LoopbackServer();
    LoopbackServer(const LoopbackServer&) = delete;
    LoopbackServer& operator=(const LoopbackServer&) = delete;

    /// "http://127.0.0.5:PORT/ok" for host 5, path "/ok".
    [[nodiscard]] std::string url(int host, std::string_view path) const;
    [[nodiscard]] std::string https(std::string_view host, std::string_view path) const;
    [[nodiscard]] int port() const { return port_; }
    /// File with the certificate, for SSL_CERT_FILE.
    [[nodiscard]] std::string certificate() const;
    /// What was asked until now, in order of the ends.
    [[nodiscard]] std::vector<LoggedRequest> log() const;
    /// "METHOD address path" of each, sorted.
    [[nodiscard]] std::vector<std::string> asked() const;

  private:
    void synchronize() const;

    std::string folder_;
    int process_ = -1;
    int input_ = -1;
    int port_ = 0;
    int tls_port_ = 0;
};

}  // namespace docathon::testing
