#include "publish_prices.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chokepoint::dynamics {

using namespace world;

void publish_contracts(const Structure& structure, State& state)
{
    Published& published = state.published;
    const std::size_t n_products = structure.products.size();
    for (std::size_t cell = 0; cell < published.price_origin.size(); ++cell) {
        const double origin = published.price_origin[cell];
        const double outside = published.price_outside[cell % n_products];
        published.price_contract[cell] = origin + structure.parameters.contract_share * (outside - origin);
    }
}

void publish_incidence(const Structure& structure, State& state)
{
    Published& published = state.published;
    const std::size_t n_products = structure.products.size();
    std::size_t cell = 0;
    for (std::size_t e = 0; e < structure.exports_of.size(); ++e) {
        for (std::size_t region = 0; region < structure.regions.size(); ++region) {
            for (std::size_t product = 0; product < n_products; ++product, ++cell) {
                const double ln_duty =
                    state.policy.ln_duty[structure.duty_cell(region, structure.exports_of[e], product)];
                const double ln_price =
                    std::log(published.price_origin[e * n_products + product] / structure.products[product].price);
                published.exporter_bears[cell] =
                    ln_duty == 0 ? std::numeric_limits<double>::quiet_NaN() : -ln_price / ln_duty;
            }
        }
    }
}

void publish_flights(const Structure& structure, State& state)
{
    auto& flown = state.published.flown;
    std::fill(flown.begin(), flown.end(), 0);
    for (std::size_t out = 0; out < state.link.flown.size(); ++out) {
        flown[structure.lanes[structure.links.out_lane[out]].destination] += state.link.flown[out];
    }
}

}  // namespace chokepoint::dynamics
