#include "json_headline.hpp"

#include "chokepoint/record/short_day.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace chokepoint::cli {

namespace {

using Json = nlohmann::ordered_json;

Json value(double number) { return std::isfinite(number) ? Json(number) : Json(nullptr); }

Json spread(const ensemble::Spread& s)
{
    return {{"median", value(s.median)}, {"p5", value(s.low)}, {"p95", value(s.high)}};
}

Json day(const record::Axes& axes, double number)
{
    if (!std::isfinite(number)) return nullptr;
    return (axes.start + record::whole_day(number)).to_string();
}

Json figures(const record::Axes& axes, const ensemble::Figures& f)
{
    return {{"lost_t", spread(f.lost)},
            {"unmet_t", spread(f.unmet)},
            {"given_up_t", spread(f.given_up)},
            {"lost_usd", spread(f.lost_usd)},
            {"unmet_usd", spread(f.unmet_usd)},
            {"given_up_usd", spread(f.given_up_usd)},
            {"lost_share", spread(f.share)},
            {"first_short_day", day(axes, f.first_short_day.median)},
            {"first_short_day_p5", day(axes, f.first_short_day.low)},
            {"first_short_day_p95", day(axes, f.first_short_day.high)},
            {"longest_run_d", spread(f.longest_run)},
            {"chance_of_shortfall", value(f.short_members)},
            {"chance_of_any_unmet", value(f.unmet_members)},
            {"chance_of_loss_above_1_percent", value(f.lost_members)}};
}

Json buyer(const record::Axes& axes, const ensemble::BuyerHeadline& b)
{
    const record::BuyerAxis& axis = axes.buyers[b.buyer];
    Json out = {{"id", axis.id}, {"title", axis.title}, {"sector", axis.sector}, {"region", axis.region}};
    out.update(figures(axes, b.all));
    out["most_short_of"] = b.scarcest ? Json(axes.products[*b.scarcest].id) : Json(nullptr);
    out["lost_output"] = spread(b.output_lost);
    out["stopped_output"] = spread(b.output_stopped);
    out["given_up_output"] = spread(b.output_given_up);
    out["output_unit"] = axis.unit.empty() ? Json(nullptr) : Json(axis.unit);
    out["lost_output_d"] = spread(b.output_lost_days);
    out["value_lost_usd"] = spread(b.value_lost);
    out["value_stopped_usd"] = spread(b.value_stopped);
    out["value_given_up_usd"] = spread(b.value_given_up);
    out["first_stoppage"] = day(axes, b.first_stoppage_day);
    out["chance_of_stoppage"] = value(b.stopped_members);
    out["duty_paid_usd"] = spread(b.duty_paid);
    Json materials = Json::object();
    for (const auto& product : b.products)
        materials[axes.products[product.product].id] = figures(axes, product.figures);
    out["materials"] = materials;
    return out;
}

Json difference(const ensemble::BuyerDifference& d)
{
    return {{"id", d.buyer},
            {"lost_t", spread(d.lost)},
            {"unmet_t", spread(d.unmet)},
            {"given_up_t", spread(d.given_up)},
            {"lost_usd", spread(d.lost_usd)},
            {"unmet_usd", spread(d.unmet_usd)},
            {"given_up_usd", spread(d.given_up_usd)},
            {"lost_share", spread(d.share)},
            {"lost_output", spread(d.output_lost)},
            {"lost_output_d", spread(d.output_lost_days)},
            {"value_lost_usd", spread(d.value_lost)},
            {"value_stopped_usd", spread(d.value_stopped)},
            {"value_given_up_usd", spread(d.value_given_up)},
            {"duty_paid_usd", spread(d.duty_paid)},
            {"share_worse", value(d.worse)},
            {"share_better", value(d.better)},
            {"pairs", d.pairs}};
}

// Ids of the buyers of one side that the other lacks.
Json only_in(const record::Axes& here, const record::Axes& there)
{
    Json out = Json::array();
    for (const record::BuyerAxis& buyer : here.buyers) {
        const bool known = std::any_of(there.buyers.begin(), there.buyers.end(), [&](const auto& other) { return other.id == buyer.id; });
        if (!known) out.push_back(buyer.id);
    }
    return out;
}

Json result(const Finished& run)
{
    const record::ResultHeader& header = run.job.header;
    Json out = {{"name", header.name},
                {"title", header.title},
                {"path", run.job.path},
                {"run_id", header.run_id},
                {"seed", run.job.seed},
                {"members_requested", header.members_requested},
                {"members_done", run.outcome.done.size()},
                {"start", run.job.axes.start.to_string()},
                {"days", run.job.axes.days}};
    Json buyers = Json::array();
    const Headline headline = make_headline(run.job.axes, run.outcome.metrics);
    out["duty_paid_usd"] = spread(headline.duty_paid);
    for (const auto& one : headline.buyers) {
        buyers.push_back(buyer(run.job.axes, one));
    }
    out["buyers"] = buyers;
    out["caveats"] = Json::array();
    for (const auto& one : run.job.file.caveats()) out["caveats"].push_back({{"id", one.id}, {"figure", one.figure}, {"text", one.text}});
    if (!run.against.empty()) {
        Json caused = {{"against", run.against}, {"duty_paid_usd", spread(run.duty_caused)}, {"buyers", Json::array()}};
        for (const auto& one : run.differences) caused["buyers"].push_back(difference(one));
        caused["only_in_baseline"] = only_in(run.baseline->axes, run.job.axes);
        caused["only_in_policy"] = only_in(run.job.axes, run.baseline->axes);
        out["caused_by_policy"] = caused;
    }
    return out;
}

}  // namespace

std::string headline_json(const std::vector<Finished>& runs)
{
    Json results = Json::array();
    for (const Finished& run : runs) results.push_back(result(run));
    return Json{{"results", results}}.dump(2) + "\n";
}

}  // namespace chokepoint::cli
