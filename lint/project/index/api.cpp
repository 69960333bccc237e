// ProjectIndex: what the Python of the project offers and what pages register of it.

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "lint/project/api/api_index.h"
#include "lint/project/api/modules.h"
#include "lint/project/api/own_names.h"
#include "lint/project/api/own_scripts.h"
#include "lint/project/index/project_index.h"
#include "lint/project/sphinx/docs_registry.h"

namespace docathon {

struct ProjectIndex::Api {
    std::once_flag once;
    std::unique_ptr<ApiIndex> index;
    std::unique_ptr<DocsRegistry> docs;
    std::unique_ptr<OwnNames> own_names;
    std::unique_ptr<OwnScripts> own_scripts;
    std::vector<std::uint32_t> modules;  // by FileId, if there is an index

    void build(const ProjectIndex& project) {
        std::vector<ApiSource> sources;
        for (ApiModuleFile& module : project_modules(project.tree())) {
            const PythonFacts* facts = project.input_.facts[module.file].python.get();
            if (facts == nullptr)
                continue;
            sources.push_back({std::move(module.module), std::move(module.shown), module.package,
                               facts, module.file});
        }
        const IndexInput& input = project.input_;
        if (!sources.empty())
            index = std::make_unique<ApiIndex>(std::move(sources));
        own_scripts = std::make_unique<OwnScripts>(
            OwnScriptsInput{index.get(), &project.tree(), input.facts, input.read, input.bytes,
                            input.deleted_paths});
        if (index == nullptr)
            return;
        modules.assign(project.tree().files().size(), kNoItem);
        for (std::uint32_t i = 0; i < index->modules().size(); ++i)
            modules[index->modules()[i].file] = i;
        own_names = std::make_unique<OwnNames>(OwnNamesInput{
            index.get(), &project.tree(), input.facts, input.bytes, input.read, input.is_ignored});
        std::vector<DocsPage> pages;
        for (FileId file = 0; file < project.tree().files().size(); ++file) {
            // A part of a page counts as one; what stands in docstrings, where they are shown.
            const Site* const own = project.site_of(file);
            const bool live = project.is_page(file) || (own != nullptr && own->live[file] != 0);
            const FileFacts& facts = input.facts[file];
            if (!facts.api_directives.empty() && live &&
                (facts.format != Format::python || facts.gallery))
                pages.push_back({file, &facts, own == nullptr ? project.site(file) : own->spec});
        }
        docs = std::make_unique<DocsRegistry>(
            pages, *index, input.facts, [&](const std::string& path) {
                const FileId file = project.tree().find(path);
                return file == kNoFile ? std::nullopt : project.text(file);
            });
    }
};

ProjectIndex::ProjectIndex(const IndexInput& input) : input_(input), api_(std::make_unique<Api>()) {
    build();
}

ProjectIndex::~ProjectIndex() = default;

const ProjectIndex::Api& ProjectIndex::built_api() const {
    std::call_once(api_->once, [this] { api_->build(*this); });
    return *api_;
}

const ApiIndex* ProjectIndex::api() const {
    return built_api().index.get();
}

const DocsRegistry* ProjectIndex::docs() const {
    return built_api().docs.get();
}

const OwnNames* ProjectIndex::own_names() const {
    return built_api().own_names.get();
}

const OwnScripts* ProjectIndex::own_scripts() const {
    return built_api().own_scripts.get();
}

std::uint32_t ProjectIndex::api_module(FileId file) const {
    const std::vector<std::uint32_t>& modules = built_api().modules;
    return file < modules.size() ? modules[file] : kNoItem;
}

}  // namespace docathon
