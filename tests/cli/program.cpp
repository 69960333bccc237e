#include "tests/cli/program.h"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <system_error>

namespace docathon::testing {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail_with(const std::string& what) {
    throw std::system_error(errno, std::generic_category(), what);
}

class Fd {
  public:
    Fd() = default;
    explicit Fd(int fd) : fd_(fd) {
        if (fd < 0) {
            fail_with("cannot open");
        }
    }
    Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Fd& operator=(Fd&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~Fd() { reset(); }
    void reset() {
        if (fd_ >= 0) {
            ::close(fd_);
        }
        fd_ = -1;
    }
    [[nodiscard]] int get() const { return fd_; }
    [[nodiscard]] bool open() const { return fd_ >= 0; }

  private:
    int fd_ = -1;
};

struct Pipe {
    Fd read;
    Fd write;
    Pipe() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
            fail_with("pipe");
        }
        read = Fd(ends[0]);
        write = Fd(ends[1]);
    }
};

/// Both ends of a terminal; closed until one is made.
struct Terminal {
    Fd master;
    Fd slave;
    void make() {
        master = Fd(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
        std::array<char, 128> name{};
        if (::grantpt(master.get()) != 0 || ::unlockpt(master.get()) != 0 ||
            ::ptsname_r(master.get(), name.data(), name.size()) != 0) {
            fail_with("terminal");
        }
        slave = Fd(::open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC));
    }
};

/// Reads what is there. False at the end.
bool read_some(const Fd& fd, std::string& into) {
    std::array<char, 1 << 16> buffer{};
    const ssize_t got = ::read(fd.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) {
        return true;
    }
    if (got <= 0) {
        return false;  // a terminal ends with EIO
    }
    into.append(buffer.data(), static_cast<std::size_t>(got));
    return true;
}

/// The environment of every run: nothing of the machine's settings but what programs need to be
/// found, and what sanitizers were told.
std::vector<std::string> environment_of(const RunOptions& options, const std::string& home) {
    std::map<std::string, std::string> values = {
        {"HOME", home},  // not there: no settings of anybody
        {"LANG", "C.UTF-8"},
        {"TERM", "xterm"},
        {"GIT_CONFIG_GLOBAL", "/dev/null"},
        {"GIT_CONFIG_NOSYSTEM", "1"},
    };
    for (const char* name : {"PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS",
                             "LSAN_OPTIONS", "LD_LIBRARY_PATH"}) {
        if (const char* value = std::getenv(name); value != nullptr) {
            values[name] = value;
        }
    }
    for (const auto& [name, value] : options.environment) {
        if (value) {
            values[name] = *value;
        } else {
            values.erase(name);
        }
    }
    std::vector<std::string> texts;
    for (const auto& [name, value] : values) {
        texts.push_back(name + "=" + value);
    }
    return texts;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (std::string& text : texts) {
        out.push_back(text.data());
    }
    out.push_back(nullptr);
    return out;
}

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

Sandbox::Sandbox() {
    std::string name = (fs::temp_directory_path() / "docathon-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        fail_with(name);
    }
    root_ = fs::canonical(name);
    fs::permissions(root_, fs::perms(0755));  // other users may have to enter
}

Sandbox::~Sandbox() {
    std::error_code error;
    fs::remove_all(root_, error);
}

std::string Sandbox::path(std::string_view relative) const {
    return relative.empty() ? root_.string() : root_.string() + "/" + std::string(relative);
}

void Sandbox::write(std::string_view path, std::string_view bytes) const {
    const fs::path file = this->path(path);
    fs::create_directories(file.parent_path());
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) {
        throw std::runtime_error("cannot write " + file.string());
    }
}

void Sandbox::link(std::string_view target, std::string_view path) const {
    const fs::path file = this->path(path);
    fs::create_directories(file.parent_path());
    fs::create_symlink(std::string(target), file);
}

void Sandbox::folder(std::string_view path) const {
    fs::create_directories(this->path(path));
}

void Sandbox::remove(std::string_view path) const {
    fs::remove_all(this->path(path));
}

bool Sandbox::exists(std::string_view path) const {
    return fs::exists(this->path(path));
}

std::string Sandbox::read(std::string_view path) const {
    std::ifstream in(this->path(path), std::ios::binary);
    if (!in) {
        throw std::runtime_error("cannot read " + this->path(path));
    }
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> Sandbox::names(std::string_view path) const {
    std::vector<std::string> names;
    for (const fs::directory_entry& entry : fs::directory_iterator(this->path(path))) {
        names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

void Sandbox::commit() const {
    for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
             {"git", "-c", "init.defaultBranch=main", "init", "-q"},
             {"git", "add", "-A", "-f"},
             {"git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "-q",
              "--allow-empty", "-m", "test"}}) {
        const Outcome done = run(command);
        if (done.code != 0) {
            throw std::runtime_error("git failed: " + done.err);
        }
    }
}

Outcome Sandbox::lint(std::vector<std::string> arguments, const RunOptions& options) const {
    arguments.insert(arguments.begin(), DOCATHON_BINARY);
    return run(std::move(arguments), options);
}

Outcome Sandbox::run(std::vector<std::string> command, const RunOptions& options) const {
    Pipe input;
    Pipe output;
    Pipe error;
    Terminal terminal;
    int child_out = output.write.get();
    int child_err = error.write.get();
    Fd file;
    if (!options.stdout_to.empty()) {
        file = Fd(::open(options.stdout_to.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
        child_out = file.get();
    }
    if (options.terminal) {
        terminal.make();
        child_out = child_err = terminal.slave.get();
    }
    if (options.stdout_closed) {
        output.read.reset();
    }
    std::vector<std::string> environment = environment_of(options, path("no-home"));
    const std::vector<char*> arguments = pointers(command);
    const std::vector<char*> variables = pointers(environment);
    const std::string folder = path(options.folder);

    const pid_t child = ::fork();
    if (child < 0) {
        fail_with("fork");
    }
    if (child == 0) {
        // Only calls that are safe between fork and exec.
        if (::dup2(input.read.get(), 0) < 0 || ::dup2(child_out, 1) < 0 ||
            ::dup2(child_err, 2) < 0 || ::chdir(folder.c_str()) != 0) {
            ::_exit(126);
        }
        // A shell without job control has its background jobs ignore SIGINT, and so their children.
        for (const int number : {SIGPIPE, SIGINT, SIGTERM})
            std::signal(number, SIG_DFL);
        if (options.user != 0 &&
            (::setgroups(0, nullptr) != 0 || ::setgid(static_cast<gid_t>(options.user)) != 0 ||
             ::setuid(static_cast<uid_t>(options.user)) != 0)) {
            ::_exit(126);
        }
        ::execvpe(arguments[0], arguments.data(), variables.data());
        ::_exit(127);
    }
    input.read.reset();
    output.write.reset();
    error.write.reset();
    if (options.terminal) {
        terminal.slave.reset();
        output.read = std::move(terminal.master);
    }
    if (options.started) {
        options.started(child);
    }

    Outcome outcome;
    std::string_view rest = options.input;
    if (rest.empty() && !options.input_stays_open) {
        input.write.reset();
    } else {
        ::fcntl(input.write.get(), F_SETFL, O_NONBLOCK);
    }
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    struct sigaction before {};
    ::sigaction(SIGPIPE, &ignore, &before);
    while (output.read.open() || error.read.open()) {
        std::array<pollfd, 3> wanted{};
        wanted[0] = {output.read.get(), POLLIN, 0};
        wanted[1] = {error.read.get(), POLLIN, 0};
        wanted[2] = {rest.empty() ? -1 : input.write.get(), POLLOUT, 0};
        if (::poll(wanted.data(), wanted.size(), -1) < 0 && errno != EINTR) {
            fail_with("poll");
        }
        if (wanted[0].revents != 0 && !read_some(output.read, outcome.out)) {
            output.read.reset();
        }
        if (wanted[1].revents != 0 && !read_some(error.read, outcome.err)) {
            error.read.reset();
        }
        if (wanted[2].revents != 0) {
            const ssize_t put = ::write(input.write.get(), rest.data(), rest.size());
            if (put >= 0) {
                rest.remove_prefix(static_cast<std::size_t>(put));
            }
            if ((rest.empty() && !options.input_stays_open) ||
                (put < 0 && errno != EAGAIN && errno != EINTR)) {
                input.write.reset();
            }
        }
    }
    ::sigaction(SIGPIPE, &before, nullptr);

    int status = 0;
    rusage usage{};
    while (::wait4(child, &status, 0, &usage) < 0) {
        if (errno != EINTR) {
            fail_with("wait");
        }
    }
    outcome.cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    if (WIFEXITED(status)) {
        outcome.code = WEXITSTATUS(status);
    } else if (WIFSIGNALED(status)) {
        outcome.signal = WTERMSIG(status);
    }
    return outcome;
}

double slowness() {
    if (const char* text = std::getenv("DOCATHON_TEST_SLOWNESS"); text != nullptr) {
        return std::strtod(text, nullptr);
    }
#if defined(__SANITIZE_THREAD__)
    return 40;
#elif defined(__SANITIZE_ADDRESS__)
    return 20;
#elif defined(__OPTIMIZE__)
    return 3;  // a busy machine; tests/acceptance/hostile.sh asks for 1
#else
    return 6;
#endif
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

std::size_t count_of(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos;
         at = text.find(part, at + part.size())) {
        ++count;
    }
    return count;
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    out.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) {
        out += text;
    }
    return out;
}

}  // namespace docathon::testing
