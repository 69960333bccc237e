// markup/directive-error: see rules/markup/directive-error.yaml.

#include <algorithm>
#include <array>
#include <vector>

#include "lint/core/nearest.h"
#include "lint/core/strings.h"
#include "lint/parse/rst/directive_options.h"
#include "lint/parse/rst/directive_table.h"
#include "lint/parse/rst/rst.h"
#include "lint/rules/support/rst_messages.h"

namespace docathon::rules {

namespace {

/// docutils quotes with "; this house with a single quote.
std::string requoted(std::string_view text) {
    std::string out(text);
    std::replace(out.begin(), out.end(), '"', '\'');
    std::replace(out.begin(), out.end(), '\n', ' ');
    return out;
}

/// The first number of a text.
std::string number_in(std::string_view text) {
    const std::size_t begin = std::min(text.find_first_of("0123456789"), text.size());
    std::size_t end = begin;
    while (end < text.size() && is_ascii_digit(text[end]))
        ++end;
    return std::string(text.substr(begin, end - begin));
}

/// What is wrong with the block of a directive (`Error in "x" directive:`, then this).
std::string block_error(std::string_view name, std::string_view detail) {
    const std::string quoted = "'" + std::string(name) + "'";
    while (detail.ends_with("."))
        detail.remove_suffix(1);
    if (detail == "no content permitted")
        return quoted + " takes no content; what stands below it is lost";
    if (detail.find("argument(s) required") != detail.npos) {
        return quoted + " needs " + number_in(detail) + " argument(s), but has " +
               number_in(detail.substr(detail.find(",")));
    }
    if (detail.starts_with("maximum ")) {
        return quoted + " takes at most " + number_in(detail) + " argument(s), but has " +
               number_in(detail.substr(detail.find(",")));
    }
    if (detail.starts_with("unknown option")) {
        const std::string option(quoted_part(detail));
        const rst::MarkupTables& tables = rst::MarkupTables::built_in();
        const std::string key = ascii_lower(name);
        const rst::DirectiveSpec* spec = tables.sphinx_directive(key);
        if (spec == nullptr)
            spec = tables.docutils_directive(key);
        std::vector<std::string_view> names;
        if (spec != nullptr) {
            for (const rst::OptionSpec& known : spec->options)
                names.push_back(known.name);
        }
        const std::string_view near =
            nearest(option, std::span<const std::string_view>(names), suggestion_distance(option));
        return quoted + " has no option '" + option + "'" +
               (near.empty() ? "" : "; did you mean '" + std::string(near) + "'?");
    }
    if (detail.starts_with("invalid option value")) {
        const std::size_t line = detail.find('\n');
        return "bad value for option '" + std::string(quoted_part(detail)) + "' of " + quoted +
               ": " + requoted(detail.substr(line == detail.npos ? 0 : line + 1));
    }
    if (detail.starts_with("invalid option block"))
        return "the options of " + quoted +
               " end before the blank line: write each as :name: value";
    return quoted + ": " + requoted(detail);
}

/// What MyST-Parser 5 says of a directive of its own (parsers/directives.py), in the same words as
/// for reStructuredText: arguments, options, and content where there may or must be none.
class MystDirective {
  public:
    MystDirective(const FileContext& context, Sink& sink, NodeId id, const rst::DirectiveSpec& spec)
        : context_(context),
          sink_(sink),
          node_(context.document.node(id)),
          data_(context.document.data(id)),
          spec_(spec) {}

    void check() {
        const int most = spec_.required_arguments + spec_.optional_arguments;
        const std::string_view bytes = context_.source.bytes();
        const std::size_t line_end = std::min(bytes.find('\n', node_.range.begin), bytes.size());
        bool body = most == 0 && !data_.text.empty();
        for (NodeId id = node_.first_child; id != kNoNode; id = context_.document.node(id).next) {
            const Node& child = context_.document.node(id);
            if (child.kind == NodeKind::directive_option)
                option(child, context_.document.data(child));
            else if (child.range.begin > line_end &&
                     context_.source.slice(child.range).find_first_not_of(" \t\r\n>") !=
                         std::string_view::npos)
                body = true;
        }
        arguments(most);
        if (body && spec_.body == rst::DirectiveBody::none)
            report(data_.name_range, "no content permitted", Severity::warning);
        else if (!body && needs_content() && data_.text.empty())
            report(data_.name_range, "content expected, but there is none", Severity::error);
    }

  private:
    void arguments(int most) {
        int count = 0;
        for (const std::string_view word : split(data_.text, ' '))
            count += trim(word).empty() ? 0 : 1;
        if (most > 0 && spec_.final_whitespace)
            count = std::min(count, most);
        if (count < spec_.required_arguments)
            report(data_.name_range,
                   std::to_string(spec_.required_arguments) + " argument(s) required, " +
                       std::to_string(count) + " supplied",
                   Severity::error);
        else if (most > 0 && count > most)
            report(data_.name_range,
                   "maximum " + std::to_string(most) + " argument(s) allowed, " +
                       std::to_string(count) + " supplied",
                   Severity::error);
    }

    void option(const Node& node, const NodeData& data) {
        // Without options such lines are content; {include} has more options in MyST.
        if (!spec_.has_options || spec_.any_option || spec_.name == "include")
            return;
        const rst::OptionSpec* known = spec_.option(ascii_lower(data.name));
        const Range place = data.name_range.empty() ? node.range : data.name_range;
        if (known == nullptr) {
            const std::string words =
                block_error(data_.name, "unknown option: \"" + ascii_lower(data.name) + "\".");
            const bool slip = words.find("did you mean") != std::string::npos;
            if (!slip && context_.settings.open_markup)
                sink_.unknown("options that an extension may add to a directive");
            else
                say(place, words, Severity::warning);
            return;
        }
        // MyST allows any value of a flag.
        if (known->convert == rst::Convert::flag)
            return;
        rst::OptionValue value;
        std::string error;
        const std::string text(trim(data.text));
        if (!rst::convert_option(*known, text.empty() ? nullptr : &text, value, error))
            say(data.text_range.empty() ? place : data.text_range,
                block_error(data_.name, "invalid option value: (option: \"" + data.name +
                                            "\"; value: x)\n" + error),
                Severity::warning);
    }

    /// docutils' assert_has_content().
    [[nodiscard]] bool needs_content() const {
        constexpr std::array kNames = std::to_array<std::string_view>(
            {"admonition", "attention", "caution", "danger", "error", "hint", "important", "note",
             "tip", "warning", "topic", "sidebar", "container", "compound", "epigraph",
             "highlights", "pull-quote", "seealso"});
        return std::find(kNames.begin(), kNames.end(), spec_.name) != kNames.end();
    }

    void report(Range range, const std::string& detail, Severity most) {
        say(range, block_error(data_.name, detail), most);
    }

    void say(Range range, std::string words, Severity most) {
        Diagnostic& finding = sink_.report(range, std::move(words));
        finding.subject = data_.name;
        finding.at_most = most;
    }

    const FileContext& context_;
    Sink& sink_;
    const Node& node_;
    const NodeData& data_;
    const rst::DirectiveSpec& spec_;
};

/// Pelican, Nikola and others have a directive for code of their own, with `:linenos: table`.
/// Whose site a page is in is not known where it is not Sphinx'.
bool is_option_of_others(std::string_view text, const Settings& settings) {
    return settings.site < 0 && text.find("code") != text.npos &&
           text.find("\nno argument is allowed; ") != text.npos &&
           text.find("(option: \"linenos\"") != text.npos;
}

/// Whether a domain that the project brings is the default one, and so may have a directive of its
/// own of any name without a colon (sphinx.util.docutils: the default domain is asked first).
bool is_of_own_domain(std::string_view name, const Settings& settings) {
    constexpr std::array kSphinx =
        std::to_array<std::string_view>({"", "py", "c", "cpp", "js", "rst", "std", "math", "None"});
    return name.find(':') == name.npos &&
           std::find(kSphinx.begin(), kSphinx.end(), settings.primary_domain) == kSphinx.end();
}

class DirectiveErrorCheck final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        if (is_page_template(context))
            return;
        if (context.facts.format == Format::markdown)
            look_at_myst(context, sink);
        for (const ParserMessage& message : context.document.messages()) {
            if (problem_of(message) != RstProblem::directive_error)
                continue;
            const std::string_view text = message.text;
            if (is_of_own_domain(quoted_part(text), context.settings)) {
                sink.unknown("directives that the default domain of the project may define");
                continue;
            }
            if (is_option_of_others(text, context.settings)) {
                sink.unknown("options that another program may add to a directive");
                continue;
            }
            std::string words;
            const std::size_t line = text.find('\n');
            if (text.starts_with("Error in \"") && line != text.npos) {
                const std::string_view name = quoted_part(text);
                words = block_error(name, text.substr(line + 1));
                const bool slip = words.find("did you mean") != std::string::npos;
                if (!slip && context.settings.open_markup &&
                    text.find("unknown option") != text.npos) {
                    sink.unknown("options that an extension may add to a directive");
                    continue;
                }
            } else {
                words = requoted(text);
                words.front() = ascii_lower(words.front());
                while (words.ends_with("."))
                    words.pop_back();
            }
            report_message(sink, message, message.range, std::move(words)).subject =
                std::string(text.substr(0, line));
        }
    }

  private:
    static void look_at_myst(const FileContext& context, Sink& sink) {
        // Other readers of MyST (mystmd) have other options.
        if (context.settings.flavor != Flavor::myst || context.settings.site < 0)
            return;
        const rst::MarkupTables& tables = rst::MarkupTables::built_in();
        std::uint32_t rst_end = 0;
        for (NodeId id = 0; id < context.document.nodes().size(); ++id) {
            const Node& node = context.document.node(id);
            const NodeData& data = context.document.data(id);
            // What stands in {eval-rst} has messages of its own.
            if (node.kind == NodeKind::raw_text && data.name == "rst")
                rst_end = std::max(rst_end, node.range.end);
            if (node.kind != NodeKind::directive || node.range.begin < rst_end)
                continue;
            const std::string name = ascii_lower(data.name);
            const auto& own = context.settings.own_directives;
            const auto mine = std::find_if(own.begin(), own.end(), [&](const OwnDirective& other) {
                return other.name == name;
            });
            if (mine != own.end()) {
                if (mine->has_options)
                    MystDirective(context, sink, id, rst::spec_of(*mine)).check();
                continue;
            }
            const rst::DirectiveSpec* spec =
                tables.sphinx_directive(name, context.settings.primary_domain);
            if (spec == nullptr)
                spec = tables.docutils_directive(name);
            if (spec != nullptr)
                MystDirective(context, sink, id, *spec).check();
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_directive_error(const Options&) {
    return std::make_unique<DirectiveErrorCheck>();
}

}  // namespace docathon::rules
