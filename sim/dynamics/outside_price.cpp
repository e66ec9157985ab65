#include "outside_price.hpp"

#include "chokepoint/core/parallel.hpp"
#include "chokepoint/world/season.hpp"
#include "adapt.hpp"
#include "dispatched.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace chokepoint::dynamics {

namespace {

using namespace world;

constexpr double kFlowDays = 14;         // averaging of what is sent off [d]: licences come in batches, and trade counts weeks
constexpr double kRounding = 1e-3;      // of a day's goods: call-offs are whole grams of a review's order
constexpr std::size_t kLinkGrain = 4096;

struct Flow {  // into the regions beyond control in a day, by product [g]
    std::vector<std::int64_t> sent;
    std::vector<double> ordinary;
};

// Parts are added in the order of the links, so the sums do not depend on threads.
Flow sent_outside(const Structure& structure, const State& state, int day)
{
    const std::size_t n_products = structure.products.size();
    const std::vector<SupplyLink>& links = structure.supply_links;
    const std::size_t n_parts = (links.size() + kLinkGrain - 1) / kLinkGrain;
    std::vector<std::int64_t> sent(n_parts * n_products, 0);
    std::vector<double> ordinary(n_parts * n_products, 0.0);
    const DaySeason season(structure, day_of_calls(structure.parameters, day));
    core::parallel_for(n_parts, 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t part = begin; part < end; ++part) {
            const std::size_t last = std::min(links.size(), (part + 1) * kLinkGrain);
            for (std::size_t i = part * kLinkGrain; i < last; ++i) {
                const SupplyLink& link = links[i];
                const std::size_t cell = part * n_products + link.product;
                sent[cell] += dispatched_today(structure, state, link.out);
                ordinary[cell] += static_cast<double>(structure.links.out_base[link.out]) *
                                  season.called_today(static_cast<Seasonal>(structure.links.out_season[link.out]), link.seller);
            }
        }
    });
    Flow flow{std::vector<std::int64_t>(n_products, 0), std::vector<double>(n_products, 0.0)};
    for (std::size_t part = 0; part < n_parts; ++part) {
        for (std::size_t product = 0; product < n_products; ++product) {
            flow.sent[product] += sent[part * n_products + product];
            flow.ordinary[product] += ordinary[part * n_products + product];
        }
    }
    return flow;
}

// What public stockpiles and covert routes bring to users there counts like any other goods.
void add_other_goods(const Structure& structure, const State& state, Flow& flow)
{
    for (std::size_t s = 0; s < structure.stockpiles.size(); ++s) {
        if (structure.stockpiles[s].outside) flow.sent[structure.stockpiles[s].product] += state.stockpile[s].now.released;
    }
    for (std::size_t b = 0; b < structure.covert.branches.size(); ++b) {
        flow.sent[structure.covert.branches[b].product] += state.covert.shipped[b];
    }
}

// What users beyond the controlling regions want to hold, by product [g]; less where recipes need less.
std::vector<std::int64_t> wanted_outside(const Structure& structure, const State& state)
{
    if (state.conduct.recipe.empty()) return structure.stock_outside;
    std::vector<std::int64_t> wanted(structure.products.size(), 0);
    for (std::size_t slot = 0; slot < structure.n_slots(); ++slot) {
        const Block& block = structure.blocks[structure.firms.block[structure.slots.firm[slot]]];
        if (structure.controlling[block.region] != 0) continue;
        wanted[structure.slots.product[slot]] += wanted_stock(structure, state, slot);
    }
    return wanted;
}

struct Users {  // beyond the controlling regions, by product, of yesterday: today's sums are taken after this phase [g]
    std::vector<std::int64_t> need, ordinary, use, stock;
};

Users users_outside(const Structure& structure, const Published& published)
{
    std::vector<std::int64_t> none(structure.products.size(), 0);
    Users users{none, none, none, none};
    for (const std::uint32_t row : structure.rows_outside) {
        const std::uint32_t product = structure.rows[row].product;
        users.need[product] += published.need[row];
        users.use[product] += published.use[row];
        users.ordinary[product] += published.ordinary_need[row];
        users.stock[product] += published.stock[row];
    }
    return users;
}

}  // namespace

void set_outside_prices(const Structure& structure, int day, State& state)
{
    const Parameters& parameters = structure.parameters;
    Flow flow = sent_outside(structure, state, day);
    add_other_goods(structure, state, flow);
    const Users users = users_outside(structure, state.published);
    const std::vector<std::int64_t> wanted = wanted_outside(structure, state);
    const double refill_cap = parameters.order_cap > 0 ? parameters.order_cap - 1 : std::numeric_limits<double>::infinity();
    for (std::size_t product = 0; product < users.need.size(); ++product) {
        double& sent = state.sent_outside[product];
        double& ordinary = state.ordinary_outside[product];
        sent += (static_cast<double>(flow.sent[product]) - sent) / kFlowDays;
        ordinary += (flow.ordinary[product] - ordinary) / kFlowDays;
        const auto need = static_cast<double>(users.need[product]);
        const auto ordinary_need = static_cast<double>(users.ordinary[product]);
        if (need <= 0 || ordinary_need <= 0) continue;
        const double base = structure.products[product].price;
        double& price = state.outside_price[product];
        const auto lost = static_cast<double>(std::max<std::int64_t>(0, wanted[product] - users.stock[product]));
        double level = ordinary > 0 ? std::max(0.0, sent / ordinary) : 1.0;
        if (std::abs(level - 1) < kRounding) level = 1;
        const double asked = std::max(need, static_cast<double>(users.use[product])) +
                             std::min(lost / parameters.price_backlog_days, refill_cap * need);
        const double offered = ordinary_need * level;
        if (asked == offered && price == base) continue;
        double pressure = offered > 0 ? std::log(asked / offered) : parameters.price_clip;
        pressure = std::clamp(pressure, lost > 0 ? 0.0 : -parameters.price_clip, parameters.price_clip);
        price *= std::exp(parameters.outside_price_speed * (pressure + parameters.bid_elasticity * std::log(price / base)));
    }
}

}  // namespace chokepoint::dynamics
