// The answer in words: what is short, why, what acted on it, and what the figures are.

#include "explain_duty.hpp"
#include "explain_result.hpp"

#include "format.hpp"
#include "table.hpp"

#include "chokepoint/record/short_day.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace chokepoint::cli {

namespace {

constexpr std::array<const char*, record::kStands> kPlaces{"at the seller: rationed, or no application yet",
                                                           "waiting for a licence", "licensed, not shipped",
                                                           "held at customs", "in transit"};

std::string date_text(const SliceAxes& axes, int day) { return (axes.start + day).to_string(); }

std::string interval_text(const Interval& value)
{
    if (std::isnan(value.low)) return number_text(value.median);  // a sum of medians
    return spread_text({value.median, value.low, value.high});
}

std::string days_text(const MaterialSlice& m, double tonnes) { return m.need_a_day() > 0 ? number_text(tonnes / m.need_a_day()) : "-"; }

std::string stock_text(const MaterialSlice& m)
{
    return fmt::format("stock {} t = {} d of {}", interval_text({some(m, m.stock.median), some(m, m.stock.low), some(m, m.stock.high)}),
                       days_text(m, some(m, m.stock.median)), m.usual_need > 0 ? "first-week need" : "need");
}

std::string standing_table(const SliceAxes& axes, const MaterialSlice& m)
{
    Table table;
    table.column("where it stands", Align::kLeft);
    table.column("tonnes");
    table.column(m.usual_need > 0 ? "days of first-\nweek need" : "days of\nneed");
    table.column("first week\n[t]");
    for (std::size_t s = 0; s < record::kStands; ++s)
        table.row({kPlaces[s], interval_text(m.at[s]), days_text(m, m.at[s].median),
                   number_text(m.usual[s].median)});
    const auto four_weeks = [&](const char* what, double tonnes) {
        table.row({what, number_text(tonnes), days_text(m, tonnes), "-"});
    };
    four_weeks("refused, last four weeks", m.refused);
    four_weeks("returned for documents, last four weeks", m.returned);
    if (!axes.routes.empty()) {
        four_weeks("arrived by covert routes, all users, 28 d", m.route_arrived);
        four_weeks("seized on covert routes, all users, 28 d", m.route_seized);
    }
    return table.to_string();
}

// "12.5 % of need". What a block that sells wants to use counts orders it is behind on, so that is no need in the plain sense.
std::string of_need(const MaterialSlice& m, double part)
{
    if (!(m.need.median > 0)) return "-";
    return percent_text(part / m.need.median) + (m.usual_need > 0 ? " of what it wanted to use for new and overdue orders" : " of need");
}

std::string high_text(const SliceAxes& axes) { return fmt::format("in the {:g} % quantile", 100 * axes.quantiles.back()); }

std::string verdict(const SliceAxes& axes, const MaterialSlice& m)
{
    if (!is_short(m, m.unmet.high)) return "not short";
    if (!is_short(m, m.unmet.median))
        return fmt::format("not short in the median ({} {} t/d are unmet)", high_text(axes), number_text(m.unmet.high));
    if (!is_lacking(m)) return fmt::format("not short: {} unmet, no more than 1 %", of_need(m, m.unmet.median));
    return fmt::format("short of {} t/d, {}", interval_text(m.unmet), of_need(m, m.unmet.median));
}

std::string given_up_text(const MaterialSlice& m)
{
    if (!is_short(m, m.given_up.median)) return {};
    const double full = m.need.median + m.given_up.median;
    return fmt::format(" Beside it {} t/d of need, {}, were given up for price or duty.", interval_text(m.given_up), percent_text(m.given_up.median / full));
}

// Part of what was unmet in the week that lay in stock.
std::string idle_part(const SliceAxes& axes, const Slice& slice, const MaterialSlice& m)
{
    constexpr double kNearlyAll = 0.9;
    const MaterialSlice* scarce = scarcest(slice);
    const bool other = scarce != nullptr && scarce->product != m.product;
    if (!is_short(m, m.unmet_week.median) || !(m.lacked.median < kNearlyAll * m.unmet_week.median)) return {};
    return fmt::format(" Of {} t/d unmet in the week to {}, {} t/d were not there; the rest lay idle{}.", number_text(m.unmet_week.median),
                       date_text(axes, slice.week_end), interval_text(m.lacked), other ? " for want of " + named(scarce->title, scarce->product) : "");
}

// Firms of a group are told as one, so it may be short and hold stock.
std::string sum_text(const MaterialSlice& m)
{
    if (!(m.stock.median > m.need.median) || !is_short(m, m.lacked.median)) return {};
    return " Need, use and stock are sums over its firms: some ran short while others held stock.";
}

// "They lie idle for want of Magnets (magnet)": goods that lie in stock while the line stands.
std::string idle_text(const Slice& slice, const MaterialSlice& m)
{
    const MaterialSlice* scarce = scarcest(slice);
    const std::string why = scarce != nullptr ? "they lie idle for want of " + named(scarce->title, scarce->product)
                            : slice.seller && slice.seller->capacity.median > 0 && is_behind(*slice.seller)
                                ? "they lie idle because firms of it are at capacity"
                                : "no other input lacks in the median of the week";
    return fmt::format("{}: not lacking. {} t/d of its need are not used, though {}: {}.", named(m.title, m.product), interval_text(m.unmet),
                       "stock is" + stock_text(m).substr(5), why);
}

std::string chain_text(const SliceAxes& axes, const Who& who, const Slice& slice, const MaterialSlice& m, const ReadSeller& read, std::size_t width)
{
    std::string out;
    std::vector<std::string> told;
    const auto add = [&](const std::vector<Measure>& found, const char* opening) {
        for (const Measure& one : found) {
            if (std::find(told.begin(), told.end(), one.id) != told.end()) continue;
            told.push_back(one.id);
            out += wrapped(fmt::format("{} {} {}", opening, one.kind, one.sentence), width);
        }
    };
    add(measures(axes, who, slice, m), "The");
    const auto chain = tiers(axes, m, read);
    for (const Tier& tier : chain) {
        if (&tier == &chain.front()) out += "Behind it, seller by seller:\n";
        out += wrapped("- " + tier.text, width, 2);
    }
    for (const Tier& tier : chain) add(tier.measures, "It begins with the");
    return out;
}

std::string material_text(const SliceAxes& axes, const Who& who, const Slice& slice, const MaterialSlice& m, const ReadSeller& read,
                          std::size_t width)
{
    if (lies_idle(m)) return wrapped(idle_text(slice, m), width) + "\n";
    if (!is_lacking(m))
        return wrapped(fmt::format("{}: {}. S{}.{}", named(m.title, m.product), verdict(axes, m), stock_text(m).substr(1), given_up_text(m)), width) + "\n";
    std::string out = wrapped(fmt::format("{}: {}.", named(m.title, m.product), verdict(axes, m)), width);
    const std::string need = m.usual_need > 0 ? fmt::format("It wanted to use {} t/d for its orders, what it owes and its finished stock, in the first week {} t/d; it used",
                                                            interval_text(m.need), number_text(m.usual_need))
                                              : fmt::format("Need {} t/d, used", interval_text(m.need));
    out += wrapped(fmt::format("{} {} t/d, {}.{}", need, number_text(std::max(0.0, m.need.median - m.unmet.median)), stock_text(m),
                               sum_text(m) + idle_part(axes, slice, m) + given_up_text(m)),
                   width);
    out += wrapped(cause_sentence(axes, who, m), width);
    return out + chain_text(axes, who, slice, m, read, width) + standing_table(axes, m) + "\n";
}

std::string seller_text(const SliceAxes& axes, const Who& who, const Slice& slice, std::size_t width)
{
    if (!slice.seller) return {};
    const record::SellerSlice& s = *slice.seller;
    std::string out = fmt::format("{} {} of {} in {}. In the week to {} it {} {} t, {}. It holds {} t of finished goods "
                                  "and owes its clients {} t.",
                                  who.role == "producer" ? "A" : "An", who.role, axes.seller_products[s.seller], who.region, date_text(axes, slice.week_end),
                                  who.role == "producer" ? "made" : "passed on", interval_text(s.output),
                                  // What is owed is wanted anew every day: a week's sum of it counts it seven times.
                                  s.owed.median > 0 ? std::string("less than its clients asked for") : interval_text(s.output_short) + " t less than it wanted",
                                  interval_text(s.finished), interval_text(s.owed));
    out = wrapped(out + seller_reason(axes, slice), width);
    for (const Measure& one : seller_measures(axes, slice))
        if (one.kind == "measure") out += wrapped("The measure " + one.sentence, width);
    return out + "\n";
}

constexpr const char* kPosture = " A posture is how an authority treats the applications for one country, under the name the scenario gives it; "
                                 "throughput is what it reviews in a day.";

std::string notes(const SliceAxes& axes, const Slice& slice, std::size_t width)
{
    return wrapped(
        fmt::format(
            "Figures are medians over {}, in brackets the {:g} to {:g} % quantiles; medians of parts need "
            "not add up to the median of the whole. Where goods stand, applications, refusals and returns are "
            "weekly: the end of the week that holds the date, {}. Goods refused or returned again count "
            "again. "
            "Causes are ranked by what stands at "
            "a place beyond the first week of the run.{}",
            counted_text(axes.members_done, "member"), 100 * axes.quantiles.front(),
            100 * axes.quantiles.back(), date_text(axes, slice.week_end), axes.controls.empty() ? "" : kPosture) +
            (slice.seller ? " Need and what is unmet are means of that week; what a block that sells wants to use counts work on orders it owes and on its finished stock, so days are "
                            "counted in its need of the first week. Where goods stand is added up over sellers."
                          : " What single sellers hold is of that week too."),
        width);
}

// When it is short in the median, if not now.
std::string spell_text(const SliceAxes& axes, const Slice& slice, const Telling& telling)
{
    const auto& days = telling.short_days;
    if (days.empty()) return " In the median it never is.";
    const std::string what = slice.seller ? "in the week of " : "on ";
    std::string out = days.size() == 1 ? fmt::format(" In the median it is short once, {}{}", what, date_text(axes, days.front()))
                                       : fmt::format(" In the median it is short {} {}, first {}{} and last {}{}", slice.seller ? "in" : "on",
                                                     counted_text(days.size(), slice.seller ? "week" : "day"), what, date_text(axes, days.front()), what, date_text(axes, days.back()));
    if (telling.first_short && telling.first_short->members > 0)
        out += fmt::format("; the first short day that run and report give is {}, the median over members of the first of five in a row",
                           date_text(axes, record::whole_day(telling.first_short->day)));
    return out + ".";
}

std::string not_short_text(const SliceAxes& axes, const Who& who, const Slice& slice, const Slice& shown, const Telling& telling)
{
    std::string out = fmt::format("{} on {}: ", named(who), date_text(axes, slice.day));
    if (shown.materials.empty() && !slice.seller) return out + "it never needs any of it.";
    out += telling.product.empty() ? (slice.seller ? "not short." : "not short of anything.") : "not short of " + named(shown.materials.front().title, telling.product) + ".";
    for (const MaterialSlice& m : shown.materials)
        if (!slice.seller && m.unmet.high > record::kShortShare * m.need.median)
            out += fmt::format(" Of {}, {} t/d are unmet {}.", named(m.title, m.product), number_text(m.unmet.high), high_text(axes));
    if (slice.seller && telling.product.empty())
        out += fmt::format(" In the week to {} it {} {} t, as much as it wanted but for 1 % or less.{}", date_text(axes, slice.week_end),
                           who.role == "producer" ? "made" : "passed on", number_text(slice.seller->output.median), seller_reason(axes, slice));
    return out + spell_text(axes, slice, telling);
}

// The material most is lacking of, where another one is asked for: leaving it out of sight does not make it another.
std::string other_reason(const Slice& slice, const Telling& telling)
{
    const MaterialSlice* scarce = scarcest(slice);
    if (telling.product.empty() || scarce == nullptr || scarce->product == telling.product) return {};
    return fmt::format("It is most short of {}: {} was not there in the week.", named(scarce->title, scarce->product), of_need(*scarce, scarce->lacked.median));
}

std::string cost_text(const SliceAxes& axes, const Slice& slice, const ReadSeller& read, std::size_t width)
{
    if (slice.seller || std::none_of(slice.materials.begin(), slice.materials.end(), [](const MaterialSlice& m) { return is_short(m, m.given_up.median); }))
        return {};
    const auto found = costs(axes, slice, read);
    if (found.empty())
        return wrapped("Need is given up, yet nothing its need answers to differs from day 0 on that day: it follows cost with a delay.", width) + "\n";
    std::string out = wrapped("Need is given up because inputs cost more. On that day, against day 0:", width);
    for (const std::string& one : found) out += wrapped("- " + one, width, 2);
    return out + "\n";
}

Slice only(const Slice& slice, const std::string& product)
{
    Slice out = slice;
    if (!product.empty()) std::erase_if(out.materials, [&](const MaterialSlice& m) { return m.product != product; });
    return out;
}

}  // namespace

bool is_short_now(const Slice& slice)
{
    return std::any_of(slice.materials.begin(), slice.materials.end(), [&](const MaterialSlice& m) {
        const double part = slice.seller ? m.lacked.median : m.unmet.median;
        return part > record::kShortShare * m.need.median && is_short(m, part);
    });
}

std::string slice_text(const SliceAxes& axes, const Who& who, const Slice& slice, const ReadSeller& read, const Telling& telling, std::size_t width)
{
    const Slice shown = only(slice, telling.product);
    const bool gives_up = std::any_of(shown.materials.begin(), shown.materials.end(), [](const MaterialSlice& m) { return !given_up_text(m).empty(); });
    const bool behind = slice.seller && telling.product.empty() && is_behind(*slice.seller);
    const std::string duty = duty_change_text(axes, slice, read, telling.product, width);
    if (!is_short_now(shown) && !behind && !gives_up) return wrapped(not_short_text(axes, who, slice, shown, telling), width) + (duty.empty() ? "" : "\n" + duty);
    std::string out = wrapped(fmt::format("{} on {}", named(who), date_text(axes, slice.day)), width) + "\n" + seller_text(axes, who, slice, width);
    if (const std::string other = other_reason(slice, telling); !other.empty()) out += wrapped(other, width) + "\n";
    for (const MaterialSlice& m : shown.materials) out += material_text(axes, who, slice, m, read, width);
    if (slice.materials.empty()) out += "It needs no input.\n\n";
    if (!is_short_now(shown) && !behind) out += wrapped(spell_text(axes, slice, telling).substr(1), width) + "\n";
    return out + cost_text(axes, slice, read, width) + (duty.empty() ? "" : duty + "\n") + events_text(axes, who, slice, telling.product, width) + "\n" + notes(axes, slice, width);
}

}  // namespace chokepoint::cli
