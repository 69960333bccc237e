#include "lint/io/file_lists.h"

#include <iterator>
#include <utility>

#include "lint/core/strings.h"

namespace docathon {

namespace {

constexpr std::uint64_t kMaxList = 64u << 20;

// A path as git quotes it (quote.c): C escapes and octal bytes between double quotes. What is not
// of that form is returned as it is.
std::string unquote(std::string_view line) {
    if (line.size() < 2 || line.front() != '"' || line.back() != '"')
        return std::string(line);
    const std::string_view inner = line.substr(1, line.size() - 2);
    std::string path;
    for (std::size_t i = 0; i < inner.size(); ++i) {
        const char c = inner[i];
        if (c == '"')
            return std::string(line);
        if (c != '\\') {
            path += c;
            continue;
        }
        if (++i == inner.size())
            return std::string(line);
        constexpr std::string_view kLetters = "abfnrtv\"\\";
        constexpr std::string_view kMeanings = "\a\b\f\n\r\t\v\"\\";
        if (const std::size_t at = kLetters.find(inner[i]); at != std::string_view::npos) {
            path += kMeanings[at];
        } else if (i + 2 < inner.size() && inner[i] >= '0' && inner[i] <= '3' &&
                   inner[i + 1] >= '0' && inner[i + 1] <= '7' && inner[i + 2] >= '0' &&
                   inner[i + 2] <= '7') {
            path += static_cast<char>((inner[i] - '0') * 64 + (inner[i + 1] - '0') * 8 +
                                      (inner[i + 2] - '0'));
            i += 2;
        } else {
            return std::string(line);
        }
    }
    return path;
}

}  // namespace

std::vector<std::string> parse_path_list(std::string_view text, bool nul_separated) {
    std::vector<std::string> paths;
    for (std::string_view entry : split(text, nul_separated ? '\0' : '\n')) {
        if (!nul_separated && !entry.empty() && entry.back() == '\r')
            entry.remove_suffix(1);
        if (entry.empty())
            continue;
        paths.push_back(nul_separated ? std::string(entry) : unquote(entry));
    }
    return paths;
}

Result<std::vector<std::string>> read_path_list(const std::string& source, bool nul_separated,
                                                const FileSystem& files) {
    const Result<std::string> text =
        source == "-" ? read_stdin(kMaxList) : files.read_file(source, kMaxList);
    if (!text)
        return tl::unexpected<Error>(text.error());
    return parse_path_list(*text, nul_separated);
}

Result<std::vector<std::string>> expand_at_files(const std::vector<std::string>& arguments,
                                                 const FileSystem& files) {
    std::vector<std::string> expanded;
    for (const std::string& argument : arguments) {
        if (argument.size() < 2 || argument.front() != '@') {
            expanded.push_back(argument);
            continue;
        }
        Result<std::vector<std::string>> paths = read_path_list(argument.substr(1), false, files);
        if (!paths)
            return tl::unexpected<Error>(paths.error());
        expanded.insert(expanded.end(), std::make_move_iterator(paths->begin()),
                        std::make_move_iterator(paths->end()));
    }
    return expanded;
}

}  // namespace docathon
