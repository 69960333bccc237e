#pragma once
// A RunResult made of texts and findings, and the output of a reporter as a string.

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "lint/report/report.h"
#include "tests/unit/settle/settle_fixture.h"

namespace docathon::testing {

class ReportTest : public ::testing::Test {
  protected:
    ReportTest() {
        result_.rules = &rules_;
        result_.tool_version = "0.1.0";
        result_.bytes = [this](FileId file) -> std::string_view { return texts_[file]; };
    }

    FileId file(std::string path, std::string text) {
        result_.paths.push_back(std::move(path));
        texts_.push_back(std::move(text));
        result_.files_checked = texts_.size();
        return static_cast<FileId>(texts_.size() - 1);
    }

    /// A finding at the n-th `part` of the file; its severity is the rule's.
    Diagnostic& add(std::uint32_t rule, FileId file, std::string_view part, std::string message,
                    int n = 0) {
        return add(rule, file, range_of(texts_[file], part, n), std::move(message));
    }
    Diagnostic& add(std::uint32_t rule, FileId file, Range range, std::string message) {
        Diagnostic& one =
            result_.findings.emplace_back(finding(rule, file, range, std::move(message)));
        one.severity = rules_.specs[rule].severity;
        one.fingerprint =
            std::string(31, '0') + static_cast<char>('0' + result_.findings.size() % 10);
        return one;
    }

    std::string print(WriteFunction write) {
        std::string out;
        EXPECT_TRUE(write(result_, options_, [&](std::string_view text) {
            out += text;
            return true;
        }));
        return out;
    }

    RuleSet rules_ = settle_rules();
    std::vector<std::string> texts_;
    RunResult result_;
    ReportOptions options_;
};

}  // namespace docathon::testing
