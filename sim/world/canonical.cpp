#include "canonical.hpp"

#include <algorithm>
#include <tuple>

namespace chokepoint::world {

namespace {

template <class Items>
void sort_by_id(Items& items)
{
    std::sort(items.begin(), items.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
}

template <class Users>
void sort_inputs(Users& users)
{
    for (auto& user : users) {
        std::sort(user.uses.begin(), user.uses.end(),
                  [](const auto& a, const auto& b) { return a.product < b.product; });
    }
}

}  // namespace

scenario::Scenario canonical(scenario::Scenario scenario)
{
    sort_by_id(scenario.regions);
    sort_by_id(scenario.products);
    sort_by_id(scenario.families);
    sort_by_id(scenario.producers);
    sort_by_id(scenario.exporters);
    sort_by_id(scenario.importers);
    sort_by_id(scenario.buyers);
    sort_by_id(scenario.routes);
    sort_by_id(scenario.stockpiles);
    sort_inputs(scenario.producers);
    sort_inputs(scenario.buyers);
    std::sort(scenario.lanes.begin(), scenario.lanes.end(), [](const auto& a, const auto& b) {
        return std::tie(a.origin, a.destination) < std::tie(b.origin, b.destination);
    });
    return scenario;
}

}  // namespace chokepoint::world
