#include "explain_duty.hpp"

#include "format.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace chokepoint::cli {

namespace {

constexpr double kMoved = 5e-4;  // of a rate: what rate_text shows

struct Walk {
    const SliceAxes& axes;
    const ReadSeller& read;
    const OfSource& f;
    std::set<std::string> seen;

    void of(const std::string& user, const Slice& slice, const MaterialSlice& m)
    {
        for (const SourceSlice& source : m.sources) {
            if (!(source.base > 0)) continue;
            const Who seller = seller_of(axes, source.seller);
            f(source, user, slice);
            if (seller.role == "producer" || !seen.insert(seller.id).second) continue;
            const Slice above = read(source.seller);
            for (const MaterialSlice& input : above.materials)
                if (input.product == m.product) of(seller.id, above, input);
        }
    }
};

}  // namespace

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

void each_source(const SliceAxes& axes, const ReadSeller& read, const Slice& slice, const MaterialSlice& material, const OfSource& f)
{
    Walk walk{axes, read, f, {}};
    walk.of(slice.user, slice, material);
}

std::optional<double> rate_on(const SliceAxes& axes, const Slice& slice, const SourceSlice& source, const std::string& user, const std::string& product, int day)
{
    const auto layers = layers_of(axes, axes.sellers[source.seller], user);
    double rate = source.duty_week_before;
    for (const record::PolicyEvent& event : slice.history) {
        if (event.day < slice.day / 7 * 7 || event.day > day || event.kind != "duty" || !layers.contains(event.subject)) continue;
        const auto rates = rates_of(event.text, product);
        if (!rates) continue;
        if (event.members != static_cast<int>(axes.members_done)) return std::nullopt;
        rate += (std::stod(rates->second) - std::stod(rates->first)) / 100;
    }
    return rate;
}

std::vector<DutyChange> duty_changes(const SliceAxes& axes, const Slice& slice, const ReadSeller& read)
{
    std::vector<DutyChange> out;
    for (const MaterialSlice& m : slice.materials) {
        std::map<std::pair<long, long>, DutyChange> found;
        each_source(axes, read, slice, m, [&](const SourceSlice& source, const std::string& user, const Slice& of) {
            const auto after = rate_on(axes, of, source, user, m.product, slice.day), before = rate_on(axes, of, source, user, m.product, slice.day - 1);
            if (!after || !before || std::abs(*after - *before) <= kMoved) return;
            DutyChange& one = found[{std::lround(*before * 1e6), std::lround(*after * 1e6)}];
            one.before = *before;
            one.after = *after;
            one.origins.insert(seller_of(axes, source.seller).region);
        });
        for (auto& [rates, one] : found) {
            one.product = m.product;
            one.title = m.title;
            one.in_transit = m.at[static_cast<std::size_t>(record::Stand::kInTransit)].median;
            out.push_back(std::move(one));
        }
    }
    return out;
}

std::string duty_change_text(const SliceAxes& axes, const Slice& slice, const ReadSeller& read, const std::string& product, std::size_t width)
{
    std::vector<std::string> lines, under_way;
    for (const DutyChange& one : duty_changes(axes, slice, read)) {
        if (!product.empty() && one.product != product) continue;
        lines.push_back(fmt::format("{}, goods of {}: {} the day before, {} from this day on.", named(one.title, one.product), fmt::join(one.origins, ", "),
                                    rate_text(one.before), rate_text(one.after)));
        const std::string tonnes = fmt::format("{} t of {}", number_text(one.in_transit), one.product);
        if (under_way.empty() || under_way.back() != tonnes) under_way.push_back(tonnes);
    }
    if (lines.empty()) return {};
    std::string out = wrapped("On this day a duty on what it buys, directly or through traders, changed:", width);
    for (const std::string& line : lines) out += wrapped("- " + line, width, 2);
    return out + wrapped(fmt::format("Duty is charged where goods enter, at the rate of that day. What was ordered before and is still under way pays the new rate when it "
                                     "arrives: at the end of the week {} were in transit to it, from all origins.", fmt::join(under_way, ", ")), width);
}

std::string rate_text(double rate) { return fmt::format("{:.4g} %", 100 * rate); }

}  // namespace chokepoint::cli
