#include "lint/rules/support/deprecations.h"

#include <algorithm>
#include <utility>

#include "lint/core/embedded.h"
#include "lint/core/strings.h"
#include "lint/core/yaml.h"
#include "lint/project/index/project_index.h"
#include "lint/rules/support/package_names.h"

namespace docathon::rules {

namespace {

std::string text_of(const Value& row, std::string_view key) {
    const Value* value = row.find(key);
    return value != nullptr && value->is_scalar() ? value->text : std::string();
}

void read_rows(const EmbeddedFile& file, std::vector<DeprecatedRow>& out) {
    const Result<Value> parsed = parse_yaml(file.bytes, file.path);
    if (!parsed)
        return;  // a test reads every file
    const Value* rows = parsed->find("deprecated");
    if (rows == nullptr)
        return;
    for (const Value& row : rows->items) {
        DeprecatedRow made;
        made.name = text_of(row, "name");
        made.kind = text_of(row, "kind");
        made.argument = text_of(row, "argument");
        made.value = text_of(row, "value");
        made.since = text_of(row, "since");
        made.removed = text_of(row, "removed");
        made.replacement = text_of(row, "replacement");
        made.fix = text_of(row, "fix");
        made.source = text_of(row, "source");
        if (const Value* aliases = row.find("aliases")) {
            for (const Value& alias : aliases->items)
                made.aliases.push_back(alias.text);
        }
        if (!made.name.empty())
            out.push_back(std::move(made));
    }
}

/// Whether the argument warns with a value that is written so; "" is a longer one.
bool warns(const DeprecatedRow& row, std::string_view given) {
    const std::string_view value = row.value;
    // "x" and 'x' are the same.
    const auto plain = [](std::string_view text) {
        return text.size() > 1 && (text.front() == '"' || text.front() == '\'') &&
                       text.back() == text.front()
                   ? text.substr(1, text.size() - 2)
                   : text;
    };
    if (given == "None")
        return false;
    if (value.empty())
        return true;
    if (value == "+")
        return given != "False" && given != "0" && !(given.size() == 2 && plain(given).empty());
    // What is a name, or more than one word, may have any value.
    if (value.starts_with('!'))
        return !given.empty() && plain(given) != plain(value.substr(1));
    return !given.empty() && given != plain(given) && plain(given) == plain(value);
}

}  // namespace

std::string_view first_version_with(std::string_view replacement) {
    static const std::vector<std::pair<std::string, std::string>> names = [] {
        std::vector<std::pair<std::string, std::string>> out;
        for (const EmbeddedFile& file : embedded_files()) {
            if (!file.path.starts_with("rules/data/deprecated/"))
                continue;
            const Result<Value> parsed = parse_yaml(file.bytes, file.path);
            const Value* added = parsed ? parsed->find("added") : nullptr;
            for (const Value& row : added == nullptr ? std::vector<Value>() : added->items)
                out.emplace_back(text_of(row, "name"), text_of(row, "in"));
        }
        return out;
    }();
    for (const auto& [name, version] : names) {
        if (replacement.find(name) != std::string_view::npos)
            return version;
    }
    return {};
}

const std::vector<DeprecatedRow>& known_deprecations() {
    static const std::vector<DeprecatedRow> rows = [] {
        std::vector<DeprecatedRow> out;
        for (const EmbeddedFile& file : embedded_files()) {
            if (file.path.starts_with("rules/data/deprecated/"))
                read_rows(file, out);
        }
        return out;
    }();
    return rows;
}

void DeprecationTable::add(const DeprecatedRow& row) {
    rows_[row.name].push_back(&row);
    for (const std::string& alias : row.aliases)
        rows_[alias].push_back(&row);
}

const std::vector<const DeprecatedRow*>* DeprecationTable::find(const std::string& name) const {
    auto at = rows_.find(name);
    if (at == rows_.end()) {
        const std::size_t dot = name.rfind('.');
        if (dot == std::string::npos)
            return nullptr;
        at = rows_.find(name.substr(0, dot) + ".*");
    }
    return at == rows_.end() ? nullptr : &at->second;
}

const DeprecatedRow* DeprecationTable::whole(std::string_view dotted, std::size_t& parts) const {
    while (true) {
        if (const auto* rows = find(std::string(dotted))) {
            for (const DeprecatedRow* row : *rows) {
                if (row->argument.empty()) {
                    parts =
                        static_cast<std::size_t>(std::count(dotted.begin(), dotted.end(), '.')) + 1;
                    return row;
                }
            }
        }
        const std::size_t dot = dotted.rfind('.');
        if (dot == std::string_view::npos)
            return nullptr;
        dotted = dotted.substr(0, dot);
    }
}

void each_deprecated_use(const ProjectContext& context, const DeprecationTable& known,
                         const DeprecationTable& own,
                         const std::function<void(const DeprecatedUse&)>& visit) {
    const ExampleFacts* facts = context.facts.examples.get();
    if (facts == nullptr)
        return;
    // Own sources know their own packages better than what was harvested elsewhere.
    const auto whole = [&](std::string_view path, std::size_t& parts) {
        const DeprecatedRow* row = own.whole(path, parts);
        return row != nullptr ? row : known.whole(path, parts);
    };
    std::vector<std::string> reported;  // by an import: not again where they are used
    PackageNameVisitor visitor;
    visitor.group = [&] { reported.clear(); };
    visitor.name = [&](const CodeExample& example, const ExampleName& one, const std::string& path,
                       std::size_t made) {
        std::size_t parts = 0;
        const DeprecatedRow* row = whole(path, parts);
        // What made a value was found where it was made; what stands beside another way (try, if
        // hasattr) is for those who have the old version.
        if (row == nullptr || (one.flags & example_name_flag::kGuarded) != 0 || parts <= made ||
            std::find(reported.begin(), reported.end(), row->name) != reported.end())
            return;
        // The part of what is written that the row is about, counted from its end.
        const std::string_view written = facts->text(one.text);
        const auto all = static_cast<std::size_t>(std::count(path.begin(), path.end(), '.')) + 1;
        std::size_t behind = all - parts;
        std::size_t end = written.size();
        for (; behind > 0; --behind) {
            const std::size_t dot = written.rfind('.', end - 1);
            if (dot == std::string_view::npos || end == 0)
                return;  // it is in the part that an alias stands for
            end = dot;
        }
        DeprecatedUse use;
        use.row = row;
        use.range = {one.range.begin, one.range.begin + static_cast<std::uint32_t>(end)};
        use.written = written.substr(0, end);
        use.path = path;
        use.example = &example;
        visit(use);
    };
    visitor.import = [&](const CodeExample& example, const ExampleImport& one,
                         const std::string& path) {
        std::size_t parts = 0;
        const DeprecatedRow* row = whole(path, parts);
        if (row == nullptr || one.guarded)
            return;
        const auto all = static_cast<std::size_t>(std::count(path.begin(), path.end(), '.')) + 1;
        if (parts < all && row->kind != "module" && row->kind != "class")
            return;
        reported.push_back(row->name);
        DeprecatedUse use;
        use.row = row;
        use.range = parts == all && !one.name.empty() ? one.name_range : one.module_range;
        use.written =
            parts == all && !one.name.empty() ? facts->text(one.name) : facts->text(one.module);
        use.path = path;
        use.import = true;
        use.example = &example;
        visit(use);
    };
    visitor.call = [&](const CodeExample& example, const ExampleCall& call,
                       const std::string& path) {
        for (const DeprecationTable* table : {&own, &known}) {
            const auto* rows = table->find(path);
            if (rows == nullptr)
                continue;
            for (const DeprecatedRow* row : *rows) {
                if (row->argument.empty())
                    continue;
                const ExampleKeyword* given = nullptr;
                for (std::uint32_t k = 0; k < call.keywords.count; ++k) {
                    const ExampleKeyword& keyword = facts->keywords[call.keywords.first + k];
                    if (facts->text(keyword.name) == row->argument)
                        given = &keyword;
                }
                DeprecatedUse use;
                use.row = row;
                use.path = path;
                use.example = &example;
                if (row->value == "-") {
                    if (given != nullptr || call.star || call.double_star || !call.whole ||
                        call.positional == 0)
                        continue;
                    const ExampleName& callee = facts->names[call.name];
                    use.range = callee.range;
                    use.written = facts->text(callee.text);
                } else if (given == nullptr || !warns(*row, facts->text(given->value))) {
                    continue;
                } else {
                    use.range = given->range;
                    use.written = facts->text(given->name);
                }
                visit(use);
            }
        }
    };
    visit_package_names(*facts, visitor);
}

}  // namespace docathon::rules
