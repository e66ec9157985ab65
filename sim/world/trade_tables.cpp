#include "trade_tables.hpp"

#include "chokepoint/core/plain.hpp"
#include "chokepoint/world/balance.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace chokepoint::world {

namespace {
constexpr double kGramsPerDay = 1e6 / 365.0;  // one tonne a year
constexpr double kRounding = 1e-9;
constexpr double kSlipped = 30;                // times too large: a slip of the unit
}

TradeTables::TradeTables(const scenario::Scenario& scenario) : scenario_(scenario)
{
    for (std::uint32_t i = 0; i < scenario.regions.size(); ++i) regions_[scenario.regions[i].id] = i;
    for (std::uint32_t i = 0; i < scenario.products.size(); ++i) products_[scenario.products[i].id] = i;
    family_of_.assign(scenario.products.size(), -1);
    for (std::size_t i = 0; i < scenario.families.size(); ++i) {
        const auto& family = scenario.families[i];
        families_[family.id] = i;
        family_of_[products_.at(family.controlled)] = static_cast<int>(i);
        if (!family.look_alike.empty()) family_of_[products_.at(family.look_alike)] = static_cast<int>(i);
    }
    // Capacity where every maker of a product states one; else numbers of firms.
    for (const auto& producer : scenario.producers) {
        const bool all_state = std::all_of(scenario.producers.begin(), scenario.producers.end(), [&](const auto& other) {
            return other.makes != producer.makes || other.capacity.has_value();
        });
        weight_[producer.id] = all_state ? *producer.capacity : static_cast<double>(producer.firms);
    }
    balance_families();
    sum_absolute_needs();
}

std::uint32_t TradeTables::product(const std::string& id) const
{
    const auto found = products_.find(id);
    if (found != products_.end()) return found->second;
    return products_.at(scenario_.families[families_.at(id)].controlled);
}

std::vector<std::uint32_t> TradeTables::expand(const std::vector<std::string>& ids) const
{
    std::set<std::uint32_t> out;
    for (const auto& id : ids) {
        const auto family = families_.find(id);
        if (family == families_.end()) {
            out.insert(products_.at(id));
            continue;
        }
        const auto& entry = scenario_.families[family->second];
        out.insert(products_.at(entry.controlled));
        if (!entry.look_alike.empty()) out.insert(products_.at(entry.look_alike));
    }
    return {out.begin(), out.end()};
}

std::vector<std::uint32_t> TradeTables::same_table(std::uint32_t product) const
{
    const int family = family_of_[product];
    return family < 0 ? std::vector{product} : expand({scenario_.families[static_cast<std::size_t>(family)].id});
}

void TradeTables::take(std::uint32_t product, std::uint32_t region, double grams)
{
    const int family = family_of_[product];
    if (family >= 0) balanced_[static_cast<std::size_t>(family)].absolute[region] += grams;
}

std::vector<std::pair<std::uint32_t, double>> TradeTables::mix(const scenario::Buyer& buyer,
                                                              const std::string& id) const
{
    const auto found = families_.find(id);
    if (found == families_.end()) return {{products_.at(id), 1.0}};
    const auto& family = scenario_.families[found->second];
    if (family.look_alike.empty()) return {{products_.at(family.controlled), 1.0}};
    double share = family.look_alike_share;
    const std::string sector = scenario::sector_name(buyer.sector);
    const auto named = std::find_if(family.sector_factor.begin(), family.sector_factor.end(),
                                    [&](const auto& f) { return f.first == sector; });
    const auto other = std::find_if(family.sector_factor.begin(), family.sector_factor.end(),
                                    [](const auto& f) { return f.first == "other"; });
    if (named != family.sector_factor.end()) {
        share *= named->second;
    } else if (other != family.sector_factor.end()) {
        share *= other->second;
    }
    for (const auto& [region, factor] : family.region_factor) {
        if (region == buyer.region) share *= factor;
    }
    share = std::clamp(share, 0.0, 1.0);
    std::vector<std::pair<std::uint32_t, double>> out;
    if (share < 1) out.emplace_back(products_.at(family.controlled), 1 - share);
    if (share > 0) out.emplace_back(products_.at(family.look_alike), share);
    return out;
}

void TradeTables::balance_families()
{
    const std::size_t n = scenario_.regions.size();
    for (const auto& family : scenario_.families) {
        Balanced balanced;
        if (!family.flows.empty()) {
            FlowTable table{n, std::vector<double>(n * n, 0.0), std::vector<std::uint8_t>(n * n, 0),
                            std::vector<double>(n, -1.0), std::vector<double>(n, -1.0)};
            for (const auto& flow : family.flows) {
                const std::size_t cell = regions_.at(flow.origin) * n + regions_.at(flow.destination);
                table.value[cell] = flow.tonnes_per_year;
                table.fixed[cell] = flow.fixed ? 1 : 0;
            }
            for (const auto& margin : family.margins) {
                auto& totals = margin.is_production ? table.row_total : table.column_total;
                totals[regions_.at(margin.region)] = margin.tonnes_per_year;
            }
            residual_ = std::max(residual_, balance(table));
            balanced.flow = table.value;
            for (double& cell : balanced.flow) cell *= kGramsPerDay;
            balanced.use.assign(n, 0.0);
            for (std::size_t o = 0; o < n; ++o) {
                for (std::size_t d = 0; d < n; ++d) balanced.use[d] += balanced.flow[o * n + d];
            }
        }
        balanced_.push_back(std::move(balanced));
    }
}

void TradeTables::sum_absolute_needs()
{
    for (auto& balanced : balanced_) balanced.absolute.assign(scenario_.regions.size(), 0.0);
    for (const auto& buyer : scenario_.buyers) {
        for (const auto& input : buyer.uses) {
            double grams = input.grams_per_day.value_or(0);
            if (input.grams_per_unit) grams = *input.grams_per_unit * buyer.output_per_day;
            const int family = families_.count(input.product) != 0
                                   ? static_cast<int>(families_.at(input.product))
                                   : family_of_[products_.at(input.product)];
            if (family >= 0) balanced_[static_cast<std::size_t>(family)].absolute[regions_.at(buyer.region)] += grams;
        }
    }
}

double TradeTables::family_use_left(std::size_t family, std::uint32_t region) const
{
    const Balanced& balanced = balanced_[family];
    return balanced.use.empty() ? 0.0 : balanced.use[region] - balanced.absolute[region];
}

namespace {

// What a buyer of a region states that it needs of some products.
struct Stated {
    std::string key;  // of the amount; where it is stated per unit of output and the output is the nearer to the user, the output
    std::string text;
    double grams = 0;  // [g/d]
};

// How near a key is to the user: a --set, the file itself, what it extends.
int nearness(const scenario::Scenario& scenario, const std::string& key)
{
    if (!scenario.origin) return 0;
    const std::string file = scenario.origin(key).file;
    return file.rfind("--set", 0) == 0 ? 2 : file == scenario.origin("chokepoint").file ? 1 : 0;
}

// The likely slip: the largest amount, or one of those the user stated here if it is at least half of what is too much.
template <typename IsOfFamily>
Stated likely_slipped(const scenario::Scenario& scenario, const std::string& region, double too_much, IsOfFamily is_of_family)
{
    Stated out;
    const auto weight = [&](const Stated& one) { return std::pair(one.grams >= too_much / 2 ? nearness(scenario, one.key) : -1, one.grams); };
    for (const auto& buyer : scenario.buyers) {
        for (const auto& input : buyer.uses) {
            if (buyer.region != region || !is_of_family(input.product)) continue;
            const std::string amount = fmt::format("buyers.{}.uses.{}.amount", buyer.id, input.product), output = "buyers." + buyer.id + ".output";
            Stated one{amount, {}, input.grams_per_day.value_or(0)};
            if (input.grams_per_unit) {
                one.grams = *input.grams_per_unit * buyer.output_per_day;
                if (nearness(scenario, output) >= nearness(scenario, amount)) one.key = output;
                one.text = fmt::format("{} {}/d at {} kg each", core::plain(buyer.output_per_day, 6), buyer.makes, core::plain(*input.grams_per_unit * 1e-3, 3));
            }
            if (one.grams > 0 && (out.key.empty() || weight(one) > weight(out))) out = one;
        }
    }
    return out;
}

}  // namespace

double TradeTables::remainder(const scenario::Buyer& buyer, const scenario::Input& input,
                              std::vector<core::Diagnostic>& errors) const
{
    if (!input.remainder) return 0;
    const std::string key = "buyers." + buyer.id + ".uses." + input.product + ".remainder";
    const core::Location where = scenario_.origin ? scenario_.origin(key) : core::Location{};
    const auto found = families_.find(input.product);
    const int family = found != families_.end() ? static_cast<int>(found->second)
                                                : family_of_[products_.at(input.product)];
    if (family < 0 || balanced_[static_cast<std::size_t>(family)].flow.empty()) {
        errors.push_back({core::Diagnostic::Severity::kError, where, key,
                          input.product + " has no trade table (a remainder is what a table leaves)",
                          "state an amount"});
        return 0;
    }
    const std::uint32_t region = regions_.at(buyer.region);
    const double left = family_use_left(static_cast<std::size_t>(family), region);
    // Makers that take all of it leave a rounding error of their sum.
    if (left < -kRounding * balanced_[static_cast<std::size_t>(family)].use[region]) {
        const Stated stated = likely_slipped(scenario_, buyer.region, -left, [&](const std::string& product) {
            const auto named = families_.find(product);
            return family == (named != families_.end() ? static_cast<int>(named->second) : family_of_[products_.at(product)]);
        });
        const std::string blamed = stated.key.empty() ? key : stated.key;
        const double use = balanced_[static_cast<std::size_t>(family)].use[region], room = stated.grams + left;
        const double times = stated.grams / (room > 0 ? room : use);
        const std::string too_large = times > kSlipped ? fmt::format("{} times too large ({}); else ", core::plain(times, 3), stated.text.empty() ? "kilograms, or a year for a day?" : "grams, or a year for a day?") : std::string{};
        errors.push_back({core::Diagnostic::Severity::kError, scenario_.origin ? scenario_.origin(blamed) : core::Location{}, blamed,
                          fmt::format("{} {} t/yr more than {} uses, {} t/yr: nothing is left for a remainder",
                                      stated.key.empty() ? fmt::format("what makers take of {} is", input.product)
                                                         : fmt::format("comes to {} t/yr of {}{}, and with what else is stated that is", core::plain(stated.grams / kGramsPerDay, 3), input.product,
                                                                       stated.text.empty() ? "" : " (" + stated.text + ")"),
                                      core::plain(-left / kGramsPerDay, 3), buyer.region, core::plain(use / kGramsPerDay, 3)),
                          fmt::format("{}lower an amount, or raise the flows to {} and its use in the margins", too_large, buyer.region)});
        return 0;
    }
    return *input.remainder * std::max(0.0, left);
}

std::vector<double> TradeTables::origin_shares(std::uint32_t product, std::uint32_t region,
                                               std::vector<core::Diagnostic>& errors) const
{
    const std::size_t n = scenario_.regions.size();
    std::vector<double> shares(n, 0.0);
    const int family = family_of_[product];
    double total = 0;
    if (family >= 0 && !balanced_[static_cast<std::size_t>(family)].flow.empty()) {
        const auto& flow = balanced_[static_cast<std::size_t>(family)].flow;
        for (std::size_t o = 0; o < n; ++o) total += shares[o] = flow[o * n + region];
    } else {
        for (const auto& producer : scenario_.producers) {
            const auto made = expand({producer.makes});
            if (std::find(made.begin(), made.end(), product) == made.end()) continue;
            shares[regions_.at(producer.region)] += weight_.at(producer.id);
            total += weight_.at(producer.id);
        }
    }
    if (total <= 0) {
        const std::string key = supply_key(product);
        errors.push_back({core::Diagnostic::Severity::kError,
                          scenario_.origin ? scenario_.origin(key) : core::Location{}, key,
                          fmt::format("nobody supplies {} to {}, which needs it", scenario_.products[product].id,
                                      scenario_.regions[region].id),
                          "add a flow or a producer"});
        return shares;
    }
    for (double& share : shares) share /= total;
    return shares;
}

std::string TradeTables::supply_key(std::uint32_t product) const
{
    const int family = family_of_[product];
    if (family >= 0 && !balanced_[static_cast<std::size_t>(family)].flow.empty()) {
        return "families." + scenario_.families[static_cast<std::size_t>(family)].id + ".flows";
    }
    return "products." + scenario_.products[product].id;
}

}  // namespace chokepoint::world
