// What the supply side may do beside making what is asked.

#include "decode.hpp"

namespace chokepoint::scenario {

void decode_growth(const View& producer, Growth& out)
{
    producer.each("projects", [&](const std::string& id, const View& view) {
        out.projects.push_back({id, view.has("title") ? view.text("title") : id, view.date("start"), view.whole("ramp"), view.number("capacity")});
    });
    const View stretch = producer.at("stretch");
    out.stretch = {stretch.number("most"), stretch.number("time")};
    if (!producer.has("investment")) return;
    const View view = producer.at("investment");
    out.investment = Investment{view.number("price"), view.whole("for"), view.whole("lead"), view.whole("ramp"), view.number("size")};
}

}  // namespace chokepoint::scenario
