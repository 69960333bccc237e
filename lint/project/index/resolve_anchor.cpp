// What a fragment names on the page that a reference leads to.
//
// Sources: myst-parser 5.2 (ResolveAnchorIds, resolve_myst_ref_doc), github.com's rendering of
// Markdown (ids are prefixed user-content-, and found without the prefix).

#include <algorithm>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/parse/notebook.h"
#include "lint/parse/rst/names.h"
#include "lint/project/index/project_index.h"

namespace docathon {

namespace {

bool holds(const std::vector<std::string>& sorted, std::string_view name) {
    const auto at = std::lower_bound(sorted.begin(), sorted.end(), name);
    return at != sorted.end() && *at == name;
}

/// #L10, #L10-L20, #L10C3: lines of a file in the repository view.
bool is_line_fragment(std::string_view fragment) {
    return fragment.size() > 1 && fragment[0] == 'L' && fragment[1] >= '0' && fragment[1] <= '9';
}

constexpr const char* kRstAnchors = "anchors that reStructuredText or autodoc may make";

/// `id3`, `index-2`, `equation-x`, `toc-entry-4`: numbered or made by Sphinx, and we cannot count
/// as it does.
bool is_numbered_id(std::string_view fragment) {
    for (const std::string_view start :
         {"index-", "equation-", "term-", "toc-entry-", "grammar-token-", "module-", "footnote-",
          "citation-", "sphx-glr-"}) {
        if (fragment.starts_with(start))
            return true;
    }
    return fragment.starts_with("id") && fragment.size() > 2 &&
           fragment.find_first_not_of("0123456789", 2) == std::string_view::npos;
}

/// Names of Python objects, with dots between or none.
bool is_object_name(std::string_view fragment) {
    return std::all_of(fragment.begin(), fragment.end(), [](char c) {
        return is_ascii_alnum(c) || c == '_' || c == '.' || (c & 0x80) != 0;
    });
}

constexpr std::string_view kOtherReader = "an anchor that some readers of notebooks spell so";

Resolution undecided(Resolution answer, std::string_view why) {
    answer.state = Found::unknown;
    answer.why = why;
    return answer;
}

/// Has the page a heading that somebody may call so? Asked for every dead link, so not of pages
/// with more headings than anybody writes.
bool has_heading(const FileFacts& page, std::string_view fragment) {
    constexpr std::size_t kMost = 1000;
    if (page.headings.size() > kMost)
        return true;
    const std::string folded = folded_anchor(fragment);
    return std::any_of(page.headings.begin(), page.headings.end(), [&](const Heading& heading) {
        return folded_anchor(heading.text) == folded;
    });
}

// Pages that one page includes, directly or not; beyond, anchors are unknown.
constexpr std::size_t kMaxIncluded = 64;

}  // namespace

ProjectIndex::SiteAnchor ProjectIndex::site_anchor(FileId file, std::string_view fragment,
                                                   bool& open) const {
    // Breadth first, each page once: includes may go round in a circle, and many pages may include
    // each other in many ways.
    std::vector<FileId> pages = {file};
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const Anchors& anchors = anchors_[pages[i]];
        if (holds(anchors.site, fragment))
            return SiteAnchor::named;
        if (holds(anchors.automatic, fragment))
            return SiteAnchor::section_id;
        const Includes& includes = includes_[pages[i]];
        if (anchors.open || includes.unknown)
            open = true;
        for (const FileId included : includes.files) {
            if (std::find(pages.begin(), pages.end(), included) != pages.end())
                continue;
            if (pages.size() > kMaxIncluded) {
                open = true;
                break;
            }
            pages.push_back(included);
        }
    }
    return SiteAnchor::none;
}

Verdict ProjectIndex::resolve_fragment(FileId from, const Reference& reference,
                                       const Verdict& path) const {
    const FileId target = path.file();
    const bool from_notebook = facts(from).format == Format::notebook;
    if (target == kNoFile || (!from_notebook && facts(target).format != Format::notebook))
        return resolve_page_fragment(from, reference, path);
    const std::string fragment = percent_decode(split_target(reference.target).fragment);
    if (facts(target).format != Format::notebook) {
        Verdict verdict = resolve_page_fragment(from, reference, path);
        for (Resolution* const one : {&verdict.repository, &verdict.site}) {
            // JupyterLab shows other pages too, with ids of its own making.
            if (one->state == Found::missing && has_heading(facts(target), fragment))
                *one = undecided(*one, kOtherReader);
        }
        return verdict;
    }
    Resolution answer;
    answer.file = target;
    answer.path = tree().file(target).path;
    const Anchors& anchors = anchors_[target];
    if (fragment.empty() || fragment == "top" || holds(anchors.github, fragment) ||
        holds(anchors.site, fragment)) {
        answer.state = Found::found;
    } else if (fragment.find_first_of("=:!/") != std::string::npos) {
        // #scrollTo=x of Colab, #cell-id=x of JupyterLab
        answer = undecided(answer, "the state of an application");
    } else if (holds(anchors.automatic, folded_anchor(fragment))) {
        answer = undecided(answer, kOtherReader);
    } else if (is_object_name(fragment) && fragment.find('.') != std::string::npos) {
        answer = undecided(answer, "an object that some documentation may describe here");
    } else if (anchors.open || !includes_[target].files.empty() || includes_[target].unknown) {
        answer = undecided(answer, "anchors that cells of a notebook may make");
    } else if (!from_notebook) {
        answer = undecided(answer, "anchors of a notebook");
    } else {
        answer.state = Found::missing;
    }
    Verdict verdict;
    if (path.repository.state == Found::found)
        verdict.repository = answer;
    if (path.site.state == Found::found)
        verdict.site = answer;
    return verdict;
}

Verdict ProjectIndex::resolve_page_fragment(FileId from, const Reference& reference,
                                            const Verdict& path) const {
    Verdict verdict;
    const TargetParts parts = split_target(reference.target);
    const std::string fragment = percent_decode(parts.fragment);
    const bool own_page = parts.path.empty();
    const auto answer = [&](Found state, FileId file, std::string why) {
        Resolution result;
        result.state = state;
        result.file = file;
        if (file != kNoFile)
            result.path = tree().file(file).path;
        result.why = std::move(why);
        return result;
    };
    if (fragment.empty() || fragment == "top") {
        if (path.repository.state == Found::found)
            verdict.repository = path.repository;
        if (path.site.state == Found::found)
            verdict.site = path.site;
        return verdict;
    }
    // A text fragment (#:~:text=) and script state (#!/, #/) name no element.
    if (fragment.starts_with(":~:") || fragment.starts_with('!') || fragment.starts_with('/'))
        return verdict;

    // The repository view. A path that only the site resolves (from the root of its sources) is a
    // matter of links/missing-target; its page has anchors on github.com all the same.
    const bool site_only = path.repository.state != Found::found && path.site.state == Found::found;
    if (path.repository.state == Found::found || site_only) {
        FileId page = site_only ? path.site.file : path.repository.file;
        if (path.repository.folder) {
            const std::string& folder = path.repository.path;
            for (const std::string_view name : {"README.md", "readme.md", "Readme.md"}) {
                page = tree().find(folder.empty() ? std::string(name)
                                                  : folder + "/" + std::string(name));
                if (page != kNoFile)
                    break;
            }
        }
        if (page == kNoFile || (facts(page).format != Format::markdown && !is_rst(page))) {
            verdict.repository =
                answer(Found::unknown, page, "anchors of a page that is not read yet");
        } else if (facts(page).gallery) {
            verdict.repository = answer(Found::unknown, page, "anchors of a script's page");
        } else if (is_line_fragment(fragment)) {
            verdict.repository = answer(Found::unknown, page, "a line of the file");
        } else {
            std::string_view name = fragment;
            if (name.starts_with("user-content-"))
                name.remove_prefix(13);
            const bool known = holds(anchors_[page].github, name) || name.starts_with("fn") ||
                               name == "readme" || name == "start-of-content";
            // What github.com shows of directives that it does not know has no ids.
            const bool open = is_rst(page) && (anchors_[page].open || is_numbered_id(name));
            verdict.repository = answer(known  ? Found::found
                                        : open ? Found::unknown
                                               : Found::missing,
                                        page, open && !known ? kRstAnchors : "");
        }
    }

    // A file that a page of a site includes may name labels of that site.
    if (own_page && verdict.repository.state == Found::missing && settings(from).site < 0) {
        for (const FileId includer : included_by_[from]) {
            const int number = settings(includer).site;
            if (number >= 0 &&
                find_label(sites_[static_cast<std::size_t>(number)], fragment) != kNoFile) {
                verdict.repository = answer(Found::unknown, from, "read as a part of another page");
            }
        }
    }

    // So may a page of MkDocs, whose extensions make other anchors than GitHub.
    if (own_page && verdict.repository.state == Found::missing &&
        (!snippet_of_[from].empty() || is_template(from)))
        verdict.repository = answer(Found::unknown, from, "read as a part of another page");

    // Some renderers write `_` where GitHub writes `-`: alive there, and not for us to judge.
    if (verdict.repository.state == Found::missing && fragment.find('_') != std::string::npos) {
        std::string dashed = fragment;
        std::replace(dashed.begin(), dashed.end(), '_', '-');
        if (holds(anchors_[verdict.repository.file].github, ascii_lower(dashed)))
            verdict.repository =
                answer(Found::unknown, verdict.repository.file, "an id of another renderer");
    }
    // A Sphinx site whose parser of Markdown is not MyST's: ids are those of docutils.
    if (verdict.repository.state == Found::missing && settings(verdict.repository.file).site >= 0 &&
        path.site.state == Found::not_applicable &&
        holds(anchors_[verdict.repository.file].automatic, fragment)) {
        verdict.repository =
            answer(Found::unknown, verdict.repository.file, "an id of another renderer");
    }
    // Generators that we do not know make anchors of their own: of labels, components, captions.
    if (verdict.repository.state == Found::missing &&
        settings(verdict.repository.file).open_anchors && !fragment.starts_with('#'))
        verdict.repository =
            answer(Found::unknown, verdict.repository.file, "anchors made by the site");
    // No generator makes an id that begins with `#`.
    if (verdict.repository.state == Found::missing && !fragment.starts_with('#') &&
        detected().in_foreign_site(tree().file(verdict.repository.file).path) &&
        !detected().in_doc_builder_site(tree().file(verdict.repository.file).path)) {
        verdict.repository =
            answer(Found::unknown, verdict.repository.file, "anchors made by the site");
    }

    // The site.
    if (path.site.state != Found::found)
        return verdict;
    const FileId page = path.site.file;
    if (page == kNoFile || (facts(page).format != Format::markdown && !is_rst(page))) {
        verdict.site = answer(Found::unknown, page, "anchors of a page that is not read yet");
        return verdict;
    }
    bool open = false;
    const SiteAnchor found = site_anchor(page, fragment, open);
    if (found != SiteAnchor::none) {
        const bool by_id = found == SiteAnchor::section_id && settings(page).flavor == Flavor::myst;
        verdict.site = answer(Found::found, page, by_id ? std::string(kSectionId) : std::string());
        return verdict;
    }
    if (is_rst(page) && (is_numbered_id(fragment) || !included_by_[page].empty() ||
                         !is_page(page) || fragment.find('.') != std::string::npos)) {
        open = true;
    } else if (is_rst(page)) {
        const SphinxSite* spec = site(page);
        open = open || spec == nullptr || settings(page).open_substitutions;
    }
    if (is_rst(page)) {
        verdict.site =
            answer(open ? Found::unknown : Found::missing, page, open ? kRstAnchors : "");
        return verdict;
    }
    if (settings(page).flavor != Flavor::myst) {
        // Jekyll and MkDocs: what the repository view finds, themes and plugins usually make too.
        if (verdict.repository.state == Found::found)
            open = true;
        // mkdocstrings and doc-builder make an anchor of every object that a page documents.
        if (fragment.find('.') != std::string::npos || settings(page).open_anchors)
            open = true;
        verdict.site = answer(open ? Found::unknown : Found::missing, page,
                              open ? "anchors made by the site" : "");
        return verdict;
    }
    const int number = settings(from).site;
    bool foreign = false;
    if (number >= 0) {
        // MyST looks `#name` up among the labels and page names of the whole site as well.
        const Site& here = sites_[static_cast<std::size_t>(number)];
        // MyST asks the inventories of other projects last.
        // No id that docutils or a domain makes has a slash. Labels may, and those are known.
        if (fragment.find('/') != std::string::npos && here.open_names.empty() &&
            here.names.find(LabelKind::hint, rst::fully_normalize_name(fragment)).empty()) {
            open = false;
            const Foreign has =
                own_page ? find_foreign(here, "std:label", fragment, true) : Foreign::absent;
            if (has == Foreign::found) {
                verdict.site = answer(Found::found, page, "");
                return verdict;
            }
            foreign = has == Foreign::maybe && !is_slip_of_label(here, fragment);
        }
        // Of names without a slash an inventory that is given decides, for headings have such too.
        if (own_page && !foreign &&
            find_foreign(here, "std:label", fragment, true) == Foreign::found) {
            verdict.site = answer(Found::found, page, "");
            return verdict;
        }
        // Titles are labels of the site as well where autosectionlabel makes them so.
        if (own_page && here.section_labels) {
            for (const SiteName& name :
                 here.names.find(LabelKind::label, rst::fully_normalize_name(fragment))) {
                if (!name.live || !name.automatic)
                    continue;
                verdict.site = answer(Found::found, name.file, "");
                return verdict;
            }
        }
        const FileId labelled = find_label(here, fragment);
        if (labelled != kNoFile && (own_page || labelled == page)) {
            verdict.site = answer(Found::found, labelled, "");
            return verdict;
        }
        if (own_page && resolve_document(from, fragment, false, false).state == Found::found) {
            verdict.site = answer(Found::found, page, "");
            return verdict;
        }
        // Notebooks and other pages that are not read may define it.
        open = open || (own_page &&
                        std::any_of(here.pages.begin(), here.pages.end(), [&](const Page& other) {
                            const FileFacts& its = facts(other.file);
                            const bool read = its.format != Format::other &&
                                              (its.format != Format::notebook || !its.open_anchors);
                            if (read)
                                return false;
                            const auto bytes = text(other.file);
                            return bytes && bytes->find(fragment) != std::string::npos;
                        }));
    }
    if (own_page) {
        // The page may be read as a part of another one, where the anchor is.
        for (const FileId includer : included_by_[from]) {
            bool ignored = false;
            if (site_anchor(includer, fragment, ignored) != SiteAnchor::none) {
                open = true;
                break;
            }
        }
        if (fragment.find('.') != std::string::npos || fragment.find(':') != std::string::npos)
            open = true;
        // `#Spawner` may be a class that autodoc registers; not if a heading has that name.
        const bool object = fragment[0] >= 'A' && fragment[0] <= 'Z';
        bool ignored = false;
        if (object && site_anchor(page, ascii_lower(fragment), ignored) == SiteAnchor::none &&
            has_autodoc(from))
            open = true;
        // These register whole packages, and MyST finds an object by the end of its name.
        const SphinxSite* spec = site(from);
        const auto registers_all = [](const std::string& extension) {
            return extension == "autoapi.extension" || extension == "autodoc2";
        };
        if (spec != nullptr && is_object_name(fragment) &&
            std::any_of(spec->extensions.begin(), spec->extensions.end(), registers_all))
            open = true;
    }
    if (foreign && !open) {
        verdict.site = answer(Found::unknown, page, std::string(kForeignName));
        return verdict;
    }
    verdict.site = answer(open ? Found::unknown : Found::missing, page,
                          open ? "anchors that reStructuredText or autodoc may make" : "");
    return verdict;
}

}  // namespace docathon
