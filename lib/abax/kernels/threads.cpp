#include <abax/kernels/kernels.hpp>
#include <abax/kernels/parallel.hpp>

namespace abax::kernels {

int thread_count() noexcept {
#ifdef _OPENMP
    return omp_get_max_threads();
#else
    return 1;
#endif
}

}  // namespace abax::kernels
