#include "convert.hpp"

#include "units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

namespace chokepoint::scenario {

namespace {
constexpr double kWorkingDaysPerYear = 250;  // [wd] about, in any calendar
constexpr double kGramsPerPound = 453.59237;
constexpr int kExactDigits = 9;              // a decimal that needs more is not called the same

// A unit as people write it, in grams, days, dollars or shares.
struct Word {
    const char* text;
    double size;
    bool about = false;  // months and years differ in length
};

constexpr Word kMasses[] = {{"g", 1}, {"gram", 1}, {"grams", 1}, {"kg", 1e3}, {"kilo", 1e3}, {"kilos", 1e3},
                            {"kilogram", 1e3}, {"kilograms", 1e3}, {"t", 1e6}, {"tonne", 1e6}, {"tonnes", 1e6},
                            {"kt", 1e9}, {"Mt", 1e12}, {"mg", 1e-3}, {"lb", kGramsPerPound}, {"lbs", kGramsPerPound},
                            {"pound", kGramsPerPound}, {"pounds", kGramsPerPound}};
constexpr Word kTimes[] = {{"d", 1}, {"day", 1}, {"days", 1}, {"h", 1.0 / 24}, {"hours", 1.0 / 24}, {"w", 7}, {"week", 7}, {"weeks", 7},
                           {"month", kDaysPerMonth, true}, {"months", kDaysPerMonth, true}, {"quarter", kDaysPerYear / 4, true},
                           {"yr", kDaysPerYear, true}, {"y", kDaysPerYear, true}, {"a", kDaysPerYear, true}, {"year", kDaysPerYear, true}, {"years", kDaysPerYear, true},
                           {"wd", kDaysPerYear / kWorkingDaysPerYear, true}};
constexpr Word kMoneys[] = {{"USD", 1}, {"$", 1}, {"US$", 1}, {"dollar", 1}, {"dollars", 1}, {"thousand USD", 1e3}, {"kUSD", 1e3}, {"k USD", 1e3},
                            {"million USD", 1e6}, {"mn USD", 1e6}, {"USD million", 1e6}, {"USD mn", 1e6}, {"billion USD", 1e9}, {"bn USD", 1e9}, {"USD billion", 1e9}, {"USD bn", 1e9}};
constexpr Word kShares[] = {{"%", 0.01}, {"percent", 0.01}, {"per cent", 0.01}, {"pct", 0.01}, {"x", 1}, {"times", 1}, {"bp", 1e-4}, {"bps", 1e-4}};
constexpr Word kPointWords[] = {{"pp", 0.01}, {"ppt", 0.01}, {"points", 0.01}, {"percentage points", 0.01}, {"bp", 1e-4}, {"bps", 1e-4}};
constexpr Word kFiles[] = {{"files", 1}, {"file", 1}, {"applications", 1}};

// What a text measures, in the model unit of a dimension.
struct Measure {
    double size = 1;
    std::string model_unit;
    bool about = false;
};

template <std::size_t N>
std::optional<Measure> word(const Word (&words)[N], std::string_view text, const char* unit)
{
    for (const Word& known : words)
        if (text == known.text) return Measure{known.size, unit, known.about};
    return std::nullopt;
}

std::optional<Measure> ratio(const std::optional<Measure>& above, const std::optional<Measure>& below, std::string unit)
{
    if (!above || !below) return std::nullopt;
    return Measure{above->size / below->size, std::move(unit), above->about};  // a rate per year is one in trade tables too
}

std::optional<Measure> measure(std::string_view text, Dimension dimension)
{
    const std::size_t slash = std::min(text.find('/'), text.size());
    const std::string_view above = text.substr(0, slash);
    const std::string_view below = slash == text.size() ? std::string_view{} : text.substr(slash + 1);
    const auto per_day = [&](const std::optional<Measure>& what, std::string unit) {
        return below == "wd" || below == "h" ? std::nullopt : ratio(what, word(kTimes, below, "d"), std::move(unit));
    };
    switch (dimension) {
    case Dimension::kBare:
    case Dimension::kShare:
    case Dimension::kFactor: return word(kShares, text, "1");
    case Dimension::kPoints: return word(kPointWords, text, "1");
    case Dimension::kDays:
    case Dimension::kWorkingDays: return word(kTimes, text, "d");
    case Dimension::kMass: return word(kMasses, text, "g");
    case Dimension::kMoney: return word(kMoneys, text, "USD");
    case Dimension::kPrice: {
        auto price = ratio(word(kMoneys, above, "USD"), word(kMasses, below, "g"), "USD/kg");
        if (price) price->size *= 1e3;
        return price;
    }
    case Dimension::kMassRate: return per_day(word(kMasses, above, "g"), "g/d");
    case Dimension::kPerDay: return per_day(word(kShares, above, "1"), "1/d");
    case Dimension::kPerYear:  // growth of a month is not a twelfth of that of a year
        if (const auto time = word(kTimes, below, "d"); !time || time->size != kDaysPerYear) return std::nullopt;
        return word(kShares, above, "1/yr");
    case Dimension::kFilesPerDay: return per_day(word(kFiles, above, "files"), "files/d");
    case Dimension::kRatio: {
        auto share = ratio(word(kMasses, above, "g"), word(kMasses, below, "g"), "g/g");
        if (!share && text == "%") share = Measure{0.01, "g/g"};
        return share ? share : measure(text, Dimension::kMassRate);
    }
    case Dimension::kAmount: {
        if (auto rate = measure(text, Dimension::kMassRate)) return rate;
        const auto usual = find_unit(fmt::format("g/{}", below), dimension);  // a name that may stand there
        return usual ? ratio(word(kMasses, above, "g"), Measure{}, usual->model_unit) : std::nullopt;
    }
    case Dimension::kOutputRate: {
        const std::string unit = fmt::format("{}/d", above);
        return find_unit(unit, dimension) ? per_day(Measure{}, unit) : std::nullopt;
    }
    case Dimension::kOutputValue: {
        const std::string unit = fmt::format("USD/{}", below);
        return find_unit(unit, dimension) ? ratio(word(kMoneys, above, "USD"), Measure{}, unit) : std::nullopt;
    }
    }
    return std::nullopt;
}

// The units of the key that measure the same, the usual one first.
std::vector<Unit> targets(const Measure& found, Dimension dimension)
{
    if (dimension == Dimension::kBare) return {{"", 1, 1, "1"}};
    if (dimension == Dimension::kWorkingDays) return {{"wd", kDaysPerYear / kWorkingDaysPerYear, 1, "d"}};
    std::vector<Unit> out;
    for (const Unit& unit : units_of(dimension))
        if (unit.model_unit == found.model_unit) out.push_back(unit);
    if (!out.empty()) return out;
    std::vector<std::string> spelled{found.model_unit};
    if (dimension == Dimension::kAmount) {
        const std::string name = found.model_unit.substr(found.model_unit.find('/'));
        spelled = {"kg" + name, "g" + name, "t" + name};
    }
    for (const std::string& text : spelled)
        if (auto unit = find_unit(text, dimension)) out.push_back(*unit);
    return out;
}

std::string written(const std::string& number, const std::string& unit) { return unit.empty() ? number : number + " " + unit; }

// Three digits, without an exponent where that can be read.
std::string rounded(double value)
{
    const double size = std::abs(value);
    if (size < 1000 || size >= 1e9) return fmt::format("{:.3g}", value);
    const double unit = std::pow(10, std::floor(std::log10(size)) - 2);
    return fmt::format("{:.0f}", std::round(value / unit) * unit);
}

// The number as a short decimal, where it has one.
std::optional<std::string> short_decimal(double value)
{
    const double size = std::abs(value);
    if (size != 0 && (size < 1e-3 || size >= 1e7)) return std::nullopt;
    std::string text = fmt::format("{:.{}g}", value, kExactDigits);
    if (text.find('e') != std::string::npos) return std::nullopt;
    double read = 0;
    std::from_chars(text.data(), text.data() + text.size(), read);
    if (std::abs(read - value) > 1e-14 * size) return std::nullopt;
    return text;
}
}  // namespace

std::string unit_to_add(std::string_view verb, Dimension wanted)
{
    const bool named = wanted == Dimension::kOutputRate || wanted == Dimension::kOutputValue;
    const std::vector<Unit> units = units_of(wanted);
    return fmt::format("{}{}", verb, units.size() == 1 && !named ? units.front().text : "one of these units");
}

std::string conversion_remedy(double number, std::string_view unit, Dimension wanted)
{
    const std::string none = wanted == Dimension::kBare ? "write a number without a unit" : unit_to_add("give it in ", wanted);
    const auto found = measure(unit, wanted);
    const std::vector<Unit> units = found ? targets(*found, wanted) : std::vector<Unit>{};
    if (units.empty()) return none;
    const bool whole = wanted == Dimension::kDays || wanted == Dimension::kWorkingDays;
    const bool about = found->about || wanted == Dimension::kWorkingDays;
    const auto in = [&](const Unit& target) { return number * found->size / target.factor * target.divisor; };
    const std::string_view sign = wanted == Dimension::kPoints && number > 0 ? "+" : "";
    for (const Unit& target : units)
        if (const auto text = about ? std::nullopt : short_decimal(in(target))) return fmt::format("write \"{}{}\"", sign, written(*text, target.text));
    const auto near = std::find_if(units.begin(), units.end(), [&](const Unit& target) { return std::abs(in(target)) >= 0.1; });
    const Unit& target = near == units.end() ? units.back() : *near;
    const double value = whole ? std::max(1.0, std::round(in(target))) : in(target);
    return fmt::format("write about \"{}{}\"", sign, written(whole ? fmt::format("{:.0f}", value) : rounded(value), target.text));
}

}  // namespace chokepoint::scenario
