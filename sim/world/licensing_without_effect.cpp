// What export licensing says that changes nothing: controls nobody meets, files that are never among those a group or a list
// names, postures no destination has, and changes to the posture a destination has already.

#include "without_effect.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace chokepoint::world {

namespace {

using core::Date;
using core::Diagnostic;
using scenario::Licensing;
using scenario::Scenario;

bool among(const std::vector<std::string>& names, const std::string& id) { return std::find(names.begin(), names.end(), id) != names.end(); }
// An empty list stands for all.
bool all_or_among(const std::vector<std::string>& names, const std::string& id) { return names.empty() || among(names, id); }

class IdleLicensing {
  public:
    IdleLicensing(const Scenario& scenario, const BlockPlan& plan, const Lanes& lanes)
        : scenario_(scenario), plan_(plan), lanes_(lanes), last_(scenario.time.start + (scenario.time.horizon - 1))
    {
        for (const auto& rule : scenario.rules)
            if (!rule.licensing.empty()) count_postures(rule);
    }

    std::vector<Diagnostic> all()
    {
        for (const Licensing& control : scenario_.licensing) judge(control);
        for (const auto& rule : scenario_.rules) {
            judge_step(rule, rule.then, "rules." + rule.id + ".then");
            for (const auto& step : rule.restored) judge_step(rule, step, "rules." + rule.id + ".restored." + step.id);
        }
        return std::move(out_);
    }

  private:
    void say(const std::string& key, std::string problem, std::string remedy)
    {
        out_.push_back({Diagnostic::Severity::kWarning, scenario_.origin ? scenario_.origin(key) : core::Location{}, key, std::move(problem), std::move(remedy)});
    }

    [[nodiscard]] bool leaves(const std::string& region, const std::vector<std::string>& products) const
    {
        return std::any_of(lanes_.begin(), lanes_.end(),
                           [&](const auto& lane) { return std::get<0>(lane) == region && std::get<1>(lane) != region && among(products, std::get<2>(lane)); });
    }

    void judge(const Licensing& control)
    {
        const std::string key = "licensing." + control.id;
        std::vector<std::string> products = control.products;
        for (const auto& list : control.lists) {
            products.insert(products.end(), list.products.begin(), list.products.end());
            if (!leaves(control.authority, list.products))
                say(key + ".lists." + list.id, fmt::format("no goods it lists ({}) leave {}: nobody needs a licence for them", fmt::join(list.products, ", "), control.authority), "name other goods, or remove the list");
        }
        if (!leaves(control.authority, products))
            return say(key, fmt::format("no goods under it ({}) leave {}: nobody needs a licence", fmt::join(products, ", "), control.authority), "name other goods, or remove the control");
        judge_posture_list(control);
        judge_posture_changes(control);
        for (const auto& priority : control.priorities) judge_priority(control, products, priority);
        for (const auto& list : control.entities) judge_entities(control, products, list);
        for (const auto& [sector, odds] : control.odds.sector) {
            const auto is_of = [&, wanted = static_cast<int>(sector)](const PlannedBlock&, const PlannedBlock& buyer) { return buyer.block.sector == wanted; };
            if (odds != 0 && !any_file(control, products, is_of))
                say(key + ".odds.sector." + scenario::sector_name(sector), "does nothing, since no file is for buyers of this sector", "name another sector, or remove it");
        }
        for (const auto& [country, odds] : control.odds.country)
            if (country == control.authority && odds != 0)
                say(key + ".odds.country." + country, at_home(country), "name a destination, or remove it");
    }

    [[nodiscard]] static std::string at_home(const std::string& authority)
    {
        return fmt::format("does nothing, since nobody in {}, the region of the authority itself, needs a licence", authority);
    }

    // Calls f(seller, buyer) for what files are filed for: controlled goods over the border of the authority, to whom they go on
    // day 0 or may go once firms search.
    template <typename F>
    [[nodiscard]] bool any_file(const Licensing& control, const std::vector<std::string>& products, F f) const
    {
        const auto is_file = [&](const PlannedBlock& seller, const PlannedBlock& buyer, std::uint32_t product) {
            return scenario_.regions[seller.block.region].id == control.authority && buyer.block.region != seller.block.region && among(products, scenario_.products[product].id) && f(seller, buyer);
        };
        for (const PlannedFlow& flow : plan_.flows)
            if (is_file(plan_.blocks[flow.seller], plan_.blocks[flow.buyer], flow.product)) return true;
        if (scenario_.behaviour.conduct.search.candidates <= 0) return false;
        for (const PlannedBlock& maker : plan_.blocks) {
            if (maker.block.role != Role::kProducer) continue;
            for (const PlannedInput& input : plan_.inputs)
                if (input.product == maker.block.product && is_file(maker, plan_.blocks[input.block], input.product)) return true;
        }
        return false;
    }

    // Whether every block of these is in one region.
    [[nodiscard]] bool all_in(const std::vector<std::string>& owners, const std::string& region) const
    {
        return !owners.empty() && std::all_of(owners.begin(), owners.end(), [&](const std::string& owner) {
            return std::all_of(plan_.blocks.begin(), plan_.blocks.end(), [&](const PlannedBlock& block) { return block.owner != owner || scenario_.regions[block.block.region].id == region; });
        });
    }

    void judge_priority(const Licensing& control, const std::vector<std::string>& products, const scenario::Priority& priority)
    {
        const auto is_among = [&](const PlannedBlock& seller, const PlannedBlock& buyer) {
            const bool sector = priority.sectors.empty() || std::any_of(priority.sectors.begin(), priority.sectors.end(), [&](auto s) { return buyer.block.sector == static_cast<int>(s); });
            return sector && all_or_among(priority.exporters, seller.owner) && all_or_among(priority.end_users, buyer.owner) &&
                   all_or_among(priority.destinations, scenario_.regions[buyer.block.region].id);
        };
        if (any_file(control, products, is_among)) return;
        const bool only_home = priority.destinations.size() == 1 && priority.destinations.front() == control.authority;
        const bool home = all_in(priority.end_users, control.authority) || only_home;
        say("licensing." + control.id + ".priorities." + priority.id, home ? at_home(control.authority) : "no file is ever among those it names",
            home ? "name buyers of controlled goods abroad, or remove it" : "name buyers of controlled goods, or remove it");
    }

    void judge_entities(const Licensing& control, const std::vector<std::string>& products, const scenario::EntityList& list)
    {
        std::vector<std::string> owners = list.users;
        for (const std::string& firm : list.firms) owners.push_back(firm.substr(0, firm.find('/')));
        const std::string key = "licensing." + control.id + ".entities." + list.id;
        const bool home = all_in(owners, control.authority);
        if (!any_file(control, products, [&](const PlannedBlock&, const PlannedBlock& buyer) { return among(owners, buyer.owner); }))
            return say(key, home ? at_home(control.authority) : "no file is ever of those it lists", home ? "list buyers of controlled goods abroad, or remove it" : "list buyers of controlled goods, or remove it");
        const auto none = [](const auto& one) { return one.state == scenario::EntityState::kNone; };
        if (none(list) && std::all_of(list.changes.begin(), list.changes.end(), none)) say(key, "has the state none on every day: nobody is listed", "give it a state or changes, or remove it");
    }

    void judge_posture_list(const Licensing& control)
    {
        std::set<std::string> had;
        for (const auto& toward : control.toward) {
            had.insert(toward.posture);
            for (const auto& change : toward.changes) had.insert(change.posture);
        }
        for (const auto& state : control.regimes.states)
            for (const auto& [region, posture] : state.toward) had.insert(posture);
        for (const auto& [region, postures] : by_rules_[control.id]) had.insert(postures.begin(), postures.end());
        for (const auto& posture : control.postures)
            if (had.count(posture.id) == 0)
                say("licensing." + control.id + ".postures." + posture.id, "no destination ever has it", "give it to a destination under toward or in a rule, or remove it");
    }

    // Every posture that rules may give a region.
    void count_postures(const scenario::Rule& rule)
    {
        const auto count = [&](const scenario::RuleStep& step) {
            for (std::size_t i = 0; i < step.toward.size(); ++i) by_rules_[rule.licensing][step.toward[i]].insert(step.postures[i]);
        };
        count(rule.then);
        for (const auto& step : rule.restored) count(step);
    }

    [[nodiscard]] bool rules_give_another(const Licensing& control, const std::string& region, const std::string& posture) const
    {
        const auto of_control = by_rules_.find(control.id);
        if (of_control == by_rules_.end()) return false;
        const auto of_region = of_control->second.find(region);
        return of_region != of_control->second.end() && (of_region->second.size() > 1 || of_region->second.count(posture) == 0);
    }

    // A change under one key of `toward` holds for all regions the key stands for: it changes nothing where it changes nothing for any.
    void judge_posture_changes(const Licensing& control)
    {
        std::map<std::string, std::vector<const scenario::Toward*>> by_key;
        for (const auto& toward : control.toward) by_key[toward.key].push_back(&toward);
        for (const auto& [key, regions] : by_key) {
            const auto& changes = regions.front()->changes;
            std::string before = regions.front()->posture;
            for (std::size_t i = 0; i < changes.size() && changes[i].date <= last_; ++i) {
                const auto& change = changes[i];
                const std::string path = "licensing." + control.id + ".toward." + key + ".changes." + change.id;
                const bool undone = std::any_of(regions.begin(), regions.end(), [&](const auto* toward) { return rules_give_another(control, toward->region, change.posture); });
                if (i + 1 < changes.size() && changes[i + 1].date == change.date) {
                    say(path, fmt::format("does nothing, since {} changes the posture again on the same day", changes[i + 1].id), "give it another date, or remove it");
                    continue;
                }
                if (before == change.posture && !undone)
                    say(path, fmt::format("gives {} the posture it has already, {}: nothing changes", key == "other" ? "all others" : key, before), "give another posture, or remove it");
                before = change.posture;
            }
        }
    }

    // The postures a region has on some day of the run.
    [[nodiscard]] std::set<std::string> postures_of(const Licensing& control, const std::string& region) const
    {
        std::set<std::string> out;
        for (const auto& toward : control.toward) {
            if (toward.region != region) continue;
            std::string first = toward.posture;
            for (const auto& change : toward.changes) {
                if (change.date <= scenario_.time.start) first = change.posture;
                else if (change.date <= last_) out.insert(change.posture);
            }
            out.insert(first);
        }
        if (const auto of_control = by_rules_.find(control.id); of_control != by_rules_.end())
            if (const auto of_region = of_control->second.find(region); of_region != of_control->second.end()) out.insert(of_region->second.begin(), of_region->second.end());
        return out;
    }

    void judge_step(const scenario::Rule& rule, const scenario::RuleStep& step, const std::string& path)
    {
        const auto control = std::find_if(scenario_.licensing.begin(), scenario_.licensing.end(), [&](const Licensing& one) { return one.id == rule.licensing; });
        if (control == scenario_.licensing.end()) return;
        std::map<std::string, bool> idle;  // by key of toward
        std::map<std::string, std::string> given;
        for (std::size_t i = 0; i < step.toward.size(); ++i) {
            const bool always = postures_of(*control, step.toward[i]).size() == 1;  // the one it gives is among them
            const auto [at, first] = idle.try_emplace(step.keys[i], always);
            if (!first) at->second = at->second && always;
            given[step.keys[i]] = step.postures[i];
        }
        for (const auto& [key, nothing] : idle)
            if (nothing)
                say(path + ".toward." + key, fmt::format("gives {} the posture it always has, {}: nothing changes", key == "other" ? "all others" : key, given[key]), "give another posture, or remove it");
    }

    const Scenario& scenario_;
    const BlockPlan& plan_;
    const Lanes& lanes_;
    Date last_;
    std::map<std::string, std::map<std::string, std::set<std::string>>> by_rules_;  // control, region: postures
    std::vector<Diagnostic> out_;
};

}  // namespace

std::vector<Diagnostic> licensing_without_effect(const Scenario& scenario, const BlockPlan& plan, const Lanes& lanes)
{
    return IdleLicensing(scenario, plan, lanes).all();
}

}  // namespace chokepoint::world
