#pragma once
// Slices of a result that tests of `explain` ask about.

#include "explain_result.hpp"

#include "support/catch.hpp"

#include <sstream>

namespace chokepoint::support {

using record::Stand;

inline record::Interval even(double value) { return {value, value, value}; }

// Needs 2 t/d and had 60 t on the way in the first week.
inline record::MaterialSlice material()
{
    record::MaterialSlice m;
    m.product = "magnet";
    m.title = "Magnets";
    m.need = even(2);
    m.unmet = m.lacked = m.unmet_week = {0.5, 0.1, 1};
    m.stock = even(4);
    m.usual[static_cast<std::size_t>(Stand::kInTransit)] = even(60);
    m.at[static_cast<std::size_t>(Stand::kInTransit)] = even(60);
    return m;
}

inline void put(record::MaterialSlice& m, Stand stand, double tonnes)
{
    m.at[static_cast<std::size_t>(stand)] = even(tonnes);
}

inline record::SliceAxes axes()
{
    record::SliceAxes out;
    out.start = core::Date::from_ymd(2025, 1, 1);
    out.days = 200;
    out.members_done = 4;
    out.buyers = {"defense_usa"};
    out.buyer_titles = {"Defense, United States"};
    out.buyer_regions = out.regions = {"USA"};
    out.products = {"magnet"};
    out.product_titles = {"Magnets"};
    out.controls = {"mofcom_18"};
    out.quantiles = {0.05, 0.5, 0.95};
    return out;
}

inline record::Slice no_seller(std::size_t) { return {}; }
inline std::string text_of(const record::SliceAxes& a, const record::Slice& slice)
{
    return cli::slice_text(a, cli::buyer_of(a, 0), slice, no_seller);
}

inline std::string sentence(const record::MaterialSlice& m, bool licensing = true)
{
    auto a = axes();
    if (!licensing) a.controls.clear();
    return cli::cause_sentence(a, cli::buyer_of(a, 0), m);
}

inline std::string one_line(const std::string& text)
{
    std::istringstream words(text);
    std::string out;
    for (std::string word; words >> word;) out += (out.empty() ? "" : " ") + word;
    return out;
}

// Two sellers abroad and one at home, one measure: who sells, and to whom, as in a result.
inline record::SliceAxes with_sellers()
{
    auto a = axes();
    a.regions = {"CHN", "USA"};
    a.buyer_sectors = {"defense"};
    a.sellers = {"chn_makers", "usa_distributors"};
    a.seller_titles = {"Makers, China", "Distributors, United States"};
    a.seller_roles = {"producer", "importer"};
    a.seller_regions = {"CHN", "USA"};
    a.seller_products = {"magnet", "magnet"};
    a.control_titles = {"Announcement 18"};
    a.control_regions = {"CHN"};
    a.control_from = {"2025-01-20"};
    a.control_refuses = {"defense"};
    a.posture_start = {"", "slow"};
    return a;
}

inline record::SourceSlice source(std::size_t seller, int control, record::Part part, double tonnes)
{
    record::SourceSlice out;
    out.seller = seller;
    out.control = control;
    out.at[static_cast<std::size_t>(part)] = tonnes;
    return out;
}

inline record::SellerSlice seller_of_week(record::Interval output, record::Interval less, record::Interval finished, record::Interval owed)
{
    record::SellerSlice out;
    out.seller = 1;
    out.output = output;
    out.output_short = less;
    out.finished = finished;
    out.owed = owed;
    return out;
}

inline std::string of(const record::SliceAxes& a, const record::MaterialSlice& m)
{
    return cli::cause_sentence(a, cli::buyer_of(a, 0), m);
}

}  // namespace chokepoint::support
