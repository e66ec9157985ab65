#include "schema_version.hpp"

#include "chokepoint/core/error.hpp"
#include "chokepoint/record/variables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace chokepoint::record {

void require_schema(const std::string& path, const std::vector<Hdf5Reader::Attribute>& root_attributes)
{
    const auto found = std::find_if(root_attributes.begin(), root_attributes.end(),
                                    [](const auto& attribute) { return attribute.name == "schema_version"; });
    if (found == root_attributes.end() || found->value.empty())
        throw core::EnvironmentError(path, "is not a chokepoint result (no schema_version)");
    const std::string& version = found->value;
    int major = 0;
    const auto [end, code] = std::from_chars(version.data(), version.data() + version.size(), major);
    if (code != std::errc{})
        throw core::EnvironmentError(path, "has the unreadable schema_version " + version);
    if (major > kSchemaMajor) {
        throw core::EnvironmentError(path, fmt::format("has schema_version {}, this program reads up to {}.x "
                                                       "(use a newer chokepoint)",
                                                       version, kSchemaMajor));
    }
}

}  // namespace chokepoint::record
