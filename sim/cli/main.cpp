#include "chokepoint/core/data_directory.hpp"
#include "chokepoint/core/error.hpp"
#include "chokepoint/core/version.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <string_view>

int main(int argc, char** argv)
{
    namespace core = chokepoint::core;
    const std::string_view command = argc > 1 ? argv[1] : "";
    if (command != "version") {
        fmt::print(stderr, "usage: chokepoint version\n");
        return 2;
    }
    try {
        fmt::print("chokepoint {} (commit {})\ndata {}\n", core::version(), core::commit(),
                   core::data_directory().string());
    } catch (const core::EnvironmentError& error) {
        fmt::print(stderr, "chokepoint: {}\n", error.what());
        return 4;
    }
    return 0;
}
