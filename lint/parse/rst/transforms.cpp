#include "lint/parse/rst/transforms.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "lint/parse/rst/transform_run.h"

namespace docathon::rst {

namespace {

/// docutils' transforms with their modules and priorities; sorted by name.
struct Known {
    std::string_view module, name;
    int priority;
    bool standard;  ///< of the standalone reader and the parser, if no setting says otherwise
};
constexpr Known kKnown[] = {
    {"writer_aux", "Admonitions", 920, false},
    {"references", "AnonymousHyperlinks", 440, true},
    {"misc", "CallBack", 990, false},
    {"references", "CitationReferences", 770, false},
    {"misc", "ClassAttribute", 210, false},
    {"writer_aux", "Compound", 910, false},
    {"parts", "Contents", 720, false},
    {"references", "DanglingReferences", 850, true},
    {"universal", "Decorations", 820, false},
    {"frontmatter", "DocInfo", 340, true},
    {"frontmatter", "DocTitle", 320, true},
    {"universal", "ExposeInternals", 840, false},
    {"references", "ExternalTargets", 640, true},
    {"components", "Filter", 780, false},
    {"universal", "FilterMessages", 870, false},
    {"references", "Footnotes", 620, true},
    {"peps", "Headers", 360, false},
    {"references", "IndirectHyperlinks", 460, true},
    {"references", "InternalTargets", 660, true},
    {"universal", "Messages", 860, false},
    {"references", "PropagateTargets", 260, true},
    {"parts", "SectNum", 710, false},
    {"frontmatter", "SectionSubTitle", 350, true},
    {"universal", "SmartQuotes", 855, false},
    {"universal", "StripClassesAndElements", 420, false},
    {"universal", "StripComments", 740, true},
    {"references", "Substitutions", 220, true},
    {"references", "TargetNotes", 540, false},
    {"universal", "TestMessages", 880, false},
    {"misc", "Transitions", 830, true},
    {"universal", "Validate", 835, false},
};

/// `references.Substitutions`, `Substitutions` or `universal.FilterMessages@890`.
const Known* find_known(std::string_view name, int& priority) {
    if (const std::size_t at = name.find('@'); at != std::string_view::npos) {
        priority = 0;
        for (const char c : name.substr(at + 1)) {
            if (c < '0' || c > '9' || priority > 999)
                return nullptr;
            priority = priority * 10 + (c - '0');
        }
        name = name.substr(0, at);
    } else {
        priority = -1;
    }
    std::string_view module;
    if (const std::size_t dot = name.rfind('.'); dot != std::string_view::npos) {
        module = name.substr(0, dot);
        name = name.substr(dot + 1);
        if (constexpr std::string_view package = "docutils.transforms.";
            module.substr(0, package.size()) == package)
            module.remove_prefix(package.size());
    }
    for (const Known& known : kKnown) {
        // peps.TargetNotes schedules the other one; it is not followed.
        if (known.name == name && (module.empty() || module == known.module || module == "peps")) {
            if (priority < 0)
                priority = known.priority;
            return &known;
        }
    }
    return nullptr;
}

struct Scheduled {
    int priority;
    std::string_view name;
    ElementId pending;
    bool named;
};

/// The items of a JSON list of strings without escapes.
std::vector<std::string> parse_json_list(std::string_view json) {
    std::vector<std::string> out;
    for (std::size_t at = json.find('"'); at != std::string_view::npos;
         at = json.find('"', at + 1)) {
        const std::size_t end = json.find('"', at + 1);
        if (end == std::string_view::npos)
            break;
        out.emplace_back(json.substr(at + 1, end - at - 1));
        at = end;
    }
    return out;
}

}  // namespace

bool is_transform(std::string_view name) {
    int priority = 0;
    return find_known(name, priority) != nullptr;
}

const std::vector<std::string_view>& standard_transforms() {
    static const std::vector<std::string_view> kNames = [] {
        std::vector<std::string_view> names;
        for (const Known& known : kKnown) {
            if (known.standard)
                names.push_back(known.name);
        }
        return names;
    }();
    return kNames;
}

void apply_transforms(Parser& parser, const std::vector<std::string>& names,
                      const std::vector<std::string>& substitutions) {
    TransformRun run(parser);
    for (const std::string& name : substitutions)
        run.define_substitution(name);
    std::vector<Scheduled> todo;
    for (const Pending& pending : parser.names.pendings)
        todo.push_back({pending.priority, pending.transform, pending.element, true});
    bool all_standard = true;
    for (const std::string_view standard : standard_transforms())
        all_standard =
            all_standard && std::find(names.begin(), names.end(), standard) != names.end();
    for (const std::string& name : names) {
        int priority = 0;
        const Known* known = find_known(name, priority);
        if (known == nullptr || (known->module == "references" && known->name == "TargetNotes"))
            continue;
        // The standalone reader has section subtitles only if a setting asks for them.
        const bool named = !(all_standard && known->standard);
        todo.push_back({priority, known->name, kNoElement, named});
    }
    std::stable_sort(todo.begin(), todo.end(), [](const Scheduled& a, const Scheduled& b) {
        return a.priority < b.priority;
    });
    for (const Scheduled& next : todo) {
        if (next.pending == kNoElement || parser.tree[next.pending].parent != kNoElement)
            run.run(next.name, next.pending, next.named);
    }
}

void TransformRun::run(std::string_view name, ElementId pending, bool named) {
    const auto is = [name](std::string_view other) { return name == other; };
    if (pending != kNoElement) {
        if (is("ClassAttribute"))
            class_attribute(pending);
        else if (is("TargetNotes"))
            target_notes(pending);
        else if (is("SectNum"))
            section_numbers(pending);
        else if (is("Contents"))
            contents(pending);
    } else if (is("Substitutions")) {
        substitutions();
    } else if (is("PropagateTargets")) {
        propagate_targets();
    } else if (is("DocTitle")) {
        doc_title();
    } else if (is("DocInfo")) {
        doc_info();
    } else if (is("SectionSubTitle")) {
        if (names_.setting_is_true("sectsubtitle_xform", named))
            section_subtitle();
    } else if (is("StripClassesAndElements")) {
        strip_classes_and_elements();
    } else if (is("AnonymousHyperlinks")) {
        anonymous_hyperlinks();
    } else if (is("IndirectHyperlinks")) {
        indirect_hyperlinks();
    } else if (is("Footnotes")) {
        footnotes();
    } else if (is("ExternalTargets")) {
        external_targets();
    } else if (is("InternalTargets")) {
        internal_targets();
    } else if (is("StripComments")) {
        if (names_.setting_is_true("strip_comments"))
            strip_comments();
    } else if (is("Transitions")) {
        transitions();
    } else if (is("DanglingReferences")) {
        dangling_references();
    } else if (is("ExposeInternals")) {
        expose_internals();
    } else if (is("Messages")) {
        loose_messages();
    } else if (is("FilterMessages")) {
        filter_messages();
    } else if (is("TestMessages")) {
        test_messages();
    } else if (is("Admonitions")) {
        admonitions();
    }
}

// --- docutils.transforms.universal and writer_aux
// -------------------------------------------------

void TransformRun::strip_comments() {
    for (const ElementId comment : find_all(Tag::comment))
        tree_.detach(comment);
}

void TransformRun::strip_classes_and_elements() {
    const auto list = [this](std::string_view key) {
        const auto found = parser_.options.settings.find(key);
        return found == parser_.options.settings.end() ? std::vector<std::string>()
                                                       : parse_json_list(found->second);
    };
    const std::vector<std::string> elements = list("strip_elements_with_classes");
    const std::vector<std::string> classes = list("strip_classes");
    if (elements.empty() && classes.empty())
        return;
    std::vector<ElementId> all;
    for (ElementId id = tree_.root(); id != kNoElement; id = tree_.next_in_order(id, 0))
        all.push_back(id);
    const auto contains = [](const std::vector<std::string>& values, const std::string& value) {
        return std::find(values.begin(), values.end(), value) != values.end();
    };
    for (const ElementId id : all) {
        const std::vector<std::string>& own = tree_.attributes(id).classes;
        if (std::any_of(own.begin(), own.end(),
                        [&](const std::string& value) { return contains(elements, value); })) {
            if (id != tree_.root())
                tree_.detach(id);
            continue;
        }
        // Each class is taken out once.
        for (const std::string& value : classes) {
            if (!contains(tree_.attributes(id).classes, value))
                continue;
            std::vector<std::string>& left = tree_.edit(id).classes;
            left.erase(std::find(left.begin(), left.end(), value));
        }
    }
}

void TransformRun::expose_internals() {
    const auto found = parser_.options.settings.find("expose_internals");
    if (found == parser_.options.settings.end())
        return;
    const std::vector<std::string> wanted = parse_json_list(found->second);
    const auto asked = [&](std::string_view name) {
        return std::find(wanted.begin(), wanted.end(), name) != wanted.end();
    };
    const bool line = asked("line"), source = asked("source");
    for (ElementId id = tree_.root(); id != kNoElement; id = tree_.next_in_order(id, 0)) {
        if (tree_[id].tag == Tag::text || tree_[id].line == 0)
            continue;
        if (line)
            tree_.edit(id).set("internal:line", std::to_string(tree_[id].line));
        if (source)
            tree_.edit(id).set("internal:source", parser_.options.source_name);
    }
}

void TransformRun::loose_messages() {
    ElementId section = kNoElement;
    for (const Message& message : parser_.messages) {
        if (message.element == kNoElement || tree_[message.element].parent != kNoElement)
            continue;
        if (section == kNoElement) {
            section = tree_.make(Tag::section);
            tree_.edit(section).classes = {"system-messages"};
            const ElementId title = tree_.make(Tag::title);
            tree_.append(title, tree_.make_text("Docutils System Messages", Range()));
            tree_.append(section, title);
        }
        tree_.append(section, message.element);
    }
    if (section != kNoElement)
        tree_.append(tree_.root(), section);
}

void TransformRun::filter_messages() {
    const auto found = parser_.options.settings.find("report_level");
    const int level = found == parser_.options.settings.end() || found->second.empty()
                          ? 2
                          : found->second.front() - '0';
    std::vector<std::string> removed;
    for (const ElementId id : find_all(Tag::system_message)) {
        const std::string* own = attribute(id, "level");
        if (own == nullptr || own->empty() || own->front() - '0' >= level)
            continue;
        tree_.detach(id);
        for (const std::string& each : tree_.attributes(id).ids) {
            names_.forget_id(each);
            removed.push_back(each);
        }
    }
    std::sort(removed.begin(), removed.end());
    for (const ElementId id : find_all(Tag::problematic)) {
        const std::string* refid = attribute(id, "refid");
        if (refid == nullptr || !std::binary_search(removed.begin(), removed.end(), *refid))
            continue;
        tree_.replace(id, {text_element(tree_.plain_text(id))});
    }
    for (const ElementId id : find_all(Tag::section)) {
        const std::vector<std::string>& classes = tree_.attributes(id).classes;
        if (std::find(classes.begin(), classes.end(), "system-messages") != classes.end() &&
            tree_[id].first_child == tree_[id].last_child)
            tree_.detach(id);
    }
}

void TransformRun::test_messages() {
    for (std::size_t at = first_message_; at < parser_.messages.size(); ++at) {
        const ElementId id = parser_.messages[at].element;
        if (id != kNoElement && tree_[id].parent == kNoElement)
            tree_.append(tree_.root(), id);
    }
}

void TransformRun::admonitions() {
    static constexpr std::array<Tag, 9> kTags = {Tag::attention, Tag::caution,   Tag::danger,
                                                 Tag::error,     Tag::important, Tag::note,
                                                 Tag::tip,       Tag::hint,      Tag::warning};
    for (ElementId id = tree_.root(); id != kNoElement; id = tree_.next_in_order(id, 0)) {
        const Tag tag = tree_[id].tag;
        if (tag == Tag::admonition)
            tree_.edit(id).classes.emplace_back("admonition");
        if (std::find(kTags.begin(), kTags.end(), tag) == kTags.end())
            continue;
        std::string name(to_string(tag));
        tree_.edit(id).classes.push_back(name);
        name.front() = static_cast<char>(name.front() - 'a' + 'A');
        if (tag == Tag::attention || tag == Tag::caution || tag == Tag::danger)
            name += '!';
        tree_[id].tag = Tag::admonition;
        const ElementId title = tree_.make(Tag::title);
        tree_.append(title, text_element(name));
        if (tree_[id].first_child == kNoElement)
            tree_.append(id, title);
        else
            tree_.insert_before(tree_[id].first_child, title);
    }
}

// --- helpers
// --------------------------------------------------------------------------------------

std::vector<ElementId> TransformRun::find_all(Tag tag) {
    switch (tag) {
        case Tag::target:
            return walked().targets;
        case Tag::reference:
            return walked().references;
        case Tag::substitution_reference:
            return walked().substitution_references;
        case Tag::transition:
            return walked().transitions;
        default:
            break;
    }
    std::vector<ElementId> out;
    for (ElementId id = tree_.root(); id != kNoElement; id = tree_.next_in_order(id, 0)) {
        if (tree_[id].tag == tag)
            out.push_back(id);
    }
    return out;
}

const TransformRun::Walked& TransformRun::walked() {
    if (walked_.changes == tree_.changes())
        return walked_;
    for (std::vector<ElementId>* list :
         {&walked_.targets, &walked_.references, &walked_.referential,
          &walked_.substitution_references, &walked_.transitions})
        list->clear();
    for (ElementId id = tree_.root(); id != kNoElement; id = tree_.next_in_order(id, 0)) {
        const Tag tag = tree_[id].tag;
        if (tag == Tag::target)
            walked_.targets.push_back(id);
        else if (tag == Tag::reference)
            walked_.references.push_back(id);
        else if (tag == Tag::substitution_reference)
            walked_.substitution_references.push_back(id);
        else if (tag == Tag::transition)
            walked_.transitions.push_back(id);
        if (is_a(tree_, id, kReferential))
            walked_.referential.push_back(id);
    }
    walked_.changes = tree_.changes();
    return walked_;
}

ElementId TransformRun::following(ElementId id) const {
    while (id != kNoElement && tree_[id].next == kNoElement)
        id = tree_[id].parent;
    return id == kNoElement ? kNoElement : tree_[id].next;
}

void TransformRun::add_basic_attributes(ElementId from, ElementId to) {
    const auto add = [](const std::vector<std::string>& more, std::vector<std::string>& list) {
        for (const std::string& value : more) {
            if (std::find(list.begin(), list.end(), value) == list.end())
                list.push_back(value);
        }
    };
    if (tree_[from].attributes == kNoElement)
        return;
    const Attributes& source = tree_.attributes(from);
    if (source.ids.empty() && source.classes.empty() && source.names.empty() &&
        source.dupnames.empty())
        return;
    Attributes& target = tree_.edit(to);
    add(source.ids, target.ids);
    add(source.classes, target.classes);
    add(source.names, target.names);
    add(source.dupnames, target.dupnames);
}

void TransformRun::replace_self(ElementId old, const std::vector<ElementId>& with) {
    if (!with.empty() && tree_[with.front()].tag != Tag::text)
        add_basic_attributes(old, with.front());
    if (tree_[old].parent != kNoElement)
        tree_.replace(old, with);
}

void TransformRun::make_problem(ElementId ref, ElementId message) {
    const bool linked = parser_.options.message_elements;
    const std::string message_id = linked ? names_.set_id(message) : std::string();
    const ElementId problem = tree_.make(Tag::problematic, tree_[ref].range);
    const std::string_view source = tree_[ref].source;
    tree_[problem].source = source;
    if (!source.empty())
        tree_.append(problem, tree_.make_text(source, tree_[ref].range));
    if (linked) {
        tree_.edit(problem).set("refid", message_id);
        const std::string back = names_.set_id(problem);
        tree_.edit(message).backrefs.push_back(back);
    }
    replace_self(ref, {problem});
}

std::string parse_text_repr(std::string_view repr) {
    if (repr.size() < 2 || (repr.front() != '\'' && repr.front() != '"') ||
        repr.back() != repr.front())
        return std::string(repr);
    std::string out;
    for (std::size_t at = 1; at + 1 < repr.size(); ++at) {
        if (repr[at] == '\\' && at + 2 < repr.size()) {
            ++at;
            out.push_back(repr[at] == 'n' ? '\n' : repr[at] == 't' ? '\t' : repr[at]);
        } else {
            out.push_back(repr[at]);
        }
    }
    return out;
}

std::vector<std::string> parse_list_repr(std::string_view repr) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < repr.size(); ++at) {
        const char quote = repr[at];
        if (quote != '\'' && quote != '"')
            continue;
        std::size_t end = at + 1;
        while (end < repr.size() && repr[end] != quote)
            end += repr[end] == '\\' ? 2 : 1;
        if (end >= repr.size())
            break;
        out.push_back(parse_text_repr(repr.substr(at, end + 1 - at)));
        at = end;
    }
    return out;
}

}  // namespace docathon::rst
