#pragma once
// What a result says of one buyer group around one day: its need, what was not met, and where what it
// ordered stood.
//
// Daily values are those of the day. Weekly values are those of the end of the week that holds the day;
// `usual` is the first week of the run, before policy has moved anything (0 when the day is in that
// week). Sums over four weeks add medians, so they need not be the median of the sum. Covert routes are
// counted over all their users: a file has no buyer group on them.
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
    std::vector<std::string> buyers, buyer_titles, buyer_regions, products, product_titles, regions;
    std::vector<std::string> controls, routes;  // empty when the scenario has none
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

struct MaterialSlice {
    std::string product, title;
    Interval need, unmet;                        // of the day [t/d]
    Interval stock;                              // at its end [t]
    std::array<Interval, kStands> at, usual;     // by Stand [t]
    Interval open_files, oldest_file;            // [1], [d]
    double refused = 0, returned = 0;            // in the last four weeks [t]
    double route_arrived = 0, route_seized = 0;  // of all users, in the last 28 days [t]
};

struct PolicyEvent {
    int day = 0;
    std::string kind, subject, text;
    int members = 0;  // it happened in
};

struct Slice {
    int day = 0;
    int week_end = 0;                      // last day of the week that holds `day`
    std::vector<MaterialSlice> materials;  // those the group ever needs
    std::vector<PolicyEvent> events;       // of the 30 days up to `day`, whatever they concern
};
[[nodiscard]] Slice read_slice(const SliceAxes& axes, std::size_t buyer, int day);

// First day on which a quantile of unmet need is above 1 % of the median need of a material; of one
// `product` where given.
[[nodiscard]] std::optional<int> first_short_day(const SliceAxes& axes, std::size_t buyer,
                                                 std::optional<std::size_t> product, std::size_t quantile);

}  // namespace chokepoint::record
