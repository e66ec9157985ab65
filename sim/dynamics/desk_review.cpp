// Budgets, clocks, whose turn it is.

#include "desk.hpp"

#include <algorithm>

namespace chokepoint::dynamics {

using namespace world;

namespace {
constexpr double kWorkingDaysPerMonth = 20.7;  // mean of a working-day calendar with public holidays
constexpr double kDaysPerMonth = 30.4;
}  // namespace

const PostureRow& Desk::posture(const ClassRow& row) const { return control_.postures[authority_.posture[row.destination]]; }

Listed Desk::listed(std::size_t klass) const
{
    return listed_as(control_, authority_, control_.classes[klass], context_.day);
}

// Files refused whatever the posture, by a ban or by end use, never reach a reviewer.
void Desk::refuse_in_principle()
{
    for (std::size_t q = 0; q < control_.classes.size(); ++q) {
        const ClassRow& row = control_.classes[q];
        if (!refused_in_principle(control_, authority_, row, context_.day)) continue;
        for (StageState& stage : authority_.stages) {
            for (Line& line : stage.classes[q]) {
                while (front_is_open(line)) {
                    const std::uint32_t file = line.files.front();
                    tell_no(take(line));
                    close(file);
                }
            }
        }
    }
}

// Under a hard clock a file is decided on its last day even beyond the budget, at whatever desk it is.
void Desk::decide_overdue()
{
    overdue_.assign(authority_.stages.size(), 0.0);
    if (control_.deadline_mode != Deadline::kHard) return;
    const int latest = latest_submission(control_.calendar, control_.deadline);
    for (std::size_t s = 0; s < authority_.stages.size(); ++s) {
        StageState& stage = authority_.stages[s];
        for (std::size_t q = 0; q < stage.classes.size(); ++q) {
            if (listed(q) == Listed::kWatch) continue;  // no clock
            for (Line& line : stage.classes[q]) {
                while (front_is_open(line) && authority_.files[line.files.front()].submitted <= latest) {
                    const std::uint32_t file = line.files.front();
                    overdue_[s] += cost(control_.stages[s], authority_.files[file]);
                    decide(take(line));
                    close(file);
                }
            }
        }
    }
}

// The latest day whose n-th working day after it has come.
int Desk::latest_submission(const core::WorkingCalendar& calendar, int working_days) const
{
    core::Date date = context_.date;
    while (working_days > 0) {
        if (calendar.is_working_day(date)) --working_days;
        date = date - 1;
    }
    return date - structure_.start;
}

double Desk::credit_today(const StageRow& stage, double level) const
{
    if (stage.throughput == Throughput::kFiles) return level * stage.files_per_reviewer;
    const double daily = level * static_cast<double>(control_.base_flow);
    if (!stage.normalised) return daily * kDaysPerMonth / kWorkingDaysPerMonth;
    const int working = stage.calendar.working_days_in_month(context_.date.year(), context_.date.month());
    return daily * context_.date.days_in_month() / working;
}

double Desk::cost(const StageRow& stage, const File& file)
{
    return stage.throughput == Throughput::kFiles ? 1.0 : static_cast<double>(file.grams);
}

// Whether a line has a file; void ones at its head are dropped on the way.
bool Desk::front_is_open(Line& line)
{
    while (!line.files.empty() && authority_.files[line.files.front()].border == kNoFile) {
        authority_.free_rows.push_back(line.files.front());
        line.files.pop();
    }
    return !line.files.empty();
}

// Left today of what the client of a link ordinarily takes [g]; below nought after a file larger than that.
std::int64_t Desk::within_use(std::uint32_t b) const
{
    const std::int64_t base = structure_.border_base(b);
    const auto most = static_cast<std::int64_t>(control_.use_first * static_cast<double>(base));
    return std::min(most, border_.within_use[b] + base * (context_.day - border_.within_use_on[b]));
}

// What was restocking is use again once the client has used up what it was granted.
void Desk::promote(ClassQueue& queue)
{
    promoted_.clear();
    queue[kRestock].files.keep_if([&](std::uint32_t row) {
        const std::uint32_t b = authority_.files[row].border;
        if (b == kNoFile || within_use(b) <= 0) return true;
        promoted_.push_back(row);
        return false;
    });
    for (const std::uint32_t row : promoted_) queue[kUse].files.push(row);
}

// The queue served next, or the number of classes when none is eligible. One that wakes up
// starts level with the others, so that time closed earns no claim on the budget.
std::size_t Desk::next_class(std::size_t stage, int line, int latest, int latest_extra)
{
    StageState& now = authority_.stages[stage];
    const auto which = static_cast<std::size_t>(line);
    const std::size_t none = control_.classes.size();
    std::size_t best = none;
    for (const std::size_t q : waiting_) {
        Line& files = now.classes[q][which];
        const int day = listed(q) == Listed::kSuspended ? latest_extra : latest;
        const auto has_one = [&] { return weight_[q] > 0 && front_is_open(files) && authority_.files[files.files.front()].entered <= day; };
        if (line == kUse && control_.use_first > 0) {
            while (has_one() && within_use(authority_.files[files.files.front()].border) <= 0) {
                now.classes[q][kRestock].files.push(files.files.front());
                files.files.pop();
            }
        }
        if (!has_one()) {
            files.active = false;
            continue;
        }
        if (!files.active) {
            files.served = std::max(files.served, now.served_floor[which]);
            files.active = true;
        }
        const bool before = best == none || strict_[q] > strict_[best] ||
                            (strict_[q] == strict_[best] && files.served < now.classes[best][which].served);
        if (before) best = q;
    }
    // Strict classes stand outside the shares: their cost is no measure of what the others are owed.
    if (best != none && strict_[best] == 0) now.served_floor[which] = now.classes[best][which].served;
    return best;
}

bool Desk::serve(std::size_t s, int line, int latest, int latest_extra)
{
    const StageRow& stage = control_.stages[s];
    StageState& now = authority_.stages[s];
    const bool last = s + 1 == control_.stages.size();
    while (true) {
        const std::size_t q = next_class(s, line, latest, latest_extra);
        if (q == control_.classes.size()) return true;
        Line& files = now.classes[q][static_cast<std::size_t>(line)];
        const std::uint32_t row = files.files.front();
        const double price = cost(stage, authority_.files[row]);
        if (stage.throughput != Throughput::kUnlimited) {
            if (price > now.credit) return false;
            now.credit -= price;
            authority_.desks[s].spent += price;
        }
        // By what it takes in ordinary times, so that a large destination is not served as a small one.
        files.served += price / (weight_[q] * static_cast<double>(base_flow_[q]));
        const File file = take(files);
        const bool returned = stage.returned > 0 && draw(file, 16 + static_cast<std::uint32_t>(s)) < stage.returned;
        if (!returned && !last) {
            reach(row, s + 1);
            join_queue(row);
            continue;
        }
        if (returned) give_back(file);
        else decide(file);
        close(row);
    }
}

void Desk::review(std::size_t s)
{
    const StageRow& stage = control_.stages[s];
    StageState& now = authority_.stages[s];
    const bool last = s + 1 == control_.stages.size();
    const int latest = latest_submission(stage.calendar, stage.minimum_review);
    const int latest_extra = last ? latest_submission(stage.calendar, stage.minimum_review + control_.extra_review) : latest;
    if (stage.throughput != Throughput::kUnlimited) {
        now.credit += authority_.desks[s].credited = credit_today(stage, now.level);
        const double overdue = overdue_.empty() ? 0.0 : overdue_[s];  // comes first, and may go beyond the budget
        authority_.desks[s].spent += overdue;
        now.credit = std::max(0.0, now.credit - overdue);
    }
    waiting_.clear();
    for (std::size_t q = 0; q < now.classes.size(); ++q) {
        promote(now.classes[q]);
        bool any = false;
        for (Line& line : now.classes[q]) {
            if (line.files.empty()) line.active = false;
            else any = true;
        }
        if (any) waiting_.push_back(q);
    }
    for (const int line : {kUse, kRestock}) {
        if (!serve(s, line, latest, latest_extra)) return;  // credit carries over
    }
    now.credit = 0;
}

}  // namespace chokepoint::dynamics
