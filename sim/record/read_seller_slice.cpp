// Blocks that sell, and the books between a user and each of its sources.

#include "chokepoint/record/slice.hpp"

#include "hdf5_read.hpp"
#include "slice_rows.hpp"

#include <algorithm>
#include <limits>

namespace chokepoint::record {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();  // sums of medians have no interval
constexpr std::array<const char*, kParts> kPartNames{"source_owed",     "source_not_filed", "source_paused",
                                                     "source_in_review", "source_licensed",  "source_at_customs"};

std::vector<double> source_week(const SliceAxes& axes, const Hdf5Reader& file, const char* name, std::size_t week)
{
    return file.read_block(name, {week, 0}, {1, axes.sources.size()});
}

std::vector<double> source_sum(const SliceAxes& axes, const Hdf5Reader& file, const char* name, std::size_t first, std::size_t count)
{
    const auto values = file.read_block(name, {first, 0}, {count, axes.sources.size()});
    std::vector<double> out(axes.sources.size(), 0.0);
    for (std::size_t i = 0; i < values.size(); ++i) out[i % out.size()] += values[i];
    return out;
}

bool tells(const SourceSlice& source)
{
    const auto any = [](double x) { return x != 0; };
    return std::any_of(source.at.begin(), source.at.end(), any) || std::any_of(source.usual.begin(), source.usual.end(), any) ||
           source.refused > 0 || source.returned > 0 || source.base > 0;
}

std::size_t place_of(const std::vector<std::string>& ids, const std::string& id)
{
    return static_cast<std::size_t>(std::find(ids.begin(), ids.end(), id) - ids.begin());
}

// Where the orders of a block that sells stand: the sum of what its sources hold.
void add_standing(MaterialSlice& m)
{
    const auto sum = [&](auto of) {
        double out = 0;
        for (const SourceSlice& source : m.sources) out += of(source);
        return Interval{out, kNone, kNone};
    };
    const auto part = [](const auto& parts, Part p) { return parts[static_cast<std::size_t>(p)]; };
    const auto put = [&](Stand stand, auto value) {
        m.at[static_cast<std::size_t>(stand)] = sum([&](const SourceSlice& s) { return value(s.at); });
        m.usual[static_cast<std::size_t>(stand)] = sum([&](const SourceSlice& s) { return value(s.usual); });
    };
    put(Stand::kAtSeller, [&](const auto& p) { return part(p, Part::kOwed) + part(p, Part::kNotFiled) + part(p, Part::kPaused); });
    put(Stand::kInReview, [&](const auto& p) { return part(p, Part::kInReview); });
    put(Stand::kLicensed, [&](const auto& p) { return part(p, Part::kLicensed); });
    put(Stand::kAtCustoms, [&](const auto& p) { return part(p, Part::kAtCustoms); });
    m.open_files = sum([](const SourceSlice& s) { return s.open_files; });
    m.refused = sum([](const SourceSlice& s) { return s.refused; }).median;
    m.returned = sum([](const SourceSlice& s) { return s.returned; }).median;
    double oldest = 0;
    for (const SourceSlice& source : m.sources) oldest = std::max(oldest, source.oldest_file);
    m.oldest_file = {oldest, kNone, kNone};
}

// First day of the weeks in a row up to `week` in which the median of what lacked was over 1 % of need; -1 when this one was not.
int lacks_since(const std::vector<double>& need, const std::vector<double>& lacked, std::size_t n, std::size_t p, std::size_t week)
{
    int since = -1;
    for (std::size_t w = week + 1; w-- > 0;) {
        if (!(lacked[w * n + p] > kShortShare * need[w * n + p])) break;
        since = static_cast<int>(7 * w);
    }
    return since;
}

std::vector<double> sum_of(std::vector<double> a, const std::vector<double>& b)
{
    for (std::size_t i = 0; i < a.size(); ++i) a[i] += b[i];
    return a;
}

// Medians of all weeks: [week][product].
std::vector<double> median_weeks(const SliceAxes& axes, const Hdf5Reader& file, const char* name, std::size_t seller, std::size_t quantile)
{
    const std::size_t weeks = (static_cast<std::size_t>(axes.days) + 6) / 7;
    return file.read_block(name, {quantile, 0, seller, 0}, {1, weeks, 1, axes.products.size()});
}

std::vector<MaterialSlice> inputs(const SliceAxes& axes, const Rows& rows, std::size_t week)
{
    const auto need = rows.at("seller_need_q", week), unmet = rows.at("seller_shortfall_q", week), stock = rows.at("seller_stock_q", week);
    const auto transit = rows.at("seller_in_transit_q", week), first_stock = rows.at("seller_stock_q", 0), first_transit = rows.at("seller_in_transit_q", 0);
    const auto needs = median_weeks(axes, rows.file, "seller_need_q", rows.entity, axes.median());
    const auto lacked = rows.at("seller_lacked_q", week);
    const auto lacks = median_weeks(axes, rows.file, "seller_lacked_q", rows.entity, axes.median());
    const std::size_t n = axes.products.size();
    std::vector<MaterialSlice> out;
    for (std::size_t p = 0; p < n; ++p) {
        bool ever = false;
        for (std::size_t i = p; i < needs.size(); i += n) ever = ever || needs[i] > 0;
        if (!ever) continue;
        MaterialSlice m;
        m.product = axes.products[p];
        m.title = axes.product_titles[p];
        m.need = daily(need[p], axes, week);
        m.unmet = m.unmet_week = daily(unmet[p], axes, week);
        m.usual_need = needs[p] / std::min(7, axes.days);
        m.lacked = daily(lacked[p], axes, week);
        m.stock = stock[p];
        m.usual_stock = first_stock[p].median;
        m.at[static_cast<std::size_t>(Stand::kInTransit)] = transit[p];
        if (week > 0) m.usual[static_cast<std::size_t>(Stand::kInTransit)] = first_transit[p];
        m.lacks_since = lacks_since(needs, lacks, n, p, week);
        out.push_back(std::move(m));
    }
    return out;
}

}  // namespace

std::vector<PolicyEvent> read_events(const Hdf5Reader& file, int first, int last)
{
    std::vector<PolicyEvent> out;
    if (!file.has("events/day")) return out;
    const auto days = file.read_numbers("events/day"), members = file.read_numbers("events/members");
    const auto kinds = file.read_strings("events/kind"), subjects = file.read_strings("events/subject");
    const auto texts = file.read_strings("events/text");
    for (std::size_t i = 0; i < days.size(); ++i) {
        const int at = static_cast<int>(days[i]);
        if (at < first || at > last) continue;
        out.push_back({at, kinds[i], subjects[i], texts[i], static_cast<int>(members[i])});
    }
    return out;
}

namespace {

// Sources of the file in one week, all of their variables at once.
struct Books {
    std::array<std::vector<double>, kParts> at, usual;
    std::vector<double> files, oldest, refused, returned, base, duty, rise, before;

    Books(const SliceAxes& axes, const Hdf5Reader& file, int day)
    {
        const std::size_t week = static_cast<std::size_t>(day) / 7, first = week + 1 - std::min(week + 1, kSliceWeeks);
        for (std::size_t p = 0; p < kParts; ++p) {
            at[p] = source_week(axes, file, kPartNames[p], week);
            usual[p] = week > 0 ? source_week(axes, file, kPartNames[p], 0) : std::vector<double>(axes.sources.size(), 0.0);
        }
        files = source_week(axes, file, "source_open_files", week);
        oldest = source_week(axes, file, "source_oldest_file", week);
        refused = source_sum(axes, file, "source_refused", first, week + 1 - first);
        returned = source_sum(axes, file, "source_returned", first, week + 1 - first);
        base = file.read_numbers("source_base");
        duty = source_week(axes, file, "source_duty", week);
        rise = source_week(axes, file, "source_duty_rise", week);
        if (week > 0) before = source_week(axes, file, "source_duty", week - 1);
    }

    [[nodiscard]] SourceSlice of(const SliceAxes& axes, std::size_t s, std::size_t seller) const
    {
        SourceSlice out;
        out.seller = seller;
        if (!axes.source_controls[s].empty()) out.control = static_cast<int>(place_of(axes.controls, axes.source_controls[s]));
        for (std::size_t p = 0; p < kParts; ++p) {
            out.at[p] = at[p][s];
            out.usual[p] = usual[p][s];
        }
        out.open_files = files[s];
        out.oldest_file = oldest[s];
        out.refused = refused[s];
        out.returned = returned[s];
        out.base = base[s];
        out.duty = duty[s];
        out.duty_rise = rise[s];
        out.duty_week_before = before.empty() ? duty[s] - rise[s] : before[s];
        return out;
    }
};

// What a seller holds of the orders of all its clients, added up by the measure that guards them.
std::vector<SourceSlice> clients_of(const SliceAxes& axes, const Hdf5Reader& file, std::size_t seller, int day)
{
    const Books books(axes, file, day);
    std::vector<SourceSlice> out;
    for (std::size_t s = 0; s < axes.sources.size(); ++s) {
        const std::string& id = axes.sources[s];
        if (id.compare(0, id.find('>'), axes.sellers[seller]) != 0) continue;
        const SourceSlice one = books.of(axes, s, seller);
        auto same = std::find_if(out.begin(), out.end(), [&](const SourceSlice& other) { return other.control == one.control; });
        if (same == out.end()) {
            out.push_back(one);
            continue;
        }
        for (std::size_t p = 0; p < kParts; ++p) {
            same->at[p] += one.at[p];
            same->usual[p] += one.usual[p];
        }
        same->open_files += one.open_files;
        same->oldest_file = std::max(same->oldest_file, one.oldest_file);
        same->refused += one.refused;
        same->returned += one.returned;
        same->base += one.base;
    }
    return out;
}

int behind_since(const SliceAxes& axes, const Rows& rows, std::size_t week)
{
    const auto made = rows.file.read_block("seller_output_q", {axes.median(), 0, rows.entity}, {1, week + 1, 1});
    const auto unmade = rows.file.read_block("seller_output_short_q", {axes.median(), 0, rows.entity}, {1, week + 1, 1});
    return lacks_since(sum_of(made, unmade), unmade, 1, 0, week);
}

SellerSlice seller_of_week(const SliceAxes& axes, const Rows& rows, int day)
{
    const std::size_t week = static_cast<std::size_t>(day) / 7;
    SellerSlice out;
    out.seller = rows.entity;
    out.output = rows.one("seller_output_q", week);
    out.output_short = rows.one("seller_output_short_q", week);
    out.finished = rows.one("seller_finished_q", week);
    out.owed = rows.one("seller_owed_q", week);
    out.usual_output = rows.one("seller_output_q", 0).median;
    out.usual_finished = rows.one("seller_finished_q", 0).median;
    out.capacity = rows.one("seller_capacity_q", week);
    out.usual_capacity = rows.one("seller_capacity_q", 0).median;
    out.behind_since = behind_since(axes, rows, week);
    out.clients = clients_of(axes, rows.file, rows.entity, day);
    return out;
}

}  // namespace

void read_sources(const SliceAxes& axes, const Hdf5Reader& file, const std::string& user, int day, std::vector<MaterialSlice>& materials)
{
    if (axes.sources.empty()) return;
    const Books books(axes, file, day);
    for (std::size_t s = 0; s < axes.sources.size(); ++s) {
        const std::string& id = axes.sources[s];
        const std::size_t arrow = id.find('>');
        if (id.compare(arrow + 1, std::string::npos, user) != 0) continue;
        const SourceSlice source = books.of(axes, s, place_of(axes.sellers, id.substr(0, arrow)));
        if (!tells(source)) continue;
        for (MaterialSlice& m : materials) {
            if (m.product == axes.seller_products[source.seller]) m.sources.push_back(source);
        }
    }
}

Slice read_seller_slice(const SliceAxes& axes, std::size_t seller, int day)
{
    const Hdf5Reader file(axes.path);
    const Rows rows{axes, file, seller};
    const std::size_t week = static_cast<std::size_t>(day) / 7;
    Slice out;
    out.day = day;
    out.user = axes.sellers[seller];
    out.week_end = std::min(day / 7 * 7 + 6, axes.days - 1);
    out.seller = seller_of_week(axes, rows, day);
    out.materials = inputs(axes, rows, week);
    read_sources(axes, file, axes.sellers[seller], day, out.materials);
    for (MaterialSlice& m : out.materials) add_standing(m);
    out.history = read_events(file, 0, out.week_end);  // what it made is told of the week
    for (const PolicyEvent& event : out.history)
        if (event.day >= day - 30) out.events.push_back(event);
    return out;
}

std::vector<int> short_weeks(const SliceAxes& axes, std::size_t seller, std::optional<std::size_t> product, std::size_t quantile)
{
    const Hdf5Reader file(axes.path);
    const std::size_t n = axes.products.size(), weeks = (static_cast<std::size_t>(axes.days) + 6) / 7;
    const auto need = median_weeks(axes, file, "seller_need_q", seller, axes.median());
    const auto lacked = median_weeks(axes, file, "seller_lacked_q", seller, quantile);
    const auto made = file.read_block("seller_output_q", {axes.median(), 0, seller}, {1, weeks, 1});
    const auto unmade = file.read_block("seller_output_short_q", {quantile, 0, seller}, {1, weeks, 1});
    std::vector<int> out;
    for (std::size_t w = 0; w < weeks; ++w) {
        bool is_short = !product && unmade[w] > kShortShare * (made[w] + unmade[w]);
        for (std::size_t p = 0; p < n; ++p) {
            if (!product || *product == p) is_short = is_short || lacked[w * n + p] > kShortShare * need[w * n + p];
        }
        if (is_short) out.push_back(static_cast<int>(7 * w));
    }
    return out;
}

}  // namespace chokepoint::record
