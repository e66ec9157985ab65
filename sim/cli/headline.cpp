#include "headline.hpp"

#include "format.hpp"
#include "table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace chokepoint::cli {

namespace {

using ensemble::BuyerHeadline;

std::string label(const record::BuyerAxis& buyer) { return buyer.title.empty() ? buyer.id : buyer.title; }

std::string date_text(const record::Axes& axes, double day)
{
    return std::isnan(day) ? "-" : (axes.start + static_cast<int>(std::floor(day))).to_string();
}

// The material with the largest share of its need unmet.
std::string worst_material(const record::Axes& axes, const BuyerHeadline& buyer)
{
    const auto worst = std::max_element(buyer.products.begin(), buyer.products.end(), [](const auto& a, const auto& b) {
        return std::pair(a.figures.share.median, a.figures.share.high) <
               std::pair(b.figures.share.median, b.figures.share.high);
    });
    if (worst == buyer.products.end() || !(worst->figures.share.high > 0)) return "-";
    return axes.products[worst->product].id;
}

std::string lost_text(const record::BuyerAxis& axis, const BuyerHeadline& buyer)
{
    if (!std::isnan(buyer.output_lost.median)) return fmt::format("{} {}s", spread_text(buyer.output_lost), axis.unit);
    return fmt::format("{} d", spread_text(buyer.output_lost_days));
}

std::string names_line(const char* sentence, const std::vector<std::string>& names)
{
    return names.empty() ? "" : fmt::format("{}: {}.\n", sentence, fmt::join(names, ", "));
}

constexpr double kMillion = 1e6;

}  // namespace

Headline make_headline(const record::Axes& axes, const std::vector<record::Metrics>& members)
{
    Headline out{axes, ensemble::headline(axes, members)};
    std::stable_sort(out.buyers.begin(), out.buyers.end(), [](const BuyerHeadline& a, const BuyerHeadline& b) {
        return std::pair(a.all.share.median, a.all.unmet_members) > std::pair(b.all.share.median, b.all.unmet_members);
    });
    return out;
}

std::string headline_table(const Headline& headline, bool all)
{
    Table table;
    table.column("buyer group", Align::kLeft);
    table.column("total unmet [t]\nmedian (5 to 95 %)");
    table.column("share\nof need");
    table.column("most short of", Align::kLeft);
    table.column("first\nshort day");
    table.column("longest run of\nshort days [d]");
    table.column("chance of any\nshortfall");
    table.column("lost output");
    table.column("duty paid\n[million USD]");
    std::vector<std::string> unhurt;
    for (const BuyerHeadline& buyer : headline.buyers) {
        const record::BuyerAxis& axis = headline.axes.buyers[buyer.buyer];
        if (!all && buyer.all.unmet_members == 0) {
            unhurt.push_back(label(axis));
            continue;
        }
        table.row({label(axis), spread_text(buyer.all.unmet), percent_text(buyer.all.share.median),
                   worst_material(headline.axes, buyer), date_text(headline.axes, buyer.all.first_short_day),
                   spread_text(buyer.all.longest_run), percent_text(buyer.all.unmet_members), lost_text(axis, buyer),
                   spread_text(buyer.duty_paid, 1 / kMillion)});
    }
    return (table.empty() ? "" : table.to_string()) + names_line("No unmet need in any member", unhurt);
}

std::string difference_table(const record::Axes& axes, const std::vector<ensemble::BuyerDifference>& differences,
                             bool all)
{
    Table table;
    table.column("caused by the policy", Align::kLeft);
    table.column("unmet [t]\nmedian (5 to 95 %)");
    table.column("share of need\n[pp]");
    table.column("lost output");
    table.column("duty paid\n[million USD]");
    table.column("members\nworse off");
    std::vector<std::string> unchanged;
    for (const auto& difference : differences) {
        const auto axis = std::find_if(axes.buyers.begin(), axes.buyers.end(),
                                       [&](const record::BuyerAxis& buyer) { return buyer.id == difference.buyer; });
        const bool same = difference.unmet.low == 0 && difference.unmet.high == 0 && difference.duty_paid.low == 0 &&
                          difference.duty_paid.high == 0;
        if (same && !all) {
            unchanged.push_back(label(*axis));
            continue;
        }
        const std::string lost =
            std::isnan(difference.output_lost.median)
                ? fmt::format("{} d", signed_spread_text(difference.output_lost_days))
                : fmt::format("{} {}s", signed_spread_text(difference.output_lost), axis->unit);
        table.row({label(*axis), signed_spread_text(difference.unmet), points_spread_text(difference.share), lost,
                   signed_spread_text(difference.duty_paid, 1 / kMillion),
                   percent_text(difference.worse)});
    }
    return (table.empty() ? "" : table.to_string()) + names_line("Unchanged", unchanged);
}

}  // namespace chokepoint::cli
