// Every format says the same: what a reader of each format gets back is the findings of the run.
// The readers here know the formats' own rules of escaping and nothing of our writers.

#include <algorithm>
#include <regex>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "lint/core/strings.h"
#include "lint/report/report.h"
#include "tests/unit/report/report_fixture.h"

namespace docathon {
namespace {

using testing::kAnchor;
using testing::kFence;
using testing::kTarget;
using testing::kUnused;
using Json = nlohmann::json;

/// path, line, column, severity, rule, message.
using Seen = std::tuple<std::string, int, int, std::string, std::string, std::string>;
using Findings = std::multiset<Seen>;

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
    return text;
}

/// The part of `text` behind `begin` and before the next `end`; moves `from` behind it.
std::string between(const std::string& text, std::string_view begin, std::string_view end,
                    std::size_t& from) {
    const std::size_t first = text.find(begin, from);
    if (first == std::string::npos) {
        from = std::string::npos;
        return {};
    }
    const std::size_t last = text.find(end, first + begin.size());
    from = last;
    return text.substr(first + begin.size(), last - first - begin.size());
}

Findings read_lines(const std::string& out) {
    static const std::regex kLine(
        R"(^(.+?):(\d+):(\d+): (error|warning|note): (.*) \[([^\]]+)\]$)");
    Findings seen;
    for (const std::string_view line : split_lines(out)) {
        std::match_results<std::string_view::const_iterator> part;
        if (std::regex_match(line.begin(), line.end(), part, kLine)) {
            seen.insert(
                {part[1], std::stoi(part[2]), std::stoi(part[3]), part[4], part[6], part[5]});
        }
    }
    return seen;
}

Seen read_finding(const Json& one) {
    return {one["path"], one["line"], one["column"], one["severity"], one["rule"], one["message"]};
}

Findings read_json(const std::string& out) {
    Findings seen;
    const Json log = Json::parse(out);
    for (const Json& one : log["findings"])
        seen.insert(read_finding(one));
    return seen;
}

Findings read_jsonl(const std::string& out) {
    Findings seen;
    for (const std::string_view line : split_lines(out)) {
        const Json one = Json::parse(line);
        if (one["type"] == "finding")
            seen.insert(read_finding(one));
    }
    return seen;
}

Findings read_sarif(const std::string& out) {
    Findings seen;
    const Json log = Json::parse(out);
    for (const Json& one : log["runs"][0]["results"]) {
        const Json& place = one["locations"][0]["physicalLocation"];
        const Json& region = place["region"];
        seen.insert({percent_decode(place["artifactLocation"]["uri"].get<std::string>()),
                     region["startLine"], region["startColumn"], one["level"], one["ruleId"],
                     one["message"]["text"]});
    }
    return seen;
}

/// As the runner of GitHub Actions reads a command: "::name key=value,key=value::data".
Findings read_github(const std::string& out) {
    const auto data = [](std::string text) {
        text = replaced(text, "%0D", "\r");
        text = replaced(text, "%0A", "\n");
        return replaced(text, "%25", "%");
    };
    const auto property = [&](std::string text) {
        text = replaced(text, "%0D", "\r");
        text = replaced(text, "%0A", "\n");
        text = replaced(text, "%3A", ":");
        text = replaced(text, "%2C", ",");
        return replaced(text, "%25", "%");
    };
    Findings seen;
    for (const std::string_view line : split_lines(out)) {
        EXPECT_TRUE(line.starts_with("::")) << line;
        const std::size_t end = line.find("::", 2);
        const std::string_view command = line.substr(2, end - 2);
        const std::size_t space = command.find(' ');
        std::map<std::string, std::string> properties;
        for (const std::string_view one : split(command.substr(space + 1), ',')) {
            const std::size_t equals = one.find('=');
            properties[std::string(one.substr(0, equals))] =
                property(std::string(one.substr(equals + 1)));
        }
        const std::string name(command.substr(0, space));
        const std::string& rule = properties["title"];
        std::string message = data(std::string(line.substr(end + 2)));
        EXPECT_TRUE(message.ends_with(" [" + rule + "]")) << message;
        message.resize(message.size() - rule.size() - 3);
        seen.insert({properties["file"], std::stoi(properties["line"]),
                     std::stoi(properties["col"]), name == "notice" ? "note" : name, rule,
                     message});
    }
    return seen;
}

Findings read_gitlab(const std::string& out) {
    const std::map<std::string, std::string> severities = {
        {"major", "error"}, {"minor", "warning"}, {"info", "note"}};
    Findings seen;
    std::set<std::string> fingerprints;
    const Json report = Json::parse(out);
    for (const Json& one : report) {
        const std::string rule = one["check_name"];
        std::string message = one["description"];
        message.resize(message.size() - rule.size() - 3);
        const Json& place = one["location"];
        EXPECT_EQ(place["lines"]["begin"], place["positions"]["begin"]["line"]);
        seen.insert({place["path"], place["lines"]["begin"], place["positions"]["begin"]["column"],
                     severities.at(one["severity"]), rule, message});
        EXPECT_TRUE(fingerprints.insert(one["fingerprint"].get<std::string>()).second);
    }
    return seen;
}

Findings read_rdjson(const std::string& out) {
    const std::map<std::string, std::string> severities = {
        {"ERROR", "error"}, {"WARNING", "warning"}, {"INFO", "note"}};
    Findings seen;
    const Json report = Json::parse(out);
    for (const Json& one : report["diagnostics"]) {
        const Json& start = one["location"]["range"]["start"];
        seen.insert({one["location"]["path"], start["line"], start["column"],
                     severities.at(one["severity"]), one["code"]["value"], one["message"]});
    }
    return seen;
}

Findings read_lintrunner(const std::string& out) {
    const std::map<std::string, std::string> severities = {
        {"error", "error"}, {"warning", "warning"}, {"advice", "note"}};
    Findings seen;
    for (const std::string_view line : split_lines(out)) {
        const Json one = Json::parse(line);
        EXPECT_EQ(one.size(), 9U);
        EXPECT_TRUE(one.at("original").is_null() && one.at("replacement").is_null());
        seen.insert({one["path"], one["line"], one["char"], severities.at(one["severity"]),
                     one["name"], one["description"]});
    }
    return seen;
}

Findings read_junit(const std::string& out) {
    const auto plain = [](std::string text) {
        text = replaced(text, "&quot;", "\"");
        text = replaced(text, "&lt;", "<");
        text = replaced(text, "&gt;", ">");
        return replaced(text, "&amp;", "&");
    };
    Findings seen;
    for (std::size_t from = 0;;) {
        const std::string name = plain(between(out, "<testcase name=\"", "\"", from));
        const std::string path = plain(between(out, "classname=\"", "\"", from));
        const std::string severity = between(out, "<failure type=\"", "\"", from);
        const std::string message = plain(between(out, "message=\"", "\"", from));
        if (from == std::string::npos)
            return seen;
        const std::size_t space = name.find(' ');
        const std::size_t colon = name.find(':', space);
        seen.insert({path, std::stoi(name.substr(space + 1)), std::stoi(name.substr(colon + 1)),
                     severity, name.substr(0, space), message});
    }
}

Findings read_markdown(const std::string& out) {
    const auto cell = [](std::string text) {
        std::string plain;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '\\' && i + 1 < text.size())
                ++i;
            plain += text[i];
        }
        plain = replaced(plain, "&lt;", "<");
        plain = replaced(plain, "&gt;", ">");
        return replaced(plain, "&amp;", "&");
    };
    Findings seen;
    std::string rule;
    for (const std::string_view line : split_lines(out)) {
        if (line.starts_with("### ")) {
            rule = cell(std::string(line.substr(4, line.rfind(" (") - 4)));
            continue;
        }
        if (!line.starts_with("| `"))
            continue;
        // Cells end at a '|' that no backslash escapes.
        std::vector<std::string> cells{""};
        for (std::size_t i = 1; i < line.size(); ++i) {
            if (line[i] == '\\' && i + 1 < line.size()) {
                cells.back() += line[i++];
                cells.back() += line[i];
            } else if (line[i] == '|') {
                cells.emplace_back();
            } else {
                cells.back() += line[i];
            }
        }
        // The code span: as many backticks at both ends, a '|' in it with its backslash.
        std::string place(trim(cells[0]));
        const std::size_t ticks = place.find_first_not_of('`');
        place = place.substr(ticks, place.size() - 2 * ticks);
        if (ticks > 1 && place.starts_with(' '))
            place = place.substr(1, place.size() - 2);
        place = replaced(place, "\\|", "|");
        const std::size_t column = place.rfind(':');
        const std::size_t row = place.rfind(':', column - 1);
        seen.insert({place.substr(0, row), std::stoi(place.substr(row + 1)),
                     std::stoi(place.substr(column + 1)), std::string(trim(cells[1])), rule,
                     cell(std::string(trim(cells[2])))});
    }
    return seen;
}

class RoundTripTest : public testing::ReportTest {
  protected:
    Findings read(std::string_view format) {
        const std::string out = print(find_report_format(format)->write);
        if (format == "json")
            return read_json(out);
        if (format == "jsonl")
            return read_jsonl(out);
        if (format == "sarif")
            return read_sarif(out);
        if (format == "github")
            return read_github(out);
        if (format == "gitlab")
            return read_gitlab(out);
        if (format == "rdjson")
            return read_rdjson(out);
        if (format == "lintrunner")
            return read_lintrunner(out);
        if (format == "junit")
            return read_junit(out);
        if (format == "markdown")
            return read_markdown(out);
        return read_lines(out);
    }
};

TEST_F(RoundTripTest, EveryFormatCarriesTheSameFindings) {
    const FileId a = file("docs/a, b & c|d.md", "one two\nthree four\n");
    const FileId b = file("zz%0A.md", "first\nsecond <x>\n");
    add(kTarget, a, "one", "no file 'x<y>'; did you mean \"a&b\"?");
    add(kFence, a, "four", "100 % of | `these` *are* [not] closed :: at all");
    add(kAnchor, a, "three", "::error file=a::%0A, %25 \\ # ! ~ $ _x_");
    add(kUnused, b, "second", "a note");
    add(kTarget, b, "first", "same");
    add(kTarget, b, "<x>", "same");
    const Findings expected = {
        {"docs/a, b & c|d.md", 1, 1, "error", "links/missing-target",
         "no file 'x<y>'; did you mean \"a&b\"?"},
        {"docs/a, b & c|d.md", 2, 7, "warning", "markup/unclosed-fence",
         "100 % of | `these` *are* [not] closed :: at all"},
        {"docs/a, b & c|d.md", 2, 1, "error", "links/missing-anchor",
         "::error file=a::%0A, %25 \\ # ! ~ $ _x_"},
        {"zz%0A.md", 2, 1, "note", "suppression/unused", "a note"},
        {"zz%0A.md", 1, 1, "error", "links/missing-target", "same"},
        {"zz%0A.md", 2, 8, "error", "links/missing-target", "same"},
    };
    for (const ReportFormat& format : report_formats())
        EXPECT_EQ(read(format.name), expected) << format.name;
}

TEST_F(RoundTripTest, NothingIsFoundInAnEmptyReport) {
    file("a.md", "text\n");
    for (const ReportFormat& format : report_formats()) {
        if (format.name == "text" || format.name == "full" || format.name == "github") {
            EXPECT_EQ(print(format.write), "") << format.name;
        } else if (format.name != "junit") {
            EXPECT_TRUE(read(format.name).empty()) << format.name;
        }
    }
    // Readers of JUnit take no tests for a failure of the run.
    EXPECT_NE(print(&write_junit).find("<testcase name=\"no findings\""), std::string::npos);
    EXPECT_NE(print(&write_junit).find("tests=\"1\" failures=\"0\" errors=\"0\""),
              std::string::npos);
}

TEST_F(RoundTripTest, JunitCountsWhatWentWrong) {
    const FileId a = file("a.md", "text\n");
    add(kTarget, a, "text", "gone \xef\xbf\xbe");
    result_.notifications.push_back({"error", "internal-error", "boom", "b.md"});
    result_.notifications.push_back({"warning", "unreadable-file", "not this", "c.md"});
    EXPECT_EQ(print(&write_junit),
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
              "<testsuites name=\"docathon-lint\" tests=\"2\" failures=\"1\" errors=\"1\">\n"
              "  <testsuite name=\"docathon-lint\" tests=\"1\" failures=\"0\" errors=\"1\">\n"
              "    <testcase name=\"internal-error\" classname=\"docathon-lint\">\n"
              "      <error type=\"error\" message=\"boom\">b.md</error>\n"
              "    </testcase>\n"
              "  </testsuite>\n"
              "  <testsuite name=\"a.md\" tests=\"1\" failures=\"1\" errors=\"0\" file=\"a.md\">\n"
              "    <testcase name=\"links/missing-target 1:1\" classname=\"a.md\">\n"
              "      <failure type=\"error\" message=\"gone \\u{fffe}\">a.md:1:1: error: gone "
              "\\u{fffe} [links/missing-target]</failure>\n"
              "    </testcase>\n"
              "  </testsuite>\n"
              "</testsuites>\n");
}

TEST_F(RoundTripTest, RdjsonCountsBytesAndJoinsEdits) {
    const FileId a = file("a.md", "\xc3\xa9 old and older\nnext\n");
    Diagnostic& one = add(kTarget, a, "old", "m");
    one.fix = Fix{"d", {{{3, 6}, "new"}, {{11, 16}, "newer"}}, FixSafety::safe};
    Diagnostic& other = add(kTarget, a, "next", "m");
    other.fix = Fix{"d", {{{17, 21}, "x"}}, FixSafety::unsafe};
    const Json report = Json::parse(print(&write_rdjson));
    const Json& first = report["diagnostics"][0];
    EXPECT_EQ(first["location"]["range"],
              Json::parse(R"({"start":{"line":1,"column":4},"end":{"line":1,"column":7}})"));
    ASSERT_EQ(first["suggestions"].size(), 1U);
    EXPECT_EQ(first["suggestions"][0]["text"], "new and newer");
    EXPECT_EQ(first["suggestions"][0]["range"]["end"]["column"], 17);
    EXPECT_FALSE(report["diagnostics"][1].contains("suggestions"));
}

TEST_F(RoundTripTest, GitlabFingerprintsTellFilesApart) {
    for (const char* path : {"a.md", "b.md"}) {
        Diagnostic& one = add(kTarget, file(path, "x\n"), "x", "same");
        one.fingerprint = std::string(32, 'a');
    }
    EXPECT_EQ(read("gitlab").size(), 2U);  // read_gitlab() wants them distinct
}

}  // namespace
}  // namespace docathon
