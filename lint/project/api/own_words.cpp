// The part of OwnNames that looks for words in the sources: what cannot be seen as a definition may
// still be there.

#include <algorithm>
#include <array>
#include <utility>

#include "lint/core/find_text.h"
#include "lint/core/nearest.h"
#include "lint/core/strings.h"
#include "lint/project/api/modules.h"
#include "lint/project/api/own_names.h"
#include "lint/project/api/support.h"

namespace docathon {

namespace {

/// What makes names of words in a string.
constexpr std::array kMakers =
    std::to_array<std::string_view>({".split", "Enum(", "eval(", "exec(", "namedtuple("});

bool in_word(char c) {
    return is_ascii_alnum(c) || c == '_' || (c & 0x80) != 0;
}

/// Whether what stands at `at` is a word of a message: in a string of several words. Strings that
/// Python makes names of have few words, or are given to what splits them.
bool is_in_message(std::string_view line, std::size_t at) {
    constexpr std::ptrdiff_t kSpaces = 3;
    std::size_t begin = 0;
    while (true) {
        const std::size_t open = line.find_first_of("\"'", begin);
        if (open == std::string_view::npos || open >= at)
            return false;
        const std::size_t close = line.find(line[open], open + 1);
        if (close == std::string_view::npos)
            return false;
        if (close < at) {
            begin = close + 1;
            continue;
        }
        const std::string_view text = line.substr(open, close - open);
        return std::count(text.begin(), text.end(), ' ') >= kSpaces &&
               std::none_of(kMakers.begin(), kMakers.end(), [&](std::string_view maker) {
                   return line.find(maker) != std::string_view::npos;
               });
    }
}

}  // namespace

// --- imports of the repository's own code -----------------------------------------------------

bool OwnNames::some_code_imports(const std::string& dotted) const {
    const std::string wanted(input_.api->inside(dotted));
    const std::lock_guard guard(lock_);
    if (!imports_read_) {
        imports_read_ = true;
        const auto add = [&](std::string_view module, std::string_view name) {
            std::string whole(input_.api->inside(module));
            imported_.insert(whole);
            if (!name.empty() && name != "*")
                imported_.insert(whole + "." + std::string(name));
        };
        for (FileId file = 0; file < input_.tree->files().size(); ++file) {
            const FileFacts& facts = input_.facts[file];
            if (facts.python != nullptr) {
                if (facts.gallery)
                    continue;  // a page
                for (const PyImport& import : facts.python->imports) {
                    if (import.level == 0)
                        add(facts.python->text(import.module), facts.python->text(import.name));
                }
            } else if (is_python_path(input_.tree->file(file).path) &&
                       !input_.tree->file(file).symlink && input_.read) {
                if (const std::optional<std::string> text = input_.read(file))
                    scan_imports(*text);
            }
        }
    }
    // Nothing that can stand in a name sorts between `a.b` and `a.b.`.
    const auto at = imported_.lower_bound(wanted);
    return at != imported_.end() &&
           (*at == wanted || (at->starts_with(wanted) && (*at)[wanted.size()] == '.'));
}

/// Lines that import, of a file that was not parsed; what stands in brackets over lines too.
void OwnNames::scan_imports(std::string_view text) const {
    std::size_t at = 0;
    while (true) {
        const std::size_t word = find_text(text, "import", at);
        if (word == std::string_view::npos)
            return;
        const std::size_t before = text.rfind('\n', word);
        at = before == std::string_view::npos ? at : std::max(at, before + 1);
        std::size_t end = std::min(text.find('\n', word), text.size());
        std::string_view line = trim(text.substr(at, end - at));
        const bool from = line.starts_with("from ");
        if (!from && !line.starts_with("import ")) {
            at = end + 1;
            continue;
        }
        if (from && line.find('(') != std::string_view::npos &&
            line.find(')') == std::string_view::npos) {
            constexpr std::size_t kLongest = 20000;
            const std::size_t close = text.substr(at, kLongest).find(')');
            if (close != std::string_view::npos) {
                end = at + close;
                line = trim(text.substr(at, close));
            }
        }
        line.remove_prefix(from ? 5 : 7);
        std::string_view module;
        std::string_view names = line;
        if (from) {
            const std::size_t import = line.find(" import");
            if (import == std::string_view::npos) {
                at = end + 1;
                continue;
            }
            module = trim(line.substr(0, import));
            names = line.substr(import + 7);
        }
        if (module.empty() || !module.starts_with('.')) {
            const std::string base(input_.api->inside(module));
            if (!base.empty())
                imported_.insert(base);
            for (std::size_t i = 0; i < names.size();) {
                if (names[i] == '#') {
                    i = std::min(names.find('\n', i), names.size());
                    continue;
                }
                if (!in_word(names[i])) {
                    ++i;
                    continue;
                }
                std::size_t stop = i;
                while (stop < names.size() && (in_word(names[stop]) || names[stop] == '.'))
                    ++stop;
                const std::string_view name = names.substr(i, stop - i);
                // `as x` adds names that nobody has; they do no harm.
                imported_.insert(from ? base + "." + std::string(name)
                                      : std::string(input_.api->inside(name)));
                i = stop;
            }
        }
        at = end + 1;
    }
}

// --- words of the code ------------------------------------------------------------------------

bool OwnNames::answers_few(std::uint32_t module) const {
    const ApiSource& source = input_.api->modules()[module];
    if (!input_.api->is_open(module))
        return true;
    if (source.file == kNoFile || !input_.bytes || source.facts == nullptr)
        return false;
    const std::string_view text = input_.bytes(source.file);
    const PythonFacts& facts = *source.facts;
    // `if name in TABLE`: names that stand in this file are found as words of it.
    const auto is_own_table = [&](std::string_view table) {
        const std::size_t end = table.find_first_not_of(
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
        if (end == 0)
            return table.size() > 1 && std::string_view("([{").find(table[0]) != table.npos &&
                   (table[1] == '"' || table[1] == '\'');
        if (end == std::string_view::npos || table[end] != ':')
            return false;
        for (const PyAssignment& one : facts.assignments) {
            if (one.scope != kNoItem || facts.text(one.target) != table.substr(0, end))
                continue;
            const std::string_view value = facts.text(one.value);
            const std::size_t first = value.find_first_not_of("([{ \t\r\n");
            return first != std::string_view::npos && first > 0 &&
                   (value[first] == '"' || value[first] == '\'') &&
                   value.find(" for ") == std::string_view::npos &&
                   value.find('*') == std::string_view::npos;
        }
        return false;
    };
    for (const PyDefinition& made : facts.definitions) {
        if (made.parent != kNoItem || facts.text(made.name) != "__getattr__")
            continue;
        if (made.kind != DefinitionKind::function || made.parameter_count != 1)
            return false;
        const std::string name(facts.text(facts.parameters[made.first_parameter].name));
        const std::vector<std::string_view> lines =
            split_lines(text.substr(made.range.begin, made.range.size()));
        std::size_t body = 0;  // indentation of its statements
        bool raises = false;
        bool in_docstring = false;
        for (std::size_t i = 1; i < lines.size(); ++i) {
            const std::string_view line = trim(lines[i]);
            if (in_docstring || line.starts_with("\"\"\"")) {
                const std::size_t from = in_docstring ? 0 : 3;
                in_docstring = line.find("\"\"\"", from) == std::string_view::npos;
                continue;
            }
            if (line.empty() || line.starts_with('#'))
                continue;
            const std::size_t indent = lines[i].size() - trim_left(lines[i]).size();
            if (body == 0)
                body = indent;
            if (indent > body || line.starts_with(')'))
                continue;
            raises = line.starts_with("raise AttributeError");
            const bool equal = line.starts_with("if " + name + " == ") ||
                               line.starts_with("elif " + name + " == ");
            const std::size_t in = line.find("if " + name + " in ");
            const bool listed = in != std::string_view::npos && in <= 2 &&
                                is_own_table(line.substr(in + name.size() + 7));
            if (!raises && !equal && !listed && !line.starts_with("import ") &&
                !line.starts_with("from "))
                return false;
        }
        if (!raises)
            return false;
    }
    return true;
}

bool OwnNames::has_word(FileId file, std::string_view word) const {
    if (!input_.bytes)
        return true;
    const std::string_view text = input_.bytes(file);
    const PythonFacts* python = input_.facts[file].python.get();
    if (python == nullptr)
        return true;
    std::size_t docstring = 0;
    std::vector<Range> literals;
    for (std::size_t at = find_text(text, word); at != std::string_view::npos;
         at = find_text(text, word, at + word.size())) {
        const std::size_t end = at + word.size();
        if ((at > 0 && in_word(text[at - 1])) || (end < text.size() && in_word(text[end])))
            continue;
        // A comment: a # before it in its line, as far as no string holds one.
        const std::size_t line = text.rfind('\n', at) + 1;
        if (text.substr(line, at - line).find('#') != std::string_view::npos)
            continue;
        if (is_in_message(text.substr(line, text.find('\n', at) - line), at - line))
            continue;
        if (literals.empty()) {
            for (const PyDocstring& one : python->docstrings)
                literals.push_back(one.literal);
            std::sort(literals.begin(), literals.end(),
                      [](Range a, Range b) { return a.begin < b.begin; });
            literals.push_back({0xffffffffu, 0xffffffffu});
        }
        while (literals[docstring].end <= at)
            ++docstring;
        if (literals[docstring].begin > at)
            return true;
    }
    return false;
}

bool OwnNames::has_word_anywhere(std::string_view word) const {
    {
        const std::lock_guard guard(lock_);
        const auto at = words_.find(word);
        if (at != words_.end())
            return at->second;
    }
    bool found = false;
    for (FileId file = 0; file < input_.facts.size() && !found; ++file) {
        if (input_.facts[file].python != nullptr && !input_.facts[file].gallery)
            found = has_word(file, word);
    }
    const std::lock_guard guard(lock_);
    words_.emplace(word, found);
    return found;
}

bool OwnNames::makes_names(std::uint32_t module) const {
    if (!input_.bytes)
        return true;
    const std::lock_guard guard(lock_);
    if (const auto at = made_.find(module); at != made_.end())
        return at->second;
    constexpr std::array kWays = std::to_array<std::string_view>(
        {"globals()[", "globals().update", "locals()[", "locals().update", "vars()[",
         "vars().update", "sys.modules[__name__]"});
    constexpr std::size_t kMostModules = 100;
    std::vector<std::uint32_t> todo = {module};
    for (std::size_t i = 0; i < todo.size() && i < kMostModules; ++i) {
        const FileId file = input_.api->modules()[todo[i]].file;
        const std::string_view text = file == kNoFile ? std::string_view() : input_.bytes(file);
        if (std::any_of(kWays.begin(), kWays.end(),
                        [&](std::string_view way) { return holds_text(text, way); })) {
            made_.emplace(module, true);
            return true;
        }
        for (const std::uint32_t other : input_.api->star_imports(todo[i])) {
            if (std::find(todo.begin(), todo.end(), other) == todo.end())
                todo.push_back(other);
        }
    }
    made_.emplace(module, false);
    return false;
}

/// Whether what is looked for in the sources is there, remembered by `key`. Each search goes
/// through all of them; nobody's pages have so many names that are missing: from kMost on all are
/// there.
template <typename Find>
bool OwnNames::remembered(Memory& memory, std::string_view key, const Find& find) const {
    {
        const std::lock_guard guard(lock_);
        if (const auto at = memory.find(key); at != memory.end())
            return at->second;
        constexpr std::size_t kMost = 500;
        if (memory.size() >= kMost)
            return true;
    }
    const bool found = !input_.bytes || find();
    const std::lock_guard guard(lock_);
    memory.emplace(key, found);
    return found;
}

/// Whether `fits(source, begin)` holds at any place where the text stands in the Python of the
/// project; `galleries`: their scripts too.
template <typename Fits>
bool OwnNames::stands_in_code(std::string_view wanted, bool galleries, const Fits& fits) const {
    for (FileId file = 0; file < input_.facts.size(); ++file) {
        if (input_.facts[file].python == nullptr || (input_.facts[file].gallery && !galleries))
            continue;
        const std::string_view text = input_.bytes(file);
        for (std::size_t at = find_text(text, wanted); at != std::string_view::npos;
             at = find_text(text, wanted, at + 1)) {
            if (fits(text, at))
                return true;
        }
    }
    return false;
}

bool OwnNames::is_string(std::string_view dotted) const {
    const auto in_quotes = [&](std::string_view text, std::size_t at) {
        const std::size_t end = at + dotted.size();
        return at > 0 && end < text.size() && (text[at - 1] == '"' || text[at - 1] == '\'') &&
               text[end] == text[at - 1];
    };
    return remembered(strings_, dotted, [&] { return stands_in_code(dotted, false, in_quotes); });
}

bool OwnNames::is_put(std::string_view name) const {
    if (is_string(name))
        return true;
    const std::string key = "." + std::string(name);
    const auto is_set = [&](std::string_view text, std::size_t at) {
        const std::string_view rest = trim_left(text.substr(at + key.size(), 80));
        return rest.starts_with('=') && !rest.starts_with("==");
    };
    return remembered(put_, key, [&] { return stands_in_code(key, true, is_set); });
}

bool OwnNames::sets_members(const ApiEntity& owner) const {
    const ApiSource& source = input_.api->modules()[owner.module];
    if (!input_.bytes || source.file == kNoFile || owner.definition == kNoItem)
        return false;
    const std::lock_guard guard(lock_);
    const auto [at, made] = sets_.try_emplace({owner.module, owner.definition}, false);
    if (!made)
        return at->second;
    const std::string_view text = input_.bytes(source.file);
    const Range range = source.facts->definitions[owner.definition].range;
    if (range.end > text.size())
        return false;
    const std::string_view body = text.substr(range.begin, range.size());
    const auto has = [](std::string_view where, std::string_view word) {
        return find_text(where, word) != std::string_view::npos;
    };
    at->second = has(body, "def __getattr__");
    // Of names that stand in the code has_word_anywhere() knows; not of those that callers give.
    if (has(body, "setattr(self") || has(body, "self.__dict__") || has(body, "vars(self)")) {
        const std::size_t init = find_text(body, "def __init__(");
        const std::string_view header =
            init == std::string_view::npos ? std::string_view() : body.substr(init);
        at->second = at->second ||
                     has(header.substr(0, std::min(header.find("):"), header.find(") ->"))), "**");
    }
    return at->second;
}

bool OwnNames::is_written(std::string_view word) const {
    const auto as_word = [&](std::string_view text, std::size_t at) {
        const std::size_t end = at + word.size();
        const std::string_view before = text.substr(0, at);
        const bool referred = before.ends_with("`.") || before.ends_with("`~.") ||
                              before.ends_with("<.") || before.ends_with(":`") ||
                              before.ends_with(":`~");
        return !referred && (at == 0 || !in_word(text[at - 1])) &&
               (end >= text.size() || !in_word(text[end]));
    };
    return remembered(written_, word,
                      [&] { return word.empty() || stands_in_code(word, true, as_word); });
}

bool OwnNames::stands_in(std::span<const FileId> files, std::string_view word) const {
    return remembered(standing_, word, [&] {
        return std::any_of(files.begin(), files.end(), [&](FileId file) {
            return find_text(input_.bytes(file), word) != std::string_view::npos;
        });
    });
}

const std::vector<std::string_view>& OwnNames::member_names(const ApiEntity& owner) const {
    const std::lock_guard guard(lock_);
    const auto [at, made] = member_names_.try_emplace({owner.module, owner.definition});
    std::vector<std::string_view>& names = at->second;
    if (!made)
        return names;
    for (const auto& [one, entity] : input_.api->members(owner, true)) {
        if (!one.starts_with('_'))
            names.push_back(one);
    }
    // What their methods set of the instance is documented as well.
    bool known = true;
    for (const ApiEntity& one : input_.api->with_bases(owner, known)) {
        const ApiSource& source = input_.api->modules()[one.module];
        if (one.definition == kNoItem || source.file == kNoFile || !input_.bytes)
            continue;
        const std::string_view bytes = input_.bytes(source.file);
        const Range range = source.facts->definitions[one.definition].range;
        const std::string_view text =
            bytes.substr(std::min<std::size_t>(range.begin, bytes.size()), range.size());
        constexpr std::string_view kSelf = "self.";
        for (std::size_t at_self = find_text(text, kSelf); at_self != std::string_view::npos;
             at_self = find_text(text, kSelf, at_self + kSelf.size())) {
            const std::size_t begin = at_self + kSelf.size();
            std::size_t end = begin;
            while (end < text.size() && in_word(text[end]))
                ++end;
            const std::string_view rest = text.substr(end, 3);
            const bool set = rest.starts_with(" = ") || rest.starts_with(": ");
            if (set && end > begin && text[begin] != '_')
                names.push_back(text.substr(begin, end - begin));
        }
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

std::string OwnNames::slip_of_member(const ApiEntity& owner, std::string_view name) const {
    constexpr std::size_t kShortest = 4;
    if (owner.kind != ApiKind::class_ || owner.definition == kNoItem || name.size() < kShortest ||
        name.starts_with('_') || is_written(name))
        return {};
    return std::string(nearest(name, member_names(owner), 1));
}

}  // namespace docathon
