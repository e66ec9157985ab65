#include "headline.hpp"

#include "duty.hpp"
#include "format.hpp"
#include "table.hpp"

#include "chokepoint/record/short_day.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace chokepoint::cli {

namespace {

using ensemble::BuyerHeadline;

std::string date_text(const record::Axes& axes, double day)
{
    return (axes.start + record::whole_day(day)).to_string();
}

// "2025-05-21 (2025-05-16 to 2025-06-02)".
std::string dates_text(const record::Axes& axes, const ensemble::Spread& days)
{
    if (std::isnan(days.median)) return "-";
    const std::string median = date_text(axes, days.median), low = date_text(axes, days.low), high = date_text(axes, days.high);
    return low == high ? median : fmt::format("{} ({} to {})", median, low, high);
}

std::string scarcest_text(const record::Axes& axes, const BuyerHeadline& buyer)
{
    return buyer.scarcest ? axes.products[*buyer.scarcest].id : "-";
}

constexpr double kMillion = 1e6;

bool states_value(const BuyerHeadline* buyer) { return !std::isnan(buyer->value_lost.median); }
constexpr const char* kUnmetMeans = "Need is lost where it is not delivered.";
constexpr const char* kLostMeans = "Need is lost where it is not delivered, or given up because duty or price made it dear; lost output counts both.";
constexpr const char* kWorthMeans = "Its worth is what it would have cost at the origin on day 0, not the damage done.";

bool gives_up(const BuyerHeadline* buyer) { return buyer->all.given_up.low != 0 || buyer->all.given_up.high != 0; }

// Which buyers a table lists, and which it only names or counts.
struct Selection {
    std::vector<const BuyerHeadline*> listed;
    std::vector<std::string> unhurt;
    std::size_t left_out = 0;
    [[nodiscard]] std::string notes(std::size_t width) const
    {
        std::string out;
        if (left_out > 0)
            out += wrapped(fmt::format("Cars and defense are always listed, of other sectors the buyers that lose the largest share of their need. {} more: --all lists {}.",
                                       counted_text(left_out, "buyer"), left_out == 1 ? "it" : "them"),
                           width);
        if (!unhurt.empty())
            out += wrapped(fmt::format("No shortfall, and no more than 1 % of need lost, in any member: {}.", fmt::join(unhurt, "; ")), width, 2);
        return out;
    }
};

Selection select(const Headline& headline, bool all)
{
    Selection out;
    std::size_t others = 0;
    for (const BuyerHeadline& buyer : headline.buyers) {
        const record::BuyerAxis& axis = headline.axes.buyers[buyer.buyer];
        if (!all && !loses(buyer)) {
            out.unhurt.push_back(label(axis));
        } else if (!all && !is_focus(axis) && ++others > kOthersListed) {
            ++out.left_out;
        } else {
            out.listed.push_back(&buyer);
        }
    }
    return out;
}

}  // namespace

std::string label(const record::BuyerAxis& buyer) { return buyer.title.empty() ? buyer.id : buyer.title; }

bool is_focus(const record::BuyerAxis& buyer)
{
    return buyer.sector == "defense" || buyer.sector == "automotive";
}

std::string few_text(std::size_t count, const char* what, std::size_t width)
{
    if (count < 2 || count >= kFewMembers) return "";
    return wrapped(fmt::format("Of {} {} the 5 to 95 % are rough; run at least {}.", count, what, kFewMembers), width);
}

std::string lost_output_text(const record::BuyerAxis& axis, const ensemble::BuyerHeadline& buyer)
{
    if (!std::isnan(buyer.output_lost.median))
        return fmt::format("{} {}s", spread_text(buyer.output_lost), axis.unit);
    return fmt::format("{} d", spread_text(buyer.output_lost_days));
}

std::string value_text(const ensemble::Spread& lost, bool with_sign)
{
    if (std::isnan(lost.median)) return "not stated";
    return with_sign ? difference_spread_text(lost, 1 / kMillion) : spread_text(lost, 1 / kMillion);
}

bool loses(const ensemble::BuyerHeadline& buyer) { return buyer.all.short_members > 0 || buyer.all.lost_members > 0; }

Headline make_headline(const record::Axes& axes, const std::vector<record::Metrics>& members)
{
    Headline out{axes, ensemble::headline(axes, members), total_duty(axes, members), members.size()};
    std::stable_sort(out.buyers.begin(), out.buyers.end(),
                     [&](const BuyerHeadline& a, const BuyerHeadline& b) {
                         const auto rank = [&](const BuyerHeadline& buyer) {
                             return std::tuple(is_focus(axes.buyers[buyer.buyer]), buyer.all.share.median,
                                               buyer.all.short_members);
                         };
                         return rank(a) > rank(b);
                     });
    return out;
}

std::string headline_table(const Headline& headline, bool all, std::size_t width)
{
    Table table;
    table.column("buyer group", Align::kLeft);
    table.column("need lost [t]\nmedian (5 to 95 %)");
    table.column("its worth\n[million USD]\nmedian");
    table.column("share of need\nmedian");
    table.column("most short of", Align::kLeft);
    table.column("first short day\nmedian (5 to 95 %)");
    table.column("longest run of\nshort days [d]\nmedian (5 to 95 %)");
    table.column("chance of\na shortfall");
    table.column("lost output\nmedian (5 to 95 %)");
    const Selection selection = select(headline, all);
    const bool valued = std::any_of(selection.listed.begin(), selection.listed.end(), states_value);
    const bool priced = std::any_of(selection.listed.begin(), selection.listed.end(), gives_up);
    if (priced) table.column("of need lost,\ngiven up [t]\nmedian (5 to 95 %)");
    if (valued) table.column("value added lost\n[million USD]\nmedian (5 to 95 %)");
    table.column("duty paid\n[million USD]\nmedian (5 to 95 %)");
    for (const BuyerHeadline* buyer : selection.listed) {
        const record::BuyerAxis& axis = headline.axes.buyers[buyer->buyer];
        std::vector<std::string> cells{label(axis), spread_text(buyer->all.lost), number_text(buyer->all.lost_usd.median / kMillion),
                                       percent_text(buyer->all.share.median), scarcest_text(headline.axes, *buyer),
                                       dates_text(headline.axes, buyer->all.first_short_day), spread_text(buyer->all.longest_run),
                                       percent_text(buyer->all.short_members), lost_output_text(axis, *buyer)};
        if (priced) cells.push_back(spread_text(buyer->all.given_up));
        if (valued) cells.push_back(value_text(buyer->value_lost));
        cells.push_back(spread_text(buyer->duty_paid, 1 / kMillion));
        table.row(std::move(cells));
    }
    if (table.empty())
        return selection.notes(width) +
               wrapped(fmt::format("Duty paid by all buyers: {} million USD.", spread_text(headline.duty_paid, 1 / kMillion)), width);
    return table.to_string() + selection.notes(width) +
           wrapped(fmt::format("{} {} A short day leaves over 1 % of a need unmet; a shortfall is five in a row. The first "
                               "short day is that of the first such five, over the members that have one. Duty is what the group itself pays, without its distributors.",
                               priced ? kLostMeans : kUnmetMeans, kWorthMeans),
                   width) +
           (valued ? "" : wrapped(kNoValue, width)) + few_text(headline.members, "members", width);
}

std::string caveats_text(const Headline& headline, const std::vector<scenario::Caveat>& caveats, std::size_t width)
{
    const auto any = [&](auto test) { return std::any_of(headline.buyers.begin(), headline.buyers.end(), test); };
    const std::map<std::string, std::pair<const char*, bool>> figures{
        {"lost", {"Need lost", any(loses)}},
        {"output_lost", {"Lost output", any([](const BuyerHeadline& buyer) { return loses(buyer) && buyer.output_lost_days.high > 0; })}},
        {"duty_paid", {"Duty paid", headline.duty_paid.high > 0}}};
    std::string out;
    for (const scenario::Caveat& one : caveats) {
        const auto& [name, is_there] = figures.at(one.figure);
        if (is_there) out += wrapped(fmt::format("{}, a caution: {}.", name, one.text), width);
    }
    return out;
}

}  // namespace chokepoint::cli
