#pragma once
// FakeFileSystem: files in memory for tests. Paths are absolute and normalized; folders exist by
// the files in them or by add_folder. Not safe to change while other threads read.

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/core/hash.h"
#include "lint/core/path.h"
#include "lint/io/files.h"

namespace docathon {

class FakeFileSystem final : public FileSystem {
  public:
    /// What is at a path.
    struct Node {
        FileKind kind = FileKind::regular;
        std::string content;             ///< bytes of a file, target of a symbolic link
        bool unreadable = false;         ///< reading or listing fails with "Permission denied"
        std::uint64_t claimed_size = 0;  ///< if not 0: the size that it says it has
    };

    explicit FakeFileSystem(std::string cwd = "/repo") : cwd_(std::move(cwd)) { add_folder(cwd_); }

    void add_file(const std::string& path, std::string bytes = {}) {
        add(path, Node{FileKind::regular, std::move(bytes), false, 0});
    }
    void add_symlink(const std::string& path, std::string target) {
        add(path, Node{FileKind::symlink, std::move(target), false, 0});
    }
    void add_folder(const std::string& path) { add(path, Node{FileKind::folder, {}, false, 0}); }
    void add(const std::string& path, Node node) {
        for (std::string_view up = dirname(path); up.size() > 1; up = dirname(up)) {
            nodes_.try_emplace(std::string(up), Node{FileKind::folder, {}, false, 0});
        }
        nodes_[path] = std::move(node);
    }
    /// The node at a path, which must exist, to be changed.
    [[nodiscard]] Node& node(const std::string& path) { return nodes_.at(path); }
    void remove(const std::string& path) { nodes_.erase(path); }
    void set_current_folder(std::string cwd) { cwd_ = std::move(cwd); }

    [[nodiscard]] Result<std::string> read_file(const std::string& path,
                                                std::uint64_t max_bytes) const override {
        const Result<std::string> real = real_path(path);
        if (!real)
            return fail(real.error().code, real.error().message, path);
        const Node& found = nodes_.at(*real);
        if (found.kind == FileKind::folder)
            return fail(ErrorCode::is_folder, "is a folder", path);
        if (found.kind != FileKind::regular) {
            return fail(ErrorCode::not_regular, "is not a regular file", path);
        }
        if (found.unreadable) {
            return fail(ErrorCode::unreadable, "cannot be opened: Permission denied", path);
        }
        const std::uint64_t size = size_of(found);
        if (size > max_bytes) {
            return fail(ErrorCode::too_large,
                        "is larger than " + std::to_string(max_bytes) + " bytes (" +
                            std::to_string(size) + ")",
                        path, size);
        }
        return found.content;
    }
    [[nodiscard]] Result<void> write_file_atomic(const std::string& path,
                                                 std::string_view bytes) override {
        const std::string full = join_path(cwd_, path);
        const FileInfo above = info_followed(std::string(dirname(full)));
        if (above.kind != FileKind::folder) {
            return fail(ErrorCode::absent, "cannot be written: its folder does not exist", path);
        }
        const Result<std::string> real = real_path(full);
        Node& target = nodes_[real ? *real : full];
        if (target.kind == FileKind::folder) {
            return fail(ErrorCode::is_folder, "is a folder, not a file to write to", path);
        }
        if (target.unreadable) {
            return fail(ErrorCode::unreadable, "cannot be written: Permission denied", path);
        }
        target.content = std::string(bytes);
        return {};
    }
    [[nodiscard]] FileInfo info(const std::string& path) const override {
        const std::string full = join_path(cwd_, path);
        if (full == "/")
            return {FileKind::folder, 0, 0};
        const Result<std::string> above = real_path(std::string(dirname(full)));
        if (!above)
            return {};
        const auto found = nodes_.find(join_path(*above, basename(full)));
        if (found == nodes_.end())
            return {};
        return {found->second.kind, size_of(found->second), 0};
    }
    [[nodiscard]] FileInfo info_followed(const std::string& path) const override {
        const Result<std::string> real = real_path(path);
        if (!real)
            return {};
        if (*real == "/")
            return {FileKind::folder, 0, 0};
        const Node& found = nodes_.at(*real);
        return {found.kind, size_of(found), 0};
    }
    [[nodiscard]] std::optional<FileStamp> stamp(const std::string& path) const override {
        const Result<std::string> real = real_path(path);
        if (!real || *real == "/" || nodes_.at(*real).kind != FileKind::regular)
            return std::nullopt;
        FileStamp stamp;
        stamp.parts[0] = hash64(nodes_.at(*real).content);
        return stamp;
    }
    [[nodiscard]] Result<std::vector<FolderEntry>> list_folder(
        const std::string& path) const override {
        const Result<std::string> real = real_path(path);
        if (!real)
            return fail(real.error().code, real.error().message, path);
        const auto self = nodes_.find(*real);
        if (self != nodes_.end() && self->second.kind != FileKind::folder) {
            return fail(ErrorCode::absent, "no such file or folder", path);
        }
        if (self != nodes_.end() && self->second.unreadable) {
            return fail(ErrorCode::unreadable, "cannot be listed: Permission denied", path);
        }
        std::vector<FolderEntry> entries;
        for (const auto& [name, node] : nodes_) {
            if (name != *real && dirname(name) == *real) {
                entries.push_back({std::string(basename(name)), node.kind});
            }
        }
        return entries;
    }
    [[nodiscard]] Result<std::string> real_path(const std::string& path) const override {
        std::string at = join_path(cwd_, path);
        for (int links = 0; links < 40; ++links) {
            // The first symbolic link on the way is replaced, then all begins again.
            bool replaced = false;
            for (std::size_t slash = 0; slash != std::string::npos && at.size() > 1;) {
                slash = at.find('/', slash + 1);
                const std::string here = at.substr(0, slash);
                const auto found = nodes_.find(here);
                if (found == nodes_.end()) {
                    return fail(ErrorCode::absent, "no such file or folder", path);
                }
                if (found->second.kind == FileKind::symlink) {
                    const std::string rest = slash == std::string::npos ? "" : at.substr(slash + 1);
                    at = join_path(join_path(dirname(here), found->second.content), rest);
                    replaced = true;
                    break;
                }
            }
            if (!replaced)
                return at;
        }
        return fail(ErrorCode::absent, "symbolic links go round in a circle", path);
    }
    [[nodiscard]] Result<std::string> read_link(const std::string& path) const override {
        const auto found = nodes_.find(join_path(cwd_, path));
        if (found == nodes_.end() || found->second.kind != FileKind::symlink) {
            return fail(ErrorCode::absent, "no such file or folder", path);
        }
        return found->second.content;
    }
    [[nodiscard]] Result<std::string> current_folder() const override { return cwd_; }

  private:
    static std::uint64_t size_of(const Node& node) {
        if (node.kind != FileKind::regular)
            return 0;
        return node.claimed_size != 0 ? node.claimed_size : node.content.size();
    }

    std::string cwd_;
    std::map<std::string, Node> nodes_;
};

}  // namespace docathon
