// The way through a text block: from one start-string to the next.

#include "lint/parse/rst/inline.h"

#include <algorithm>

#include "lint/parse/rst/inline_chars.h"
#include "lint/parse/rst/python_text.h"

namespace docathon::rst {

namespace {

enum Event : std::uint8_t { kPlain, kMark, kUriMark };

/// Bytes at which something may begin or end; all others are skipped.
constexpr std::array<std::uint8_t, 256> make_events() {
    std::array<std::uint8_t, 256> events{};
    for (const char c : {'*', '`', '_', '|', '['})
        events[static_cast<unsigned char>(c)] = kMark;
    events[':'] = events['@'] = kUriMark;
    return events;
}
constexpr std::array<std::uint8_t, 256> kEvents = make_events();

bool all_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Offset of the `<` of an embedded `<URI or alias_>` that ends the text; npos without one.
std::size_t embedded_begin(std::string_view text) {
    constexpr std::size_t none = std::string_view::npos;
    if (text.size() < 3 || text.back() != '>')
        return none;
    const std::size_t close = text.size() - 1;
    const std::size_t last = previous_char(text, 0, close);
    if (text[last] == '\0' || (char_class(text, last) & kSpace) != 0)
        return none;
    std::size_t open = none;
    for (std::size_t at = close; at-- > 0;) {
        const bool escaped = at > 0 && text[at - 1] == '\0';
        if (escaped || (text[at] != '<' && text[at] != '>'))
            continue;
        open = text[at] == '<' ? at : none;
        break;
    }
    if (open == none || open + 1 == close || (char_class(text, open + 1) & kSpace) != 0)
        return none;
    const bool at_begin = open == 0 || text[open - 1] == ' ' || text[open - 1] == '\n';
    return at_begin ? open : none;
}

/// A URI as written: white space that is not escaped goes, escapes are resolved.
std::string clean_uri(std::string_view text) {
    const auto plain = [](char c) { return c > ' ' && c < '\x7f' && c != '\\'; };
    if (std::all_of(text.begin(), text.end(), plain))
        return adjust_uri(text);
    std::string joined;
    std::size_t begin = 0;
    const auto add = [&](std::string_view part) {
        for (const std::string_view word : python::split(part))
            joined += word;
    };
    for (std::size_t at = 0; at + 1 < text.size(); ++at) {
        if (text[at] != '\0' || (text[at + 1] != ' ' && text[at + 1] != '\n'))
            continue;
        add(text.substr(begin, at - begin));
        joined += ' ';
        begin = at + 2;
        ++at;
    }
    add(text.substr(std::min(begin, text.size())));
    std::string uri = adjust_uri(unescape(joined));
    if (uri.size() >= 2 && uri.compare(uri.size() - 2, 2, "\\_") == 0)
        uri.replace(uri.size() - 2, 2, "_");
    return uri;
}

}  // namespace

std::vector<ElementId> Parser::parse_inline(const JoinedText& text, std::uint32_t line,
                                            ElementId parent) {
    return Inliner(*this, text, line, parent).run();
}

Inliner::Inliner(Parser& parser, const JoinedText& joined, std::uint32_t line, ElementId parent)
    : parser_(parser),
      tree_(parser.tree),
      names_(parser.names),
      joined_(joined),
      raw_(joined.text()),
      text_(raw_),
      line_(line),
      parent_(parent) {
    anywhere_ = names_.inline_anywhere;
    const bool nul = raw_.find('\0') != kNone;
    escapes_ = nul || raw_.find('\\') != kNone;
    if (!escapes_)
        return;
    char* copy = tree_.allocate(raw_.size());
    std::copy(raw_.begin(), raw_.end(), copy);
    for (std::size_t at = 0; at < raw_.size(); ++at) {
        if (copy[at] == '\\') {
            copy[at] = '\0';
            ++at;  // what is escaped, a backslash too, is text
        }
    }
    text_ = {copy, raw_.size()};
    if (nul) {
        // docutils takes a NUL of the file for its own mark of an escape.
        char* written = tree_.allocate(raw_.size());
        std::replace_copy(copy, copy + raw_.size(), written, '\0', '\\');
        raw_ = {written, raw_.size()};
    }
}

std::vector<ElementId> Inliner::run() {
    std::size_t at = 0;
    const std::size_t size = text_.size();
    while (at < size) {
        const std::uint8_t event = kEvents[static_cast<unsigned char>(text_[at])];
        if (event == kPlain) {
            ++at;
            continue;
        }
        if (event == kUriMark) {
            hint_ = std::min(hint_, at);
            ++at;
            continue;
        }
        bool found = false;
        switch (text_[at]) {
            case '*':
                found = star(at);
                break;
            case '`':
                found = backquote(at);
                break;
            case '_':
                found = underscore(at);
                break;
            case '|':
                found = bar(at);
                break;
            default:
                found = bracket(at);
                break;
        }
        at = found ? base_ : at + 1;
    }
    flush(size);
    return std::move(messages_);
}

bool Inliner::star(std::size_t at) {
    if (!may_start(at))
        return false;
    const bool two = at + 1 < text_.size() && text_[at + 1] == '*';
    const std::size_t length = two ? 2 : 1;
    return no_space_at(at + length) && simple(at, length, two ? kStrong : kEmphasis);
}

bool Inliner::bar(std::size_t at) {
    return may_start(at) && no_space_at(at + 1) &&
           (at + 1 >= text_.size() || text_[at + 1] != '|') && simple(at, 1, kSubstitution);
}

bool Inliner::bracket(std::size_t at) {
    if (!may_start(at))
        return false;
    const std::size_t end = label_end(at);
    if (end == kNone)
        return false;
    footnote_reference(at, end);
    return true;
}

bool Inliner::backquote(std::size_t at) {
    if (at + 1 < text_.size() && text_[at + 1] == '`')
        return may_start(at) && no_space_at(at + 2) && simple(at, 2, kLiteral);
    if (!no_space_at(at + 1))
        return false;
    const std::size_t role = role_begin(at);
    if (role != kNone)
        return interpreted(role, at);
    return may_start(at) && interpreted(at, at);
}

bool Inliner::underscore(std::size_t at) {
    // Inside of words a reference may end right before a backquote.
    if (at + 1 < text_.size() && text_[at + 1] == '`' && !(anywhere_ && reference(at)))
        return may_start(at) && no_space_at(at + 2) && simple(at, 2, kTarget);
    return base_ > at || reference(at);
}

/// A simple reference whose name ends at `at`.
bool Inliner::reference(std::size_t at) {
    if (at == base_)
        return false;
    std::size_t name_end = at;
    if (anywhere_) {
        // The longest name that an underscore follows.
        const std::size_t longest = match_simple_name(text_, name_stretch(at));
        for (std::size_t end = longest; end > at; --end) {
            if (end < text_.size() && text_[end] == '_') {
                name_end = end;
                break;
            }
        }
    }
    // Of two underscores both, if that is the end.
    const bool two =
        name_end + 1 < text_.size() && text_[name_end + 1] == '_' && may_end(name_end + 2);
    if (!two && !may_end(name_end + 1))
        return false;
    std::size_t begin = name_stretch(at);
    while (begin < at && ((char_class(text_, begin) & kWord) == 0 || !may_start(begin)))
        begin += decode_one(text_, begin).length;
    if (begin >= at)
        return false;
    const std::size_t end = name_end + (two ? 2 : 1);
    flush(begin);
    const ElementId element = add_element(Tag::reference, begin, end, begin, name_end);
    const std::string_view name = piece(begin, name_end);
    Attributes& attributes = tree_.edit(element);
    attributes.set("name", std::string(name));
    if (two) {
        attributes.set("anonymous", "1");
    } else {
        attributes.set("refname", fully_normalize_name(name));
        names_.note_refname(element);
    }
    add_text(element, begin, name_end);
    go_on(end);
    return true;
}

/// Emphasis, strong, literal, target, substitution reference: a start-string, text, an end-string.
bool Inliner::simple(std::size_t at, std::size_t length, End end) {
    const std::size_t content = at + length;
    if (is_quoted(at, content)) {
        base_ = content;
        return true;
    }
    static constexpr std::array<Tag, kEnds> kTags = {
        Tag::emphasis,       Tag::strong, Tag::literal, Tag::target, Tag::substitution_reference,
        Tag::title_reference};
    const Tag tag = kTags[end];
    // An end-string right behind the start-string ends nothing and is the first that is found.
    const char first = content < text_.size() ? text_[content] : ' ';
    const bool empty = (end == kEmphasis || end == kStrong ? first == '*'
                        : end == kSubstitution             ? first == '|'
                                                           : first == '`') &&
                       token_length(end, content) != kNone;
    const std::size_t found = empty || content >= text_.size() ? kNone : find_end(end, content + 1);
    if (found == kNone) {
        report(2, "Inline " + std::string(to_string(tag)) + " start-string without end-string.", at,
               content, at, content);
        return true;
    }
    const std::size_t behind = found + token_length(end, found);
    flush(at);
    if (end == kSubstitution) {
        substitution(at, found, behind);
        go_on(behind);
        return true;
    }
    const ElementId element = make_element(tag, at, behind, content, found);
    if (end == kLiteral)
        tree_.append(element, tree_.make_text(written(content, found), range(content, found)));
    else
        add_text(element, content, found);
    if (end == kTarget) {
        tree_.edit(element).names.push_back(fully_normalize_name(unescape(piece(content, found))));
        // While it stands nowhere: a message has the line that the parser is on.
        names_.note_explicit_target(element, parser_.current_node());
    }
    tree_.append(parent_, element);
    go_on(behind);
    return true;
}

void Inliner::substitution(std::size_t at, std::size_t text_end, std::size_t end) {
    const std::string text = unescape(piece(at + 1, text_end));
    const std::size_t underscores = end - text_end - 1;
    ElementId reference = kNoElement;
    const ElementId outer = parent_;
    if (underscores > 0) {
        reference = add_element(Tag::reference, at, end, at, text_end + 1);
        parent_ = reference;
    }
    const ElementId element =
        add_element(Tag::substitution_reference, at, text_end + 1, at + 1, text_end);
    tree_[element].source = written(at, end);
    parent_ = outer;
    add_text(element, at + 1, text_end);
    names_.note_substitution_ref(element, text);
    if (reference == kNoElement)
        return;
    if (underscores == 2) {
        tree_.edit(reference).set("anonymous", "1");
    } else {
        tree_.edit(reference).set("refname", fully_normalize_name(text));
        names_.note_refname(reference);
    }
}

void Inliner::footnote_reference(std::size_t at, std::size_t label_end) {
    const std::string_view label = piece(at + 1, label_end);
    const std::size_t end = label_end + 2;
    const bool number = all_digits(label);
    const bool automatic = label[0] == '#';
    const bool symbol = label[0] == '*';
    const bool citation = !number && !automatic && !symbol;
    std::size_t text_end = at;
    if (!citation && names_.setting_is_true("trim_footnote_reference_space")) {
        while (text_end > base_) {
            const std::size_t before = previous_char(text_, base_, text_end);
            if ((char_class(text_, before) & kSpace) == 0)
                break;
            text_end = before;
        }
    }
    flush(text_end);
    const ElementId element = add_element(
        citation ? Tag::citation_reference : Tag::footnote_reference, at, end, at + 1, label_end);
    std::string name = fully_normalize_name(label);
    if (citation) {
        tree_.edit(element).set("refname", std::move(name));
        add_text(element, at + 1, label_end);
        names_.note_citation_ref(element);
    } else {
        if (automatic) {
            name.erase(0, 1);
            tree_.edit(element).set("auto", "1");
            names_.note_autofootnote_ref(element);
        } else if (symbol) {
            name.clear();
            tree_.edit(element).set("auto", "*");
            names_.note_symbol_footnote_ref(element);
        } else {
            add_text(element, at + 1, label_end);
        }
        if (!name.empty()) {
            tree_.edit(element).set("refname", std::move(name));
            names_.note_footnote_ref(element);
        }
    }
    go_on(end);
}

/// Interpreted text or a phrase reference; `begin` is that of the role, if there is one before.
bool Inliner::interpreted(std::size_t begin, std::size_t quote) {
    const std::size_t content = quote + 1;
    std::string_view role;
    Range role_range;
    std::string_view position;
    if (begin < quote) {
        role = piece(begin + 1, quote - 1);
        role_range = range(begin + 1, quote - 1);
        position = "prefix";
    } else if (is_quoted(quote, content)) {
        base_ = content;
        return true;
    }
    // The backquote behind the start-string is no end-string: "``" is a literal.
    const std::size_t found = content >= text_.size() ? kNone : find_end(kInterpreted, content + 1);
    if (found == kNone) {
        report(2, "Inline interpreted text or phrase reference start-string without end-string.",
               begin, content, quote, content);
        return true;
    }
    const std::size_t suffix = found + 1;
    const std::size_t end = suffix + suffix_length(found);
    if (end > suffix && text_[suffix] == ':') {
        if (!role.empty()) {
            report(2,
                   "Multiple roles in interpreted text (both prefix and suffix present; only one "
                   "allowed).",
                   begin, end, begin, end);
            return true;
        }
        role = piece(suffix + 1, end - 1);
        role_range = range(suffix + 1, end - 1);
        position = "suffix";
    }
    const Interpreted whole{begin, quote, found, end, role, role_range};
    if (text_[end - 1] == '_') {
        if (!role.empty()) {
            report(2,
                   "Mismatch: both interpreted text role " + std::string(position) +
                       " and reference suffix.",
                   begin, end, begin, end);
            return true;
        }
        phrase_reference(whole);
    } else {
        run_role(whole);
    }
    return true;
}

void Inliner::run_role(const Interpreted& found) {
    flush(found.begin);
    RoleCall call;
    call.name = found.role;
    call.text = piece(found.quote + 1, found.text_end);
    call.written = written(found.quote + 1, found.text_end);
    call.source = written(found.begin, found.end);
    call.range = range(found.begin, found.end);
    call.content = range(found.quote + 1, found.text_end);
    call.role_range = found.role_range;
    call.line = line_;
    const Role* role = parser_.roles.find(call.name, line_, call.range, messages_);
    ElementId element = kNoElement;
    if (role != nullptr) {
        element = rst::run_role(parser_, *role, call, messages_);
    } else {
        const ElementId message =
            parser_.report(3, "Unknown interpreted text role \"" + std::string(call.name) + "\".",
                           line_, call.role_range.empty() ? call.range : call.role_range);
        element =
            make_problematic(parser_, call.source, call.range, message, parser_.current_node());
        tree_[element].content = call.content;  // that of a role, for who reads the tree
        messages_.push_back(message);
    }
    if (element != kNoElement)
        tree_.append(parent_, element);
    go_on(found.end);
}

void Inliner::phrase_reference(const Interpreted& found) {
    const std::size_t begin = found.quote + 1;
    const std::string_view content = piece(begin, found.text_end);
    const bool anonymous = text_.substr(found.end - 2, 2) == "__";
    flush(found.begin);
    const ElementId reference =
        add_element(Tag::reference, found.begin, found.end, begin, found.text_end);

    const std::size_t open = embedded_begin(content);
    if (open == kNone) {
        const std::string text = unescape(content);
        Attributes& attributes = tree_.edit(reference);
        attributes.set("name", whitespace_normalize_name(text));
        add_text(reference, begin, found.text_end);
        if (anonymous) {
            attributes.set("anonymous", "1");
        } else {
            attributes.set("refname", fully_normalize_name(text));
            names_.note_refname(reference);
        }
        go_on(found.end);
        return;
    }

    std::size_t text_end = open;
    while (text_end > 0 && (content[text_end - 1] == ' ' || content[text_end - 1] == '\n'))
        --text_end;
    const std::size_t alias_begin = open + 1, alias_end = content.size() - 1;
    const std::string_view alias_text = content.substr(alias_begin, alias_end - alias_begin);
    const bool named = alias_text.back() == '_' && !unescape(alias_text, true).ends_with("\\_") &&
                       !begins_with_uri(alias_text, anywhere_);

    const ElementId target = tree_.make(Tag::target, range(begin + text_end, found.text_end));
    tree_[target].content = range(begin + alias_begin, begin + alias_end);
    tree_[target].source = written(begin + text_end, found.text_end);
    std::string alias;
    if (named) {
        alias = fully_normalize_name(unescape(alias_text.substr(0, alias_text.size() - 1)));
        tree_.edit(target).set("refname", alias);
    } else {
        alias = clean_uri(alias_text);
        tree_.edit(target).set("refuri", alias);
        names_.set_referenced(target);
    }

    std::string text;
    if (text_end > 0) {
        text = unescape(content.substr(0, text_end));
        add_text(reference, begin, begin + text_end);
        tree_[reference].content = range(begin, begin + text_end);
    } else {
        text = alias;
        const std::string_view kept = tree_.keep(alias);
        tree_.append(reference,
                     make_escaped_text(tree_, kept, range(begin + alias_begin, begin + alias_end)));
    }
    tree_.edit(reference).set("name", whitespace_normalize_name(text));
    if (anonymous) {
        if (named) {
            tree_.edit(reference).set("refname", alias);
            names_.note_refname(reference);
        } else {
            tree_.edit(reference).set("refuri", alias);
        }
        go_on(found.end);
        return;
    }
    tree_.edit(target).names.push_back(fully_normalize_name(text));
    if (named) {
        tree_.edit(reference).set("refname", alias);
        names_.note_indirect_target(target);
        names_.note_refname(reference);
    } else {
        tree_.edit(reference).set("refuri", alias);
    }
    names_.note_implicit_target(target, parser_.current_node());
    tree_.append(parent_, target);
    go_on(found.end);
}

}  // namespace docathon::rst
