#include "chokepoint/record/digest.hpp"

#include "chokepoint/core/error.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <memory>
#include <stdexcept>

namespace chokepoint::record {

namespace {

class Sha256 {
  public:
    Sha256() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free)
    {
        check(context_ ? EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) : 0);
    }
    void add(std::string_view bytes) { check(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size())); }
    std::string hex()
    {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned size = 0;
        check(EVP_DigestFinal_ex(context_.get(), digest.data(), &size));
        constexpr std::string_view kDigits = "0123456789abcdef";
        std::string out;
        for (unsigned i = 0; i < size; ++i) {
            out += kDigits[digest[i] >> 4U];
            out += kDigits[digest[i] & 15U];
        }
        return out;
    }

  private:
    static void check(int ok)
    {
        if (ok != 1) throw std::runtime_error("SHA-256 is not available in the OpenSSL library");
    }
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

std::string sha256(std::string_view bytes)
{
    Sha256 digest;
    digest.add(bytes);
    return digest.hex();
}

std::string sha256_of_file(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in) throw core::EnvironmentError(path, "cannot open", errno);
    Sha256 digest;
    std::array<char, 65536> buffer;
    while (in) {
        in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        digest.add({buffer.data(), static_cast<std::size_t>(in.gcount())});
    }
    if (in.bad()) throw core::EnvironmentError(path, "cannot read", errno);
    return digest.hex();
}

std::string openssl_version() { return OpenSSL_version(OPENSSL_VERSION_STRING); }

}  // namespace chokepoint::record
