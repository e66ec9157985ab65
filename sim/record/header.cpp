#include "chokepoint/record/header.hpp"

#include "chokepoint/record/digest.hpp"
#include "compress.hpp"
#include "hdf5_library.hpp"

namespace chokepoint::record {

std::string make_run_id(const std::string& scenario, std::uint64_t seed, const std::string& version)
{
    // 128 bits are plenty to tell runs apart and short enough to read aloud.
    constexpr std::size_t kDigits = 32;
    return sha256("chokepoint " + version + '\n' + std::to_string(seed) + '\n' + scenario).substr(0, kDigits);
}

std::vector<std::pair<std::string, std::string>> record_libraries()
{
    return {{"hdf5", hdf5_version()}, {"zlib", zlib_library_version()}, {"openssl", openssl_version()}};
}

std::string compiler_version()
{
#if defined(__clang__)
    return "clang " __clang_version__;
#else
    return "g++ " __VERSION__;
#endif
}

}  // namespace chokepoint::record
