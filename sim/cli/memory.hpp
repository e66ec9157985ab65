#pragma once
// How much memory this process uses.

#include <cstdint>

namespace chokepoint::cli {

struct MemoryUse {
    std::int64_t resident = 0;   // pages in memory, after giving free ones back [B]
    std::int64_t allocated = 0;  // by live objects, as the allocator counts them [B]
};
[[nodiscard]] MemoryUse memory_use();

// What new objects may take: free or easily freed, and within the limit of the group of processes [B].
[[nodiscard]] double available_memory();

}  // namespace chokepoint::cli
