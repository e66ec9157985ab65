#include "plausible.hpp"

#include "csv.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace chokepoint::scenario {

namespace {
struct Range {
    double low = 0, high = 0;  // [USD/kg]
};

// What each commodity has cost, over all dates and markets that are quoted in dollars.
std::map<std::string, Range> read_prices(Files& files, Report& report)
{
    std::map<std::string, Range> out;
    const SourceText* text = files.read_data("prices.csv");
    CsvTable table;
    if (text == nullptr || !table.read(*text, {"date", "commodity", "market", "low", "high", "unit", "source"}, "prices", report)) return out;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        const std::string& unit = table.cell(row, "unit").text;
        if (unit != "USD/kg" && unit != "USD/t") continue;
        const double scale = unit == "USD/t" ? 1e-3 : 1;
        const auto low = table.number(row, "low", report), high = table.number(row, "high", report);
        if (!low || !high) continue;
        const auto [at, first] = out.try_emplace(table.cell(row, "commodity").text, Range{*low * scale, *high * scale});
        if (!first) at->second = {std::min(at->second.low, *low * scale), std::max(at->second.high, *high * scale)};
    }
    return out;
}

double content(const Product& product, const std::string& element)
{
    const auto found = std::find_if(product.elements.begin(), product.elements.end(), [&](const auto& e) { return e.first == element; });
    return found == product.elements.end() ? 0 : found->second;
}
}  // namespace

double Plausible::share_of(const Product& good) const
{
    if (!hs.empty() && good.hs.rfind(hs, 0) != 0) return 0;
    if (!form.empty() && good.form != form) return 0;
    if (!product.empty() && good.id != product) return 0;
    return element.empty() ? 1 : content(good, element);
}

bool Plausible::prices(const Product& good) const
{
    if (price_high <= 0 || share_of(good) <= 0) return false;
    return element.empty() || std::all_of(good.elements.begin(), good.elements.end(), [&](const auto& e) { return e.second <= content(good, element); });
}

namespace {
std::vector<Plausible> read_goods(Files& files, Report& report)
{
    std::vector<Plausible> out;
    const SourceText* text = files.read_data("world_totals.csv");
    CsvTable table;
    if (text == nullptr || !table.read(*text, {"hs", "element", "form", "product", "t_per_year", "commodity", "source", "note?"}, "world_totals", report)) return out;
    const auto prices = read_prices(files, report);
    for (std::size_t row = 0; row < table.rows(); ++row) {
        const auto word = [&](const char* column) { return table.cell(row, column).text; };
        Plausible one{word("hs"), word("element"), word("form"), word("product"), 0, 0, 0, word("commodity"), word("source")};
        if (!word("t_per_year").empty()) one.tonnes_per_year = table.number(row, "t_per_year", report).value_or(0);
        if (const auto found = prices.find(one.commodity); found != prices.end()) {
            one.price_low = found->second.low;
            one.price_high = found->second.high;
        } else if (!one.commodity.empty()) {
            report.error(table.cell(row, "commodity").mark, "world_totals", "\"" + one.commodity + "\" has no price in dollars in prices.csv", "name a commodity of prices.csv, or leave it empty");
        }
        out.push_back(std::move(one));
    }
    return out;
}

// Rows `X_production` in "Xs a year", and those with a customs code in "kg a X".
void read_users(Files& files, Report& report, Published& out)
{
    const SourceText* text = files.read_data("buyers.csv");
    CsvTable table;
    if (text == nullptr || !table.read(*text, {"region", "quantity", "hs", "value", "low", "high", "unit", "source", "note?"}, "buyers", report)) return;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        const auto word = [&](const char* column) { return table.cell(row, column).text; };
        const std::string unit = word("unit"), quantity = word("quantity"), makes = quantity.substr(0, quantity.rfind("_production"));
        if (makes.size() < quantity.size() && unit == makes + "s a year") out.outputs.push_back({word("region"), makes, table.number(row, "value", report).value_or(0), word("source")});
        if (word("hs").empty() || unit.rfind("kg a ", 0) != 0) continue;
        const double low = table.number(row, "low", report).value_or(0) * 1e3, high = table.number(row, "high", report).value_or(0) * 1e3;
        const std::string of = unit.substr(5);
        const auto same = std::find_if(out.contents.begin(), out.contents.end(), [&](const auto& one) { return one.hs == word("hs") && one.makes == of; });
        if (same == out.contents.end()) out.contents.push_back({word("hs"), of, low, high, word("source")});
        else *same = {same->hs, of, std::min(same->low, low), std::max(same->high, high), same->source};
    }
}
}  // namespace

Published read_published(Files& files, Report& report)
{
    Published out;
    out.goods = read_goods(files, report);
    read_users(files, report, out);
    return out;
}

}  // namespace chokepoint::scenario
