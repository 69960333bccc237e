// docutils.transforms.references: Footnotes, TargetNotes.

#include <algorithm>
#include <array>

#include "lint/parse/rst/inline.h"
#include "lint/parse/rst/transform_run.h"

namespace docathon::rst {

namespace {

constexpr std::array<std::string_view, 10> kSymbols = {
    "*", "\xe2\x80\xa0", "\xe2\x80\xa1", "\xc2\xa7",     "\xc2\xb6",
    "#", "\xe2\x99\xa0", "\xe2\x99\xa5", "\xe2\x99\xa6", "\xe2\x99\xa3",
};

}  // namespace

void TransformRun::footnotes() {
    autofootnote_labels_.clear();
    names_.autofootnote_start = number_footnotes(names_.autofootnote_start);
    number_footnote_references();
    symbolize_footnotes();
    const auto resolve = [this](const std::vector<ElementId>& notes,
                                const StringMap<std::vector<ElementId>>& refs) {
        for (const ElementId note : notes) {
            const std::vector<std::string> names = tree_.attributes(note).names;
            for (const std::string& name : names) {
                if (const auto found = refs.find(name); found != refs.end())
                    resolve_notes(note, found->second);
            }
        }
    };
    resolve(names_.footnotes, names_.footnote_refs);
    resolve(names_.citations, names_.citation_refs);
}

int TransformRun::number_footnotes(int number) {
    for (const ElementId footnote : names_.autofootnotes) {
        std::string label;
        do {
            label = std::to_string(number++);
        } while (names_.has_name(label));
        const ElementId element = tree_.make(Tag::label);
        tree_.append(element, text_element(label));
        if (tree_[footnote].first_child == kNoElement)
            tree_.append(footnote, element);
        else
            tree_.insert_before(tree_[footnote].first_child, element);
        const std::vector<std::string> names = tree_.attributes(footnote).names;
        for (const std::string& name : names) {
            const auto refs = names_.footnote_refs.find(name);
            if (refs == names_.footnote_refs.end())
                continue;
            for (const ElementId ref : refs->second) {
                tree_.append(ref, text_element(label));
                tree_.edit(ref).erase("refname");
                tree_.edit(ref).set("refid", tree_.attributes(footnote).ids.front());
                tree_.edit(footnote).backrefs.push_back(tree_.attributes(ref).ids.front());
                names_.note_refid(ref);
                names_.set_resolved(ref);
            }
        }
        if (names.empty() && tree_.attributes(footnote).dupnames.empty()) {
            tree_.edit(footnote).names.push_back(label);
            names_.note_explicit_target(footnote, footnote);
            autofootnote_labels_.push_back(label);
        }
    }
    return number;
}

void TransformRun::number_footnote_references() {
    std::size_t used = 0;
    const std::vector<ElementId>& refs = names_.autofootnote_refs;
    for (const ElementId ref : refs) {
        if (names_.resolved(ref) || has(ref, "refid"))
            continue;
        if (used >= autofootnote_labels_.size()) {
            const std::size_t count = autofootnote_labels_.size();
            const ElementId message = parser_.report(
                3,
                "Too many autonumbered footnote references: only " + std::to_string(count) +
                    " corresponding footnote" + (count > 1 ? "s" : "") + " available.",
                names_.line_of(ref), tree_[ref].range);
            names_.set_id(message);
            for (std::size_t at = used; at < refs.size(); ++at) {
                if (!names_.resolved(refs[at]) && !has(refs[at], "refname"))
                    make_problem(refs[at], message);
            }
            break;
        }
        const std::string& label = autofootnote_labels_[used++];
        tree_.append(ref, text_element(label));
        const std::string* id = names_.id_of(label);
        if (id == nullptr)
            continue;
        tree_.edit(ref).set("refid", *id);
        names_.note_refid(ref);
        const ElementId footnote = names_.element_of(*id);
        if (footnote != kNoElement)
            tree_.edit(footnote).backrefs.push_back(tree_.attributes(ref).ids.front());
        names_.set_resolved(ref);
    }
}

void TransformRun::symbolize_footnotes() {
    std::vector<std::string> labels;
    for (const ElementId footnote : names_.symbol_footnotes) {
        const auto start = static_cast<std::size_t>(names_.symbol_footnote_start++);
        std::string label;
        for (std::size_t times = 0; times <= start / kSymbols.size(); ++times)
            label += kSymbols[start % kSymbols.size()];
        const ElementId element = tree_.make(Tag::label);
        tree_.append(element, text_element(label));
        if (tree_[footnote].first_child == kNoElement)
            tree_.append(footnote, element);
        else
            tree_.insert_before(tree_[footnote].first_child, element);
        names_.set_id(footnote);
        labels.push_back(std::move(label));
    }
    const std::vector<ElementId>& refs = names_.symbol_footnote_refs;
    for (std::size_t at = 0; at < refs.size(); ++at) {
        const ElementId ref = refs[at];
        if (at >= labels.size()) {
            const ElementId message = parser_.report(3,
                                                     "Too many symbol footnote references: only " +
                                                         std::to_string(labels.size()) +
                                                         " corresponding footnotes available.",
                                                     names_.line_of(ref), tree_[ref].range);
            names_.set_id(message);
            for (; at < refs.size(); ++at) {
                if (!names_.resolved(refs[at]) && !has(refs[at], "refid"))
                    make_problem(refs[at], message);
            }
            break;
        }
        tree_.append(ref, text_element(labels[at]));
        const ElementId footnote = names_.symbol_footnotes[at];
        tree_.edit(ref).set("refid", tree_.attributes(footnote).ids.front());
        names_.note_refid(ref);
        tree_.edit(footnote).backrefs.push_back(tree_.attributes(ref).ids.front());
    }
}

void TransformRun::resolve_notes(ElementId note, const std::vector<ElementId>& refs) {
    if (tree_.attributes(note).ids.empty())
        return;
    const std::string id = tree_.attributes(note).ids.front();
    for (const ElementId ref : refs) {
        if (names_.resolved(ref) || tree_.attributes(ref).ids.empty())
            continue;
        tree_.edit(ref).erase("refname");
        tree_.edit(ref).set("refid", id);
        tree_.edit(note).backrefs.push_back(tree_.attributes(ref).ids.front());
        names_.set_resolved(ref);
    }
    names_.set_resolved(note);
}

void TransformRun::target_notes(ElementId pending) {
    std::vector<std::string> classes;
    if (const std::string* details = attribute(pending, "detail:class"))
        classes = parse_list_repr(*details);
    const bool trim = names_.setting_is_true("trim_footnote_reference_space");
    StringMap<ElementId> notes;
    std::vector<ElementId> made;
    const auto note_for = [&](const std::string& uri, const std::vector<ElementId>& refs) {
        auto found = notes.find(uri);
        if (found == notes.end()) {
            const ElementId footnote = tree_.make(Tag::footnote);
            const std::string id = names_.set_id(footnote);
            // Upper case: no name in a text is like it.
            tree_.edit(footnote).set("auto", "1");
            tree_.edit(footnote).names = {"TARGET_NOTE: " + id};
            const ElementId paragraph = tree_.make(Tag::paragraph);
            const ElementId reference = tree_.make(Tag::reference);
            tree_.edit(reference).set("refuri", uri);
            tree_.append(reference, text_element(uri));
            tree_.append(paragraph, reference);
            tree_.append(footnote, paragraph);
            names_.note_autofootnote(footnote);
            names_.note_explicit_target(footnote, footnote);
            found = notes.emplace(uri, footnote).first;
            made.push_back(footnote);
        }
        const std::string name = tree_.attributes(found->second).names.front();
        for (const ElementId ref : refs) {
            if (tree_[ref].tag == Tag::target || tree_[ref].parent == kNoElement)
                continue;
            const ElementId note = tree_.make(Tag::footnote_reference);
            tree_.edit(note).set("refname", name);
            tree_.edit(note).set("auto", "1");
            tree_.edit(note).classes = classes;
            names_.note_autofootnote_ref(note);
            names_.note_footnote_ref(note);
            tree_.insert_after(ref, note);
            if (!trim) {
                ElementId space = text_element(" ");
                if (!classes.empty()) {
                    const ElementId box = tree_.make(Tag::inline_element);
                    tree_.edit(box).classes = classes;
                    tree_.append(box, space);
                    space = box;
                }
                tree_.insert_before(note, space);
            }
        }
    };
    for (const ElementId target : find_all(Tag::target)) {
        const std::string* uri = attribute(target, "refuri");
        if (uri == nullptr)
            continue;
        std::vector<ElementId> refs;
        for (const std::string& name : tree_.attributes(target).names) {
            const std::vector<ElementId>& more = names_.referring_to_name(name);
            refs.insert(refs.end(), more.begin(), more.end());
        }
        if (!refs.empty())
            note_for(std::string(*uri), refs);
    }
    for (const ElementId ref : find_all(Tag::reference)) {
        const std::string* uri = attribute(ref, "refuri");
        if (has(ref, "anonymous") && uri != nullptr)
            note_for(std::string(*uri), {ref});
    }
    replace_self(pending, made);
}

}  // namespace docathon::rst
