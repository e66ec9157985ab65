#include "support/by_name.hpp"

#include "support/model.hpp"

#include "chokepoint/record/sampler.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace chokepoint::test {

namespace {

using record::Axes;
using record::Dim;

template <class Items>
std::vector<std::string> ids(const Items& items)
{
    std::vector<std::string> out;
    for (const auto& item : items) out.push_back(item.id);
    return out;
}

std::vector<std::string> names_of(const Axes& axes, Dim dim)
{
    switch (dim) {
        case Dim::kBuyer: return ids(axes.buyers);
        case Dim::kProduct: return ids(axes.products);
        case Dim::kDestination:
        case Dim::kRegion: return ids(axes.regions);
        case Dim::kRoute: return ids(axes.routes);
        case Dim::kProducer: return ids(axes.producers);
        case Dim::kStockpile: return ids(axes.stockpiles);
        case Dim::kOrigin: return axes.origins;
        case Dim::kSeller: return ids(axes.sellers);
        case Dim::kSource: return ids(axes.sources);
        case Dim::kControl: return ids(axes.controls);
        case Dim::kDesk: return axes.desks;
        case Dim::kEndUse: return axes.end_uses;
        default: return {};
    }
}

// Names of every entity of a variable, in the order in which they lie in a row.
std::vector<std::string> entities_of(const record::Variable& variable, const Axes& axes)
{
    std::vector<std::string> out{std::string(variable.name)};
    const char* joint = " of ";
    for (const Dim dim : variable.entities()) {
        std::vector<std::string> longer;
        for (const auto& before : out) {
            for (const auto& name : names_of(axes, dim)) longer.push_back(before + joint + name);
        }
        out = std::move(longer);
        joint = ", ";
    }
    return out;
}

template <class Number>
void add(const std::vector<std::string>& names, const std::vector<Number>& values, ByName& out)
{
    for (std::size_t entity = 0; entity < names.size(); ++entity) {
        std::string& bytes = out[names[entity]];
        for (std::size_t at = entity; at < values.size(); at += names.size()) {
            bytes.append(reinterpret_cast<const char*>(&values[at]), sizeof(Number));
        }
    }
}

}  // namespace

NamedResult run_by_name(const scenario::Scenario& scenario, int days)
{
    Model model(scenario);
    record::Sampler sampler(model.structure);
    model.run_to(days - 1, [&](int day, const world::State& state) { sampler.sample(day, state.published); });
    const record::MemberResult result = sampler.finish();
    const Axes axes = record::axes_of(model.structure);
    const record::MemberLayout layout(axes);
    NamedResult out;
    for (const auto& variable : record::variables()) {
        const auto names = entities_of(variable, axes);
        if (variable.span == record::Span::kRun) {
            add(names, result.metrics[layout.metric_index(variable.quantity)], out.values);
        } else {
            add(names, result.series[layout.series_index(variable.quantity, variable.span)], out.values);
        }
    }
    for (const auto& event : model.state.events) {
        out.events.push_back(fmt::format("day {}, {} {}: {}", event.day, event.kind, event.subject, event.text));
    }
    return out;
}

std::string first_missing(const NamedResult& one, const NamedResult& other)
{
    for (const auto& [name, bytes] : one.values) {
        const auto found = other.values.find(name);
        if (found == other.values.end() || found->second != bytes) return name;
    }
    std::size_t at = 0;
    for (const auto& event : one.events) {
        while (at < other.events.size() && other.events[at] != event) ++at;
        if (at++ >= other.events.size()) return event;
    }
    return {};
}

}  // namespace chokepoint::test
