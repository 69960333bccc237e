#include "lint/parse/mapped_text.h"

#include <algorithm>
#include <cassert>

namespace docathon {

MappedText::MappedText(std::string_view source, Range range) {
    append(source, range);
}

void MappedText::clear() {
    view_ = {};
    copy_.clear();
    copied_ = false;
    pieces_.clear();
}

void MappedText::append(std::string_view source, Range range) {
    assert(range.begin <= range.end && range.end <= source.size());
    const std::string_view bytes = source.substr(range.begin, range.size());
    const auto at = static_cast<std::uint32_t>(text().size());
    if (at == 0) {
        clear();
        view_ = bytes;
        pieces_.push_back({0, range.begin, false});
        return;
    }
    const Piece& last = pieces_.back();
    const bool continues = !last.virtual_text && last.source + (at - last.at) == range.begin;
    // An empty range still gets a piece of its own if it lies elsewhere: to_source(text().size())
    // must give the end of what was appended last.
    if (!continues) {
        if (!copied_) {
            copy_.assign(view_);
            copied_ = true;
        }
        // A piece without bytes is replaced: offsets that equal `at` belong to the new one.
        if (last.at == at)
            pieces_.pop_back();
        pieces_.push_back({at, range.begin, false});
    }
    if (copied_) {
        copy_.append(bytes);
    } else {
        view_ = source.substr(pieces_.front().source, view_.size() + bytes.size());
    }
}

void MappedText::append_virtual(std::string_view text, std::uint32_t at) {
    if (text.empty())
        return;
    if (!copied_) {
        copy_.assign(view_);
        copied_ = true;
    }
    const auto offset = static_cast<std::uint32_t>(copy_.size());
    if (!pieces_.empty() && pieces_.back().at == offset)
        pieces_.pop_back();
    pieces_.push_back({offset, at, true});
    copy_.append(text);
}

std::uint32_t MappedText::to_source(std::uint32_t offset) const {
    if (pieces_.empty())
        return 0;
    const Piece* piece = &pieces_.front();
    if (pieces_.size() > 1) {
        const auto after = std::upper_bound(
            pieces_.begin(), pieces_.end(), offset,
            [](std::uint32_t value, const Piece& other) { return value < other.at; });
        if (after != pieces_.begin())
            piece = &*(after - 1);
    }
    return piece->virtual_text ? piece->source : piece->source + (offset - piece->at);
}

Range MappedText::to_source(Range range) const {
    const std::uint32_t begin = to_source(range.begin);
    if (range.empty())
        return {begin, begin};
    if (pieces_.size() == 1 && !pieces_.front().virtual_text)
        return {begin, begin + range.size()};
    // The end belongs to the piece of the last byte, not to the piece that begins there: a range
    // that ends with a line must not swallow the indentation of the next one.
    const std::uint32_t last = range.end - 1;
    const auto after =
        std::upper_bound(pieces_.begin(), pieces_.end(), last,
                         [](std::uint32_t value, const Piece& other) { return value < other.at; });
    const Piece& piece = *(after - 1);
    const std::uint32_t end =
        piece.virtual_text ? piece.source : piece.source + (range.end - piece.at);
    return {begin, std::max(begin, end)};
}

MappedText MappedText::slice(std::string_view source, std::uint32_t begin,
                             std::uint32_t end) const {
    const std::string_view whole = text();
    end = std::min(end, static_cast<std::uint32_t>(whole.size()));
    begin = std::min(begin, end);
    MappedText out;
    if (pieces_.empty())
        return out;
    auto piece =
        std::upper_bound(pieces_.begin(), pieces_.end(), begin,
                         [](std::uint32_t value, const Piece& other) { return value < other.at; });
    if (piece != pieces_.begin())
        --piece;
    if (begin == end) {
        // Keeps its place, so that an empty cell or title still has a position.
        const std::uint32_t at = to_source(begin);
        out.append(source, {at, at});
        return out;
    }
    for (; piece != pieces_.end() && piece->at < end; ++piece) {
        const std::uint32_t from = std::max(begin, piece->at);
        const std::uint32_t to = piece + 1 == pieces_.end() ? end : std::min(end, (piece + 1)->at);
        if (piece->virtual_text) {
            out.append_virtual(whole.substr(from, to - from), piece->source);
        } else {
            const std::uint32_t at = piece->source + (from - piece->at);
            out.append(source, {at, at + (to - from)});
        }
    }
    return out;
}

}  // namespace docathon
