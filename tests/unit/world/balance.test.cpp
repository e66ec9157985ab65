#include "chokepoint/world/balance.hpp"
#include "support/catch.hpp"

#include <numeric>

using namespace chokepoint::world;

namespace {

double row_sum(const FlowTable& table, std::size_t row)
{
    const auto begin = table.value.begin() + static_cast<std::ptrdiff_t>(row * table.n);
    return std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(table.n), 0.0);
}
double column_sum(const FlowTable& table, std::size_t column)
{
    double sum = 0;
    for (std::size_t row = 0; row < table.n; ++row) sum += table.value[row * table.n + column];
    return sum;
}

FlowTable three_by_three()
{
    return {3, {50, 30, 20, 5, 40, 5, 1, 2, 7}, std::vector<std::uint8_t>(9, 0), {120, 60, 20}, {80, 90, 30}};
}

}  // namespace

TEST_CASE("balancing meets every known total")
{
    FlowTable table = three_by_three();
    CHECK(balance(table) < 1e-10);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(row_sum(table, i) == Approx(table.row_total[i]).epsilon(1e-10));
        CHECK(column_sum(table, i) == Approx(table.column_total[i]).epsilon(1e-10));
    }
    // Scaling rows and columns keeps cross ratios: (50 x 40) / (30 x 5) of the seed.
    const auto& v = table.value;
    CHECK(v[0] * v[4] / (v[1] * v[3]) == Approx(50.0 * 40 / (30 * 5)));
}

TEST_CASE("balancing keeps fixed cells to the bit")
{
    FlowTable table = three_by_three();
    table.fixed[1] = table.fixed[6] = 1;
    CHECK(balance(table) < 1e-10);
    CHECK(table.value[1] == 30);
    CHECK(table.value[6] == 1);
    for (std::size_t i = 0; i < 3; ++i) CHECK(row_sum(table, i) == Approx(table.row_total[i]).epsilon(1e-10));
}

TEST_CASE("an unknown total does not bind")
{
    FlowTable table = three_by_three();
    table.row_total = {-1, -1, -1};
    table.column_total = {160, -1, -1};
    CHECK(balance(table) < 1e-10);
    CHECK(column_sum(table, 0) == Approx(160));
    CHECK(table.value[1] == 30);  // nothing asks this column to change
}

TEST_CASE("a total that cannot be met is reported by its relative miss")
{
    FlowTable table = three_by_three();
    // Rows say 200, columns say 400: rows are met last but one, so some column misses by half or more.
    table.column_total = {160, 180, 60};
    CHECK(balance(table) > 0.3);

    FlowTable fixed = three_by_three();
    fixed.fixed.assign(9, 1);  // row 0 is 100 and ought to be 120: a miss of one sixth
    fixed.column_total = {-1, -1, -1};
    fixed.row_total = {120, -1, -1};
    CHECK(balance(fixed) == Approx(1.0 / 6).epsilon(1e-12));
}

TEST_CASE("a zero cell of the seed stays zero")
{
    FlowTable table = three_by_three();
    table.value[2] = 0;
    CHECK(balance(table) < 1e-9);
    CHECK(table.value[2] == 0);
}
