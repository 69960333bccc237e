// docutils.transforms.references: substitutions, target propagation, anonymous, external and
// internal targets, references without target.

#include <algorithm>

#include "lint/core/utf8.h"
#include "lint/parse/rst/inline.h"
#include "lint/parse/rst/python_text.h"
#include "lint/parse/rst/transform_run.h"

namespace docathon::rst {

namespace {

/// Substitutions may multiply what they insert; beyond this many elements, or some times those of
/// the document, references stay as they are. docutils has no limit.
constexpr std::size_t kMostCopied = 200'000;
constexpr std::size_t kMostCopiedTimes = 4;

}  // namespace

void TransformRun::define_substitution(std::string_view name) {
    if (names_.substitution_name(name) != nullptr)
        return;
    const ElementId definition = tree_.make(Tag::substitution_definition);
    tree_.append(definition, text_element(name));
    names_.note_substitution_def(definition, name);
}

void TransformRun::substitutions() {
    subrefs_ = find_all(Tag::substitution_reference);
    most_copied_ = std::max(kMostCopied, kMostCopiedTimes * tree_.size());
    // Copies of definitions bring more references while this runs.
    for (std::size_t at = 0; at < subrefs_.size(); ++at) {
        if (tree_[subrefs_[at]].parent != kNoElement)
            substitute(subrefs_[at]);
    }
}

void TransformRun::substitute(ElementId ref) {
    const std::string* attribute_value = attribute(ref, "refname");
    if (attribute_value == nullptr)
        return;
    const std::string refname = *attribute_value;
    std::string key;
    const ElementId definition = names_.find_substitution(refname, &key);
    if (definition == kNoElement) {
        make_problem(ref,
                     parser_.report(3, "Undefined substitution referenced: \"" + refname + "\".",
                                    names_.line_of(ref), tree_[ref].range));
        return;
    }
    const std::uint32_t limit = parser_.options.line_length_limit;
    const std::string text = tree_.plain_text(definition);
    if (limit != 0 && text.size() > limit && code_point_count(text) > limit) {
        make_problem(
            ref, parser_.report(
                     3, "Substitution definition \"" + key + "\" exceeds the line-length-limit.",
                     kCurrentLine, tree_[ref].range));
        return;
    }

    const auto strip = [this](ElementId node, bool left) {
        if (node == kNoElement || tree_[node].tag != Tag::text)
            return;
        Element& element = tree_[node];
        const std::string_view content = element.source.empty() ? element.text : element.source;
        const std::string_view rest =
            left ? python::strip_left(content) : python::strip_right(content);
        if (element.source.empty()) {
            element.text = rest;
        } else {
            element.source = rest;
            const std::string_view kept = tree_.keep(unescape(rest));
            tree_[node].text = kept;
        }
    };
    if (has(definition, "ltrim") || has(definition, "trim"))
        strip(tree_[ref].previous, false);
    if (has(definition, "rtrim") || has(definition, "trim"))
        strip(tree_[ref].next, true);

    const std::size_t before = tree_.size();
    if (copied_ > most_copied_)
        return;
    const ElementId copy = tree_.copy(definition);
    copied_ += tree_.size() - before;
    for (ElementId node = copy; node != kNoElement; node = tree_.next_in_order(node, copy)) {
        if (tree_[node].tag != Tag::substitution_reference)
            continue;
        const std::string* nested_ref = attribute(node, "refname");
        if (nested_ref == nullptr)
            continue;
        const std::string* nested_name = names_.substitution_name(*nested_ref);
        if (nested_name != nullptr) {
            bool& itself = refers_to_itself_[*nested_name];
            if (itself) {
                if (circular_substitution(ref, refname))
                    return;
                continue;
            }
            itself = *nested_name == key;
        }
        origins_.emplace_back(node, ref);
        subrefs_.push_back(node);
    }
    // What it is replaced with may be reported with its line later.
    tree_[ref].line = tree_.line_of(ref);
    std::vector<ElementId> children;
    while (tree_[copy].first_child != kNoElement) {
        children.push_back(tree_[copy].first_child);
        tree_.detach(children.back());
    }
    replace_self(ref, children);
    for (const ElementId child : children) {
        if (is_a(tree_, child, kReferential) && has(child, "refname"))
            names_.note_refname(child);
    }
}

/// Reports that a definition comes back to itself.
bool TransformRun::circular_substitution(ElementId ref, const std::string& refname) {
    const ElementId parent = tree_[ref].parent;
    if (tree_[parent].tag == Tag::substitution_definition) {
        const ElementId message =
            parser_.report(3, "Circular substitution definition detected:", tree_[parent].line,
                           tree_[parent].range, tree_[parent].source);
        if (tree_[parent].parent != kNoElement)
            replace_self(parent, {message});
        return true;
    }
    // The reference in the text where it began. Copies come after what they were copied for, so
    // the list is sorted.
    ElementId origin = ref;
    while (true) {
        const auto found =
            std::lower_bound(origins_.begin(), origins_.end(), origin,
                             [](const auto& entry, ElementId id) { return entry.first < id; });
        if (found == origins_.end() || found->first != origin)
            break;
        origin = found->second;
    }
    const ElementId message =
        parser_.report(3, "Circular substitution definition referenced: \"" + refname + "\".",
                       names_.line_of(origin), tree_[origin].range);
    make_problem(ref, message);
    return true;
}

void TransformRun::propagate_targets() {
    const auto propagates = [this](ElementId target) {
        const ElementId parent = tree_[target].parent;
        return parent != kNoElement && !is_a(tree_, parent, kTextElement) &&
               !has(target, "refid") && !has(target, "refuri") && !has(target, "refname");
    };
    // What comes down a chain of targets, last first, so that a long chain takes linear time.
    std::vector<std::string> ids, names;
    const auto hand_over = [&](ElementId to) {
        Attributes& attributes = tree_.edit(to);
        for (; !ids.empty(); ids.pop_back()) {
            names_.set_element(ids.back(), to);
            attributes.ids.push_back(std::move(ids.back()));
        }
        for (; !names.empty(); names.pop_back())
            attributes.names.push_back(std::move(names.back()));
    };
    for (const ElementId target : find_all(Tag::target)) {
        if (!propagates(target))
            continue;
        ElementId next = following(target);
        while (next != kNoElement && tree_[next].tag == Tag::system_message)
            next = following(next);
        if (next == kNoElement || tree_[next].tag == Tag::text ||
            (is_a(tree_, next, kInvisible | kTargetable) && tree_[next].tag != Tag::target)) {
            hand_over(target);
            continue;
        }
        Attributes& own = tree_.edit(target);
        std::string first_id = !own.ids.empty() ? own.ids.front()
                               : !ids.empty()   ? ids.back()
                                                : std::string();
        for (const std::string& id : own.ids)
            names_.expect_reference_by_id(next, id, target);
        for (const std::string& name : own.names)
            names_.expect_reference_by_name(next, name, target);
        names_.move_expectations(target, next);
        for (; !own.ids.empty(); own.ids.pop_back())
            ids.push_back(std::move(own.ids.back()));
        for (; !own.names.empty(); own.names.pop_back())
            names.push_back(std::move(own.names.back()));
        if (tree_[next].tag != Tag::target || !propagates(next))
            hand_over(next);
        const ElementId parent = tree_[target].parent;
        if (tree_[parent].tag == Tag::figure && tree_[next].tag == Tag::caption) {
            tree_.detach(target);
            continue;
        }
        tree_.edit(target).set("refid", std::move(first_id));
        names_.note_refid(target);
    }
}

void TransformRun::anonymous_hyperlinks() {
    std::vector<ElementId> refs, targets;
    for (const ElementId ref : find_all(Tag::reference)) {
        if (has(ref, "anonymous"))
            refs.push_back(ref);
    }
    for (const ElementId target : find_all(Tag::target)) {
        if (has(target, "anonymous"))
            targets.push_back(target);
    }
    if (refs.size() != targets.size()) {
        // docutils has no line for it; the place is that of the first reference (or target).
        const Range range =
            !refs.empty() ? tree_[refs.front()].range : tree_[targets.front()].range;
        const ElementId message = parser_.report(
            3,
            "Anonymous hyperlink mismatch: " + std::to_string(refs.size()) + " references but " +
                std::to_string(targets.size()) + " targets.\nSee \"backrefs\" attribute for IDs.",
            kCurrentLine, range);
        names_.set_id(message);
        for (const ElementId ref : refs)
            make_problem(ref, message);
        return;
    }
    for (std::size_t at = 0; at < refs.size(); ++at) {
        const ElementId ref = refs[at];
        if (has(ref, "refid") || has(ref, "refuri"))
            continue;
        ElementId target = targets[at];
        names_.set_referenced(target);
        while (target != kNoElement) {
            if (const std::string* uri = attribute(target, "refuri")) {
                tree_.edit(ref).set("refuri", std::string(*uri));
                names_.set_resolved(ref);
                break;
            }
            if (const std::vector<std::string>& ids = tree_.attributes(target).ids; !ids.empty()) {
                tree_.edit(ref).set("refid", std::string(ids.front()));
                names_.note_refid(ref);
                break;
            }
            // Its ids were propagated to what follows.
            const std::string* id = attribute(target, "refid");
            target = id == nullptr ? kNoElement : names_.element_of(*id);
        }
    }
}

void TransformRun::external_targets() {
    for (const ElementId target : find_all(Tag::target)) {
        const std::string* uri = attribute(target, "refuri");
        if (uri == nullptr)
            continue;
        const std::string refuri = *uri;
        for (const std::string& name : tree_.attributes(target).names) {
            const std::vector<ElementId>& refs = names_.referring_to_name(name);
            if (!refs.empty())
                names_.note_referenced_by(target, name, {});
            for (const ElementId ref : refs) {
                if (names_.resolved(ref))
                    continue;
                Attributes& attributes = tree_.edit(ref);
                attributes.erase("refname");
                attributes.set("refuri", refuri);
                names_.set_resolved(ref);
            }
        }
    }
}

void TransformRun::internal_targets() {
    for (const ElementId target : find_all(Tag::target)) {
        if (has(target, "refuri") || has(target, "refid"))
            continue;
        for (const std::string& name : tree_.attributes(target).names) {
            const std::vector<ElementId>& refs = names_.referring_to_name(name);
            const std::string* id = names_.id_of(name);
            if (!refs.empty())
                names_.note_referenced_by(target, name, {});
            for (const ElementId ref : refs) {
                if (names_.resolved(ref))
                    continue;
                if (id != nullptr) {
                    Attributes& attributes = tree_.edit(ref);
                    attributes.erase("refname");
                    attributes.set("refid", *id);
                }
                names_.set_resolved(ref);
            }
        }
    }
}

void TransformRun::dangling_references() {
    const std::vector<ElementId> references = walked().referential;  // the tree changes
    for (const ElementId reference : references)
        dangling_reference(reference);
    if (!parser_.options.message_elements)
        return;  // what follows is for information
    for (const ElementId target : find_all(Tag::target)) {
        if (names_.referenced(target) || has(target, "anonymous"))
            continue;
        const Attributes& attributes = tree_.attributes(target);
        std::string name;
        if (!attributes.names.empty())
            name = attributes.names.front();
        else if (!attributes.ids.empty())
            name = attributes.ids.front();
        else if (const std::string* id = attributes.find("refid"))
            name = *id;
        parser_.report(1, "Hyperlink target \"" + name + "\" is not referenced.",
                       names_.line_of(target), tree_[target].range);
    }
}

void TransformRun::dangling_reference(ElementId node) {
    const std::string* attribute_value = attribute(node, "refname");
    if (names_.resolved(node) || attribute_value == nullptr)
        return;
    const std::string refname = *attribute_value;
    if (const std::string* id = names_.id_of(refname)) {
        Attributes& attributes = tree_.edit(node);
        attributes.erase("refname");
        attributes.set("refid", *id);
        const ElementId target = names_.element_of(*id);
        if (target != kNoElement)
            names_.note_referenced_by(target, {}, *id);
        names_.set_resolved(node);
        return;
    }
    ElementId message = kNoElement;
    if (names_.has_name(refname)) {
        message = parser_.report(
            3, "Duplicate target name, cannot be used as a unique reference: \"" + refname + "\".",
            names_.line_of(node), tree_[node].range);
    } else {
        message = parser_.report(3, "Unknown target name: \"" + refname + "\".",
                                 names_.line_of(node), tree_[node].range);
        const auto contains = [&](const char* piece) {
            return refname.find(piece) != std::string::npos;
        };
        const bool open = contains("<"), close = contains(">");
        if (open || close) {
            std::string hint = "Did you want to embed a URI or alias?";
            if (!open)
                hint += "\nOpening bracket missing.";
            else if (!contains(" <"))
                hint += "\nThe embedded reference must be preceded by whitespace.";
            if (!close)
                hint += "\nClosing bracket missing.";
            else if (refname.back() != '>')
                hint += "\nThe embedded reference must be the last text before the end string.";
            if (contains("< ") || contains(" >"))
                hint += "\nWhitespace around the embedded reference is not allowed.";
            const ElementId paragraph = tree_.make(Tag::paragraph);
            tree_.append(paragraph, text_element(hint));
            tree_.append(message, paragraph);
        }
    }
    const bool linked = parser_.options.message_elements;
    const std::string message_id = linked ? names_.set_id(message) : std::string();
    const std::string_view source = tree_[node].source;
    const ElementId problem = tree_.make(Tag::problematic, tree_[node].range);
    tree_[problem].source = source;
    if (!source.empty())
        tree_.append(problem, tree_.make_text(source, tree_[node].range));
    if (linked) {
        tree_.edit(problem).set("refid", message_id);
        const std::vector<std::string>& ids = tree_.attributes(node).ids;
        const std::string back = ids.empty() ? names_.set_id(problem) : ids.front();
        tree_.edit(message).backrefs.push_back(back);
    }
    replace_self(node, {problem});
}

}  // namespace docathon::rst
