#pragma once
// Files that are read only as parts of pages: what pages include whatever its name is, and the
// headers of sphinx-gallery. They are found one round after the other, for a part may include
// another: each round is parsed before the next is asked for.
//
// Borrows the tree, what was detected and the settings, which must outlive it.

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/model/facts.h"
#include "lint/model/file_tree.h"
#include "lint/model/settings.h"
#include "lint/project/detect/detect.h"

namespace docathon {

/// A file to be parsed as a part.
struct Part {
    FileId file = kNoFile;
    FileId page = kNoFile;  ///< whose settings hold for it
    Format format = Format::other;
};

/// The path that an include directive names, relative to the root: from the page's folder, and from
/// the source folder of its site if it begins with '/'. "" if it is none of the repository.
/// `page` is the path of the page, for which Sphinx resolves what parts of it include, too
/// (BuildEnvironment.relfn2path).
[[nodiscard]] std::string included_path(const SphinxSite* site, std::string_view page,
                                        std::string_view target);

class PartFinder {
  public:
    PartFinder(const FileTree& tree, const Detected& detected,
               std::span<const Settings* const> settings)
        : tree_(tree), detected_(detected), settings_(settings), seen_(tree.files().size()) {}

    /// Parts that `files` include, those of the round before or all pages at first. `facts` gives
    /// what was parsed; a file whose facts have a format needs no second parse. `is_rst` says
    /// whether what stands at an offset of a Markdown page is an {eval-rst}.
    [[nodiscard]] std::vector<Part> next(std::span<const FileId> files,
                                         const std::function<const FileFacts&(FileId)>& facts,
                                         const std::function<bool(FileId, std::uint32_t)>& is_rst);
    /// Headers of the galleries that no front end reads for their suffix.
    [[nodiscard]] std::vector<Part> gallery_headers();

  private:
    const FileTree& tree_;
    const Detected& detected_;
    std::span<const Settings* const> settings_;
    std::vector<bool> seen_;        // by FileId: already given out
    std::vector<FileId> pages_of_;  // by FileId, of parts: the page that each was found from
};

}  // namespace docathon
