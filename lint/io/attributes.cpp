#include "lint/io/attributes.h"

#include <algorithm>

#include "lint/core/path.h"
#include "lint/core/strings.h"

namespace docathon {

namespace {

// Patterns of .gitattributes are those of .gitignore without '!' and without folders; unsetting an
// attribute is what '!' does there, so each attribute becomes an ignore file of its own.
std::string as_ignore_file(std::string_view text, std::string_view attribute) {
    std::string out;
    for (std::string_view line : split_lines(text)) {
        line = trim(line);
        if (line.empty() || line.front() == '#' || line.front() == '!' || line.front() == '"' ||
            line.front() == '[')
            continue;
        const std::size_t end = line.find_first_of(" \t");
        if (end == std::string_view::npos)
            continue;
        const std::string_view pattern = line.substr(0, end);
        if (pattern.ends_with('/'))
            continue;
        for (std::string_view rest = line.substr(end); !(rest = trim(rest)).empty();) {
            const std::string_view word = rest.substr(0, rest.find_first_of(" \t"));
            rest.remove_prefix(word.size());
            const bool unset = word.starts_with('-') || word.starts_with('!');
            const std::string_view name = unset ? word.substr(1) : word;
            if (!name.starts_with(attribute))
                continue;
            const std::string_view value = name.substr(attribute.size());
            if (!value.empty() && !value.starts_with('='))
                continue;
            if (unset || value == "=false")
                out += '!';
            out += pattern;
            out += '\n';
        }
    }
    return out;
}

}  // namespace

void MadeElsewhere::add(std::string_view folder, std::string_view text) {
    if (text.find("linguist-") == std::string_view::npos)
        return;
    File file{std::string(folder), GitIgnore(as_ignore_file(text, "linguist-generated")),
              GitIgnore(as_ignore_file(text, "linguist-vendored"))};
    if (file.generated.empty() && file.vendored.empty())
        return;
    const auto place = std::find_if(files_.begin(), files_.end(), [&](const File& other) {
        return other.folder.size() < folder.size();
    });
    files_.insert(place, std::move(file));
}

std::string_view MadeElsewhere::reason(std::string_view path) const {
    const auto is_set = [&](const GitIgnore File::*attribute) {
        for (const File& file : files_) {
            if (!is_within(file.folder, path))
                continue;
            const std::string_view inside =
                file.folder.empty() ? path : path.substr(file.folder.size() + 1);
            const IgnoreVerdict verdict = (file.*attribute).match(inside, false);
            if (verdict != IgnoreVerdict::none)
                return verdict == IgnoreVerdict::ignored;
        }
        return false;
    };
    if (is_set(&File::generated))
        return "linguist-generated";
    return is_set(&File::vendored) ? "linguist-vendored" : std::string_view();
}

}  // namespace docathon
