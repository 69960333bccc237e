// Statements of a conf.py: what the module level assigns, run over tokens. Blocks whose condition
// is not known are tried and joined (Scope); loops over known lists are run; functions are never
// called, but what they may change is marked.

#include "lint/parse/python/config_reader.h"

#include <algorithm>
#include <array>
#include <memory>
#include <set>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/parse/python/config_evaluator.h"
#include "lint/parse/python/config_scope.h"
#include "lint/parse/python/config_tokens.h"

namespace docathon {
namespace config_reader {
namespace {

constexpr std::int64_t kBudget = 4'000'000;  // some tenths of a second
constexpr std::size_t kMaxModules = 16;
constexpr int kMaxImports = 4;             // of modules by modules by ...
constexpr std::size_t kMaxAttempts = 200;  // files asked for
constexpr std::size_t kMaxRounds = 1000;   // of a loop that is run

PyValue unknown(std::string reason) {
    return PyValue::make_unknown(std::move(reason));
}

void mark_partial(PyValue& value, std::string_view reason) {
    if (value.partial)
        return;
    value.partial = true;
    value.text = reason;
}

// Adds to a list in place.
void put_last(PyValue& list, PyValue item) {
    list.depth =
        static_cast<std::uint8_t>(std::max<int>(list.depth, std::min(item.depth + 1, 255)));
    list.items.push_back(std::move(item));
}

void put_all(PyValue& list, PyValue& from) {
    list.depth = std::max(list.depth, from.depth);
    std::move(from.items.begin(), from.items.end(), std::back_inserter(list.items));
}

// Modules whose functions the evaluator may know, and that change no value of ours.
bool is_library(std::string_view module) {
    constexpr std::array<std::string_view, 32> kLibrary = {
        "builtins", "collections", "copy",       "datetime",  "functools", "glob",      "importlib",
        "inspect",  "io",          "itertools",  "json",      "locale",    "logging",   "math",
        "os",       "packaging",   "pathlib",    "pkgutil",   "platform",  "posixpath", "re",
        "shutil",   "string",      "subprocess", "sys",       "tempfile",  "textwrap",  "time",
        "types",    "typing",      "warnings",   "contextlib"};
    const std::string_view top = module.substr(0, module.find('.'));
    return std::find(kLibrary.begin(), kLibrary.end(), top) != kLibrary.end();
}

struct Shared;

class Module {
  public:
    Module(Shared& shared, std::string path, std::string bytes, std::uint16_t file, int depth);

    void run();
    [[nodiscard]] Names& names() { return scope_.names(); }
    [[nodiscard]] const Names& names() const { return scope_.names(); }
    [[nodiscard]] bool has_setup() const { return has_setup_; }
    [[nodiscard]] bool syntax_errors() const { return list_.errors; }
    [[nodiscard]] const std::string& incomplete() const { return incomplete_; }
    [[nodiscard]] const std::map<std::string, std::string, std::less<>>& aliases() const {
        return modules_;
    }

  private:
    // Statements of one suite: tokens of one line after the colon, or whole lines.
    struct Suite {
        std::uint32_t first = 0;  // tokens when `inline_`, else lines
        std::uint32_t last = 0;
        bool inline_ = false;
    };
    struct Branch {
        std::uint32_t line = 0;  // header
        std::uint32_t colon = 0;
        Suite suite;
    };
    // What a function may do to a name of the module once it is called.
    struct Effect {
        std::string name;
        bool assigns = false;  // else it changes a list or dict in place
    };

    std::string_view text_of(std::uint32_t token) const {
        const Token& t = list_.tokens[token];
        return text_.substr(t.begin, t.end - t.begin);
    }
    bool is(std::uint32_t token, std::uint32_t last, std::string_view text) const {
        return token < last && list_.tokens[token].kind != TokenKind::string &&
               text_of(token) == text;
    }
    bool is_name(std::uint32_t token, std::uint32_t last) const {
        return token < last && list_.tokens[token].kind == TokenKind::name;
    }
    // The next token of the same bracket level.
    std::uint32_t next(std::uint32_t token) const {
        return std::max(token, list_.tokens[token].match) + 1;
    }
    std::uint32_t find_op(std::uint32_t first, std::uint32_t last, std::string_view text) const;
    std::uint32_t block_end(std::uint32_t line, std::uint32_t limit) const;
    Branch branch(std::uint32_t line, std::uint32_t limit) const;
    PyValue evaluate(std::uint32_t first, std::uint32_t last) {
        return evaluator_.evaluate(list_.tokens, first, last);
    }

    // These return true if the flow ends there for certain: raise, sys.exit().
    bool run_lines(std::uint32_t first, std::uint32_t last);
    bool run_suite(const Suite& suite);
    bool run_simple_statements(std::uint32_t first, std::uint32_t last, bool broken);
    bool run_statement(std::uint32_t first, std::uint32_t last, bool broken);
    std::uint32_t run_compound(std::uint32_t line, std::uint32_t limit, bool& ends);

    bool run_if(const std::vector<Branch>& chain);
    void run_for(const Branch& loop, std::uint32_t first);
    void run_once_or_more(const Suite& suite, std::string_view reason);
    bool run_try(const std::vector<Branch>& chain);
    void run_match(std::uint32_t line, std::uint32_t limit);
    void define_function(std::uint32_t line, std::uint32_t first, const Branch& header,
                         std::uint32_t end);
    Changes trial(const Suite& suite, bool& ends);

    void assign(std::uint32_t first, std::uint32_t last, const PyValue& value,
                std::uint32_t statement);
    void assign_name(std::string_view name, PyValue value, std::uint32_t statement);
    void assign_item(std::uint32_t first, std::uint32_t last, PyValue value,
                     std::uint32_t statement);
    void augment(std::uint32_t first, std::uint32_t op, std::uint32_t last);
    bool run_expression(std::uint32_t first, std::uint32_t last);
    bool run_method(std::uint32_t first, std::uint32_t dot, std::uint32_t last);
    bool has_own_globals(std::uint32_t open);
    void pass_names(std::uint32_t open);
    void spoil(std::uint32_t first, std::uint32_t last, const std::string& reason);

    // A name or an item in it, for a change in place. Follows x["a"][0].
    struct Place {
        PyValue* value = nullptr;
        std::vector<PyValue*> path;  // from the name's value inwards, `value` last
    };
    Place place(std::uint32_t first, std::uint32_t last, bool create);
    static void settle_depth(const Place& place);
    void stamp(PyValue& value, std::uint32_t statement) const;
    /// After a change in place: places, depths, and the other names of the same object.
    void changed(std::string_view name, const Place& place, std::uint32_t statement);
    void tie(const std::vector<std::string_view>& names);

    void run_import(std::uint32_t first, std::uint32_t last);
    void run_from_import(std::uint32_t first, std::uint32_t last);
    void import_all(Module& module);
    void lose(std::string reason) {
        if (incomplete_.empty())
            incomplete_ = std::move(reason);
    }

    Shared& shared_;
    std::string path_;
    std::string bytes_;
    std::string_view text_;
    std::uint16_t file_;
    int import_depth_;
    TokenList list_;
    Scope scope_;
    std::map<std::string, std::string, std::less<>> modules_;
    Evaluator evaluator_;
    std::vector<Effect> effects_;
    std::map<std::string, int, std::less<>> ties_;  // names of one object share a number
    int last_tie_ = 0;
    bool has_setup_ = false;
    std::string incomplete_;
    int depth_ = 0;
};

struct Shared {
    Shared(const ModuleReader& reader, std::string conf_folder)
        : read(reader), folder(std::move(conf_folder)), budget(kBudget), search{folder} {}

    const ModuleReader& read;
    std::string folder;
    Budget budget;
    std::vector<std::string> search;  // folders of sys.path inside of the repository
    std::vector<std::string> files;
    std::map<std::string, std::unique_ptr<Module>, std::less<>>
        modules;  // by path; null while read
    std::map<std::string, Module*, std::less<>> by_name;
    std::size_t attempts = 0;

    Module* load(std::string_view dotted, int depth);
    const PyValue* value(std::string_view module, std::string_view name);
};

// The module if it stands in a folder of sys.path; nullptr if not, or while it is being read.
Module* Shared::load(std::string_view dotted, int depth) {
    if (!read || is_library(dotted))
        return nullptr;
    const auto known = by_name.find(dotted);
    if (known != by_name.end())
        return known->second;
    if (depth > kMaxImports || modules.size() >= kMaxModules)
        return nullptr;
    std::string_view bare = dotted;
    while (bare.starts_with('.'))
        bare.remove_prefix(1);
    if (bare.empty())
        return nullptr;
    std::string relative(bare);
    std::replace(relative.begin(), relative.end(), '.', '/');
    for (std::size_t i = 0; i < search.size(); ++i) {
        for (const std::string_view suffix : {".py", "/__init__.py"}) {
            if (++attempts > kMaxAttempts)
                return nullptr;
            const std::string path = join_path(search[i], relative + std::string(suffix));
            if (leaves_root(path))
                continue;
            const auto it = modules.find(path);
            if (it != modules.end())
                return it->second.get();
            std::optional<std::string> bytes = read(path);
            if (!bytes)
                continue;
            if (bytes->size() > kMaxText / 8)
                return by_name[std::string(dotted)] = nullptr;
            modules.emplace(path, nullptr);
            files.push_back(path);
            auto module =
                std::make_unique<Module>(*this, path, std::move(*bytes),
                                         static_cast<std::uint16_t>(files.size() - 1), depth);
            module->run();
            Module* result = module.get();
            modules[path] = std::move(module);
            by_name[std::string(dotted)] = result;
            return result;
        }
    }
    by_name[std::string(dotted)] = nullptr;
    return nullptr;
}

const PyValue* Shared::value(std::string_view module, std::string_view name) {
    const auto it = by_name.find(module);
    if (it == by_name.end() || it->second == nullptr)
        return nullptr;
    const auto found = it->second->names().find(name);
    return found == it->second->names().end() ? nullptr : &found->second;
}

Module::Module(Shared& shared, std::string path, std::string bytes, std::uint16_t file, int depth)
    : shared_(shared),
      path_(std::move(path)),
      bytes_(std::move(bytes)),
      text_(bytes_),
      file_(file),
      import_depth_(depth),
      scope_(shared.budget),
      evaluator_(text_, path_, shared.folder, scope_, shared.budget, modules_,
                 [this](std::string_view module, std::string_view name) {
                     return shared_.value(module, name);
                 }) {
    const std::uint32_t begin = text_.starts_with("\xef\xbb\xbf") ? 3 : 0;
    list_ = tokenize(text_, begin, static_cast<std::uint32_t>(text_.size()), 1);
}

void Module::run() {
    (void)run_lines(0, static_cast<std::uint32_t>(list_.lines.size()));
    for (const Effect& effect : effects_) {
        PyValue* value = scope_.change(effect.name);
        if (value == nullptr) {
            if (effect.assigns)
                scope_.set(effect.name, unknown("assigned in a function"));
        } else if (!effect.assigns && (value->is_list() || value->is_dict())) {
            mark_partial(*value, "changed in a function");
        } else if (effect.assigns) {
            PyValue lost = unknown("assigned in a function");
            lost.line = value->line;
            lost.file = value->file;
            lost.range = value->range;
            *value = std::move(lost);
        }
    }
    if (!shared_.budget.empty())
        return;
    // What was not read may have changed anything.
    lose("too much to read");
    for (auto& [name, value] : scope_.names())
        value = unknown("too much to read");
}

std::uint32_t Module::find_op(std::uint32_t first, std::uint32_t last,
                              std::string_view text) const {
    for (std::uint32_t i = first; i < last; i = next(i)) {
        if (is(i, last, text))
            return i;
    }
    return last;
}

std::uint32_t Module::block_end(std::uint32_t line, std::uint32_t limit) const {
    const std::uint32_t indent = list_.lines[line].indent;
    std::uint32_t end = line + 1;
    while (end < limit && list_.lines[end].indent > indent)
        ++end;
    return end;
}

// The header at `line` and what it governs.
Module::Branch Module::branch(std::uint32_t line, std::uint32_t limit) const {
    const LogicalLine& header = list_.lines[line];
    Branch result;
    result.line = line;
    std::uint32_t lambdas = 0;
    std::uint32_t colon = header.first;
    for (; colon < header.last; colon = next(colon)) {
        if (is(colon, header.last, "lambda"))
            ++lambdas;
        if (is(colon, header.last, ":") && lambdas-- == 0)
            break;
    }
    result.colon = std::min(colon, header.last);
    if (result.colon + 1 < header.last) {
        result.suite = {result.colon + 1, header.last, true};
    } else {
        result.suite = {line + 1, block_end(line, limit), false};
    }
    return result;
}

bool Module::run_lines(std::uint32_t first, std::uint32_t last) {
    if (depth_ >= kMaxDepth) {
        lose("nested too deeply");
        return false;
    }
    ++depth_;
    bool ends = false;
    for (std::uint32_t i = first; i < last && !ends;) {
        const LogicalLine& line = list_.lines[i];
        if (!shared_.budget.take(4 + line.last - line.first)) {
            lose("too much to read");
            break;
        }
        const std::string_view word = text_of(line.first);
        constexpr std::array<std::string_view, 9> kCompound = {
            "if", "for", "while", "try", "with", "def", "class", "async", "match"};
        const bool compound =
            list_.tokens[line.first].kind == TokenKind::name &&
            std::find(kCompound.begin(), kCompound.end(), word) != kCompound.end();
        if (compound && (word != "match" || is(line.last - 1, line.last, ":"))) {
            i = run_compound(i, last, ends);
            continue;
        }
        if (word != "@")
            ends = run_simple_statements(line.first, line.last, line.broken);
        ++i;
    }
    --depth_;
    return ends;
}

bool Module::run_suite(const Suite& suite) {
    if (!suite.inline_)
        return run_lines(suite.first, suite.last);
    return run_simple_statements(suite.first, suite.last, false);
}

bool Module::run_simple_statements(std::uint32_t first, std::uint32_t last, bool broken) {
    while (first < last) {
        const std::uint32_t end = find_op(first, last, ";");
        if (first < end && run_statement(first, end, broken))
            return true;
        first = end + 1;
    }
    return false;
}

// Returns the line after the statement.
std::uint32_t Module::run_compound(std::uint32_t line, std::uint32_t limit, bool& ends) {
    std::uint32_t first = list_.lines[line].first;
    const std::uint32_t last = list_.lines[line].last;
    if (is(first, last, "async") && first + 1 < last)
        ++first;
    const std::string word(text_of(first));
    std::uint32_t end = block_end(line, limit);
    std::vector<Branch> chain = {branch(line, limit)};
    const auto follow = [&](std::initializer_list<std::string_view> words) {
        while (end < limit && list_.lines[end].indent == list_.lines[line].indent &&
               std::find(words.begin(), words.end(), text_of(list_.lines[end].first)) !=
                   words.end()) {
            chain.push_back(branch(end, limit));
            end = block_end(end, limit);
        }
    };
    if (word == "if") {
        follow({"elif", "else"});
        ends = run_if(chain);
    } else if (word == "try") {
        follow({"except", "else", "finally"});
        ends = run_try(chain);
    } else if (word == "for" || word == "while") {
        follow({"else"});
        if (word == "for") {
            run_for(chain.front(), first);
        } else {
            run_once_or_more(chain.front().suite, "assigned in a loop");
        }
        for (std::size_t i = 1; i < chain.size(); ++i)
            run_once_or_more(chain[i].suite, "assigned under a condition");
    } else if (word == "with") {
        // `as` binds what the context manager returns.
        for (std::uint32_t i = first; i < chain.front().colon; ++i) {
            if (is(i, last, "as") && is_name(i + 1, chain.front().colon)) {
                assign_name(text_of(i + 1), unknown("a context manager"), first);
            }
        }
        ends = run_suite(chain.front().suite);
    } else if (word == "def") {
        define_function(line, first, chain.front(), end);
    } else if (word == "class") {
        if (is_name(first + 1, last))
            assign_name(text_of(first + 1), unknown("a class"), first);
    } else if (word == "match") {
        run_match(line, end);
    }
    return end;
}

Changes Module::trial(const Suite& suite, bool& ends) {
    scope_.begin_trial();
    ends = run_suite(suite);
    return scope_.end_trial();
}

bool Module::run_if(const std::vector<Branch>& chain) {
    std::vector<Changes> blocks;
    bool tried = false;
    bool may_skip = true;
    bool all_end = true;
    for (const Branch& part : chain) {
        const std::uint32_t first = list_.lines[part.line].first;
        std::optional<bool> condition = true;
        if (text_of(first) != "else")
            condition = truth(evaluate(first + 1, part.colon));
        if (condition && !*condition)
            continue;
        if (condition && !tried)
            return run_suite(part.suite);
        tried = true;
        bool ends = false;
        Changes changes = trial(part.suite, ends);
        // A block that raises leaves no trace: what follows runs without it.
        if (!ends) {
            blocks.push_back(std::move(changes));
            all_end = false;
        }
        if (condition) {
            may_skip = false;
            break;
        }
    }
    scope_.join(std::move(blocks), may_skip, "assigned under a condition");
    return tried && all_end && !may_skip;
}

void Module::run_for(const Branch& loop, std::uint32_t first) {
    const std::uint32_t in = find_op(first + 1, loop.colon, "in");
    PyValue items = in < loop.colon ? evaluate(in + 1, loop.colon) : unknown("a syntax error");
    if (items.is_dict()) {
        items.kind = PyValue::Kind::list;
        items.items = std::move(items.keys);
        items.keys.clear();
    }
    // A loop over a known list is run, unless it may end early.
    std::uint32_t begin = loop.suite.first;
    std::uint32_t end = loop.suite.last;
    if (!loop.suite.inline_ && begin < end) {
        begin = list_.lines[loop.suite.first].first;
        end = list_.lines[loop.suite.last - 1].last;
    }
    bool simple = items.is_list() && !items.partial && items.items.size() <= kMaxRounds &&
                  loop.suite.first < loop.suite.last;
    for (std::uint32_t i = begin; simple && i < end; ++i) {
        simple = !is(i, end, "break") && !is(i, end, "continue");
    }
    if (simple && shared_.budget.take(items.items.size() * (end - begin) / 4)) {
        for (const PyValue& item : items.items) {
            if (!shared_.budget.take(1))
                break;
            assign(first + 1, in, item, first);
            if (run_suite(loop.suite))
                break;
        }
        return;
    }
    assign(first + 1, in, unknown("a loop variable"), first);
    run_once_or_more(loop.suite, "assigned in a loop");
}

// A block that runs any number of times: what it adds may be there, what it sets is unknown.
void Module::run_once_or_more(const Suite& suite, std::string_view reason) {
    bool ends = false;
    Changes changes = trial(suite, ends);
    for (auto& [name, value] : changes) {
        if (!value)
            continue;
        const PyValue* before = scope_.find(name);
        const bool grows = before != nullptr && before->kind == value->kind &&
                           (value->is_list() || value->is_dict());
        if (grows) {
            mark_partial(*value, reason);
        } else {
            PyValue lost = unknown(std::string(reason));
            lost.line = value->line;
            lost.file = value->file;
            lost.range = value->range;
            value = std::move(lost);
        }
    }
    std::vector<Changes> blocks;
    blocks.push_back(std::move(changes));
    scope_.join(std::move(blocks), true, reason);
}

// The body is taken to succeed; what only the handlers assign may or may not be there.
bool Module::run_try(const std::vector<Branch>& chain) {
    scope_.begin_trial();
    bool body_ends = run_suite(chain.front().suite);
    Changes body = scope_.end_trial();
    std::set<std::string, std::less<>> assigned;
    for (const auto& [name, value] : body)
        assigned.insert(name);
    std::vector<Changes> only_body;
    only_body.push_back(std::move(body));
    scope_.join(std::move(only_body), false, "");

    bool ends = body_ends;
    for (std::size_t i = 1; i < chain.size(); ++i) {
        const std::string_view word = text_of(list_.lines[chain[i].line].first);
        if (word != "except") {
            ends = run_suite(chain[i].suite) || ends;
            continue;
        }
        bool handler_ends = false;
        Changes changes = trial(chain[i].suite, handler_ends);
        if (handler_ends)
            continue;
        ends = false;
        for (const std::string& name : assigned)
            changes.erase(name);
        std::vector<Changes> blocks;
        blocks.push_back(std::move(changes));
        scope_.join(std::move(blocks), true, "assigned in an exception handler");
    }
    return ends;
}

void Module::run_match(std::uint32_t line, std::uint32_t limit) {
    std::vector<Changes> blocks;
    for (std::uint32_t i = line + 1; i < limit;) {
        const Branch part = branch(i, limit);
        bool ends = false;
        Changes changes = trial(part.suite, ends);
        if (!ends)
            blocks.push_back(std::move(changes));
        i = std::max(i + 1, block_end(i, limit));
    }
    scope_.join(std::move(blocks), true, "assigned under a condition");
}

// Never called here. Notes which names of the module it may change.
void Module::define_function(std::uint32_t line, std::uint32_t first, const Branch& header,
                             std::uint32_t end) {
    const std::uint32_t last = list_.lines[line].last;
    if (!is_name(first + 1, last))
        return;
    const std::string name(text_of(first + 1));
    if (name == "setup")
        has_setup_ = true;
    assign_name(name, unknown("function '" + name + "'"), first);

    const std::uint32_t stop = list_.lines[end - 1].last;
    const std::uint32_t begin = header.colon;
    std::set<std::string_view> locals;
    std::set<std::string_view> globals;
    if (is(first + 2, last, "(")) {
        for (std::uint32_t i = first + 3; i < list_.tokens[first + 2].match; ++i) {
            if (is_name(i, last))
                locals.insert(text_of(i));
        }
    }
    for (std::uint32_t i = begin; i < stop; ++i) {
        if (!is_name(i, stop))
            continue;
        if (is(i, stop, "global")) {
            while (is_name(i + 1, stop)) {
                globals.insert(text_of(i + 1));
                i += is(i + 2, stop, ",") ? 2 : 1;
            }
        } else if (is(i + 1, stop, "=") && (i == begin || !is(i - 1, stop, "."))) {
            locals.insert(text_of(i));
        } else if (is(i, stop, "for") || is(i, stop, "as") || is(i, stop, "import")) {
            for (std::uint32_t k = i + 1; is_name(k, stop) && !is(k, stop, "in");
                 k += is(k + 1, stop, ",") ? 2 : 1) {
                locals.insert(text_of(k));
                if (!is(k + 1, stop, ","))
                    break;
            }
        }
    }
    constexpr std::array<std::string_view, 11> kMutators = {
        "append",     "extend", "insert", "update",  "remove", "pop",
        "setdefault", "clear",  "add",    "discard", "sort"};
    for (std::uint32_t i = begin; i < stop; ++i) {
        if (!is_name(i, stop) || (i > begin && is(i - 1, stop, ".")))
            continue;
        const std::string_view word = text_of(i);
        const bool global = globals.contains(word);
        if (!global && locals.contains(word))
            continue;
        const bool assigns = is(i + 1, stop, "=") || is(i + 1, stop, "+=") || is(i + 1, stop, "|=");
        bool changes =
            is(i + 1, stop, ".") && is_name(i + 2, stop) && is(i + 3, stop, "(") &&
            std::find(kMutators.begin(), kMutators.end(), text_of(i + 2)) != kMutators.end();
        if (is(i + 1, stop, "[")) {
            const std::uint32_t after = next(i + 1);
            changes = changes || is(after, stop, "=");
        }
        if (global && assigns) {
            effects_.push_back({std::string(word), true});
        } else if (changes) {
            effects_.push_back({std::string(word), false});
        }
    }
}

bool Module::run_statement(std::uint32_t first, std::uint32_t last, bool broken) {
    const bool named = is_name(first, last);
    const std::string_view word = text_of(first);
    if (named) {
        if (word == "raise")
            return true;
        if (word == "import") {
            run_import(first + 1, last);
            return false;
        }
        if (word == "from") {
            run_from_import(first + 1, last);
            return false;
        }
        if (word == "pass" || word == "assert" || word == "global" || word == "nonlocal" ||
            word == "break" || word == "continue" || word == "return") {
            return false;
        }
        if (word == "del") {
            for (std::uint32_t i = first + 1; i < last;) {
                const std::uint32_t end = find_op(i, last, ",");
                if (end == i + 1 && is_name(i, last)) {
                    scope_.erase(text_of(i));
                } else if (end > i && is(list_.tokens[end - 1].match, end, "[")) {
                    const std::uint32_t open = list_.tokens[end - 1].match;
                    const Place container = place(i, open, false);
                    if (container.value != nullptr && container.value->is_dict()) {
                        const PyValue key = evaluate(open + 1, end - 1);
                        auto& dict = *container.value;
                        if (key.is_unknown())
                            mark_partial(dict, key.text);
                        for (std::size_t k = 0; k < dict.keys.size(); ++k) {
                            if (!equal(dict.keys[k], key))
                                continue;
                            dict.keys.erase(dict.keys.begin() + static_cast<std::ptrdiff_t>(k));
                            dict.items.erase(dict.items.begin() + static_cast<std::ptrdiff_t>(k));
                            break;
                        }
                    } else if (container.value != nullptr && container.value->is_list()) {
                        mark_partial(*container.value, "an item is deleted");
                    }
                }
                i = end + 1;
            }
            return false;
        }
    }
    // Assignments: the operators at bracket level 0. `lambda` has colons and `=` of its own.
    std::vector<std::uint32_t> equals;
    std::uint32_t augmented = last;
    std::uint32_t colon = last;
    for (std::uint32_t i = first; i < last; i = next(i)) {
        if (list_.tokens[i].kind == TokenKind::name && text_of(i) == "lambda")
            break;
        if (list_.tokens[i].kind != TokenKind::op)
            continue;
        const std::string_view op = text_of(i);
        if (op == "=") {
            equals.push_back(i);
        } else if (op == ":" && equals.empty() && colon == last) {
            colon = i;
        } else if (op.size() >= 2 && op.back() == '=' && op != "==" && op != "!=" && op != "<=" &&
                   op != ">=" && op != ":=" && augmented == last && equals.empty()) {
            augmented = i;
        }
    }
    if (broken) {
        // Its value cannot be trusted, but what it assigns can be told.
        if (!equals.empty() || augmented != last)
            spoil(first, equals.empty() ? augmented : equals.back(), "a syntax error");
        return false;
    }
    if (augmented != last) {
        augment(first, augmented, last);
        return false;
    }
    if (equals.empty()) {
        if (colon != last)
            return false;  // x: int
        return run_expression(first, last);
    }
    PyValue value = evaluate(equals.back() + 1, last);
    for (std::size_t i = 0; i < equals.size(); ++i) {
        if (equals[i] == (i == 0 ? first : equals[i - 1] + 1))
            value = unknown("a syntax error");  // x = = 1
    }
    std::uint32_t begin = first;
    std::vector<std::string_view> tied;
    if (last - equals.back() == 2 && is_name(last - 1, last))
        tied.push_back(text_of(last - 1));
    for (const std::uint32_t op : equals) {
        const std::uint32_t end = colon < op && begin == first ? colon : op;
        assign(begin, end, value, first);
        if (end - begin == 1)
            tied.push_back(text_of(begin));
        begin = op + 1;
    }
    tie(tied);
    return false;
}

void Module::stamp(PyValue& value, std::uint32_t statement) const {
    const Token& token = list_.tokens[statement];
    value.line = token.line;
    value.file = file_;
    value.range = {token.begin, token.end};
    // The whole statement, found by its logical line.
    const auto it =
        std::upper_bound(list_.lines.begin(), list_.lines.end(), statement,
                         [](std::uint32_t at, const LogicalLine& line) { return at < line.last; });
    if (it != list_.lines.end() && it->last > statement)
        value.range.end = list_.tokens[it->last - 1].end;
}

void Module::assign_name(std::string_view name, PyValue value, std::uint32_t statement) {
    stamp(value, statement);
    const auto it = modules_.find(name);
    if (it != modules_.end())
        modules_.erase(it);
    const auto tied = ties_.find(name);
    if (tied != ties_.end())
        ties_.erase(tied);
    scope_.set(name, std::move(value));
}

// Binds the target at tokens [first, last).
void Module::assign(std::uint32_t first, std::uint32_t last, const PyValue& value,
                    std::uint32_t statement) {
    if (first >= last || depth_ > kMaxDepth)
        return;
    if (!shared_.budget.take_copy(value)) {
        spoil(first, last, "too much to read");
        return;
    }
    if (last - first == 1 && is_name(first, last)) {
        assign_name(text_of(first), value, statement);
        return;
    }
    const bool bracket = is(first, last, "(") || is(first, last, "[");
    if (bracket && list_.tokens[first].match == last - 1) {
        // [x] = y unpacks, (x) = y does not.
        const bool one_of_list =
            is(first, last, "[") && find_op(first + 1, last - 1, ",") == last - 1;
        const bool fits = value.is_list() && !value.partial && value.items.size() == 1;
        const PyValue lost = unknown("unpacks a value that is not known");
        ++depth_;
        assign(first + 1, last - 1, !one_of_list ? value : fits ? value.items[0] : lost, statement);
        --depth_;
        return;
    }
    if (find_op(first, last, ",") < last) {
        std::vector<std::pair<std::uint32_t, std::uint32_t>> targets;
        bool starred = false;
        for (std::uint32_t i = first; i < last;) {
            const std::uint32_t end = find_op(i, last, ",");
            if (end > i)
                targets.emplace_back(i, end);
            starred = starred || is(i, last, "*");
            i = end + 1;
        }
        const bool fits =
            value.is_list() && !value.partial && !starred && value.items.size() == targets.size();
        const PyValue lost =
            unknown(value.is_unknown() ? value.text : "unpacks a value that is not known");
        ++depth_;
        for (std::size_t i = 0; i < targets.size(); ++i) {
            const auto [begin, end] = targets[i];
            assign(is(begin, end, "*") ? begin + 1 : begin, end, fits ? value.items[i] : lost,
                   statement);
        }
        --depth_;
        return;
    }
    if (is(last - 1, last, "]"))
        assign_item(first, last, value, statement);
    // What is left is an attribute: os.environ.x, nothing of ours.
}

// x["a"]["b"] = value
void Module::assign_item(std::uint32_t first, std::uint32_t last, PyValue value,
                         std::uint32_t statement) {
    const std::uint32_t open = list_.tokens[last - 1].match;
    if (open <= first || open >= last)
        return;
    const Place container = place(first, open, true);
    if (container.value == nullptr) {
        // Something inside of a name that is not known in full: it stays so.
        if (is_name(first, last) && scope_.find(text_of(first)) != nullptr && open > first + 1) {
            const Place whole = place(first, first + 1, false);
            if (whole.value->is_list() || whole.value->is_dict())
                mark_partial(*whole.value, "an item that is not known");
        }
        return;
    }
    PyValue key = evaluate(open + 1, last - 1);
    PyValue& target = *container.value;
    if (value.depth >= kMaxDepth)
        value = unknown("nested too deeply");
    stamp(value, statement);
    if (target.is_dict()) {
        put_item(target, std::move(key), std::move(value), shared_.budget);
    } else if (target.is_list()) {
        const auto size = static_cast<std::int64_t>(target.items.size());
        std::int64_t i = key.integer;
        if (i < 0)
            i += size;
        if (key.is_int() && !target.partial && i >= 0 && i < size) {
            target.depth = static_cast<std::uint8_t>(std::max<int>(target.depth, value.depth + 1));
            target.items[static_cast<std::size_t>(i)] = std::move(value);
        } else {
            mark_partial(target, key.is_unknown() ? key.text : "an item that is not known");
        }
    } else if (target.is_unknown()) {
        // What can be put into by a string key is a dict; the rest of it stays unknown.
        if (key.is_string()) {
            std::string reason = target.text;
            target = PyValue();
            target.kind = PyValue::Kind::dict;
            target.depth = 1;
            mark_partial(target, reason);
            put_item(target, std::move(key), std::move(value), shared_.budget);
        }
    }
    changed(text_of(first), container, statement);
}

void Module::changed(std::string_view name, const Place& place, std::uint32_t statement) {
    settle_depth(place);
    for (PyValue* value : place.path)
        stamp(*value, statement);
    const auto tied = ties_.find(name);
    if (tied == ties_.end())
        return;
    const PyValue copy = *place.path.front();
    for (const auto& [other, group] : ties_) {
        if (group != tied->second || other == name)
            continue;
        if (!shared_.budget.take_copy(copy))
            return;
        scope_.set(other, copy);
    }
}

// `a = b = []` and `a = b`: one list with two names. Only those of the straight flow: a trial that
// is taken back would leave wrong ties.
void Module::tie(const std::vector<std::string_view>& names) {
    if (scope_.on_trial() || names.size() < 2)
        return;
    const PyValue* value = scope_.find(names.front());
    if (value == nullptr || (!value->is_list() && !value->is_dict()))
        return;
    int group = ++last_tie_;
    for (const std::string_view name : names) {
        const auto it = ties_.find(name);
        if (it != ties_.end())
            group = it->second;
    }
    for (const std::string_view name : names)
        ties_.insert_or_assign(std::string(name), group);
}

// The value that tokens [first, last) name: `x`, `x["a"]`, `x[0]["b"]`. With `create` a missing
// name is an unknown value that can be put into.
Module::Place Module::place(std::uint32_t first, std::uint32_t last, bool create) {
    Place result;
    if (!is_name(first, last))
        return result;
    for (std::uint32_t i = first + 1; i < last; i = next(i)) {
        if (!is(i, last, "["))
            return result;
    }
    const std::string_view name = text_of(first);
    if (scope_.find(name) == nullptr) {
        if (!create || modules_.contains(name) || name == "globals")
            return result;
        scope_.set(name, unknown(incomplete_.empty() ? "'" + std::string(name) + "' is not known"
                                                     : incomplete_));
    }
    PyValue* value = scope_.change(name);
    result.path.push_back(value);
    for (std::uint32_t i = first + 1; i < last; i = next(i)) {
        const PyValue key = evaluate(i + 1, list_.tokens[i].match);
        PyValue* inner = nullptr;
        if (!shared_.budget.take(value->keys.size() / 8 + 1))
            return {};
        if (value->is_dict()) {
            for (std::size_t k = 0; k < value->keys.size(); ++k) {
                if (equal(value->keys[k], key))
                    inner = &value->items[k];
            }
        } else if (value->is_list() && key.is_int() && !value->partial) {
            const auto size = static_cast<std::int64_t>(value->items.size());
            const std::int64_t at = key.integer < 0 ? key.integer + size : key.integer;
            if (at >= 0 && at < size)
                inner = &value->items[static_cast<std::size_t>(at)];
        }
        if (inner == nullptr)
            return {};
        value = inner;
        result.path.push_back(value);
    }
    result.value = value;
    return result;
}

// After a change in place: depths outwards; a value that became too deep is given up.
void Module::settle_depth(const Place& place) {
    for (std::size_t i = place.path.size(); i-- > 0;) {
        PyValue& value = *place.path[i];
        if (i + 1 < place.path.size()) {
            value.depth =
                static_cast<std::uint8_t>(std::max<int>(value.depth, place.path[i + 1]->depth + 1));
        }
        if (value.depth > kMaxDepth)
            value = unknown("nested too deeply");
    }
}

void Module::augment(std::uint32_t first, std::uint32_t op, std::uint32_t last) {
    const std::string_view sign = text_of(op);
    // x: list += is no Python; x += is a place.
    Place target = place(first, op, true);
    if (target.value == nullptr)
        return;
    PyValue right = evaluate(op + 1, last);
    PyValue& value = *target.value;
    const bool joins = sign == "+=" || sign == "|=";
    if (joins && value.is_list() && right.is_list()) {
        if (right.partial)
            mark_partial(value, right.text);
        put_all(value, right);
    } else if (joins && value.is_dict() && right.is_dict()) {
        if (right.partial)
            mark_partial(value, right.text);
        for (std::size_t i = 0; i < right.keys.size(); ++i) {
            put_item(value, std::move(right.keys[i]), std::move(right.items[i]), shared_.budget);
        }
    } else if (joins && (value.is_list() || value.is_dict())) {
        mark_partial(value, right.is_unknown() ? right.text : "joins a value that is not known");
    } else if (joins && value.is_unknown() && (right.is_list() || right.is_dict())) {
        std::string reason = value.text;
        value = std::move(right);
        mark_partial(value, reason);
    } else if (sign == "+=" && value.is_string() && right.is_string() &&
               value.text.size() + right.text.size() <= kMaxText &&
               !right.text.starts_with(kRepositoryRoot)) {
        value.text += right.text;
    } else if (sign == "+=" && value.is_int() && right.is_int()) {
        std::int64_t sum = 0;
        value = __builtin_add_overflow(value.integer, right.integer, &sum) ? unknown("arithmetic")
                                                                           : PyValue::make_int(sum);
    } else {
        value = unknown(value.is_unknown()   ? value.text
                        : right.is_unknown() ? right.text
                                             : "arithmetic");
    }
    changed(text_of(first), target, first);
}

// An expression as a statement; true for sys.exit().
bool Module::run_expression(std::uint32_t first, std::uint32_t last) {
    if (!is_name(first, last) || !is(last - 1, last, ")"))
        return false;
    const std::uint32_t open = list_.tokens[last - 1].match;
    if (open <= first || open >= last)
        return false;
    const std::string dotted = evaluator_.dotted_name(list_.tokens, first, open);
    if (dotted == "sys.exit" || dotted == "exit" || dotted == "quit" || dotted == "os._exit")
        return true;
    if (dotted == "exec" || dotted == "execfile" || dotted == "eval") {
        // exec(text, about): what it assigns goes into the dict.
        if (has_own_globals(open))
            pass_names(open);
        else
            lose("calls '" + dotted + "'");
        return false;
    }
    if (dotted == "sys.path.insert" || dotted == "sys.path.append") {
        const Evaluator::Arguments args = evaluator_.arguments(list_.tokens, open);
        if (!args.positional.empty() && args.positional.back().is_string()) {
            const std::optional<std::string> folder =
                repository_path(args.positional.back(), shared_.folder);
            if (folder && shared_.search.size() < 16 &&
                std::find(shared_.search.begin(), shared_.search.end(), *folder) ==
                    shared_.search.end()) {
                shared_.search.push_back(*folder);
                // What was not found before may be there.
                std::erase_if(shared_.by_name,
                              [](const auto& entry) { return entry.second == nullptr; });
            }
        }
        return false;
    }
    if (is(first, last, "globals") || is(first, last, "locals") || is(first, last, "vars")) {
        // globals().update({...})
        if (is(first + 1, last, "(") && is(first + 3, last, ".") && is(first + 4, last, "update") &&
            open == first + 5) {
            const Evaluator::Arguments args = evaluator_.arguments(list_.tokens, open);
            bool known = args.complete;
            if (!args.positional.empty()) {
                const PyValue& dict = args.positional.front();
                known = known && dict.is_dict() && !dict.partial;
                for (std::size_t i = 0; i < dict.keys.size(); ++i) {
                    if (dict.keys[i].is_string())
                        assign_name(dict.keys[i].text, dict.items[i], first);
                }
            }
            for (const auto& [name, value] : args.named)
                assign_name(name, value, first);
            if (known)
                return false;
        }
        lose("assigns names by a call");
        return false;
    }
    if (open >= first + 3 && is(open - 2, last, ".") && run_method(first, open - 2, last))
        return false;
    if (dotted.empty() || dotted == "print" || is_library(dotted))
        return false;
    pass_names(open);
    return false;
}

// Whether the second argument of a call is a dict of this file.
bool Module::has_own_globals(std::uint32_t open) {
    const std::uint32_t close = list_.tokens[open].match;
    for (std::uint32_t i = open + 1; i < close; i = next(i)) {
        if (!is(i, close, ","))
            continue;
        const bool ends = i + 2 == close || is(i + 2, close, ",");
        if (!is_name(i + 1, close) || !ends || scope_.find(text_of(i + 1)) == nullptr)
            return false;
        return scope_.change(text_of(i + 1))->is_dict();
    }
    return false;
}

// A function that is not known gets a list or dict: it may change it.
void Module::pass_names(std::uint32_t open) {
    const std::uint32_t close = list_.tokens[open].match;
    for (std::uint32_t i = open + 1; i < close; i = next(i)) {
        if (!is_name(i, close))
            continue;
        const bool begins = i == open + 1 || is(i - 1, close, ",") || is(i - 1, close, "=");
        const bool ends = i + 1 == close || is(i + 1, close, ",");
        if (!begins || !ends || scope_.find(text_of(i)) == nullptr)
            continue;
        PyValue* value = scope_.change(text_of(i));
        if (value->is_list() || value->is_dict())
            mark_partial(*value, "passed to a function");
    }
}

// x.append(...), x["a"].update(...): the tokens before `dot` name the place. False if it is none.
bool Module::run_method(std::uint32_t first, std::uint32_t dot, std::uint32_t last) {
    const std::string_view method = text_of(dot + 1);
    const bool setdefault_inside = is(dot - 1, last, ")");
    if (setdefault_inside) {
        // x.setdefault("a", []).append(...): the inner call first, then its result as a place.
        const std::uint32_t open = list_.tokens[dot - 1].match;
        if (open < first + 3 || open >= last || !is(open - 1, last, "setdefault") ||
            !is(open - 2, last, "."))
            return false;
        if (!run_method(first, open - 2, dot))
            return false;
        Place outer = place(first, open - 2, false);
        if (outer.value != nullptr && (outer.value->is_dict() || outer.value->is_list())) {
            mark_partial(*outer.value, "an item that is not known");
        }
        return true;
    }
    constexpr std::array<std::string_view, 13> kMethods = {
        "append", "extend", "insert",  "remove", "update",  "setdefault", "pop",
        "clear",  "add",    "discard", "sort",   "reverse", "union"};
    if (std::find(kMethods.begin(), kMethods.end(), method) == kMethods.end())
        return false;
    Place target = place(
        first, dot,
        scope_.find(text_of(first)) == nullptr && !modules_.contains(text_of(first)) &&
            (method == "append" || method == "extend" || method == "insert" || method == "update"));
    if (target.value == nullptr) {
        // Somewhere inside of a known name that is not known itself.
        if (scope_.find(text_of(first)) == nullptr || dot == first + 1)
            return dot == first + 1;
        PyValue* whole = scope_.change(text_of(first));
        if (whole->is_list() || whole->is_dict())
            mark_partial(*whole, "an item that is not known");
        return true;
    }
    Evaluator::Arguments args = evaluator_.arguments(list_.tokens, dot + 2);
    PyValue& value = *target.value;
    std::vector<PyValue>& list = args.positional;
    const auto lose_part = [&](const std::string& reason) {
        if (value.is_list() || value.is_dict())
            mark_partial(value, reason);
    };
    if (value.is_unknown() && (method == "append" || method == "extend" || method == "insert")) {
        std::string reason = value.text;
        value = PyValue::make_list({});
        mark_partial(value, reason);
    }
    if (value.is_unknown() && method == "update") {
        std::string reason = value.text;
        value = PyValue();
        value.kind = PyValue::Kind::dict;
        value.depth = 1;
        mark_partial(value, reason);
    }
    for (PyValue& argument : list) {
        if (argument.depth >= kMaxDepth)
            argument = unknown("nested too deeply");
    }
    if (value.is_dict()) {
        if (method == "update") {
            if (!args.complete)
                lose_part("arguments that are not known");
            if (!list.empty()) {
                PyValue& other = list.front();
                if (other.is_dict()) {
                    if (other.partial)
                        lose_part(other.text);
                    for (std::size_t i = 0; i < other.keys.size(); ++i) {
                        put_item(value, std::move(other.keys[i]), std::move(other.items[i]),
                                 shared_.budget);
                    }
                } else if (other.is_list()) {
                    if (other.partial)
                        lose_part(other.text);
                    for (PyValue& pair : other.items) {
                        if (pair.is_list() && !pair.partial && pair.items.size() == 2) {
                            put_item(value, std::move(pair.items[0]), std::move(pair.items[1]),
                                     shared_.budget);
                        } else {
                            lose_part("an item that is not known");
                        }
                    }
                } else {
                    lose_part(other.is_unknown() ? other.text : "a value that is not known");
                }
            }
            for (auto& [name, item] : args.named) {
                put_item(value, PyValue::make_string(name), std::move(item), shared_.budget);
            }
        } else if (method == "setdefault" && !list.empty()) {
            const bool has = list[0].is_string() && value.find(list[0].text) != nullptr;
            if (!has && !value.partial) {
                PyValue none;
                none.kind = PyValue::Kind::none;
                put_item(value, std::move(list[0]), list.size() > 1 ? std::move(list[1]) : none,
                         shared_.budget);
            } else if (!has) {
                put_item(value, std::move(list[0]), unknown(value.text), shared_.budget);
            }
        } else if (method == "pop" && !list.empty() && list[0].is_string()) {
            for (std::size_t i = 0; i < value.keys.size(); ++i) {
                if (!equal(value.keys[i], list[0]))
                    continue;
                value.keys.erase(value.keys.begin() + static_cast<std::ptrdiff_t>(i));
                value.items.erase(value.items.begin() + static_cast<std::ptrdiff_t>(i));
                break;
            }
        } else if (method == "clear") {
            value.keys.clear();
            value.items.clear();
            value.partial = false;
        } else {
            lose_part("an item that is not known");
        }
    } else if (value.is_list()) {
        if ((method == "append" || method == "add") && list.size() == 1) {
            put_last(value, std::move(list[0]));
        } else if ((method == "extend" || method == "update") && list.size() == 1) {
            PyValue& other = list[0];
            if (other.is_dict()) {
                other.kind = PyValue::Kind::list;
                other.items = std::move(other.keys);
            }
            if (!other.is_list()) {
                lose_part(other.is_unknown() ? other.text : "a value that is not known");
            } else {
                if (other.partial)
                    lose_part(other.text);
                put_all(value, other);
            }
        } else if (method == "insert" && list.size() == 2) {
            std::int64_t at = list[0].is_int() ? list[0].integer : 0;
            const auto size = static_cast<std::int64_t>(value.items.size());
            if (at < 0)
                at = std::max<std::int64_t>(at + size, 0);
            at = std::min(at, size);
            if (!shared_.budget.take(static_cast<std::size_t>(size - at))) {
                lose_part("too much to read");
            } else {
                value.depth =
                    static_cast<std::uint8_t>(std::max<int>(value.depth, list[1].depth + 1));
                value.items.insert(value.items.begin() + static_cast<std::ptrdiff_t>(at),
                                   std::move(list[1]));
            }
        } else if ((method == "remove" || method == "discard") && list.size() == 1 &&
                   !list[0].is_unknown() && shared_.budget.take(value.items.size())) {
            const auto it = std::find_if(value.items.begin(), value.items.end(),
                                         [&](const PyValue& item) { return equal(item, list[0]); });
            if (it != value.items.end())
                value.items.erase(it);
        } else if (method == "clear") {
            value.items.clear();
            value.partial = false;
        } else if (method == "pop" && list.empty() && !value.items.empty() && !value.partial) {
            value.items.pop_back();
        } else if (method != "sort" && method != "reverse") {
            lose_part("an item that is not known");
        }
    } else {
        return true;  // a string has no such method
    }
    changed(text_of(first), target, first);
    return true;
}

// All names that a statement may bind become unknown.
void Module::spoil(std::uint32_t first, std::uint32_t last, const std::string& reason) {
    for (std::uint32_t i = first; i < last; ++i) {
        if (!is_name(i, last))
            continue;
        if (i > first && is(i - 1, last, "."))
            continue;
        assign_name(text_of(i), unknown(reason), i);
        if (i == first && i + 1 < last && (is(i + 1, last, "[") || is(i + 1, last, ":")))
            return;
    }
}

void Module::run_import(std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t i = first; i < last;) {
        const std::uint32_t end = find_op(i, last, ",");
        std::uint32_t name_end = i;
        while (name_end < end && !is(name_end, end, "as"))
            ++name_end;
        std::string module;
        for (std::uint32_t k = i; k < name_end; ++k)
            module += text_of(k);
        if (!module.empty()) {
            (void)shared_.load(module, import_depth_ + 1);
            std::string bound = module.substr(0, module.find('.'));
            std::string meaning = bound;
            if (name_end + 1 < end) {
                bound = text_of(name_end + 1);
                meaning = module;
            }
            scope_.erase(bound);
            modules_[bound] = meaning;
        }
        i = end + 1;
    }
}

void Module::import_all(Module& module) {
    const PyValue* all = nullptr;
    const auto it = module.names().find("__all__");
    if (it != module.names().end() && it->second.is_list())
        all = &it->second;
    for (const auto& [name, value] : module.names()) {
        if (all == nullptr) {
            if (name.starts_with('_'))
                continue;
        } else if (std::none_of(all->items.begin(), all->items.end(),
                                [&, wanted = std::string_view(name)](const PyValue& item) {
                                    return item.is_string() && item.text == wanted;
                                })) {
            continue;
        }
        if (!shared_.budget.take_copy(value) ||
            (all != nullptr && !shared_.budget.take(all->items.size()))) {
            lose("too much to read");
            return;
        }
        scope_.set(name, value);
    }
    for (const auto& [name, meaning] : module.aliases()) {
        if (!modules_.contains(name))
            modules_.emplace(name, meaning);
    }
    if (!module.incomplete().empty())
        lose(module.incomplete());
    has_setup_ = has_setup_ || module.has_setup();
}

void Module::run_from_import(std::uint32_t first, std::uint32_t last) {
    std::uint32_t import = first;
    while (import < last && !is(import, last, "import"))
        ++import;
    std::string module;
    for (std::uint32_t k = first; k < import; ++k)
        module += text_of(k);
    if (import >= last || module.empty())
        return;
    Module* sibling = shared_.load(module, import_depth_ + 1);
    std::uint32_t begin = import + 1;
    std::uint32_t end = last;
    if (is(begin, last, "(")) {
        end = list_.tokens[begin].match;
        ++begin;
        if (end <= begin)
            end = last;
    }
    if (is(begin, end, "*")) {
        if (sibling != nullptr) {
            import_all(*sibling);
        } else if (!is_library(module)) {
            lose("imports all names of '" + module + "'");
        }
        return;
    }
    for (std::uint32_t i = begin; i < end;) {
        const std::uint32_t stop = find_op(i, end, ",");
        if (is_name(i, end)) {
            const std::string name(text_of(i));
            const std::string bound(is(i + 1, stop, "as") && is_name(i + 2, stop) ? text_of(i + 2)
                                                                                  : text_of(i));
            if (sibling != nullptr) {
                const PyValue* value = scope_.find(bound);
                const auto found = sibling->names().find(name);
                const auto alias = sibling->aliases().find(name);
                modules_.erase(bound);
                if (found != sibling->names().end() && shared_.budget.take_copy(found->second)) {
                    scope_.set(bound, found->second);  // keeps its place in the other file
                    if (bound == "setup" && sibling->has_setup())
                        has_setup_ = true;
                } else if (alias != sibling->aliases().end()) {
                    if (value != nullptr)
                        scope_.erase(bound);
                    modules_[bound] = alias->second;
                } else {
                    assign_name(bound, unknown("imported from '" + module + "'"), import);
                }
            } else if (is_library(module)) {
                scope_.erase(bound);
                modules_[bound] = module + "." + name;
            } else {
                if (bound == "setup")
                    has_setup_ = true;
                assign_name(bound, unknown("imported from '" + module + "'"), import);
            }
        }
        i = stop + 1;
    }
}

}  // namespace
}  // namespace config_reader

ConfModule read_conf(std::string_view bytes, std::string conf_path, const ModuleReader& read) {
    using namespace config_reader;
    ConfModule result;
    result.files.push_back(conf_path);
    if (bytes.size() > kMaxText) {
        result.incomplete = "the file is too large";
        return result;
    }
    Shared shared(read, std::string(dirname(conf_path)));
    shared.files.push_back(conf_path);
    // A module that imports its conf.py would read it again.
    shared.modules.emplace(conf_path, nullptr);
    Module module(shared, conf_path, std::string(bytes), 0, 0);
    module.run();
    result.files = std::move(shared.files);
    result.values = std::move(module.names());
    result.has_setup = module.has_setup();
    result.syntax_errors = module.syntax_errors();
    result.incomplete = module.incomplete();
    return result;
}

}  // namespace docathon
