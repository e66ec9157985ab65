#pragma once
// What a result says of one buyer group, or of one block that sells, around one day: its need, what was not
// met, where what it ordered stood and with whom.
//
// Daily values are those of the day. Weekly values are those of the end of the week that holds the day;
// `usual` is the first week of the run, before policy has moved anything (0 when the day is in that
// week). Sums over four weeks add medians, so they need not be the median of the sum. Covert routes are
// counted over all their users: a file has no buyer group on them.
// A block that sells is told of by the week: need and unmet are means of it, and where its orders stand is the
// sum of the medians of its sources, without an interval.
// Cost: reads the rows of the one group, not whole variables. Never call it in parallel.

#include "chokepoint/core/date.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint::record {

struct SliceAxes {
    std::string path;
    core::Date start;
    int days = 0;
    std::uint32_t members_done = 0;
    std::vector<std::string> buyers, buyer_titles, buyer_regions, buyer_sectors, buyer_answers_to, products, product_titles, regions;
    std::vector<std::string> controls, routes;  // empty when the scenario has none
    // Blocks that sell and who may sell to whom, "seller>user"; empty in results of an older program.
    std::vector<std::string> sellers, seller_titles, seller_roles, seller_regions, seller_products;
    std::vector<std::string> sources, source_controls;
    std::vector<double> source_base;            // flow of day 0 [t/d]
    std::vector<std::string> source_acts;       // events that act on the goods, "kind subject", joined by ", "
    std::vector<std::string> producers, producer_outages, producer_projects;  // texts as in the file
    std::vector<std::string> stockpiles, stockpile_serves, route_serves, route_enforcement;
    std::vector<std::string> control_titles, control_regions, control_from, control_refuses;
    std::vector<std::string> posture_start;     // [controls * regions]
    std::vector<double> quantiles;              // ascending
    [[nodiscard]] std::size_t median() const;   // index of the stored quantile nearest to 0.5
};
// Throws core::EnvironmentError when the file is not a result, holds no member that is done, or was
// written before the variables existed.
[[nodiscard]] SliceAxes read_slice_axes(const std::string& path);

struct Interval {
    double median = 0, low = 0, high = 0;  // low and high: the outermost stored quantiles
};

enum class Stand : std::uint8_t { kAtSeller, kInReview, kLicensed, kAtCustoms, kInTransit };
inline constexpr std::size_t kStands = 5;

// What a seller holds of a user's orders, by why. At the seller: owed, not filed, paused.
enum class Part : std::uint8_t { kOwed, kNotFiled, kPaused, kInReview, kLicensed, kAtCustoms };
inline constexpr std::size_t kParts = 6;

struct SourceSlice {
    std::size_t seller = 0;                 // into SliceAxes::sellers
    int control = -1;                       // into SliceAxes::controls, -1 none
    std::array<double, kParts> at{}, usual{};  // by Part [t], medians
    double base = 0;                        // flow of day 0 [t/d]
    double duty = 0, duty_rise = 0;         // rate at the end of the week, and over that of day 0 [1]
    double duty_week_before = 0;            // rate at the end of the week before, in the first week that of day 0 [1]
    double open_files = 0, oldest_file = 0;    // [1], [d]
    double refused = 0, returned = 0;       // in the last four weeks [t]
};

struct MaterialSlice {
    std::string product, title;
    Interval need, unmet;                        // of the day [t/d]
    Interval stock;                              // at its end [t]
    std::array<Interval, kStands> at, usual;     // by Stand [t]
    Interval open_files, oldest_file;            // [1], [d]
    double refused = 0, returned = 0;            // in the last four weeks [t]
    Interval lacked;                             // of the week, a day: unmet because it was not there; the rest lay idle [t/d]
    Interval unmet_week;                         // of the week, a day [t/d]
    Interval given_up;                           // of the day, for its price or duty [t/d]; of buyers
    double price_outside = 0, price_outside_start = 0;  // of the day and of day 0 [USD/kg]; of buyers
    double usual_need = 0;                       // of a block that sells, in the first week: later need counts work on what it owes [t/d]
    double usual_stock = 0;                      // at the end of the first week [t]
    int lacks_since = -1;                        // first day of the weeks in a row, up to this one, in which over 1 % of need lacked; -1 none
    std::vector<SourceSlice> sources;            // those that sell to the group on day 0, or have anything to tell

    // Days that an amount lasts are counted in: need of the day, of the first week for a block that sells [t/d].
    [[nodiscard]] double need_a_day() const { return usual_need > 0 ? usual_need : need.median; }
    double route_arrived = 0, route_seized = 0;  // of all users, in the last 28 days [t]
};

struct PolicyEvent {
    int day = 0;
    std::string kind, subject, text;
    int members = 0;  // it happened in
};

struct SellerSlice {  // of the week that holds the day
    std::size_t seller = 0;
    Interval output, output_short;  // [t] in the week
    Interval finished, owed;        // [t] at its end
    double usual_output = 0, usual_finished = 0;  // of the first week
    Interval capacity;              // [t] in the week, 0 where there is no limit
    double usual_capacity = 0;      // of the first week
    int behind_since = -1;          // first day of the weeks in a row, up to this one, in which over 1 % of output wanted was not made; -1 none
    std::vector<SourceSlice> clients;  // what it holds of their orders, added up by measure
};

struct Slice {
    int day = 0;
    std::string user;                      // id of the group or block
    std::optional<SellerSlice> seller;     // of a block that sells
    int week_end = 0;                      // last day of the week that holds `day`
    std::vector<MaterialSlice> materials;  // those the group ever needs
    std::vector<PolicyEvent> events;       // of the 30 days up to `day`, whatever they concern
    std::vector<PolicyEvent> history;      // of all days up to `day`
};
[[nodiscard]] Slice read_slice(const SliceAxes& axes, std::size_t buyer, int day);
[[nodiscard]] Slice read_seller_slice(const SliceAxes& axes, std::size_t seller, int day);

struct FirstShort {        // of a buyer group, as the table of `run` has it; see short_day.hpp
    double day = 0;        // median over the members that have one; NaN without any
    std::size_t members = 0;  // that have one
};
[[nodiscard]] FirstShort first_short(const SliceAxes& axes, std::size_t buyer, std::optional<std::size_t> product);

inline constexpr double kShortShare = 0.01;  // of need, or of output wanted: more of it makes a day or a week short
// Days on which a quantile of unmet need is above 1 % of the median need of a material; of one `product` where given.
[[nodiscard]] std::vector<int> short_days(const SliceAxes& axes, std::size_t buyer, std::optional<std::size_t> product,
                                          std::size_t quantile);
// The same of a block that sells: first days of weeks in which over 1 % of the need of an input lacked, or of output was short.
[[nodiscard]] std::vector<int> short_weeks(const SliceAxes& axes, std::size_t seller, std::optional<std::size_t> product,
                                           std::size_t quantile);

}  // namespace chokepoint::record
