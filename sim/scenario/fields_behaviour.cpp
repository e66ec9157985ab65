#include "fields.hpp"

namespace chokepoint::scenario {

namespace {
void add_ordering(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(quantity("behaviour.review", Dimension::kDays, "Days between two orders of a firm.").bounds(1, 365).whole_number().defaults("7 d").as("R").assumed("1 to 30 d", "assumption"));
    add(quantity("behaviour.demand_smoothing", Dimension::kPerDay, "Speed at which a firm's forecast follows its wanted use.").bounds(0, 1).defaults("5 %/d").as("a_d").assumed("1 to 20 %/d", "assumption"));
    add(block("behaviour.lead", "How firms learn how long deliveries take."));
    add(quantity("behaviour.lead.up", Dimension::kPerDay, "Speed at which the expected lead grows when deliveries take longer.").bounds(0, 1).defaults("1.5 %/d").as("a").assumed("0.4 to 4 %/d", "assumption"));
    add(quantity("behaviour.lead.down_ratio", Dimension::kFactor, "Speed when they take less, as a multiple of the speed up.").bounds(0, 10).defaults("0.2 x").as("a_down / a").assumed("0.05 to 1 x", "assumption"));
    add(quantity("behaviour.lead.announcement", Dimension::kShare, "Part of an announced wait that is believed at once.").defaults("30 %").as("omega").assumed("0 to 90 %", "assumption"));
    add(quantity("behaviour.lead.wait_cap", Dimension::kDays, "Longest wait a firm expects.").bounds(0, 3650).defaults("90 d").assumed("60 to 180 d", "assumption"));
    add(block("behaviour.ordering", "Orders up to a target position."));
    add(quantity("behaviour.ordering.gap_share", Dimension::kShare, "Part of the gap to the target that one order closes.").defaults("50 %").as("gamma").assumed("20 to 100 %", "assumption"));
    add(word("behaviour.ordering.forecast", {"smoothed", "average", "output"}, "smoothed: orders aim at stock for the demand a firm has learnt, of late days more than of early ones. average: the same from the mean of the last days. output: they replace what the day used, which is need for buyers, and close a gap to the stock for what could have been made.").defaults("smoothed"));
    add(quantity("behaviour.ordering.window", Dimension::kDays, "With forecast: average, the days the mean is over.").bounds(1, 365).whole_number().defaults("28 d").assumed("7 to 90 d", "assumption"));
    add(word("behaviour.ordering.counts", {"position", "stock"}, "What an order restores: stock and goods on order, or the stock alone, which swings when deliveries take long.").defaults("position"));
    add(quantity("behaviour.ordering.order_cap", Dimension::kFactor, "Largest order, as a multiple of normal use over a review; 0 x switches it off.").bounds(0, 1000).defaults("2 x").as("Omax").assumed("1.5 to 4 x", "assumption"));
    add(quantity("behaviour.ordering.hoarding", Dimension::kFactor, "Growth of wanted cover when supply looks at risk.").bounds(0, 10).defaults("0.3 x").as("eta").assumed("0 to 1 x", "assumption"));
    add(quantity("behaviour.ordering.cover_cap", Dimension::kFactor, "Most a firm wants, as a multiple of its normal cover.").bounds(1, 100).defaults("2 x").as("h_max").assumed("1 to 3 x", "assumption"));
    add(quantity("behaviour.ordering.fill_learning", Dimension::kShare, "Part of the way, at a review, that a buyer's idea of what a seller sets aside moves to what it did; less than all adds cover as a refusal does. 0 % is off.").defaults("0 %").as("a_f").assumed("0 to 50 %", "assumption"));
    add(quantity("behaviour.ordering.cancellation", Dimension::kPerDay, "Chance a day that what a seller has not yet set aside for an order is withdrawn; the buyer orders anew by its shares.").bounds(0, 1).defaults("0 %/d").as("h").assumed("0 to 5 %/d", "assumption"));
    add(quantity("behaviour.ordering.elsewhere_after", Dimension::kDays, "What a seller has not delivered for this long, or for the time a licence is expected to take where that is longer, is ordered from sellers that deliver; 0 d is off.").bounds(0, 3650).defaults("30 d").assumed("14 to 90 d", "assumption"));
    add(quantity("behaviour.ordering.front_loading", Dimension::kDays, "Cover added before an announced rise of duty that an order can still beat, per unit of ln((1 + new) / (1 + old)).").bounds(0, 3650).defaults("0 d").as("phi").assumed("0 to 120 d", "assumption"));
}

void add_sourcing(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(block("behaviour.sourcing", "Choice between suppliers."));
    add(quantity("behaviour.sourcing.sigma", Dimension::kBare, "Elasticity of substitution between sources.").bounds(0, 50).defaults("1.45").as("sigma").assumed("1 to 5", "hauk_elasticities"));
    add(quantity("behaviour.sourcing.estimated_to", Dimension::kShare, "Largest rise of a landed price in the data sigma rests on; the program warns of duties beyond it.").above(0).bounds(0, 100).fixed().defaults("50 %").assumed("20 to 100 %", "assumption"));
    add(quantity("behaviour.sourcing.lead_weight", Dimension::kBare, "Weight of 30 days of lead.").bounds(0, 50).defaults("0.5").as("lam_L").assumed("0 to 2", "assumption"));
    add(quantity("behaviour.sourcing.refusal_weight", Dimension::kBare, "Weight of the risk of refusal.").bounds(0, 50).defaults("2").as("lam_R").assumed("0 to 5", "assumption"));
    add(quantity("behaviour.sourcing.inertia", Dimension::kBare, "Advantage of a supplier already used.").bounds(0, 50).defaults("1").as("iota").assumed("0 to 3", "assumption"));
    add(quantity("behaviour.sourcing.share_adjustment", Dimension::kShare, "Part of the way to the wanted shares moved at a review.").defaults("1.4 %").as("delta").assumed("0.7 to 2.5 %", "boehm_2023"));
    add(word("behaviour.sourcing.rule", {"shares", "ces"}, "shares: a tonne is a tonne wherever it comes from. ces: sources make up a composite of constant elasticity sigma, as in partial-equilibrium models, so that the tonnes needed follow their mix.").defaults("shares"));
    add(flag("behaviour.sourcing.fixed_shares", "false", "Shares never move."));
    add(quantity("behaviour.dispatch_cap", Dimension::kFactor, "Most a seller sends over a border a day, as a multiple of its base flow; 0 x switches it off.").bounds(0, 1000).defaults("1.3 x").assumed("1.3 to 1.5 x", "assumption"));
    add(flag("behaviour.domestic_first", "false", "Sellers serve their own region first; a trading house counts as abroad."));
    add(quantity("behaviour.home_reserve", Dimension::kShare, "Share of its goods a seller keeps for clients of its own region; a trading house counts as abroad.").defaults("0 %").assumed("0 to 50 %", "assumption"));
    add(quantity("behaviour.investment_cap", Dimension::kPerYear, "Most that projects begun for their price add a year, all together, of the product's base output.").bounds(0, 10).defaults("4 %/yr").assumed("1 to 10 %/yr", "assumption"));
    add(word("behaviour.rationing", {"contracts", "proportional", "large_accounts", "price"}, "Who goes without when a seller has too little, inside a tier and at the daily limit of a border. contracts: whoever asks for more than it ordinarily takes, in proportion. proportional: all in proportion to what they ask. large_accounts: small accounts. price: those who pay least after duty.").defaults("contracts"));
    add(word("behaviour.delivery", {"transit", "instant"}, "transit: goods travel the days of their lane. instant: what is given out is received the same day, orders are placed after, and stock lasts a day at least.").defaults("transit"));
    add(word("behaviour.backlog", {"kept", "dropped"}, "What is ordered and not given out on the day: kept on the books, or dropped from those of both sides.").defaults("kept"));
    add(flag("behaviour.closures", "true", "Nothing leaves a region during holidays of three days or more."));
}

void add_demand(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(block("behaviour.demand", "What a buyer's need does as its inputs get dearer. Defense buys what it needs."));
    const auto add_response = [&](const std::string& path) {
        add(quantity(path + ".elasticity", Dimension::kBare, "Elasticity of demand for the good a buyer makes to the price of that good; negative.").bounds(-10, 0).defaults("0").as("e").assumed("-2 to 0", "assumption"));
        add(quantity(path + ".cost_share", Dimension::kShare, "Share of the price of that good that its inputs cost on day 0.").above(0).bounds(0, 1).defaults("100 %").as("s").assumed("0.01 to 10 %", "assumption"));
    };
    add_response("behaviour.demand");
    add(word("behaviour.demand.price", {"outside", "landed", "paid"}, "What an input costs: the price outside; its own sources as one good of elasticity sigma, with duty; or what they ask on average, with duty.").defaults("outside").as("P"));
    add(quantity("behaviour.demand.lag", Dimension::kDays, "Mean time until a change of input cost is in the price of a good; 0 d is at the next review.").bounds(0, 3650).defaults("0 d").as("tau_p").assumed("0 to 180 d", "assumption"));
    add(quantity("behaviour.demand.noise", Dimension::kBare, "Standard deviation of the logarithm of the need of all firms of a block together, from month to month; its mean is 1, each block draws its own.").bounds(0, 1).defaults("0").as("n_m").assumed("0 to 0.3", "assumption"));
    add(map_of("behaviour.demand.by_sector", "The same for one sector of buyers, in place of it.").keys_of({"sectors"}));
    add(block("behaviour.demand.by_sector.*", "One sector."));
    add_response("behaviour.demand.by_sector.*");
    add_notes(table, "behaviour.demand.by_sector.*");
}
}  // namespace

void add_behaviour_fields(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(block("behaviour", "How firms behave."));
    add_ordering(table);
    add_sourcing(table);
    add_demand(table);
    add(block("behaviour.price", "Prices."));
    add(quantity("behaviour.price.speed", Dimension::kPerDay, "Speed of the price; 0 %/d keeps prices fixed.").bounds(0, 1).defaults("5 %/d").as("kappa").assumed("1 to 20 %/d", "assumption"));
    add(quantity("behaviour.price.backlog", Dimension::kDays, "Days over which a backlog counts as demand.").above(0).bounds(0, 3650).defaults("30 d").as("tau_b").assumed("7 to 90 d", "assumption"));
    add(quantity("behaviour.price.outside_speed", Dimension::kFactor, "Speed of the price outside the controlling regions over that of prices at origin: a thin spot market moves faster than lists.").bounds(0, 10).defaults("1.6 x").as("kappa_o / kappa").assumed("1 to 3 x", "argus_dytb_may_2025"));
    add(quantity("behaviour.price.clip", Dimension::kBare, "Largest pressure on the logarithm of the price.").bounds(0, 100).defaults("0.7").as("x").assumed("0.3 to 1.5", "assumption"));
    add(quantity("behaviour.price.supply_elasticity", Dimension::kBare, "Elasticity of what a seller offers to its price.").bounds(0, 10).defaults("0.1").as("es").assumed("0 to 0.5", "assumption"));
    add(quantity("behaviour.price.bid_elasticity", Dimension::kBare, "Elasticity of what buyers bid for to the price; negative.").bounds(-10, 0).defaults("-0.5").as("eb").assumed("-1 to -0.3", "assumption"));
    add(quantity("behaviour.price.contract_share", Dimension::kShare, "Where the licensed contract price lies between the price at origin (0 %) and the one outside (100 %); it is reported and moves nothing.").defaults("50 %").as("theta").assumed("0 to 100 %", "assumption"));
    add(quantity("behaviour.price.unlicensed_weight", Dimension::kShare, "Weight, in the demand a seller learns from, of orders that wait for a licence.").defaults("0 %").as("u").assumed("0 to 100 %", "assumption"));
    add(quantity("behaviour.price.least", Dimension::kShare, "Share of its first price below which no seller goes, its cost and least margin; 0 % switches it off.").defaults("0 %").assumed("50 to 90 %", "assumption"));
    add(of_kind(FieldKind::kBlock, "behaviour.season", "Season of one origin around its lunar new year; off when absent.").optional());
    add(reference("behaviour.season.region", {"regions"}, "Origin whose calendar dates the new year."));
    add(quantity("behaviour.season.before", Dimension::kBare, "Logarithm of the factor on days -28 to -4.").bounds(-5, 5).defaults("0.3224").assumed("0.2 to 0.45", "assumption"));
    add(quantity("behaviour.season.after", Dimension::kBare, "Logarithm of the factor on days -3 to +20.").bounds(-5, 5).defaults("-0.5317").assumed("-0.7 to -0.35", "assumption"));
    add(quantity("behaviour.season.october", Dimension::kBare, "Logarithm of the factor in October.").bounds(-5, 5).defaults("-0.1").assumed("-0.15 to -0.05", "assumption"));
    add_notes(table, "behaviour.season");
}

}  // namespace chokepoint::scenario
