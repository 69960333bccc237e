// The HTML tokenizer over arbitrary bytes: tokens cover the text without gaps, ranges nest.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "lint/parse/html.h"

namespace {

void require(bool condition) {
    if (!condition)
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace docathon;
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    std::uint32_t end = 0;
    for (const html::Token& token : html::tokenize(text)) {
        require(token.range.begin == end && token.range.end > end);
        end = token.range.end;
        for (const html::Attribute& attribute : token.attributes) {
            require(token.range.contains(attribute.name_range));
            require(token.range.contains(attribute.value_range));
            require(attribute.name_range.end <= attribute.value_range.begin);
            require(!attribute.name.empty());
        }
    }
    require(end == size);
    (void)html::decode_entities(text, true);
    (void)html::decode_entities(text, false);
    return 0;
}
