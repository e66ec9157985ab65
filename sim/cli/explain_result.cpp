#include "explain_result.hpp"

#include "format.hpp"
#include "options.hpp"
#include "table.hpp"

#include "chokepoint/core/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
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
    return spread_text({value.median, value.low, value.high});
}

std::string days_text(const MaterialSlice& m, double tonnes)
{
    return m.need.median > 0 ? number_text(tonnes / m.need.median) : "-";
}

std::string label(const std::string& title, const std::string& id)
{
    return title.empty() || title == id ? id : fmt::format("{} ({})", title, id);
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

// Whether `unmet` is more than what whole grams leave over.
bool is_short(const MaterialSlice& m, double unmet)
{
    constexpr double kRounding = 1e-4;  // of need
    return unmet > kRounding * m.need.median;
}

std::string verdict(const MaterialSlice& m)
{
    if (!is_short(m, m.unmet.high)) return "not short";
    if (!is_short(m, m.unmet.median))
        return fmt::format("not short in the median (up to {} t/d unmet)", number_text(m.unmet.high));
    return fmt::format("short of {} t/d, {} of need", interval_text(m.unmet),
                       m.need.median > 0 ? percent_text(m.unmet.median / m.need.median) : "-");
}

std::string material_text(const SliceAxes& axes, const MaterialSlice& m, std::size_t width)
{
    std::string out = wrapped(fmt::format("{}: {}.", label(m.title, m.product), verdict(m)), width);
    out += wrapped(fmt::format("Need {} t/d, used {} t/d, stock {} t = {} d of need.", interval_text(m.need),
                               number_text(std::max(0.0, m.need.median - m.unmet.median)),
                               interval_text(m.stock), days_text(m, m.stock.median)),
                   width);
    if (is_short(m, m.unmet.high)) out += wrapped(cause_sentence(m, !axes.controls.empty()), width);
    return out + standing_table(axes, m) + "\n";
}

// Members that draw another value make events of their own: one line names the first and counts the others.
std::string events_text(const SliceAxes& axes, std::size_t buyer, const Slice& slice, std::size_t width)
{
    const std::string& region = axes.buyer_regions[buyer];
    std::string out;
    for (std::size_t i = 0; i < slice.events.size();) {
        const record::PolicyEvent& event = slice.events[i];
        std::size_t same = i + 1;
        int members = event.members;
        for (; same < slice.events.size() && slice.events[same].day == event.day &&
               slice.events[same].kind == event.kind && slice.events[same].subject == event.subject;
             ++same)
            members += slice.events[same].members;
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
            100 * axes.quantiles.back(), date_text(axes, slice.week_end)),
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

std::string never_short(const SliceAxes& axes, std::size_t buyer, std::optional<std::size_t> product,
                        bool json)
{
    const auto in_tail = record::first_short_day(axes, buyer, product, axes.quantiles.size() - 1);
    const std::string tail = in_tail ? date_text(axes, *in_tail) : "";
    if (json) return never_short_json(axes, buyer, tail);
    const std::string who = label(axes.buyer_titles[buyer], axes.buyers[buyer]);
    const double high = 100 * axes.quantiles.back();
    return wrapped(
        tail.empty()
            ? fmt::format("{} is never short: neither in the median nor in the {:g} % quantile.", who, high)
            : fmt::format("{} is never short in the median. In the {:g} % quantile it is, first on {}: "
                          "--date {} explains that day.",
                          who, high, tail, tail),
        output_width());
}

}  // namespace

std::string slice_text(const SliceAxes& axes, std::size_t buyer, const Slice& slice, std::size_t width)
{
    std::string out = wrapped(fmt::format("{} on {}", label(axes.buyer_titles[buyer], axes.buyers[buyer]),
                                          date_text(axes, slice.day)),
                              width) +
                      "\n";
    for (const MaterialSlice& m : slice.materials) out += material_text(axes, m, width);
    if (slice.materials.empty()) out += "It never needs any of it.\n\n";
    return out + events_text(axes, buyer, slice, width) + "\n" + notes(axes, slice, width);
}

std::string explain_result(const ResultQuestion& question)
{
    const SliceAxes axes = record::read_slice_axes(question.file);
    if (question.buyer.empty())
        throw UsageError("explain: --result needs --buyer; " + core::did_you_mean("", axes.buyers, "buyers"));
    const std::size_t buyer = index_of("buyer", question.buyer, axes.buyers, "buyers");
    std::optional<std::size_t> product;
    if (!question.product.empty()) product = index_of("product", question.product, axes.products, "products");
    const auto day = question.date.empty() ? record::first_short_day(axes, buyer, product, axes.median())
                                           : std::optional(day_of(axes, question.date));
    if (!day) return never_short(axes, buyer, product, question.json);
    Slice slice = record::read_slice(axes, buyer, *day);
    if (product)
        std::erase_if(slice.materials, [&](const auto& m) { return m.product != axes.products[*product]; });
    if (question.json) return slice_json(axes, buyer, slice);
    std::string out = slice_text(axes, buyer, slice, output_width());
    if (question.date.empty())
        out += wrapped("The date is the first on which the median leaves over 1 % of a need unmet.",
                       output_width());
    return out;
}

}  // namespace chokepoint::cli
