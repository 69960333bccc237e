#include "lint/rules/engines/node_tree.h"

#include <algorithm>
#include <array>

#include "lint/core/strings.h"
#include "lint/core/yaml.h"
#include "lint/model/prose_view.h"

namespace docathon::rules {

namespace {

std::string_view link_kind(LinkForm form) {
    switch (form) {
        case LinkForm::inline_link:
            return "inline";
        case LinkForm::full:
        case LinkForm::collapsed:
        case LinkForm::shortcut:
            return "reference";
        case LinkForm::autolink:
            return "autolink";
        case LinkForm::bare:
            return "bare";
    }
    return {};
}

std::string flag(bool value) {
    return value ? "true" : "false";
}

/// The YAML between the two fences of front matter.
std::string_view front_matter_text(std::string_view bytes) {
    const std::size_t first = bytes.find('\n');
    if (first == std::string_view::npos)
        return {};
    bytes.remove_prefix(first + 1);
    bytes = trim_right(bytes);
    const std::size_t last = bytes.rfind('\n');
    return last == std::string_view::npos ? std::string_view() : bytes.substr(0, last + 1);
}

}  // namespace

bool is_image_directive(const Document& document, NodeId node) {
    if (document.node(node).kind != NodeKind::directive)
        return false;
    const std::string& name = document.data(node).name;
    return name == "image" || name == "figure";
}

NodeId alt_option(const Document& document, NodeId directive) {
    for (NodeId child = document.node(directive).first_child; child != kNoNode;
         child = document.node(child).next) {
        if (document.node(child).kind == NodeKind::directive_option &&
            document.data(child).name == "alt")
            return child;
    }
    return kNoNode;
}

std::optional<SelectorKind> selector_kind(NodeKind kind) {
    switch (kind) {
        case NodeKind::document:
            return SelectorKind::document;
        case NodeKind::heading:
            return SelectorKind::heading;
        case NodeKind::paragraph:
            return SelectorKind::paragraph;
        case NodeKind::block_quote:
            return SelectorKind::quote;
        case NodeKind::list:
            return SelectorKind::list;
        case NodeKind::item:
            return SelectorKind::item;
        case NodeKind::table:
            return SelectorKind::table;
        case NodeKind::table_row:
            return SelectorKind::row;
        case NodeKind::table_cell:
            return SelectorKind::cell;
        case NodeKind::code_block:
        case NodeKind::code_span:
            return SelectorKind::code;
        case NodeKind::html_block:
        case NodeKind::html_inline:
            return SelectorKind::html;
        case NodeKind::front_matter:
            return SelectorKind::front_matter;
        case NodeKind::comment:
            return SelectorKind::comment;
        case NodeKind::directive:
            return SelectorKind::directive;
        case NodeKind::directive_option:
            return SelectorKind::option;
        case NodeKind::target:
            return SelectorKind::target;
        case NodeKind::footnote_definition:
            return SelectorKind::footnote;
        case NodeKind::link_definition:
            return SelectorKind::definition;
        case NodeKind::math_block:
        case NodeKind::math_inline:
            return SelectorKind::math;
        case NodeKind::emphasis:
            return SelectorKind::emphasis;
        case NodeKind::strong:
            return SelectorKind::strong;
        case NodeKind::link:
            return SelectorKind::link;
        case NodeKind::image:
            return SelectorKind::image;
        case NodeKind::role:
            return SelectorKind::role;
        default:
            return std::nullopt;
    }
}

NodeTree::NodeTree(const FileContext& context) : context_(context) {
    if (context.facts.python != nullptr && !context.facts.gallery)
        build_docstrings();
    else
        build();
    for (std::uint32_t i = static_cast<std::uint32_t>(entries_.size()); i-- > 0;) {
        TreeEntry& entry = entries_[i];
        entry.end = std::max(entry.end, i + 1);
        if (entry.parent != kNoEntry)
            entries_[entry.parent].end = std::max(entries_[entry.parent].end, entry.end);
    }
}

void NodeTree::build() {
    const auto nodes = context_.document.nodes();
    std::vector<std::uint32_t> entry_of(nodes.size(), kNoEntry);  // nearest entry at or above
    std::vector<std::uint32_t> open(nodes.size(), kNoEntry);      // innermost section below a node
    std::uint8_t last_level = 0;
    entries_.reserve(nodes.size());
    skips_.reserve(nodes.size());
    const auto add = [&](SelectorKind kind, NodeId node, std::uint32_t parent, Range range) {
        entries_.push_back({kind, node, parent, 0, range, kNoItem});
        skips_.push_back(0);
        return static_cast<std::uint32_t>(entries_.size() - 1);
    };
    for (NodeId id = 0; id < nodes.size(); ++id) {
        const Node& node = nodes[id];
        std::uint32_t parent = kNoEntry;
        if (node.parent != kNoNode)
            parent = open[node.parent] != kNoEntry ? open[node.parent] : entry_of[node.parent];
        const std::optional<SelectorKind> kind = selector_kind(node.kind);
        if (!kind) {
            entry_of[id] = parent;
            continue;
        }
        if (node.kind == NodeKind::heading && node.parent != kNoNode &&
            (node.flags & node_flag::kGenerated) == 0) {
            // A section ends where a heading of its level or above it stands in the same place.
            std::uint32_t& section = open[node.parent];
            while (section != kNoEntry && nodes[entries_[section].node].level >= node.level) {
                entries_[section].range.end = node.range.begin;
                const std::uint32_t outer = entries_[section].parent;
                section = outer != kNoEntry && entries_[outer].kind == SelectorKind::section &&
                                  nodes[entries_[outer].node].parent == node.parent
                              ? outer
                              : kNoEntry;
            }
            parent = section != kNoEntry ? section : entry_of[node.parent];
            section = add(SelectorKind::section, id, parent,
                          Range{node.range.begin, nodes[node.parent].range.end});
            parent = section;
        }
        entry_of[id] = add(*kind, id, parent, node.range);
        // What a directive shows is an image as any other.
        if (is_image_directive(context_.document, id))
            add(SelectorKind::image, id, entry_of[id], node.range);
        if (node.kind == NodeKind::heading) {
            if (first_heading_ == kNoEntry)
                first_heading_ = entry_of[id];
            if (node.parent != kNoNode && nodes[node.parent].kind == NodeKind::document) {
                skips_.back() = last_level != 0 && node.level > last_level + 1 ? 1 : 0;
                last_level = node.level;
            }
        }
    }
}

std::uint32_t NodeTree::section_of(std::uint32_t entry) const {
    while (entry != kNoEntry && entries_[entry].kind != SelectorKind::section)
        entry = entries_[entry].parent;
    return entry;
}

const Value& NodeTree::front_matter() const {
    if (front_matter_)
        return *front_matter_;
    front_matter_.emplace();
    for (const TreeEntry& entry : entries_) {
        if (entry.kind != SelectorKind::front_matter)
            continue;
        Result<Value> parsed = parse_yaml(front_matter_text(context_.source.slice(entry.range)));
        if (parsed)
            *front_matter_ = std::move(*parsed);
        break;
    }
    return *front_matter_;
}

std::string NodeTree::plain_text(std::uint32_t entry) const {
    const TreeEntry& at = entries_[entry];
    if (at.node == kNoNode)
        return std::string(context_.source.slice(at.range));
    return ProseView(context_.document, context_.source.bytes(), at.node, ProseForm::text).text();
}

std::string NodeTree::attribute(std::uint32_t entry, std::string_view name) const {
    const TreeEntry& at = entries_[entry];
    if (at.node == kNoNode)
        return docstring_attribute(at, name);
    const Node& node = context_.document.node(at.node);
    const NodeData& data = context_.document.data(node);
    const auto empty_section = [&](std::uint32_t section) {
        // Comments and targets are nothing that a reader sees.
        const TreeEntry& around = entries_[section];
        const Node& heading = context_.document.node(around.node);
        std::uint32_t from = heading.range.end;
        for (std::uint32_t i = section + 1; i < around.end && from < around.range.end; ++i) {
            const TreeEntry& inside = entries_[i];
            if (inside.range.begin < from)
                continue;
            if (inside.kind != SelectorKind::comment && inside.kind != SelectorKind::target)
                return false;
            if (!trim(context_.source.slice(Range{from, inside.range.begin})).empty())
                return false;
            from = inside.range.end;
        }
        return from >= around.range.end ||
               trim(context_.source.slice(Range{from, around.range.end})).empty();
    };
    switch (at.kind) {
        case SelectorKind::document:
            return name == "title" ? context_.facts.title : context_.source.path();
        case SelectorKind::section:
            if (name == "level")
                return std::to_string(node.level);
            return name == "empty" ? flag(empty_section(entry)) : data.text;
        case SelectorKind::heading:
            if (name == "level")
                return std::to_string(node.level);
            if (name == "skips")
                return flag(skips_[entry] != 0);
            return name == "first" ? flag(entry == first_heading_) : data.text;
        case SelectorKind::list:
            return flag((node.flags & node_flag::kOrdered) != 0);
        case SelectorKind::row:
            return flag(node.level == 1);
        case SelectorKind::cell:
            if (name == "header")
                return flag(node.parent != kNoNode &&
                            context_.document.node(node.parent).level == 1);
            return plain_text(entry);
        case SelectorKind::code: {
            if (name == "lang")
                return node.kind == NodeKind::code_block ? ascii_lower(data.name) : std::string();
            if (name == "info")
                return node.kind == NodeKind::code_block ? data.text : std::string();
            if (name == "text")
                return plain_text(entry);
            if (name == "fenced")
                return flag((node.flags & node_flag::kFenced) != 0);
            if (node.kind == NodeKind::code_span)
                return "inline";
            return trim_left(context_.source.slice(node.content)).starts_with(">>>") ? "doctest"
                                                                                     : "block";
        }
        case SelectorKind::link:
            if (name == "url")
                return data.text;
            if (name == "kind")
                return std::string(link_kind(node.form));
            return name == "title" ? data.title : plain_text(entry);
        case SelectorKind::image:
            if (node.kind == NodeKind::directive) {
                const NodeId alt = name == "alt" ? alt_option(context_.document, at.node) : kNoNode;
                return name == "url"    ? data.text
                       : alt != kNoNode ? context_.document.data(alt).text
                                        : std::string();
            }
            if (name == "url")
                return data.text;
            return name == "title" ? data.title : plain_text(entry);
        case SelectorKind::role:
            return name == "name" ? data.name : data.text;
        case SelectorKind::directive:
        case SelectorKind::option:
            return name == "name" ? data.name : data.text;
        case SelectorKind::definition:
            return name == "name" ? data.name : data.text;
        case SelectorKind::target:
        case SelectorKind::footnote:
            return data.name;
        case SelectorKind::html:
            if (name == "kind")
                return node.kind == NodeKind::html_block ? "block" : "inline";
            return std::string(context_.source.slice(node.range));
        case SelectorKind::math:
            if (name == "kind")
                return node.kind == NodeKind::math_block ? "block" : "inline";
            return std::string(context_.source.slice(node.content));
        case SelectorKind::comment:
            return std::string(trim(context_.source.slice(node.content)));
        case SelectorKind::front_matter: {
            const Value* value = front_matter().find(name);
            if (value == nullptr)
                return {};
            return value->is_scalar() ? value->text : value->items.empty() ? "" : "(list or map)";
        }
        default:
            return plain_text(entry);
    }
}

bool touches(const std::vector<Range>& sorted, Range range) {
    const auto after =
        std::upper_bound(sorted.begin(), sorted.end(), range.begin,
                         [](std::uint32_t at, const Range& one) { return at < one.begin; });
    if (after != sorted.begin() && (after - 1)->end > range.begin)
        return true;
    return after != sorted.end() && after->begin < range.end;
}

Result<std::uint32_t> SelectorSet::add(std::string_view text) {
    if (const auto known = numbers_.find(text); known != numbers_.end())
        return known->second;
    Result<NodeSelector> selector = compile_selector(text);
    if (!selector)
        return tl::unexpected<Error>(selector.error());
    const auto number = static_cast<std::uint32_t>(selectors_.size());
    selectors_.push_back(std::move(*selector));
    numbers_.emplace(text, number);
    return number;
}

std::vector<Selected> SelectorSet::match(const NodeTree& tree,
                                         const std::vector<bool>& wanted) const {
    // Parts of one step wait by kind. Those of several have a row of masks for each open ancestor:
    // bit i says that steps 0..i fit with the last of them at that entry (`here`), or at it or one
    // around it (`above`).
    struct Chain {
        std::uint32_t selector;
        bool excluded;
        const SelectorPart* part;
    };
    struct Masks {
        std::uint32_t here = 0;
        std::uint32_t above = 0;
    };
    std::array<std::vector<Chain>, kSelectorKinds> single;
    std::vector<Chain> chains;
    std::vector<Selected> found(selectors_.size());
    const auto is_sentence = [](const SelectorPart& part) {
        return part.steps.back().kind == SelectorKind::sentence;
    };
    for (std::uint32_t number = 0; number < selectors_.size(); ++number) {
        if (!wanted[number])
            continue;
        const NodeSelector& selector = selectors_[number];
        for (const bool excluded : {false, true}) {
            for (const SelectorPart& part : excluded ? selector.excluded : selector.parts) {
                // Sentences are found in the texts of what their part selects without them.
                const std::size_t steps = part.steps.size() - (is_sentence(part) ? 1 : 0);
                if (steps == 0) {
                    for (const SelectorKind kind : {SelectorKind::paragraph, SelectorKind::cell})
                        single[static_cast<std::size_t>(kind)].push_back({number, excluded, &part});
                } else if (steps == 1) {
                    single[static_cast<std::size_t>(part.steps[0].kind)].push_back(
                        {number, excluded, &part});
                } else {
                    chains.push_back({number, excluded, &part});
                }
            }
        }
    }
    const std::vector<TreeEntry>& entries = tree.entries();
    const auto passes = [&](const SelectorStep& step, std::uint32_t entry) {
        return step.kind == entries[entry].kind &&
               std::all_of(step.tests.begin(), step.tests.end(), [&](const AttributeTest& test) {
                   return test.accepts(tree.attribute(entry, test.name));
               });
    };
    const auto take = [&](const Chain& chain, std::uint32_t entry) {
        Selected& into = found[chain.selector];
        if (chain.excluded) {
            if (into.excluded.empty() || entries[entry].range.end > into.excluded.back().end)
                into.excluded.push_back(entries[entry].range);
            return;
        }
        const bool sentences = is_sentence(*chain.part);
        if (into.entries.empty() || into.entries.back() != entry) {
            into.entries.push_back(entry);
            into.sentences.push_back(sentences);
        }
    };
    std::vector<std::uint32_t> open;  // entries around this one
    std::vector<Masks> rows;          // chains.size() for each of them
    for (std::uint32_t entry = 0; entry < entries.size(); ++entry) {
        for (const Chain& chain : single[static_cast<std::size_t>(entries[entry].kind)]) {
            const bool bare = is_sentence(*chain.part) && chain.part->steps.size() == 1;
            if (bare || passes(chain.part->steps[0], entry))
                take(chain, entry);
        }
        if (chains.empty())
            continue;
        while (!open.empty() && entries[open.back()].end <= entry)
            open.pop_back();
        rows.resize((open.size() + 1) * chains.size());
        for (std::size_t i = 0; i < chains.size(); ++i) {
            const Masks around =
                open.empty() ? Masks{} : rows[(open.size() - 1) * chains.size() + i];
            const std::vector<SelectorStep>& steps = chains[i].part->steps;
            const std::size_t count = steps.size() - (is_sentence(*chains[i].part) ? 1 : 0);
            Masks masks;
            for (std::size_t step = 0; step < count; ++step) {
                if (step > 0) {
                    const std::uint32_t before = steps[step].child ? around.here : around.above;
                    if ((before >> (step - 1) & 1u) == 0)
                        continue;
                }
                if (passes(steps[step], entry))
                    masks.here |= 1u << step;
            }
            masks.above = around.above | masks.here;
            rows[open.size() * chains.size() + i] = masks;
            if ((masks.here >> (count - 1) & 1u) != 0)
                take(chains[i], entry);
        }
        open.push_back(entry);
    }
    for (Selected& one : found) {
        // Chains report an exclusion at its own entry, so ranges come sorted; what lies inside
        // another was left out.
        std::sort(one.excluded.begin(), one.excluded.end());
        std::vector<Range> merged;
        for (const Range range : one.excluded) {
            if (!merged.empty() && range.begin < merged.back().end)
                merged.back().end = std::max(merged.back().end, range.end);
            else
                merged.push_back(range);
        }
        one.excluded = std::move(merged);
        if (one.excluded.empty())
            continue;
        std::size_t kept = 0;
        for (std::size_t i = 0; i < one.entries.size(); ++i) {
            const Range range = entries[one.entries[i]].range;
            const auto after = std::upper_bound(
                one.excluded.begin(), one.excluded.end(), range.begin,
                [](std::uint32_t at, const Range& other) { return at < other.begin; });
            if (after != one.excluded.begin() && (after - 1)->contains(range))
                continue;
            one.entries[kept] = one.entries[i];
            one.sentences[kept] = one.sentences[i];
            ++kept;
        }
        one.entries.resize(kept);
        one.sentences.resize(kept);
    }
    return found;
}

}  // namespace docathon::rules
