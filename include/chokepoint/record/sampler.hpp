#pragma once
// Turns the daily published sums of one member into its series and metrics.
//
// Definitions (sim/MODEL.md, observation): unmet need U = need - use. A short day has U above 1 % of
// need. The first short day is the first of five short days in a row. Lost output is output wanted
// less output made. The first stoppage is the first day on which at least 1 % of base output is lost.
// Sums are taken in grams and micro-dollars, exactly, and divided once when a value is stored.
// Need in money is at the price of day 0. A file is late by the working days of its authority, counted from submission.
// Weeks start on day 0; an incomplete last week or month holds what there is.
// Cost: one pass over the published arrays a day; nothing is allocated after construction.

#include "chokepoint/record/axes.hpp"
#include "chokepoint/record/member_result.hpp"
#include "chokepoint/record/variables.hpp"
#include "chokepoint/world/published.hpp"
#include "chokepoint/world/structure.hpp"

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace chokepoint::record {

inline constexpr int kShortDaysInARow = 5;
inline constexpr int kDaysOfWeek = 7;
inline constexpr std::int64_t kPerCent = 100;  // short and stopped mean more than one in a hundred

class Sampler {
  public:
    explicit Sampler(const world::Structure& structure);

    // Days in order from 0, each once, less than the horizon.
    void sample(int day, const world::Published& published);
    // The result so far; the sampler is spent. The caller sets member, parameters and events.
    [[nodiscard]] MemberResult finish();

  private:
    struct Reported {                                // one input of one buyer group
        std::size_t row;                             // into Published::need
        std::size_t entity;                          // buyer * n_products + product
        std::size_t buyer;
        double price;                                // of the material on day 0 [USD/kg]
        std::int64_t need = 0, unmet = 0, lacked = 0, given_up = 0, switched = 0;  // [g] since the start
        int first_short = -1, run = 0, longest = 0;  // [d]
        int since = -1;                              // first day of the run under way
    };
    struct Buyer {
        std::size_t block;
        std::int64_t base = 0;            // base output [milli-units/d]
        std::int64_t stopped = 0, given_up = 0, duty = 0;  // since the start [milli-units] twice, [1e-6 USD]
        int first_stoppage = -1;          // [d]
        bool counted = false;
        double value = 0;                 // [USD/unit] 0 when not stated
        std::int64_t week_lost = 0, week_full = 0;  // over all materials, in the week so far [g]
        double worst_week = std::numeric_limits<double>::quiet_NaN();  // [1] of full need; NaN before a week with need
    };
    struct Clock {                        // of one licensing measure
        core::WorkingCalendar calendar;
        int deadline = 0;                 // [working days] 0 without one
    };

    struct OutputMetrics {
        Quantity units, value, days;
    };

    void fill(Quantity quantity, const world::Published& published);
    template <class Amount>
    void fill_entities(Amount amount);  // of a row of Structure::rows [g]
    void fill_rows(const std::vector<std::int64_t>& amounts);
    template <class Amount>
    void fill_output(Amount amount);    // of a block [milli-units], over base output
    // sampler_sellers.cpp
    void find_sellers(const world::Structure& structure);
    [[nodiscard]] bool fill_sellers(Quantity quantity, const world::Published& published);  // whether it is one of theirs
    void fill_blocks(const std::vector<std::int64_t>& first, const std::vector<std::int64_t>* less);
    void fill_inputs(const std::vector<std::int64_t>& first, const std::vector<std::int64_t>* less);
    void fill_files(const world::Published& published, std::int64_t world::LicenceCounts::*count);
    void track_weeks(int day, const world::Published& published);
    void track_desks(int day, const world::Published& published);
    [[nodiscard]] bool is_late(const world::Decision& decision, int day) const;
    void finish_desks();
    void fill_routes(const world::Published& published, std::int64_t world::RouteFlow::*field);
    void fill_stockpiles(const world::Published& published, std::int64_t world::StockpileFlow::*field);
    void finish_supply();
    void store(const MemberLayout::Array& array, int day, std::vector<float>& values,
               std::vector<double>& sum);
    void track(int day, const world::Published& published);
    void finish_need(const Reported& row);
    void finish_output(std::size_t buyer, std::int64_t amount, const OutputMetrics& metrics);
    void set_metric(Quantity quantity, std::size_t entity, double value);

    Axes axes_;
    MemberLayout layout_;
    std::vector<Reported> rows_;
    std::vector<Buyer> buyers_;
    std::vector<std::size_t> sellers_;            // blocks that sell
    std::vector<std::pair<std::size_t, std::size_t>> inputs_;  // of theirs: row; seller * n_products + product
    std::vector<std::int64_t> capacity_;          // [sellers_] on day 0, 0 where there is no limit [g/d]
    std::vector<std::uint32_t> supply_row_;       // [sellers_] row of Published::capacity, or kNone where it never changes
    std::vector<std::size_t> source_seller_;      // [n_sources] into sellers_
    std::vector<std::size_t> source_cell_;        // [n_sources] of Published::duty_ppm
    std::vector<std::int64_t> duty_start_;        // [n_sources] on day 0, before its events [1e-6]
    double per_million_ = 1e6;                    // counts in a tonne; of money, in a dollar
    double air_premium_ = 0;                      // [1e-6 USD/g]
    std::vector<std::int64_t> flown_;             // [n_regions] since the start [g]
    std::vector<std::int64_t> duty_by_region_;    // [n_regions] since the start [1e-6 USD]
    std::vector<world::LicenceCounts> licences_;  // [n_controls * n_regions] since the start
    std::vector<world::DeskCounts> desks_;        // [desks] since the start
    std::vector<world::Memory> memory_;           // [n_controls] at the end
    std::vector<Clock> clocks_;                   // [n_controls]
    std::vector<std::vector<std::uint32_t>> waits_;  // [n_controls * n_regions * end uses] decided files by days of wait
    std::vector<std::uint32_t> late_;             // the same cells: decided files past the deadline
    std::vector<std::int64_t> support_;           // [rows of Supply::blocks] since the start [1e-6 USD]
    std::vector<world::StockpileFlow> stockpiles_;  // since the start, but for what is there
    std::vector<world::RouteFlow> routes_;        // [n_routes * n_products] since the start
    std::vector<double> today_;                   // one row of one quantity, before division
    std::vector<std::vector<double>> sums_;       // [series] running sum of the week or month
    MemberResult result_;
};

}  // namespace chokepoint::record
