#pragma once
// HTML tokenizer for fragments in Markdown: start tags with attributes, end tags, comments,
// declarations, CDATA, raw text of script/style/textarea/title, after the tokenization states of
// the HTML standard (13.2.5). Tokens carry exact ranges. Linear; never fails.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/range.h"

namespace docathon::html {

enum class TokenKind : std::uint8_t { text, start_tag, end_tag, comment, other };

struct Attribute {
    std::string name;   ///< lower case
    std::string value;  ///< character references decoded
    Range name_range;
    Range value_range;  ///< without quotes; empty if there is no value
};

struct Token {
    TokenKind kind = TokenKind::text;
    std::string name;  ///< tag name, lower case
    Range range;
    bool self_closing = false;
    bool unterminated = false;  ///< tag or comment without its end
    std::vector<Attribute> attributes;
};

/// Offsets are relative to `text`.
[[nodiscard]] std::vector<Token> tokenize(std::string_view text);

/// Decodes character references (&amp; &#x41; ...) as HTML does in attribute values and text.
[[nodiscard]] std::string decode_entities(std::string_view text, bool in_attribute = false);

}  // namespace docathon::html
