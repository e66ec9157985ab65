#include "tables.hpp"

#include "csv.hpp"
#include "chokepoint/core/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace chokepoint::scenario {

namespace {
class TableReader {
  public:
    TableReader(const Node& root, Files& files, const std::vector<std::string>& source_keys, Report& report)
        : root_(root), files_(files), source_keys_(source_keys), report_(report)
    {
        for (const Entry& entry : root.find("regions")->entries) regions_.push_back(entry.key);
    }

    Tables read()
    {
        for (const Entry& entry : root_.find("regions")->entries) read_region_calendar(entry);
        if (const Node* licensing = root_.find("licensing"))
            for (const Entry& entry : licensing->entries) read_desk_calendars(entry);
        read_lanes();
        if (const Node* families = root_.find("families"))
            for (const Entry& entry : families->entries) {
                read_flows(entry);
                read_margins(entry);
            }
        return std::move(out_);
    }

  private:
    // The table a key names; false when the key is absent or the table is no good.
    bool open(const Node* name, const std::string& key, const std::vector<std::string>& columns, CsvTable& table)
    {
        if (name == nullptr) return false;
        const SourceText* text = files_.read_named(*name, key, report_);
        return text != nullptr && table.read(*text, columns, key, report_) && check_sources(table, columns, key);
    }

    bool check_sources(const CsvTable& table, const std::vector<std::string>& columns, const std::string& key)
    {
        if (source_keys_.empty() || std::find(columns.begin(), columns.end(), "source") == columns.end()) return true;
        const std::size_t before = report_.errors();
        for (std::size_t row = 0; row < table.rows(); ++row) {
            const CsvCell& cell = table.cell(row, "source");
            for (std::size_t at = 0; at <= cell.text.size();) {  // several keys are parted by ";"
                const std::size_t end = std::min(cell.text.find(';', at), cell.text.size());
                std::string word = cell.text.substr(at, end - at);
                word.erase(0, std::min(word.find_first_not_of(' '), word.size()));
                if (word != "assumption" && std::find(source_keys_.begin(), source_keys_.end(), word) == source_keys_.end())
                    report_.error(cell.mark, key, fmt::format("\"{}\" is no key of sources.csv", word), core::did_you_mean(word, source_keys_, "keys"));
                at = end + 1;
            }
        }
        return report_.errors() == before;
    }

    bool is_region(const CsvCell& cell, const std::string& key, bool wanted)
    {
        const bool known = std::find(regions_.begin(), regions_.end(), cell.text) != regions_.end();
        if (!known && wanted)
            report_.error(cell.mark, key, fmt::format("\"{}\" is no region of this scenario", cell.text), core::did_you_mean(cell.text, regions_, "regions"));
        return known;
    }

    void read_calendar(const Node* name, const std::string& key, core::WorkingCalendar& out)
    {
        CsvTable table;
        if (!open(name, key, {"date", "kind", "source"}, table)) return;
        std::vector<core::Date> holidays, make_up, new_years;
        for (std::size_t row = 0; row < table.rows(); ++row) {
            const auto date = core::Date::parse(table.cell(row, "date").text);
            if (!date) {
                report_.error(table.cell(row, "date").mark, key, fmt::format("\"{}\" is no date", table.cell(row, "date").text), "write it as in 2025-04-04");
                continue;
            }
            if (!table.check_word(row, "kind", {"holiday", "make_up", "new_year"}, report_)) continue;
            const std::string& kind = table.cell(row, "kind").text;
            (kind == "holiday" ? holidays : kind == "make_up" ? make_up : new_years).push_back(*date);
            core::Date& end = out_.calendar_ends.try_emplace(key, *date).first->second;
            end = std::max(end, *date);
        }
        out = core::WorkingCalendar(std::move(holidays), std::move(make_up), std::move(new_years));
    }

    void read_region_calendar(const Entry& region)
    {
        if (const Node* name = region.value.find("calendar")) read_calendar(name, "regions." + region.key + ".calendar", out_.calendars[region.key]);
    }

    void read_desk_calendars(const Entry& control)
    {
        const Node* stages = control.value.find("stages");
        if (stages == nullptr || !stages->is_map()) return;
        for (const Entry& stage : stages->entries) {
            const std::string path = "licensing." + control.key + ".stages." + stage.key;
            if (const Node* name = stage.value.find("calendar")) read_calendar(name, path + ".calendar", out_.desk_calendars[path]);
        }
    }

    void read_lanes()
    {
        const std::string key = "transit.lanes";
        CsvTable table;
        const Node* transit = root_.find("transit");
        if (transit == nullptr || !open(transit->find("lanes"), key, {"origin", "destination", "days", "source", "note?"}, table)) return;
        for (std::size_t row = 0; row < table.rows(); ++row) {
            const auto days = table.number(row, "days", report_);
            if (!days) continue;
            const CsvCell& cell = table.cell(row, "days");
            if (*days < 1 || *days > 365 || *days != std::floor(*days)) {
                report_.error(cell.mark, key, fmt::format("\"{}\" is not a whole number of days from 1 to 365", cell.text), "write whole days");
                continue;
            }
            // One table serves many scenarios, so lanes of regions not in this one are passed over.
            const CsvCell& origin = table.cell(row, "origin");
            const CsvCell& destination = table.cell(row, "destination");
            if (!is_region(origin, key, false) || !is_region(destination, key, false)) continue;
            if (!out_.lanes.emplace(std::pair{origin.text, destination.text}, static_cast<int>(*days)).second)
                report_.error(origin.mark, key, fmt::format("the lane {} to {} stands twice", origin.text, destination.text), "keep one");
        }
    }

    void read_flows(const Entry& family)
    {
        const std::string key = "families." + family.key + ".flows";
        CsvTable table;
        if (!open(family.value.find("flows"), key, {"origin", "destination", "t_per_year", "kind", "source", "note?"}, table)) return;
        std::set<std::pair<std::string, std::string>> seen;
        for (std::size_t row = 0; row < table.rows(); ++row) {
            const CsvCell& origin = table.cell(row, "origin");
            const CsvCell& destination = table.cell(row, "destination");
            const auto tonnes = table.number(row, "t_per_year", report_);
            const bool known = table.check_word(row, "kind", {"fixed", "seed"}, report_) && is_region(origin, key, true) && is_region(destination, key, true);
            if (!known || !tonnes) continue;
            if (!seen.emplace(origin.text, destination.text).second)
                report_.error(origin.mark, key, fmt::format("the flow {} to {} stands twice", origin.text, destination.text), "keep one");
            out_.flows[family.key].push_back({origin.text, destination.text, *tonnes, table.cell(row, "kind").text == "fixed", origin.mark.location()});
        }
    }

    void read_margins(const Entry& family)
    {
        const std::string key = "families." + family.key + ".margins";
        CsvTable table;
        if (!open(family.value.find("margins"), key, {"region", "side", "t_per_year", "source", "note?"}, table)) return;
        std::set<std::pair<std::string, std::string>> seen;
        for (std::size_t row = 0; row < table.rows(); ++row) {
            const CsvCell& region = table.cell(row, "region");
            const auto tonnes = table.number(row, "t_per_year", report_);
            const bool known = table.check_word(row, "side", {"production", "use"}, report_) && is_region(region, key, true);
            if (!known || !tonnes) continue;
            const std::string& side = table.cell(row, "side").text;
            if (!seen.emplace(region.text, side).second)
                report_.error(region.mark, key, fmt::format("the {} of {} stands twice", side, region.text), "keep one");
            out_.margins[family.key].push_back({region.text, side == "production", *tonnes, region.mark.location()});
        }
    }

    const Node& root_;
    Files& files_;
    const std::vector<std::string>& source_keys_;
    Report& report_;
    std::vector<std::string> regions_;
    Tables out_;
};
}  // namespace

Tables read_tables(const Node& root, Files& files, const std::vector<std::string>& source_keys, Report& report)
{
    return TableReader(root, files, source_keys, report).read();
}

std::vector<std::string> read_source_keys(Files& files, Report& report)
{
    std::vector<std::string> out;
    const SourceText* text = files.read_data("sources.csv");
    CsvTable table;
    if (text == nullptr || !table.read(*text, {}, "sources", report)) return out;
    for (std::size_t row = 0; row < table.rows(); ++row) out.push_back(table.first_cell(row).text);
    return out;
}

}  // namespace chokepoint::scenario
