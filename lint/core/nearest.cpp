#include "lint/core/nearest.h"

#include <algorithm>
#include <vector>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"

namespace docathon {

namespace {

std::vector<char32_t> code_points(std::string_view text) {
    std::vector<char32_t> out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const Decoded unit = decode_one(text, i);
        out.push_back(unit.code_point);
        i += unit.length;
    }
    return out;
}

std::size_t bounded_distance(std::span<const char32_t> a, std::span<const char32_t> b,
                             std::size_t limit) {
    if (a.size() > b.size())
        std::swap(a, b);
    if (b.size() - a.size() > limit)
        return limit + 1;
    // Only cells within `limit` of the diagonal can hold a value that matters.
    const std::size_t beyond = limit + 1;
    std::vector<std::size_t> before(b.size() + 1, beyond);
    std::vector<std::size_t> last(b.size() + 1, beyond);
    std::vector<std::size_t> row(b.size() + 1, beyond);
    for (std::size_t j = 0; j <= std::min(limit, b.size()); ++j)
        last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        const std::size_t from = i > limit ? i - limit : 0;
        const std::size_t to = std::min(b.size(), i + limit);
        std::size_t best = beyond;
        if (from > 0)
            row[from - 1] = beyond;
        for (std::size_t j = from; j <= to; ++j) {
            std::size_t value = beyond;
            if (j == 0) {
                value = i;
            } else {
                value = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                if (j < i + limit)
                    value = std::min(value, last[j] + 1);
                value = std::min(value, row[j - 1] + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                    value = std::min(value, before[j - 2] + 1);
                }
            }
            row[j] = std::min(value, beyond);
            best = std::min(best, row[j]);
        }
        if (best > limit)
            return beyond;
        if (to < b.size())
            row[to + 1] = beyond;
        std::swap(before, last);
        std::swap(last, row);
    }
    return std::min(last[b.size()], beyond);
}

template <class Text>
std::string_view nearest_of(std::string_view name, std::span<const Text> candidates,
                            std::size_t max_distance) {
    const std::vector<char32_t> wanted = code_points(name);
    std::string_view best;
    std::size_t best_distance = max_distance + 1;
    for (const Text& text : candidates) {
        const std::string_view candidate = text;
        if (candidate.empty())
            continue;
        // A code point has at most 4 bytes: most candidates fall here without being decoded.
        if (candidate.size() > (wanted.size() + max_distance) * 4 ||
            candidate.size() + max_distance < wanted.size()) {
            continue;
        }
        std::size_t distance = 0;
        if (max_distance > 0 && candidate != name && ascii_iequals(candidate, name)) {
            distance = 1;
        } else {
            const std::size_t limit = std::min(best_distance, max_distance);
            distance = bounded_distance(wanted, code_points(candidate), limit);
        }
        if (distance < best_distance || (distance == best_distance && candidate < best)) {
            if (distance > max_distance)
                continue;
            best_distance = distance;
            best = candidate;
        }
    }
    return best;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
    return bounded_distance(code_points(a), code_points(b), limit);
}

std::uint64_t letters_of(std::string_view text) {
    std::uint64_t out = 0;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 0x80)
            return ~std::uint64_t{0};
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        out |= std::uint64_t{1} << (static_cast<unsigned char>(lower) % 61);
    }
    return out;
}

std::size_t suggestion_distance(std::string_view name) {
    const std::size_t length = code_point_count(name);
    if (length <= 4)
        return 1;
    return length <= 8 ? 2 : 3;
}

std::string_view nearest(std::string_view name, std::span<const std::string_view> candidates,
                         std::size_t max_distance) {
    return nearest_of(name, candidates, max_distance);
}

std::string_view nearest(std::string_view name, std::span<const std::string> candidates,
                         std::size_t max_distance) {
    return nearest_of(name, candidates, max_distance);
}

}  // namespace docathon
