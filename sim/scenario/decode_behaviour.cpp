// How firms behave.

#include "decode.hpp"

#include <fmt/format.h>

namespace chokepoint::scenario {

namespace {

Rationing rationing(const std::string& word)
{
    if (word == "large_accounts") return Rationing::kLargeAccounts;
    if (word == "price") return Rationing::kPrice;
    return word == "proportional" ? Rationing::kProportional : Rationing::kContracts;
}
void decode_ordering(const View& view, Behaviour& out)
{
    out.review_days = view.whole("review");
    out.demand_smoothing = view.number("demand_smoothing");
    const View lead = view.at("lead");
    out.lead_up = lead.number("up");
    out.lead_down_ratio = lead.number("down_ratio");
    out.announcement = lead.number("announcement");
    out.wait_cap = lead.number("wait_cap");
    const View ordering = view.at("ordering");
    out.gap_share = ordering.number("gap_share");
    out.order_cap = ordering.number("order_cap");
    out.hoarding = ordering.number("hoarding");
    out.cover_cap = ordering.number("cover_cap");
    out.front_loading = ordering.number("front_loading");
    out.elsewhere_after = ordering.number("elsewhere_after");
    out.cancellation = ordering.number("cancellation");
    out.fill_learning = ordering.number("fill_learning");
    out.counts_ordered = ordering.text("counts") == "position";
    out.output_forecast = ordering.text("forecast") == "output";
    out.forecast_window = ordering.text("forecast") == "average" ? ordering.whole("window") : 0;
    out.instant_delivery = view.text("delivery") == "instant";
    out.backlog_dropped = view.text("backlog") == "dropped";
}

void decode_market(const View& view, Behaviour& out)
{
    const View sourcing = view.at("sourcing");
    out.sigma = sourcing.number("sigma");
    out.estimated_to = sourcing.number("estimated_to");
    out.lead_weight = sourcing.number("lead_weight");
    out.refusal_weight = sourcing.number("refusal_weight");
    out.inertia = sourcing.number("inertia");
    out.share_adjustment = sourcing.number("share_adjustment");
    out.fixed_shares = sourcing.flag("fixed_shares");
    out.composite = sourcing.text("rule") == "ces";
    out.dispatch_cap = view.number("dispatch_cap");
    const View price = view.at("price");
    out.price_speed = price.number("speed");
    out.price_backlog_days = price.number("backlog");
    out.price_clip = price.number("clip");
    out.outside_price_speed = price.number("outside_speed");
    out.supply_elasticity = price.number("supply_elasticity");
    out.bid_elasticity = price.number("bid_elasticity");
    out.contract_share = price.number("contract_share");
    out.unlicensed_weight = price.number("unlicensed_weight");
    out.least_price = price.number("least");
    out.domestic_first = view.flag("domestic_first");
    out.home_reserve = view.number("home_reserve");
    out.rationing = rationing(view.text("rationing"));
    out.investment_cap = view.number("investment_cap");
    out.closures = view.flag("closures");
}

DemandPrice demand_price(const std::string& word)
{
    if (word == "landed") return DemandPrice::kComposite;
    return word == "paid" ? DemandPrice::kPaid : DemandPrice::kOutside;
}

void decode_demand(const View& view, const DecodeContext& context, Demand& out)
{
    const auto response = [](const View& at) { return DemandResponse{at.number("elasticity"), at.number("cost_share")}; };
    out.price = demand_price(view.text("price"));
    out.lag_days = view.number("lag");
    out.noise = view.number("noise");
    out.all = response(view);
    view.each("by_sector", [&](const std::string& sector, const View& at) {
        if (sector_of(sector) == Sector::kDefense)
            context.error(at.path(), "need of defense does not answer to cost (a program buys what it needs)", "remove it");
        out.by_sector.emplace_back(sector, response(at));
    });
}
}  // namespace

DemandResponse Demand::of(Sector sector) const
{
    if (sector == Sector::kDefense) return {};
    for (const auto& [name, response] : by_sector)
        if (name == sector_name(sector)) return response;
    return all;
}

void decode_behaviour(const View& top, const DecodeContext& context, Scenario& out)
{
    const View view = top.at("behaviour");
    decode_ordering(view, out.behaviour);
    decode_market(view, out.behaviour);
    decode_demand(view.at("demand"), context, out.behaviour.demand);
    decode_conduct(view, out.behaviour.conduct);
    if (view.has("season")) {
        const View season = view.at("season");
        out.behaviour.season = {true, season.text("region"), season.number("before"), season.number("after"), season.number("october")};
        const auto calendar = context.tables.calendars.find(out.behaviour.season.region);
        if (calendar == context.tables.calendars.end() || calendar->second.new_years().empty())
            context.error(season.path("region"), fmt::format("the calendar of {} has no new_year, so there is no season", out.behaviour.season.region),
                          "add a calendar with rows of kind new_year to the region");
    }
}

}  // namespace chokepoint::scenario
