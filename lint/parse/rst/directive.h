#pragma once
// Directive: one directive while it is run, as the functions that build its elements see it
// (docutils' Directive instance). Used by directives*.cpp only; lives on the stack.

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/parse/rst/blocks.h"
#include "lint/parse/rst/directive_options.h"
#include "lint/parse/rst/directive_table.h"
#include "lint/parse/rst/directives.h"
#include "lint/parse/rst/parser.h"

namespace docathon::rst {

struct Directive {
    Parser& parser;
    const DirectiveBlock& block;
    const DirectiveSpec* spec = nullptr;
    std::size_t record = 0;  ///< index in parser.directives
    std::vector<DirectiveText> arguments;
    /// In the order of the source; presets first.
    std::vector<std::pair<std::string_view, OptionValue>> options;
    std::vector<DirectiveOption> option_texts;  ///< as written
    Lines content;
    Range error_range = {};            ///< what an error of the block is about; empty: the name
    std::uint32_t content_offset = 0;  ///< 0-based line of content[0], as the state machine counts

    [[nodiscard]] std::string name() const { return std::string(block.name); }
    /// Line that elements get (messages get block.line).
    [[nodiscard]] std::uint32_t node_line() const {
        return block.block_begin == block.block_end ? block.line : block.block_begin->number;
    }
    [[nodiscard]] const OptionValue* option(std::string_view option_name) const;
    [[nodiscard]] std::string block_text() const;

    /// A message at the directive's line with its block behind.
    [[nodiscard]] ElementId message(std::uint8_t level, std::string text) const;
    /// The same as the only result.
    [[nodiscard]] Elements fail(std::uint8_t level, std::string text) const {
        return {message(level, std::move(text))};
    }
    [[nodiscard]] Elements fail(std::string text) const { return fail(3, std::move(text)); }

    /// assert_has_content(): the message, or nothing if there is content.
    [[nodiscard]] Elements without_content() const;
    /// add_name(): the option `name` becomes an explicit target.
    void add_name(ElementId element) const;
    void add_classes(ElementId element) const;
    /// Parses the content into `parent`.
    void parse_content(ElementId parent, Titles titles = Titles::no) const;
    /// A new element with the directive's range and line.
    [[nodiscard]] ElementId make(Tag tag) const;
    /// inline_text(): appends to `parent`, returns messages.
    Elements parse_inline(const DirectiveText& text, ElementId parent) const;
    /// All content as one text element.
    [[nodiscard]] ElementId content_text() const;
    [[nodiscard]] Range content_range() const { return parser.source.range_of(content); }
    /// Where to point at when it is about the directive's name.
    [[nodiscard]] bool setting(std::string_view key, bool default_value) const;
};

using RunDirective = Elements (*)(Directive&);

// One for each directive of docutils.
Elements run_admonition(Directive& d);
Elements run_topic(Directive& d);
Elements run_sidebar(Directive& d);
Elements run_line_block(Directive& d);
Elements run_parsed_literal(Directive& d);
Elements run_code(Directive& d);
Elements run_math(Directive& d);
Elements run_rubric(Directive& d);
Elements run_block_quote(Directive& d);
Elements run_compound(Directive& d);
Elements run_container(Directive& d);
Elements run_image(Directive& d);
Elements run_figure(Directive& d);
Elements run_table(Directive& d);
Elements run_csv_table(Directive& d);
Elements run_list_table(Directive& d);
Elements run_contents(Directive& d);
Elements run_sectnum(Directive& d);
Elements run_header(Directive& d);
Elements run_target_notes(Directive& d);
Elements run_meta(Directive& d);
Elements run_raw(Directive& d);
Elements run_include(Directive& d);
Elements run_replace(Directive& d);
Elements run_unicode(Directive& d);
Elements run_date(Directive& d);
Elements run_class(Directive& d);
Elements run_role(Directive& d);
Elements run_default_role(Directive& d);
Elements run_title(Directive& d);
Elements run_test(Directive& d);

/// Directives of Sphinx and extensions: what their row says.
Elements run_by_spec(Directive& d);

/// The directive that Mode::permissive takes for a name, or nullptr: docutils' own.
const DirectiveSpec* permissive_directive(std::string_view lower_case_name);
/// Mode::permissive: include, raw and csv-table without their files.
bool is_without_file(const Directive& d);

/// A DirectiveSpec's part of run_directive(): splits the block into arguments, options, content
/// (docutils' parse_directive_block()). False: `error` says why, as docutils does.
bool parse_directive_block(Directive& d, Lines lines, std::uint32_t line_offset,
                           std::string& error);

}  // namespace docathon::rst
