// Every key that carries a value reaches its own field of the typed scenario: set to a value no other
// key has, it changes that field and gives the expected number. A key missing here fails the test.

#include "scenario/fields.hpp"
#include "scenario/node.hpp"
#include "support.hpp"
#include "support/catch.hpp"

#include <functional>
#include <set>

using namespace chokepoint;
using scenario::Scenario;

namespace {

using Getter = std::function<double(const Scenario&)>;
struct Key {
    std::string path, value;
    double expected;
    Getter get;
};

const scenario::Licensing& control(const Scenario& s) { return s.licensing.at(0); }
const scenario::Behaviour& behaviour(const Scenario& s) { return s.behaviour; }
double days(const char* iso) { return core::Date::parse(iso)->days_since_epoch; }
double is(bool yes) { return yes ? 1 : 0; }

std::vector<Key> frame_keys()
{
    return {
        {"name", "other_name", 1, [](const Scenario& s) { return is(s.name == "other_name"); }},
        {"title", "T", 1, [](const Scenario& s) { return is(s.title == "T"); }},
        {"question", "Q", 1, [](const Scenario& s) { return is(s.question == "Q"); }},
        {"seed", "77", 77, [](const Scenario& s) { return static_cast<double>(s.seed); }},
        {"time.start", "2025-01-02", days("2025-01-02"), [](const Scenario& s) { return s.time.start.days_since_epoch; }},
        {"time.horizon", "541 d", 541, [](const Scenario& s) { return s.time.horizon; }},
        {"world.scale", "3.5", 3.5, [](const Scenario& s) { return s.world.scale; }},
        {"ensemble.members", "41", 41, [](const Scenario& s) { return s.ensemble.members; }},
        {"output.members", "daily", 1, [](const Scenario& s) { return is(s.output.members_daily); }},
        {"regions.CHN.title", "X", 1, [](const Scenario& s) { return is(s.regions[0].title == "X"); }},
        {"products.magnet_hre.title", "X", 1, [](const Scenario& s) { return is(s.products[0].title == "X"); }},
        {"products.magnet_hre.hs", "\"0101210\"", 1, [](const Scenario& s) { return is(s.products[0].hs == "0101210"); }},
        {"products.magnet_hre.price", "81 USD/kg", 81, [](const Scenario& s) { return s.products[0].price; }},
        {"products.magnet_hre.look_alike", "true", 1, [](const Scenario& s) { return is(s.products[0].look_alike); }},
        {"families.magnets.title", "X", 1, [](const Scenario& s) { return is(s.families[0].title == "X"); }},
        {"families.magnets.look_alike_share", "21 %", 0.21, [](const Scenario& s) { return s.families[0].look_alike_share; }},
        {"families.magnets.by_sector.automotive", "0.9 x", 0.9, [](const Scenario& s) { return s.families[0].sector_factor.at(0).second; }},
        {"families.magnets.by_region.VNM", "1.7 x", 1.7, [](const Scenario& s) { return s.families[0].region_factor.at(0).second; }},
        {"families.magnets.controlled", "magnet_new", 1, [](const Scenario& s) { return is(s.families[0].controlled == "magnet_new"); }},
        {"families.magnets.look_alike", "magnet_new", 1, [](const Scenario& s) { return is(s.families[0].look_alike == "magnet_new"); }},
        {"transit.default", "31 d", 31, [](const Scenario& s) { return s.lanes.at(7).days; }},  // USA to DEU
        {"transit.domestic", "4 d", 4, [](const Scenario& s) { return s.lanes.at(0).days; }},
        {"transit.air.days", "6 d", 6, [](const Scenario& s) { return s.lanes.at(7).air_days; }},
        {"transit.air.below", "9 d", 9, [](const Scenario& s) { return s.air_below; }},
        {"transit.air.premium", "4 USD/kg", 4, [](const Scenario& s) { return s.air_premium; }},
        {"transit.freight", "0.7 USD/kg", 0.7, [](const Scenario& s) { return s.lanes.at(7).freight; }},
        {"transit.noise", "0.25", 0.25, [](const Scenario& s) { return s.lanes.at(0).noise_sd; }},
    };
}

std::vector<Key> firm_keys()
{
    std::vector<Key> out{
        {"producers.chn_magnets.utilisation", "83 %", 0.83, [](const Scenario& s) { return *s.producers[0].utilisation; }},
        {"producers.chn_oxide.capacity", "9 t/d", 9e6, [](const Scenario& s) { return *s.producers[1].capacity; }},
        {"producers.chn_magnets.makes", "magnet_std", 1, [](const Scenario& s) { return is(s.producers[0].makes == "magnet_std"); }},
        {"producers.chn_magnets.finished_cover", "11 d", 11, [](const Scenario& s) { return s.producers[0].finished_cover; }},
        {"producers.chn_magnets.uses.dy_oxide.amount", "30 kg/t", 0.03, [](const Scenario& s) { return *s.producers[0].uses[0].grams_per_unit; }},
        {"producers.chn_magnets.uses.dy_oxide.critical", "important", 1, [](const Scenario& s) { return is(s.producers[0].uses[0].critical == scenario::Criticality::kImportant); }},
        {"exporters.chn_houses.share", "61 %", 0.61, [](const Scenario& s) { return s.exporters[0].share; }},
        {"importers.usa_distributors.share", "32 %", 0.32, [](const Scenario& s) { return s.importers[0].share; }},
        {"buyers.auto_usa.sector", "wind", static_cast<double>(scenario::Sector::kWind), [](const Scenario& s) { return static_cast<double>(s.buyers[0].sector); }},
        {"buyers.auto_usa.output", "28501 vehicle/d", 28501, [](const Scenario& s) { return s.buyers[0].output_per_day; }},
        {"buyers.auto_usa.uses.magnets.amount", "0.7 kg/vehicle", 700, [](const Scenario& s) { return *s.buyers[0].uses[0].grams_per_unit; }},
        {"buyers.auto_usa.uses.magnets.critical", "false", 1, [](const Scenario& s) { return is(s.buyers[0].uses[0].critical == scenario::Criticality::kMinor); }},
        {"buyers.auto_usa.cover.lognormal.median", "29 d", 29, [](const Scenario& s) { return s.buyers[0].cover.a; }},
        {"buyers.auto_usa.cover.lognormal.log_sd", "0.85", 0.85, [](const Scenario& s) { return s.buyers[0].cover.b; }},
        {"buyers.auto_usa.rated", "true", 1, [](const Scenario& s) { return is(s.buyers[0].rated); }},
        {"buyers.auto_usa.growth", "2 %/yr", 0.02, [](const Scenario& s) { return s.buyers[0].growth; }},
        {"buyers.auto_usa.precaution", "55 %", 0.55, [](const Scenario& s) { return s.buyers[0].conduct.precaution.value_or(-1); }},
        {"buyers.auto_usa.switching_cap", "21 %", 0.21, [](const Scenario& s) { return s.buyers[0].conduct.switching_cap.value_or(-1); }},
        {"buyers.auto_usa.substitution_cap", "22 %", 0.22, [](const Scenario& s) { return s.buyers[0].conduct.substitution_cap.value_or(-1); }},
        {"buyers.auto_usa.value", "9000 USD/vehicle", 9000, [](const Scenario& s) { return s.buyers[0].value; }},
        {"buyers.auto_usa.qualification", "91 d", 91, [](const Scenario& s) { return s.buyers[0].conduct.qualification_days.value_or(-1); }},
        {"buyers.auto_usa.spot", "12 %", 0.12, [](const Scenario& s) { return s.buyers[0].conduct.spot; }},
        {"buyers.auto_usa.parts", "9", 9, [](const Scenario& s) { return s.buyers[0].conduct.parts; }},
        {"buyers.auto_usa.catch_up", "45 %", 0.45, [](const Scenario& s) { return s.buyers[0].conduct.catch_up.value_or(-1); }},
    };
    const auto block = [&out](const std::string& path, auto member, std::size_t at) {
        const auto get = [member, at](const Scenario& s) -> const auto& { return (s.*member).at(at); };
        out.push_back({path + ".title", "X", 1, [get](const Scenario& s) { return is(get(s).title == "X"); }});
        out.push_back({path + ".region", "VNM", 1, [get](const Scenario& s) { return is(get(s).region == "VNM"); }});
        out.push_back({path + ".firms", "13", 13, [get](const Scenario& s) { return get(s).firms; }});
        out.push_back({path + ".size_log_sd", "0.6", 0.6, [get](const Scenario& s) { return get(s).size_log_sd; }});
        out.push_back({path + ".cover", "17 d", 17, [get](const Scenario& s) { return get(s).cover.a; }});
    };
    block("producers.chn_magnets", &Scenario::producers, 0);
    block("exporters.chn_houses", &Scenario::exporters, 0);
    block("importers.usa_distributors", &Scenario::importers, 0);
    block("buyers.defense_usa", &Scenario::buyers, 2);
    return out;
}

std::vector<Key> licensing_keys()
{
    const std::string l = "licensing.mofcom_18.";
    return {
        {l + "title", "X", 1, [](const Scenario& s) { return is(control(s).title == "X"); }},
        {l + "authority", "VNM", 1, [](const Scenario& s) { return is(control(s).authority == "VNM"); }},
        {l + "from", "2025-04-03", days("2025-04-03"), [](const Scenario& s) { return control(s).from.days_since_epoch; }},
        {l + "until", "2026-04-03", days("2026-04-03"), [](const Scenario& s) { return control(s).until ? control(s).until->days_since_epoch : 0; }},
        {l + "shipment_size", "3 t", 3e6, [](const Scenario& s) { return control(s).shipment_size; }},
        {l + "deadline", "46 wd", 46, [](const Scenario& s) { return control(s).deadline_days; }},
        {l + "deadline_mode", "hard", 1, [](const Scenario& s) { return is(control(s).deadline_mode == scenario::DeadlineMode::kHard); }},
        {l + "minimum_review", "5 wd", 5, [](const Scenario& s) { return control(s).minimum_review_days; }},
        {l + "licence_lag", "7 wd", 7, [](const Scenario& s) { return control(s).licence_lag_days; }},
        {l + "declared_lots", "8 d", 8, [](const Scenario& s) { return control(s).declared_lot_days; }},
        {l + "batch.days", "15 d", 15, [](const Scenario& s) { return control(s).batch_days; }},
        {l + "batch.cover", "31 d", 31, [](const Scenario& s) { return control(s).batch_cover; }},
        {l + "use_first", "31 d", 31, [](const Scenario& s) { return control(s).use_first; }},
        {l + "held_cap", "61 d", 61, [](const Scenario& s) { return control(s).held_cap; }},
        {l + "returned", "11 %", 0.11, [](const Scenario& s) { return control(s).returned; }},
        {l + "resubmit.after", "12 wd", 12, [](const Scenario& s) { return control(s).resubmit_days; }},
        {l + "resubmit.probability", "88 %", 0.88, [](const Scenario& s) { return control(s).resubmit; }},
        {l + "customs_hold", "47 d", 47, [](const Scenario& s) { return control(s).customs_hold_days; }},
        {l + "announced_wait", "63 d", 63, [](const Scenario& s) { return control(s).announcement_wait; }},
        {l + "end_use.defense", "civil", 1, [](const Scenario& s) { return is(control(s).defense == scenario::EndUseRule::kCivil); }},
        {l + "end_use.unknown", "refuse", 1, [](const Scenario& s) { return is(control(s).unknown == scenario::EndUseRule::kRefuse); }},
        {l + "throughput.calendar", "exact", 0, [](const Scenario& s) { return is(control(s).throughput.normalised_calendar); }},
        {l + "throughput.per_reviewer", "4 files/d", 4, [](const Scenario& s) { return control(s).throughput.files_per_reviewer_day; }},
        {l + "throughput.levels.start.date", "2025-04-06", days("2025-04-06"), [](const Scenario& s) { return control(s).throughput.levels[0].date.days_since_epoch; }},
        {l + "throughput.levels.start.level", "9 %", 0.09, [](const Scenario& s) { return control(s).throughput.levels[0].level; }},
        {l + "postures.slow.weight", "0.4 x", 0.4, [](const Scenario& s) { return control(s).postures[1].weight; }},
        {l + "postures.slow.approval", "91 %", 0.91, [](const Scenario& s) { return control(s).postures[1].approval; }},
        {l + "postures.slow.hold", "62 %", 0.62, [](const Scenario& s) { return control(s).postures[1].hold; }},
        {l + "postures.slow.signal", "41 %", 0.41, [](const Scenario& s) { return control(s).postures[1].signal; }},
        {l + "toward.USA.posture", "slow", 1, [](const Scenario& s) { return is(control(s).toward[0].posture == "slow"); }},
        {l + "toward.USA.changes.june.date", "2025-06-03", days("2025-06-03"), [](const Scenario& s) { return control(s).toward[0].changes[0].date.days_since_epoch; }},
        {l + "toward.USA.changes.june.posture", "slow", 1, [](const Scenario& s) { return is(control(s).toward[0].changes[0].posture == "slow"); }},
    };
}

std::vector<Key> authority_keys()
{
    const std::string l = "licensing.mofcom_18.";
    using scenario::EntityState;
    using scenario::EndUseRule;
    const auto first_day = [](const auto& date) { return date ? date->days_since_epoch : 0; };
    std::vector<Key> out{
        {"products.magnet_hre.form", "alloy", 1, [](const Scenario& s) { return is(s.products[0].form == "alloy"); }},
        {"products.magnet_hre.elements.Dy", "4 %", 0.04, [](const Scenario& s) { return s.products[0].elements[0].second; }},
        {l + "content_above", "5 %", 1, [](const Scenario& s) { return static_cast<double>(control(s).products.size()); }},
        {l + "announced", "2025-03-21", days("2025-03-21"), [first_day](const Scenario& s) { return first_day(control(s).announced); }},
        {l + "validity", "170 d", 170, [](const Scenario& s) { return control(s).validity_days; }},
        {l + "cost", "1.5 USD/kg", 1.5, [](const Scenario& s) { return control(s).cost; }},
        {l + "resubmit.pause", "90 d", 90, [](const Scenario& s) { return control(s).pause_days; }},
        {l + "resubmit.at_most", "6", 6, [](const Scenario& s) { return control(s).resubmit_at_most; }},
        {l + "lists.october.from", "2025-11-09", days("2025-11-09"), [](const Scenario& s) { return control(s).lists[0].from.days_since_epoch; }},
        {l + "lists.october.announced", "2025-10-10", days("2025-10-10"), [first_day](const Scenario& s) { return first_day(control(s).lists[0].announced); }},
        {l + "lists.october.until", "2026-11-11", days("2026-11-11"), [first_day](const Scenario& s) { return first_day(control(s).lists[0].until); }},
        {l + "stages.documents.title", "X", 1, [](const Scenario& s) { return is(control(s).stages[0].title == "X"); }},
        {l + "stages.documents.place", "3", 1, [](const Scenario& s) { return is(control(s).stages[0].id == "province"); }},
        {l + "stages.documents.returned", "6 %", 0.06, [](const Scenario& s) { return control(s).stages[0].returned; }},
        {l + "stages.documents.throughput.per_reviewer", "4 files/d", 4, [](const Scenario& s) { return control(s).stages[0].throughput.files_per_reviewer_day; }},
        {l + "stages.documents.throughput.levels.start.reviewers", "31", 31, [](const Scenario& s) { return control(s).stages[0].throughput.levels[0].level; }},
        {l + "stages.province.throughput.levels.start.level", "160 %", 1.6, [](const Scenario& s) { return control(s).stages[1].throughput.levels[0].level; }},
        {l + "stages.province.throughput.levels.start.date", "2025-04-05", days("2025-04-05"), [](const Scenario& s) { return control(s).stages[1].throughput.levels[0].date.days_since_epoch; }},
        {l + "stages.province.throughput.calendar", "exact", 0, [](const Scenario& s) { return is(control(s).stages[1].throughput.normalised_calendar); }},
        {l + "stages.province.minimum_review", "6 wd", 6, [](const Scenario& s) { return control(s).stages[1].minimum_review_days; }},
        {l + "postures.slow.military", "1 %", 0.01, [](const Scenario& s) { return control(s).postures[1].military; }},
        {l + "postures.slow.licence", "false", 0, [](const Scenario& s) { return is(control(s).postures[1].licence); }},
        {l + "postures.slow.banned", "true", 1, [](const Scenario& s) { return is(control(s).postures[1].banned); }},
        {l + "postures.slow.general", "false", 0, [](const Scenario& s) { return is(control(s).postures[1].general); }},
        {l + "postures.slow.revokes", "true", 1, [](const Scenario& s) { return is(control(s).postures[1].revokes); }},
        {l + "extra_review", "26 wd", 26, [](const Scenario& s) { return control(s).extra_review_days; }},
        {l + "odds.sector.automotive", "0.6", 0.6, [](const Scenario& s) { return control(s).odds.sector[0].second; }},
        {l + "odds.country.USA", "-0.3", -0.3, [](const Scenario& s) { return control(s).odds.country[0].second; }},
        {l + "odds.documents", "1.6", 1.6, [](const Scenario& s) { return control(s).odds.documents; }},
        {l + "odds.history", "2.6", 2.6, [](const Scenario& s) { return control(s).odds.history; }},
        {l + "disclosure.reveals", "nothing", 0, [](const Scenario& s) { return is(control(s).disclosure.reveals); }},
        {l + "disclosure.discovers_route", "3.5 %", 0.035, [](const Scenario& s) { return control(s).disclosure.discovers_route; }},
        {l + "disclosure.discovers_defense", "4.5 %", 0.045, [](const Scenario& s) { return control(s).disclosure.discovers_defense; }},
        {l + "disclosure.barred", "101 d", 101, [](const Scenario& s) { return control(s).disclosure.barred; }},
        {l + "disclosure.tainted", "civil", 1, [](const Scenario& s) { return is(control(s).disclosure.tainted == EndUseRule::kCivil); }},
    };
    const std::string p = l + "priorities.car_maker.", e = l + "entities.us_28.", g = l + "general.";
    const auto car_maker = [](const Scenario& s) -> const auto& { return control(s).priorities[1]; };
    const auto us_28 = [](const Scenario& s) -> const auto& { return control(s).entities[0]; };
    const auto general = [](const Scenario& s) -> const auto& { return control(s).general; };
    const std::vector<Key> more{
        {p + "largest_exporters", "70 %", 0.7, [=](const Scenario& s) { return car_maker(s).largest_exporters; }},
        {p + "largest_users", "35 %", 0.35, [=](const Scenario& s) { return car_maker(s).largest_users; }},
        {p + "from", "2025-04-29", days("2025-04-29"), [=](const Scenario& s) { return first_day(car_maker(s).from); }},
        {p + "until", "2025-07-02", days("2025-07-02"), [=](const Scenario& s) { return first_day(car_maker(s).until); }},
        {p + "weight", "6 x", 6, [=](const Scenario& s) { return car_maker(s).weight; }},
        {p + "strict", "false", 0, [=](const Scenario& s) { return is(car_maker(s).strict); }},
        {e + "share", "65 %", 0.65, [=](const Scenario& s) { return us_28(s).share; }},
        {e + "state", "watch", 1, [=](const Scenario& s) { return is(us_28(s).state == EntityState::kWatch); }},
        {e + "changes.april.date", "2025-04-05", days("2025-04-05"), [=](const Scenario& s) { return us_28(s).changes[0].date.days_since_epoch; }},
        {e + "changes.april.state", "watch", 1, [=](const Scenario& s) { return is(us_28(s).changes[0].state == EntityState::kWatch); }},
        {e + "owned", "11 %", 0.11, [=](const Scenario& s) { return us_28(s).owned; }},
        {e + "ownership_from", "2025-10-10", days("2025-10-10"), [=](const Scenario& s) { return first_day(us_28(s).ownership_from); }},
        {e + "ownership_until", "2025-11-08", days("2025-11-08"), [=](const Scenario& s) { return first_day(us_28(s).ownership_until); }},
        {g + "from", "2025-12-03", days("2025-12-03"), [=](const Scenario& s) { return general(s).from.days_since_epoch; }},
        {g + "until", "2026-12-03", days("2026-12-03"), [=](const Scenario& s) { return first_day(general(s).until); }},
        {g + "clean_grants", "6", 6, [=](const Scenario& s) { return general(s).clean_grants; }},
        {g + "validity", "361 d", 361, [=](const Scenario& s) { return general(s).validity; }},
        {g + "cap", "95 %", 0.95, [=](const Scenario& s) { return general(s).cap; }},
        {g + "largest_exporters", "45 %", 0.45, [=](const Scenario& s) { return general(s).largest_exporters; }},
        {g + "signal", "12 %", 0.12, [=](const Scenario& s) { return general(s).signal; }},
        {"buyers.auto_usa.candour.withhold", "15 %", 0.15, [](const Scenario& s) { return s.buyers[0].candour.withhold; }},
        {"buyers.auto_usa.candour.change_source", "16 %", 0.16, [](const Scenario& s) { return s.buyers[0].candour.change_source; }},
        {"buyers.auto_usa.candour.defense_clients", "17 %", 0.17, [](const Scenario& s) { return s.buyers[0].candour.defense_clients; }},
        {"importers.usa_distributors.candour.withhold", "12 %", 0.12, [](const Scenario& s) { return s.importers[0].candour.withhold; }},
        {"importers.usa_distributors.candour.change_source", "13 %", 0.13, [](const Scenario& s) { return s.importers[0].candour.change_source; }},
        {"importers.usa_distributors.candour.defense_clients", "14 %", 0.14, [](const Scenario& s) { return s.importers[0].candour.defense_clients; }},
    };
    out.insert(out.end(), more.begin(), more.end());
    return out;
}

std::vector<Key> regime_keys()
{
    const std::string r = "licensing.mofcom_18.regimes.";
    const auto wide = [](const Scenario& s) -> const auto& { return control(s).regimes.states[1]; };
    const auto summit = [](const Scenario& s) -> const auto& { return control(s).regimes.dated[0]; };
    return {
        {r + "from", "2025-09-02", days("2025-09-02"), [](const Scenario& s) { return control(s).regimes.from.days_since_epoch; }},
        {r + "first", "wide", 1, [](const Scenario& s) { return control(s).regimes.first; }},
        {r + "states.wide.title", "W", 1, [=](const Scenario& s) { return is(wide(s).title == "W"); }},
        {r + "states.wide.level", "140 %", 1.4, [=](const Scenario& s) { return wide(s).level; }},
        {r + "states.wide.to.slow", "210 d", 210, [=](const Scenario& s) { return wide(s).to[0].second; }},
        {r + "states.wide.toward.VNM", "slow", 1, [=](const Scenario& s) { return is(wide(s).toward[0].second == "slow"); }},
        {r + "dated.summit.from", "2025-10-26", days("2025-10-26"), [=](const Scenario& s) { return summit(s).from.days_since_epoch; }},
        {r + "dated.summit.until", "2025-11-06", days("2025-11-06"), [=](const Scenario& s) { return summit(s).until.days_since_epoch; }},
        {r + "dated.summit.factor", "4 x", 4, [=](const Scenario& s) { return summit(s).factor; }},
    };
}

std::vector<Key> policy_keys()
{
    const std::string t = "tariffs.usa_on_chn.layers.";
    const auto last = [](const Scenario& s) { return s.tariffs[0].layers[2].points.back(); };
    return {
        {t + "mfn.rate", "2.3 %", 0.023, [](const Scenario& s) { return s.tariffs[0].layers[0].base_rate; }},
        {t + "fentanyl.changes.feb.date", "2025-02-05", days("2025-02-05"), [](const Scenario& s) { return s.tariffs[0].layers[1].points[0].date.days_since_epoch; }},
        {t + "fentanyl.changes.feb.change", "+12 pp", 0.12, [](const Scenario& s) { return s.tariffs[0].layers[1].points[0].rate; }},
        {t + "fentanyl.changes.feb", "{ date: 2025-01-20, rate: 3 % }", 0.03, [](const Scenario& s) { return s.tariffs[0].layers[1].points[0].rate; }},
        // The layer parts in two: what the change does not name keeps 10 %.
        {t + "fentanyl.changes.mar.products", "magnets", 0.10, [](const Scenario& s) { return s.tariffs[0].layers[1].points.back().rate; }},
        {t + "reciprocal.changes.geneva_suspend.renewals.stockholm.until", "2025-11-12", days("2025-11-12"), [last](const Scenario& s) { return last(s).date.days_since_epoch; }},
        // A change of its own with `for`: 10 May + 20 d.
        {t + "fentanyl.changes.mar", "{ date: 2025-05-10, change: +1 pp, for: 20 d }", days("2025-05-30"), [](const Scenario& s) { return s.tariffs[0].layers[1].points.back().date.days_since_epoch; }},
        {"enforcement.may.from", "2025-05-10", days("2025-05-10"), [](const Scenario& s) { return s.enforcement[0].from.days_since_epoch; }},
        {"enforcement.may.detection", "36 %", 0.36, [](const Scenario& s) { return s.enforcement[0].detection.value_or(-1); }},
        {"enforcement.centre.factor", "1.7 x", 1.7, [](const Scenario& s) { return s.enforcement[1].factor.value_or(-1); }},
        {"enforcement.centre.on", "undeclared", 1, [](const Scenario& s) { return is(s.enforcement[1].undeclared && !s.enforcement[1].reexport); }},
    };
}

std::vector<Key> rule_keys()
{
    const auto first = [](const Scenario& s) -> const scenario::Rule& { return s.rules[0]; };
    const auto when = [](int rule, std::size_t at) { return [rule, at](const Scenario& s) -> const scenario::Condition& { return s.rules[static_cast<std::size_t>(rule)].when.at(at); }; };
    const auto tariff = when(0, 0), flag = when(1, 0), shortage = when(2, 0), stalled = when(3, 1), dear = when(3, 2), there = when(3, 3), dates = when(3, 4);
    const std::string t = "rules.truce_breaks.", all = "rules.answer.when.all.";
    const std::string hundred = "tariffs.usa_on_chn.layers.reciprocal.changes.hundred.";
    return {
        {t + "when.above", "101 %", 1.01, [tariff](const Scenario& s) { return tariff(s).level; }},
        {t + "when.hysteresis", "61 %", 0.61, [tariff](const Scenario& s) { return *tariff(s).hysteresis; }},
        {t + "when.for", "6 d", 6, [tariff](const Scenario& s) { return tariff(s).for_days; }},
        {t + "when.from", "2025-03-01", days("2025-03-01"), [tariff](const Scenario& s) { return tariff(s).from ? tariff(s).from->days_since_epoch : 0; }},
        {t + "when.until", "2025-09-01", days("2025-09-01"), [tariff](const Scenario& s) { return tariff(s).until ? tariff(s).until->days_since_epoch : 0; }},
        {t + "when", "{ tariff: usa_on_chn, below: 33 % }", 0.33, [tariff](const Scenario& s) { return tariff(s).below ? tariff(s).level : -1; }},
        {t + "then.after", "11 wd", 11, [first](const Scenario& s) { return first(s).then.after; }},
        {t + "then.toward.USA", "slow", 1, [first](const Scenario& s) { return is(first(s).then.postures[0] == "slow"); }},
        {t + "restored.ease.after", "6 wd", 6, [first](const Scenario& s) { return first(s).restored[0].after; }},
        {t + "restored.ease.toward.USA", "suspended", 1, [first](const Scenario& s) { return is(first(s).restored[0].postures[0] == "suspended"); }},
        {t + "at_most", "7", 7, [first](const Scenario& s) { return first(s).at_most; }},
        {"rules.resume.when.flag", "alarm", 1, [flag](const Scenario& s) { return is(flag(s).subject == "alarm"); }},
        {"rules.resume.when.is", "lowered", 1, [flag](const Scenario& s) { return is(flag(s).lowered); }},
        {"rules.shortage.when.shortage.sector", "defense", 1, [shortage](const Scenario& s) { return is(shortage(s).buyers == std::vector<std::string>{"defense_usa"}); }},
        {"rules.shortage.when.shortage.over", "21 d", 21, [shortage](const Scenario& s) { return shortage(s).window; }},
        {"rules.shortage.then.by", "VNM", 1, [](const Scenario& s) { return is(s.rules[2].by == "VNM"); }},
        {all + "stalled.below", "26 %", 0.26, [stalled](const Scenario& s) { return stalled(s).level; }},
        {all + "stalled.granted.over", "41 d", 41, [stalled](const Scenario& s) { return stalled(s).window; }},
        {all + "dear.price", "dy_oxide", 1, [dear](const Scenario& s) { return is(dear(s).subject == "dy_oxide"); }},
        {all + "dear.origin", "CHN", 1, [dear](const Scenario& s) { return is(dear(s).origin == "CHN"); }},
        {all + "cheap_there.below", "109 %", 1.09, [there](const Scenario& s) { return there(s).level; }},
        {all + "in_time.until", "2026-05-01", days("2026-05-01"), [dates](const Scenario& s) { return dates(s).until->days_since_epoch; }},
        {"flags.words_only.from", "2025-06-03", days("2025-06-03"), [](const Scenario& s) { return s.flags[1].from->days_since_epoch; }},
        {"flags.words_only.until", "2025-12-03", days("2025-12-03"), [](const Scenario& s) { return s.flags[1].until->days_since_epoch; }},
        {"commitments.joint_statement.date", "2025-05-13", days("2025-05-13"), [](const Scenario& s) { return s.commitments[0].date.days_since_epoch; }},
        {"commitments.joint_statement.text", "T", 1, [](const Scenario& s) { return is(s.commitments[0].text == "T"); }},
        {"commitments.joint_statement.reading", "us", 1, [](const Scenario& s) { return is(s.commitments[0].raise == std::vector<std::string>{"licences_resume"}); }},
        {hundred + "announced", "2025-10-12", days("2025-10-12"), [](const Scenario& s) { return s.tariffs[0].layers[2].announced.at(0).announced.days_since_epoch; }},
        {hundred + "withdrawn", "2025-10-29", days("2025-10-29"), [](const Scenario& s) { return s.tariffs[0].layers[2].announced.at(0).until.days_since_epoch; }},
        {"tariffs.usa_on_chn.layers.reciprocal.changes.geneva_suspend.renewals.busan.flag", "alarm", 1, [](const Scenario& s) { return is(s.tariffs[0].layers[2].lapses.at(0).flag == "alarm"); }},
    };
}

std::vector<Key> route_keys()
{
    const std::string a = "routes.smugglers.";
    const std::string b = "routes.dealers.";
    const auto smugglers = [](const Scenario& s) -> const scenario::Route& { return s.routes.at(0); };
    const auto dealers = [](const Scenario& s) -> const scenario::Route& { return s.routes.at(1); };
    return {
        {b + "title", "X", 1, [=](const Scenario& s) { return is(dealers(s).title == "X"); }},
        {a + "from", "EUX", 1, [=](const Scenario& s) { return is(smugglers(s).from == "EUX"); }},
        {a + "via", "DEU", 1, [=](const Scenario& s) { return is(smugglers(s).via == "DEU"); }},
        {a + "declares", "origin", 1, [=](const Scenario& s) { return is(!smugglers(s).declares_via); }},
        {b + "onset", "2025-05-03", days("2025-05-03"), [=](const Scenario& s) { return dealers(s).onset->days_since_epoch; }},
        {a + "delay", "21 d", 21, [=](const Scenario& s) { return smugglers(s).delay_days; }},
        {a + "ramp", "61 d", 61, [=](const Scenario& s) { return smugglers(s).ramp_days; }},
        {b + "capacity", "0.3 t/d", 0.3e6, [=](const Scenario& s) { return dealers(s).capacity.value_or(-1); }},
        {a + "share", "6 %", 0.06, [=](const Scenario& s) { return smugglers(s).share.value_or(-1); }},
        {a + "cost", "22 %", 0.22, [=](const Scenario& s) { return smugglers(s).cost; }},
        {a + "scale", "11 %", 0.11, [=](const Scenario& s) { return smugglers(s).scale; }},
        {b + "transit", "13 d", 13, [=](const Scenario& s) { return dealers(s).transit_days.value_or(-1); }},
        {a + "lot.size", "31 kg", 31e3, [=](const Scenario& s) { return smugglers(s).lot_size; }},
        {b + "lot.effect", "0.8", 0.8, [=](const Scenario& s) { return dealers(s).lot_effect; }},
        {a + "detection.lot", "4 %", 0.04, [=](const Scenario& s) { return smugglers(s).detection; }},
        {b + "detection.volume", "6 %", 0.06, [=](const Scenario& s) { return dealers(s).detection_volume; }},
        {b + "detection.discovers", "false", 1, [=](const Scenario& s) { return is(!dealers(s).discovers); }},
        {a + "penalty", "6 x", 6, [=](const Scenario& s) { return smugglers(s).penalty; }},
        {a + "barred", "181 d", 181, [=](const Scenario& s) { return smugglers(s).barred_days; }},
    };
}

std::vector<Key> behaviour_keys()
{
    const std::string b = "behaviour.";
    return {
        {b + "review", "8 d", 8, [](const Scenario& s) { return behaviour(s).review_days; }},
        {b + "demand_smoothing", "6 %/d", 0.06, [](const Scenario& s) { return behaviour(s).demand_smoothing; }},
        {b + "lead.up", "1.6 %/d", 0.016, [](const Scenario& s) { return behaviour(s).lead_up; }},
        {b + "lead.down_ratio", "0.21 x", 0.21, [](const Scenario& s) { return behaviour(s).lead_down_ratio; }},
        {b + "lead.announcement", "33 %", 0.33, [](const Scenario& s) { return behaviour(s).announcement; }},
        {b + "lead.wait_cap", "91 d", 91, [](const Scenario& s) { return behaviour(s).wait_cap; }},
        {b + "ordering.gap_share", "52 %", 0.52, [](const Scenario& s) { return behaviour(s).gap_share; }},
        {b + "ordering.order_cap", "2.1 x", 2.1, [](const Scenario& s) { return behaviour(s).order_cap; }},
        {b + "ordering.hoarding", "0.35 x", 0.35, [](const Scenario& s) { return behaviour(s).hoarding; }},
        {b + "ordering.front_loading", "31 d", 31, [](const Scenario& s) { return behaviour(s).front_loading; }},
        {b + "ordering.cover_cap", "2.2 x", 2.2, [](const Scenario& s) { return behaviour(s).cover_cap; }},
        {b + "sourcing.sigma", "1.46", 1.46, [](const Scenario& s) { return behaviour(s).sigma; }},
        {b + "sourcing.estimated_to", "70 %", 0.7, [](const Scenario& s) { return behaviour(s).estimated_to; }},
        {b + "sourcing.lead_weight", "0.55", 0.55, [](const Scenario& s) { return behaviour(s).lead_weight; }},
        {b + "sourcing.refusal_weight", "2.3", 2.3, [](const Scenario& s) { return behaviour(s).refusal_weight; }},
        {b + "sourcing.inertia", "1.2", 1.2, [](const Scenario& s) { return behaviour(s).inertia; }},
        {b + "sourcing.share_adjustment", "3 %", 0.03, [](const Scenario& s) { return behaviour(s).share_adjustment; }},
        {b + "ordering.fill_learning", "17 %", 0.17, [](const Scenario& s) { return behaviour(s).fill_learning; }},
        {b + "search.by_sector.automotive", "210 d", 210, [](const Scenario& s) { return behaviour(s).conduct.search.by_sector.empty() ? 0 : behaviour(s).conduct.search.by_sector[0].second; }},
        {b + "ordering.counts", "stock", 0, [](const Scenario& s) { return is(behaviour(s).counts_ordered); }},
        {b + "sourcing.rule", "ces", 1, [](const Scenario& s) { return is(behaviour(s).composite); }},
        {b + "sourcing.fixed_shares", "true", 1, [](const Scenario& s) { return is(behaviour(s).fixed_shares); }},
        {b + "demand.elasticity", "-0.07", -0.07, [](const Scenario& s) { return behaviour(s).demand.all.elasticity; }},
        {b + "demand.cost_share", "3 %", 0.03, [](const Scenario& s) { return behaviour(s).demand.all.cost_share; }},
        {b + "demand.price", "landed", 1, [](const Scenario& s) { return is(behaviour(s).demand.price == scenario::DemandPrice::kComposite); }},
        {b + "demand.lag", "61 d", 61, [](const Scenario& s) { return behaviour(s).demand.lag_days; }},
        {b + "demand.noise", "0.07", 0.07, [](const Scenario& s) { return behaviour(s).demand.noise; }},
        {b + "demand.by_sector.automotive.elasticity", "-0.9", -0.9, [](const Scenario& s) { return behaviour(s).demand.of(scenario::Sector::kAutomotive).elasticity; }},
        {b + "demand.by_sector.automotive.cost_share", "0.07 %", 0.0007, [](const Scenario& s) { return behaviour(s).demand.of(scenario::Sector::kAutomotive).cost_share; }},
        {b + "dispatch_cap", "1.4 x", 1.4, [](const Scenario& s) { return behaviour(s).dispatch_cap; }},
        {b + "home_reserve", "15 %", 0.15, [](const Scenario& s) { return behaviour(s).home_reserve; }},
        {b + "production.catch_up", "35 %", 0.35, [](const Scenario& s) { return behaviour(s).conduct.catch_up; }},
        {b + "production.catch_up_cap", "7 %", 0.07, [](const Scenario& s) { return behaviour(s).conduct.catch_up_cap; }},
        {b + "production.precaution", "65 %", 0.65, [](const Scenario& s) { return behaviour(s).conduct.precaution; }},
        {b + "strain.cover", "45 %", 0.45, [](const Scenario& s) { return behaviour(s).conduct.strain_cover; }},
        {b + "strain.price", "2.5 x", 2.5, [](const Scenario& s) { return behaviour(s).conduct.strain_price; }},
        {b + "switching.speed", "0.2 %/d", 0.002, [](const Scenario& s) { return behaviour(s).conduct.switching.speed; }},
        {b + "switching.lag", "91 d", 91, [](const Scenario& s) { return behaviour(s).conduct.switching.lag_days; }},
        {b + "switching.cap", "33 %", 0.33, [](const Scenario& s) { return behaviour(s).conduct.switching.cap; }},
        {b + "substitution.rate", "7.3 %/yr", 0.0002, [](const Scenario& s) { return behaviour(s).conduct.substitution.speed; }},
        {b + "substitution.lag", "361 d", 361, [](const Scenario& s) { return behaviour(s).conduct.substitution.lag_days; }},
        {b + "substitution.cap", "14 %", 0.14, [](const Scenario& s) { return behaviour(s).conduct.substitution.cap; }},
        {b + "ordering.elsewhere_after", "31 d", 31, [](const Scenario& s) { return behaviour(s).elsewhere_after; }},
        {b + "ordering.cancellation", "3 %/d", 0.03, [](const Scenario& s) { return behaviour(s).cancellation; }},
        {b + "search.candidates", "3", 3, [](const Scenario& s) { return behaviour(s).conduct.search.candidates; }},
        {b + "search.after", "31 d", 31, [](const Scenario& s) { return behaviour(s).conduct.search.after_days; }},
        {b + "search.qualification", "181 d", 181, [](const Scenario& s) { return behaviour(s).conduct.search.qualification_days; }},
        {b + "rationing", "large_accounts", 1, [](const Scenario& s) { return is(behaviour(s).rationing == scenario::Rationing::kLargeAccounts); }},
        {b + "domestic_first", "true", 1, [](const Scenario& s) { return is(behaviour(s).domestic_first); }},
        {b + "closures", "false", 0, [](const Scenario& s) { return is(behaviour(s).closures); }},
        {b + "price.unlicensed_weight", "23 %", 0.23, [](const Scenario& s) { return behaviour(s).unlicensed_weight; }},
        {b + "price.least", "77 %", 0.77, [](const Scenario& s) { return behaviour(s).least_price; }},
        {b + "price.speed", "4 %/d", 0.04, [](const Scenario& s) { return behaviour(s).price_speed; }},
        {b + "price.backlog", "32 d", 32, [](const Scenario& s) { return behaviour(s).price_backlog_days; }},
        {b + "price.outside_speed", "2.1 x", 2.1, [](const Scenario& s) { return behaviour(s).outside_price_speed; }},
        {b + "price.clip", "0.75", 0.75, [](const Scenario& s) { return behaviour(s).price_clip; }},
        {b + "price.supply_elasticity", "0.12", 0.12, [](const Scenario& s) { return behaviour(s).supply_elasticity; }},
        {b + "price.bid_elasticity", "-0.7", -0.7, [](const Scenario& s) { return behaviour(s).bid_elasticity; }},
        {b + "price.contract_share", "35 %", 0.35, [](const Scenario& s) { return behaviour(s).contract_share; }},
        {b + "season.before", "0.31", 0.31, [](const Scenario& s) { return behaviour(s).season.before; }},
        {b + "season.after", "-0.52", -0.52, [](const Scenario& s) { return behaviour(s).season.after; }},
        {b + "season.october", "-0.11", -0.11, [](const Scenario& s) { return behaviour(s).season.october; }},
    };
}

const scenario::Growth& growth(const Scenario& s) { return s.producers.at(0).growth; }

std::vector<Key> supply_keys()
{
    const std::string maker = "producers.chn_magnets.";
    return {
        {maker + "projects.plant.title", "X", 1, [](const Scenario& s) { return is(growth(s).projects[0].title == "X"); }},
        {maker + "projects.plant.start", "2025-06-07", days("2025-06-07"), [](const Scenario& s) { return growth(s).projects[0].start.days_since_epoch; }},
        {maker + "projects.plant.ramp", "111 d", 111, [](const Scenario& s) { return growth(s).projects[0].ramp_days; }},
        {maker + "projects.plant.capacity", "7 t/d", 7e6, [](const Scenario& s) { return growth(s).projects[0].capacity; }},
        {maker + "outages.flood.title", "X", 1, [](const Scenario& s) { return is(growth(s).outages[0].title == "X"); }},
        {maker + "outages.flood.from", "2025-06-08", days("2025-06-08"), [](const Scenario& s) { return growth(s).outages[0].from.days_since_epoch; }},
        {maker + "outages.flood.until", "2025-09-08", days("2025-09-08"), [](const Scenario& s) { return growth(s).outages[0].until->days_since_epoch; }},
        {maker + "outages.flood.share", "43 %", 0.43, [](const Scenario& s) { return growth(s).outages[0].share; }},
        {maker + "stretch.most", "1.17 x", 1.17, [](const Scenario& s) { return growth(s).stretch.most; }},
        {maker + "stretch.time", "71 d", 71, [](const Scenario& s) { return growth(s).stretch.days; }},
        {maker + "investment.price", "1.9 x", 1.9, [](const Scenario& s) { return growth(s).investment->price; }},
        {maker + "investment.for", "131 d", 131, [](const Scenario& s) { return growth(s).investment->for_days; }},
        {maker + "investment.lead", "561 d", 561, [](const Scenario& s) { return growth(s).investment->lead_days; }},
        {maker + "investment.ramp", "171 d", 171, [](const Scenario& s) { return growth(s).investment->ramp_days; }},
        {maker + "investment.size", "37 %", 0.37, [](const Scenario& s) { return growth(s).investment->size; }},
        {maker + "floor.price", "83 USD/kg", 83, [](const Scenario& s) { return growth(s).floor->price; }},
        {maker + "floor.from", "2025-03-05", days("2025-03-05"), [](const Scenario& s) { return growth(s).floor->from.days_since_epoch; }},
        {maker + "floor.until", "2025-12-05", days("2025-12-05"), [](const Scenario& s) { return growth(s).floor->until->days_since_epoch; }},
        {maker + "offtake.by", "spare", 1, [](const Scenario& s) { return is(growth(s).offtake->by == "spare"); }},
        {maker + "offtake.amount", "3 t/d", 3e6, [](const Scenario& s) { return growth(s).offtake->amount; }},
        {maker + "offtake.from", "2025-03-06", days("2025-03-06"), [](const Scenario& s) { return growth(s).offtake->from.days_since_epoch; }},
        {maker + "offtake.until", "2025-12-06", days("2025-12-06"), [](const Scenario& s) { return growth(s).offtake->until->days_since_epoch; }},
        {"stockpiles.agency.title", "X", 1, [](const Scenario& s) { return is(s.stockpiles[0].title == "X"); }},
        {"stockpiles.agency.region", "DEU", 1, [](const Scenario& s) { return is(s.stockpiles[0].region == "DEU"); }},
        {"stockpiles.spare.product", "magnet_hre", 1, [](const Scenario& s) { return is(s.stockpiles[1].product == "magnet_hre"); }},
        {"stockpiles.agency.stock", "77 t", 77e6, [](const Scenario& s) { return s.stockpiles[0].stock; }},
        {"stockpiles.agency.cover", "17 d", 17, [](const Scenario& s) { return s.stockpiles[0].cover; }},
        {"stockpiles.agency.release", "0.7 t/d", 0.7e6, [](const Scenario& s) { return s.stockpiles[0].release; }},
        {"stockpiles.agency.from", "2025-04-07", days("2025-04-07"), [](const Scenario& s) { return s.stockpiles[0].from->days_since_epoch; }},
        {"stockpiles.agency.price", "base", 0, [](const Scenario& s) { return is(s.stockpiles[0].at_market); }},
        {"stockpiles.agency.refill.from", "vnm_magnets", 1, [](const Scenario& s) { return is(s.stockpiles[0].refill->from == "vnm_magnets"); }},
        {"stockpiles.agency.refill.below", "1.3 x", 1.3, [](const Scenario& s) { return s.stockpiles[0].refill->below; }},
        {"stockpiles.agency.refill.rate", "0.3 t/d", 0.3e6, [](const Scenario& s) { return s.stockpiles[0].refill->rate; }},
        {"stockpiles.agency.refill.target", "91 t", 91e6, [](const Scenario& s) { return s.stockpiles[0].refill->target; }},
        {"stockpiles.agency.refill.first", "true", 1, [](const Scenario& s) { return is(s.stockpiles[0].refill->first); }},
        {maker + "supply_elasticity", "0.17", 0.17, [](const Scenario& s) { return s.producers[0].supply_elasticity.value_or(-1); }},
        {"buyers.auto_usa.noise", "0.07", 0.07, [](const Scenario& s) { return s.buyers[0].noise; }},
        {"buyers.auto_usa.steps.slump.title", "X", 1, [](const Scenario& s) { return is(s.buyers[0].steps[0].title == "X"); }},
        {"buyers.auto_usa.steps.slump.date", "2025-04-09", days("2025-04-09"), [](const Scenario& s) { return s.buyers[0].steps[0].date.days_since_epoch; }},
        {"buyers.auto_usa.steps.slump.until", "2025-10-09", days("2025-10-09"), [](const Scenario& s) { return s.buyers[0].steps[0].until->days_since_epoch; }},
        {"buyers.auto_usa.steps.slump.change", "-23 %", -0.23, [](const Scenario& s) { return s.buyers[0].steps[0].change; }},
        {"behaviour.investment_cap", "7 %/yr", 0.07, [](const Scenario& s) { return behaviour(s).investment_cap; }},
    };
}

// Options that licences rule out, on a world without them.
std::vector<Key> limit_keys()
{
    return {
        {"behaviour.delivery", "instant", 1, [](const Scenario& s) { return is(behaviour(s).instant_delivery); }},
        {"behaviour.backlog", "dropped", 1, [](const Scenario& s) { return is(behaviour(s).backlog_dropped); }},
        {"behaviour.ordering.forecast", "output", 1, [](const Scenario& s) { return is(behaviour(s).output_forecast); }},
        {"producers.chn_magnets.uses.oxide.cover", "91 d", 91, [](const Scenario& s) { return s.producers[0].uses[0].cover ? s.producers[0].uses[0].cover->a : -1; }},
        {"buyers.auto_usa.uses.magnet.cover", "92 d", 92, [](const Scenario& s) { return s.buyers[0].uses[0].cover ? s.buyers[0].uses[0].cover->a : -1; }},
    };
}

std::vector<Key> all_keys()
{
    std::vector<Key> out;
    for (const auto& part : {frame_keys(), firm_keys(), licensing_keys(), authority_keys(), regime_keys(), policy_keys(), route_keys(), rule_keys(), behaviour_keys(), supply_keys(), limit_keys()}) out.insert(out.end(), part.begin(), part.end());
    return out;
}

// Keys for readers or checked elsewhere: references, choices with one word, keys of other modes.
bool tested_elsewhere(const scenario::Field& field)
{
    static const std::set<std::string> kOthers{
        "chokepoint", "run_time", "output.every", "products.*.unit", "licensing.*.scope", "enforcement.*.by", "routes.*.kind", "licensing.*.throughput.mode", "licensing.*.stages.*.throughput.mode", "licensing.*.entities.*.title", "licensing.*.lists.*.content_above", "enforcement.*.title",
        "tariffs.*.for_the_record", "tariffs.*.title", "rules.*.title", "flags.*.title", "commitments.*.title", "commitments.*.readings.*.title",
        "rules.*.when.tariff", "rules.*.when.below", "rules.*.when.price", "rules.*.when.origin", "rules.*.when.granted.licensing", "rules.*.when.granted.over", "rules.*.then.licensing", "behaviour.season.region", "buyers.*.makes",
        "caveats.*.figure", "caveats.*.text",  // below
        "economy.multiplier", "regions.*.gdp",  // for the model card
        "behaviour.ordering.window", "assumptions.*.key", "assumptions.*.why", "assumptions.*.range", "licensing.*.throughput.levels.*.reviewers", "buyers.*.uses.*.remainder",
    };
    const bool again = field.path.starts_with("rules.*.when.all.*.");  // the same keys from the same lines of the table
    return again || kOthers.contains(field.path) || field.path.ends_with(".note") || (field.path.find(".cover.lognormal") != std::string::npos && (!field.path.starts_with("buyers") || field.path.find(".uses.") != std::string::npos)) ||
           field.path.ends_with(".p95");
}

bool carries_one_value(const scenario::Field& field)
{
    using scenario::FieldKind;
    switch (field.kind) {
    case FieldKind::kText: case FieldKind::kHs: case FieldKind::kWord: case FieldKind::kDate: case FieldKind::kFlag:
    case FieldKind::kCount: case FieldKind::kQuantity: case FieldKind::kCover: case FieldKind::kReference: return true;
    default: return false;
    }
}

// Each key on a copy of a good scenario, with a product nobody names yet for the keys that refer to one.
void check_keys(const std::vector<Key>& keys, const std::string& parent)
{
    const test::TemporaryFolder folder;
    const auto path = folder.write("base.yaml", "chokepoint: 1\nextends: " + parent + "\nname: base\nproducts: { magnet_new: { price: 9 USD/kg } }\n");
    const auto base = scenario::ScenarioFile::load(path, {}, test::good_folder()).central();
    for (const Key& key : keys) {
        INFO(key.path);
        std::vector<std::string> overrides{key.path + "=" + key.value};
        const auto changed = scenario::ScenarioFile::load(path, overrides, test::good_folder()).central();
        CHECK(key.get(changed) == Approx(key.expected));
        CHECK(key.get(base) != Approx(key.expected));
    }
}
}  // namespace

TEST_CASE("every key reaches its own field")
{
    for (const auto& keys : {frame_keys(), firm_keys(), licensing_keys(), authority_keys(), regime_keys(), policy_keys(), route_keys(), behaviour_keys()}) check_keys(keys, "[authority.yaml, routes.yaml]");
    check_keys(rule_keys(), "rules.yaml");
    check_keys(supply_keys(), "supply.yaml");
    check_keys(limit_keys(), "limits.yaml");
}

TEST_CASE("no key is left out of the test above")
{
    std::set<std::string> covered{"buyers.*.working_days",  // below
                                  "tariffs.*.layers.*.changes.*.rate", "tariffs.*.layers.*.changes.*.for",
                                  "tariffs.*.layers.*.changes.*.renewals.*.date"};  // through blocks above and the bad scenarios
    for (const Key& key : all_keys())
        if (const auto* field = scenario::field_at(key.path)) covered.insert(field->field.path);
    for (const auto& field : scenario::field_table()) {
        if (!carries_one_value(field) || tested_elsewhere(field)) continue;
        INFO(field.path);
        CHECK(covered.contains(field.path));
    }
}

TEST_CASE("caveats are read in the order of the file, and name one of three figures")
{
    const auto file = test::load_good("licensing", {"caveats={ cars: { figure: output_lost, text: Too many }, need: { figure: lost, text: Too much } }"});
    const auto caveats = file.caveats();
    REQUIRE(caveats.size() == 2);
    CHECK((caveats[0].id == "cars" && caveats[0].figure == "output_lost" && caveats[0].text == "Too many"));
    CHECK((caveats[1].id == "need" && caveats[1].figure == "lost" && caveats[1].text == "Too much"));
    CHECK(test::load_good("licensing").caveats().empty());
    CHECK_THROWS_AS(test::load_good("licensing", {"caveats={ cars: { figure: exports, text: Too many } }"}), core::InputError);
    CHECK_THROWS_AS(test::load_good("licensing", {"caveats={ cars: { figure: lost } }"}), core::InputError);
}

TEST_CASE("keys of other modes reach their fields")
{
    const auto files = test::load_good("licensing", {"licensing.mofcom_18.throughput={ mode: files, levels: { a: { date: 2025-05-01, reviewers: 30 } } }"}).central();
    CHECK(files.licensing[0].throughput.mode == scenario::ThroughputMode::kFiles);
    CHECK(files.licensing[0].throughput.levels.at(0).level == 30);
    CHECK(test::load_good("limits", {"behaviour.ordering.forecast=average", "behaviour.ordering.window=17 d"}).central().behaviour.forecast_window == 17);
    CHECK(test::load_good("limits", {"behaviour.ordering.forecast=average"}).central().behaviour.forecast_window == 28);
    const auto unlimited = test::load_good("licensing", {"licensing.mofcom_18.throughput={ mode: unlimited }"}).central();
    CHECK(unlimited.licensing[0].throughput.unlimited);
    const auto s = test::load_good("licensing", {"buyers.other_usa.cover={ uniform: [10 d, 20 d] }", "buyers.auto_usa.cover={ lognormal: { median: 20 d, p95: 60 d } }"}).central();
    CHECK(s.buyers[1].cover.kind == scenario::FirmDistribution::Kind::kUniform);
    CHECK(s.buyers[1].cover.b == 20);
    CHECK(s.buyers[1].uses[0].remainder == 1.0);
    CHECK(s.buyers[1].uses[0].critical == scenario::Criticality::kMinor);
    CHECK_FALSE(s.buyers[0].conduct.working_days);
    CHECK(test::load_good("licensing", {"buyers.auto_usa.region=CHN", "buyers.auto_usa.working_days=true"}).central().buyers[0].conduct.working_days);
    CHECK(s.buyers[2].uses[0].critical == scenario::Criticality::kCritical);
    // ln(60/20) / 1.64485 = 0.66791
    CHECK(s.buyers[0].cover.b == Approx(0.66791).epsilon(1e-4));
    CHECK(s.buyers[2].uses[0].grams_per_day == 0.4e6);
    CHECK(s.output.exports_of == std::vector<std::string>{"CHN"});
    CHECK(test::load_good("licensing", {"output.exports_of=[VNM]"}).central().output.exports_of == std::vector<std::string>{"VNM"});
    CHECK(test::load_good("licensing", {"world.suppliers=[2, 4]"}).central().world.suppliers_max == 4);
    CHECK(test::load_good("licensing", {"tariffs.usa_on_chn.origin=other"}).central().tariffs[0].origins.size() == 4);
}

TEST_CASE("other is who is not named, by importer and product, and blocks that add up name everyone")
{
    const std::string named = "usa_on_chn: { importer: USA, origin: CHN, layers: { all: { rate: 5 % } } }";
    const std::string exempt = "exempt: { importer: USA, origin: VNM, layers: { one: { products: dy_oxide, rate: 0 % } } }";
    const auto load = [](const std::string& tariffs) { return test::load_good("licensing", {"rules={}", "tariffs={ " + tariffs + " }"}); };
    const auto blanket = [&](const std::string& more) { return load(named + ", blanket: { importer: [USA, DEU], origin: other, " + more + "layers: { all: { rate: 10 % } } }, " + exempt); };
    const auto spared = [](const Scenario& s) {
        std::set<std::string> out;
        for (const auto& cell : s.tariffs.at(1).spared) out.insert(cell.importer + " " + cell.origin + " " + cell.product);
        return out;
    };
    // The United States name China for every product and Viet Nam for one; Germany names nobody.
    const auto s = blanket("").central();
    CHECK(s.tariffs.at(1).origins == std::vector<std::string>{"CHN", "EUX", "VNM"});
    CHECK(spared(s) == std::set<std::string>{"USA CHN magnet_hre", "USA CHN magnet_std", "USA CHN dy_oxide", "USA VNM dy_oxide"});
    CHECK(spared(blanket("adds_to: usa_on_chn, ").central()) == std::set<std::string>{"USA VNM dy_oxide"});
    const auto apart = load(named + ", exempt: { importer: DEU, origin: VNM, adds_to: usa_on_chn, layers: { one: { rate: 1 % } } }");
    REQUIRE_FALSE(apart.warnings().empty());
    CHECK(apart.warnings().front().problem == "usa_on_chn and exempt charge no goods in common (there is nothing to add to)");
}

TEST_CASE("routes resolve groups, families and importers, and keep the defaults of the typed scenario")
{
    const auto s = test::load_good("routes").central();
    const auto& smugglers = s.routes.at(0);
    CHECK(smugglers.kind == scenario::RouteKind::kUndeclared);
    CHECK(smugglers.importer.empty());
    CHECK(smugglers.lot_size == 30e3);  // `lot: 30 kg` is its size
    CHECK(smugglers.detection == Approx(0.03));
    CHECK_FALSE(smugglers.onset);
    const auto& dealers = s.routes.at(1);
    CHECK(dealers.kind == scenario::RouteKind::kReexport);
    CHECK(dealers.importer == "vnm_dealers");
    CHECK(dealers.via == "VNM");
    CHECK(dealers.to == std::vector<std::string>{"USA", "DEU", "EUX"});
    CHECK(dealers.products == std::vector<std::string>{"magnet_hre", "magnet_std"});
    const scenario::Route typed;
    CHECK(smugglers.ramp_days == typed.ramp_days);
    CHECK(smugglers.cost == Approx(typed.cost));
    CHECK(smugglers.scale == Approx(typed.scale));
    CHECK(smugglers.penalty == Approx(typed.penalty));
    CHECK(smugglers.lot_effect == Approx(typed.lot_effect));
    CHECK(smugglers.detection_volume == Approx(typed.detection_volume));
    CHECK(smugglers.discovers == typed.discovers);
    CHECK(smugglers.barred_days == typed.barred_days);
    CHECK_FALSE(smugglers.transit_days);
    CHECK(test::load_good("routes", {"routes.smugglers.delay=null"}).central().routes[0].delay_days == typed.delay_days);
    const auto plain = test::load_good("routes", {"routes.smugglers.lot=null", "routes.smugglers.detection=null", "routes.smugglers.declares=null"}).central().routes[0];
    CHECK(plain.lot_size == typed.lot_size);
    CHECK(plain.detection == Approx(typed.detection));
    CHECK(plain.declares_via == typed.declares_via);
}

TEST_CASE("without routes any region may be said to enforce, and an onset outside the run is a warning")
{
    CHECK(test::load_good("licensing", {"enforcement.may.by=VNM"}).central().enforcement[0].by == "VNM");
    const auto file = test::load_good("routes", {"routes.dealers.onset=2027-01-01"});
    REQUIRE(file.warnings().size() == 1);
    CHECK(file.warnings()[0].key == "routes.dealers.onset");
}
