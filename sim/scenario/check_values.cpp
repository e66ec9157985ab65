// The values of the tree against the field table; check.cpp holds the walk over keys.

#include "check.hpp"

#include "chokepoint/core/date.hpp"
#include "distribution.hpp"
#include "horizon.hpp"
#include "merge.hpp"
#include "chokepoint/core/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cctype>
#include <cstdio>

namespace chokepoint::scenario {

bool Checker::wants_scalar(const Node& node, const Field& field, const std::string& path)
{
    if (node.is_scalar()) return true;
    const char* what = node.is_list() ? "a list" : "a map";
    report_.error(node.mark, path, fmt::format("{} where one value is wanted ({})", what, field.sentence.substr(0, field.sentence.find_first_of(".;"))), "write one value");
    return false;
}

void Checker::check_scalar(Node& node, const Field& field, const std::string& path)
{
    if (!wants_scalar(node, field, path)) return;
    switch (field.kind) {
    case FieldKind::kWord: return check_word(node, field, path);
    case FieldKind::kDate: return check_date(node, field, path);
    case FieldKind::kCount: return check_count(node, field, path);
    case FieldKind::kHs: return check_hs(node, path);
    case FieldKind::kReference: return check_reference(node, field, path);
    case FieldKind::kFlag:
        node.value = node.text == "true" ? 1 : 0;
        if (node.text != "true" && node.text != "false")
            report_.error(node.mark, path, fmt::format("\"{}\" is neither true nor false", node.text),
                          node.text == "yes" || node.text == "on" || node.text == "True" || node.text == "TRUE" || node.text == "1" ? "write \"true\"" : "write \"false\" or \"true\"");
        return;
    case FieldKind::kText:
        if (path != "name") return;
        for (const char c : node.text) {
            const auto byte = static_cast<unsigned char>(c);
            if (byte >= 0x80 || (std::isalnum(byte) == 0 && c != '_' && c != '-'))
                return report_.error(node.mark, path, "a name is letters, digits, underscores and hyphens (it names the result file)", "use the title for other text");
        }
        return;
    default: return;
    }
}

void Checker::check_word(const Node& node, const Field& field, const std::string& path)
{
    if (std::find(field.words.begin(), field.words.end(), node.text) != field.words.end()) return;
    report_.error(node.mark, path, fmt::format("\"{}\" is not one of the choices", node.text), core::did_you_mean(node.text, field.words, "choices"));
}

namespace {
// A date in another form, or a day that does not exist, as the ISO date that may be meant.
struct LikelyDate {
    std::string text;           // empty when nothing is likely
    bool is_spelling = false;  // the day itself is right
};
LikelyDate likely_date(const std::string& text)
{
    int year = 0, month = 0, day = 0;
    char one = 0, two = 0;
    if (std::sscanf(text.c_str(), "%4d%c%2d%c%2d", &year, &one, &month, &two, &day) != 5) return {};
    if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31) return {};
    const core::Date first = core::Date::from_ymd(year, month, 1);
    return {core::Date::from_ymd(year, month, std::min(day, first.days_in_month())).to_string(), day <= first.days_in_month()};
}

// What `never` stands for: later than any date that can be written.
const core::Date kAfterAllDates = core::Date::from_ymd(2201, 1, 1);
}  // namespace

void Checker::check_date(Node& node, const Field& field, const std::string& path)
{
    if (node.text == kNever) {
        node.value = kAfterAllDates.days_since_epoch;
        if (field.path == "time.start") report_.error(node.mark, path, "the simulated days must begin", "write it as in 2025-01-01");
        if (path.ends_with(".until")) report_.error(node.mark, path, "what never ends needs no last day", "leave this key out");
        return;
    }
    const auto date = core::Date::parse(node.text);
    if (date && date->year() >= 1900 && date->year() <= 2200) {
        node.value = date->days_since_epoch;
        return;
    }
    const LikelyDate near = date ? LikelyDate{} : likely_date(node.text);
    report_.error(node.mark, path, date ? fmt::format("\"{}\" is not between 1900 and 2200", node.text) : fmt::format("\"{}\" is no date (year-month-day of a day that exists)", node.text),
                  near.text.empty() ? "write it as in 2025-04-04" : fmt::format("write \"{}\"{}", near.text, near.is_spelling ? "" : ", the last day of that month, if that is meant"));
}

void Checker::check_count(Node& node, const Field& field, const std::string& path)
{
    const auto value = read_count(node.text);
    if (!value) {
        const auto number = read_number(node.text);
        std::string remedy = "write a whole number without a unit";
        if (const auto* complaint = std::get_if<Complaint>(&number)) {
            if (complaint->remedy.starts_with("write \"")) remedy = complaint->remedy;
        } else if (const double given = std::get<double>(number); given >= 1 && given < 1e15) {
            remedy = given == std::floor(given) ? fmt::format("write \"{:.0f}\"", given) : fmt::format("write \"{:.0f}\" or \"{:.0f}\"", std::floor(given), std::ceil(given));
        }
        report_.error(node.mark, path, fmt::format("\"{}\" is not a count (a whole number from 0 on that fits 64 bits)", node.text), remedy);
        return;
    }
    node.value = static_cast<double>(*value);
    if (node.value < field.low || node.value > field.high)
        report_.error(node.mark, path, fmt::format("{} is outside the bounds ({:.12g} to {:.12g})", node.text, field.low, field.high),
                      fmt::format("write \"{:.12g}\" or {}", node.value < field.low ? field.low : field.high, node.value < field.low ? "more" : "less"));
}

void Checker::check_hs(const Node& node, const std::string& path)
{
    const bool digits = !node.text.empty() && std::all_of(node.text.begin(), node.text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
    if (!node.quoted)
        report_.error(node.mark, path, "a customs code needs quotes (as a number it would lose its leading zeros)", fmt::format("write {}: \"{}\"", "hs", node.text));
    else if (!digits || node.text.size() < 6 || node.text.size() > 10)
        report_.error(node.mark, path, fmt::format("\"{}\" is no customs code (6 to 10 digits)", node.text), "write the code as in \"850511\"");
}

void Checker::check_reference(const Node& node, const Field& field, const std::string& path)
{
    const std::vector<std::string> ids = ids_of(field.refers_to);
    if (std::find(ids.begin(), ids.end(), node.text) != ids.end()) return;
    for (const std::string& map : field.refers_to)  // a map that is none has an error of its own
        if (const Node* named = root_.find(map); named != nullptr && !named->is_map()) return;
    report_.error(node.mark, path, fmt::format("\"{}\" names nothing in this scenario", node.text), is_inherited(node.mark) ? take_out(path) : core::did_you_mean(node.text, ids, "names"));
}

// What a file inherits was right where it stands: the file at hand took out what it names.
bool Checker::is_inherited(const Mark& mark) const
{
    return mark.source != nullptr && root_.mark.source != nullptr && mark.source != root_.mark.source && !mark.source->is_override;
}

std::string Checker::take_out(const std::string& path)
{
    const std::vector<std::string> steps = split_path(path);
    if (steps.size() < 3) return "keep what it names, or take this out too";
    return fmt::format("keep what it names, or take this out too: {}: {{ {}: null }}", steps[0], steps[1]);
}

void Checker::check_source(const Node& node, const std::string& path)
{
    if (node.text == "assumption" || source_keys_.empty()) return;
    if (std::find(source_keys_.begin(), source_keys_.end(), node.text) == source_keys_.end())
        report_.error(node.mark, path, fmt::format("\"{}\" is no key of sources.csv", node.text), core::did_you_mean(node.text, source_keys_, "keys"));
}

void Checker::check_list(Node& node, const Field& field, const std::string& path)
{
    const bool single = field.kind == FieldKind::kReferences || field.kind == FieldKind::kSources;
    if (node.is_scalar() && single) {
        Node list = node;
        list.kind = Node::Kind::kList;
        list.items = {node};
        list.text.clear();
        node = std::move(list);
    }
    if (!node.is_list() || node.items.empty()) {
        const std::string item = node.is_scalar() ? node.text : "...";
        report_.error(node.mark, path, "a list is wanted here, with at least one value", node.is_scalar() ? fmt::format("write \"[{}]\"", item) : "write [...]");
        return;
    }
    for (Node& item : node.items) {
        if (!wants_scalar(item, field, path)) continue;
        if (field.kind == FieldKind::kReferences) check_reference(item, field, path);
        if (field.kind == FieldKind::kSources) check_source(item, path);
        if (field.kind == FieldKind::kCounts) check_count(item, field, path);
        if (field.kind == FieldKind::kShares)
            if (const auto number = read_field_number(item, field, path, report_)) item.value = number->value;
        const auto same = [&item](const Node& other) { return &other < &item && other.is_scalar() && other.text == item.text; };
        if (field.kind != FieldKind::kCounts && field.kind != FieldKind::kShares && std::any_of(node.items.begin(), node.items.end(), same))
            report_.error(item.mark, path, fmt::format("\"{}\" stands twice in the list", item.text), "keep one");
    }
}

void Checker::check_quantity(Node& node, const Field& field, const std::string& path)
{
    if (is_distribution(node)) {
        if (!field.varies) return report_.error(node.mark, path, "a distribution cannot stand here", "write one value");
        node.distribution = read_distribution(node, field, path, node.unit, report_);
        if (node.distribution) node.value = node.distribution->quantile(0.5);
        return;
    }
    if (!wants_scalar(node, field, path)) return;
    if (const auto number = read_field_number(node, field, path, report_)) {
        node.value = number->value;
        node.unit = number->unit;
    }
}

void Checker::check_cover(Node& node, const FieldNode& field, const std::string& path)
{
    if (!node.is_map()) return check_quantity(node, field.field, path);
    if (node.entries.size() != 1 || field.child(node.entries[0].key) == nullptr) {
        report_.error(node.mark, path, "is neither days nor a distribution over firms (lognormal, uniform, triangular)",
                      "write for example { lognormal: { median: 28 d, log_sd: 0.8 } }");
        return;
    }
    Entry& kind = node.entries[0];
    const std::string here = join_path(path, kind.key);
    const std::size_t before = report_.errors();
    check_value(kind, *field.child(kind.key), here);
    if (report_.errors() > before) return;
    if (kind.key == "lognormal") {
        const bool sd = kind.value.find("log_sd") != nullptr;
        const Node* p95 = kind.value.find("p95");
        if (sd == (p95 != nullptr))
            report_.error(kind.key_mark, here, sd ? "has both log_sd and p95" : "has neither log_sd nor p95", "give exactly one of the two");
        else if (p95 != nullptr && p95->value <= kind.value.find("median")->value)
            report_.error(p95->mark, join_path(here, "p95"), "is not above the median", "write a larger value");
        return;
    }
    const std::size_t wanted = kind.key == "uniform" ? 2 : 3;
    const auto& items = kind.value.items;
    const auto falls = [](const Node& a, const Node& b) { return a.value > b.value; };
    if (items.size() != wanted || std::adjacent_find(items.begin(), items.end(), falls) != items.end())
        report_.error(kind.value.mark, here, fmt::format("wants {} values in ascending order", wanted), wanted == 2 ? "write [low, high]" : "write [low, mode, high]");
}

void Checker::apply_vary()
{
    const Node* ensemble = root_.find("ensemble");
    const Node* vary = ensemble == nullptr ? nullptr : ensemble->find("vary");
    if (vary == nullptr || !vary->is_map()) return;
    for (const Entry& entry : std::vector<Entry>(vary->entries)) vary_one(entry);
}

void Checker::vary_one(const Entry& entry)
{
    const std::string key = "ensemble.vary." + entry.key;
    Node* node = &root_;
    const FieldNode* field = &field_tree();
    for (const std::string& step : split_path(entry.key)) {
        Node* below = node->find(step);
        const FieldNode* below_field = field->child_for(step);
        if (below == nullptr || below_field == nullptr) {
            std::vector<std::string> names;
            for (const Entry& e : node->entries) names.push_back(e.key);
            return report_.error(entry.key_mark, key, fmt::format("there is no \"{}\" to vary", step), is_inherited(entry.key_mark) ? fmt::format("end the draw: add ensemble: {{ vary: {{ {}: null }} }}", entry.key) : core::did_you_mean(step, names, "keys"));
        }
        node = below;
        field = below_field;
    }
    const Field& f = field->field;
    if ((f.kind != FieldKind::kQuantity && f.kind != FieldKind::kCover) || !f.varies)
        return report_.error(entry.key_mark, key, "this key cannot vary between members (only numbers with a unit or bare shape parameters can)", "vary another key");
    if (!is_distribution(entry.value))
        return report_.error(entry.value.mark, key, "is not a distribution (uniform, triangular, normal, lognormal, beta, choice)", "write for example { uniform: [1 x, 2 x] }");
    std::string unit = node->unit;
    auto distribution = read_distribution(entry.value, f, key, unit, report_);
    if (!distribution) return;
    if (!node->unit.empty() && unit != node->unit)
        return report_.error(entry.value.mark, key, fmt::format("varies in {}, but the key is set in {}", unit, node->unit), "use the unit of the key");
    node->unit = unit;
    node->value = distribution->quantile(0.5);
    node->distribution = std::move(distribution);
}

}  // namespace chokepoint::scenario
