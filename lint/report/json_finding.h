#pragma once
// A finding as the members of a JSON object, the same in `json`, `jsonl` and `compare`. Borrows the
// run and the writer.

#include "lint/model/run_result.h"
#include "lint/report/json_writer.h"
#include "lint/report/positions.h"

namespace docathon {

class JsonFindings {
  public:
    JsonFindings(const RunResult& result, JsonWriter& json)
        : result_(result), json_(json), positions_(result) {}

    /// The members; the brackets are the caller's.
    void write(const Diagnostic& finding);

  private:
    void path(FileId file);
    void range(FileId file, Range range, bool tight);
    void related(const Diagnostic& finding);
    void fix(const Diagnostic& finding);

    const RunResult& result_;
    JsonWriter& json_;
    Positions positions_;
};

}  // namespace docathon
