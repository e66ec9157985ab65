#include "label_texts.hpp"

#include <map>
#include <string_view>

namespace chokepoint::record {

namespace {

template <class Entity>
using Texts = std::map<std::string_view, std::string Entity::*>;

template <class Entity>
std::vector<std::string> column(const std::vector<Entity>& entities, const Texts<Entity>& texts, std::string_view name)
{
    std::vector<std::string> out;
    for (const Entity& one : entities) out.push_back(one.*texts.at(name));
    return out;
}

std::vector<std::string> titles(const std::vector<Named>& entities)
{
    std::vector<std::string> out;
    for (const Named& one : entities) out.push_back(one.title);
    return out;
}

std::vector<std::string> of_control(const Axes& axes, std::string_view name)
{
    if (name != "posture_start") {
        return column(axes.controls, Texts<ControlAxis>{{"control_title", &ControlAxis::title}, {"control_region", &ControlAxis::region},
                                                        {"control_from", &ControlAxis::from}, {"control_refuses", &ControlAxis::refuses}}, name);
    }
    std::vector<std::string> out;
    for (const ControlAxis& control : axes.controls) {
        for (std::size_t r = 0; r < axes.regions.size(); ++r) out.push_back(r < control.postures.size() ? control.postures[r] : "");
    }
    return out;
}

}  // namespace

std::vector<std::string> label_texts(const Axes& axes, const Label& label)
{
    switch (label.dim) {
        case Dim::kBuyer:
            return column(axes.buyers, Texts<BuyerAxis>{{"buyer_title", &BuyerAxis::title}, {"buyer_sector", &BuyerAxis::sector},
                                                        {"buyer_region", &BuyerAxis::region}, {"buyer_unit", &BuyerAxis::unit},
                                                        {"buyer_answers_to", &BuyerAxis::answers_to}}, label.name);
        case Dim::kSeller:
            return column(axes.sellers, Texts<SellerAxis>{{"seller_title", &SellerAxis::title}, {"seller_role", &SellerAxis::role},
                                                          {"seller_region", &SellerAxis::region}, {"seller_product", &SellerAxis::product}}, label.name);
        case Dim::kSource:
            return column(axes.sources, Texts<SourceAxis>{{"source_control", &SourceAxis::control}, {"source_acts", &SourceAxis::acts}}, label.name);
        case Dim::kControl:
            return of_control(axes, label.name);
        case Dim::kProduct:
            return titles(axes.products);
        case Dim::kRoute:
            return column(axes.routes, Texts<ServingAxis>{{"route_title", &ServingAxis::title}, {"route_serves", &ServingAxis::serves},
                                                          {"route_enforcement", &ServingAxis::steps}}, label.name);
        case Dim::kProducer:
            return column(axes.producers, Texts<ProducerAxis>{{"producer_title", &ProducerAxis::title}, {"producer_outages", &ProducerAxis::outages},
                                                              {"producer_projects", &ProducerAxis::projects}}, label.name);
        case Dim::kStockpile:
            return column(axes.stockpiles, Texts<ServingAxis>{{"stockpile_title", &ServingAxis::title}, {"stockpile_serves", &ServingAxis::serves}}, label.name);
        default:
            return titles(axes.regions);
    }
}

}  // namespace chokepoint::record
