// What does not go with instant delivery, a backlog that is dropped, forecasts from output, or a composite of sources;
// and caps below what flows on day 0.

#include "decode.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::scenario {

namespace {
bool any_lane(const Scenario& scenario, bool (*test)(const Lane&)) { return std::any_of(scenario.lanes.begin(), scenario.lanes.end(), test); }
}  // namespace

void check_limit_cases(const DecodeContext& context, const Scenario& out)
{
    const auto refuse = [&](const char* key, bool there, const char* what, const char* why, const char* instead) {
        if (there) context.error(key, fmt::format("does not go with {} ({})", what, why), fmt::format("write {}, or remove {}", instead, what));
    };
    const char* transit = "delivery: transit";
    if (out.behaviour.instant_delivery) {
        const char* key = "behaviour.delivery";
        refuse(key, !out.licensing.empty(), "licensing", "goods before an authority take days", transit);
        refuse(key, any_lane(out, [](const Lane& lane) { return lane.noise_sd > 0; }), "transit.noise", "nothing is under way", transit);
        refuse(key, any_lane(out, [](const Lane& lane) { return lane.air_days > 0; }), "transit.air", "nothing is under way", transit);
        refuse(key, !out.routes.empty(), "routes", "goods on covert routes take days", transit);
        refuse(key, !out.stockpiles.empty(), "stockpiles", "goods of a stockpile take days", transit);
        refuse(key, out.behaviour.season.on, "behaviour.season", "call-offs of a season run ahead of use by the lane", transit);
    }
    if (out.behaviour.backlog_dropped)
        refuse("behaviour.backlog", !out.licensing.empty(), "licensing", "an application waits with its order", "backlog: kept");
    if (out.behaviour.output_forecast && out.behaviour.review_days != 1)
        context.error("behaviour.ordering.forecast", fmt::format("orders what one day used, but firms order every {} days", out.behaviour.review_days),
                      "write review: 1 d, or forecast: smoothed");
    if (out.behaviour.composite && out.behaviour.sigma <= 1)
        context.error("behaviour.sourcing.sigma", "is not above 1 beside rule: ces (no source could then be done without, and need would grow without end as one is lost)",
                      "write a number above 1, or rule: shares");
    const auto refuse_below_one = [&](const char* key, double cap, const char* why) {
        if (cap > 0 && cap < 1) context.error(key, fmt::format("is below 1 x ({})", why), "write 1 x or more, or 0 x to switch it off");
    };
    refuse_below_one("behaviour.dispatch_cap", out.behaviour.dispatch_cap, "what crosses a border on day 0 could not");
    refuse_below_one("behaviour.ordering.order_cap", out.behaviour.order_cap, "less would be ordered than is used on day 0");
}

}  // namespace chokepoint::scenario
