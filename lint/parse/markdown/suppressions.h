#pragma once
// SuppressionCollector: the suppression comments of a Markdown page, ours and other tools', and
// what they cover. Made for one page and given its comments in their order; borrows all it is made
// of.

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "lint/model/document.h"
#include "lint/model/facts.h"

namespace docathon::markdown {

class SuppressionCollector {
  public:
    SuppressionCollector(std::string_view source, const Document& document,
                         std::vector<Suppression>& out)
        : source_(source), document_(document), out_(out) {}

    /// Adds what a node of kind `comment` says, if it addresses a linter.
    void comment(const Node& node);

  private:
    void foreign_comment(const Node& node);
    void restore_foreign(Suppression one);
    [[nodiscard]] Range lines_of(const Node& node);
    [[nodiscard]] Range next_line(Range lines) const;
    [[nodiscard]] Range scope(const Node& node);
    [[nodiscard]] NodeId block_from(NodeId id);
    [[nodiscard]] std::string_view bytes(Range range) const {
        return source_.substr(range.begin, range.size());
    }

    std::string_view source_;
    const Document& document_;
    std::vector<Suppression>& out_;
    std::set<std::string> foreign_disabled_;  // by markdownlint's comments up to here
    std::set<std::string> foreign_captured_;
    // Where lines_of() looked last, and what it found there.
    std::uint32_t last_ = 0;
    std::uint32_t last_line_ = 0;
    std::uint32_t line_end_from_ = 1;
    std::uint32_t line_end_ = 0;
    // The last run of siblings that block_from() passed over; run_end_ is what it found.
    NodeId run_parent_ = kNoNode;
    NodeId run_begin_ = kNoNode;
    NodeId run_end_ = kNoNode;
};

}  // namespace docathon::markdown
