// ProjectIndex: what the Python of the project offers and what pages register of it.

#include "lint/project/api/api_index.h"
#include "lint/project/api/modules.h"
#include "lint/project/api/own_names.h"
#include "lint/project/api/own_scripts.h"
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
    const auto make_scripts = [&] {
        own_scripts_ = std::make_unique<OwnScripts>(
            OwnScriptsInput{api_.get(), &tree(), input_.facts, input_.read, input_.bytes, input_.deleted_paths});
    };
    if (sources.empty()) {
        make_scripts();
        return;
    }
    api_ = std::make_unique<ApiIndex>(std::move(sources));
    api_modules_.assign(tree().files().size(), kNoItem);
    for (std::uint32_t i = 0; i < api_->modules().size(); ++i)
        api_modules_[api_->modules()[i].file] = i;
    own_names_ = std::make_unique<OwnNames>(OwnNamesInput{
        api_.get(), &tree(), input_.facts, input_.bytes, input_.read, input_.is_ignored});
    make_scripts();
    std::vector<DocsPage> pages;
    for (FileId file = 0; file < tree().files().size(); ++file) {
        if (!input_.facts[file].api_directives.empty() && is_page(file))
            pages.push_back({file, &input_.facts[file], site(file)});
    }
    docs_ = std::make_unique<DocsRegistry>(pages, *api_);
}

std::uint32_t ProjectIndex::api_module(FileId file) const {
    return file < api_modules_.size() ? api_modules_[file] : kNoItem;
}

}  // namespace docathon
