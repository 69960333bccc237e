#include "lint/io/process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lint/core/strings.h"

namespace docathon {

namespace {

struct Pipe {
    int read = -1;
    int write = -1;
    bool open() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            return false;
        read = ends[0];
        write = ends[1];
        return true;
    }
    static void close(int& fd) {
        if (fd >= 0)
            ::close(fd);
        fd = -1;
    }
    ~Pipe() {
        close(read);
        close(write);
    }
};

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> out;
    out.reserve(texts.size() + 1);
    // posix_spawn does not write through these.
    for (const std::string& text : texts)
        out.push_back(const_cast<char*>(text.c_str()));
    out.push_back(nullptr);
    return out;
}

}  // namespace

Result<ProcessOutput> run_process(const std::string& program,
                                  const std::vector<std::string>& arguments,
                                  const std::vector<std::string>& environment,
                                  std::uint64_t max_bytes) {
    const auto cannot = [&](int error) {
        return fail(ErrorCode::unreadable,
                    "cannot be run: " + std::generic_category().message(error), program);
    };
    Pipe out;
    Pipe err;
    if (!out.open() || !err.open())
        return cannot(errno);

    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions, out.write, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, err.write, STDERR_FILENO);
    // Signals as a program expects them, whatever this one ignores or blocks.
    sigset_t none;
    sigset_t defaults;
    ::sigemptyset(&none);
    ::sigemptyset(&defaults);
    ::sigaddset(&defaults, SIGPIPE);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setsigdefault(&attributes, &defaults);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

    std::vector<std::string> command{program};
    command.insert(command.end(), arguments.begin(), arguments.end());
    pid_t child = -1;
    const int spawned = ::posix_spawn(&child, program.c_str(), &actions, &attributes,
                                      pointers(command).data(), pointers(environment).data());
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
    if (spawned != 0)
        return cannot(spawned);
    Pipe::close(out.write);
    Pipe::close(err.write);

    constexpr std::size_t kErrorBytes = 64 * 1024;
    ProcessOutput result;
    std::string buffer(64 * 1024, '\0');  // as much as a pipe holds
    bool too_much = false;
    while (out.read >= 0 || err.read >= 0) {
        // poll() skips descriptors of -1.
        std::array<struct pollfd, 2> waiting = {{{out.read, POLLIN, 0}, {err.read, POLLIN, 0}}};
        if (::poll(waiting.data(), waiting.size(), -1) < 0) {
            if (errno == EINTR)
                continue;
            break;
        }
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            if (waiting[i].revents == 0)
                continue;
            int& fd = i == 0 ? out.read : err.read;
            const ssize_t got = ::read(fd, buffer.data(), buffer.size());
            if (got < 0 && errno == EINTR)
                continue;
            if (got <= 0) {
                Pipe::close(fd);
                continue;
            }
            const std::string_view bytes(buffer.data(), static_cast<std::size_t>(got));
            if (i == 0) {
                result.out += bytes;
                too_much = result.out.size() > max_bytes;
            } else if (result.err.size() < kErrorBytes) {
                result.err += bytes.substr(0, kErrorBytes - result.err.size());
            }
        }
        if (too_much) {
            ::kill(child, SIGKILL);
            break;
        }
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (too_much) {
        return fail(ErrorCode::too_large,
                    "writes more than " + std::to_string(max_bytes) + " bytes", program);
    }
    result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result;
}

Conversation::~Conversation() {
    stop();
}

Result<void> Conversation::start(const std::string& program,
                                 const std::vector<std::string>& arguments,
                                 const std::vector<std::string>& environment) {
    stop();
    Pipe to;
    Pipe from;
    if (!to.open() || !from.open())
        return fail(ErrorCode::unreadable, "cannot be run", program);
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
    ::posix_spawn_file_actions_adddup2(&actions, to.read, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, from.write, STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    sigset_t none;
    sigset_t defaults;
    ::sigemptyset(&none);
    ::sigemptyset(&defaults);
    ::sigaddset(&defaults, SIGPIPE);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setsigdefault(&attributes, &defaults);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    std::vector<std::string> command{program};
    command.insert(command.end(), arguments.begin(), arguments.end());
    pid_t child = -1;
    const int spawned = ::posix_spawn(&child, program.c_str(), &actions, &attributes,
                                      pointers(command).data(), pointers(environment).data());
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
    if (spawned != 0) {
        return fail(ErrorCode::unreadable,
                    "cannot be run: " + std::generic_category().message(spawned), program);
    }
    child_ = child;
    in_ = to.write;
    out_ = from.read;
    to.write = -1;
    from.read = -1;
    return {};
}

void Conversation::stop() {
    Pipe::close(in_);
    Pipe::close(out_);
    int status = 0;
    while (child_ > 0 && ::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
    }
    child_ = -1;
    buffer_.clear();
    at_ = 0;
}

bool Conversation::write(std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(in_, text.data(), text.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

bool Conversation::fill() {
    if (at_ > 0) {
        buffer_.erase(0, at_);
        at_ = 0;
    }
    std::array<char, 64 * 1024> piece{};
    while (true) {
        const ssize_t got = ::read(out_, piece.data(), piece.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        buffer_.append(piece.data(), static_cast<std::size_t>(got));
        return true;
    }
}

bool Conversation::read_line(std::string& line, std::size_t max_bytes) {
    while (true) {
        const std::size_t end = buffer_.find('\n', at_);
        if (end != std::string::npos) {
            line = buffer_.substr(at_, end - at_);
            at_ = end + 1;
            return line.size() <= max_bytes;
        }
        if (buffer_.size() - at_ > max_bytes || !fill())
            return false;
    }
}

bool Conversation::read(std::string& bytes, std::uint64_t size) {
    bytes.clear();
    while (bytes.size() < size) {
        if (at_ == buffer_.size() && !fill())
            return false;
        const std::size_t take = static_cast<std::size_t>(
            std::min<std::uint64_t>(size - bytes.size(), buffer_.size() - at_));
        bytes.append(buffer_, at_, take);
        at_ += take;
    }
    return true;
}

std::string find_program(std::string_view name, std::string_view path_variable) {
    for (const std::string_view folder : split(path_variable, ':')) {
        if (folder.empty() || folder.front() != '/')
            continue;
        std::string path(folder);
        path += '/';
        path += name;
        struct stat status {};
        if (::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
            ::access(path.c_str(), X_OK) == 0) {
            return path;
        }
    }
    return {};
}

}  // namespace docathon
