#include "explain_result.hpp"

#include "format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace chokepoint::cli {

namespace {

constexpr double kTrifle = 1e-6;      // [t]
constexpr std::size_t kBranches = 2;  // sellers followed at each tier
constexpr std::size_t kLongest = 8;   // sellers followed in all

double share(double part, double whole) { return whole > 0 ? part / whole : 0; }

double owed(const SourceSlice& source)
{
    const auto p = static_cast<std::size_t>(Part::kOwed);
    return std::max(0.0, source.at[p] - source.usual[p]);
}

double largest_cause(const MaterialSlice& m)
{
    const auto all = causes(m);
    return all.empty() ? 0 : all.front().tonnes;
}

// Sellers that owe a tenth of the largest cause or more, most first.
std::vector<std::size_t> debtors(const MaterialSlice& m)
{
    std::vector<std::pair<double, std::size_t>> all;
    for (const SourceSlice& source : m.sources)
        if (owed(source) > kTrifle && owed(source) >= kWorthNaming * largest_cause(m)) all.emplace_back(owed(source), source.seller);
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<std::size_t> out;
    for (const auto& [tonnes, seller] : all)
        if (out.size() < kBranches) out.push_back(seller);
    return out;
}

// What a seller wants to use counts work on orders it owes and on its finished stock, so it is told beside that of the first week.
std::string backlog_text(const MaterialSlice& m)
{
    constexpr double kMore = 1.05;
    if (!(m.usual_need > 0) || m.need.median < kMore * m.usual_need) return {};
    return fmt::format(" ({} t/d for its orders, what it owes and its finished stock, against {} t/d in the first week)", number_text(m.need.median), number_text(m.usual_need));
}

std::string lack_text(const SliceAxes& axes, const Who& who, const MaterialSlice& m)
{
    return fmt::format(" It lacked {} t/d of {}, {} of what it wanted to use{}, {}: {} t in stock, against {} t in the first week. ",
                       number_text(m.lacked.median), named(m.title, m.product), percent_text(share(m.lacked.median, m.need.median)), backlog_text(m),
                       m.lacks_since < 0 ? "in this week" : fmt::format("without a break since the week of {}", (axes.start + m.lacks_since).to_string()),
                       number_text(some(m, m.stock.median)), number_text(m.usual_stock)) +
           cause_sentence(axes, who, m);
}

class Walk {
  public:
    Walk(const SliceAxes& axes, const ReadSeller& read) : axes_(axes), read_(read) {}

    void follow(const MaterialSlice& m)
    {
        for (const std::size_t seller : debtors(m)) {
            if (out.size() >= kLongest || !seen_.insert(seller).second) continue;
            const Slice slice = read_(seller);
            const Who who = seller_of(axes_, seller);
            const MaterialSlice* lacks = scarcest(slice);
            if (lacks != nullptr && !(lacks->lacked.median > record::kShortShare * lacks->need.median)) lacks = nullptr;
            Tier tier{who.id, lacks != nullptr ? lacks->product : "", made_text(axes_, who, slice) + seller_reason(axes_, slice), seller_measures(axes_, slice)};
            if (lacks != nullptr) {
                tier.text += lack_text(axes_, who, *lacks);
                const auto holding = measures(axes_, who, slice, *lacks);
                tier.measures.insert(tier.measures.begin(), holding.begin(), holding.end());
            }
            if (lacks == nullptr && !is_behind(*slice.seller) && slice.seller->finished.median >= slice.seller->owed.median)
                tier.text += " As a group it has the goods: single firms lack them, or may ship no more on a day.";
            out.push_back(std::move(tier));
            if (lacks != nullptr) follow(*lacks);
        }
    }

    std::vector<Tier> out;

  private:
    const SliceAxes& axes_;
    const ReadSeller& read_;
    std::set<std::size_t> seen_;
};

}  // namespace

Who buyer_of(const SliceAxes& axes, std::size_t buyer)
{
    const bool defense = buyer < axes.buyer_sectors.size() && axes.buyer_sectors[buyer] == "defense";
    return {axes.buyers[buyer], axes.buyer_titles[buyer], axes.buyer_regions[buyer], "buyer", defense};
}

Who seller_of(const SliceAxes& axes, std::size_t seller)
{
    return {axes.sellers[seller], axes.seller_titles[seller], axes.seller_regions[seller], axes.seller_roles[seller], false};
}

bool is_short(const MaterialSlice& m, double unmet)
{
    constexpr double kRounding = 1e-4;  // of need
    return unmet > kRounding * m.need.median;
}

double some(const MaterialSlice& m, double tonnes) { return tonnes < 1e-4 * m.need_a_day() ? 0 : tonnes; }

bool is_lacking(const MaterialSlice& m) { return m.unmet.median > record::kShortShare * m.need.median && is_short(m, m.unmet.median) && !lies_idle(m); }

bool lies_idle(const MaterialSlice& m)
{
    return is_short(m, m.unmet.median) && !is_short(m, m.lacked.median);
}

const MaterialSlice* scarcest(const Slice& slice)
{
    const MaterialSlice* out = nullptr;
    for (const MaterialSlice& m : slice.materials) {
        if (!is_short(m, m.lacked.median)) continue;
        if (out == nullptr || share(m.lacked.median, m.need.median) > share(out->lacked.median, out->need.median)) out = &m;
    }
    return out;
}

std::vector<Tier> tiers(const SliceAxes& axes, const MaterialSlice& m, const ReadSeller& read)
{
    Walk walk(axes, read);
    walk.follow(m);
    return std::move(walk.out);
}

}  // namespace chokepoint::cli
