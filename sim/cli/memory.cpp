#include "memory.hpp"

#include <malloc.h>
#include <unistd.h>
#include <fstream>

namespace chokepoint::cli {

MemoryUse memory_use()
{
    ::malloc_trim(0);
    const struct mallinfo2 heap = ::mallinfo2();
    std::int64_t total = 0, resident = 0;
    std::ifstream("/proc/self/statm") >> total >> resident;
    return {resident * ::sysconf(_SC_PAGESIZE), static_cast<std::int64_t>(heap.uordblks + heap.hblkhd)};
}

}  // namespace chokepoint::cli
