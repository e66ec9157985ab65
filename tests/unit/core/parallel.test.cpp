#include "chokepoint/core/parallel.hpp"
#include "support/catch.hpp"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

using namespace chokepoint::core;

TEST_CASE("each row is covered once, in blocks that do not depend on the threads")
{
    const int n_threads = GENERATE(1, 2, 8);
    const std::size_t n = GENERATE(0U, 1U, 63U, 64U, 65U, 10007U);
    CAPTURE(n_threads, n);
    const std::size_t grain = 64;
    std::vector<int> visits(n, 0);  // a row has one owner: no lock
    std::vector<std::size_t> block_end(n / grain + 1, 0);
    with_threads(n_threads, [&] {
        parallel_for(n, grain, [&](std::size_t begin, std::size_t end) {
            for (std::size_t row = begin; row < end; ++row) ++visits[row];
            block_end[begin / grain] = begin % grain == 0 ? end : 0;
        });
    });
    CHECK(visits == std::vector<int>(n, 1));
    for (std::size_t begin = 0; begin < n; begin += grain) {
        REQUIRE(block_end[begin / grain] == std::min(n, begin + grain));
    }
}

TEST_CASE("loops nest")
{
    std::vector<int> visits(40 * 1000, 0);
    with_threads(8, [&] {
        parallel_for(40, 1, [&](std::size_t first, std::size_t last) {
            for (std::size_t member = first; member < last; ++member) {
                parallel_for(1000, 16, [&, member](std::size_t begin, std::size_t end) {
                    for (std::size_t row = begin; row < end; ++row) ++visits[member * 1000 + row];
                });
            }
        });
    });
    CHECK(visits == std::vector<int>(40 * 1000, 1));
}

TEST_CASE("as many threads work as were asked for, also beyond the number of cores")
{
    // Each block waits until all eight are inside at once, for at most 20 s.
    const int n_threads = GENERATE(1, 8);
    std::atomic<int> inside = 0;
    std::atomic<int> most = 0;
    with_threads(n_threads, [&] {
        parallel_for(static_cast<std::size_t>(n_threads), 1, [&](std::size_t, std::size_t) {
            const int now = ++inside;
            if (now == n_threads) most = now;
            const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
            while (most < n_threads && std::chrono::steady_clock::now() < give_up) std::this_thread::yield();
            --inside;
        });
    });
    CHECK(most == n_threads);
}

TEST_CASE("one thread means the caller's thread alone")
{
    const auto caller = std::this_thread::get_id();
    int elsewhere = 0;
    with_threads(1, [&] {
        parallel_for(1000, 1, [&](std::size_t, std::size_t) {
            elsewhere += std::this_thread::get_id() == caller ? 0 : 1;
        });
    });
    CHECK(elsewhere == 0);
}

TEST_CASE("what the body throws reaches the caller")
{
    CHECK_THROWS_AS(with_threads(2,
                                 [] {
                                     parallel_for(1000, 1, [](std::size_t begin, std::size_t) {
                                         if (begin == 500) throw std::runtime_error("row 500");
                                     });
                                 }),
                    std::runtime_error);
    CHECK(default_threads() >= 1);
}
