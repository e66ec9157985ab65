#include "desk.hpp"

#include <algorithm>

namespace chokepoint::dynamics {

using namespace world;

Desk::Desk(const Structure& structure, const StepContext& context, State& state, std::uint16_t index)
    : structure_(structure),
      context_(context),
      control_(structure.policy.controls[index]),
      state_(state),
      index_(index),
      authority_(state.authority[index]),
      border_(state.border),
      handed_in_(state.handed_in)
{
}

void Desk::work()
{
    begin_day();
    take_in();  // before what changes today frees it
    act_on_changes();
    issue_due();
    lapse_due();
    if (!authority_.in_force) return;
    weigh_classes();
    form_queues();
    if (control_.stages.front().calendar.is_working_day(context_.date)) open_counter();
    if (control_.calendar.is_working_day(context_.date)) {
        refuse_in_principle();
        decide_overdue();
    }
    for (std::size_t stage = 0; stage < control_.stages.size(); ++stage) {
        if (control_.stages[stage].calendar.is_working_day(context_.date)) review(stage);
    }
}

void Desk::begin_day()
{
    for (LicenceCounts& counts : authority_.counts) {
        const LicenceCounts yesterday = counts;
        counts = {};
        counts.in_review = yesterday.in_review;
        counts.in_review_g = yesterday.in_review_g;
    }
    for (DeskCounts& desk : authority_.desks) desk = {desk.in_review, desk.in_review_g, 0, 0, 0, 0};
    authority_.decided.clear();
}

// Postures, lists and entities were set in the policy phase; this is what they do to goods already here.
void Desk::act_on_changes()
{
    for (std::uint16_t region = 0; region < authority_.posture.size(); ++region) {
        if (authority_.posture[region] == authority_.posture_acted[region]) continue;
        authority_.posture_acted[region] = authority_.posture[region];
        const PostureRow& posture = control_.postures[authority_.posture[region]];
        if (posture.revokes) revoke_toward(region);
        if (!posture.general) end_general_toward(region);
        if (!posture.licence) release([&](std::uint32_t b) { return structure_.border.destination[b] == region; });
    }
    for (std::size_t e = 0; e < authority_.listed.size(); ++e) {
        const bool reaches_owned = context_.day == control_.entities[e].ownership_from;
        if (authority_.listed[e] == authority_.listed_acted[e] && !reaches_owned) continue;
        authority_.listed_acted[e] = authority_.listed[e];
        if (authority_.listed[e] == Listed::kBanned) revoke_listed(e);
        if (authority_.listed[e] != Listed::kNo) end_general_listed(e);
    }
    if (authority_.covered == authority_.covered_acted) return;
    const auto freed = [&](std::uint32_t b) {
        const std::uint16_t product = structure_.border.product[b];
        return authority_.covered_acted[product] != 0 && authority_.covered[product] == 0;
    };
    release(freed);
    if (!authority_.in_force) release_customs();
    authority_.covered_acted = authority_.covered;
}

// Yesterday's applications, in key order, none larger than a shipment; lots that customs stopped.
void Desk::take_in()
{
    auto& today = authority_.today;
    today.clear();
    for (const auto& rows : handed_in_) {
        for (const auto& [b, held] : rows) {
            if (structure_.border.control[b] != index_) continue;
            if (held == 0) today.push_back({structure_.border_key(b), b});
            else authority_.holding.push(b, context_.day - 1 + control_.customs_hold, held);
        }
    }
    std::sort(today.begin(), today.end(), [](const FiledToday& a, const FiledToday& b) { return a.key < b.key; });
    for (const FiledToday& handed_in : today) {
        const std::uint32_t b = handed_in.border;
        std::int64_t& open = border_.unfiled[b];
        do {
            const std::int64_t grams = std::min(open, control_.shipment_size);
            file(b, grams);
            border_.filed[b] += grams;
            open -= grams;
        } while (open > 0 && open >= crumb_of(control_.shipment_size));
        border_.first_unfiled[b] = open > 0 ? context_.day : -1;  // a crumb waits for the next batch
    }
}

void Desk::file(std::uint32_t b, std::int64_t grams)
{
    std::uint32_t row = 0;
    if (authority_.free_rows.empty()) {
        row = static_cast<std::uint32_t>(authority_.files.size());
        authority_.files.emplace_back();
    } else {
        row = authority_.free_rows.back();
        authority_.free_rows.pop_back();
    }
    authority_.files[row] = {grams, b, context_.day, context_.day, border_.n_filed[b]++, kNoFile, 0, true};
    if (border_.head[b] == kNoFile) {
        border_.head[b] = row;
    } else {
        authority_.files[border_.tail[b]].next = row;
    }
    border_.tail[b] = row;
    border_.n_open[b] += 1;
    reach(row, 0);
    authority_.counter.push(row);
    LicenceCounts& counts = counts_of(b);
    counts.filed += 1;
    counts.filed_g += grams;
    counts.in_review += 1;
    counts.in_review_g += grams;
    std::uint8_t& known = authority_.known[structure_.border.buyer[b]];
    if (tells(b) && (known & kNamed) == 0) {
        known |= kNamed;
        ++authority_.n_known;
    }
}

void Desk::reach(std::uint32_t row, std::size_t stage)
{
    File& file = authority_.files[row];
    file.stage = static_cast<std::uint8_t>(stage);
    file.entered = context_.day;
    DeskCounts& desk = authority_.desks[stage];
    desk.in_review += 1;
    desk.in_review_g += file.grams;
    desk.offered += cost(control_.stages[stage], file);
}

void Desk::join_queue(std::uint32_t row)
{
    const File& file = authority_.files[row];
    authority_.stages[file.stage].classes[authority_.queue_of[structure_.border.klass[file.border]]][kUse].files.push(row);
}

// Whoever takes a file in sees whether its documents are complete; one refused whatever is in it is not looked at.
void Desk::open_counter()
{
    for (; !authority_.counter.empty(); authority_.counter.pop()) {
        const std::uint32_t row = authority_.counter.front();
        const File file = authority_.files[row];
        if (file.border == kNoFile) {  // void
            authority_.free_rows.push_back(row);
            continue;
        }
        const ClassRow& klass = control_.classes[structure_.border.klass[file.border]];
        if (!lacks_documents(file) || refused_in_principle(control_, authority_, klass, context_.day)) {
            join_queue(row);
            continue;
        }
        leave(file);
        give_back(file);
        close(row);
    }
}

// The oldest file of a line leaves its desk; it is still open.
File Desk::take(Line& line)
{
    const std::uint32_t row = line.files.front();
    line.files.pop();
    const File file = authority_.files[row];
    leave(file);
    return file;
}

void Desk::leave(const File& file)
{
    DeskCounts& desk = authority_.desks[file.stage];
    desk.in_review -= 1;
    desk.in_review_g -= file.grams;
    desk.done += 1;
}

// A file leaves the authority. Its row is free once no older file of the link is open before it.
void Desk::close(std::uint32_t row)
{
    File& file = authority_.files[row];
    const std::uint32_t b = file.border;
    file.open = false;
    border_.n_open[b] -= 1;
    border_.filed[b] -= file.grams;
    LicenceCounts& counts = counts_of(b);
    counts.in_review -= 1;
    counts.in_review_g -= file.grams;
    while (border_.head[b] != kNoFile && !authority_.files[border_.head[b]].open) {
        authority_.free_rows.push_back(border_.head[b]);
        border_.head[b] = authority_.files[border_.head[b]].next;
    }
    if (border_.head[b] == kNoFile) border_.tail[b] = kNoFile;
}

// Nothing needs a licence any more: what the link has here is the seller's again, and so is the order.
void Desk::void_files(std::uint32_t b)
{
    LicenceCounts& counts = counts_of(b);
    for (std::uint32_t row = border_.head[b]; row != kNoFile;) {
        File& file = authority_.files[row];
        const std::uint32_t next = file.next;
        if (!file.open) {
            authority_.free_rows.push_back(row);  // closed behind an older one: in no queue
        } else {
            counts.voided += 1;
            counts.voided_g += file.grams;
            counts.in_review -= 1;
            counts.in_review_g -= file.grams;
            authority_.desks[file.stage].in_review -= 1;
            authority_.desks[file.stage].in_review_g -= file.grams;
            file.border = kNoFile;  // dropped when its queue comes to it
        }
        row = next;
    }
    border_.head[b] = border_.tail[b] = kNoFile;
    border_.given_back[b] += border_.filed[b] + border_.unfiled[b];
    border_.filed[b] = border_.unfiled[b] = 0;
    border_.first_unfiled[b] = -1;
    border_.n_open[b] = 0;
}

template <class Is>
void Desk::release(Is is)
{
    for (std::uint32_t b = 0; b < structure_.n_border(); ++b) {
        if (structure_.border.control[b] == index_ && is(b)) void_files(b);
    }
    authority_.refiling.change_all([&](std::uint32_t b, std::int64_t grams) {
        if (!is(b)) return grams;
        border_.to_refile[b] -= grams;
        return std::int64_t{0};
    });
}

LicenceCounts& Desk::counts_of(const ClassRow& row)
{
    return authority_.counts[row.destination * static_cast<std::size_t>(kEndUses) + row.end_use];
}

LicenceCounts& Desk::counts_of(std::uint32_t b) { return counts_of(control_.classes[structure_.border.klass[b]]); }

}  // namespace chokepoint::dynamics
