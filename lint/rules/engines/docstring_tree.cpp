// The part of NodeTree that is about Python: docstrings, their sections and parameters around the
// nodes of their text.

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/rules/engines/node_tree.h"
#include "lint/rules/support/docstrings.h"

namespace docathon::rules {

namespace {

constexpr std::size_t kStyles = 4;

std::string_view style_name(DocStyle style) {
    constexpr std::string_view kNames[kStyles] = {"google", "numpy", "sphinx", "epydoc"};
    return kNames[static_cast<std::size_t>(style)];
}

std::string_view kind_name(DocSectionKind kind) {
    switch (kind) {
        case DocSectionKind::parameters:
            return "parameters";
        case DocSectionKind::attributes:
            return "attributes";
        case DocSectionKind::methods:
            return "methods";
        case DocSectionKind::returns:
            return "returns";
        case DocSectionKind::yields:
            return "yields";
        case DocSectionKind::receives:
            return "receives";
        case DocSectionKind::raises:
            return "raises";
        case DocSectionKind::warns:
            return "warns";
        case DocSectionKind::see_also:
            return "see-also";
        case DocSectionKind::notes:
            return "notes";
        case DocSectionKind::references:
            return "references";
        case DocSectionKind::examples:
            return "examples";
        case DocSectionKind::deprecated:
            return "deprecated";
        case DocSectionKind::other:
            break;
    }
    return "other";
}

bool is_field(const PyDocSection& section) {
    return section.style == DocStyle::sphinx || section.style == DocStyle::epydoc;
}

Range around(Range a, Range b) {
    if (a.empty() || b.empty())
        return a.empty() ? b : a;
    return {std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

Range range_of(const PyDocEntry& entry) {
    return around(around(entry.name_range, entry.type), entry.body);
}

/// What a definition is called in its module; empty for the module.
std::string object_name(const PythonFacts& facts, std::uint32_t definition) {
    // Deeper than people write; also keeps what a name costs small.
    constexpr std::size_t kDeepest = 32;
    std::string name;
    for (std::size_t i = 0; definition != kNoItem && i < kDeepest; ++i) {
        const PyDefinition& one = facts.definitions[definition];
        name = std::string(facts.text(one.name)) + (name.empty() ? "" : "." + name);
        definition = one.parent;
    }
    return name;
}

bool is_private(std::string_view name) {
    const bool magic = name.size() > 4 && name.starts_with("__") && name.ends_with("__");
    return name.starts_with('_') && !magic;
}

/// By names alone: what a user can reach as module.name without a leading underscore on the way.
/// What other modules export again is not seen from here.
bool is_public(const PythonFacts& facts, std::string_view path, std::uint32_t definition,
               std::string_view attribute) {
    for (const std::string_view part : split(path, '/')) {
        if (is_private(part.substr(0, part.find('.'))))
            return false;
    }
    std::string_view outermost = attribute;
    if (!attribute.empty() && is_private(attribute))
        return false;
    while (definition != kNoItem) {
        const PyDefinition& one = facts.definitions[definition];
        if ((one.flags & definition_flag::kInFunction) != 0 || is_private(facts.text(one.name)))
            return false;
        outermost = facts.text(one.name);
        definition = one.parent;
    }
    // A list of names that can be read is the author's word on the matter.
    bool listed = false;
    for (const PyAll& all : facts.all) {
        if (all.operation == AllOperation::unknown || !all.module.empty() || !all.variable.empty())
            return true;
        listed =
            listed || (all.operation != AllOperation::remove && facts.text(all.name) == outermost);
    }
    return facts.all.empty() || outermost.empty() || listed;
}

}  // namespace

void NodeTree::build_docstrings() {
    const PythonFacts& facts = *context_.facts.python;
    const Document& document = context_.document;
    const auto nodes = document.nodes();
    std::size_t section = 0;
    NodeId text = nodes.empty() ? kNoNode : nodes[0].first_child;
    std::vector<TreeEntry> inside;
    for (std::uint32_t i = 0; i < facts.docstrings.size(); ++i) {
        const Range content = facts.docstrings[i].content;
        inside.clear();
        const auto add = [&](SelectorKind kind, Range range, std::uint32_t item) {
            inside.push_back({kind, kNoNode, kNoEntry, 0, range, item});
        };
        add(SelectorKind::docstring, content, i);
        for (; section < facts.doc_sections.size() && facts.doc_sections[section].docstring == i;
             ++section) {
            const PyDocSection& one = facts.doc_sections[section];
            const auto number = static_cast<std::uint32_t>(section);
            const bool fields = is_field(one) && one.entry_count > 0;
            if (!fields)
                add(SelectorKind::doc_section, around(one.title, one.body), number);
            for (std::uint32_t entry = 0; entry < one.entry_count; ++entry) {
                const std::uint32_t item = one.first_entry + entry;
                const Range range = range_of(facts.doc_entries[item]);
                if (range.empty())
                    continue;
                // Fields of one kind stand anywhere: each is a section of its own.
                if (fields)
                    add(SelectorKind::doc_section, range, number);
                if (one.kind == DocSectionKind::parameters)
                    add(SelectorKind::param, range, item);
            }
        }
        const std::size_t made = inside.size();
        if (text != kNoNode) {
            // The nodes of this docstring are those from its own to the next one.
            const NodeId next = nodes[text].next;
            const std::size_t end = next == kNoNode ? nodes.size() : next;
            for (NodeId id = text + 1; id < end; ++id) {
                if (const std::optional<SelectorKind> kind = selector_kind(nodes[id].kind))
                    inside.push_back({*kind, id, kNoEntry, 0, nodes[id].range, kNoItem});
                if (is_image_directive(document, id))
                    inside.push_back(
                        {SelectorKind::image, id, kNoEntry, 0, nodes[id].range, kNoItem});
            }
            text = next;
        }
        // By where they begin, the longer around the shorter; of equal ones in the order of made:
        // docstring, section, parameter, nodes.
        std::vector<std::uint32_t> order(inside.size());
        for (std::uint32_t at = 0; at < order.size(); ++at)
            order[at] = at;
        std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
            // A node that stands in a parameter may begin with it, but is never around it.
            const bool ours = (a < made) != (b < made);
            const Range one = inside[a].range;
            const Range two = inside[b].range;
            if (one.begin != two.begin)
                return one.begin < two.begin;
            if (ours)
                return a < made;
            return one.end > two.end;
        });
        std::vector<std::uint32_t> open;
        for (const std::uint32_t at : order) {
            TreeEntry entry = inside[at];
            while (open.size() > 1 && entries_[open.back()].range.end <= entry.range.begin)
                open.pop_back();
            // A section stands in the docstring, whatever docutils makes of the lines around it.
            while (entry.kind == SelectorKind::doc_section && open.size() > 1)
                open.pop_back();
            while (entry.kind == SelectorKind::param && open.size() > 1 &&
                   entries_[open.back()].kind != SelectorKind::doc_section)
                open.pop_back();
            entry.parent = open.empty() ? kNoEntry : open.back();
            open.push_back(static_cast<std::uint32_t>(entries_.size()));
            entries_.push_back(entry);
            skips_.push_back(0);
        }
    }
}

std::string NodeTree::docstring_attribute(const TreeEntry& entry, std::string_view name) const {
    const PythonFacts& facts = *context_.facts.python;
    if (entry.kind != SelectorKind::docstring && name == "object") {
        std::uint32_t docstring = entry.parent;
        while (entries_[docstring].kind != SelectorKind::docstring)
            docstring = entries_[docstring].parent;
        return docstring_attribute(entries_[docstring], name);
    }
    if (entry.kind == SelectorKind::doc_section) {
        const PyDocSection& section = facts.doc_sections[entry.item];
        if (name == "kind")
            return std::string(kind_name(section.kind));
        std::string_view title = trim(context_.source.slice(section.title));
        if (is_field(section)) {
            // `:param x:`, `@return:`
            title.remove_prefix(std::min<std::size_t>(1, title.size()));
            title = title.substr(0, title.find_first_of(" :"));
        }
        return std::string(title);
    }
    if (entry.kind == SelectorKind::param) {
        const PyDocEntry& param = facts.doc_entries[entry.item];
        if (name == "name")
            return std::string(facts.text(param.name));
        if (name == "type")
            return std::string(context_.source.slice(param.type));
        if (name == "text")
            return std::string(context_.source.slice(param.body));
        return default_of(entry.item);
    }
    const PyDocstring& docstring = facts.docstrings[entry.item];
    const bool attribute = (docstring.flags & docstring_flag::kAttribute) != 0;
    const PyAssignment* assignment = attribute ? &facts.assignments[docstring.owner] : nullptr;
    const std::uint32_t owner = attribute ? assignment->scope : docstring.owner;
    if (name == "object") {
        std::string object = object_name(facts, owner);
        if (attribute)
            object += (object.empty() ? "" : ".") + std::string(facts.text(assignment->target));
        if (!object.empty())
            return object;
        // The module: by its file.
        std::string_view path = context_.source.path();
        path = path.substr(0, path.rfind('.'));
        if (path.ends_with("/__init__"))
            path = path.substr(0, path.rfind('/'));
        return std::string(basename(path));
    }
    if (name == "public")
        return is_public(facts, context_.source.path(), owner,
                         attribute ? facts.text(assignment->target) : std::string_view())
                   ? "true"
                   : "false";
    if (name == "style") {
        const auto first = std::lower_bound(
            facts.doc_sections.begin(), facts.doc_sections.end(), entry.item,
            [](const PyDocSection& one, std::uint32_t item) { return one.docstring < item; });
        return first != facts.doc_sections.end() && first->docstring == entry.item
                   ? std::string(style_name(first->style))
                   : std::string();
    }
    // kind
    if (attribute)
        return "attribute";
    if (owner == kNoItem)
        return "module";
    const PyDefinition& definition = facts.definitions[owner];
    if (definition.kind == DefinitionKind::class_)
        return "class";
    if (definition.parent == kNoItem ||
        facts.definitions[definition.parent].kind != DefinitionKind::class_)
        return "function";
    return has_decorator(facts, definition, "property") ||
                   has_decorator(facts, definition, "cached_property")
               ? "property"
               : "method";
}

std::string NodeTree::default_of(std::uint32_t param) const {
    const PythonFacts& facts = *context_.facts.python;
    if (!defaults_) {
        defaults_.emplace();
        each_documented_signature(facts, [&](const DocumentedSignature& signature) {
            std::map<std::string_view, std::string_view> values;
            for (const PyParameter* one : signature.parameters())
                values.emplace(facts.text(one->name), facts.text(one->default_value));
            for (const PyDocSection* section : signature.sections) {
                for (std::uint32_t i = 0; i < section->entry_count; ++i) {
                    const std::uint32_t item = section->first_entry + i;
                    const auto at = values.find(facts.text(facts.doc_entries[item].name));
                    if (at != values.end())
                        defaults_->emplace(item, at->second);
                }
            }
        });
    }
    const auto at = defaults_->find(param);
    return at == defaults_->end() ? std::string() : std::string(at->second);
}

}  // namespace docathon::rules
