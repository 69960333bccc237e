#pragma once
// The debugging views of `docathon-lint dump`, and the golden format of tests: what a front end
// made of a file, as text.

#include <string>

#include "lint/core/source_file.h"
#include "lint/model/document.h"
#include "lint/model/facts.h"
#include "lint/report/report.h"

namespace docathon {

/// One node a line, indented by depth: kind, range, data.
[[nodiscard]] std::string dump_model(const SourceFile& source, const Document& document);
/// The running text of every block, one block a line.
[[nodiscard]] std::string dump_prose(const SourceFile& source, const Document& document);
/// One fact a line: headings, anchors, references, footnotes, suppressions, problems.
[[nodiscard]] std::string dump_facts(const SourceFile& source, const FileFacts& facts);

/// The examples of a file and the names in its running text, one fact a line.
[[nodiscard]] std::string dump_examples(const SourceFile& source, const FileFacts& facts);

/// What the outline scanner reads in a Python file, as one line of JSON; ranges are bytes. Held
/// against CPython's ast by tests/acceptance/python_outline.py.
void dump_outline(const SourceFile& source, const Writer& write);

}  // namespace docathon
