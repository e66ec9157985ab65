// What a maker, trader or importer did in the week, and why it did not do more.

#include "explain_result.hpp"

#include "format.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace chokepoint::cli {

namespace {

constexpr double kNearCapacity = 0.9;
constexpr double kAtCapacity = 0.98;  // of it, rounding and drawn capacities apart
constexpr double kLess = 0.95;        // of the first week
constexpr double kMore = 1.05;

struct Place {
    Part part;
    const char* text;
};
constexpr std::array<Place, 5> kHeld{{{Part::kInReview, "in review"}, {Part::kNotFiled, "without an application yet"},
                                      {Part::kPaused, "for clients refused in principle, for whom it applies again only after a pause"},
                                      {Part::kLicensed, "licensed and not shipped"}, {Part::kAtCustoms, "held at customs"}}};

double beyond(const SourceSlice& clients, Part part)
{
    const auto p = static_cast<std::size_t>(part);
    return std::max(0.0, clients.at[p] - clients.usual[p]);
}

// Orders of its clients that a measure holds beyond the first week [t].
double held(const SourceSlice& clients)
{
    double sum = 0;
    for (const Place& place : kHeld) sum += beyond(clients, place.part);
    return clients.control < 0 ? 0 : sum;
}

bool worth_telling(const SellerSlice& s, const SourceSlice& clients)
{
    return held(clients) > kWorthNaming * std::max(s.usual_output, s.output.median);
}

// "12 t of orders of its clients wait under mofcom_18, more than in the first week: 8 t in review, 4 t not filed."
std::string held_text(const SliceAxes& axes, const SellerSlice& s)
{
    std::string out;
    for (const SourceSlice& clients : s.clients) {
        if (!worth_telling(s, clients)) continue;
        std::vector<std::string> parts;
        for (const Place& place : kHeld) {
            if (beyond(clients, place.part) >= kWorthNaming * held(clients))
                parts.push_back(fmt::format("{} t {}", number_text(clients.at[static_cast<std::size_t>(place.part)]), place.text));
        }
        out += fmt::format(" Orders of its clients wait under {}, {} t more than in the first week: {}{}.", axes.controls[static_cast<std::size_t>(clients.control)],
                           number_text(held(clients)), fmt::join(parts, ", "),
                           clients.refused > 0 ? fmt::format("; {} t were refused in the last four weeks", number_text(clients.refused)) : "");
    }
    return out;
}

double wanted_of(const SellerSlice& s) { return s.output.median + s.output_short.median; }

// Whether more of an input would hardly have let it make more.
bool is_near_capacity(const SellerSlice& s) { return s.capacity.median > 0 && s.output.median >= kNearCapacity * s.capacity.median; }

std::string capacity_text(const SliceAxes& axes, const SellerSlice& s, bool lacking)
{
    if (lacking)
        return fmt::format(" It made {} of the {} t of its capacity in the week, so more of an input would have added {} t at most.", number_text(s.output.median),
                           number_text(s.capacity.median), number_text(std::max(0.0, s.capacity.median - s.output.median)));
    if (!(s.capacity.median > 0)) return " No input lacked in the median.";
    const double used = s.output.median / s.capacity.median, kept = s.usual_capacity > 0 ? s.capacity.median / s.usual_capacity : 1;
    std::string out = used >= kAtCapacity
                          ? fmt::format(" It lacked no input: it ran at capacity, {} t in the week", number_text(s.capacity.median))
                          : fmt::format(" It lacked no input: firms of it ran at capacity, all together at {} of {} t in the week", percent_text(used),
                                        number_text(s.capacity.median));
    if (kept < kLess || kept > kMore) out += fmt::format(", which is {} of that of the first week", percent_text(kept));
    out += s.behind_since < 0 ? "." : fmt::format("; it makes less than it wants since the week of {}.", (axes.start + s.behind_since).to_string());
    if (s.owed.median == 0 && wanted_of(s) > kMore * s.usual_output)  // what it owes is told already
        out += fmt::format(" It wanted {} t for its orders and its finished stock, against {} t made in the first week.", number_text(wanted_of(s)),
                           number_text(s.usual_output));
    return out;
}

// It wanted less than it made in the first week.
std::string fewer_text(const SliceAxes& axes, const SellerSlice& s)
{
    const std::string less =
        is_behind(s) ? fmt::format(" What it wanted is {} less than what it made in the first week", percent_text(1 - wanted_of(s) / s.usual_output))
                     : fmt::format(" That is {} less than in the first week, and it wanted no more", percent_text(1 - s.output.median / s.usual_output));
    const bool waits = std::any_of(s.clients.begin(), s.clients.end(), [&](const SourceSlice& clients) { return worth_telling(s, clients); });
    if (waits) return less + "." + held_text(axes, s);
    if (s.finished.median > kMore * s.usual_finished)
        return less + fmt::format(": it still has {} t of finished goods, against {} t then.", number_text(s.finished.median), number_text(s.usual_finished));
    return less + ": it has fewer orders.";
}

std::string outages_text(const SliceAxes& axes, const Slice& slice)
{
    std::string out;
    for (const Measure& one : outages(axes, slice)) out += " Outage " + one.sentence;
    return out;
}

}  // namespace

bool is_behind(const SellerSlice& s) { return s.output_short.median > record::kShortShare * (s.output.median + s.output_short.median); }

std::string made_text(const SliceAxes& axes, const Who& who, const Slice& slice)
{
    const SellerSlice& s = *slice.seller;
    // What is owed is wanted anew every day until it is there, so a week's sum of it would count it seven times.
    const std::string less = !is_behind(s)           ? std::string("as much as it wanted but for 1 % or less")
                             : s.owed.median > 0 ? std::string("less than its clients asked for")
                                                     : fmt::format("{} t less than it wanted", number_text(s.output_short.median));
    return fmt::format("{}, {} of {} in {}, {} {} t in the week to {}, {}; it holds {} t of finished goods and owes its clients {} t.",
                       named(who), who.role == "producer" ? "a producer" : "an " + who.role, axes.seller_products[s.seller], who.region,
                       who.role == "producer" ? "made" : "passed on", number_text(s.output.median), (axes.start + slice.week_end).to_string(), less,
                       number_text(s.finished.median), number_text(s.owed.median));
}

std::string seller_reason(const SliceAxes& axes, const Slice& slice)
{
    const SellerSlice& s = *slice.seller;
    const record::MaterialSlice* lacks = scarcest(slice);
    const bool lacking = lacks != nullptr && lacks->lacked.median > record::kShortShare * lacks->need.median;
    std::string out;
    if (is_behind(s)) out = (lacking && !is_near_capacity(s) ? "" : capacity_text(axes, s, lacking)) + outages_text(axes, slice);
    return out + (wanted_of(s) < kLess * s.usual_output ? fewer_text(axes, s) : held_text(axes, s));
}

std::vector<Measure> seller_measures(const SliceAxes& axes, const Slice& slice)
{
    std::vector<Measure> out;
    const SellerSlice& s = *slice.seller;
    for (const SourceSlice& clients : s.clients) {
        if (!worth_telling(s, clients)) continue;
        const auto control = static_cast<std::size_t>(clients.control);
        out.push_back({axes.controls[control], "measure", measure_text(axes, "", slice, control)});
    }
    if (!is_behind(s)) return out;
    for (Measure& one : outages(axes, slice)) out.push_back(std::move(one));
    return out;
}

}  // namespace chokepoint::cli
