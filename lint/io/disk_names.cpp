#include "lint/io/disk_names.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "lint/core/path.h"
#include "lint/core/strings.h"

namespace docathon {
namespace {

// So many questions cost about as much as a listing.
constexpr std::uint32_t kAskedOften = 8;

}  // namespace

bool DiskNames::has(std::string_view path) {
    if (!may_have(path))
        return false;
    const FileKind kind = files_->info_followed(root_ + "/" + std::string(path)).kind;
    return kind == FileKind::regular || kind == FileKind::folder;
}

bool DiskNames::may_have(std::string_view path) {
    const std::string_view name = basename(path);
    // File systems that normalize Unicode take several spellings for one name.
    if (name.empty() || name == "." || name == ".." ||
        std::any_of(name.begin(), name.end(),
                    [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
        return true;
    std::string above(dirname(path));
    const std::lock_guard lock(mutex_);
    const auto [at, added] = folders_.try_emplace(std::move(above));
    Folder& folder = at->second;
    if (folder.asked < kAskedOften && ++folder.asked == kAskedOften)
        list(at->first, folder);
    return !folder.names || folder.names->contains(ascii_lower(name));
}

void DiskNames::list(const std::string& path, Folder& folder) const {
    const Result<std::vector<FolderEntry>> entries =
        files_->list_folder(path.empty() ? root_ : root_ + "/" + path);
    if (!entries) {
        if (entries.error().code == ErrorCode::absent)
            folder.names.emplace();
        return;
    }
    folder.names.emplace();
    for (const FolderEntry& entry : *entries) {
        folder.names->insert(ascii_lower(entry.name));
    }
}

}  // namespace docathon
