#include "quantity.hpp"

#include "chokepoint/core/date.hpp"
#include "convert.hpp"
#include "units.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace chokepoint::scenario {

namespace {
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
    return text;
}

std::string replace_all(std::string text, std::string_view from, std::string_view to)
{
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

// Spaces and signs that word processors put in place of the plain ones.
std::string plain(std::string_view text)
{
    std::string out(text);
    for (const char* space : {"\u00a0", "\u202f", "\u2009"}) out = replace_all(out, space, " ");
    return replace_all(out, "\u2212", "-");
}

// Length of the leading number: sign, digits, point, exponent.
std::size_t number_length(std::string_view text)
{
    std::size_t at = 0;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    const std::size_t digits = at;
    while (at < text.size() && (is_digit(text[at]) || text[at] == '.')) ++at;
    if (text.substr(digits, at - digits).find_first_of("0123456789") == std::string_view::npos) return 0;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        std::size_t exponent = at + 1;
        if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-')) ++exponent;
        if (exponent < text.size() && is_digit(text[exponent])) {
            while (exponent < text.size() && is_digit(text[exponent])) ++exponent;
            at = exponent;
        }
    }
    return at;
}

// A comma may stand before decimals or between thousands, and may not be guessed; other separators hold nothing.
std::string separator_remedy(std::string_view number, std::string_view unit)
{
    if (number.find(',') != std::string_view::npos) return "write a point before decimals and nothing between thousands";
    const std::string clean = replace_all(replace_all(std::string(number), "_", ""), "'", "");
    return unit.empty() ? fmt::format("write \"{}\"", clean) : fmt::format("write \"{} {}\"", clean, unit);
}

std::optional<Complaint> odd_number(std::string_view text)
{
    std::string_view body = text;
    if (!body.empty() && (body[0] == '+' || body[0] == '-')) body.remove_prefix(1);
    std::string low;
    for (const char c : body) low += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    if (low == ".nan" || low == "nan" || low == ".inf" || low == "inf" || low == "infinity")
        return Complaint{fmt::format("\"{}\" is not a finite number", text), "write a decimal number"};
    if (low.size() > 1 && low[0] == '0' && (low[1] == 'x' || low[1] == 'o' || low[1] == 'b'))
        return Complaint{fmt::format("\"{}\" is not a decimal number", text), "write it in decimal digits"};
    if (body.size() > 1 && body[0] == '0' && is_digit(body[1])) {
        const std::size_t first = std::min(body.find_first_not_of('0'), body.size() - 1);
        return Complaint{fmt::format("\"{}\" has leading zeros (could be read as octal)", text), fmt::format("write \"{}\"", body.substr(first))};
    }
    if (body.find_first_of(",_'") != std::string_view::npos && is_digit(body[0])) {
        return Complaint{fmt::format("\"{}\" is not a number (no separators between digits, a point before decimals)", text),
                         separator_remedy(text, "")};
    }
    return std::nullopt;
}
}  // namespace

std::variant<double, Complaint> read_number(std::string_view text)
{
    if (auto complaint = odd_number(text)) return *complaint;
    std::string_view body = text;
    if (!body.empty() && body.front() == '+') body.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(body.data(), body.data() + body.size(), value);
    if (error == std::errc::result_out_of_range)
        return Complaint{fmt::format("\"{}\" does not fit a number (overflow or underflow)", text), "write a smaller number"};
    const std::size_t sign = !text.empty() && (text.front() == '+' || text.front() == '-') ? 1 : 0;
    const bool digits_first = text.size() > sign && is_digit(text[sign]);
    if (error != std::errc{} || end != body.data() + body.size() || !digits_first || !std::isfinite(value))
        return Complaint{fmt::format("\"{}\" is not a number", text), "write a decimal number such as 0.5"};
    return value;
}

std::optional<std::uint64_t> read_count(std::string_view text)
{
    if (text.empty() || !is_digit(text.front()) || (text.size() > 1 && text.front() == '0')) return std::nullopt;
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

namespace {
std::string fix(std::string_view number, std::string_view unit)
{
    return fmt::format("write \"{} {}\"", number, unit);
}

// What is written in per cent may have been meant as 0.05 or as 5: both readings, the likelier first.
bool in_per_cent(Dimension dimension) { return dimension == Dimension::kShare || dimension == Dimension::kPerDay || dimension == Dimension::kPerYear; }

std::string either_reading(double value, const std::string& unit)
{
    const bool of_one = std::abs(value) <= 1;
    return fmt::format("write \"{:.12g} {}\" (or \"{:.12g} {}\" if that is meant)", of_one ? value * 100 : value, unit, of_one ? value : value * 100, unit);
}

// Without a unit a number says little: only where one unit is taken, that one may be meant.
Complaint missing_unit(std::string_view number, double value, Dimension dimension)
{
    const std::vector<Unit> units = units_of(dimension);
    if (in_per_cent(dimension)) {
        const std::string& unit = units.front().text;
        const std::string why = dimension == Dimension::kShare ? "a share is written in per cent" : fmt::format("a share per {} is written in {}", dimension == Dimension::kPerDay ? "day" : "year", unit);
        return {fmt::format("\"{}\" has no unit ({})", number, why), value == 0 ? fix(number, unit) : either_reading(value, unit)};
    }
    std::string remedy = unit_to_add("add ", dimension);
    if (units.size() == 1 && dimension != Dimension::kOutputRate && dimension != Dimension::kOutputValue) {
        const bool bare = dimension == Dimension::kPoints && value > 0 && number.front() != '+';
        remedy = fix((bare ? "+" : "") + std::string(number), units.front().text);
    }
    return {fmt::format("\"{}\" has no unit (accepted: {})", number, accepted_units(dimension)), std::move(remedy)};
}

// Units that are easily taken for one another get an explanation of their own.
Complaint wrong_unit(std::string_view number, double value, std::string_view unit, Dimension dimension)
{
    const std::string text = fmt::format("\"{} {}\"", number, unit);
    const std::string remedy = conversion_remedy(value, unit, dimension);
    if (dimension == Dimension::kPoints && unit == "%") {
        const std::string_view sign = number.front() == '-' || number.front() == '+' ? "" : "+";
        return {fmt::format("{} is a level, not a change (a change is in percentage points: 145 % less 115 pp is 30 %)", text),
                fix(fmt::format("{}{}", sign, number), "pp")};
    }
    if (dimension == Dimension::kShare && unit == "pp")
        return {fmt::format("{} is a change in percentage points, but a level is wanted (in per cent)", text),
                fix(number.front() == '+' ? number.substr(1) : number, "%")};
    if (dimension == Dimension::kWorkingDays && unit == "d")
        return {fmt::format("{} is in calendar days, but these are working days of the authority", text), remedy};
    if (dimension == Dimension::kDays && unit == "wd")
        return {fmt::format("{} is in working days, but these are calendar days", text), remedy};
    return {fmt::format("\"{}\" is no unit for this key (accepted: {})", unit, accepted_units(dimension)), remedy};
}

// "1/3 %": a fraction is written out.
std::optional<Complaint> fraction(std::string_view number, double above, std::string_view rest, Dimension dimension)
{
    if (rest.size() < 2 || rest[0] != '/' || !is_digit(rest[1])) return std::nullopt;
    const std::size_t length = number_length(rest.substr(1));
    const auto below = read_number(rest.substr(1, length));
    const std::string_view unit = trimmed(rest.substr(1 + length));
    const Complaint out{fmt::format("\"{}{}\" is not a number (a fraction is written as a decimal)", number, rest.substr(0, 1 + length)), "write it as a decimal"};
    const auto* divisor = std::get_if<double>(&below);
    if (divisor == nullptr || *divisor == 0) return out;
    if (!unit.empty() && !find_unit(unit, dimension)) return Complaint{out.problem, conversion_remedy(above / *divisor, unit, dimension)};
    if (unit.empty() && dimension != Dimension::kBare && dimension != Dimension::kShare)
        return Complaint{out.problem, fmt::format("write it as a decimal with a unit (accepted: {})", accepted_units(dimension))};
    const bool of_hundred = unit.empty() && dimension == Dimension::kShare;  // 1/4 of a share is 25 %
    const double written = (of_hundred ? 100 : 1) * above / *divisor;
    const std::string decimal = fmt::format("{:.6g}", written);
    const auto same = read_number(decimal);
    const bool exact = std::holds_alternative<double>(same) && std::get<double>(same) == written;
    return Complaint{out.problem, fmt::format("write {}\"{}{}{}\"", exact ? "" : "about ", decimal, unit.empty() && !of_hundred ? "" : " ", of_hundred ? "%" : unit)};
}
}  // namespace

std::variant<Quantity, Complaint> read_quantity(std::string_view raw, Dimension dimension)
{
    const std::string text = plain(trimmed(raw));
    if (text != trimmed(raw))
        return Complaint{"an odd space or minus sign (not the plain one of the keyboard)", fmt::format("write \"{}\"", text)};
    if (dimension == Dimension::kBare) {
        const auto number = read_number(text);
        if (const auto* complaint = std::get_if<Complaint>(&number)) {
            const std::size_t length = number_length(text);
            const std::string_view rest = trimmed(std::string_view(text).substr(length));
            const auto value = read_number(std::string_view(text).substr(0, length));
            if (length > 0 && !rest.empty() && std::holds_alternative<double>(value)) {
                if (auto written_out = fraction(text.substr(0, length), std::get<double>(value), rest, dimension)) return *written_out;
                if (rest.find_first_of("0123456789,_'") == std::string_view::npos)
                    return Complaint{fmt::format("\"{}\" has a unit, but this is a bare number", text), conversion_remedy(std::get<double>(value), rest, dimension)};
            }
            return *complaint;
        }
        return Quantity{std::get<double>(number), "1"};
    }
    const std::size_t length = number_length(text);
    const std::string_view digits = std::string_view(text).substr(0, length);
    if (length == 0) {
        if (auto complaint = odd_number(std::string_view(text).substr(0, text.find(' ')))) return *complaint;
        return Complaint{fmt::format("\"{}\" is not a quantity (a number and a unit: {})", text, accepted_units(dimension)), {}};
    }
    if (core::Date::parse(text))
        return Complaint{fmt::format("\"{}\" is a date, but a quantity is wanted (a number and a unit: {})", text, accepted_units(dimension)),
                         dimension == Dimension::kDays ? "write how many days it is, as in \"90 d\"" : ""};
    const std::string_view unit_text = trimmed(std::string_view(text).substr(length));
    if (!unit_text.empty() && (unit_text[0] == ',' || unit_text[0] == '_' || unit_text[0] == '\'')) {
        const std::size_t blank = text.find(' ');
        if (auto complaint = odd_number(std::string_view(text).substr(0, blank))) {
            const std::string_view unit = trimmed(std::string_view(text).substr(std::min(blank, text.size())));
            complaint->remedy = separator_remedy(std::string_view(text).substr(0, blank), unit);
            return *complaint;
        }
    }
    const auto number = read_number(digits);
    if (const auto* complaint = std::get_if<Complaint>(&number)) {
        Complaint out = *complaint;
        if (!find_unit(unit_text, dimension)) out.remedy = "write a plain decimal number and a unit that is accepted";
        if (out.remedy.starts_with("write \"")) out.remedy.insert(out.remedy.size() - 1, fmt::format(" {}", unit_text));
        return out;
    }
    const double value = std::get<double>(number);
    if (unit_text.empty()) return missing_unit(digits, value, dimension);
    if (auto written_out = fraction(digits, value, unit_text, dimension)) return *written_out;
    const auto unit = find_unit(unit_text, dimension);
    if (!unit) return wrong_unit(digits, value, unit_text, dimension);
    if (dimension == Dimension::kPoints && value != 0 && digits.front() != '+' && digits.front() != '-')
        return Complaint{fmt::format("\"{}\" has no sign (a change always says up or down)", text),
                         fmt::format("write \"+{}\" or \"-{}\"", text, text)};
    const double scaled = value * unit->factor / unit->divisor;
    if (!std::isfinite(scaled)) return Complaint{fmt::format("\"{}\" does not fit a number (overflow)", text), "write a smaller number"};
    return Quantity{scaled, unit->model_unit};
}

}  // namespace chokepoint::scenario
