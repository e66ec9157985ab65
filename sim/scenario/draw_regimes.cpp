#include "draw_regimes.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint::scenario {

namespace {

using core::Date;
using core::Stream;

double factor_on(const Regimes& regimes, Date date)
{
    double out = 1;
    for (const RegimeDates& days : regimes.dated)
        if (days.from <= date && date < days.until) out *= days.factor;
    return out;
}

const Regime& named(const Regimes& regimes, const std::string& id)
{
    return *std::find_if(regimes.states.begin(), regimes.states.end(), [&](const Regime& state) { return state.id == id; });
}

void begin(const Regime& state, Date date, Licensing& control)
{
    control.throughput.levels.push_back({date, state.level});
    for (const auto& [region, posture] : state.toward) {
        const auto toward = std::find_if(control.toward.begin(), control.toward.end(), [&, name = region](const Toward& one) { return one.region == name; });
        if (toward == control.toward.end()) continue;
        const auto later = std::upper_bound(toward->changes.begin(), toward->changes.end(), date, [](Date day, const PostureChange& change) { return day < change.date; });
        toward->changes.insert(later, {date, posture, state.id});
    }
}

}  // namespace

void draw_regimes(Scenario& scenario, const core::Random& random)
{
    const Date end = scenario.time.start + scenario.time.horizon;
    for (Licensing& control : scenario.licensing) {
        const Regimes& regimes = control.regimes;
        if (regimes.states.empty()) continue;
        const std::uint64_t key = core::entity_key("licensing." + control.id + ".regimes");
        const Regime* now = &regimes.states[regimes.first];
        for (Date date = regimes.from; date < end && !now->to.empty(); date = date + 1) {
            double rate = 0;  // [1/d]
            for (const auto& [to, days] : now->to) rate += 1 / days;
            if (random.uniform(Stream::kRegime, key, date.days_since_epoch) >= 1 - std::exp(-rate * factor_on(regimes, date))) continue;
            double left = random.uniform(Stream::kRegime, key, date.days_since_epoch, 1) * rate;
            const std::string* next = &now->to.back().first;
            for (const auto& [to, days] : now->to) {
                left -= 1 / days;
                if (left >= 0) continue;
                next = &to;
                break;
            }
            now = &named(regimes, *next);
            begin(*now, date, control);
        }
    }
}

}  // namespace chokepoint::scenario
