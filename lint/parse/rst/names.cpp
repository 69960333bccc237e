#include "lint/parse/rst/names.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>

#include "lint/core/utf8.h"
#include "lint/parse/rst/content_model.h"
#include "lint/parse/rst/parser.h"
#include "lint/parse/rst/python_text.h"

namespace docathon::rst {

namespace {

bool is_ascii_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || (c >= '\x1c' && c <= '\x1f');
}

bool is_cased(char32_t c) {
    const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
    return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LL ||
           category == UTF8PROC_CATEGORY_LT;
}

/// A Greek capital sigma is a final one behind a letter and before none.
bool is_final_sigma(std::string_view text, std::size_t begin, std::size_t end) {
    if (end < text.size() && is_cased(decode_one(text, end).code_point))
        return false;
    std::size_t before = begin;
    while (before > 0 && (static_cast<unsigned char>(text[before - 1]) & 0xc0) == 0x80)
        --before;
    return before > 0 && is_cased(decode_one(text, before - 1).code_point);
}

/// docutils' own replacements of letters that NFKD does not take apart.
std::string_view plain_letters(char32_t c) {
    switch (c) {
        case 0x00df:
            return "sz";
        case 0x00e6:
            return "ae";
        case 0x0153:
            return "oe";
        case 0x0238:
            return "db";
        case 0x0239:
            return "qp";
        case 0x00f8:
            return "o";
        case 0x0111:
        case 0x018c:
            return "d";
        case 0x0127:
            return "h";
        case 0x0131:
            return "i";
        case 0x0142:
        case 0x019a:
        case 0x0234:
            return "l";
        case 0x0167:
        case 0x01ab:
        case 0x01ad:
        case 0x0236:
            return "t";
        case 0x0180:
        case 0x0183:
            return "b";
        case 0x0188:
        case 0x023c:
            return "c";
        case 0x0192:
            return "f";
        case 0x0199:
            return "k";
        case 0x019e:
        case 0x0235:
            return "n";
        case 0x01a5:
            return "p";
        case 0x01b4:
        case 0x024f:
            return "y";
        case 0x01b6:
        case 0x0225:
        case 0x0240:
            return "z";
        case 0x01e5:
            return "g";
        case 0x0237:
        case 0x0249:
            return "j";
        case 0x023f:
            return "s";
        case 0x0247:
            return "e";
        case 0x024b:
            return "q";
        case 0x024d:
            return "r";
        default:
            return {};
    }
}

/// Lower case ASCII letters, digits and what else there is of `text`, as make_id() wants it.
std::string to_ascii(std::string_view text) {
    const std::string lower = lowercase(text);
    if (is_ascii(lower))
        return lower;
    std::string out;
    for (std::size_t at = 0; at < lower.size();) {
        const Decoded unit = decode_one(lower, at);
        at += unit.length;
        if (unit.valid && unit.code_point < 0x80) {
            out.push_back(static_cast<char>(unit.code_point));
            continue;
        }
        if (!unit.valid)
            continue;
        if (const std::string_view letters = plain_letters(unit.code_point); !letters.empty()) {
            out += letters;
            continue;
        }
        utf8proc_int32_t parts[24];
        int last = 0;
        const auto count = utf8proc_decompose_char(
            static_cast<utf8proc_int32_t>(unit.code_point), parts, 24,
            static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT), &last);
        for (utf8proc_ssize_t i = 0; i < std::min<utf8proc_ssize_t>(count, 24); ++i) {
            if (parts[i] < 0x80)
                out.push_back(static_cast<char>(parts[i]));
        }
    }
    return out;
}

std::string join_words(std::string_view text) {
    if (is_ascii(text)) {
        std::string out;
        out.reserve(text.size());
        for (std::size_t at = 0; at < text.size();) {
            if (is_ascii_space(text[at])) {
                ++at;
                continue;
            }
            if (!out.empty())
                out.push_back(' ');
            const std::size_t begin = at;
            while (at < text.size() && !is_ascii_space(text[at]))
                ++at;
            out.append(text.substr(begin, at - begin));
        }
        return out;
    }
    std::string out;
    for (const std::string_view word : python::split(text)) {
        if (!out.empty())
            out.push_back(' ');
        out += word;
    }
    return out;
}

/// Priorities of the transforms that directives leave in the tree.
int priority_of(std::string_view transform) {
    if (transform == "ClassAttribute")
        return 210;
    if (transform == "TargetNotes")
        return 540;
    if (transform == "SectNum")
        return 710;
    if (transform == "Contents")
        return 720;
    return 990;
}

const std::vector<ElementId>& lookup(const StringMap<std::vector<ElementId>>& map,
                                     std::string_view key) {
    static const std::vector<ElementId> kNone;
    const auto found = map.find(key);
    return found == map.end() ? kNone : found->second;
}

}  // namespace

std::string lowercase(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte < 0x80) {
            out.push_back(static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte));
            ++at;
            continue;
        }
        const Decoded unit = decode_multibyte(text, at);
        if (!unit.valid) {
            out.push_back(text[at]);
        } else if (unit.code_point == 0x130) {
            out += "i\xcc\x87";
        } else if (unit.code_point == 0x3a3 && is_final_sigma(text, at, at + unit.length)) {
            append_utf8(out, 0x3c2);
        } else {
            append_utf8(out, static_cast<char32_t>(
                                 utf8proc_tolower(static_cast<utf8proc_int32_t>(unit.code_point))));
        }
        at += unit.length;
    }
    return out;
}

std::string fully_normalize_name(std::string_view name) {
    std::string out = join_words(name);
    for (const char c : out) {
        if (static_cast<unsigned char>(c) >= 0x80)
            return lowercase(out);
    }
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c + 32);
    }
    return out;
}

std::string whitespace_normalize_name(std::string_view name) {
    return join_words(name);
}

std::string escape2null(std::string_view text) {
    std::string out(text);
    for (std::size_t at = out.find('\\'); at != std::string::npos && at < out.size();
         at = out.find('\\', at + 2)) {
        out[at] = '\0';
        if (at + 2 > out.size())
            break;
    }
    return out;
}

std::string unescape(std::string_view text, bool restore_backslashes) {
    const std::size_t first = text.find('\0');
    std::string out(text.substr(0, first));
    for (std::size_t at = first; at < text.size(); ++at) {
        if (text[at] != '\0') {
            out.push_back(text[at]);
        } else if (restore_backslashes) {
            out.push_back('\\');
        } else if (at + 1 < text.size() && (text[at + 1] == ' ' || text[at + 1] == '\n')) {
            ++at;
        }
    }
    return out;
}

std::string make_id(std::string_view text) {
    const std::string plain = to_ascii(text);
    std::string out;
    out.reserve(plain.size());
    bool gap = false;
    for (const char c : plain) {
        const bool letter = c >= 'a' && c <= 'z';
        const bool digit = c >= '0' && c <= '9';
        if (!letter && !(digit && !out.empty())) {
            // Digits and hyphens at the begin are dropped.
            gap = gap || !digit;
            continue;
        }
        if (gap && !out.empty())
            out.push_back('-');
        gap = false;
        out.push_back(c);
    }
    return out;
}

Names::Names(Parser& parser, const Options& options) : parser_(parser), options_(options) {
    id_prefix_ = setting_text("id_prefix", "");
    auto_id_prefix_ = setting_text("auto_id_prefix", "%");
    inline_anywhere = setting_is_true("character_level_inline_markup");
}

std::string Names::set_id(ElementId node, ElementId message_parent,
                          std::string_view suggested_prefix) {
    Tree& tree = parser_.tree;
    if (!tree.attributes(node).ids.empty()) {
        const std::vector<std::string> ids = tree.attributes(node).ids;
        for (const std::string& id : ids) {
            const ElementId other = element_of(id);
            if (other == kNoElement)
                set_element(id, node);
            if (other == kNoElement || other == node)
                continue;
            const ElementId message =
                parser_.report(3,
                               "Duplicate ID: \"" + id + "\" used by " + start_tag(tree, other) +
                                   " and " + start_tag(tree, node),
                               line_of(node), tree[node].range);
            if (message_parent != kNoElement)
                tree.append(message_parent, message);
        }
        return ids.back();
    }
    std::string base, id;
    for (const std::string& name : tree.attributes(node).names) {
        base = id_prefix_.empty() ? make_id(name) : make_id("x" + name).substr(1);
        id = id_prefix_ + base;
        if (!base.empty() && element_of(id) == kNoElement) {
            tree.edit(node).ids.push_back(id);
            ids_.emplace(id, node);
            return id;
        }
    }
    const bool by_kind = auto_id_prefix_.ends_with('%');
    GeneratedIds::value_type* generated = nullptr;
    if (!base.empty() && by_kind)
        generated = &generated_from(id + "-");
    else if (!by_kind)
        generated = &generated_from(id_prefix_ + auto_id_prefix_);
    else if (suggested_prefix.empty())
        generated = &generated_of(tree[node].tag);
    else
        generated = &generated_from(kind_prefix() + std::string(suggested_prefix) + "-");
    auto& [start, found] = *generated;
    id = start + std::to_string(found.elements.size() + 1);
    while (!ids_.empty() && ids_.find(id) != ids_.end()) {
        found.elements.push_back(kNoElement);  // a name has that id
        id = start + std::to_string(found.elements.size() + 1);
    }
    found.elements.push_back(found.plain ? node : kNoElement);
    tree.edit(node).ids.push_back(id);
    if (!found.plain)
        ids_.emplace(id, node);
    return id;
}

std::string Names::kind_prefix() const {
    return id_prefix_ + auto_id_prefix_.substr(0, auto_id_prefix_.size() - 1);
}

Names::GeneratedIds::value_type& Names::generated_from(std::string start) {
    const bool plain = start.empty() || start.back() < '0' || start.back() > '9';
    return *generated_.try_emplace(std::move(start), Generated{plain, {}}).first;
}

Names::GeneratedIds::value_type& Names::generated_of(Tag tag) {
    const auto index = static_cast<std::size_t>(tag);
    if (index >= generated_by_tag_.size())
        generated_by_tag_.resize(index + 1);
    if (generated_by_tag_[index] == nullptr)
        generated_by_tag_[index] = &generated_from(kind_prefix() + make_id(to_string(tag)) + "-");
    return *generated_by_tag_[index];
}

void Names::set_name_id_map(ElementId node, const std::string& id, ElementId message_parent,
                            bool is_explicit) {
    const std::vector<std::string> names = parser_.tree.attributes(node).names;
    for (const std::string& name : names) {
        const auto found = names_.find(name);
        if (found != names_.end())
            set_duplicate_name_id(node, id, name, message_parent, is_explicit);
        else
            names_.emplace(name, NameEntry{id, is_explicit});
    }
}

void Names::set_duplicate_name_id(ElementId node, const std::string& id, const std::string& name,
                                  ElementId message_parent, bool is_explicit) {
    Tree& tree = parser_.tree;
    NameEntry& entry = names_.find(name)->second;
    const bool old_explicit = entry.is_explicit;
    const std::string old_id = entry.id;
    const ElementId old_node = element_of(old_id);
    entry.is_explicit = old_explicit || is_explicit;

    const auto same = [&](std::string_view key) {
        const std::string* mine = tree.attributes(node).find(key);
        if (mine == nullptr || old_node == kNoElement)
            return false;
        const std::string* other = tree.attributes(old_node).find(key);
        return other != nullptr && *mine == *other;
    };

    std::uint8_t level = 0;
    std::string text;
    if (!old_id.empty() && (same("refname") || same("refuri"))) {
        level = 1;
        const std::string* reference = tree.attributes(node).find("refuri");
        if (reference == nullptr || reference->empty())
            reference = tree.attributes(node).find("refname");
        text = "Duplicate name \"" + name + "\" for external target \"" +
               (reference != nullptr ? *reference : "None") + "\".";
        mark_duplicate(node, name);
    } else if (is_explicit) {
        if (old_explicit) {
            level = 2;
            text = "Duplicate explicit target name: \"" + name + "\".";
            mark_duplicate(node, name);
            if (!old_id.empty()) {
                mark_duplicate(old_node, name);
                entry.id.clear();
            }
        } else {
            entry.id = id;
            if (!old_id.empty()) {
                level = 1;
                text = "Target name overrides implicit target name \"" + name + "\".";
                mark_duplicate(old_node, name);
            }
        }
    } else {
        level = 1;
        text = "Duplicate implicit target name: \"" + name + "\".";
        mark_duplicate(node, name);
        if (!old_id.empty() && !old_explicit) {
            mark_duplicate(old_node, name);
            entry.id.clear();
        }
    }
    if (level == 0)
        return;
    const ElementId message =
        parser_.report(level, std::move(text), line_of(node), tree[node].range);
    // A target without text has no place to go back to.
    if (tree[node].tag != Tag::target || tree.attributes(node).find("refuri") == nullptr)
        tree.edit(message).backrefs.push_back(id);
    if (message_parent != kNoElement) {
        tree.append(message_parent, message);
        if (!content_models_.allows(tree, message_parent))
            tree.detach(message);
    }
}

void Names::mark_duplicate(ElementId node, std::string_view name) {
    if (node == kNoElement)
        return;
    Attributes& attributes = parser_.tree.edit(node);
    attributes.dupnames.emplace_back(name);
    const auto at = std::find(attributes.names.begin(), attributes.names.end(), name);
    if (at != attributes.names.end())
        attributes.names.erase(at);
    set_referenced(node);
}

void Names::note_implicit_target(ElementId target, ElementId message_parent) {
    const std::string id = set_id(target, message_parent);
    set_name_id_map(target, id, message_parent, false);
}

void Names::note_explicit_target(ElementId target, ElementId message_parent) {
    const std::string id = set_id(target, message_parent);
    set_name_id_map(target, id, message_parent, true);
}

bool Names::has_name(std::string_view name) const {
    return names_.find(name) != names_.end();
}

const std::string* Names::id_of(std::string_view name) const {
    const auto found = names_.find(name);
    return found == names_.end() || found->second.id.empty() ? nullptr : &found->second.id;
}

ElementId* Names::find_generated(std::string_view id) {
    std::size_t digits = id.size();
    while (digits > 0 && id[digits - 1] >= '0' && id[digits - 1] <= '9')
        --digits;
    if (digits == id.size() || id.size() - digits > 9 || id[digits] == '0')
        return nullptr;
    const auto found = generated_.find(id.substr(0, digits));
    if (found == generated_.end())
        return nullptr;
    std::size_t number = 0;
    for (const char c : id.substr(digits))
        number = number * 10 + static_cast<std::size_t>(c - '0');
    std::vector<ElementId>& elements = found->second.elements;
    if (number > elements.size() || elements[number - 1] == kNoElement)
        return nullptr;
    return &elements[number - 1];
}

ElementId Names::element_of(std::string_view id) const {
    if (const ElementId* generated = find_generated(id))
        return *generated;
    const auto found = ids_.find(id);
    return found == ids_.end() ? kNoElement : found->second;
}

void Names::set_element(const std::string& id, ElementId node) {
    if (ElementId* generated = find_generated(id))
        *generated = node;
    else
        ids_[id] = node;
}

void Names::forget_id(std::string_view id) {
    if (ElementId* generated = find_generated(id)) {
        *generated = kNoElement;
        return;
    }
    const auto found = ids_.find(id);
    if (found != ids_.end())
        ids_.erase(found);
}

void Names::note_refname(ElementId node) {
    if (const std::string* name = parser_.tree.attributes(node).find("refname"))
        refnames_[*name].push_back(node);
}

void Names::note_refid(ElementId node) {
    if (const std::string* id = parser_.tree.attributes(node).find("refid"))
        refids_[*id].push_back(node);
}

const std::vector<ElementId>& Names::referring_to_name(std::string_view name) const {
    return lookup(refnames_, name);
}

const std::vector<ElementId>& Names::referring_to_id(std::string_view id) const {
    return lookup(refids_, id);
}

void Names::note_indirect_target(ElementId target) {
    indirect_targets.push_back(target);
    if (!parser_.tree.attributes(target).names.empty())
        note_refname(target);
}

void Names::note_anonymous_target(ElementId target) {
    set_id(target);
}

void Names::note_autofootnote(ElementId footnote) {
    set_id(footnote);
    autofootnotes.push_back(footnote);
}

void Names::note_autofootnote_ref(ElementId ref) {
    set_id(ref);
    autofootnote_refs.push_back(ref);
}

void Names::note_symbol_footnote(ElementId footnote) {
    set_id(footnote);
    symbol_footnotes.push_back(footnote);
}

void Names::note_symbol_footnote_ref(ElementId ref) {
    set_id(ref);
    symbol_footnote_refs.push_back(ref);
}

void Names::note_footnote(ElementId footnote) {
    set_id(footnote);
    footnotes.push_back(footnote);
}

void Names::note_footnote_ref(ElementId ref) {
    set_id(ref);
    if (const std::string* name = parser_.tree.attributes(ref).find("refname"))
        footnote_refs[*name].push_back(ref);
    note_refname(ref);
}

void Names::note_citation(ElementId citation) {
    citations.push_back(citation);
}

void Names::note_citation_ref(ElementId ref) {
    set_id(ref);
    if (const std::string* name = parser_.tree.attributes(ref).find("refname"))
        citation_refs[*name].push_back(ref);
    note_refname(ref);
}

void Names::note_substitution_def(ElementId definition, std::string_view written,
                                  ElementId message_parent) {
    Tree& tree = parser_.tree;
    const std::string name = whitespace_normalize_name(written);
    const auto found = substitution_defs_.find(name);
    if (found != substitution_defs_.end()) {
        const ElementId message =
            parser_.report(3, "Duplicate substitution definition name: \"" + name + "\".",
                           line_of(definition), tree[definition].range);
        if (message_parent != kNoElement)
            tree.append(message_parent, message);
        mark_duplicate(found->second, name);
    }
    substitution_defs_[name] = definition;
    substitution_names_[fully_normalize_name(name)] = name;
}

void Names::note_substitution_ref(ElementId ref, std::string_view name) {
    parser_.tree.edit(ref).set("refname", whitespace_normalize_name(name));
}

std::vector<std::string> Names::all_substitutions() const {
    std::vector<std::string> out;
    for (const auto& [name, definition] : substitution_defs_)
        out.push_back(name);
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<std::string> Names::all_names() const {
    std::vector<std::string> out;
    for (const auto& [name, entry] : names_)
        out.push_back(name);
    std::sort(out.begin(), out.end());
    return out;
}

ElementId Names::find_substitution(std::string_view refname, std::string* key) const {
    auto found = substitution_defs_.find(refname);
    if (found == substitution_defs_.end()) {
        const std::string* name = substitution_name(refname);
        if (name == nullptr)
            return kNoElement;
        found = substitution_defs_.find(*name);
        if (found == substitution_defs_.end())
            return kNoElement;
    }
    if (key != nullptr)
        *key = found->first;
    return found->second;
}

const std::string* Names::substitution_name(std::string_view refname) const {
    const auto found = substitution_names_.find(lowercase(refname));
    return found == substitution_names_.end() ? nullptr : &found->second;
}

void Names::note_pending(ElementId pending, int priority) {
    const std::string* full = parser_.tree.attributes(pending).find("transform");
    std::string name = full == nullptr ? std::string() : full->substr(full->rfind('.') + 1);
    if (priority < 0)
        priority = priority_of(name);
    pendings.push_back({pending, std::move(name), priority});
}

void Names::note_referenced_by(ElementId node, std::string_view name, std::string_view id) {
    set_referenced(node);
    const auto found = expectations_.find(node);
    if (found == expectations_.end())
        return;
    const auto meet = [this](const StringMap<ElementId>& map, std::string_view key) {
        if (const auto entry = map.find(key); entry != map.end())
            set_referenced(entry->second);
    };
    if (!name.empty())
        meet(found->second.by_name, name);
    if (!id.empty())
        meet(found->second.by_id, id);
}

void Names::expect_reference_by_name(ElementId node, std::string_view name, ElementId target) {
    expectations_[node].by_name[std::string(name)] = target;
}

void Names::expect_reference_by_id(ElementId node, std::string_view id, ElementId target) {
    expectations_[node].by_id[std::string(id)] = target;
}

void Names::move_expectations(ElementId from, ElementId to) {
    if (from == to)
        return;
    Expectations& target = expectations_[to];
    const auto found = expectations_.find(from);
    if (found == expectations_.end())
        return;
    // The smaller into the larger, so that a chain of targets takes linear time.
    const auto merge = [](StringMap<ElementId>& into, StringMap<ElementId>& more) {
        if (into.size() >= more.size()) {
            for (const auto& [key, element] : more)
                into[key] = element;
        } else {
            more.merge(into);
            into.swap(more);
        }
    };
    merge(target.by_name, found->second.by_name);
    merge(target.by_id, found->second.by_id);
    expectations_.erase(found);
}

void Names::set_mark(ElementId node, std::uint8_t bit) {
    if (node >= marks_.size())
        marks_.resize(std::max<std::size_t>(node + 1, parser_.tree.size()), 0);
    marks_[node] |= bit;
}

std::string Names::setting_text(std::string_view key, std::string_view otherwise) const {
    const auto found = options_.settings.find(key);
    if (found == options_.settings.end())
        return std::string(otherwise);
    // A JSON string without escapes; anything else is not an id prefix.
    const std::string& json = found->second;
    if (json.size() >= 2 && json.front() == '"' && json.back() == '"')
        return json.substr(1, json.size() - 2);
    return std::string(otherwise);
}

bool Names::setting_is_true(std::string_view key, bool otherwise) const {
    const auto found = options_.settings.find(key);
    if (found == options_.settings.end())
        return otherwise;
    const std::string& json = found->second;
    return json != "false" && json != "0" && json != "null" && json != "\"\"";
}

std::uint32_t Names::line_of(ElementId node) const {
    // docutils asks the state machine if neither the node nor one around it has a line.
    const std::uint32_t line = parser_.tree.line_of(node);
    return line != 0 || parser_.tree[node].attached ? line : kCurrentLine;
}

}  // namespace docathon::rst
