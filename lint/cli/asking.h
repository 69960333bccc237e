#pragma once
// Asking: asks a job for files that are no pages, and remembers the answers, so that a kept result
// can say what it depends on (result_cache.h). By any thread.

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "lint/cli/pipeline.h"
#include "lint/cli/result_cache.h"
#include "lint/core/result.h"

namespace docathon {

class Asking {
  public:
    /// The job must outlive it.
    explicit Asking(const LintJob& job) : job_(job) {}

    /// Bytes of a file of the tree, or of any file below the root.
    [[nodiscard]] Result<std::string> read(FileId file);
    [[nodiscard]] Result<std::string> read(const std::string& path);
    /// LintJob::on_disk, which must be there.
    [[nodiscard]] bool on_disk(std::string_view path);
    /// What the history of the repository deleted; nothing if the job has none.
    [[nodiscard]] std::vector<std::string> deleted_paths();

    [[nodiscard]] AskedFiles all() const;
    /// Whether all that an earlier run asked is answered as it was then.
    [[nodiscard]] bool answers_are(const AskedFiles& earlier);

  private:
    void note(const std::string& path, const Result<std::string>& bytes);

    const LintJob& job_;
    mutable std::mutex mutex_;
    AskedFiles asked_;
};

}  // namespace docathon
