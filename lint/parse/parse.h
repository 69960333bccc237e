#pragma once
// The door of the parsing room: bytes + Settings -> Document + FileFacts. Pure: no files, no
// globals, safe to call from several threads.

#include "lint/core/source_file.h"
#include "lint/model/document.h"
#include "lint/model/facts.h"
#include "lint/model/settings.h"

namespace docathon {

struct ParsedFile {
    Document document;
    FileFacts facts;
};

/// Format by file name: .md .markdown .mkd -> markdown; .rst .rest -> rst; .py .pyi -> python.
[[nodiscard]] Format format_of(std::string_view path);
/// The same, unless the settings know it better.
[[nodiscard]] inline Format format_of(std::string_view path, const Settings& settings) {
    return settings.read_as ? *settings.read_as : format_of(path);
}

/// Reads one file. Never fails: what cannot be read becomes facts.problems (invalid UTF-8, NUL
/// bytes, too large, too deep), and the rest is still read. Formats without a front end give an
/// empty Document and facts with only `format` and problems.
/// `with_examples`: FileFacts::examples are wanted, which no rule outside of examples/ reads.
[[nodiscard]] ParsedFile parse_file(const SourceFile& source, const Settings& settings,
                                    bool with_examples = true);

}  // namespace docathon
