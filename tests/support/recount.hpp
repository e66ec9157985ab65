#pragma once
// Counts goods, orders and money again from the parts, without the engine's own sums.

#include "chokepoint/scenario/scenario.hpp"
#include "chokepoint/world/state.hpp"
#include "chokepoint/world/structure.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace chokepoint::test {

// Every gram of a product by where it is [g].
struct Goods {
    std::int64_t input_stock = 0, finished = 0, held = 0, licensed = 0, customs = 0, transit = 0;
    std::int64_t stockpiled = 0;          // in public stockpiles or bought for them
    std::int64_t covert = 0, seized = 0;  // under way on covert routes; found since the start
    [[nodiscard]] std::int64_t total() const
    {
        return input_stock + finished + held + licensed + customs + transit + stockpiled + covert + seized;
    }
};
[[nodiscard]] std::vector<Goods> recount_goods(const world::Structure& structure, const world::State& state);

// Made less used up today, by product [g]: producers' output; use by producers and buyers.
[[nodiscard]] std::vector<std::int64_t> net_output(const world::Structure& structure, const world::State& state);

// What each input is waiting for at the end of a day [g]: not yet called off, backlog, before the
// authority, licensed, at customs, under way.
[[nodiscard]] std::vector<std::int64_t> recount_on_order(const world::Structure& structure, const world::State& state);

// Name of the first bucket below zero, empty when none is.
[[nodiscard]] std::string negative_bucket(const world::State& state);

// Duty of every sailing from first principles: grams dispatched on a day, the seller's price of the
// evening before, the transit time of the lane and the rates written in the scenario. Goods flown land with the first
// ship due no sooner and count as its own. Covert goods pay
// on the mean value of what a branch let pass that day, at the rate of the origin declared; who received
// how much of them is read from the entries of the day, whose sum must be what was sent.
class DutyLedger {
  public:
    DutyLedger(const scenario::Scenario& scenario, const world::Structure& structure, const world::State& day0);
    // To be called after each day; returns duty due today by firm [1e-6 USD].
    std::vector<std::int64_t> after(int day, const world::State& state);

  private:
    using Cell = std::tuple<int, int, std::uint32_t>;  // day of arrival, day the ship left, link in buyer order
    struct Consignment {
        std::int64_t grams = 0, value = 0;  // value in 1e-6 USD
    };
    // Of the ship that leaves on a day; of the ship that goods flown on a day land with.
    [[nodiscard]] int arrival(const world::Lane& lane, int day) const;
    [[nodiscard]] int ship_of_flight(const world::Lane& lane, int day) const;
    void enter(std::size_t out, int ship, std::int64_t grams);
    void send_covert(int day, const world::State& state);
    void land_covert(int day, const world::State& state, std::vector<std::int64_t>& duty);
    [[nodiscard]] std::int64_t rate_ppm(const std::string& importer, const std::string& origin,
                                        const std::string& product, int day) const;

    const scenario::Scenario& scenario_;
    const world::Structure& structure_;
    std::vector<std::uint32_t> buyer_of_;            // [n_links] buyer order
    std::map<Cell, std::int64_t> arriving_;          // [g] one entry each
    std::vector<std::vector<double>> price_;         // [days][n_firms] of the evening before
    std::map<std::pair<std::uint32_t, int>, Consignment> covert_;  // by branch and day of arrival
};

}  // namespace chokepoint::test
