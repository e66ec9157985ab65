#include "field_words.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

namespace chokepoint::scenario {

std::string type_words(const Field& field)
{
    switch (field.kind) {
    case FieldKind::kText: return "text";
    case FieldKind::kHs: return "quoted digits";
    case FieldKind::kWord: return fmt::format("{}", fmt::join(field.words, ", "));
    case FieldKind::kDate: return "date";
    case FieldKind::kFlag: return "true, false";
    case FieldKind::kCount: return "count";
    case FieldKind::kQuantity: return field.dimension == Dimension::kBare ? (field.whole ? "whole number" : "number") : accepted_units(field.dimension);
    case FieldKind::kCover: return "d, or a distribution over the firms";
    case FieldKind::kReference: return fmt::format("id of {}", fmt::join(field.refers_to, ", "));
    case FieldKind::kReferences: return fmt::format("ids of {}", fmt::join(field.refers_to, ", "));
    case FieldKind::kWords: return "list of texts";
    case FieldKind::kCounts: return "list of counts";
    case FieldKind::kShares: return fmt::format("list, in {}", accepted_units(field.dimension));
    case FieldKind::kPath: return "CSV file";
    case FieldKind::kSources: return "source keys";
    case FieldKind::kBlock: return field.short_for.empty() ? "keys" : fmt::format("{}, or keys", field.short_for);
    case FieldKind::kMap: return field.refers_to.empty() ? "map of named things" : fmt::format("map, keys of {}", fmt::join(field.refers_to, ", "));
    case FieldKind::kVary: return "key path: distribution";
    }
    return {};
}

std::string default_words(const Field& field)
{
    if (field.presence == Presence::kRequired) return "required";
    return field.fallback;
}

std::string bound_words(const Field& field)
{
    const bool numeric = field.kind == FieldKind::kQuantity || field.kind == FieldKind::kCount || field.kind == FieldKind::kCover;
    if (!numeric) return {};
    const auto written = [&field](double value) { return write_quantity(value, field.kind == FieldKind::kCount ? Dimension::kBare : field.dimension); };
    const bool has_low = std::isfinite(field.low);
    const bool has_high = std::isfinite(field.high);
    if (has_low && has_high && !field.open_low) return fmt::format("{} to {}", written(field.low), written(field.high));
    std::string out;
    if (has_low) out = fmt::format("{} {}", field.open_low ? "above" : "from", written(field.low));
    if (has_high) out += fmt::format("{}to {}", out.empty() ? "" : ", ", written(field.high));
    return out;
}

std::string assumption_words(const Field& field)
{
    if (field.range.empty() && field.basis.empty()) return {};
    if (field.range.empty()) return fmt::format("Basis: {}.", field.basis);
    return fmt::format("Range: {} ({}).", field.range, field.basis);
}

}  // namespace chokepoint::scenario
