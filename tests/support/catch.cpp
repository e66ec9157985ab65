// Holds nothing: the target whose precompiled header the test programs share needs one source.
#include "support/catch.hpp"
