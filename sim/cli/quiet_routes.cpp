#include "quiet_routes.hpp"

#include "format.hpp"
#include "width.hpp"

#include "chokepoint/core/plain.hpp"
#include "chokepoint/record/variables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace chokepoint::cli {

namespace {

// The most of any member and material.
double most(const record::Axes& axes, std::span<const record::Metrics> members, std::size_t route, record::Quantity quantity)
{
    const std::size_t metric = record::MemberLayout(axes).metric_index(quantity);
    double out = 0;
    for (const auto& member : members)
        for (std::size_t product = 0; product < axes.products.size(); ++product) out = std::max(out, member[metric][route * axes.products.size() + product]);
    return out;
}

std::string why(double premium_days, double asked)
{
    if (premium_days <= 0) return "on no day on which its goods were under control did the price outside exceed what its senders ask plus duty, so nobody gained by it";
    if (asked <= 0)
        return fmt::format("there was a gain to be had on up to {}, but then its users lacked nothing, or less than a gram a day would have left, or all its senders had been caught",
                           counted_text(static_cast<std::uint64_t>(std::llround(premium_days)), "day"));
    return fmt::format("its senders were asked for up to {} t of a material, but had none to give", core::plain(asked));
}

}  // namespace

std::string quiet_routes(const record::Axes& axes, std::span<const record::Metrics> members, std::size_t width)
{
    std::string out;
    for (std::size_t route = 0; route < axes.routes.size() && !members.empty(); ++route) {
        const auto of = [&](record::Quantity quantity) { return most(axes, members, route, quantity); };
        if (of(record::Quantity::kRouteShippedTotal) > 0) continue;
        out += wrapped(fmt::format("Route {} carried nothing in any member: {}.", axes.routes[route].id, why(of(record::Quantity::kRoutePremiumDays), of(record::Quantity::kRouteAsked))), width, 2);
    }
    return out;
}

}  // namespace chokepoint::cli
