#include "lint/config/project_rules.h"

#include <algorithm>
#include <map>

#include "lint/config/rule_file.h"

namespace docathon {
namespace {

constexpr std::size_t kMostRules = 20'000;
constexpr std::size_t kDeepestExtends = 20;
// What tells of one rule only.
constexpr std::string_view kNotInherited[] = {"id",     "examples", "aliases",  "since",
                                              "status", "preset",   "precision"};

bool is_engine(std::string_view check) {
    return std::any_of(engine_keys().begin(), engine_keys().end(),
                       [&](const EngineKeys& engine) { return engine.name == check; });
}

// One rule as it is written.
struct Written {
    Value value;
    const std::string* path = nullptr;
    bool merged = false;
    bool open = false;  // its base is being looked up
};

Value* find(Value& map, std::string_view key) {
    for (std::size_t i = 0; i < map.keys.size(); ++i) {
        if (map.keys[i].text == key)
            return &map.items[i];
    }
    return nullptr;
}

void set(Value& map, const Value& key, std::string_view name, const Value& value) {
    if (Value* known = find(map, name)) {
        *known = value;
        return;
    }
    map.keys.push_back(key);
    map.keys.back().text = name;
    map.items.push_back(value);
}

Value as_list(const Value& value) {
    Value list = value;
    list.kind = Value::Kind::list;
    list.text.clear();
    list.items.clear();
    list.keys.clear();
    if (value.is_scalar())
        list.items.push_back(value);
    return list;
}

// Gives a value and all in it one place.
void set_place(Value& value, const Value& place) {
    std::vector<Value*> open = {&value};
    while (!open.empty()) {
        Value* one = open.back();
        open.pop_back();
        one->line = place.line;
        one->column = place.column;
        for (Value& key : one->keys)
            open.push_back(&key);
        for (Value& item : one->items)
            open.push_back(&item);
    }
}

class ProjectRules {
  public:
    explicit ProjectRules(RuleSet& rules) : rules_(rules) {}

    void read(const RuleText& file) {
        Result<Value> value = read_yaml(file.text, file.path);
        if (!value) {
            errors_.push_back(std::move(value.error()));
            return;
        }
        if (value->is_list()) {
            for (Value& one : value->items)
                add(std::move(one), file.path);
        } else {
            add(std::move(*value), file.path);
        }
    }

    void finish() {
        for (std::size_t i = 0; i < written_.size(); ++i)
            merge(i, 0);
        for (const Written& one : written_) {
            if (!one.merged)
                continue;
            Result<RuleSpec> spec = parse_rule(one.value, *one.path, nullptr, RuleOrigin::project);
            if (!spec) {
                errors_.push_back(std::move(spec.error()));
                continue;
            }
            if (!is_engine(spec->check)) {
                error(one, "check",
                      "a rule of a project needs an engine, found " + quote(spec->check));
                continue;
            }
            spec->body = one.value;
            made_.push_back(std::move(*spec));
        }
        check_aliases();
        rules_.specs.insert(rules_.specs.end(), std::make_move_iterator(made_.begin()),
                            std::make_move_iterator(made_.end()));
        std::sort(rules_.specs.begin(), rules_.specs.end(),
                  [](const RuleSpec& a, const RuleSpec& b) { return a.id < b.id; });
    }

    std::vector<Error> take_errors() { return std::move(errors_); }

  private:
    void error(const Written& at, std::string_view key, std::string message) {
        const Value* place = at.value.find(key);
        if (place == nullptr)
            place = &at.value;
        errors_.push_back({std::move(message), *at.path, std::max(place->line, 1u),
                           std::max(place->column, 1u), ErrorCode::other, 0});
    }

    void add(Value value, const std::string& path) {
        Written one{std::move(value), &path};
        if (!one.value.is_map()) {
            error(one, {}, "a rule must be a map of keys, found " + describe(one.value));
            return;
        }
        const Value* id = one.value.find("id");
        if (id == nullptr) {
            error(one, {}, "no key 'id', which is needed: family/name");
            return;
        }
        if (const int known = rules_.find(id->text); known >= 0) {
            error(one, "id",
                  "rule " + quote(id->text) + " exists already, in " +
                      rules_.specs[static_cast<std::size_t>(known)].path +
                      "; take another id, and 'extends' to build on it");
            return;
        }
        if (const auto [at, added] = numbers_.emplace(id->text, written_.size()); !added) {
            const Written& other = written_[at->second];
            error(one, "id",
                  "rule " + quote(id->text) + " exists already, in " + *other.path + ":" +
                      std::to_string(other.value.line));
            return;
        }
        if (written_.size() == kMostRules) {
            error(one, "id", "a project may have " + std::to_string(kMostRules) + " rules at most");
            return;
        }
        written_.push_back(std::move(one));
    }

    // Puts the keys of its base under those of a rule; false if there is an error.
    bool merge(std::size_t number, std::size_t depth) {
        Written& one = written_[number];
        if (one.merged)
            return true;
        if (failed_.contains(number))
            return false;
        const Value* extends = one.value.find("extends");
        if (extends == nullptr) {
            one.merged = true;
            return true;
        }
        const auto refuse = [&](std::string_view key, std::string message) {
            failed_.emplace(number, true);
            error(written_[number], key, std::move(message));
            return false;
        };
        if (!extends->is_scalar())
            return refuse("extends", "'extends' must be the id of one rule");
        if (one.open)
            return refuse("extends", "rules extend each other in a circle: " + circle(number));
        if (depth > kDeepestExtends) {
            return refuse("extends", "rules extend each other deeper than " +
                                         std::to_string(kDeepestExtends) + " levels");
        }
        Value base;
        const int builtin = rules_.find(extends->text);
        const auto own = numbers_.find(extends->text);
        if (builtin >= 0) {
            const RuleSpec& spec = rules_.specs[static_cast<std::size_t>(builtin)];
            if (!is_engine(spec.check)) {
                return refuse("extends", quote(spec.id) +
                                             " is made in C++ and cannot be extended; "
                                             "its options can be set");
            }
            base = spec.body;
        } else if (own != numbers_.end()) {
            one.open = true;
            const bool good = merge(own->second, depth + 1);
            written_[number].open = false;
            if (!good) {
                // Said at the other rule.
                failed_.emplace(number, true);
                return false;
            }
            base = written_[own->second].value;
        } else {
            std::vector<std::string> ids;
            for (const RuleSpec& spec : rules_.specs)
                ids.push_back(spec.id);
            for (const auto& [id, unused] : numbers_)
                ids.push_back(id);
            return refuse("extends",
                          "no rule " + quote(extends->text) + did_you_mean(extends->text, ids));
        }
        // What is wrong with what was inherited is wrong where it was asked for; the other file is
        // reported by itself.
        set_place(base, *extends);
        Value merged = one.value;
        merged.keys.clear();
        merged.items.clear();
        for (std::size_t i = 0; i < base.keys.size(); ++i) {
            if (std::find(std::begin(kNotInherited), std::end(kNotInherited), base.keys[i].text) ==
                std::end(kNotInherited))
                set(merged, base.keys[i], base.keys[i].text, base.items[i]);
        }
        const Value written = one.value;
        for (std::size_t i = 0; i < written.keys.size(); ++i) {
            const std::string& key = written.keys[i].text;
            if (key == "extends")
                continue;
            if (key.size() > 1 && (key.ends_with('+') || key.ends_with('-'))) {
                if (!change(merged, written.keys[i], written.items[i], number))
                    return false;
                continue;
            }
            set(merged, written.keys[i], key, written.items[i]);
        }
        written_[number].value = std::move(merged);
        written_[number].merged = true;
        return true;
    }

    // `key+` and `key-`.
    bool change(Value& merged, const Value& key, const Value& value, std::size_t number) {
        const bool add = key.text.ends_with('+');
        const std::string name = key.text.substr(0, key.text.size() - 1);
        const auto refuse = [&](const Value& at, std::string message) {
            failed_.emplace(number, true);
            errors_.push_back({std::move(message), *written_[number].path, at.line, at.column,
                               ErrorCode::other, 0});
            return false;
        };
        Value* known = find(merged, name);
        if (known == nullptr) {
            if (!add)
                return refuse(key, "nothing to take away: the rule that this one extends has no " +
                                       quote(name));
            set(merged, key, name, value);
            return true;
        }
        if (known->is_map()) {
            if (add && !value.is_map())
                return refuse(value, quote(key.text) + " must be a map, as " + quote(name) + " is");
            const std::vector<Value>& names =
                value.is_map() ? value.keys : as_list_items(value, scratch_);
            std::map<std::string, std::size_t> places;
            for (std::size_t i = 0; i < known->keys.size(); ++i)
                places.emplace(known->keys[i].text, i);
            std::vector<bool> gone(known->keys.size());
            for (std::size_t i = 0; i < names.size(); ++i) {
                const auto at = places.find(names[i].text);
                if (!add) {
                    if (at == places.end())
                        return refuse(names[i], "nothing to take away: no " + quote(names[i].text) +
                                                    " in " + quote(name));
                    gone[at->second] = true;
                } else if (at != places.end()) {
                    known->items[at->second] = value.items[i];
                } else {
                    known->keys.push_back(names[i]);
                    known->items.push_back(value.items[i]);
                }
            }
            if (!add) {
                std::size_t kept = 0;
                for (std::size_t i = 0; i < gone.size(); ++i) {
                    if (gone[i])
                        continue;
                    if (kept != i) {
                        known->keys[kept] = std::move(known->keys[i]);
                        known->items[kept] = std::move(known->items[i]);
                    }
                    ++kept;
                }
                known->keys.resize(kept);
                known->items.resize(kept);
            }
            return true;
        }
        if (!known->is_list())
            *known = as_list(*known);
        if (value.is_map())
            return refuse(value, quote(key.text) + " must be a list, as " + quote(name) + " is");
        for (const Value& item : as_list_items(value, scratch_)) {
            if (add) {
                known->items.push_back(item);
                continue;
            }
            const auto at = std::find_if(known->items.begin(), known->items.end(),
                                         [&](const Value& one) { return one.text == item.text; });
            if (at == known->items.end())
                return refuse(
                    item, "nothing to take away: no " + quote(item.text) + " in " + quote(name));
            known->items.erase(at);
        }
        return true;
    }

    static const std::vector<Value>& as_list_items(const Value& value,
                                                   std::vector<Value>& scratch) {
        if (value.is_list())
            return value.items;
        scratch.clear();
        if (value.is_scalar())
            scratch.push_back(value);
        return scratch;
    }

    std::string circle(std::size_t number) const {
        std::string text;
        std::size_t at = number;
        for (std::size_t i = 0; i <= kDeepestExtends; ++i) {
            text += written_[at].value.find("id")->text;
            const Value* extends = written_[at].value.find("extends");
            const auto next = extends == nullptr ? numbers_.end() : numbers_.find(extends->text);
            if (next == numbers_.end())
                break;
            text += " -> ";
            at = next->second;
            if (at == number)
                return text + written_[at].value.find("id")->text;
        }
        return text + "...";
    }

    // An alias names what it stands for in one tool; as an id it would name two things.
    void check_aliases() {
        std::map<std::string, bool, std::less<>> ids;
        for (const RuleSpec& spec : rules_.specs)
            ids.emplace(spec.id, true);
        for (const RuleSpec& spec : made_)
            ids.emplace(spec.id, true);
        for (const RuleSpec& spec : made_) {
            for (const auto& [tool, names] : spec.aliases) {
                for (const std::string& name : names) {
                    if (!ids.contains(name))
                        continue;
                    const Value* at = spec.body.find("aliases");
                    errors_.push_back({"alias " + quote(name) + " is the id of a rule", spec.path,
                                       at->line, at->column, ErrorCode::other, 0});
                }
            }
        }
    }

    RuleSet& rules_;
    std::vector<Written> written_;
    std::map<std::string, std::size_t, std::less<>> numbers_;  // id -> position in written_
    std::map<std::size_t, bool> failed_;
    std::vector<RuleSpec> made_;
    std::vector<Error> errors_;
    std::vector<Value> scratch_;
};

}  // namespace

Result<void> add_project_rules(RuleSet& rules, std::span<const RuleText> files,
                               std::vector<Error>* all) {
    ProjectRules project(rules);
    for (const RuleText& file : files)
        project.read(file);
    project.finish();
    std::vector<Error> errors = project.take_errors();
    if (errors.empty())
        return {};
    std::stable_sort(errors.begin(), errors.end(), [&](const Error& a, const Error& b) {
        const auto rank = [&](const Error& error) {
            return std::find_if(files.begin(), files.end(),
                                [&](const RuleText& file) { return file.path == error.path; }) -
                   files.begin();
        };
        return std::tuple(rank(a), a.line, a.column) < std::tuple(rank(b), b.line, b.column);
    });
    if (errors.size() > Reader::kMaxErrors)
        errors.resize(Reader::kMaxErrors);
    if (all != nullptr)
        all->insert(all->end(), errors.begin(), errors.end());
    return tl::unexpected<Error>(errors.front());
}

}  // namespace docathon
