#include "tests/cli/loopback.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include <gtest/gtest.h>

extern char** environ;

namespace docathon::testing {

namespace {

/// The value of a key in a line of the log, which Python's json wrote.
std::string field(std::string_view line, std::string_view name) {
    const std::string key = "\"" + std::string(name) + "\": ";
    const std::size_t at = line.find(key);
    if (at == std::string_view::npos)
        return {};
    line.remove_prefix(at + key.size());
    if (line.front() != '"')
        return std::string(line.substr(0, line.find_first_of(",}")));
    std::string value;
    for (std::size_t i = 1; i < line.size() && line[i] != '"'; ++i) {
        i += line[i] == '\\' ? 1 : 0;
        value += line[i];
    }
    return value;
}

}  // namespace

LoopbackServer::LoopbackServer(const Sandbox& sandbox, bool tls, double delay) {
    // Outside of the sandbox's tree: what is served is no part of the project.
    std::string name = ::testing::TempDir() + "docathon_web_XXXXXX";
    if (::mkdtemp(name.data()) == nullptr)
        throw std::runtime_error("no folder for the server");
    folder_ = name;
    std::vector<std::string> command = {"python3", DOCATHON_SOURCE_DIR "/tests/cli/link_server.py",
                                        "--log",   folder_ + "/log",
                                        "--delay", std::to_string(delay)};
    if (tls) {
        const Outcome made = sandbox.run(
            {"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
             "-nodes", "-keyout", folder_ + "/key", "-out", certificate(), "-days", "2", "-subj",
             "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"});
        if (made.code != 0)
            throw std::runtime_error("openssl: " + made.err);
        for (const std::string& part : {std::string("--tls"), certificate(), folder_ + "/key"})
            command.push_back(part);
    }
    std::array<int, 2> in{};
    std::array<int, 2> out{};
    if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("pipe");
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, in[0], 0);
    ::posix_spawn_file_actions_adddup2(&actions, out[1], 1);
    std::vector<char*> arguments;
    for (std::string& part : command)
        arguments.push_back(part.data());
    arguments.push_back(nullptr);
    const int failed =
        ::posix_spawnp(&process_, "python3", &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(in[0]);
    ::close(out[1]);
    input_ = in[1];
    if (failed != 0)
        throw std::runtime_error("python3 could not be started");
    FILE* const line = ::fdopen(out[0], "r");
    const int read = std::fscanf(line, "http %d https %d", &port_, &tls_port_);
    std::fclose(line);
    if (read != 2)
        throw std::runtime_error("the server did not start");
}

LoopbackServer::~LoopbackServer() {
    ::close(input_);  // it ends when its input does
    int status = 0;
    ::waitpid(process_, &status, 0);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::string LoopbackServer::url(int host, std::string_view path) const {
    return "http://127.0." + std::to_string(host / 250) + "." + std::to_string(host % 250) + ":" +
           std::to_string(port_) + std::string(path);
}

std::string LoopbackServer::https(std::string_view host, std::string_view path) const {
    return "https://" + std::string(host) + ":" + std::to_string(tls_port_) + std::string(path);
}

std::string LoopbackServer::certificate() const {
    return folder_ + "/certificate";
}

void LoopbackServer::synchronize() const {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port_));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const std::string request = "GET /sync HTTP/1.1\r\nHost: x\r\n\r\n";
    std::array<char, 512> answer{};
    if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::write(descriptor, request.data(), request.size()) < 0 ||
        ::read(descriptor, answer.data(), answer.size()) <= 0)
        ADD_FAILURE() << "the server does not answer";
    ::close(descriptor);
}

std::vector<LoggedRequest> LoopbackServer::log() const {
    // A client may have its answer before the server has written its line.
    synchronize();
    std::vector<LoggedRequest> requests;
    std::ifstream file(folder_ + "/log");
    for (std::string line; std::getline(file, line);) {
        LoggedRequest& request = requests.emplace_back();
        request.begin = std::strtod(field(line, "begin").c_str(), nullptr);
        request.end = std::strtod(field(line, "end").c_str(), nullptr);
        request.address = field(line, "address");
        request.host = field(line, "host");
        request.method = field(line, "method");
        request.path = field(line, "path");
        request.authorization = field(line, "authorization");
        request.cookie = field(line, "cookie");
        request.user_agent = field(line, "user-agent");
    }
    return requests;
}

std::vector<std::string> LoopbackServer::asked() const {
    std::vector<std::string> lines;
    for (const LoggedRequest& request : log())
        lines.push_back(request.method + " " + request.address + " " + request.path);
    std::sort(lines.begin(), lines.end());
    return lines;
}

}  // namespace docathon::testing
