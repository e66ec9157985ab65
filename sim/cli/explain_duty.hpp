#pragma once
// Rates of duty on what a block buys on one day, and what changed on it.
//
// A result keeps the rate of each seller and user at the end of a week; the events of its layers say what it was on a day in
// between. Where members differ in an event the day has no one rate, and none is told.

#include "explain_result.hpp"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint::cli {

// Layers of duty on what a seller sells to a user.
[[nodiscard]] std::set<std::string> layers_of(const record::SliceAxes& axes, const std::string& seller, const std::string& user);
// "rate 10 % becomes 34 % for magnet_std" -> {"10", "34"}; none where it is no change of rate or one of other goods.
[[nodiscard]] std::optional<std::pair<std::string, std::string>> rates_of(const std::string& text, const std::string& product);

// Calls f(source, user, slice) for every source a user has of a material on day 0, those of its traders included. `slice`: of the user.
using OfSource = std::function<void(const record::SourceSlice& source, const std::string& user, const record::Slice& slice)>;
void each_source(const record::SliceAxes& axes, const ReadSeller& read, const record::Slice& slice, const record::MaterialSlice& material, const OfSource& f);

// Rate of a source on a day of the week of the slice [1]; none where members differ.
[[nodiscard]] std::optional<double> rate_on(const record::SliceAxes& axes, const record::Slice& slice, const record::SourceSlice& source,
                                            const std::string& user, const std::string& product, int day);

struct DutyChange {
    std::string product, title;
    std::set<std::string> origins;
    double before = 0, after = 0;  // [1] rate of the day before, and of the day
    double in_transit = 0;         // [t] of the material to the block at the end of the week, from everywhere
};
// Changes of rate on the day of the slice, by material.
[[nodiscard]] std::vector<DutyChange> duty_changes(const record::SliceAxes& axes, const record::Slice& slice, const ReadSeller& read);
// The same in words; empty where no rate changed.
[[nodiscard]] std::string duty_change_text(const record::SliceAxes& axes, const record::Slice& slice, const ReadSeller& read, const std::string& product,
                                           std::size_t width);
// "32.1 %".
[[nodiscard]] std::string rate_text(double rate);

}  // namespace chokepoint::cli
