#pragma once
// What engines read of one file: texts of a view, each with an exact map back to the source, and
// the nodes that selectors found. Everything is made at most once for all rules. A FileView belongs
// to the task of one file and borrows what its FileContext refers to. Of a Python file it reads the
// docstrings, as reStructuredText.

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/model/prose_view.h"
#include "lint/rules/engines/node_tree.h"

namespace docathon::rules {

/// What of a page is searched (PRODUCT.md section 4).
enum class View : std::uint8_t {
    prose,   ///< running text without markup, code and URLs
    source,  ///< the bytes as they are
    url,     ///< targets of links, images and definitions
    text,    ///< without markup, but code and URLs as they are
};
inline constexpr std::size_t kViews = 4;

/// One stretch of text of a view: a paragraph, a sentence, a URL, ...
class ViewText {
  public:
    /// A block or an inline without its markup.
    ViewText(const FileContext& context, NodeId node, ProseForm form);
    /// Bytes of the source.
    ViewText(const FileContext& context, Range range);
    /// A text that stands for all of `range`.
    ViewText(const FileContext& context, std::string text, Range range);
    /// Part [begin, end) of another, which must outlive it.
    ViewText(const ViewText& whole, std::uint32_t begin, std::uint32_t end);

    [[nodiscard]] std::string_view text() const { return text_; }
    /// Source bytes of text()[begin, end).
    [[nodiscard]] Range to_source(std::uint32_t begin, std::uint32_t end) const;
    /// Whether text()[begin, end) stands in the source byte for byte, so that it can be replaced.
    [[nodiscard]] bool verbatim(std::uint32_t begin, std::uint32_t end) const;

  private:
    const FileContext* context_;
    std::unique_ptr<ProseView> prose_;
    std::unique_ptr<const std::string> owned_;
    std::string_view text_;
    Range range_;         // of the bytes, or of what the text stands for
    bool exact_ = false;  // text_ is the bytes of range_
    const ViewText* whole_ = nullptr;
    std::uint32_t offset_ = 0;  // in whole_
};

class FileView {
  public:
    /// `wanted[n]`: selector n of `selectors` is asked for.
    FileView(const FileContext& context, const SelectorSet& selectors,
             const std::vector<bool>& wanted, std::span<const std::string> page_kinds);
    FileView(const FileView&) = delete;
    FileView& operator=(const FileView&) = delete;

    [[nodiscard]] const FileContext& context() const { return tree_.context(); }
    [[nodiscard]] const NodeTree& tree() const { return tree_; }
    /// What the page is, such as "tutorial".
    [[nodiscard]] std::span<const std::string> page_kinds() const { return page_kinds_; }
    [[nodiscard]] const Selected& selected(std::uint32_t selector) const {
        return selected_[selector];
    }
    /// Positions of the texts that a selector gives in a view, each once, ascending.
    [[nodiscard]] std::vector<std::uint32_t> texts(std::uint32_t selector, View view);
    /// The texts of a single entry.
    [[nodiscard]] std::vector<std::uint32_t> texts_of(std::uint32_t entry, View view,
                                                      bool sentences);
    /// The text at a position that texts() gave.
    [[nodiscard]] const ViewText& text(View view, std::uint32_t position) const {
        return texts_[static_cast<std::size_t>(view)][position];
    }

  private:
    void collect(std::uint32_t entry, View view, bool sentences, std::vector<std::uint32_t>& out);
    std::uint32_t whole(std::uint32_t entry, View view);

    std::optional<Document> docstrings_;  // of a Python file
    FileContext context_;
    NodeTree tree_;
    std::span<const std::string> page_kinds_;
    std::vector<Selected> selected_;
    std::deque<ViewText> texts_[kViews];           // a text stays where it is
    std::vector<std::uint32_t> by_entry_[kViews];  // position of an entry's text, or kNoEntry
    std::map<std::uint32_t, std::vector<std::uint32_t>> sentences_[kViews];  // by text position
    std::vector<std::pair<std::uint32_t, std::uint32_t>> urls_;  // where it begins, its text
    bool urls_ready_ = false;
};

/// Where the sentences of a text begin and end, without the space between them. Knows the usual
/// abbreviations of English; a full stop before a small letter ends nothing.
[[nodiscard]] std::vector<Range> split_sentences(std::string_view text);

}  // namespace docathon::rules
