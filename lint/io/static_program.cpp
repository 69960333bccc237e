#include "lint/io/static_program.h"

#include <array>
#include <cerrno>
#include <system_error>

#include <unistd.h>

#ifdef __linux__
#include <elf.h>
#include <sys/auxv.h>
#endif

#include "lint/core/path.h"
#include "lint/io/process.h"

namespace docathon {

namespace {

/// File of the running program, or empty.
std::string own_file() {
    std::array<char, 4096> text{};
    const ssize_t size = ::readlink("/proc/self/exe", text.data(), text.size());
    if (size <= 0 || static_cast<std::size_t>(size) == text.size())
        return {};
    return std::string(text.data(), static_cast<std::size_t>(size));
}

std::vector<std::string> environment() {
    std::vector<std::string> result;
    for (char** one = environ; one != nullptr && *one != nullptr; ++one)
        result.emplace_back(*one);
    return result;
}

}  // namespace

bool is_static_program() {
#ifdef __linux__
    return ::getauxval(AT_BASE) == 0;
#else
    return false;
#endif
}

Result<void> become_sibling(std::string_view name, const std::vector<std::string>& arguments) {
    const std::string self = own_file();
    std::string path = join_path(dirname(self), name);
    if (self.empty() || ::access(path.c_str(), X_OK) != 0)
        return fail(ErrorCode::absent, "there is no '" + path + "'");
    // Where its C library is too old the loader would end it with 1, which means findings here.
    const Result<ProcessOutput> trial = run_process(path, {"--version"}, environment(), 1 << 16);
    if (!trial)
        return tl::unexpected<Error>(trial.error());
    if (trial->exit_code != 0)
        return fail("'" + path +
                    "' does not run here: " + trial->err.substr(0, trial->err.find('\n')));
    std::vector<std::string> words = {path};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    pointers.reserve(words.size() + 1);
    for (std::string& word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    ::execv(path.c_str(), pointers.data());
    return fail("'" + path + "' could not be started: " + std::generic_category().message(errno));
}

}  // namespace docathon
