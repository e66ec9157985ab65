// Why need was given up: what made the inputs of a group dearer, duty by duty, and the price outside. Where need answers to
// the price outside alone, duties are left out: they are no reason.

#include "explain_duty.hpp"

#include "format.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace chokepoint::cli {

namespace {

constexpr double kMoved = 5e-4;  // of a rate, or of a price over that of day 0: what three digits show

struct Lane {  // goods at one rate
    double duty = 0, rise = 0;
    std::set<std::string> origins, layers;
};

// Goods a user has of a material by rate on the day, traders' purchases included.
std::map<std::pair<long, long>, Lane> lanes_of(const SliceAxes& axes, const ReadSeller& read, const Slice& slice, const MaterialSlice& m)
{
    std::map<std::pair<long, long>, Lane> out;
    each_source(axes, read, slice, m, [&](const SourceSlice& source, const std::string& user, const Slice& of) {
        const double first = source.duty - source.duty_rise;
        const double duty = rate_on(axes, of, source, user, m.product, slice.day).value_or(source.duty);
        if (std::abs(duty - first) <= kMoved) return;
        const Who seller = seller_of(axes, source.seller);
        Lane& lane = out[{std::lround(duty * 1e6), std::lround((duty - first) * 1e6)}];
        lane.duty = duty;
        lane.rise = duty - first;
        lane.origins.insert(seller.region);
        lane.layers.merge(layers_of(axes, seller.id, user));
    });
    return out;
}

// " (usa_on_chn.fentanyl 20 % since 2025-03-04, ...)": layers whose rate is no longer that of day 0.
std::string layers_text(const SliceAxes& axes, const Slice& slice, const Lane& lane, const std::string& product)
{
    std::vector<std::string> parts;
    for (const std::string& layer : lane.layers) {
        std::string first, now, since;
        std::vector<record::PolicyEvent> events;
        for (const auto& event : slice.history)
            if (event.kind == "duty" && event.subject == layer && rates_of(event.text, product)) events.push_back(event);
        for (const ToldEvent& event : told(events, static_cast<int>(axes.members_done))) {
            const auto rates = rates_of(event.text, product);
            if (!rates) continue;
            if (first.empty()) first = rates->first;
            now = rates->second;
            since = when_text(axes, event);
        }
        if (!now.empty() && now != first) parts.push_back(fmt::format("{} {} % since {}", layer, now, since));
    }
    return parts.empty() ? "" : fmt::format(" ({})", fmt::join(parts, ", "));
}

}  // namespace

std::vector<std::string> costs(const SliceAxes& axes, const Slice& slice, const ReadSeller& read)
{
    const bool given_up = std::any_of(slice.materials.begin(), slice.materials.end(), [](const MaterialSlice& m) { return is_short(m, m.given_up.median); });
    if (slice.seller || !given_up) return {};
    const auto buyer = static_cast<std::size_t>(std::find(axes.buyers.begin(), axes.buyers.end(), slice.user) - axes.buyers.begin());
    const bool to_duty = axes.buyer_answers_to[buyer] != "outside";
    std::vector<std::string> out;
    for (const MaterialSlice& m : slice.materials) {
        std::vector<std::string> parts;
        for (const auto& [rates, lane] : to_duty ? lanes_of(axes, read, slice, m) : std::map<std::pair<long, long>, Lane>{})
            parts.push_back(fmt::format("duty on goods of {} is {} against {}{}", fmt::join(lane.origins, ", "), rate_text(lane.duty),
                                        rate_text(lane.duty - lane.rise), layers_text(axes, slice, lane, m.product)));
        const double ratio = m.price_outside_start > 0 ? m.price_outside / m.price_outside_start : 1;
        if (std::abs(ratio - 1) > kMoved)
            parts.push_back(fmt::format("the price outside the countries that control exports is {} USD/kg against {}", number_text(m.price_outside), number_text(m.price_outside_start)));
        if (!parts.empty()) out.push_back(fmt::format("{}: {}.", named(m.title, m.product), fmt::join(parts, "; ")));
    }
    return out;
}

}  // namespace chokepoint::cli
