#include "units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace chokepoint::scenario {

namespace {
constexpr double kGramsPerTonne = 1e6;
constexpr double kGramsPerKilogram = 1e3;

std::vector<Unit> mass_rates()
{
    std::vector<Unit> out;
    for (const auto& [mass, grams] : {std::pair{"t", kGramsPerTonne}, {"kg", kGramsPerKilogram}, {"g", 1.0}}) {
        out.push_back({fmt::format("{}/d", mass), grams, 1, "g/d"});
        out.push_back({fmt::format("{}/month", mass), grams, kDaysPerMonth, "g/d"});
        out.push_back({fmt::format("{}/yr", mass), grams, kDaysPerYear, "g/d"});
    }
    return out;
}

std::vector<Unit> ratios()
{
    return {{"t/t", 1, 1, "g/g"}, {"kg/t", 1, 1e3, "g/g"}, {"g/t", 1, 1e6, "g/g"}, {"kg/kg", 1, 1, "g/g"}, {"g/kg", 1, 1e3, "g/g"}, {"g/g", 1, 1, "g/g"}};
}

bool is_name(std::string_view text)
{
    return !text.empty() && std::isalpha(static_cast<unsigned char>(text[0])) != 0 &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
}

// Names that are units of time or mass cannot name an output.
bool is_reserved(std::string_view name)
{
    for (const char* word : {"d", "wd", "yr", "month", "day", "year", "t", "kg", "g"})
        if (name == word) return true;
    return false;
}

std::optional<Unit> named_unit(std::string_view text, Dimension dimension)
{
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const std::string_view above = text.substr(0, slash);
    const std::string_view below = text.substr(slash + 1);
    if (dimension == Dimension::kOutputRate) {
        if (!is_name(above) || is_reserved(above)) return std::nullopt;
        if (below == "d") return Unit{std::string(text), 1, 1, std::string(text)};
        if (below == "yr") return Unit{std::string(text), 1, kDaysPerYear, std::string(above) + "/d"};
        return std::nullopt;
    }
    if (!is_name(below) || is_reserved(below)) return std::nullopt;
    if (dimension == Dimension::kOutputValue) return above == "USD" ? std::optional<Unit>({std::string(text), 1, 1, std::string(text)}) : std::nullopt;
    for (const Unit& mass : units_of(Dimension::kMass))
        if (mass.text == above) return Unit{std::string(text), mass.factor, 1, fmt::format("g/{}", below)};
    return std::nullopt;
}
}  // namespace

std::vector<Unit> units_of(Dimension dimension)
{
    switch (dimension) {
    case Dimension::kBare: return {};
    case Dimension::kDays: return {{"d", 1, 1, "d"}};
    case Dimension::kWorkingDays: return {{"wd", 1, 1, "wd"}};
    case Dimension::kShare: return {{"%", 1, 100, "1"}};
    case Dimension::kFactor: return {{"x", 1, 1, "1"}};
    case Dimension::kPoints: return {{"pp", 1, 100, "1"}};
    case Dimension::kPrice: return {{"USD/kg", 1, 1, "USD/kg"}, {"USD/t", 1, 1e3, "USD/kg"}, {"USD/g", 1e3, 1, "USD/kg"}};
    case Dimension::kMoney: return {{"million USD", 1e6, 1, "USD"}, {"USD", 1, 1, "USD"}, {"thousand USD", 1e3, 1, "USD"}, {"billion USD", 1e9, 1, "USD"}};
    case Dimension::kMass: return {{"t", kGramsPerTonne, 1, "g"}, {"kg", kGramsPerKilogram, 1, "g"}, {"g", 1, 1, "g"}};
    case Dimension::kMassRate: return mass_rates();
    case Dimension::kPerDay: return {{"%/d", 1, 100, "1/d"}};
    case Dimension::kPerYear: return {{"%/yr", 1, 100, "1/yr"}};
    case Dimension::kFilesPerDay: return {{"files/d", 1, 1, "files/d"}};
    case Dimension::kOutputRate: return {{"vehicle/d", 1, 1, "vehicle/d"}};
    case Dimension::kOutputValue: return {{"USD/vehicle", 1, 1, "USD/vehicle"}};
    case Dimension::kRatio: {
        std::vector<Unit> out = ratios();
        for (Unit& unit : mass_rates()) out.push_back(std::move(unit));
        return out;
    }
    case Dimension::kAmount: {
        std::vector<Unit> out = mass_rates();
        out.insert(out.begin(), {"kg/vehicle", kGramsPerKilogram, 1, "g/vehicle"});
        return out;
    }
    }
    return {};
}

std::optional<Unit> find_unit(std::string_view text, Dimension dimension)
{
    for (Unit& unit : units_of(dimension))
        if (unit.text == text) return std::move(unit);
    if (dimension == Dimension::kOutputRate || dimension == Dimension::kOutputValue || dimension == Dimension::kAmount) return named_unit(text, dimension);
    return std::nullopt;
}

std::string model_unit(Dimension dimension)
{
    if (dimension == Dimension::kBare) return "1";
    if (dimension == Dimension::kAmount || dimension == Dimension::kRatio) return "g/d";
    return units_of(dimension).front().model_unit;
}

std::string accepted_units(Dimension dimension)
{
    if (dimension == Dimension::kOutputRate) return "NAME/d or NAME/yr with the name given in `makes`, e.g. vehicle/d";
    if (dimension == Dimension::kOutputValue) return "USD/NAME with the name given in `makes`, e.g. USD/vehicle";
    if (dimension == Dimension::kAmount) return "g, kg or t per unit of `makes` (e.g. kg/vehicle), or t/d, t/month, t/yr, kg/d, kg/month, kg/yr, g/d";
    std::string out;
    for (const Unit& unit : units_of(dimension)) out += (out.empty() ? "" : ", ") + unit.text;
    return out;
}

std::string quantity_pattern(Dimension dimension)
{
    const std::string number = dimension == Dimension::kPoints ? "[+-][0-9.]+(e[+-]?[0-9]+)?" : "-?[0-9.]+(e[+-]?[0-9]+)?";
    if (dimension == Dimension::kOutputRate) return "^" + number + " *[A-Za-z][A-Za-z0-9_]*/(d|yr)$";
    if (dimension == Dimension::kOutputValue) return "^" + number + " *USD/[A-Za-z][A-Za-z0-9_]*$";
    if (dimension == Dimension::kAmount) return "^" + number + " *(g|kg|t)/[A-Za-z][A-Za-z0-9_]*$";
    std::string units;
    for (const Unit& unit : units_of(dimension)) units += (units.empty() ? "" : "|") + unit.text;
    return "^" + number + " *(" + units + ")$";
}

std::string write_quantity(double value, Dimension dimension)
{
    if (dimension == Dimension::kBare) return fmt::format("{:.12g}", value);
    const Unit unit = units_of(dimension).front();
    return fmt::format("{:.12g} {}", value / unit.factor * unit.divisor, unit.text);
}

}  // namespace chokepoint::scenario
