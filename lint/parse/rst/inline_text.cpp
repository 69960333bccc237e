// What the inliner puts into the tree: text, standalone URIs, problematic pieces.

#include <algorithm>
#include <cstdlib>

#include "lint/parse/rst/inline.h"
#include "lint/parse/rst/inline_chars.h"

namespace docathon::rst {

namespace {

/// The number as docutils' templates print it ("%04d" for PEPs), of any length.
std::string number_text(std::string_view digits, std::size_t width) {
    while (digits.size() > 1 && digits.front() == '0')
        digits.remove_prefix(1);
    std::string out(digits.size() < width ? width - digits.size() : 0, '0');
    return out += digits;
}

}  // namespace

ElementId make_escaped_text(Tree& tree, std::string_view content, Range range) {
    if (content.find('\0') == std::string_view::npos)
        return tree.make_text(content, range);
    const ElementId text = tree.make_text(tree.keep(unescape(content)), range);
    tree[text].source = content;
    return text;
}

ElementId make_problematic(Parser& parser, std::string_view source, Range range, ElementId message,
                           ElementId message_parent) {
    Tree& tree = parser.tree;
    const bool linked = parser.options.message_elements;
    std::string id = linked ? parser.names.set_id(message, message_parent) : std::string();
    const ElementId problematic = tree.make(Tag::problematic, range);
    tree[problematic].content = range;
    tree[problematic].source = source;
    if (!source.empty())
        tree.append(problematic, tree.make_text(source, range));
    if (!linked)
        return problematic;
    tree.edit(problematic).set("refid", std::move(id));
    const std::string back = parser.names.set_id(problematic);
    tree.edit(message).backrefs.push_back(back);
    return problematic;
}

void Inliner::add_text(ElementId parent, std::size_t begin, std::size_t end) {
    if (begin >= end)
        return;
    const Range where = range(begin, end);
    const std::string_view content = piece(begin, end);
    if (!escapes_ || content.find('\0') == kNone)
        tree_.append(parent, tree_.make_text(written(begin, end), where));
    else
        tree_.append(parent, make_escaped_text(tree_, content, where));
}

ElementId Inliner::make_element(Tag tag, std::size_t begin, std::size_t end,
                                std::size_t content_begin, std::size_t content_end) {
    const ElementId element = tree_.make(tag, range(begin, end));
    tree_[element].content = range(content_begin, content_end);
    tree_[element].source = written(begin, end);
    return element;
}

ElementId Inliner::add_element(Tag tag, std::size_t begin, std::size_t end,
                               std::size_t content_begin, std::size_t content_end) {
    const ElementId element = make_element(tag, begin, end, content_begin, content_end);
    tree_.append(parent_, element);
    return element;
}

/// Reports a construct [begin, end) of which [problem_begin, problem_end) becomes problematic; goes
/// on behind that.
void Inliner::report(std::uint8_t level, std::string text, std::size_t begin, std::size_t end,
                     std::size_t problem_begin, std::size_t problem_end) {
    flush(problem_begin);
    const ElementId message = parser_.report(level, std::move(text), line_, range(begin, end));
    tree_.append(parent_, make_problematic(parser_, written(problem_begin, problem_end),
                                           range(problem_begin, problem_end), message,
                                           parser_.current_node()));
    messages_.push_back(message);
    go_on(problem_end);
}

/// Text up to `end` goes into the tree.
void Inliner::flush(std::size_t end) {
    if (text_begin_ >= end)
        return;
    if (hint_ < end || parser_.options.pep_references || parser_.options.rfc_references)
        add_plain(text_begin_, end);
    else
        add_text(parent_, text_begin_, end);
    text_begin_ = end;
}

/// docutils implicit_inline(): a URI divides the text, and what is left and right of it is searched
/// again on its own. A URI whose scheme is not known ends the search, as it does there.
void Inliner::add_plain(std::size_t begin, std::size_t end) {
    while (begin < end) {
        const std::string_view text = piece(begin, end);
        const std::size_t from = hint_ > begin && hint_ != kNone ? hint_ - begin : 0;
        UriMatch match;
        const bool found = find_uri(text, from, match, anywhere_);
        if (!found || (!match.mail && !is_known_scheme(text.substr(
                                          match.begin, match.scheme_end - match.begin)))) {
            add_pep_and_rfc(begin, end, true);
            return;
        }
        // What is left of the match ends where it begins, which may make a shorter URI of it.
        if (match.begin > 0) {
            const std::size_t middle = begin + match.begin;
            UriMatch left;
            if (find_uri(text.substr(0, match.begin), std::min(from, match.begin), left,
                         anywhere_) &&
                left.end < match.begin + 1 && left.begin < match.begin)
                add_plain(begin, middle);
            else
                add_pep_and_rfc(begin, middle, true);
        }
        const std::size_t uri_begin = begin + match.begin, uri_end = begin + match.end;
        const ElementId element =
            add_element(Tag::reference, uri_begin, uri_end, uri_begin, uri_end);
        std::string uri = match.mail ? "mailto:" : "";
        uri += unescape(piece(uri_begin, uri_end));
        tree_.edit(element).set("refuri", std::move(uri));
        add_text(element, uri_begin, uri_end);
        begin = uri_end;
        hint_ = kNone;
    }
}

void Inliner::add_pep_and_rfc(std::size_t begin, std::size_t end, bool pep) {
    const auto add_reference = [this](std::size_t first, std::size_t last, std::string uri) {
        const ElementId element = add_element(Tag::reference, first, last, first, last);
        tree_.edit(element).set("refuri", std::move(uri));
        add_text(element, first, last);
    };
    if (pep && !parser_.options.pep_references)
        pep = false;
    if (!pep && !parser_.options.rfc_references) {
        add_text(parent_, begin, end);
        return;
    }
    while (begin < end) {
        NumberMatch match;
        const std::string_view text = piece(begin, end);
        if (pep ? !find_pep(text, 0, match) : !find_rfc(text, 0, match)) {
            if (pep)
                add_pep_and_rfc(begin, end, false);
            else
                add_text(parent_, begin, end);
            return;
        }
        if (match.begin > 0) {
            if (pep)
                add_pep_and_rfc(begin, begin + match.begin, false);
            else
                add_text(parent_, begin, begin + match.begin);
        }
        if (pep) {
            add_reference(begin + match.begin, begin + match.end,
                          names_.setting_text("pep_base_url", "https://peps.python.org/") + "pep-" +
                              number_text(match.digits, 4));
        } else {
            add_reference(begin + match.begin, begin + match.end,
                          names_.setting_text("rfc_base_url", "https://tools.ietf.org/html/") +
                              "rfc" + number_text(match.digits, 1) + ".html");
        }
        begin += match.end;
    }
}

}  // namespace docathon::rst
