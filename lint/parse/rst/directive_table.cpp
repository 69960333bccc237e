#include "lint/parse/rst/directive_table.h"

#include <algorithm>
#include <array>
#include <utility>

#include "lint/core/embedded.h"
#include "lint/core/strings.h"

namespace docathon::rst {

namespace {

/// A value in YAML's flow style, as far as the tables use it: words, "quoted", lists, maps.
/// yaml-cpp reads the same files in a test; here they must cost next to nothing at every start.
struct Flow {
    std::string_view word;
    bool is_list = false;
    struct Item;
    std::vector<Item> items;

    [[nodiscard]] const Flow* find(std::string_view key) const;
};

struct Flow::Item {
    std::string_view name;  // empty in a list
    Flow value;
};

const Flow* Flow::find(std::string_view key) const {
    for (const Item& item : items) {
        if (item.name == key)
            return &item.value;
    }
    return nullptr;
}

class FlowReader {
  public:
    explicit FlowReader(std::string_view text) : text_(text) {}

    /// `key:` of a line.
    std::string_view key() {
        const std::string_view name = scalar(":");
        good_ = good_ && take(':');
        return name;
    }
    Flow value(int depth = 0) {
        Flow out;
        spaces();
        if (depth > 4) {
            good_ = false;
        } else if (take('{') || take('[')) {
            out.is_list = text_[at_ - 1] == '[';
            const char close = out.is_list ? ']' : '}';
            spaces();
            while (good_ && !take(close)) {
                const std::string_view name = out.is_list ? std::string_view() : scalar(":");
                if (!out.is_list)
                    good_ = good_ && take(':');
                Flow item = value(depth + 1);
                out.items.push_back({name, std::move(item)});
                spaces();
                if (!take(',') && (at_ >= text_.size() || text_[at_] != close))
                    good_ = false;
                spaces();
            }
        } else {
            out.word = scalar(",]}");
        }
        return out;
    }
    /// Nothing is left but white space, and all was well.
    [[nodiscard]] bool done() {
        spaces();
        return good_ && at_ == text_.size();
    }

  private:
    void spaces() {
        while (at_ < text_.size() && text_[at_] == ' ')
            ++at_;
    }
    bool take(char c) {
        if (at_ >= text_.size() || text_[at_] != c)
            return false;
        ++at_;
        return true;
    }
    /// A word up to one of `ends`, or something in quotes.
    std::string_view scalar(std::string_view ends) {
        spaces();
        if (take('"')) {
            const std::size_t close = text_.find('"', at_);
            if (close == std::string_view::npos) {
                good_ = false;
                return {};
            }
            const std::string_view word = text_.substr(at_, close - at_);
            at_ = close + 1;
            return word;
        }
        const std::size_t begin = at_;
        while (at_ < text_.size() && ends.find(text_[at_]) == std::string_view::npos)
            ++at_;
        return trim(text_.substr(begin, at_ - begin));
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool good_ = true;
};

/// Calls visit(origin, name, value) for every entry and adds all origins; returns how many lines
/// were not understood.
template <class Visit>
std::size_t read_entries(std::string_view yaml, std::vector<std::string_view>& origins,
                         Visit visit) {
    std::size_t errors = 0;
    std::string_view origin;
    while (!yaml.empty()) {
        const std::size_t end = std::min(yaml.find('\n'), yaml.size());
        const std::string_view line = trim_right(yaml.substr(0, end));
        yaml.remove_prefix(std::min(end + 1, yaml.size()));
        if (line.empty() || line.front() == '#')
            continue;
        if (line.front() != ' ') {
            // `name:`, or `name: {}` for an extension that defines nothing.
            origin = line.substr(0, line.find(':'));
            const std::string_view rest = line.substr(origin.size());
            if (rest != ":" && rest != ": {}")
                ++errors;
            origins.push_back(origin);
            continue;
        }
        if (trim(line).front() == '#')
            continue;
        FlowReader reader(line);
        const std::string_view name = reader.key();
        const Flow value = reader.value();
        if (!reader.done() || !visit(origin, name, value))
            ++errors;
    }
    return errors;
}

constexpr std::array kConverts = std::to_array<std::pair<std::string_view, Convert>>({
    {"any", Convert::any},
    {"character", Convert::character},
    {"character-or-space", Convert::character_or_space},
    {"classes", Convert::classes},
    {"encoding", Convert::encoding},
    {"figure-width", Convert::figure_width},
    {"flag", Convert::flag},
    {"integer", Convert::integer},
    {"integer-or-none", Convert::integer_or_none},
    {"integers", Convert::positive_list},
    {"length", Convert::length},
    {"length-or-percentage", Convert::length_or_percentage},
    {"nonnegative", Convert::nonnegative},
    {"parser", Convert::parser},
    {"path", Convert::path},
    {"percentage", Convert::percentage},
    {"positive", Convert::positive},
    {"required", Convert::required},
    {"text", Convert::text},
    {"uri", Convert::uri},
});

constexpr std::array kBodies = std::to_array<std::pair<std::string_view, DirectiveBody>>({
    {"glossary", DirectiveBody::glossary},
    {"none", DirectiveBody::none},
    {"raw", DirectiveBody::raw},
    {"rst", DirectiveBody::rst},
    {"titles", DirectiveBody::titles},
    {"wrapper", DirectiveBody::wrapper},
});

constexpr std::array kTargets = std::to_array<std::pair<std::string_view, RoleTarget>>({
    {"document", RoleTarget::document},
    {"external", RoleTarget::external},
    {"file", RoleTarget::file},
    {"label", RoleTarget::label},
    {"none", RoleTarget::none},
    {"object", RoleTarget::object},
    {"other", RoleTarget::other},
    {"term", RoleTarget::term},
});

template <class Table, class Out>
bool choose(const Table& table, std::string_view word, Out& out) {
    for (const auto& [name, value] : table) {
        if (name == word) {
            out = value;
            return true;
        }
    }
    return false;
}

/// "1", "0-1", "1-2" with "+" behind: the last one may have white space.
bool read_arguments(std::string_view word, DirectiveSpec& spec) {
    if (!word.empty() && word.back() == '+') {
        spec.final_whitespace = true;
        word.remove_suffix(1);
    }
    const std::vector<std::string_view> ends = split(word, '-');
    for (const std::string_view end : ends) {
        if (end.size() != 1 || !is_ascii_digit(end.front()))
            return false;
    }
    const int least = ends.front().front() - '0';
    const int most = ends.back().front() - '0';
    spec.required_arguments = static_cast<std::uint8_t>(least);
    spec.optional_arguments = static_cast<std::uint8_t>(std::max(most - least, 0));
    return ends.size() <= 2 && most >= least;
}

/// A type's name; `[a, b]`: a choice; `{widths: [auto, grid]}`: these, or integers;
/// `{optional: [a]}`: these, or no value.
bool read_option(const Flow& value, OptionSpec& option) {
    const Flow* values = &value;
    option.convert = Convert::choice;
    if (const Flow* widths = value.find("widths"); widths != nullptr) {
        option.convert = Convert::widths;
        values = widths;
    } else if (const Flow* optional = value.find("optional"); optional != nullptr) {
        option.convert = Convert::choice_or_none;
        values = optional;
    }
    if (!values->is_list)
        return choose(kConverts, value.word, option.convert);
    for (const auto& [key, item] : values->items)
        option.values.push_back(item.word);
    return !option.values.empty();
}

bool read_directive(const Flow& value, DirectiveSpec& spec) {
    bool good = true;
    for (const auto& [key, item] : value.items) {
        if (key == "args") {
            good = good && read_arguments(item.word, spec);
        } else if (key == "body") {
            good = good && choose(kBodies, item.word, spec.body);
        } else if (key == "inline") {
            spec.inline_argument = true;
            spec.argument_next_line = item.word == "next-line";
        } else if (key == "options") {
            spec.has_options = true;
            spec.any_option = item.word == "any";
            for (const auto& [name, type] : item.items) {
                OptionSpec option;
                option.name = name;
                good = good && read_option(type, option);
                spec.options.push_back(std::move(option));
            }
        } else if (key != "aliases") {
            good = false;
        }
    }
    return good;
}

void sort_unique(std::vector<std::string_view>& names) {
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
}

}  // namespace

const OptionSpec* DirectiveSpec::option(std::string_view option_name) const {
    for (const OptionSpec& option : options) {
        if (option.name == option_name)
            return &option;
    }
    return nullptr;
}

MarkupTables::MarkupTables(std::string_view directives_yaml, std::string_view roles_yaml) {
    const auto by_name = [](const auto& a, const auto& b) { return a.name < b.name; };
    read_directives(directives_yaml);
    read_roles(roles_yaml);
    // Of two extensions that define the same name the first in the file counts.
    std::stable_sort(docutils_directives_.begin(), docutils_directives_.end(), by_name);
    std::stable_sort(sphinx_directives_.begin(), sphinx_directives_.end(), by_name);
    std::stable_sort(docutils_roles_.begin(), docutils_roles_.end(), by_name);
    std::stable_sort(sphinx_roles_.begin(), sphinx_roles_.end(), by_name);
    sort_unique(directive_names_);
    sort_unique(role_names_);
    sort_unique(domains_);
    sort_unique(origins_);
}

const MarkupTables& MarkupTables::built_in() {
    static const MarkupTables tables = [] {
        std::string_view directives;
        std::string_view roles;
        for (const EmbeddedFile& file : embedded_files()) {
            if (file.path == "rules/data/directives.yaml")
                directives = file.bytes;
            else if (file.path == "rules/data/roles.yaml")
                roles = file.bytes;
        }
        return MarkupTables(directives, roles);
    }();
    return tables;
}

void MarkupTables::read_directives(std::string_view yaml) {
    errors_ += read_entries(
        yaml, origins_, [&](std::string_view origin, std::string_view name, const Flow& value) {
            DirectiveSpec& spec = directives_.emplace_back();
            spec.name = name;
            spec.origin = origin;
            const bool good = read_directive(value, spec);
            auto& names = origin == "docutils" ? docutils_directives_ : sphinx_directives_;
            names.push_back({name, &spec});
            directive_names_.push_back(name);
            if (const Flow* aliases = value.find("aliases"); aliases != nullptr) {
                for (const auto& [key, alias] : aliases->items) {
                    names.push_back({alias.word, &spec});
                    directive_names_.push_back(alias.word);
                }
            }
            if (const std::size_t colon = name.find(':'); colon != std::string_view::npos)
                domains_.push_back(name.substr(0, colon));
            return good;
        });
}

void MarkupTables::read_roles(std::string_view yaml) {
    errors_ += read_entries(
        yaml, origins_, [&](std::string_view origin, std::string_view name, const Flow& value) {
            RoleSpec& spec = roles_.emplace_back();
            spec.name = name;
            spec.origin = origin;
            bool good = true;
            auto& names = origin == "docutils" ? docutils_roles_ : sphinx_roles_;
            names.push_back({name, &spec});
            role_names_.push_back(name);
            for (const auto& [key, item] : value.items) {
                if (key == "names") {
                    good = good && choose(kTargets, item.word, spec.target);
                } else if (key == "aliases") {
                    for (const auto& [unused, alias] : item.items) {
                        names.push_back({alias.word, &spec});
                        role_names_.push_back(alias.word);
                    }
                } else {
                    good = false;
                }
            }
            if (const std::size_t colon = name.find(':'); colon != std::string_view::npos)
                domains_.push_back(name.substr(0, colon));
            return good;
        });
}

template <class Spec>
const Spec* MarkupTables::find(const Names<Spec>& names, std::string_view name) {
    const auto at = std::lower_bound(
        names.begin(), names.end(), name,
        [](const auto& entry, std::string_view wanted) { return entry.name < wanted; });
    return at != names.end() && at->name == name ? at->spec : nullptr;
}

template <class Spec>
const Spec* MarkupTables::find_in_domains(const Names<Spec>& names, std::string_view name,
                                          std::string_view domain) {
    if (name.find(':') == std::string_view::npos) {
        for (const std::string_view prefix : {domain, std::string_view("std")}) {
            if (prefix.empty())
                continue;
            std::string full(prefix);
            full += ':';
            full += name;
            if (const Spec* spec = find(names, full); spec != nullptr)
                return spec;
        }
    }
    return find(names, name);
}

const DirectiveSpec* MarkupTables::docutils_directive(std::string_view name) const {
    return find(docutils_directives_, name);
}

const DirectiveSpec* MarkupTables::sphinx_directive(std::string_view name,
                                                    std::string_view domain) const {
    return find_in_domains(sphinx_directives_, name, domain);
}

const RoleSpec* MarkupTables::docutils_role(std::string_view name) const {
    return find(docutils_roles_, name);
}

const RoleSpec* MarkupTables::sphinx_role(std::string_view name, std::string_view domain) const {
    return find_in_domains(sphinx_roles_, name, domain);
}

bool MarkupTables::knows_extension(std::string_view module) const {
    // All of Sphinx' own are in; a part of a package that is in adds nothing else.
    if (module.starts_with("sphinx.ext."))
        return true;
    for (std::string_view name = module; !name.empty();) {
        if (std::binary_search(origins_.begin(), origins_.end(), name))
            return true;
        const std::size_t dot = name.rfind('.');
        name = name.substr(0, dot == std::string_view::npos ? 0 : dot);
    }
    return false;
}

bool MarkupTables::has_domain(std::string_view domain) const {
    return std::binary_search(domains_.begin(), domains_.end(), domain);
}

}  // namespace docathon::rst
