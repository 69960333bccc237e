#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "lint/core/utf8.h"
#include "lint/report/json_writer.h"
#include "lint/report/report.h"
#include "tests/unit/report/report_fixture.h"

namespace docathon {
namespace {

using testing::kFence;
using testing::kTarget;
using Json = nlohmann::json;

class JsonTest : public testing::ReportTest {};

TEST_F(JsonTest, OneObject) {
    const FileId a = file("docs/a.md", "see [x](x.md)\n");
    file("b.md", "\n\ntarget\n");
    Diagnostic& one = add(kTarget, a, "x.md", "no file 'x.md'");
    one.where = "both";
    one.docutils = "Error in \"x\".";
    one.subject = "x.md";
    one.related.push_back({1, {2, 9}, "here"});
    one.fix = Fix{"name it", {{{8, 12}, "b.md"}}, FixSafety::safe};
    result_.notifications.push_back({"warning", "unreadable-file", "no\naccess", "c.md"});
    result_.unknown["template"] = 2;
    result_.seconds = 12;  // not printed: equal runs give equal bytes
    EXPECT_EQ(
        print(&write_json),
        R"({"version":1,"tool":{"name":"docathon-lint","version":"0.1.0"},"counts":{"findings":1,"shown":1,"errors":1,"warnings":0,"notes":0,"suppressed":0,"files_with_findings":1,"files_checked":2,"unknown":{"template":2}},"findings":[
{"path":"docs/a.md","line":1,"column":9,"end_line":1,"end_column":13,"begin":8,"end":12,"severity":"error","rule":"links/missing-target","message":"no file 'x.md'","where":"both","subject":"x.md","docutils":"Error in \"x\".","fingerprint":"00000000000000000000000000000001","related":[{"path":"b.md","line":3,"column":1,"end_line":3,"end_column":7,"begin":2,"end":9,"message":"here"}],"fix":{"description":"name it","safe":true,"edits":[{"line":1,"column":9,"end_line":1,"end_column":13,"begin":8,"end":12,"text":"b.md"}]}}
],"rules":[
{"id":"links/missing-target","summary":"Summary of links/missing-target.","preset":"core"}
],"notifications":[
{"level":"warning","id":"unreadable-file","message":"no\\x0aaccess","path":"c.md"}
]}
)");
}

TEST_F(JsonTest, NoFindings) {
    const Json json = Json::parse(print(&write_json));
    EXPECT_TRUE(json["findings"].empty() && json["findings"].is_array());
    EXPECT_TRUE(json["rules"].empty() && json["notifications"].empty());
    EXPECT_EQ(
        print(&write_jsonl),
        R"({"type":"summary","version":1,"tool":{"name":"docathon-lint","version":"0.1.0"},"counts":{"findings":0,"shown":0,"errors":0,"warnings":0,"notes":0,"suppressed":0,"files_with_findings":0,"files_checked":0,"unknown":{}}}
)");
}

TEST_F(JsonTest, LinesAreDocumentsOfTheirOwn) {
    const FileId a = file("a.md", "xy");
    add(kTarget, a, "x", "one");
    add(kFence, a, "y", "two");
    result_.notifications.push_back({"error", "internal-error", "boom", ""});
    options_.max_results = 1;
    std::istringstream lines(print(&write_jsonl));
    std::vector<Json> documents;
    for (std::string line; std::getline(lines, line);)
        documents.push_back(Json::parse(line));
    ASSERT_EQ(documents.size(), 3u);
    EXPECT_EQ(documents[0]["type"], "finding");
    EXPECT_EQ(documents[0]["message"], "one");
    EXPECT_EQ(documents[1]["type"], "notification");
    EXPECT_EQ(documents[1]["id"], "internal-error");
    EXPECT_FALSE(documents[1].contains("path"));
    EXPECT_EQ(documents[2]["type"], "summary");
    EXPECT_EQ(documents[2]["counts"]["findings"], 2);
    EXPECT_EQ(documents[2]["counts"]["shown"], 1);
}

TEST_F(JsonTest, HostileNamesGiveValidJson) {
    const std::string path = "a\n\"b\\\x01\x7f\xff%0A::.md";
    Diagnostic& one = add(kTarget, file(path, "x"), "x", "m\xf0\x9f\n\x1b");
    one.fix = Fix{"", {{{0, 1}, std::string("\x00\xfe\t", 3)}}, FixSafety::unsafe};
    for (const WriteFunction write : {&write_json, &write_jsonl}) {
        const std::string text = print(write);
        EXPECT_EQ(first_invalid(text), std::string::npos);
        EXPECT_EQ(text.find('\x1b'), std::string::npos);
    }
    const Json finding = Json::parse(print(&write_json))["findings"][0];
    EXPECT_EQ(finding["path"], "a\n\"b\\\x01\x7f\xef\xbf\xbd%0A::.md");
    EXPECT_EQ(finding["uri"], "a%0A%22b%5C%01%7F%FF%250A%3A%3A.md");
    EXPECT_EQ(finding["message"], "m\\xf0\\x9f\\x0a\\x1b");
    EXPECT_EQ(finding["fix"]["safe"], false);
    EXPECT_EQ(finding["fix"]["edits"][0]["text"], std::string("\x00\xef\xbf\xbd\t", 5));
}

TEST(JsonWriterTest, CommasEscapesAndLayout) {
    std::string text;
    const Writer writer = [&](std::string_view piece) {
        text += piece;
        return true;
    };
    Out out(writer);
    JsonWriter json(out);
    json.begin_object().member("a", std::uint64_t{18446744073709551615u}).member("b", true);
    json.key("c").begin_array().value("x\"\\\b\n\r\t\x1f").value(false).begin_object().end_object();
    json.line_break().begin_array().end_array().end_array().line_break().end_object();
    json.end_line();
    json.begin_array().end_array();
    EXPECT_TRUE(out.finish());
    EXPECT_EQ(
        text,
        "{\"a\":18446744073709551615,\"b\":true,\"c\":[\"x\\\"\\\\\\u0008\\n\\r\\t\\u001f\",false,"
        "{},\n[]]\n}\n[]");
}

}  // namespace
}  // namespace docathon
