#include "controlling.hpp"

#include <algorithm>

namespace chokepoint::world {

bool controls_goods(const Structure& structure, const Control& control)
{
    return std::any_of(structure.blocks.begin(), structure.blocks.end(), [&](const Block& block) {
        const bool exports = block.role == Role::kProducer || block.role == Role::kExporter;
        return exports && block.region == control.region && control.lists_product(block.product);
    });
}

void find_controlling(Structure& structure)
{
    structure.controlling.assign(structure.regions.size(), 0);
    for (const Control& control : structure.policy.controls) {
        if (controls_goods(structure, control)) structure.controlling[control.region] = 1;
    }
}

}  // namespace chokepoint::world
