#include "lint/parse/rst/gallery.h"

#include <algorithm>
#include <string>
#include <utility>

#include "lint/core/strings.h"
#include "lint/parse/python/docstring_text.h"

namespace docathon::rst {

namespace {

/// `^#{20,}.*` or `^# ?%%.*`.
bool begins_block(std::string_view line) {
    constexpr std::size_t kHashes = 20;
    if (line.starts_with("#%%") || line.starts_with("# %%"))
        return true;
    return line.size() >= kHashes && line.substr(0, kHashes).find_first_not_of('#') == line.npos;
}

Range line_from(std::string_view bytes, std::size_t begin) {
    std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
    if (end > begin && bytes[end - 1] == '\r')
        --end;
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

std::size_t indent_of(std::string_view line) {
    return std::min(line.find_first_not_of(" \t"), line.size());
}

/// What textwrap.dedent() and lstrip() make of the lines behind their `#`.
void dedent(std::string_view bytes, GalleryBlock& block) {
    const auto text = [&](Range line) { return bytes.substr(line.begin, line.size()); };
    std::string_view margin;
    bool any = false;
    for (const Range line : block.lines) {
        const std::size_t indent = indent_of(text(line));
        if (indent == line.size())
            continue;
        const std::string_view here = text(line).substr(0, indent);
        const std::size_t size = std::min(margin.size(), here.size());
        margin =
            any ? margin.substr(
                      0,
                      static_cast<std::size_t>(
                          std::mismatch(margin.begin(), margin.begin() + size, here.begin()).first -
                          margin.begin()))
                : here;
        any = true;
    }
    for (Range& line : block.lines)
        line.begin += static_cast<std::uint32_t>(std::min<std::size_t>(margin.size(), line.size()));
    while (!block.lines.empty() && trim(text(block.lines.front())).empty()) {
        block.lines.erase(block.lines.begin());
        ++block.first_line;
    }
    if (!block.lines.empty())
        block.lines.front().begin += static_cast<std::uint32_t>(indent_of(text(block.lines[0])));
}

std::uint32_t line_number(std::string_view bytes, std::uint32_t offset) {
    return 1 + static_cast<std::uint32_t>(std::count(bytes.begin(), bytes.begin() + offset, '\n'));
}

/// A line that stands for no text of the file, at `at`.
void add_virtual(LineSource& source, std::string text, std::uint32_t number, std::uint32_t at) {
    const auto size = static_cast<std::uint32_t>(text.size());
    source.add_made(std::move(text), number, {{0, at}, {size, at}});
}

void add_docstring(LineSource& source, std::string_view bytes, Range literal) {
    const python::StringValue value(bytes, literal);
    const std::string_view text = value.text();
    std::uint32_t number = line_number(bytes, literal.begin);
    std::uint32_t counted = literal.begin;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const auto from = static_cast<std::uint32_t>(begin);
        const auto to = static_cast<std::uint32_t>(end);
        const std::uint32_t at = value.to_source(from);
        number += static_cast<std::uint32_t>(
            std::count(bytes.begin() + counted, bytes.begin() + std::max(counted, at), '\n'));
        counted = std::max(counted, at);
        const Range place = value.to_source(Range{from, to});
        if (bytes.substr(place.begin, place.size()) == text.substr(begin, end - begin)) {
            source.add(place, number);
        } else {
            // With escapes: a piece wherever the way back takes another step than one byte.
            std::vector<std::pair<std::uint32_t, std::uint32_t>> pieces;
            std::uint32_t expected = 0;
            for (std::uint32_t i = from; i < to; ++i) {
                const std::uint32_t here = value.to_source(i);
                if (pieces.empty() || here != expected)
                    pieces.emplace_back(i - from, here);
                expected = here + 1;
            }
            source.add_made(std::string(text.substr(begin, end - begin)), number,
                            std::move(pieces));
        }
        begin = end + 1;
    }
}

}  // namespace

std::vector<GalleryBlock> gallery_blocks(std::string_view bytes, std::uint32_t from) {
    std::vector<GalleryBlock> out;
    std::uint32_t number = line_number(bytes, from);
    for (std::size_t at = from; at < bytes.size();) {
        const Range line = line_from(bytes, at);
        at = std::min(bytes.find('\n', at), bytes.size()) + 1;
        ++number;
        // The rest of the line that the docstring ends on is no line of its own.
        const bool whole = line.begin == 0 || bytes[line.begin - 1] == '\n';
        if (!whole || !begins_block(bytes.substr(line.begin, line.size())))
            continue;
        GalleryBlock block;
        block.first_line = number;
        while (at < bytes.size() && bytes[at] == '#') {
            Range comment = line_from(bytes, at);
            ++comment.begin;
            block.lines.push_back(comment);
            at = std::min(bytes.find('\n', at), bytes.size()) + 1;
            ++number;
        }
        dedent(bytes, block);
        if (!block.lines.empty())
            out.push_back(std::move(block));
    }
    return out;
}

LineSource gallery_lines(std::string_view bytes, Range literal) {
    LineSource source(bytes);
    add_docstring(source, bytes, literal);
    std::uint32_t end = python::literal_content(bytes, literal).end;
    for (const GalleryBlock& block : gallery_blocks(bytes, literal.end)) {
        const std::uint32_t before = source.lines().back().number;
        add_virtual(source, "", before, end);
        add_virtual(source, "..", before, end);
        add_virtual(source, "", before, end);
        std::uint32_t number = block.first_line;
        for (const Range line : block.lines)
            source.add(line, number++);
        end = block.lines.back().end;
    }
    return source;
}

}  // namespace docathon::rst
