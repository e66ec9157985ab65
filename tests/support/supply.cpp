#include "support/supply.hpp"

#include <cmath>
#include <string_view>

namespace chokepoint::test {

scenario::Scenario one_buyer(double cover, double grams_per_day)
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", grams_per_day}});
    s.buyers[0].cover.a = cover;
    return s;
}

void run_supplied(Model& model, int days, const std::function<std::int64_t(int)>& arrives,
                  const std::function<void(int)>& observe)
{
    const std::uint32_t maker = model.structure.blocks[model.block("maker")].first_firm;
    for (int day = 0; day < days; ++day) {
        const auto context = model.context(day);
        for (const engine::Phase& phase : engine::phases()) {
            if (std::string_view(phase.name) == "allocation") model.state.firm.finished[maker] = arrives(day + 1);
            phase.run(model.structure, context, model.state);
        }
        model.state.day = day;
        if (observe) observe(day);
    }
}

std::function<std::int64_t(int)> cut_from_day_10(std::int64_t base, double share, int days)
{
    return [=](int day) {
        const bool cut = day >= 10 && day < 10 + days;
        return cut ? std::llround((1 - share) * static_cast<double>(base)) : base;
    };
}

double days_lost(const Model& model)
{
    const std::uint32_t block = model.block("buyer");
    const auto& published = model.state.published;
    return static_cast<double>(published.wanted[block] - published.output[block]) /
           static_cast<double>(model.structure.firms.base_output[model.structure.blocks[block].first_firm]);
}

}  // namespace chokepoint::test
