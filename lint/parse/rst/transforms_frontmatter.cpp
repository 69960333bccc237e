// docutils.transforms.frontmatter: document title, section subtitles, bibliographic fields.

#include <algorithm>
#include <array>

#include "lint/parse/rst/python_text.h"
#include "lint/parse/rst/transform_run.h"

namespace docathon::rst {

namespace {

struct Biblio {
    std::string_view name;
    Tag tag;
};
constexpr std::array<Biblio, 12> kBiblio = {{
    {"author", Tag::author},
    {"authors", Tag::authors},
    {"organization", Tag::organization},
    {"address", Tag::address},
    {"contact", Tag::contact},
    {"version", Tag::version},
    {"revision", Tag::revision},
    {"status", Tag::status},
    {"date", Tag::date},
    {"copyright", Tag::copyright},
    {"dedication", Tag::topic},
    {"abstract", Tag::topic},
}};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool equal_caseless(std::string_view a, std::string_view b) {
    return a.size() == b.size() && lowercase(a) == b;
}

/// `$Date: 2001-02-03 04:05:06 $` -> `2001-02-03`, `$RCSfile: x,v $` -> `x`, `$Key: x $` -> `x`;
/// false if the text has no such keyword.
bool clean_rcs_keyword(std::string_view text, std::string& out) {
    for (std::size_t at = text.find('$'); at != std::string_view::npos;
         at = text.find('$', at + 1)) {
        std::size_t colon = at + 1;
        while (colon < text.size() && ((text[colon] >= 'a' && text[colon] <= 'z') ||
                                       (text[colon] >= 'A' && text[colon] <= 'Z')))
            ++colon;
        if (colon == at + 1 || text.substr(colon, 2) != ": ")
            continue;
        const std::string_view key = text.substr(at + 1, colon - at - 1);
        const std::size_t begin = colon + 2;
        std::string_view line = text.substr(begin);
        line = line.substr(0, line.find('\n'));
        const std::size_t dollar = line.rfind(" $");
        if (dollar == std::string_view::npos || dollar == 0)
            continue;
        std::string_view value = line.substr(0, dollar);
        std::size_t end = begin + dollar + 2;
        if (equal_caseless(key, "date")) {
            const std::string_view date = value.substr(0, std::min<std::size_t>(10, value.size()));
            const auto separator = [&](std::size_t i) { return date[i] == '-' || date[i] == '/'; };
            bool fits = value.size() > 11 && separator(4) && separator(7) &&
                        (value[10] == ' ' || value[10] == 'T') &&
                        (is_digit(value[11]) || value[11] == ':');
            for (const std::size_t i : {0, 1, 2, 3, 5, 6, 8, 9})
                fits = fits && is_digit(date[i]);
            if (fits) {
                const std::size_t close = text.find('$', begin);
                out = std::string(text.substr(0, at)) + std::string(date.substr(0, 4)) + "-" +
                      std::string(date.substr(5, 2)) + "-" + std::string(date.substr(8, 2)) +
                      std::string(text.substr(close + 1));
                return true;
            }
        }
        if (equal_caseless(key, "rcsfile") && value.size() > 2 &&
            equal_caseless(value.substr(value.size() - 2), ",v"))
            value.remove_suffix(2);
        out = std::string(text.substr(0, at)) + std::string(value) + std::string(text.substr(end));
        return true;
    }
    return false;
}

/// Copies all attributes; lists grow, the rest is replaced.
void add_all_attributes(const Attributes& from, Attributes& to) {
    const auto add = [](const std::vector<std::string>& more, std::vector<std::string>& list) {
        for (const std::string& value : more) {
            if (std::find(list.begin(), list.end(), value) == list.end())
                list.push_back(value);
        }
    };
    add(from.ids, to.ids);
    add(from.names, to.names);
    add(from.dupnames, to.dupnames);
    add(from.classes, to.classes);
    add(from.backrefs, to.backrefs);
    for (const auto& [key, value] : from.others)
        to.set(key, value);
}

/// Extracts the bibliographic fields of one field list.
class BiblioReader {
  public:
    BiblioReader(Parser& parser, ElementId docinfo)
        : parser_(parser), tree_(parser.tree), docinfo_(docinfo) {}

    void read(ElementId field);
    ElementId dedication = kNoElement, abstract = kNoElement;

  private:
    bool extract(ElementId field, const std::string& name, const std::string& normalized);
    bool is_single_paragraph(ElementId field, const std::string& name);
    bool extract_authors(ElementId field, const std::string& name);
    void warn(ElementId field, std::string text);
    void clean(ElementId paragraph);
    void add_author(ElementId authors, ElementId paragraph);
    [[nodiscard]] ElementId body_of(ElementId field) const { return tree_[field].last_child; }
    [[nodiscard]] ElementId only_paragraph(ElementId body) const {
        const ElementId child = tree_[body].first_child;
        return child != kNoElement && tree_[child].next == kNoElement &&
                       tree_[child].tag == Tag::paragraph
                   ? child
                   : kNoElement;
    }

    Parser& parser_;
    Tree& tree_;
    ElementId docinfo_;
};

void BiblioReader::warn(ElementId field, std::string text) {
    const ElementId message =
        parser_.report(2, std::move(text), parser_.names.line_of(field), tree_[field].range);
    tree_.append(body_of(field), message);
}

void BiblioReader::clean(ElementId paragraph) {
    const ElementId text = tree_[paragraph].first_child;
    if (text == kNoElement || tree_[text].next != kNoElement || tree_[text].tag != Tag::text)
        return;
    std::string cleaned;
    if (!clean_rcs_keyword(tree_[text].text, cleaned))
        return;
    const std::string_view kept = tree_.keep(cleaned);
    tree_[text].text = kept;
    tree_[text].source = {};
}

void BiblioReader::read(ElementId field) {
    const ElementId field_name = tree_[field].first_child;
    if (field_name == kNoElement)
        return;
    const ElementId first = tree_[field_name].first_child;
    const std::string name = first == kNoElement ? std::string() : tree_.plain_text(first);
    const std::string normalized = fully_normalize_name(name);
    if (extract(field, name, normalized))
        return;
    if (const ElementId paragraph = only_paragraph(body_of(field)); paragraph != kNoElement)
        clean(paragraph);
    if (std::string value = make_id(normalized); !value.empty())
        tree_.edit(field).classes.push_back(std::move(value));
    tree_.detach(field);
    tree_.append(docinfo_, field);
}

bool BiblioReader::extract(ElementId field, const std::string& name,
                           const std::string& normalized) {
    const ElementId body = body_of(field);
    const auto known = std::find_if(kBiblio.begin(), kBiblio.end(), [&](const Biblio& biblio) {
        return biblio.name == normalized;
    });
    if (known == kBiblio.end() || tree_[tree_[field].first_child].next != body)
        return false;
    if (tree_[body].first_child == kNoElement) {
        warn(field, "Cannot extract empty bibliographic field \"" + name + "\".");
        return false;
    }
    if (known->tag == Tag::authors)
        return extract_authors(field, name);
    if (known->tag == Tag::topic) {
        ElementId& topic = normalized == "dedication" ? dedication : abstract;
        if (topic != kNoElement) {
            warn(field, "There can only be one \"" + name + "\" field.");
            return false;
        }
        topic = tree_.make(Tag::topic, tree_[field].range);
        tree_.edit(topic).classes.push_back(normalized);
        const ElementId title = tree_.make(Tag::title, tree_[tree_[field].first_child].range);
        tree_.append(title, tree_.make_text(normalized == "dedication" ? "Dedication" : "Abstract",
                                            Range()));
        tree_.append(topic, title);
        tree_.move_children(body, topic);
        return true;
    }
    if (!is_single_paragraph(field, name))
        return false;
    const ElementId paragraph = tree_[body].first_child;
    clean(paragraph);
    const ElementId element = tree_.make(known->tag, tree_[field].range);
    tree_.move_children(paragraph, element);
    tree_.append(docinfo_, element);
    return true;
}

bool BiblioReader::is_single_paragraph(ElementId field, const std::string& name) {
    const ElementId body = body_of(field);
    if (only_paragraph(body) != kNoElement)
        return true;
    // An initial, as in "E. Xampl", looks like an enumerated list.
    const std::string_view source = python::strip(tree_[body].source);
    if (tree_[tree_[body].first_child].tag == Tag::enumerated_list && !source.empty() &&
        source.find('\n') == std::string_view::npos) {
        const ElementId paragraph = tree_.make(Tag::paragraph, tree_[body].range);
        Line line = parser_.source.make_line("\\" + std::string(source), tree_[field].line,
                                             {{0, tree_[body].range.begin}});
        const std::size_t reported = parser_.messages.size();
        const std::vector<ElementId> messages = parser_.parse_inline(
            JoinedText(tree_, parser_.source, line), tree_[field].line, paragraph);
        parser_.messages.resize(reported);
        if (messages.empty()) {
            while (tree_[body].first_child != kNoElement)
                tree_.detach(tree_[body].first_child);
            tree_.append(body, paragraph);
            return true;
        }
    }
    std::string content;
    std::size_t count = 0;
    for (ElementId child = tree_[body].first_child; child != kNoElement;
         child = tree_[child].next) {
        if (tree_[child].tag == Tag::system_message)
            continue;
        content += (count++ > 0 ? ", <" : "<") + std::string(to_string(tree_[child].tag)) + ">";
    }
    content = count > 1 ? "[" + content + "]" : "a " + content;
    warn(field, "Bibliographic field \"" + name + "\"\nmust contain a single <paragraph>, not " +
                    content + ".");
    return false;
}

void BiblioReader::add_author(ElementId authors, ElementId paragraph) {
    if (tree_[paragraph].first_child == kNoElement)
        return;
    const ElementId author = tree_.make(Tag::author, tree_[paragraph].range);
    tree_.move_children(paragraph, author);
    tree_.append(authors, author);
}

bool BiblioReader::extract_authors(ElementId field, const std::string& name) {
    const ElementId body = body_of(field);
    const ElementId first = tree_[body].first_child;
    const ElementId authors = tree_.make(Tag::authors, tree_[field].range);
    bool good = true;
    if (tree_[first].next == kNoElement && tree_[first].tag == Tag::paragraph) {
        std::string text;  // with NUL before what is escaped
        for (ElementId id = first; id != kNoElement; id = tree_.next_in_order(id, first)) {
            if (tree_[id].tag == Tag::text)
                text += tree_[id].source.empty() ? tree_[id].text : tree_[id].source;
        }
        for (const char separator : {';', ','}) {
            std::vector<std::string_view> names;
            std::size_t begin = 0;
            for (std::size_t at = 0; at <= text.size(); ++at) {
                const bool split = at == text.size() ||
                                   (text[at] == separator && (at == 0 || text[at - 1] != '\0'));
                if (!split)
                    continue;
                names.push_back(std::string_view(text).substr(begin, at - begin));
                begin = at + 1;
            }
            if (names.size() == 1 && separator == ';')
                continue;
            for (const std::string_view each : names) {
                const std::string_view stripped = python::strip(each);
                if (stripped.empty())
                    continue;
                const ElementId author = tree_.make(Tag::author, tree_[first].range);
                const std::string_view kept = tree_.keep(unescape(stripped));
                tree_.append(author, tree_.make_text(kept, tree_[first].range));
                tree_.append(authors, author);
            }
            break;
        }
    } else if (tree_[first].next == kNoElement && tree_[first].tag == Tag::bullet_list) {
        std::vector<ElementId> paragraphs;
        for (ElementId item = tree_[first].first_child; item != kNoElement;
             item = tree_[item].next) {
            if (tree_[item].tag == Tag::comment)
                continue;
            const ElementId paragraph = only_paragraph(item);
            good = good && paragraph != kNoElement;
            paragraphs.push_back(paragraph);
        }
        for (std::size_t at = 0; good && at < paragraphs.size(); ++at)
            add_author(authors, paragraphs[at]);
    } else if (tree_[first].next == kNoElement) {
        good = false;
    } else {
        for (ElementId item = first; item != kNoElement; item = tree_[item].next) {
            good = good && (tree_[item].tag == Tag::paragraph || tree_[item].tag == Tag::comment);
        }
        for (ElementId item = first; good && item != kNoElement; item = tree_[item].next) {
            if (tree_[item].tag == Tag::paragraph)
                add_author(authors, item);
        }
    }
    if (good && tree_[authors].first_child != kNoElement) {
        tree_.append(docinfo_, authors);
        return true;
    }
    warn(field, "Cannot extract \"" + name +
                    "\" from bibliographic field:\nBibliographic field \"" + name +
                    "\" must contain either\n a single paragraph (with author names separated by "
                    "a character from the set \";,\"),\n multiple paragraphs (one per author),\n "
                    "or a bullet list with one author name per item.\nNote: Leading initials can "
                    "cause (mis)recognizing names as enumerated list.");
    return false;
}

}  // namespace

/// The only section behind what may stand before a title; kNoElement if it is not the last child.
ElementId TransformRun::promotion_candidate(ElementId node) const {
    ElementId child = tree_[node].first_child;
    while (child != kNoElement && is_a(tree_, child, kPreBibliographic))
        child = tree_[child].next;
    return child != kNoElement && tree_[child].next == kNoElement &&
                   tree_[child].tag == Tag::section
               ? child
               : kNoElement;
}

bool TransformRun::promote_subtitle(ElementId node) {
    const ElementId section = promotion_candidate(node);
    if (section == kNoElement || section == tree_[node].first_child)
        return false;
    const ElementId section_title = tree_[section].first_child;
    if (section_title == kNoElement)
        return false;
    const ElementId subtitle = tree_.make(Tag::subtitle, tree_[section_title].range);
    add_all_attributes(tree_.attributes(section), tree_.edit(subtitle));
    tree_.detach(section_title);
    tree_.detach(section);
    tree_.move_children(section_title, subtitle);
    tree_.insert_after(tree_[node].first_child, subtitle);
    tree_.move_children(section, node);
    return true;
}

void TransformRun::doc_title() {
    const ElementId root = tree_.root();
    // Sphinx does not promote titles, and neither does the permissive mode.
    const bool plain = parser_.options.mode == Mode::plain;
    if (names_.setting_is_true("doctitle_xform", plain)) {
        const ElementId section = promotion_candidate(root);
        const bool has_title = tree_[root].first_child != kNoElement &&
                               tree_[tree_[root].first_child].tag == Tag::title;
        if (section != kNoElement && !has_title) {
            add_all_attributes(tree_.attributes(section), tree_.edit(root));
            tree_.detach(section);
            const ElementId title = tree_[section].first_child;
            tree_.detach(title);
            if (tree_[root].first_child == kNoElement)
                tree_.append(root, title);
            else
                tree_.insert_before(tree_[root].first_child, title);
            tree_.move_children(section, root);
            promote_subtitle(root);
        }
    }
    if (!has(root, "title")) {
        const std::string set = names_.setting_text("title", "");
        const ElementId first = tree_[root].first_child;
        if (!set.empty())
            tree_.edit(root).set("title", set);
        else if (first != kNoElement && tree_[first].tag == Tag::title)
            tree_.edit(root).set("title", tree_.plain_text(first));
    }
}

void TransformRun::section_subtitle() {
    for (const ElementId section : find_all(Tag::section)) {
        // A section that became a subtitle meanwhile is in no tree any more.
        if (tree_[section].parent != kNoElement)
            promote_subtitle(section);
    }
}

void TransformRun::doc_info() {
    if (!names_.setting_is_true("docinfo_xform", true))
        return;
    const ElementId root = tree_.root();
    ElementId candidate = tree_[root].first_child;
    while (candidate != kNoElement && is_a(tree_, candidate, kPreBibliographic))
        candidate = tree_[candidate].next;
    if (candidate == kNoElement || tree_[candidate].tag != Tag::field_list)
        return;
    ElementId place = tree_[root].first_child;
    while (is_a(tree_, place, kTitular) || tree_[place].tag == Tag::decoration ||
           tree_[place].tag == Tag::meta)
        place = tree_[place].next;
    const ElementId docinfo = tree_.make(Tag::docinfo, tree_[candidate].range);
    BiblioReader reader(parser_, docinfo);
    for (ElementId field = tree_[candidate].first_child; field != kNoElement;) {
        const ElementId next = tree_[field].next;
        reader.read(field);
        field = next;
    }
    if (tree_[docinfo].first_child != kNoElement)
        tree_.insert_before(place, docinfo);
    for (const ElementId topic : {reader.dedication, reader.abstract}) {
        if (topic != kNoElement)
            tree_.insert_before(place, topic);
    }
    tree_.detach(candidate);
}

}  // namespace docathon::rst
