#pragma once
// The names of one module while it is read, and a way to try a block and take it back: a branch
// whose condition is not known is run on a Trial, then joined with what stood before.
// Private to lint/parse/python.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/parse/python/config_reader.h"

namespace docathon::config_reader {

inline constexpr int kMaxDepth = 100;              ///< of expressions, blocks and values
inline constexpr std::size_t kMaxText = 2u << 20;  ///< bytes of a file, and of a string made

/// Work that one conf.py may cause, in small steps (a token, a node of a copied value). Used up,
/// all further values are unknown: text that doubles in each line ends here.
class Budget {
  public:
    explicit Budget(std::int64_t steps) : steps_(steps) {}
    /// False once nothing is left.
    bool take(std::size_t steps) {
        steps_ -= static_cast<std::int64_t>(steps);
        return steps_ > 0;
    }
    /// The same for the copy of a value.
    bool take_copy(const PyValue& value);
    [[nodiscard]] bool empty() const { return steps_ <= 0; }

  private:
    std::int64_t steps_;
};

/// Like equal(), but two unknowns of the same reason and line are the same: copies of one value.
[[nodiscard]] bool same(const PyValue& a, const PyValue& b);

using Names = std::map<std::string, PyValue, std::less<>>;
/// After a block: value of each name that it touched; nullopt = the name is gone.
using Changes = std::map<std::string, std::optional<PyValue>, std::less<>>;

class Scope {
  public:
    explicit Scope(Budget& budget) : budget_(budget) {}

    [[nodiscard]] const PyValue* find(std::string_view name) const;
    void set(std::string_view name, PyValue value);
    void erase(std::string_view name);
    /// For a change in place; nullptr if there is no such name.
    [[nodiscard]] PyValue* change(std::string_view name);
    [[nodiscard]] const Names& names() const { return names_; }
    [[nodiscard]] Names& names() { return names_; }

    /// Changes from here on can be taken back; trials nest.
    void begin_trial();
    /// Takes everything since begin_trial() back and says what it was.
    [[nodiscard]] Changes end_trial();

    [[nodiscard]] bool on_trial() const { return !trials_.empty(); }

    /// Joins what either of several blocks did: names become what all agree on, else unknown
    /// or known in part, for `reason`. `may_skip`: perhaps none of the blocks ran.
    void join(std::vector<Changes> blocks, bool may_skip, std::string_view reason);

  private:
    void remember(std::string_view name);
    [[nodiscard]] std::optional<PyValue> merge(const std::vector<const PyValue*>& candidates,
                                               std::string_view reason, int depth);
    [[nodiscard]] bool contains(const PyValue& list, const PyValue& part);

    Budget& budget_;
    Names names_;
    std::vector<Changes> trials_;  // values before each open trial
};

}  // namespace docathon::config_reader
