#include "lint/parse/python/docstring.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "lint/core/strings.h"
#include "lint/parse/python/docstring_text.h"
#include "lint/parse/python/lexer.h"
#include "lint/parse/python/pool.h"

namespace docathon::python {

namespace {

struct SectionName {
    std::string_view name;
    DocSectionKind kind;
};

constexpr std::array<SectionName, 45> kSections = {{
    {"args", DocSectionKind::parameters},
    {"arguments", DocSectionKind::parameters},
    {"parameters", DocSectionKind::parameters},
    {"params", DocSectionKind::parameters},
    {"keyword args", DocSectionKind::parameters},
    {"keyword arguments", DocSectionKind::parameters},
    {"other parameters", DocSectionKind::parameters},
    {"other params", DocSectionKind::parameters},
    {"other args", DocSectionKind::parameters},
    {"other arguments", DocSectionKind::parameters},
    {"attributes", DocSectionKind::attributes},
    {"methods", DocSectionKind::methods},
    {"return", DocSectionKind::returns},
    {"returns", DocSectionKind::returns},
    {"yield", DocSectionKind::yields},
    {"yields", DocSectionKind::yields},
    {"receive", DocSectionKind::receives},
    {"receives", DocSectionKind::receives},
    {"raise", DocSectionKind::raises},
    {"raises", DocSectionKind::raises},
    {"warns", DocSectionKind::warns},
    {"warn", DocSectionKind::warns},
    {"see also", DocSectionKind::see_also},
    {"note", DocSectionKind::notes},
    {"notes", DocSectionKind::notes},
    {"references", DocSectionKind::references},
    {"example", DocSectionKind::examples},
    {"examples", DocSectionKind::examples},
    {"attention", DocSectionKind::other},
    {"caution", DocSectionKind::other},
    {"danger", DocSectionKind::other},
    {"error", DocSectionKind::other},
    {"hint", DocSectionKind::other},
    {"important", DocSectionKind::other},
    {"tip", DocSectionKind::other},
    {"todo", DocSectionKind::other},
    {"warning", DocSectionKind::other},
    {"warnings", DocSectionKind::other},
    {"shape", DocSectionKind::other},
    {"inputs", DocSectionKind::other},
    {"outputs", DocSectionKind::other},
    {"summary", DocSectionKind::other},
    {"short summary", DocSectionKind::other},
    {"extended summary", DocSectionKind::other},
    {"usage", DocSectionKind::other},
}};

std::optional<DocSectionKind> section_kind(std::string_view name) {
    constexpr std::size_t kLongest = 20;
    if (name.empty() || name.size() > kLongest || !is_ascii_alpha(name[0]))
        return std::nullopt;
    for (const SectionName& section : kSections) {
        if (ascii_iequals(section.name, name))
            return section.kind;
    }
    return std::nullopt;
}

enum class FieldUse : std::uint8_t { entry, type, value, value_type };

struct FieldName {
    std::string_view name;
    DocSectionKind kind;
    FieldUse use;
};

// Sphinx's Python domain (sphinx/domains/python) and, with @, Epydoc.
constexpr std::array<FieldName, 24> kFields = {{
    {"param", DocSectionKind::parameters, FieldUse::entry},
    {"parameter", DocSectionKind::parameters, FieldUse::entry},
    {"arg", DocSectionKind::parameters, FieldUse::entry},
    {"argument", DocSectionKind::parameters, FieldUse::entry},
    {"key", DocSectionKind::parameters, FieldUse::entry},
    {"keyword", DocSectionKind::parameters, FieldUse::entry},
    {"kwarg", DocSectionKind::parameters, FieldUse::entry},
    {"kwparam", DocSectionKind::parameters, FieldUse::entry},
    {"type", DocSectionKind::parameters, FieldUse::type},
    {"paramtype", DocSectionKind::parameters, FieldUse::type},
    {"kwtype", DocSectionKind::parameters, FieldUse::type},
    {"raises", DocSectionKind::raises, FieldUse::entry},
    {"raise", DocSectionKind::raises, FieldUse::entry},
    {"except", DocSectionKind::raises, FieldUse::entry},
    {"exception", DocSectionKind::raises, FieldUse::entry},
    {"var", DocSectionKind::attributes, FieldUse::entry},
    {"ivar", DocSectionKind::attributes, FieldUse::entry},
    {"cvar", DocSectionKind::attributes, FieldUse::entry},
    {"vartype", DocSectionKind::attributes, FieldUse::type},
    {"return", DocSectionKind::returns, FieldUse::value},
    {"returns", DocSectionKind::returns, FieldUse::value},
    {"rtype", DocSectionKind::returns, FieldUse::value_type},
    {"yield", DocSectionKind::yields, FieldUse::value},
    {"yields", DocSectionKind::yields, FieldUse::value},
}};

const FieldName* find_field(std::string_view name) {
    for (const FieldName& field : kFields) {
        if (field.name == name)
            return &field;
    }
    return nullptr;
}

/// One line of the value: offsets into it.
struct TextLine {
    std::uint32_t begin = 0;  ///< first byte that is no white space
    std::uint32_t end = 0;    ///< one past the last
    std::uint32_t indent = 0;
    [[nodiscard]] bool blank() const { return begin >= end; }
};

struct Name {
    std::string_view name;
    Range range;
    bool starred = false;
};

class SectionReader {
  public:
    SectionReader(PythonFacts& facts, Pool& pool) : facts_(facts), pool_(pool) {}

    void read(const StringValue& value, std::uint32_t docstring) {
        value_ = &value;
        text_ = value.text();
        docstring_ = docstring;
        fields_.clear();
        split();
        if (lines_.size() < 2 && text_.find(':') == std::string_view::npos &&
            text_.find('@') == std::string_view::npos)
            return;
        std::size_t at = 0;
        while (at < lines_.size())
            at = section(at);
        for (Fields& group : fields_)
            add_section(group.section, group.entries);
    }

  private:
    struct Fields {
        PyDocSection section;
        std::vector<PyDocEntry> entries;
    };

    void split() {
        lines_.clear();
        base_ = 0xffffffffu;
        std::size_t at = 0;
        while (at <= text_.size()) {
            std::size_t end = text_.find('\n', at);
            end = std::min(end, text_.size());
            TextLine line;
            while (at < end && is_ascii_space(text_[at])) {
                line.indent = text_[at] == '\t' ? line.indent / 8 * 8 + 8 : line.indent + 1;
                ++at;
            }
            line.begin = static_cast<std::uint32_t>(at);
            std::size_t stop = end;
            while (stop > at && is_ascii_space(text_[stop - 1]))
                --stop;
            line.end = static_cast<std::uint32_t>(stop);
            if (!lines_.empty() && !line.blank())
                base_ = std::min(base_, line.indent);
            lines_.push_back(line);
            at = end + 1;
        }
        // The first line stands behind the quotes: it has the indentation of the others (PEP 257).
        if (base_ == 0xffffffffu)
            base_ = 0;
        if (!lines_.empty())
            lines_.front().indent = base_;
        next_.resize(lines_.size() + 1);
        next_[lines_.size()] = lines_.size();
        for (std::size_t i = lines_.size(); i-- > 0;)
            next_[i] = lines_[i].blank() ? next_[i + 1] : i;
    }

    [[nodiscard]] std::string_view line(std::size_t at) const {
        return text_.substr(lines_[at].begin, lines_[at].end - lines_[at].begin);
    }

    [[nodiscard]] Range source(std::uint32_t begin, std::uint32_t end) const {
        return value_->to_source(Range{begin, end});
    }

    [[nodiscard]] bool underlined(std::size_t at) const {
        if (at + 1 >= lines_.size() || lines_[at].blank() ||
            lines_[at + 1].indent != lines_[at].indent)
            return false;
        const std::string_view under = line(at + 1);
        return under.size() >= 3 && (under.find_first_not_of('-') == std::string_view::npos ||
                                     under.find_first_not_of('=') == std::string_view::npos);
    }

    /// Reads what begins at a line; returns the line to go on with.
    std::size_t section(std::size_t at) {
        const TextLine& here = lines_[at];
        if (here.blank() || here.indent != base_)
            return at + 1;
        const std::string_view text = line(at);
        if (underlined(at))
            return numpy(at);
        if (text.back() == ':') {
            const std::optional<DocSectionKind> kind =
                section_kind(trim(text.substr(0, text.size() - 1)));
            const std::size_t next = next_[at + 1];
            if (kind && next < lines_.size() && lines_[next].indent > here.indent && !is_quoted(at))
                return google(at, next, *kind);
        }
        if (text.front() == ':' || text.front() == '@')
            return field(at);
        return at + 1;
    }

    /// A section that stands behind "such a list looks like:" shows what one looks like.
    [[nodiscard]] bool is_quoted(std::size_t at) const {
        if (at < 2 || !lines_[at - 1].blank() || lines_[at - 2].blank())
            return false;
        return lines_[at - 2].indent == base_ && line(at - 2).back() == ':';
    }

    void add_section(PyDocSection section, const std::vector<PyDocEntry>& entries) {
        section.docstring = docstring_;
        section.first_entry = static_cast<std::uint32_t>(facts_.doc_entries.size());
        section.entry_count = static_cast<std::uint32_t>(entries.size());
        facts_.doc_entries.insert(facts_.doc_entries.end(), entries.begin(), entries.end());
        facts_.doc_sections.push_back(section);
    }

    static bool has_names(DocSectionKind kind) {
        return kind == DocSectionKind::parameters || kind == DocSectionKind::attributes ||
               kind == DocSectionKind::raises || kind == DocSectionKind::methods;
    }

    // ---- Google ------------------------------------------------------------------------------

    std::size_t google(std::size_t header, std::size_t first, DocSectionKind kind) {
        PyDocSection section;
        section.kind = kind;
        section.style = DocStyle::google;
        section.title = source(lines_[header].begin, lines_[header].end - 1);
        std::size_t end = first;
        while (next_[end] < lines_.size() && lines_[next_[end]].indent > lines_[header].indent)
            end = next_[end] + 1;
        section.body = source(lines_[first].begin, lines_[end - 1].end);
        std::vector<PyDocEntry> entries;
        if (has_names(kind)) {
            const std::uint32_t indent = lines_[first].indent;
            std::size_t at = first;
            while (at < end) {
                if (lines_[at].blank() || lines_[at].indent > indent) {
                    ++at;
                    continue;
                }
                const std::size_t next = entry_end(at, end, indent);
                if (!google_entry(at, next, entries))
                    section.free_text = true;
                at = next;
            }
        }
        add_section(section, entries);
        return end;
    }

    /// One past the lines that belong to the entry at `at`.
    [[nodiscard]] std::size_t entry_end(std::size_t at, std::size_t end,
                                        std::uint32_t indent) const {
        std::size_t next = at + 1;
        while (next < end && (lines_[next].blank() || lines_[next].indent > indent))
            ++next;
        return next;
    }

    /// Names at the begin of a line, `x, *y`; `at` ends behind them. Empty if there are none.
    std::vector<Name> names(std::uint32_t& at, std::uint32_t end) const {
        std::vector<Name> out;
        while (true) {
            Name name;
            std::uint32_t begin = at;
            while (begin < end &&
                   (text_[begin] == '*' || text_[begin] == '\\' || text_[begin] == '`')) {
                name.starred = name.starred || text_[begin] == '*';
                ++begin;
            }
            std::uint32_t stop = begin;
            while (stop < end && (in_name(text_[stop]) || text_[stop] == '.'))
                ++stop;
            while (stop > begin && text_[stop - 1] == '.')
                --stop;
            if (stop == begin || is_ascii_digit(text_[begin]))
                return {};
            name.name = text_.substr(begin, stop - begin);
            while (stop < end && text_[stop] == '`')
                ++stop;
            name.range = {at, stop};
            out.push_back(name);
            at = stop;
            std::uint32_t next = stop;
            while (next < end && text_[next] == ' ')
                ++next;
            if (next >= end || text_[next] != ',')
                return out;
            ++next;
            while (next < end && text_[next] == ' ')
                ++next;
            // `x, optional` and `x, ...` list no further name.
            if (next >= end || text_[next] == '.')
                return out;
            at = next;
        }
    }

    void add_entries(const std::vector<Name>& names, Range type, Range body,
                     std::vector<PyDocEntry>& entries) {
        for (const Name& name : names) {
            PyDocEntry entry;
            entry.name = pool_.keep(name.name);
            entry.name_range = source(name.range.begin, name.range.end);
            entry.starred = name.starred;
            if (!type.empty())
                entry.type = source(type.begin, type.end);
            if (!body.empty())
                entry.body = source(body.begin, body.end);
            entries.push_back(entry);
        }
    }

    /// One past the bracket that closes the one at `at`, or `end`.
    [[nodiscard]] std::uint32_t closing(std::uint32_t at, std::uint32_t end) const {
        int depth = 0;
        for (; at < end; ++at) {
            if (text_[at] == '(' || text_[at] == '[')
                ++depth;
            if ((text_[at] == ')' || text_[at] == ']') && --depth == 0)
                return at + 1;
        }
        return end;
    }

    [[nodiscard]] std::uint32_t skip_spaces(std::uint32_t at, std::uint32_t end) const {
        while (at < end && (text_[at] == ' ' || text_[at] == '\t'))
            ++at;
        return at;
    }

    /// `name (type): text`; lines [at, next) are the entry's.
    bool google_entry(std::size_t at, std::size_t next, std::vector<PyDocEntry>& entries) {
        const std::uint32_t end = lines_[at].end;
        std::uint32_t pos = lines_[at].begin;
        // A list item: `- x: text`
        if (end - pos > 2 && (text_[pos] == '-' || text_[pos] == '*' || text_[pos] == '+') &&
            text_[pos + 1] == ' ')
            pos = skip_spaces(pos + 1, end);
        const std::vector<Name> found = names(pos, end);
        if (found.empty())
            return false;
        pos = skip_spaces(pos, end);
        Range type;
        if (pos < end && text_[pos] == '(') {
            const std::uint32_t close = closing(pos, end);
            type = {pos + 1, close - 1};
            pos = skip_spaces(close, end);
        }
        if (pos >= end || text_[pos] != ':' || (pos + 1 < end && text_[pos + 1] == ':'))
            return false;
        const std::uint32_t body = skip_spaces(pos + 1, end);
        add_entries(found, type, {body, last_end(at, next)}, entries);
        return true;
    }

    /// End of the last line of [at, next) that holds something.
    [[nodiscard]] std::uint32_t last_end(std::size_t at, std::size_t next) const {
        while (next > at + 1 && lines_[next - 1].blank())
            --next;
        return lines_[next - 1].end;
    }

    // ---- NumPy -------------------------------------------------------------------------------

    std::size_t numpy(std::size_t header) {
        const std::optional<DocSectionKind> kind = section_kind(line(header));
        std::size_t end = header + 2;
        while (end < lines_.size() && !(lines_[end].indent == base_ && underlined(end)))
            ++end;
        // A title is no section, but what follows may be one.
        if (!kind)
            return header + 2;
        PyDocSection section;
        section.kind = *kind;
        section.style = DocStyle::numpy;
        section.title = source(lines_[header].begin, lines_[header].end);
        const std::size_t first = next_[header + 2];
        if (first < end)
            section.body = source(lines_[first].begin, last_end(first, end));
        std::vector<PyDocEntry> entries;
        if (has_names(*kind)) {
            for (std::size_t at = first; at < end;) {
                if (lines_[at].blank() || lines_[at].indent > base_) {
                    section.free_text = section.free_text || (!lines_[at].blank() && at == first);
                    ++at;
                    continue;
                }
                const std::size_t next = entry_end(at, end, base_);
                if (!numpy_entry(at, next, entries))
                    section.free_text = true;
                at = next;
            }
        }
        add_section(section, entries);
        return end;
    }

    /// `name : type`, description in the lines below.
    bool numpy_entry(std::size_t at, std::size_t next, std::vector<PyDocEntry>& entries) {
        const std::uint32_t end = lines_[at].end;
        std::uint32_t pos = lines_[at].begin;
        const std::vector<Name> found = names(pos, end);
        if (found.empty())
            return false;
        pos = skip_spaces(pos, end);
        Range type;
        if (pos < end && text_[pos] == '(') {
            const std::uint32_t close = closing(pos, end);
            type = {pos + 1, close - 1};
            pos = skip_spaces(close, end);
        }
        if (pos < end && text_[pos] == ':')
            type = {skip_spaces(pos + 1, end), end};
        else if (pos < end && text_[pos] != ',')
            return false;
        Range body;
        if (next_[at + 1] < next)
            body = {lines_[next_[at + 1]].begin, last_end(at, next)};
        add_entries(found, type, body, entries);
        return true;
    }

    // ---- fields ------------------------------------------------------------------------------

    /// `:param type name: text` and `@param name: text`.
    std::size_t field(std::size_t at) {
        const bool epydoc = text_[lines_[at].begin] == '@';
        const std::uint32_t end = lines_[at].end;
        std::uint32_t word = lines_[at].begin + 1;
        const std::uint32_t word_begin = word;
        while (word < end && is_ascii_alpha(text_[word]))
            ++word;
        const FieldName* known = find_field(text_.substr(word_begin, word - word_begin));
        const std::uint32_t colon = field_colon(word, end);
        if (known == nullptr || colon >= end)
            return at + 1;
        std::size_t next = at + 1;
        while (next < lines_.size() && (lines_[next].indent > base_ ||
                                        (lines_[next].blank() && next_[next] < lines_.size() &&
                                         lines_[next_[next]].indent > base_)))
            ++next;
        // Continuation lines that are not indented, as many write them.
        Range argument{skip_spaces(word, colon), colon};
        while (argument.end > argument.begin && text_[argument.end - 1] == ' ')
            --argument.end;
        const std::uint32_t begin = skip_spaces(colon + 1, end);
        const Range body{begin, std::max(begin, last_end(at, next))};
        Fields& group = group_of(known->kind, epydoc, lines_[at].begin, colon + 1);
        group.section.body.end = value_->to_source(Range{word_begin, last_end(at, next)}).end;
        if (known->use == FieldUse::value || known->use == FieldUse::value_type) {
            PyDocEntry entry;
            if (!body.empty())
                (known->use == FieldUse::value ? entry.body : entry.type) =
                    source(body.begin, body.end);
            group.entries.push_back(entry);
            return next;
        }
        std::uint32_t name = argument.end;
        while (name > argument.begin && text_[name - 1] != ' ')
            --name;
        std::uint32_t pos = name;
        const std::vector<Name> found = names(pos, argument.end);
        if (found.size() != 1 || pos != argument.end) {
            group.section.free_text = true;
            return next;
        }
        if (known->use == FieldUse::type) {
            typed(found[0], body, group);
            return next;
        }
        Range type{argument.begin, name};
        while (type.end > type.begin && text_[type.end - 1] == ' ')
            --type.end;
        if (!described(found[0], body, group))
            add_entries(found, type, body, group.entries);
        return next;
    }

    /// `:param x:` behind `:type x:` completes its entry.
    bool described(const Name& name, Range body, Fields& group) {
        PyDocEntry* entry = find_entry(name, group);
        if (entry == nullptr || !entry->type_only)
            return false;
        entry->type_only = false;
        entry->name_range = source(name.range.begin, name.range.end);
        if (!body.empty())
            entry->body = source(body.begin, body.end);
        return true;
    }

    PyDocEntry* find_entry(const Name& name, Fields& group) {
        // Nearly always the entry before; farther back it is not worth a look.
        constexpr std::size_t kFarthest = 50;
        std::size_t looked = 0;
        for (std::size_t i = group.entries.size(); i-- > 0 && looked < kFarthest; ++looked) {
            if (facts_.text(group.entries[i].name) == name.name)
                return &group.entries[i];
        }
        return nullptr;
    }

    /// `:type x: int`: belongs to the entry of x, if there is one already.
    void typed(const Name& name, Range body, Fields& group) {
        const Range type = body.empty() ? Range{} : source(body.begin, body.end);
        if (PyDocEntry* entry = find_entry(name, group); entry != nullptr) {
            entry->type = type;
            return;
        }
        add_entries({name}, {}, {}, group.entries);
        group.entries.back().type = type;
        group.entries.back().type_only = true;
    }

    /// The colon that ends the field's name; `end` if there is none.
    [[nodiscard]] std::uint32_t field_colon(std::uint32_t at, std::uint32_t end) const {
        bool quoted = false;
        for (; at < end; ++at) {
            if (text_[at] == '`')
                quoted = !quoted;
            if (text_[at] == ':' && !quoted && (at + 1 == end || text_[at + 1] == ' '))
                return at;
        }
        return end;
    }

    Fields& group_of(DocSectionKind kind, bool epydoc, std::uint32_t begin, std::uint32_t end) {
        for (Fields& group : fields_) {
            if (group.section.kind == kind)
                return group;
        }
        Fields& made = fields_.emplace_back();
        made.section.kind = kind;
        made.section.style = epydoc ? DocStyle::epydoc : DocStyle::sphinx;
        made.section.title = source(begin, end);
        made.section.body = made.section.title;
        return made;
    }

    PythonFacts& facts_;
    Pool& pool_;
    const StringValue* value_ = nullptr;
    std::string_view text_;
    std::uint32_t docstring_ = 0;
    std::uint32_t base_ = 0;  // indentation of the docstring
    std::vector<TextLine> lines_;
    std::vector<std::size_t> next_;  // first line at or after this one that is not blank
    std::vector<Fields> fields_;
};

/// Whether a line of the text begins with these words.
bool has_line(std::string_view text, std::string_view words) {
    for (std::size_t at = text.find(words); at != std::string_view::npos;
         at = text.find(words, at + 1)) {
        const std::size_t before = text.substr(0, at).find_last_not_of(" \t");
        if (before == std::string_view::npos || text[before] == '\n')
            return true;
    }
    return false;
}

}  // namespace

void read_docstring_sections(std::string_view text, PythonFacts& facts) {
    Pool pool(facts.pool);
    SectionReader reader(facts, pool);
    for (std::uint32_t i = 0; i < facts.docstrings.size(); ++i) {
        const StringValue value(text, facts.docstrings[i].literal);
        if (trim(value.text()).empty())
            facts.docstrings[i].flags |= docstring_flag::kBlank;
        if (value.text().find(".. deprecated::") != std::string_view::npos)
            facts.docstrings[i].flags |= docstring_flag::kDeprecated;
        for (const auto& [field, flag] : {std::pair<std::string_view, std::uint16_t>{
                                              ":meta private:", docstring_flag::kMetaPrivate},
                                          {":meta public:", docstring_flag::kMetaPublic},
                                          {":internal:", docstring_flag::kInternal}}) {
            if (has_line(value.text(), field))
                facts.docstrings[i].flags |= flag;
        }
        reader.read(value, i);
    }
}

}  // namespace docathon::python
