#include "trade_decode.hpp"

#include "decode.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace chokepoint::scenario {

namespace {

constexpr double kSteepest = 1000;  // [1] an elasticity beyond is a slip, or "infinite" in other words
constexpr double kInfinite = std::numeric_limits<double>::infinity();

class TradeDecoder {
  public:
    TradeDecoder(const Node& root, Report& report) : root_(root), top_(root, nullptr, ""), report_(report) {}

    TradeCase decode()
    {
        out_.name = top_.text("name");
        out_.title = top_.text("title");
        out_.question = top_.text("question");
        read_regions();
        read_exports();
        read_tariffs();
        check_change();
        read_market();
        return std::move(out_);
    }

  private:
    void error(const std::string& path, std::string problem, std::string remedy)
    {
        report_.error(mark_of_path(root_, path), path, std::move(problem), std::move(remedy));
    }

    [[nodiscard]] int region(const std::string& id) const
    {
        const auto found = std::find(out_.regions.begin(), out_.regions.end(), id);
        return static_cast<int>(found - out_.regions.begin());
    }

    void read_regions()
    {
        const View all = top_.at("elasticities");
        check_elasticities(all);
        const double supply = all.has("supply") ? all.number("supply") : kInfinite;
        top_.each("regions", [&](const std::string& id, const View& own) {
            const auto number = [&](const char* key, double otherwise) { return own.has(key) ? own.number(key) : otherwise; };
            check_elasticities(own);
            out_.regions.push_back(id);
            out_.titles.push_back(own.has("title") ? own.text("title") : id);
            out_.demand.push_back(number("demand", all.number("demand")));
            out_.substitution.push_back(number("substitution", all.number("substitution")));
            out_.supply.push_back(number("supply", supply));
            const bool any = own.has("demand") || own.has("substitution") || own.has("supply");
            if (any && !own.has("source"))
                error(own.path(), "has an elasticity of its own without a source", "add source: with a key of sources.csv, or the word assumption");
        });
        const std::size_t flows = out_.regions.size() * out_.regions.size();
        out_.value.assign(flows, 0);
        out_.tariff_before.assign(flows, 0);
        out_.tariff_after.assign(flows, 0);
    }

    void check_elasticities(const View& view)
    {
        check_sign(view, "demand", -1, "is not negative (demand falls as the price rises)");
        check_sign(view, "substitution", 1, "is not positive (SMART writes it with a minus, this file without)");
        check_sign(view, "supply", 1, "is not positive (supply rises with the price)");
    }

    void check_sign(const View& view, const char* key, int sign, const char* problem)
    {
        if (!view.has(key)) return;
        const double value = view.number(key);
        if (sign * value <= 0)
            error(view.path(key), fmt::format("\"{:.12g}\" {}", value, problem), value == 0 ? "write a number that is not 0" : fmt::format("write \"{:.12g}\", if that is meant", -value));
        else if (sign * value > kSteepest)
            error(view.path(key), fmt::format("\"{:.12g}\" is beyond {:.12g}", value, kSteepest), fmt::format("write \"{:.12g}\" or a value nearer to 0", sign * kSteepest));
    }

    void read_exports()
    {
        top_.each("exports", [&](const std::string& exporter, const View& view) {
            for (const auto& [importer, value] : named_numbers(view, "to")) out_.value[out_.at(region(exporter), region(importer))] = value;
        });
    }

    void read_tariffs()
    {
        top_.each("tariffs", [&](const std::string& importer, const View&) {
            const View duties = top_.at("tariffs").at(importer);
            if (duties.has("other"))
                for (int exporter = 0; exporter < out_.size(); ++exporter)
                    if (exporter != region(importer)) set_tariff(exporter, region(importer), duties.at("other"));
            top_.at("tariffs").each(importer, [&](const std::string& exporter, const View& duty) {
                if (exporter != "other" && may_pay(exporter, importer, duty.path())) set_tariff(region(exporter), region(importer), duty);
            });
        });
    }

    void set_tariff(int exporter, int importer, const View& duty)
    {
        const std::size_t flow = out_.at(exporter, importer);
        out_.tariff_before[flow] = duty.number("before");
        out_.tariff_after[flow] = duty.number(duty.has("after") ? "after" : "before");
    }

    bool may_pay(const std::string& exporter, const std::string& importer, const std::string& path)
    {
        if (out_.value[out_.at(region(exporter), region(importer))] > 0) return true;
        error(path, fmt::format("{} sells nothing to {} here, so this duty acts on nothing", exporter, importer),
              fmt::format("add exports.{}.to.{}, or remove it", exporter, importer));
        return false;
    }

    // A report on no change would be a page of zeros.
    void check_change()
    {
        for (std::size_t flow = 0; flow < out_.value.size(); ++flow)
            if (out_.value[flow] > 0 && out_.tariff_before[flow] != out_.tariff_after[flow]) return;
        if (report_.errors() == 0) error("tariffs", "no duty on any flow changes", "add after: to a duty that does");
    }

    void read_market()
    {
        std::vector<int> importers;
        for (int importer = 0; importer < out_.size(); ++importer) {
            bool buys = false;
            for (int exporter = 0; exporter < out_.size(); ++exporter) buys = buys || (exporter != importer && out_.value[out_.at(exporter, importer)] > 0);
            if (buys) importers.push_back(importer);
        }
        if (top_.has("market")) {
            out_.market = region(top_.text("market"));
            if (std::find(importers.begin(), importers.end(), out_.market) == importers.end())
                error("market", fmt::format("nobody sells to {} here", top_.text("market")), "name an importer of exports");
        } else if (importers.size() == 1) {
            out_.market = importers.front();
        }
    }

    const Node& root_;
    View top_;
    Report& report_;
    TradeCase out_;
};

}  // namespace

TradeCase decode_trade(const Node& root, Report& report) { return TradeDecoder(root, report).decode(); }

}  // namespace chokepoint::scenario
