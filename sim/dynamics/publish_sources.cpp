#include "publish_sources.hpp"

#include "chokepoint/core/parallel.hpp"
#include "control.hpp"

#include <algorithm>

namespace chokepoint::dynamics {

namespace {

using namespace world;

void add_guarded(const Structure& structure, const StepContext& context, const State& state, std::uint32_t out,
                 std::uint32_t border, SourceBook& book)
{
    const BorderState& b = state.border;
    const std::int64_t backlog = state.link.backlog[out];
    std::int64_t blocked = 0;
    if (needs_application(structure, state, border, context.day)) {
        const std::int64_t later = std::min(backlog, b.to_refile[border]);
        blocked = backlog - std::min(backlog - later, held_room(structure, state, border));
    }
    if (asks_no_more(structure, state, border, context.day)) {
        book.paused += backlog + b.unfiled[border];
    } else {
        book.owed += backlog - blocked;
        book.not_filed += blocked + b.unfiled[border];
    }
    book.in_review += b.filed[border];
    book.licensed += b.licensed_wait[border] + b.licensed[border];
    book.at_customs += b.customs[border];
    if (b.head[border] == kNoFile) return;
    book.open_files += b.n_open[border];
    const File& oldest = state.authority[structure.border.control[border]].files[b.head[border]];
    book.oldest_file = std::max<std::int64_t>(book.oldest_file, context.day - oldest.submitted);
}

void sum_block(const Structure& structure, const StepContext& context, State& state, std::size_t b)
{
    const Block& block = structure.blocks[b];
    const Firms& firms = structure.firms;
    std::int64_t finished = 0;
    for (std::uint32_t firm = block.first_firm; firm < block.first_firm + block.n_firms; ++firm)
        finished += state.firm.finished[firm];
    state.published.finished[b] = finished;
    for (std::uint32_t slot = firms.slot_begin[block.first_firm]; slot < firms.slot_begin[block.first_firm + block.n_firms]; ++slot) {
        for (std::uint32_t in = structure.slots.link_begin[slot]; in < structure.slots.link_begin[slot + 1]; ++in) {
            const std::uint32_t seller = firms.block[structure.links.seller[in]];
            SourceBook& book = state.published.sources[structure.source_of(structure.slots.row[slot], seller)];
            const std::uint32_t out = structure.links.out[in], border = structure.links.border[in];
            if (border == kNone)
                book.owed += state.link.backlog[out];
            else
                add_guarded(structure, context, state, out, border, book);
        }
    }
}

}  // namespace

// A row belongs to one block, so blocks write apart.
void publish_sources(const Structure& structure, const StepContext& context, State& state)
{
    auto& sources = state.published.sources;
    std::fill(sources.begin(), sources.end(), SourceBook{});
    core::parallel_for(structure.blocks.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t b = begin; b < end; ++b) sum_block(structure, context, state, b);
    });
}

}  // namespace chokepoint::dynamics
