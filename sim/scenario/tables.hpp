#pragma once
// The CSV files a scenario names, read once: calendars, lanes, yearly flows and totals.

#include "chokepoint/core/calendar.hpp"
#include "chokepoint/scenario/scenario.hpp"
#include "files.hpp"
#include "node.hpp"
#include "report.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint::scenario {

struct Tables {
    std::map<std::string, core::WorkingCalendar> calendars;  // by region
    std::map<std::string, core::WorkingCalendar> desk_calendars;  // by key path of the stage
    std::map<std::string, core::Date> calendar_ends;         // last day listed, by key path; none for an empty list
    std::map<std::pair<std::string, std::string>, int> lanes;  // [d] by origin and destination, as written
    std::map<std::string, std::vector<Flow>> flows;          // by family
    std::map<std::string, std::vector<FlowMargin>> margins;  // by family
};

// Reads every table named in a checked tree; errors name the CSV's own line.
[[nodiscard]] Tables read_tables(const Node& root, Files& files, const std::vector<std::string>& source_keys, Report& report);
// The keys of data/sources.csv (its first column); empty when there is no such file.
[[nodiscard]] std::vector<std::string> read_source_keys(Files& files, Report& report);

}  // namespace chokepoint::scenario
