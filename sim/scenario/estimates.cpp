#include "estimates.hpp"

#include "chokepoint/core/plain.hpp"
#include "fields.hpp"
#include "quantity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <variant>

namespace chokepoint::scenario {

namespace {

constexpr double kBan = 0.01;  // of a flow: what is left below it is next to nothing

struct Peak {
    double rise = 0;  // of the landed price over the first day of the run [1]
    core::Date date{0};
};

double rate_on(const TariffLayer& layer, core::Date date)
{
    double rate = layer.base_rate;
    for (const RatePoint& point : layer.points)
        if (point.date <= date) rate = point.rate;
    return rate;
}

// The largest rise that the layers on one product add up to.
Peak peak_of(const Tariff& tariff, const std::string& product, const Time& time)
{
    const auto total = [&](core::Date date) {
        double sum = 0;
        for (const TariffLayer& layer : tariff.layers) {
            const bool applies = layer.products.empty() || std::find(layer.products.begin(), layer.products.end(), product) != layer.products.end();
            if (applies) sum += rate_on(layer, date);
        }
        return sum;
    };
    Peak out;
    const double first = total(time.start - 1);
    for (const TariffLayer& layer : tariff.layers) {
        for (const RatePoint& point : layer.points) {
            if (point.date >= time.start + time.horizon) continue;
            const double rise = (1 + total(point.date)) / (1 + first) - 1;
            if (rise > out.rise) out = {rise, std::max(point.date, time.start)};
        }
    }
    return out;
}

Peak peak_of(const Tariff& tariff, const Scenario& scenario)
{
    Peak out;
    for (const Product& product : scenario.products) {
        const Peak peak = peak_of(tariff, product.id, scenario.time);
        if (peak.rise > out.rise) out = peak;
    }
    return out;
}

// The published range of an elasticity, "low to high" in the field table.
std::optional<std::pair<double, double>> range_of(const Field& field)
{
    const auto to = field.range.find(" to ");
    const bool published = field.basis != "assumption" && field.basis.find(' ') == std::string::npos;
    if (field.kind != FieldKind::kQuantity || field.dimension != Dimension::kBare || !published || to == std::string::npos) return std::nullopt;
    const auto low = read_number(field.range.substr(0, to)), high = read_number(field.range.substr(to + 4));
    if (!std::holds_alternative<double>(low) || !std::holds_alternative<double>(high)) return std::nullopt;
    return std::pair(std::get<double>(low), std::get<double>(high));
}

void warn_outside_range(const Node& node, const std::string& path, Report& report)
{
    for (const Entry& entry : node.entries) {
        const std::string here = join_path(path, entry.key);
        const Node& value = entry.value;
        if (value.field != nullptr && !value.is_map() && value.distribution == nullptr && value.draw < 0) {
            const auto range = range_of(*value.field);
            const double room = range ? 1e-9 * std::max(std::abs(range->first), std::abs(range->second)) : 0;
            // What stands at its off value says that nothing of the kind happens.
            if (range && value.value != 0 && (value.value < range->first - room || value.value > range->second + room))
                report.warning(value.mark, here, fmt::format("is outside {}, the range published ({})", value.field->range, value.field->basis),
                               "say in a note what it rests on");
        }
        warn_outside_range(value, here, report);
    }
}

}  // namespace

void warn_beyond_estimates(const Scenario& scenario, const Node& root, Report& report)
{
    warn_outside_range(root, "", report);
    const Behaviour& behaviour = scenario.behaviour;
    if (behaviour.fixed_shares) return;
    for (const Tariff& tariff : scenario.tariffs) {
        const Peak peak = peak_of(tariff, scenario);
        if (peak.rise <= behaviour.estimated_to) continue;
        const std::string path = "tariffs." + tariff.id;
        const double left = std::pow(1 + peak.rise, -behaviour.sigma);
        std::string problem = fmt::format("raises the landed price by {} % on {}, and behaviour.sourcing.sigma ({}) was estimated on rises of up to {} %",
                                          core::plain(peak.rise * 100), peak.date.to_string(), core::plain(behaviour.sigma), core::plain(behaviour.estimated_to * 100));
        if (left < kBan)
            problem += fmt::format("; in the long run {} % of the flow would be left beside other sources, so it amounts to a ban", core::plain(left * 100, 1));
        report.warning(mark_of_path(root, path), path, std::move(problem), "read how far sources shift as extrapolated, and try other values of sigma");
    }
}

}  // namespace chokepoint::scenario
