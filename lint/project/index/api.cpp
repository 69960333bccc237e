// ProjectIndex: what the Python of the project offers and what pages register of it.

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/core/nearest.h"
#include "lint/core/path.h"
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
    // Folders with a pyproject.toml, setup.py or setup.cfg, if there are several, and whether pages
    // document anything below each (what is in a nearer one apart).
    std::map<std::string_view, bool> distributions;
    std::mutex tails_lock;
    std::map<std::size_t, std::vector<NameTail>> tails;  // by number of dots; made when asked for

    void build(const ProjectIndex& project) {
        std::vector<ApiSource> sources;
        for (ApiModuleFile& module : project_modules(project.tree())) {
            const PythonFacts* facts = project.input_.facts[module.file].python.get();
            if (facts == nullptr)
                continue;
            const std::string_view path = project.tree().file(module.file).path;
            const std::string_view outer =
                dirname(path.substr(0, path.size() - module.shown.size()));
            sources.push_back({std::move(module.module), std::move(module.shown), module.package,
                               facts, module.file, outer});
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
        find_distributions(project.tree());
    }

    void find_distributions(const FileTree& tree) {
        for (const std::string_view name : {"pyproject.toml", "setup.py", "setup.cfg"}) {
            for (const FileId file : tree.with_name(name))
                distributions.emplace(dirname(tree.file(file).path), false);
        }
        if (distributions.size() < 2)
            return distributions.clear();
        for (const auto& [name, place] : docs->names()) {
            const ApiEntity entity = index->resolve(name);
            if (entity.module == kNoItem)
                continue;
            const FileId file = index->modules()[entity.module].file;
            if (bool* documented = distribution_of(tree.file(file).path))
                *documented = true;
        }
    }

    /// Of the nearest folder around the file that is one, or nullptr.
    [[nodiscard]] bool* distribution_of(std::string_view path) {
        while (!path.empty()) {
            path = dirname(path);
            if (const auto at = distributions.find(path); at != distributions.end())
                return &at->second;
        }
        return nullptr;
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

std::span<const ProjectIndex::NameTail> ProjectIndex::object_tails(std::size_t dots) const {
    built_api();
    const std::lock_guard lock(api_->tails_lock);
    const auto [at, fresh] = api_->tails.try_emplace(dots);
    std::vector<NameTail>& out = at->second;
    if (!fresh)
        return out;
    out.reserve(docs()->names().size());
    for (const auto& [full, place] : docs()->names()) {
        std::size_t begin = full.size();
        for (std::size_t i = 0; i <= dots && begin != std::string::npos && begin > 0; ++i)
            begin = full.rfind('.', begin - 1);
        std::string_view tail = full;
        if (begin != std::string::npos && begin < full.size())
            tail.remove_prefix(begin + 1);
        out.push_back({tail, letters_of(tail)});
    }
    std::sort(out.begin(), out.end(), [](const NameTail& a, const NameTail& b) {
        return std::pair(a.text.size(), a.text) < std::pair(b.text.size(), b.text);
    });
    return out;
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

bool ProjectIndex::is_documented_distribution(FileId file) const {
    built_api();
    const bool* const documented = api_->distribution_of(tree().file(file).path);
    return documented == nullptr || *documented;
}

std::uint32_t ProjectIndex::api_module(FileId file) const {
    const std::vector<std::uint32_t>& modules = built_api().modules;
    return file < modules.size() ? modules[file] : kNoItem;
}

}  // namespace docathon
