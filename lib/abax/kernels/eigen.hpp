#pragma once

// The one door to Eigen. We split products ourselves (contract.cpp): Eigen's own threads would be a
// second pool, and its split depends on their number, which changes the last bits of a result.
#ifndef EIGEN_DONT_PARALLELIZE
#define EIGEN_DONT_PARALLELIZE
#endif

// GCC 12 takes the "undefined" operand of some AVX-512 intrinsics for an uninitialised variable, wherever
// Eigen's templates are inlined; hence no `pop`.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include <Eigen/Core>
