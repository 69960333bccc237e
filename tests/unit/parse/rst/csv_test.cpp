#include "lint/parse/rst/csv.h"

#include <gtest/gtest.h>
#include <string>

namespace docathon::rst {
namespace {

struct Csv {
    explicit Csv(std::string text, const CsvDialect& dialect = {})
        : bytes(std::move(text)), source(bytes, {{0, static_cast<std::uint32_t>(bytes.size())}}) {
        good = read_csv(source, source.lines(), dialect, rows, error);
    }
    /// Cells joined by "|", lines of a cell by "/", rows by "\n".
    [[nodiscard]] std::string text() const {
        if (!good)
            return "error: " + error;
        std::string out;
        for (const CsvRow& row : rows) {
            for (std::size_t k = 0; k < row.size(); ++k) {
                out += k == 0 ? "" : "|";
                for (std::size_t n = 0; n < row[k].size(); ++n)
                    out += (n == 0 ? "" : "/") + std::string(row[k][n].text);
            }
            out += "\n";
        }
        return out;
    }

    std::string bytes;
    LineSource source;
    std::vector<CsvRow> rows;
    std::string error;
    bool good = false;
};

TEST(Csv, QuotesAndLines) {
    EXPECT_EQ(Csv("a, b\n\"c, d\",\"e\"\"f\"\n").text(), "a|b\nc, d|e\"f\n");
    EXPECT_EQ(Csv("\"one\ntwo\n\nthree\",x\n").text(), "one/two//three|x\n");
    EXPECT_EQ(Csv("a,\n\n,b\n").text(), "a|\n\n|b\n");
}

TEST(Csv, ErrorsOfPython) {
    EXPECT_EQ(Csv("a,\"b\n").text(), "error: unexpected end of data");
    EXPECT_EQ(Csv("\"d\"x\n").text(), "error: ',' expected after '\"'");
    CsvDialect dialect;
    dialect.quote.clear();
    EXPECT_EQ(Csv("a\n", dialect).text(), "error: \"quotechar\" must be a 1-character string");
}

TEST(Csv, Dialects) {
    CsvDialect dialect;
    dialect.delimiter = "\xc2\xa7";
    dialect.quote = "'";
    dialect.escape = "\\";
    dialect.double_quote = false;
    dialect.skip_initial_space = false;
    EXPECT_EQ(Csv("a\xc2\xa7 b\xc2\xa7'c\\'d'\n", dialect).text(), "a| b|c'd\n");
}

TEST(Csv, EveryByteKnowsItsPlace) {
    const Csv csv("a, \"x\"\"y\nz\"\n");
    ASSERT_EQ(csv.rows.size(), 1u);
    const CsvCell& cell = csv.rows[0][1];
    ASSERT_EQ(cell.size(), 2u);
    EXPECT_EQ(cell[0].text, "x\"y");
    EXPECT_EQ(csv.source.to_source(cell[0], 0), 4u);
    EXPECT_EQ(csv.source.to_source(cell[0], 2), 7u);
    EXPECT_EQ(csv.source.to_source(cell[1], 0), 9u);
    EXPECT_EQ(cell[0].number, 1u);
    EXPECT_EQ(cell[1].number, 2u);
}

TEST(Csv, LongQuotedTextIsLinear) {
    std::string text = "\"";
    for (int k = 0; k < 20'000; ++k)
        text += "x\"\"\n";
    text += "\"";
    const Csv csv(text);
    ASSERT_TRUE(csv.good) << csv.error;
    EXPECT_EQ(csv.rows[0][0].size(), 20'000u);
}

}  // namespace
}  // namespace docathon::rst
