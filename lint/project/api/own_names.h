#pragma once
// OwnNames: whether a dotted name that documentation uses exists in the project's Python. Built on
// ApiIndex, which says what is there; this says what is surely not, and everything between is
// unknown: modules in C, generated files, __getattr__, names that some code of the repository
// imports or assigns without our seeing how.
//
// Borrows the index, the tree and the texts. What costs time (imports of files that were not
// parsed, words of sources) is read when the first question needs it, once, under a lock: any
// thread may ask.

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/model/facts.h"
#include "lint/model/file_tree.h"
#include "lint/project/api/api_index.h"

namespace docathon {

/// Where OwnNames looks.
struct OwnNamesInput {
    const ApiIndex* api = nullptr;
    const FileTree* tree = nullptr;
    std::span<const FileFacts> facts;  ///< by FileId
    /// Bytes of a file that was parsed; empty for others. May be null: then fewer names are
    /// missing.
    std::function<std::string_view(FileId)> bytes;
    /// Bytes of any file of the tree. May be null.
    std::function<std::optional<std::string>(FileId)> read;
    /// Do .gitignore files name the path? May be null.
    std::function<bool(std::string_view)> is_ignored;
};

struct NameVerdict {
    enum class State : std::uint8_t { found, missing, unknown };
    State state = State::unknown;
    ApiEntity entity;        ///< found: what it stands for; missing: what should have it
    std::uint32_t part = 0;  ///< missing: number of the component that is not there
    std::string suggestion;  ///< missing: the name that may be meant, or ""
    std::string_view why;    ///< unknown: the reason
};

/// How much of an answer is wanted; each needs more of the sources than the one before.
enum class NameSearch : std::uint8_t {
    presence,    ///< what the name stands for; a name that is not there is unknown, never missing
    verdict,     ///< whether it is surely missing, for which words are looked for in the sources
    suggestion,  ///< and of a missing name which one may be meant
};

class OwnNames {
  public:
    explicit OwnNames(OwnNamesInput input);
    OwnNames(const OwnNames&) = delete;
    OwnNames& operator=(const OwnNames&) = delete;

    /// Whether `name` is a package that this project publishes, and no namesake of another: it lies
    /// at the root of the repository or of a project in it, or is the outer package.
    [[nodiscard]] bool is_own(std::string_view name) const;
    /// `dotted` begins with an own package.
    [[nodiscard]] NameVerdict find(std::string_view dotted,
                                   NameSearch search = NameSearch::suggestion) const;
    /// A member of a module, a class, or an instance of the class; `dotted` may have several parts.
    [[nodiscard]] NameVerdict member(const ApiEntity& owner, std::string_view dotted,
                                     NameSearch search = NameSearch::suggestion) const;
    /// The class of the project that has this name, if there is one alone.
    [[nodiscard]] ApiEntity only_class(std::string_view name) const;
    /// Whether `package.member` is of an instance that pages call as the package: `tensordict` of
    /// TensorDict. The class has the member, or may have it.
    [[nodiscard]] bool is_instance_name(std::string_view package, std::string_view member) const;
    /// Whether the code has the name as a whole string: of a group of entry points, a logger.
    [[nodiscard]] bool is_string(std::string_view dotted) const;
    /// Whether the word stands in a Python file that was parsed, be it in a comment or a docstring,
    /// but for roles that refer to it (`.name`, :func:`name`).
    [[nodiscard]] bool is_written(std::string_view word) const;
    /// Whether the word stands anywhere in one of these files, which are always the same ones.
    [[nodiscard]] bool stands_in(std::span<const FileId> files, std::string_view word) const;
    /// The member of a class that `name` is a slip of, where the class may have others: one edit
    /// away, of a word that the code has nowhere. "" if there is none.
    [[nodiscard]] std::string slip_of_member(const ApiEntity& owner, std::string_view name) const;
    /// Whether an own package has the name at its top: `pkg.name`.
    [[nodiscard]] bool is_exported(std::string_view name) const;

  private:
    struct Step;
    void find_roots();
    [[nodiscard]] Step child(const Step& from, std::string_view name, NameSearch search) const;
    void walk(Step from, std::string_view dotted, std::uint32_t part, NameSearch search,
              NameVerdict& out) const;
    [[nodiscard]] bool some_code_imports(const std::string& dotted) const;
    void scan_imports(std::string_view text) const;
    /// Whether the module, or one of which it imports all names, writes into its own dictionary.
    [[nodiscard]] bool makes_names(std::uint32_t module) const;
    /// Whether the module has no __getattr__, or one that knows the names that it answers: all else
    /// raises an AttributeError.
    [[nodiscard]] bool answers_few(std::uint32_t module) const;
    /// Whether some code sets an attribute of this name of anything, or has it as a whole string
    /// (setattr()).
    [[nodiscard]] bool is_put(std::string_view name) const;
    /// Classes by name. Under the lock.
    void read_classes() const;
    using Memory = std::map<std::string, bool, std::less<>>;
    template <typename Find>
    bool remembered(Memory& memory, std::string_view key, const Find& find) const;
    template <typename Fits>
    bool stands_in_code(std::string_view wanted, bool galleries, const Fits& fits) const;
    /// Whether the body of a class gives its instances members by names that are computed, or has a
    /// __getattr__ that nobody else sees.
    [[nodiscard]] bool sets_members(const ApiEntity& owner) const;
    /// Members of a class and its bases, and what its methods set of the instance, without those
    /// that begin with an underscore; sorted.
    [[nodiscard]] const std::vector<std::string_view>& member_names(const ApiEntity& owner) const;
    /// Whether the word stands in the file's code, outside of docstrings and comments.
    [[nodiscard]] bool has_word(FileId file, std::string_view word) const;
    /// Whether it does in any Python file that was parsed.
    [[nodiscard]] bool has_word_anywhere(std::string_view word) const;
    /// The shortest public name of a definition, else the one it is defined under.
    [[nodiscard]] std::string public_name(const ApiEntity& entity, std::string_view name) const;
    [[nodiscard]] std::string suggest_in(const Step& owner, std::string_view name) const;

    OwnNamesInput input_;
    /// First component of own names -> folder that holds it ("" = the root of the tree).
    std::map<std::string, std::string, std::less<>> roots_;
    std::vector<std::uint32_t> by_file_;  // module of a file, or kNoItem
    mutable std::mutex lock_;
    mutable std::map<std::string_view, ApiEntity> classes_;  // kind unknown: several
    mutable bool imports_read_ = false;
    mutable std::set<std::string, std::less<>> imported_;  // by any code: a.b, a.b.c
    mutable std::map<std::string, bool, std::less<>> words_;
    mutable Memory strings_, put_, written_, standing_;
    mutable std::map<std::uint32_t, bool> made_;
    mutable std::map<std::pair<std::uint32_t, std::uint32_t>, bool> sets_;  // by module, class
    mutable std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::string_view>>
        member_names_;  // likewise
};

}  // namespace docathon
