#pragma once
// Who supplies a product to a region: balanced tables of families, or producers' capacity.

#include "chokepoint/core/error.hpp"
#include "chokepoint/scenario/scenario.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace chokepoint::world {

class TradeTables {
  public:
    explicit TradeTables(const scenario::Scenario& scenario);

    [[nodiscard]] std::uint32_t region(const std::string& id) const { return regions_.at(id); }
    [[nodiscard]] std::uint32_t product(const std::string& id) const;  // not a family
    // Products behind a list of product and family ids, in order of product rows.
    [[nodiscard]] std::vector<std::uint32_t> expand(const std::vector<std::string>& ids) const;
    // Products a buyer takes for one input, with shares that sum to one.
    [[nodiscard]] std::vector<std::pair<std::uint32_t, double>> mix(const scenario::Buyer& buyer,
                                                                    const std::string& id) const;
    // The products that statistics count together with this one, itself included, in order of rows.
    [[nodiscard]] std::vector<std::uint32_t> same_table(std::uint32_t product) const;
    // Whether it belongs to a family.
    [[nodiscard]] bool in_family(std::uint32_t product) const { return family_of_[product] >= 0; }
    // Makers of a region use up a product [g/d]: a remainder is less by it.
    void take(std::uint32_t product, std::uint32_t region, double grams);
    // What `remainder` stands for [g/d]; 0 when the input states an amount.
    [[nodiscard]] double remainder(const scenario::Buyer& buyer, const scenario::Input& input,
                                   std::vector<core::Diagnostic>& errors) const;
    // Share of each origin in a region's use [n_regions].
    [[nodiscard]] std::vector<double> origin_shares(std::uint32_t product, std::uint32_t region,
                                                    std::vector<core::Diagnostic>& errors) const;
    [[nodiscard]] double supply_weight(const std::string& producer) const { return weight_.at(producer); }
    [[nodiscard]] std::string supply_key(std::uint32_t product) const;  // scenario key to blame
    [[nodiscard]] double residual() const { return residual_; }
    // The balanced flows of a family [n_regions, n_regions] [g/d]; empty when it has no table.
    [[nodiscard]] const std::vector<double>& flow(std::size_t family) const { return balanced_[family].flow; }

  private:
    struct Balanced {
        std::vector<double> flow;      // [n_regions, n_regions] [g/d]
        std::vector<double> use;       // [n_regions] [g/d]
        std::vector<double> absolute;  // [n_regions] use stated by buyers, and of makers [g/d]
    };
    [[nodiscard]] double family_use_left(std::size_t family, std::uint32_t region) const;
    void balance_families();
    void sum_absolute_needs();

    const scenario::Scenario& scenario_;
    std::map<std::string, std::uint32_t> regions_, products_;
    std::map<std::string, std::size_t> families_;
    std::vector<int> family_of_;          // [n_products] family row or -1
    std::vector<Balanced> balanced_;      // [n_families] empty flow when the family has no table
    std::map<std::string, double> weight_;  // producer id -> capacity or firms
    double residual_ = 0;
};

}  // namespace chokepoint::world
