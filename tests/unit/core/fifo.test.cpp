#include "chokepoint/core/fifo.hpp"

#include "support/catch.hpp"

#include <deque>

using chokepoint::core::Fifo;

TEST_CASE("a paged list gives back what went in, in order, while it grows and shrinks")
{
    Fifo<int> list;
    std::deque<int> expected;
    int next = 0;
    for (int round = 0; round < 200; ++round) {
        for (int i = 0; i < 17 * (round % 13); ++i) {
            list.push(next);
            expected.push_back(next++);
        }
        for (int i = 0; i < 19 * (round % 11) && !expected.empty(); ++i) {
            REQUIRE(list.front() == expected.front());
            list.pop();
            expected.pop_front();
        }
        REQUIRE(list.size() == expected.size());
        REQUIRE(list.empty() == expected.empty());
        if (!expected.empty()) REQUIRE(list.back() == expected.back());
        for (std::size_t i = 0; i < expected.size(); ++i) REQUIRE(list[i] == expected[i]);
    }
    CHECK(next > 15'000);
}

TEST_CASE("a paged list drops what is not to be kept and keeps the order")
{
    Fifo<int> list;
    for (int i = 0; i < 1000; ++i) list.push(i);
    for (int i = 0; i < 100; ++i) list.pop();
    list.keep_if([](int i) { return i % 3 == 0; });
    REQUIRE(list.size() == 300);
    for (int i = 0; i < 300; ++i) REQUIRE(list[static_cast<std::size_t>(i)] == 102 + 3 * i);
    list.push(7);
    CHECK(list.back() == 7);
    list.keep_if([](int) { return false; });
    CHECK(list.empty());
}
