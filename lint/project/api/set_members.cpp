// ApiIndex: members that code gives to classes behind their bodies: `Class.name = value`, and
// setattr() in loops over lists that are written, by a decorator of the class, by a function that
// the module calls, or by the module itself. A class that gets names which cannot be read is open.

#include <algorithm>
#include <functional>
#include <optional>

#include "lint/project/api/api_index.h"
#include "lint/project/api/conditions.h"
#include "lint/project/api/support.h"

namespace docathon {

using namespace api;

namespace {

// Names that lists of names may have, and rounds of all loops of a project together.
constexpr std::size_t kMostNames = 2000;
constexpr std::uint32_t kMostRounds = 200000;
// Lists that name lists, loops in loops.
constexpr int kMostNested = 10;
constexpr std::size_t kLongestText = 4000;

/// Calls `found` for each offset of the text that stands in no string; `depth` counts the open
/// brackets, that at the offset included if it opens one.
template <typename Found>
void each_outside(std::string_view text, Found&& found) {
    int depth = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '"' || c == '\'') {
            const std::string_view rest = text.substr(at);
            const bool triple = rest.starts_with("\"\"\"") || rest.starts_with("'''");
            const std::size_t size = triple ? 3 : 1;
            std::size_t end = at + size;
            while (end < text.size() && text.substr(end, size) != text.substr(at, size))
                end += text[end] == '\\' ? 2 : 1;
            at = std::min(end + size, text.size()) - 1;
            continue;
        }
        if (c == '#') {
            at = std::min(text.find('\n', at), text.size()) - 1;
            continue;
        }
        if (c == '(' || c == '[' || c == '{')
            ++depth;
        found(at, depth);
        if (c == ')' || c == ']' || c == '}')
            --depth;
    }
}

std::string without_comments(std::string_view text) {
    std::string out;
    std::size_t copied = 0;
    std::size_t next = 0;  // the offset after the last that was looked at
    each_outside(text, [&](std::size_t at, int) {
        // What was passed over is a string, or a comment up to this line end.
        if (at > next && text[next] == '#') {
            out += text.substr(copied, next - copied);
            copied = at;
        }
        next = at + 1;
    });
    if (next < text.size() && text[next] == '#')
        return out + std::string(text.substr(copied, next - copied));
    return out + std::string(text.substr(copied));
}

/// The parts between separators that stand in no brackets and no string.
std::vector<std::string_view> split_outside(std::string_view text, std::string_view separator) {
    std::vector<std::string_view> out;
    std::size_t begin = 0;
    each_outside(text, [&](std::size_t at, int depth) {
        if (depth != 0 || at < begin || !text.substr(at).starts_with(separator))
            return;
        out.push_back(trim(text.substr(begin, at - begin)));
        begin = at + separator.size();
    });
    out.push_back(trim(text.substr(begin)));
    return out;
}

/// What stands in the brackets that begin and end the text; nothing if these are not such.
std::optional<std::string_view> inner(std::string_view text) {
    if (text.size() < 2 || (text[0] != '(' && text[0] != '[' && text[0] != '{'))
        return std::nullopt;
    bool whole = true;
    each_outside(text, [&](std::size_t at, int depth) {
        const bool closes = text[at] == ')' || text[at] == ']' || text[at] == '}';
        whole = whole && (!closes || depth > 1 || at + 1 == text.size());
    });
    const char last = text.back();
    if (!whole || (last != ')' && last != ']' && last != '}'))
        return std::nullopt;
    return trim(text.substr(1, text.size() - 2));
}

/// What a plain string literal stands for, the empty one too.
std::optional<std::string_view> literal_of(std::string_view text) {
    if (text == "''" || text == "\"\"")
        return std::string_view();
    const std::string_view value = string_value(text);
    return value.empty() ? std::nullopt : std::optional(value);
}

/// The arguments of a call of `name`; nothing if the text is none.
std::optional<std::vector<std::string_view>> arguments_of(std::string_view text,
                                                          std::string_view name) {
    if (!text.starts_with(name))
        return std::nullopt;
    const auto between = inner(trim(text.substr(name.size())));
    if (!between || text[text.size() - 1] != ')')
        return std::nullopt;
    return split_outside(*between, ",");
}

}  // namespace

class ApiIndex::MemberSetter {
  public:
    explicit MemberSetter(ApiIndex& index) : index_(index) {}

    void run() {
        for (std::uint32_t module = 0; module < index_.modules_.size(); ++module)
            by_assignments(module);
        setters_.resize(index_.modules_.size());
        bool any = false;
        for (std::uint32_t module = 0; module < index_.modules_.size(); ++module) {
            for (const PyCall& call : facts(module).calls) {
                if (facts(module).text(call.function) != "setattr")
                    continue;
                any = true;
                setters_[module].push_back({scope_of(module, call), &call});
            }
        }
        if (!any)
            return;
        for (std::uint32_t module = 0; module < index_.modules_.size(); ++module) {
            by_module(module);
            by_decorators(module);
        }
    }

  private:
    /// What a variable stands for.
    struct Value {
        bool literal = false;  ///< `text` is the value of a string; else an expression
        std::string text;
        std::string second;              ///< of an entry of a dict: the expression behind the colon
        std::uint32_t module = kNoItem;  ///< where an expression is written
        ApiEntity thing;                 ///< the class that is decorated
    };
    using Names = std::map<std::string, Value, std::less<>>;
    using Action = std::function<void(const Names&, bool known)>;
    /// A call of setattr(), and the function that it stands in.
    struct Setter {
        std::uint32_t definition = kNoItem;
        const PyCall* call = nullptr;
    };
    /// A loop or a condition around a statement.
    struct Header {
        bool loop = false;
        std::string_view text;  ///< `x in LIST`, or the condition; empty: nobody can tell
    };

    [[nodiscard]] const PythonFacts& facts(std::uint32_t module) const {
        return *index_.modules_[module].facts;
    }

    [[nodiscard]] std::uint32_t scope_of(std::uint32_t module, const PyCall& call) const {
        const auto& all = facts(module).definitions;
        auto at = std::upper_bound(
            all.begin(), all.end(), call.range.begin,
            [](std::uint32_t offset, const PyDefinition& one) { return offset < one.range.begin; });
        if (at == all.begin())
            return kNoItem;
        auto found = static_cast<std::uint32_t>(at - all.begin()) - 1;
        while (found != kNoItem && all[found].range.end <= call.range.begin)
            found = all[found].parent;
        return found;
    }

    /// `Class.name = value`, behind the class.
    void by_assignments(std::uint32_t module) {
        const PythonFacts& own = facts(module);
        for (std::uint32_t i = 0; i < own.assignments.size(); ++i) {
            const PyAssignment& one = own.assignments[i];
            const std::string_view target = own.text(one.target);
            const std::size_t dot = target.find('.');
            if (dot == std::string_view::npos || one.scope != kNoItem ||
                one.kind != AssignmentKind::value || target.find('.', dot + 1) != target.npos ||
                target.substr(dot + 1).starts_with("__") ||
                (one.branch != kNoItem && !index_.tables_[module].active[one.branch]))
                continue;
            const ApiEntity owner = index_.lookup(module, target.substr(0, dot), 0);
            if (owner.kind != ApiKind::class_ || owner.definition == kNoItem)
                continue;
            ApiEntity made = value(module, kNoItem, own.text(one.value), {});
            if (made.kind == ApiKind::unknown) {
                made.kind = ApiKind::attribute;
                made.module = module;
                made.assignment = i;
            }
            add(owner, target.substr(dot + 1), made);
        }
    }

    // ---- who calls ---------------------------------------------------------------------------

    void by_module(std::uint32_t module) {
        for (const PyCall& call : facts(module).calls) {
            const std::string_view name = facts(module).text(call.function);
            const bool sets = name == "setattr";
            if (sets && scope_of(module, call) != kNoItem)
                continue;
            ApiEntity called;
            if (!sets) {
                called = is_dotted_name(name) ? index_.resolve_in(module, name, 0) : ApiEntity{};
                if (called.definition == kNoItem || setters_[called.module].empty())
                    continue;
            }
            const std::vector<Header> headers = around(module, call.branch);
            follow(headers, module, {}, [&](const Names& names, bool known) {
                if (sets)
                    set(module, kNoItem, call, names, known);
                else if (known)
                    enter(called, module, call.first_argument, call.argument_count, names, {});
            });
        }
    }

    void by_decorators(std::uint32_t module) {
        const PythonFacts& own = facts(module);
        for (const auto& [index, table] : index_.class_tables_[module]) {
            const PyDefinition& definition = own.definitions[index];
            for (std::uint32_t i = 0; i < definition.decorator_count; ++i) {
                const PyDecorator& decorator = own.decorators[definition.first_decorator + i];
                const std::string_view name = own.text(decorator.name);
                const ApiEntity called =
                    is_dotted_name(name) ? index_.resolve_in(module, name, 0) : ApiEntity{};
                if (called.definition == kNoItem || setters_[called.module].empty())
                    continue;
                ApiEntity decorated;
                decorated.kind = ApiKind::class_;
                decorated.module = module;
                decorated.definition = index;
                enter(called, module, decorator.first_argument, decorator.argument_count, {},
                      decorated);
            }
        }
    }

    /// The loops and conditions around a statement of a module, from the outermost.
    [[nodiscard]] std::vector<Header> around(std::uint32_t module, std::uint32_t branch) const {
        constexpr std::size_t kCut = 200;
        const PythonFacts& own = facts(module);
        std::vector<Header> out;
        while (branch != kNoItem && out.size() < kMaxDepth) {
            const PyBranch& one = own.branches[branch];
            std::string_view test = own.text(one.test);
            if (test.size() >= kCut)
                test = {};
            if (one.kind == BranchKind::loop)
                out.push_back({true, test});
            else if (one.kind == BranchKind::if_)
                out.push_back({false, test});
            else if (one.kind != BranchKind::try_ && one.kind != BranchKind::with)
                out.push_back({false, {}});
            branch = one.parent;
        }
        std::reverse(out.begin(), out.end());
        return out;
    }

    /// Follows a function that is called, or that decorates a class: what its own body sets, and
    /// what that of a function in it does, which takes the class.
    void enter(const ApiEntity& function, std::uint32_t caller, std::uint32_t first_argument,
               std::uint32_t count, const Names& outer, const ApiEntity& decorated) {
        const std::uint32_t module = function.module;
        const PythonFacts& own = facts(module);
        for (const Setter& setter : setters_[module]) {
            const bool nested = setter.definition != function.definition;
            if (setter.definition == kNoItem ||
                (nested && (own.definitions[setter.definition].parent != function.definition ||
                            decorated.definition == kNoItem)))
                continue;
            Names names = bind(function, caller, first_argument, count, outer);
            if (decorated.definition != kNoItem) {
                const PyDefinition& taker = own.definitions[setter.definition];
                const std::string_view written = argument(module, *setter.call, 0);
                const std::string_view target = module_of(written).value_or(written);
                for (std::uint32_t i = 0; i < taker.parameter_count; ++i) {
                    const std::string_view parameter =
                        own.text(own.parameters[taker.first_parameter + i].name);
                    // The class is what is not given otherwise.
                    const bool given = !nested && given_.contains(std::string(parameter));
                    if (parameter == target && !given) {
                        Value value;
                        value.thing = decorated;
                        names[std::string(parameter)] = value;
                    }
                }
            }
            std::vector<Header> headers;
            for (std::uint32_t i = 0; i < setter.call->argument_count; ++i) {
                const PyArgument& one = own.arguments[setter.call->first_argument + i];
                const std::string_view keyword = own.text(one.keyword);
                if (keyword == "for" || keyword == "if")
                    headers.push_back({keyword == "for", own.text(one.value)});
            }
            follow(headers, module, names, [&](const Names& inside, bool known) {
                set(module, setter.definition, *setter.call, inside, known);
            });
        }
    }

    /// What the parameters of a function stand for; given_ holds those that have arguments.
    [[nodiscard]] Names bind(const ApiEntity& function, std::uint32_t caller,
                             std::uint32_t first_argument, std::uint32_t count,
                             const Names& outer) {
        Names out;
        given_.clear();
        const PythonFacts& own = facts(function.module);
        const PythonFacts& theirs = facts(caller);
        const PyDefinition& made = own.definitions[function.definition];
        const auto value_of = [&](std::string_view text, std::uint32_t module) {
            Value value;
            const auto known = outer.find(text);
            if (known != outer.end())
                return known->second;
            const auto literal = literal_of(text);
            value.literal = literal.has_value();
            value.text = literal.value_or(text);
            value.module = module;
            return value;
        };
        for (std::uint32_t i = 0; i < made.parameter_count; ++i) {
            const PyParameter& parameter = own.parameters[made.first_parameter + i];
            const std::string name(own.text(parameter.name));
            std::optional<Value> value;
            std::uint32_t position = 0;
            for (std::uint32_t k = 0; k < count; ++k) {
                const PyArgument& one = theirs.arguments[first_argument + k];
                const std::string_view keyword = theirs.text(one.keyword);
                if (keyword.empty() ? position++ == i : keyword == name)
                    value = value_of(theirs.text(one.value), caller);
            }
            if (value)
                given_.insert(name);
            else if (!parameter.default_range.empty())
                value = value_of(own.text(parameter.default_value), function.module);
            if (value)
                out[name] = *value;
        }
        return out;
    }

    // ---- loops and conditions ----------------------------------------------------------------

    void follow(std::span<const Header> headers, std::uint32_t module, const Names& names,
                const Action& action) {
        if (rounds_ > kMostRounds)
            return action(names, false);
        ++rounds_;
        if (headers.empty())
            return action(names, true);
        const Header& header = headers.front();
        if (!header.loop) {
            const Truth truth = condition(header.text, module, names);
            if (truth == Truth::unknown)
                action(names, false);
            else if (truth == Truth::yes)
                follow(headers.subspan(1), module, names, action);
            return;
        }
        const std::vector<std::string_view> parts = split_outside(header.text, " in ");
        const auto values = parts.size() == 2 ? list(parts[1], module, names, 0)
                                              : std::optional<std::vector<Value>>{};
        const std::vector<std::string_view> targets =
            split_outside(inner(parts[0]).value_or(parts[0]), ",");
        if (!values || targets.size() > 2)
            return action(names, false);
        const bool entries = parts[1].ends_with(".items()");
        if ((targets.size() == 2) != entries)
            return action(names, false);
        for (const Value& value : *values) {
            Names inside = names;
            inside[std::string(targets[0])] = value;
            if (entries) {
                Value second;
                const auto literal = literal_of(value.second);
                second.literal = literal.has_value();
                second.text = literal.value_or(value.second);
                second.module = value.module;
                inside[std::string(targets[1])] = second;
            }
            follow(headers.subspan(1), module, inside, action);
        }
    }

    /// `x in vars(C)`, `hasattr(C, x)`, `x in ["a", "b"]`, with `not`.
    [[nodiscard]] Truth condition(std::string_view text, std::uint32_t module,
                                  const Names& names) const {
        if (text.empty())
            return Truth::unknown;
        const auto turned = [](Truth truth) {
            return truth == Truth::unknown ? truth : truth == Truth::yes ? Truth::no : Truth::yes;
        };
        if (text.starts_with("not "))
            return turned(condition(trim(text.substr(4)), module, names));
        if (const Truth plain = evaluate_condition(text); plain != Truth::unknown)
            return plain;
        if (const auto given = arguments_of(text, "hasattr"); given && given->size() == 2) {
            const ApiEntity owner = class_of((*given)[0], module, names);
            const auto name = string(trim((*given)[1]), module, names);
            if (owner.kind != ApiKind::class_ || !name || !index_.has_known_members(owner))
                return Truth::unknown;
            return index_.member(owner, *name, 0).module != kNoItem ? Truth::yes : Truth::no;
        }
        for (const std::string_view word : {" not in ", " in "}) {
            const std::vector<std::string_view> parts = split_outside(text, word);
            if (parts.size() != 2)
                continue;
            const auto name = string(parts[0], module, names);
            if (!name)
                return Truth::unknown;
            Truth found = Truth::unknown;
            if (const auto given = arguments_of(parts[1], "vars"); given && given->size() == 1) {
                const ApiEntity owner = class_of((*given)[0], module, names);
                if (owner.kind == ApiKind::class_)
                    found = index_.class_table(owner.module, owner.definition).names.contains(*name)
                                ? Truth::yes
                                : Truth::no;
            } else if (const auto values = list(parts[1], module, names, 0)) {
                found = Truth::no;
                for (const Value& value : *values) {
                    if (!value.literal)
                        return Truth::unknown;
                    if (value.text == *name)
                        found = Truth::yes;
                }
            }
            return word == " in " ? found : turned(found);
        }
        return Truth::unknown;
    }

    // ---- values ------------------------------------------------------------------------------

    /// The items of a list, a tuple, a set or a dict that is written, of a sum of such, of
    /// `"a b".split()`, or of a variable that is one of these.
    [[nodiscard]] std::optional<std::vector<Value>> list(std::string_view text,
                                                         std::uint32_t module, const Names& names,
                                                         int nested) const {
        text = trim(text);
        if (nested > kMostNested || text.empty() || text.size() >= kLongestText)
            return std::nullopt;
        std::vector<Value> out;
        const auto append = [&](std::string_view part, std::uint32_t where) {
            auto more = list(part, where, names, nested + 1);
            if (more)
                out.insert(out.end(), more->begin(), more->end());
            return more.has_value() && out.size() <= kMostNames;
        };
        if (const auto parts = split_outside(text, "+"); parts.size() > 1) {
            for (const std::string_view part : parts) {
                if (!append(part, module))
                    return std::nullopt;
            }
            return out;
        }
        if (const auto items = inner(text))
            return written_items(*items, text.front() == '(', module, names, nested);
        for (const std::string_view made : {"list", "tuple", "set", "sorted", "frozenset"}) {
            if (const auto given = arguments_of(text, made); given && given->size() == 1)
                return append((*given)[0], module) ? std::optional(out) : std::nullopt;
        }
        constexpr std::string_view kSplit = ".split()";
        if (text.ends_with(kSplit) && (text[0] == '"' || text[0] == '\'')) {
            std::string_view words = text.substr(0, text.size() - kSplit.size());
            const std::size_t quotes =
                words.starts_with("\"\"\"") || words.starts_with("'''") ? 3 : 1;
            if (words.size() < 2 * quotes || words.find('\\') != std::string_view::npos)
                return std::nullopt;
            words = words.substr(quotes, words.size() - 2 * quotes);
            while (!(words = trim(words)).empty()) {
                const std::size_t end = words.find_first_of(" \t\r\n\f");
                Value value;
                value.literal = true;
                value.text = words.substr(0, end);
                out.push_back(std::move(value));
                words = end == std::string_view::npos ? std::string_view() : words.substr(end);
            }
            return out;
        }
        for (const std::string_view of_dict : {".items()", ".keys()"}) {
            if (text.ends_with(of_dict))
                text.remove_suffix(of_dict.size());
        }
        if (const auto known = names.find(text); known != names.end())
            return !known->second.literal && append(known->second.text, known->second.module)
                       ? std::optional(out)
                       : std::nullopt;
        if (!is_dotted_name(text))
            return inner(text) ? list(text, module, names, nested + 1) : std::nullopt;
        const ApiEntity found = index_.resolve_in(module, text, 0);
        if (found.assignment == kNoItem || found.module == kNoItem)
            return std::nullopt;
        const PyAssignment& one = facts(found.module).assignments[found.assignment];
        const std::string_view value = facts(found.module).text(one.value);
        const bool whole =
            one.kind == AssignmentKind::value && value.size() == one.value_range.size();
        return whole && append(without_comments(value), found.module) ? std::optional(out)
                                                                      : std::nullopt;
    }

    [[nodiscard]] std::optional<std::vector<Value>> written_items(std::string_view items,
                                                                  bool round, std::uint32_t module,
                                                                  const Names& names,
                                                                  int nested) const {
        std::vector<Value> out;
        const std::string plain = without_comments(items);
        const std::vector<std::string_view> parts = split_outside(plain, ",");
        // Brackets around something, not a tuple.
        if (round && parts.size() == 1)
            return list(parts[0], module, names, nested + 1);
        for (const std::string_view part : parts) {
            if (part.empty())
                continue;
            if (part.starts_with("**") || split_outside(part, " for ").size() > 1 ||
                out.size() > kMostNames)
                return std::nullopt;
            if (part.starts_with('*')) {
                const auto more = list(part.substr(1), module, names, nested + 1);
                if (!more)
                    return std::nullopt;
                out.insert(out.end(), more->begin(), more->end());
                continue;
            }
            const std::vector<std::string_view> entry = split_outside(part, ":");
            Value value;
            const auto literal = literal_of(entry[0]);
            value.literal = literal.has_value();
            value.text = literal.value_or(entry[0]);
            value.module = module;
            if (entry.size() == 2)
                value.second = entry[1];
            else if (entry.size() > 2)
                return std::nullopt;
            out.push_back(std::move(value));
        }
        return out;
    }

    /// A string that is written, that a variable holds, a sum of such, or an f-string of such.
    [[nodiscard]] std::optional<std::string> string(std::string_view text, std::uint32_t module,
                                                    const Names& names) const {
        std::string out;
        for (const std::string_view part : split_outside(trim(text), "+")) {
            const auto literal = literal_of(part);
            const auto known = names.find(part);
            if (literal) {
                out += *literal;
            } else if (known != names.end() && known->second.literal) {
                out += known->second.text;
            } else if (part.starts_with('f') && !string_value(part.substr(1)).empty()) {
                std::string_view rest = string_value(part.substr(1));
                while (!rest.empty()) {
                    const std::size_t open = rest.find('{');
                    out += rest.substr(0, open);
                    if (open == std::string_view::npos)
                        break;
                    const std::size_t close = rest.find('}', open);
                    if (close == std::string_view::npos)
                        return std::nullopt;
                    const auto inside = names.find(trim(rest.substr(open + 1, close - open - 1)));
                    if (inside == names.end() || !inside->second.literal)
                        return std::nullopt;
                    out += inside->second.text;
                    rest = rest.substr(close + 1);
                }
            } else {
                return std::nullopt;
            }
        }
        (void)module;
        return out;
    }

    [[nodiscard]] ApiEntity class_of(std::string_view text, std::uint32_t module,
                                     const Names& names) const {
        ApiEntity found;
        if (const auto known = names.find(trim(text)); known != names.end()) {
            const Value& value = known->second;
            if (value.thing.definition != kNoItem)
                return value.thing;
            if (!value.literal && is_dotted_name(value.text))
                found = index_.resolve_in(value.module, value.text, 0);
        } else if (is_dotted_name(trim(text))) {
            found = index_.resolve_in(module, trim(text), 0);
        }
        return found.kind == ApiKind::class_ && found.definition != kNoItem ? found : ApiEntity{};
    }

    // ---- setattr() ---------------------------------------------------------------------------

    /// A positional argument as it is written.
    [[nodiscard]] std::string_view argument(std::uint32_t module, const PyCall& call,
                                            std::uint32_t wanted) const {
        const PythonFacts& own = facts(module);
        for (std::uint32_t i = 0; i < call.argument_count; ++i) {
            const PyArgument& one = own.arguments[call.first_argument + i];
            if (one.keyword.empty() && wanted-- == 0)
                return own.text(one.value);
        }
        return {};
    }

    /// The x of `sys.modules[x.__module__]`.
    [[nodiscard]] static std::optional<std::string_view> module_of(std::string_view text) {
        constexpr std::string_view kHead = "sys.modules[";
        constexpr std::string_view kTail = ".__module__]";
        if (!text.starts_with(kHead) || !text.ends_with(kTail) ||
            text.size() < kHead.size() + kTail.size())
            return std::nullopt;
        return text.substr(kHead.size(), text.size() - kHead.size() - kTail.size());
    }

    void set(std::uint32_t module, std::uint32_t function, const PyCall& call, const Names& names,
             bool known) {
        const std::string_view target = argument(module, call, 0);
        const auto of_module = module_of(target);
        const ApiEntity owner = class_of(of_module.value_or(target), module, names);
        if (owner.kind != ApiKind::class_)
            return;
        const auto name = string(argument(module, call, 1), module, names);
        if (!known || !name) {
            if (!of_module)
                index_.open_classes_.insert({owner.module, owner.definition});
            return;
        }
        const ApiEntity made = value(module, function, argument(module, call, 2), names);
        if (!is_name(*name))
            return;
        if (of_module) {
            index_.add_member(index_.tables_[owner.module], *name, made);
            return;
        }
        if (made.kind == ApiKind::unknown)
            index_.open_classes_.insert({owner.module, owner.definition});
        add(owner, *name, made);
    }

    void add(const ApiEntity& owner, std::string_view name, const ApiEntity& made) {
        auto& tables = index_.class_tables_[owner.module];
        const auto at = std::lower_bound(
            tables.begin(), tables.end(), owner.definition,
            [](const auto& one, std::uint32_t wanted) { return one.first < wanted; });
        if (at != tables.end() && at->first == owner.definition)
            index_.add_member(at->second, name, made);
    }

    /// A function or class, or a member of a class; kind unknown for all else.
    [[nodiscard]] ApiEntity value(std::uint32_t module, std::uint32_t function,
                                  std::string_view text, const Names& names) const {
        ApiEntity found;
        if (const auto given = arguments_of(text, "getattr"); given && given->size() == 2) {
            const ApiEntity owner = class_of((*given)[0], module, names);
            const auto name = string((*given)[1], module, names);
            if (owner.kind == ApiKind::class_ && name)
                found = index_.member(owner, *name, 0);
            return found.definition != kNoItem ? found : ApiEntity{};
        }
        if (!is_dotted_name(text) || names.contains(first_part(text)))
            return {};
        // A function in the function, and what it is given, hide what the module has.
        const PythonFacts& own = facts(module);
        if (function != kNoItem) {
            const PyDefinition& around = own.definitions[function];
            for (std::uint32_t i = function + 1;
                 i < own.definitions.size() && own.definitions[i].range.begin < around.range.end;
                 ++i) {
                if (own.text(own.definitions[i].name) == text)
                    return {};
            }
            for (std::uint32_t i = 0; i < around.parameter_count; ++i) {
                if (own.text(own.parameters[around.first_parameter + i].name) == first_part(text))
                    return {};
            }
        }
        found = index_.resolve_in(module, text, 0);
        if (found.definition == kNoItem)
            return {};
        if (found.kind == ApiKind::function)
            found.kind = ApiKind::method;
        return found;
    }

    ApiIndex& index_;
    std::vector<std::vector<Setter>> setters_;  // by module
    std::set<std::string, std::less<>> given_;
    std::uint32_t rounds_ = 0;
};

void ApiIndex::set_members() {
    MemberSetter(*this).run();
}

}  // namespace docathon
