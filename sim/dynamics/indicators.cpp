#include "indicators.hpp"

#include "chokepoint/core/plain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace chokepoint::dynamics {

using namespace world;

namespace {

double per_million(std::int64_t part, std::int64_t whole)
{
    return 1e6 * static_cast<double>(part) / static_cast<double>(whole);
}

// The layers of one product add up; of products that pay different layers, the one that pays most.
double tariff(const Structure& structure, const ConditionRow& row, const State& state)
{
    const auto& layers = structure.policy.tariffs[row.subject].layers;
    const std::int64_t* now = &state.policy.layer_ppm[state.policy.layer_begin[row.subject]];
    std::int64_t most = 0;
    for (const std::uint32_t cell : row.cells) {
        std::int64_t ppm = 0;
        for (std::size_t l = 0; l < layers.size(); ++l)
            if (std::binary_search(layers[l].cells.begin(), layers[l].cells.end(), cell)) ppm += now[l];
        most = std::max(most, ppm);
    }
    return static_cast<double>(most);
}

// Unmet need over need, summed over the window. Where nothing is needed nothing is short.
double shortage(int day, const ConditionRow& row, const Published& published, ConditionState& watch)
{
    std::int64_t need = 0, use = 0;
    for (const std::uint32_t cell : row.cells) {
        need += published.need[cell];
        use += published.use[cell];
    }
    watch.part.push(day, need - use);
    watch.whole.push(day, need);
    return watch.whole.sum == 0 ? 0.0 : per_million(watch.part.sum, watch.whole.sum);
}

// Files of yesterday's queue that are too young to be decided: joined after the latest day whose last
// working day of minimum review had come.
std::int64_t too_young(const Structure& structure, int day, const Control& control, const ConditionState& watch)
{
    std::int64_t young = 0;
    int left = control.minimum_review();
    const int oldest = std::max(0, day - static_cast<int>(watch.filed.size()) + 1);
    for (int d = day; left > 0 && d >= oldest; --d) {
        young += watch.filed[static_cast<std::size_t>(d) % watch.filed.size()];
        if (control.calendar.is_working_day(structure.start + d - 1)) --left;  // published is of the day before
    }
    return young;
}

std::optional<double> share_granted(const Structure& structure, int day, const ConditionRow& row,
                                    const Published& published, ConditionState& watch)
{
    std::int64_t granted = 0, refused = 0, filed = 0, pending = 0;
    for (const std::uint32_t region : row.cells) {
        const LicenceCounts& counts = published.licences[row.subject * structure.regions.size() + region];
        granted += counts.granted;
        refused += counts.refused;
        filed += counts.filed;
        pending += counts.in_review;
    }
    watch.part.push(day, granted);
    watch.whole.push(day, granted + refused);
    watch.filed[static_cast<std::size_t>(day) % watch.filed.size()] = filed;
    const std::int64_t young = too_young(structure, day, structure.policy.controls[row.subject], watch);
    const std::int64_t whole = watch.whole.sum + std::max<std::int64_t>(0, pending - young);
    if (whole == 0) return std::nullopt;
    return per_million(watch.part.sum, whole);
}

double price(const Structure& structure, const ConditionRow& row, const Published& published)
{
    const double now = row.cells.empty() ? published.price_outside[row.subject] : published.price_origin[row.cells[0]];
    return 1e6 * now / structure.products[row.subject].price;
}

std::optional<double> read(const Structure& structure, int day, const ConditionRow& row, const State& state,
                           ConditionState& watch)
{
    switch (row.indicator) {
        case Indicator::kTariff: return tariff(structure, row, state);
        case Indicator::kShortage: return shortage(day, row, state.published, watch);
        case Indicator::kGranted: return share_granted(structure, day, row, state.published, watch);
        case Indicator::kPrice: return price(structure, row, state.published);
        case Indicator::kFlag: return state.policy.flags[row.subject] != 0 ? 1e6 : 0.0;
        case Indicator::kDates: break;
    }
    return 1e6;
}

// Beyond the level that counts now: the first to begin, the second to go on.
bool beyond(const ConditionRow& row, double seen, bool held)
{
    if (row.indicator == Indicator::kDates) return true;
    if (row.indicator == Indicator::kFlag) return (seen > 0) != row.lowered;
    const auto level = static_cast<double>(held ? row.end_ppm : row.level_ppm);
    return row.below ? seen < level : seen > level;
}

}  // namespace

bool holds_today(const Structure& structure, const StepContext& context, const ConditionRow& row, const State& state,
                 ConditionState& watch)
{
    const bool in_time = context.day >= row.from && context.day < row.until;
    const auto seen = read(structure, context.day, row, state, watch);
    if (seen) watch.seen = *seen;
    if (!in_time || (seen && !beyond(row, *seen, watch.holds))) {
        watch.days = 0;
        watch.holds = false;
    } else if (seen) {
        ++watch.days;
        watch.holds = watch.holds || watch.days >= row.for_days;
    }
    return watch.holds;
}

std::string what_was_seen(const ConditionRow& row, const ConditionState& watch)
{
    const std::string how_long = row.for_days > 0 ? fmt::format(" for {} d", row.for_days) : "";
    if (row.indicator == Indicator::kDates) return "the date is in its range" + how_long;
    if (row.indicator == Indicator::kFlag) return fmt::format("{} is {}{}", row.name, watch.seen > 0 ? "raised" : "lowered", how_long);
    return fmt::format("{} at {} % ({} {} %{})", row.name, core::plain(watch.seen / 1e4), row.below ? "below" : "above",
                       core::plain(static_cast<double>(row.level_ppm) / 1e4), how_long);
}

}  // namespace chokepoint::dynamics
