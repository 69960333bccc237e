// The rooms of lint/ and who may enter whom (the table of lint/README.md), held by reading every
// #include. A new edge is a decision: it belongs in the table first, then here.

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace {

struct Room {
    std::string_view name;
    std::vector<std::string_view> may_enter;  // directly; what those may enter comes along
};

const std::vector<Room>& rooms() {
    static const std::vector<Room> kRooms = {
        {"core", {}},
        {"model", {"core"}},
        {"io", {"model"}},
        {"config", {"model", "io"}},
        {"parse", {"model"}},
        {"project", {"model", "io", "parse"}},
        {"rules", {"model", "project"}},
        {"settle", {"model", "io"}},
        {"web", {"model", "io"}},
        {"report", {"model"}},
        {"cli", {"model", "io", "config", "parse", "project", "rules", "settle", "report", "web"}},
    };
    return kRooms;
}

const Room* find_room(std::string_view name) {
    for (const Room& room : rooms()) {
        if (room.name == name) {
            return &room;
        }
    }
    return nullptr;
}

bool may_enter(const Room& from, std::string_view to) {
    if (from.name == to) {
        return true;
    }
    return std::any_of(from.may_enter.begin(), from.may_enter.end(),
                       [&](std::string_view next) { return may_enter(*find_room(next), to); });
}

// Seconds of compile time each: only in .cpp files, where one file pays for it.
constexpr std::array<std::string_view, 7> kHeavy = {"CLI/", "nlohmann/", "yaml-cpp/", "toml++/",
                                                    "fmt/", "gtest/",    "gmock/"};

struct Include {
    int line = 0;
    std::string name;
    bool quoted = false;
};

std::vector<Include> includes_of(std::string_view text) {
    std::vector<Include> result;
    int number = 0;
    while (!text.empty()) {
        ++number;
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto skip_space = [&line] {
            while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) {
                line.remove_prefix(1);
            }
        };
        skip_space();
        if (!line.starts_with('#')) {
            continue;
        }
        line.remove_prefix(1);
        skip_space();
        if (!line.starts_with("include")) {
            continue;
        }
        line.remove_prefix(std::string_view("include").size());
        skip_space();
        if (line.empty() || (line.front() != '"' && line.front() != '<')) {
            continue;
        }
        const char close = line.front() == '"' ? '"' : '>';
        line.remove_prefix(1);
        result.push_back({number, std::string(line.substr(0, line.find(close))), close == '"'});
    }
    return result;
}

// "lint/core/range.h" -> "core"; "" for a file that stands in no room.
std::string_view room_name(std::string_view path) {
    path.remove_prefix(std::string_view("lint/").size());
    const std::size_t slash = path.find('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

bool is_standard(const Include& include) {
    return !include.quoted && std::all_of(include.name.begin(), include.name.end(), [](char c) {
        return std::islower(static_cast<unsigned char>(c)) != 0 || c == '_' ||
               std::isdigit(static_cast<unsigned char>(c)) != 0;
    });
}

// What is wrong with the includes of one file, one line each. `path` is relative to the repository.
std::vector<std::string> offences(std::string_view path, std::string_view text) {
    std::vector<std::string> result;
    const bool is_header = path.ends_with(".h");
    const bool is_public = path.starts_with("include/docathon/");
    const Room* room = is_public ? nullptr : find_room(room_name(path));
    if (!is_public && room == nullptr) {
        result.push_back(std::string(path) + ": stands in no room of the table");
        return result;
    }
    for (const Include& include : includes_of(text)) {
        const std::string_view name = include.name;
        const auto report = [&](std::string_view why) {
            result.push_back(std::string(path) + ":" + std::to_string(include.line) + ": \"" +
                             include.name + "\" " + std::string(why));
        };
        if (is_public) {
            if (!is_standard(include) && !name.starts_with("docathon/")) {
                report("in a public header: only the standard library and docathon/ may be there");
            }
            continue;
        }
        if (name.starts_with("lint/")) {
            const std::string_view to = room_name(name);
            if (find_room(to) == nullptr) {
                report("stands in no room of the table");
            } else if (!may_enter(*room, to)) {
                report("is an edge that the table lacks: " + std::string(room->name) + " -> " +
                       std::string(to));
            }
        } else if (name.starts_with("docathon/")) {
            if (room->name != "cli" && name != "docathon/version.h") {
                report("is the public face of the library: only lint/cli may see it");
            }
        } else if (include.quoted) {
            report("is neither lint/... nor docathon/...: write the path from the root");
        }
        if (is_header && std::any_of(kHeavy.begin(), kHeavy.end(), [&](std::string_view heavy) {
                return name.starts_with(heavy);
            })) {
            report("is too heavy for a header: include it in one .cpp file");
        }
        if (name.starts_with("yaml-cpp/") && path != "lint/core/yaml.cpp") {
            report("may be included by lint/core/yaml.cpp only");
        }
        if ((name.starts_with("cmark") || name.starts_with("tree_sitter/")) &&
            room->name != "parse") {
            report("may be included in lint/parse only");
        }
    }
    return result;
}

std::string read(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    return std::move(bytes).str();
}

TEST(IncludeEdges, EveryIncludeIsInTheTable) {
    const std::filesystem::path root = DOCATHON_SOURCE_DIR;
    std::set<std::filesystem::path> files;
    for (const char* folder : {"lint", "include"}) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
            const auto extension = entry.path().extension();
            if (extension == ".h" || extension == ".cpp") {
                files.insert(entry.path());
            }
        }
    }
    ASSERT_FALSE(files.empty());
    for (const auto& file : files) {
        const std::string path = file.lexically_relative(root).generic_string();
        for (const std::string& offence : offences(path, read(file))) {
            ADD_FAILURE() << offence;
        }
    }
}

// The test above is worth something only if it can fail.
struct Case {
    const char* path;
    const char* text;
    bool allowed;
};

TEST(IncludeEdges, BadEdgesAreFound) {
    const Case cases[] = {
        {"lint/core/a.cpp", "#include \"lint/core/b.h\"\n#include <vector>\n", true},
        {"lint/core/a.h", "#include \"lint/model/document.h\"\n", false},
        {"lint/settle/a.cpp", "#include \"lint/core/range.h\"\n", true},  // by model: transitive
        {"lint/rules/a.cpp", "#include \"lint/parse/parse.h\"\n", true},  // by project
        {"lint/rules/a.cpp", "#include \"lint/config/config.h\"\n", false},
        {"lint/report/a.cpp", "#include \"lint/io/files.h\"\n", false},
        {"lint/parse/a.cpp", "  #  include <lint/io/files.h>\n", false},
        {"lint/cli/a.cpp", "#include \"lint/rules/check.h\"\n", true},
        {"lint/cli/a.cpp", "#include \"lint/nowhere/check.h\"\n", false},
        {"lint/nowhere/a.cpp", "", false},
        {"lint/a.h", "", false},
        {"lint/core/a.cpp", "#include \"range.h\"\n", false},
        {"lint/cli/a.cpp", "#include <CLI/CLI.hpp>\n", true},
        {"lint/cli/a.h", "#include <CLI/CLI.hpp>\n", false},
        {"lint/report/a.h", "#include <nlohmann/json_fwd.hpp>\n", false},
        {"lint/core/a.h", "#include <fmt/format.h>\n", false},
        {"lint/core/yaml.cpp", "#include <yaml-cpp/yaml.h>\n", true},
        {"lint/parse/a.cpp", "#include <yaml-cpp/yaml.h>\n", false},
        {"lint/parse/markdown/a.cpp", "#include <cmark-gfm.h>\n", true},
        {"lint/project/a.cpp", "#include <cmark-gfm.h>\n", false},
        {"lint/rules/api/a.cpp", "#include <tree_sitter/api.h>\n", false},
        {"lint/cli/a.cpp", "#include \"docathon/lint.h\"\n", true},
        {"lint/report/a.cpp", "#include \"docathon/version.h\"\n", true},
        {"lint/report/a.cpp", "#include \"docathon/lint.h\"\n", false},
        {"include/docathon/a.h", "#include <string_view>\n#include \"docathon/b.h\"\n", true},
        {"include/docathon/a.h", "#include <tl/expected.hpp>\n", false},
        {"include/docathon/a.h", "#include \"lint/core/range.h\"\n", false},
        {"lint/core/a.cpp", "// #include \"lint/cli/b.h\"\n", true},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(offences(c.path, c.text).empty(), c.allowed) << c.path << ": " << c.text;
    }
}

TEST(IncludeEdges, OffenceNamesFileLineAndEdge) {
    EXPECT_EQ(offences("lint/core/a.h", "\n#include \"lint/cli/b.h\"").at(0),
              "lint/core/a.h:2: \"lint/cli/b.h\" is an edge that the table lacks: core -> cli");
}

}  // namespace
