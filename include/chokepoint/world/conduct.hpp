#pragma once
// What buyers do about a shortage beside ordering, by block. Nothing is stored where nobody does any of it.
//
// Catch-up  a share chi of the output lost in a stop is owed; once inputs are there again, it is made
//           beyond what is wanted, at most a share of base output a day.
// Precaution  output is cut before stock runs out: at most S_k / (psi n a_k), n the days of cover wanted.
// Recipe    a_k = a0_k (1 - s_k)(1 - theta_k), s_k grows by substitution and theta_k by switching to the
//           look-alike, which takes theta_k a0_k on top of its own, while an input has been strained for
//           longer than a lag.
// Composite  sources of one input are no perfect substitutes: a_k is also what a unit of their composite weighs,
//           kappa_k (sim/dynamics/composite.hpp).
// Search    a slot has links with no base flow to makers it does not buy from: candidates, in the order of its
//           links. While it is strained it qualifies the next one, which may then win a share.
// See sim/MODEL.md, production and choice of source.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace chokepoint::world {

struct BlockConduct {
    double catch_up = 0;    // chi [1]
    double precaution = 0;  // psi [1]
    double switching_cap = 0;     // [1] most of theta
    double substitution_cap = 0;  // [1] most of s
    int qualification = -1;       // [d] until a maker found delivers, -1: does not search
    bool working_days = false;    // rests on days its region does
    bool composite = false;       // sources of an input make up a composite

    [[nodiscard]] bool changes_recipe() const { return composite || switching_cap > 0 || substitution_cap > 0; }
};

struct RecipeRule {
    double speed = 0;  // [1/d], 0 = off
    int lag = 0;       // [d] strained before anything changes
};

struct Conduct {
    std::vector<BlockConduct> blocks;  // [n_blocks], empty when no block does anything
    double catch_up_cap = 0;           // [1] of base output a day
    double strain_cover = 0;           // [1] of base stock: below it an input is strained
    double strain_price = 0;           // [1] price outside over its base: above it an input is strained
    RecipeRule switching, substitution;
    int search_after = 0;              // [d] strained before the next candidate is qualified
    std::vector<std::uint8_t> candidates;   // [n_slots] links without base flow; empty when nobody searches
    std::vector<std::uint32_t> look_alike;  // [n_slots] slot of the same firm to switch to, kNone; empty when recipes stay
    std::vector<std::vector<double>> work;  // [n_regions][horizon] factor on need of those that rest, mean 1; empty when none do

    // Factor on the need of a block's firms on a day.
    [[nodiscard]] double work_of(std::size_t block, std::size_t region, int day) const
    {
        if (work.empty() || !blocks[block].working_days) return 1.0;
        const auto& of_region = work[region];
        return static_cast<std::size_t>(day) < of_region.size() ? of_region[static_cast<std::size_t>(day)] : 1.0;
    }
};

struct ConductState {
    std::vector<double> owed_output;  // [n_firms], empty when nobody catches up: lost, to be made later [activity]; production
    // Empty when recipes stay and nobody searches; written by beliefs.
    std::vector<std::int32_t> strained;  // [n_slots] days in a row [d]
    // Empty when nobody searches; written by beliefs.
    std::vector<std::int32_t> qualifies_on;  // [n_slots] day the next candidate may deliver, -1 none
    std::vector<std::uint8_t> found;         // [n_slots] candidates that may
    // Empty when recipes stay; written by beliefs.
    std::vector<double> switched;        // [n_slots] theta [1]
    std::vector<double> substituted;     // [n_slots] s [1]
    std::vector<double> recipe;          // [n_slots] need over that of day 0 for the same output [1]

    [[nodiscard]] double recipe_of(std::size_t slot) const { return recipe.empty() ? 1.0 : recipe[slot]; }
};

}  // namespace chokepoint::world
