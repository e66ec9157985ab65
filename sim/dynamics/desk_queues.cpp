// Which files wait in one line: those of classes that the desk treats alike today.
//
// Shares of the budget are whole files, so two lines are not served as one. A class that differs from another only by a list or
// a priority that is not in force waits with it; the line is split on the day the difference takes effect, and joined when it
// ends. So what begins later changes nothing before.

#include "desk.hpp"

#include <algorithm>

namespace chokepoint::dynamics {

using namespace world;

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

bool Desk::treated_alike(std::size_t p, std::size_t q) const
{
    const ClassRow &a = control_.classes[p], &b = control_.classes[q];
    return a.destination == b.destination && a.end_use == b.end_use && listed(p) == listed(q) && weight_[p] == weight_[q] && strict_[p] == strict_[q];
}

void Desk::form_queues()
{
    const std::size_t n = control_.classes.size();
    std::vector<std::uint16_t> queue_of(n);
    base_flow_.assign(n, 0);
    std::vector<std::int64_t> later_flow(n, 0);
    std::size_t first = 0;  // class of the destination and end use at hand: rows are sorted by both
    for (std::size_t q = 0; q < n; ++q) {
        const ClassRow& row = control_.classes[q];
        if (row.destination != control_.classes[first].destination || row.end_use != control_.classes[first].end_use) first = q;
        std::size_t queue = first;
        while (!treated_alike(queue, q)) ++queue;
        queue_of[q] = static_cast<std::uint16_t>(queue);
        base_flow_[queue] += row.base_flow;
        later_flow[queue] += row.later_flow;
    }
    for (std::size_t q = 0; q < n; ++q)
        if (base_flow_[q] == 0) base_flow_[q] = std::max<std::int64_t>(1, later_flow[q]);
    if (queue_of == authority_.queue_of) return;
    std::swap(queue_of, authority_.queue_of);
    if (queue_of.empty()) return;  // the first day: nobody waits
    for (StageState& stage : authority_.stages) regroup(stage, queue_of);
}

// Files that wait in lines of yesterday go on in those of today, in the order they came. A line takes over what the line it
// comes from was served; one made of several, the most, so that joining earns no claim on the budget.
void Desk::regroup(StageState& stage, const std::vector<std::uint16_t>& before)
{
    for (std::size_t line = 0; line < kLines; ++line) {
        std::vector<Line> now(stage.classes.size());
        std::vector<std::vector<std::uint32_t>> waiting(stage.classes.size());
        std::vector<std::size_t> n_lines(stage.classes.size(), 0);  // of yesterday, that have a file in this one
        for (std::size_t q = 0; q < stage.classes.size(); ++q) {
            const Line& from = stage.classes[before[q]][line];
            Line& to = now[authority_.queue_of[q]];
            to.served = std::max(to.served, from.served);
            to.active = to.active || from.active;
        }
        for (ClassQueue& queue : stage.classes) {
            std::vector<std::uint8_t> joined(stage.classes.size(), 0);
            for (auto& files = queue[line].files; !files.empty(); files.pop()) {
                const std::uint32_t row = files.front(), border = authority_.files[row].border;
                if (border == kNoFile) {
                    authority_.free_rows.push_back(row);  // void
                    continue;
                }
                const std::uint16_t to = authority_.queue_of[structure_.border.klass[border]];
                waiting[to].push_back(row);
                n_lines[to] += joined[to] == 0;
                joined[to] = 1;
            }
        }
        const auto sooner = [&](std::uint32_t a, std::uint32_t b) { return authority_.files[a].entered < authority_.files[b].entered; };
        for (std::size_t q = 0; q < stage.classes.size(); ++q) {
            if (n_lines[q] > 1) std::stable_sort(waiting[q].begin(), waiting[q].end(), sooner);
            stage.classes[q][line].served = now[q].served;
            stage.classes[q][line].active = now[q].active;
            for (const std::uint32_t row : waiting[q]) stage.classes[q][line].files.push(row);
        }
    }
}

}  // namespace chokepoint::dynamics
