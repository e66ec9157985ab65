#pragma once
// Contracts: what a caller in this program must ensure. Never for what a user wrote (InputError) nor
// for the rules of the model (ModelError).
//
// Checked only in builds with CHOKEPOINT_CONTRACTS (preset dev and asan); otherwise the condition is
// compiled but not evaluated. A broken contract throws std::logic_error naming file, line, condition.

#include <stdexcept>
#include <string>

namespace chokepoint::core {

[[noreturn]] inline void contract_broken(const char* file, int line, const char* condition)
{
    throw std::logic_error(std::string(file) + ":" + std::to_string(line) + ": contract broken: " +
                           condition);
}

}  // namespace chokepoint::core

#ifdef CHOKEPOINT_CONTRACTS
#define CHOKEPOINT_EXPECTS(condition) \
    ((condition) ? void() : ::chokepoint::core::contract_broken(__FILE__, __LINE__, #condition))
#else
#define CHOKEPOINT_EXPECTS(condition) static_cast<void>(sizeof((condition) ? 1 : 0))
#endif
