#pragma once
// What tests of the outside world share: a fresh folder for one test, removed with all that is in
// it at the end, and variables of the environment that are as before afterwards.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <utility>

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
    [[nodiscard]] std::string operator/(const std::string& name) const {
        return path_ + '/' + name;
    }
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

/// Sets a variable of the environment for as long as it lives.
class ScopedVariable {
  public:
    ScopedVariable(std::string name, const std::string& value) : name_(std::move(name)) {
        if (const char* old = std::getenv(name_.c_str())) {
            old_ = old;
        }
        ::setenv(name_.c_str(), value.c_str(), 1);
    }
    ScopedVariable(const ScopedVariable&) = delete;
    ScopedVariable& operator=(const ScopedVariable&) = delete;
    ~ScopedVariable() {
        if (old_) {
            ::setenv(name_.c_str(), old_->c_str(), 1);
        } else {
            ::unsetenv(name_.c_str());
        }
    }

  private:
    std::string name_;
    std::optional<std::string> old_;
};

}  // namespace docathon
