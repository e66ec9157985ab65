// Steps of enforcement after which a lot is found as often as before, on every route they act on.

#include "without_effect.hpp"

#include "chokepoint/core/plain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace chokepoint::world {

namespace {

using scenario::Enforcement;
using scenario::Route;
using scenario::Scenario;

constexpr double kSame = 1e-9;

bool acts_on(const Enforcement& step, const Route& route)
{
    return route.from == step.by && (route.kind == scenario::RouteKind::kUndeclared ? step.undeclared : step.reexport);
}

struct Watched {  // a route and how likely a lot on it is found so far
    const Route* route = nullptr;
    double detection = 0;  // [1]
    bool drawn = false;    // members differ
};

}  // namespace

std::vector<core::Diagnostic> enforcement_without_effect(const Scenario& scenario)
{
    const auto drawn = [&](const std::string& key) { return scenario.drawn && scenario.drawn(key); };
    std::vector<Watched> routes;
    for (const Route& route : scenario.routes) routes.push_back({&route, route.detection, drawn("routes." + route.id + ".detection.lot")});
    std::vector<const Enforcement*> steps;
    for (const Enforcement& step : scenario.enforcement) steps.push_back(&step);
    // In the order in which the engine takes them.
    std::sort(steps.begin(), steps.end(), [](const auto* a, const auto* b) { return std::tie(a->from, a->by, a->id) < std::tie(b->from, b->by, b->id); });
    std::vector<core::Diagnostic> out;
    const core::Date last = scenario.time.start + (scenario.time.horizon - 1);
    for (const Enforcement* step : steps) {
        const std::string key = "enforcement." + step->id, value = key + (step->factor ? ".factor" : ".detection");
        const bool one = step->factor && *step->factor == 1 && !drawn(value);
        bool idle = !scenario.routes.empty() && !drawn(value);
        double found = 0;
        for (Watched& watched : routes) {
            if (!acts_on(*step, *watched.route)) continue;
            const double next = step->detection ? *step->detection : std::min(1.0, watched.detection * *step->factor);
            idle = idle && !watched.drawn && std::abs(next - watched.detection) < kSame;
            // A probability that is set is the same in every member, whatever it was before.
            watched.drawn = drawn(value) || (watched.drawn && step->factor);
            found = watched.detection = next;
        }
        if ((!idle && !one) || step->from > last) continue;
        out.push_back({core::Diagnostic::Severity::kWarning, scenario.origin ? scenario.origin(key) : core::Location{}, key,
                       one             ? "multiplies by 1 x: lots are found as often as before"
                       : step->factor ? "multiplies 0 % or 100 %: lots are found as often as before"
                                      : fmt::format("lots are found as often as before, with {} %", core::plain(found * 100)),
                       step->factor ? "give it another factor, or remove it" : "give it another probability, or remove it"});
    }
    return out;
}

}  // namespace chokepoint::world
