#include "fields.hpp"

namespace chokepoint::scenario {

namespace {
constexpr const char* kProduction = "sim/MODEL.md, production";
}

void add_conduct_fields(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(block("behaviour.production", "What buyers make of their inputs."));
    add(quantity("behaviour.production.catch_up", Dimension::kShare, "Share of the output lost in a stop that is made later, when inputs are there again.").defaults("0 %").assumed("0 to 100 %", "assumption"));
    add(quantity("behaviour.production.catch_up_cap", Dimension::kShare, "Most made up in a day, as a share of base output.").above(0).defaults("10 %").assumed("0 to 10 %", kProduction));
    add(quantity("behaviour.production.precaution", Dimension::kShare, "Share of the stock wanted of a critical input below which makers and buyers cut output in proportion; 0 % switches it off.").defaults("0 %").assumed("0 to 80 %", kProduction));
}

void add_buyer_conduct_fields(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(quantity("buyers.*.catch_up", Dimension::kShare, "Share of the output lost in a stop that is made later; behaviour.production.catch_up when absent.").optional().assumed("0 to 100 %", "assumption"));
    add(quantity("buyers.*.precaution", Dimension::kShare, "Share of the stock wanted of a critical input below which output is cut in proportion; behaviour.production.precaution when absent.").optional().assumed("0 to 80 %", kProduction));
}

}  // namespace chokepoint::scenario
