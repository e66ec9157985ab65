#include "explain_result.hpp"

#include "format.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace chokepoint::cli {

namespace {

constexpr double kTrifle = 1e-6;      // [t] what is left of float32 values taken from each other
constexpr std::size_t kNamed = 3;

double at(const MaterialSlice& m, Stand stand) { return m.at[static_cast<std::size_t>(stand)].median; }

double above_usual(const MaterialSlice& m, Stand stand)
{
    return std::max(0.0, at(m, stand) - m.usual[static_cast<std::size_t>(stand)].median);
}

double less_on_order(const MaterialSlice& m)
{
    double less = 0;
    for (std::size_t s = 0; s < record::kStands; ++s) less += m.usual[s].median - m.at[s].median;
    return std::max(0.0, less);
}

std::string amount(const MaterialSlice& m, double tonnes)
{
    if (!(m.need_a_day() > 0)) return number_text(tonnes) + " t";
    return fmt::format("{} t ({} d of {})", number_text(tonnes), number_text(tonnes / m.need_a_day()), m.usual_need > 0 ? "first-week need" : "need");
}

// " under mofcom_18": the measures of the sources of which `holds` says that they have some.
template <class Holds>
std::string under(const SliceAxes& axes, const MaterialSlice& m, Holds holds)
{
    std::vector<std::string> ids;
    for (const SourceSlice& source : m.sources) {
        if (source.control < 0 || !holds(source)) continue;
        const std::string& id = axes.controls[static_cast<std::size_t>(source.control)];
        if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    }
    return ids.empty() ? "" : fmt::format(" under {}", fmt::join(ids, " and "));
}
std::string under(const SliceAxes& axes, const MaterialSlice& m, Part part)
{
    return under(axes, m, [&](const SourceSlice& source) { return source.at[static_cast<std::size_t>(part)] > kTrifle; });
}

std::string review_text(const SliceAxes& axes, const MaterialSlice& m)
{
    const auto files = static_cast<std::uint64_t>(std::max(0.0, m.open_files.median) + 0.5);
    const auto age = static_cast<std::uint64_t>(std::max(0.0, m.oldest_file.median) + 0.5);
    return fmt::format("{} wait for a licence{}, in {}, the oldest {} old", amount(m, at(m, Stand::kInReview)),
                       under(axes, m, Part::kInReview), counted_text(files, "application"), counted_text(age, "day"));
}

// " (mofcom_18 refuses defense in principle)".
std::string principle_text(const SliceAxes& axes, const Who& who, const MaterialSlice& m)
{
    if (!who.defense) return {};
    for (const SourceSlice& source : m.sources) {
        if (source.control < 0 || !(source.refused > kTrifle)) continue;
        const auto control = static_cast<std::size_t>(source.control);
        if (axes.control_refuses[control].find("defense") != std::string::npos)
            return fmt::format(" ({} refuses defense in principle)", axes.controls[control]);
    }
    return {};
}

std::string refused_text(const SliceAxes& axes, const Who& who, const MaterialSlice& m, bool seller_told)
{
    const std::string refused = amount(m, m.refused), returned = amount(m, m.returned);
    std::string out = !(m.returned > kTrifle) ? refused + " were refused"
                      : !(m.refused > kTrifle)
                          ? returned + " were returned for documents"
                          : refused + " were refused and " + returned + " returned for documents";
    out += " in the last four weeks" +
           under(axes, m, [](const SourceSlice& s) { return s.refused > kTrifle || s.returned > kTrifle; }) + principle_text(axes, who, m);
    if (seller_told) out += ", and such goods are back at the seller, among those that wait there";
    else if (at(m, Stand::kAtSeller) > kTrifle)
        out += fmt::format(", and such goods go back to the seller, where {} stand", amount(m, at(m, Stand::kAtSeller))) +
               kept_text(axes, m);
    return out;
}

// `seller_told`: what stands at the seller was named already.
std::string words(const SliceAxes& axes, const Who& who, const MaterialSlice& m, const Cause& cause, bool seller_told)
{
    switch (cause.kind) {
        case CauseKind::kNotOrdered:
            return amount(m, cause.tonnes) + " less than in the first week are on order: not ordered";
        case CauseKind::kAtSeller: {
            if (seller_told) return amount(m, cause.tonnes) + " more wait at the seller, among those named";
            const std::string kept = kept_text(axes, m);
            return amount(m, at(m, Stand::kAtSeller)) + " wait at the seller" +
                   (!kept.empty()             ? kept
                    : !axes.controls.empty() ? ", who rations or has not applied for a licence"
                                              : ", who rations");
        }
        case CauseKind::kInReview:
            return review_text(axes, m);
        case CauseKind::kRefused:
            return refused_text(axes, who, m, seller_told);
        case CauseKind::kLicensed:
            return amount(m, at(m, Stand::kLicensed)) + " are licensed" + under(axes, m, Part::kLicensed) + " and not shipped";
        case CauseKind::kAtCustoms:
            return amount(m, at(m, Stand::kAtCustoms)) + " are held at customs of the origin" + under(axes, m, Part::kAtCustoms);
        case CauseKind::kInTransit:
            return amount(m, at(m, Stand::kInTransit)) + " are in transit";
    }
    return {};
}

struct Kept {  // what one seller keeps of the orders, and why
    double tonnes;
    std::string text;
};

std::string kept_by(const SliceAxes& axes, const SourceSlice& source, Part part, double tonnes)
{
    const std::string seller = named(axes.seller_titles[source.seller], axes.sellers[source.seller]);
    const std::string control = source.control < 0 ? "" : axes.controls[static_cast<std::size_t>(source.control)];
    const std::string t = number_text(tonnes) + " t";
    switch (part) {
        case Part::kNotFiled:
            return fmt::format("{} with {} have no application for a licence under {} yet", t, seller, control);
        case Part::kPaused:
            return fmt::format("{} wait with {} after a refusal in principle under {}, until it applies again", t, seller, control);
        default:
            return fmt::format("{} owes {}", seller, t);
    }
}

}  // namespace

std::string named(const std::string& title, const std::string& id)
{
    // A title that stands twice carries its id already.
    return title.empty() || title == id || title.ends_with("(" + id + ")") ? (title.empty() ? id : title) : fmt::format("{} ({})", title, id);
}

// ": A owes 3 t; 2 t with B are not filed ...", empty where nothing more than in the first week stands with a seller.
std::string kept_text(const SliceAxes& axes, const MaterialSlice& m)
{
    std::vector<Kept> all;
    for (const SourceSlice& source : m.sources) {
        for (const Part part : {Part::kOwed, Part::kNotFiled, Part::kPaused}) {
            const auto p = static_cast<std::size_t>(part);
            if (source.at[p] - source.usual[p] > kTrifle) all.push_back({source.at[p], kept_by(axes, source, part, source.at[p])});
        }
    }
    std::stable_sort(all.begin(), all.end(), [](const Kept& a, const Kept& b) { return a.tonnes > b.tonnes; });
    std::vector<std::string> texts;
    for (const Kept& one : all)
        if (texts.size() < kNamed && one.tonnes >= kWorthNaming * all.front().tonnes) texts.push_back(one.text);
    return texts.empty() ? "" : fmt::format(": {}", fmt::join(texts, ", "));
}

std::vector<Cause> causes(const MaterialSlice& m)
{
    const double turned_away = m.refused + m.returned;
    double at_seller = above_usual(m, Stand::kAtSeller), refused = turned_away;
    const double passing = at(m, Stand::kInReview) + at(m, Stand::kLicensed) + at(m, Stand::kAtCustoms) +
                           at(m, Stand::kInTransit);
    if (turned_away > kTrifle && turned_away >= passing) {
        refused = std::max(refused, at_seller);
        at_seller = 0;
    } else {
        at_seller = std::max(0.0, at_seller - turned_away);
    }
    std::vector<Cause> out{{CauseKind::kNotOrdered, less_on_order(m)},
                           {CauseKind::kAtSeller, at_seller},
                           {CauseKind::kInReview, above_usual(m, Stand::kInReview)},
                           {CauseKind::kRefused, refused},
                           {CauseKind::kLicensed, above_usual(m, Stand::kLicensed)},
                           {CauseKind::kAtCustoms, above_usual(m, Stand::kAtCustoms)},
                           {CauseKind::kInTransit, above_usual(m, Stand::kInTransit)}};
    std::erase_if(out, [](const Cause& cause) { return !(cause.tonnes > kTrifle); });
    std::stable_sort(out.begin(), out.end(),
                     [](const Cause& a, const Cause& b) { return a.tonnes > b.tonnes; });
    return out;
}

namespace {
// Covert goods have no buyer until they arrive, so what was seized stands beside the causes and is not ranked.
std::string seized_sentence(const MaterialSlice& m)
{
    constexpr double kDays = 28, kPartOfUnmet = 0.1;
    if (!(m.route_seized > kTrifle) || m.route_seized < kPartOfUnmet * kDays * m.unmet.median) return {};
    return fmt::format(" In the last four weeks {} t on covert routes to users of it were seized.", number_text(m.route_seized));
}
}  // namespace

std::string cause_sentence(const SliceAxes& axes, const Who& who, const MaterialSlice& m)
{
    const auto all = causes(m);
    if (all.empty())
        return "No cause stands out: orders stand where they stood in the first week of the run." + seized_sentence(m);
    const auto names_seller = [](const Cause& cause) { return cause.kind == CauseKind::kAtSeller || cause.kind == CauseKind::kRefused; };
    std::string out = "Largest cause: " + words(axes, who, m, all.front(), false);
    bool told = names_seller(all.front());
    for (std::size_t i = 1; i < std::min(all.size(), kNamed); ++i) {
        if (all[i].tonnes < kWorthNaming * all.front().tonnes) continue;
        out += "; then " + words(axes, who, m, all[i], told);
        told = told || names_seller(all[i]);
    }
    return out + "." + seized_sentence(m);
}

}  // namespace chokepoint::cli
