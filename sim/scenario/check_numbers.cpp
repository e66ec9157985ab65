// Single numbers and distributions of a field: units, bounds, order of parameters.

#include "check.hpp"
#include "distribution.hpp"
#include "chokepoint/core/suggest.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>


namespace chokepoint::scenario {

namespace {
constexpr double kNormal95 = 1.6448536269514722;  // 95 % quantile of the standard normal

std::string written_bounds(const Field& field)
{
    const std::string low = write_quantity(field.low, field.dimension);
    const std::string above = field.open_low ? fmt::format("above {}", low) : fmt::format("at least {}", low);
    if (!std::isfinite(field.high)) return above;
    if (!std::isfinite(field.low)) return fmt::format("at most {}", write_quantity(field.high, field.dimension));
    return field.open_low ? fmt::format("above {}, at most {}", low, write_quantity(field.high, field.dimension))
                          : fmt::format("{} to {}", low, write_quantity(field.high, field.dimension));
}

// "1.500 d" may mean thousands.
bool groups_of_three(const std::string& text)
{
    const std::size_t point = text.find('.');
    if (point == std::string::npos) return false;
    const std::size_t end = text.find_first_not_of("0123456789", point + 1);
    return std::min(end, text.size()) == point + 4;
}

bool inside(double value, const Field& field)
{
    return value <= field.high && (field.open_low ? value > field.low : value >= field.low);
}
}  // namespace

std::optional<Quantity> read_field_number(const Node& node, const Field& field, const std::string& path, Report& report)
{
    const auto read = read_quantity(node.text, field.dimension);
    if (const auto* complaint = std::get_if<Complaint>(&read)) {
        report.error(node.mark, path, complaint->problem, complaint->remedy);
        return std::nullopt;
    }
    const Quantity& quantity = std::get<Quantity>(read);
    if (field.whole && quantity.value != std::floor(quantity.value)) {
        report.error(node.mark, path, fmt::format("\"{}\" is not a whole number", node.text),
                     groups_of_three(node.text) ? "a point stands before decimals; write nothing between thousands"
                                                : fmt::format("write \"{}\" or \"{}\"", write_quantity(std::floor(quantity.value), field.dimension),
                                                              write_quantity(std::ceil(quantity.value), field.dimension)));
        return std::nullopt;
    }
    if (!inside(quantity.value, field)) {
        const bool below = quantity.value < field.low || (field.open_low && quantity.value == field.low);
        const double nearest = below ? field.low : field.high;
        report.error(node.mark, path, fmt::format("\"{}\" is outside the bounds ({})", node.text, written_bounds(field)),
                     inside(-quantity.value, field) ? fmt::format("write \"{}\", if that is meant", write_quantity(-quantity.value, field.dimension))
                     : below && field.open_low      ? "write a larger value"
                                                    : fmt::format("write \"{}\" or {}", write_quantity(nearest, field.dimension), below ? "more" : "less"));
        return std::nullopt;
    }
    return quantity;
}

namespace {
// Reads the numbers of one distribution, all in the unit of the field.
class DistributionReader {
  public:
    DistributionReader(const Node& node, const Field& field, const std::string& path, std::string& unit, Report& report)
        : node_(node.entries.front().value), kind_(node.entries.front().key), where_(node.mark), field_(field), unit_(unit), report_(report),
          path_(join_path(path, kind_))
    {
    }

    std::shared_ptr<const Distribution> read()
    {
        const std::size_t before = report_.errors();
        read_parameters();
        if (report_.errors() > before) return nullptr;
        out_.low = field_.open_low ? std::nextafter(field_.low, INFINITY) : field_.low;
        out_.high = field_.high;
        out_.whole = field_.whole;
        return std::make_shared<const Distribution>(out_);
    }

  private:
    void read_parameters()
    {
        using Kind = Distribution::Kind;
        if (kind_ == "uniform") return read_list(Kind::kUniform, 2, 2);
        if (kind_ == "triangular") return read_list(Kind::kTriangular, 3, 3);
        if (kind_ == "choice") return read_list(Kind::kChoice, 1, 1000);
        if (!node_.is_map()) return fail("wants keys of its own", "write for example { normal: { mean: 1 x, sd: 0.1 x } }");
        if (kind_ == "normal") return read_normal();
        if (kind_ == "lognormal") return read_lognormal();
        read_beta();
    }

    void fail(const std::string& problem, const std::string& remedy) { report_.error(node_.mark, path_, problem, remedy); }

    void read_list(Distribution::Kind kind, std::size_t fewest, std::size_t most)
    {
        out_.kind = kind;
        if (!node_.is_list() || node_.items.size() < fewest || node_.items.size() > most)
            return fail(fmt::format("wants a list of {}", fewest == most ? fmt::format("{} values", fewest) : std::string("values")), fewest == 2 ? "write [low, high]" : fewest == 3 ? "write [low, mode, high]" : "write [one, another]");
        std::vector<std::string> words;
        for (const Node& item : node_.items) {
            add(item, field_, path_);
            words.push_back(item.text);
        }
        out_.text = fmt::format("{} [{}]", kind_, fmt::join(words, ", "));
        if (kind != Distribution::Kind::kChoice) check_order(0, out_.parameters.size());
        const auto same = [&](double value) { return value == out_.parameters.front(); };
        if (!out_.parameters.empty() && std::all_of(out_.parameters.begin(), out_.parameters.end(), same))
            report_.warning(node_.mark, path_, fmt::format("every member draws the same, {}", words.front()), fmt::format("write {}, or give it a range", words.front()));
    }

    void check_order(std::size_t from, std::size_t to)
    {
        for (std::size_t i = from + 1; i < to && i < out_.parameters.size(); ++i)
            if (out_.parameters[i] < out_.parameters[i - 1]) return fail("its values do not ascend", "put the smallest first");
    }

    // A parameter; its unit must be that of the others.
    bool add(const Node& item, const Field& as, const std::string& path)
    {
        if (!item.is_scalar()) {
            report_.error(item.mark, path, "one value is wanted", "write one value");
            return false;
        }
        const auto number = read_field_number(item, as, path, report_);
        if (!number) return false;
        if (as.dimension == field_.dimension) {
            if (seen_unit_ && number->unit != unit_) report_.error(item.mark, path, fmt::format("is in {}, the values before in {}", number->unit, unit_), "use one unit");
            unit_ = number->unit;
            seen_unit_ = true;
        }
        out_.parameters.push_back(number->value);
        return true;
    }

    // Reads the named parameters in order; false when one is missing or unknown.
    bool read_keys(const std::vector<std::string>& required, const std::vector<std::string>& optional = {})
    {
        std::vector<std::string> all = required;
        all.insert(all.end(), optional.begin(), optional.end());
        bool good = true;
        for (const Entry& entry : node_.entries) {
            if (std::find(all.begin(), all.end(), entry.key) != all.end()) continue;
            report_.error(entry.key_mark, join_path(path_, entry.key), "unknown key", core::did_you_mean(entry.key, all, "keys"));
            good = false;
        }
        for (const std::string& key : required) {
            if (node_.find(key) != nullptr) continue;
            fail(fmt::format("{} is missing", key), fmt::format("add {}:", key));
            good = false;
        }
        for (const Entry& entry : node_.entries) out_.text += fmt::format("{}{} {}", out_.text.empty() ? kind_ + " " : ", ", entry.key, entry.value.text);
        return good;
    }

    void add_key(const std::string& key, const Field& as) { add(*node_.find(key), as, join_path(path_, key)); }

    // A parameter of another dimension or other bounds than the field itself.
    Field variant(Dimension dimension, bool positive) const
    {
        Field out = field_;
        out.dimension = dimension;
        out.whole = false;
        out.low = positive ? 0 : -INFINITY;
        out.high = INFINITY;
        out.open_low = positive;
        return out;
    }

    void read_normal()
    {
        out_.kind = Distribution::Kind::kNormal;
        if (!read_keys({"mean", "sd"})) return;
        add_key("mean", field_);
        add_key("sd", variant(field_.dimension, true));
    }

    void read_lognormal()
    {
        out_.kind = Distribution::Kind::kLognormal;
        if (!read_keys({"median"}, {"log_sd", "p95"})) return;
        const bool sd = node_.find("log_sd") != nullptr;
        if (sd == (node_.find("p95") != nullptr)) return fail("wants log_sd or p95", "give exactly one of the two");
        Field median = field_;
        median.open_low = median.open_low || median.low <= 0;
        median.low = std::max(0.0, median.low);
        add_key("median", median);
        add_key(sd ? "log_sd" : "p95", sd ? variant(Dimension::kBare, true) : variant(field_.dimension, true));
        if (sd || out_.parameters.size() < 2) return;
        if (out_.parameters[1] <= out_.parameters[0]) return fail("p95 is not above the median", "write a larger p95");
        out_.parameters[1] = std::log(out_.parameters[1] / out_.parameters[0]) / kNormal95;
    }

    void read_beta()
    {
        out_.kind = Distribution::Kind::kBeta;
        if (!read_keys({"low", "high"}, {"mode", "alpha", "beta"})) return;
        const bool shaped = node_.find("alpha") != nullptr && node_.find("beta") != nullptr;
        const bool has_mode = node_.find("mode") != nullptr;
        if (shaped == has_mode) return fail("wants mode, or alpha and beta", "give mode, or alpha and beta");
        add_key("low", field_);
        if (has_mode) add_key("mode", field_);
        add_key("high", field_);
        check_order(0, 3);
        auto& p = out_.parameters;
        if (shaped) {
            add_key("alpha", variant(Dimension::kBare, true));
            add_key("beta", variant(Dimension::kBare, true));
        } else if (p.size() == 3 && p[2] > p[0]) {
            // PERT: the shape sums to 6, so the mode counts four times as much as an end.
            const double at = (p[1] - p[0]) / (p[2] - p[0]);
            p = {p[0], p[2], 1 + 4 * at, 5 - 4 * at};
        } else if (p.size() == 3) {
            p = {p[0], p[2], 1, 1};
        }
    }

    const Node& node_;
    const std::string& kind_;
    Mark where_;
    const Field& field_;
    std::string& unit_;
    Report& report_;
    std::string path_;
    Distribution out_;
    bool seen_unit_ = false;
};
}  // namespace

std::shared_ptr<const Distribution> read_distribution(const Node& node, const Field& field, const std::string& path, std::string& unit, Report& report)
{
    return DistributionReader(node, field, path, unit, report).read();
}

}  // namespace chokepoint::scenario
