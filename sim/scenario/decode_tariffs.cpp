// Layers of duty: changes, expiries and renewals resolved into rates by date.

#include "decode.hpp"

#include "chokepoint/core/plain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <set>

namespace chokepoint::scenario {

namespace {
constexpr double kSame = 1e-12;  // rates: 0.1 + 0.2 - 0.3 is 0

// Something that happens to the level on a date. Expiries come before changes of the same date.
struct Step {
    core::Date date;
    int order = 0;
    bool is_expiry = false;
    bool sets_level = false;
    double amount = 0;  // [1] signed change, or the level
    std::size_t undoes = 0;  // expiry: index of the step it undoes
    std::string path;
    std::optional<core::Date> announced, withdrawn;
    std::vector<Lapse> lapses;  // expiry: renewals that hang on a flag
    std::vector<std::string> products;  // it applies to; empty = all of the layer
    std::string id;                     // of the change
};

using Told = std::set<std::string>;  // paths whose trouble is told: parts of a layer share their changes
using Complain = std::function<void(const std::string& path, std::string problem, std::string remedy)>;

bool names(const std::vector<std::string>& ids, const std::string& id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); }

bool applies(const Step& step, const std::string& product) { return step.products.empty() || names(step.products, product); }

// When a change was announced and withdrawn, in that order and both before it takes effect.
void read_announcement(const View& change, const DecodeContext& context, Step& step)
{
    if (change.has("announced")) step.announced = change.date("announced");
    if (step.announced && *step.announced > step.date)
        context.error(change.path("announced"), fmt::format("is after the change itself, {}", step.date.to_string()), fmt::format("write \"{}\" or an earlier date", step.date.to_string()));
    if (!change.has("withdrawn")) return;
    step.withdrawn = change.date("withdrawn");
    if (!step.announced)
        context.error(change.path("withdrawn"), "a change nobody announced has no effect to withdraw", "add announced:, or remove the change");
    else if (*step.withdrawn < *step.announced)
        context.error(change.path("withdrawn"), "is before it was announced", fmt::format("write \"{}\" or a later date", step.announced->to_string()));
    else if (*step.withdrawn > step.date)
        context.error(change.path("withdrawn"), fmt::format("is after the change itself, {} (use for: to end a change that took effect)", step.date.to_string()),
                      fmt::format("write \"{}\" or an earlier date", step.date.to_string()));
}

// The day a change with `for` ends, after its renewals; those that hang on a flag may lapse.
core::Date expiry_of(const View& change, const DecodeContext& context, std::vector<Lapse>& lapses)
{
    core::Date expiry = change.date("date") + change.whole("for");
    struct Renewal {
        core::Date date, until;
        std::string path, flag;
    };
    std::vector<Renewal> renewals;
    change.each("renewals", [&](const std::string&, const View& view) { renewals.push_back({view.date("date"), view.date("until"), view.path(), view.text("flag")}); });
    std::stable_sort(renewals.begin(), renewals.end(), [](const Renewal& a, const Renewal& b) { return a.date < b.date; });
    for (const Renewal& renewal : renewals) {
        if (renewal.date > expiry)
            context.error(renewal.path + ".date", fmt::format("the change had already ended on {}", expiry.to_string()),
                          fmt::format("write \"{}\" or an earlier date", expiry.to_string()));
        else if (renewal.until <= renewal.date)
            context.error(renewal.path + ".until", "is not after the date of the renewal", "write a later date");
        if (!renewal.flag.empty()) lapses.push_back({renewal.date, expiry, {}, renewal.flag, 0, -1});
        expiry = renewal.until;
    }
    return expiry;
}

// What a change names must be among what its layer is charged on.
std::vector<std::string> products_of(const View& change, const std::vector<std::string>& charged, const Scenario& scenario, const DecodeContext& context)
{
    std::vector<std::string> out = expand_products(change.texts("products"), scenario);
    for (const std::string& product : out)
        if (!names(charged, product))
            context.error(change.path("products"), fmt::format("{} is not charged by this layer", product), fmt::format("name products of the layer ({}), or add {} to them", fmt::join(charged, ", "), product));
    return out;
}

std::vector<Step> steps_of(const View& layer, const std::vector<std::string>& charged, const Scenario& scenario, const DecodeContext& context)
{
    std::vector<Step> steps;
    int order = 0;
    layer.each("changes", [&](const std::string& id, const View& change) {
        const bool sets = change.has("rate");
        check_exactly_one(change, "change", "rate", context);
        Step step{change.date("date"), order++, false, sets, sets ? change.number("rate") : change.has("change") ? change.number("change") : 0, 0, change.path(sets ? "rate" : "change"), {}, {}, {}, products_of(change, charged, scenario, context), id};
        read_announcement(change, context, step);
        steps.push_back(step);
        if (change.has("for")) {
            const std::size_t undone = steps.size() - 1;
            std::vector<Lapse> lapses;
            const core::Date expiry = expiry_of(change, context, lapses);
            steps.push_back({expiry, order++, true, false, 0, undone, change.path("for"), {}, {}, std::move(lapses), steps[undone].products, id});
        } else if (change.has("renewals")) {
            context.error(change.path("renewals"), "a change without `for` has nothing to renew", "add for:");
        }
    });
    return steps;
}

// What lapsing does to the layer: the change is undone from the old expiry until the level loses it anyway.
void add_lapses(const Step& expiry, double change, core::Date until, const Complain& complain, TariffLayer& out)
{
    int earlier = -1;
    for (Lapse lapse : expiry.lapses) {
        if (lapse.from >= until || change == 0) continue;
        lapse.until = until;
        lapse.change = -change;
        lapse.earlier = earlier;
        double lowest = 0;
        for (const RatePoint& point : out.points)
            if (point.date < until) lowest = point.date <= lapse.from ? point.rate : std::min(lowest, point.rate);
        if (lowest + lapse.change < -kSame)
            complain(expiry.path, fmt::format("brings the layer to {} % where the renewal lapses on {}", core::plain((lowest + lapse.change) * 100, 6), lapse.from.to_string()), "keep every layer at 0 % or above");
        earlier = static_cast<int>(out.lapses.size());
        out.lapses.push_back(lapse);
    }
}

// Rates by date of one product, without the steps that are `left_out`, and the level before each step. An expiry takes back
// what its change did to the level, unless a set rate came between.
std::vector<double> resolve(const std::vector<Step>& steps, const std::string& product, const std::vector<bool>& left_out, const Complain& complain, TariffLayer& out)
{
    double level = out.base_rate;
    bool below = false;  // the level fell below zero: what follows stands on the same error
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < steps.size(); ++i)
        if (applies(steps[i], product) && !left_out[i]) order.push_back(i);
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const Step& x = steps[a];
        const Step& y = steps[b];
        if (x.date != y.date) return x.date < y.date;
        if (x.is_expiry != y.is_expiry) return x.is_expiry;
        return x.order < y.order;
    });
    std::vector<double> done(steps.size(), 0), before(steps.size(), 0);
    std::vector<std::pair<double, core::Date>> lost(steps.size());  // change that a set rate swallowed, and when
    std::vector<RatePoint>& points = out.points;
    for (const std::size_t i : order) {
        const Step& step = steps[i];
        before[i] = level;
        const double change = step.sets_level ? step.amount - level : step.amount;
        if (step.announced) out.announced.push_back({*step.announced, step.date, step.withdrawn.value_or(step.date), change});
        if (step.withdrawn || (step.is_expiry && steps[step.undoes].withdrawn)) continue;
        for (std::size_t s = 0; step.sets_level && s < done.size(); ++s) {  // nothing from before comes back
            if (done[s] != 0) lost[s] = {done[s], step.date};
            done[s] = 0;
        }
        if (step.is_expiry) {
            const auto& [swallowed, when] = lost[step.undoes];
            add_lapses(step, swallowed != 0 ? swallowed : done[step.undoes], swallowed != 0 ? when : step.date, complain, out);
        }
        done[i] = step.is_expiry ? -done[step.undoes] : change;
        level += done[i];
        if (std::abs(level) < kSame) level = 0;
        if (level < 0 && !below)
            complain(step.path, fmt::format("brings the layer to {} % on {}", core::plain(level * 100, 6), step.date.to_string()), "keep every layer at 0 % or above");
        below = below || level < 0;
        const double rate = std::max(0.0, level);
        if (!points.empty() && points.back().date == step.date)
            points.back().rate = rate;
        else
            points.push_back({step.date, rate});
    }
    return before;
}

// The products of a layer, together where the same changes apply to them.
std::vector<std::vector<std::string>> alike(const std::vector<std::string>& charged, const std::vector<Step>& steps)
{
    std::map<std::vector<bool>, std::vector<std::string>> out;
    for (const std::string& product : charged) {
        std::vector<bool> which;
        for (const Step& step : steps) which.push_back(applies(step, product));
        out[which].push_back(product);
    }
    std::vector<std::vector<std::string>> parts;
    for (auto& [which, products] : out) parts.push_back(std::move(products));
    return parts;
}

// The dates on which a layer has another rate than before, and the rate.
std::vector<RatePoint> turns(const TariffLayer& layer)
{
    std::vector<RatePoint> out;
    double rate = layer.base_rate;
    for (const RatePoint& point : layer.points) {
        if (std::abs(point.rate - rate) > kSame) out.push_back(point);
        rate = point.rate;
    }
    return out;
}

// Rates, renewals that may lapse and what is announced.
bool same_effect(const TariffLayer& a, const TariffLayer& b)
{
    const auto alike = [](const auto& xs, const auto& ys, auto same) { return std::equal(xs.begin(), xs.end(), ys.begin(), ys.end(), same); };
    const auto near = [](double x, double y) { return std::abs(x - y) <= kSame; };
    const auto told = [](const TariffLayer& layer) {
        std::vector<AnnouncedChange> out;
        std::copy_if(layer.announced.begin(), layer.announced.end(), std::back_inserter(out), [](const AnnouncedChange& one) { return std::abs(one.change) > kSame; });
        return out;
    };
    return alike(turns(a), turns(b), [&](const RatePoint& x, const RatePoint& y) { return x.date == y.date && near(x.rate, y.rate); }) &&
           alike(a.lapses, b.lapses, [&](const Lapse& x, const Lapse& y) { return x.from == y.from && x.until == y.until && x.flag == y.flag && near(x.change, y.change); }) &&
           alike(told(a), told(b), [&](const AnnouncedChange& x, const AnnouncedChange& y) { return x.announced == y.announced && x.date == y.date && x.until == y.until && near(x.change, y.change); });
}

bool is_drawn(const Node& node)
{
    return node.distribution != nullptr || std::any_of(node.entries.begin(), node.entries.end(), [](const Entry& entry) { return is_drawn(entry.value); });
}

// Changes without which every product would pay the same on every day. The last is judged first and then left out, so that of two
// that say the same the later one is told.
void add_idle(const View& view, const std::vector<Step>& steps, const std::vector<std::vector<std::string>>& parts, const Time& time, Tariff& out)
{
    const bool drawn = is_drawn(view.self());
    const auto ignore = [](const std::string&, std::string, std::string) {};
    std::vector<bool> left_out(steps.size(), false);
    std::vector<IdleChange> idle;
    for (std::size_t i = steps.size(); i-- > 0;) {
        const Step& step = steps[i];
        const bool nought = !step.sets_level && step.amount == 0 && !is_drawn(view.at("changes").node(step.id));
        if (step.is_expiry || step.withdrawn || step.date >= time.start + time.horizon || (drawn && !nought)) continue;
        std::vector<bool> without = left_out;
        without[i] = true;
        if (i + 1 < steps.size() && steps[i + 1].is_expiry) without[i + 1] = true;
        bool same = true, in_force = step.sets_level;
        for (const auto& products : parts) {
            if (!applies(step, products.front())) continue;
            TariffLayer with_it, without_it;
            with_it.base_rate = without_it.base_rate = view.number("rate");
            const double before = resolve(steps, products.front(), left_out, ignore, with_it)[i];
            in_force = in_force && std::abs(step.amount - before) <= kSame;
            resolve(steps, products.front(), without, ignore, without_it);
            same = same && same_effect(with_it, without_it);
        }
        if (!same) continue;
        left_out = std::move(without);
        idle.push_back({view.path("changes") + "." + step.id, nought ? IdleChange::Why::kNothing : in_force ? IdleChange::Why::kInForce : IdleChange::Why::kSameDay, step.amount});
    }
    out.idle.insert(out.idle.end(), idle.rbegin(), idle.rend());
}

void decode_layer(const std::string& id, const View& view, const Scenario& scenario, const DecodeContext& context, Tariff& out)
{
    std::vector<std::string> charged = expand_products(view.texts("products"), scenario);
    if (charged.empty())
        for (const Product& product : scenario.products) charged.push_back(product.id);
    const std::vector<Step> steps = steps_of(view, charged, scenario, context);
    const auto parts = alike(charged, steps);
    Told told;
    const Complain complain = [&](const std::string& path, std::string problem, std::string remedy) {
        if (told.insert(path).second) context.error(path, std::move(problem), std::move(remedy));
    };
    for (const std::vector<std::string>& products : parts) {
        TariffLayer layer;
        layer.id = id;
        layer.base_rate = view.number("rate");
        layer.products = products;
        resolve(steps, products.front(), std::vector<bool>(steps.size(), false), complain, layer);
        out.layers.push_back(std::move(layer));
    }
    add_idle(view, steps, parts, scenario.time, out);
}

std::vector<std::string> origins_of(const View& view, const std::vector<std::string>& importers, const Scenario& scenario, const DecodeContext& context)
{
    const std::vector<std::string> names = view.texts("origin");
    std::vector<std::string> out = expand_regions(names, scenario);
    if (std::find(names.begin(), names.end(), "other") != names.end())
        for (const Region& region : scenario.regions)
            if (std::find(importers.begin(), importers.end(), region.id) == importers.end() && std::find(out.begin(), out.end(), region.id) == out.end())
                out.push_back(region.id);
    if (out.empty()) context.error(view.path("origin"), "matches no region", "name a region that is not an importer");
    return out;
}
}  // namespace

void decode_tariffs(const View& top, const DecodeContext& context, Scenario& out)
{
    top.each("tariffs", [&](const std::string& id, const View& view) {
        Tariff tariff;
        tariff.id = id;
        tariff.importers = expand_regions(view.texts("importer"), out);
        tariff.origins = origins_of(view, tariff.importers, out, context);
        view.each("layers", [&](const std::string& layer, const View& at) { decode_layer(layer, at, out, context, tariff); });
        tariff.for_the_record = view.flag("for_the_record");
        out.tariffs.push_back(std::move(tariff));
    });
    share_out_lanes(top, context, out);
}

}  // namespace chokepoint::scenario
