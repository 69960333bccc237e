#pragma once
// ProjectIndex: the facts of all files as one graph, built once, then frozen and shared by all
// threads. It answers what a reference names, for each reader of the page: the built site (Sphinx
// with MyST, MkDocs, Jekyll ...) and the repository view (github.com). What cannot be decided from
// the tree is `unknown` with a reason, never a guess.
//
// Lifetime: borrows everything in IndexInput; they must outlive it.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/model/facts.h"
#include "lint/model/file_tree.h"
#include "lint/model/settings.h"
#include "lint/project/detect/detect.h"
#include "lint/project/index/inventory.h"
#include "lint/project/index/notebook_words.h"
#include "lint/project/index/object_scopes.h"
#include "lint/project/index/site_names.h"

namespace docathon {

/// A reference target in its parts, as RFC 3986 splits it. Views into the target.
struct TargetParts {
    std::string_view scheme;  ///< without ':'; empty for relative references
    bool network = false;     ///< scheme://... or //host
    std::string_view path;
    std::string_view query;
    std::string_view fragment;
    bool has_fragment = false;
};
[[nodiscard]] TargetParts split_target(std::string_view target);

/// True for targets that are no target but stand for one: {name}, <name>, $X, "url", "...".
[[nodiscard]] bool is_placeholder(std::string_view target);

enum class Found : std::uint8_t {
    not_applicable,  ///< this reader does not exist for the page
    found,
    missing,
    unknown,
};

/// Resolution::why of a fragment that the site resolves only by the id that its builder makes of a
/// heading's text, where github.com makes another.
inline constexpr std::string_view kSectionId = "the builder's id of a heading";

/// Resolution::why of a name that no page has, and that the inventory of another project, which is
/// not given, may have.
inline constexpr std::string_view kForeignName =
    "a name that the inventory of another project may have";

/// Resolution::why of the target of a link in MyST that is no file and looks like an object, when
/// no page, label or object has it.
inline constexpr std::string_view kNoSuchName = "a name that no domain has";

/// Resolution::why of a Python object that is in the code, but on no page.
inline constexpr std::string_view kNotDocumented = "the code has it, but no page documents it";

/// What one reader of the page finds behind a reference.
struct Resolution {
    Found state = Found::not_applicable;
    FileId file = kNoFile;  ///< when found and a file of the tree
    bool folder = false;    ///< found, and it is a folder
    std::string path;       ///< the path that was looked for, relative to the root
    std::string why;        ///< missing: what is wrong beyond "absent"; unknown: the reason
};

/// Both readers.
struct Verdict {
    Resolution site;
    Resolution repository;
    /// "site", "repository" or "both" when something is missing; "" when nothing is.
    [[nodiscard]] std::string where() const;
    [[nodiscard]] bool unknown() const;
    /// The page or file the reference names in any reader, or kNoFile.
    [[nodiscard]] FileId file() const;
};

/// A document of a Sphinx site.
struct PageName {
    std::string_view name;  ///< relative to the source folder, without suffix
    FileId file = kNoFile;
};

class ApiIndex;
class DocsRegistry;
class OwnNames;
class OwnScripts;
class ProjectIndex;

struct IndexInput {
    const FileTree* tree = nullptr;
    const Detected* detected = nullptr;
    std::span<const FileFacts> facts;  ///< by FileId; Format::other where nothing was parsed
    std::span<const Settings* const> settings;         ///< by FileId
    const Inventories* inventories = nullptr;          ///< of other projects; null: none given
    std::function<bool(std::string_view)> is_ignored;  ///< a path that .gitignore files name
    std::function<bool(std::string_view)> on_disk;     ///< a path that git ignores but the disk has
    std::function<std::optional<std::uint32_t>(FileId)> line_count;  ///< lines of a text file
    /// Bytes of a file that was parsed, empty for others; and of any file of the tree.
    std::function<std::string_view(FileId)> bytes;
    std::function<std::optional<std::string>(FileId)> read;
    /// Paths that the history of the repository deletes; may be empty.
    std::function<std::vector<std::string>()> deleted_paths;
    /// The project before the change that is looked at, if there is one: its pages are asked for,
    /// so it needs no facts.
    const ProjectIndex* before = nullptr;
};

class ProjectIndex {
  public:
    explicit ProjectIndex(const IndexInput& input);
    ~ProjectIndex();
    ProjectIndex(const ProjectIndex&) = delete;
    ProjectIndex& operator=(const ProjectIndex&) = delete;

    [[nodiscard]] const FileTree& tree() const { return *input_.tree; }
    [[nodiscard]] const Detected& detected() const { return *input_.detected; }
    [[nodiscard]] const FileFacts& facts(FileId file) const { return input_.facts[file]; }
    [[nodiscard]] const Settings& settings(FileId file) const { return *input_.settings[file]; }
    /// The project before the change that is looked at; null where none is.
    [[nodiscard]] const ProjectIndex* before() const { return input_.before; }
    [[nodiscard]] std::optional<std::uint32_t> line_count(FileId file) const;
    /// Bytes of any file of the tree, read again if it was not parsed.
    [[nodiscard]] std::optional<std::string> text(FileId file) const;

    /// The documents of a site, by its position in detected().sphinx, sorted by name; valid as long
    /// as the index.
    [[nodiscard]] std::vector<PageName> pages(std::size_t site) const;

    /// What the Python packages of the project offer; nullptr if no Python was read. Made when it
    /// is first asked for: a run on one page of Markdown has no use for it.
    [[nodiscard]] const ApiIndex* api() const;
    /// The file's position in api()->modules(), or kNoItem.
    [[nodiscard]] std::uint32_t api_module(FileId file) const;
    /// Whether pages document anything of the distribution that the file belongs to: the nearest
    /// folder around it with a pyproject.toml, setup.py or setup.cfg. True where the project has no
    /// more than one of these.
    [[nodiscard]] bool is_documented_distribution(FileId file) const;

    /// Which names of it are not there; nullptr where api() is.
    [[nodiscard]] const OwnNames* own_names() const;

    /// Programs, options of scripts, and paths that the repository once had. Never null.
    [[nodiscard]] const OwnScripts* own_scripts() const;

    /// What pages register of it; nullptr where api() is.
    [[nodiscard]] const DocsRegistry* docs() const;

    /// The site whose source folder holds the file, or nullptr.
    [[nodiscard]] const SphinxSite* site(FileId file) const;
    /// Does the file lie in a folder of templates for pages (template/, templates/, _templates/)?
    /// Its targets exist where the template is used, so they cannot be judged.
    [[nodiscard]] bool is_template(FileId file) const;
    /// Is the file a page of its site (suffix, not excluded; a script of sphinx-gallery)?
    [[nodiscard]] bool is_page(FileId file) const;

    /// Whether the file is reStructuredText that is only read inside of other pages.
    [[nodiscard]] bool is_rst_part(FileId file) const;
    /// A page or part that includes the file, the first by path, or kNoFile.
    [[nodiscard]] FileId includer_of(FileId file) const {
        return included_by_[file].empty() ? kNoFile : included_by_[file].front();
    }
    /// Does another page include the file?
    [[nodiscard]] bool is_included(FileId file) const { return !included_by_[file].empty(); }
    /// What a page consists of besides itself: the files that it includes as text, near and far, in
    /// the order in which they are found. `known` is set to whether all of them were read.
    [[nodiscard]] std::vector<FileId> parts_of(FileId page, bool& known) const;

    /// The file or page behind the path of a link or image; the fragment is not looked at.
    /// `base` = the page whose folder relative targets are taken from (an including page), else
    /// the file itself.
    [[nodiscard]] Verdict resolve_path(FileId from, const Reference& reference,
                                       FileId base = kNoFile) const;
    /// The fragment of a reference whose path resolved to verdict.file().
    [[nodiscard]] Verdict resolve_fragment(FileId from, const Reference& reference,
                                           const Verdict& path) const;
    /// A Sphinx document name: {doc}, toctree entries, `:link-type: doc`. `entry` allows a suffix
    /// and globs as toctrees do.
    [[nodiscard]] Resolution resolve_document(FileId from, std::string_view name, bool entry,
                                              bool glob) const;
    /// What a role of Sphinx' std or math domain names: ref, numref, keyword, term, option, envvar,
    /// confval, token, eq. `file` is the page that has it. Missing with a `file`: the name is
    /// there, but not for this role, and `why` says so. not_applicable outside of Sphinx sites and
    /// for other roles.
    [[nodiscard]] Resolution resolve_name(FileId from, const Reference& reference) const;
    /// What a role of Sphinx' py domain names (py:func, or func where py is the default domain),
    /// and `any`, on a page. `place`: what completes the name there. not_applicable outside of
    /// Sphinx sites and for other roles.
    [[nodiscard]] Resolution resolve_object(FileId page, const Reference& reference,
                                            const ObjectPlace& place) const;
    /// Whether the site asks inventories for documents that are named without a project: it says
    /// which types it does not ask for (intersphinx_disabled_reftypes), and they are none of them.
    [[nodiscard]] bool asks_for_documents(FileId page) const;
    /// external:py:func and its like, and external+name:py:func, which names the inventory.
    [[nodiscard]] Resolution resolve_external(FileId page, const Reference& reference) const;
    /// `[text](guide:install)` of MyST, where a label of the site begins with `guide:` and no
    /// scheme of URLs that MyST knows does. not_applicable for other targets and other pages.
    [[nodiscard]] Resolution resolve_colon_label(FileId page, const Reference& reference) const;
    /// `inv:key:domain:type#name` of MyST, an object in the inventory of another project.
    /// not_applicable for other targets and other pages.
    [[nodiscard]] Resolution resolve_inventory_link(FileId page, std::string_view target) const;
    /// A document that `doc` names and the site lacks, in the inventories: found or missing if they
    /// are all given, else unknown. `key:name` asks one.
    [[nodiscard]] Resolution resolve_foreign_document(FileId page, std::string_view name) const;
    /// The registered object that ends with a name, or the end of one that is nearest to it and has
    /// as many parts, or "".
    [[nodiscard]] std::string suggest_object(std::string_view name) const;
    /// The nearest name for a wrong one, or "".
    [[nodiscard]] std::string suggest_name(FileId from, const Reference& reference) const;
    /// Another page with a label of that name, of which Sphinx keeps one, or kNoFile.
    [[nodiscard]] FileId duplicate_of(FileId file, const Label& label) const;
    /// The page, perhaps the same, with an earlier heading of the same title, of which
    /// autosectionlabel makes the same label; or kNoFile.
    [[nodiscard]] FileId duplicate_of(FileId file, const Heading& heading) const;
    /// Whether a toctree has the page: missing if none has it and it does not say that it wants
    /// none. not_applicable for what is no page of a Sphinx site.
    [[nodiscard]] Resolution toctree_of(FileId page) const;
    /// Whether the pages are in each other's toctrees, near or far, so that neither is above the
    /// other; of one page, whether it is in a toctree of its own.
    [[nodiscard]] bool in_toctree_loop(FileId page, FileId entry) const;
    /// {include}, {literalinclude}, Jekyll include_relative.
    [[nodiscard]] Resolution resolve_include(FileId from, const Reference& reference) const;
    /// A page of the own site given by its URL (project.site, html_baseurl, site_url), or
    /// not_applicable when the URL is not of an own site.
    [[nodiscard]] Resolution resolve_own_url(std::string_view url) const;
    /// A blob/tree/raw/edit URL of the own repository against the tree. `why` names the line when
    /// only the line is missing. not_applicable for other URLs, unknown for other branches.
    [[nodiscard]] Resolution resolve_repository_url(std::string_view url) const;
    /// Redirect of the own site for this document, as a document path relative to the source
    /// folder; empty if none.
    [[nodiscard]] std::string redirect_of(FileId from, std::string_view target) const;

    /// A relative path from `from` that names a file with the same last component, or the nearest
    /// name in the same folder; "" if there is no single good candidate.
    /// `from` kNoFile: relative to the root.
    [[nodiscard]] std::string suggest_path(FileId from, std::string_view missing_path,
                                           std::string_view written) const;
    /// The nearest anchor of a page, or "".
    [[nodiscard]] std::string suggest_anchor(FileId page, std::string_view fragment,
                                             bool for_site) const;
    /// The nearest document name for a wrong one, as it would be written in `from`, or "".
    [[nodiscard]] std::string suggest_document(FileId from, std::string_view name) const;

  private:
    struct Page {          // a document of a site
        std::string name;  // docname
        FileId file;
        bool generated;  // made by sphinx-gallery from a script
    };
    /// Why names of a site may exist that nobody sees.
    static constexpr std::string_view kLostInclude =
        "a label in an included file that cannot be found";
    struct Site {
        const SphinxSite* spec;
        std::vector<Page> pages;                             // sorted by name
        std::vector<std::pair<std::string, FileId>> labels;  // lower case, sorted
        SiteNames names;
        std::string open_names;          // why names may exist that we cannot see; "" if not
        std::vector<std::uint8_t> live;  // by FileId: a page, or included by one
        // autosectionlabel: whether there is one, and how.
        bool section_labels = false;
        /// Inventories that nobody sees: conf.py computes them, or an extension may name them.
        bool open_intersphinx = false;
        bool section_prefix = false;
        std::uint8_t section_depth = 255;
        std::vector<std::uint32_t> page_of;  // by FileId: position in pages, or ~0
        /// Folders into which extensions write pages, relative to the source folder; and whether
        /// they write some into others.
        std::vector<std::string> generated_folders;
        bool generated_anywhere = false;
        bool has_toctree = false;
        bool open_toctrees = false;  // there are entries that we do not see
    };
    struct Anchors {
        std::vector<std::string> github;  // sorted
        std::vector<std::string> site;    // sorted: what the site's links may name
        std::vector<std::string>
            automatic;      // sorted: section ids that only the site's builder makes of headings
        bool open = false;  // more may exist in the built page
    };

    /// Where nothing says which repository or site this is, the pages themselves do: the one whose
    /// addresses in them mostly name files and pages of this tree.
    mutable std::once_flag notebooks_read_;
    mutable NotebookWords notebook_words_;  // read when a label is missing
    struct Api;                             // what api(), docs(), api_module() and own_names() need
    /// The last parts of a name that pages register.
    struct NameTail {
        std::string_view text;
        std::uint64_t letters = 0;  // letters_of(text)
    };
    /// Of each registered name the last `dots` + 1 parts, or all of it; by size.
    [[nodiscard]] std::span<const NameTail> object_tails(std::size_t dots) const;
    const Api& built_api() const;
    void infer_repository();
    void infer_sites();
    void infer_mkdocs_sites();
    void build();
    void build_sites();
    void build_anchors();
    /// Includes are resolved here once, for what an including page inherits.
    void build_includes();
    /// Pages and parts that include the part, near and far.
    [[nodiscard]] std::vector<FileId> pages_with(FileId part) const;
    void build_labels();
    void build_names(Site& site);
    /// Whether the text of a page that was not read could define a name.
    [[nodiscard]] bool may_label(const Site& site, FileId file) const;
    /// Whether a label may be in a part of a notebook that is not read: its text is there.
    [[nodiscard]] bool may_stand_in_notebook(const std::string& key) const;
    /// The label that autosectionlabel makes of a heading, "" if none.
    [[nodiscard]] std::string section_label(const Site& site, FileId file,
                                            const Heading& heading) const;
    void add_gallery_labels(Site& site) const;
    void build_toctrees();
    /// Finds the loops among `entries`, the pages in the toctrees of each page.
    void find_toctree_loops(const std::vector<std::vector<FileId>>& entries);
    void mark_live(Site& site) const;
    [[nodiscard]] Resolution resolve_name_in(const Site& site, FileId from,
                                             const Reference& reference) const;
    /// The `program` that options belong to where the reference stands.
    [[nodiscard]] std::string_view program_at(FileId file, const Reference& reference) const;
    /// The page with an option that is named together with a value or a program, or kNoFile.
    [[nodiscard]] static FileId find_option(const Site& site, std::string_view program,
                                            std::string_view target);
    /// Whether a name that no page has is missing or unknown. `untitled`: a page has the label
    /// without a title; `elsewhere`: a file has it that is no page.
    [[nodiscard]] Resolution why_absent(const Site& site, LabelKind kind, std::string_view role,
                                        const std::string& key, const SiteName* untitled,
                                        const SiteName* elsewhere) const;
    /// Whether a label of the site is as good as the same, so that no inventory need be asked.
    [[nodiscard]] static bool is_slip_of_label(const Site& site, std::string_view name);
    /// Whether an inventory that intersphinx_mapping names has something of that type
    /// ("std:label"). maybe: one is not given, or not all of it, or nobody knows which there are.
    enum class Foreign : std::uint8_t { absent, found, maybe };
    /// `always`: MyST and `external:` ask whatever intersphinx_disabled_reftypes says.
    [[nodiscard]] Foreign find_foreign(const Site& site, std::string_view type,
                                       std::string_view name, bool always = false) const;
    /// Whether inventories may be asked that conf.py does not list.
    [[nodiscard]] bool may_have_more_inventories(const SphinxSite& spec) const;
    /// The registered objects that Sphinx looks at for a name, in its order; each as it would be
    /// registered.
    [[nodiscard]] std::vector<std::string> object_candidates(const std::string& name,
                                                             const ObjectPlace& place) const;
    /// What `any` finds of a name that is no object of Python: labels, terms, documents and so on.
    [[nodiscard]] Resolution resolve_any_name(const Site& site, FileId page,
                                              const std::string& name) const;
    /// Whether the name can only be one of this project's, so that no inventory need be asked.
    [[nodiscard]] bool is_own_object(const Site& site, std::string_view role, bool near,
                                     const std::string& name, const ObjectPlace& place) const;
    /// Whether the inventory of Python has the name, given or not: builtins and modules.
    [[nodiscard]] static bool is_found_in_python(const Site& site, std::string_view role,
                                                 const std::string& name);
    /// Whether the name has no module before it, as what inventories have but Python's builtins.
    [[nodiscard]] static bool is_in_no_inventory(const Site& site, std::string_view role,
                                                 const std::string& name);
    /// Whether something that only a build shows may be registered under the name.
    [[nodiscard]] bool may_have_object(bool near, const std::string& name,
                                       const std::vector<std::string>& candidates) const;
    /// Whether something of this name may be in a class or module of which only a build shows what
    /// is documented: the name stands in their sources.
    [[nodiscard]] bool may_be_below(const std::string& name) const;
    /// Whether no build can register any of these, for the code of this project has none of them.
    [[nodiscard]] bool is_absent_from_code(const std::vector<std::string>& candidates) const;
    /// Whether the code has a name nowhere but in references, and a build could not register it.
    [[nodiscard]] bool is_unwritten(const std::string& name) const;
    /// Whether the name is nearly that of an object that a page has, or of a member of a class, and
    /// nowhere in the code.
    [[nodiscard]] bool is_slip_of_object(const std::string& name) const;
    /// The site that a file is a page or a part of, or nullptr.
    [[nodiscard]] const Site* site_of(FileId file) const;
    [[nodiscard]] const Page* find_page(const Site& site, std::string_view name) const;
    /// The file that has the label (case is folded, as MyST and Sphinx do), or kNoFile.
    [[nodiscard]] static FileId find_label(const Site& site, std::string_view label);
    /// How the built page of `file` has the anchor; `open` is set when more anchors may exist.
    enum class SiteAnchor : std::uint8_t { none, section_id, named };
    [[nodiscard]] SiteAnchor site_anchor(FileId file, std::string_view fragment, bool& open) const;
    [[nodiscard]] Resolution in_repository(FileId from, std::string_view path,
                                           std::string_view folder) const;
    [[nodiscard]] Resolution in_sphinx(FileId from, const Reference& reference,
                                       const TargetParts& parts, std::string_view folder) const;
    [[nodiscard]] Resolution in_jekyll(FileId from, const Reference& reference,
                                       const TargetParts& parts, std::string_view folder) const;
    /// resolve_path() for reStructuredText, which leaves URLs as they are.
    void resolve_in_rst(FileId from, const Reference& reference, const TargetParts& parts,
                        std::string_view folder, Verdict& verdict) const;
    /// Path of the page that paths in the file are relative to: its own, or that of the page which
    /// sphinx-gallery makes of it.
    [[nodiscard]] std::string page_path(FileId file) const;
    /// Is its page written in reStructuredText?
    [[nodiscard]] bool is_rst(FileId file) const {
        return facts(file).format == Format::rst || facts(file).gallery;
    }
    /// The page of a site behind the address of what is built of it (`path` ends with .html).
    [[nodiscard]] Resolution built_page(const Site& site, const std::string& path) const;
    [[nodiscard]] Resolution in_other_site(FileId from, const TargetParts& parts,
                                           std::string_view folder) const;
    /// Why a path that is missing for a reader of the notebook's own folder may be there for
    /// another one; "" if nothing says so.
    [[nodiscard]] std::string_view other_reading(FileId notebook, const TargetParts& parts,
                                                 std::string_view folder) const;
    /// resolve_fragment() where no notebook is involved.
    [[nodiscard]] Verdict resolve_page_fragment(FileId from, const Reference& reference,
                                                const Verdict& path) const;
    [[nodiscard]] bool may_be_generated(const Site& site, std::string_view name) const;
    void find_generated_folders(Site& site) const;
    /// A path that is missing from a built site is unknown after all if its build may make it: git
    /// ignores it, or conf.py, which writes files, names it.
    [[nodiscard]] Resolution unless_made(FileId from, Resolution resolution) const;
    /// Does the page, written outside of the sources, become one of a gallery elsewhere?
    [[nodiscard]] bool may_be_copied(FileId from) const;
    /// Has the script of a gallery the file at its side that its page would need? copyfile_regex
    /// may bring it along.
    [[nodiscard]] bool lies_beside_script(FileId from, std::string_view path) const;
    /// Does a conf.py call programs whose output it does not read (check_output)? Those may write
    /// pages.
    [[nodiscard]] bool runs_programs(const std::string& conf) const;
    /// Is it the only page of its site, with a table of contents of many?
    [[nodiscard]] bool is_lone_page(FileId from, const Site& here) const;
    /// Is the tree an unpacked source release (PKG-INFO at its root), which lacks files that the
    /// repository has?
    [[nodiscard]] bool is_source_release() const;
    /// Is there a file static/`path` or public/`path`, as site generators serve from their root?
    [[nodiscard]] bool in_static_folder(std::string_view path) const;
    /// Does an extension of the file's site register objects of Python code?
    [[nodiscard]] bool has_autodoc(FileId file) const;
    /// Does the page include another one with :relative-docs:?
    void build_snippets();
    /// Is the missing target there when the page is read where it is put in or linked to?
    [[nodiscard]] bool alive_elsewhere(FileId from, std::string_view path) const;
    /// May plugins of MkDocs make the page or file?
    [[nodiscard]] bool plugins_make(std::string_view path) const;
    /// Does `path` lie outside of the book (mdBook: the folder of SUMMARY.md) that `page` is in?
    [[nodiscard]] bool leaves_book(std::string_view page, std::string_view path) const;
    /// Is `target` on page `from` an item of the Rust code of the crate that the page lies in?
    [[nodiscard]] bool is_rust_item(FileId from, std::string_view target) const;
    [[nodiscard]] bool has_doxygen() const;
    [[nodiscard]] bool includes_relative_docs(FileId page) const;
    /// found / missing / unknown for a plain path relative to the root.
    [[nodiscard]] Resolution lookup(std::string path) const;

    IndexInput input_;
    RepositoryInfo repository_;             // detected, or inferred
    std::vector<OwnSite> own_sites_;        // detected, then inferred
    std::vector<Site> sites_;               // parallel to detected().sphinx
    std::vector<std::uint8_t> is_page_;     // by FileId
    std::vector<std::uint8_t> in_toctree_;  // by FileId
    /// By FileId: number of the loop of toctrees that the page is in, 0 if in none.
    std::vector<std::uint32_t> toctree_loops_;
    std::vector<Anchors> anchors_;  // by FileId
    struct Includes {
        std::vector<FileId> files;  // in order, each once
        bool unknown = false;       // others, that cannot be resolved
    };
    std::vector<Includes> includes_;                // by FileId
    std::vector<std::vector<FileId>> included_by_;  // by FileId; each once
    std::unique_ptr<Api> api_;                      // filled by the first thread that asks
    std::vector<std::vector<FileId>> snippet_of_;   // by FileId: pages of MkDocs that take it in
};

}  // namespace docathon
