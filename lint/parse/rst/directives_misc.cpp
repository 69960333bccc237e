// Directives that are no body elements: parts of the document, raw text, substitutions, roles
// (docutils.parsers.rst.directives.misc, parts and references).

#include <algorithm>
#include <array>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"
#include "lint/parse/rst/directive.h"
#include "lint/parse/rst/inline_chars.h"
#include "lint/parse/rst/names.h"
#include "lint/parse/rst/python_text.h"
#include "lint/parse/rst/roles.h"

namespace docathon::rst {

namespace {

/// First child of the document that is no title and no meta, or kNoElement
/// (first_child_not_matching_class((Titular, meta))).
ElementId first_body_element(const Tree& tree) {
    ElementId child = tree[tree.root()].first_child;
    while (child != kNoElement) {
        const Tag tag = tree[child].tag;
        if (tag != Tag::title && tag != Tag::subtitle && tag != Tag::rubric && tag != Tag::meta)
            break;
        child = tree[child].next;
    }
    return child;
}

/// Inserts before `place`, or at the end.
void insert(Tree& tree, ElementId parent, ElementId place, ElementId child) {
    if (place == kNoElement)
        tree.append(parent, child);
    else
        tree.insert_before(place, child);
}

/// A pending element for a transform, with the directive's options as details.
ElementId make_pending(Directive& d, std::string_view transform) {
    Tree& tree = d.parser.tree;
    const ElementId pending = tree.make(Tag::pending, d.block.range);
    tree.edit(pending).set("transform", std::string(transform));
    return pending;
}

void set_detail(Tree& tree, ElementId pending, std::string_view name, std::string value) {
    tree.edit(pending).set(tree.keep("detail:" + std::string(name)), std::move(value));
}

std::string repr(const std::vector<std::string>& texts) {
    std::string out = "[";
    for (const std::string& text : texts)
        out += (out.size() > 1 ? ", " : "") + python::repr(text);
    return out + "]";
}

/// What is wrong outside of a substitution definition, or nothing.
std::string wrong_context(const Directive& d) {
    if (d.block.substitution != kNoElement)
        return {};
    return "Invalid context: the \"" + d.name() +
           "\" directive can only be used within a substitution definition.";
}

bool is_title_place(Tag tag) {
    return tag == Tag::document || tag == Tag::section || tag == Tag::sidebar ||
           tag == Tag::element || tag == Tag::directive;
}

}  // namespace

Elements run_contents(Directive& d) {
    Tree& tree = d.parser.tree;
    if (!is_title_place(tree[d.block.parent].tag)) {
        return d.fail("The \"" + d.name() +
                      "\" directive may not be used within topics or body elements.");
    }
    const bool local = d.option("local") != nullptr;
    const std::uint32_t line = d.block.block_begin == d.block.block_end
                                   ? d.block.line - 1
                                   : (d.block.block_end - 1)->number - 1;
    const ElementId topic = tree.make(Tag::topic, d.block.range, line);
    tree.edit(topic).classes.emplace_back("contents");
    Elements out = {topic};
    ElementId title = kNoElement;
    std::string name = "Contents";
    if (!d.arguments.empty()) {
        title = tree.make(Tag::title, d.arguments.front().range);
        const Elements messages = d.parse_inline(d.arguments.front(), title);
        out.insert(out.end(), messages.begin(), messages.end());
        name = tree.plain_text(title);
    } else if (!local) {
        title = tree.make(Tag::title);
        tree.append(title, tree.make_text(tree.keep(name), {}));
    }
    d.add_classes(topic);
    if (local)
        tree.edit(topic).classes.emplace_back("local");
    if (title != kNoElement)
        tree.append(topic, title);
    name = fully_normalize_name(name);
    if (!d.parser.names.has_name(name))
        tree.edit(topic).names.push_back(name);
    d.parser.names.note_implicit_target(topic);
    const ElementId pending = make_pending(d, "docutils.transforms.parts.Contents");
    for (const auto& [key, value] : d.options) {
        std::string detail = value.text;
        if (key == "class")
            detail = repr(value.classes);
        else if (key == "local" || (key == "backlinks" && value.text == "none"))
            detail = "None";
        else if (key == "backlinks")
            detail = python::repr(value.text);
        set_detail(tree, pending, key, std::move(detail));
    }
    d.parser.names.note_pending(pending);
    tree.append(topic, pending);
    return out;
}

Elements run_sectnum(Directive& d) {
    Tree& tree = d.parser.tree;
    const ElementId pending = make_pending(d, "docutils.transforms.parts.SectNum");
    for (const auto& [key, value] : d.options) {
        const bool number = key == "depth" || key == "start";
        set_detail(tree, pending, key, number ? value.text : python::repr(value.text));
    }
    d.parser.names.note_pending(pending);
    return {pending};
}

Elements run_header(Directive& d) {
    if (Elements error = d.without_content(); !error.empty())
        return error;
    Tree& tree = d.parser.tree;
    ElementId decoration = tree[tree.root()].first_child;
    while (decoration != kNoElement && tree[decoration].tag != Tag::decoration)
        decoration = tree[decoration].next;
    if (decoration == kNoElement) {
        decoration = tree.make(Tag::decoration);
        insert(tree, tree.root(), first_body_element(tree), decoration);
    }
    const bool header = d.spec->name == "header";
    ElementId part = header ? tree[decoration].first_child : tree[decoration].last_child;
    const Tag tag = header ? Tag::header : Tag::footer;
    if (part == kNoElement || tree[part].tag != tag) {
        const ElementId place = header ? part : kNoElement;
        part = tree.make(tag, d.block.range);
        insert(tree, decoration, place, part);
    }
    d.parse_content(part);
    return {};
}

Elements run_target_notes(Directive& d) {
    Tree& tree = d.parser.tree;
    const ElementId pending = make_pending(d, "docutils.transforms.references.TargetNotes");
    d.add_name(pending);
    if (const OptionValue* classes = d.option("class"); classes != nullptr)
        set_detail(tree, pending, "class", repr(classes->classes));
    d.parser.names.note_pending(pending);
    return {pending};
}

namespace {

/// utils.extract_name_value() of one word: `name=value`; false with docutils' error.
bool name_and_value(std::string_view word, std::string& name, std::string& value,
                    std::string& error) {
    const std::size_t equals = word.find('=');
    if (equals == std::string_view::npos) {
        error = "missing \"=\"";
        return false;
    }
    if (equals == 0) {
        error = "missing attribute name before \"=\"";
        return false;
    }
    name = word.substr(0, equals);
    std::string_view data = word.substr(equals + 1);
    if (data.empty()) {
        error = "missing value after \"" + name + "=\"";
        return false;
    }
    if (data.front() == '\'' || data.front() == '"') {
        const char quote = data.front();
        const std::size_t end = data.find(quote, 1);
        if (end == std::string_view::npos) {
            error = "attribute \"" + name + "\" missing end quote (" + quote + ")";
            return false;
        }
        if (end + 1 < data.size()) {
            error =
                "attribute \"" + name + "\" end quote (" + quote + ") not followed by whitespace";
            return false;
        }
        data = data.substr(1, end - 1);
    }
    name = lowercase(name);
    value = data;
    return true;
}

/// One field of a meta directive: its element, or a message.
ElementId make_meta(Directive& d, std::string_view field, const Indented& body, const Line& last) {
    Parser& parser = d.parser;
    const std::string name = unescape(escape2null(field));
    const Range range = parser.source.range_of(last);
    if (body.lines.empty()) {
        return parser.report(1, "No content for meta tag \"" + name + "\".", kCurrentLine, range,
                             last.text);
    }
    std::string content;
    for (const Line& line : body.lines) {
        if (&line != &body.lines.front())
            content += ' ';
        content += line.text;
    }
    const ElementId meta = parser.tree.make(Tag::meta, range);
    Attributes& attributes = parser.tree.edit(meta);
    attributes.set("content", unescape(escape2null(content)));
    const std::vector<std::string_view> words = python::split(name);
    for (const std::string_view word : words) {
        std::string key;
        std::string value;
        std::string error;
        if (name_and_value(word, key, value, error)) {
            attributes.set(parser.tree.keep(key), value);
        } else if (word.data() == words.front().data()) {
            attributes.set("name", std::string(word));
        } else {
            return parser.report(
                3, "Error parsing meta tag attribute \"" + std::string(word) + "\": " + error + ".",
                kCurrentLine, range, last.text);
        }
    }
    return meta;
}

}  // namespace

Elements run_meta(Directive& d) {
    if (Elements error = d.without_content(); !error.empty())
        return error;
    Tree& tree = d.parser.tree;
    Elements found;
    std::size_t at = 0;
    bool good = true;
    while (good && at < d.content.size()) {
        if (d.content[at].blank()) {
            ++at;
            continue;
        }
        std::string_view name;
        const std::size_t marker = match_field_marker(d.content[at].text, &name);
        good = marker > 0;
        if (!good)
            break;
        std::size_t next = at + 1;
        const Indented body = first_known_indented(d.content, at, marker, false, true, true, next);
        found.push_back(make_meta(d, name, body, d.content[next - 1]));
        at = next;
    }
    if (!good)
        found.push_back(d.message(3, "Invalid meta directive."));
    const ElementId place = first_body_element(tree);
    for (const ElementId element : found)
        insert(tree, tree.root(), place, element);
    return {};
}

Elements run_raw(Directive& d) {
    const bool outside = d.option("file") != nullptr || d.option("url") != nullptr;
    if (!d.setting("raw_enabled", true) ||
        (outside && !d.setting("file_insertion_enabled", d.parser.options.file_insertion)))
        return d.fail(2, "\"" + d.name() + "\" directive disabled.");
    if (!d.content.empty() && outside) {
        return d.fail("\"" + d.name() +
                      "\" directive may not both specify an external file and have content.");
    }
    if (d.option("file") != nullptr && d.option("url") != nullptr) {
        return d.fail(
            "The \"file\" and \"url\" options may not be simultaneously specified for "
            "the \"" +
            d.name() + "\" directive.");
    }
    if (outside)
        return {};  // no file is opened
    if (Elements error = d.without_content(); !error.empty())
        return error;
    Tree& tree = d.parser.tree;
    const ElementId raw = d.make(Tag::raw);
    std::string format;
    for (const std::string_view word : python::split(lowercase(d.arguments.front().text)))
        format += (format.empty() ? "" : " ") + std::string(word);
    tree.edit(raw).set("format", format);
    d.add_classes(raw);
    tree[raw].content = d.content_range();
    tree.append(raw, d.content_text());
    return {raw};
}

Elements run_replace(Directive& d) {
    if (std::string error = wrong_context(d); !error.empty())
        return d.fail(std::move(error));
    if (Elements error = d.without_content(); !error.empty())
        return error;
    Tree& tree = d.parser.tree;
    const ElementId content = tree.make(Tag::element);
    d.parse_content(content);
    Elements out;
    ElementId paragraph = kNoElement;
    ElementId next = tree[content].first_child;
    while (next != kNoElement) {
        const ElementId child = next;
        next = tree[child].next;
        tree.detach(child);
        if (paragraph == kNoElement && tree[child].tag == Tag::paragraph) {
            paragraph = child;
        } else if (tree[child].tag == Tag::system_message) {
            tree.edit(child).backrefs.clear();
            out.push_back(child);
        } else {
            return {d.parser.report(
                3, "Error in \"" + d.name() + "\" directive: may contain a single paragraph only.",
                d.block.line, d.block.name_range)};
        }
    }
    if (paragraph == kNoElement)
        return out;
    next = tree[paragraph].first_child;
    while (next != kNoElement) {
        const ElementId child = next;
        next = tree[child].next;
        tree.detach(child);
        out.push_back(child);
    }
    return out;
}

Elements run_unicode(Directive& d) {
    if (std::string error = wrong_context(d); !error.empty())
        return d.fail(std::move(error));
    Tree& tree = d.parser.tree;
    const bool both = d.option("trim") != nullptr;
    if (both || d.option("ltrim") != nullptr)
        tree.edit(d.block.substitution).set("ltrim", "1");
    if (both || d.option("rtrim") != nullptr)
        tree.edit(d.block.substitution).set("rtrim", "1");
    // Text behind `.. ` at the begin of a line or behind a space is a comment.
    const DirectiveText& argument = d.arguments.front();
    std::string_view text = argument.text;
    for (std::size_t at = 0; (at = text.find(".. ", at)) != std::string_view::npos; ++at) {
        if (at == 0 || text[at - 1] == ' ' || text[at - 1] == '\n') {
            text = text.substr(0, at);
            break;
        }
    }
    Elements out;
    for (const std::string_view code : python::split(text)) {
        std::string decoded;
        std::string error;
        if (!unicode_code(code, decoded, error)) {
            return d.fail("Invalid character code: " + std::string(code) +
                          "\nValueError: " + error);
        }
        out.push_back(tree.make_text(tree.keep(decoded), argument.range));
    }
    return out;
}

Elements run_date(Directive& d) {
    if (std::string error = wrong_context(d); !error.empty())
        return d.fail(std::move(error));
    // The format stands for the date: what is said about a text must not depend on the day.
    std::string format;
    for (const Line& line : d.content) {
        if (&line != &d.content.front())
            format += '\n';
        format += line.text;
    }
    if (format.empty())
        format = "%Y-%m-%d";
    return {d.parser.tree.make_text(d.parser.tree.keep(format), d.content_range())};
}

Elements run_class(Directive& d) {
    Tree& tree = d.parser.tree;
    std::vector<std::string> classes;
    std::string unused;
    if (!class_option(d.arguments.front().text, classes, unused)) {
        return d.fail("Invalid class attribute value for \"" + d.name() + "\" directive: \"" +
                      d.arguments.front().text + "\".");
    }
    if (d.content.empty()) {
        const ElementId pending = make_pending(d, "docutils.transforms.misc.ClassAttribute");
        set_detail(tree, pending, "class", repr(classes));
        set_detail(tree, pending, "directive", python::repr(d.name()));
        d.parser.names.note_pending(pending);
        return {pending};
    }
    const ElementId content = tree.make(Tag::element);
    d.parse_content(content);
    Elements out;
    ElementId next = tree[content].first_child;
    while (next != kNoElement) {
        const ElementId child = next;
        next = tree[child].next;
        tree.detach(child);
        std::vector<std::string>& own = tree.edit(child).classes;
        own.insert(own.end(), classes.begin(), classes.end());
        out.push_back(child);
    }
    return out;
}

namespace {

/// `new-name (base)` as docutils' Role.argument_pattern reads it; false if it is not that.
bool split_role_argument(std::string_view text, std::string_view& name, std::string_view& base) {
    const std::size_t end = match_simple_name(text, 0);
    if (end == 0 || end == std::string_view::npos)
        return false;
    name = text.substr(0, end);
    std::string_view rest = python::strip(text.substr(end));
    base = {};
    if (rest.empty())
        return true;
    if (rest.front() != '(' || rest.back() != ')' || rest.size() < 2)
        return false;
    rest = python::strip(rest.substr(1, rest.size() - 2));
    if (rest.empty() || match_simple_name(rest, 0) != rest.size())
        return false;
    base = rest;
    return true;
}

/// The options of a role as a directive's specification (convert_directive_function()).
DirectiveSpec spec_of_role(const Role* base) {
    static constexpr std::array<std::string_view, 1> kClass = {"class"};
    DirectiveSpec spec;
    spec.has_options = true;
    const auto add = [&](std::string_view name) {
        OptionSpec& option = spec.options.emplace_back();
        option.name = name;
        option.convert = name == "class" ? Convert::classes : Convert::text;
    };
    if (base == nullptr) {
        add(kClass.front());
    } else {
        for (const std::string_view name : base->option_names())
            add(name);
    }
    return spec;
}

}  // namespace

Elements run_role(Directive& d) {
    Parser& parser = d.parser;
    if (d.content_offset > d.block.line || d.content.empty())
        return d.fail("\"" + d.name() + "\" directive requires arguments on the first line.");
    const Line first = d.content.front();
    std::string_view new_name;
    std::string_view base_name;
    if (!split_role_argument(first.text, new_name, base_name)) {
        return d.fail("\"" + d.name() + "\" directive arguments not valid role names: \"" +
                      std::string(first.text) + "\".");
    }
    Elements messages;
    const Role* base = nullptr;
    if (!base_name.empty()) {
        base = parser.roles.find(base_name, d.block.line, parser.source.range_of(first), messages);
        if (base == nullptr) {
            messages.push_back(
                d.message(3, "Unknown interpreted text role \"" + std::string(base_name) + "\"."));
            return messages;
        }
    }
    const DirectiveSpec spec = spec_of_role(base);
    Directive inner{.parser = parser,
                    .block = d.block,
                    .spec = &spec,
                    .record = d.record,
                    .arguments = {},
                    .options = {},
                    .option_texts = {},
                    .content = {},
                    .content_offset = 0};
    std::string error;
    if (!parse_directive_block(inner, Lines(d.content.begin() + 1, d.content.end()),
                               d.content_offset, error)) {
        messages.push_back(
            d.message(3, "Error in \"" + d.name() + "\" directive:\n" + error + "."));
        return messages;
    }
    Role role = base == nullptr ? Role{} : *base;
    if (const OptionValue* value = inner.option("class"); value != nullptr) {
        role.classes = value->classes;
    } else {
        std::vector<std::string> classes;
        if (!class_option(new_name, classes, error)) {
            messages.push_back(d.message(
                3, "Invalid argument for \"" + d.name() + "\" directive:\n" + error + "."));
            return messages;
        }
        role.classes = std::move(classes);
    }
    role.has_classes = true;
    if (const OptionValue* value = inner.option("format"); value != nullptr) {
        role.format = value->text;
        role.has_format = true;
    }
    if (const OptionValue* value = inner.option("language"); value != nullptr) {
        role.language = value->text;
        role.has_language = true;
    }
    parser.directives[d.record].options = inner.option_texts;
    parser.roles.register_local(new_name, role);
    return messages;
}

Elements run_default_role(Directive& d) {
    if (d.arguments.empty()) {
        d.parser.roles.set_default(nullptr);
        return {};
    }
    Elements messages;
    const DirectiveText& name = d.arguments.front();
    const Role* role = d.parser.roles.find(name.text, d.block.line, name.range, messages);
    if (role == nullptr)
        messages.push_back(d.message(3, "Unknown interpreted text role \"" + name.text + "\"."));
    else
        d.parser.roles.set_default(role);
    return messages;
}

Elements run_title(Directive& d) {
    d.parser.tree.edit(d.parser.tree.root()).set("title", d.arguments.front().text);
    return {};
}

Elements run_test(Directive& d) {
    std::vector<std::string> arguments;
    for (const DirectiveText& argument : d.arguments)
        arguments.push_back(argument.text);
    std::string options = "{";
    for (const auto& [name, value] : d.options) {
        options +=
            (options.size() > 1 ? ", " : "") + python::repr(name) + ": " + python::repr(value.text);
    }
    const std::string text = "Directive processed. Type=\"" + d.name() +
                             "\", arguments=" + repr(arguments) + ", options=" + options +
                             "}, content:";
    if (d.content.empty())
        return {d.parser.report(1, text + " None", d.block.line, d.block.name_range)};
    std::string content;
    for (const Line& line : d.content) {
        if (&line != &d.content.front())
            content += '\n';
        content += line.text;
    }
    return {
        d.parser.report(1, text, d.block.line, d.block.name_range, d.parser.tree.keep(content))};
}

}  // namespace docathon::rst
