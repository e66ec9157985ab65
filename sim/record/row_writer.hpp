#pragma once
// Writes a dataset row by row (a row: one member or one quantile), packed in parallel, in index order.

#include "chokepoint/record/variables.hpp"
#include "hdf5_write.hpp"

#include <functional>

namespace chokepoint::record {

// How rows are cut into chunks: several small rows together, a row above 1 MB split over one axis.
struct ChunkPlan {
    std::size_t rows = 1;   // rows in a chunk
    std::size_t outer = 1;  // before the split axis, in a row
    std::size_t split = 1;  // length of the split axis
    std::size_t step = 1;   // of the split axis in a chunk
    std::size_t inner = 1;  // after the split axis

    // `shape` with the row axis first; `split_axis` indexes it (0: nothing to split).
    ChunkPlan(const Shape& shape, std::size_t split_axis, std::size_t element_size);
    [[nodiscard]] Shape chunk_shape(const Shape& shape, std::size_t split_axis) const;
    [[nodiscard]] std::size_t n_splits() const { return (split + step - 1) / step; }
    [[nodiscard]] std::size_t row_size() const { return outer * split * inner; }
};

// Values of one row in the file's type, row_size() elements. Called from several threads.
using RowSource = std::function<Bytes(std::size_t row)>;

void write_rows(Hdf5Object& dataset, DType dtype, const Shape& shape, std::size_t split_axis,
                const RowSource& source);

}  // namespace chokepoint::record
