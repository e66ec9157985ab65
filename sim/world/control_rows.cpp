#include "control_rows.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace chokepoint::world {

namespace {

using scenario::Licensing;
using scenario::Scenario;

class ControlMaker {
  public:
    ControlMaker(const Licensing& licensing, const Scenario& scenario, const Structure& structure)
        : licensing_(licensing), scenario_(scenario), structure_(structure)
    {
        for (std::uint32_t i = 0; i < scenario.regions.size(); ++i) regions_[scenario.regions[i].id] = i;
    }

    Control make()
    {
        row_.id = licensing_.id;
        row_.title = licensing_.title;
        row_.region = regions_.at(licensing_.authority);
        row_.calendar = structure_.regions[row_.region].calendar;
        add_list(licensing_.id, licensing_.products, licensing_);
        for (const auto& list : licensing_.lists) add_list(list.id, list.products, list);
        set_clock();
        add_stages();
        add_postures();
        for (const auto& p : licensing_.priorities) {
            row_.priorities.push_back({p.id, p.weight, p.strict, p.from ? day(*p.from) : INT_MIN,
                                       p.until ? day(*p.until) : INT_MAX});
        }
        add_entities();
        set_decision();
        return std::move(row_);
    }

  private:
    [[nodiscard]] int day(core::Date date) const { return date - structure_.start; }

    template <class Dated>
    void add_list(const std::string& id, const std::vector<std::string>& products, const Dated& dates)
    {
        ControlListRow list;
        list.id = id;
        for (const auto& product : scenario_.products) {
            list.covers.push_back(std::find(products.begin(), products.end(), product.id) != products.end());
        }
        list.from = day(dates.from);
        list.announced = dates.announced ? day(*dates.announced) : list.from;
        if (dates.until) list.until = day(*dates.until);
        row_.lists.push_back(std::move(list));
    }

    void set_clock()
    {
        row_.shipment_size = std::llround(licensing_.shipment_size);
        row_.deadline = licensing_.deadline_days;
        row_.deadline_mode = static_cast<Deadline>(licensing_.deadline_mode);
        row_.licence_lag = licensing_.licence_lag_days;
        row_.validity = licensing_.validity_days;
        row_.declared_lots = licensing_.declared_lot_days;
        row_.batch_days = licensing_.batch_days;
        row_.batch_cover = licensing_.batch_cover;
        row_.held_cap = licensing_.held_cap;
        row_.use_first = licensing_.use_first;
        row_.returned = licensing_.returned;
        row_.resubmit_days = licensing_.resubmit_days;
        row_.resubmit = licensing_.resubmit;
        row_.cost = licensing_.cost;
        row_.pause = licensing_.pause_days;
        row_.resubmit_at_most = static_cast<std::uint32_t>(licensing_.resubmit_at_most);
        row_.customs_hold = static_cast<int>(std::lround(licensing_.customs_hold_days));
        row_.announced_wait = licensing_.announcement_wait;
    }

    [[nodiscard]] StageRow stage_row(const std::string& id, const scenario::Throughput& from) const
    {
        StageRow stage;
        stage.id = id;
        stage.throughput = from.unlimited                                      ? Throughput::kUnlimited
                           : from.mode == scenario::ThroughputMode::kFiles ? Throughput::kFiles
                                                                               : Throughput::kTonnage;
        stage.normalised = from.normalised_calendar;
        stage.files_per_reviewer = from.files_per_reviewer_day;
        for (const auto& level : from.levels) stage.levels.push_back({day(level.date), level.level});
        stage.calendar = row_.calendar;
        return stage;
    }

    void add_stages()
    {
        for (const auto& from : licensing_.stages) {
            StageRow stage = stage_row(from.id, from.throughput);
            stage.minimum_review = from.minimum_review_days;
            stage.returned = from.returned;
            if (from.calendar) stage.calendar = *from.calendar;
            row_.stages.push_back(std::move(stage));
        }
        row_.stages.push_back(stage_row("decision", licensing_.throughput));
        row_.stages.back().minimum_review = licensing_.minimum_review_days;
    }

    void add_postures()
    {
        std::map<std::string, std::uint16_t> index;
        for (const auto& p : licensing_.postures) {
            index[p.id] = static_cast<std::uint16_t>(row_.postures.size());
            row_.postures.push_back({p.id, p.weight, p.approval, p.hold, p.signal, p.military, p.licence, p.banned,
                                     p.general, p.revokes});
        }
        row_.initial_posture.assign(structure_.regions.size(), 0);
        for (const auto& toward : licensing_.toward) {
            const std::uint32_t region = regions_.at(toward.region);
            row_.initial_posture[region] = index.at(toward.posture);
            for (const auto& change : toward.changes) {
                row_.changes.push_back({day(change.date), region, index.at(change.posture)});
            }
        }
        std::stable_sort(row_.changes.begin(), row_.changes.end(),
                         [](const auto& a, const auto& b) { return a.day < b.day; });
    }

    void add_entities()
    {
        for (const auto& list : licensing_.entities) {
            EntityRow entity;
            entity.id = list.id;
            entity.initial = static_cast<Listed>(list.state);
            for (const auto& change : list.changes) {
                entity.changes.push_back({day(change.date), static_cast<Listed>(change.state)});
            }
            if (list.ownership_from) entity.ownership_from = day(*list.ownership_from);
            if (list.ownership_until) entity.ownership_until = day(*list.ownership_until);
            row_.entities.push_back(std::move(entity));
        }
        row_.extra_review = licensing_.extra_review_days;
    }

    void set_decision()
    {
        row_.defense = static_cast<EndUsePolicy>(licensing_.defense);
        row_.unknown = static_cast<EndUsePolicy>(licensing_.unknown);
        const auto& odds = licensing_.odds;
        row_.odds.by_sector.assign(scenario::kSectorCount, 0.0);
        row_.odds.by_country.assign(structure_.regions.size(), 0.0);
        for (const auto& [sector, value] : odds.sector) row_.odds.by_sector[static_cast<std::size_t>(sector)] = value;
        for (const auto& [region, value] : odds.country) row_.odds.by_country[regions_.at(region)] = value;
        row_.odds.documents = odds.documents;
        row_.odds.history = odds.history;
        row_.odds.on = !odds.sector.empty() || !odds.country.empty() || odds.documents != 0 || odds.history != 0;
        const auto& general = licensing_.general;
        row_.general = {general.on, day(general.from), general.until ? day(*general.until) : INT_MAX,
                        static_cast<std::uint32_t>(general.clean_grants),
                        static_cast<int>(std::lround(general.validity)), general.cap, general.signal};
        const auto& disclosure = licensing_.disclosure;
        row_.disclosure = {disclosure.reveals, disclosure.discovers_route, disclosure.discovers_defense,
                           disclosure.barred, static_cast<EndUsePolicy>(disclosure.tainted)};
    }

    const Licensing& licensing_;
    const Scenario& scenario_;
    const Structure& structure_;
    std::map<std::string, std::uint32_t> regions_;
    Control row_;
};

}  // namespace

Control control_row(const Licensing& licensing, const Scenario& scenario, const Structure& structure)
{
    return ControlMaker(licensing, scenario, structure).make();
}

}  // namespace chokepoint::world
