// What the supply side may do beside making what is asked.

#include "decode.hpp"

namespace chokepoint::scenario {

namespace {
std::optional<core::Date> until_of(const View& view, const DecodeContext& context)
{
    if (!view.has("until")) return std::nullopt;
    if (view.date("until") <= view.date("from")) context.error(view.path("until"), "is not after from", "write a later date, or remove it");
    return view.date("until");
}

void decode_support(const View& producer, const DecodeContext& context, Growth& out)
{
    if (producer.has("floor")) {
        const View view = producer.at("floor");
        out.floor = PriceFloor{view.number("price"), view.date("from"), until_of(view, context)};
    }
    if (!producer.has("offtake")) return;
    const View view = producer.at("offtake");
    out.offtake = Offtake{view.text("by"), view.number("amount"), view.date("from"), until_of(view, context)};
}
}  // namespace

void decode_growth(const View& producer, const DecodeContext& context, Growth& out)
{
    decode_support(producer, context, out);
    producer.each("projects", [&](const std::string& id, const View& view) {
        out.projects.push_back({id, view.has("title") ? view.text("title") : id, view.date("start"), view.whole("ramp"), view.number("capacity")});
    });
    producer.each("outages", [&](const std::string& id, const View& view) {
        out.outages.push_back({id, view.has("title") ? view.text("title") : id, view.date("from"), until_of(view, context), view.number("share")});
    });
    const View stretch = producer.at("stretch");
    out.stretch = {stretch.number("most"), stretch.number("time")};
    if (!producer.has("investment")) return;
    const View view = producer.at("investment");
    out.investment = Investment{view.number("price"), view.whole("for"), view.whole("lead"), view.whole("ramp"), view.number("size")};
}

}  // namespace chokepoint::scenario
