// What buyers do about a shortage beside ordering.

#include "decode.hpp"

#include <fmt/format.h>

namespace chokepoint::scenario {

namespace {
Recipe decode_recipe(const View& view, double speed) { return {speed, view.whole("lag"), view.number("cap")}; }
}  // namespace

void decode_conduct(const View& behaviour, Conduct& out)
{
    const View production = behaviour.at("production");
    out.catch_up = production.number("catch_up");
    out.catch_up_cap = production.number("catch_up_cap");
    out.precaution = production.number("precaution");
    const View strain = behaviour.at("strain");
    out.strain_cover = strain.number("cover");
    out.strain_price = strain.number("price");
    const View switching = behaviour.at("switching");
    out.switching = decode_recipe(switching, switching.number("speed"));
    const View substitution = behaviour.at("substitution");
    const View search = behaviour.at("search");
    out.search = {search.whole("candidates"), search.whole("after"), search.whole("qualification"), named_numbers(search, "by_sector")};
    out.substitution = decode_recipe(substitution, substitution.number("rate") / kDaysPerYear);
}

void decode_buyer_conduct(const View& buyer, const DecodeContext& context, BuyerConduct& out)
{
    const auto number = [&](const char* key, std::optional<double>& value) {
        if (buyer.has(key)) value = buyer.number(key);
    };
    out.spot = buyer.number("spot");
    out.parts = buyer.whole("parts");
    out.working_days = buyer.flag("working_days");
    const std::string region = buyer.text("region");
    if (out.working_days && !context.tables.calendars.contains(region))
        context.error(buyer.path("working_days"), fmt::format("{} has no calendar, so every day is a working day", region),
                      "add calendar: to the region, or remove working_days");
    if (buyer.has("qualification")) out.qualification_days = buyer.whole("qualification");
    number("catch_up", out.catch_up);
    number("precaution", out.precaution);
    number("switching_cap", out.switching_cap);
    number("substitution_cap", out.substitution_cap);
}

}  // namespace chokepoint::scenario
