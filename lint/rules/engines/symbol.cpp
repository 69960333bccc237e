// symbol: dotted names in example code, as they are written. What a name is bound to by an import
// is not followed.

#include <re2/re2.h>

#include <algorithm>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"
#include "lint/rules/engines/engine.h"

namespace docathon::rules {

namespace {

constexpr std::string_view kCode =
    "code[lang=python], code[lang=python3], code[lang=py], code[lang=pycon], code[lang=ipython], "
    "code[lang=ipython3], code[kind=doctest], code[kind=inline]";

struct Symbol {
    std::string name;
    std::string state;
    std::string since;
    std::string replacement;
    bool operator<(const Symbol& other) const { return name < other.name; }
};

bool is_name_start(char c) {
    return is_ascii_alpha(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool is_name(char c) {
    return is_name_start(c) || is_ascii_digit(c);
}

/// End of the string literal that begins at `at` with a quote.
std::size_t skip_string(std::string_view code, std::size_t at) {
    const char quote = code[at];
    const std::string_view triple = code.substr(at, 3);
    if (triple.size() == 3 && triple[1] == quote && triple[2] == quote) {
        const std::size_t end = code.find(triple, at + 3);
        return end == std::string_view::npos ? code.size() : end + 3;
    }
    for (++at; at < code.size() && code[at] != quote && code[at] != '\n'; ++at) {
        if (code[at] == '\\')
            ++at;
    }
    return std::min(at + 1, code.size());
}

/// The arguments of a call whose '(' is at `open`: their names, and whether `**` hides some. False
/// if it is never closed.
bool arguments_of(std::string_view code, std::size_t open, std::vector<std::string_view>& names,
                  bool& hidden) {
    constexpr std::size_t kLongest = 10'000;  // bytes of one call
    int depth = 0;
    bool begins = true;  // an argument begins here
    const std::size_t end = std::min(code.size(), open + kLongest);
    for (std::size_t at = open; at < end; ++at) {
        const char c = code[at];
        if (c == '#') {
            while (at < end && code[at] != '\n')
                ++at;
            continue;
        }
        if (c == '"' || c == '\'') {
            at = skip_string(code, at) - 1;
            begins = false;
        } else if (c == '(' || c == '[' || c == '{') {
            ++depth;
            begins = depth == 1;
        } else if (c == ')' || c == ']' || c == '}') {
            if (--depth == 0)
                return true;
        } else if (c == ',') {
            begins = depth == 1;
        } else if (begins && is_name_start(c)) {
            std::size_t last = at;
            while (last < end && is_name(code[last]))
                ++last;
            std::size_t equal = last;
            while (equal < end && is_ascii_space(code[equal]))
                ++equal;
            if (equal + 1 < end && code[equal] == '=' && code[equal + 1] != '=')
                names.push_back(code.substr(at, last - at));
            at = last - 1;
            begins = false;
        } else if (begins && (c == '*' || code.substr(at).starts_with("..."))) {
            hidden = true;
            begins = false;
        } else if (!is_ascii_space(c)) {
            begins = false;
        }
    }
    return false;
}

class SymbolEngine final : public Engine {
  public:
    explicit SymbolEngine(EngineMaker& maker) {
        maker.common({.on = kCode, .view = View::text, .message = "'{name}' is not to be used"},
                     {"match", "name", "since", "replacement", "state"});
        const std::string state = maker.text("state");
        for (const Value* name : maker.list("names"))
            symbols_.push_back({name->text, {}, {}, {}});
        if (const std::optional<Value> data = maker.data())
            read_data(maker, *data, state);
        if (maker.find("names") == nullptr && maker.find("data") == nullptr)
            maker.missing("names", "dotted names; or 'data', a file of them");
        std::sort(symbols_.begin(), symbols_.end());
        without_ = maker.text("without-argument");
        with_ = maker.text("with-argument");
        if (const Value* allow = maker.find("allow"))
            read_allow(maker, *allow);
    }

    void run(FileView& file, std::span<const Candidate> /*candidates*/,
             Reporter& report) const override {
        const auto kinds = file.page_kinds();
        if (std::any_of(kinds.begin(), kinds.end(), [&](const std::string& kind) {
                return std::find(page_kinds_.begin(), page_kinds_.end(), kind) != page_kinds_.end();
            }))
            return;
        const View view = report.common().view;
        const Selected& places = file.selected(report.common().selector);
        for (std::size_t i = 0; i < places.entries.size(); ++i) {
            const std::uint32_t entry = places.entries[i];
            const TreeEntry& at = file.tree().entries()[entry];
            const bool block = at.kind == SelectorKind::code &&
                               file.context().document.node(at.node).kind == NodeKind::code_block;
            for (const std::uint32_t number : file.texts_of(entry, view, places.sentences[i]))
                search(file, entry, file.text(view, number), block, report);
        }
    }

  private:
    void read_data(EngineMaker& maker, const Value& data, const std::string& state) {
        const Value* rows = data.is_map() ? data.find("symbols") : &data;
        if (rows == nullptr || !rows->is_list()) {
            maker.error(*maker.find("data"), "the data must be a list of symbols");
            return;
        }
        for (const Value& row : rows->items) {
            const auto field = [&](std::string_view key) {
                const Value* value = row.find(key);
                return value == nullptr ? std::string() : value->text;
            };
            Symbol symbol{row.is_scalar() ? row.text : field("name"), field("state"),
                          field("since"), field("replacement")};
            if (symbol.name.empty()) {
                maker.error(*maker.find("data"), "a symbol of the data has no 'name'");
                return;
            }
            if (state.empty() || symbol.state == state)
                symbols_.push_back(std::move(symbol));
        }
    }

    void read_allow(EngineMaker& maker, const Value& allow) {
        if (const Value* heading = allow.find("heading"))
            heading_ = maker.expression(*heading, heading->text);
        if (const Value* sentence = allow.find("sentence"))
            sentence_ = maker.expression(*sentence, sentence->text);
        if (const Value* own = allow.find("own-page"); own != nullptr && !own->as_bool(own_page_))
            maker.error(*own, "'own-page' must be true or false");
        if (const Value* kinds = allow.find("page-kind")) {
            maker.need_page_kinds();
            if (kinds->is_scalar())
                page_kinds_.push_back(kinds->text);
            for (const Value& kind : kinds->items)
                page_kinds_.push_back(kind.text);
        }
    }

    /// The symbol that `name` is, or that it lies below; nullptr if there is none.
    [[nodiscard]] const Symbol* find(std::string_view name) const {
        while (true) {
            const auto at = std::lower_bound(
                symbols_.begin(), symbols_.end(), name,
                [](const Symbol& symbol, std::string_view wanted) { return symbol.name < wanted; });
            if (at != symbols_.end() && at->name == name)
                return &*at;
            const std::size_t dot = name.rfind('.');
            if (dot == std::string_view::npos)
                return nullptr;
            name = name.substr(0, dot);
        }
    }

    void search(const FileView& file, std::uint32_t entry, const ViewText& text, bool block,
                Reporter& report) const {
        const std::string_view code = text.text();
        for (std::size_t at = 0; at < code.size();) {
            const char c = code[at];
            if (block && c == '#') {
                while (at < code.size() && code[at] != '\n')
                    ++at;
                continue;
            }
            if (block && (c == '"' || c == '\'')) {
                at = skip_string(code, at);
                continue;
            }
            if (!is_name_start(c)) {
                // 1.5.foo and a().b are no names of their own.
                at += is_ascii_digit(c) ? 0 : 1;
                while (is_ascii_digit(c) && at < code.size() && is_name(code[at]))
                    ++at;
                continue;
            }
            const std::size_t begin = at;
            while (at < code.size() &&
                   (is_name(code[at]) ||
                    (code[at] == '.' && at + 1 < code.size() && is_name_start(code[at + 1]))))
                ++at;
            if (begin > 0 && code[begin - 1] == '.')
                continue;
            const std::string_view name = code.substr(begin, at - begin);
            const Symbol* symbol = find(name);
            if (symbol == nullptr)
                continue;
            if ((!without_.empty() || !with_.empty()) && !called_so(code, at, report))
                continue;
            if (allowed(file, entry, *symbol))
                continue;
            const auto end = begin + symbol->name.size();
            Diagnostic* finding = report.report(text, static_cast<std::uint32_t>(begin),
                                                static_cast<std::uint32_t>(end),
                                                {{"match", symbol->name},
                                                 {"name", symbol->name},
                                                 {"since", symbol->since},
                                                 {"replacement", symbol->replacement},
                                                 {"state", symbol->state}});
            if (finding == nullptr)
                continue;
            finding->subject = symbol->name;
            const auto from = static_cast<std::uint32_t>(begin);
            const auto to = static_cast<std::uint32_t>(end);
            if (!symbol->replacement.empty() && text.verbatim(from, to)) {
                report.fix(finding, "write '" + symbol->replacement + "'",
                           {{text.to_source(from, to), symbol->replacement}});
            }
        }
    }

    /// Whether the name that ends at `at` is called without, or with, the argument of the rule.
    bool called_so(std::string_view code, std::size_t at, Reporter& report) const {
        if (at >= code.size() || code[at] != '(')
            return false;
        std::vector<std::string_view> names;
        bool hidden = false;
        if (!arguments_of(code, at, names, hidden))
            return false;
        const auto has = [&](const std::string& name) {
            return std::find(names.begin(), names.end(), name) != names.end();
        };
        if (!with_.empty() && !has(with_))
            return false;
        if (without_.empty())
            return true;
        if (hidden && !has(without_)) {
            report.unknown("arguments of a call that are not written out");
            return false;
        }
        return !has(without_);
    }

    [[nodiscard]] bool allowed(const FileView& file, std::uint32_t entry,
                               const Symbol& symbol) const {
        const NodeTree& tree = file.tree();
        if (own_page_ && file.context().facts.title.find(symbol.name) != std::string::npos)
            return true;
        if (heading_ != nullptr) {
            std::uint32_t section = tree.section_of(entry);
            while (section != kNoEntry) {
                if (re2::RE2::PartialMatch(tree.attribute(section, "title"), *heading_))
                    return true;
                section = tree.section_of(tree.entries()[section].parent);
            }
        }
        return sentence_ != nullptr && re2::RE2::PartialMatch(around(file, entry), *sentence_);
    }

    /// The text that a reader has beside the code: of the paragraph it stands in, or before it.
    [[nodiscard]] static std::string around(const FileView& file, std::uint32_t entry) {
        const std::vector<TreeEntry>& entries = file.tree().entries();
        const std::uint32_t parent = entries[entry].parent;
        if (parent != kNoEntry && (entries[parent].kind == SelectorKind::paragraph ||
                                   entries[parent].kind == SelectorKind::cell))
            return file.tree().plain_text(parent);
        // The entry before it in preorder lies in the block before it.
        std::uint32_t before = entry;
        while (before > 0 && --before != parent) {
            if (entries[before].kind == SelectorKind::paragraph)
                return file.tree().plain_text(before);
            if (entries[before].kind == SelectorKind::heading ||
                entries[before].kind == SelectorKind::code)
                break;
        }
        return {};
    }

    std::vector<Symbol> symbols_;
    std::string without_;
    std::string with_;
    std::shared_ptr<const re2::RE2> heading_;
    std::shared_ptr<const re2::RE2> sentence_;
    std::vector<std::string> page_kinds_;
    bool own_page_ = false;
};

}  // namespace

std::unique_ptr<Engine> make_symbol(EngineMaker& maker) {
    return std::make_unique<SymbolEngine>(maker);
}

}  // namespace docathon::rules
