#include "lint/core/inflate.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace docathon {

namespace {

/// Longest code word (RFC 1951, 3.2.7).
constexpr unsigned kMaxBits = 15;
constexpr unsigned kLiterals = 288;
constexpr unsigned kDistances = 30;

/// Bits of a stream, least significant first. Reading past the end gives zeros and sets `over`.
class Bits {
  public:
    explicit Bits(std::string_view bytes) : bytes_(bytes) {}

    unsigned take(unsigned count) {
        while (have_ < count) {
            if (at_ >= bytes_.size()) {
                over_ = true;
                return 0;
            }
            buffer_ |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes_[at_++]))
                       << have_;
            have_ += 8;
        }
        const unsigned out = buffer_ & ((1u << count) - 1u);
        buffer_ >>= count;
        have_ -= count;
        return out;
    }
    void to_byte() {
        buffer_ = 0;
        have_ = 0;
    }
    /// Whole bytes; call to_byte() first.
    std::string_view take_bytes(std::size_t count) {
        const std::string_view out = bytes_.substr(at_, count);
        over_ = over_ || out.size() < count;
        at_ += out.size();
        return out;
    }
    [[nodiscard]] bool over() const { return over_; }

  private:
    std::string_view bytes_;
    std::size_t at_ = 0;
    std::uint32_t buffer_ = 0;
    unsigned have_ = 0;
    bool over_ = false;
};

/// A canonical Huffman code: how many words have each length, and the symbols in their order.
struct Code {
    std::array<std::uint16_t, kMaxBits + 1> count{};
    std::array<std::uint16_t, kLiterals> symbols{};

    /// False if the lengths ask for more words than there are.
    bool build(std::span<const std::uint8_t> lengths) {
        count.fill(0);
        for (const std::uint8_t length : lengths)
            ++count[length];
        int left = 1;
        for (unsigned length = 1; length <= kMaxBits; ++length) {
            left = left * 2 - count[length];
            if (left < 0)
                return false;
        }
        std::array<std::uint16_t, kMaxBits + 2> offset{};
        for (unsigned length = 1; length <= kMaxBits; ++length)
            offset[length + 1] = static_cast<std::uint16_t>(offset[length] + count[length]);
        for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol) {
            if (lengths[symbol] != 0)
                symbols[offset[lengths[symbol]]++] = static_cast<std::uint16_t>(symbol);
        }
        return true;
    }

    /// The next symbol, or -1 if no word fits.
    [[nodiscard]] int read(Bits& bits) const {
        int code = 0;
        int first = 0;
        int index = 0;
        for (unsigned length = 1; length <= kMaxBits; ++length) {
            code |= static_cast<int>(bits.take(1));
            const int words = count[length];
            if (code - words < first)
                return bits.over() ? -1 : symbols[static_cast<std::size_t>(index + code - first)];
            index += words;
            first = (first + words) * 2;
            code *= 2;
        }
        return -1;
    }
};

struct Extra {
    std::uint16_t base;
    std::uint8_t bits;
};
constexpr std::array<Extra, 29> kLengths = {
    {{3, 0},  {4, 0},  {5, 0},  {6, 0},   {7, 0},   {8, 0},   {9, 0},   {10, 0},  {11, 1}, {13, 1},
     {15, 1}, {17, 1}, {19, 2}, {23, 2},  {27, 2},  {31, 2},  {35, 3},  {43, 3},  {51, 3}, {59, 3},
     {67, 4}, {83, 4}, {99, 4}, {115, 4}, {131, 5}, {163, 5}, {195, 5}, {227, 5}, {258, 0}}};
constexpr std::array<Extra, kDistances> kOffsets = {
    {{1, 0},     {2, 0},     {3, 0},     {4, 0},      {5, 1},      {7, 1},
     {9, 2},     {13, 2},    {17, 3},    {25, 3},     {33, 4},     {49, 4},
     {65, 5},    {97, 5},    {129, 6},   {193, 6},    {257, 7},    {385, 7},
     {513, 8},   {769, 8},   {1025, 9},  {1537, 9},   {2049, 10},  {3073, 10},
     {4097, 11}, {6145, 11}, {8193, 12}, {12289, 12}, {16385, 13}, {24577, 13}}};

class Inflater {
  public:
    Inflater(std::string_view stream, std::size_t most, std::string& out)
        : bits_(stream), start_(out.size()), most_(most), out_(out) {}

    bool run() {
        bool last = false;
        while (!last) {
            last = bits_.take(1) != 0;
            const unsigned type = bits_.take(2);
            if (bits_.over() || !block(type))
                return false;
        }
        bits_.to_byte();
        return true;
    }

    /// The four bytes behind the data, most significant first.
    std::uint32_t checksum() {
        std::uint32_t out = 0;
        for (const char c : bits_.take_bytes(4))
            out = out << 8 | static_cast<unsigned char>(c);
        return out;
    }
    [[nodiscard]] bool over() const { return bits_.over(); }

  private:
    bool block(unsigned type) {
        if (type == 0)
            return stored();
        if (type == 1) {
            std::array<std::uint8_t, kLiterals> lengths{};
            std::fill(lengths.begin(), lengths.begin() + 144, std::uint8_t{8});
            std::fill(lengths.begin() + 144, lengths.begin() + 256, std::uint8_t{9});
            std::fill(lengths.begin() + 256, lengths.begin() + 280, std::uint8_t{7});
            std::fill(lengths.begin() + 280, lengths.end(), std::uint8_t{8});
            std::array<std::uint8_t, kDistances> distances{};
            distances.fill(5);
            return literals_.build(lengths) && distances_.build(distances) && packed();
        }
        return type == 2 && codes() && packed();
    }

    bool stored() {
        bits_.to_byte();
        const std::string_view head = bits_.take_bytes(4);
        if (head.size() < 4)
            return false;
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(head[i]); };
        const unsigned size = byte(0) | byte(1) << 8u;
        if (size != (~(byte(2) | byte(3) << 8u) & 0xffffu))
            return false;
        const std::string_view data = bits_.take_bytes(size);
        if (!room(data.size()))
            return false;
        out_ += data;
        return !bits_.over();
    }

    /// The code of a block that brings its own (RFC 1951, 3.2.7).
    bool codes() {
        static constexpr std::array<std::uint8_t, 19> kOrder = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                                11, 4,  12, 3, 13, 2, 14, 1, 15};
        const unsigned literals = bits_.take(5) + 257;
        const unsigned distances = bits_.take(5) + 1;
        const unsigned words = bits_.take(4) + 4;
        if (literals > 286 || distances > kDistances || bits_.over())
            return false;
        std::array<std::uint8_t, 19> of_lengths{};
        for (unsigned i = 0; i < words; ++i)
            of_lengths[kOrder[i]] = static_cast<std::uint8_t>(bits_.take(3));
        if (!literals_.build(of_lengths))
            return false;
        std::array<std::uint8_t, kLiterals + kDistances> lengths{};
        unsigned at = 0;
        while (at < literals + distances) {
            const int symbol = literals_.read(bits_);
            if (symbol < 0)
                return false;
            if (symbol < 16) {
                lengths[at++] = static_cast<std::uint8_t>(symbol);
                continue;
            }
            std::uint8_t value = 0;
            unsigned times = 0;
            if (symbol == 16) {
                if (at == 0)
                    return false;
                value = lengths[at - 1];
                times = 3 + bits_.take(2);
            } else {
                times = symbol == 17 ? 3 + bits_.take(3) : 11 + bits_.take(7);
            }
            if (at + times > literals + distances)
                return false;
            while (times-- > 0)
                lengths[at++] = value;
        }
        const std::span<const std::uint8_t> all(lengths);
        return !bits_.over() && literals_.build(all.first(literals)) &&
               distances_.build(all.subspan(literals, distances));
    }

    bool packed() {
        while (true) {
            const int symbol = literals_.read(bits_);
            if (symbol < 0)
                return false;
            if (symbol == 256)
                return true;
            if (symbol < 256) {
                if (!room(1))
                    return false;
                out_ += static_cast<char>(symbol);
                continue;
            }
            if (symbol - 257 >= static_cast<int>(kLengths.size()))
                return false;
            const Extra& run = kLengths[static_cast<std::size_t>(symbol - 257)];
            const std::size_t length = run.base + bits_.take(run.bits);
            const int far = distances_.read(bits_);
            if (far < 0 || far >= static_cast<int>(kOffsets.size()))
                return false;
            const Extra& offset = kOffsets[static_cast<std::size_t>(far)];
            const std::size_t distance = offset.base + bits_.take(offset.bits);
            if (bits_.over() || distance > out_.size() - start_ || !room(length))
                return false;
            // The copy may run into what it writes.
            for (std::size_t i = 0; i < length; ++i)
                out_ += out_[out_.size() - distance];
        }
    }

    [[nodiscard]] bool room(std::size_t size) const { return out_.size() - start_ + size <= most_; }

    Bits bits_;
    std::size_t start_;
    std::size_t most_;
    std::string& out_;
    Code literals_;
    Code distances_;
};

/// RFC 1950, 8.2.
std::uint32_t adler32(std::string_view bytes) {
    constexpr std::uint32_t kPrime = 65521;
    std::uint32_t a = 1;
    std::uint32_t b = 0;
    while (!bytes.empty()) {
        // As many as cannot overflow.
        const std::string_view part = bytes.substr(0, 5552);
        for (const char c : part) {
            a += static_cast<unsigned char>(c);
            b += a;
        }
        a %= kPrime;
        b %= kPrime;
        bytes.remove_prefix(part.size());
    }
    return b << 16 | a;
}

}  // namespace

InflateEnd inflate_zlib(std::string_view stream, std::size_t most, std::string& out) {
    if (stream.size() < 2)
        return InflateEnd::damaged;
    const unsigned method = static_cast<unsigned char>(stream[0]);
    const unsigned flags = static_cast<unsigned char>(stream[1]);
    const bool dictionary = (flags & 0x20u) != 0;
    if ((method & 0x0fu) != 8 || (method * 256 + flags) % 31 != 0 || dictionary)
        return InflateEnd::damaged;
    const std::size_t start = out.size();
    Inflater inflater(stream.substr(2), most, out);
    if (!inflater.run())
        return InflateEnd::damaged;
    const std::uint32_t checksum = inflater.checksum();
    const bool good = !inflater.over() && checksum == adler32(std::string_view(out).substr(start));
    return good ? InflateEnd::complete : InflateEnd::damaged;
}

}  // namespace docathon
