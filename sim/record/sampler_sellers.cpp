// What the sampler takes of those who sell: makers, exporters, importers, and orders with each of them.

#include "chokepoint/record/sampler.hpp"

#include "chokepoint/world/day_zero.hpp"
#include "source_acts.hpp"

#include <algorithm>

namespace chokepoint::record {

namespace {

using world::Published;
using world::SourceBook;

std::int64_t SourceBook::*source_field(Quantity quantity)
{
    switch (quantity) {
        case Quantity::kSourceOwed: return &SourceBook::owed;
        case Quantity::kSourceNotFiled: return &SourceBook::not_filed;
        case Quantity::kSourcePaused: return &SourceBook::paused;
        case Quantity::kSourceInReview: return &SourceBook::in_review;
        case Quantity::kSourceLicensed: return &SourceBook::licensed;
        case Quantity::kSourceAtCustoms: return &SourceBook::at_customs;
        case Quantity::kSourceFiles: return &SourceBook::open_files;
        case Quantity::kSourceOldest: return &SourceBook::oldest_file;
        default: return nullptr;
    }
}

}  // namespace

void Sampler::find_sellers(const world::Structure& structure)
{
    std::vector<std::size_t> seller_of(structure.blocks.size(), axes_.sellers.size());
    for (std::size_t b = 0; b < structure.blocks.size(); ++b) {
        if (structure.blocks[b].role == world::Role::kBuyer) continue;
        seller_of[b] = sellers_.size();
        sellers_.push_back(b);
    }
    for (const std::size_t b : sellers_) {
        const world::Block& block = structure.blocks[b];
        std::int64_t sum = 0;
        bool limited = block.role == world::Role::kProducer;
        for (std::uint32_t firm = block.first_firm; firm < block.first_firm + block.n_firms && limited; ++firm) {
            limited = structure.firms.capacity[firm] < world::kUnlimited;
            sum += structure.firms.capacity[firm];
        }
        capacity_.push_back(limited ? sum : 0);
        supply_row_.push_back(structure.supply.of_block.empty() ? world::kNone : structure.supply.of_block[b]);
    }
    duty_start_ = source_duty_at_start(structure);
    for (const world::Source& source : structure.sources) {
        source_seller_.push_back(seller_of[source.seller]);
        const world::Row& row = structure.rows[source.row];
        source_cell_.push_back(structure.duty_cell(structure.blocks[row.block].region, structure.blocks[source.seller].region, row.product));
    }
    for (std::size_t r = 0; r < structure.rows.size(); ++r) {
        const std::size_t seller = seller_of[structure.rows[r].block];
        if (seller == axes_.sellers.size()) continue;
        inputs_.push_back({r, seller * axes_.products.size() + structure.rows[r].product});
    }
}

void Sampler::fill_blocks(const std::vector<std::int64_t>& first, const std::vector<std::int64_t>* less)
{
    for (std::size_t s = 0; s < sellers_.size(); ++s)
        today_[s] = static_cast<double>(first[sellers_[s]] - (less != nullptr ? (*less)[sellers_[s]] : 0));
}

void Sampler::fill_inputs(const std::vector<std::int64_t>& first, const std::vector<std::int64_t>* less)
{
    std::fill_n(today_.begin(), sellers_.size() * axes_.products.size(), 0.0);
    for (const auto& [row, entity] : inputs_)
        today_[entity] = static_cast<double>(first[row] - (less != nullptr ? (*less)[row] : 0));
}

bool Sampler::fill_sellers(Quantity quantity, const Published& published)
{
    const auto copy = [&](const std::vector<std::int64_t>& from) {
        std::transform(from.begin(), from.end(), today_.begin(), [](std::int64_t x) { return static_cast<double>(x); });
    };
    switch (quantity) {
        case Quantity::kSellerOutput: fill_blocks(published.output, nullptr); return true;
        case Quantity::kSellerUnmade: fill_blocks(published.wanted, &published.output); return true;
        case Quantity::kSellerFinished: fill_blocks(published.finished, nullptr); return true;
        case Quantity::kSellerOwed:
            std::fill_n(today_.begin(), sellers_.size(), 0.0);
            for (std::size_t s = 0; s < source_seller_.size(); ++s)
                today_[source_seller_[s]] += static_cast<double>(published.sources[s].owed);
            return true;
        case Quantity::kSellerCapacity:
            for (std::size_t s = 0; s < sellers_.size(); ++s)
                today_[s] = static_cast<double>(supply_row_[s] == world::kNone || capacity_[s] == 0 ? capacity_[s] : published.capacity[supply_row_[s]]);
            return true;
        case Quantity::kSourceDuty:
        case Quantity::kSourceDutyRise:
            for (std::size_t s = 0; s < source_cell_.size(); ++s) {
                const std::int64_t before = quantity == Quantity::kSourceDutyRise ? duty_start_[s] : 0;
                today_[s] = static_cast<double>(published.duty_ppm[source_cell_[s]] - before);
            }
            return true;
        case Quantity::kSellerNeed: fill_inputs(published.need, nullptr); return true;
        case Quantity::kSellerShortfall: fill_inputs(published.need, &published.use); return true;
        case Quantity::kSellerLacked: fill_inputs(published.lacked, nullptr); return true;
        case Quantity::kSellerStock: fill_inputs(published.stock, nullptr); return true;
        case Quantity::kSellerInTransit: fill_inputs(published.in_transit, nullptr); return true;
        case Quantity::kSourceRefused: copy(published.source_refused); return true;
        case Quantity::kSourceReturned: copy(published.source_returned); return true;
        default: break;
    }
    const auto field = source_field(quantity);
    if (field == nullptr) return false;
    std::transform(published.sources.begin(), published.sources.end(), today_.begin(),
                   [&](const SourceBook& book) { return static_cast<double>(book.*field); });
    return true;
}

}  // namespace chokepoint::record
