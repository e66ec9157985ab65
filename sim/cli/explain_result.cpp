#include "explain_result.hpp"

#include "format.hpp"
#include "options.hpp"
#include "table.hpp"

#include "chokepoint/core/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace chokepoint::cli {

namespace {

using record::Interval;
using record::MaterialSlice;
using record::Slice;
using record::SliceAxes;

constexpr std::array<const char*, record::kStands> kPlaces{"at the seller: rationed, or not filed",
                                                           "waiting for a licence", "licensed, not shipped",
                                                           "held at customs", "in transit"};

std::string date_text(const SliceAxes& axes, int day) { return (axes.start + day).to_string(); }

std::string interval_text(const Interval& value)
{
    if (std::isnan(value.low)) return number_text(value.median);  // a sum of medians
    return spread_text({value.median, value.low, value.high});
}

std::string days_text(const MaterialSlice& m, double tonnes)
{
    return m.need.median > 0 ? number_text(tonnes / m.need.median) : "-";
}

std::string standing_table(const SliceAxes& axes, const MaterialSlice& m)
{
    Table table;
    table.column("where it stands", Align::kLeft);
    table.column("tonnes");
    table.column("days of\nneed");
    table.column("first week\n[t]");
    for (std::size_t s = 0; s < record::kStands; ++s)
        table.row({kPlaces[s], interval_text(m.at[s]), days_text(m, m.at[s].median),
                   number_text(m.usual[s].median)});
    const auto four_weeks = [&](const char* what, double tonnes) {
        table.row({what, number_text(tonnes), days_text(m, tonnes), "-"});
    };
    four_weeks("refused, last four weeks", m.refused);
    four_weeks("returned for documents, last four weeks", m.returned);
    if (!axes.routes.empty()) {
        four_weeks("arrived by covert routes, all users, 28 d", m.route_arrived);
        four_weeks("seized on covert routes, all users, 28 d", m.route_seized);
    }
    return table.to_string();
}

std::string verdict(const MaterialSlice& m)
{
    if (!is_short(m, m.unmet.high)) return "not short";
    if (!is_short(m, m.unmet.median))
        return fmt::format("not short in the median (up to {} t/d unmet)", number_text(m.unmet.high));
    return fmt::format("short of {} t/d, {} of need", interval_text(m.unmet),
                       m.need.median > 0 ? percent_text(m.unmet.median / m.need.median) : "-");
}

std::string given_up_text(const MaterialSlice& m)
{
    if (!m.given_up || !is_short(m, m.given_up->median)) return {};
    return fmt::format(" Beside it {} t/d of need were given up for price or duty.", interval_text(*m.given_up));
}

// Part of what is unmet that lay in stock. Of a buyer group what is unmet is told by the day and not by the week.
std::string idle_part(const Slice& slice, const MaterialSlice& m)
{
    constexpr double kNearlyAll = 0.9;
    if (!slice.seller || !m.lacked || !(m.lacked->median < kNearlyAll * m.unmet.median)) return {};
    return fmt::format(" In that week {} t/d of it were not there; what else was not used lay idle.", interval_text(*m.lacked));
}

// "It is not used for want of Magnets (magnet)": goods that lie in stock while the line stands.
std::string idle_text(const MaterialSlice& m, const MaterialSlice* scarce)
{
    return fmt::format("{}: not lacking. {} t/d of its need are not used, though stock is {} t = {} d of need: {}.", named(m.title, m.product),
                       interval_text(m.unmet), interval_text(m.stock), days_text(m, m.stock.median),
                       scarce != nullptr ? "they lie idle for want of " + named(scarce->title, scarce->product) : "output stops for another reason");
}

std::string chain_text(const SliceAxes& axes, const Who& who, const Slice& slice, const MaterialSlice& m, const ReadSeller& read, std::size_t width)
{
    std::string out;
    std::vector<std::string> told;
    const auto add = [&](const std::vector<Measure>& found, const char* opening) {
        for (const Measure& one : found) {
            if (std::find(told.begin(), told.end(), one.id) != told.end()) continue;
            told.push_back(one.id);
            out += wrapped(fmt::format("{} {}", opening, one.sentence), width);
        }
    };
    add(measures(axes, who, slice, m), "The measure:");
    const auto chain = tiers(axes, m, read);
    for (const Tier& tier : chain) {
        if (&tier == &chain.front()) out += "Behind it, seller by seller:\n";
        out += wrapped("- " + tier.text, width, 2);
    }
    for (const Tier& tier : chain) add(tier.measures, "It begins with the measure");
    return out;
}

std::string material_text(const SliceAxes& axes, const Who& who, const Slice& slice, const MaterialSlice& m, const ReadSeller& read,
                          std::size_t width)
{
    if (lies_idle(m)) return wrapped(idle_text(m, scarcest(slice)), width) + "\n";
    if (!is_short(m, m.unmet.high)) {
        return wrapped(fmt::format("{}: {}. Stock {} t = {} d of need.{}", named(m.title, m.product), verdict(m), interval_text(m.stock),
                                   days_text(m, m.stock.median), given_up_text(m)), width) + "\n";
    }
    std::string out = wrapped(fmt::format("{}: {}.", named(m.title, m.product), verdict(m)), width);
    out += wrapped(fmt::format("Need {} t/d, used {} t/d, stock {} t = {} d of need.{}", interval_text(m.need),
                               number_text(std::max(0.0, m.need.median - m.unmet.median)),
                               interval_text(m.stock), days_text(m, m.stock.median), idle_part(slice, m) + given_up_text(m)),
                   width);
    out += wrapped(cause_sentence(axes, who, m), width);
    return out + chain_text(axes, who, slice, m, read, width) + standing_table(axes, m) + "\n";
}

std::string seller_text(const SliceAxes& axes, const Who& who, const Slice& slice, std::size_t width)
{
    if (!slice.seller) return {};
    const record::SellerSlice& s = *slice.seller;
    return wrapped(fmt::format("{} {} of {} in {}. In the week to {} it {} {} t, {} t less than it wanted. It holds {} t of finished goods "
                               "and owes its clients {} t.",
                               who.role == "producer" ? "A" : "An", who.role, axes.seller_products[s.seller], who.region, date_text(axes, slice.week_end),
                               who.role == "producer" ? "made" : "passed on", interval_text(s.output), interval_text(s.output_short),
                               interval_text(s.finished), interval_text(s.owed)), width) + "\n";
}

// Members that draw another value make events of their own: one line names the first and counts the others.
std::string events_text(const SliceAxes& axes, const std::string& region, const Slice& slice, std::size_t width)
{
    std::string out;
    for (std::size_t i = 0; i < slice.events.size();) {
        const record::PolicyEvent& event = slice.events[i];
        std::size_t same = i + 1;
        int members = event.members;
        for (; same < slice.events.size() && slice.events[same].day == event.day &&
               slice.events[same].kind == event.kind && slice.events[same].subject == event.subject;
             ++same)
            members += slice.events[same].members;
        if (members > static_cast<int>(axes.members_done)) {  // several events of one day, not one with several values
            same = i + 1;
            members = event.members;
        }
        const std::size_t others = same - i - 1;
        i = same;
        if (!concerns(event, region, axes.controls)) continue;
        out += wrapped(
            fmt::format("{} {} {}: {} ({}{} of {})", date_text(axes, event.day), event.kind, event.subject,
                        event.text,
                        others > 0 ? fmt::format("one of {}; ", counted_text(others + 1, "value")) : "",
                        members, counted_text(axes.members_done, "member")),
            width, 2);
    }
    const std::string from = date_text(axes, std::max(0, slice.day - 30));
    return out.empty() ? fmt::format("No policy event toward {} since {}.\n", region, from)
                       : fmt::format("Policy toward {} since {}:\n{}", region, from, out);
}

std::string notes(const SliceAxes& axes, const Slice& slice, std::size_t width)
{
    return wrapped(
        fmt::format(
            "Figures are medians over {}, in brackets the {:g} to {:g} % quantiles; medians of parts need "
            "not add up to the median of the whole. Where goods stand, files, refusals and returns are "
            "weekly: the end of the week that holds the date, {}. Goods refused or returned again count "
            "again. "
            "Causes are ranked by what stands at "
            "a place beyond the first week of the run.",
            counted_text(axes.members_done, "member"), 100 * axes.quantiles.front(),
            100 * axes.quantiles.back(), date_text(axes, slice.week_end)) +
            (slice.seller ? " Need and what is unmet are means of that week. Where goods stand is added up over sellers."
                          : " What single sellers hold is of that week too."),
        width);
}

std::size_t index_of(const std::string& what, const std::string& word, const std::vector<std::string>& ids,
                     const std::string& many)
{
    const auto found = std::find(ids.begin(), ids.end(), word);
    if (found == ids.end())
        throw UsageError(fmt::format("explain: no {} \"{}\" in the result; {}", what, word,
                                     core::did_you_mean(word, ids, many)));
    return static_cast<std::size_t>(found - ids.begin());
}

int day_of(const SliceAxes& axes, const std::string& text)
{
    const auto date = core::Date::parse(text);
    if (!date)
        throw UsageError(fmt::format("explain: --date \"{}\" is not a date; write it as 2025-06-03", text));
    const int day = *date - axes.start;
    if (day < 0 || day >= axes.days)
        throw UsageError(fmt::format("explain: --date {} is outside the run; give {} to {}", text,
                                     date_text(axes, 0), date_text(axes, axes.days - 1)));
    return day;
}

std::string never_short(const SliceAxes& axes, const Who& who_asked, const std::optional<int>& in_tail, bool json)
{
    const std::string tail = in_tail ? date_text(axes, *in_tail) : "";
    if (json) return never_short_json(who_asked, tail);
    const std::string who = named(who_asked);
    const double high = 100 * axes.quantiles.back();
    return wrapped(
        tail.empty()
            ? fmt::format("{} is never short: neither in the median nor in the {:g} % quantile. Need given up for price or duty is no shortage and is told by run, compare and report.", who, high)
            : fmt::format("{} is never short in the median. In the {:g} % quantile it is, first on {}: "
                          "--date {} explains that day.",
                          who, high, tail, tail),
        output_width());
}

}  // namespace

std::string slice_text(const SliceAxes& axes, const Who& who, const Slice& slice, const ReadSeller& read, std::size_t width)
{
    const std::string head = fmt::format("{} on {}", named(who), date_text(axes, slice.day));
    const bool all_met = std::none_of(slice.materials.begin(), slice.materials.end(), [](const MaterialSlice& m) {
        return is_short(m, m.unmet.high) || !given_up_text(m).empty();
    });
    if (!slice.seller && all_met) return wrapped(head + (slice.materials.empty() ? ": it never needs any of it." : ": not short of anything."), width);
    std::string out = wrapped(head, width) + "\n" + seller_text(axes, who, slice, width);
    for (const MaterialSlice& m : slice.materials) out += material_text(axes, who, slice, m, read, width);
    if (slice.materials.empty()) out += slice.seller ? "It needs no input.\n\n" : "It never needs any of it.\n\n";
    return out + events_text(axes, who.region, slice, width) + "\n" + notes(axes, slice, width);
}

namespace {

// Buyer groups first, then blocks that sell.
struct Asked {
    bool sells = false;
    std::size_t index = 0;
};
Asked asked(const SliceAxes& axes, const std::string& block)
{
    std::vector<std::string> ids = axes.buyers;
    ids.insert(ids.end(), axes.sellers.begin(), axes.sellers.end());
    const std::string many = axes.sellers.empty() ? "buyers" : "buyers, makers, traders and importers";
    if (block.empty()) throw UsageError("explain: --result needs --block; " + core::did_you_mean("", ids, many));
    const std::size_t at = index_of("block", block, ids, many);
    return at < axes.buyers.size() ? Asked{false, at} : Asked{true, at - axes.buyers.size()};
}

std::optional<int> first_short(const SliceAxes& axes, const Asked& block, std::optional<std::size_t> product, std::size_t quantile)
{
    return block.sells ? record::first_short_week(axes, block.index, product, quantile)
                       : record::first_short_day(axes, block.index, product, quantile);
}

}  // namespace

std::string explain_result(const ResultQuestion& question)
{
    const SliceAxes axes = record::read_slice_axes(question.file);
    const Asked block = asked(axes, question.block);
    const Who who = block.sells ? seller_of(axes, block.index) : buyer_of(axes, block.index);
    std::optional<std::size_t> product;
    if (!question.product.empty()) product = index_of("product", question.product, axes.products, "products");
    const auto day = question.date.empty() ? first_short(axes, block, product, axes.median())
                                           : std::optional(day_of(axes, question.date));
    if (!day) return never_short(axes, who, first_short(axes, block, product, axes.quantiles.size() - 1), question.json);
    const ReadSeller read = [&](std::size_t seller) { return record::read_seller_slice(axes, seller, *day); };
    Slice slice = block.sells ? read(block.index) : record::read_slice(axes, block.index, *day);
    if (product)
        std::erase_if(slice.materials, [&](const auto& m) { return m.product != axes.products[*product]; });
    if (question.json) return slice_json(axes, who, slice, read);
    std::string out = slice_text(axes, who, slice, read, output_width());
    if (question.date.empty())
        out += wrapped(block.sells ? "The date begins the first week in which the median lacks over 1 % of an input or of the output wanted."
                                   : "The date is the first on which the median leaves over 1 % of a need unmet.",
                       output_width());
    return out;
}

}  // namespace chokepoint::cli
