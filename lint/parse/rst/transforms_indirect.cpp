// docutils.transforms.references.IndirectHyperlinks: targets that refer to other targets. Chains of
// any length are followed without recursion.

#include <algorithm>
#include <set>

#include "lint/parse/rst/transform_run.h"

namespace docathon::rst {

void TransformRun::indirect_hyperlinks() {
    const std::vector<ElementId> targets = names_.indirect_targets;
    for (const ElementId target : targets) {
        if (!names_.resolved(target))
            resolve_indirect_target(target);
        resolve_indirect_references(target);
    }
}

void TransformRun::resolve_indirect_target(ElementId first) {
    struct Frame {
        ElementId target, reftarget;
        std::string id;
    };
    std::vector<Frame> stack;
    std::set<ElementId> on_the_way;  // docutils: the attribute multiply_indirect
    ElementId target = first;
    while (true) {
        const std::string* refname = attribute(target, "refname");
        const std::string* id =
            refname == nullptr ? attribute(target, "refid") : names_.id_of(*refname);
        const ElementId reftarget = id == nullptr ? kNoElement : names_.element_of(*id);
        if (reftarget == kNoElement) {
            if (refname != nullptr)
                nonexistent_indirect_target(target);
            break;
        }
        const std::string reftarget_id = *id;
        names_.note_referenced_by(reftarget, {}, reftarget_id);
        if (tree_[reftarget].tag == Tag::target && !names_.resolved(reftarget) &&
            has(reftarget, "refname")) {
            if (!on_the_way.insert(target).second) {
                indirect_target_error(target, "forming a circular reference");
                break;
            }
            stack.push_back({target, reftarget, reftarget_id});
            target = reftarget;
            continue;
        }
        finish_indirect_target(target, reftarget, reftarget_id);
        break;
    }
    for (; !stack.empty(); stack.pop_back()) {
        const Frame& frame = stack.back();
        finish_indirect_target(frame.target, frame.reftarget, frame.id);
    }
}

void TransformRun::finish_indirect_target(ElementId target, ElementId reftarget,
                                          const std::string& id) {
    if (const std::string* uri = attribute(reftarget, "refuri")) {
        const std::string refuri = *uri;
        tree_.edit(target).set("refuri", refuri);
        tree_.edit(target).erase("refid");
    } else if (const std::string* refid = attribute(reftarget, "refid")) {
        const std::string value = *refid;
        tree_.edit(target).set("refid", value);
        names_.note_refid(target);
    } else if (!tree_.attributes(reftarget).ids.empty()) {
        tree_.edit(target).set("refid", id);
        names_.note_refid(target);
    } else {
        nonexistent_indirect_target(target);
        return;
    }
    tree_.edit(target).erase("refname");
    names_.set_resolved(target);
}

void TransformRun::nonexistent_indirect_target(ElementId target) {
    const std::string* refname = attribute(target, "refname");
    if (refname != nullptr && names_.has_name(*refname)) {
        indirect_target_error(target,
                              "which is a duplicate, and cannot be used as a unique reference");
    } else {
        indirect_target_error(target, "which does not exist");
    }
}

void TransformRun::indirect_target_error(ElementId target, std::string_view explanation) {
    const Attributes& attributes = tree_.attributes(target);
    std::vector<ElementId> refs;
    const auto add = [&refs](const std::vector<ElementId>& more) {
        refs.insert(refs.end(), more.begin(), more.end());
    };
    std::string naming;
    if (!attributes.names.empty())
        naming = "\"" + attributes.names.front() + "\" ";
    for (const std::string& name : attributes.names)
        add(names_.referring_to_name(name));
    for (const std::string& id : attributes.ids)
        add(names_.referring_to_id(id));
    if (!attributes.ids.empty())
        naming += "(id=\"" + attributes.ids.front() + "\")";
    const std::string* refname = attributes.find("refname");
    const ElementId message =
        parser_.report(3,
                       "Indirect hyperlink target " + naming + " refers to target \"" +
                           (refname == nullptr ? std::string() : *refname) + "\", " +
                           std::string(explanation) + ".",
                       names_.line_of(target), tree_[target].range);
    names_.set_id(message);
    for (const ElementId ref : refs) {
        if (tree_[ref].parent != kNoElement)  // once each
            make_problem(ref, message);
    }
    names_.set_resolved(target);
}

void TransformRun::resolve_indirect_references(ElementId first) {
    std::vector<ElementId> todo = {first};
    while (!todo.empty()) {
        const ElementId target = todo.back();
        todo.pop_back();
        std::string_view key = "refid";
        const std::string* value = attribute(target, key);
        if (value == nullptr) {
            key = "refuri";
            value = attribute(target, key);
        }
        if (value == nullptr)
            continue;
        const std::string to = *value;
        const auto resolve = [&](const std::vector<ElementId>& list, std::string_view old) {
            const std::vector<ElementId> refs = list;  // note_refid() may add to it
            for (const ElementId ref : refs) {
                if (names_.resolved(ref))
                    continue;
                tree_.edit(ref).erase(old);
                tree_.edit(ref).set(key, to);
                if (key == "refid")
                    names_.note_refid(ref);
                names_.set_resolved(ref);
                if (tree_[ref].tag == Tag::target)
                    todo.push_back(ref);
            }
            return !refs.empty();
        };
        const std::vector<std::string> names = tree_.attributes(target).names;
        const std::vector<std::string> ids = tree_.attributes(target).ids;
        for (const std::string& name : names) {
            if (resolve(names_.referring_to_name(name), "refname"))
                names_.note_referenced_by(target, name, {});
        }
        for (const std::string& id : ids) {
            if (resolve(names_.referring_to_id(id), "refid"))
                names_.note_referenced_by(target, {}, id);
        }
    }
}

}  // namespace docathon::rst
