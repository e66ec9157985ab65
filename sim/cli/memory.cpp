#include "memory.hpp"

#include <malloc.h>
#include <unistd.h>
#include <algorithm>
#include <fstream>
#include <string>

namespace chokepoint::cli {

MemoryUse memory_use()
{
    ::malloc_trim(0);
    const struct mallinfo2 heap = ::mallinfo2();
    std::int64_t total = 0, resident = 0;
    std::ifstream("/proc/self/statm") >> total >> resident;
    return {resident * ::sysconf(_SC_PAGESIZE), static_cast<std::int64_t>(heap.uordblks + heap.hblkhd)};
}

namespace {

// The number in a file that holds one; a huge one where it holds none ("max") or is not there.
double number_in(const char* path)
{
    double value = 0;
    return std::ifstream(path) >> value ? value : 1e30;
}

double free_in_system()
{
    std::ifstream lines("/proc/meminfo");
    for (std::string name, unit; lines >> name;) {
        double kilobytes = 0;
        if (name == "MemAvailable:" && lines >> kilobytes) return kilobytes * 1024;
        std::getline(lines, unit);
    }
    return 1e30;
}

}  // namespace

double available_memory()
{
    // Of a container; elsewhere these files are not there.
    const double limit = number_in("/sys/fs/cgroup/memory.max"), used = number_in("/sys/fs/cgroup/memory.current");
    return std::min(free_in_system(), limit < 1e30 && used < limit ? limit - used : 1e30);
}

}  // namespace chokepoint::cli
