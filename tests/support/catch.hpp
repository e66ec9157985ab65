#pragma once
// The one header through which tests see Catch2.

#include <catch2/catch.hpp>
