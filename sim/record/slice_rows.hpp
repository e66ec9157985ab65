#pragma once
// Rows of quantiles of one entity: [quantile][step][product].

#include "chokepoint/record/slice.hpp"
#include "hdf5_read.hpp"

#include <algorithm>
#include <vector>

namespace chokepoint::record {

inline constexpr std::size_t kSliceWeeks = 4;  // refusals and returns are summed over

struct Rows {
    const SliceAxes& axes;
    const Hdf5Reader& file;
    std::size_t entity;  // buyer or seller

    [[nodiscard]] std::vector<double> read(const char* name, std::size_t first, std::size_t count) const
    {
        return file.read_block(name, {0, first, entity, 0},
                               {axes.quantiles.size(), count, 1, axes.products.size()});
    }
    // Of one step, by product.
    [[nodiscard]] std::vector<Interval> at(const char* name, std::size_t step) const
    {
        return intervals(read(name, step, 1), axes.products.size());
    }
    // Medians added up over steps, by product.
    [[nodiscard]] std::vector<double> sum(const char* name, std::size_t first, std::size_t count) const
    {
        const auto values = read(name, first, count);
        const std::size_t n = axes.products.size();
        std::vector<double> out(n, 0.0);
        for (std::size_t i = 0; i < count * n; ++i) out[i % n] += values[axes.median() * count * n + i];
        return out;
    }
    // Of one step of a variable without products.
    [[nodiscard]] Interval one(const char* name, std::size_t step) const
    {
        return intervals(file.read_block(name, {0, step, entity}, {axes.quantiles.size(), 1, 1}), 1).front();
    }

  private:
    [[nodiscard]] std::vector<Interval> intervals(const std::vector<double>& values, std::size_t n) const
    {
        const std::size_t last = (axes.quantiles.size() - 1) * n;
        std::vector<Interval> out(n);
        for (std::size_t i = 0; i < n; ++i) out[i] = {values[axes.median() * n + i], values[i], values[last + i]};
        return out;
    }
};

// Of a sum over a week, which may be short at the end of the run.
[[nodiscard]] inline Interval daily(const Interval& sum, const SliceAxes& axes, std::size_t week)
{
    const int days = std::min(7, axes.days - 7 * static_cast<int>(week));
    return {sum.median / days, sum.low / days, sum.high / days};
}
// Policy events of the days [first, last].
[[nodiscard]] std::vector<PolicyEvent> read_events(const Hdf5Reader& file, int first, int last);
// Fills the sources of each material of a user in the week that holds `day`.
void read_sources(const SliceAxes& axes, const Hdf5Reader& file, const std::string& user, int day,
                  std::vector<MaterialSlice>& materials);

}  // namespace chokepoint::record
