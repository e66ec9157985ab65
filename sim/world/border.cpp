#include "border.hpp"

#include "chokepoint/core/error.hpp"
#include "sources.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <climits>
#include <map>
#include <numeric>
#include <tuple>

namespace chokepoint::world {

namespace {

using core::Stream;
using scenario::Scenario;

std::string owner_of(const Block& block) { return block.id.substr(0, block.id.find(':')); }  // family blocks: id:product

bool names(const std::vector<std::string>& ids, const std::string& id)
{
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

// What each firm does when asked for its clients; 1 withholds.
std::vector<std::uint8_t> draw_candour(const Scenario& scenario, const core::Random& random, Structure& structure)
{
    std::map<std::string, scenario::Candour> of_block;
    for (const auto& buyer : scenario.buyers) of_block[buyer.id] = buyer.candour;
    for (const auto& importer : scenario.importers) of_block[importer.id] = importer.candour;
    Firms& firms = structure.firms;
    const std::size_t n = structure.n_firms();
    std::vector<std::uint8_t> withholds(n, 0);
    firms.avoids.assign(n, 0);
    firms.dual_use.assign(n, 0);
    for (const Block& block : structure.blocks) {
        const auto found = of_block.find(owner_of(block));
        if (found == of_block.end()) continue;
        const scenario::Candour& candour = found->second;
        for (std::uint32_t firm = block.first_firm; firm < block.first_firm + block.n_firms; ++firm) {
            const double u = random.uniform(Stream::kCandour, firms.key[firm]);
            withholds[firm] = u < candour.withhold;
            firms.avoids[firm] = u >= candour.withhold && u < candour.withhold + candour.change_source;
            firms.dual_use[firm] = random.uniform(Stream::kCandour, firms.key[firm], 0, 1) < candour.defense_clients;
        }
    }
    return withholds;
}

class BorderMaker {
  public:
    BorderMaker(const Scenario& scenario, const core::Random& random, Structure& structure)
        : scenario_(scenario), structure_(structure), withholds_(draw_candour(scenario, random, structure))
    {
        slot_of_.resize(structure.n_links());
        for (std::uint32_t slot = 0; slot < structure.n_slots(); ++slot) {
            std::fill(slot_of_.begin() + structure.slots.link_begin[slot],
                      slot_of_.begin() + structure.slots.link_begin[slot + 1], slot);
        }
    }

    void make()
    {
        refuse_two_measures();
        Firms& firms = structure_.firms;
        firms.border_begin.assign(structure_.n_firms() + 1, 0);
        for (std::uint32_t seller = 0; seller < structure_.n_firms(); ++seller) {
            for (std::uint32_t out = firms.out_begin[seller]; out < firms.out_begin[seller + 1]; ++out) {
                guard(seller, out);
            }
            firms.border_begin[seller + 1] = static_cast<std::uint32_t>(structure_.border.out.size());
        }
        structure_.border.klass.assign(structure_.n_border(), 0);
        structure_.border.general.assign(structure_.n_border(), 0);
        for (std::uint16_t c = 0; c < structure_.policy.controls.size(); ++c) classify(c);
    }

  private:
    [[nodiscard]] const Block& block_of(std::uint32_t firm) const
    {
        return structure_.blocks[structure_.firms.block[firm]];
    }

    // Goods pass one authority: two announcements on the same goods are two lists of one measure.
    void refuse_two_measures() const
    {
        const auto& controls = structure_.policy.controls;
        for (std::size_t d = 1; d < controls.size(); ++d) {
            for (std::size_t c = 0; c < d; ++c) {
                for (std::size_t p = 0; p < structure_.products.size(); ++p) {
                    if (controls[c].region != controls[d].region || !controls[c].lists_product(p) || !controls[d].lists_product(p)) continue;
                    const std::string path = fmt::format("licensing.{}", controls[d].id);
                    throw core::InputError({{core::Diagnostic::Severity::kError, scenario_.origin ? scenario_.origin(path) : core::Location{}, path,
                        fmt::format("controls {}, which {} controls too", structure_.products[p].id, controls[c].id),
                        fmt::format("write it as one of licensing.{}.lists", controls[c].id)}});
                }
            }
        }
    }

    void guard(std::uint32_t seller, std::uint32_t out)
    {
        Links& links = structure_.links;
        const std::uint32_t in = links.in[out];
        const std::uint16_t product = structure_.slots.product[slot_of_[in]];
        const std::uint32_t buyer = structure_.slots.firm[slot_of_[in]];
        const bool leaves = links.out_abroad[out] != 0;
        if (!leaves && block_of(buyer).role != Role::kExporter) return;
        const std::uint16_t c = control_of(structure_, block_of(seller).region, product);
        if (c == kUncontrolled) return;
        Control& control = structure_.policy.controls[c];
        if (control.lists_product(product)) links.out_control[out] = c;
        if (!leaves) return;  // to a trading house: the border comes one step later
        BorderLinks& border = structure_.border;
        links.border[in] = links.out_border[out] = static_cast<std::uint32_t>(border.out.size());
        border.out.push_back(out);
        seller_.push_back(seller);
        border.control.push_back(c);
        border.product.push_back(product);
        border.buyer.push_back(buyer);
        border.slot.push_back(slot_of_[in]);
        border.row.push_back(structure_.slots.row[slot_of_[in]]);
        border.source.push_back(static_cast<std::uint32_t>(structure_.source_of(border.row.back(), structure_.firms.block[seller])));
        border.destination.push_back(static_cast<std::uint16_t>(block_of(buyer).region));
        if (control.lists.front().covers[product] != 0) control.base_flow += links.out_base[out];
    }

    // A distributor declares the clients it buys for; none of them is in defense, which buys direct.
    [[nodiscard]] EndUse end_use(std::uint32_t buyer) const
    {
        if (block_of(buyer).sector == static_cast<int>(scenario::Sector::kDefense)) return EndUse::kDefense;
        return withholds_[buyer] != 0 ? EndUse::kUnknown : EndUse::kCivil;
    }

    // The largest of some firms, until together they hold a share of the sizes: 1 for a firm that is in.
    [[nodiscard]] std::vector<std::uint8_t> largest(const std::vector<std::uint32_t>& firms,
                                                    const std::vector<std::int64_t>& size, double from, double to) const
    {
        std::vector<std::uint32_t> order = firms;
        std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
            return std::tuple(-size[a], structure_.firms.key[a]) < std::tuple(-size[b], structure_.firms.key[b]);
        });
        const auto total = static_cast<double>(std::accumulate(
            firms.begin(), firms.end(), std::int64_t{0}, [&](std::int64_t sum, std::uint32_t f) { return sum + size[f]; }));
        std::vector<std::uint8_t> in(structure_.n_firms(), 0);
        double before = 0;
        for (const std::uint32_t firm : order) {
            in[firm] = before >= from * total && before < to * total;
            before += static_cast<double>(size[firm]);
        }
        return in;
    }

    template <class Is>
    [[nodiscard]] std::vector<std::uint32_t> firms_of(Is is) const
    {
        std::vector<std::uint32_t> out;
        for (const Block& block : structure_.blocks) {
            if (!is(block)) continue;
            for (std::uint32_t i = 0; i < block.n_firms; ++i) out.push_back(block.first_firm + i);
        }
        return out;
    }

    // Controlled goods over the border by firm [g/d].
    [[nodiscard]] std::vector<std::int64_t> flow_by(const std::vector<std::uint32_t>& firm_of_border, std::uint16_t c) const
    {
        std::vector<std::int64_t> flow(structure_.n_firms(), 0);
        for (std::size_t b = 0; b < structure_.n_border(); ++b) {
            const bool listed = structure_.policy.controls[c].lists_product(structure_.border.product[b]);
            if (structure_.border.control[b] == c && listed) flow[firm_of_border[b]] += structure_.border_base(b);
        }
        return flow;
    }

    struct Group {  // firms that belong to a priority
        std::vector<std::uint8_t> sellers, users;  // [n_firms]
        std::vector<std::uint8_t> regions;         // [n_regions]
    };

    [[nodiscard]] Group group_of(const scenario::Priority& p, const std::vector<std::int64_t>& sold,
                                 const std::vector<std::int64_t>& bought) const
    {
        Group group;
        const auto sells = firms_of([&](const Block& b) { return p.exporters.empty() || names(p.exporters, owner_of(b)); });
        const auto uses = firms_of([&](const Block& b) {
            const bool sector = p.sectors.empty() || std::any_of(p.sectors.begin(), p.sectors.end(), [&](auto s) {
                                    return b.sector == static_cast<int>(s);
                                });
            return sector && (p.end_users.empty() || names(p.end_users, owner_of(b)));
        });
        group.sellers = largest(sells, sold, 0, p.largest_exporters);
        group.users = largest(uses, bought, 0, p.largest_users);
        for (const Region& region : structure_.regions) {
            group.regions.push_back(p.destinations.empty() || names(p.destinations, region.id));
        }
        return group;
    }

    struct Listing {  // [n_firms] of one entity list
        std::vector<std::uint8_t> listed, owned;
    };

    [[nodiscard]] Listing listing_of(const scenario::EntityList& list, const Control& control) const
    {
        std::vector<std::int64_t> need(structure_.n_firms(), 0);
        for (std::size_t slot = 0; slot < structure_.n_slots(); ++slot) {
            if (control.lists_product(structure_.slots.product[slot])) need[structure_.slots.firm[slot]] += structure_.slots.base_need[slot];
        }
        const auto users = firms_of([&](const Block& b) { return names(list.users, owner_of(b)); });
        Listing out{largest(users, need, 0, list.share), largest(users, need, list.share, list.share + list.owned)};
        for (const std::string& name : list.firms) {
            const std::size_t slash = name.find('/');
            const auto number = static_cast<std::uint32_t>(std::stoul(name.substr(slash + 1)));
            for (const Block& block : structure_.blocks) {
                if (owner_of(block) == name.substr(0, slash) && number < block.n_firms) out.listed[block.first_firm + number] = 1;
            }
        }
        return out;
    }

    // A list that lists nobody on any day stands in no other's place, nor among the causes of a result.
    void drop_idle(const Control& control, std::vector<Listing>& listings) const
    {
        const auto clear = [](std::vector<std::uint8_t>& firms) { std::fill(firms.begin(), firms.end(), std::uint8_t{0}); };
        for (std::size_t i = 0; i < listings.size(); ++i) {
            const EntityRow& list = control.entities[i];
            const bool ever = list.initial != Listed::kNo || std::any_of(list.changes.begin(), list.changes.end(), [](const auto& change) { return change.state != Listed::kNo; });
            if (!ever) clear(listings[i].listed);
            if (!ever || list.ownership_from == INT_MAX) clear(listings[i].owned);
        }
    }

    // The class of every link of a control, from what the scenario says of its seller and its buyer.
    void classify(std::uint16_t c)
    {
        Control& control = structure_.policy.controls[c];
        const scenario::Licensing& licensing = scenario_.licensing[c];
        const auto sold = flow_by(seller_, c);
        const auto bought = flow_by(structure_.border.buyer, c);
        std::vector<Group> groups;
        for (const auto& priority : licensing.priorities) groups.push_back(group_of(priority, sold, bought));
        std::vector<Listing> listings;
        for (const auto& list : licensing.entities) listings.push_back(listing_of(list, control));
        drop_idle(control, listings);
        const auto large = largest(firms_of([](const Block&) { return true; }), sold, 0, licensing.general.largest_exporters);
        const auto order = [](const ClassRow& r) { return std::tuple(r.destination, r.end_use, r.entity, r.owned, r.priorities); };
        const auto less = [&](const ClassRow& a, const ClassRow& b) { return order(a) < order(b); };
        std::vector<ClassRow> of_border(structure_.n_border());
        for (std::size_t b = 0; b < structure_.n_border(); ++b) {
            if (structure_.border.control[b] != c) continue;
            of_border[b] = class_row(b, groups, listings);
            control.classes.push_back(of_border[b]);
            structure_.border.general[b] = large[seller_[b]];
        }
        std::sort(control.classes.begin(), control.classes.end(), less);
        const auto same = [&](const ClassRow& x, const ClassRow& y) { return order(x) == order(y); };
        control.classes.erase(std::unique(control.classes.begin(), control.classes.end(), same), control.classes.end());
        for (std::size_t b = 0; b < structure_.n_border(); ++b) {
            if (structure_.border.control[b] != c) continue;
            const auto found = std::lower_bound(control.classes.begin(), control.classes.end(), of_border[b], less);
            structure_.border.klass[b] = static_cast<std::uint16_t>(found - control.classes.begin());
            // Of the first list, as the budget: what a later list adds must not move shares before it is in force.
            const bool first = control.lists.front().covers[structure_.border.product[b]] != 0;
            (first ? found->base_flow : found->later_flow) += structure_.border_base(b);
        }
    }

    [[nodiscard]] ClassRow class_row(std::size_t b, const std::vector<Group>& groups, const std::vector<Listing>& listings) const
    {
        const BorderLinks& border = structure_.border;
        ClassRow row;
        row.destination = border.destination[b];
        row.end_use = static_cast<std::uint8_t>(end_use(border.buyer[b]));
        for (std::uint16_t e = 0; e < listings.size(); ++e) {  // the first list that names the firm counts
            const bool listed = listings[e].listed[border.buyer[b]] != 0;
            if (row.entity != 0xffff || (!listed && listings[e].owned[border.buyer[b]] == 0)) continue;
            row.entity = e;
            row.owned = !listed;
        }
        for (std::uint32_t p = 0; p < groups.size(); ++p) {
            const bool in = groups[p].sellers[seller_[b]] != 0 && groups[p].users[border.buyer[b]] != 0 &&
                            groups[p].regions[row.destination] != 0;
            // Who names no end user is on no fast track.
            if (in && row.end_use != static_cast<std::uint8_t>(EndUse::kUnknown)) row.priorities |= 1U << p;
        }
        return row;
    }

    const Scenario& scenario_;
    Structure& structure_;
    std::vector<std::uint8_t> withholds_;  // [n_firms]
    std::vector<std::uint32_t> slot_of_;   // [n_links]
    std::vector<std::uint32_t> seller_;    // [n_border]
};

}  // namespace

void add_border(const Scenario& scenario, const core::Random& random, Structure& structure)
{
    BorderMaker(scenario, random, structure).make();
}

}  // namespace chokepoint::world
