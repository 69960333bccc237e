#pragma once
// Rows of comma separated values as Python's csv module reads them for docutils' csv-table, with
// its errors; every cell knows where its bytes are in the source.

#include <string>
#include <string_view>
#include <vector>

#include "lint/parse/rst/lines.h"

namespace docathon::rst {

/// csv.Dialect of docutils: strict, minimal quoting. Characters are UTF-8; empty = not set.
struct CsvDialect {
    std::string delimiter = ",";
    std::string quote = "\"";
    std::string escape;
    bool double_quote = true;
    bool skip_initial_space = true;
};

/// One cell as lines (numbered from 1 in the cell, as docutils numbers them).
using CsvCell = Lines;
using CsvRow = std::vector<CsvCell>;

/// Reads all rows. False: `error` has the text of Python's csv.Error.
[[nodiscard]] bool read_csv(LineSource& source, LineSpan lines, const CsvDialect& dialect,
                            std::vector<CsvRow>& rows, std::string& error);

}  // namespace docathon::rst
