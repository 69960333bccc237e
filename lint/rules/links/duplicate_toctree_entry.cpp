// links/duplicate-toctree-entry: see rules/links/duplicate-toctree-entry.yaml.

#include <set>

#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

class DuplicateToctreeEntry final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        std::set<FileId> pages;
        const Reference* last = nullptr;
        for (const Reference& reference : context.facts.references) {
            if (reference.kind != ReferenceKind::toctree_entry)
                continue;
            // Facts do not say where a toctree ends: between two of them stands a directive, which
            // is longer than the line end and the indentation between two entries.
            constexpr std::uint32_t kLongestGap = 16;
            if (last != nullptr && reference.whole.begin > last->whole.end + kLongestGap)
                pages.clear();
            last = &reference;
            if (!is_judged(reference) || (reference.flags & reference_flag::kGlob) != 0)
                continue;
            const Resolution page =
                context.index.resolve_document(context.file, reference.target, true, false);
            if (page.state != Found::found || page.file == kNoFile ||
                pages.insert(page.file).second)
                continue;
            complete(sink.report(reference.range, "'" + reference.target +
                                                      "' is in this toctree twice, and readers "
                                                      "find it twice in the navigation"),
                     reference, "site");
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_links_duplicate_toctree_entry(const Options&) {
    return std::make_unique<DuplicateToctreeEntry>();
}

}  // namespace docathon::rules
