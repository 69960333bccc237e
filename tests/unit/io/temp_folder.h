#pragma once
// TempFolder: a fresh folder for one test, removed with all that is in it at the end.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

namespace docathon {

class TempFolder {
  public:
    TempFolder() {
        std::string name = testing::TempDir() + "docathon_XXXXXX";
        const char* made = ::mkdtemp(name.data());
        EXPECT_NE(made, nullptr);
        path_ = std::filesystem::canonical(name).string();
    }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    ~TempFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] const std::string& path() const { return path_; }
    /// Absolute path of something in it.
    [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + '/' + name; }
    /// Writes a file, making its folders.
    void write(const std::string& name, const std::string& bytes = {}) const {
        const std::filesystem::path path = *this / name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream out(path, std::ios::binary);
        out << bytes;
        out.close();
        ASSERT_TRUE(out.good()) << path;
    }
    void link(const std::string& name, const std::string& target) const {
        const std::filesystem::path path = *this / name;
        std::filesystem::create_directories(path.parent_path());
        std::filesystem::create_symlink(target, path);
    }

  private:
    std::string path_;
};

}  // namespace docathon
