#pragma once
// A full disk: the one environment error that the same command, given room, gets past.

#include "chokepoint/core/error.hpp"

#include <string>

namespace chokepoint::core {

class NoRoomError : public EnvironmentError {
  public:
    using EnvironmentError::EnvironmentError;
};

// ENOSPC, EDQUOT (quota) or EFBIG (limit on file sizes).
[[nodiscard]] bool means_no_room(int system_errno);

// Throws EnvironmentError, as NoRoomError where the system's reason is a full disk.
[[noreturn]] void throw_environment_error(const std::string& path, const std::string& what_failed,
                                          int system_errno);

}  // namespace chokepoint::core
