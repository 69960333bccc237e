// Sources: Sphinx 8.2 (directives.other.Include, BuildEnvironment.relfn2path), docutils 0.22
// (parsers.rst.directives.misc.Include), MyST-Parser 4 (mocking.MockIncludeDirective),
// sphinx-gallery 0.19 (gen_rst._get_gallery_header).

#include "lint/project/index/parts.h"

#include <algorithm>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/parse/parse.h"
#include "lint/project/index/folders.h"

namespace docathon {

std::string included_path(const SphinxSite* site, std::string_view page, std::string_view target) {
    if (target.empty() || target.starts_with('<'))
        return {};
    if (!target.starts_with('/'))
        return normalize_path(join_path(dirname(page), target));
    return site == nullptr ? std::string()
                           : normalize_path(join_path(site->source_dir, target.substr(1)));
}

std::vector<Part> PartFinder::next(std::span<const FileId> files,
                                   const std::function<const FileFacts&(FileId)>& facts,
                                   const std::function<bool(FileId, std::uint32_t)>& is_rst) {
    pages_of_.resize(tree_.files().size(), kNoFile);
    std::vector<Part> out;
    for (const FileId from : files) {
        const FileFacts& page = facts(from);
        for (const Reference& reference : page.references) {
            constexpr std::uint16_t kNotText = reference_flag::kLiteral |
                                               reference_flag::kTemplated |
                                               reference_flag::kExternalParser;
            if (reference.kind != ReferenceKind::include || (reference.flags & kNotText) != 0 ||
                reference.name.starts_with("include_relative"))
                continue;
            // Of a part: from where it stands, or from the page that has it.
            const FileId outer = pages_of_[from];
            const int number = settings_[outer == kNoFile ? from : outer]->site;
            const SphinxSite* const site =
                number < 0 ? nullptr : &detected_.sphinx[static_cast<std::size_t>(number)];
            FileId file = kNoFile;
            for (const FileId base : {outer, from}) {
                if (file == kNoFile && base != kNoFile)
                    file = tree_.find(included_path(site, tree_.file(base).path, reference.target));
            }
            if (file == kNoFile || seen_[file] || facts(file).format != Format::other)
                continue;
            seen_[file] = true;
            const bool rst = page.format != Format::markdown || is_rst(from, reference.whole.begin);
            const Format by_name = format_of(tree_.file(file).path, *settings_[file]);
            pages_of_[file] = outer == kNoFile ? from : outer;
            out.push_back({file, pages_of_[file],
                           by_name != Format::other && by_name != Format::python ? by_name
                           : rst                                                 ? Format::rst
                                 : Format::markdown});
        }
    }
    return out;
}

std::vector<Part> PartFinder::gallery_headers() {
    std::vector<Part> out;
    for (const FileId file : tree_.with_name("README.txt"))
        seen_[file] = seen_[file] || settings_[file]->read_as.has_value();
    for (const SphinxSite& site : detected_.sphinx) {
        for (const std::string_view name : {"README.txt", "readme.txt", "GALLERY_HEADER.txt"}) {
            for (const FileId file : tree_.with_name(name)) {
                const std::string& path = tree_.file(file).path;
                const bool header = std::any_of(
                    site.galleries.begin(), site.galleries.end(),
                    [&](const auto& gallery) { return below_folder(path, gallery.first); });
                if (!header || seen_[file])
                    continue;
                seen_[file] = true;
                out.push_back({file, file, Format::rst});
            }
        }
    }
    return out;
}

}  // namespace docathon
