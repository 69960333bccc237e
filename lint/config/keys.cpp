#include "lint/config/keys.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "lint/config/place.h"
#include "lint/core/glob.h"
#include "lint/core/nearest.h"
#include "lint/core/strings.h"
#include "lint/core/yaml.h"

namespace docathon {
namespace {

// Longer names are no slips of the keyboard, and comparing costs time.
constexpr std::size_t kLongestName = 200;

template <class Candidates>
std::string_view nearest_of(std::string_view name, const Candidates& candidates) {
    if (name.size() > kLongestName)
        return {};
    return nearest(name, candidates, suggestion_distance(name));
}

std::string suggestion(std::string_view best) {
    return best.empty() ? std::string() : "; did you mean " + quote(best) + "?";
}

template <class Choices>
std::string join_or(const Choices& choices) {
    std::string text;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        if (i > 0)
            text += i + 1 == choices.size() ? " or " : ", ";
        text += choices[i];
    }
    return text;
}

bool contains(std::span<const std::string_view> choices, std::string_view text) {
    return std::find(choices.begin(), choices.end(), text) != choices.end();
}

std::string one_text(const Key& key) {
    switch (key.type) {
        case KeyType::boolean:
            return "true or false";
        case KeyType::integer:
            return "an integer from " + std::to_string(key.min) + " to " + std::to_string(key.max);
        case KeyType::number:
            return "a number from " + std::to_string(key.min) + " to " + std::to_string(key.max);
        case KeyType::string:
            return "a string";
        case KeyType::strings:
            return "a string or a list of strings";
        case KeyType::line:
            return "one line of text";
        case KeyType::id:
            return "an id such as links/missing-anchor";
        case KeyType::glob:
            return "a glob such as docs/**";
        case KeyType::path:
            return "a path";
        case KeyType::source:
            return "a preset or the path of a file";
        case KeyType::duration:
            return "a duration such as 120s or 30d";
        case KeyType::size:
            return "a size such as 512KB or 10MB";
        case KeyType::choice:
            return one_of(key.choices);
        case KeyType::status:
            return "an HTTP status, " + one_of(key.choices);
        case KeyType::version:
            return "1";
        case KeyType::rules:
            return "a map of rules";
        case KeyType::any:
            return "a value";
        case KeyType::object:
        case KeyType::config:
            return "a map";
        case KeyType::content:
            return "a string or {hex: ...}";
    }
    return "a value";
}

std::string many_text(const Key& key) {
    switch (key.type) {
        case KeyType::string:
        case KeyType::line:
            return "strings";
        case KeyType::glob:
            return "globs";
        case KeyType::path:
            return "paths";
        case KeyType::source:
            return "presets and paths";
        case KeyType::id:
            return "rule ids";
        case KeyType::choice:
            return "values (" + one_of(key.choices) + ")";
        case KeyType::status:
            return "HTTP statuses, " + one_of(key.choices);
        case KeyType::object:
            return "maps";
        case KeyType::content:
            return "strings";
        default:
            return "values";
    }
}

std::string expected_text(const Key& key) {
    switch (key.shape) {
        case Shape::one:
            return one_text(key);
        case Shape::list:
            return "a list of " + many_text(key);
        case Shape::map:
            return "a map of names to " + many_text(key);
        case Shape::map_of_lists:
            return "a map of names to lists of " + many_text(key);
    }
    return {};
}

bool leaves_upwards(std::string_view glob) {
    while (!glob.empty()) {
        const std::size_t slash = glob.find('/');
        if (glob.substr(0, slash) == "..")
            return true;
        if (slash == std::string_view::npos)
            return false;
        glob.remove_prefix(slash + 1);
    }
    return false;
}

constexpr std::string_view kSettings[] = {"off", "on", "note", "warning", "error"};

}  // namespace

Reader::Reader(std::string path, std::vector<Error>& errors)
    : path_(std::move(path)), folder_(base_of(path_)), errors_(errors) {}

void Reader::error(const Value& at, std::string message) {
    if (errors_.size() >= kMaxErrors)
        return;
    errors_.push_back({std::move(message), path_, at.line, at.column});
}

void Reader::add(Error error) {
    if (errors_.size() < kMaxErrors)
        errors_.push_back(std::move(error));
}

Error Reader::finish(std::vector<Error>* all) {
    std::stable_sort(errors_.begin(), errors_.end(), [](const Error& a, const Error& b) {
        return std::pair(a.line, a.column) < std::pair(b.line, b.column);
    });
    if (all != nullptr)
        all->insert(all->end(), errors_.begin(), errors_.end());
    return errors_.front();
}

void Reader::read(const Value& value, std::span<const Key> keys, void* out, std::string_view what) {
    if (!value.is_map() && !value.is_null()) {
        error(value, (what.empty() ? std::string("this file") : quote(what)) +
                         " must be a map of keys, found " + describe(value));
        return;
    }
    std::vector<std::string_view> misspelt;
    for (std::size_t i = 0; i < value.keys.size(); ++i) {
        if (errors_.size() >= kMaxErrors)
            return;
        const Value& name = value.keys[i];
        const auto key = std::find_if(keys.begin(), keys.end(),
                                      [&](const Key& k) { return k.name == name.text; });
        if (key == keys.end()) {
            std::vector<std::string_view> names;
            for (const Key& k : keys) {
                if (value.find(k.name) == nullptr)
                    names.push_back(k.name);
            }
            const std::string_view best = nearest_of(name.text, names);
            if (!best.empty())
                misspelt.push_back(best);
            error(name, "no key " + quote(name.text) +
                            (what.empty() ? std::string() : " in " + quote(what)) +
                            suggestion(best));
            continue;
        }
        std::string inner(what);
        if (!inner.empty())
            inner += '.';
        inner += key->name;
        read_key(value.items[i], *key, out, inner);
    }
    for (const Key& key : keys) {
        if (!key.required || value.find(key.name) != nullptr)
            continue;
        // Said already, at the better place.
        if (contains(misspelt, key.name))
            continue;
        if (key.type == KeyType::version && version_optional_)
            continue;
        std::string message = "no key " + quote(key.name);
        if (!what.empty())
            message += " in " + quote(what);
        if (key.type == KeyType::version)
            message += "; write 'version: 1'";
        else
            message += ", which is needed: " + std::string(key.help);
        // An empty file has no place of its own.
        Value at = value;
        at.line = std::max(at.line, 1u);
        at.column = std::max(at.column, 1u);
        error(at, std::move(message));
    }
}

namespace {

/// The text as YAML has it in a list of one line; empty where that takes escapes.
std::string as_list_item(std::string_view text) {
    const auto word = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '.' || c == '/';
    };
    if (text.empty() || escape_control(text) != text || text.find('\'') != std::string_view::npos)
        return {};
    const bool plain = word(text.front()) && std::all_of(text.begin(), text.end(), [&](char c) {
                           return word(c) || c == '-' || c == '*';
                       });
    return plain ? std::string(text) : "'" + std::string(text) + "'";
}

}  // namespace

bool Reader::check_shape(const Value& value, const Key& key, std::string_view what) {
    const bool fits = key.shape == Shape::list ? value.is_list() : value.is_map();
    if (fits)
        return true;
    std::string message =
        quote(what) + " must be " + expected_text(key) + ", found " + describe(value);
    if (key.shape == Shape::list && value.is_scalar() && value.text.size() <= 40) {
        if (const std::string item = as_list_item(value.text); !item.empty())
            message += "; write [" + item + "]";
    }
    error(value, std::move(message));
    return false;
}

void Reader::read_key(const Value& value, const Key& key, void* out, std::string_view what) {
    if (key.shape == Shape::one) {
        if (key.type == KeyType::object) {
            void* inner = out != nullptr && key.read != nullptr
                              ? key.read(value, nullptr, out, *this)
                              : nullptr;
            read(value, key.children, inner, what);
            return;
        }
        if (check(value, key, what) && out != nullptr && key.read != nullptr) {
            key.read(value, nullptr, out, *this);
        }
        return;
    }
    // A list whose entries are all commented out is an empty list.
    if (value.is_null())
        return;
    if (!check_shape(value, key, what))
        return;
    bool good = true;
    for (std::size_t i = 0; i < value.items.size(); ++i) {
        if (errors_.size() >= kMaxErrors)
            return;
        const Value& item = value.items[i];
        const Value* name = value.is_map() ? &value.keys[i] : nullptr;
        if (key.type == KeyType::object) {
            if (!item.is_map()) {
                error(item,
                      "an entry of " + quote(what) + " must be a map, found " + describe(item));
                continue;
            }
            void* inner =
                out != nullptr && key.read != nullptr ? key.read(item, name, out, *this) : nullptr;
            read(item, key.children, inner, what);
            continue;
        }
        if (key.shape != Shape::map_of_lists) {
            good = check(item, key, what) && good;
            continue;
        }
        if (!item.is_list()) {
            error(item, quote(std::string(what) + "." + name->text) + " must be a list of " +
                            many_text(key) + ", found " + describe(item));
            good = false;
            continue;
        }
        for (const Value& element : item.items)
            good = check(element, key, what) && good;
    }
    if (good && key.type != KeyType::object && out != nullptr && key.read != nullptr) {
        key.read(value, nullptr, out, *this);
    }
}

bool Reader::check(const Value& entry, const Key& key, std::string_view what) {
    const auto mismatch = [&](std::string_view hint = {}) {
        error(entry, quote(what) + " must be " + one_text(key) + ", found " + describe(entry) +
                         std::string(hint));
        return false;
    };
    if (key.type == KeyType::any)
        return true;
    if (key.type == KeyType::content) {
        std::string bytes;
        return read_content(entry, bytes) ? true : mismatch();
    }
    if (key.type == KeyType::strings && !entry.is_scalar()) {
        // A list whose entries are all commented out is an empty list.
        if (entry.is_null())
            return true;
        if (!entry.is_list())
            return mismatch();
        bool good = true;
        for (const Value& item : entry.items) {
            if (item.is_scalar())
                continue;
            good = false;
            error(item,
                  "an entry of " + quote(what) + " must be a string, found " + describe(item));
        }
        return good;
    }
    if (key.type == KeyType::rules || key.type == KeyType::config) {
        return entry.is_map() || entry.is_null() ? true : mismatch();
    }
    if (!entry.is_scalar())
        return mismatch();
    const std::string& text = entry.text;
    switch (key.type) {
        case KeyType::boolean: {
            bool value = false;
            return entry.as_bool(value) ? true : mismatch();
        }
        case KeyType::integer: {
            std::int64_t value = 0;
            return entry.as_int(value) && value >= key.min && value <= key.max ? true : mismatch();
        }
        case KeyType::number: {
            double value = 0;
            return !entry.quoted && parse_number(text, value) &&
                           value >= static_cast<double>(key.min) &&
                           value <= static_cast<double>(key.max)
                       ? true
                       : mismatch();
        }
        case KeyType::line:
            return !text.empty() && text.find('\n') == std::string::npos ? true : mismatch();
        case KeyType::id:
            return is_rule_id(text) ? true : mismatch();
        case KeyType::glob: {
            if (text.empty())
                return mismatch();
            if (leaves_upwards(text))
                return mismatch("; '..' is not allowed in a glob");
            const Result<Glob> glob = Glob::compile(text);
            if (glob)
                return true;
            error(entry, glob.error().message);
            return false;
        }
        case KeyType::path:
            if (text.empty())
                return mismatch();
            if (!join_inside(folder_, text)) {
                return mismatch("; it must stay inside the repository");
            }
            return true;
        case KeyType::source:
            if (text.empty())
                return mismatch();
            if (is_url(text))
                return mismatch("; a URL is never read, copy the file");
            if (!join_inside(folder_, text)) {
                return mismatch("; it must stay inside the repository");
            }
            return true;
        case KeyType::duration: {
            std::uint64_t seconds = 0;
            return parse_duration(text, seconds) ? true : mismatch();
        }
        case KeyType::size: {
            std::uint64_t bytes = 0;
            if (!parse_size(text, bytes))
                return mismatch();
            if (bytes == 0 || bytes > kMaxSize)
                return mismatch("; it may be 1 byte to 2GB");
            return true;
        }
        case KeyType::choice:
            return contains(key.choices, text) ? true : mismatch(did_you_mean(text, key.choices));
        case KeyType::status: {
            std::int64_t status = 0;
            if (entry.as_int(status) && status >= 100 && status <= 599)
                return true;
            return contains(key.choices, text) ? true : mismatch(did_you_mean(text, key.choices));
        }
        case KeyType::version: {
            std::int64_t version = 0;
            if (entry.as_int(version) && version == 1)
                return true;
            error(entry, "'version' must be 1, found " + describe(entry) +
                             "; this program reads version 1 only");
            return false;
        }
        default:
            return true;
    }
}

void Reader::read_rules(const Value& value, std::vector<RuleSetting>& out) {
    for (std::size_t i = 0; i < value.keys.size(); ++i) {
        if (errors_.size() >= kMaxErrors)
            return;
        const Value& name = value.keys[i];
        const Value& item = value.items[i];
        RuleSetting setting;
        setting.selector = name.text;
        setting.place = place(name);
        const bool wild = name.text.find('*') != std::string::npos;
        const bool family = name.text.size() > 2 && name.text.ends_with("/*") &&
                            name.text.find('*') == name.text.size() - 1 &&
                            name.text.find('/') == name.text.size() - 2;
        if (name.text.empty() || (wild && !family && name.text != "*")) {
            error(name,
                  quote(name.text) + " selects no rules; write an id, an alias, 'family/*' or '*'");
            continue;
        }
        const auto set_severity = [&](const Value& at) {
            const std::string& word = at.text;
            if (!at.is_scalar() || !contains(kSettings, word)) {
                std::string message =
                    "a rule is set to " + one_of(kSettings) + ", found " + describe(at);
                bool flag = false;
                if (at.as_bool(flag))
                    message += flag ? "; write on" : "; write off";
                else if (at.is_scalar())
                    message += did_you_mean(word, kSettings);
                error(at, std::move(message));
                return false;
            }
            if (word == "on")
                setting.on = true;
            else if (word == "off")
                setting.severity = Severity::off;
            else if (word == "note")
                setting.severity = Severity::note;
            else if (word == "warning")
                setting.severity = Severity::warning;
            else
                setting.severity = Severity::error;
            return true;
        };
        if (!item.is_map()) {
            if (set_severity(item))
                out.push_back(std::move(setting));
            continue;
        }
        bool good = true;
        setting.options.kind = Value::Kind::map;
        setting.options.line = item.line;
        setting.options.column = item.column;
        for (std::size_t k = 0; k < item.keys.size(); ++k) {
            if (item.keys[k].text == "severity") {
                good = set_severity(item.items[k]) && good;
                continue;
            }
            setting.options.keys.push_back(item.keys[k]);
            setting.options.items.push_back(item.items[k]);
        }
        if (setting.options.keys.empty())
            setting.options = Value();
        if (good)
            out.push_back(std::move(setting));
    }
}

Result<Value> read_yaml(std::string_view text, std::string_view path) {
    Result<Value> value = parse_yaml(text, path, YamlDocuments::one);
    if (value || value.error().line == 0)
        return value;
    Error error = std::move(value.error());
    for (std::uint32_t line = 1; line < error.line; ++line) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos)
            break;
        text.remove_prefix(end + 1);
    }
    // Bytes are code points as long as the line is ASCII; if it is not, the hint is not worth more.
    if (error.column > 0 &&
        text.substr(std::min<std::size_t>(error.column - 1, text.size())).starts_with('*')) {
        error.message += "; text that begins with '*' must be in quotes";
    }
    return tl::unexpected<Error>(std::move(error));
}

std::string quote(std::string_view text) {
    constexpr std::size_t kLongest = 80;
    std::string out = "'";
    bool cut = false;
    if (text.size() > kLongest) {
        std::size_t end = kLongest;
        // Never inside a UTF-8 sequence.
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u)
            --end;
        text = text.substr(0, end);
        cut = true;
    }
    for (const char c : text) {
        if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else
            out += c;
    }
    out = escape_control(out);
    if (cut)
        out += "...";
    return out + "'";
}

std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates) {
    return suggestion(nearest_of(name, candidates));
}

std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates) {
    return suggestion(nearest_of(name, std::span<const std::string>(candidates)));
}

std::string one_of(std::span<const std::string_view> choices) {
    return join_or(choices);
}
std::string one_of(const std::vector<std::string>& choices) {
    return join_or(choices);
}

std::string describe(const Value& value) {
    switch (value.kind) {
        case Value::Kind::null:
            return "nothing";
        case Value::Kind::scalar:
            return quote(value.text);
        case Value::Kind::list:
            return "a list";
        case Value::Kind::map:
            return "a map";
    }
    return {};
}

bool is_rule_id(std::string_view id) {
    const std::size_t slash = id.find('/');
    if (slash == std::string_view::npos)
        return false;
    const auto good = [](std::string_view part) {
        if (part.empty() || part[0] < 'a' || part[0] > 'z')
            return false;
        return std::all_of(part.begin(), part.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        });
    };
    return good(id.substr(0, slash)) && good(id.substr(slash + 1));
}

namespace {

// A decimal number followed by one of the units; false on overflow.
bool parse_scaled(std::string_view text,
                  std::span<const std::pair<std::string_view, std::uint64_t>> units,
                  std::uint64_t& out) {
    std::uint64_t number = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code != std::errc())
        return false;
    const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
    for (const auto& [name, factor] : units) {
        if (unit == name)
            return !__builtin_mul_overflow(number, factor, &out);
    }
    return false;
}

}  // namespace

bool parse_size(std::string_view text, std::uint64_t& bytes) {
    static constexpr std::pair<std::string_view, std::uint64_t> kUnits[] = {
        {"", 1},          {"B", 1},          {"KB", 1u << 10}, {"KiB", 1u << 10},
        {"MB", 1u << 20}, {"MiB", 1u << 20}, {"GB", 1u << 30}, {"GiB", 1u << 30}};
    return parse_scaled(text, kUnits, bytes);
}

bool parse_milliseconds(std::string_view text, std::uint64_t& milliseconds) {
    static constexpr std::pair<std::string_view, std::uint64_t> kUnits[] = {
        {"ms", 1},        {"s", 1000},       {"m", 60'000},
        {"h", 3'600'000}, {"d", 86'400'000}, {"w", 604'800'000}};
    return parse_scaled(text, kUnits, milliseconds);
}

bool parse_duration(std::string_view text, std::uint64_t& seconds) {
    std::uint64_t milliseconds = 0;
    if (!parse_milliseconds(text, milliseconds))
        return false;
    seconds = milliseconds / 1000 + (milliseconds % 1000 != 0 ? 1 : 0);
    return true;
}

bool read_content(const Value& value, std::string& bytes) {
    bytes.clear();
    if (value.is_scalar()) {
        bytes = value.text;
        return true;
    }
    const Value* hex = value.find("hex");
    if (hex == nullptr || value.keys.size() != 1 || !hex->is_scalar())
        return false;
    int high = -1;
    for (const char c : hex->text) {
        if (c == ' ' && high < 0)
            continue;
        const int digit = hex_digit(c);
        if (digit < 0)
            return false;
        if (high >= 0)
            bytes += static_cast<char>(high * 16 + digit);
        high = high < 0 ? digit : -1;
    }
    return high < 0;
}

bool parse_number(std::string_view text, double& number) {
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    return code == std::errc() && end == text.data() + text.size() && !text.empty();
}

void put(const Value& value, std::string& out) {
    out = value.text;
}
void put(const Value& value, bool& out) {
    static_cast<void>(value.as_bool(out));
}
void put(const Value& value, double& out) {
    static_cast<void>(parse_number(value.text, out));
}
void put(const Value& value, Value& out) {
    out = value;
}

void put(const Value& value, std::vector<std::string>& out) {
    out.clear();
    for (const Value& item : value.items)
        out.push_back(item.text);
}

void put(const Value& value, std::map<std::string, std::string>& out) {
    for (std::size_t i = 0; i < value.keys.size(); ++i) {
        out[value.keys[i].text] = value.items[i].text;
    }
}

void put(const Value& value, std::map<std::string, std::vector<std::string>>& out) {
    for (std::size_t i = 0; i < value.keys.size(); ++i) {
        put(value.items[i], out[value.keys[i].text]);
    }
}

}  // namespace docathon
