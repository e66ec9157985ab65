#include "armington.hpp"
#include "chokepoint/core/error.hpp"
#include "linear_solve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace chokepoint::pe {

namespace {

constexpr int kHalvings = 40;
constexpr double kNearOne = 1e-9;  // elasticities this close to 1 (or -1) take the logarithmic limit

// Where the market stands at given prices.
struct Point {
    std::vector<double> price;     // [exporter] ln of the price received, before = 0
    std::vector<double> index;     // [importer] ln of the price index, before = 0
    std::vector<double> quantity;  // [exporter][importer] over the quantity before [1]
    std::vector<double> excess;    // [exporter] ln(demand / supply)

    [[nodiscard]] double residual() const
    {
        double out = 0;
        for (const double one : excess) out = std::isfinite(one) ? std::max(out, std::abs(one)) : INFINITY;
        return out;
    }
};

class Levels {
  public:
    explicit Levels(const scenario::TradeCase& trade)
        : trade_(trade), shares_(spending_shares(trade, trade.value, trade.tariff_before)), sold_(sales(trade)), n_(trade.regions.size()),
          duty_(n_ * n_)
    {
        for (std::size_t flow = 0; flow < duty_.size(); ++flow) duty_[flow] = std::log((1 + trade.tariff_after[flow]) / (1 + trade.tariff_before[flow]));
    }

    // Newton's method from the prices before; a step that does not bring markets nearer to balance is halved.
    Point balance(const Newton& newton, Convergence& reached) const
    {
        Point at = point(std::vector<double>(n_));
        for (reached = {0, at.residual()}; !(reached.residual <= newton.tolerance); ++reached.steps, reached.residual = at.residual()) {
            if (reached.steps >= newton.most_steps) fail(reached, newton);
            const std::vector<double> step = solve(slopes(at), at.excess);
            double length = 1;
            Point next = moved(at, step, length);
            for (int halving = 0; !(next.residual() < at.residual()); ++halving) {
                if (halving == kHalvings) fail(reached, newton);
                next = moved(at, step, length /= 2);
            }
            at = std::move(next);
        }
        return at;
    }

    GsimAnswer answer(const Point& at) const
    {
        GsimAnswer out;
        out.value = out.quantity = std::vector<double>(n_ * n_);
        out.price = out.composite = out.revenue = out.consumer = out.producer = std::vector<double>(n_);
        const std::vector<double> spent = spending(trade_);
        for (std::size_t r = 0; r < n_; ++r) {
            out.price[r] = std::expm1(at.price[r]);
            out.composite[r] = std::expm1(at.index[r]);
            // Areas beside the curves: spending p^eta over the fall of the index, sales p^e over the rise of the price.
            if (spent[r] > 0) out.consumer[r] = -spent[r] * area(at.index[r], trade_.demand[r]);
            if (sold_[r] > 0) out.producer[r] = sold_[r] * area(at.price[r], trade_.supply[r]);
        }
        for (int exporter = 0; exporter < trade_.size(); ++exporter)
            for (int importer = 0; importer < trade_.size(); ++importer) flow(exporter, importer, at, out);
        return out;
    }

  private:
    // Integral of p^elasticity from 1 to exp(log_price).
    static double area(double log_price, double elasticity)
    {
        const double power = elasticity + 1;
        return std::abs(power) < kNearOne ? log_price : std::expm1(power * log_price) / power;
    }

    double landed(const Point& at, int exporter, int importer) const { return at.price[static_cast<std::size_t>(exporter)] + duty_[trade_.at(exporter, importer)]; }

    // CES index of landed prices; Cobb-Douglas where the elasticity of substitution is 1.
    double index(const Point& at, int importer) const
    {
        const double power = 1 - trade_.substitution[static_cast<std::size_t>(importer)];
        double sum = 0, highest = -INFINITY;
        for (int exporter = 0; exporter < trade_.size(); ++exporter)
            if (shares_[trade_.at(exporter, importer)] > 0) highest = std::max(highest, power * landed(at, exporter, importer));
        if (!std::isfinite(highest)) return 0;
        for (int exporter = 0; exporter < trade_.size(); ++exporter) {
            const double share = shares_[trade_.at(exporter, importer)], cost = landed(at, exporter, importer);
            if (share == 0) continue;
            sum += std::abs(power) < kNearOne ? share * cost : share * std::exp(power * cost - highest);
        }
        return std::abs(power) < kNearOne ? sum : (std::log(sum) + highest) / power;
    }

    Point point(std::vector<double> price) const
    {
        Point at;
        at.price = std::move(price);
        at.index = at.excess = std::vector<double>(n_);
        at.quantity.assign(n_ * n_, 1);
        std::vector<double> demand(n_);
        for (int importer = 0; importer < trade_.size(); ++importer) {
            const auto i = static_cast<std::size_t>(importer);
            at.index[i] = index(at, importer);
            for (int exporter = 0; exporter < trade_.size(); ++exporter) {
                const std::size_t flow = trade_.at(exporter, importer);
                at.quantity[flow] = std::exp(trade_.demand[i] * at.index[i] - trade_.substitution[i] * (landed(at, exporter, importer) - at.index[i]));
                if (trade_.value[flow] > 0) demand[static_cast<std::size_t>(exporter)] += trade_.value[flow] * at.quantity[flow];
            }
        }
        for (std::size_t e = 0; e < n_; ++e)
            if (sold_[e] > 0) at.excess[e] = std::log(demand[e] / sold_[e]) - trade_.supply[e] * at.price[e];
        return at;
    }

    Point moved(const Point& from, const std::vector<double>& step, double length) const
    {
        std::vector<double> price = from.price;
        for (std::size_t e = 0; e < n_; ++e) price[e] += length * step[e];
        return point(std::move(price));
    }

    // Minus the derivative of the excess by prices: that of the linear model, at the shares of this point.
    std::vector<double> slopes(const Point& at) const
    {
        std::vector<double> value(n_ * n_), demand(n_), matrix(n_ * n_);
        for (int exporter = 0; exporter < trade_.size(); ++exporter) {
            const auto e = static_cast<std::size_t>(exporter);
            for (int importer = 0; importer < trade_.size(); ++importer) {
                const std::size_t flow = trade_.at(exporter, importer);
                demand[e] += trade_.value[flow] * at.quantity[flow];
                value[flow] = trade_.value[flow] * at.quantity[flow] * std::exp(at.price[e]);
            }
        }
        const std::vector<double> shares = spending_shares(trade_, value, trade_.tariff_after);
        for (int exporter = 0; exporter < trade_.size(); ++exporter) {
            const auto e = static_cast<std::size_t>(exporter);
            matrix[e * n_ + e] = sold_[e] > 0 ? trade_.supply[e] : 1;
            for (int importer = 0; importer < trade_.size() && sold_[e] > 0; ++importer) {
                const std::size_t flow = trade_.at(exporter, importer);
                const double weight = trade_.value[flow] * at.quantity[flow] / demand[e];
                for (int other = 0; other < trade_.size(); ++other) matrix[e * n_ + static_cast<std::size_t>(other)] -= weight * response(trade_, shares, exporter, other, importer);
            }
        }
        return matrix;
    }

    void flow(int exporter, int importer, const Point& at, GsimAnswer& out) const
    {
        const std::size_t flow = trade_.at(exporter, importer);
        if (trade_.value[flow] == 0) return;
        out.quantity[flow] = at.quantity[flow] - 1;
        out.value[flow] = trade_.value[flow] * at.quantity[flow] * std::exp(at.price[static_cast<std::size_t>(exporter)]);
        out.revenue[static_cast<std::size_t>(importer)] += trade_.tariff_after[flow] * out.value[flow] - trade_.tariff_before[flow] * trade_.value[flow];
    }

    [[noreturn]] static void fail(const Convergence& reached, const Newton& newton)
    {
        throw core::ModelError(fmt::format("prices that clear every market were not found: after {} steps the worst market is out of balance by {:.3g} "
                                           "(tolerance {:.3g}); elasticities nearer to each other may help",
                                           reached.steps, reached.residual, newton.tolerance));
    }

    const scenario::TradeCase& trade_;
    std::vector<double> shares_, sold_;
    std::size_t n_;
    std::vector<double> duty_;  // [exporter][importer] change of ln(1 + t)
};

}  // namespace

GsimAnswer gsim_levels(const scenario::TradeCase& trade, const Newton& newton, Convergence& reached)
{
    check_supply(trade);
    const Levels levels(trade);
    return levels.answer(levels.balance(newton, reached));
}

}  // namespace chokepoint::pe
