#pragma once
// SiteNames: the names that the pages of one Sphinx site define for roles - labels, terms of
// glossaries, options, variables, tokens, equations, citations - sorted, so that all threads can
// look them up. Sphinx keeps them in one table a kind for the whole site; so does this.
//
// Lifetime: owns its strings. Filled by add(), then frozen by freeze(); const from there on.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/model/facts.h"
#include "lint/model/file_tree.h"

namespace docathon {

struct SiteName {
    LabelKind kind = LabelKind::label;
    bool titled = false;       ///< a reference without a text of its own finds one
    bool live = false;         ///< in a page of the site, or in what one includes
    bool automatic = false;    ///< made of a heading by autosectionlabel
    bool in_notebook = false;  ///< no duplicate: a page and a notebook may be two forms of one text
    FileId file = kNoFile;
    std::uint32_t order = 0;  ///< of the page among those of the site, as Sphinx reads them
    std::uint32_t begin = 0;  ///< where it stands in the file
    /// Another page with the name: the one that Sphinx has it from, and of that one the next.
    FileId first = kNoFile;
    std::string name;  ///< folded as the kind wants it: see fold()
    std::string scope;
};

class SiteNames {
  public:
    void add(SiteName name);
    /// `included_by`: for each file the pages that include it; names of such files are no
    /// duplicates.
    void freeze(const std::vector<std::vector<FileId>>& included_by);

    /// All of that kind and name, live or not, in the order of the files.
    [[nodiscard]] std::span<const SiteName> find(LabelKind kind, std::string_view name) const;
    /// The name that stands at a place of `file`, or nullptr. `automatic`: one that
    /// autosectionlabel made of the heading there.
    [[nodiscard]] const SiteName* entry(FileId file, LabelKind kind, std::string_view name,
                                        std::uint32_t begin, bool automatic) const;
    /// The live name of that kind nearest to `name`, at most `distance` edits away, or "". Where
    /// there are too many names to look through, "".
    [[nodiscard]] std::string_view nearest(LabelKind kind, std::string_view name,
                                           std::size_t distance) const;

    /// The spelling under which names of a kind are compared: terms without case.
    [[nodiscard]] static std::string fold(LabelKind kind, std::string_view name);

  private:
    struct Live {
        std::uint64_t letters;  // which characters occur, for a quick no
        std::uint32_t entry;
    };
    std::vector<SiteName> names_;  // by kind, name, file, begin
    std::vector<Live> live_;       // in the same order, one for each name of a kind
};

}  // namespace docathon
