#pragma once
// A small world without a simulation: two buyers, two materials, three regions, one control,
// one covert route.
// What it publishes is an arithmetic function of member, day and row.

#include "chokepoint/ensemble/run.hpp"
#include "chokepoint/record/sampler.hpp"
#include "chokepoint/world/published.hpp"
#include "chokepoint/world/structure.hpp"

#include <string>

namespace chokepoint::support {

// Buyers: block 0 `auto_usa` (firm 0, counted in vehicles, base 1,000 a day) needs products 0 and 1;
// block 2 `defense_usa` (firms 2 and 3, not counted, base 500 + 500 milli-units) needs product 0.
// Block 1 `china_magnets` is a producer whose row must not be reported.
inline world::Structure synthetic_structure(int days = 40)
{
    world::Structure s;
    s.start = core::Date::from_ymd(2025, 1, 20);
    s.horizon = days;
    s.regions = {{"CHN", "China", {}}, {"DEU", "Germany", {}}, {"USA", "United States", {}}};
    s.products = {{"magnet_hre", "Magnets with Dy/Tb \u2013 heavy", 75},
                  {"magnet_std", "Magnets without", 45}};
    const auto block = [](const char* id, const char* title, const char* unit, world::Role role,
                          const char* sector, std::uint32_t region, bool rated, std::uint32_t first,
                          std::uint32_t n) {
        world::Block b;
        b.id = id;
        b.title = title;
        b.unit = unit;
        b.role = role;
        b.sector_name = sector;
        b.region = region;
        b.rated = rated;
        b.first_firm = first;
        b.n_firms = n;
        return b;
    };
    s.blocks = {
        block("auto_usa", "Cars, United States", "vehicle", world::Role::kBuyer, "automotive", 2, false, 0,
              1),
        block("china_magnets", "Makers", "", world::Role::kProducer, "", 0, false, 1, 1),
        block("defense_usa", "Defense, United States", "", world::Role::kBuyer, "defense", 2, true, 2, 2)};
    s.rows = {{0, 0}, {0, 1}, {1, 0}, {2, 0}};
    s.firms.base_output = {1'000'000, 7, 500, 500};
    s.firms.capacity = {1'000'000, 10, 500, 500};
    s.exports_of = {0};
    world::Control control;
    control.id = "mofcom_18";
    control.title = "Announcement 18";
    control.lists = {{"mofcom_18", {}, 74, 74}};
    control.stages.resize(2);
    control.stages[0].id = "documents";
    control.stages[1].id = "decision";
    s.policy.controls.push_back(control);
    s.covert.routes = {{"smugglers", "Undeclared by way of Thailand", world::RouteKind::kUndeclared, 0, 8}};
    return s;
}

inline world::Published empty_published(const world::Structure& s)
{
    world::Published p;
    for (auto* row : {&p.need, &p.use, &p.stock, &p.received, &p.given_up, &p.switched, &p.at_seller, &p.in_review, &p.licensed, &p.at_customs,
                      &p.in_transit, &p.open_files, &p.oldest_file, &p.refused, &p.returned, &p.lacked}) {
        row->assign(s.rows.size(), 0);
    }
    p.sources.resize(s.sources.size());
    p.source_refused.assign(s.sources.size(), 0);
    p.source_returned.assign(s.sources.size(), 0);
    p.desks.resize(2 * s.policy.controls.size());
    p.memory.resize(s.policy.controls.size());
    p.licences_by_use.resize(s.policy.controls.size() * s.regions.size() * world::kEndUses);
    for (auto* block : {&p.output, &p.wanted, &p.output_given_up, &p.duty, &p.finished}) block->assign(s.blocks.size(), 0);
    p.duty_by_region.assign(s.regions.size(), 0);
    p.exports.assign(s.exports_of.size() * s.regions.size() * s.products.size(), 0);
    p.licences.resize(s.policy.controls.size() * s.regions.size());
    p.routes.resize(s.covert.routes.size() * s.products.size());
    p.mass.resize(s.products.size());
    p.price_origin.assign(s.exports_of.size() * s.products.size(), 0);
    p.price_outside.assign(s.products.size(), 0);
    p.price_contract = p.price_origin;
    p.flown.assign(s.regions.size(), 0);
    p.duty_ppm.assign(s.regions.size() * s.regions.size() * s.products.size(), 0);
    p.exporter_bears.assign(p.exports.size(), 0);
    return p;
}

inline world::Published synthetic_day(const world::Structure& s, std::uint32_t member, int day)
{
    world::Published p = empty_published(s);
    for (std::size_t r = 0; r < s.rows.size(); ++r) {
        p.need[r] = 1'000'000 * static_cast<std::int64_t>(r + 1);
        const bool short_now = day >= 10 + static_cast<int>(member % 5);
        p.use[r] = short_now ? p.need[r] / (2 + static_cast<std::int64_t>(member % 3)) : p.need[r];
        p.stock[r] = 30'000'000 - std::int64_t{500'000} * day + static_cast<std::int64_t>(member) * 1000;
    }
    for (std::size_t b = 0; b < s.blocks.size(); ++b) {
        p.wanted[b] = 1'000'000;
        p.output[b] = day >= 12 ? 900'000 - static_cast<std::int64_t>(member) * 100 : 1'000'000;
        p.duty[b] = std::int64_t{1'500'000} * (day + 1);
    }
    p.duty_by_region[2] = 4'000'000;
    for (std::size_t i = 0; i < p.exports.size(); ++i) {
        p.exports[i] =
            2'000'000 + static_cast<std::int64_t>(i) * 100'000 + static_cast<std::int64_t>(member) * 10'000;
    }
    for (auto& cell : p.licences) {
        cell.filed = 3;
        cell.granted = day % 3 == 0 ? 1 : 0;
        cell.wait_days = 20 * cell.granted;
        cell.in_review = 3 * day + static_cast<int>(member);
    }
    if (!p.routes.empty() && day >= 8) p.routes[0] = {400'000, 300'000, 100'000, 5, day >= 20 ? 1 : 0};
    for (std::size_t i = 0; i < s.products.size(); ++i) {
        if (!s.exports_of.empty()) p.price_origin[i] = s.products[i].price;
        p.price_outside[i] = s.products[i].price * (1.0 + 0.01 * day + 0.1 * member);
    }
    return p;
}

inline record::MemberResult synthetic_member(const world::Structure& s, std::uint32_t member)
{
    record::Sampler sampler(s);
    for (int day = 0; day < s.horizon; ++day) sampler.sample(day, synthetic_day(s, member, day));
    record::MemberResult result = sampler.finish();
    result.parameters = {0.1 * (member + 1)};
    result.events = {{5, "duty", "usa_on_chn", "The duty on magnets rises to 145 %."}};
    if (member % 2 == 1) result.events.push_back({9, "rule", "truce_breaks", "Licences toward USA stop."});
    return result;
}

inline record::ResultHeader synthetic_header(std::uint32_t members)
{
    record::ResultHeader header;
    header.name = "synthetic";
    header.title = "A synthetic result \u2013 with text beyond ASCII";
    header.question = "Does every reader open it?";
    header.members_requested = members;
    header.quantiles = {0.05, 0.25, 0.5, 0.75, 0.95};
    header.members_daily = true;
    header.parameters = {"licensing.mofcom_18.postures.slow.weight"};
    header.provenance.scenario = "chokepoint: 1\nname: synthetic\n" + std::string(1'000'000, '#') + "\n";
    header.provenance.inputs = {{"data/flows.csv", std::string(64, 'a')}};
    header.provenance.seed = 18'446'744'073'709'551'615ULL;
    header.provenance.version = "0.1.0";
    header.provenance.commit = "0123456";
    header.provenance.compiler = record::compiler_version();
    header.provenance.libraries = record::record_libraries();
    header.provenance.command_line = "chokepoint run synthetic.yaml";
    header.run_id = record::make_run_id(header.provenance.scenario, header.provenance.seed, "0.1.0");
    return header;
}

}  // namespace chokepoint::support
