#include "chokepoint/ensemble/simulate.hpp"

#include "chokepoint/engine/engine.hpp"
#include "chokepoint/record/sampler.hpp"
#include "chokepoint/world/build.hpp"

namespace chokepoint::ensemble {

MemberRunner simulation(const scenario::ScenarioFile& file, std::uint64_t seed)
{
    return [file, seed](std::uint32_t member) {
        const world::Structure structure = world::build_structure(file.scenario(member, seed));
        world::State state = world::initial_state(structure);
        record::Sampler sampler(structure);
        engine::run(structure, core::Random(seed, member), structure.horizon - 1, state,
                    [&](int day, const world::State& now) { sampler.sample(day, now.published); });
        record::MemberResult result = sampler.finish();
        result.member = member;
        result.parameters = file.draw(seed, member);
        result.events = std::move(state.events);
        return result;
    };
}

}  // namespace chokepoint::ensemble
