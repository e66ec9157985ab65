#include "chokepoint/record/sampler.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace chokepoint::record {

namespace {

constexpr double kPpm = 1e6;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// `per_million`: counts in a tonne, and of money in a dollar.
double divisor(Quantity quantity, double per_million)
{
    switch (quantity) {
        case Quantity::kNeed:
        case Quantity::kShortfall:
        case Quantity::kFullNeed:
        case Quantity::kUsed:
        case Quantity::kSwitched:
        case Quantity::kGivenUp:
        case Quantity::kLost:
        case Quantity::kStock:
        case Quantity::kExports:
        case Quantity::kDuty:
        case Quantity::kFlown:
        case Quantity::kAtSeller:
        case Quantity::kInReview:
        case Quantity::kLicensed:
        case Quantity::kAtCustoms:
        case Quantity::kInTransit:
        case Quantity::kRefused:
        case Quantity::kReturned:
        case Quantity::kCapacity:
        case Quantity::kStockpileStock:
        case Quantity::kStockpileReleased:
        case Quantity::kStockpileRefilled:
        case Quantity::kRouteShipped:
        case Quantity::kRouteArrived:
        case Quantity::kRouteSeized:
        case Quantity::kSellerOutput:
        case Quantity::kSellerUnmade:
        case Quantity::kSellerCapacity:
        case Quantity::kSellerFinished:
        case Quantity::kSellerOwed:
        case Quantity::kSellerNeed:
        case Quantity::kLacked:
        case Quantity::kSellerShortfall:
        case Quantity::kSellerLacked:
        case Quantity::kSellerStock:
        case Quantity::kSellerInTransit:
        case Quantity::kSourceOwed:
        case Quantity::kSourceNotFiled:
        case Quantity::kSourcePaused:
        case Quantity::kSourceInReview:
        case Quantity::kSourceLicensed:
        case Quantity::kSourceAtCustoms:
        case Quantity::kSourceRefused:
        case Quantity::kSourceReturned:
            return per_million;
        case Quantity::kSourceDuty:
        case Quantity::kSourceDutyRise:
            return kPpm;
        default:
            return 1.0;
    }
}

}  // namespace

MemberResult failed_member(std::uint32_t member, std::string error)
{
    MemberResult result;
    result.member = member;
    result.status = MemberStatus::kFailed;
    result.error = std::move(error);
    return result;
}

Sampler::Sampler(const world::Structure& structure)
    : axes_(axes_of(structure)),
      layout_(axes_),
      per_million_(structure.per_million()),
      air_premium_(static_cast<double>(structure.parameters.air_premium)),
      flown_(structure.regions.size(), 0),
      duty_by_region_(structure.regions.size(), 0),
      licences_(axes_.controls.size() * axes_.regions.size()),
      desks_(axes_.desks.size()),
      memory_(axes_.controls.size()),
      waits_(axes_.controls.size() * axes_.regions.size() * world::kEndUses),
      late_(waits_.size(), 0),
      support_(axes_.producers.size(), 0),
      stockpiles_(axes_.stockpiles.size()),
      routes_(axes_.routes.size() * axes_.products.size())
{
    std::vector<std::size_t> buyer_of(structure.blocks.size(), axes_.buyers.size());
    for (std::size_t b = 0; b < structure.blocks.size(); ++b) {
        const auto& block = structure.blocks[b];
        if (block.role != world::Role::kBuyer) continue;
        buyer_of[b] = buyers_.size();
        Buyer buyer{.block = b, .counted = !block.unit.empty(), .value = block.value};
        for (std::uint32_t i = 0; i < block.n_firms; ++i) {
            buyer.base += structure.firms.base_output[block.first_firm + i];
        }
        buyers_.push_back(buyer);
    }
    for (std::size_t r = 0; r < structure.rows.size(); ++r) {
        const std::size_t buyer = buyer_of[structure.rows[r].block];
        if (buyer == axes_.buyers.size()) continue;
        const std::size_t product = structure.rows[r].product;
        rows_.push_back({.row = r, .entity = buyer * axes_.products.size() + product, .buyer = buyer, .price = structure.products[product].price});
    }
    for (const auto& control : structure.policy.controls)
        clocks_.push_back({control.calendar, control.deadline_mode == world::Deadline::kNone ? 0 : control.deadline});
    find_sellers(structure);
    std::size_t widest = 0;
    for (const auto& array : layout_.series) {
        widest = std::max(widest, array.width);
        result_.series.emplace_back(array.size(), 0.0F);
        const bool summed = array.span == Span::kWeekSum || array.span == Span::kMonthSum;
        sums_.emplace_back(summed ? array.width : 0, 0.0);
    }
    for (const auto& array : layout_.metrics) result_.metrics.emplace_back(array.size(), 0.0);
    today_.resize(widest);
}

template <class Amount>
void Sampler::fill_entities(Amount amount)
{
    std::fill_n(today_.begin(), buyers_.size() * axes_.products.size(), 0.0);
    for (const auto& row : rows_) today_[row.entity] = static_cast<double>(amount(row.row));
}

void Sampler::fill_rows(const std::vector<std::int64_t>& amounts)
{
    fill_entities([&](std::size_t row) { return amounts[row]; });
}

template <class Amount>
void Sampler::fill_output(Amount amount)
{
    for (std::size_t b = 0; b < buyers_.size(); ++b) {
        const Buyer& buyer = buyers_[b];
        today_[b] = buyer.base > 0 ? static_cast<double>(amount(buyer.block)) / static_cast<double>(buyer.base) : 0.0;
    }
}

void Sampler::fill_files(const world::Published& published, std::int64_t world::LicenceCounts::*count)
{
    std::transform(published.licences.begin(), published.licences.end(), today_.begin(),
                   [&](const auto& cell) { return static_cast<double>(cell.*count); });
}

void Sampler::fill_routes(const world::Published& published, std::int64_t world::RouteFlow::*field)
{
    std::transform(published.routes.begin(), published.routes.end(), today_.begin(),
                   [&](const auto& flow) { return static_cast<double>(flow.*field); });
}

void Sampler::fill_stockpiles(const world::Published& published, std::int64_t world::StockpileFlow::*field)
{
    std::transform(published.stockpiles.begin(), published.stockpiles.end(), today_.begin(),
                   [&](const auto& flow) { return static_cast<double>(flow.*field); });
}

void Sampler::fill(Quantity quantity, const world::Published& published)
{
    const auto copy = [&](const auto& from) {
        std::transform(from.begin(), from.end(), today_.begin(),
                       [](auto x) { return static_cast<double>(x); });
    };
    if (fill_sellers(quantity, published)) return;
    switch (quantity) {
        case Quantity::kNeed:
            return fill_rows(published.need);
        case Quantity::kShortfall:
            return fill_entities([&](std::size_t row) { return published.need[row] - published.use[row]; });
        case Quantity::kFullNeed:
            return fill_entities([&](std::size_t row) { return published.full_need(row); });
        case Quantity::kUsed:
            return fill_rows(published.use);
        case Quantity::kSwitched:
            return fill_rows(published.switched);
        case Quantity::kGivenUp:
            return fill_rows(published.given_up);
        case Quantity::kLost:
            return fill_entities([&](std::size_t row) { return published.need[row] - published.use[row] + published.given_up[row]; });
        case Quantity::kStock:
            return fill_rows(published.stock);
        case Quantity::kOutputLost:
            return fill_output([&](std::size_t block) { return published.wanted[block] - published.output[block] + published.output_given_up[block]; });
        case Quantity::kOutputGivenUp:
            return fill_output([&](std::size_t block) { return published.output_given_up[block]; });
        case Quantity::kExports:
            return copy(published.exports);
        case Quantity::kDuty:
            return copy(published.duty_by_region);
        case Quantity::kPriceOrigin:
            return copy(published.price_origin);
        case Quantity::kPriceOutside:
            return copy(published.price_outside);
        case Quantity::kFlown:
            return copy(published.flown);
        case Quantity::kPriceContract:
            return copy(published.price_contract);
        case Quantity::kExporterBears:
            return copy(published.exporter_bears);
        case Quantity::kFilesFiled:
            return fill_files(published, &world::LicenceCounts::filed);
        case Quantity::kFilesGranted:
            return fill_files(published, &world::LicenceCounts::granted);
        case Quantity::kFilesRefused:
            return fill_files(published, &world::LicenceCounts::refused);
        case Quantity::kFilesInReview:
            return fill_files(published, &world::LicenceCounts::in_review);
        case Quantity::kFilesReturned:
            return fill_files(published, &world::LicenceCounts::returned);
        case Quantity::kFilesLapsed:
            return fill_files(published, &world::LicenceCounts::lapsed);
        case Quantity::kShareGranted:
            for (std::size_t i = 0; i < licences_.size(); ++i) {
                today_[i] = licences_[i].filed > 0 ? static_cast<double>(licences_[i].granted) / static_cast<double>(licences_[i].filed) : kNaN;
            }
            return;
        case Quantity::kDeskFiles:
            for (std::size_t k = 0; k < desks_.size(); ++k) today_[k] = static_cast<double>(published.desks[k].in_review);
            return;
        case Quantity::kCapacity:
            return copy(published.capacity);
        case Quantity::kStockpileStock:
            return fill_stockpiles(published, &world::StockpileFlow::stock);
        case Quantity::kStockpileReleased:
            return fill_stockpiles(published, &world::StockpileFlow::released);
        case Quantity::kStockpileRefilled:
            return fill_stockpiles(published, &world::StockpileFlow::refilled);
        case Quantity::kAtSeller:
            return fill_rows(published.at_seller);
        case Quantity::kInReview:
            return fill_rows(published.in_review);
        case Quantity::kLicensed:
            return fill_rows(published.licensed);
        case Quantity::kAtCustoms:
            return fill_rows(published.at_customs);
        case Quantity::kInTransit:
            return fill_rows(published.in_transit);
        case Quantity::kOpenFiles:
            return fill_rows(published.open_files);
        case Quantity::kOldestFile:
            return fill_rows(published.oldest_file);
        case Quantity::kRefused:
            return fill_rows(published.refused);
        case Quantity::kReturned:
            return fill_rows(published.returned);
        case Quantity::kLacked:
            return fill_rows(published.lacked);
        case Quantity::kRouteShipped:
            return fill_routes(published, &world::RouteFlow::shipped);
        case Quantity::kRouteArrived:
            return fill_routes(published, &world::RouteFlow::arrived);
        case Quantity::kRouteSeized:
            return fill_routes(published, &world::RouteFlow::seized);
        case Quantity::kRouteEdgesOpen:
            return fill_routes(published, &world::RouteFlow::edges_open);
        default:
            return;  // metrics are tracked, not filled
    }
}

void Sampler::store(const MemberLayout::Array& array, int day, std::vector<float>& values,
                    std::vector<double>& sum)
{
    const bool month = array.span == Span::kMonthSum;
    const auto row = array.span == Span::kDay ? static_cast<std::size_t>(day)
                     : month                  ? axes_.month_of(day)
                                              : axes_.week_of(day);
    const bool first = month ? (day == 0 || (axes_.start + day).day() == 1) : day % 7 == 0;
    const double unit = divisor(array.quantity, per_million_);
    float* out = values.data() + row * array.width;
    if (sum.empty()) {  // a day, or the last day of the week so far
        for (std::size_t e = 0; e < array.width; ++e) out[e] = static_cast<float>(today_[e] / unit);
        return;
    }
    for (std::size_t e = 0; e < array.width; ++e) {
        sum[e] = (first ? 0.0 : sum[e]) + today_[e];
        out[e] = static_cast<float>(sum[e] / unit);
    }
}

void Sampler::track(int day, const world::Published& published)
{
    for (auto& row : rows_) {
        const std::int64_t need = published.need[row.row];
        const std::int64_t unmet = need - published.use[row.row];
        row.need += need;
        row.unmet += unmet;
        row.lacked += published.lacked[row.row];
        row.given_up += published.given_up[row.row];
        row.switched += published.switched[row.row];
        if (need > 0) row.run = unmet * kPerCent > need ? row.run + 1 : 0;  // a day of rest ends no run
        if (row.run == 1 && need > 0) row.since = day;
        row.longest = std::max(row.longest, row.run);
        if (row.first_short < 0 && row.run == kShortDaysInARow) row.first_short = row.since;
    }
    for (auto& buyer : buyers_) {
        const std::int64_t stopped = published.wanted[buyer.block] - published.output[buyer.block];
        buyer.stopped += stopped;
        buyer.given_up += published.output_given_up[buyer.block];
        buyer.duty += published.duty[buyer.block];
        if (buyer.first_stoppage < 0 && buyer.base > 0 && stopped * kPerCent >= buyer.base)
            buyer.first_stoppage = day;
    }
    for (std::size_t r = 0; r < duty_by_region_.size(); ++r)
        duty_by_region_[r] += published.duty_by_region[r];
    for (std::size_t r = 0; r < flown_.size(); ++r) flown_[r] += published.flown[r];
    track_weeks(day, published);
    track_desks(day, published);
}

// The share of a week can be told only from both of its sums in the same member: quantiles over members of need do not add up.
void Sampler::track_weeks(int day, const world::Published& published)
{
    if (day % kDaysOfWeek == 0) {
        for (auto& buyer : buyers_) buyer.week_lost = buyer.week_full = 0;
    }
    for (const auto& row : rows_) {
        buyers_[row.buyer].week_lost += published.need[row.row] - published.use[row.row] + published.given_up[row.row];
        buyers_[row.buyer].week_full += published.full_need(row.row);
    }
    if (day % kDaysOfWeek != kDaysOfWeek - 1 && day + 1 != axes_.days) return;
    for (auto& buyer : buyers_) {
        if (buyer.week_full <= 0) continue;
        const double share = static_cast<double>(buyer.week_lost) / static_cast<double>(buyer.week_full);
        if (!(share <= buyer.worst_week)) buyer.worst_week = share;  // also the first
    }
}

bool Sampler::is_late(const world::Decision& decision, int day) const
{
    const Clock& clock = clocks_[decision.control];
    if (clock.deadline == 0) return false;
    const core::Date decided = axes_.start + day;
    return clock.calendar.add_working_days(decided - decision.wait, clock.deadline) < decided;
}

void Sampler::track_desks(int day, const world::Published& published)
{
    for (std::size_t i = 0; i < licences_.size(); ++i) licences_[i].add(published.licences[i]);
    for (std::size_t k = 0; k < desks_.size(); ++k) {
        desks_[k].credited += published.desks[k].credited;
        desks_[k].spent += published.desks[k].spent;
        desks_[k].offered += published.desks[k].offered;
    }
    memory_ = published.memory;
    for (const world::Decision& decision : published.decisions) {
        if (decision.outcome == world::Outcome::kReturned) continue;
        const std::size_t cell = (decision.control * axes_.regions.size() + decision.destination) * world::kEndUses + decision.end_use;
        if (is_late(decision, day)) ++late_[cell];
        auto& by_days = waits_[cell];
        const auto days = static_cast<std::size_t>(decision.wait);
        if (by_days.size() <= days) by_days.resize(days + 1, 0);
        ++by_days[days];
    }
    for (std::size_t i = 0; i < support_.size(); ++i) support_[i] += published.support[i];
    for (std::size_t i = 0; i < stockpiles_.size(); ++i) {
        stockpiles_[i].released += published.stockpiles[i].released;
        stockpiles_[i].refilled += published.stockpiles[i].refilled;
        stockpiles_[i].earned += published.stockpiles[i].earned;
        stockpiles_[i].paid += published.stockpiles[i].paid;
    }
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        routes_[i].shipped += published.routes[i].shipped;
        routes_[i].arrived += published.routes[i].arrived;
        routes_[i].seized += published.routes[i].seized;
        routes_[i].edges_found = published.routes[i].edges_found;
        routes_[i].premium += published.routes[i].premium;
        routes_[i].asked += published.routes[i].asked;
    }
}

void Sampler::sample(int day, const world::Published& published)
{
    track(day, published);
    for (std::size_t i = 0; i < layout_.series.size(); ++i) {
        const auto& array = layout_.series[i];
        if (array.width == 0) continue;
        fill(array.quantity, published);
        store(array, day, result_.series[i], sums_[i]);
    }
}

}  // namespace chokepoint::record
