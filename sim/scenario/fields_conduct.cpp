#include "fields.hpp"

namespace chokepoint::scenario {

void add_conduct_fields(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(block("behaviour.production", "What buyers make of their inputs."));
    add(quantity("behaviour.production.catch_up", Dimension::kShare, "Share of the output lost in a stop that is made later, when inputs are there again.").defaults("0 %").as("chi").assumed("0 to 100 %", "assumption"));
    add(quantity("behaviour.production.catch_up_cap", Dimension::kShare, "Most made up in a day, as a share of base output.").above(0).defaults("10 %").assumed("0 to 10 %", "assumption"));
    add(quantity("behaviour.production.precaution", Dimension::kShare, "Share of the stock wanted of a critical input below which makers and buyers cut output in proportion; 0 % switches it off.").defaults("0 %").as("psi").assumed("0 to 80 %", "hallegatte_2014"));
    add(block("behaviour.strain", "When an input counts as strained, for switching and substitution."));
    add(quantity("behaviour.strain.cover", Dimension::kShare, "Strained while stock is below this share of the stock wanted, or does not meet need.").defaults("50 %").assumed("0 to 100 %", "assumption"));
    add(quantity("behaviour.strain.price", Dimension::kFactor, "Strained while the price outside is above this multiple of its first; for users beyond the controlling regions.").bounds(1, 1000).defaults("2 x").assumed("1.5 to 4 x", "assumption"));
    add(block("behaviour.switching", "Buyers move from a controlled input to its look-alike while the first is strained and the second is not."));
    add(quantity("behaviour.switching.speed", Dimension::kPerDay, "Share of the recipe moved a day; 0 %/d switches it off.").bounds(0, 1).defaults("0 %/d").as("v").assumed("0 to 0.3 %/d", "assumption"));
    add(quantity("behaviour.switching.lag", Dimension::kDays, "Days an input is strained before the recipe moves.").bounds(0, 3650).whole_number().defaults("120 d").assumed("60 to 180 d", "assumption"));
    add(quantity("behaviour.switching.cap", Dimension::kShare, "Most of the controlled input that is given up.").defaults("20 %").assumed("0 to 50 %", "assumption"));
    add(block("behaviour.substitution", "Makers and buyers learn to do with less of a strained input."));
    add(quantity("behaviour.substitution.rate", Dimension::kPerYear, "Fall of the input per unit of output a year; 0 %/yr switches it off.").bounds(0, 10).defaults("0 %/yr").as("r").assumed("0 to 10 %/yr", "assumption"));
    add(quantity("behaviour.substitution.lag", Dimension::kDays, "Days an input is strained before its use falls.").bounds(0, 3650).whole_number().defaults("360 d").assumed("180 to 540 d", "assumption"));
    add(quantity("behaviour.substitution.cap", Dimension::kShare, "Largest fall of the input per unit of output.").bounds(0, 0.95).defaults("20 %").assumed("0 to 30 %, defense 0 to 5 %", "assumption"));
    add(block("behaviour.search", "Makers and buyers look for makers they do not buy from while an input is strained."));
    add(quantity("behaviour.search.candidates", Dimension::kBare, "Makers a firm may turn to for each critical or important input, one after the other; 0 switches search off.").bounds(0, 20).whole_number().fixed().defaults("0").assumed("0 to 3", "assumption"));
    add(quantity("behaviour.search.after", Dimension::kDays, "Days an input is strained before a firm turns to the next maker.").bounds(0, 3650).whole_number().defaults("30 d").assumed("14 to 90 d", "assumption"));
    add(quantity("behaviour.search.qualification", Dimension::kDays, "Days until a maker found may deliver.").bounds(0, 3650).whole_number().defaults("180 d").assumed("automotive 90 to 360 d, defense 180 to 720 d, commodities 0 to 30 d", "assumption"));
    add(map_of("behaviour.search.by_sector", "Days until a maker found may deliver, by sector of the buyer.").keys_of({"sectors"}));
    add(quantity("behaviour.search.by_sector.*", Dimension::kDays, "Days for this sector, in place of behaviour.search.qualification.").bounds(0, 3650).whole_number().assumed("automotive 90 to 360 d, defense 180 to 720 d, commodities 0 to 30 d", "assumption"));
}

void add_buyer_conduct_fields(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(quantity("buyers.*.spot", Dimension::kShare, "Share of its firms that buy without a contract: sellers serve them last.").fixed().defaults("0 %").assumed("0 to 50 %", "assumption"));
    add(quantity("buyers.*.parts", Dimension::kBare, "Kinds of part that each critical input consists of, each with a stock of its own drawn from cover; output stops when any one is out.").bounds(1, 30).whole_number().fixed().defaults("1").as("n").assumed("5 to 30", "assumption"));
    add(flag("buyers.*.working_days", "false", "Works on the working days of its region alone, as much in all."));
    add(quantity("buyers.*.catch_up", Dimension::kShare, "Share of the output lost in a stop that is made later; behaviour.production.catch_up when absent.").optional().assumed("0 to 100 %", "assumption").as("chi"));
    add(quantity("buyers.*.precaution", Dimension::kShare, "Share of the stock wanted of a critical input below which output is cut in proportion; behaviour.production.precaution when absent.").optional().as("psi").assumed("0 to 80 %", "hallegatte_2014"));
    add(quantity("buyers.*.qualification", Dimension::kDays, "Days until a maker found may deliver; by sector or behaviour.search.qualification when absent.").bounds(0, 3650).whole_number().optional().assumed("automotive 90 to 360 d, defense 180 to 720 d, commodities 0 to 30 d", "assumption"));
    add(quantity("buyers.*.switching_cap", Dimension::kShare, "Most of a controlled input that is given up for its look-alike; behaviour.switching.cap when absent.").optional().assumed("0 to 50 %", "assumption"));
    add(quantity("buyers.*.substitution_cap", Dimension::kShare, "Largest fall of an input per unit of output; behaviour.substitution.cap when absent.").bounds(0, 0.95).optional().assumed("0 to 30 %, defense 0 to 5 %", "assumption"));
}

}  // namespace chokepoint::scenario
