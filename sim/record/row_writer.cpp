#include "row_writer.hpp"

#include "chokepoint/core/parallel.hpp"

#include <algorithm>
#include <cstring>

namespace chokepoint::record {

namespace {

constexpr std::size_t kSplitAbove = 1U << 20U;  // a row above this is split [bytes]
constexpr std::size_t kSmallChunk = 1U << 16U;  // small rows share a chunk up to this [bytes]
constexpr std::size_t kBatch = 1U << 26U;       // packed at a time [bytes]

std::size_t product(const Shape& shape, std::size_t from, std::size_t to)
{
    std::size_t out = 1;
    for (std::size_t i = from; i < to; ++i) out *= shape[i];
    return out;
}

struct Packed {
    Shape offset;
    Bytes bytes;
};

// Chunks of the rows [first, first + plan.rows), one for each piece of the split axis.
std::vector<Packed> pack_block(const ChunkPlan& plan, const Shape& shape, std::size_t split_axis, DType dtype,
                               std::size_t first, const RowSource& source)
{
    const std::size_t element = size_of(dtype);
    const std::size_t run = plan.step * plan.inner * element;  // contiguous bytes in a chunk
    std::vector<Bytes> plain(plan.n_splits(), Bytes(plan.rows * plan.outer * run));
    for (std::size_t r = 0; r < plan.rows && first + r < shape[0]; ++r) {
        const Bytes row = source(first + r);
        for (std::size_t s = 0; s < plan.n_splits(); ++s) {
            const std::size_t wide = std::min(plan.step, plan.split - s * plan.step) * plan.inner * element;
            for (std::size_t o = 0; o < plan.outer; ++o) {
                std::memcpy(plain[s].data() + (r * plan.outer + o) * run,
                            row.data() + (o * plan.split + s * plan.step) * plan.inner * element, wide);
            }
        }
    }
    std::vector<Packed> out;
    for (std::size_t s = 0; s < plan.n_splits(); ++s) {
        Shape offset(shape.size(), 0);
        offset[0] = first;
        if (split_axis > 0) offset[split_axis] = s * plan.step;
        out.push_back({std::move(offset), pack_chunk(plain[s], dtype)});
    }
    return out;
}

}  // namespace

ChunkPlan::ChunkPlan(const Shape& shape, std::size_t split_axis, std::size_t element_size)
{
    if (split_axis > 0) {
        outer = product(shape, 1, split_axis);
        split = shape[split_axis];
        inner = product(shape, split_axis + 1, shape.size());
    } else {
        inner = product(shape, 1, shape.size());
    }
    const std::size_t bytes = row_size() * element_size;
    step = split;
    if (bytes > kSplitAbove) step = std::max<std::size_t>(1, split * kSplitAbove / bytes);
    rows = std::clamp<std::size_t>(kSmallChunk / bytes, 1, shape[0]);
}

Shape ChunkPlan::chunk_shape(const Shape& shape, std::size_t split_axis) const
{
    Shape chunk = shape;
    chunk[0] = rows;
    if (split_axis > 0) chunk[split_axis] = step;
    return chunk;
}

void write_rows(Hdf5Object& dataset, DType dtype, const Shape& shape, std::size_t split_axis,
                const RowSource& source)
{
    const ChunkPlan plan(shape, split_axis, size_of(dtype));
    const std::size_t n_blocks = (shape[0] + plan.rows - 1) / plan.rows;
    const std::size_t block_bytes = plan.rows * plan.row_size() * size_of(dtype);
    const std::size_t at_once = std::max<std::size_t>(1, kBatch / block_bytes);
    for (std::size_t begin = 0; begin < n_blocks; begin += at_once) {
        std::vector<std::vector<Packed>> batch(std::min(at_once, n_blocks - begin));
        core::parallel_for(batch.size(), 1, [&](std::size_t from, std::size_t to) {
            for (std::size_t b = from; b < to; ++b) {
                batch[b] = pack_block(plan, shape, split_axis, dtype, (begin + b) * plan.rows, source);
            }
        });
        for (const auto& block : batch) {
            for (const auto& chunk : block) dataset.write_chunk(chunk.offset, chunk.bytes);
        }
    }
}

}  // namespace chokepoint::record
