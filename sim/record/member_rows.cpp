#include "member_rows.hpp"

#include "chokepoint/core/parallel.hpp"
#include "chokepoint/record/quantile.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace chokepoint::record {

namespace {

constexpr std::size_t kSlab = 1U << 26U;  // values of all members held at a time [bytes]
constexpr std::size_t kCells = 256;       // cells a task sorts

template <class Number>
Bytes bytes_of(const std::vector<Number>& values)
{
    Bytes out(values.size() * sizeof(Number));
    std::memcpy(out.data(), values.data(), out.size());
    return out;
}

Bytes metric_bytes(const std::vector<double>& values, DType dtype)
{
    if (dtype == DType::kFloat64) return bytes_of(values);
    std::vector<std::int32_t> whole;
    for (const double value : values) whole.push_back(static_cast<std::int32_t>(value));
    return bytes_of(whole);
}

// Cells [from, to) of one slab: by_member[m][cell], out[quantile * stride + cell].
void sort_cells(const std::vector<std::vector<float>>& by_member, std::size_t from, std::size_t to,
                std::span<const double> quantiles, float* out, std::size_t stride)
{
    std::vector<double> values;
    for (std::size_t cell = from; cell < to; ++cell) {
        values.clear();
        for (const auto& member : by_member) {
            if (!std::isnan(member[cell])) values.push_back(static_cast<double>(member[cell]));
        }
        std::sort(values.begin(), values.end());
        for (std::size_t q = 0; q < quantiles.size(); ++q) {
            out[q * stride + cell] = static_cast<float>(quantile_of_sorted(values, quantiles[q]));
        }
    }
}

}  // namespace

RowSource member_rows(const Variable& variable, const MemberLayout& layout, const Members& members)
{
    const bool metric = variable.span == Span::kRun;
    const std::size_t index = metric ? layout.metric_index(variable.quantity)
                                     : layout.series_index(variable.quantity, variable.span);
    const auto& array = metric ? layout.metrics[index] : layout.series[index];
    return [&members, metric, index, array, dtype = variable.dtype](std::size_t row) {
        const auto member = static_cast<std::uint32_t>(row);
        const bool done = members.is_done(member);
        if (metric) {
            if (done) return metric_bytes(members.part(member).read_front(member).metrics[index], dtype);
            const double absent = dtype == DType::kInt32 ? -1.0 : std::numeric_limits<double>::quiet_NaN();
            return metric_bytes(std::vector<double>(array.size(), absent), dtype);
        }
        if (done) return bytes_of(members.part(member).read_series(member, index, 0, array.rows));
        return bytes_of(std::vector<float>(array.size(), std::numeric_limits<float>::quiet_NaN()));
    };
}

std::vector<float> quantile_rows(const Variable& variable, const MemberLayout& layout, const Members& members,
                                 std::span<const double> quantiles)
{
    const std::size_t index = layout.series_index(variable.quantity, variable.span);
    const auto& array = layout.series[index];
    const auto& done = members.done();
    const std::size_t row_bytes = std::max<std::size_t>(1, done.size()) * array.width * sizeof(float);
    const std::size_t step = std::clamp<std::size_t>(kSlab / row_bytes, 1, array.rows);
    std::vector<float> out(quantiles.size() * array.size());
    std::vector<std::vector<float>> by_member(done.size());
    for (std::size_t first = 0; first < array.rows; first += step) {
        const std::size_t n = std::min(step, array.rows - first);
        core::parallel_for(done.size(), 1, [&](std::size_t from, std::size_t to) {
            for (std::size_t m = from; m < to; ++m) {
                by_member[m] = members.part(done[m]).read_series(done[m], index, first, n);
            }
        });
        core::parallel_for(n * array.width, kCells, [&](std::size_t from, std::size_t to) {
            sort_cells(by_member, from, to, quantiles, out.data() + first * array.width, array.size());
        });
    }
    return out;
}

}  // namespace chokepoint::record
