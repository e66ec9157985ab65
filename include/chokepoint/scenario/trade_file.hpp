#pragma once
// A trade file: one good, the regions that trade it, elasticities, duties before and after a change.
//
// What the partial-equilibrium reports read. Same grammar of values, same messages and remedies as a scenario
// file; keys of its own (scenarios/README.md, "Trade files").
//
// Shapes   flows are [exporter][importer], row by row: at(exporter, importer).
// Errors   core::InputError with every diagnostic, core::EnvironmentError when the file cannot be read.

#include "chokepoint/core/error.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace chokepoint::scenario {

struct TradeCase {
    std::string name, title, question;
    std::vector<std::string> regions;   // [region] ids
    std::vector<std::string> titles;    // [region] names for tables
    std::vector<double> demand;         // [importer] elasticity of demand for the good as a whole, negative
    std::vector<double> substitution;   // [importer] elasticity of substitution between origins, positive
    std::vector<double> supply;         // [exporter] elasticity of supply, infinity where none is given
    std::vector<double> value;          // [exporter][importer] trade before the change, without duty [USD]
    std::vector<double> tariff_before;  // [exporter][importer] duty over value [1]
    std::vector<double> tariff_after;   // [exporter][importer] the same after the change [1]
    int market = -1;                    // importer named by `market`, or the only one; -1 = neither

    // Where a key was set, for errors found later.
    std::function<core::Location(const std::string& key_path)> origin;

    [[nodiscard]] int size() const { return static_cast<int>(regions.size()); }
    [[nodiscard]] std::size_t at(int exporter, int importer) const
    {
        return static_cast<std::size_t>(exporter) * regions.size() + static_cast<std::size_t>(importer);
    }
};

// overrides: "a.b=c" each, as for scenarios.
[[nodiscard]] TradeCase load_trade(const std::filesystem::path& path, const std::vector<std::string>& overrides,
                                   const std::filesystem::path& data_dir);

}  // namespace chokepoint::scenario
