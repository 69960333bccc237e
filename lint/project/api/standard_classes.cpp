#include "lint/project/api/standard_classes.h"

#include <algorithm>
#include <map>

#include "lint/core/embedded.h"
#include "lint/core/strings.h"

namespace docathon {

namespace {

class Table {
  public:
    explicit Table(std::string_view yaml) {
        // Rows are `name: "yes (bases) members"` or `name: "= name"`, one to a line.
        std::vector<std::pair<StandardClass*, std::string_view>> bases;
        std::vector<std::pair<std::string_view, std::string_view>> aliases;
        for (const std::string_view line : split(yaml, '\n')) {
            const std::size_t colon = line.find(": \"");
            if (!line.starts_with("  ") || colon == std::string_view::npos || !line.ends_with('"'))
                continue;
            const std::string_view name = trim(line.substr(0, colon));
            const std::string_view row = line.substr(colon + 3, line.size() - colon - 4);
            if (row.starts_with("= ")) {
                aliases.emplace_back(name, row.substr(2));
                continue;
            }
            const std::size_t open = row.find('(');
            const std::size_t close = row.find(')');
            if (open == std::string_view::npos || close == std::string_view::npos)
                continue;
            StandardClass& made = classes_[name];
            made.name = name;
            made.documented = row.starts_with("yes");
            bases.emplace_back(&made, row.substr(open + 1, close - open - 1));
            for (const std::string_view member : split(row.substr(close + 1), ' ')) {
                if (member.empty())
                    continue;
                const bool documented = member[0] != '-';
                const bool method = !member.ends_with('=');
                const std::size_t skip = documented ? 0 : 1;
                made.members.push_back(
                    {member.substr(skip, member.size() - skip - (method ? 0 : 1)), documented,
                     method});
            }
        }
        for (const auto& [made, names] : bases) {
            for (const std::string_view name : split(names, ' ')) {
                if (const auto at = classes_.find(name); at != classes_.end())
                    made->bases.push_back(&at->second);
            }
        }
        for (const auto& [name, of] : aliases) {
            if (const auto at = classes_.find(of); at != classes_.end())
                aliases_.emplace(name, &at->second);
        }
    }

    [[nodiscard]] const StandardClass* find(std::string_view name) const {
        if (const auto at = classes_.find(name); at != classes_.end())
            return &at->second;
        const auto alias = aliases_.find(name);
        return alias == aliases_.end() ? nullptr : alias->second;
    }

  private:
    std::map<std::string_view, StandardClass> classes_;
    std::map<std::string_view, const StandardClass*> aliases_;
};

}  // namespace

const StandardClass* standard_class(std::string_view name) {
    static const Table table = [] {
        std::string_view yaml;
        for (const EmbeddedFile& file : embedded_files()) {
            if (file.path == "rules/data/python-classes.yaml")
                yaml = file.bytes;
        }
        return Table(yaml);
    }();
    return table.find(name);
}

void add_with_bases(const StandardClass& one, std::vector<const StandardClass*>& out) {
    if (std::find(out.begin(), out.end(), &one) != out.end())
        return;
    out.push_back(&one);
    for (std::size_t i = out.size() - 1; i < out.size(); ++i) {
        for (const StandardClass* base : out[i]->bases) {
            if (std::find(out.begin(), out.end(), base) == out.end())
                out.push_back(base);
        }
    }
}

}  // namespace docathon
