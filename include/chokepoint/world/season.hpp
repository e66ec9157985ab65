#pragma once
// The season of one origin's exports, by day number. Factors are 1 where no season is set.
//
// Two curves: what clients use (shifted by the lane), and what they call off, which is the same but for
// closures of the border: what would be called off on closed days is called off in the fortnight before.
// Running sums C (calls) and U (use) give what should be under way or stocked ahead on day t for a
// lead of L days: C(t-1) - U(t-L).

#include "chokepoint/world/structure.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace chokepoint::world {

// Sum of a curve through `day` (a fraction of a day counts in part); curves are 1 before their first day.
[[nodiscard]] inline double season_sum(const std::vector<double>& sums, int first_day, double day)
{
    const double floor_day = std::floor(day);
    const auto at = [&](double d) {
        const auto i = static_cast<std::ptrdiff_t>(d) - first_day;
        if (i < 0) return static_cast<double>(i + 1);
        const auto last = static_cast<std::ptrdiff_t>(sums.size()) - 1;
        return i <= last ? sums[static_cast<std::size_t>(i)]
                         : sums[static_cast<std::size_t>(last)] + static_cast<double>(i - last);
    };
    const double whole = at(floor_day);
    return day == floor_day ? whole : whole + (day - floor_day) * (at(floor_day + 1) - whole);
}

// The same for whole days.
[[nodiscard]] inline double season_sum(const std::vector<double>& sums, int first_day, int day)
{
    const int i = day - first_day;
    const int last = static_cast<int>(sums.size()) - 1;
    if (i < 0) return i + 1;
    return i <= last ? sums[static_cast<std::size_t>(i)] : sums[static_cast<std::size_t>(last)] + (i - last);
}

// Factor on use that arrived from the origin after `lag` days.
[[nodiscard]] inline double season_of_use(const Parameters& parameters, int day, int lag)
{
    if (parameters.use_sum.empty()) return 1.0;
    return season_sum(parameters.use_sum, parameters.season_first, day - lag) -
           season_sum(parameters.use_sum, parameters.season_first, day - lag - 1);
}

// A link's call-offs over days (from, to]: days of base, following the season as far as the link does.
[[nodiscard]] inline double days_called(const Structure& structure, std::size_t link, int from, int to)
{
    const Parameters& p = structure.parameters;
    const double days = to - from;
    switch (static_cast<Seasonal>(structure.links.season[link])) {
        case Seasonal::kFlat: return days;
        case Seasonal::kDirect:
            return season_sum(p.call_sum, p.season_first, to) - season_sum(p.call_sum, p.season_first, from);
        case Seasonal::kIndirect: break;
    }
    const std::uint32_t seller = structure.links.seller[link];
    const int lag = p.season_lane[structure.blocks[structure.firms.block[seller]].region];
    const double sum = season_sum(p.use_sum, p.season_first, to - lag) - season_sum(p.use_sum, p.season_first, from - lag);
    return days + structure.firms.season_direct[seller] * (sum - days);
}

// The part of an order called off on `day`, the j-th day of its review period; parts sum to the order.
[[nodiscard]] inline std::int64_t call_off(const Structure& structure, std::size_t link, std::int64_t order, int day,
                                           int j)
{
    const int review = structure.parameters.review_days;
    if (structure.links.season[link] != static_cast<std::uint8_t>(Seasonal::kFlat)) {
        const int before = day - j - 1;  // last day of the period before
        const double total = days_called(structure, link, before, before + review);
        if (total != review && total > 0) {
            const auto until = [&](int d) {
                return static_cast<std::int64_t>(static_cast<double>(order) *
                                                 (days_called(structure, link, before, d) / total));
            };
            return until(day) - until(day - 1);
        }
    }
    return order / review + (j < order % review ? 1 : 0);
}

// The day whose place in the review period the call-offs of `day` take. With instant delivery orders are placed
// after the day's call-offs, so theirs begin on the next day; there is no season then.
[[nodiscard]] inline int day_of_calls(const Parameters& parameters, int day)
{
    return parameters.instant_delivery ? day + parameters.review_days - 1 : day;
}

// What days_called and call_off say for one day, looked up instead of summed again for every link of a
// seller.
class DaySeason {
  public:
    DaySeason(const Structure& structure, int day)
        : structure_(structure), review_(structure.parameters.review_days), day_of_review_(day % review_)
    {
        const Parameters& p = structure.parameters;
        if (p.call_sum.empty()) return;
        direct_ = period_sums(p.call_sum, day);
        for (const int lag : p.season_lane) indirect_.push_back(period_sums(p.use_sum, day - lag));
    }

    // Day of the review period, from 0, for a firm with this phase.
    [[nodiscard]] int day_of_period(int phase) const
    {
        const int j = day_of_review_ + phase;
        return j >= review_ ? j - review_ : j;
    }

    [[nodiscard]] double called_today(Seasonal season, std::uint32_t seller) const
    {
        const Of of = curve(season, seller);
        return of.sums == nullptr ? 1.0 : follow(of, 1, of.sums->front().until - of.sums->front().before);
    }

    [[nodiscard]] std::int64_t call_off(Seasonal season, std::uint32_t seller, std::int64_t order, int j) const
    {
        const Of of = curve(season, seller);
        if (of.sums != nullptr) {
            const Sums& sums = (*of.sums)[static_cast<std::size_t>(j)];
            const double total = sums.total == review_ ? review_ : follow(of, review_, sums.total);
            if (total != review_ && total > 0) {
                const bool whole = of.exposure < 0;
                const double until = whole ? sums.share_until : follow(of, j + 1, sums.until) / total;
                const double before = whole ? sums.share_before : follow(of, j, sums.before) / total;
                const auto grams = static_cast<double>(order);
                return static_cast<std::int64_t>(grams * until) - static_cast<std::int64_t>(grams * before);
            }
        }
        if (order <= UINT32_MAX) {  // 32-bit division is several times faster
            const auto small = static_cast<std::uint32_t>(order);
            const auto review = static_cast<std::uint32_t>(review_);
            return small / review + (static_cast<std::uint32_t>(j) < small % review ? 1 : 0);
        }
        return order / review_ + (j < order % review_ ? 1 : 0);
    }

    // What of an order is left to call off after the j-th day.
    [[nodiscard]] std::int64_t to_call(Seasonal season, std::uint32_t seller, std::int64_t order, int j) const
    {
        const Of of = curve(season, seller);
        if (of.sums != nullptr) {
            const Sums& sums = (*of.sums)[static_cast<std::size_t>(j)];
            const double total = sums.total == review_ ? review_ : follow(of, review_, sums.total);
            if (total != review_ && total > 0) {
                const double until = of.exposure < 0 ? sums.share_until : follow(of, j + 1, sums.until) / total;
                return order - static_cast<std::int64_t>(static_cast<double>(order) * until);
            }
        }
        return order - (order / review_ * (j + 1) + std::min<std::int64_t>(j + 1, order % review_));
    }

  private:
    struct Sums {  // of a curve over the period whose j-th day is today
        double total = 0, until = 0, before = 0;       // whole, through today, through yesterday
        double share_until = 0, share_before = 0;      // the same two over the whole
    };
    struct Of {
        const std::vector<Sums>* sums = nullptr;  // null: flat
        double exposure = -1;                     // negative: follows the curve in full
    };

    [[nodiscard]] std::vector<Sums> period_sums(const std::vector<double>& curve, int day) const
    {
        const int first = structure_.parameters.season_first;
        std::vector<Sums> out;
        for (int j = 0; j < review_; ++j) {
            const double start = season_sum(curve, first, day - j - 1);
            const double total = season_sum(curve, first, day - j - 1 + review_) - start;
            const double until = season_sum(curve, first, day) - start;
            const double before = season_sum(curve, first, day - 1) - start;
            out.push_back({total, until, before, until / total, before / total});
        }
        return out;
    }

    [[nodiscard]] Of curve(Seasonal season, std::uint32_t seller) const
    {
        switch (season) {
            case Seasonal::kFlat: return {};
            case Seasonal::kDirect: return {&direct_, -1};
            case Seasonal::kIndirect: break;
        }
        const std::uint32_t region = structure_.blocks[structure_.firms.block[seller]].region;
        return {&indirect_[region], structure_.firms.season_direct[seller]};
    }

    [[nodiscard]] static double follow(const Of& of, double days, double sum)
    {
        return of.exposure < 0 ? sum : days + of.exposure * (sum - days);
    }

    const Structure& structure_;
    int review_, day_of_review_;
    std::vector<Sums> direct_;                 // [R]
    std::vector<std::vector<Sums>> indirect_;  // [n_regions][R]
};

// Days of base use a link should have under way or stocked ahead on `day` before ordering.
[[nodiscard]] inline double planned_pipeline(const Structure& structure, std::size_t link, int day, double lead)
{
    const Parameters& p = structure.parameters;
    const double days = std::max(0.0, lead - 1);
    switch (static_cast<Seasonal>(structure.links.season[link])) {
        case Seasonal::kFlat: return days;
        case Seasonal::kDirect:
            return season_sum(p.call_sum, p.season_first, day - 1) -
                   season_sum(p.use_sum, p.season_first, day - 1 - days);
        case Seasonal::kIndirect: break;
    }
    const std::uint32_t seller = structure.links.seller[link];
    const int lag = p.season_lane[structure.blocks[structure.firms.block[seller]].region];
    const double sum = season_sum(p.use_sum, p.season_first, day - 1 - lag) -
                       season_sum(p.use_sum, p.season_first, day - 1 - lag - days);
    return days + structure.firms.season_direct[seller] * (sum - days);
}

// Factor on a buyer's base activity: its inputs' season, as they arrive.
[[nodiscard]] inline double season_of_firm(const Structure& structure, std::size_t firm, std::uint32_t region, int day)
{
    const double direct = structure.firms.season_direct[firm];
    const double indirect = structure.firms.season_indirect[firm];
    if (direct <= 0 && indirect <= 0) return 1.0;
    const Parameters& p = structure.parameters;
    return 1 + direct * (season_of_use(p, day, p.season_lane[region]) - 1) +
           indirect * (season_of_use(p, day, p.season_lane_home[region]) - 1);
}

}  // namespace chokepoint::world
