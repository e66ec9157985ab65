#include "support/state_compare.hpp"

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace chokepoint::test {

using namespace world;

namespace {

template <class T>
bool same(const T& a, const T& b)
{
    if constexpr (std::is_floating_point_v<T>) {
        return std::memcmp(&a, &b, sizeof(T)) == 0;
    } else {
        return a == b;
    }
}
bool same(const LicenceCounts& a, const LicenceCounts& b)
{
    static_assert(sizeof(LicenceCounts) == 17 * sizeof(std::int64_t), "compare the new field too");
    return std::memcmp(&a, &b, sizeof a) == 0;
}
bool same(const MassBalance& a, const MassBalance& b)
{
    return a.produced == b.produced && a.consumed == b.consumed && a.seized == b.seized;
}
bool same(const RouteFlow& a, const RouteFlow& b)
{
    static_assert(sizeof(RouteFlow) == 7 * sizeof(std::int64_t), "compare the new field too");
    return std::memcmp(&a, &b, sizeof a) == 0;
}
bool same(const StockpileFlow& a, const StockpileFlow& b)
{
    static_assert(sizeof(StockpileFlow) == 6 * sizeof(std::int64_t), "compare the new field too");
    return std::memcmp(&a, &b, sizeof a) == 0;
}
bool same(const Entry& a, const Entry& b)
{
    return a.branch == b.branch && a.slot == b.slot && a.grams == b.grams && a.duty == b.duty;
}
bool same(const File& a, const File& b)
{
    return a.border == b.border && a.grams == b.grams && a.submitted == b.submitted && a.serial == b.serial &&
           a.next == b.next && a.entered == b.entered && a.stage == b.stage && a.open == b.open;
}
bool same(const Licence& a, const Licence& b)
{
    return a.border == b.border && a.lapses == b.lapses && a.grams == b.grams && a.issued_to == b.issued_to;
}
bool same(const DeskCounts& a, const DeskCounts& b)
{
    static_assert(sizeof(DeskCounts) == 6 * sizeof(std::int64_t), "compare the new field too");
    return std::memcmp(&a, &b, sizeof a) == 0;
}
bool same(const Decision& a, const Decision& b)
{
    return a.control == b.control && a.destination == b.destination && a.end_use == b.end_use && a.source == b.source && a.outcome == b.outcome &&
           a.wait == b.wait && a.grams == b.grams;
}
bool same(const SourceBook& a, const SourceBook& b)
{
    static_assert(sizeof(SourceBook) == 8 * sizeof(std::int64_t), "compare the new field too");
    return std::memcmp(&a, &b, sizeof a) == 0;
}
bool same(const Memory& a, const Memory& b)
{
    return a.users_named == b.users_named && a.users_tainted == b.users_tainted && a.routes_found == b.routes_found;
}
bool same(const DatedLots::Lot& a, const DatedLots::Lot& b) { return a.border == b.border && a.grams == b.grams; }
bool same(const DatedLots::Day& a, const DatedLots::Day& b) { return a.day == b.day && a.lots == b.lots; }
bool same(const HandedIn& a, const HandedIn& b) { return a.border == b.border && a.held == b.held; }
bool same(const WindowSum& a, const WindowSum& b) { return a.ring == b.ring && a.sum == b.sum; }
bool same(const ConditionState& a, const ConditionState& b)
{
    return a.days == b.days && a.holds == b.holds && same(a.seen, b.seen) && same(a.part, b.part) &&
           same(a.whole, b.whole) && a.filed == b.filed;
}
bool same(const RuleState& a, const RuleState& b)
{
    static_assert(sizeof(RuleState) == sizeof(std::vector<ConditionState>) + sizeof(std::string) + 32,
                  "compare the new field too");
    return std::equal(a.conditions.begin(), a.conditions.end(), b.conditions.begin(), b.conditions.end(),
                      [](const ConditionState& x, const ConditionState& y) { return same(x, y); }) &&
           a.holds == b.holds && a.firings == b.firings && a.acts_on == b.acts_on && a.in_effect == b.in_effect &&
           a.over_on == b.over_on && a.next_step == b.next_step && a.why == b.why;
}
bool same(const ProjectRow& a, const ProjectRow& b)
{
    return a.id == b.id && a.start == b.start && a.ramp == b.ramp && same(a.share, b.share);
}
bool same(const Event& a, const Event& b)
{
    return a.day == b.day && a.kind == b.kind && a.subject == b.subject && a.text == b.text;
}

template <class Item>
std::vector<Item> items(core::Fifo<Item> list)
{
    std::vector<Item> out;
    for (; !list.empty(); list.pop()) out.push_back(list.front());
    return out;
}

class Comparer {
  public:
    template <class T>
    void check(const char* name, const std::vector<T>& a, const std::vector<T>& b)
    {
        if (!found_.empty()) return;
        if (a.size() != b.size()) {
            found_ = std::string(name) + ": lengths differ";
            return;
        }
        for (std::size_t i = 0; i < a.size(); ++i) {
            if (!same(a[i], b[i])) {
                found_ = std::string(name) + "[" + std::to_string(i) + "]";
                return;
            }
        }
    }
    template <class T>
    void check(const char* name, const T& a, const T& b)
    {
        if (found_.empty() && !same(a, b)) found_ = name;
    }
    [[nodiscard]] const std::string& found() const { return found_; }

  private:
    std::string found_;
};

// A field added to the state must be compared below; these fail until the number is raised.
constexpr std::size_t kVector = sizeof(std::vector<int>);
static_assert(sizeof(FirmState) == 22 * kVector);
static_assert(sizeof(SlotState) == 12 * kVector);
static_assert(sizeof(LinkState) == 7 * kVector);
static_assert(sizeof(BorderState) == 27 * kVector);
static_assert(sizeof(PolicyState) == 12 * kVector + sizeof(std::size_t));
static_assert(sizeof(LaneGoods) == 3 * kVector);
static_assert(sizeof(TransitState) == 9 * kVector);
static_assert(sizeof(CovertState) == 18 * kVector + sizeof(std::size_t));
static_assert(sizeof(ConductState) == 7 * kVector);
static_assert(sizeof(SupplyState) == 5 * kVector);
static_assert(sizeof(Published) == 43 * kVector);

#define CHECK_FIELD(field) compare.check(#field, a.field, b.field)

void compare_firms(const FirmState& a, const FirmState& b, Comparer& compare)
{
    CHECK_FIELD(finished);
    CHECK_FIELD(orders);
    CHECK_FIELD(owed);
    CHECK_FIELD(output);
    CHECK_FIELD(wanted);
    CHECK_FIELD(want_carry);
    CHECK_FIELD(given_up);
    CHECK_FIELD(given_up_carry);
    CHECK_FIELD(cost);
    CHECK_FIELD(cost_in_price);
    CHECK_FIELD(demand);
    CHECK_FIELD(ordinary_orders);
    CHECK_FIELD(order_level);
    CHECK_FIELD(last_orders);
    CHECK_FIELD(last_demand);
    CHECK_FIELD(open_orders);
    CHECK_FIELD(expected_orders);
    CHECK_FIELD(price);
    CHECK_FIELD(base_price);
    CHECK_FIELD(ln_price);
    CHECK_FIELD(price_history);
    CHECK_FIELD(duty);
}

void compare_links(const State& a, const State& b, Comparer& compare)
{
    CHECK_FIELD(slot.stock);
    CHECK_FIELD(slot.on_order);
    CHECK_FIELD(slot.received);
    CHECK_FIELD(slot.use);
    CHECK_FIELD(slot.need);
    CHECK_FIELD(slot.use_carry);
    CHECK_FIELD(slot.need_carry);
    CHECK_FIELD(slot.lacked);
    CHECK_FIELD(slot.given_up);
    CHECK_FIELD(slot.given_up_carry);
    CHECK_FIELD(slot.switched);
    CHECK_FIELD(slot.switched_carry);
    CHECK_FIELD(link.share);
    CHECK_FIELD(link.fill);
    CHECK_FIELD(link.period_order);
    CHECK_FIELD(link.backlog);
    CHECK_FIELD(link.allocated);
    CHECK_FIELD(link.flown);
    compare.check("transit", a.link.transit.size(), b.link.transit.size());
    for (std::size_t lane = 0; lane < a.link.transit.size() && lane < b.link.transit.size(); ++lane) {
        compare.check("transit.low", a.link.transit[lane].low, b.link.transit[lane].low);
        compare.check("transit.high", a.link.transit[lane].high, b.link.transit[lane].high);
        compare.check("transit.free", a.link.transit[lane].free, b.link.transit[lane].free);
    }
}

void compare_border(const BorderState& a, const BorderState& b, Comparer& compare)
{
    CHECK_FIELD(unfiled);
    CHECK_FIELD(first_unfiled);
    CHECK_FIELD(used);
    CHECK_FIELD(general_left);
    CHECK_FIELD(filed);
    CHECK_FIELD(licensed_wait);
    CHECK_FIELD(issued);
    CHECK_FIELD(granted);
    CHECK_FIELD(given_back);
    CHECK_FIELD(released);
    CHECK_FIELD(customs);
    CHECK_FIELD(to_refile);
    CHECK_FIELD(told_no_until);
    CHECK_FIELD(general_until);
    CHECK_FIELD(head);
    CHECK_FIELD(tail);
    CHECK_FIELD(n_filed);
    CHECK_FIELD(n_open);
    CHECK_FIELD(n_decided);
    CHECK_FIELD(n_refused);
    CHECK_FIELD(refusals_in_a_row);
    CHECK_FIELD(grants_in_a_row);
    CHECK_FIELD(within_use);
    CHECK_FIELD(within_use_on);
    CHECK_FIELD(licensed);
    CHECK_FIELD(wait);
    CHECK_FIELD(grant_rate);
}

void compare_authority(const AuthorityState& a, const AuthorityState& b, Comparer& compare)
{
    CHECK_FIELD(posture);
    CHECK_FIELD(queue_of);
    CHECK_FIELD(listed);
    CHECK_FIELD(covered);
    CHECK_FIELD(needed);
    CHECK_FIELD(in_force);
    CHECK_FIELD(licensing);
    CHECK_FIELD(next_change);
    CHECK_FIELD(next_listing);
    CHECK_FIELD(posture_acted);
    CHECK_FIELD(listed_acted);
    CHECK_FIELD(covered_acted);
    CHECK_FIELD(files);
    CHECK_FIELD(free_rows);
    CHECK_FIELD(known);
    CHECK_FIELD(barred_until);
    CHECK_FIELD(n_known);
    CHECK_FIELD(n_tainted);
    CHECK_FIELD(n_routes);
    CHECK_FIELD(counts);
    CHECK_FIELD(desks);
    CHECK_FIELD(decided);
    compare.check("counter", items(a.counter), items(b.counter));
    compare.check("issuing", items(a.issuing.lots()), items(b.issuing.lots()));
    compare.check("issuing days", items(a.issuing.days()), items(b.issuing.days()));
    compare.check("refiling", items(a.refiling.lots()), items(b.refiling.lots()));
    compare.check("refiling days", items(a.refiling.days()), items(b.refiling.days()));
    compare.check("in_hand", items(a.in_hand), items(b.in_hand));
    compare.check("holding", items(a.holding.lots()), items(b.holding.lots()));
    compare.check("holding days", items(a.holding.days()), items(b.holding.days()));
    compare.check("stages", a.stages.size(), b.stages.size());
    for (std::size_t s = 0; s < a.stages.size() && s < b.stages.size(); ++s) {
        const StageState& x = a.stages[s];
        const StageState& y = b.stages[s];
        compare.check("stage.level", x.level, y.level);
        compare.check("stage.credit", x.credit, y.credit);
        compare.check("stage.served_floor", x.served_floor, y.served_floor);
        compare.check("stage.next_level", x.next_level, y.next_level);
        for (std::size_t i = 0; i < x.classes.size() && i < y.classes.size(); ++i) {
            for (std::size_t line = 0; line < kLines; ++line) {
                const Line &of_a = x.classes[i][line], &of_b = y.classes[i][line];
                compare.check("classes.files", items(of_a.files), items(of_b.files));
                compare.check("classes.served", of_a.served, of_b.served);
                compare.check("classes.active", of_a.active, of_b.active);
            }
        }
    }
}

void compare_policy(const State& a, const State& b, Comparer& compare)
{
    CHECK_FIELD(policy.layer_ppm);
    CHECK_FIELD(policy.dated_ppm);
    CHECK_FIELD(policy.lapsed);
    CHECK_FIELD(policy.layer_begin);
    CHECK_FIELD(policy.duty_ppm);
    CHECK_FIELD(policy.base_duty_ppm);
    CHECK_FIELD(policy.ln_duty);
    CHECK_FIELD(policy.next_duty);
    CHECK_FIELD(policy.flags);
    CHECK_FIELD(policy.rules);
    CHECK_FIELD(policy.expected);
    CHECK_FIELD(policy.expected_duty);
    CHECK_FIELD(policy.expected_rise);
    CHECK_FIELD(transit.arrival);
    CHECK_FIELD(transit.plane);
    CHECK_FIELD(transit.arrival_begin);
    CHECK_FIELD(transit.due);
    CHECK_FIELD(transit.due_begin);
    CHECK_FIELD(transit.due_plane);
    CHECK_FIELD(transit.due_price);
    CHECK_FIELD(transit.today_plane);
    CHECK_FIELD(transit.air_plane);
    CHECK_FIELD(outside_price);
    CHECK_FIELD(sent_outside);
    CHECK_FIELD(ordinary_outside);
    CHECK_FIELD(events);
}

void compare_covert(const CovertState& a, const CovertState& b, Comparer& compare)
{
    CHECK_FIELD(detection);
    CHECK_FIELD(volume);
    CHECK_FIELD(appetite);
    CHECK_FIELD(planned);
    CHECK_FIELD(shipped);
    CHECK_FIELD(seized);
    CHECK_FIELD(arrived);
    CHECK_FIELD(under_way);
    CHECK_FIELD(grams);
    CHECK_FIELD(value);
    CHECK_FIELD(asked);
    CHECK_FIELD(taken);
    CHECK_FIELD(passed);
    CHECK_FIELD(barred_until);
    CHECK_FIELD(found);
    CHECK_FIELD(entries);
    CHECK_FIELD(next_step);
}

void compare_conduct(const ConductState& a, const ConductState& b, Comparer& compare)
{
    CHECK_FIELD(owed_output);
    CHECK_FIELD(strained);
    CHECK_FIELD(qualifies_on);
    CHECK_FIELD(found);
    CHECK_FIELD(switched);
    CHECK_FIELD(substituted);
    CHECK_FIELD(recipe);
}

void compare_supply(const SupplyState& a, const SupplyState& b, Comparer& compare)
{
    CHECK_FIELD(capacity);
    CHECK_FIELD(stretch);
    CHECK_FIELD(days_above);
    CHECK_FIELD(taken);
    compare.check("begun", a.begun.size(), b.begun.size());
    for (std::size_t i = 0; i < a.begun.size() && i < b.begun.size(); ++i) compare.check("begun", a.begun[i], b.begun[i]);
}

void compare_published(const Published& a, const Published& b, Comparer& compare)
{
    CHECK_FIELD(need);
    CHECK_FIELD(use);
    CHECK_FIELD(stock);
    CHECK_FIELD(received);
    CHECK_FIELD(given_up);
    CHECK_FIELD(switched);
    CHECK_FIELD(ordinary_need);
    CHECK_FIELD(at_seller);
    CHECK_FIELD(in_review);
    CHECK_FIELD(licensed);
    CHECK_FIELD(at_customs);
    CHECK_FIELD(in_transit);
    CHECK_FIELD(open_files);
    CHECK_FIELD(oldest_file);
    CHECK_FIELD(refused);
    CHECK_FIELD(returned);
    CHECK_FIELD(lacked);
    CHECK_FIELD(sources);
    CHECK_FIELD(source_refused);
    CHECK_FIELD(source_returned);
    CHECK_FIELD(output);
    CHECK_FIELD(wanted);
    CHECK_FIELD(output_given_up);
    CHECK_FIELD(finished);
    CHECK_FIELD(duty);
    CHECK_FIELD(duty_by_region);
    CHECK_FIELD(exports);
    CHECK_FIELD(licences);
    CHECK_FIELD(licences_by_use);
    CHECK_FIELD(desks);
    CHECK_FIELD(decisions);
    CHECK_FIELD(memory);
    CHECK_FIELD(capacity);
    CHECK_FIELD(support);
    CHECK_FIELD(stockpiles);
    CHECK_FIELD(routes);
    CHECK_FIELD(mass);
    CHECK_FIELD(price_origin);
    CHECK_FIELD(price_outside);
    CHECK_FIELD(price_contract);
    CHECK_FIELD(flown);
    CHECK_FIELD(exporter_bears);
    CHECK_FIELD(duty_ppm);
}

}  // namespace

std::string first_difference(const State& a, const State& b)
{
    Comparer compare;
    CHECK_FIELD(day);
    compare_firms(a.firm, b.firm, compare);
    compare_links(a, b, compare);
    compare_border(a.border, b.border, compare);
    compare.check("handed_in", a.handed_in.size(), b.handed_in.size());
    for (std::size_t i = 0; i < a.handed_in.size() && i < b.handed_in.size(); ++i) {
        compare.check("handed_in", a.handed_in[i], b.handed_in[i]);
    }
    compare.check("authority", a.authority.size(), b.authority.size());
    for (std::size_t i = 0; i < a.authority.size() && i < b.authority.size(); ++i) {
        compare_authority(a.authority[i], b.authority[i], compare);
    }
    compare_policy(a, b, compare);
    compare_covert(a.covert, b.covert, compare);
    compare_conduct(a.conduct, b.conduct, compare);
    compare.check("stockpile", a.stockpile.size(), b.stockpile.size());
    for (std::size_t i = 0; i < a.stockpile.size() && i < b.stockpile.size(); ++i) {
        compare.check("stockpile.now", a.stockpile[i].now, b.stockpile[i].now);
        compare.check("stockpile.ever_released", a.stockpile[i].ever_released, b.stockpile[i].ever_released);
        compare.check("stockpile.ring", a.stockpile[i].ring, b.stockpile[i].ring);
    }
    compare_supply(a.supply, b.supply, compare);
    compare_published(a.published, b.published, compare);
    return compare.found();
}

State by_age(const Structure& structure, const State& state)
{
    State out = state;
    for (std::size_t l = 0; l < structure.lanes.size(); ++l) {
        const Lane& lane = structure.lanes[l];
        const LaneGoods& goods = state.link.transit[l];
        LaneGoods& aged = out.link.transit[l];
        aged.low.assign(static_cast<std::size_t>(lane.ring) * lane.n_links, 0);
        aged.high.assign(aged.low.size(), 0);
        aged.free.clear();
        const std::uint32_t begin = state.transit.arrival_begin[l];
        for (int age = 0; age < lane.ring; ++age) {
            const auto from = begin + static_cast<std::uint32_t>((state.day - age + 8 * lane.ring) % lane.ring);
            const auto to = begin + static_cast<std::uint32_t>(age);
            // Without noise nobody writes arrivals; one that is past means nothing any more.
            const bool noisy = lane.noise_sd > 0;
            const bool sailing = noisy ? state.transit.arrival[from] > state.day : age < lane.days;
            out.transit.arrival[to] = noisy && sailing ? state.transit.arrival[from] - state.day : 0;
            for (std::size_t rank = 0; sailing && rank < lane.n_links; ++rank) {
                const std::int64_t grams = goods.at(state.transit.plane[from] + rank);
                const std::size_t cell = static_cast<std::size_t>(age) * lane.n_links + rank;
                aged.raise(cell, aged.add(cell, grams));
            }
        }
    }
    out.transit.plane.clear();  // places in the rings, which have been rotated
    for (std::int32_t& day : out.transit.due) day -= state.day;
    out.transit.due_plane.clear();
    out.transit.due_price.clear();
    out.transit.today_plane.clear();
    out.transit.air_plane.clear();
    const std::size_t history = structure.price_history_days();
    for (std::size_t firm = 0; firm < structure.n_firms(); ++firm) {
        if (structure.firms.seller_row[firm] == kNone) continue;
        for (std::size_t age = 0; age < history; ++age) {
            const std::size_t from = (static_cast<std::size_t>(state.day + 1) + 8 * history - age) % history;
            out.firm.price_history[structure.price_index(age, firm)] =
                state.firm.price_history[structure.price_index(from, firm)];
        }
    }
    // Counted on the last day of a week and of the run, from buckets that are compared every day.
    Published& p = out.published;
    for (auto* row : {&p.at_seller, &p.in_review, &p.licensed, &p.at_customs, &p.in_transit, &p.open_files, &p.oldest_file, &p.finished}) {
        row->clear();
    }
    p.sources.clear();
    p.exporter_bears.clear();
    out.day = 0;
    return out;
}

}  // namespace chokepoint::test
