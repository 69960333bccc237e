#include "lint/rules/engines/text_view.h"

#include <algorithm>
#include <array>

#include "lint/core/strings.h"
#include "lint/parse/python/docstring_nodes.h"

namespace docathon::rules {

namespace {

bool is_text_block(SelectorKind kind) {
    return kind == SelectorKind::paragraph || kind == SelectorKind::heading ||
           kind == SelectorKind::cell;
}

bool is_container(SelectorKind kind) {
    switch (kind) {
        case SelectorKind::document:
        case SelectorKind::section:
        case SelectorKind::list:
        case SelectorKind::item:
        case SelectorKind::quote:
        case SelectorKind::table:
        case SelectorKind::row:
        case SelectorKind::directive:
        case SelectorKind::footnote:
        case SelectorKind::docstring:
        case SelectorKind::doc_section:
            return true;
        default:
            return false;
    }
}

/// What the view of running text has of an entry itself; inlines are part of their block as well.
bool has_prose(SelectorKind kind) {
    return is_text_block(kind) || kind == SelectorKind::link || kind == SelectorKind::emphasis ||
           kind == SelectorKind::strong || kind == SelectorKind::image;
}

/// Blocks with a text of their own in the view `text`, when what is around them is selected.
bool has_block_text(const FileContext& context, const TreeEntry& entry) {
    if (is_text_block(entry.kind))
        return true;
    if (entry.node == kNoNode)
        return false;
    const NodeKind kind = context.document.node(entry.node).kind;
    return kind == NodeKind::code_block || kind == NodeKind::math_block;
}

constexpr std::array<std::string_view, 34> kAbbreviations = {
    "e.g", "i.e", "etc", "vs",  "cf",  "fig", "figs",   "eq",   "eqs", "sec", "no",  "vol",
    "mr",  "mrs", "ms",  "dr",  "st",  "al",  "approx", "dept", "inc", "ltd", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sep", "oct",    "nov",  "dec", "resp"};

bool is_abbreviation(std::string_view before) {
    std::size_t begin = before.size();
    while (begin > 0 && (is_ascii_alnum(before[begin - 1]) || before[begin - 1] == '.'))
        --begin;
    const std::string word = ascii_lower(before.substr(begin));
    // A single letter is an initial.
    return word.size() == 1 ||
           std::find(kAbbreviations.begin(), kAbbreviations.end(), word) != kAbbreviations.end();
}

}  // namespace

std::vector<Range> split_sentences(std::string_view text) {
    std::vector<Range> sentences;
    std::size_t begin = 0;
    const auto add = [&](std::size_t end) {
        while (begin < end && is_ascii_space(text[begin]))
            ++begin;
        std::size_t last = end;
        while (last > begin && is_ascii_space(text[last - 1]))
            --last;
        if (last > begin)
            sentences.push_back(
                {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(last)});
        begin = end;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '.' && text[i] != '!' && text[i] != '?')
            continue;
        std::size_t end = i + 1;
        while (end < text.size() &&
               std::string_view(".!?)\"'").find(text[end]) != std::string_view::npos)
            ++end;
        if (end == text.size()) {
            i = end;
            continue;
        }
        std::size_t next = end;
        while (next < text.size() && is_ascii_space(text[next]))
            ++next;
        const bool small = next < text.size() && text[next] >= 'a' && text[next] <= 'z';
        const bool stop = text[i] == '.' && is_abbreviation(text.substr(0, i));
        if (next > end && !small && !stop)
            add(end);
        i = end - 1;
    }
    add(text.size());
    return sentences;
}

ViewText::ViewText(const FileContext& context, NodeId node, ProseForm form)
    : context_(&context),
      prose_(std::make_unique<ProseView>(context.document, context.source.bytes(), node, form)),
      text_(prose_->text()) {}

ViewText::ViewText(const FileContext& context, Range range)
    : context_(&context), text_(context.source.slice(range)), range_(range), exact_(true) {}

ViewText::ViewText(const FileContext& context, std::string text, Range range)
    : context_(&context),
      owned_(std::make_unique<const std::string>(std::move(text))),
      text_(*owned_),
      range_(range) {
    exact_ = context.source.slice(range) == text_;
}

ViewText::ViewText(const ViewText& whole, std::uint32_t begin, std::uint32_t end)
    : context_(whole.context_),
      text_(whole.text_.substr(begin, end - begin)),
      whole_(&whole),
      offset_(begin) {}

Range ViewText::to_source(std::uint32_t begin, std::uint32_t end) const {
    if (whole_ != nullptr)
        return whole_->to_source(offset_ + begin, offset_ + end);
    if (prose_ != nullptr)
        return prose_->to_source(begin, end);
    return exact_ ? Range{range_.begin + begin, range_.begin + end} : range_;
}

bool ViewText::verbatim(std::uint32_t begin, std::uint32_t end) const {
    return context_->source.slice(to_source(begin, end)) == text_.substr(begin, end - begin);
}

namespace {

std::optional<Document> docstrings_of(const FileContext& context) {
    // A script of sphinx-gallery is a page: what readers see of it is its blocks of text.
    if (context.facts.python == nullptr || context.facts.gallery)
        return std::nullopt;
    return python::docstring_document(context.source.bytes(), *context.facts.python,
                                      context.settings);
}

}  // namespace

FileView::FileView(const FileContext& context, const SelectorSet& selectors,
                   const std::vector<bool>& wanted, std::span<const std::string> page_kinds)
    : docstrings_(docstrings_of(context)),
      context_{context.source, docstrings_ ? *docstrings_ : context.document, context.facts,
               context.settings},
      tree_(context_),
      page_kinds_(page_kinds),
      selected_(selectors.match(tree_, wanted)) {}

std::uint32_t FileView::whole(std::uint32_t entry, View view) {
    auto& positions = by_entry_[static_cast<std::size_t>(view)];
    auto& texts = texts_[static_cast<std::size_t>(view)];
    if (positions.empty())
        positions.assign(tree_.entries().size(), kNoEntry);
    if (positions[entry] != kNoEntry)
        return positions[entry];
    const TreeEntry& at = tree_.entries()[entry];
    const FileContext& context = tree_.context();
    const auto position = static_cast<std::uint32_t>(texts.size());
    positions[entry] = position;
    if (view == View::source || at.node == kNoNode) {
        texts.emplace_back(context, at.range);
        return position;
    }
    const Node& node = context.document.node(at.node);
    switch (at.kind) {
        case SelectorKind::comment:
        case SelectorKind::front_matter:
        case SelectorKind::html:
            texts.emplace_back(context, node.content);
            break;
        case SelectorKind::image:
            if (node.kind == NodeKind::directive) {
                const NodeId alt = alt_option(context.document, at.node);
                texts.emplace_back(context, alt == kNoNode ? Range{at.range.begin, at.range.begin}
                                                           : context.document.data(alt).text_range);
                break;
            }
            texts.emplace_back(context, at.node,
                               view == View::prose ? ProseForm::prose : ProseForm::text);
            break;
        case SelectorKind::option:
        case SelectorKind::target:
        case SelectorKind::definition: {
            const NodeData& data = context.document.data(node);
            const bool name = at.kind == SelectorKind::target;
            texts.emplace_back(context, name ? data.name : data.text,
                               name ? data.name_range : data.text_range);
            break;
        }
        default:
            // A block of one plain text, as most items of lists are, is its bytes.
            if (const NodeId child = node.first_child;
                is_text_block(at.kind) && child != kNoNode &&
                context.document.node(child).next == kNoNode &&
                context.document.node(child).kind == NodeKind::text &&
                context.document.data(child).text.empty()) {
                texts.emplace_back(context, context.document.node(child).range);
                break;
            }
            texts.emplace_back(context, at.node,
                               view == View::prose ? ProseForm::prose : ProseForm::text);
            break;
    }
    return position;
}

void FileView::collect(std::uint32_t entry, View view, bool sentences,
                       std::vector<std::uint32_t>& out) {
    const std::vector<TreeEntry>& entries = tree_.entries();
    const FileContext& context = tree_.context();
    if (view == View::url) {
        auto& texts = texts_[static_cast<std::size_t>(view)];
        const std::vector<Reference>& references = context.facts.references;
        if (!urls_ready_) {
            urls_ready_ = true;
            for (const Reference& reference : references) {
                // A use of a definition says nothing that the definition does not.
                if ((reference.flags & reference_flag::kByDefinition) != 0)
                    continue;
                urls_.push_back({reference.range.begin, static_cast<std::uint32_t>(texts.size())});
                texts.emplace_back(context, reference.target, reference.range);
            }
            if (docstrings_) {
                // References are not collected from docstrings.
                for (const Node& node : docstrings_->nodes()) {
                    if (node.kind != NodeKind::link && node.kind != NodeKind::image)
                        continue;
                    const NodeData& data = docstrings_->data(node);
                    if (data.text_range.empty())
                        continue;
                    urls_.push_back(
                        {data.text_range.begin, static_cast<std::uint32_t>(texts.size())});
                    texts.emplace_back(context, data.text, data.text_range);
                }
            }
            std::sort(urls_.begin(), urls_.end());
        }
        const Range range = entries[entry].range;
        for (auto at = std::lower_bound(urls_.begin(), urls_.end(), std::pair(range.begin, 0u));
             at != urls_.end() && at->first < range.end; ++at)
            out.push_back(at->second);
        return;
    }
    const auto add = [&](std::uint32_t position) {
        if (!sentences) {
            out.push_back(position);
            return;
        }
        auto& known = sentences_[static_cast<std::size_t>(view)];
        auto at = known.find(position);
        if (at == known.end()) {
            at = known.emplace(position, std::vector<std::uint32_t>()).first;
            auto& texts = texts_[static_cast<std::size_t>(view)];
            const ViewText& block = texts[position];
            for (const Range range : split_sentences(block.text())) {
                at->second.push_back(static_cast<std::uint32_t>(texts.size()));
                texts.emplace_back(block, range.begin, range.end);
            }
        }
        out.insert(out.end(), at->second.begin(), at->second.end());
    };
    if (view == View::source) {
        add(whole(entry, view));
        return;
    }
    if (is_container(entries[entry].kind)) {
        for (std::uint32_t inside = entry + 1; inside < entries[entry].end; ++inside) {
            const bool has = view == View::prose ? is_text_block(entries[inside].kind)
                                                 : has_block_text(context, entries[inside]);
            if (has)
                add(whole(inside, view));
        }
        return;
    }
    const SelectorKind kind = entries[entry].kind;
    if (view == View::text || has_prose(kind) || kind == SelectorKind::comment)
        add(whole(entry, view));
}

std::vector<std::uint32_t> FileView::texts_of(std::uint32_t entry, View view, bool sentences) {
    std::vector<std::uint32_t> out;
    collect(entry, view, sentences, out);
    return out;
}

std::vector<std::uint32_t> FileView::texts(std::uint32_t selector, View view) {
    std::vector<std::uint32_t> out;
    const Selected& found = selected_[selector];
    const std::vector<TreeEntry>& entries = tree_.entries();
    std::uint32_t done = 0;  // what lies before was collected with an entry around it
    for (std::size_t i = 0; i < found.entries.size(); ++i) {
        const std::uint32_t entry = found.entries[i];
        if (view != View::source) {
            if (entry < done)
                continue;
            if (is_container(entries[entry].kind) || view == View::url)
                done = entries[entry].end;
        }
        collect(entry, view, found.sentences[i], out);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

}  // namespace docathon::rules
