#include "lint/report/rolling_hash.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>

#include "lint/core/utf8.h"

namespace docathon {
namespace {

constexpr std::size_t kBlock = 100;
constexpr std::uint64_t kFactor = 37;

constexpr std::uint64_t first_factor() {
    std::uint64_t result = 1;
    for (std::size_t i = 0; i < kBlock; ++i)
        result *= kFactor;
    return result;
}

/// Takes the text unit by unit and gives the hash of each line once its 100 units are through.
class Roller {
  public:
    explicit Roller(std::vector<std::uint64_t>& hashes) : hashes_(hashes) {}

    void text_unit(std::uint32_t unit) {
        if (unit == ' ' || unit == '\t' || (after_cr_ && unit == '\n')) {
            after_cr_ = false;
            return;
        }
        after_cr_ = unit == '\r';
        if (after_cr_)
            unit = '\n';
        if (begins_[index_])
            take();
        if (line_start_)
            begins_[index_] = true;
        line_start_ = unit == '\n';
        push(unit);
    }

    void finish() {
        text_unit(0xffff);
        for (std::size_t i = 0; i < kBlock; ++i) {
            if (begins_[index_])
                take();
            push(0);
        }
    }

  private:
    /// The line that began 100 units ago is complete.
    void take() {
        hashes_.push_back(hash_);
        begins_[index_] = false;
    }

    void push(std::uint32_t unit) {
        static constexpr std::uint64_t kOldest = first_factor();
        const std::uint64_t oldest = window_[index_];
        window_[index_] = unit;
        hash_ = hash_ * kFactor + unit - kOldest * oldest;
        index_ = (index_ + 1) % kBlock;
    }

    std::vector<std::uint64_t>& hashes_;
    std::array<std::uint32_t, kBlock> window_{};
    std::array<bool, kBlock> begins_{};
    std::uint64_t hash_ = 0;
    std::size_t index_ = 0;
    bool line_start_ = true;
    bool after_cr_ = false;
};

/// Bytes of the sequence at `offset`, which is not valid, that a decoder shows as one U+FFFD: the
/// longest beginning of a valid sequence (Unicode 15, section 3.9, "maximal subpart").
std::size_t maximal_subpart(std::string_view bytes, std::size_t offset) {
    const auto at = [&](std::size_t i) {
        return offset + i < bytes.size() ? static_cast<unsigned char>(bytes[offset + i]) : 0u;
    };
    const unsigned lead = at(0);
    unsigned low = 0x80;
    unsigned high = 0xbf;
    std::size_t length = 0;
    if (lead >= 0xe0 && lead <= 0xef) {
        length = 3;
        if (lead == 0xe0)
            low = 0xa0;
        if (lead == 0xed)
            high = 0x9f;
    } else if (lead >= 0xf0 && lead <= 0xf4) {
        length = 4;
        if (lead == 0xf0)
            low = 0x90;
        if (lead == 0xf4)
            high = 0x8f;
    } else {
        return 1;
    }
    if (at(1) < low || at(1) > high)
        return 1;
    if (length == 3 || at(2) < 0x80 || at(2) > 0xbf)
        return 2;
    return 3;
}

}  // namespace

LineHashes::LineHashes(std::string_view bytes) {
    Roller roller(hashes_);
    for (std::size_t i = 0; i < bytes.size();) {
        const Decoded unit = decode_one(bytes, i);
        i += unit.valid ? unit.length : maximal_subpart(bytes, i);
        if (unit.code_point < 0x10000) {
            roller.text_unit(unit.code_point);
        } else {
            const std::uint32_t offset = unit.code_point - 0x10000;
            roller.text_unit(0xd800 + (offset >> 10));
            roller.text_unit(0xdc00 + (offset & 0x3ff));
        }
    }
    roller.finish();

    // Equal hashes side by side, in line order: counts without a hash table that a hostile file
    // could fill one bucket of.
    std::vector<std::uint32_t> order(hashes_.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return hashes_[a] != hashes_[b] ? hashes_[a] < hashes_[b] : a < b;
    });
    occurrences_.resize(hashes_.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        const bool again = i > 0 && hashes_[order[i]] == hashes_[order[i - 1]];
        occurrences_[order[i]] = again ? occurrences_[order[i - 1]] + 1 : 1;
    }
}

std::string LineHashes::of(std::uint32_t line) const {
    if (line == 0 || line > hashes_.size())
        return {};
    static constexpr char kHex[] = "0123456789abcdef";
    std::string digits;
    std::uint64_t value = hashes_[line - 1];
    do {
        digits += kHex[value & 15u];
        value >>= 4;
    } while (value != 0);
    std::reverse(digits.begin(), digits.end());
    return digits + ':' + std::to_string(occurrences_[line - 1]);
}

}  // namespace docathon
