#include "estimates.hpp"

#include "chokepoint/core/plain.hpp"
#include "distribution.hpp"
#include "fields.hpp"
#include "quantity.hpp"
#include "value_mark.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

namespace chokepoint::scenario {

namespace {

constexpr double kBan = 0.01;  // of a flow: what is left below it is next to nothing
constexpr double kSame = 1e-9;  // two rates
constexpr double kTail = 0.05;  // of the members on either side

struct Peak {
    double rise = 0;  // of the landed price over the first day of the run [1]
    core::Date date{0};
};

double rate_on(const TariffLayer& layer, core::Date date)
{
    double rate = layer.base_rate;
    for (const RatePoint& point : layer.points)
        if (point.date <= date) rate = point.rate;
    return rate;
}

bool names(const std::vector<std::string>& list, const std::string& id) { return std::find(list.begin(), list.end(), id) != list.end(); }

bool charges(const Tariff& tariff, const DutyCell& cell)
{
    const auto same = [&](const DutyCell& spared) { return spared.importer == cell.importer && spared.origin == cell.origin && spared.product == cell.product; };
    return names(tariff.importers, cell.importer) && names(tariff.origins, cell.origin) && std::none_of(tariff.spared.begin(), tariff.spared.end(), same);
}

// The largest rise over the day before the run that all layers on one lane and product add up to, and the first day of it.
Peak peak_of(const std::vector<const TariffLayer*>& layers, const Time& time)
{
    const auto total = [&](core::Date date) {
        double sum = 0;
        for (const TariffLayer* layer : layers) sum += rate_on(*layer, date);
        return sum;
    };
    std::set<core::Date> dates;
    for (const TariffLayer* layer : layers)
        for (const RatePoint& point : layer->points)
            if (point.date >= time.start && point.date < time.start + time.horizon) dates.insert(point.date);
    Peak out;
    const double first = total(time.start - 1);
    for (const core::Date date : dates)
        if (const double rise = (1 + total(date)) / (1 + first) - 1; rise > out.rise + kSame) out = {rise, date};
    return out;
}

// Of each block the largest rise on a lane of which it is the first to be charged: blocks that add up are judged together.
std::vector<Peak> peaks_of(const Scenario& scenario)
{
    std::vector<Peak> out(scenario.tariffs.size());
    for (const Region& importer : scenario.regions) {
        for (const Region& origin : scenario.regions) {
            for (const Product& product : scenario.products) {
                std::optional<std::size_t> first;
                std::vector<const TariffLayer*> layers;
                for (std::size_t t = 0; t < scenario.tariffs.size(); ++t) {
                    if (!charges(scenario.tariffs[t], {importer.id, origin.id, product.id})) continue;
                    if (!first) first = t;
                    for (const TariffLayer& layer : scenario.tariffs[t].layers)
                        if (layer.products.empty() || names(layer.products, product.id)) layers.push_back(&layer);
                }
                if (!first) continue;
                const Peak peak = peak_of(layers, scenario.time);
                Peak& most = out[*first];
                if (peak.rise > most.rise + kSame || (peak.rise > most.rise - kSame && peak.rise > 0 && peak.date < most.date)) most = peak;
            }
        }
    }
    return out;
}

using Range = std::pair<double, double>;  // [model unit]

// "automotive 90 to 360 d" of the field table; words before the numbers say for whom.
std::optional<Range> range_of(std::string_view part, Dimension dimension)
{
    const std::size_t begin = part.find_first_of("-0123456789"), to = part.find(" to ");
    if (begin == std::string_view::npos || to == std::string_view::npos || to < begin) return std::nullopt;
    std::string low(part.substr(begin, to - begin));
    const std::string high(part.substr(to + 4));
    if (low.find(' ') == std::string::npos && high.find(' ') != std::string::npos) low += high.substr(high.find(' '));
    const auto from = read_quantity(low, dimension), until = read_quantity(high, dimension);
    if (!std::holds_alternative<Quantity>(from) || !std::holds_alternative<Quantity>(until)) return std::nullopt;
    return Range(std::get<Quantity>(from).value, std::get<Quantity>(until).value);
}

// All that the range of a field takes in; none where it is said in words.
std::optional<Range> range_of(const Field& field)
{
    if ((field.kind != FieldKind::kQuantity && field.kind != FieldKind::kCover) || field.range.empty()) return std::nullopt;
    std::optional<Range> out;
    for (std::size_t at = 0; at < field.range.size();) {
        const std::size_t end = std::min(field.range.find(", ", at), field.range.size());
        const auto part = range_of(std::string_view(field.range).substr(at, end - at), field.dimension);
        if (!part) return std::nullopt;
        out = out ? Range(std::min(out->first, part->first), std::max(out->second, part->second)) : *part;
        at = end + 2;
    }
    return out;
}

// The default and the value that switches a thing off, zero, say nothing of how large it is.
bool says_how_much(const Node& node, const Field& field)
{
    const auto usual = field.fallback.empty() ? std::variant<Quantity, Complaint>(Complaint{}) : read_quantity(field.fallback, field.dimension);
    const auto* quantity = std::get_if<Quantity>(&usual);
    return !node.from_table && node.value != 0 && (quantity == nullptr || quantity->value != node.value);
}

// Nine in ten members draw from this range.
Range drawn(const Node& node)
{
    return node.distribution == nullptr ? Range(node.value, node.value) : Range(node.distribution->quantile(kTail), node.distribution->quantile(1 - kTail));
}

// Whether the file that sets a value - for a draw, any file - says what it rests on: by a source or note of the thing it belongs
// to, or by an assumption of its key.
bool grounds_given(const Node& root, const std::string& path, const Node& value)
{
    const auto here = [&](const Node* node) { return node != nullptr && (node->mark.source == value.mark.source || value.distribution != nullptr); };
    if (const Node* assumptions = root.find("assumptions"); assumptions != nullptr)
        for (const Entry& one : assumptions->entries)
            if (const Node* key = one.value.find("key"); here(key) && (path == key->text || path.starts_with(key->text + "."))) return true;
    for (std::string above = path; above.find('.') != std::string::npos;) {
        above = above.substr(0, above.rfind('.'));
        if (here(find_path(root, above + ".source")) || here(find_path(root, above + ".note"))) return true;
    }
    return false;
}

void warn_outside_range(const Node& root, const Node& node, const std::string& path, Report& report)
{
    for (const Entry& entry : node.entries) {
        const std::string here = join_path(path, entry.key);
        const Node& value = entry.value;
        const Field* field = value.field;
        const auto range = field == nullptr || (value.is_map() && value.distribution == nullptr) ? std::nullopt : range_of(*field);
        if (range && (value.distribution != nullptr || says_how_much(value, *field))) {
            const double room = kSame * std::max(std::abs(range->first), std::abs(range->second));
            if ((value.value < range->first - room || value.value > range->second + room) && !grounds_given(root, here, value))
                report.warning(value.distribution == nullptr ? value.mark : mark_of_value(root, here), here, fmt::format("{}is outside its range, {} ({})", value.distribution == nullptr ? "" : "the middle of " + value.distribution->text + " ", field->range, field->basis),
                               fmt::format("keep within it, or say what it rests on: assumptions: {{ of_this: {{ key: {}, why: ... }} }}", here));
        }
        warn_outside_range(root, value, here, report);
    }
}

// A rate without a date holds on day 0, and day 0 is at rest: such a duty moves nothing, however high. It belongs to the files
// that name the trade tables, which were recorded under it; written elsewhere it is likely meant to begin in the run.
void warn_held_from_before(const Scenario& scenario, const Node& root, Report& report)
{
    std::vector<decltype(root.mark.source)> tables;
    if (const Node* families = root.find("families"))
        for (const Entry& family : families->entries)
            if (const Node* flows = family.value.find("flows")) tables.push_back(flows->mark.source);
    if (tables.empty()) return;
    for (const Tariff& tariff : scenario.tariffs) {
        for (const TariffLayer& layer : tariff.layers) {
            const std::string path = fmt::format("tariffs.{}.layers.{}.rate", tariff.id, layer.id);
            const Node* rate = find_path(root, path);
            if (rate == nullptr || rate->from_table || layer.base_rate == 0 || std::find(tables.begin(), tables.end(), rate->mark.source) != tables.end()) continue;
            report.warning(rate->mark, path, fmt::format("{} % holds from before the first day, so trade on day 0 is taken to have come about under it and it moves nothing", core::plain(layer.base_rate * 100)),
                           fmt::format("write it as a change with a date, such as changes: {{ begins: {{ date: {}, rate: {} % }} }}; keep it if the trade tables were recorded under it",
                                       (scenario.time.start + 30).to_string(), core::plain(layer.base_rate * 100)));
        }
    }
}

}  // namespace

void warn_beyond_estimates(const Scenario& scenario, const Node& root, Report& report)
{
    warn_outside_range(root, root, "", report);
    warn_held_from_before(scenario, root, report);
    const Behaviour& behaviour = scenario.behaviour;
    if (behaviour.fixed_shares) return;
    const std::vector<Peak> peaks = peaks_of(scenario);
    for (std::size_t t = 0; t < peaks.size(); ++t) {
        const Peak& peak = peaks[t];
        if (peak.rise <= behaviour.estimated_to) continue;
        const std::string path = "tariffs." + scenario.tariffs[t].id;
        const Node& sigma = *find_path(root, "behaviour.sourcing.sigma");
        const auto [low, high] = drawn(sigma);
        const auto left = [&](double value) { return std::pow(1 + peak.rise, -value); };
        std::string problem = fmt::format("raises the landed price by {} % on {}, and behaviour.sourcing.sigma ({}) was estimated on rises of up to {} %", core::plain(peak.rise * 100), peak.date.to_string(),
                                          sigma.distribution == nullptr ? core::plain(behaviour.sigma) : "drawn: " + sigma.distribution->text, core::plain(behaviour.estimated_to * 100));
        if (left(low) < kBan)
            problem += fmt::format("; in the long run {} % of the flow would be left beside other sources, so it amounts to a ban",
                                   sigma.distribution == nullptr ? core::plain(left(low) * 100, 1) : fmt::format("{} to {}", core::plain(left(high) * 100, 1), core::plain(left(low) * 100, 1)));
        report.warning(mark_of_path(root, path), path, std::move(problem), "read how far sources shift as extrapolated, and try other values of sigma");
    }
}

}  // namespace chokepoint::scenario
