#include "lint/parse/rst/directives.h"

#include <algorithm>
#include <array>

#include "lint/parse/rst/directive.h"
#include "lint/parse/rst/names.h"
#include "lint/parse/rst/python_text.h"

namespace docathon::rst {

namespace {

struct Builder {
    std::string_view name;
    RunDirective run;
};

/// Sorted by canonical name.
constexpr std::array kBuilders = std::to_array<Builder>({
    {"admonition", run_admonition},
    {"attention", run_admonition},
    {"caution", run_admonition},
    {"class", run_class},
    {"code", run_code},
    {"compound", run_compound},
    {"container", run_container},
    {"contents", run_contents},
    {"csv-table", run_csv_table},
    {"danger", run_admonition},
    {"date", run_date},
    {"default-role", run_default_role},
    {"epigraph", run_block_quote},
    {"error", run_admonition},
    {"figure", run_figure},
    {"footer", run_header},
    {"header", run_header},
    {"highlights", run_block_quote},
    {"hint", run_admonition},
    {"image", run_image},
    {"important", run_admonition},
    {"include", run_include},
    {"line-block", run_line_block},
    {"list-table", run_list_table},
    {"math", run_math},
    {"meta", run_meta},
    {"note", run_admonition},
    {"parsed-literal", run_parsed_literal},
    {"pull-quote", run_block_quote},
    {"raw", run_raw},
    {"replace", run_replace},
    {"restructuredtext-test-directive", run_test},
    {"role", run_role},
    {"rubric", run_rubric},
    {"sectnum", run_sectnum},
    {"sidebar", run_sidebar},
    {"table", run_table},
    {"target-notes", run_target_notes},
    {"tip", run_admonition},
    {"title", run_title},
    {"topic", run_topic},
    {"unicode", run_unicode},
    {"warning", run_admonition},
});

RunDirective builder_of(const DirectiveSpec& spec) {
    // What Sphinx derives from docutils' directives works like them, but for math, whose argument
    // counts as content. What an extension defines anew is another directive.
    if (spec.origin != "docutils" && (spec.origin != "sphinx" || spec.name == "math"))
        return run_by_spec;
    const auto at = std::lower_bound(
        kBuilders.begin(), kBuilders.end(), spec.name,
        [](const Builder& builder, std::string_view name) { return builder.name < name; });
    return at != kBuilders.end() && at->name == spec.name ? at->run : run_by_spec;
}

/// docutils' directives.directive(): the INFO about a name that the English names lack.
void note_lookup(Parser& parser, const DirectiveBlock& block, std::uint32_t node_line) {
    const std::string name(block.name);
    parser.tree.append(
        block.parent,
        parser.report(1,
                      "No directive entry for \"" + name +
                          "\" in module \"docutils.parsers.rst.languages.en\".\nTrying \"" + name +
                          "\" as canonical directive name.",
                      node_line, block.name_range));
}

/// Directive of a name, by mode; null if no table has it.
const DirectiveSpec* find_directive(const Parser& parser, const std::string& name) {
    const MarkupTables& tables = MarkupTables::built_in();
    if (parser.options.mode == Mode::permissive) {
        if (const DirectiveSpec* spec = permissive_directive(name); spec != nullptr)
            return spec;
    }
    if (parser.options.mode == Mode::sphinx) {
        for (const DirectiveSpec& spec : parser.options.own_directives) {
            if (spec.name == name)
                return &spec;
        }
        if (const DirectiveSpec* spec = tables.sphinx_directive(name, parser.default_domain);
            spec != nullptr)
            return spec;
    }
    return tables.docutils_directive(name);
}

bool is_blank(const Line& line) {
    return python::strip_left(line.text).empty();
}

/// Words of the argument block (docutils' parse_directive_arguments()).
bool split_arguments(Directive& d, LineSpan lines, std::string& error) {
    const std::size_t required = d.spec->required_arguments;
    const std::size_t most = required + d.spec->optional_arguments;
    struct Word {
        std::size_t line;
        std::size_t begin;
        std::size_t end;
    };
    std::vector<Word> words;
    for (std::size_t k = 0; k < lines.size(); ++k) {
        const std::string_view text = lines[k].text;
        for (const std::string_view word : python::split(text)) {
            const auto begin = static_cast<std::size_t>(word.data() - text.data());
            words.push_back({k, begin, begin + word.size()});
        }
    }
    if (words.size() < required) {
        error = std::to_string(required) + " argument(s) required, " +
                std::to_string(words.size()) + " supplied";
        return false;
    }
    if (words.size() > most && !d.spec->final_whitespace) {
        error = "maximum " + std::to_string(most) + " argument(s) allowed, " +
                std::to_string(words.size()) + " supplied";
        return false;
    }
    for (std::size_t k = 0; k < words.size() && k < most; ++k) {
        const Word& word = words[k];
        DirectiveText& argument = d.arguments.emplace_back();
        if (k + 1 == most && words.size() > most) {
            argument.lines = lines.slice(word.line).copy();
            argument.lines.front() = argument.lines.front().part(word.begin);
        } else {
            argument.lines = {lines[word.line].part(word.begin, word.end - word.begin)};
        }
        argument.range = d.parser.source.range_of(argument.lines);
        for (const Line& line : argument.lines) {
            if (&line != &argument.lines.front())
                argument.text += '\n';
            argument.text += line.text;
        }
    }
    return true;
}

/// One option field as text (docutils' utils.extract_options()).
bool read_option(Directive& d, const OptionField& field, std::string& error) {
    if (python::split(field.name).size() != 1) {
        error = "invalid option data: extension option field name may not contain multiple words";
        return false;
    }
    DirectiveOption& option = d.option_texts.emplace_back();
    option.name = lowercase(field.name);
    option.name_range = field.name_range;
    if (field.paragraphs > 1) {
        error =
            "invalid option data: extension option field body may contain\na single paragraph "
            "only (option \"" +
            option.name + "\")";
        return false;
    }
    for (const Line& line : field.body) {
        if (is_blank(line))
            continue;
        if (!option.value.lines.empty())
            option.value.text += '\n';
        option.value.text += line.text;
        option.value.lines.push_back(line);
    }
    option.value.range = option.value.lines.empty()
                             ? Range{option.name_range.end, option.name_range.end}
                             : d.parser.source.range_of(option.value.lines);
    return true;
}

/// parse_extension_options(): all options of the block, converted.
bool read_options(Directive& d, LineSpan lines, std::string& error) {
    std::vector<OptionField> fields;
    bool blank_finish = true;
    const std::size_t taken = parse_option_fields(d.parser, lines, fields, blank_finish);
    if (taken != lines.size()) {
        error = "invalid option block";
        return false;
    }
    const std::size_t first = d.options.size();
    const std::size_t first_text = d.option_texts.size();
    for (const OptionField& field : fields) {
        if (!read_option(d, field, error))
            return false;
    }
    for (std::size_t k = first_text; k < d.option_texts.size(); ++k) {
        const DirectiveOption& text = d.option_texts[k];
        d.error_range = text.name_range;
        const OptionSpec* spec = d.spec->option(text.name);
        static const OptionSpec kAny{};
        if (spec == nullptr && d.spec->any_option)
            spec = &kAny;
        if (spec == nullptr) {
            error = "unknown option: \"" + text.name + "\"";
            return false;
        }
        const auto same = [&](const auto& option) { return option.first == text.name; };
        const auto begin = d.options.begin() + static_cast<std::ptrdiff_t>(first);
        // automodapi reads its options itself, and some of them more than once.
        const bool loose = d.spec->any_option && d.parser.options.mode == Mode::sphinx;
        if (!loose && std::find_if(begin, d.options.end(), same) != d.options.end()) {
            error = "invalid option data: duplicate option \"" + text.name + "\"";
            return false;
        }
        OptionValue value;
        std::string reason;
        const bool none = text.value.lines.empty();
        if (!none)
            d.error_range = text.value.range;
        if (!convert_option(*spec, none ? nullptr : &text.value.text, value, reason)) {
            error = "invalid option value: (option: \"" + text.name +
                    "\"; value: " + (none ? "None" : python::repr(text.value.text)) + ")\n" +
                    reason;
            return false;
        }
        d.error_range = {};
        // Names of checked options live in the tables, others in the record's texts.
        d.options.emplace_back(spec == &kAny ? d.parser.tree.keep(text.name) : spec->name,
                               std::move(value));
    }
    if (!blank_finish) {
        error = "option data incompletely parsed";
        return false;
    }
    return true;
}

}  // namespace

const DirectiveOption* DirectiveRecord::option(std::string_view wanted) const {
    for (auto at = options.rbegin(); at != options.rend(); ++at) {
        if (at->name == wanted)
            return &*at;
    }
    return nullptr;
}

const OptionValue* Directive::option(std::string_view option_name) const {
    // Options that were written come behind presets and win.
    for (auto at = options.rbegin(); at != options.rend(); ++at) {
        if (at->first == option_name)
            return &at->second;
    }
    return nullptr;
}

std::string Directive::block_text() const {
    std::string text;
    for (const Line* line = block.block_begin; line != block.block_end; ++line) {
        if (line != block.block_begin)
            text += '\n';
        text += line->text;
    }
    return text;
}

ElementId Directive::message(std::uint8_t level, std::string text) const {
    const Range range = error_range.empty() ? block.name_range : error_range;
    return parser.report(level, std::move(text), block.line, range, parser.tree.keep(block_text()));
}

Elements Directive::without_content() const {
    if (!content.empty())
        return {};
    return fail("Content block expected for the \"" + name() + "\" directive; none found.");
}

void Directive::add_name(ElementId element) const {
    const OptionValue* value = option("name");
    if (value == nullptr)
        return;
    parser.tree.edit(element).names.push_back(fully_normalize_name(value->text));
    parser.names.note_explicit_target(element, element);
}

void Directive::add_classes(ElementId element) const {
    const OptionValue* value = option("class");
    if (value == nullptr)
        return;
    std::vector<std::string>& classes = parser.tree.edit(element).classes;
    classes.insert(classes.end(), value->classes.begin(), value->classes.end());
}

void Directive::parse_content(ElementId parent, Titles titles) const {
    parser.nested_parse(content, content_offset, parent, titles);
}

ElementId Directive::make(Tag tag) const {
    return parser.tree.make(tag, block.range, node_line());
}

Elements Directive::parse_inline(const DirectiveText& text, ElementId parent) const {
    const JoinedText joined(parser.tree, parser.source, text.lines);
    return parser.parse_inline(joined, block.line, parent);
}

ElementId Directive::content_text() const {
    const JoinedText joined(parser.tree, parser.source, content);
    return parser.tree.make_text(joined.text(), content_range());
}

bool Directive::setting(std::string_view key, bool default_value) const {
    const auto at = parser.options.settings.find(key);
    if (at == parser.options.settings.end())
        return default_value;
    return at->second != "false" && at->second != "0" && at->second != "\"\"" &&
           at->second != "null";
}

bool parse_directive_block(Directive& d, Lines lines, std::uint32_t line_offset,
                           std::string& error) {
    const DirectiveSpec& spec = *d.spec;
    if (!lines.empty() && is_blank(lines.front())) {
        lines.erase(lines.begin());
        ++line_offset;
    }
    while (!lines.empty() && is_blank(lines.back()))
        lines.pop_back();
    const bool takes_arguments = spec.required_arguments + spec.optional_arguments > 0;
    std::size_t paragraph = 0;
    std::size_t argument_end = 0;
    if (!lines.empty() && (takes_arguments || spec.has_options)) {
        while (paragraph < lines.size() && !is_blank(lines[paragraph]))
            ++paragraph;
        argument_end = paragraph;
        d.content = LineSpan(lines).slice(paragraph + 1).copy();
        d.content_offset = line_offset + static_cast<std::uint32_t>(paragraph) + 1;
    } else {
        d.content = lines;
        d.content_offset = line_offset;
    }
    bool good = true;
    if (spec.has_options) {
        for (std::size_t k = 0; k < argument_end; ++k) {
            if (match_field_marker(lines[k].text, nullptr) == 0)
                continue;
            good = read_options(d, LineSpan(lines).slice(k, argument_end), error);
            argument_end = k;
            break;
        }
    }
    if (argument_end > 0 && !takes_arguments) {
        // There are no arguments: the paragraph belongs to the content.
        Lines content(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(argument_end));
        content.insert(content.end(), lines.begin() + static_cast<std::ptrdiff_t>(paragraph),
                       lines.end());
        d.content = std::move(content);
        d.content_offset = line_offset;
        argument_end = 0;
    }
    const auto first = std::find_if_not(d.content.begin(), d.content.end(), is_blank);
    d.content_offset += static_cast<std::uint32_t>(first - d.content.begin());
    d.content.erase(d.content.begin(), first);
    if (good && takes_arguments)
        good = split_arguments(d, LineSpan(lines).slice(0, argument_end), error);
    if (good && !d.content.empty() && !spec.has_content()) {
        error = "no content permitted";
        good = false;
    }
    return good;
}

std::vector<ElementId> run_directive(Parser& parser, const DirectiveBlock& block) {
    const std::string key = lowercase(block.name);
    const DirectiveSpec* spec = find_directive(parser, key);
    // In Sphinx' own words the English module is asked too, but nobody hears the INFO.
    const bool quiet = parser.options.mode != Mode::plain && spec != nullptr;
    // restructuredtext-test-directive and all aliases are in the English module.
    if (spec == nullptr && !quiet)
        note_lookup(parser, block,
                    block.block_begin == block.block_end ? block.line : block.block_begin->number);

    Directive d{.parser = parser,
                .block = block,
                .spec = spec,
                .record = parser.directives.size(),
                .arguments = {},
                .options = {},
                .option_texts = {},
                .content = {},
                .content_offset = 0};
    {
        DirectiveRecord& record = parser.directives.emplace_back();
        record.name = block.name;
        record.name_range = block.name_range;
        record.range = block.range;
        record.line = block.line;
        record.spec = spec;
        record.state = spec == nullptr ? DirectiveState::unknown : DirectiveState::known;
    }
    if (spec == nullptr)
        return d.fail("Unknown directive type \"" + d.name() + "\".");

    if (block.substitution != kNoElement && spec->has_options) {
        OptionValue alt;
        alt.text = block.substitution_name;
        d.options.emplace_back("alt", std::move(alt));
    }
    std::string error;
    const bool good = parse_directive_block(d, block.indented, block.line - 1, error);
    {
        DirectiveRecord& record = parser.directives[d.record];
        record.arguments = d.arguments;
        record.options = d.option_texts;
        // Content that is parsed is in the tree; a copy for each level would add up.
        if (spec->body == DirectiveBody::raw)
            record.content = d.content;
        if (!good)
            record.state = DirectiveState::bad;
    }
    if (!good)
        return d.fail("Error in \"" + d.name() + "\" directive:\n" + error + ".");
    const bool silent = parser.options.mode == Mode::permissive && is_without_file(d);
    Elements elements = silent ? Elements() : builder_of(*spec)(d);
    if (elements.size() == 1)
        parser.directives[d.record].element = elements.front();
    return elements;
}

}  // namespace docathon::rst
