#pragma once
// Which files below the sources of a Sphinx site are no pages of it, by its patterns. Owns what it
// needs.

#include <string_view>
#include <vector>

#include "lint/core/glob.h"
#include "lint/model/settings.h"

namespace docathon {

class PageExcludes {
  public:
    explicit PageExcludes(const SphinxSite& site) {
        for (const std::string& pattern : site.page_excludes)
            patterns_.emplace_back(pattern);
    }

    /// `path` relative to the source folder. Sphinx prunes excluded folders, so a page is excluded
    /// when it or any folder above it matches. Lists of packages and the like, which stand beside
    /// pages under the suffix .txt, are for programs: no project means them, though Sphinx builds
    /// them where nobody excludes them.
    [[nodiscard]] bool match(std::string_view path) const {
        for (const std::string_view word : {"requirements", "robots", "CMakeLists"}) {
            if (path.ends_with(".txt") &&
                path.find(word, path.rfind('/') + 1) != std::string_view::npos)
                return true;
        }
        if (patterns_.empty())
            return false;
        std::size_t slash = 0;
        while (true) {
            slash = path.find('/', slash);
            const std::string_view part = path.substr(0, slash);
            for (const SphinxGlob& pattern : patterns_) {
                if (pattern.match(part))
                    return true;
            }
            if (slash == std::string_view::npos)
                return false;
            ++slash;
        }
    }

  private:
    std::vector<SphinxGlob> patterns_;
};

}  // namespace docathon
