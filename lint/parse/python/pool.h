#pragma once
// The pool of text of PythonFacts while it is filled: words that come again soon are kept once.

#include <array>
#include <string>
#include <string_view>

#include "lint/model/python_facts.h"

namespace docathon::python {

class Pool {
  public:
    explicit Pool(std::string& out) : out_(out) {}

    PyText keep(std::string_view text) {
        if (text.empty())
            return {};
        std::uint32_t hash = static_cast<std::uint32_t>(text.size());
        for (std::size_t i = 0; i < text.size() && i < kHashed; ++i)
            hash = hash * 31 + static_cast<unsigned char>(text[i]);
        PyText& slot = seen_[(hash ^ (hash >> 9)) % seen_.size()];
        if (slot.size == text.size() &&
            std::string_view(out_).substr(slot.begin, slot.size) == text)
            return slot;
        slot = {static_cast<std::uint32_t>(out_.size()), static_cast<std::uint32_t>(text.size())};
        out_ += text;
        return slot;
    }

  private:
    static constexpr std::size_t kHashed = 16;
    std::string& out_;
    std::array<PyText, 512> seen_{};
};

}  // namespace docathon::python
