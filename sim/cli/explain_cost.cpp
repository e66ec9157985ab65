// Why need was given up: what made the inputs of a group dearer, duty by duty, and the price outside. Where need answers to
// the price outside alone, duties are left out: they are no reason.

#include "explain_result.hpp"

#include "format.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace chokepoint::cli {

namespace {

using record::MaterialSlice;
using record::Slice;
using record::SliceAxes;
using record::SourceSlice;

constexpr double kMoved = 5e-4;  // of a rate, or of a price over that of day 0: what three digits show

struct Lane {  // goods at one rate
    double duty = 0, rise = 0;
    std::set<std::string> origins, layers;
};

std::set<std::string> layers_of(const SliceAxes& axes, const std::string& seller, const std::string& user)
{
    std::set<std::string> out;
    const auto at = std::find(axes.sources.begin(), axes.sources.end(), seller + ">" + user);
    if (at == axes.sources.end()) return out;
    const std::string& acts = axes.source_acts[static_cast<std::size_t>(at - axes.sources.begin())];
    for (std::size_t i = 0; i < acts.size();) {
        const std::size_t end = std::min(acts.find(", ", i), acts.size());
        const std::string one = acts.substr(i, end - i);
        if (one.starts_with("duty ")) out.insert(one.substr(5));
        i = end + 2;
    }
    return out;
}

// Goods a user has of a material by rate, traders' purchases included.
class Lanes {
  public:
    Lanes(const SliceAxes& axes, const ReadSeller& read) : axes_(axes), read_(read) {}

    void add(const std::string& user, const MaterialSlice& m)
    {
        for (const SourceSlice& source : m.sources) {
            if (!(source.base > 0)) continue;
            const Who seller = seller_of(axes_, source.seller);
            if (std::abs(source.duty_rise) > kMoved) {
                Lane& lane = found[{std::lround(source.duty * 1e6), std::lround(source.duty_rise * 1e6)}];
                lane.duty = source.duty;
                lane.rise = source.duty_rise;
                lane.origins.insert(seller.region);
                lane.layers.merge(layers_of(axes_, seller.id, user));
            }
            if (seller.role == "producer" || !seen_.insert(seller.id).second) continue;
            for (const MaterialSlice& input : read_(source.seller).materials)
                if (input.product == m.product) add(seller.id, input);
        }
    }

    std::map<std::pair<long, long>, Lane> found;

  private:
    const SliceAxes& axes_;
    const ReadSeller& read_;
    std::set<std::string> seen_;
};

// "rate 10 % becomes 34 % for magnet_std" -> {"10", "34"}; none where it is no change of rate or one of other goods.
std::optional<std::pair<std::string, std::string>> rates_of(const std::string& text, const std::string& product)
{
    static const std::string kRate = "rate ", kBecomes = " % becomes ", kGoods = " % for ";
    const std::size_t becomes = text.find(kBecomes);
    if (!text.starts_with(kRate) || becomes == std::string::npos) return std::nullopt;
    const std::size_t goods = text.find(kGoods, becomes);
    if (goods != std::string::npos && (text.substr(goods + kGoods.size()) + ",").find(product + ",") == std::string::npos) return std::nullopt;
    const std::size_t to = becomes + kBecomes.size();
    return std::pair{text.substr(kRate.size(), becomes - kRate.size()), text.substr(to, text.rfind(" %", goods) - to)};
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

std::string plain_percent(double rate) { return fmt::format("{:.4g} %", 100 * rate); }

}  // namespace

std::vector<std::string> costs(const SliceAxes& axes, const Slice& slice, const ReadSeller& read)
{
    const bool given_up = std::any_of(slice.materials.begin(), slice.materials.end(), [](const MaterialSlice& m) { return is_short(m, m.given_up.median); });
    if (slice.seller || !given_up) return {};
    const auto buyer = static_cast<std::size_t>(std::find(axes.buyers.begin(), axes.buyers.end(), slice.user) - axes.buyers.begin());
    const bool to_duty = axes.buyer_answers_to[buyer] != "outside";
    std::vector<std::string> out;
    for (const MaterialSlice& m : slice.materials) {
        Lanes lanes(axes, read);
        if (to_duty) lanes.add(slice.user, m);
        std::vector<std::string> parts;
        for (const auto& [rates, lane] : lanes.found)
            parts.push_back(fmt::format("duty on goods of {} is {} against {}{}", fmt::join(lane.origins, ", "), plain_percent(lane.duty),
                                        plain_percent(lane.duty - lane.rise), layers_text(axes, slice, lane, m.product)));
        const double ratio = m.price_outside_start > 0 ? m.price_outside / m.price_outside_start : 1;
        if (std::abs(ratio - 1) > kMoved)
            parts.push_back(fmt::format("the price outside is {} USD/kg against {}", number_text(m.price_outside), number_text(m.price_outside_start)));
        if (!parts.empty()) out.push_back(fmt::format("{}: {}.", named(m.title, m.product), fmt::join(parts, "; ")));
    }
    return out;
}

}  // namespace chokepoint::cli
