#include "lint/parse/rst/lines.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "lint/core/utf8.h"
#include "lint/parse/rst/python_text.h"
#include "lint/parse/rst/tree.h"

namespace docathon::rst {

namespace {

enum : std::uint8_t { kPlain, kBreak, kRewrite, kMaybe };

// Bytes that end a line, have to be rewritten, or may begin a line end in UTF-8 (U+0085, U+2028,
// U+2029).
constexpr std::array<std::uint8_t, 256> kByteClass = [] {
    std::array<std::uint8_t, 256> table{};
    for (const unsigned c : {0x0au, 0x0du, 0x1cu, 0x1du, 0x1eu})
        table[c] = kBreak;
    for (const unsigned c : {0x09u, 0x0bu, 0x0cu})
        table[c] = kRewrite;
    table[0xc2] = kMaybe;
    table[0xe2] = kMaybe;
    return table;
}();

// Length of a line end at `at`, or 0.
std::size_t line_end(std::string_view text, std::size_t at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c == 0x0d)
        return at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1;
    if (c == 0x0a || (c >= 0x1c && c <= 0x1e))
        return 1;
    if (c == 0xc2)
        return at + 1 < text.size() && text[at + 1] == '\x85' ? 2 : 0;
    if (c == 0xe2 && at + 2 < text.size() && text[at + 1] == '\x80' &&
        (text[at + 2] == '\xa8' || text[at + 2] == '\xa9'))
        return 3;
    return 0;
}

/// Whether eight bytes are all from 0x20 to 0x7f.
bool are_plain(const char* bytes) {
    constexpr std::uint64_t kHigh = 0x8080808080808080u;
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    // Without its highest bit a byte from 0x20 on carries into that bit when 0x60 is added.
    return (word & kHigh) == 0 && (((word + 0x6060606060606060u) & kHigh) == kHigh);
}

std::string_view strip_right(std::string_view text) {
    while (!text.empty()) {
        const auto last = static_cast<unsigned char>(text.back());
        if (last >= 0x80)
            return python::strip_right(text);
        if (last != ' ' && !(last >= 0x09 && last <= 0x0d) && !(last >= 0x1c && last <= 0x1f))
            return text;
        text.remove_suffix(1);
    }
    return text;
}

}  // namespace

LineSource::LineSource(std::string_view bytes, const std::vector<Range>& slices,
                       std::uint32_t first_line, unsigned tab_width)
    : bytes_(bytes) {
    std::uint32_t number = first_line;
    std::size_t size = 0;
    for (const Range slice : slices)
        size += slice.size();
    // Of a large file the lines are counted: to grow by copying costs more.
    constexpr std::size_t kLarge = std::size_t{1} << 20;
    std::size_t count = size / 30 + slices.size();
    if (size > kLarge) {
        count = slices.size() + 1;
        for (const Range slice : slices)
            count += static_cast<std::size_t>(
                std::count(bytes.begin() + slice.begin, bytes.begin() + slice.end, '\n'));
    }
    lines_.reserve(count);
    for (Range slice : slices) {
        if (slice.begin == 0 && has_bom(bytes.substr(0, slice.end)))
            slice.begin = 3;
        if (slice.empty() && slices.size() > 1)
            add_line(slice.begin, slice.end, number++, false, tab_width);
        split(slice, number, tab_width);
    }
}

void LineSource::split(Range slice, std::uint32_t& number, unsigned tab_width) {
    const std::string_view text = bytes_.substr(0, slice.end);
    std::size_t begin = slice.begin;
    bool rewrite = false;
    for (std::size_t at = begin; at < text.size();) {
        // Eight plain bytes at once, as nearly all are.
        if (at + 8 <= text.size() && are_plain(text.data() + at)) {
            at += 8;
            continue;
        }
        const std::uint8_t kind = kByteClass[static_cast<unsigned char>(text[at])];
        if (kind == kPlain) {
            ++at;
            continue;
        }
        if (kind == kRewrite) {
            rewrite = true;
            ++at;
            continue;
        }
        const std::size_t length = line_end(text, at);
        if (length == 0) {
            ++at;
            continue;
        }
        add_line(begin, at, number++, rewrite, tab_width);
        rewrite = false;
        at += length;
        begin = at;
    }
    if (begin < text.size())
        add_line(begin, text.size(), number++, rewrite, tab_width);
}

void LineSource::add_line(std::size_t begin, std::size_t end, std::uint32_t number, bool rewrite,
                          unsigned tab_width) {
    const std::string_view raw = strip_right(bytes_.substr(begin, end - begin));
    if (rewrite)
        rewrite = raw.find_first_of("\t\v\f") != std::string_view::npos;
    if (!rewrite) {
        lines_.push_back({raw, number, 0});
        return;
    }
    // Pieces begin at each rewritten byte and behind it.
    std::string text;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pieces;
    std::size_t column = 0;
    const auto piece = [&](std::size_t source) {
        const auto at = static_cast<std::uint32_t>(text.size());
        if (!pieces.empty() && pieces.back().first == at)
            pieces.back().second = static_cast<std::uint32_t>(source);
        else
            pieces.emplace_back(at, static_cast<std::uint32_t>(source));
    };
    piece(begin);
    for (std::size_t i = 0; i < raw.size();) {
        const char c = raw[i];
        if (c == '\t') {
            piece(begin + i);
            const std::size_t width = tab_width == 0 ? 0 : tab_width - column % tab_width;
            text.append(width, ' ');
            column += width;
            ++i;
            piece(begin + i);
        } else {
            const std::size_t length = decode_one(raw, i).length;
            if (c == '\v' || c == '\f')
                text += ' ';
            else
                text.append(raw.substr(i, length));
            i += length;
            ++column;
        }
    }
    Line line = make_line(std::move(text), number, std::move(pieces));
    copied_.back().end = static_cast<std::uint32_t>(begin + raw.size());
    lines_.push_back(line);
}

Line LineSource::make_line(std::string text, std::uint32_t number,
                           std::vector<std::pair<std::uint32_t, std::uint32_t>> pieces) {
    Copied& copied = copied_.emplace_back();
    copied.text = std::move(text);
    copied.end = pieces.empty()
                     ? 0
                     : pieces.back().second + static_cast<std::uint32_t>(copied.text.size()) -
                           pieces.back().first;
    copied.end = std::min(copied.end, static_cast<std::uint32_t>(bytes_.size()));
    copied.pieces = std::move(pieces);
    return {strip_right(copied.text), number, static_cast<std::uint32_t>(copied_.size())};
}

std::uint32_t LineSource::longer_than(std::size_t limit) const {
    for (const Line& line : lines_) {
        if (line.text.size() > limit && code_point_count(line.text) > limit)
            return line.number;
    }
    return 0;
}

std::uint32_t LineSource::to_source(const Line& line, std::size_t offset) const {
    if (line.map == 0)
        return static_cast<std::uint32_t>(line.text.data() - bytes_.data() +
                                          static_cast<std::ptrdiff_t>(offset));
    const Copied& copied = copied_[line.map - 1];
    const auto at = static_cast<std::uint32_t>(line.text.data() - copied.text.data() +
                                               static_cast<std::ptrdiff_t>(offset));
    auto next = std::upper_bound(
        copied.pieces.begin(), copied.pieces.end(), at,
        [](std::uint32_t value, const auto& piece) { return value < piece.first; });
    if (next == copied.pieces.begin())
        return 0;
    const auto piece = next - 1;
    const std::uint32_t limit = next == copied.pieces.end() ? copied.end : next->second;
    return std::min(std::max(limit, piece->second), piece->second + at - piece->first);
}

Range LineSource::to_source(const Line& line, std::size_t begin, std::size_t end) const {
    return {to_source(line, begin), to_source(line, end)};
}

Range LineSource::range_of(LineSpan lines) const {
    std::size_t size = lines.size();
    while (size > 1 && lines[size - 1].blank())
        --size;
    if (size == 0)
        return {};
    return {to_source(lines[0], 0), to_source(lines[size - 1], lines[size - 1].text.size())};
}

JoinedText::JoinedText(Tree& tree, const LineSource& source, LineSpan lines) : source_(&source) {
    if (lines.empty()) {
        text_ = "";
        return;
    }
    bool contiguous = true;
    std::size_t size = lines[0].text.size();
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const std::string_view before = lines[i - 1].text;
        const char* const end = before.data() + before.size();
        contiguous = contiguous && (lines[i].map | lines[i - 1].map) == 0 &&
                     lines[i].text.data() == end + 1 && *end == '\n';
        size += 1 + lines[i].text.size();
    }
    if (contiguous && lines[0].map == 0) {
        text_ = {lines[0].text.data(), size};
        return;
    }
    lines_ = lines.copy();
    starts_.reserve(lines.size());
    if (lines.size() == 1) {
        text_ = lines[0].text;
        starts_.push_back(0);
        return;
    }
    char* at = tree.allocate(size);
    text_ = {at, size};
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i > 0)
            *at++ = '\n';
        starts_.push_back(static_cast<std::uint32_t>(at - text_.data()));
        if (!lines[i].text.empty())
            std::memcpy(at, lines[i].text.data(), lines[i].text.size());
        at += lines[i].text.size();
    }
}

std::uint32_t JoinedText::to_source(std::size_t offset) const {
    if (lines_.empty()) {
        if (text_.data() < source_->bytes().data() ||
            text_.data() > source_->bytes().data() + source_->bytes().size())
            return 0;
        return static_cast<std::uint32_t>(text_.data() - source_->bytes().data() +
                                          static_cast<std::ptrdiff_t>(offset));
    }
    const std::size_t line = line_of(offset);
    return source_->to_source(lines_[line],
                              std::min(offset - starts_[line], lines_[line].text.size()));
}

Range JoinedText::to_source(std::size_t begin, std::size_t end) const {
    return {to_source(begin), to_source(end)};
}

std::size_t JoinedText::line_of(std::size_t offset) const {
    if (lines_.empty())
        return static_cast<std::size_t>(
            std::count(text_.data(), text_.data() + std::min(offset, text_.size()), '\n'));
    const auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
    return static_cast<std::size_t>(next - starts_.begin()) - 1;
}

}  // namespace docathon::rst
