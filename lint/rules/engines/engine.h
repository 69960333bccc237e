#pragma once
// Engine: how a rule without C++ is checked. A rule file names an engine (`check: pattern`) and
// says in the engine's keys what it looks for. Engines see nodes and texts (FileView), never a
// format, so a rule holds for every front end. An Engine is const after construction; all threads
// share it.
//
// To add an engine: one .cpp here with make_<name>(), a row in engine_set.cpp, its keys in
// lint/config/engine_keys.cpp.

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/core/glob.h"
#include "lint/core/result.h"
#include "lint/core/value.h"
#include "lint/rules/check.h"
#include "lint/rules/engines/pattern_set.h"
#include "lint/rules/engines/text_view.h"

namespace docathon::rules {

/// Value of a placeholder of a message.
using Argument = std::pair<std::string_view, std::string>;
using Arguments = std::vector<Argument>;

/// `message:` of a rule, cut at its placeholders. `{{` and `}}` stand for braces.
class MessageTemplate {
  public:
    MessageTemplate() = default;
    /// Text and placeholders of `text`; false if a brace is never closed.
    bool parse(std::string_view text);
    [[nodiscard]] std::vector<std::string> placeholders() const;
    /// The message on one line; long values are cut.
    [[nodiscard]] std::string fill(const Arguments& arguments) const;

  private:
    struct Part {
        bool placeholder = false;
        std::string text;
    };
    std::vector<Part> parts_;
};

enum class FixMode : std::uint8_t { none, unsafe, safe };

/// A pattern of a unit that stands in a text: what the RE2::Set of the view says, without places.
struct Candidate {
    std::uint32_t text;     ///< position of the text in its view
    std::uint32_t pattern;  ///< PatternId
};

/// Where the findings of one rule in one file go.
class Reporter;

class Engine {
  public:
    Engine() = default;
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
    virtual ~Engine() = default;
    /// `candidates`: the patterns added with EngineMaker::add_pattern that match, by text.
    virtual void run(FileView& file, std::span<const Candidate> candidates,
                     Reporter& report) const = 0;
};

/// What all engines have in common: the keys on, view, message, fix, exceptions, pages.
struct Common {
    std::uint32_t selector = 0;
    View view = View::prose;
    MessageTemplate message;
    FixMode fix = FixMode::none;
    std::vector<std::shared_ptr<const re2::RE2>> exceptions;
    std::vector<std::string> page_kinds;
    std::vector<std::shared_ptr<const Glob>> page_globs;
    std::vector<Argument> options;              ///< {name} of the rule's options
    std::vector<std::uint32_t> more_selectors;  ///< others that the engine asks for
    std::vector<std::string> attributes;        ///< of the place, that the message names
};

class Reporter {
  public:
    /// A rule that matches everything is a mistake, and nobody reads that many.
    static constexpr std::size_t kMostFindings = 1000;

    Reporter(const Common& common, const FileView& file, Sink& sink);

    /// Reports, unless `!x` of the selector leaves the place out. The finding may be completed
    /// through the pointer until the next report.
    Diagnostic* report(Range range, Arguments arguments);
    /// The same for a part of a text, unless an exception covers it.
    Diagnostic* report(const ViewText& text, std::uint32_t begin, std::uint32_t end,
                       Arguments arguments);
    /// Whether an exception of the rule covers text[begin, end).
    [[nodiscard]] bool excepted(std::string_view text, std::uint32_t begin,
                                std::uint32_t end) const;
    /// A fix of the finding, as the rule's `fix:` says.
    void fix(Diagnostic* finding, std::string description, std::vector<Edit> edits) const;
    /// Whether nothing stands between two bytes of the source but space and marks of quotes.
    [[nodiscard]] bool plain_between(std::uint32_t begin, std::uint32_t end) const;
    [[nodiscard]] const Common& common() const { return common_; }
    void unknown(const std::string& reason) { sink_.unknown(reason); }

  private:
    const Common& common_;
    const FileView& file_;
    Sink& sink_;
    std::size_t count_ = 0;
};

/// Reads the data file that a rule names with `data:`; `from` is the path of the rule's file.
using DataReader = std::function<Result<Value>(std::string_view name, std::string_view from)>;

/// Reads the keys of one rule, with its options put in their places, and collects what is wrong.
class EngineMaker {
  public:
    EngineMaker(const RuleSpec& spec, const Options& options, std::uint32_t unit,
                SelectorSet& selectors, PatternSets& patterns, const DataReader& data,
                std::vector<Error>& errors);

    /// What a rule is read with if it does not say: before common() is called.
    struct Defaults {
        std::string_view on;
        View view = View::prose;
        std::string_view message;
    };
    /// Reads the common keys. `placeholders` are those that the message may have besides the names
    /// of the rule's options.
    void common(const Defaults& defaults, std::vector<std::string_view> placeholders);
    /// Names of capture groups are placeholders too.
    void allow_placeholder(std::string name) { extra_placeholders_.insert(std::move(name)); }
    /// So are the attributes of what `on:` selects; after common(). The engine adds their values
    /// with add_attributes().
    void allow_attributes();
    /// Checks the message's placeholders: when all of the engine's keys are read.
    void check_message();

    [[nodiscard]] const Value* find(std::string_view key) const { return body_.find(key); }
    /// The value of a key, or of the data file if the key is `data` and names one.
    [[nodiscard]] std::optional<Value> data();
    [[nodiscard]] std::string text(std::string_view key, std::string_view otherwise = {});
    [[nodiscard]] bool boolean(std::string_view key, bool otherwise);
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view key);
    /// A scalar or a list of scalars; empty if it is not there.
    [[nodiscard]] std::vector<const Value*> list(std::string_view key);
    /// One of `choices`, or the first if the key is not there.
    [[nodiscard]] std::size_t choice(std::string_view key,
                                     std::span<const std::string_view> choices);

    /// Adds an expression to the set of the rule's view. Errors are reported at `at`.
    PatternId add_pattern(const Value& at, std::string expression, PatternOptions options);
    /// A single expression; null after an error.
    std::shared_ptr<const re2::RE2> expression(const Value& at, const std::string& text,
                                               bool ignore_case = false);
    std::optional<std::uint32_t> selector(const Value& at, std::string_view text);
    void error(const Value& at, std::string message);
    /// An error at the rule itself, for a key that is missing.
    void missing(std::string_view key, std::string_view why);

    [[nodiscard]] const Value& body() const { return body_; }
    [[nodiscard]] const RuleSpec& spec() const { return spec_; }
    [[nodiscard]] const PatternSets& patterns() const { return patterns_; }
    [[nodiscard]] SelectorSet& selectors() { return selectors_; }
    [[nodiscard]] std::size_t error_count() const { return errors_.size(); }

    /// Whether the engine runs on the texts in which its patterns stand.
    [[nodiscard]] bool has_patterns() const { return has_patterns_; }
    /// The engine asks for the kinds of a page.
    void need_page_kinds() { needs_page_kinds_ = true; }
    [[nodiscard]] bool needs_page_kinds() const { return needs_page_kinds_; }

    Common result;

  private:
    void read_pages();

    const RuleSpec& spec_;
    Value body_;
    std::uint32_t unit_;
    SelectorSet& selectors_;
    PatternSets& patterns_;
    const DataReader& data_;
    std::vector<Error>& errors_;
    std::vector<std::string_view> placeholders_;
    std::set<std::string> extra_placeholders_;
    bool has_patterns_ = false;
    bool needs_page_kinds_ = false;
};

/// `body` with `{option}` replaced by the values of the rule's options, for the keys of engines.
/// An item of a list that names an option which is a list becomes one item for each value. Inside
/// quotes of a selector a value is escaped.
[[nodiscard]] Value with_options(const Value& body, const RuleSpec& spec, const Options& options);

/// A match in a text.
struct Found {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    PatternId pattern = 0;
};
/// The matches of patterns that the set found in one text: in order, and of those that overlap the
/// first, or the longest of those that begin together.
[[nodiscard]] std::vector<Found> find_all(const PatternSets& patterns, std::string_view text,
                                          std::span<const Candidate> candidates);

/// Adds the attributes of a place that the message of the rule names.
void add_attributes(const FileView& file, std::uint32_t entry, const Common& common,
                    Arguments& arguments);

/// Calls `use(text position, candidates of it)` for each text.
template <class Use>
void by_text(std::span<const Candidate> candidates, const Use& use) {
    std::size_t begin = 0;
    while (begin < candidates.size()) {
        std::size_t end = begin;
        while (end < candidates.size() && candidates[end].text == candidates[begin].text)
            ++end;
        use(candidates[begin].text, candidates.subspan(begin, end - begin));
        begin = end;
    }
}

std::unique_ptr<Engine> make_pattern(EngineMaker& maker);
std::unique_ptr<Engine> make_substitution(EngineMaker& maker);
std::unique_ptr<Engine> make_count(EngineMaker& maker);
std::unique_ptr<Engine> make_require(EngineMaker& maker);
std::unique_ptr<Engine> make_case(EngineMaker& maker);
std::unique_ptr<Engine> make_url(EngineMaker& maker);
std::unique_ptr<Engine> make_symbol(EngineMaker& maker);
std::unique_ptr<Engine> make_consistent(EngineMaker& maker);

}  // namespace docathon::rules
