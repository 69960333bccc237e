#pragma once
// AnchorScanner: looks for ids in HTML that arrives in pieces, so that a page need not be kept, nor
// read further than the id. It reads tags as a browser's tokenizer does in outline: comments,
// scripts and styles hold no tags. Takes linear time, and memory for the names it looks for.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace docathon {

class AnchorScanner {
  public:
    /// The fragments of URLs to look for, as written; escapes are undone here.
    explicit AnchorScanner(const std::vector<std::string>& fragments);

    /// The next piece of the page. True when all fragments are found.
    bool feed(std::string_view piece);
    [[nodiscard]] bool found(std::size_t fragment) const { return found_[fragment]; }
    [[nodiscard]] bool all_found() const { return missing_ == 0; }
    /// The page runs scripts of unknown purpose, which may make anchors. False for generators of
    /// documentation whose scripts are known to make none (their name in <meta>, or Sphinx's own
    /// script).
    [[nodiscard]] bool may_make_anchors() const { return script_ && !known_generator_; }

  private:
    enum class State : std::uint8_t {
        text,
        tag_open,  // behind '<'
        tag_name,
        in_tag,      // between attributes
        attribute,   // in a name
        after_name,  // behind a name, before '='
        before_value,
        value,   // quoted by quote_, or not if it is 0
        markup,  // <!...> or </...>, up to '>'
        comment,
        raw,  // in <script> or <style>, up to </script
    };
    void step(char c);
    void end_attribute();
    void end_tag();
    void match(std::string_view value);

    std::map<std::string, std::vector<std::size_t>, std::less<>> wanted_;  // -> fragments
    std::vector<bool> found_;                                              // by fragment
    std::size_t missing_ = 0;
    std::size_t longest_ = 0;  // bytes of a value that are worth keeping
    State state_ = State::text;
    char quote_ = 0;
    std::string tag_;
    std::string name_;
    std::string value_;
    std::string meta_name_;
    std::string meta_content_;
    std::string tail_;  // last bytes of a comment or raw text
    bool script_ = false;
    bool known_generator_ = false;
};

}  // namespace docathon
