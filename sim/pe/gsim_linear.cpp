#include "armington.hpp"
#include "linear_solve.hpp"

#include <cmath>

namespace chokepoint::pe {

namespace {

class Linear {
  public:
    explicit Linear(const scenario::TradeCase& trade)
        : trade_(trade), shares_(spending_shares(trade, trade.value, trade.tariff_before)), sold_(sales(trade)), spent_(spending(trade)),
          n_(trade.regions.size()), duty_(n_ * n_)
    {
        for (std::size_t flow = 0; flow < duty_.size(); ++flow) duty_[flow] = (1 + trade.tariff_after[flow]) / (1 + trade.tariff_before[flow]) - 1;
    }

    GsimAnswer answer()
    {
        GsimAnswer out;
        out.price = prices();
        out.value = out.quantity = std::vector<double>(n_ * n_);
        out.composite = out.revenue = out.consumer = out.producer = std::vector<double>(n_);
        for (int exporter = 0; exporter < trade_.size(); ++exporter)
            for (int importer = 0; importer < trade_.size(); ++importer) flow(exporter, importer, out);
        for (std::size_t region = 0; region < n_; ++region) surplus(region, out);
        return out;
    }

  private:
    // Supply of each exporter rises as much as demand for it: (E_x - N) p = N T, N summed over importers by sales.
    std::vector<double> prices() const
    {
        std::vector<double> matrix(n_ * n_), right(n_);
        for (int exporter = 0; exporter < trade_.size(); ++exporter) {
            const auto e = static_cast<std::size_t>(exporter);
            matrix[e * n_ + e] = sold_[e] > 0 ? trade_.supply[e] : 1;
            if (sold_[e] == 0) continue;
            for (int importer = 0; importer < trade_.size(); ++importer) {
                const double weight = trade_.value[trade_.at(exporter, importer)] / sold_[e];
                for (int other = 0; other < trade_.size(); ++other) {
                    const double part = weight * response(trade_, shares_, exporter, other, importer);
                    matrix[e * n_ + static_cast<std::size_t>(other)] -= part;
                    right[e] += part * duty_[trade_.at(other, importer)];
                }
            }
        }
        return solve(matrix, right);
    }

    void flow(int exporter, int importer, GsimAnswer& out) const
    {
        const auto e = static_cast<std::size_t>(exporter), i = static_cast<std::size_t>(importer);
        const std::size_t at = trade_.at(exporter, importer);
        if (trade_.value[at] == 0) return;
        for (int other = 0; other < trade_.size(); ++other) {
            const double landed = out.price[static_cast<std::size_t>(other)] + duty_[trade_.at(other, importer)];
            out.quantity[at] += response(trade_, shares_, exporter, other, importer) * landed;
        }
        out.value[at] = trade_.value[at] * (1 + out.quantity[at]) * (1 + out.price[e]);
        out.composite[i] += shares_[at] * ((1 + out.price[e]) * (1 + duty_[at]) - 1);
        out.revenue[i] += trade_.tariff_after[at] * out.value[at] - trade_.tariff_before[at] * trade_.value[at];
    }

    // As printed by Francois and Hall; the sign before the square overstates the loss where the price rises.
    void surplus(std::size_t region, GsimAnswer& out) const
    {
        const double paid = out.composite[region], received = out.price[region];
        if (spent_[region] > 0) out.consumer[region] = spent_[region] * (0.5 * trade_.demand[region] * paid * paid * (paid < 0 ? -1 : 1) - paid);
        if (sold_[region] > 0) out.producer[region] = sold_[region] * received * (1 + 0.5 * trade_.supply[region] * received);
    }

    const scenario::TradeCase& trade_;
    std::vector<double> shares_, sold_, spent_;
    std::size_t n_;
    std::vector<double> duty_;  // [exporter][importer] change of 1 + t over its value before [1]
};

}  // namespace

GsimAnswer gsim_linear(const scenario::TradeCase& trade)
{
    check_supply(trade);
    return Linear(trade).answer();
}

GsimReport gsim(const scenario::TradeCase& trade)
{
    GsimReport out;
    out.linear = gsim_linear(trade);
    out.levels = gsim_levels(trade, Newton{}, out.convergence);
    return out;
}

}  // namespace chokepoint::pe
