#include "chokepoint/core/date.hpp"

#include <cstdio>

int main()
{
    // 2025 is no leap year: the day after 28 February is 1 March.
    const auto date = chokepoint::core::Date::from_ymd(2025, 2, 28) + 1;
    std::printf("consumer: %s\n", date.to_string().c_str());
    return date.to_string() == "2025-03-01" ? 0 : 1;
}
