#include "support/random_supply.hpp"

#include "chokepoint/core/random.hpp"

namespace chokepoint::test {

using namespace scenario;

void add_supply(Scenario& s, std::uint64_t seed)
{
    const core::Random random(seed, 0);
    std::uint32_t next = 0;
    const auto between = [&](double low, double high) {
        return low + (high - low) * random.uniform(core::Stream::kParameter, core::entity_key("supply"), 0, next++);
    };
    const auto day = [&](double low, double high) { return s.time.start + static_cast<int>(between(low, high)); };
    Producer& maker = s.producers.front();
    maker.growth.projects = {{"plant", "", day(0, 60), static_cast<int>(between(0, 50)), between(1e4, 1e6)}};
    maker.growth.stretch = {between(1, 1.3), between(5, 60)};
    maker.growth.investment = Investment{1.1, 5, static_cast<int>(between(0, 40)), 20, 0.3};
    s.behaviour.investment_cap = 1;
    for (const Product& product : s.products) {
        if (product.id == maker.makes) maker.growth.floor = PriceFloor{product.price * between(0.8, 1.5), day(0, 60), {}};
    }
    Stockpile stockpile;
    stockpile.id = "agency";
    stockpile.region = "XBB";
    stockpile.product = maker.makes;
    stockpile.stock = between(0, 1e8);
    stockpile.cover = between(5, 40);
    stockpile.release = between(1e4, 1e7);
    for (const Buyer& buyer : s.buyers) {
        if (buyer.uses.front().product == "magnets") stockpile.serves.push_back(buyer.id);
    }
    stockpile.at_market = seed % 2 == 0;
    stockpile.refill = Refill{maker.id, between(0.9, 2), between(1e4, 1e6), 2e8, seed % 3 == 0};
    maker.growth.offtake = Offtake{"agency", between(1e5, 1e7), day(0, 40), day(60, 140)};
    s.stockpiles = {stockpile};
}

}  // namespace chokepoint::test
