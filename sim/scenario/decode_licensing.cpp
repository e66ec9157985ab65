// Export controls: what they cover, their clock, throughput and postures.

#include "decode.hpp"
#include "chokepoint/core/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::scenario {

namespace {
DeadlineMode deadline_mode(const std::string& word)
{
    return word == "hard" ? DeadlineMode::kHard : word == "none" ? DeadlineMode::kNone : DeadlineMode::kStopClock;
}

// Products of the right form that contain enough of a named element, and those named themselves.
std::vector<std::string> controlled_products(const View& view, const Scenario& scenario, const DecodeContext& context)
{
    const std::vector<std::string> elements = view.texts("controls");
    const std::vector<std::string> forms = view.texts("forms");
    const double least = view.number("content_above");
    std::vector<std::string> out = view.texts("products"), known;
    const std::size_t by_name = out.size();
    for (const Product& product : scenario.products) {
        const bool form = forms.empty() || std::find(forms.begin(), forms.end(), product.form) != forms.end();
        bool contains = false;
        for (const auto& [element, content] : product.elements) {
            if (std::find(known.begin(), known.end(), element) == known.end()) known.push_back(element);
            contains = contains || (content > least && std::find(elements.begin(), elements.end(), element) != elements.end());
        }
        if (form && contains && std::find(out.begin(), out.end(), product.id) == out.end()) out.push_back(product.id);
    }
    if (!elements.empty() && out.size() == by_name && by_name == 0)
        context.error(view.path("controls"), "no product contains any of these elements in a form and content that is controlled",
                      std::find(known.begin(), known.end(), elements.front()) == known.end() ? core::did_you_mean(elements.front(), known, "elements of products")
                                                                                             : "name a form one of them has, or lower content_above");
    if (elements.empty() && by_name == 0) context.error(view.path(), "controls nothing", "add controls: or products:");
    return out;
}

// The dates a control or one of its lists has.
template <class Dated>
void decode_dates(const View& view, const DecodeContext& context, Dated& out)
{
    out.from = view.date("from");
    if (view.has("until")) out.until = view.date("until");
    if (out.until && *out.until <= out.from) context.error(view.path("until"), "is not after `from`", "write a later date");
    if (view.has("announced")) out.announced = view.date("announced");
    if (out.announced && out.from < *out.announced) context.error(view.path("announced"), "is after `from`", "write an earlier date, or remove it");
}

void decode_clock(const View& view, Licensing& out)
{
    out.shipment_size = view.number("shipment_size");
    out.deadline_days = view.whole("deadline");
    out.deadline_mode = deadline_mode(view.text("deadline_mode"));
    out.minimum_review_days = view.whole("minimum_review");
    out.licence_lag_days = view.whole("licence_lag");
    out.declared_lot_days = view.whole("declared_lots");
    out.batch_days = view.at("batch").whole("days");
    out.batch_cover = view.at("batch").number("cover");
    out.held_cap = view.number("held_cap");
    out.use_first = view.number("use_first");
    out.validity_days = view.whole("validity");
    out.returned = view.number("returned");
    out.cost = view.number("cost");
    out.resubmit_days = view.at("resubmit").whole("after");
    out.resubmit = view.at("resubmit").number("probability");
    out.resubmit_at_most = view.at("resubmit").whole("at_most");
    out.pause_days = view.at("resubmit").whole("pause");
    out.customs_hold_days = view.number("customs_hold");
    out.announcement_wait = view.number("announced_wait");
}

}  // namespace

std::string known_posture(const View& view, std::string_view key, const Licensing& control, const DecodeContext& context)
{
    const std::string name = view.text(key);
    std::vector<std::string> ids;
    for (const Posture& posture : control.postures) ids.push_back(posture.id);
    if (std::find(ids.begin(), ids.end(), name) == ids.end())
        context.error(view.path(key), fmt::format("\"{}\" is no posture of {}", name, control.id), core::did_you_mean(name, ids, "postures"));
    return name;
}

namespace {
Toward decode_toward(const std::string& region, const std::string& key, const View& view)
{
    Toward out{region, view.text("posture"), {}, key};
    view.each("changes", [&](const std::string& id, const View& change) { out.changes.push_back({change.date("date"), change.text("posture"), id}); });
    std::stable_sort(out.changes.begin(), out.changes.end(), [](const PostureChange& a, const PostureChange& b) { return a.date < b.date; });
    return out;
}

void decode_postures(const View& view, const Scenario& scenario, const DecodeContext& context, Licensing& out)
{
    view.each("postures", [&](const std::string& id, const View& at) {
        const double weight = at.number("weight"), approval = at.number("approval");
        const bool general = at.has("general") ? at.flag("general") : weight > 0 && approval > 0;
        out.postures.push_back({id, weight, approval, at.number("hold"), at.number("signal"), at.number("military"), at.flag("licence"),
                                at.flag("banned"), general, at.flag("revokes")});
    });
    const View toward = view.at("toward");
    view.each("toward", [&](const std::string& id, const View& at) {
        known_posture(at, "posture", out, context);
        at.each("changes", [&](const std::string&, const View& change) { known_posture(change, "posture", out, context); });
        if (id == out.authority) context.error(at.path(), "is the region of the authority itself", "name a destination");
    });
    for (const auto& [region, by] : most_specific(toward, out.authority, scenario, context)) {
        if (by.empty())
            context.error(toward.path(), fmt::format("says nothing about {}", region), fmt::format("add {}: or other:", region));
        else
            out.toward.push_back(decode_toward(region, by, toward.at(by)));
    }
}
}  // namespace

void decode_licensing(const View& top, const DecodeContext& context, Scenario& out)
{
    top.each("licensing", [&](const std::string& id, const View& view) {
        Licensing control;
        control.id = id;
        control.title = view.has("title") ? view.text("title") : id;
        control.authority = view.text("authority");
        control.products = controlled_products(view, out, context);
        decode_dates(view, context, control);
        view.each("lists", [&](const std::string& list_id, const View& list) {
            ControlList further{list_id, controlled_products(list, out, context), {}, {}, {}};
            decode_dates(list, context, further);
            control.lists.push_back(std::move(further));
        });
        decode_clock(view, control);
        decode_postures(view, out, context, control);
        decode_authority(view, context, out, control);
        decode_regimes(view, context, out, control);
        out.licensing.push_back(std::move(control));
    });
}

}  // namespace chokepoint::scenario
