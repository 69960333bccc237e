// docutils.transforms.parts and misc: section numbers, contents, class attributes, transitions.

#include <algorithm>
#include <charconv>
#include <limits>

#include "lint/parse/rst/transform_run.h"

namespace docathon::rst {

namespace {

int to_int(const std::string* text, int otherwise) {
    if (text == nullptr)
        return otherwise;
    int value = otherwise;
    std::from_chars(text->data(), text->data() + text->size(), value);
    return value;
}

}  // namespace

void TransformRun::class_attribute(ElementId pending) {
    // The next visible element: behind, or behind one that it is in. Other pending elements on the
    // way have the same one, so that a long row of them takes linear time.
    ElementId found = kNoElement;
    if (const auto known = class_targets_.find(pending); known != class_targets_.end()) {
        found = known->second;
    } else {
        std::vector<ElementId> passed;
        ElementId next = following(pending);
        while (next != kNoElement &&
               (is_a(tree_, next, kInvisible) || tree_[next].tag == Tag::system_message)) {
            if (tree_[next].tag == Tag::pending)
                passed.push_back(next);
            next = following(next);
        }
        found = next;
        for (const ElementId other : passed)
            class_targets_.emplace(other, found);
    }
    if (found != kNoElement && tree_[found].tag != Tag::text) {
        if (const std::string* details = attribute(pending, "detail:class")) {
            const std::vector<std::string> classes = parse_list_repr(*details);
            std::vector<std::string>& to = tree_.edit(found).classes;
            to.insert(to.end(), classes.begin(), classes.end());
        }
        tree_.detach(pending);
        return;
    }
    const std::string* directive = attribute(pending, "detail:directive");
    const ElementId message = parser_.report(
        3,
        "No suitable element following \"" +
            (directive == nullptr ? std::string("class") : parse_text_repr(*directive)) +
            "\" directive",
        tree_[pending].line, tree_[pending].range, tree_[pending].source);
    replace_self(pending, {message});
}

void TransformRun::section_numbers(ElementId pending) {
    const auto text = [&](std::string_view key) {
        const std::string* value = attribute(pending, key);
        return value == nullptr ? std::string() : parse_text_repr(*value);
    };
    const int depth = to_int(attribute(pending, "detail:depth"), std::numeric_limits<int>::max());
    const int start = to_int(attribute(pending, "detail:start"), 1);
    const std::string prefix = text("detail:prefix"), suffix = text("detail:suffix");
    tree_.detach(pending);
    if (!names_.setting_is_true("sectnum_xform", true))
        return;
    // Sections nest as deep as there are title styles, and the parser limits those; still no
    // recursion: the number of each open section is kept on a stack.
    struct Level {
        ElementId node;
        int next;
        std::string number;
    };
    std::vector<Level> stack = {{tree_[tree_.root()].first_child, start, std::string()}};
    while (!stack.empty()) {
        Level& level = stack.back();
        if (level.node == kNoElement) {
            stack.pop_back();
            continue;
        }
        const ElementId section = level.node;
        level.node = tree_[section].next;
        if (tree_[section].tag != Tag::section)
            continue;
        const std::string number =
            level.number + (level.number.empty() ? "" : ".") + std::to_string(level.next++);
        const ElementId title = tree_[section].first_child;
        if (title != kNoElement) {
            const ElementId generated = tree_.make(Tag::generated);
            tree_.edit(generated).classes = {"sectnum"};
            tree_.append(generated,
                         text_element(prefix + number + suffix + "\xc2\xa0\xc2\xa0\xc2\xa0"));
            if (tree_[title].first_child == kNoElement)
                tree_.append(title, generated);
            else
                tree_.insert_before(tree_[title].first_child, generated);
            tree_.edit(title).set("auto", "1");
        }
        if (static_cast<int>(stack.size()) < depth)
            stack.push_back({tree_[section].first_child, 1, number});
    }
}

void TransformRun::contents(ElementId pending) {
    const ElementId topic = tree_[pending].parent;
    if (topic == kNoElement)
        return;
    ElementId start = tree_.root();
    if (has(pending, "detail:local")) {
        start = tree_[topic].parent;
        while (start != kNoElement && tree_[start].tag != Tag::section &&
               tree_[start].tag != Tag::document)
            start = tree_[start].parent;
        if (start == kNoElement)
            return;
    }
    const int depth = to_int(attribute(pending, "detail:depth"), std::numeric_limits<int>::max());
    const std::string* given = attribute(pending, "detail:backlinks");
    const std::string backlinks =
        given != nullptr ? parse_text_repr(*given) : names_.setting_text("toc_backlinks", "entry");
    const std::string topic_id =
        tree_.attributes(topic).ids.empty() ? std::string() : tree_.attributes(topic).ids.front();

    // Copies what a title shows: references give their text, images their replacement.
    const auto copy_title = [&](ElementId title, ElementId to) {
        std::vector<std::pair<ElementId, ElementId>> open = {{tree_[title].first_child, to}};
        while (!open.empty()) {
            auto& [node, parent] = open.back();
            if (node == kNoElement) {
                open.pop_back();
                continue;
            }
            const ElementId from = node;
            const ElementId into = parent;
            node = tree_[from].next;
            switch (tree_[from].tag) {
                case Tag::citation_reference:
                case Tag::footnote_reference:
                    break;
                case Tag::image:
                    if (const std::string* alt = attribute(from, "alt"))
                        tree_.append(into, text_element(*alt));
                    break;
                case Tag::problematic:
                case Tag::reference:
                case Tag::target:
                    open.emplace_back(tree_[from].first_child, into);
                    break;
                default: {
                    const ElementId copy = tree_.make(tree_[from].tag, tree_[from].range);
                    tree_[copy].text = tree_[from].text;
                    tree_[copy].source = tree_[from].source;
                    tree_[copy].line = tree_[from].line;
                    if (tree_[from].attributes != kNoElement)
                        tree_.edit(copy) = tree_.attributes(from);
                    tree_.append(into, copy);
                    open.emplace_back(tree_[from].first_child, copy);
                }
            }
        }
    };
    const auto holds_reference = [&](ElementId title) {
        for (ElementId id = title; id != kNoElement; id = tree_.next_in_order(id, title)) {
            if (tree_[id].tag == Tag::reference)
                return true;
        }
        return false;
    };

    struct Level {
        ElementId node;               // next child to look at
        ElementId list = kNoElement;  // bullet_list of this level
        ElementId item = kNoElement;  // into which the list goes; none at the top
        bool automatic = false;
    };
    ElementId whole = kNoElement;
    std::vector<Level> stack = {{tree_[start].first_child}};
    while (!stack.empty()) {
        Level& level = stack.back();
        if (level.node == kNoElement) {
            if (level.list != kNoElement) {
                if (level.automatic)
                    tree_.edit(level.list).classes.emplace_back("auto-toc");
                if (level.item != kNoElement)
                    tree_.append(level.item, level.list);
                else
                    whole = level.list;
            }
            stack.pop_back();
            continue;
        }
        const ElementId section = level.node;
        level.node = tree_[section].next;
        const ElementId title = tree_[section].first_child;
        if (tree_[section].tag != Tag::section || title == kNoElement ||
            tree_.attributes(section).ids.empty())
            continue;
        level.automatic = has(title, "auto");
        const ElementId reference = tree_.make(Tag::reference);
        copy_title(title, reference);
        tree_.edit(reference).set("refid", tree_.attributes(section).ids.front());
        const std::string id = names_.set_id(reference, kNoElement, "toc-entry");
        const ElementId entry = tree_.make(Tag::paragraph);
        tree_.append(entry, reference);
        const ElementId item = tree_.make(Tag::list_item);
        tree_.append(item, entry);
        if ((backlinks == "entry" || backlinks == "top") && !holds_reference(title))
            tree_.edit(title).set("refid", backlinks == "entry" ? id : topic_id);
        if (level.list == kNoElement)
            level.list = tree_.make(Tag::bullet_list);
        tree_.append(level.list, item);
        if (static_cast<int>(stack.size()) < depth)
            stack.push_back({tree_[section].first_child, kNoElement, item});
    }
    if (whole != kNoElement)
        replace_self(pending, {whole});
    else
        tree_.detach(topic);
}

void TransformRun::transitions() {
    for (const ElementId node : find_all(Tag::transition)) {
        ElementId parent = tree_[node].parent;
        const auto is_section = [this](ElementId id) {
            return tree_[id].tag == Tag::document || tree_[id].tag == Tag::section;
        };
        const ElementId before = tree_[node].previous;
        const Tag tag = before == kNoElement ? Tag::text : tree_[before].tag;
        std::string_view text;
        if (!is_section(parent)) {
            text = "Transition must be child of <document> or <section>.";
        } else if (before == kNoElement || tag == Tag::title || tag == Tag::subtitle ||
                   tag == Tag::meta || tag == Tag::decoration) {
            text = "Document or section may not begin with a transition.";
        } else if (tag == Tag::transition) {
            text =
                "At least one body element must separate transitions; adjacent transitions are "
                "not allowed.";
        }
        ElementId last = node;
        if (!text.empty()) {
            const ElementId message =
                parser_.report(2, std::string(text), names_.line_of(node), tree_[node].range);
            // Where a paragraph may stand, the message may.
            tree_[node].tag = Tag::paragraph;
            ContentModels models;
            const bool fits = models.allows(tree_, parent);
            tree_[node].tag = Tag::transition;
            if (fits) {
                tree_.insert_after(node, message);
                last = message;
            }
        }
        if (!is_section(parent) || tree_[last].next != kNoElement)
            continue;
        // At the end of a section: up to where something follows.
        ElementId up = last;
        while (up != kNoElement && tree_[up].next == kNoElement) {
            up = tree_[up].parent;
            if (up == tree_.root()) {
                const ElementId message =
                    parser_.report(2, "Document may not end with a transition.",
                                   names_.line_of(node), tree_[node].range);
                tree_.append(parent, message);
                up = kNoElement;
            }
        }
        if (up == kNoElement)
            continue;
        tree_.detach(node);
        tree_.insert_after(up, node);
    }
}

}  // namespace docathon::rst
