// What buyers do about a shortage beside ordering.

#include "decode.hpp"

namespace chokepoint::scenario {

void decode_conduct(const View& behaviour, Conduct& out)
{
    const View production = behaviour.at("production");
    out.catch_up = production.number("catch_up");
    out.catch_up_cap = production.number("catch_up_cap");
    out.precaution = production.number("precaution");
}

void decode_buyer_conduct(const View& buyer, BuyerConduct& out)
{
    const auto number = [&](const char* key, std::optional<double>& value) {
        if (buyer.has(key)) value = buyer.number(key);
    };
    number("catch_up", out.catch_up);
    number("precaution", out.precaution);
}

}  // namespace chokepoint::scenario
