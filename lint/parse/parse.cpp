#include "lint/parse/parse.h"

#include <algorithm>
#include <string>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"
#include "lint/parse/markdown/markdown.h"
#include "lint/parse/python/python.h"
#include "lint/parse/rst/labels.h"

namespace docathon {

namespace {

std::string count_of(std::size_t count, std::string_view what) {
    return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

/// One problem a kind and file, at the first place.
void check_bytes(std::string_view bytes, FileFacts& facts) {
    const bool other_encoding = facts.python != nullptr && !facts.python->encoding.empty();
    const std::size_t nul = bytes.find('\0');
    if (nul != std::string_view::npos) {
        const auto count = static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\0'));
        const auto at = static_cast<std::uint32_t>(nul);
        facts.problems.push_back(
            {"input/nul-byte",
             count_of(count, "NUL byte") + " in a text file; the rest was read",
             {at, at + 1}});
    }
    std::size_t invalid = other_encoding ? std::string_view::npos : first_invalid(bytes);
    if (invalid != std::string_view::npos) {
        const auto at = static_cast<std::uint32_t>(invalid);
        std::size_t count = 0;
        while (invalid != std::string_view::npos) {
            ++count;
            invalid = first_invalid(bytes, invalid + 1);
        }
        facts.problems.push_back({"input/invalid-utf8",
                                  count_of(count, "byte") + " that " + (count == 1 ? "is" : "are") +
                                      " not valid UTF-8; the rest was read",
                                  {at, at + 1}});
    }
}

/// Labels of a reStructuredText page, for links that name them.
void scan_rst(std::string_view bytes, FileFacts& facts) {
    for (const std::string_view line : split_lines(bytes)) {
        const Range label = rst::label_in_line(line);
        if (label.empty())
            continue;
        const auto base = static_cast<std::uint32_t>(line.data() - bytes.data());
        facts.anchors.push_back({AnchorKind::target,
                                 std::string(line.substr(label.begin, label.size())),
                                 {base + label.begin, base + label.end}});
    }
    facts.open_anchors = true;
}

/// Python-Markdown's attr_list gives an id to any text, `**x**{ #id }`, and snippets and
/// mkdocstrings write whole sections at build time.
void scan_mkdocs(std::string_view bytes, FileFacts& facts) {
    for (const std::string_view line : split_lines(bytes)) {
        if (line.find("--8<--") != std::string_view::npos || line.starts_with("::: "))
            facts.open_anchors = true;
        for (std::size_t at = line.find('{'); at != std::string_view::npos;
             at = line.find('{', at + 1)) {
            std::size_t begin = at + 1;
            if (begin < line.size() && line[begin] == ':')
                ++begin;
            while (begin < line.size() && line[begin] == ' ')
                ++begin;
            if (begin >= line.size() || line[begin] != '#')
                continue;
            // Ending at a brace of either kind keeps the search linear.
            const std::size_t end = std::min(line.find_first_of(" {}", ++begin), line.size());
            if (end == begin)
                continue;
            const auto base = static_cast<std::uint32_t>(line.data() - bytes.data());
            facts.anchors.push_back({AnchorKind::attribute,
                                     std::string(line.substr(begin, end - begin)),
                                     {base + static_cast<std::uint32_t>(begin),
                                      base + static_cast<std::uint32_t>(end)}});
        }
    }
}

}  // namespace

Format format_of(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos)
        return Format::other;
    const std::string_view suffix = name.substr(dot + 1);
    for (const std::string_view markdown : {"md", "markdown", "mkd"}) {
        if (ascii_iequals(suffix, markdown))
            return Format::markdown;
    }
    for (const std::string_view rst : {"rst", "rest"}) {
        if (ascii_iequals(suffix, rst))
            return Format::rst;
    }
    for (const std::string_view python : {"py", "pyi"}) {
        if (ascii_iequals(suffix, python))
            return Format::python;
    }
    return Format::other;
}

ParsedFile parse_file(const SourceFile& source, const Settings& settings) {
    const std::string_view bytes = source.bytes();
    const Format format = format_of(source.path());
    ParsedFile out;
    out.facts.format = format;
    // Offsets are 32 bits wide whatever the configuration says.
    constexpr std::uint64_t kHardLimit = 0xffffff00u;
    const std::uint64_t limit = std::min(settings.max_bytes, kHardLimit);
    if (bytes.size() > limit) {
        out.facts.problems.push_back({"input/too-large",
                                      "the file has " + std::to_string(bytes.size()) +
                                          " bytes, more than the limit of " +
                                          std::to_string(limit) + "; it was not read",
                                      {0, 0}});
        // Links into it cannot be judged.
        out.facts.open_anchors = true;
        return out;
    }
    if (format == Format::markdown)
        out = markdown::parse_markdown(bytes, settings);
    if (format == Format::markdown && settings.flavor == Flavor::mkdocs)
        scan_mkdocs(bytes, out.facts);
    if (format == Format::rst)
        scan_rst(bytes, out.facts);
    if (format == Format::python)
        out.facts = python::parse_python(bytes, source.path());
    check_bytes(bytes, out.facts);
    return out;
}

}  // namespace docathon
