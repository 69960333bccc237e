// Directives for body elements: admonitions, topics, verbatim text, quotes, containers
// (docutils.parsers.rst.directives.admonitions and body).

#include <algorithm>
#include <array>

#include "lint/core/utf8.h"
#include "lint/parse/rst/directive.h"
#include "lint/parse/rst/names.h"
#include "lint/parse/rst/python_text.h"

namespace docathon::rst {

namespace {

struct NamedTag {
    std::string_view name;
    Tag tag;
};
constexpr std::array kAdmonitions = std::to_array<NamedTag>({
    {"admonition", Tag::admonition},
    {"attention", Tag::attention},
    {"caution", Tag::caution},
    {"danger", Tag::danger},
    {"error", Tag::error},
    {"hint", Tag::hint},
    {"important", Tag::important},
    {"note", Tag::note},
    {"tip", Tag::tip},
    {"warning", Tag::warning},
});

/// docutils' BasePseudoSection.invalid_parents, but for sidebar, which may hold topics. What a
/// directive of Sphinx makes of its content is often a section (automodule).
bool may_hold_topic(Tag tag) {
    return tag == Tag::document || tag == Tag::section || tag == Tag::sidebar ||
           tag == Tag::element || tag == Tag::directive;
}

ElementId make_title(Directive& d, Tag tag, const DirectiveText& text, std::uint32_t line,
                     Elements& messages) {
    const ElementId title = d.parser.tree.make(tag, text.range, line);
    const Elements found = d.parse_inline(text, title);
    messages.insert(messages.end(), found.begin(), found.end());
    return title;
}

/// Topic and sidebar.
Elements run_pseudo_section(Directive& d, Tag tag) {
    Tree& tree = d.parser.tree;
    if (!may_hold_topic(tree[d.block.parent].tag)) {
        return d.fail("The \"" + d.name() +
                      "\" directive may not be used within topics or body elements.");
    }
    if (Elements error = d.without_content(); !error.empty())
        return error;
    const ElementId node = d.make(tag);
    Elements messages;
    if (!d.arguments.empty()) {
        tree.append(node, make_title(d, Tag::title, d.arguments.front(), 0, messages));
        for (const DirectiveOption& option : d.option_texts) {
            if (option.name == "subtitle")
                tree.append(node, make_title(d, Tag::subtitle, option.value, 0, messages));
        }
    }
    tree.append(node, messages);
    d.add_classes(node);
    d.add_name(node);
    d.parse_content(node);
    return {node};
}

/// Width of `%Nd` for line numbers.
std::string line_number(std::int64_t number, std::size_t width) {
    std::string digits = std::to_string(number);
    return std::string(width > digits.size() ? width - digits.size() : 0, ' ') + digits + ' ';
}

}  // namespace

Elements run_admonition(Directive& d) {
    if (Elements error = d.without_content(); !error.empty())
        return error;
    Tree& tree = d.parser.tree;
    const auto at = std::find_if(kAdmonitions.begin(), kAdmonitions.end(),
                                 [&](const NamedTag& entry) { return entry.name == d.spec->name; });
    const Tag tag = at == kAdmonitions.end() ? Tag::admonition : at->tag;
    const ElementId node = tree.make(tag, d.block.range);
    d.add_classes(node);
    d.add_name(node);
    tree[node].line = d.node_line();  // not before add_name(): its messages do not have it
    if (tag == Tag::admonition) {
        Elements messages;
        tree.append(node, make_title(d, Tag::title, d.arguments.front(), d.node_line(), messages));
        tree.append(node, messages);
        if (d.option("class") == nullptr) {
            tree.edit(node).classes.push_back("admonition-" + make_id(d.arguments.front().text));
        }
    }
    d.parse_content(node);
    return {node};
}

Elements run_topic(Directive& d) {
    return run_pseudo_section(d, Tag::topic);
}

Elements run_sidebar(Directive& d) {
    if (d.parser.tree[d.block.parent].tag == Tag::sidebar)
        return d.fail("The \"" + d.name() +
                      "\" directive may not be used within a sidebar element.");
    if (d.option("subtitle") != nullptr && d.arguments.empty())
        return d.fail("The \"subtitle\" option may not be used without a title.");
    return run_pseudo_section(d, Tag::sidebar);
}

Elements run_line_block(Directive& d) {
    if (Elements error = d.without_content(); !error.empty())
        return error;
    Tree& tree = d.parser.tree;
    const ElementId block = d.make(Tag::line_block);
    d.add_classes(block);
    d.add_name(block);
    Elements out = {block};
    std::vector<int> indents;
    for (std::size_t k = 0; k < d.content.size(); ++k) {
        const Line& line = d.content[k];
        const std::string_view left = python::strip_left(line.text);
        const std::size_t indent = line.text.size() - left.size();
        const ElementId element = tree.make(Tag::line, d.parser.source.range_of(line),
                                            d.node_line() + static_cast<std::uint32_t>(k));
        const Line stripped = line.part(indent, python::strip_right(left).size());
        // docutils adds the number of the line and the offset of the content.
        const JoinedText text(tree, d.parser.source, stripped);
        const Elements messages = d.parser.parse_inline(
            text, d.block.line + d.content_offset + static_cast<std::uint32_t>(k), element);
        tree.append(block, element);
        out.insert(out.end(), messages.begin(), messages.end());
        indents.push_back(left.empty() ? -1 : static_cast<int>(indent));
    }
    nest_line_block_lines(d.parser, block, std::move(indents));
    return out;
}

Elements run_parsed_literal(Directive& d) {
    if (Elements error = d.without_content(); !error.empty())
        return error;
    Tree& tree = d.parser.tree;
    const ElementId node = tree.make(Tag::literal_block, d.block.range, d.content_offset + 1);
    tree[node].content = d.content_range();
    const JoinedText text(tree, d.parser.source, d.content);
    Elements out = {node};
    const Elements messages = d.parser.parse_inline(text, d.block.line, node);
    out.insert(out.end(), messages.begin(), messages.end());
    d.add_classes(node);
    d.add_name(node);
    return out;
}

Elements run_code(Directive& d) {
    if (Elements error = d.without_content(); !error.empty())
        return error;
    Tree& tree = d.parser.tree;
    std::int64_t first = 1;
    const OptionValue* numbers = d.option("number-lines");
    if (numbers != nullptr && !numbers->text.empty()) {
        std::string unused;
        const auto parsed = python::parse_int(numbers->text, unused);
        if (!parsed)
            return d.fail(":number-lines: with non-integer start value");
        first = *parsed;
    }
    const ElementId node = tree.make(Tag::literal_block, d.block.range);
    tree[node].content = d.content_range();
    std::vector<std::string>& classes = tree.edit(node).classes;
    classes.emplace_back("code");
    if (!d.arguments.empty())
        classes.push_back(d.arguments.front().text);
    d.add_classes(node);
    d.add_name(node);
    if (numbers == nullptr) {
        tree.append(node, d.content_text());
        return {node};
    }
    const auto count = static_cast<std::int64_t>(d.content.size());
    const std::size_t width = std::to_string(first + count).size();
    for (std::size_t k = 0; k < d.content.size(); ++k) {
        const ElementId number = tree.make(Tag::inline_element);
        tree.edit(number).classes.emplace_back("ln");
        const std::string digits = line_number(first + static_cast<std::int64_t>(k), width);
        tree.append(number, tree.make_text(tree.keep(digits), {}));
        tree.append(node, number);
        std::string line(d.content[k].text);
        if (k + 1 < d.content.size())
            line += '\n';
        tree.append(node, tree.make_text(tree.keep(line), d.parser.source.range_of(d.content[k])));
    }
    return {node};
}

Elements run_math(Directive& d) {
    if (Elements error = d.without_content(); !error.empty())
        return error;
    Tree& tree = d.parser.tree;
    const JoinedText joined(tree, d.parser.source, d.content);
    const std::string_view text = joined.text();
    Elements out;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find("\n\n", begin), text.size());
        if (end > begin) {
            const ElementId node = d.make(Tag::math_block);
            tree[node].content = joined.to_source(begin, end);
            tree.append(node, tree.make_text(text.substr(begin, end - begin),
                                             joined.to_source(begin, end)));
            d.add_classes(node);
            if (out.empty())
                d.add_name(node);  // the first block takes the name away
            out.push_back(node);
        }
        begin = end + 2;
    }
    return out;
}

Elements run_rubric(Directive& d) {
    Tree& tree = d.parser.tree;
    Elements messages;
    const ElementId node = make_title(d, Tag::rubric, d.arguments.front(), 0, messages);
    tree[node].range = d.block.range;
    d.add_classes(node);
    d.add_name(node);
    messages.insert(messages.begin(), node);
    return messages;
}

Elements run_block_quote(Directive& d) {
    if (Elements error = d.without_content(); !error.empty())
        return error;
    Elements elements = block_quote(d.parser, d.content, d.content_offset);
    for (const ElementId element : elements) {
        if (d.parser.tree[element].tag == Tag::block_quote)
            d.parser.tree.edit(element).classes.emplace_back(d.spec->name);
    }
    return elements;
}

Elements run_compound(Directive& d) {
    if (Elements error = d.without_content(); !error.empty())
        return error;
    const ElementId node = d.make(Tag::compound);
    d.add_classes(node);
    d.add_name(node);
    d.parse_content(node);
    return {node};
}

Elements run_container(Directive& d) {
    if (Elements error = d.without_content(); !error.empty())
        return error;
    std::vector<std::string> classes;
    std::string unused;
    if (!d.arguments.empty() && !class_option(d.arguments.front().text, classes, unused)) {
        return d.fail("Invalid class attribute value for \"" + d.name() + "\" directive: \"" +
                      d.arguments.front().text + "\".");
    }
    const ElementId node = d.make(Tag::container);
    d.parser.tree.edit(node).classes = std::move(classes);
    d.add_name(node);
    d.parse_content(node);
    return {node};
}

}  // namespace docathon::rst
