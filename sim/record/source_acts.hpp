#pragma once
// What acts on the goods a user has from a seller, as events name it: the layers of duty on its lane, the lists and
// desks of the measure that guards it, the posture toward the user's region, the lists of end users it is on.
// Worked out from the rows the engine runs on, so that nothing else is said to act on the goods.

#include "chokepoint/world/structure.hpp"

#include <string>
#include <vector>

namespace chokepoint::record {

// By Structure::sources: flow of day 0 [t/d].
[[nodiscard]] std::vector<double> source_base(const world::Structure& structure);
// By Structure::sources: "duty usa_on_chn.fentanyl, control mofcom_18, ..."; empty where nothing flows on day 0.
[[nodiscard]] std::vector<std::string> source_acts(const world::Structure& structure, const std::vector<double>& base);
// Duty of day 0 before its events, by Structure::sources [1e-6].
[[nodiscard]] std::vector<std::int64_t> source_duty_at_start(const world::Structure& structure);

// "defense_usa magnet_hre, ...": who may get goods of a covert route or of a public stockpile.
[[nodiscard]] std::string served_by_route(const world::Structure& structure, std::uint32_t route);
[[nodiscard]] std::string served_by_stockpile(const world::Structure& structure, const world::StockpileRow& stockpile);
// Steps of enforcement that act on a route.
[[nodiscard]] std::string steps_on_route(const world::Structure& structure, std::uint32_t route);

}  // namespace chokepoint::record
