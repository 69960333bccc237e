// markup/footnote-mismatch: see rules/markup/footnote-mismatch.yaml.

#include <algorithm>
#include <set>

#include "lint/core/strings.h"
#include "lint/rules/support/rst_messages.h"

namespace docathon::rules {

namespace {

class FootnoteMismatch final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        if (context.facts.format != Format::markdown) {
            look_at_messages(context, sink);
            return;
        }
        std::set<std::string> defined;
        std::set<std::string> used;
        for (const Footnote& footnote : context.facts.footnotes) {
            (footnote.definition ? defined : used).insert(ascii_lower(footnote.label));
        }
        // Without a single definition `[^x]` is text: a regular expression, an exponent.
        if (defined.empty())
            return;
        for (const Footnote& footnote : context.facts.footnotes) {
            const std::string key = ascii_lower(footnote.label);
            if (footnote.definition && !used.contains(key)) {
                sink.report(footnote.range, "footnote '" + footnote.label +
                                                "' is never used, so it is left out of the page")
                    .subject = footnote.label;
            } else if (!footnote.definition && !defined.contains(key)) {
                if (!is_label(footnote.label))
                    continue;
                sink.report(footnote.range, "no footnote '" + footnote.label +
                                                "' is defined, so this prints as text")
                    .subject = footnote.label;
            }
        }
    }

  private:
    /// reStructuredText shows footnotes that nobody uses; a use that leads nowhere is an error.
    /// Citations may be defined in another page.
    static void look_at_messages(const FileContext& context, Sink& sink) {
        if (is_page_template(context))
            return;
        for (const ParserMessage& message : context.document.messages()) {
            const RstProblem problem = problem_of(message);
            const std::string_view written = context.source.slice(message.range);
            const bool use = written.starts_with('[') && written.find("]_") != written.npos;
            std::string text;
            if (problem == RstProblem::footnote && message.text.starts_with("Too many")) {
                text = "more automatic footnote references than footnotes";
            } else if (problem == RstProblem::footnote) {
                text = "an empty footnote";
            } else if (problem == RstProblem::unknown_target && use && written.size() > 1 &&
                       (is_ascii_digit(written[1]) || written[1] == '#')) {
                text = "no footnote '" + std::string(written.substr(1, written.find(']') - 1)) +
                       "' is defined";
            } else {
                continue;
            }
            report_message(sink, message, message.range, std::move(text)).subject =
                std::string(written);
        }
    }

    /// Not `[^a-z]` nor `[^/]+`: a label is a word.
    static bool is_label(std::string_view label) {
        if (label.size() == 3 && label[1] == '-')
            return false;
        return std::all_of(label.begin(), label.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   c == '-' || c == '_' || c == '.' || c == ':' ||
                   (static_cast<unsigned char>(c) & 0x80) != 0;
        });
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_footnote_mismatch(const Options&) {
    return std::make_unique<FootnoteMismatch>();
}

}  // namespace docathon::rules
