#include "lint/model/shell_facts.h"

#include <algorithm>
#include <array>

#include "lint/core/strings.h"

namespace docathon {

namespace {

/// One component of a path.
bool stands_for_name(std::string_view part) {
    constexpr std::array<std::string_view, 20> kPrefixes = {
        "your_",   "your-", "my_",  "my-",  "some_",       "some-", "path_to",
        "path-to", "foo_",  "foo.", "bar.", "baz.",        "xxx",   "XXX",
        "YOUR",    "yyyy",  "YYYY", "...",  "an_example_", "<"};
    constexpr std::array<std::string_view, 14> kNames = {
        "foo", "bar",       "baz",       "username", "user", "xxx",      "your",
        "me",  "somewhere", "something", "filename", "path", "YourName", "dirname"};
    if (std::any_of(kPrefixes.begin(), kPrefixes.end(),
                    [&](std::string_view prefix) { return part.starts_with(prefix); }))
        return true;
    if (std::find(kNames.begin(), kNames.end(), part) != kNames.end())
        return true;
    constexpr std::array<std::string_view, 5> kFileNames = {"test_file.py", "file.py", "script.py",
                                                            "script.sh", "test_x.py"};
    if (std::find(kFileNames.begin(), kFileNames.end(), part) != kFileNames.end())
        return true;
    // v0.X.rst, vX.Y.Z
    for (std::size_t at = part.find('X'); at != std::string_view::npos;
         at = part.find('X', at + 1)) {
        if (at > 0 && (part[at - 1] == '.' || part[at - 1] == 'v') &&
            (at + 1 == part.size() || !is_ascii_alnum(part[at + 1])))
            return true;
    }
    // MODEL_DIR, OUTPUT: but README and LICENSE are files, CMakeLists.txt has small letters.
    constexpr std::array<std::string_view, 13> kFiles = {
        "README", "LICENSE", "COPYING",  "NOTICE",  "CHANGELOG", "CONTRIBUTING", "TARGETS",
        "BUCK",   "VERSION", "MANIFEST", "AUTHORS", "INSTALL",   "CODEOWNERS"};
    if (part.size() < 3 || std::find(kFiles.begin(), kFiles.end(), part) != kFiles.end())
        return false;
    bool letter = false;
    for (const char c : part) {
        if (c >= 'A' && c <= 'Z')
            letter = true;
        else if (c != '_' && !is_ascii_digit(c))
            return false;
    }
    return letter;
}

}  // namespace

bool looks_like_placeholder(std::string_view text) {
    if (text.find("...") != std::string_view::npos ||
        text.find("\xe2\x80\xa6") != std::string_view::npos)
        return true;
    if (text.find('<') != std::string_view::npos || text.find('>') != std::string_view::npos ||
        text.find('{') != std::string_view::npos || text.find('}') != std::string_view::npos ||
        text.find('[') != std::string_view::npos || text.find('%') != std::string_view::npos)
        return true;
    if (text.find("path/to") != std::string_view::npos ||
        text.find("path_to") != std::string_view::npos)
        return true;
    const std::vector<std::string_view> parts = split(text, '/');
    // pkg/part/example.py is a file; example.py alone may be the reader's.
    constexpr std::size_t kSure = 3;
    if (parts.back() == "example.py" && parts.size() < kSure)
        return true;
    return std::any_of(parts.begin(), parts.end(), stands_for_name);
}

}  // namespace docathon
