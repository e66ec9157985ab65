#pragma once
// What every reader asks of a result first.

#include "hdf5_read.hpp"

#include <string>
#include <vector>

namespace chokepoint::record {

// Throws core::EnvironmentError for a file that is no result, or is one of a newer major version.
void require_schema(const std::string& path, const std::vector<Hdf5Reader::Attribute>& root_attributes);

}  // namespace chokepoint::record
