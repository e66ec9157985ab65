#include "json_plan.hpp"

#include <nlohmann/json.hpp>

namespace chokepoint::cli {

namespace {

using Json = nlohmann::ordered_json;

Json diagnostics(const std::vector<core::Diagnostic>& all)
{
    Json out = Json::array();
    for (const auto& one : all) {
        out.push_back({{"file", one.where.file},
                       {"line", one.where.line},
                       {"column", one.where.column},
                       {"key", one.key},
                       {"problem", one.problem},
                       {"remedy", one.remedy}});
    }
    return out;
}

Json counts(const world::Structure& structure)
{
    return {{"regions", structure.regions.size()}, {"products", structure.products.size()},
            {"blocks", structure.blocks.size()},   {"firms", structure.n_firms()},
            {"links", structure.n_links()},        {"links_over_controlled_borders", structure.n_border()}};
}

double percent(std::int64_t ppm) { return static_cast<double>(ppm) / 1e4; }

Json duties(const world::Structure& structure)
{
    Json out = Json::array();
    for (const DutyLine& line : duty_lines(structure)) {
        Json rates = Json::array();
        for (const auto& [day, ppm] : line.rates)
            rates.push_back({{"from", day.to_string()}, {"percent", percent(ppm)}});
        out.push_back({{"importer", line.importer},
                       {"origins", line.origins},
                       {"products", line.products},
                       {"rates", rates}});
    }
    return out;
}

// Without a clock no day can be named; under stop_clock the days are those of a clock nothing stops.
Json licensing(const world::Structure& structure, const std::vector<scenario::DatedStep>& steps)
{
    Json out = Json::array();
    for (const world::Control& control : structure.policy.controls) {
        const bool clock = control.deadline_mode != world::Deadline::kNone;
        Json filed = Json::array();
        for (const Filing& one : filings(structure, control, steps)) {
            filed.push_back({{"filed", one.filed.to_string()},
                             {"steps", one.steps},
                             {"clock_ends", clock ? Json(one.clock_ends.to_string()) : Json(nullptr)},
                             {"in_hand_if_granted_then", clock ? Json(one.in_hand.to_string()) : Json(nullptr)}});
        }
        out.push_back({{"id", control.id},
                       {"authority", structure.regions[control.region].id},
                       {"deadline_wd", control.deadline},
                       {"deadline_mode", deadline_mode_name(control.deadline_mode)},
                       {"deadline_forces_decision", control.deadline_mode == world::Deadline::kHard},
                       {"licence_lag_wd", control.licence_lag},
                       {"filings", filed}});
    }
    return out;
}

Json rules(const world::Structure& structure)
{
    Json out = Json::array();
    for (const auto& rule : structure.policy.rules) {
        Json conditions = Json::array();
        for (const auto& condition : rule.conditions) {
            conditions.push_back({{"watches", condition.name},
                                  {"below", condition.below},
                                  {"level_percent", percent(condition.level_ppm)},
                                  {"for_days", condition.for_days}});
        }
        Json one{{"id", rule.id}, {"when", conditions}, {"after_wd", rule.then.after}, {"at_most", rule.at_most}};
        if (!rule.then.regions.empty()) one["licensing"] = structure.policy.controls[rule.control].id;
        out.push_back(std::move(one));
    }
    return out;
}

Json needs(const std::vector<world::NeedGap>& gaps)
{
    Json out = Json::array();
    for (const auto& gap : gaps) {
        out.push_back({{"family", gap.family}, {"region", gap.region}, {"table_t_per_year", gap.brought}, {"needed_t_per_year", gap.needed},
                       {"largest_need", gap.key}, {"file", gap.need.file}, {"line", gap.need.line}});
    }
    return out;
}

}  // namespace

struct PlansJson::Impl {
    Json files = Json::array();
};

PlansJson::PlansJson() : impl_(std::make_unique<Impl>()) {}
PlansJson::~PlansJson() = default;

void PlansJson::add(const std::string& path, const scenario::ScenarioFile& file,
                    const scenario::Scenario& central, const world::Structure& structure)
{
    Json varied = Json::array();
    for (const auto& parameter : file.varied())
        varied.push_back(
            {{"key", parameter.path}, {"distribution", parameter.distribution}, {"unit", parameter.unit}});
    impl_->files.push_back({{"path", path},
                            {"valid", true},
                            {"name", central.name},
                            {"title", central.title},
                            {"warnings", diagnostics(file.warnings())},
                            {"start", structure.start.to_string()},
                            {"days", structure.horizon},
                            {"members", central.ensemble.members},
                            {"seed", central.seed},
                            {"world", counts(structure)},
                            {"varied", varied},
                            {"duties", duties(structure)},
                            {"licensing", licensing(structure, file.dated_steps())},
                            {"rules", rules(structure)},
                            {"needs_off_tables", needs(world::judge(central, file.published()).gaps)}});
}

void PlansJson::add_invalid(const std::string& path, const core::InputError& error)
{
    impl_->files.push_back({{"path", path}, {"valid", false}, {"errors", diagnostics(error.diagnostics())}});
}

std::string PlansJson::text() const { return Json{{"files", impl_->files}}.dump(2) + "\n"; }

}  // namespace chokepoint::cli
