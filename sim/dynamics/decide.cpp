// Phase 2. Each authority takes in what was filed yesterday, issues licences that have become due,
// lets go of what customs held long enough, and on a working day spends its review budget.
//
// Budget   c = level x controlled base flow, in grams a working day (tonnage), or reviewers x files a
//          reviewer does (files). Credit left when nothing eligible waits lapses, else it carries over.
// Order    the class with the least cost served per weight goes next (ties: lower row); inside a class
//          first in first out by (submission day, key). A class of weight 0 is never served.

#include "chokepoint/core/parallel.hpp"
#include "chokepoint/dynamics/phases.hpp"
#include "control.hpp"

#include <algorithm>
#include <climits>
#include <cmath>

namespace chokepoint::dynamics {

namespace {

using namespace world;

constexpr double kWorkingDaysPerMonth = 20.7;  // mean of a working-day calendar with public holidays
constexpr double kDaysPerMonth = 30.4;

class Desk {
  public:
    Desk(const Structure& structure, const StepContext& context, State& state, std::uint16_t index)
        : structure_(structure),
          context_(context),
          control_(structure.policy.controls[index]),
          index_(index),
          authority_(state.authority[index]),
          border_(state.border)
    {
    }

    void work()
    {
        for (LicenceCounts& counts : authority_.counts) {
            const LicenceCounts yesterday = counts;
            counts = {};
            counts.in_review = yesterday.in_review;
            counts.in_review_g = yesterday.in_review_g;
        }
        take_in();
        issue_due();
        if (context_.day == control_.until) release_everything();
        if (!in_force(control_, context_.day) || !control_.calendar.is_working_day(context_.date)) return;
        refuse_in_principle();
        decide_overdue();
        spend_budget();
    }

  private:
    [[nodiscard]] std::size_t class_of(std::uint32_t border) const
    {
        return structure_.border.destination[border] * static_cast<std::size_t>(kEndUses) +
               structure_.border.end_use[border];
    }
    [[nodiscard]] const PostureRow& posture(std::size_t queue) const
    {
        return control_.postures[authority_.posture[queue / kEndUses]];
    }
    [[nodiscard]] EndUsePolicy end_use_policy(std::size_t queue) const
    {
        switch (static_cast<EndUse>(queue % kEndUses)) {
            case EndUse::kDefense: return control_.defense;
            case EndUse::kUnknown: return control_.unknown;
            case EndUse::kCivil: break;
        }
        return EndUsePolicy::kCivil;
    }
    // Days of today's licences and second filings, found once a day.
    [[nodiscard]] int licence_day()
    {
        if (licence_day_ < 0) licence_day_ = after_working_days(control_.licence_lag);
        return licence_day_;
    }
    [[nodiscard]] int refile_day()
    {
        if (refile_day_ < 0) refile_day_ = after_working_days(control_.resubmit_days);
        return refile_day_;
    }
    [[nodiscard]] int after_working_days(int n) const
    {
        return control_.calendar.add_working_days(context_.date, n) - structure_.start;
    }

    // Yesterday's applications, in key order, none larger than a shipment.
    void take_in()
    {
        auto& today = authority_.today;
        today.clear();
        for (std::uint32_t b = 0; b < structure_.n_border(); ++b) {
            if (structure_.border.control[b] != index_) continue;
            if (border_.to_file[b] > 0) today.push_back(b);
            if (border_.to_hold[b] > 0) {
                authority_.holding.push({b, context_.day - 1 + control_.customs_hold, border_.to_hold[b]});
                border_.to_hold[b] = 0;
            }
        }
        std::sort(today.begin(), today.end(), [&](std::uint32_t a, std::uint32_t b) {
            return structure_.border.key[a] < structure_.border.key[b];
        });
        for (const std::uint32_t b : today) {
            std::int64_t open = border_.to_file[b];
            border_.unfiled[b] -= open;
            border_.filed[b] += open;
            border_.to_file[b] = 0;
            border_.first_unfiled[b] = -1;
            while (open > 0) {
                const std::int64_t grams = std::min(open, control_.shipment_size);
                file(b, grams);
                open -= grams;
            }
        }
    }

    void file(std::uint32_t b, std::int64_t grams)
    {
        std::uint32_t row = 0;
        if (authority_.free_rows.empty()) {
            row = static_cast<std::uint32_t>(authority_.files.size());
            authority_.files.emplace_back();
        } else {
            row = authority_.free_rows.back();
            authority_.free_rows.pop_back();
        }
        authority_.files[row] = {b, grams, context_.day, border_.n_filed[b]++, kNone};
        if (border_.head[b] == kNone) {
            border_.head[b] = row;
        } else {
            authority_.files[border_.tail[b]].next = row;
        }
        border_.tail[b] = row;
        authority_.classes[class_of(b)].queue.push(row);
        LicenceCounts& counts = authority_.counts[structure_.border.destination[b]];
        counts.filed += 1;
        counts.filed_g += grams;
        counts.in_review += 1;
        counts.in_review_g += grams;
    }

    void issue_due()
    {
        for (; !authority_.issuing.empty() && authority_.issuing.front().day <= context_.day; authority_.issuing.pop()) {
            const Timed& licence = authority_.issuing.front();
            border_.licensed_wait[licence.border] -= licence.grams;
            border_.licensed[licence.border] += licence.grams;
        }
        for (; !authority_.holding.empty() && authority_.holding.front().day <= context_.day; authority_.holding.pop()) {
            border_.released[authority_.holding.front().border] += authority_.holding.front().grams;
        }
    }

    // The control has ended: nothing needs a licence any more and customs lets go of look-alikes.
    void release_everything()
    {
        for (ClassState& queue : authority_.classes) {
            while (!queue.queue.empty()) {
                const File file = take(queue);
                border_.licensed[file.border] += file.grams;
            }
        }
        for (; !authority_.issuing.empty(); authority_.issuing.pop()) {
            const Timed& licence = authority_.issuing.front();
            border_.licensed_wait[licence.border] -= licence.grams;
            border_.licensed[licence.border] += licence.grams;
        }
        for (; !authority_.holding.empty(); authority_.holding.pop()) {
            border_.released[authority_.holding.front().border] += authority_.holding.front().grams;
        }
        for (std::uint32_t b = 0; b < structure_.n_border(); ++b) {
            if (structure_.border.control[b] != index_) continue;
            border_.licensed[b] += border_.unfiled[b];
            border_.unfiled[b] = 0;
            border_.refile_after[b] = 0;
        }
    }

    // Removes the oldest file of a class from every list it is on.
    File take(ClassState& queue)
    {
        const std::uint32_t row = queue.queue.front();
        queue.queue.pop();
        const File file = authority_.files[row];
        border_.head[file.border] = file.next;
        if (file.next == kNone) border_.tail[file.border] = kNone;
        border_.filed[file.border] -= file.grams;
        authority_.free_rows.push_back(row);
        LicenceCounts& counts = authority_.counts[structure_.border.destination[file.border]];
        counts.in_review -= 1;
        counts.in_review_g -= file.grams;
        return file;
    }

    void refuse(const File& file)
    {
        LicenceCounts& counts = authority_.counts[structure_.border.destination[file.border]];
        counts.refused += 1;
        counts.refused_g += file.grams;
        border_.given_back[file.border] += file.grams;
        border_.n_decided[file.border] += 1;
        border_.n_refused[file.border] += 1;
        const bool again = draw(file, 2) < control_.resubmit;
        border_.refile_after[file.border] = again ? refile_day() : INT_MAX;
    }

    void give_back_for_documents(const File& file)
    {
        LicenceCounts& counts = authority_.counts[structure_.border.destination[file.border]];
        counts.returned += 1;
        counts.returned_g += file.grams;
        border_.given_back[file.border] += file.grams;
        border_.refile_after[file.border] = refile_day();
    }

    void grant(const File& file)
    {
        LicenceCounts& counts = authority_.counts[structure_.border.destination[file.border]];
        counts.granted += 1;
        counts.granted_g += file.grams;
        counts.wait_days += context_.day - file.submitted;
        border_.granted[file.border] += file.grams;
        border_.n_decided[file.border] += 1;
        if (control_.licence_lag == 0) {
            border_.licensed[file.border] += file.grams;
            return;
        }
        border_.licensed_wait[file.border] += file.grams;
        authority_.issuing.push({file.border, licence_day(), file.grams});
    }

    // Keyed by the link and the file's number on it, so other links' files cannot move the draw.
    [[nodiscard]] double draw(const File& file, std::uint32_t purpose) const
    {
        const std::uint64_t key = core::combine_keys(structure_.border.key[file.border], file.serial);
        return context_.random.uniform(core::Stream::kApproval, key, 0, purpose);
    }

    // Incomplete files go back before a reviewer spends time on them.
    [[nodiscard]] bool lacks_documents(const File& file) const { return draw(file, 0) < control_.returned; }

    void decide_file(const File& file, std::size_t queue)
    {
        double approval = posture(queue).approval;
        if (end_use_policy(queue) == EndUsePolicy::kHalf) approval *= 0.5;
        if (draw(file, 1) < approval) {
            grant(file);
        } else {
            refuse(file);
        }
    }

    // Files refused whatever the posture never reach a reviewer.
    void refuse_in_principle()
    {
        for (std::size_t q = 0; q < authority_.classes.size(); ++q) {
            if (end_use_policy(q) != EndUsePolicy::kRefuse) continue;
            ClassState& queue = authority_.classes[q];
            while (!queue.queue.empty()) refuse(take(queue));
        }
    }

    // Under a hard clock a file is decided on its last day even beyond the budget.
    void decide_overdue()
    {
        if (control_.deadline_mode != Deadline::kHard) return;
        const int latest = latest_submission(control_.deadline);
        for (std::size_t q = 0; q < authority_.classes.size(); ++q) {
            ClassState& queue = authority_.classes[q];
            while (!queue.queue.empty() && authority_.files[queue.queue.front()].submitted <= latest) {
                decide_file(take(queue), q);
            }
        }
    }

    // The latest submission day whose n-th working day has come.
    [[nodiscard]] int latest_submission(int n) const
    {
        core::Date date = context_.date;
        while (n > 0) {
            if (control_.calendar.is_working_day(date)) --n;
            date = date - 1;
        }
        return date - structure_.start;
    }

    [[nodiscard]] double todays_credit() const
    {
        if (control_.throughput == Throughput::kFiles) return authority_.level * control_.files_per_reviewer;
        const double daily = authority_.level * static_cast<double>(control_.base_flow);
        if (!control_.normalised) return daily * kDaysPerMonth / kWorkingDaysPerMonth;
        const int working = control_.calendar.working_days_in_month(context_.date.year(), context_.date.month());
        return daily * context_.date.days_in_month() / working;
    }

    [[nodiscard]] double cost(const File& file) const
    {
        return control_.throughput == Throughput::kFiles ? 1.0 : static_cast<double>(file.grams);
    }

    // The class served next, or the number of classes when none is eligible. A class that wakes up
    // starts level with the others, so that time closed earns no claim on the budget.
    [[nodiscard]] std::size_t next_class(int latest)
    {
        const std::size_t none = authority_.classes.size();
        std::size_t best = none;
        for (const std::size_t q : waiting_) {
            ClassState& queue = authority_.classes[q];
            const bool eligible = !queue.queue.empty() && posture(q).weight > 0 &&
                                  authority_.files[queue.queue.front()].submitted <= latest;
            if (!eligible) {
                queue.active = false;
                continue;
            }
            if (!queue.active) {
                queue.served = std::max(queue.served, authority_.served_floor);
                queue.active = true;
            }
            if (best == none || queue.served < authority_.classes[best].served) best = q;
        }
        if (best != none) authority_.served_floor = authority_.classes[best].served;
        return best;
    }

    void spend_budget()
    {
        const bool unlimited = control_.throughput == Throughput::kUnlimited;
        const int latest = latest_submission(control_.minimum_review);
        if (!unlimited) authority_.credit += todays_credit();
        for (std::size_t q = 0; q < authority_.classes.size(); ++q) {
            if (authority_.classes[q].queue.empty()) {
                authority_.classes[q].active = false;
            } else {
                waiting_.push_back(q);
            }
        }
        while (true) {
            const std::size_t q = next_class(latest);
            if (q == authority_.classes.size()) {
                authority_.credit = 0;
                return;
            }
            ClassState& queue = authority_.classes[q];
            if (lacks_documents(authority_.files[queue.queue.front()])) {
                give_back_for_documents(take(queue));
                continue;
            }
            const double price = cost(authority_.files[queue.queue.front()]);
            if (!unlimited) {
                if (price > authority_.credit) return;
                authority_.credit -= price;
            }
            queue.served += price / posture(q).weight;
            decide_file(take(queue), q);
        }
    }

    const Structure& structure_;
    const StepContext& context_;
    const Control& control_;
    std::uint16_t index_;
    AuthorityState& authority_;
    BorderState& border_;
    std::vector<std::size_t> waiting_;  // classes with files today
    int licence_day_ = -1, refile_day_ = -1;
};

}  // namespace

void decide(const Structure& structure, const StepContext& context, State& state)
{
    core::parallel_for(structure.policy.controls.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t c = begin; c < end; ++c) {
            Desk(structure, context, state, static_cast<std::uint16_t>(c)).work();
        }
    });
}

}  // namespace chokepoint::dynamics
