#pragma once
// The smallest worlds: one maker in XAA, buyers abroad or at home, orders that never change.
//
// Every firm reviews every day and orders its use (no gap is closed), shares and prices are fixed, the
// maker has no inputs and no limit. What is left to move is what a test moves.

#include "chokepoint/scenario/scenario.hpp"

#include <string>
#include <vector>

namespace chokepoint::test {

// Buyers of one firm each: region, grams a day.
struct Client {
    std::string id, region;
    double grams_per_day = 0;
    scenario::Sector sector = scenario::Sector::kAutomotive;
    bool rated = false;
};

// One product "magnet" made in XAA at 1 USD/kg; regions XAA, XBB, XCC; lanes of `lane_days`.
[[nodiscard]] scenario::Scenario clients_world(const std::vector<Client>& clients, int lane_days = 1);

// A control of XAA that makes a file of every `shipment_size` grams on the day of the order, decides at
// most `per_day` files a day and grants all; goods before it are not limited, and all files are alike.
scenario::Licensing& add_file_queue(scenario::Scenario& scenario, int from_day, double shipment_size,
                                    double per_day);

}  // namespace chokepoint::test
