// Granted, refused, returned, and what the file told.
//
// Equation  p = posture's approval, halved or its military one by end use; with odds x: p / (p + (1 - p) e^-x)
//           x = sector + country + documents (completeness - 1/2) + history (share granted - 1/2)

#include "covert.hpp"
#include "desk.hpp"

#include <cmath>

namespace chokepoint::dynamics {

using namespace world;

namespace {
// Draws of one file by purpose; desks return with purposes from 16 on (desk_review.cpp).
constexpr std::uint32_t kDocuments = 0, kApproval = 1, kAgain = 2, kDefense = 3;
}  // namespace

// Keyed by the link and the file's number on it, so other links' files cannot move the draw.
double Desk::draw(const File& file, std::uint32_t purpose) const
{
    const std::uint64_t key = core::combine_keys(structure_.border_key(file.border), file.serial);
    return context_.random.uniform(purpose == kDefense ? core::Stream::kDisclosure : core::Stream::kApproval, key, 0, purpose);
}

// The completeness of a file's documents is a number from 0 to 1; the least complete come back.
bool Desk::lacks_documents(const File& file) const { return draw(file, kDocuments) < control_.returned; }

double Desk::approval(const File& file, const ClassRow& row) const
{
    const std::uint32_t user = structure_.border.buyer[file.border];
    EndUsePolicy policy = end_use_policy(control_, row);
    if (policy == EndUsePolicy::kCivil && (authority_.known[user] & kServesDefense) != 0) policy = control_.disclosure.tainted;
    if (policy == EndUsePolicy::kRefuse || context_.day < authority_.barred_until[user]) return 0;
    const double p = policy == EndUsePolicy::kPosture ? posture(row).military
                                                      : posture(row).approval * (policy == EndUsePolicy::kHalf ? 0.5 : 1.0);
    const OddsRow& odds = control_.odds;
    if (!odds.on) return p;
    const int sector = structure_.blocks[structure_.firms.block[user]].sector;
    const double decided = border_.n_decided[file.border];
    const double granted = decided - border_.n_refused[file.border];
    const double x = (sector >= 0 ? odds.by_sector[static_cast<std::size_t>(sector)] : 0.0) + odds.by_country[row.destination] +
                     odds.documents * (draw(file, kDocuments) - 0.5) +
                     odds.history * ((granted + 1) / (decided + 2) - 0.5);
    return p / (p + (1 - p) * std::exp(-x));
}

void Desk::decide(const File& file)
{
    const ClassRow& row = control_.classes[structure_.border.klass[file.border]];
    if (draw(file, kApproval) < approval(file, row)) grant(file);
    else refuse(file);
    disclose(file);
}

void Desk::record(const File& file, Outcome outcome)
{
    const ClassRow& row = control_.classes[structure_.border.klass[file.border]];
    counts_of(row).clock_restarts += clock_restarts(file);
    authority_.decided.push_back({index_, row.destination, row.end_use, structure_.border.source[file.border], outcome, context_.day - file.submitted, file.grams});
}

// Under a stopped clock each run of it ends in a request for documents, and it starts again.
std::int64_t Desk::clock_restarts(const File& file)
{
    if (control_.deadline_mode != Deadline::kStopClock || control_.deadline == 0) return 0;
    if (listed(structure_.border.klass[file.border]) == Listed::kWatch) return 0;
    if (context_.day - file.submitted < control_.deadline) return 0;
    for (std::size_t n = 0;; ++n) {
        if (restarts_.size() == n) {
            restarts_.push_back(latest_submission(control_.calendar, control_.deadline * static_cast<int>(n + 1)));
        }
        if (file.submitted > restarts_[n]) return static_cast<std::int64_t>(n);
    }
}

void Desk::grant(const File& file)
{
    LicenceCounts& counts = counts_of(file.border);
    counts.granted += 1;
    counts.granted_g += file.grams;
    counts.wait_days += context_.day - file.submitted;
    record(file, Outcome::kGranted);
    border_.granted[file.border] += file.grams;
    border_.within_use[file.border] = within_use(file.border) - file.grams;
    border_.within_use_on[file.border] = context_.day;
    border_.n_decided[file.border] += 1;
    border_.grants_in_a_row[file.border] += 1;
    border_.refusals_in_a_row[file.border] = 0;
    if (control_.licence_lag == 0) {
        issue(file.border, file.grams);
    } else {
        border_.licensed_wait[file.border] += file.grams;
        authority_.issuing.push(file.border, licence_day(), file.grams);
    }
    consider_general(file);
}

void Desk::book_refusal(const File& file)
{
    LicenceCounts& counts = counts_of(file.border);
    counts.refused += 1;
    counts.refused_g += file.grams;
    record(file, Outcome::kRefused);
    border_.given_back[file.border] += file.grams;
    border_.n_decided[file.border] += 1;
    border_.n_refused[file.border] += 1;
    border_.grants_in_a_row[file.border] = 0;
}

void Desk::refuse(const File& file)
{
    book_refusal(file);
    const std::uint32_t in_a_row = ++border_.refusals_in_a_row[file.border];
    const bool gives_up = control_.resubmit_at_most > 0 && in_a_row > control_.resubmit_at_most;
    if (!gives_up && draw(file, kAgain) < control_.resubmit) {
        file_again(file);
        return;
    }
    border_.refusals_in_a_row[file.border] = 0;  // what is ordered next is another order
    authority_.dropped.push_back({file.border, file.grams});
}

// Refused in principle. Where exporters take that for an answer, orders wait on the books and nothing is filed for a time.
void Desk::tell_no(const File& file)
{
    if (control_.pause == 0) {
        refuse(file);
        return;
    }
    book_refusal(file);
    border_.told_no_until[file.border] = context_.day + control_.pause;
}

void Desk::give_back(const File& file)
{
    LicenceCounts& counts = counts_of(file.border);
    counts.returned += 1;
    counts.returned_g += file.grams;
    record(file, Outcome::kReturned);
    border_.given_back[file.border] += file.grams;
    file_again(file);
}

// As much of the order as was in the file is not filed again before its day; the rest of the link's orders are free.
// Handed in on the day before, it is submitted on that day.
void Desk::file_again(const File& file)
{
    if (refile_day_ < 0) refile_day_ = after_working_days(control_.resubmit_days);
    if (refile_day_ - 1 <= context_.day) return;
    authority_.refiling.push(file.border, refile_day_ - 1, file.grams);
    border_.to_refile[file.border] += file.grams;
}

// Whether files of a link name its end user: not those of firms that withhold theirs.
bool Desk::tells(std::uint32_t border) const
{
    const ClassRow& row = control_.classes[structure_.border.klass[border]];
    return control_.disclosure.reveals && row.end_use != static_cast<std::uint8_t>(EndUse::kUnknown);
}

// What an application says of the chain behind it stays known, whatever the posture.
void Desk::disclose(const File& file)
{
    if (!tells(file.border)) return;
    const std::uint32_t user = structure_.border.buyer[file.border];
    const std::uint64_t key = core::combine_keys(structure_.border_key(file.border), file.serial);
    const std::uint32_t routes =
        discover_edges(structure_, context_, state_, index_, user, key, control_.disclosure.discovers_route);
    if (routes > 0) {
        authority_.n_routes += routes;
        authority_.barred_until[user] = context_.day + control_.disclosure.barred;
    }
    std::uint8_t& known = authority_.known[user];
    if (structure_.firms.dual_use[user] == 0 || (known & kServesDefense) != 0) return;
    if (draw(file, kDefense) >= control_.disclosure.discovers_defense) return;
    known |= kServesDefense;
    ++authority_.n_tainted;
}

}  // namespace chokepoint::dynamics
