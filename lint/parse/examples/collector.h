#pragma once
// Collector: blocks of code as they were found, wherever that was, to the arrays of ExampleFacts.
// Decides the language, splits sessions into what was typed and what was printed, and hands the
// text to the reader of its language. Borrows the source until take().

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/model/example_facts.h"
#include "lint/parse/mapped_text.h"
#include "lint/parse/python/outline.h"
#include "lint/parse/python/pool.h"

namespace docathon::examples {

/// Longer ones are not read: no documentation has them, and readers are to stay fast.
inline constexpr std::size_t kMostBytes = 256u << 10;

/// A block of code before it is read.
struct Block {
    std::string_view label;  ///< the language as written; any case, may have braces
    LanguageOrigin origin = LanguageOrigin::none;
    ExamplePlace place = ExamplePlace::page;
    std::uint16_t flags = 0;
    std::uint32_t group = 0;
    std::uint32_t docstring = kNoItem;
    Range label_range;
    Range range;
    std::vector<Range> lines;  ///< without line ends and without what the container adds
};

class Collector {
  public:
    explicit Collector(std::string_view source) : source_(source), pool_(facts_.pool) {}
    Collector(const Collector&) = delete;
    Collector& operator=(const Collector&) = delete;

    void add(const Block& block);
    /// A cell of Python of a notebook: the insides of the JSON strings that hold it.
    void add_cell(const std::vector<Range>& strings, Range cell);
    /// A code span or role; `range` is its text as written. Words that are no name are left out.
    void add_inline(InlineKind kind, std::string_view role, Range range,
                    std::uint32_t docstring = kNoItem);
    /// A `literalinclude`; its options follow.
    void add_included(std::string_view target, Range range);
    void add_option(std::string_view name, std::string_view value, Range range);
    [[nodiscard]] std::string_view source() const { return source_; }
    void set_script(std::shared_ptr<const ScriptFacts> script) {
        facts_.script = std::move(script);
    }
    /// Null if nothing was found.
    [[nodiscard]] std::shared_ptr<const ExampleFacts> take();

  private:
    [[nodiscard]] std::string_view bytes(Range range) const {
        return source_.substr(range.begin, range.size());
    }
    /// Splits off prompts, output and what is for IPython; the rest is the code.
    void choose_lines(const Block& block, CodeExample& example, std::vector<Range>& code) const;
    /// Dotted words of a block that is no Python: `jupyter nbextension enable pkg.mod.widget`.
    void add_words(Range line);
    [[nodiscard]] bool has_prompt(const Block& block, bool python) const;
    [[nodiscard]] bool begins_with_prompt(const Block& block) const;

    std::string_view source_;
    ExampleFacts facts_;
    python::Pool pool_;
    python::Outline outline_;
};

}  // namespace docathon::examples
