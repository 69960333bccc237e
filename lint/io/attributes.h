#pragma once
// What .gitattributes says of who wrote a file: `linguist-generated` and `linguist-vendored` mark
// files that nobody mends by hand (github-linguist, "Overrides"). Owns its data.

#include <string>
#include <string_view>
#include <vector>

#include "lint/core/glob.h"

namespace docathon {

class MadeElsewhere {
  public:
    /// One .gitattributes file (gitattributes(5)) of `folder`, relative to the root, "" = the root.
    /// Files may be added in any order. Lines that say nothing of the two attributes are skipped;
    /// macros are not expanded.
    void add(std::string_view folder, std::string_view text);

    /// "linguist-generated" or "linguist-vendored" if one of them is set for the file (the last
    /// line that matches decides, files of deeper folders first), else "".
    [[nodiscard]] std::string_view reason(std::string_view path) const;
    [[nodiscard]] bool empty() const { return files_.empty(); }

  private:
    struct File {
        std::string folder;
        GitIgnore generated;
        GitIgnore vendored;
    };
    std::vector<File> files_;  // deepest folder first
};

}  // namespace docathon
