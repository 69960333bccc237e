#include "lint/cli/step_summary.h"

#include <algorithm>
#include <cstdlib>
#include <string>

namespace docathon::cli {

namespace {

/// GitHub drops the whole summary of a step above 1 MiB.
constexpr std::size_t kMostBytes = std::size_t{1} << 20;
/// For the title, the last line and what later commands of the step have to say.
constexpr std::size_t kRoom = 48 * 1024;

}  // namespace

Result<void> append_step_summary(const RunResult& result, const ReportOptions& options,
                                 FileSystem& files) {
    const char* path = std::getenv("GITHUB_STEP_SUMMARY");
    if (path == nullptr || *path == '\0')
        return {};
    Result<std::string> before = files.read_file(path, kMostBytes);
    if (!before && before.error().code != ErrorCode::absent)
        return tl::unexpected<Error>(before.error());
    std::string text = before ? std::move(*before) : std::string();
    if (!text.empty() && !text.ends_with('\n'))
        text += '\n';
    ReportOptions own = options;
    own.color = false;
    own.max_results.reset();  // the annotations are cut, the summary is where the rest is
    const std::size_t taken = std::min(text.size() + kRoom, kMostBytes);
    own.markdown_bytes = std::min(own.markdown_bytes, kMostBytes - taken);
    write_markdown(result, own, [&](std::string_view bytes) {
        text += bytes;
        return true;
    });
    return files.write_file_atomic(path, text);
}

}  // namespace docathon::cli
