#include "chokepoint/record/scarcest.hpp"

namespace chokepoint::record {

Scarcest::Scarcest(const Axes& axes)
    : layout_(axes),
      n_products_(axes.products.size()),
      lacked_(axes.buyers.size() * n_products_, 0.0),
      need_(lacked_)
{
}

void Scarcest::add(const Metrics& member)
{
    const auto& lacked = member[layout_.metric_index(Quantity::kLackedTotal)];
    const auto& need = member[layout_.metric_index(Quantity::kNeedTotal)];
    for (std::size_t i = 0; i < lacked_.size(); ++i) {
        lacked_[i] += lacked[i];
        need_[i] += need[i];
    }
}

std::optional<std::size_t> Scarcest::of(std::size_t buyer) const
{
    std::optional<std::size_t> most;
    double largest = 0;
    for (std::size_t product = 0; product < n_products_; ++product) {
        const std::size_t at = buyer * n_products_ + product;
        if (need_[at] <= 0) continue;
        const double share = lacked_[at] / need_[at];
        if (share < kToldShare || share <= largest) continue;
        largest = share;
        most = product;
    }
    return most;
}

}  // namespace chokepoint::record
