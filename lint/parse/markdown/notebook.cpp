#include "lint/parse/markdown/notebook.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <type_traits>
#include <utility>
#include <vector>

#include "lint/core/pack.h"
#include "lint/core/slug.h"
#include "lint/core/strings.h"
#include "lint/parse/markdown/flavor.h"
#include "lint/parse/markdown/markdown.h"

namespace docathon::markdown {

namespace {

/// Turns the ranges in facts about the text of a cell into ranges of the notebook.
class ToSource {
  public:
    ToSource(std::string_view source, const MappedText& text) : source_(source), text_(text) {}

    template <class T>
    void operator()(T& value) const {
        using namespace pack_detail;
        if constexpr (std::is_same_v<T, Range>) {
            value = range(value);
        } else if constexpr (IsVector<T>::value) {
            for (auto& item : value)
                (*this)(item);
        } else if constexpr (std::is_aggregate_v<T> && !IsPair<T>::value) {
            with_members(value, [this](auto&... members) { ((*this)(members), ...); });
        }
    }

  private:
    [[nodiscard]] Range range(Range in) const {
        Range out = text_.to_source(in);
        if (in.empty())
            return out;
        // What ends in an escape has all of it; no other backslash stands in a JSON string.
        const std::uint32_t last = text_.to_source(in.end - 1);
        if (last < source_.size() && source_[last] == '\\')
            out.end = std::max(out.end, last + json_escape_size(source_, last));
        return out;
    }

    std::string_view source_;
    const MappedText& text_;
};

/// As JupyterLab and Colab read cells, which is as GitHub does but for front matter and formulas.
Dialect cell_dialect(const Settings& settings) {
    Dialect out = with_settings(dialect_of(settings.flavor), settings);
    out.blocks.front_matter = false;
    if (settings.flavor == Flavor::gfm || settings.flavor == Flavor::commonmark) {
        out.blocks.amsmath = true;
        out.inlines.strict_dollars = false;
    }
    return out;
}

/// May the code write HTML or Markdown, and anchors with it?
bool writes_markup(std::string_view code) {
    constexpr auto kMarks =
        std::to_array<std::string_view>({"HTML(", "Markdown(", "%%html", "%%HTML", "%%markdown",
                                         "display_html", "display_markdown"});
    return std::any_of(kMarks.begin(), kMarks.end(), [&](std::string_view mark) {
        return code.find(mark) != std::string_view::npos;
    });
}

/// Values of `id=` and `name=` that browsers find in HTML which is not quite HTML:
/// `<a id = "x"</a>`. Adds those that the front end did not find.
void loose_ids(std::string_view text, FileFacts& facts) {
    std::vector<Anchor> found;
    for (std::size_t at = text.find('='); at != std::string_view::npos;
         at = text.find('=', at + 1)) {
        constexpr std::size_t kBefore = 8;
        const std::size_t from = at < kBefore ? 0 : at - kBefore;
        const std::string_view before = trim_right(text.substr(from, at - from));
        if (!before.ends_with("id") && !before.ends_with("name"))
            continue;
        const std::size_t begin = std::min(text.find_first_not_of(" \"'", at + 1), text.size());
        constexpr std::size_t kLongest = 200;
        const std::string_view value = text.substr(begin, kLongest);
        const std::size_t size = std::min(value.find_first_of(" \"'<>\n"), value.size());
        if (size > 0)
            found.push_back(
                {AnchorKind::html_id,
                 std::string(value.substr(0, size)),
                 {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + size)}});
    }
    if (found.empty())
        return;
    std::vector<std::string> known;
    for (const Anchor& anchor : facts.anchors)
        known.push_back(anchor.id);
    std::sort(known.begin(), known.end());
    for (Anchor& anchor : found) {
        if (!std::binary_search(known.begin(), known.end(), anchor.id))
            facts.anchors.push_back(std::move(anchor));
    }
}

/// A target that is no URL, and the last part of its path.
std::string_view file_name(const Reference& reference) {
    std::string_view path = reference.target;
    path = path.substr(0, path.find_first_of("?#"));
    return path.find(':') != std::string_view::npos ? std::string_view()
                                                    : path.substr(path.rfind('/') + 1);
}

/// The words in code that may be names of files, sorted.
std::vector<std::string_view> file_names(std::string_view source, const Notebook& notebook) {
    std::vector<std::string_view> out;
    const auto is_part = [](char c) {
        return is_ascii_alnum(c) || c == '_' || c == '.' || c == '-' || (c & 0x80) != 0;
    };
    for (const NotebookCell& cell : notebook.cells) {
        if (cell.kind != CellKind::code)
            continue;
        std::uint32_t begin = cell.range.begin;
        bool dotted = false;
        for (std::uint32_t at = begin; at < cell.range.end; ++at) {
            const char c = source[at];
            if (is_part(c)) {
                dotted = dotted || c == '.';
                continue;
            }
            if (dotted)
                out.push_back(source.substr(begin, at - begin));
            if (c == '\\')
                ++at;  // an escape of JSON
            begin = at + 1;
            dotted = false;
        }
    }
    std::sort(out.begin(), out.end());
    return out;
}

/// Anchors of titles with a formula, which is shown as something else: nobody knows more of them
/// than how they begin.
void leave_formulas(const std::vector<std::string>& starts, FileFacts& facts) {
    // Each is compared with each; nobody's notebook has so many.
    constexpr std::size_t kMost = 200;
    if (starts.size() > kMost)
        facts.open_anchors = true;
    if (starts.empty() || facts.open_anchors)
        return;
    for (Reference& reference : facts.references) {
        if (!reference.target.starts_with('#'))
            continue;
        const std::string anchor = folded_anchor(std::string_view(reference.target).substr(1));
        if (std::any_of(starts.begin(), starts.end(), [&](const std::string& start) {
                return std::string_view(anchor).starts_with(start);
            }))
            reference.flags |= reference_flag::kTemplated;
    }
}

/// What code names it may write or bring: whether the file is there before it runs says nothing.
void leave_to_code(std::string_view source, const Notebook& notebook, FileFacts& facts) {
    const auto is_file = [](const Reference& one) { return !file_name(one).empty(); };
    if (std::none_of(facts.references.begin(), facts.references.end(), is_file))
        return;
    const std::vector<std::string_view> names = file_names(source, notebook);
    for (Reference& reference : facts.references) {
        if (is_file(reference) &&
            std::binary_search(names.begin(), names.end(), file_name(reference)))
            reference.flags |= reference_flag::kTemplated;
    }
}

}  // namespace

ParsedFile parse_notebook(std::string_view source, const Notebook& notebook,
                          const Settings& settings) {
    ParsedFile out;
    FileFacts& facts = out.facts;
    facts.format = Format::notebook;
    facts.generated = notebook.made;
    facts.open_anchors = !notebook.whole || notebook.cells.empty();
    const Dialect dialect = cell_dialect(settings);
    const auto append = [](auto& to, auto& from) {
        to.insert(to.end(), std::make_move_iterator(from.begin()),
                  std::make_move_iterator(from.end()));
    };
    SlugCounter slugs;
    std::vector<std::string> formulas;
    MappedText text;
    for (const NotebookCell& cell : notebook.cells) {
        if (cell.kind == CellKind::code && !facts.open_anchors)
            facts.open_anchors = writes_markup(source.substr(cell.range.begin, cell.range.size()));
        // Cells of any other kind are for programs that turn the notebook into something else.
        if (cell.kind == CellKind::other)
            facts.open_anchors = true;
        if (cell.kind != CellKind::markdown)
            continue;
        text.clear();
        for (const Range inside : cell.strings)
            append_json(text, source, inside);
        if (text.text().empty())
            continue;
        FileFacts page = parse_markdown(text.text(), dialect, settings).facts;
        if (page.open_anchors)
            facts.open_anchors = true;
        loose_ids(text.text(), page);
        for (const Heading& heading : page.headings) {
            const std::string_view title =
                text.text().substr(heading.range.begin, heading.range.size());
            if (const std::size_t dollar = title.find('$'); dollar != std::string_view::npos)
                formulas.push_back(folded_anchor(title.substr(0, dollar)));
        }
        const ToSource to_source(source, text);
        to_source(page);
        for (Heading& heading : page.headings)
            heading.github_slug = slugs.next(github_slug(heading.text));
        for (Suppression& one : page.suppressions) {
            if (one.kind != SuppressionKind::ignore)
                one.scope.end = static_cast<std::uint32_t>(source.size());
        }
        if (facts.title.empty())
            facts.title = std::move(page.title);
        append(facts.headings, page.headings);
        append(facts.anchors, page.anchors);
        append(facts.labels, page.labels);
        append(facts.scopes, page.scopes);
        append(facts.references, page.references);
        append(facts.undefined_references, page.undefined_references);
        append(facts.footnotes, page.footnotes);
        append(facts.suppressions, page.suppressions);
        for (ApiDirective& one : page.api_directives) {
            if (one.parent != kNoItem)
                one.parent += static_cast<std::uint32_t>(facts.api_directives.size());
        }
        append(facts.api_directives, page.api_directives);
        facts.orphan = facts.orphan || page.orphan;
    }
    // myst-nb lets a cell use what another one defines.
    if (settings.flavor == Flavor::myst &&
        std::any_of(facts.references.begin(), facts.references.end(), [](const Reference& one) {
            return one.kind == ReferenceKind::link_definition;
        }))
        facts.undefined_references.clear();
    leave_formulas(formulas, facts);
    leave_to_code(source, notebook, facts);
    return out;
}

}  // namespace docathon::markdown
