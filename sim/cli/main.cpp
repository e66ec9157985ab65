#include "commands.hpp"

#include <signal.h>
#include <string>
#include <vector>

int main(int argc, char** argv)
{
    // Beyond a limit on file sizes a write shall fail, like one on a full disk, and not kill us.
    ::signal(SIGXFSZ, SIG_IGN);
    const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
    return static_cast<int>(chokepoint::cli::run_program(arguments));
}
