#include "chokepoint/pe/smart.hpp"

#include "chokepoint/core/error.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint::pe {

namespace {

enum class Form { kLinear, kLevels };

class Smart {
  public:
    Smart(const scenario::TradeCase& trade, int importer)
        : trade_(trade), importer_(importer), demand_(trade.demand[static_cast<std::size_t>(importer)]),
          substitution_(trade.substitution[static_cast<std::size_t>(importer)])
    {
    }

    SmartAnswer answer(Form form) const
    {
        SmartAnswer out;
        const auto n = static_cast<std::size_t>(trade_.size());
        out.creation = out.diversion = out.price = std::vector<double>(n);
        for (int exporter = 0; exporter < trade_.size(); ++exporter) create(exporter, form, out);
        divert(form, out);
        for (int exporter = 0; exporter < trade_.size(); ++exporter) {
            const std::size_t flow = trade_.at(exporter, importer_);
            out.revenue += trade_.tariff_after[flow] * (imports(exporter) + out.total(exporter)) - trade_.tariff_before[flow] * imports(exporter);
        }
        return out;
    }

  private:
    [[nodiscard]] double imports(int exporter) const { return exporter == importer_ ? 0 : trade_.value[trade_.at(exporter, importer_)]; }

    // (1 + t') / (1 + t)
    [[nodiscard]] double duty(int exporter) const
    {
        const std::size_t flow = trade_.at(exporter, importer_);
        return (1 + trade_.tariff_after[flow]) / (1 + trade_.tariff_before[flow]);
    }

    // Demand T^eta p^eta meets supply p^e: p = T^(eta / (e - eta)), quantity T^(eta / (1 - eta / e)).
    void create(int exporter, Form form, SmartAnswer& out) const
    {
        const auto e = static_cast<std::size_t>(exporter);
        const double supply = trade_.supply[e], ratio = duty(exporter);
        const double quantity = demand_ / (1 - demand_ / supply);
        const double price = std::isfinite(supply) ? demand_ / (supply - demand_) : 0;
        const auto change = [&](double elasticity) { return form == Form::kLinear ? elasticity * (ratio - 1) : std::expm1(elasticity * std::log(ratio)); };
        out.creation[e] = imports(exporter) * change(quantity);
        out.price[e] = change(price);
    }

    // Total imports stay, their ratios move with relative prices: by sigma times the change, or to the power sigma.
    // The linear form can pass below nothing where a duty rises much; imports end there.
    void divert(Form form, SmartAnswer& out) const
    {
        double before = 0, after = 0;
        std::vector<double> wanted(out.diversion.size());
        for (int exporter = 0; exporter < trade_.size(); ++exporter) {
            const double ratio = duty(exporter);
            const double factor = form == Form::kLinear ? std::max(0.0, 1 - substitution_ * (ratio - 1)) : std::pow(ratio, -substitution_);
            wanted[static_cast<std::size_t>(exporter)] = imports(exporter) * factor;
            before += imports(exporter);
            after += wanted[static_cast<std::size_t>(exporter)];
        }
        if (after == 0) return;
        for (int exporter = 0; exporter < trade_.size(); ++exporter)
            out.diversion[static_cast<std::size_t>(exporter)] = wanted[static_cast<std::size_t>(exporter)] * before / after - imports(exporter);
    }

    const scenario::TradeCase& trade_;
    int importer_;
    double demand_, substitution_;
};

int market_of(const scenario::TradeCase& trade)
{
    if (trade.market >= 0) return trade.market;
    core::Diagnostic missing;
    missing.where = trade.origin("");
    missing.key = "market";
    missing.problem = "is missing (there are several importers, and SMART treats one)";
    missing.remedy = "add market: with the id of a region";
    throw core::InputError({missing});
}

}  // namespace

SmartReport smart(const scenario::TradeCase& trade)
{
    SmartReport out;
    out.importer = market_of(trade);
    const Smart model(trade, out.importer);
    out.linear = model.answer(Form::kLinear);
    out.levels = model.answer(Form::kLevels);
    return out;
}

}  // namespace chokepoint::pe
