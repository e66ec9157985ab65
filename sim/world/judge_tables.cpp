#include "judge_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace chokepoint::world {

namespace {

using scenario::Family;
using scenario::Flow;
using scenario::FlowMargin;
using scenario::Scenario;

constexpr double kMargin = 1.25;      // a table further from its margins than this is told
constexpr double kMarginFalse = 3;    // and further than this refused
constexpr double kTold = 1.1;         // what is needed against what a table brings: a gap that the plan lists
constexpr double kNeed = 1.5;         // more than the table brings by so much is a warning
constexpr double kSlip = 200;         // a slip so large that one row can be told from the rest

bool apart(double times, double limit) { return times >= limit || times <= 1 / limit; }

// A flow, and what is left for it by the others of a sum that is known.
struct Slipped {
    const Flow* flow = nullptr;
    double left = 0;  // [t/yr]
    [[nodiscard]] double times() const { return flow->tonnes_per_year / left; }
};

// The one row among those that `count` that a slip of its unit explains: as much as the others leave of `wanted` is what it
// would be without. None where several would do.
template <typename Counts>
Slipped slipped_row(const Family& family, double wanted, Counts counts)
{
    double sum = 0;
    for (const Flow& flow : family.flows) sum += counts(flow) ? flow.tonnes_per_year : 0;
    Slipped out;
    for (const Flow& flow : family.flows) {
        if (!counts(flow) || flow.tonnes_per_year <= 0) continue;
        const Slipped one{&flow, wanted - (sum - flow.tonnes_per_year)};
        if (one.left <= 0 || !apart(one.times(), kSlip) || likely_slip(one.times()).empty()) continue;
        if (out.flow != nullptr) return {};
        out = one;
    }
    return out;
}

std::string left_text(const Slipped& row, const std::string& of, double whole, const core::Location& at)
{
    return fmt::format("{} t/yr from {} to {} is far from what the other flows leave of {}, {} t/yr of {} t/yr{}", number(row.flow->tonnes_per_year), row.flow->origin,
                       row.flow->destination, of, number(row.left), number(whole), place(at));
}

std::string margin_name(const FlowMargin& margin) { return fmt::format("the {} of {}", margin.is_production ? "production" : "use", margin.region); }

class Margins {
  public:
    Margins(const Family& family, const std::vector<double>& flow, const TradeTables& tables, std::size_t n_regions, Findings& findings)
        : family_(family), flow_(flow), tables_(tables), n_(n_regions), findings_(findings), key_("families." + family.id)
    {
    }

    void judge()
    {
        const auto off = [&](const FlowMargin& margin) { return margin.tonnes_per_year > 0 && apart(sum_of(margin) / margin.tonnes_per_year, kMargin); };
        if (std::none_of(family_.margins.begin(), family_.margins.end(), off) || blame_one_row()) return;
        for (const FlowMargin& margin : family_.margins)
            if (off(margin)) blame(margin, sum_of(margin));
    }

  private:
    // After balancing [t/yr].
    [[nodiscard]] double sum_of(const FlowMargin& margin) const
    {
        const std::uint32_t region = tables_.region(margin.region);
        double sum = 0;
        for (std::size_t other = 0; other < n_; ++other) sum += flow_[margin.is_production ? region * n_ + other : other * n_ + region] * kPerYear;
        return sum;
    }
    static bool counts(const FlowMargin& margin, const Flow& flow) { return (margin.is_production ? flow.origin : flow.destination) == margin.region; }

    // A row off by its unit throws other margins off as well once the table is balanced: the rows as written tell which it is. The
    // smallest margin that shows it knows best what is left for the row.
    bool blame_one_row()
    {
        const FlowMargin* shown = nullptr;
        Slipped blamed;
        double off = 1;
        for (const FlowMargin& margin : family_.margins) {
            const auto inside = [&](const Flow& flow) { return counts(margin, flow); };
            double written = 0;
            for (const Flow& flow : family_.flows) written += inside(flow) ? flow.tonnes_per_year : 0;
            const Slipped row = slipped_row(family_, margin.tonnes_per_year, inside);
            if (row.flow == nullptr || !apart(written / margin.tonnes_per_year, kMargin)) continue;
            if (shown != nullptr && row.flow != blamed.flow) return false;
            if (shown != nullptr && shown->tonnes_per_year <= margin.tonnes_per_year) continue;
            shown = &margin;
            blamed = row;
            off = written / margin.tonnes_per_year;
        }
        if (shown == nullptr) return false;
        findings_.say(apart(off, kMarginFalse), blamed.times(), blamed.flow->where, key_ + ".flows", left_text(blamed, margin_name(*shown), shown->tonnes_per_year, shown->where),
                      fmt::format("{}; {}", times_text(blamed.times()), slip(blamed.times())));
        return true;
    }

    void blame(const FlowMargin& margin, double sum)
    {
        const double times = sum / margin.tonnes_per_year;
        const bool error = apart(times, kMarginFalse);
        const Flow* largest = largest_flow(family_, [&](const Flow& flow) { return counts(margin, flow); });
        if (times > 1 && largest != nullptr && largest->tonnes_per_year > margin.tonnes_per_year) {
            const double of_flow = largest->tonnes_per_year / margin.tonnes_per_year;
            return findings_.say(error, of_flow, largest->where, key_ + ".flows",
                                 fmt::format("{} t/yr from {} to {} alone are more than {}, {} t/yr{}", number(largest->tonnes_per_year), largest->origin, largest->destination,
                                             margin_name(margin), number(margin.tonnes_per_year), place(margin.where)),
                                 fmt::format("{}; {}", times_text(of_flow), slip(of_flow)));
        }
        findings_.say(error, times, margin.where, key_ + ".margins",
                      fmt::format("{} is {} t/yr, but its flows come to {} t/yr", margin_name(margin), number(margin.tonnes_per_year), number(sum)),
                      fmt::format("{}; {}", times_text(1 / times), slip(1 / times)));
    }

    const Family& family_;
    const std::vector<double>& flow_;
    const TradeTables& tables_;
    std::size_t n_;
    Findings& findings_;
    std::string key_;
};

class Needs {
  public:
    Needs(const Family& family, const std::vector<double>& flow, const Scenario& scenario, Findings& findings, std::vector<NeedGap>& gaps)
        : family_(family), flow_(flow), scenario_(scenario), n_(scenario.regions.size()), findings_(findings), gaps_(gaps)
    {
    }

    void judge(const std::vector<Needed>& needs)
    {
        if (whole_table(needs)) return;
        for (std::uint32_t region = 0; region < n_; ++region) compare(region, needs[region]);
    }

  private:
    [[nodiscard]] double brought_to(std::uint32_t region) const  // [g/d]
    {
        double out = 0;
        for (std::size_t origin = 0; origin < n_; ++origin) out += flow_[origin * n_ + region];
        return out;
    }

    // Where every region that needs any is off alike, by what a wrong unit would do, the table is off and not the needs.
    bool whole_table(const std::vector<Needed>& needs)
    {
        double needed = 0, brought = 0, least = INFINITY, most = 0;
        int regions = 0;
        for (std::uint32_t region = 0; region < n_; ++region) {
            const double brings = brought_to(region);
            brought += brings;
            if (needs[region].grams <= 0 || brings <= 0) continue;
            needed += needs[region].grams;
            least = std::min(least, brings / needs[region].grams);
            most = std::max(most, brings / needs[region].grams);
            ++regions;
        }
        if (regions < 2 || most > least * kNeed * kNeed) return false;
        const double times = brought / needed;
        if (likely_slip(times).empty() || !apart(times, kNeed)) return false;
        const Flow* largest = largest_flow(family_, [](const auto&) { return true; });
        findings_.say(apart(times, kNeedFalse), times, largest->where, "families." + family_.id + ".flows",
                      fmt::format("with {} t/yr from {} to {} the flows of {} come to {} t/yr, but {} t/yr are needed, and every region is off alike", number(largest->tonnes_per_year),
                                  largest->origin, largest->destination, family_.id, number(brought * kPerYear), number(needed * kPerYear)),
                      fmt::format("{}; {}", times_text(times), slip(times)));
        return true;
    }

    void compare(std::uint32_t region, const Needed& need)
    {
        const double brought = brought_to(region);
        if (brought <= 0) return;  // nobody supplies it: refused where the world is planned
        const std::string& to = scenario_.regions[region].id;
        const double times = need.grams / brought;
        const auto comes = [&](const Flow& flow) { return flow.destination == to; };
        const Flow* largest = largest_flow(family_, comes);
        const core::Location at = need.key.empty() ? largest->where : findings_.where(need.key);
        if (apart(times, kTold)) gaps_.push_back({family_.id, to, need.key, need.grams * kPerYear, brought * kPerYear, at, largest->where});
        if (times < kNeed && times > 1 / kNeedFalse) return;
        const std::string flows = "families." + family_.id + ".flows";
        if (need.key.empty())
            return findings_.say(false, 1, at, flows, fmt::format("{} t/yr go to {}, where nobody needs any: they do not move", number(brought * kPerYear), to),
                                 "add a buyer there, or leave the row out");
        // A need off by what a wrong unit would do is blamed itself.
        const Slipped row = likely_slip(times).empty() ? slipped_row(family_, need.grams * kPerYear, comes) : Slipped{};
        if (row.flow != nullptr)
            return findings_.say(apart(times, kNeedFalse), row.times(), row.flow->where, flows, left_text(row, fmt::format("what {} needs", to), need.grams * kPerYear, at),
                                 fmt::format("{}; {}", times_text(row.times()), slip(row.times())));
        findings_.say(apart(times, kNeedFalse), times, at, need.key,
                      fmt::format("with this {} needs {} t/yr of {}, but the table brings {} t/yr{}, and as much as is needed is shipped", to, number(need.grams * kPerYear),
                                  family_.id, number(brought * kPerYear), place(largest->where)),
                      fmt::format("{}; {}", times_text(times), slip(times)));
    }

    const Family& family_;
    const std::vector<double>& flow_;
    const Scenario& scenario_;
    std::size_t n_;
    Findings& findings_;
    std::vector<NeedGap>& gaps_;
};

}  // namespace

bool uses_it(const BlockPlan& plan, const PlannedInput& input)
{
    const Role role = plan.blocks[input.block].block.role;
    return role == Role::kBuyer || role == Role::kProducer;
}

std::string need_key(const Scenario& scenario, const TradeTables& tables, const PlannedBlock& block, std::uint32_t product)
{
    std::string used = scenario.products[product].id;
    const auto names = [&](const auto& users) {
        for (const auto& user : users) {
            if (block.key != (block.block.role == Role::kBuyer ? "buyers." : "producers.") + user.id) continue;
            for (const auto& input : user.uses)
                if (const auto ids = tables.expand({input.product}); std::find(ids.begin(), ids.end(), product) != ids.end()) used = input.product;
        }
    };
    if (block.block.role == Role::kBuyer) names(scenario.buyers);
    else names(scenario.producers);
    return block.key + ".uses." + used;
}

void judge_margins(const Scenario& scenario, const TradeTables& tables, Findings& findings)
{
    for (std::size_t family = 0; family < scenario.families.size(); ++family)
        if (!tables.flow(family).empty()) Margins(scenario.families[family], tables.flow(family), tables, scenario.regions.size(), findings).judge();
}

std::vector<NeedGap> judge_needs(const Scenario& scenario, const TradeTables& tables, const BlockPlan& plan, Findings& findings)
{
    std::vector<NeedGap> gaps;
    for (std::size_t family = 0; family < scenario.families.size(); ++family) {
        if (tables.flow(family).empty()) continue;
        const auto products = tables.expand({scenario.families[family].id});
        std::vector<Needed> needs(scenario.regions.size());
        for (const PlannedInput& input : plan.inputs) {
            if (!uses_it(plan, input) || std::find(products.begin(), products.end(), input.product) == products.end()) continue;
            const PlannedBlock& block = plan.blocks[input.block];
            needs[block.block.region].add(input.grams_per_day, [&] { return need_key(scenario, tables, block, input.product); });
        }
        Needs(scenario.families[family], tables.flow(family), scenario, findings, gaps).judge(needs);
    }
    return gaps;
}

}  // namespace chokepoint::world
