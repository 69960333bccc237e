#pragma once
// parallel_for: the one way this program uses threads. Work is numbered; each number has its own
// slot for results, so the order in which threads take numbers never shows.

#include <cstddef>
#include <functional>

namespace docathon {

/// Threads that the machine runs at once, at least 1.
[[nodiscard]] unsigned hardware_jobs();

/// Calls fn(0) .. fn(count - 1), each once, on up to `jobs` threads, the calling one included, and
/// returns when all are done. With `jobs` 0 or 1 all calls are made in order on the calling thread.
/// Fewer threads than asked are used if the system refuses more. `fn` must not throw: a throw out
/// of it ends the program.
void parallel_for(std::size_t count, unsigned jobs, const std::function<void(std::size_t)>& fn);

}  // namespace docathon
