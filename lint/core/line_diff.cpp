#include "lint/core/line_diff.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace docathon {

namespace {

constexpr std::size_t kContext = 3;
constexpr std::ptrdiff_t kMostChanges = 1000;

/// Lines with their ends, so that a missing line end is a difference.
std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return lines;
}

/// Lines of the old text that go, and lines of the new text that come in their place.
struct Change {
    std::size_t old_begin = 0;
    std::size_t old_end = 0;
    std::size_t new_begin = 0;
    std::size_t new_end = 0;
};

/// E. Myers, "An O(ND) Difference Algorithm": the greedy one, with a trace to walk back on.
std::vector<Change> changes_of(const std::vector<std::string_view>& a,
                               const std::vector<std::string_view>& b) {
    std::size_t front = 0;
    while (front < a.size() && front < b.size() && a[front] == b[front])
        ++front;
    std::size_t back = 0;
    while (back < a.size() - front && back < b.size() - front &&
           a[a.size() - 1 - back] == b[b.size() - 1 - back])
        ++back;
    const auto n = static_cast<std::ptrdiff_t>(a.size() - front - back);
    const auto m = static_cast<std::ptrdiff_t>(b.size() - front - back);
    if (n == 0 && m == 0)
        return {};
    const Change all{front, a.size() - back, front, b.size() - back};
    const std::ptrdiff_t most = std::min(n + m, kMostChanges);
    const auto same = [&](std::ptrdiff_t x, std::ptrdiff_t y) {
        return a[front + static_cast<std::size_t>(x)] == b[front + static_cast<std::size_t>(y)];
    };
    std::vector<std::ptrdiff_t> furthest(static_cast<std::size_t>(2 * most + 3));
    const auto at = [&](std::vector<std::ptrdiff_t>& v, std::ptrdiff_t k) -> std::ptrdiff_t& {
        return v[static_cast<std::size_t>(k + most + 1)];
    };
    // Only the part that a round can have touched is kept of it.
    std::vector<std::vector<std::ptrdiff_t>> trace;
    std::ptrdiff_t found = -1;
    for (std::ptrdiff_t d = 0; d <= most && found < 0; ++d) {
        trace.emplace_back(furthest.begin() + (most + 1 - d), furthest.begin() + (most + 2 + d));
        for (std::ptrdiff_t k = -d; k <= d; k += 2) {
            const bool down = k == -d || (k != d && at(furthest, k - 1) < at(furthest, k + 1));
            std::ptrdiff_t x = down ? at(furthest, k + 1) : at(furthest, k - 1) + 1;
            std::ptrdiff_t y = x - k;
            while (x < n && y < m && same(x, y)) {
                ++x;
                ++y;
            }
            at(furthest, k) = x;
            if (x >= n && y >= m) {
                found = d;
                break;
            }
        }
    }
    if (found < 0)
        return {all};
    // Backwards along the trace; neighbouring single changes become one.
    std::vector<Change> changes;
    std::ptrdiff_t x = n;
    std::ptrdiff_t y = m;
    for (std::ptrdiff_t d = found; d > 0; --d) {
        const std::vector<std::ptrdiff_t>& v = trace[static_cast<std::size_t>(d)];
        const auto old = [&](std::ptrdiff_t k) { return v[static_cast<std::size_t>(k + d)]; };
        const std::ptrdiff_t k = x - y;
        const bool down = k == -d || (k != d && old(k - 1) < old(k + 1));
        const std::ptrdiff_t before_k = down ? k + 1 : k - 1;
        const std::ptrdiff_t before_x = old(before_k);
        const std::ptrdiff_t before_y = before_x - before_k;
        Change one;
        one.old_begin = front + static_cast<std::size_t>(before_x);
        one.new_begin = front + static_cast<std::size_t>(before_y);
        one.old_end = one.old_begin + (down ? 0 : 1);
        one.new_end = one.new_begin + (down ? 1 : 0);
        if (!changes.empty() && changes.back().old_begin == one.old_end &&
            changes.back().new_begin == one.new_end) {
            changes.back().old_begin = one.old_begin;
            changes.back().new_begin = one.new_begin;
        } else {
            changes.push_back(one);
        }
        x = before_x;
        y = before_y;
    }
    std::reverse(changes.begin(), changes.end());
    return changes;
}

void add_line(std::string& out, char mark, std::string_view line) {
    out += mark;
    out += line;
    if (!line.ends_with('\n'))
        out += "\n\\ No newline at end of file\n";
}

std::string range_text(std::size_t begin, std::size_t count) {
    // An empty range is named by the line before it.
    const std::string first = std::to_string(count == 0 ? begin : begin + 1);
    return count == 1 ? first : first + "," + std::to_string(count);
}

}  // namespace

std::string unified_diff(std::string_view path, std::string_view before, std::string_view after) {
    const std::vector<std::string_view> a = lines_of(before);
    const std::vector<std::string_view> b = lines_of(after);
    const std::vector<Change> changes = changes_of(a, b);
    if (changes.empty())
        return {};
    std::string out = "--- a/" + std::string(path) + "\n+++ b/" + std::string(path) + "\n";
    for (std::size_t i = 0; i < changes.size();) {
        std::size_t last = i;
        while (last + 1 < changes.size() &&
               changes[last + 1].old_begin - changes[last].old_end <= 2 * kContext)
            ++last;
        const std::size_t lead = std::min(changes[i].old_begin, kContext);
        const std::size_t old_begin = changes[i].old_begin - lead;
        const std::size_t new_begin = changes[i].new_begin - lead;
        const std::size_t tail = std::min(a.size() - changes[last].old_end, kContext);
        out += "@@ -" + range_text(old_begin, changes[last].old_end + tail - old_begin) + " +" +
               range_text(new_begin, changes[last].new_end + tail - new_begin) + " @@\n";
        std::size_t at = old_begin;
        for (std::size_t j = i; j <= last; ++j) {
            for (; at < changes[j].old_begin; ++at)
                add_line(out, ' ', a[at]);
            for (; at < changes[j].old_end; ++at)
                add_line(out, '-', a[at]);
            for (std::size_t line = changes[j].new_begin; line < changes[j].new_end; ++line)
                add_line(out, '+', b[line]);
        }
        for (std::size_t end = at + tail; at < end; ++at)
            add_line(out, ' ', a[at]);
        i = last + 1;
    }
    return out;
}

}  // namespace docathon
