/// @file
/// The first page of the API reference, and what its namespaces hold. Compiled by nobody.

/// @mainpage
/// Tensors whose axes have names; operations that pay their bill. One header has everything:
/// @code
/// #include <abax/abax.hpp>
/// @endcode
/// Read the tutorial and the pages beside it in docs/ first; docs/verbs.md lists the verbs by purpose. This reference
/// answers, for each name: what, shapes, units, errors, cost, source.
///
/// Verbs take `tensor<T>`, or `any_tensor` where the element type is known only when the program runs. A few are called
/// otherwise there: `reduce_axes` for `sum` and its kind, `full` for `zeros`.

/// Named axes, counted costs: tensors, patterns, verbs, the ledger.
namespace abax {

/// The reductions, as tags: `reduce(x, "b s m -> b m", by::mean)`.
namespace by {}

/// `"h"_ax = 12`. Inline: `using namespace abax` or `using namespace abax::literals` brings it.
inline namespace literals {}

/// What files are made of, below the verbs that load and save.
namespace io {}

/// What several families of models share: linear maps, attention, the cache of keys and values.
namespace nn {}

/// What touches elements. The verbs check and call these; they trust their arguments.
namespace kernels {}

/// Whole models, read from a Hugging Face folder.
namespace models {}

}  // namespace abax
