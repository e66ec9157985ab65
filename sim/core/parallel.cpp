#include "chokepoint/core/parallel.hpp"

#include "chokepoint/core/contract.hpp"
#include "thread_sanitizer.hpp"

#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>

#include <algorithm>

namespace chokepoint::core {

void with_threads(int n_threads, const std::function<void()>& work)
{
    const int n = n_threads > 0 ? n_threads : default_threads();
    // An arena alone would get no more workers than the machine has cores.
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(n));
    tbb::task_arena arena(n);
    HandOver hand;
    hand.give();
    arena.execute([&]() CHOKEPOINT_UNSEEN_BY_SANITIZER {
        hand.take();
        work();
        hand.give_back();
    });
    hand.take_back();
}

void parallel_for(std::size_t n, std::size_t grain, const std::function<void(std::size_t, std::size_t)>& body)
{
    CHOKEPOINT_EXPECTS(grain > 0);
    if (n <= grain) {
        if (n > 0) body(0, n);
        return;
    }
    const std::size_t n_blocks = (n + grain - 1) / grain;
    HandOver hand;
    hand.give();
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, n_blocks, 1),
        [&](const tbb::blocked_range<std::size_t>& blocks) CHOKEPOINT_UNSEEN_BY_SANITIZER {
            hand.take();
            for (std::size_t block = blocks.begin(); block != blocks.end(); ++block) {
                body(block * grain, std::min(n, (block + 1) * grain));
            }
            hand.give_back();
        },
        tbb::simple_partitioner{});
    hand.take_back();
}

int default_threads() { return tbb::info::default_concurrency(); }

}  // namespace chokepoint::core
