#include "lint/core/value.h"

#include <charconv>

#include "lint/core/strings.h"

namespace docathon {

const Value* Value::find(std::string_view key) const {
    if (!is_map())
        return nullptr;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keys[i].text == key)
            return &items[i];
    }
    return nullptr;
}

bool Value::as_bool(bool& out) const {
    if (!is_scalar() || quoted || text.size() > 5)
        return false;
    // YAML 1.1 lists exactly three spellings of each word: lower, Capital, UPPER.
    const std::string lower = ascii_lower(text);
    const std::string upper = ascii_upper(text);
    if (text != lower && text != upper && text.substr(1) != lower.substr(1))
        return false;
    if (lower == "true" || lower == "on" || lower == "yes") {
        out = true;
        return true;
    }
    if (lower == "false" || lower == "off" || lower == "no") {
        out = false;
        return true;
    }
    return false;
}

bool Value::as_int(std::int64_t& out) const {
    if (!is_scalar() || quoted || text.empty())
        return false;
    std::string_view digits = text;
    if (digits.front() == '+') {
        digits.remove_prefix(1);
        if (digits.empty() || digits.front() == '-')
            return false;
    }
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size())
        return false;
    out = value;
    return true;
}

}  // namespace docathon
