#include "chokepoint/record/slice.hpp"

#include "chokepoint/core/error.hpp"
#include "chokepoint/record/quantile.hpp"
#include "chokepoint/record/short_day.hpp"
#include "hdf5_read.hpp"
#include "schema_version.hpp"
#include "slice_rows.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace chokepoint::record {

namespace {

constexpr int kEventDays = 30;
constexpr std::array<const char*, kStands> kStandNames{"at_seller_q", "in_review_q", "licensed_q",
                                                       "at_customs_q", "in_transit_q"};
constexpr std::array<const char*, 17> kNeeded{"lacked_q", "given_up_q", "seller_capacity_q", "source_acts", "source_duty",
                                              "shortfall_q",  "need_q",        "stock_q",      "at_seller_q",
                                              "in_review_q",  "licensed_q",    "at_customs_q", "in_transit_q",
                                              "open_files_q", "oldest_file_q", "refused_q",    "returned_q"};

std::string attribute(const Hdf5Reader& file, const std::string& object, std::string_view name)
{
    for (const auto& found : file.attributes(object)) {
        if (found.name == name) return found.value;
    }
    return {};
}

std::vector<std::string> strings_or_none(const Hdf5Reader& file, const std::string& name)
{
    return file.has(name) ? file.read_strings(name) : std::vector<std::string>{};
}

void require_variables(const Hdf5Reader& file, const std::string& path)
{
    require_schema(path, file.attributes("/"));
    for (const char* name : kNeeded) {
        if (file.has(name)) continue;
        throw core::EnvironmentError(path,
                                     std::string("has no variable ") + name +
                                         ": it was written by an older chokepoint; run its scenario again "
                                         "(chokepoint inspect --scenario prints it)");
    }
}

core::Date start_date(const Hdf5Reader& file, const std::string& path)
{
    const std::string units = attribute(file, "time", "units");  // days since 2025-01-01
    const auto start = core::Date::parse(std::string_view(units).substr(units.find_last_of(' ') + 1));
    if (!start)
        throw core::EnvironmentError(path, "has an axis time in the unreadable unit \"" + units + "\"");
    return *start;
}

std::vector<double> route_sum(const SliceAxes& axes, const Hdf5Reader& file, const char* name, int day)
{
    const std::size_t n = axes.products.size();
    std::vector<double> out(n, 0.0);
    if (axes.routes.empty() || !file.has(name)) return out;
    const auto end = static_cast<std::size_t>(day) + 1;
    const std::size_t first = end - std::min<std::size_t>(end, 7 * kSliceWeeks);
    const auto values =
        file.read_block(name, {axes.median(), first, 0, 0}, {1, end - first, axes.routes.size(), n});
    for (std::size_t i = 0; i < values.size(); ++i) out[i % n] += values[i];
    return out;
}

// Whether the group needs each product on any day in any stored quantile.
std::vector<bool> ever_needed(const SliceAxes& axes, const Rows& rows)
{
    const auto need = rows.read("need_q", 0, static_cast<std::size_t>(axes.days));
    std::vector<bool> out(axes.products.size(), false);
    for (std::size_t i = 0; i < need.size(); ++i) {
        if (need[i] > 0) out[i % out.size()] = true;
    }
    return out;
}

// Unmet need of the week in quantiles over members: the file holds every member of it.
std::vector<Interval> member_weeks(const SliceAxes& axes, const Rows& rows, std::size_t week)
{
    const auto status = rows.file.read_numbers("member_status");
    const std::size_t n = axes.products.size();
    const auto values = rows.file.read_block("shortfall", {0, week, rows.entity, 0}, {status.size(), 1, 1, n});
    std::vector<Interval> out;
    for (std::size_t p = 0; p < n; ++p) {
        std::vector<double> sorted;
        for (std::size_t m = 0; m < status.size(); ++m)
            if (status[m] == 0) sorted.push_back(values[m * n + p]);
        std::sort(sorted.begin(), sorted.end());
        const auto at = [&](std::size_t q) { return quantile_of_sorted(sorted, axes.quantiles[q]); };
        out.push_back({at(axes.median()), at(0), at(axes.quantiles.size() - 1)});
    }
    return out;
}

std::vector<double> price_outside(const SliceAxes& axes, const Hdf5Reader& file, std::size_t day)
{
    return file.read_block("price_outside_q", {axes.median(), day, 0}, {1, 1, axes.products.size()});
}

std::vector<MaterialSlice> all_materials(const SliceAxes& axes, const Rows& rows, int day)
{
    const auto today = static_cast<std::size_t>(day), week = today / 7;
    const std::size_t first = week + 1 - std::min(week + 1, kSliceWeeks);
    std::vector<MaterialSlice> out(axes.products.size());
    const auto put = [&](auto member, const auto& values) {
        for (std::size_t p = 0; p < out.size(); ++p) member(out[p]) = values[p];
    };
    for (std::size_t p = 0; p < out.size(); ++p) {
        out[p].product = axes.products[p];
        out[p].title = axes.product_titles[p];
    }
    put(
        [](auto& m) -> auto& { return m.need; }, rows.at("need_q", today));
    put(
        [](auto& m) -> auto& { return m.unmet; }, rows.at("shortfall_q", today));
    put(
        [](auto& m) -> auto& { return m.stock; }, rows.at("stock_q", today));
    for (std::size_t s = 0; s < kStands; ++s) {
        put(
            [s](auto& m) -> auto& { return m.at[s]; }, rows.at(kStandNames[s], week));
        if (week > 0)
            put(
                [s](auto& m) -> auto& { return m.usual[s]; }, rows.at(kStandNames[s], 0));
    }
    put(
        [](auto& m) -> auto& { return m.open_files; }, rows.at("open_files_q", week));
    put(
        [](auto& m) -> auto& { return m.oldest_file; }, rows.at("oldest_file_q", week));
    put(
        [](auto& m) -> auto& { return m.refused; }, rows.sum("refused_q", first, week + 1 - first));
    put(
        [](auto& m) -> auto& { return m.returned; }, rows.sum("returned_q", first, week + 1 - first));
    const auto stock = rows.at("stock_q", std::min<std::size_t>(6, static_cast<std::size_t>(axes.days) - 1));
    for (std::size_t p = 0; p < out.size(); ++p) out[p].usual_stock = stock[p].median;
    const auto lacked = rows.at("lacked_q", week), unmet = member_weeks(axes, rows, week);
    for (std::size_t p = 0; p < out.size(); ++p) {
        out[p].lacked = daily(lacked[p], axes, week);
        out[p].unmet_week = daily(unmet[p], axes, week);
    }
    put(
        [](auto& m) -> auto& { return m.given_up; }, rows.at("given_up_q", today));
    put(
        [](auto& m) -> auto& { return m.price_outside; }, price_outside(axes, rows.file, today));
    put(
        [](auto& m) -> auto& { return m.price_outside_start; }, price_outside(axes, rows.file, 0));
    put(
        [](auto& m) -> auto& { return m.route_arrived; }, route_sum(axes, rows.file, "route_arrived_q", day));
    put(
        [](auto& m) -> auto& { return m.route_seized; }, route_sum(axes, rows.file, "route_seized_q", day));
    return out;
}

}  // namespace

std::size_t SliceAxes::median() const
{
    const auto nearer = [](double a, double b) { return std::abs(a - 0.5) < std::abs(b - 0.5); };
    return static_cast<std::size_t>(std::min_element(quantiles.begin(), quantiles.end(), nearer) -
                                    quantiles.begin());
}

SliceAxes read_slice_axes(const std::string& path)
{
    const Hdf5Reader file(path);
    require_variables(file, path);
    SliceAxes out;
    out.path = path;
    out.start = start_date(file, path);
    out.days = static_cast<int>(file.read_numbers("time").size());
    for (const double status : file.read_numbers("member_status")) out.members_done += status == 0 ? 1 : 0;
    if (out.members_done == 0)
        throw core::EnvironmentError(path, "holds no member that is done: nothing to explain");
    out.buyers = file.read_strings("buyer");
    out.buyer_titles = file.read_strings("buyer_title");
    out.buyer_regions = file.read_strings("buyer_region");
    out.buyer_sectors = file.read_strings("buyer_sector");
    out.buyer_answers_to = file.read_strings("buyer_answers_to");
    out.products = file.read_strings("product");
    out.product_titles = file.read_strings("product_title");
    out.regions = file.read_strings("region");
    out.controls = strings_or_none(file, "control");
    out.routes = strings_or_none(file, "route");
    for (const auto& [to, name] : {std::pair{&out.sellers, "seller"}, {&out.seller_titles, "seller_title"}, {&out.seller_roles, "seller_role"},
                                   {&out.seller_regions, "seller_region"}, {&out.seller_products, "seller_product"},
                                   {&out.sources, "source"}, {&out.source_controls, "source_control"}, {&out.source_acts, "source_acts"},
                                   {&out.producers, "producer"}, {&out.producer_outages, "producer_outages"},
                                   {&out.producer_projects, "producer_projects"}, {&out.stockpiles, "stockpile"},
                                   {&out.stockpile_serves, "stockpile_serves"}, {&out.route_serves, "route_serves"},
                                   {&out.route_enforcement, "route_enforcement"},
                                   {&out.control_titles, "control_title"}, {&out.control_regions, "control_region"},
                                   {&out.control_from, "control_from"}, {&out.control_refuses, "control_refuses"},
                                   {&out.posture_start, "posture_start"}})
        *to = strings_or_none(file, name);
    if (!out.sources.empty()) out.source_base = file.read_numbers("source_base");
    out.quantiles = file.read_numbers("quantile");
    return out;
}

Slice read_slice(const SliceAxes& axes, std::size_t buyer, int day)
{
    const Hdf5Reader file(axes.path);
    const Rows rows{axes, file, buyer};
    Slice out;
    out.day = day;
    out.user = axes.buyers[buyer];
    out.week_end = std::min(day / 7 * 7 + 6, axes.days - 1);
    const auto needed = ever_needed(axes, rows);
    auto materials = all_materials(axes, rows, day);
    for (std::size_t p = 0; p < materials.size(); ++p) {
        if (needed[p]) out.materials.push_back(std::move(materials[p]));
    }
    read_sources(axes, file, axes.buyers[buyer], day, out.materials);
    out.events = read_events(file, day - kEventDays, day);
    out.history = read_events(file, 0, day);
    return out;
}

FirstShort first_short(const SliceAxes& axes, std::size_t buyer, std::optional<std::size_t> product)
{
    const Hdf5Reader file(axes.path);
    const auto status = file.read_numbers("member_status");
    const std::size_t n = axes.products.size(), first = product.value_or(0), count = product ? 1 : n;
    const auto days = file.read_block("first_short_day", {0, buyer, first}, {status.size(), 1, count});
    std::vector<double> found;
    for (std::size_t m = 0; m < status.size(); ++m) {
        const double day = earliest_short_day(std::span(days).subspan(m * count, count));
        if (status[m] == 0 && day >= 0) found.push_back(day);
    }
    return {quantile(found, 0.5), found.size()};
}

std::vector<int> short_days(const SliceAxes& axes, std::size_t buyer, std::optional<std::size_t> product, std::size_t quantile)
{
    const Hdf5Reader file(axes.path);
    const Rows rows{axes, file, buyer};
    const auto days = static_cast<std::size_t>(axes.days), n = axes.products.size();
    const auto need = rows.read("need_q", 0, days), unmet = rows.read("shortfall_q", 0, days);
    std::vector<int> out;
    for (std::size_t i = 0; i < days * n; ++i) {
        if (product && i % n != *product) continue;
        const auto day = static_cast<int>(i / n);
        const double part = unmet[quantile * days * n + i];
        if (part > kShortShare * need[axes.median() * days * n + i] && (out.empty() || out.back() != day)) out.push_back(day);
    }
    return out;
}

}  // namespace chokepoint::record
