#pragma once
// For commands that end the program: what they made of a large repository need not be taken apart
// before the system takes all of it back.

#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace docathon::cli {

/// Keeps a value for as long as the program runs; its destructor is never called. Not for what must
/// be done at the end, such as removing a temporary file.
template <class T>
void keep_until_exit(T&& value) {
    // On the heap: nothing destroys it, and leak checkers see that it is still reached.
    static auto* kept = new std::vector<std::shared_ptr<void>>;
    kept->push_back(std::make_shared<std::decay_t<T>>(std::forward<T>(value)));
}

}  // namespace docathon::cli
