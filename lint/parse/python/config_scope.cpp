#include "lint/parse/python/config_scope.h"

#include <algorithm>
#include <set>

namespace docathon::config_reader {

namespace {

// Values are copied rarely and are large: some 100 ns each.
constexpr std::size_t kStepsOfValue = 8;

std::size_t weight(const PyValue& value) {
    std::size_t sum = kStepsOfValue + value.text.size() / 64;
    for (const PyValue& item : value.items)
        sum += weight(item);
    for (const PyValue& key : value.keys)
        sum += weight(key);
    return sum;
}

}  // namespace

bool Budget::take_copy(const PyValue& value) {
    return !empty() && take(weight(value));
}

bool same(const PyValue& a, const PyValue& b) {
    if (a.kind != b.kind || a.partial != b.partial || a.items.size() != b.items.size() ||
        a.keys.size() != b.keys.size()) {
        return false;
    }
    switch (a.kind) {
        case PyValue::Kind::unknown:
            return a.text == b.text && a.line == b.line;
        case PyValue::Kind::list:
        case PyValue::Kind::dict:
            return std::equal(a.keys.begin(), a.keys.end(), b.keys.begin(), same) &&
                   std::equal(a.items.begin(), a.items.end(), b.items.begin(), same);
        default:
            return equal(a, b);
    }
}

const PyValue* Scope::find(std::string_view name) const {
    const auto it = names_.find(name);
    return it == names_.end() ? nullptr : &it->second;
}

void Scope::remember(std::string_view name) {
    if (trials_.empty() || trials_.back().contains(name))
        return;
    const PyValue* value = find(name);
    if (value == nullptr) {
        trials_.back().emplace(name, std::nullopt);
        return;
    }
    // Without budget no copy is made; nothing that follows is believed any more.
    const bool affordable = budget_.take_copy(*value);
    trials_.back().emplace(name, affordable ? *value : PyValue::make_unknown("too much to read"));
}

void Scope::set(std::string_view name, PyValue value) {
    remember(name);
    const auto it = names_.find(name);
    if (it == names_.end()) {
        names_.emplace(name, std::move(value));
    } else {
        it->second = std::move(value);
    }
}

void Scope::erase(std::string_view name) {
    const auto it = names_.find(name);
    if (it == names_.end())
        return;
    remember(name);
    names_.erase(it);
}

PyValue* Scope::change(std::string_view name) {
    const auto it = names_.find(name);
    if (it == names_.end())
        return nullptr;
    remember(name);
    return &it->second;
}

void Scope::begin_trial() {
    trials_.emplace_back();
}

Changes Scope::end_trial() {
    Changes before = std::move(trials_.back());
    trials_.pop_back();
    Changes after;
    for (auto& [name, value] : before) {
        const auto it = names_.find(name);
        if (it == names_.end()) {
            after.emplace(name, std::nullopt);
            if (value)
                names_.emplace(name, std::move(*value));
        } else {
            after.emplace(name, std::move(it->second));
            if (value) {
                it->second = std::move(*value);
            } else {
                names_.erase(it);
            }
        }
    }
    return after;
}

void Scope::join(std::vector<Changes> blocks, bool may_skip, std::string_view reason) {
    std::set<std::string, std::less<>> touched;
    for (const Changes& block : blocks) {
        for (const auto& [name, value] : block)
            touched.insert(name);
    }
    for (const std::string& name : touched) {
        std::vector<const PyValue*> candidates;  // nullptr: no such name
        bool skipped = may_skip;
        for (const Changes& block : blocks) {
            const auto it = block.find(name);
            if (it == block.end()) {
                skipped = true;
            } else {
                candidates.push_back(it->second ? &*it->second : nullptr);
            }
        }
        if (skipped)
            candidates.push_back(find(name));
        std::optional<PyValue> merged = merge(candidates, reason, 0);
        if (merged) {
            set(name, std::move(*merged));
        } else {
            erase(name);
        }
    }
}

namespace {

std::size_t common_prefix(const PyValue& a, const PyValue& b) {
    std::size_t prefix = 0;
    while (prefix < a.items.size() && prefix < b.items.size() &&
           same(a.items[prefix], b.items[prefix])) {
        ++prefix;
    }
    return prefix;
}

}  // namespace

bool Scope::contains(const PyValue& list, const PyValue& part) {
    const std::size_t prefix = common_prefix(list, part);
    if (prefix == part.items.size())
        return true;
    const std::size_t steps = (list.items.size() - prefix) * (part.items.size() - prefix);
    if (!budget_.take(steps + prefix))
        return false;
    return std::all_of(part.items.begin() + static_cast<std::ptrdiff_t>(prefix), part.items.end(),
                       [&](const PyValue& wanted) {
                           return std::any_of(
                               list.items.begin(), list.items.end(),
                               [&](const PyValue& item) { return same(item, wanted); });
                       });
}

// What is left when one of `candidates` holds and it is not known which.
std::optional<PyValue> Scope::merge(const std::vector<const PyValue*>& candidates,
                                    std::string_view reason, int depth) {
    const auto absent = [](const PyValue* value) { return value == nullptr; };
    if (std::all_of(candidates.begin(), candidates.end(), absent))
        return std::nullopt;
    // The place to name is that of the last assignment that may have been made.
    const PyValue* const* first =
        std::find_if_not(candidates.data(), candidates.data() + candidates.size(), absent);
    PyValue unknown = PyValue::make_unknown(std::string(reason));
    unknown.line = (*first)->line;
    unknown.file = (*first)->file;
    unknown.range = (*first)->range;
    if (std::any_of(candidates.begin(), candidates.end(), absent))
        return unknown;
    if (depth > kMaxDepth)
        return unknown;
    for (const PyValue* value : candidates) {
        if (!budget_.take_copy(*value))
            return unknown;
    }

    const PyValue& one = **first;
    if (std::all_of(candidates.begin(), candidates.end(),
                    [&](const PyValue* value) { return same(*value, one); })) {
        return one;
    }
    const auto all_of_kind = [&](PyValue::Kind kind) {
        return std::all_of(candidates.begin(), candidates.end(),
                           [&](const PyValue* value) { return value->kind == kind; });
    };
    if (all_of_kind(PyValue::Kind::list)) {
        // Lists that grew from one another: all that may be in them, marked as known in part.
        const PyValue* shortest = *std::min_element(
            candidates.begin(), candidates.end(),
            [](const PyValue* a, const PyValue* b) { return a->items.size() < b->items.size(); });
        PyValue result = *shortest;
        for (const PyValue* value : candidates) {
            if (!contains(*value, *shortest))
                return unknown;
            result.depth = std::max(result.depth, value->depth);
        }
        for (const PyValue* value : candidates) {
            // Most lists begin alike, which spares the search.
            for (std::size_t i = common_prefix(*value, result); i < value->items.size(); ++i) {
                const PyValue& item = value->items[i];
                if (!budget_.take(result.items.size()))
                    return unknown;
                if (std::none_of(result.items.begin(), result.items.end(),
                                 [&](const PyValue& has) { return same(has, item); })) {
                    result.items.push_back(item);
                }
            }
        }
        result.partial = true;
        result.text = reason;
        result.line = unknown.line;
        result.file = unknown.file;
        result.range = unknown.range;
        return result;
    }
    if (all_of_kind(PyValue::Kind::dict)) {
        // Keys of any of them; a key that one lacks, or that differs, has an unknown value.
        PyValue result;
        result.kind = PyValue::Kind::dict;
        result.line = unknown.line;
        result.file = unknown.file;
        result.range = unknown.range;
        for (const PyValue* value : candidates) {
            result.depth = std::max(result.depth, value->depth);
            if (value->partial) {
                result.partial = true;
                result.text = value->text;
            }
            for (std::size_t i = 0; i < value->keys.size(); ++i) {
                const PyValue& key = value->keys[i];
                const auto has = [&](const PyValue& other) { return same(other, key); };
                if (value != candidates.front()) {
                    // Most dicts begin alike, which spares the search.
                    const auto& known = result.keys;
                    if (i < known.size() && has(known[i]))
                        continue;
                    if (!budget_.take(known.size()))
                        return unknown;
                    if (std::any_of(known.begin(), known.end(), has))
                        continue;
                }
                std::vector<const PyValue*> values;
                for (const PyValue* other : candidates) {
                    if (i < other->keys.size() && has(other->keys[i])) {
                        values.push_back(&other->items[i]);
                        continue;
                    }
                    if (!budget_.take(other->keys.size()))
                        return unknown;
                    const auto it = std::find_if(other->keys.begin(), other->keys.end(), has);
                    values.push_back(
                        it == other->keys.end()
                            ? nullptr
                            : &other->items[static_cast<std::size_t>(it - other->keys.begin())]);
                    if (values.back() == nullptr) {
                        result.partial = true;
                        result.text = reason;
                    }
                }
                result.keys.push_back(key);
                result.items.push_back(*merge(values, reason, depth + 1));
            }
        }
        return result;
    }
    return unknown;
}

}  // namespace docathon::config_reader
