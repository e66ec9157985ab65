#include "candidates.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace chokepoint::world {

namespace {

struct Makers {  // of one product, with running sums of their size
    std::vector<std::uint32_t> firm;
    std::vector<double> until;
    void add(std::uint32_t maker, double size)
    {
        until.push_back((until.empty() ? 0.0 : until.back()) + size);
        firm.push_back(maker);
    }
    [[nodiscard]] std::uint32_t at(double u) const
    {
        const auto found = std::upper_bound(until.begin(), until.end(), u * until.back());
        return firm[std::min<std::size_t>(static_cast<std::size_t>(found - until.begin()), firm.size() - 1)];
    }
};

class CandidateMaker {
  public:
    CandidateMaker(const scenario::Scenario& scenario, const BlockPlan& plan, const std::vector<std::uint8_t>& controlling,
                   const core::Random& random, Network& network)
        : scenario_(scenario), plan_(plan), controlling_(controlling), random_(random), network_(network)
    {
    }

    void make()
    {
        std::vector<RawLink> found;
        for (const RawSlot& slot : network_.slots) {
            const Block& block = plan_.blocks[network_.firm_block[slot.firm]].block;
            const bool makes = block.role == Role::kBuyer || block.role == Role::kProducer;
            if (makes && slot.critical != scenario::Criticality::kMinor) draw(slot, makers(slot.product, block.region), found);
        }
        auto& links = network_.links;
        links.insert(links.end(), found.begin(), found.end());
        std::sort(links.begin(), links.end(), by_rows);
    }

  private:
    static bool by_rows(const RawLink& a, const RawLink& b)
    {
        return std::tie(a.buyer, a.product, a.part, a.seller) < std::tie(b.buyer, b.product, b.part, b.seller);
    }

    // Sellers abroad whose authority asks for licences are no way out.
    const Makers& makers(std::uint32_t product, std::uint32_t home)
    {
        const std::uint32_t place = controlling_[home] != 0 ? home : kNone;
        const auto [known, is_new] = makers_.try_emplace({product, place});
        if (!is_new) return known->second;
        for (const PlannedBlock& planned : plan_.blocks) {
            const Block& block = planned.block;
            if (block.role != Role::kProducer || block.product != product) continue;
            if (block.region != place && controlling_[block.region] != 0) continue;
            for (std::uint32_t firm = block.first_firm; firm < block.first_firm + block.n_firms; ++firm) {
                if (network_.firm_output[firm] > 0) known->second.add(firm, static_cast<double>(network_.firm_output[firm]));
            }
        }
        return known->second;
    }

    // A maker already linked or drawn counts as no draw; few are left where a firm buys from nearly all.
    void draw(const RawSlot& slot, const Makers& among, std::vector<RawLink>& found) const
    {
        if (among.firm.empty()) return;
        const auto wanted = static_cast<std::size_t>(scenario_.behaviour.conduct.search.candidates);
        const std::size_t before = found.size();
        const std::uint64_t key = input_key(network_.firm_key[slot.firm], plan_.product_key[slot.product], slot.part);
        for (std::uint32_t i = 0; i < kTries * wanted && found.size() < before + wanted; ++i) {
            const RawLink link{slot.firm, among.at(random_.uniform(core::Stream::kSearch, key, 0, i)), slot.product, 0, slot.part};
            if (std::binary_search(network_.links.begin(), network_.links.end(), link, by_rows)) continue;
            const auto first = found.begin() + static_cast<std::ptrdiff_t>(before);
            if (std::none_of(first, found.end(), [&](const RawLink& other) { return other.seller == link.seller; })) found.push_back(link);
        }
    }

    static constexpr std::size_t kTries = 8;

    const scenario::Scenario& scenario_;
    const BlockPlan& plan_;
    const std::vector<std::uint8_t>& controlling_;
    const core::Random& random_;
    Network& network_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, Makers> makers_;  // product; home where that is guarded
};

}  // namespace

void add_candidates(const scenario::Scenario& scenario, const BlockPlan& plan, const std::vector<std::uint8_t>& controlling,
                    const core::Random& random, Network& network)
{
    if (scenario.behaviour.conduct.search.candidates > 0) CandidateMaker(scenario, plan, controlling, random, network).make();
}

}  // namespace chokepoint::world
