#pragma once
// What is published about a good in the whole world: how much is made in a year, what it has cost. And of makers that count
// their output: how much a country makes of it in a year, and how much of a good goes into one.
//
// From world_totals.csv, prices.csv and buyers.csv of the data folder; a folder without them judges nothing. Nothing here enters
// a run: it is what quantities and prices of a scenario are held against before one begins.

#include "chokepoint/core/error.hpp"
#include "chokepoint/scenario/scenario.hpp"

#include <string>
#include <vector>

namespace chokepoint::scenario {

struct Plausible {
    // Goods it is about: those of which everything that is given here is true.
    std::string hs;       // first digits of the customs code
    std::string element;  // contains this chemical element
    std::string form, product;
    // What is published; 0 where nothing is.
    double tonnes_per_year = 0;  // most; of the element contained where one is named
    double price_low = 0, price_high = 0;  // [USD/kg]
    std::string commodity;                 // as prices.csv calls it
    std::string source;

    // The share of a product's weight that counts against the total [1]; 0 when it is about other goods.
    [[nodiscard]] double share_of(const Product& product) const;
    // Whether its price is that of the product: about it, and by its main element where one is named.
    [[nodiscard]] bool prices(const Product& product) const;
};

struct PlausibleOutput {  // units made in a region in a year
    std::string region, makes;
    double per_year = 0;
    std::string source;
};

struct PlausibleContent {  // of a good in one unit of output
    std::string hs, makes;
    double low = 0, high = 0;  // [g]
    std::string source;
};

struct Published {
    std::vector<Plausible> goods;
    std::vector<PlausibleOutput> outputs;
    std::vector<PlausibleContent> contents;
};

}  // namespace chokepoint::scenario
