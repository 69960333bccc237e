// inflate: the streams were packed by zlib at levels 9 and 0.

#include "lint/core/inflate.h"

#include <gtest/gtest.h>

namespace docathon {
namespace {

using namespace std::string_literals;

std::string unpack(const std::string& stream, std::size_t most = 1 << 20) {
    std::string out;
    const InflateEnd end = inflate_zlib(stream, most, out);
    return (end == InflateEnd::complete ? "" : "damaged:") + out;
}

const std::string& runs() {  // 1,000 a: fixed code, a copy that runs into itself
    static const std::string stream =
        "\x78\xda\x4b\x4c\x1c\x05\xa3\x60\x14\x0c\x77\x00\x00\xf9\xd8\x7a\xf8"s;
    return stream;
}

TEST(Inflate, ReadsEveryKindOfBlock) {
    EXPECT_EQ(unpack("\x78\x01\x01\x06\x00\xf9\xff\x73\x74\x6f\x72\x65\x64\x09\x3c\x02\x92"s),
              "stored");
    EXPECT_EQ(unpack(runs()), std::string(1000, 'a'));
    EXPECT_EQ(
        unpack(
            "\x78\xda\x1d\x8f\x8b\x0d\x00\x31\x08\x42\x67\x15\x01\xd9\x7f\x82\xa3\xd7\xa4\x49\x4d"
            "\xf9\x3c\x17\x42\x92\x23\x32\x77\x13\x11\x9e\x9e\xe3\x0d\x13\x9a\x8c\xe6\xb0\x82\x8f"
            "\x52\xaa\xe1\xdd\xda\x08\xf6\x9c\xc9\xe8\x76\x39\xe4\xd9\x4f\xbb\xb5\xc6\xbc\xf8\x3c"
            "\x15\x70\x17\x1a\xe0\x29\x29\xac\x7b\x57\xdb\x2c\x27\xa8\xfb\x05\x43\xaf\xb0\xe6\xd9"
            "\xc2\xa4\x2f\xdf\xa8\xb1\x02\xa4\x3d\xed\x94\x67\xcb\x65\xb0\x02\x9c\x32\x3e\xcd\xd2"
            "\xfb\x07\x94\x85\x98\x46\x2f\x65\xb9\x80\xaa\xa1\xdb\x1c\xca\x67\x1c\x88\x7e\x20\x6a"
            "\xe7\x4c\xe7\x87\xbc\xc8\x72\x71\xf7\x70\xc0\xb7\xbb\x9c\x96\x03\xce\x4b\x70\x21\xc4"
            "\xb6\x0a\x1f\x47\x3d\x75\xb8"s)
            .substr(0, 20),
        "cbebhhhgdbhaggahedbf");
}

TEST(Inflate, SaysWhatIsDamaged) {
    for (std::size_t size = 0; size < runs().size(); ++size)
        EXPECT_TRUE(unpack(runs().substr(0, size)).starts_with("damaged:")) << size;
    std::string wrong = runs();
    wrong.back() = '\x01';
    EXPECT_EQ(unpack(wrong), "damaged:" + std::string(1000, 'a'));
    EXPECT_EQ(unpack("no zlib stream at all"), "damaged:");
    // A block of the kind that does not exist.
    EXPECT_EQ(unpack("\x78\xda\x07\x00"s), "damaged:");
}

TEST(Inflate, StopsAtTheLimit) {
    const std::string out = unpack(runs(), 100);
    EXPECT_TRUE(out.starts_with("damaged:"));
    EXPECT_LE(out.size(), 100 + 8U);
}

}  // namespace
}  // namespace docathon
