#include "explain_result.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>

namespace chokepoint::cli {

namespace {

using record::Interval;
using record::MaterialSlice;
using record::Slice;
using record::SliceAxes;
using Json = nlohmann::ordered_json;

Json value(double number) { return std::isfinite(number) ? Json(number) : Json(nullptr); }

Json interval(const Interval& v)
{
    return {{"median", value(v.median)}, {"low", value(v.low)}, {"high", value(v.high)}};
}

constexpr std::array<const char*, record::kStands> kPlaceNames{"at_seller", "in_review", "licensed",
                                                               "at_customs", "in_transit"};

const char* cause_name(CauseKind kind)
{
    constexpr std::array<const char*, 7> kNames{"not_ordered",         "at_seller", "in_review",
                                                "refused_or_returned", "licensed",  "at_customs",
                                                "in_transit"};
    return kNames[static_cast<std::size_t>(kind)];
}

Json material_json(const SliceAxes& axes, const MaterialSlice& m)
{
    Json out = {{"id", m.product},
                {"title", m.title},
                {"need_t_per_d", interval(m.need)},
                {"unmet_t_per_d", interval(m.unmet)},
                {"stock_t", interval(m.stock)}};
    for (std::size_t s = 0; s < record::kStands; ++s) {
        out[std::string(kPlaceNames[s]) + "_t"] = interval(m.at[s]);
        out[std::string(kPlaceNames[s]) + "_first_week_t"] = interval(m.usual[s]);
    }
    out["open_files"] = interval(m.open_files);
    out["oldest_file_d"] = interval(m.oldest_file);
    out["refused_four_weeks_t"] = value(m.refused);
    out["returned_four_weeks_t"] = value(m.returned);
    if (!axes.routes.empty()) {
        out["route_arrived_all_users_28_d_t"] = value(m.route_arrived);
        out["route_seized_all_users_28_d_t"] = value(m.route_seized);
    }
    out["causes"] = Json::array();
    for (const Cause& cause : causes(m))
        out["causes"].push_back({{"cause", cause_name(cause.kind)}, {"ranked_by_t", value(cause.tonnes)}});
    out["sentence"] = cause_sentence(m, !axes.controls.empty());
    return out;
}

}  // namespace

std::string slice_json(const SliceAxes& axes, std::size_t buyer, const Slice& slice)
{
    Json out = {{"buyer", axes.buyers[buyer]},
                {"title", axes.buyer_titles[buyer]},
                {"region", axes.buyer_regions[buyer]},
                {"date", (axes.start + slice.day).to_string()},
                {"week_end", (axes.start + slice.week_end).to_string()},
                {"members_done", axes.members_done},
                {"quantiles", {axes.quantiles.front(), axes.quantiles[axes.median()], axes.quantiles.back()}},
                {"materials", Json::array()},
                {"events", Json::array()}};
    for (const MaterialSlice& m : slice.materials) out["materials"].push_back(material_json(axes, m));
    for (const auto& event : slice.events) {
        if (!concerns(event, axes.buyer_regions[buyer], axes.controls)) continue;
        out["events"].push_back({{"date", (axes.start + event.day).to_string()},
                                 {"kind", event.kind},
                                 {"subject", event.subject},
                                 {"text", event.text},
                                 {"members", event.members}});
    }
    return out.dump(2) + "\n";
}

std::string never_short_json(const SliceAxes& axes, std::size_t buyer, const std::string& first_in_tail)
{
    return Json{{"buyer", axes.buyers[buyer]},
                {"date", nullptr},
                {"first_short_day_high", first_in_tail.empty() ? Json(nullptr) : Json(first_in_tail)}}
               .dump(2) +
           "\n";
}

}  // namespace chokepoint::cli
