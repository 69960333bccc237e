#include "lint/core/glob.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"

namespace docathon {

namespace glob_detail {

namespace {

// A byte that is not valid UTF-8 is a unit of its own, above all code points.
constexpr std::uint32_t kBadByte = 0x110000;

struct Unit {
    std::uint32_t value = 0;
    std::size_t length = 1;
};

Unit unit_at(std::string_view text, std::size_t offset, Program::Units units) {
    const auto byte = static_cast<unsigned char>(text[offset]);
    if (byte < 0x80 || units == Program::Units::bytes)
        return {byte, 1};
    const Decoded decoded = decode_one(text, offset);
    if (!decoded.valid)
        return {kBadByte + byte, 1};
    return {static_cast<std::uint32_t>(decoded.code_point), decoded.length};
}

bool class_has(const Program::Class& set, std::uint32_t unit) {
    if (unit == '/' && !set.slash)
        return false;
    const bool found = std::any_of(set.ranges.begin(), set.ranges.end(), [unit](const auto& range) {
        return range.first <= unit && unit <= range.second;
    });
    return found != set.negated;
}

// Builds a program back to front, so that what follows is always known.
class Builder {
  public:
    explicit Builder(Program& program) : program_(program) {}

    std::uint32_t add(Program::Op op, std::uint32_t arg, std::uint32_t next) {
        program_.code.push_back({op, arg, next});
        return static_cast<std::uint32_t>(program_.code.size() - 1);
    }
    // (unit)* then `next`.
    std::uint32_t star(Program::Op unit, std::uint32_t next) {
        const std::uint32_t split = add(Program::Op::split, next, 0);
        program_.code[split].next = add(unit, 0, split);
        return split;
    }
    // (.*/)? then `next`.
    std::uint32_t folders(std::uint32_t next) {
        const std::uint32_t slash = add(Program::Op::literal, '/', next);
        return add(Program::Op::split, next, star(Program::Op::any, slash));
    }
    std::uint32_t in_class(Program::Class set, std::uint32_t next) {
        program_.classes.push_back(std::move(set));
        return add(Program::Op::in_class, static_cast<std::uint32_t>(program_.classes.size() - 1),
                   next);
    }

  private:
    Program& program_;
};

// One element of a pattern in reading order, before the program is built from its end.
struct Token {
    enum class Kind : std::uint8_t {
        literal,
        any_segment,
        set,
        star,            // [^/]*
        star_star,       // .*
        star_star_line,  // .* without line feeds
        folders,         // (.*/)?
        open,            // {
        comma,
        close,  // }
    } kind = Kind::literal;
    std::uint32_t unit = 0;
    std::size_t set = 0;
};

struct Tokens {
    std::vector<Token> list;
    std::vector<Program::Class> sets;
};

// Braces must be balanced; commas belong to the innermost pair.
void build(Program& program, Tokens tokens) {
    Builder builder(program);
    struct Brace {
        std::uint32_t after = 0;  // where all alternatives go on
        std::vector<std::uint32_t> alternatives;
    };
    std::vector<Brace> braces;
    std::uint32_t next = builder.add(Program::Op::accept, 0, 0);
    for (std::size_t i = tokens.list.size(); i-- > 0;) {
        const Token& token = tokens.list[i];
        switch (token.kind) {
            case Token::Kind::literal:
                next = builder.add(Program::Op::literal, token.unit, next);
                break;
            case Token::Kind::any_segment:
                next = builder.add(Program::Op::any_segment, 0, next);
                break;
            case Token::Kind::set:
                next = builder.in_class(std::move(tokens.sets[token.set]), next);
                break;
            case Token::Kind::star:
                next = builder.star(Program::Op::any_segment, next);
                break;
            case Token::Kind::star_star:
                next = builder.star(Program::Op::any, next);
                break;
            case Token::Kind::star_star_line:
                next = builder.star(Program::Op::any_line, next);
                break;
            case Token::Kind::folders:
                next = builder.folders(next);
                break;
            case Token::Kind::close:
                braces.push_back({next, {}});
                break;
            case Token::Kind::comma:
                braces.back().alternatives.push_back(next);
                next = braces.back().after;
                break;
            case Token::Kind::open:
                for (const std::uint32_t other : braces.back().alternatives) {
                    next = builder.add(Program::Op::split, other, next);
                }
                braces.pop_back();
                break;
        }
    }
    program.start = next;
}

// States that are alive, each once, in the order in which they were reached.
class StateSet {
  public:
    StateSet(std::uint32_t* dense, std::uint32_t* sparse) : dense_(dense), sparse_(sparse) {}
    void clear() { size_ = 0; }
    [[nodiscard]] bool has(std::uint32_t state) const {
        return sparse_[state] < size_ && dense_[sparse_[state]] == state;
    }
    void add(std::uint32_t state) {
        sparse_[state] = size_;
        dense_[size_++] = state;
    }
    [[nodiscard]] std::uint32_t size() const { return size_; }
    [[nodiscard]] std::uint32_t at(std::uint32_t i) const { return dense_[i]; }

  private:
    std::uint32_t* dense_;
    std::uint32_t* sparse_;
    std::uint32_t size_ = 0;
};

}  // namespace

bool Program::match(std::string_view text) const {
    const std::size_t count = code.size();
    if (count == 0)
        return false;
    // Nearly all patterns are small: no allocation for them.
    std::array<std::uint32_t, 4 * 256> small{};
    std::unique_ptr<std::uint32_t[]> large;
    std::uint32_t* memory = small.data();
    if (count > 256) {
        large = std::make_unique<std::uint32_t[]>(4 * count);
        memory = large.get();
    }
    StateSet now(memory, memory + count);
    StateSet then(memory + 2 * count, memory + 3 * count);
    // A split is a state too; it is expanded when it is met, so nothing recurses.
    now.add(start);
    for (std::size_t offset = 0; offset <= text.size();) {
        const bool at_end = offset == text.size();
        const Unit unit = at_end ? Unit{} : unit_at(text, offset, units);
        then.clear();
        for (std::uint32_t i = 0; i < now.size(); ++i) {
            const Instruction& instruction = code[now.at(i)];
            bool taken = false;
            switch (instruction.op) {
                case Op::split:
                    if (!now.has(instruction.next))
                        now.add(instruction.next);
                    if (!now.has(instruction.arg))
                        now.add(instruction.arg);
                    break;
                case Op::accept:
                    if (at_end)
                        return true;
                    break;
                case Op::literal:
                    taken = unit.value == instruction.arg;
                    break;
                case Op::any:
                    taken = true;
                    break;
                case Op::any_line:
                    taken = unit.value != '\n';
                    break;
                case Op::any_segment:
                    taken = unit.value != '/';
                    break;
                case Op::in_class:
                    taken = class_has(classes[instruction.arg], unit.value);
                    break;
            }
            if (taken && !at_end && !then.has(instruction.next))
                then.add(instruction.next);
        }
        if (at_end || then.size() == 0)
            return false;
        std::swap(now, then);
        offset += unit.length;
    }
    return false;
}

}  // namespace glob_detail

using glob_detail::Program;
using glob_detail::Token;
using glob_detail::Tokens;

bool has_glob_characters(std::string_view text) {
    return text.find_first_of("*?[{\\") != std::string_view::npos;
}

// --- Globs of the configuration ---------------------------------------------------------------

Result<Glob> Glob::compile(std::string_view pattern) {
    Glob glob;
    glob.pattern_ = std::string(pattern);
    const auto bad = [&](std::string_view why) {
        return fail("glob \"" + escape_control(std::string_view(glob.pattern_).substr(0, 200)) +
                    "\": " + std::string(why));
    };
    if (pattern.size() > 4096)
        return bad("longer than 4096 bytes");
    if (!pattern.empty() && pattern.front() == '!') {
        return bad(
            "a leading '!' does not negate here; write '\\!' for a name that begins with it");
    }
    while (pattern.substr(0, 2) == "./")
        pattern.remove_prefix(2);
    if (!pattern.empty() && pattern.front() == '/')
        pattern.remove_prefix(1);
    while (pattern.size() > 1 && pattern.back() == '/' && pattern[pattern.size() - 2] != '\\') {
        pattern.remove_suffix(1);
    }
    if (pattern.empty() || pattern == "/")
        return bad("is empty");

    Tokens tokens;
    std::size_t depth = 0;
    // Whether `**` here would be a whole component: at the start, after '/', or after '{' or ','
    // where the brace itself begins a component.
    std::vector<bool> brace_begins_component;
    bool component_start = true;
    for (std::size_t i = 0; i < pattern.size();) {
        const glob_detail::Unit unit =
            glob_detail::unit_at(pattern, i, Program::Units::code_points);
        const bool at_start = component_start;
        component_start = false;
        i += unit.length;
        switch (unit.value) {
            case '\\': {
                if (i == pattern.size())
                    return bad("ends in '\\'");
                const glob_detail::Unit next =
                    glob_detail::unit_at(pattern, i, Program::Units::code_points);
                i += next.length;
                tokens.list.push_back({Token::Kind::literal, next.value, 0});
                component_start = next.value == '/';
                break;
            }
            case '?':
                tokens.list.push_back({Token::Kind::any_segment, 0, 0});
                break;
            case '*': {
                std::size_t stars = 1;
                while (i < pattern.size() && pattern[i] == '*') {
                    ++i;
                    ++stars;
                }
                if (stars >= 2 && at_start && i < pattern.size() && pattern[i] == '/') {
                    ++i;
                    tokens.list.push_back({Token::Kind::folders, 0, 0});
                    component_start = true;
                } else if (stars >= 2 && at_start &&
                           (i == pattern.size() ||
                            (depth > 0 && (pattern[i] == ',' || pattern[i] == '}')))) {
                    tokens.list.push_back({Token::Kind::star_star, 0, 0});
                } else {
                    tokens.list.push_back({Token::Kind::star, 0, 0});
                }
                break;
            }
            case '[': {
                Program::Class set;
                if (i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^')) {
                    set.negated = true;
                    ++i;
                }
                bool closed = false;
                bool first = true;
                while (i < pattern.size()) {
                    glob_detail::Unit low =
                        glob_detail::unit_at(pattern, i, Program::Units::code_points);
                    i += low.length;
                    if (low.value == ']' && !first) {
                        closed = true;
                        break;
                    }
                    first = false;
                    const auto escaped = [&](glob_detail::Unit& at) {
                        if (at.value != '\\' || i == pattern.size())
                            return;
                        at = glob_detail::unit_at(pattern, i, Program::Units::code_points);
                        i += at.length;
                    };
                    escaped(low);
                    glob_detail::Unit high = low;
                    if (i + 1 < pattern.size() && pattern[i] == '-' && pattern[i + 1] != ']') {
                        ++i;
                        high = glob_detail::unit_at(pattern, i, Program::Units::code_points);
                        i += high.length;
                        escaped(high);
                    }
                    if (high.value < low.value)
                        return bad("has a range in the wrong order");
                    set.ranges.emplace_back(low.value, high.value);
                }
                if (!closed)
                    return bad("has a '[' without ']'");
                tokens.list.push_back({Token::Kind::set, 0, tokens.sets.size()});
                tokens.sets.push_back(std::move(set));
                break;
            }
            case '{':
                ++depth;
                brace_begins_component.push_back(at_start);
                component_start = at_start;
                tokens.list.push_back({Token::Kind::open, 0, 0});
                break;
            case ',':
                if (depth > 0) {
                    component_start = brace_begins_component.back();
                    tokens.list.push_back({Token::Kind::comma, 0, 0});
                } else {
                    tokens.list.push_back({Token::Kind::literal, ',', 0});
                }
                break;
            case '}':
                if (depth > 0) {
                    --depth;
                    brace_begins_component.pop_back();
                    tokens.list.push_back({Token::Kind::close, 0, 0});
                } else {
                    tokens.list.push_back({Token::Kind::literal, '}', 0});
                }
                break;
            default:
                tokens.list.push_back({Token::Kind::literal, unit.value, 0});
                component_start = unit.value == '/';
                break;
        }
    }
    if (depth > 0)
        return bad("has a '{' without '}'");

    std::size_t fixed = 0;
    while (fixed < tokens.list.size() && tokens.list[fixed].kind == Token::Kind::literal) {
        const std::uint32_t unit = tokens.list[fixed].unit;
        if (unit >= glob_detail::kBadByte) {
            glob.prefix_ += static_cast<char>(unit - glob_detail::kBadByte);
        } else {
            append_utf8(glob.prefix_, unit);
        }
        ++fixed;
    }
    glob.literal_ = fixed == tokens.list.size();
    if (!glob.literal_) {
        tokens.list.erase(tokens.list.begin(),
                          tokens.list.begin() + static_cast<std::ptrdiff_t>(fixed));
        glob_detail::build(glob.program_, std::move(tokens));
    }
    return glob;
}

bool Glob::match(std::string_view path) const {
    if (path.substr(0, prefix_.size()) != prefix_)
        return false;
    if (literal_)
        return path.size() == prefix_.size();
    return program_.match(path.substr(prefix_.size()));
}

bool Glob::match_or_parent(std::string_view path) const {
    while (!path.empty()) {
        if (path.size() < prefix_.size())
            return false;
        if (match(path))
            return true;
        const std::size_t slash = path.rfind('/');
        if (slash == std::string_view::npos)
            return false;
        path = path.substr(0, slash);
    }
    return false;
}

// --- .gitignore
// -----------------------------------------------------------------------------------

namespace {

bool is_git_special(char c) {
    return c == '*' || c == '?' || c == '[' || c == '\\';
}

std::size_t fixed_length(std::string_view pattern) {
    std::size_t i = 0;
    while (i < pattern.size() && !is_git_special(pattern[i]))
        ++i;
    return i;
}

// [:name:] of wildmatch, for one byte.
bool in_posix_class(std::string_view name, unsigned char c, bool& known) {
    const bool ascii = c < 0x80;
    const char ch = static_cast<char>(c);
    known = true;
    if (name == "alnum")
        return ascii && is_ascii_alnum(ch);
    if (name == "alpha")
        return ascii && is_ascii_alpha(ch);
    if (name == "blank")
        return c == ' ' || c == '\t';
    if (name == "cntrl")
        return c < 0x20 || c == 0x7f;
    if (name == "digit")
        return ascii && is_ascii_digit(ch);
    if (name == "graph")
        return c > 0x20 && c < 0x7f;
    if (name == "lower")
        return c >= 'a' && c <= 'z';
    if (name == "print")
        return c >= 0x20 && c < 0x7f;
    if (name == "punct")
        return c > 0x20 && c < 0x7f && !is_ascii_alnum(ch);
    if (name == "space")
        return ascii && is_ascii_space(ch);
    if (name == "upper")
        return c >= 'A' && c <= 'Z';
    if (name == "xdigit")
        return ascii && hex_digit(ch) >= 0;
    known = false;
    return false;
}

// Reads a bracket expression as wildmatch does; `i` stands after '[' and is left after ']'. False
// if it is malformed, so that nothing can match the pattern.
bool read_git_set(std::string_view pattern, std::size_t& i, Program::Class& set) {
    const auto at = [&](std::size_t k) -> unsigned char {
        return static_cast<unsigned char>(k < pattern.size() ? pattern[k] : '\0');
    };
    if (at(i) == '!' || at(i) == '^') {
        set.negated = true;
        ++i;
    }
    unsigned char previous = 0;
    bool first = true;
    while (true) {
        unsigned char c = at(i);
        if (i >= pattern.size())
            return false;
        if (c == ']' && !first)
            break;
        first = false;
        if (c == '\\') {
            c = at(++i);
            if (i >= pattern.size())
                return false;
            set.ranges.emplace_back(c, c);
        } else if (c == '-' && previous != 0 && i + 1 < pattern.size() && at(i + 1) != ']') {
            c = at(++i);
            if (c == '\\') {
                c = at(++i);
                if (i >= pattern.size())
                    return false;
            }
            if (previous <= c)
                set.ranges.emplace_back(previous, c);
            c = 0;  // a range does not begin another one
        } else if (c == '[' && at(i + 1) == ':') {
            const std::size_t name = i + 2;
            std::size_t end = name;
            while (end < pattern.size() && pattern[end] != ']')
                ++end;
            if (end >= pattern.size())
                return false;
            if (end == name || pattern[end - 1] != ':') {
                set.ranges.emplace_back(c, c);  // no ":]": '[' is a member
            } else {
                const std::string_view word = pattern.substr(name, end - 1 - name);
                for (unsigned byte = 1; byte < 256; ++byte) {
                    bool known = false;
                    if (in_posix_class(word, static_cast<unsigned char>(byte), known)) {
                        set.ranges.emplace_back(byte, byte);
                    }
                    if (!known)
                        return false;
                }
                i = end;
                c = 0;
            }
        } else {
            set.ranges.emplace_back(c, c);
        }
        previous = c;
        ++i;
    }
    ++i;
    return true;
}

// False if nothing can match `pattern`.
bool read_wildmatch(std::string_view pattern, Tokens& tokens) {
    for (std::size_t i = 0; i < pattern.size();) {
        const std::size_t begin = i;
        const char c = pattern[i++];
        if (c == '\\') {
            if (i == pattern.size())
                return false;
            tokens.list.push_back(
                {Token::Kind::literal, static_cast<unsigned char>(pattern[i++]), 0});
        } else if (c == '?') {
            tokens.list.push_back({Token::Kind::any_segment, 0, 0});
        } else if (c == '*') {
            const bool starts = begin == 0 || pattern[begin - 1] == '/';
            while (i < pattern.size() && pattern[i] == '*')
                ++i;
            const bool ends =
                i == pattern.size() || pattern[i] == '/' ||
                (pattern[i] == '\\' && i + 1 < pattern.size() && pattern[i + 1] == '/');
            if (i - begin < 2 || !starts || !ends) {
                tokens.list.push_back({Token::Kind::star, 0, 0});
            } else if (i < pattern.size() && pattern[i] == '/') {
                ++i;
                tokens.list.push_back({Token::Kind::folders, 0, 0});
            } else {
                tokens.list.push_back({Token::Kind::star_star, 0, 0});
            }
        } else if (c == '[') {
            Program::Class set;
            if (!read_git_set(pattern, i, set))
                return false;
            tokens.list.push_back({Token::Kind::set, 0, tokens.sets.size()});
            tokens.sets.push_back(std::move(set));
        } else {
            tokens.list.push_back({Token::Kind::literal, static_cast<unsigned char>(c), 0});
        }
    }
    return true;
}

// Drops spaces at the end that no backslash protects. A lone backslash at the end stops git's
// search for them, so it keeps those before it.
std::string_view trim_git_spaces(std::string_view line) {
    std::size_t first_space = std::string_view::npos;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == ' ') {
            if (first_space == std::string_view::npos)
                first_space = i;
            continue;
        }
        if (line[i] == '\\' && ++i == line.size())
            return line;
        first_space = std::string_view::npos;
    }
    return line.substr(0, std::min(first_space, line.size()));
}

}  // namespace

GitIgnore::GitIgnore(std::string_view text) {
    if (has_bom(text))
        text.remove_prefix(3);
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (line.empty() || line.front() == '#')
            continue;
        if (line.back() == '\r')
            line.remove_suffix(1);
        line = line.substr(0, line.find('\0'));  // git reads C strings
        line = trim_git_spaces(line);

        Pattern pattern;
        if (!line.empty() && line.front() == '!') {
            pattern.negated = true;
            line.remove_prefix(1);
        }
        if (!line.empty() && line.back() == '/') {
            pattern.folders_only = true;
            line.remove_suffix(1);
        }
        if (line.empty())
            continue;  // matches nothing
        pattern.name_only = line.find('/') == std::string_view::npos;
        std::size_t fixed = fixed_length(line);
        if (pattern.name_only) {
            if (fixed == line.size()) {
                pattern.literal = std::string(line);
            } else if (line.front() == '*' && fixed_length(line.substr(1)) == line.size() - 1) {
                pattern.kind = Pattern::Kind::suffix;
                pattern.literal = std::string(line.substr(1));
            } else {
                pattern.kind = Pattern::Kind::automaton;
                fixed = 0;
            }
        } else {
            if (line.front() == '/') {
                line.remove_prefix(1);
                fixed -= std::min<std::size_t>(fixed, 1);
            }
            // git compares the fixed front as text and gives wildmatch only what follows, so a `**`
            // right after it counts as the start of a component: "a**/b" is "a" then "**/b".
            pattern.literal = std::string(line.substr(0, fixed));
            if (fixed != line.size())
                pattern.kind = Pattern::Kind::automaton;
        }
        if (pattern.kind == Pattern::Kind::automaton) {
            Tokens tokens;
            pattern.program.units = Program::Units::bytes;
            if (read_wildmatch(line.substr(fixed), tokens)) {
                glob_detail::build(pattern.program, std::move(tokens));
            }
        }
        patterns_.push_back(std::move(pattern));
    }
}

IgnoreVerdict GitIgnore::match(std::string_view path, bool is_folder) const {
    const std::size_t slash = path.rfind('/');
    const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
    for (auto it = patterns_.rbegin(); it != patterns_.rend(); ++it) {
        const Pattern& pattern = *it;
        if (pattern.folders_only && !is_folder)
            continue;
        const std::string_view text = pattern.name_only ? name : path;
        bool matches = false;
        switch (pattern.kind) {
            case Pattern::Kind::literal:
                matches = text == pattern.literal;
                break;
            case Pattern::Kind::suffix:
                matches = text.size() >= pattern.literal.size() &&
                          text.substr(text.size() - pattern.literal.size()) == pattern.literal;
                break;
            case Pattern::Kind::automaton:
                matches = text.substr(0, pattern.literal.size()) == pattern.literal &&
                          pattern.program.match(text.substr(pattern.literal.size()));
                break;
        }
        if (matches)
            return pattern.negated ? IgnoreVerdict::included : IgnoreVerdict::ignored;
    }
    return IgnoreVerdict::none;
}

// --- Sphinx
// ---------------------------------------------------------------------------------------

SphinxGlob::SphinxGlob(std::string_view pattern) {
    Tokens tokens;
    const auto units = Program::Units::code_points;
    bool never = false;
    for (std::size_t i = 0; i < pattern.size();) {
        const glob_detail::Unit unit = glob_detail::unit_at(pattern, i, units);
        i += unit.length;
        if (unit.value == '*') {
            if (i < pattern.size() && pattern[i] == '*') {
                ++i;
                tokens.list.push_back({Token::Kind::star_star_line, 0, 0});
            } else {
                tokens.list.push_back({Token::Kind::star, 0, 0});
            }
            continue;
        }
        if (unit.value == '?') {
            tokens.list.push_back({Token::Kind::any_segment, 0, 0});
            continue;
        }
        if (unit.value != '[') {
            tokens.list.push_back({Token::Kind::literal, unit.value, 0});
            continue;
        }
        // The set ends at the first ']' that is not its first member.
        std::size_t end = i;
        if (end < pattern.size() && pattern[end] == '!')
            ++end;
        if (end < pattern.size() && pattern[end] == ']')
            ++end;
        end = pattern.find(']', end);
        if (end == std::string_view::npos) {
            tokens.list.push_back({Token::Kind::literal, '[', 0});
            continue;
        }
        Program::Class set;
        set.slash = true;
        std::string members(pattern.substr(i, end - i));
        std::string rest;
        i = end + 1;
        if (members.front() == '!') {
            // Sphinx puts '/' in front of the members, where it may become the low end of a range.
            set.negated = true;
            members.front() = '/';
            if (members.size() > 1 && members[1] == ']') {
                // ... and then ']' is no longer the first member: it ends the set of the regular
                // expression, and what follows stands for itself.
                rest = members.substr(2) + ']';
                members.resize(1);
            }
        }
        for (std::size_t k = 0; k < members.size();) {
            const glob_detail::Unit low = glob_detail::unit_at(members, k, units);
            k += low.length;
            glob_detail::Unit high = low;
            if (k + 1 < members.size() && members[k] == '-') {
                high = glob_detail::unit_at(members, k + 1, units);
                k += 1 + high.length;
            }
            if (high.value < low.value)
                never = true;
            set.ranges.emplace_back(low.value, high.value);
        }
        tokens.list.push_back({Token::Kind::set, 0, tokens.sets.size()});
        tokens.sets.push_back(std::move(set));
        for (std::size_t k = 0; k < rest.size();) {
            const glob_detail::Unit other = glob_detail::unit_at(rest, k, units);
            tokens.list.push_back({Token::Kind::literal, other.value, 0});
            k += other.length;
        }
    }
    if (!never)
        glob_detail::build(program_, std::move(tokens));
}

bool SphinxGlob::match(std::string_view path) const {
    return program_.match(path);
}

}  // namespace docathon
