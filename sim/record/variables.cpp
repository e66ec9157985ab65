#include "chokepoint/record/variables.hpp"

#include <algorithm>
#include <stdexcept>

namespace chokepoint::record {

namespace {

using enum Quantity;
using enum Span;
using enum Aggregation;
using enum DType;
constexpr Dim M = Dim::kMember, Q = Dim::kQuantile, T = Dim::kTime, W = Dim::kWeek, Mo = Dim::kMonth;
constexpr Dim B = Dim::kBuyer, P = Dim::kProduct, O = Dim::kOrigin, D = Dim::kDestination, R = Dim::kRegion,
              C = Dim::kControl, K = Dim::kDesk, U = Dim::kEndUse, X = Dim::kRoute, Pr = Dim::kProducer, S = Dim::kStockpile, Se = Dim::kSeller, So = Dim::kSource;

// clang-format off
std::vector<Variable> make_variables()
{
    return {
        // Quantiles over members, by day.
        {"shortfall_q", kShortfall, kDay, kQuantiles, kFloat32, {Q, T, B, P}, "t d-1", "Unmet need",
         "time: mean", "Need less use of the day, by buyer group and material."},
        {"need_q", kNeed, kDay, kQuantiles, kFloat32, {Q, T, B, P}, "t d-1", "Need", "time: mean",
         "What the buyer group would use if nothing ran out, after what it gave up for cost and does by other recipes."},
        {"given_up_q", kGivenUp, kDay, kQuantiles, kFloat32, {Q, T, B, P}, "t d-1", "Need given up", "time: mean",
         "Need priced out by duty or price; negative where cost fell and need rose."},
        {"lost_q", kLost, kDay, kQuantiles, kFloat32, {Q, T, B, P}, "t d-1", "Need lost", "time: mean",
         "Unmet need and need given up together."},
        {"stock_q", kStock, kDay, kQuantiles, kFloat32, {Q, T, B, P}, "t", "Stock on hand", "time: point",
         "Input stock of the buyer group at the end of the day."},
        {"output_lost_q", kOutputLost, kDay, kQuantiles, kFloat32, {Q, T, B}, "1", "Output lost", "time: mean",
         "Output not made for lack of an input or given up for cost, as a share of the base output of day 0."},
        {"output_given_up_q", kOutputGivenUp, kDay, kQuantiles, kFloat32, {Q, T, B}, "1", "Output given up", "time: mean",
         "Output not wanted because its inputs cost more, as a share of the base output of day 0."},
        {"exports_q", kExports, kDay, kQuantiles, kFloat32, {Q, T, O, D, P}, "t d-1", "Exports", "time: mean",
         "Goods dispatched over the border, counted on the customs export date."},
        {"duty_q", kDuty, kDay, kQuantiles, kFloat32, {Q, T, R}, "USD d-1", "Duty paid", "time: mean",
         "Import duty paid in the region on the day of customs entry."},
        {"price_origin_q", kPriceOrigin, kDay, kQuantiles, kFloat32, {Q, T, O, P}, "USD kg-1", "Price at origin",
         "time: point", "Base-weighted price sellers of the origin ask."},
        {"price_outside_q", kPriceOutside, kDay, kQuantiles, kFloat32, {Q, T, P}, "USD kg-1", "Price outside",
         "time: point", "Price outside the countries that control exports."},
        {"flown_q", kFlown, kDay, kQuantiles, kFloat32, {Q, T, R}, "t d-1", "Sent by air", "time: mean",
         "Goods that left for the region by air on the day, because the buyer ran short; part of exports."},
        {"price_contract_q", kPriceContract, kDay, kQuantiles, kFloat32, {Q, T, O, P}, "USD kg-1",
         "Licensed contract price", "time: point",
         "Price of licensed contracts, between the one at origin and the one outside; see price.contract_share."},
        {"files_filed_q", kFilesFiled, kDay, kQuantiles, kFloat32, {Q, T, C, D}, "d-1", "Licence files filed",
         "time: mean", "Licence applications handed in on the day."},
        {"files_granted_q", kFilesGranted, kDay, kQuantiles, kFloat32, {Q, T, C, D}, "d-1",
         "Licence files granted", "time: mean", "Licence applications granted on the day."},
        {"files_refused_q", kFilesRefused, kDay, kQuantiles, kFloat32, {Q, T, C, D}, "d-1",
         "Licence files refused", "time: mean", "Licence applications refused on the day."},
        {"files_in_review_q", kFilesInReview, kDay, kQuantiles, kFloat32, {Q, T, C, D}, "1",
         "Licence files in review", "time: point", "Licence applications undecided at the end of the day."},
        {"files_returned_q", kFilesReturned, kDay, kQuantiles, kFloat32, {Q, T, C, D}, "d-1",
         "Licence files returned", "time: mean", "Licence applications sent back for documents on the day."},
        {"licences_lapsed_q", kFilesLapsed, kDay, kQuantiles, kFloat32, {Q, T, C, D}, "d-1", "Licences lapsed",
         "time: mean", "Licences that ran out unused in part or whole, or were revoked, on the day."},
        {"share_granted_q", kShareGranted, kDay, kQuantiles, kFloat32, {Q, T, C, D}, "1", "Share of files granted",
         "time: point", "Licence applications granted so far over those filed so far; NaN before the first."},
        {"desk_files_q", kDeskFiles, kDay, kQuantiles, kFloat32, {Q, T, K}, "1", "Files at the desk", "time: point",
         "Licence applications at the desk (stage) at the end of the day."},
        // Quantiles over members, by week: where what a buyer group has ordered and not received stands.
        {"at_seller_q", kAtSeller, kWeekLast, kQuantiles, kFloat32, {Q, W, B, P}, "t", "Orders at the seller",
         "week: point", "Ordered, not allocated or allocated and not yet filed, at the end of the week."},
        {"in_review_q", kInReview, kWeekLast, kQuantiles, kFloat32, {Q, W, B, P}, "t", "Orders in review",
         "week: point", "Goods in licence applications under review at the end of the week."},
        {"licensed_q", kLicensed, kWeekLast, kQuantiles, kFloat32, {Q, W, B, P}, "t", "Licensed, not shipped",
         "week: point", "Goods with a licence granted that have not left, at the end of the week."},
        {"at_customs_q", kAtCustoms, kWeekLast, kQuantiles, kFloat32, {Q, W, B, P}, "t", "Held at customs",
         "week: point", "Look-alike goods customs of the origin hold at the end of the week."},
        {"in_transit_q", kInTransit, kWeekLast, kQuantiles, kFloat32, {Q, W, B, P}, "t", "In transit",
         "week: point", "Goods under way at the end of the week."},
        {"open_files_q", kOpenFiles, kWeekLast, kQuantiles, kFloat32, {Q, W, B, P}, "1", "Files in review",
         "week: point", "Licence applications for the group under review at the end of the week."},
        {"oldest_file_q", kOldestFile, kWeekLast, kQuantiles, kFloat32, {Q, W, B, P}, "d", "Age of the oldest file",
         "week: point", "Days since the oldest open application for the group was submitted; 0 without one."},
        {"refused_q", kRefused, kWeekSum, kQuantiles, kFloat32, {Q, W, B, P}, "t", "Refused in the week",
         "week: sum", "Goods in licence applications for the group refused in the week."},
        {"returned_q", kReturned, kWeekSum, kQuantiles, kFloat32, {Q, W, B, P}, "t", "Returned in the week",
         "week: sum", "Goods in licence applications for the group returned for documents in the week."},
        {"lacked_q", kLacked, kWeekSum, kQuantiles, kFloat32, {Q, W, B, P}, "t", "Unmet need of what was not there", "week: sum",
         "Of the unmet need of the week, what the material itself was short of; the rest lay idle for want of another."},
        {"duty_borne_by_exporter_q", kExporterBears, kWeekLast, kQuantiles, kFloat32, {Q, W, O, D, P}, "1",
         "Duty borne by exporters", "week: point",
         "Part of the change of duty since the start that sellers bear, in logarithms; importers bear the rest. NaN where duty has not changed."},
        {"route_shipped_q", kRouteShipped, kDay, kQuantiles, kFloat32, {Q, T, X, P}, "t d-1", "Sent on covert routes",
         "time: mean", "Goods that left on a covert route, those seized on the day included; not in exports."},
        {"route_arrived_q", kRouteArrived, kDay, kQuantiles, kFloat32, {Q, T, X, P}, "t d-1",
         "Arrived on covert routes", "time: mean", "Goods of a covert route received by its users on the day."},
        {"route_seized_q", kRouteSeized, kDay, kQuantiles, kFloat32, {Q, T, X, P}, "t d-1", "Seized on covert routes",
         "time: mean", "Goods of a covert route found and seized on the day."},
        {"route_edges_open_q", kRouteEdgesOpen, kDay, kQuantiles, kFloat32, {Q, T, X, P}, "1",
         "Open edges of covert routes", "time: point",
         "Senders of a covert route, counted by destination, that are neither found nor barred at the end of the day."},
        {"capacity_q", kCapacity, kDay, kQuantiles, kFloat32, {Q, T, Pr}, "t d-1", "Capacity", "time: point",
         "Most the producer block can make on the day, where it may change: projects, outages, stretch, investment."},
        {"stockpile_stock_q", kStockpileStock, kDay, kQuantiles, kFloat32, {Q, T, S}, "t", "Public stockpile", "time: point",
         "What the stockpile holds at the end of the day."},
        {"stockpile_released_q", kStockpileReleased, kDay, kQuantiles, kFloat32, {Q, T, S}, "t d-1", "Released from the stockpile",
         "time: mean", "Goods given to users on the day."},
        {"stockpile_refilled_q", kStockpileRefilled, kDay, kQuantiles, kFloat32, {Q, T, S}, "t d-1", "Bought for the stockpile",
         "time: mean", "Goods bought from makers on the day, offtake included; they arrive one lane later."},
        // By week: those who sell, in quantiles; where orders with each of them stand, in medians.
        {"seller_output_q", kSellerOutput, kWeekSum, kQuantiles, kFloat32, {Q, W, Se}, "t", "Output of the seller", "week: sum",
         "What a producer block made, or an exporter or importer block passed on, in the week."},
        {"seller_output_short_q", kSellerUnmade, kWeekSum, kQuantiles, kFloat32, {Q, W, Se}, "t", "Output short", "week: sum",
         "Output wanted for orders and finished stock less output, in the week."},
        {"seller_capacity_q", kSellerCapacity, kWeekSum, kQuantiles, kFloat32, {Q, W, Se}, "t", "Capacity of the seller", "week: sum",
         "Most the producer block could make in the week if no input lacked; 0 where it has no limit, as those who pass goods on."},
        {"seller_finished_q", kSellerFinished, kWeekLast, kQuantiles, kFloat32, {Q, W, Se}, "t", "Finished stock", "week: point",
         "Finished goods of the block at the end of the week."},
        {"seller_owed_q", kSellerOwed, kWeekLast, kQuantiles, kFloat32, {Q, W, Se}, "t", "Orders owed", "week: point",
         "Orders the block may fill and has not, of all clients, at the end of the week: the sum of source_owed."},
        {"seller_need_q", kSellerNeed, kWeekSum, kQuantiles, kFloat32, {Q, W, Se, P}, "t", "Input need of the seller", "week: sum",
         "Input the block would use for the output it wants, as far as its capacity goes, in the week."},
        {"seller_shortfall_q", kSellerShortfall, kWeekSum, kQuantiles, kFloat32, {Q, W, Se, P}, "t", "Unmet input need of the seller",
         "week: sum", "Input need less use, in the week: the input ran out, or another did."},
        {"seller_lacked_q", kSellerLacked, kWeekSum, kQuantiles, kFloat32, {Q, W, Se, P}, "t", "Input the seller lacked", "week: sum",
         "Of the unmet input need of the week, what the input itself was short of; the rest lay idle, as another ran out."},
        {"seller_stock_q", kSellerStock, kWeekLast, kQuantiles, kFloat32, {Q, W, Se, P}, "t", "Input stock of the seller",
         "week: point", "Input stock of the block at the end of the week."},
        {"seller_in_transit_q", kSellerInTransit, kWeekLast, kQuantiles, kFloat32, {Q, W, Se, P}, "t",
         "Input in transit to the seller", "week: point", "Input under way to the block at the end of the week."},
        {"source_owed", kSourceOwed, kWeekLast, kMedian, kFloat32, {W, So}, "t", "Owed by the seller", "week: point",
         "Orders the seller may fill and has not, at the end of the week: it is short of goods, or may ship no more."},
        {"source_not_filed", kSourceNotFiled, kWeekLast, kMedian, kFloat32, {W, So}, "t", "Not filed", "week: point",
         "Orders that need a licence nobody has applied for yet: batches that fill, what the authority may not hold yet, what came back."},
        {"source_paused", kSourcePaused, kWeekLast, kMedian, kFloat32, {W, So}, "t", "Paused", "week: point",
         "Orders of clients for whom the exporter was refused in principle and applies again only after a pause; see resubmit.pause."},
        {"source_in_review", kSourceInReview, kWeekLast, kMedian, kFloat32, {W, So}, "t", "Orders in review", "week: point",
         "Goods in licence applications of the seller for the user under review at the end of the week."},
        {"source_licensed", kSourceLicensed, kWeekLast, kMedian, kFloat32, {W, So}, "t", "Licensed, not shipped",
         "week: point", "Goods with a licence granted that have not left the seller, at the end of the week."},
        {"source_at_customs", kSourceAtCustoms, kWeekLast, kMedian, kFloat32, {W, So}, "t", "Held at customs",
         "week: point", "Look-alike goods of the seller customs hold at the end of the week."},
        {"source_open_files", kSourceFiles, kWeekLast, kMedian, kFloat32, {W, So}, "1", "Files in review", "week: point",
         "Licence applications of the seller for the user under review at the end of the week."},
        {"source_oldest_file", kSourceOldest, kWeekLast, kMedian, kFloat32, {W, So}, "d", "Age of the oldest file",
         "week: point", "Days since the oldest of these applications was submitted; 0 without one."},
        {"source_refused", kSourceRefused, kWeekSum, kMedian, kFloat32, {W, So}, "t", "Refused in the week", "week: sum",
         "Goods in applications of the seller for the user refused in the week."},
        {"source_returned", kSourceReturned, kWeekSum, kMedian, kFloat32, {W, So}, "t", "Returned in the week", "week: sum",
         "Goods in applications of the seller for the user returned for documents in the week."},
        {"source_duty", kSourceDuty, kWeekLast, kMedian, kFloat32, {W, So}, "1", "Duty", "week: point",
         "Rate of duty on goods of the seller where they enter the region of the user, at the end of the week; 0 at home."},
        {"source_duty_rise", kSourceDutyRise, kWeekLast, kMedian, kFloat32, {W, So}, "1", "Rise of duty", "week: point",
         "The same rate less that of day 0 before the events of the day."},
        // Every member, by week and month.
        {"shortfall", kShortfall, kWeekSum, kMembers, kFloat32, {M, W, B, P}, "t", "Unmet need of the week",
         "week: sum", "Need less use, summed over the week."},
        {"given_up", kGivenUp, kWeekSum, kMembers, kFloat32, {M, W, B, P}, "t", "Need given up in the week", "week: sum",
         "Need priced out by duty or price, summed over the week; negative where cost fell and need rose."},
        {"stock", kStock, kWeekLast, kMembers, kFloat32, {M, W, B, P}, "t", "Stock at the end of the week",
         "week: point", "Input stock at the end of the last day of the week."},
        {"exports", kExports, kWeekSum, kMembers, kFloat32, {M, W, O, D, P}, "t", "Exports of the week",
         "week: sum", "Goods dispatched over the border, summed over the week."},
        {"exports_monthly", kExports, kMonthSum, kMembers, kFloat32, {M, Mo, O, D, P}, "t",
         "Exports of the month", "month: sum", "Goods dispatched over the border, summed over the calendar month."},
        {"route_arrived_monthly", kRouteArrived, kMonthSum, kMembers, kFloat32, {M, Mo, X, P}, "t",
         "Arrived on covert routes in the month", "month: sum",
         "Goods of a covert route received, summed over the calendar month."},
        // Every member, one value a run.
        {"shortfall_total", kShortfallTotal, kRun, kMembers, kFloat64, {M, B, P}, "t", "Unmet need, total",
         "time: sum", "Need less use, summed over the run."},
        {"lacked_total", kLackedTotal, kRun, kMembers, kFloat64, {M, B, P}, "t", "Unmet need of what was not there, total",
         "time: sum",
         "Part of unmet need that the material itself was short of: what would be unmet were all other inputs there. The rest of unmet need lay in stock while lines stood for want of another input."},
        {"need_total", kNeedTotal, kRun, kMembers, kFloat64, {M, B, P}, "t", "Need, total", "time: sum",
         "Need, summed over the run."},
        {"shortfall_share", kShortfallShare, kRun, kMembers, kFloat64, {M, B, P}, "1", "Unmet share of need",
         "time: sum", "Total unmet need over total need; NaN where the group has no need of the material."},
        // Full need = used + switched + given up + unmet, for each member, buyer and product, to the gram.
        {"full_need_total", kFullNeedTotal, kRun, kMembers, kFloat64, {M, B, P}, "t", "Full need, total", "time: sum",
         "Need there would have been without any answer to duty, price or shortage."},
        {"used_total", kUsedTotal, kRun, kMembers, kFloat64, {M, B, P}, "t", "Use, total", "time: sum", "Material used over the run."},
        {"switched_total", kSwitchedTotal, kRun, kMembers, kFloat64, {M, B, P}, "t", "Need switched away, total", "time: sum",
         "Need that went to another material or was thrifted away by a new recipe; negative for the material that took it."},
        {"given_up_total", kGivenUpTotal, kRun, kMembers, kFloat64, {M, B, P}, "t", "Need given up, total", "time: sum",
         "Need priced out by duty or price; negative where cost fell and need rose."},
        {"lost_total", kLostTotal, kRun, kMembers, kFloat64, {M, B, P}, "t", "Need lost, total", "time: sum",
         "Unmet need and need given up together."},
        {"lost_share", kLostShare, kRun, kMembers, kFloat64, {M, B, P}, "1", "Lost share of full need", "time: sum",
         "Need lost over full need; NaN where the group has no need of the material."},
        {"shortfall_value", kShortfallValue, kRun, kMembers, kFloat64, {M, B, P}, "USD", "Unmet need at the price of day 0", "time: sum",
         "Unmet need, times the price of the material at its origin on day 0."},
        {"given_up_value", kGivenUpValue, kRun, kMembers, kFloat64, {M, B, P}, "USD", "Need given up at the price of day 0", "time: sum",
         "Need given up, times the price of the material at its origin on day 0."},
        {"lost_value", kLostValue, kRun, kMembers, kFloat64, {M, B, P}, "USD", "Need lost at the price of day 0", "time: sum",
         "Need lost, times the price of the material at its origin on day 0: what the missing material would have cost, not the damage done."},
        {"first_short_day", kFirstShortDay, kRun, kMembers, kInt32, {M, B, P}, "d", "First short day",
         "time: minimum",
         "First of five days in a row with unmet need above 1 % of need, counted from the start; -1 never."},
        {"longest_short_run", kLongestShortRun, kRun, kMembers, kInt32, {M, B, P}, "d",
         "Longest run of short days", "time: maximum",
         "Longest run of days with unmet need above 1 % of need; -1 where the member is not done."},
        {"worst_week", kWorstWeek, kRun, kMembers, kFloat64, {M, B}, "1", "Worst week", "time: maximum",
         "Largest part of a week's full need that was lost, all materials of the group together; NaN where it has no need."},
        {"output_lost", kOutputLostUnits, kRun, kMembers, kFloat64, {M, B}, "1", "Output lost, total", "time: sum",
         "Output stopped and given up, in the unit buyer_unit names; NaN where output is not counted."},
        {"output_lost_value", kOutputLostValue, kRun, kMembers, kFloat64, {M, B}, "USD", "Value added lost, total",
         "time: sum", "Output stopped and given up, times the value added of a unit; NaN where no value is given."},
        {"output_lost_days", kOutputLostDays, kRun, kMembers, kFloat64, {M, B}, "d",
         "Output lost in days of base output", "time: sum",
         "Output stopped and given up, over the base output of a day."},
        {"output_stopped", kOutputStoppedUnits, kRun, kMembers, kFloat64, {M, B}, "1", "Output stopped, total", "time: sum",
         "Output wanted and not made for lack of an input, in the unit buyer_unit names; NaN where output is not counted."},
        {"output_stopped_value", kOutputStoppedValue, kRun, kMembers, kFloat64, {M, B}, "USD", "Value added of output stopped", "time: sum",
         "Output stopped, times the value added of a unit; NaN where no value is given."},
        {"output_stopped_days", kOutputStoppedDays, kRun, kMembers, kFloat64, {M, B}, "d", "Output stopped in days of base output", "time: sum",
         "Output stopped, over the base output of a day."},
        {"output_given_up", kOutputGivenUpUnits, kRun, kMembers, kFloat64, {M, B}, "1", "Output given up, total", "time: sum",
         "Output not wanted because its inputs cost more, in the unit buyer_unit names; NaN where output is not counted."},
        {"output_given_up_value", kOutputGivenUpValue, kRun, kMembers, kFloat64, {M, B}, "USD", "Value added of output given up", "time: sum",
         "Output given up, times the value added of a unit; NaN where no value is given."},
        {"output_given_up_days", kOutputGivenUpDays, kRun, kMembers, kFloat64, {M, B}, "d", "Output given up in days of base output", "time: sum",
         "Output given up, over the base output of a day."},
        {"first_stoppage_day", kFirstStoppageDay, kRun, kMembers, kInt32, {M, B}, "d", "First stoppage",
         "time: minimum",
         "First day on which at least 1 % of base output is lost, counted from the start; -1 never."},
        {"duty_paid", kDutyPaid, kRun, kMembers, kFloat64, {M, B}, "USD", "Duty paid by the buyer group",
         "time: sum", "Duty the group paid at customs itself; duty of its distributors is in duty_paid_region."},
        {"duty_paid_region", kDutyPaidRegion, kRun, kMembers, kFloat64, {M, R}, "USD", "Duty paid in the region",
         "time: sum", "Duty all importers of the region paid."},
        {"air_freight", kAirFreight, kRun, kMembers, kFloat64, {M, R}, "USD", "Premium paid for air freight",
         "time: sum", "What buyers of the region paid to have goods flown, over the cost of a ship."},
        {"files_filed", kFiledTotal, kRun, kMembers, kFloat64, {M, C, D}, "1", "Licence files filed, total",
         "time: sum", "Licence applications handed in over the run."},
        {"files_granted", kGrantedTotal, kRun, kMembers, kFloat64, {M, C, D}, "1", "Licence files granted, total",
         "time: sum", "Licence applications granted over the run."},
        {"files_refused", kRefusedTotal, kRun, kMembers, kFloat64, {M, C, D}, "1", "Licence files refused, total",
         "time: sum", "Licence applications refused over the run."},
        {"files_returned", kReturnedTotal, kRun, kMembers, kFloat64, {M, C, D}, "1",
         "Licence files returned, total", "time: sum", "Licence applications sent back for documents over the run."},
        {"granted_wait", kGrantedWait, kRun, kMembers, kFloat64, {M, C, D}, "d", "Wait of granted files",
         "time: mean", "Mean days from submission to decision of granted files; NaN when none was granted."},
        {"licences_lapsed", kLapsedTotal, kRun, kMembers, kFloat64, {M, C, D}, "1", "Licences lapsed, total",
         "time: sum", "Licences that ran out unused in part or whole, or were revoked."},
        {"files_voided", kVoidedTotal, kRun, kMembers, kFloat64, {M, C, D}, "1", "Files void, total", "time: sum",
         "Licence applications still open when no licence was needed any more."},
        {"general_licences", kGeneralTotal, kRun, kMembers, kFloat64, {M, C, D}, "1", "General licences given, total",
         "time: sum", "General licences given to an exporter for a client."},
        {"clock_restarts", kClockRestarts, kRun, kMembers, kFloat64, {M, C, D}, "1", "Restarts of the statutory clock",
         "time: sum", "Requests for documents that restarted the clock of files since closed; see deadline_mode."},
        {"wait_p10", kWaitLow, kRun, kMembers, kFloat64, {M, C, D, U}, "d", "Wait of decided files, lower tenth",
         "time: median", "Days from submission to decision that a tenth of the granted and refused files stayed within; NaN when none was decided."},
        {"wait_p50", kWaitMedian, kRun, kMembers, kFloat64, {M, C, D, U}, "d", "Wait of decided files, median",
         "time: median", "Median days from submission to decision of granted and refused files; NaN when none was decided."},
        {"wait_p90", kWaitHigh, kRun, kMembers, kFloat64, {M, C, D, U}, "d", "Wait of decided files, upper tenth",
         "time: median", "Days from submission to decision that nine tenths of the granted and refused files stayed within; NaN when none was decided."},
        {"files_decided", kFilesDecided, kRun, kMembers, kFloat64, {M, C, D, U}, "1", "Decided files, total", "time: sum",
         "Licence applications granted or refused over the run; those sent back for documents or withdrawn are no decision."},
        {"files_late", kFilesLate, kRun, kMembers, kFloat64, {M, C, D, U}, "1", "Files decided after the deadline", "time: sum",
         "Of files_decided those decided later than the statutory deadline after submission, in working days of the authority's calendar and as if no question had stopped the clock; NaN without a deadline."},
        {"desk_load", kDeskLoad, kRun, kMembers, kFloat64, {M, K}, "1", "Offered load of the desk", "time: sum",
         "Work that came to the desk over the budget it was credited; NaN without a budget."},
        {"desk_utilisation", kDeskUtilisation, kRun, kMembers, kFloat64, {M, K}, "1", "Utilisation of the desk",
         "time: sum", "Budget spent over budget credited; NaN without a budget."},
        {"users_known", kUsersNamed, kRun, kMembers, kFloat64, {M, C}, "1", "End users known", "time: point",
         "End users the authority has seen named in applications by the end of the run."},
        {"users_tainted", kUsersTainted, kRun, kMembers, kFloat64, {M, C}, "1", "End users known to serve defense",
         "time: point", "End users of civil files the authority has found to serve defense as well."},
        {"routes_found", kRoutesFound, kRun, kMembers, kFloat64, {M, C}, "1", "Onward routes found", "time: point",
         "Hidden onward routes of declared importers the authority has found and closed."},
        {"route_shipped", kRouteShippedTotal, kRun, kMembers, kFloat64, {M, X, P}, "t", "Sent on covert routes, total",
         "time: sum", "Goods that left on a covert route over the run, those seized included."},
        {"route_arrived", kRouteArrivedTotal, kRun, kMembers, kFloat64, {M, X, P}, "t",
         "Arrived on covert routes, total", "time: sum", "Goods of a covert route received over the run."},
        {"route_seized", kRouteSeizedTotal, kRun, kMembers, kFloat64, {M, X, P}, "t", "Seized on covert routes, total",
         "time: sum", "Goods of a covert route found and seized over the run."},
        {"support_paid", kSupportPaid, kRun, kMembers, kFloat64, {M, Pr}, "USD", "Paid under price floors", "time: sum",
         "What a guarantor paid the producer block beyond its price, on what it made."},
        {"stockpile_released", kStockpileReleasedTotal, kRun, kMembers, kFloat64, {M, S}, "t", "Released from the stockpile, total",
         "time: sum", "Goods given to users over the run."},
        {"stockpile_refilled", kStockpileRefilledTotal, kRun, kMembers, kFloat64, {M, S}, "t", "Bought for the stockpile, total",
         "time: sum", "Goods bought from makers over the run, offtake included."},
        {"stockpile_paid", kStockpilePaid, kRun, kMembers, kFloat64, {M, S}, "USD", "Paid for the stockpile", "time: sum",
         "What the agency paid makers."},
        {"stockpile_earned", kStockpileEarned, kRun, kMembers, kFloat64, {M, S}, "USD", "Earned by the stockpile", "time: sum",
         "What users paid the agency for goods released."},
        {"route_edges_found", kRouteEdgesFound, kRun, kMembers, kFloat64, {M, X, P}, "1",
         "Edges of covert routes found", "time: point",
         "Senders of a covert route, counted by destination, the authority has found by the end of the run."},
        {"route_premium_days", kRoutePremiumDays, kRun, kMembers, kFloat64, {M, X, P}, "d", "Days with a premium on covert routes", "time: sum",
         "Days on which the material is under control, the covert route open, and the price outside above what its senders ask plus duty; on other days none of it leaves."},
        {"route_asked", kRouteAsked, kRun, kMembers, kFloat64, {M, X, P}, "t", "Asked of senders on covert routes, total", "time: sum",
         "Goods that senders of a covert route were asked for over the run; what left is less where they had none to give."},
        // Every member, by day, when asked for.
        {"shortfall_daily", kShortfall, kDay, kMembersDaily, kFloat32, {M, T, B, P}, "t d-1", "Unmet need",
         "time: mean", "As shortfall_q, for every member."},
        {"full_need_daily", kFullNeed, kDay, kMembersDaily, kFloat32, {M, T, B, P}, "t d-1", "Full need", "time: mean",
         "Need there would have been without any answer to duty, price or shortage: used + switched + given up + unmet."},
        {"used_daily", kUsed, kDay, kMembersDaily, kFloat32, {M, T, B, P}, "t d-1", "Use", "time: mean", "Material used on the day."},
        {"switched_daily", kSwitched, kDay, kMembersDaily, kFloat32, {M, T, B, P}, "t d-1", "Need switched away", "time: mean",
         "Need that went to another recipe; negative for the material that took it."},
        {"given_up_daily", kGivenUp, kDay, kMembersDaily, kFloat32, {M, T, B, P}, "t d-1", "Need given up", "time: mean",
         "As given_up_q, for every member."},
        {"stock_daily", kStock, kDay, kMembersDaily, kFloat32, {M, T, B, P}, "t", "Stock on hand", "time: point",
         "As stock_q, for every member."},
        {"output_lost_daily", kOutputLost, kDay, kMembersDaily, kFloat32, {M, T, B}, "1", "Output lost",
         "time: mean", "As output_lost_q, for every member."},
        {"exports_daily", kExports, kDay, kMembersDaily, kFloat32, {M, T, O, D, P}, "t d-1", "Exports",
         "time: mean", "As exports_q, for every member."},
        {"duty_daily", kDuty, kDay, kMembersDaily, kFloat32, {M, T, R}, "USD d-1", "Duty paid", "time: mean",
         "As duty_q, for every member."},
        {"price_outside_daily", kPriceOutside, kDay, kMembersDaily, kFloat32, {M, T, P}, "USD kg-1",
         "Price outside", "time: point", "As price_outside_q, for every member."},
        {"files_in_review_daily", kFilesInReview, kDay, kMembersDaily, kFloat32, {M, T, C, D}, "1",
         "Licence files in review", "time: point", "As files_in_review_q, for every member."},
    };
}

std::vector<Label> make_labels()
{
    return {
        {"buyer_title", B, kString, "", "Name of the buyer group."},
        {"buyer_sector", B, kString, "", "Sector of the buyer group."},
        {"buyer_region", B, kString, "", "Region the buyer group is in."},
        {"buyer_unit", B, kString, "", "Unit of its output; empty when output is not counted."},
        {"buyer_base_output", B, kFloat64, "d-1", "Output on day 0 in units a day; NaN when not counted."},
        {"buyer_scarcest", B, kString, "", "Material the group was most short of: of which the largest share of need lacked (lacked_total over need_total, summed over members); empty where less than 0.05 % of each lacked."},
        {"buyer_rated", B, kInt8, "", "Whether its orders go first in its own country."},
        {"buyer_answers_to", B, kString, "", "Cost its need answers to, as behaviour.demand.price: outside, composite, paid; empty when it answers to none."},
        {"product_title", P, kString, "", "Name of the material."},
        {"region_title", R, kString, "", "Name of the region."},
        {"producer_title", Pr, kString, "", "Name of the producer block whose capacity may change."},
        {"producer_outages", Pr, kString, "", "Outages of the scenario for the block, with their dates; empty when none."},
        {"producer_projects", Pr, kString, "", "Projects of the scenario for the block, with their dates; empty when none."},
        {"stockpile_title", S, kString, "", "Name of the public stockpile."},
        {"stockpile_serves", S, kString, "", "Users and materials the stockpile gives goods to."},
        {"route_title", X, kString, "", "Name of the covert route."},
        {"route_serves", X, kString, "", "Users and materials goods of the covert route may go to."},
        {"route_enforcement", X, kString, "", "Steps of enforcement that act on the covert route; empty when none."},
        {"control_title", C, kString, "", "Name of the licensing measure."},
        {"control_region", C, kString, "", "Region whose exports the measure controls."},
        {"control_from", C, kString, "", "Date from which the measure is in force."},
        {"control_refuses", C, kString, "", "End uses the measure refuses in principle: defense, unknown; empty when none."},
        {"posture_start", C, kString, "", "Posture of the measure toward the destination on day 0; events hold what changes it.", D},
        {"seller_title", Se, kString, "", "Name of the producer, exporter or importer block."},
        {"seller_role", Se, kString, "", "What it is: producer, exporter or importer."},
        {"seller_region", Se, kString, "", "Region the block is in."},
        {"seller_product", Se, kString, "", "Material it sells."},
        {"source_control", So, kString, "", "Licensing measure that guards goods of `source`, which reads seller>user; empty when none."},
        {"source_acts", So, kString, "", "Events of policy that act on goods of `source`, kind and subject as in `events`; empty when none, or when nothing flows on day 0."},
        {"source_base", So, kFloat64, "t d-1", "Flow from the seller to the user on day 0."},
    };
}

// clang-format on
}  // namespace

std::span<const Dim> Variable::entities() const
{
    return std::span(dims).subspan((has_rows() ? 1U : 0U) + (span == Span::kRun ? 0U : 1U));
}

std::vector<Dim> Label::dims() const
{
    std::vector<Dim> out{dim};
    if (second) out.push_back(*second);
    return out;
}

const std::vector<Variable>& variables()
{
    static const std::vector<Variable> table = make_variables();
    return table;
}

const std::vector<Label>& labels()
{
    static const std::vector<Label> table = make_labels();
    return table;
}

namespace {
std::size_t find(const std::vector<MemberLayout::Array>& arrays, Quantity quantity, Span span)
{
    const auto found = std::find_if(arrays.begin(), arrays.end(), [&](const auto& array) {
        return array.quantity == quantity && array.span == span;
    });
    return static_cast<std::size_t>(found - arrays.begin());
}
std::size_t require(const std::vector<MemberLayout::Array>& arrays, Quantity quantity, Span span)
{
    const std::size_t index = find(arrays, quantity, span);
    if (index == arrays.size()) throw std::logic_error("no such array in the table of variables");
    return index;
}
}  // namespace

MemberLayout::MemberLayout(const Axes& axes)
{
    for (const auto& variable : variables()) {
        auto& arrays = variable.span == Span::kRun ? metrics : series;
        if (find(arrays, variable.quantity, variable.span) < arrays.size()) continue;
        std::size_t width = 1;
        for (const Dim dim : variable.entities()) width *= axes.size(dim);
        const std::size_t rows = variable.span == Span::kRun ? 1 : axes.size(variable.dims[variable.has_rows() ? 1 : 0]);
        arrays.push_back({variable.quantity, variable.span, rows, width});
    }
}

std::size_t MemberLayout::series_index(Quantity quantity, Span span) const
{
    return require(series, quantity, span);
}
std::size_t MemberLayout::metric_index(Quantity quantity) const
{
    return require(metrics, quantity, Span::kRun);
}

}  // namespace chokepoint::record
