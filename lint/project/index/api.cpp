// ProjectIndex: what the Python of the project offers and what pages register of it.

#include "lint/project/api/api_index.h"
#include "lint/project/api/modules.h"
#include "lint/project/index/project_index.h"
#include "lint/project/sphinx/docs_registry.h"

namespace docathon {

ProjectIndex::~ProjectIndex() = default;

void ProjectIndex::build_api() {
    std::vector<ApiSource> sources;
    for (ApiModuleFile& module : project_modules(tree())) {
        const PythonFacts* facts = input_.facts[module.file].python.get();
        if (facts == nullptr)
            continue;
        sources.push_back({std::move(module.module), std::move(module.shown), module.package, facts,
                           module.file});
    }
    if (sources.empty())
        return;
    api_ = std::make_unique<ApiIndex>(std::move(sources));
    api_modules_.assign(tree().files().size(), kNoItem);
    for (std::uint32_t i = 0; i < api_->modules().size(); ++i)
        api_modules_[api_->modules()[i].file] = i;
    std::vector<DocsPage> pages;
    for (FileId file = 0; file < tree().files().size(); ++file) {
        // A part of a page counts as one; what stands in docstrings, where they are shown.
        const Site* const own = site_of(file);
        const bool live = is_page(file) || (own != nullptr && own->live[file] != 0);
        const FileFacts& facts = input_.facts[file];
        if (!facts.api_directives.empty() && live &&
            (facts.format != Format::python || facts.gallery))
            pages.push_back({file, &facts, own == nullptr ? site(file) : own->spec});
    }
    docs_ = std::make_unique<DocsRegistry>(pages, *api_, input_.facts);
}

std::uint32_t ProjectIndex::api_module(FileId file) const {
    return file < api_modules_.size() ? api_modules_[file] : kNoItem;
}

}  // namespace docathon
