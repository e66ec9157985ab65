#include "network.hpp"

#include "chokepoint/core/apportion.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <span>

namespace chokepoint::world {

namespace {

using core::Stream;

struct Chunk {  // one order of one firm
    std::uint64_t order = 0;  // random place on the line
    std::uint32_t firm = 0;
    std::int64_t grams = 0;
    std::uint32_t part = 0;
};
struct Offer {  // one seller's part of a block flow
    std::uint64_t order = 0;
    std::uint32_t firm = 0;
    std::int64_t grams = 0;
};

class NetworkMaker {
  public:
    NetworkMaker(BlockPlan& plan, const core::Random& random, int suppliers_min, int suppliers_max)
        : plan_(plan), random_(random), suppliers_min_(suppliers_min), suppliers_max_(suppliers_max)
    {
    }

    Network make()
    {
        number_firms();
        for (const PlannedFlow& flow : plan_.flows) sellers_of_[{flow.buyer, flow.product}].push_back(&flow);
        for (const std::uint32_t product : plan_.products_downstream_first) {
            for (const Role role : {Role::kBuyer, Role::kProducer, Role::kImporter, Role::kExporter}) {
                link_users(product, role);
            }
        }
        sort_links();
        std::sort(network_.slots.begin(), network_.slots.end(), [](const RawSlot& a, const RawSlot& b) {
            return std::tie(a.firm, a.product, a.part) < std::tie(b.firm, b.product, b.part);
        });
        return std::move(network_);
    }

  private:
    void number_firms()
    {
        std::uint32_t next = 0;
        for (std::uint32_t b = 0; b < plan_.blocks.size(); ++b) {
            PlannedBlock& planned = plan_.blocks[b];
            planned.block.first_firm = next;
            next += planned.block.n_firms;
            double sum = 0;
            const std::size_t first = network_.firm_weight.size();
            for (std::uint32_t i = 0; i < planned.block.n_firms; ++i) {
                const std::uint64_t key = core::combine_keys(planned.block.key, i);
                const double weight =
                    planned.size_log_sd > 0 ? std::exp(planned.size_log_sd * random_.normal(Stream::kFirmSize, key))
                                            : 1.0;
                network_.firm_key.push_back(key);
                network_.firm_block.push_back(b);
                network_.firm_weight.push_back(weight);
                sum += weight;
            }
            for (std::size_t i = first; i < network_.firm_weight.size(); ++i) network_.firm_weight[i] /= sum;
        }
        network_.firm_output.assign(next, 0);
        for (const PlannedBlock& planned : plan_.blocks) {
            if (planned.block.role == Role::kBuyer) set_buyer_output(planned);
        }
    }

    // Counted output is given; a buyer without it is counted in grams of its needs.
    void set_buyer_output(const PlannedBlock& planned)
    {
        double activity = planned.activity;
        if (activity <= 0) {
            const auto block = static_cast<std::uint32_t>(&planned - plan_.blocks.data());
            for (const PlannedInput& input : plan_.inputs) {
                if (input.block == block) activity += input.grams_per_day;
            }
        }
        apportion_by_weight(planned.block, std::llround(activity), [&](std::uint32_t firm, std::int64_t part) {
            network_.firm_output[firm] = part;
        });
    }

    template <class Take>
    void apportion_by_weight(const Block& block, std::int64_t total, Take take)
    {
        const std::span weights(network_.firm_weight.data() + block.first_firm, block.n_firms);
        const std::span keys(network_.firm_key.data() + block.first_firm, block.n_firms);
        std::vector<std::int64_t> parts(block.n_firms);
        core::apportion(total, weights, keys, parts);
        for (std::uint32_t i = 0; i < block.n_firms; ++i) take(block.first_firm + i, parts[i]);
    }

    void link_users(std::uint32_t product, Role role)
    {
        for (const PlannedInput& input : plan_.inputs) {
            const Block& block = plan_.blocks[input.block].block;
            if (input.product != product || block.role != role) continue;
            const auto chunks = need_chunks(input, block);
            if (chunks.empty()) continue;
            const std::int64_t total = std::accumulate(chunks.begin(), chunks.end(), std::int64_t{0},
                                                       [](std::int64_t s, const Chunk& c) { return s + c.grams; });
            overlap(chunks, offers(input, total, chunks.size()), product);
        }
    }

    // What each firm of a block needs of a product, in random order, cut into a few orders.
    std::vector<Chunk> need_chunks(const PlannedInput& input, const Block& block)
    {
        std::vector<Chunk> chunks;
        const auto order = [&](std::uint32_t firm, std::int64_t need, std::uint32_t part_kind) {
            if (need <= 0) return;
            network_.slots.push_back({firm, input.product, need, input.critical, part_kind});
            const std::uint64_t key = input_key(network_.firm_key[firm], plan_.product_key[input.product], part_kind);
            const int span = suppliers_max_ - suppliers_min_ + 1;
            const int n = suppliers_min_ + static_cast<int>(random_.uniform(Stream::kAttachment, key) * span);
            for (int i = 0; i < n; ++i) {
                const std::int64_t part = need * (i + 1) / n - need * i / n;
                if (part > 0) {
                    chunks.push_back({random_.bits(Stream::kAttachment, key, 0, static_cast<std::uint32_t>(i + 1)),
                                      firm, part, part_kind});
                }
            }
        };
        const std::uint32_t kinds = parts_of(plan_.blocks[input.block], input.critical);
        const auto take = [&](std::uint32_t firm, std::int64_t need) {
            for (std::int64_t k = 0; k < kinds; ++k)
                order(firm, need * (k + 1) / kinds - need * k / kinds, static_cast<std::uint32_t>(k));
        };
        if (block.role == Role::kExporter || block.role == Role::kImporter) {
            for (std::uint32_t i = 0; i < block.n_firms; ++i) {
                take(block.first_firm + i, network_.firm_output[block.first_firm + i]);
            }
        } else if (block.role == Role::kProducer && !(plan_.in_circle[block.product] && plan_.in_circle[input.product])) {
            producer_needs(input, block, take);
        } else {  // makers in a circle sell by size, see `offers`: what they need does not wait for what they sell
            apportion_by_weight(block, std::llround(input.grams_per_day), take);
        }
        std::sort(chunks.begin(), chunks.end(), [](const Chunk& a, const Chunk& b) {
            return std::tie(a.order, a.firm, a.part) < std::tie(b.order, b.firm, b.part);
        });
        return chunks;
    }

    template <class Take>
    void producer_needs(const PlannedInput& input, const Block& block, Take take)
    {
        const std::span outputs(network_.firm_output.data() + block.first_firm, block.n_firms);
        const std::span keys(network_.firm_key.data() + block.first_firm, block.n_firms);
        std::vector<std::int64_t> parts(block.n_firms);
        core::apportion(std::llround(input.grams_per_day), std::span<const std::int64_t>(outputs), keys, parts);
        for (std::uint32_t i = 0; i < block.n_firms; ++i) take(block.first_firm + i, parts[i]);
    }

    // The seller blocks' parts of a total, each divided over some of its firms.
    std::vector<Offer> offers(const PlannedInput& input, std::int64_t total, std::size_t n_chunks)
    {
        const auto& flows = sellers_of_[{input.block, input.product}];
        std::vector<double> weights;
        std::vector<std::uint64_t> ties;
        double sum = 0;
        for (const PlannedFlow* flow : flows) {
            weights.push_back(flow->grams_per_day);
            ties.push_back(plan_.blocks[flow->seller].block.key);
            sum += flow->grams_per_day;
        }
        std::vector<std::int64_t> parts(flows.size());
        core::apportion(total, weights, ties, parts);
        std::vector<Offer> out;
        for (std::size_t i = 0; i < flows.size(); ++i) {
            const Block& seller = plan_.blocks[flows[i]->seller].block;
            const auto wanted = plan_.in_circle[input.product]  // every firm sells its part, so output goes by size
                                    ? seller.n_firms
                                    : static_cast<std::size_t>(std::ceil(static_cast<double>(n_chunks) * weights[i] / sum));
            add_offers(seller, input, parts[i], wanted, out);
        }
        // A random order mixes origins: what one firm buys is not all from one country.
        std::sort(out.begin(), out.end(), [](const Offer& a, const Offer& b) {
            return std::tie(a.order, a.firm) < std::tie(b.order, b.firm);
        });
        return out;
    }

    // `wanted` firms of a block, drawn in proportion to size without replacement (exponential keys,
    // Efraimidis and Spirakis 2006), share `grams` by size.
    void add_offers(const Block& block, const PlannedInput& input, std::int64_t grams, std::size_t wanted,
                    std::vector<Offer>& out)
    {
        if (grams <= 0) return;
        const std::uint64_t pair_key = core::combine_keys(plan_.blocks[input.block].block.key, block.key);
        std::vector<std::pair<double, std::uint32_t>> rank(block.n_firms);
        for (std::uint32_t i = 0; i < block.n_firms; ++i) {
            const std::uint32_t firm = block.first_firm + i;
            const double u = random_.uniform(Stream::kAttachment,
                                             core::combine_keys(network_.firm_key[firm], pair_key));
            rank[i] = {-std::log(u) / network_.firm_weight[firm], firm};
        }
        wanted = std::clamp<std::size_t>(wanted, 1, rank.size());
        std::partial_sort(rank.begin(), rank.begin() + static_cast<std::ptrdiff_t>(wanted), rank.end());
        std::vector<double> weights;
        std::vector<std::uint64_t> keys;
        for (std::size_t i = 0; i < wanted; ++i) {
            weights.push_back(network_.firm_weight[rank[i].second]);
            keys.push_back(network_.firm_key[rank[i].second]);
        }
        std::vector<std::int64_t> parts(wanted);
        core::apportion(grams, weights, keys, parts);
        for (std::size_t i = 0; i < wanted; ++i) {
            if (parts[i] <= 0) continue;
            const std::uint64_t order = random_.bits(Stream::kAttachment, core::combine_keys(keys[i], pair_key), 1);
            out.push_back({order, rank[i].second, parts[i]});
        }
    }

    void overlap(const std::vector<Chunk>& chunks, const std::vector<Offer>& line, std::uint32_t product)
    {
        std::size_t seller = 0;
        std::int64_t left = line.empty() ? 0 : line[0].grams;
        for (const Chunk& chunk : chunks) {
            std::int64_t open = chunk.grams;
            while (open > 0 && seller < line.size()) {
                const std::int64_t grams = std::min(open, left);
                if (grams > 0) {
                    network_.links.push_back({chunk.firm, line[seller].firm, product, grams, chunk.part});
                    network_.firm_output[line[seller].firm] += grams;
                }
                open -= grams;
                left -= grams;
                if (left == 0 && ++seller < line.size()) left = line[seller].grams;
            }
        }
    }

    // One link per (buyer, product, part, seller).
    void sort_links()
    {
        auto& links = network_.links;
        std::sort(links.begin(), links.end(), [](const RawLink& a, const RawLink& b) {
            return std::tie(a.buyer, a.product, a.part, a.seller) < std::tie(b.buyer, b.product, b.part, b.seller);
        });
        std::size_t kept = 0;
        for (std::size_t i = 0; i < links.size(); ++i) {
            RawLink& last = links[kept == 0 ? 0 : kept - 1];
            if (kept > 0 && std::tie(last.buyer, last.product, last.part, last.seller) ==
                                std::tie(links[i].buyer, links[i].product, links[i].part, links[i].seller)) {
                last.base += links[i].base;
            } else {
                links[kept++] = links[i];
            }
        }
        links.resize(kept);
    }

    BlockPlan& plan_;
    const core::Random& random_;
    int suppliers_min_, suppliers_max_;
    Network network_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<const PlannedFlow*>> sellers_of_;
};

}  // namespace

std::uint32_t parts_of(const PlannedBlock& planned, scenario::Criticality critical)
{
    return critical == scenario::Criticality::kCritical ? static_cast<std::uint32_t>(planned.parts) : 1U;
}

Network make_network(BlockPlan& plan, const core::Random& random, int suppliers_min, int suppliers_max)
{
    return NetworkMaker(plan, random, suppliers_min, suppliers_max).make();
}

}  // namespace chokepoint::world
