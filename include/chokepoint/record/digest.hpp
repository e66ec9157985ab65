#pragma once
// SHA-256 as lower-case hexadecimal text. The only door to OpenSSL.

#include <string>
#include <string_view>

namespace chokepoint::record {

[[nodiscard]] std::string sha256(std::string_view bytes);
[[nodiscard]] std::string sha256_of_file(const std::string& path);  // throws core::EnvironmentError
[[nodiscard]] std::string openssl_version();

}  // namespace chokepoint::record
