#pragma once

/// All of abax in one include: tensors with named axes, the verbs on them, the ledger, files and models.
///
/// Light on purpose: no Eigen, fmt or JSON behind it. Who wants less includes the header of a floor's concept
/// (`<abax/ops/rearrange.hpp>`).

#include <abax/account/bill_cost.hpp>
#include <abax/account/cost.hpp>
#include <abax/account/ledger.hpp>
#include <abax/account/scope.hpp>
#include <abax/core/dtype.hpp>
#include <abax/core/error.hpp>
#include <abax/core/name.hpp>
#include <abax/core/polynomial.hpp>
#include <abax/io/npy.hpp>
#include <abax/io/safetensors.hpp>
#include <abax/models/generate.hpp>
#include <abax/models/gpt2.hpp>
#include <abax/models/gpt2_config.hpp>
#include <abax/nn/attention.hpp>
#include <abax/nn/kv_cache.hpp>
#include <abax/ops/assign.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/join.hpp>
#include <abax/ops/print.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/rows.hpp>
#include <abax/ops/select.hpp>
#include <abax/pattern/pattern.hpp>
#include <abax/plan/arguments.hpp>
#include <abax/plan/contraction.hpp>
#include <abax/plan/plan.hpp>
#include <abax/plan/price.hpp>
#include <abax/plan/transform.hpp>
#include <abax/report/fold.hpp>
#include <abax/report/machine.hpp>
#include <abax/report/scope_tree.hpp>
#include <abax/report/table.hpp>
#include <abax/shape/any_tensor.hpp>
#include <abax/shape/axis.hpp>
#include <abax/shape/layout.hpp>
#include <abax/shape/shape.hpp>
#include <abax/shape/tensor.hpp>
#include <abax/storage/buffer.hpp>
