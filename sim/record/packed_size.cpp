#include "chokepoint/record/result_file.hpp"

#include "hdf5_write.hpp"

namespace chokepoint::record {

namespace {

constexpr double kFrame = 400e3;  // what a result takes beside values: names, attributes, the scenario [B]

template <class Number>
double packed(const std::vector<Number>& values, DType dtype)
{
    return values.empty() ? 0.0 : static_cast<double>(pack_chunk(std::as_bytes(std::span(values)), dtype).size());
}

}  // namespace

double packed_size(const ResultHeader& header, const Axes& axes, const MemberResult& trial, int days)
{
    const MemberLayout layout(axes);
    const double whole = static_cast<double>(axes.days) / std::max(1, days);
    double bytes = kFrame;
    for (const Variable& variable : variables()) {
        if (variable.aggregation == Aggregation::kMembersDaily && !header.members_daily) continue;
        if (variable.span == Span::kRun) {
            bytes += header.members_requested * packed(trial.metrics[layout.metric_index(variable.quantity)], DType::kFloat64);
            continue;
        }
        const bool quantiles = variable.aggregation == Aggregation::kQuantiles;
        const double rows = quantiles ? static_cast<double>(header.quantiles.size()) : header.members_requested;
        bytes += rows * whole * packed(trial.series[layout.series_index(variable.quantity, variable.span)], DType::kFloat32);
    }
    return bytes;
}

}  // namespace chokepoint::record
