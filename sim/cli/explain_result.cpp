#include "explain_result.hpp"

#include "format.hpp"
#include "options.hpp"

#include "chokepoint/core/suggest.hpp"
#include "chokepoint/record/short_day.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace chokepoint::cli {

namespace {

std::string date_text(const SliceAxes& axes, int day) { return (axes.start + day).to_string(); }

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

std::string never_short(const SliceAxes& axes, const Who& who_asked, const std::string& product, const std::optional<int>& in_tail, bool json)
{
    const std::string tail = in_tail ? date_text(axes, *in_tail) : "";
    if (json) return never_short_json(who_asked, tail);
    const std::string who = named(who_asked), of = product.empty() ? "" : " of " + product;
    const double high = 100 * axes.quantiles.back();
    return wrapped(
        tail.empty()
            ? fmt::format("{} is never short{}: neither in the median nor in the {:g} % quantile.{}", who, of, high,
                          who_asked.role == "buyer" ? " Need given up for price or duty is no shortage and is told by run, compare and report." : "")
            : fmt::format("{} is never short{} in the median. In the {:g} % quantile it is, first on {}; causes are told of the median alone.",
                          who, of, high, tail),
        output_width());
}

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
    std::vector<std::string> parts;  // a trader of a family is a block for each material
    for (const std::string& id : ids)
        if (id.starts_with(block + ":")) parts.push_back(id);
    if (!parts.empty()) throw UsageError(fmt::format("explain: {} trades several materials; name one block: {}", block, fmt::join(parts, ", ")));
    const std::size_t at = index_of("block", block, ids, many);
    return at < axes.buyers.size() ? Asked{false, at} : Asked{true, at - axes.buyers.size()};
}

std::vector<int> all_short(const SliceAxes& axes, const Asked& block, std::optional<std::size_t> product, std::size_t quantile)
{
    return block.sells ? record::short_weeks(axes, block.index, product, quantile) : record::short_days(axes, block.index, product, quantile);
}

// Whether the median member has a first short day, so that the date of the table of `run` is told.
bool is_told(const SliceAxes& axes, const std::optional<record::FirstShort>& first) { return first && 2 * first->members >= axes.members_done && first->members > 0; }

std::optional<int> first_of(const std::vector<int>& days) { return days.empty() ? std::nullopt : std::optional(days.front()); }

// The first short day of the table of `run`; else, as of blocks that sell, the first on which the median is short.
std::optional<int> day_unasked(const SliceAxes& axes, const Telling& telling)
{
    return is_told(axes, telling.first_short) ? std::optional(record::whole_day(telling.first_short->day)) : first_of(telling.short_days);
}

std::string date_note(const SliceAxes& axes, const Telling& telling)
{
    if (is_told(axes, telling.first_short))
        return fmt::format("The date is the first short day, as run and report give it: the first of five days in a row with over 1 % of a need unmet, the median over the {} of {} that "
                           "have one.", telling.first_short->members, counted_text(axes.members_done, "member"));
    return "The date is the first on which the median leaves over 1 % of a need unmet.";
}

// Asked for a material the block has no use for, "never short" would be true and beside the point.
void check_uses(const SliceAxes& axes, const Asked& block, const ResultQuestion& question)
{
    std::vector<std::string> used;
    for (const record::MaterialSlice& material : (block.sells ? record::read_seller_slice(axes, block.index, 0) : record::read_slice(axes, block.index, 0)).materials)
        used.push_back(material.product);
    if (std::find(used.begin(), used.end(), question.product) != used.end()) return;
    throw UsageError(fmt::format("explain: {} does not use {}; {}", question.block, question.product, used.empty() ? "it uses none" : fmt::format("it uses {}", fmt::join(used, ", "))));
}

}  // namespace

std::string explain_result(const ResultQuestion& question)
{
    const SliceAxes axes = record::read_slice_axes(question.file);
    const Asked block = asked(axes, question.block);
    const Who who = block.sells ? seller_of(axes, block.index) : buyer_of(axes, block.index);
    std::optional<std::size_t> product;
    if (!question.product.empty()) product = index_of("product", question.product, axes.products, "products");
    if (product) check_uses(axes, block, question);
    Telling telling{question.product, std::nullopt, all_short(axes, block, product, axes.median())};
    if (!block.sells) telling.first_short = record::first_short(axes, block.index, product);
    const auto day = question.date.empty() ? day_unasked(axes, telling) : std::optional(day_of(axes, question.date));
    if (!day) return never_short(axes, who, question.product, first_of(all_short(axes, block, product, axes.quantiles.size() - 1)), question.json);
    const ReadSeller read = [&](std::size_t seller) { return record::read_seller_slice(axes, seller, *day); };
    const Slice slice = block.sells ? read(block.index) : record::read_slice(axes, block.index, *day);
    if (question.json) return slice_json(axes, who, slice, read, telling);
    std::string out = slice_text(axes, who, slice, read, telling, output_width());
    if (question.date.empty())
        out += wrapped(block.sells ? "The date begins the first week in which the median lacks over 1 % of an input or of the output wanted." : date_note(axes, telling), output_width());
    return out;
}

}  // namespace chokepoint::cli
