// Rules whose condition cannot hold while the run lasts, and steps that come after its last day. What depends on the run itself
// - shortages, licences, prices - is taken as possible from the first day on.

#include "without_effect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace chokepoint::world {

namespace {

using core::Date;
using core::Diagnostic;
using scenario::Condition;
using scenario::Scenario;
using Kind = scenario::Condition::Kind;

constexpr double kSame = 1e-9;

bool among(const std::vector<std::string>& names, const std::string& id) { return std::find(names.begin(), names.end(), id) != names.end(); }

double rate_on(const scenario::TariffLayer& layer, Date date)
{
    double rate = layer.base_rate;
    for (const auto& point : layer.points)
        if (point.date <= date) rate = point.rate;
    return rate;
}

// The earliest day a condition may begin to hold, or why it never does and which of its keys says so. Neither where that is
// told as a date after the last day.
struct Reach {
    std::optional<Date> first;
    std::string why, key;
};

class IdleRules {
  public:
    explicit IdleRules(const Scenario& scenario) : scenario_(scenario), first_(scenario.time.start), last_(scenario.time.start + (scenario.time.horizon - 1)) {}

    std::vector<Diagnostic> all()
    {
        for (const auto& rule : scenario_.rules) judge(rule);
        return std::move(out_);
    }

  private:
    void say(const std::string& key, const std::string& at, std::string problem, std::string remedy)
    {
        out_.push_back({Diagnostic::Severity::kWarning, scenario_.origin ? scenario_.origin(at) : core::Location{}, key, std::move(problem), std::move(remedy)});
    }

    void judge(const scenario::Rule& rule)
    {
        Date fires = first_;
        for (const Condition& condition : rule.when) {
            const Reach reach = reach_of(condition);
            if (!reach.first) {
                if (!reach.why.empty())
                    say("rules." + rule.id, condition.path + "." + reach.key, "cannot fire while the run lasts: " + reach.why, "change what it waits for, or remove it");
                return;
            }
            fires = std::max(fires, *reach.first);
        }
        const auto by = std::find_if(scenario_.regions.begin(), scenario_.regions.end(), [&](const auto& region) { return region.id == rule.by; });
        const core::WorkingCalendar calendar = by == scenario_.regions.end() ? core::WorkingCalendar{} : by->calendar;
        const Date acts = calendar.add_working_days(fires, rule.then.after);
        if (acts > last_) return too_late("rules." + rule.id + ".then", fmt::format("{} wd after the rule fires", rule.then.after), acts);
        for (const auto& step : rule.restored)
            if (const Date back = calendar.add_working_days(acts, step.after); back > last_)
                too_late("rules." + rule.id + ".restored." + step.id, fmt::format("{} wd after its condition is over", step.after), back);
    }

    void too_late(const std::string& step, const std::string& when, Date date)
    {
        say(step + ".after", step + ".after", fmt::format("{} is {} at the earliest, after the last day, {}: the step is never taken", when, date.to_string(), last_.to_string()),
            "shorten it, or lengthen time.horizon");
    }

    [[nodiscard]] Reach reach_of(const Condition& condition) const
    {
        const Date begin = condition.from ? std::max(*condition.from, first_) : first_;
        const Date end = condition.until ? std::min(*condition.until - 1, last_) : last_;
        if (begin > last_) return {};
        if (end < first_) return {{}, fmt::format("it ends on {}, before the first day", condition.until->to_string()), "until"};
        Reach out{begin, {}, {}};
        if (condition.kind == Kind::kFlag && !condition.lowered) out = raised(condition, begin, end);
        if (condition.kind == Kind::kTariff) return charged(condition, begin, end);
        if (condition.kind == Kind::kPrice && scenario_.behaviour.price_speed == 0 && (condition.below ? condition.level <= 1 : condition.level >= 1))
            return {{}, "prices are fixed (behaviour.price.speed is 0 %/d)", condition.below ? "below" : "above"};
        if (!out.first) return out;
        const Date holds = *out.first + std::max(0, condition.for_days - 1);
        if (holds <= end) return {holds, {}, {}};
        return {{}, fmt::format("it must hold for {} d in a row, and from {} to {} there are {} d", condition.for_days, out.first->to_string(), end.to_string(), end - *out.first + 1), "for"};
    }

    [[nodiscard]] Reach raised(const Condition& condition, Date begin, Date end) const
    {
        const std::string& flag = condition.subject;
        std::optional<Date> first;
        const auto from = [&](Date date) { first = first ? std::min(*first, date) : date; };
        for (const auto& one : scenario_.flags)
            if (one.id == flag && one.from && (!one.until || *one.until > begin)) from(*one.from);
        for (const auto& commitment : scenario_.commitments) {
            if (among(commitment.raise, flag)) from(commitment.date);
            if (among(commitment.of_other_readings, flag)) from(begin);  // the rule is what that reading would do
        }
        const auto raises = [&](const scenario::RuleStep& step) { return among(step.raise, flag); };
        for (const auto& rule : scenario_.rules)
            if (raises(rule.then) || std::any_of(rule.restored.begin(), rule.restored.end(), raises)) from(begin);
        if (!first || *first > last_) return {{}, fmt::format("the flag {} is never raised", flag), "flag"};
        if (*first > end) return {{}, fmt::format("the flag {} is raised on {} at the earliest, and the condition ends on {}", flag, first->to_string(), condition.until->to_string()), "until"};
        return {std::max(*first, begin), {}, {}};
    }

    // What a rule reads of a tariff on a day: the layers of one product add up, and of products that pay different layers the one
    // that pays most. The least and the most, as renewals may lapse.
    [[nodiscard]] std::pair<double, double> rates_on(const std::string& id, Date date) const
    {
        std::map<std::string, std::pair<double, double>> by_product;
        for (const auto& tariff : scenario_.tariffs) {
            if (tariff.id != id) continue;
            for (const auto& layer : tariff.layers) {
                double low = rate_on(layer, date), high = low;
                for (const auto& lapse : layer.lapses)
                    if (lapse.from <= date && date < lapse.until) (lapse.change > 0 ? high : low) += lapse.change;
                for (const std::string& product : layer.products) {
                    by_product[product].first += low;
                    by_product[product].second += high;
                }
            }
        }
        std::pair<double, double> out{0, 0};
        for (const auto& [product, range] : by_product) out = {std::max(out.first, range.first), std::max(out.second, range.second)};
        return out;
    }

    // The days from `begin` on which the rate of a tariff may change.
    [[nodiscard]] std::set<Date> turns(const std::string& id, Date begin, Date end) const
    {
        std::set<Date> out{begin};
        const auto add = [&](Date date) {
            if (date > begin && date <= end) out.insert(date);
        };
        for (const auto& tariff : scenario_.tariffs) {
            if (tariff.id != id) continue;
            for (const auto& layer : tariff.layers) {
                for (const auto& point : layer.points) add(point.date);
                for (const auto& lapse : layer.lapses) {
                    add(lapse.from);
                    add(lapse.until);
                }
            }
        }
        return out;
    }

    [[nodiscard]] Reach charged(const Condition& condition, Date begin, Date end) const
    {
        const std::string key = condition.below ? "below" : "above";
        const int wanted = std::max(1, condition.for_days);
        std::set<Date> days = turns(condition.subject, begin, end);
        days.insert(end + 1);
        bool held = false;
        Date since = begin;  // it has held without a break
        int longest = 0;
        double reached = 0;
        Date when = begin;
        for (auto day = days.begin(); day != days.end(); ++day) {
            const bool over = *day == end + 1;
            const auto [low, high] = rates_on(condition.subject, *day);
            const double rate = condition.below ? low : high;
            if (!over && (day == days.begin() || (condition.below ? rate < reached - kSame : rate > reached + kSame))) {
                reached = rate;
                when = *day;
            }
            const bool holds = !over && (condition.below ? rate < condition.level - kSame : rate > condition.level + kSame);
            if (held && *day - since >= wanted) return {since + (wanted - 1), {}, {}};
            if (held && !holds) longest = std::max(longest, *day - since);
            if (holds && !held) since = *day;
            held = holds;
        }
        if (longest > 0) return {{}, fmt::format("{} is {} {:.6g} % for {} d in a row at most, and must be for {} d", condition.subject, key, condition.level * 100, longest, wanted), "for"};
        const std::string within = begin > first_ || end < last_ ? fmt::format(" from {} to {}", begin.to_string(), end.to_string()) : std::string{};
        return {{}, fmt::format("{} never goes {} {:.6g} %{} (reached on {})", condition.subject, key, reached * 100, within, when.to_string()), key};
    }

    const Scenario& scenario_;
    Date first_, last_;
    std::vector<Diagnostic> out_;
};

}  // namespace

std::vector<Diagnostic> rules_without_effect(const Scenario& scenario) { return IdleRules(scenario).all(); }

}  // namespace chokepoint::world
