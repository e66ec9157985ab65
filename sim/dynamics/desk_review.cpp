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

// A class's weight is its posture's times that of every priority it is in today.
void Desk::weigh_classes()
{
    weight_.assign(control_.classes.size(), 0.0);
    strict_.assign(control_.classes.size(), 0);
    for (std::size_t q = 0; q < control_.classes.size(); ++q) {
        const ClassRow& row = control_.classes[q];
        weight_[q] = posture(row).weight;
        for (std::size_t p = 0; p < control_.priorities.size(); ++p) {
            const PriorityRow& priority = control_.priorities[p];
            if ((row.priorities >> p & 1U) == 0 || context_.day < priority.from || context_.day >= priority.until) continue;
            weight_[q] *= priority.weight;
            strict_[q] = strict_[q] != 0 || priority.strict;
        }
    }
}

// Files refused whatever the posture, by a ban or by end use, never reach a reviewer.
void Desk::refuse_in_principle()
{
    for (std::size_t q = 0; q < control_.classes.size(); ++q) {
        const ClassRow& row = control_.classes[q];
        if (!refused_in_principle(control_, authority_, row, context_.day)) continue;
        for (StageState& stage : authority_.stages) {
            ClassQueue& queue = stage.classes[q];
            while (front_is_open(queue)) {
                const std::uint32_t file = queue.queue.front();
                tell_no(take(queue));
                close(file);
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
            ClassQueue& queue = stage.classes[q];
            while (front_is_open(queue) && authority_.files[queue.queue.front()].submitted <= latest) {
                const std::uint32_t file = queue.queue.front();
                overdue_[s] += cost(control_.stages[s], authority_.files[file]);
                decide(take(queue));
                close(file);
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

// Whether a queue has a file; void ones at its head are dropped on the way.
bool Desk::front_is_open(ClassQueue& queue)
{
    while (!queue.queue.empty() && authority_.files[queue.queue.front()].border == kNoFile) {
        authority_.free_rows.push_back(queue.queue.front());
        queue.queue.pop();
    }
    return !queue.queue.empty();
}

// The class served next, or the number of classes when none is eligible. A class that wakes up
// starts level with the others, so that time closed earns no claim on the budget.
std::size_t Desk::next_class(std::size_t stage, int latest, int latest_extra)
{
    StageState& now = authority_.stages[stage];
    const std::size_t none = control_.classes.size();
    std::size_t best = none;
    for (const std::size_t q : waiting_) {
        ClassQueue& queue = now.classes[q];
        const int day = listed(q) == Listed::kSuspended ? latest_extra : latest;
        const bool eligible = weight_[q] > 0 && front_is_open(queue) && authority_.files[queue.queue.front()].entered <= day;
        if (!eligible) {
            queue.active = false;
            continue;
        }
        if (!queue.active) {
            queue.served = std::max(queue.served, now.served_floor);
            queue.active = true;
        }
        const bool before = best == none || strict_[q] > strict_[best] ||
                            (strict_[q] == strict_[best] && queue.served < now.classes[best].served);
        if (before) best = q;
    }
    // Strict classes stand outside the shares: their cost is no measure of what the others are owed.
    if (best != none && strict_[best] == 0) now.served_floor = now.classes[best].served;
    return best;
}

void Desk::review(std::size_t s)
{
    const StageRow& stage = control_.stages[s];
    StageState& now = authority_.stages[s];
    DeskCounts& desk = authority_.desks[s];
    const bool last = s + 1 == control_.stages.size();
    const bool unlimited = stage.throughput == Throughput::kUnlimited;
    const int latest = latest_submission(stage.calendar, stage.minimum_review);
    const int latest_extra = last ? latest_submission(stage.calendar, stage.minimum_review + control_.extra_review) : latest;
    if (!unlimited) {
        now.credit += desk.credited = credit_today(stage, now.level);
        const double overdue = overdue_.empty() ? 0.0 : overdue_[s];  // comes first, and may go beyond the budget
        desk.spent += overdue;
        now.credit = std::max(0.0, now.credit - overdue);
    }
    waiting_.clear();
    for (std::size_t q = 0; q < now.classes.size(); ++q) {
        if (now.classes[q].queue.empty()) now.classes[q].active = false;
        else waiting_.push_back(q);
    }
    while (true) {
        const std::size_t q = next_class(s, latest, latest_extra);
        if (q == control_.classes.size()) {
            now.credit = 0;
            return;
        }
        ClassQueue& queue = now.classes[q];
        const std::uint32_t row = queue.queue.front();
        const bool incomplete = s == 0 && lacks_documents(authority_.files[row]);  // seen at the counter: costs no review
        if (!incomplete) {
            const double price = cost(stage, authority_.files[row]);
            if (!unlimited) {
                if (price > now.credit) return;
                now.credit -= price;
                desk.spent += price;
            }
            queue.served += price / weight_[q];
        }
        const File file = take(queue);
        const bool returned = incomplete || (stage.returned > 0 && draw(file, 16 + static_cast<std::uint32_t>(s)) < stage.returned);
        if (!returned && !last) {
            enter(row, s + 1);
            continue;
        }
        if (returned) give_back(file);
        else decide(file);
        close(row);
    }
}

}  // namespace chokepoint::dynamics
