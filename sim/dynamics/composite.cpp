#include "composite.hpp"

#include "landed.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint::dynamics {

namespace {

using namespace world;

constexpr double kMostTonnes = 1000;  // a unit weighs at most; near sigma = 1 one without its main source has no bound

// Sums over the sources of a slot.
struct Sources {
    double cost0 = 0;  // sum a_i c0_i
    double known = 0;  // sum w_i over those with a base share
    bool moved = false;
};

Sources sum_up(const Structure& structure, const State& state, std::uint32_t slot)
{
    Sources out;
    for (std::uint32_t in = structure.slots.link_begin[slot]; in < structure.slots.link_begin[slot + 1]; ++in) {
        const double share = state.link.share[in], base = structure.base_share(slot, in);
        out.cost0 += base * landed0(structure, state, slot, in);
        if (base > 0) out.known += share;
        out.moved = out.moved || share != base;
    }
    return out;
}

double kappa(const Structure& structure, const State& state, std::uint32_t slot, const Sources& sources)
{
    if (!sources.moved || sources.known <= 0) return 1;
    const double sigma = structure.parameters.sigma;
    const bool logarithmic = std::abs(sigma - 1) < 1e-9;
    double sum = 0;
    for (std::uint32_t in = structure.slots.link_begin[slot]; in < structure.slots.link_begin[slot + 1]; ++in) {
        const double base = structure.base_share(slot, in), share = state.link.share[in];
        if (base <= 0 || share <= 0) continue;
        const double value = base * landed0(structure, state, slot, in) / sources.cost0;
        const double ln_ratio = std::log(share / sources.known / base);
        sum += value * (logarithmic ? ln_ratio : std::exp((sigma - 1) / sigma * ln_ratio));
    }
    return std::min(kMostTonnes, logarithmic ? std::exp(-sum) : std::pow(sum, -sigma / (sigma - 1)));
}

// sum w_i c_i, of all sources.
double cost_now(const Structure& structure, const State& state, std::uint32_t slot, int day)
{
    double cost = 0;
    for (std::uint32_t in = structure.slots.link_begin[slot]; in < structure.slots.link_begin[slot + 1]; ++in) {
        const double ln_change = ln_landed_change(structure, state, slot, in, day);
        cost += state.link.share[in] * landed0(structure, state, slot, in) * (ln_change == 0 ? 1.0 : std::exp(ln_change));
    }
    return cost;
}

}  // namespace

double tonnes_per_unit(const Structure& structure, const State& state, std::uint32_t slot)
{
    return kappa(structure, state, slot, sum_up(structure, state, slot));
}

double cost0(const Structure& structure, const State& state, std::uint32_t slot) { return sum_up(structure, state, slot).cost0; }

double paid_over_base(const Structure& structure, const State& state, std::uint32_t slot, int day)
{
    return cost_now(structure, state, slot, day) / cost0(structure, state, slot);
}

double ln_landed(const Structure& structure, const State& state, std::uint32_t slot, int day)
{
    const Sources sources = sum_up(structure, state, slot);
    return std::log(kappa(structure, state, slot, sources) * cost_now(structure, state, slot, day) / sources.cost0);
}

}  // namespace chokepoint::dynamics
