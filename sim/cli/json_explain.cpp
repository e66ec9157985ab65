#include "explain_duty.hpp"
#include "explain_result.hpp"

#include "chokepoint/record/short_day.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>

namespace chokepoint::cli {

namespace {

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

constexpr std::array<const char*, record::kParts> kPartNames{"owed", "not_filed", "paused", "in_review", "licensed", "at_customs"};

Json source_json(const SliceAxes& axes, const record::SourceSlice& source)
{
    Json out = {{"seller", axes.sellers[source.seller]},
                {"measure", source.control < 0 ? Json(nullptr) : Json(axes.controls[static_cast<std::size_t>(source.control)])}};
    for (std::size_t p = 0; p < record::kParts; ++p) {
        out[std::string(kPartNames[p]) + "_t"] = value(source.at[p]);
        out[std::string(kPartNames[p]) + "_first_week_t"] = value(source.usual[p]);
    }
    out["open_files"] = value(source.open_files);
    out["oldest_file_d"] = value(source.oldest_file);
    out["base_t_per_d"] = value(source.base);
    out["duty"] = value(source.duty);
    out["duty_rise"] = value(source.duty_rise);
    out["refused_four_weeks_t"] = value(source.refused);
    out["returned_four_weeks_t"] = value(source.returned);
    return out;
}

Json measures_json(const std::vector<Measure>& found)
{
    Json out = Json::array();
    for (const Measure& one : found) out.push_back({{"id", one.id}, {"kind", one.kind}, {"sentence", one.sentence}});
    return out;
}

// Why a material is short: sources, measures, and who is behind them.
void add_reasons(const SliceAxes& axes, const Who& who, const Slice& slice, const MaterialSlice& m, const ReadSeller& read, Json& out)
{
    out["sources"] = Json::array();
    for (const auto& source : m.sources) out["sources"].push_back(source_json(axes, source));
    out["measures"] = is_lacking(m) ? measures_json(measures(axes, who, slice, m)) : Json::array();
    out["behind"] = Json::array();
    if (!is_lacking(m)) return;
    for (const Tier& tier : tiers(axes, m, read)) {
        out["behind"].push_back({{"block", tier.block},
                                 {"lacks", tier.product.empty() ? Json(nullptr) : Json(tier.product)},
                                 {"sentence", tier.text},
                                 {"measures", measures_json(tier.measures)}});
    }
}

Json material_json(const SliceAxes& axes, const Who& who, const Slice& slice, const MaterialSlice& m, const ReadSeller& read)
{
    Json out = {{"id", m.product},
                {"title", m.title},
                {"need_t_per_d", interval(m.need)},
                {"unmet_t_per_d", interval(m.unmet)},
                {"stock_t", interval(m.stock)}};
    out["lacked_in_week_t_per_d"] = interval(m.lacked);
    out["unmet_in_week_t_per_d"] = interval(m.unmet_week);
    if (slice.seller) {
        out["need_first_week_t_per_d"] = value(m.usual_need);
    } else {
        out["given_up_t_per_d"] = interval(m.given_up);
        out["price_outside_usd_per_kg"] = value(m.price_outside);
        out["price_outside_day_0_usd_per_kg"] = value(m.price_outside_start);
    }
    out["short"] = is_lacking(m);
    out["lies_idle"] = lies_idle(m);
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
    out["sentence"] = nullptr;
    if (is_lacking(m)) {
        for (const Cause& cause : causes(m))
            out["causes"].push_back({{"cause", cause_name(cause.kind)}, {"ranked_by_t", value(cause.tonnes)}});
        out["sentence"] = cause_sentence(axes, who, m);
    }
    add_reasons(axes, who, slice, m, read, out);
    return out;
}

}  // namespace

std::string slice_json(const SliceAxes& axes, const Who& who, const Slice& slice, const ReadSeller& read, const Telling& telling)
{
    const MaterialSlice* scarce = scarcest(slice);
    const auto& days = telling.short_days;
    const auto date = [&](int day) { return Json((axes.start + day).to_string()); };
    Json out = {{"block", who.id},
                {"role", who.role},
                {"title", who.title},
                {"region", who.region},
                {"date", (axes.start + slice.day).to_string()},
                {"week_end", (axes.start + slice.week_end).to_string()},
                {"members_done", axes.members_done},
                {"quantiles", {axes.quantiles.front(), axes.quantiles[axes.median()], axes.quantiles.back()}},
                {"short_in_median", {{"unit", slice.seller ? "week" : "day"}, {"count", days.size()},
                                     {"first", days.empty() ? Json(nullptr) : date(days.front())}, {"last", days.empty() ? Json(nullptr) : date(days.back())}}},
                {"first_short_day", telling.first_short && telling.first_short->members > 0 ? date(record::whole_day(telling.first_short->day)) : Json(nullptr)},
                {"most_short_of", scarce != nullptr ? Json(scarce->product) : Json(nullptr)},
                {"materials", Json::array()},
                {"costs", costs(axes, slice, read)},
                {"duty_changes", Json::array()},
                {"events", Json::array()}};
    if (slice.seller) {
        const record::SellerSlice& s = *slice.seller;
        out["sells"] = axes.seller_products[s.seller];
        out["output_in_week_t"] = interval(s.output);
        out["output_short_in_week_t"] = interval(s.output_short);
        out["finished_t"] = interval(s.finished);
        out["owed_t"] = interval(s.owed);
        out["capacity_in_week_t"] = s.capacity.median > 0 ? interval(s.capacity) : Json(nullptr);
        out["output_in_first_week_t"] = value(s.usual_output);
        out["behind_since"] = s.behind_since < 0 ? Json(nullptr) : date(s.behind_since);
        const std::string reason = seller_reason(axes, slice);
        out["reason"] = reason.empty() ? Json(nullptr) : Json(reason.substr(1));
        out["measures"] = measures_json(seller_measures(axes, slice));
    }
    for (const MaterialSlice& m : slice.materials)
        if (telling.product.empty() || m.product == telling.product) out["materials"].push_back(material_json(axes, who, slice, m, read));
    for (const DutyChange& one : duty_changes(axes, slice, read)) {
        if (telling.product.empty() || one.product == telling.product)
            out["duty_changes"].push_back({{"material", one.product}, {"origins", one.origins}, {"duty_day_before", one.before}, {"duty", one.after}});
    }
    for (const ToldEvent& event : events_on(axes, who, slice, telling.product)) {
        out["events"].push_back({{"date", date(event.day)},
                                 {"first", date(event.first)},
                                 {"last", date(event.last)},
                                 {"kind", event.kind},
                                 {"subject", event.subject},
                                 {"text", event.text},
                                 {"members", event.members}});
    }
    return out.dump(2) + "\n";
}

std::string never_short_json(const Who& who, const std::string& first_in_tail)
{
    return Json{{"block", who.id},
                {"date", nullptr},
                {"first_short_day_high", first_in_tail.empty() ? Json(nullptr) : Json(first_in_tail)}}
               .dump(2) +
           "\n";
}

}  // namespace chokepoint::cli
