#include "lint/parse/markdown/suppressions.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "lint/core/strings.h"
#include "lint/parse/foreign_suppression.h"
#include "lint/parse/suppression.h"

namespace docathon::markdown {

namespace {

constexpr std::size_t kMostRemembered = 200;

}  // namespace

void SuppressionCollector::comment(const Node& node) {
    std::optional<Suppression> parsed = parse_suppression(bytes(node.content));
    if (!parsed) {
        foreign_comment(node);
        return;
    }
    parsed->range = node.range;
    const auto size = static_cast<std::uint32_t>(source_.size());
    if (parsed->kind != SuppressionKind::ignore) {
        parsed->scope = {node.range.begin, size};
    } else {
        parsed->scope = scope(node);
    }
    out_.push_back(std::move(*parsed));
}

void SuppressionCollector::foreign_comment(const Node& node) {
    using Verb = ForeignComment::Verb;
    std::optional<ForeignComment> comment = parse_foreign_comment(bytes(node.content));
    if (!comment)
        return;
    const auto size = static_cast<std::uint32_t>(source_.size());
    Suppression one;
    one.tool = comment->tool;
    one.ids = std::move(comment->ids);
    one.reason = std::move(comment->reason);
    one.range = node.range;
    one.scope = {node.range.begin, size};
    // What markdownlint's `restore` goes back to. "" stands for all rules.
    std::set<std::string>* const disabled =
        comment->tool == SuppressionTool::markdownlint ? &foreign_disabled_ : nullptr;
    switch (comment->verb) {
        case Verb::disable:
            one.kind = SuppressionKind::disable;
            if (disabled != nullptr && one.ids.empty())
                disabled->emplace();
            // `restore` repeats them, so a page of such comments must not make them many.
            if (disabled != nullptr && disabled->size() < kMostRemembered)
                disabled->insert(one.ids.begin(), one.ids.end());
            break;
        case Verb::enable:
            one.kind = SuppressionKind::enable;
            if (disabled != nullptr && one.ids.empty())
                disabled->clear();
            for (const std::string& id : one.ids) {
                if (disabled != nullptr)
                    disabled->erase(id);
            }
            break;
        case Verb::line:
            one.scope = lines_of(node);
            // Where nothing else is on the line, the next one can only be meant.
            if (comment->tool == SuppressionTool::lint_ignore &&
                trim(bytes({one.scope.begin, node.range.begin})).empty() &&
                trim(bytes({node.range.end, one.scope.end})).empty())
                one.scope.end = next_line(one.scope).end;
            break;
        case Verb::next_line:
            one.scope = next_line(lines_of(node));
            break;
        case Verb::file:
            one.kind = SuppressionKind::ignore_file;
            break;
        case Verb::capture:
            foreign_captured_ = foreign_disabled_;
            return;
        case Verb::restore:
            restore_foreign(std::move(one));
            return;
    }
    out_.push_back(std::move(one));
}

void SuppressionCollector::restore_foreign(Suppression one) {
    const auto add = [&](SuppressionKind kind, const std::set<std::string>& from,
                         const std::set<std::string>& without) {
        Suppression change = one;
        change.kind = kind;
        for (const std::string& id : from) {
            if (without.contains(id))
                continue;
            if (id.empty()) {
                Suppression all = change;
                all.ids.clear();
                out_.push_back(std::move(all));
            } else {
                change.ids.push_back(id);
            }
        }
        if (!change.ids.empty())
            out_.push_back(std::move(change));
    };
    one.ids.clear();
    add(SuppressionKind::enable, foreign_disabled_, foreign_captured_);
    add(SuppressionKind::disable, foreign_captured_, foreign_disabled_);
    foreign_disabled_ = foreign_captured_;
}

/// The lines that a comment stands on, without the last line's end.
Range SuppressionCollector::lines_of(const Node& node) {
    // Comments come in order, so a line of many of them is looked over once.
    std::uint32_t begin = node.range.begin;
    while (begin > last_ && source_[begin - 1] != '\n' && source_[begin - 1] != '\r')
        --begin;
    if (begin == last_)
        begin = last_line_;
    last_ = node.range.begin;
    last_line_ = begin;
    if (node.range.end < line_end_from_ || node.range.end > line_end_) {
        line_end_from_ = node.range.end;
        line_end_ = static_cast<std::uint32_t>(
            std::min(source_.find_first_of("\r\n", node.range.end), source_.size()));
    }
    return {begin, line_end_};
}

/// The line behind lines that end in a line break, or nothing.
Range SuppressionCollector::next_line(Range lines) const {
    std::size_t begin = lines.end;
    if (begin < source_.size())
        begin += source_.substr(begin, 2) == "\r\n" ? 2 : 1;
    std::size_t end = source_.find_first_of("\r\n", begin);
    if (end == std::string_view::npos)
        end = source_.size();
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

/// What an `ignore` covers: the next block if the comment has its lines for itself, else its
/// lines.
Range SuppressionCollector::scope(const Node& node) {
    const Range lines = lines_of(node);
    const bool alone_behind = trim(bytes({node.range.end, lines.end})).empty();
    const Node& parent = document_.node(node.parent);
    const bool in_html = parent.kind == NodeKind::html_block;
    const bool in_text = parent.kind == NodeKind::paragraph || parent.kind == NodeKind::heading ||
                         parent.kind == NodeKind::table_cell || parent.kind == NodeKind::link ||
                         parent.kind == NodeKind::emphasis || parent.kind == NodeKind::strong;
    if (in_text || !alone_behind)
        return lines;
    NodeId next = node.next;
    if (in_html) {
        const bool alone_before = trim(bytes({lines.begin, node.range.begin})).empty();
        if (!alone_before)
            return lines;
        if (!trim(bytes({node.range.end, parent.range.end})).empty()) {
            return {node.range.end, parent.range.end};
        }
        next = parent.next;
    }
    next = block_from(next);
    if (next == kNoNode)
        return {node.range.end, node.range.end};
    return {node.range.end, document_.node(next).range.end};
}

/// `id` or the first sibling after it that is a block of its own: further comments, attributes
/// and targets stand before the block they belong to.
NodeId SuppressionCollector::block_from(NodeId id) {
    if (id == kNoNode)
        return id;
    const NodeId parent = document_.node(id).parent;
    // The nodes of one long run are passed over once, not once for each of them.
    if (parent == run_parent_ && id >= run_begin_ && id < run_end_)
        return run_end_;
    run_parent_ = parent;
    run_begin_ = id;
    while (id != kNoNode) {
        const NodeKind kind = document_.node(id).kind;
        if (kind != NodeKind::comment && kind != NodeKind::attributes && kind != NodeKind::target)
            break;
        id = document_.node(id).next;
    }
    run_end_ = id;
    return id;
}

}  // namespace docathon::markdown
