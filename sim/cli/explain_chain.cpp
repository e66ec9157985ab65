#include "explain_result.hpp"

#include "format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace chokepoint::cli {

namespace {

using record::MaterialSlice;
using record::Part;
using record::PolicyEvent;
using record::Slice;
using record::SliceAxes;
using record::SourceSlice;

constexpr double kTrifle = 1e-6;      // [t]
constexpr double kShort = 0.01;       // of need, or of output wanted
constexpr std::size_t kBranches = 2;  // sellers followed at each tier
constexpr std::size_t kLongest = 8;   // sellers followed in all

double share(double part, double whole) { return whole > 0 ? part / whole : 0; }

// What is in force on the day: the last events of a kind and subject, "routine since 2025-06-02".
struct InForce {
    std::string text, since;
    int members = 0;
    int values = 0;
};
InForce last_of(const SliceAxes& axes, const Slice& slice, const std::string& kind, const std::string& subject)
{
    InForce out;
    int day = -1;
    for (const PolicyEvent& event : slice.history) {
        if (event.kind != kind || event.subject != subject) continue;
        if (event.day != day) out = {event.text, (axes.start + event.day).to_string(), 0, 0};
        day = event.day;
        out.members += event.members;
        ++out.values;
    }
    return out;
}

// ", since 2025-06-02 in 3 of 4 members".
std::string since_text(const SliceAxes& axes, const InForce& what)
{
    return fmt::format(" since {}{}", what.since,
                       what.members < static_cast<int>(axes.members_done) ? fmt::format(" in {} of {}", what.members, counted_text(axes.members_done, "member"))
                                                                          : "");
}

// "slow becomes routine, by a rule" -> "routine".
std::string new_posture(const std::string& text)
{
    static const std::string kBecomes = " becomes ";
    const std::size_t at = text.find(kBecomes);
    if (at == std::string::npos) return text;
    const std::string rest = text.substr(at + kBecomes.size());
    return rest.substr(0, rest.find_first_of(" ,:;("));
}

std::string posture_text(const SliceAxes& axes, const Slice& slice, std::size_t control, const std::string& region)
{
    const auto place = std::find(axes.regions.begin(), axes.regions.end(), region) - axes.regions.begin();
    const InForce changed = last_of(axes, slice, "posture", axes.controls[control] + "." + region);
    if (changed.values > 0) return fmt::format("; posture toward {}: {}{}", region, new_posture(changed.text), since_text(axes, changed));
    const std::string& first = axes.posture_start[control * axes.regions.size() + static_cast<std::size_t>(place)];
    return first.empty() ? "" : fmt::format("; posture toward {}: {}", region, first);
}

std::string throughput_text(const SliceAxes& axes, const Slice& slice, const std::string& control)
{
    const InForce level = last_of(axes, slice, "throughput", control);
    if (level.values == 0) return {};
    if (level.values > 1) return fmt::format("; throughput drawn by member since {}", level.since);
    return fmt::format("; throughput {}{}", level.text, since_text(axes, level));
}

std::string measure_text(const SliceAxes& axes, const Who& who, const Slice& slice, std::size_t control)
{
    const std::string& id = axes.controls[control];
    const InForce state = last_of(axes, slice, "control", id);
    const bool over = state.text.find("no longer") != std::string::npos;
    return fmt::format("{} of {}, in force {} {}{}{}{}.", named(axes.control_titles[control], id), axes.control_regions[control],
                       over ? "from" : "since", axes.control_from[control], over ? " to " + state.since : "",
                       posture_text(axes, slice, control, who.region), throughput_text(axes, slice, id));
}

// What a measure holds of a source beyond the first week [t].
double held_up(const SourceSlice& source)
{
    double out = source.refused + source.returned;
    for (std::size_t p = static_cast<std::size_t>(Part::kNotFiled); p < record::kParts; ++p)
        out += std::max(0.0, source.at[p] - source.usual[p]);
    return out;
}

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

bool is_behind(const record::SellerSlice& s) { return s.output_short.median > kShort * (s.output.median + s.output_short.median); }

std::string made_text(const SliceAxes& axes, const Who& who, const Slice& slice)
{
    const record::SellerSlice& s = *slice.seller;
    const double made = s.output.median, missing = s.output_short.median;
    const std::string less = is_behind(s)
                                 ? fmt::format("{} t less than it wanted", number_text(missing))
                                 : std::string("as much as it wanted but for 1 % or less");
    return fmt::format("{}, {} of {} in {}, {} {} t in the week to {}, {}; it holds {} t of finished goods and owes its clients {} t.",
                       named(who), who.role == "producer" ? "a producer" : "an " + who.role, axes.seller_products[s.seller], who.region,
                       who.role == "producer" ? "made" : "passed on", number_text(made), (axes.start + slice.week_end).to_string(), less,
                       number_text(s.finished.median), number_text(s.owed.median));
}

std::string lack_text(const SliceAxes& axes, const Who& who, const MaterialSlice& m)
{
    return fmt::format(" It lacked {} t/d of {}, {} of what it needed, {}: {} t in stock = {} d of need, against {} t in the first week. ",
                       number_text(m.lacked->median), named(m.title, m.product), percent_text(share(m.lacked->median, m.need.median)),
                       m.lacks_since < 0 ? "in this week" : fmt::format("without a break since the week of {}", (axes.start + m.lacks_since).to_string()),
                       number_text(m.stock.median), number_text(share(m.stock.median, m.need.median)), number_text(m.usual_stock)) +
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
            if (lacks != nullptr && !(lacks->lacked->median > kShort * lacks->need.median)) lacks = nullptr;
            Tier tier{who.id, lacks != nullptr ? lacks->product : "", made_text(axes_, who, slice), {}};
            if (lacks != nullptr) {
                tier.text += lack_text(axes_, who, *lacks);
                tier.measures = measures(axes_, who, slice, *lacks);
            } else if (who.role == "producer" && is_behind(*slice.seller)) {
                tier.text += " It lacked no input: its capacity is the limit.";
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

bool lies_idle(const MaterialSlice& m)
{
    return m.lacked && is_short(m, m.unmet.median) && !is_short(m, m.lacked->median);
}

const MaterialSlice* scarcest(const Slice& slice)
{
    const MaterialSlice* out = nullptr;
    for (const MaterialSlice& m : slice.materials) {
        if (!m.lacked || !is_short(m, m.lacked->median)) continue;
        if (out == nullptr || share(m.lacked->median, m.need.median) > share(out->lacked->median, out->need.median)) out = &m;
    }
    return out;
}

std::vector<Measure> measures(const SliceAxes& axes, const Who& who, const Slice& slice, const MaterialSlice& m)
{
    std::vector<double> held(axes.control_titles.size(), 0.0);
    for (const SourceSlice& source : m.sources)
        if (source.control >= 0) held[static_cast<std::size_t>(source.control)] += held_up(source);
    std::vector<Measure> out;
    for (std::size_t c = 0; c < held.size(); ++c) {
        if (held[c] > kTrifle && held[c] >= kWorthNaming * largest_cause(m)) out.push_back({axes.controls[c], measure_text(axes, who, slice, c)});
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
