#pragma once
// Lazy<T>: a value that is there or not, as a shared_ptr<const T> is, but may be made when somebody
// first looks at it. Copies share the value. By any thread.

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace docathon {

template <class T>
class Lazy {
  public:
    using element_type = T;

    /// Nothing.
    Lazy() = default;
    /// What `value` points at; nothing if that is null.
    Lazy(std::shared_ptr<const T> value) {  // NOLINT: a value that is here already
        if (value != nullptr) {
            state_ = std::make_shared<State>();
            state_->value = std::move(value);
        }
    }
    /// What `make` gives when it is first asked for; never null.
    explicit Lazy(std::function<std::shared_ptr<const T>()> make)
        : state_(std::make_shared<State>()) {
        state_->make = std::move(make);
    }

    explicit operator bool() const { return state_ != nullptr; }
    friend bool operator==(const Lazy& value, std::nullptr_t) { return value.state_ == nullptr; }

    /// nullptr if there is nothing.
    [[nodiscard]] const T* get() const {
        if (state_ == nullptr)
            return nullptr;
        std::call_once(state_->once, [this] {
            if (state_->make) {
                state_->value = state_->make();
                state_->make = nullptr;
            }
        });
        return state_->value.get();
    }
    const T& operator*() const { return *get(); }
    const T* operator->() const { return get(); }

  private:
    struct State {
        std::once_flag once;
        std::function<std::shared_ptr<const T>()> make;
        std::shared_ptr<const T> value;
    };
    std::shared_ptr<State> state_;
};

}  // namespace docathon
