// Licences from grant to the day they lapse. One licence is good for one quantity, once: what crosses uses the
// oldest licence of its link first, so a licence is used up when the link's use has come as far as its issue.

#include "desk.hpp"

#include <algorithm>
#include <climits>
#include <cmath>

namespace chokepoint::dynamics {

using namespace world;

namespace {
constexpr std::size_t kFewLicences = 64;  // not worth looking through
}  // namespace

int Desk::after_working_days(int n) const
{
    return control_.calendar.add_working_days(context_.date, n) - structure_.start;
}

int Desk::licence_day()
{
    if (licence_day_ < 0) licence_day_ = after_working_days(control_.licence_lag);
    return licence_day_;
}

// What is left of a licence; once that is nothing it stays so.
std::int64_t Desk::unused(const Licence& licence) const
{
    return std::min(licence.grams, licence.issued_to - border_.used[licence.border]);
}

// Licences used up are dropped when they may be half of the list: the list then stays as long as what is in hand.
void Desk::issue(std::uint32_t b, std::int64_t grams)
{
    if (grams == 0) return;
    border_.licensed[b] += grams;
    border_.issued[b] += grams;
    auto& in_hand = authority_.in_hand;
    if (in_hand.size() > 2 * authority_.in_hand_kept + kFewLicences) {
        in_hand.keep_if([&](const Licence& licence) { return unused(licence) > 0; });
        authority_.in_hand_kept = in_hand.size();
    }
    in_hand.push({b, context_.day + control_.validity, grams, border_.issued[b]});
}

void Desk::issue_due()
{
    authority_.issuing.take_due(context_.day, [&](std::uint32_t b, std::int64_t grams) {
        border_.licensed_wait[b] -= grams;
        issue(b, grams);
    });
    authority_.refiling.take_due(context_.day, [&](std::uint32_t b, std::int64_t grams) { border_.to_refile[b] -= grams; });
    authority_.holding.take_due(context_.day, [&](std::uint32_t b, std::int64_t grams) { border_.released[b] += grams; });
}

void Desk::release_customs()
{
    authority_.holding.take_due(INT_MAX, [&](std::uint32_t b, std::int64_t grams) { border_.released[b] += grams; });
}

// What a licence was not used for goes back to the seller, and the order is open again.
void Desk::lapse_due()
{
    for (; !authority_.in_hand.empty() && authority_.in_hand.front().lapses <= context_.day; authority_.in_hand.pop()) {
        const Licence& licence = authority_.in_hand.front();
        const std::int64_t left = unused(licence);
        if (left <= 0) continue;
        border_.used[licence.border] += left;
        border_.licensed[licence.border] -= left;
        void_licence(licence.border, left);
    }
}

void Desk::void_licence(std::uint32_t b, std::int64_t grams)
{
    border_.given_back[b] += grams;
    LicenceCounts& counts = counts_of(b);
    counts.lapsed += 1;
    counts.lapsed_g += grams;
}

// Licences of some links, issued or about to be, are void from today.
template <class Is>
void Desk::revoke(Is is)
{
    authority_.issuing.change_all([&](std::uint32_t b, std::int64_t grams) {
        if (grams == 0 || !is(b)) return grams;
        border_.licensed_wait[b] -= grams;
        void_licence(b, grams);
        return std::int64_t{0};
    });
    for (std::size_t i = 0; i < authority_.in_hand.size(); ++i) {  // oldest first, as they would be used
        const Licence& licence = authority_.in_hand[i];
        const std::int64_t left = unused(licence);
        if (left <= 0 || !is(licence.border)) continue;
        border_.used[licence.border] += left;
        border_.licensed[licence.border] -= left;
        void_licence(licence.border, left);
    }
}

void Desk::revoke_toward(std::uint16_t destination)
{
    revoke([&](std::uint32_t b) { return structure_.border.destination[b] == destination; });
    end_general_toward(destination);
}

void Desk::revoke_listed(std::size_t entity)
{
    revoke([&](std::uint32_t b) { return control_.classes[structure_.border.klass[b]].entity == entity && listed(structure_.border.klass[b]) == Listed::kBanned; });
}

void Desk::end_general_toward(std::uint16_t destination)
{
    for (std::uint32_t b = 0; b < structure_.n_border(); ++b) {
        if (structure_.border.control[b] == index_ && structure_.border.destination[b] == destination) border_.general_until[b] = -1;
    }
}

void Desk::end_general_listed(std::size_t entity)
{
    for (std::uint32_t b = 0; b < structure_.n_border(); ++b) {
        const std::uint16_t klass = structure_.border.klass[b];
        if (structure_.border.control[b] != index_ || control_.classes[klass].entity != entity) continue;
        if (listed(klass) != Listed::kNo) border_.general_until[b] = -1;  // firms owned follow while the rule is in force
    }
}

// After enough grants in a row an exporter may ship to this client for a year without a file per shipment.
void Desk::consider_general(const File& file)
{
    const GeneralRow& general = control_.general;
    const std::uint32_t b = file.border;
    if (!general.on || context_.day < general.from || context_.day >= general.until) return;
    const ClassRow& row = control_.classes[structure_.border.klass[b]];
    const std::uint32_t user = structure_.border.buyer[b];
    const bool eligible = structure_.border.general[b] != 0 && posture(row).general && row.end_use == static_cast<std::uint8_t>(EndUse::kCivil) &&
                          listed(structure_.border.klass[b]) == Listed::kNo && (authority_.known[user] & kServesDefense) == 0 &&
                          context_.day >= authority_.barred_until[user] && border_.grants_in_a_row[b] >= general.clean_grants &&
                          !(context_.day < border_.general_until[b] && border_.general_left[b] > 0);
    if (!eligible) return;
    border_.general_until[b] = context_.day + general.validity;
    border_.general_left[b] = std::llround(general.cap * static_cast<double>(general.validity) * static_cast<double>(structure_.border_base(b)));
    counts_of(b).general += 1;
}

}  // namespace chokepoint::dynamics
