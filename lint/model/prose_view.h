#pragma once
// ProseView: the running text of one block without markup, with an exact map back to the source.
// Rules on wording see only this; no rule searches the source for a string to find a position.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/range.h"
#include "lint/model/document.h"

namespace docathon {

/// What becomes of code, mathematics, images, roles and URLs in a ProseView.
enum class ProseForm : std::uint8_t {
    prose,  ///< an object each: no words
    text,   ///< their text: code as written, the alternative text of an image, the URL
};

class ProseView {
  public:
    /// Text of block `id` (paragraph, heading, table_cell): code spans, math, images, roles, URLs
    /// and template tags become one U+FFFC each, line ends and <br> one space, entities and escapes
    /// their character; other HTML tags, comments, attributes and footnote marks nothing.
    /// With ProseForm::text also the lines of a code block, without the marks of what it is in.
    ProseView(const Document& document, std::string_view source, NodeId id,
              ProseForm form = ProseForm::prose);

    [[nodiscard]] const std::string& text() const { return text_; }
    /// Source bytes of text()[begin, end). What stands for an entity or an object is covered whole.
    [[nodiscard]] Range to_source(std::uint32_t begin, std::uint32_t end) const;

  private:
    struct Piece {
        std::uint32_t at;    // offset in text_
        std::uint32_t from;  // offset in the source
        bool verbatim;       // byte for byte; else the whole piece stands for [from, to)
        std::uint32_t to;
    };
    std::string text_;
    std::vector<Piece> pieces_;
};

}  // namespace docathon
