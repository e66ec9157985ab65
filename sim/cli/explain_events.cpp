#include "explain_result.hpp"

#include "format.hpp"

#include "chokepoint/record/quantile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

namespace chokepoint::cli {

namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

struct Slot {  // a number or a date in the text of an event
    std::string raw;
    bool is_date = false;
    double value = 0;  // days since kEpoch for a date
};
struct Shape {  // a text with its numbers taken out
    std::string form;
    std::vector<Slot> slots;
};
constexpr char kHole = '\x01';
core::Date epoch() { return core::Date::from_ymd(2000, 1, 1); }

// A number or date that begins at `at`; empty raw where none does.
Slot slot_at(const std::string& text, std::size_t at)
{
    if (at > 0 && (is_word(text[at - 1]) || text[at - 1] == '.')) return {};
    if (const auto date = core::Date::parse(text.substr(at, 10)); date && (at + 10 >= text.size() || !is_word(text[at + 10])))
        return {text.substr(at, 10), true, static_cast<double>(*date - epoch())};
    std::size_t end = at;
    if (text[end] == '+' || text[end] == '-') ++end;
    const std::size_t first = end;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end == first) return {};
    if (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1]))
        for (++end; end < text.size() && is_digit(text[end]);) ++end;
    if (end < text.size() && is_word(text[end])) return {};
    const std::string raw = text.substr(at, end - at);
    return {raw, false, std::stod(raw)};
}

Shape shape_of(const std::string& text)
{
    Shape out;
    for (std::size_t i = 0; i < text.size();) {
        Slot slot = slot_at(text, i);
        if (slot.raw.empty()) {
            out.form += text[i++];
            continue;
        }
        i += slot.raw.size();
        out.form += kHole;
        out.slots.push_back(std::move(slot));
    }
    return out;
}

struct Entry {
    int day, members;
    Shape shape;
};
struct Kind {  // events that differ at most in their day and numbers
    std::string kind, subject;
    std::vector<Entry> entries;
};

// "51 (45 to 60)": median and range over members; as it stands where all have the same.
std::string slot_text(const std::vector<const Entry*>& entries, std::size_t s)
{
    std::vector<double> values;
    bool same = true, sign = false;
    const Slot& first = entries.front()->shape.slots[s];
    for (const Entry* one : entries) {
        const Slot& slot = one->shape.slots[s];
        same = same && slot.raw == first.raw;
        sign = sign || slot.raw.front() == '+';
        values.insert(values.end(), static_cast<std::size_t>(std::max(1, one->members)), slot.value);
    }
    if (same) return first.raw;
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    const double median = record::quantile(values, 0.5);
    const auto text = [&](double value) {
        return first.is_date ? (epoch() + static_cast<int>(std::lround(value))).to_string() : sign ? signed_text(value) : number_text(value);
    };
    return fmt::format("{} ({} to {})", text(median), text(*low), text(*high));
}

ToldEvent merged(const Kind& kind, const std::vector<const Entry*>& entries)
{
    ToldEvent out{0, entries.front()->day, entries.front()->day, kind.kind, kind.subject, "", 0};
    std::vector<double> days;
    for (const Entry* one : entries) {
        out.first = std::min(out.first, one->day);
        out.last = std::max(out.last, one->day);
        out.members += one->members;
        days.insert(days.end(), static_cast<std::size_t>(std::max(1, one->members)), one->day);
    }
    out.day = static_cast<int>(std::lround(record::quantile(days, 0.5)));
    std::size_t slot = 0;
    for (const char c : entries.front()->shape.form) {
        if (c == kHole)
            out.text += slot_text(entries, slot++);
        else
            out.text += c;
    }
    return out;
}

// What all members share stands alone; then what all have on one day, with other values; the rest is one.
void tell_kind(const Kind& kind, int done, std::vector<ToldEvent>& out)
{
    std::vector<const Entry*> rest, other;
    for (const Entry& one : kind.entries) {
        if (one.members == done)
            out.push_back(merged(kind, {&one}));
        else
            rest.push_back(&one);
    }
    for (std::size_t i = 0; i < rest.size();) {
        std::vector<const Entry*> day;
        int members = 0;
        for (const int at = rest[i]->day; i < rest.size() && rest[i]->day == at; ++i) {
            day.push_back(rest[i]);
            members += rest[i]->members;
        }
        if (members == done)
            out.push_back(merged(kind, day));
        else
            other.insert(other.end(), day.begin(), day.end());
    }
    if (!other.empty()) out.push_back(merged(kind, other));
}

void add_each(const std::string& list, const std::string& opening, std::set<std::string>& out)
{
    for (std::size_t at = 0; at < list.size();) {
        const std::size_t end = std::min(list.find(", ", at), list.size());
        out.insert(opening + list.substr(at, end - at));
        at = end + 2;
    }
}

// Whether a list of "user product" names the user, and the product where one is asked for.
bool serves(const std::string& list, const std::string& user, const std::string& product)
{
    std::set<std::string> pairs;
    add_each(list, "", pairs);
    return std::any_of(pairs.begin(), pairs.end(), [&](const std::string& pair) {
        return product.empty() ? pair.starts_with(user + " ") : pair == user + " " + product;
    });
}

}  // namespace

std::vector<ToldEvent> told(const std::vector<PolicyEvent>& events, int members_done)
{
    std::vector<Kind> kinds;
    for (const PolicyEvent& event : events) {
        Entry entry{event.day, event.members, shape_of(event.text)};
        auto same = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& one) {
            return one.kind == event.kind && one.subject == event.subject && one.entries.front().shape.form == entry.shape.form;
        });
        if (same == kinds.end()) same = kinds.insert(kinds.end(), Kind{event.kind, event.subject, {}});
        same->entries.push_back(std::move(entry));
    }
    std::vector<ToldEvent> out;
    for (const Kind& kind : kinds) tell_kind(kind, members_done, out);
    std::stable_sort(out.begin(), out.end(), [](const ToldEvent& a, const ToldEvent& b) { return a.first < b.first; });
    return out;
}

std::string when_text(const SliceAxes& axes, const ToldEvent& event)
{
    const auto date = [&](int day) { return (axes.start + day).to_string(); };
    if (event.first == event.last) return date(event.day);
    return fmt::format("{} ({} to {})", date(event.day), date(event.first), date(event.last));
}

std::set<std::string> acts_on(const SliceAxes& axes, const std::string& block, const std::string& product)
{
    std::set<std::string> out{"capacity " + block}, seen{block};
    std::vector<std::string> users{block};
    for (std::size_t u = 0; u < users.size(); ++u) {
        for (std::size_t s = 0; s < axes.sources.size(); ++s) {
            const std::size_t arrow = axes.sources[s].find('>');
            const std::string seller = axes.sources[s].substr(0, arrow), user = axes.sources[s].substr(arrow + 1);
            if (u == 0 && seller == block) add_each(axes.source_acts[s], "", out);  // what a seller sells
            if (user != users[u] || !(axes.source_base[s] > 0)) continue;
            const auto at = static_cast<std::size_t>(std::find(axes.sellers.begin(), axes.sellers.end(), seller) - axes.sellers.begin());
            if (!product.empty() && axes.seller_products[at] != product) continue;
            add_each(axes.source_acts[s], "", out);
            out.insert("capacity " + seller);
            if (axes.seller_roles[at] != "producer" && seen.insert(seller).second) users.push_back(seller);
        }
    }
    for (std::size_t i = 0; i < axes.stockpile_serves.size(); ++i)
        if (serves(axes.stockpile_serves[i], block, product)) out.insert("stockpile " + axes.stockpiles[i]);
    for (std::size_t i = 0; i < axes.route_serves.size(); ++i) {
        if (!serves(axes.route_serves[i], block, product)) continue;
        out.insert("route " + axes.routes[i]);
        add_each(axes.route_enforcement[i], "enforcement ", out);
    }
    return out;
}

bool concerns(const PolicyEvent& event, const std::set<std::string>& acts) { return acts.contains(event.kind + " " + event.subject); }

namespace {

// A change of a layer may be one of some of its goods: "rate 10 % becomes 0 % for magnet_std".
bool on_goods(const PolicyEvent& event, const std::set<std::string>& bought)
{
    static const std::string kGoods = " % for ";
    const std::size_t at = event.text.rfind(kGoods);
    if (event.kind != "duty" || at == std::string::npos) return true;
    std::set<std::string> goods;
    add_each(event.text.substr(at + kGoods.size()), "", goods);
    return std::any_of(goods.begin(), goods.end(), [&](const std::string& one) { return bought.contains(one); });
}

}  // namespace

std::vector<ToldEvent> events_on(const SliceAxes& axes, const Who& who, const record::Slice& slice, const std::string& product)
{
    const auto acts = acts_on(axes, who.id, product);
    std::set<std::string> goods{product};
    if (product.empty()) {
        for (const auto& m : slice.materials) goods.insert(m.product);
        if (slice.seller) goods.insert(axes.seller_products[slice.seller->seller]);
    }
    std::vector<PolicyEvent> mine;
    for (const PolicyEvent& event : slice.events)
        if (concerns(event, acts) && on_goods(event, goods)) mine.push_back(event);
    return told(mine, static_cast<int>(axes.members_done));
}

std::string events_text(const SliceAxes& axes, const Who& who, const record::Slice& slice, const std::string& product, std::size_t width)
{
    const std::string goods = fmt::format("{} it {}, directly or through traders, since {}", product.empty() ? "goods" : product,
                                          slice.seller ? "buys or sells" : "buys", (axes.start + std::max(0, slice.day - 30)).to_string());
    const auto events = events_on(axes, who, slice, product);
    if (events.empty()) return wrapped(fmt::format("No event of policy or capacity on {}.", goods), width);
    std::string out = wrapped(fmt::format("Policy and capacity that acted on {}:", goods), width);
    for (const ToldEvent& event : events) {
        const std::string members = event.first == event.last ? fmt::format("{} of {}", event.members, counted_text(axes.members_done, "member"))
                                                              : fmt::format("{} in {}", counted_text(static_cast<std::uint64_t>(event.members), "time"),
                                                                            counted_text(axes.members_done, "member"));
        out += wrapped(fmt::format("{} {} {}: {} ({})", when_text(axes, event), event.kind, event.subject, event.text, members), width, 2);
    }
    return out;
}

}  // namespace chokepoint::cli
