#pragma once
// Numbers and quantities as text: "200 t/d", "45 wd", "5 %", "-115 pp". Decimal, finite, never octal.
//
// A level in per cent and a change in percentage points are different dimensions, and so are calendar
// days and working days: each refuses the other's unit and says why.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace chokepoint::scenario {

inline constexpr double kDaysPerMonth = 30.4375;  // [d] of the mean calendar month
inline constexpr double kDaysPerYear = 365;        // [d] as trade tables count

enum class Dimension {
    kBare,         // no unit                          [1]
    kDays,         // d                                [d]
    kWorkingDays,  // wd                               [wd]
    kShare,        // %                                [1]
    kFactor,       // x                                [1]
    kPoints,       // pp, always signed                [1]
    kPrice,        // USD/kg, USD/t, USD/g             [USD/kg]
    kMoney,        // million USD, USD, ...            [USD]
    kMass,         // t, kg, g                         [g]
    kMassRate,     // t/d, kg/d, g/d, t/yr, ...        [g/d]
    kPerDay,       // %/d                              [1/d]
    kPerYear,      // %/yr                             [1/yr]
    kFilesPerDay,  // files/d                          [files/d]
    kOutputRate,   // NAME/d, e.g. vehicle/d           [NAME/d]
    kOutputValue,  // USD/NAME, e.g. USD/vehicle       [USD/NAME]
    kRatio,        // t/t, kg/t, g/kg or a mass rate   [g/g] or [g/d]
    kAmount,       // g|kg|t per NAME or a mass rate   [g/NAME] or [g/d]
};

// What is wrong with a text and what to write instead.
struct Complaint {
    std::string problem;
    std::string remedy;
};

struct Quantity {
    double value = 0;  // in the model unit
    std::string unit;  // the model unit, e.g. "g/d"
};

// A plain decimal number: no leading zeros, no hexadecimal, no nan or infinity.
[[nodiscard]] std::variant<double, Complaint> read_number(std::string_view text);
// A whole number from 0 on; nothing else, not even a sign.
[[nodiscard]] std::optional<std::uint64_t> read_count(std::string_view text);
[[nodiscard]] std::variant<Quantity, Complaint> read_quantity(std::string_view text, Dimension dimension);

[[nodiscard]] std::string model_unit(Dimension dimension);
// The units a user may write, e.g. "t/d, kg/d, g/d".
[[nodiscard]] std::string accepted_units(Dimension dimension);
// Regular expression of an accepted text, for editors.
[[nodiscard]] std::string quantity_pattern(Dimension dimension);
// A quantity in model units as a user would write it: 0.05 of kShare is "5 %".
[[nodiscard]] std::string write_quantity(double value, Dimension dimension);

}  // namespace chokepoint::scenario
