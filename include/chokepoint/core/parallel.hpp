#pragma once
// Parallel loops over rows. The only door to oneTBB.
//
// Blocks have a fixed grain, so how rows fall into blocks does not depend on the number of threads.
// The body owns rows [begin, end) and writes no others. Nothing is reduced across threads here:
// cross-row sums are integers, taken by the owner of the sum.

#include <cstddef>
#include <functional>

namespace chokepoint::core {

// This many threads for everything called inside `work`, even beyond the number of cores; 0 means
// all cores. What `work` throws is rethrown.
void with_threads(int n_threads, const std::function<void()>& work);

// body(begin, end) over [0, n) in blocks of `grain` rows, grain > 0; serial when n <= grain.
void parallel_for(std::size_t n, std::size_t grain,
                  const std::function<void(std::size_t, std::size_t)>& body);

[[nodiscard]] int default_threads();

}  // namespace chokepoint::core
