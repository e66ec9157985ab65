#include "chokepoint/core/no_room.hpp"

#include <cerrno>

namespace chokepoint::core {

bool means_no_room(int system_errno)
{
    return system_errno == ENOSPC || system_errno == EDQUOT || system_errno == EFBIG;
}

void throw_environment_error(const std::string& path, const std::string& what_failed, int system_errno)
{
    if (means_no_room(system_errno)) throw NoRoomError(path, what_failed, system_errno);
    throw EnvironmentError(path, what_failed, system_errno);
}

}  // namespace chokepoint::core
