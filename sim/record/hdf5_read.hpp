#pragma once
// Reading what is in an HDF5 file, ours or not; never call it in parallel.
//
// Describes datasets and attributes without reading them; reads whole variables as text or numbers.
// Errors: core::EnvironmentError with the path and what HDF5 said.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint::record {

class Hdf5Reader {
  public:
    explicit Hdf5Reader(std::string path);
    ~Hdf5Reader();
    Hdf5Reader(const Hdf5Reader&) = delete;
    Hdf5Reader& operator=(const Hdf5Reader&) = delete;

    struct Attribute {
        std::string name, value;    // numbers as text
        bool fixed_string = false;  // a string of fixed length
    };
    struct Dataset {
        std::string name, dtype;
        std::vector<std::uint64_t> shape;
        std::vector<std::string> dims;  // names of attached scales; "" where none
        bool is_scale = false, fixed_string = false;
        std::vector<Attribute> attributes;
        [[nodiscard]] std::optional<std::string> attribute(const std::string& key) const;
    };
    [[nodiscard]] bool has(const std::string& name) const;
    [[nodiscard]] std::vector<Attribute> attributes(const std::string& group) const;
    [[nodiscard]] std::vector<Dataset> datasets(const std::string& group) const;  // in creation order
    [[nodiscard]] std::vector<std::string> read_strings(const std::string& name) const;
    [[nodiscard]] std::vector<double> read_numbers(const std::string& name) const;
    // `count` values from `first` on along each axis, the last axis fastest.
    [[nodiscard]] std::vector<double> read_block(const std::string& name, const std::vector<std::uint64_t>& first,
                                                 const std::vector<std::uint64_t>& count) const;

  private:
    std::string path_;
    std::int64_t file_;
};

}  // namespace chokepoint::record
