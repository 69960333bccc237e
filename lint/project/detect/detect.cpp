#include "lint/project/detect/detect.h"

#include <algorithm>
#include <array>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/project/detect/evidence.h"

namespace docathon {

using namespace detect_detail;

namespace detect_detail {

bool is_specimen(std::string_view path) {
    if (path.find("{{") != std::string_view::npos || path.find("{%") != std::string_view::npos)
        return true;
    constexpr std::array<std::string_view, 12> kFolders = {
        "test",     "tests",   "testing",   "testdata",     "test_data", "test-data",
        "fixtures", "fixture", "__tests__", "cookiecutter", "skeleton",  "sourcedirs"};
    std::string_view rest = dirname(path);
    while (!rest.empty()) {
        const std::size_t slash = rest.find('/');
        const std::string folder = ascii_lower(rest.substr(0, slash));
        if (std::find(kFolders.begin(), kFolders.end(), folder) != kFolders.end() ||
            folder.ends_with("template") || folder.ends_with("templates")) {
            return true;
        }
        rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
    }
    return false;
}

std::vector<std::string> Context::candidates(std::string_view name) const {
    std::vector<std::string> paths;
    for (const FileId id : tree.with_name(name)) {
        const FileEntry& file = tree.file(id);
        if ((any_tracked && !file.tracked) || !file.lintable || is_specimen(file.path))
            continue;
        paths.push_back(file.path);
    }
    return paths;
}

std::optional<std::string> Context::bytes_of(std::string_view path) const {
    if (!has_file(path))
        return std::nullopt;
    return read(path);
}

std::string detected_at(std::string_view path, std::uint32_t line) {
    std::string text = "detected: " + std::string(path);
    if (line > 0)
        text += ":" + std::to_string(line);
    return text;
}

std::string text_under(const Value& map, std::string_view key) {
    const Value* value = map.find(key);
    return value != nullptr && value->is_scalar() ? value->text : std::string();
}

std::vector<std::string> texts_under(const Value& map, std::string_view key) {
    std::vector<std::string> texts;
    const Value* value = map.find(key);
    if (value == nullptr)
        return texts;
    if (value->is_scalar())
        texts.push_back(value->text);
    if (!value->is_list())
        return texts;
    for (const Value& item : value->items) {
        if (item.is_scalar())
            texts.push_back(item.text);
    }
    return texts;
}

}  // namespace detect_detail

bool MkdocsSite::extension(std::string_view name) const {
    return std::find(markdown_extensions.begin(), markdown_extensions.end(), name) !=
           markdown_extensions.end();
}

namespace {

/// Do two digits and a dash stand in front of the name: `10-introduction.md`?
bool is_numbered(std::string_view name) {
    return name.size() > 3 && is_ascii_digit(name[0]) && is_ascii_digit(name[1]) && name[2] == '-';
}

}  // namespace

bool Detected::in_foreign_site(std::string_view path) const {
    // Pages and their folders are numbered for a generator, which leaves the numbers out.
    if (is_numbered(basename(path)) && is_numbered(basename(dirname(path))))
        return true;
    return std::any_of(foreign.begin(), foreign.end(),
                       [&](const ForeignSite& site) { return is_within(site.root, path); }) ||
           in_doc_builder_site(path);
}

bool Detected::in_doc_builder_site(std::string_view path) const {
    return std::any_of(doc_builder.begin(), doc_builder.end(),
                       [&](const DocBuilderSite& site) { return is_within(site.root, path); });
}

Detected detect(const FileTree& tree, const ReadFile& read, const Config& config,
                const GitFacts& git) {
    Detected detected;
    Context context{tree, read, config, false, {}};
    context.any_tracked = std::any_of(tree.files().begin(), tree.files().end(),
                                      [](const FileEntry& file) { return file.tracked; });
    detect_sphinx(context, detected);
    detect_mkdocs(context, detected);
    detect_others(context, detected);
    detect_jekyll(context, detected);  // last: a _config.yml may belong to one of the others
    detect_repository(context, git, detected);
    detect_own_sites(context, detected);
    return detected;
}

}  // namespace docathon
