#pragma once
// Positions: byte ranges of a run's files as lines and columns (code points). Line indices are made
// when a file is first asked about and kept, since findings come file by file. Borrows the
// RunResult.

#include <memory>
#include <string_view>
#include <vector>

#include "lint/core/line_index.h"
#include "lint/model/run_result.h"

namespace docathon {

/// Begin and end of a range; the end is the place behind its last character.
struct Region {
    LineColumn begin;
    LineColumn end;
};

class Positions {
  public:
    explicit Positions(const RunResult& result) : result_(result), files_(result.paths.size()) {}

    /// The bytes of a file; a view without data (nullptr) if the run does not have them.
    [[nodiscard]] std::string_view bytes(FileId file) { return entry(file).bytes; }
    [[nodiscard]] const LineIndex& lines(FileId file) { return entry(file).lines; }
    [[nodiscard]] LineColumn place(FileId file, std::uint32_t offset) {
        return entry(file).lines.line_col(offset);
    }
    /// Exactly this range.
    [[nodiscard]] Region region(FileId file, Range range);
    /// Without line breaks at its end, so that it claims no line that it does not touch.
    [[nodiscard]] Region tight_region(FileId file, Range range);

  private:
    struct Entry {
        explicit Entry(std::string_view text) : bytes(text), lines(text) {}
        std::string_view bytes;
        LineIndex lines;
    };
    Entry& entry(FileId file);

    const RunResult& result_;
    std::vector<std::unique_ptr<Entry>> files_;
};

}  // namespace docathon
