#pragma once
// NotebookWords: which words the notebooks of a tree have anywhere, their raw cells and code
// included, which are not read as pages. For the question whether one of them may define a name.

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace docathon {

class NotebookWords {
  public:
    /// The bytes of a notebook. Linear in them.
    void add(std::string_view json);
    /// A notebook that is not looked through: it may have any word.
    void add_unread() { unread_ = true; }
    /// Whether all words of the name are there; a name without words is.
    [[nodiscard]] bool may_have(std::string_view name) const;

  private:
    bool unread_ = false;
    std::set<std::string, std::less<>> words_;  // lower case, without underscores at their ends
};

}  // namespace docathon
