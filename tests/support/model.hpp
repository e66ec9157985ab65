#pragma once
// A scenario built and ready to run: structure, day-0 state, draws.

#include "chokepoint/engine/engine.hpp"
#include "chokepoint/scenario/scenario.hpp"

#include <cstdint>
#include <string>

namespace chokepoint::test {

struct Model {
    explicit Model(const scenario::Scenario& scenario);

    world::Structure structure;
    core::Random random;
    world::State state;

    void run_to(int last_day, const engine::Observer& observe = {});
    [[nodiscard]] dynamics::StepContext context(int day) const;
    [[nodiscard]] std::uint32_t block(const std::string& id) const;   // row of Structure::blocks
    [[nodiscard]] std::uint32_t region(const std::string& id) const;
    [[nodiscard]] std::uint32_t product(const std::string& id) const;
    [[nodiscard]] std::uint32_t row(const std::string& block, const std::string& product) const;  // of Structure::rows
};

}  // namespace chokepoint::test
