#pragma once
// Members of which a program holds very many, and that few objects have: Rare<T> takes the place of
// a pointer where std::optional<T> takes that of a T, RareText that of a pointer where std::string
// takes four. ShortText is a text of some letters without memory of its own.

#include <array>
#include <cassert>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace docathon {

/// Like std::optional<T>, as far as it goes.
template <class T>
class Rare {
  public:
    Rare() = default;
    Rare(std::nullopt_t) {}                                           // NOLINT: as of std::optional
    Rare(T value) : value_(std::make_unique<T>(std::move(value))) {}  // NOLINT: likewise
    Rare(const Rare& other) : value_(other ? std::make_unique<T>(*other) : nullptr) {}
    Rare(Rare&&) noexcept = default;
    Rare& operator=(const Rare& other) {
        if (this != &other)
            value_ = other ? std::make_unique<T>(*other) : nullptr;
        return *this;
    }
    Rare& operator=(Rare&&) noexcept = default;
    ~Rare() = default;

    [[nodiscard]] bool has_value() const { return value_ != nullptr; }
    explicit operator bool() const { return has_value(); }
    T& operator*() { return *value_; }
    const T& operator*() const { return *value_; }
    T* operator->() { return value_.get(); }
    const T* operator->() const { return value_.get(); }
    T& emplace() {
        value_ = std::make_unique<T>();
        return *value_;
    }
    void reset() { value_.reset(); }

  private:
    std::unique_ptr<T> value_;
};

/// A text that is mostly empty.
class RareText {
  public:
    RareText() = default;
    RareText& operator=(std::string_view text) {
        text_.reset();
        if (!text.empty())
            text_.emplace() = text;
        return *this;
    }
    void clear() { text_.reset(); }
    [[nodiscard]] bool empty() const { return !text_.has_value(); }
    [[nodiscard]] std::string_view text() const {
        return text_ ? std::string_view(*text_) : std::string_view();
    }
    operator std::string_view() const { return text(); }  // NOLINT: reads as a string
    friend bool operator==(const RareText& a, std::string_view b) { return a.text() == b; }

  private:
    Rare<std::string> text_;
};

/// At most N bytes, none of them NUL.
template <std::size_t N>
struct ShortText {
    std::array<char, N> bytes{};

    ShortText& operator=(std::string_view text) {
        assert(text.size() <= N);
        bytes = {};
        for (std::size_t i = 0; i < text.size() && i < N; ++i)
            bytes[i] = text[i];
        return *this;
    }
    [[nodiscard]] bool empty() const { return bytes[0] == '\0'; }
    [[nodiscard]] std::string_view text() const {
        const std::string_view all(bytes.data(), N);
        return all.substr(0, all.find('\0'));
    }
    operator std::string_view() const { return text(); }  // NOLINT: reads as a string
    friend bool operator==(const ShortText& a, std::string_view b) { return a.text() == b; }
};

}  // namespace docathon
