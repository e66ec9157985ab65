#include "chokepoint/world/authority.hpp"

#include "support/catch.hpp"

#include <utility>

using chokepoint::world::DatedLots;

namespace {
using Taken = std::vector<std::pair<std::uint32_t, std::int64_t>>;

Taken take(DatedLots& lots, int day)
{
    Taken out;
    lots.take_due(day, [&](std::uint32_t border, std::int64_t grams) { out.emplace_back(border, grams); });
    return out;
}
}  // namespace

TEST_CASE("lots come out on their day, oldest first")
{
    DatedLots lots;
    lots.push(3, 10, 500);
    lots.push(1, 10, 70);
    lots.push(2, 12, 9);
    CHECK(take(lots, 9).empty());
    CHECK(take(lots, 11) == Taken{{3, 500}, {1, 70}});
    CHECK(take(lots, 40) == Taken{{2, 9}});
}

TEST_CASE("a lot beyond 32 bits of grams loses nothing")
{
    DatedLots lots;
    const std::int64_t grams = (std::int64_t{5} << 32) + 123;  // 21 475 t
    lots.push(8, 2, grams);
    std::int64_t sum = 0;
    for (const auto& [border, part] : take(lots, 2)) {
        CHECK(border == 8);
        sum += part;
    }
    CHECK(sum == grams);
}

TEST_CASE("lots taken away before their day do not come out")
{
    DatedLots lots;
    for (std::uint32_t border = 0; border < 5; ++border) lots.push(border, 7, 100);
    std::int64_t taken = 0;
    lots.change_all([&](std::uint32_t border, std::int64_t grams) {
        if (border % 2 == 0) return grams;
        taken += grams;
        return std::int64_t{0};
    });
    CHECK(taken == 200);
    CHECK(take(lots, 7) == Taken{{0, 100}, {2, 100}, {4, 100}});
}
