#include "idle.hpp"

#include "fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

namespace chokepoint::scenario {

namespace {

class IdleLicensing {
  public:
    IdleLicensing(const Node& root, const Licensing& licensing, Report& report)
        : root_(root), licensing_(licensing), report_(report), path_("licensing." + licensing.id + ".")
    {
    }

    void check() const
    {
        if (licensing_.deadline_mode == DeadlineMode::kHard && licensing_.minimum_review_days > licensing_.deadline_days)
            warn("minimum_review", fmt::format("is longer than the hard deadline of {} wd (files are decided on the deadline)", licensing_.deadline_days),
                 "shorten it, or set deadline_mode to stop_clock or none");
        for (const Posture& posture : licensing_.postures) {
            if (posture.military > 0 && licensing_.defense != EndUseRule::kPosture)
                warn("postures." + posture.id + ".military", "does nothing, since end_use.defense does not say posture", "set end_use.defense to posture, or remove it");
        }
        for (const Priority& priority : licensing_.priorities) {
            if (priority.strict && priority.weight == 0)
                warn("priorities." + priority.id + ".strict", "does nothing at weight 0 (its files are never served)", "give it a weight above 0, or remove strict");
            const Node* weight = find_path(root_, path_ + "priorities." + priority.id + ".weight");
            const bool drawn = weight != nullptr && weight->distribution != nullptr;
            if (!priority.strict && priority.weight == 1 && !drawn)
                warn("priorities." + priority.id, "does nothing at weight 1 x (its files are served as all others)", "give it another weight, or remove it");
        }
        warn_after_end();
        warn_of_levels();
        warn_of_lists();
        warn_of_entities();
        if (licensing_.disclosure.discovers_route == 0 && !is_drawn("disclosure.discovers_route") && is_set_here(root_, path_ + "disclosure.barred"))
            warn("disclosure.barred", "does nothing while disclosure.discovers_route is 0 %", "set disclosure.discovers_route, or remove it");
        const Node* deadline = find_path(root_, path_ + "deadline");
        if (licensing_.deadline_mode == DeadlineMode::kNone && deadline != nullptr && !deadline->from_table && licensing_.deadline_days > 0)
            warn("deadline", "does nothing while deadline_mode is none", "set deadline_mode to hard or stop_clock, or remove it");
    }

  private:
    [[nodiscard]] bool is_drawn(const std::string& key) const
    {
        const Node* node = find_path(root_, path_ + key);
        return node != nullptr && node->distribution != nullptr;
    }

    // Dated changes under a map of the measure, in the order of their days.
    struct Change {
        std::string key;
        core::Date date;
        const Node* node;
    };
    [[nodiscard]] std::vector<Change> changes_of(const std::string& map) const
    {
        std::vector<Change> out;
        const Node* changes = find_path(root_, path_ + map);
        if (changes == nullptr) return out;
        for (const Entry& entry : changes->entries) {
            const Node* text = entry.value.find("date");
            const auto date = text == nullptr ? std::nullopt : core::Date::parse(text->text);
            if (date) out.push_back({map + "." + entry.key, *date, &entry.value});
        }
        std::stable_sort(out.begin(), out.end(), [](const Change& a, const Change& b) { return a.date < b.date; });
        return out;
    }

    // What is dated on or after the day on which the control, with every list of it, is over.
    void warn_after_end() const
    {
        if (!licensing_.until || std::any_of(licensing_.lists.begin(), licensing_.lists.end(), [](const ControlList& list) { return !list.until; })) return;
        core::Date end = *licensing_.until;
        for (const ControlList& list : licensing_.lists) end = std::max(end, *list.until);
        std::vector<std::string> maps{"throughput.levels"};
        for (const char* map : {"toward", "entities", "stages"}) {
            const Node* node = find_path(root_, path_ + map);
            if (node == nullptr) continue;
            for (const Entry& entry : node->entries) maps.push_back(std::string(map) + "." + entry.key + (map == std::string_view("stages") ? ".throughput.levels" : ".changes"));
        }
        for (const std::string& map : maps)
            for (const Change& change : changes_of(map))
                if (change.date >= end && is_set_here(root_, path_ + change.key)) warn(change.key, fmt::format("does nothing, since the control is over on {}", end.to_string()), "give it an earlier date, or remove it");
    }

    void warn_of_levels() const
    {
        std::vector<std::string> maps{"throughput.levels"};
        for (const Stage& stage : licensing_.stages) maps.push_back("stages." + stage.id + ".throughput.levels");
        for (const std::string& map : maps) {
            const std::vector<Change> levels = changes_of(map);
            const Node* before = nullptr;
            for (std::size_t i = 0; i < levels.size(); ++i) {
                const Node* level = levels[i].node->find("level");
                if (level == nullptr) level = levels[i].node->find("reviewers");
                if (level == nullptr) continue;
                if (i + 1 < levels.size() && levels[i + 1].date == levels[i].date) {
                    warn(levels[i].key, fmt::format("does nothing, since {} sets another level on the same day", levels[i + 1].key.substr(map.size() + 1)), "give it another date, or remove it");
                    continue;
                }
                if (before != nullptr && before->distribution == nullptr && level->distribution == nullptr && before->value == level->value)
                    warn(levels[i].key, fmt::format("gives the level already in force, {}: nothing changes", level->text), "give it another level, or remove it");
                before = level;
            }
        }
    }

    void warn_of_lists() const
    {
        for (const ControlList& list : licensing_.lists) {
            const bool all = std::all_of(list.products.begin(), list.products.end(), [&](const std::string& product) { return std::find(licensing_.products.begin(), licensing_.products.end(), product) != licensing_.products.end(); });
            const bool days = list.from >= licensing_.from && (!licensing_.until || (list.until && *list.until <= *licensing_.until));
            if (all && days) warn("lists." + list.id, fmt::format("lists nothing but goods that {} controls already on these days", licensing_.id), "name other goods, or remove it");
        }
    }

    void warn_of_entities() const
    {
        bool suspends = false;
        for (const EntityList& list : licensing_.entities) {
            const std::string key = "entities." + list.id;
            suspends = suspends || list.state == EntityState::kSuspended;
            if (list.owned > 0 && !list.ownership_from && is_set_here(root_, path_ + key + ".owned"))
                warn(key + ".owned", "does nothing without ownership_from, the day from which firms owned by listed ones count as listed", "add ownership_from, or remove it");
            const std::vector<Change> changes = changes_of(key + ".changes");
            for (std::size_t i = 0; i < list.changes.size() && i < changes.size(); ++i) {
                suspends = suspends || list.changes[i].state == EntityState::kSuspended;
                const EntityState before = i == 0 ? list.state : list.changes[i - 1].state;
                if (i + 1 < changes.size() && changes[i + 1].date == changes[i].date) warn(changes[i].key, "does nothing, since another change of the same day sets the state", "give it another date, or remove it");
                else if (before == list.changes[i].state) warn(changes[i].key, "gives the state already in force: nothing changes", "give it another state, or remove it");
            }
        }
        if (!suspends && is_set_here(root_, path_ + "extra_review")) warn("extra_review", "does nothing, since no list of entities ever has the state suspended", "suspend a list, or remove it");
    }

    void warn(const std::string& key, std::string problem, std::string remedy) const
    {
        report_.warning(mark_of_path(root_, path_ + key), path_ + key, std::move(problem), std::move(remedy));
    }

    const Node& root_;
    const Licensing& licensing_;
    Report& report_;
    std::string path_;
};

}  // namespace

void warn_of_idle_licensing(const Scenario& scenario, const Node& root, Report& report)
{
    for (const Licensing& licensing : scenario.licensing) IdleLicensing(root, licensing, report).check();
}

}  // namespace chokepoint::scenario
