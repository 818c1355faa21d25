#include <abax/account/ledger.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/losses.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/rope.hpp>
#include <abax/ops/rows.hpp>
#include <abax/ops/select.hpp>

#include "case_kinds.hpp"

#include <functional>
#include <map>
#include <vector>

namespace conformance {

namespace {

using abax::any_tensor;
using json = nlohmann::json;

json figures_from(const abax::ledger& bill) {
    const abax::counters total = bill.total();
    return {
        {"flops_mm", integer(total.flops_mm)},
        {"flops_vec", integer(total.flops_vec)},
        {"specials", integer(total.specials)},
        {"bytes_read", integer(total.bytes_read)},
        {"bytes_written", integer(total.bytes_written)},
    };
}

// The cases state bytes for elements of 4 or 8: the floating types there are.
abax::dtype floating(const json& inputs) {
    return inputs.value("dtype_bytes", 4) == 8 ? abax::dtype::float64 : abax::dtype::float32;
}

abax::shape named_shape(const std::vector<std::int64_t>& extents, const std::string& letters) {
    abax::shape axes;
    for (std::size_t i = 0; i < extents.size(); ++i)
        axes.push_back({abax::name(letters.substr(i, 1)), extents[i], nullptr});
    return axes;
}

any_tensor dry(
    abax::dtype type,
    const std::vector<std::int64_t>& extents,
    const std::string& letters = "abcdefgh"
) {
    return any_tensor::dry(type, named_shape(extents, letters));
}

std::vector<std::int64_t> extents_of(const json& list) {
    return list.get<std::vector<std::int64_t>>();
}

std::string last_axis(const any_tensor& x) {
    return std::string(x.shape().back().label.text());
}

using operation = std::function<void(const json&)>;

any_tensor main_operand(const json& inputs) {
    return dry(floating(inputs), extents_of(inputs.at("shape")));
}

any_tensor row_parameter(const any_tensor& x) {
    return any_tensor::dry(x.type(), abax::shape{x.shape().back()});
}

operation unary(any_tensor (*verb)(const any_tensor&)) {
    return [verb](const json& inputs) { (void)verb(main_operand(inputs)); };
}

template <abax::kernels::reduction How>
void reduce_last(const json& inputs) {
    const any_tensor x = main_operand(inputs);
    (void)abax::reduce_axes(x, abax::axes_argument(last_axis(x)), How);
}

void embedding(const json& inputs) {
    const abax::dtype ids = inputs.at("index_bytes") == 8 ? abax::dtype::int64 : abax::dtype::int32;
    (void)abax::take(
        dry(floating(inputs), {inputs.at("vocab"), inputs.at("d")}, "vd"),
        dry(ids, {inputs.at("tokens")}, "t"),
        "v"
    );
}

void cross_entropy(const json& inputs) {
    const abax::dtype ids = inputs.at("index_bytes") == 8 ? abax::dtype::int64 : abax::dtype::int32;
    (void)abax::cross_entropy(
        dry(floating(inputs), {inputs.at("rows"), inputs.at("vocab")}, "rv"),
        "v",
        dry(ids, {inputs.at("rows")}, "r")
    );
}

// The cases' tables have an entry for each element, as Hugging Face makes them.
void rotary_embedding(const json& inputs) {
    const any_tensor x = main_operand(inputs);
    const auto table = [&] { return dry(x.type(), extents_of(inputs.at("tables"))); };
    (void)abax::rope_halves(x, last_axis(x), {table(), table()});
}

// "einsum b h q d, b h k d -> b h q k": each letter's extent is an input of its own.
void einsum_case(const json& inputs) {
    const std::string pattern =
        inputs.at("op").get<std::string>().substr(std::string("einsum ").size());
    std::vector<any_tensor> operands;
    std::string letters;
    std::vector<std::int64_t> extents;
    for (const char c : pattern.substr(0, pattern.find("->")) + ",") {
        if (c == ',') {
            operands.push_back(dry(floating(inputs), extents, letters));
            letters.clear();
            extents.clear();
        } else if (c != ' ') {
            letters += c;
            extents.push_back(inputs.at(std::string(1, c)));
        }
    }
    (void)abax::einsum(abax::pattern_text(pattern), operands);
}

const std::map<std::string, operation>& operations() {
    static const std::map<std::string, operation> all{
        {"add",
         [](const json& i) {
             const any_tensor x = main_operand(i), y = main_operand(i);
             (void)(x + y);
         }},
        {"sub",
         [](const json& i) {
             const any_tensor x = main_operand(i), y = main_operand(i);
             (void)(x - y);
         }},
        {"mul",
         [](const json& i) {
             const any_tensor x = main_operand(i), y = main_operand(i);
             (void)(x * y);
         }},
        {"div",
         [](const json& i) {
             const any_tensor x = main_operand(i), y = main_operand(i);
             (void)(x / y);
         }},
        {"add_broadcast",
         [](const json& i) {
             const any_tensor x = main_operand(i);
             (void)(x + row_parameter(x));
         }},
        {"mul_same_operand",
         [](const json& i) {
             const any_tensor x = main_operand(i);
             (void)(x * x);
         }},
        {"exp", unary([](const any_tensor& x) { return abax::exp(x); })},
        {"log", unary([](const any_tensor& x) { return abax::log(x); })},
        {"tanh", unary([](const any_tensor& x) { return abax::tanh(x); })},
        {"sqrt", unary([](const any_tensor& x) { return abax::sqrt(x); })},
        {"relu", unary([](const any_tensor& x) { return abax::relu(x); })},
        {"silu", unary([](const any_tensor& x) { return abax::silu(x); })},
        {"sigmoid", unary([](const any_tensor& x) { return abax::sigmoid(x); })},
        {"gelu_erf",
         unary([](const any_tensor& x) { return abax::gelu(x, abax::gelu_form::erf); })},
        {"gelu_tanh",
         unary([](const any_tensor& x) { return abax::gelu(x, abax::gelu_form::tanh); })},
        {"sum", reduce_last<abax::by::sum>},
        {"mean", reduce_last<abax::by::mean>},
        {"max", reduce_last<abax::by::max>},
        {"min", reduce_last<abax::by::min>},
        {"prod", reduce_last<abax::by::prod>},
        {"softmax",
         [](const json& i) {
             const any_tensor x = main_operand(i);
             (void)abax::softmax(x, last_axis(x));
         }},
        {"layernorm_affine",
         [](const json& i) {
             const any_tensor x = main_operand(i);
             (void)abax::layer_norm(x, last_axis(x), row_parameter(x), row_parameter(x));
         }},
        {"rmsnorm",
         [](const json& i) {
             const any_tensor x = main_operand(i);
             (void)abax::rms_norm(x, last_axis(x), row_parameter(x));
         }},
        {"cross_entropy_mean", cross_entropy},
        {"rope_apply", rotary_embedding},
        {"permute_copy",
         [](const json& i) {
             (void)abax::rearrange(dry(floating(i), extents_of(i.at("shape"))), "a b -> (b a)");
         }},
        {"transpose_view",
         [](const json& i) {
             (void)abax::rearrange(dry(floating(i), extents_of(i.at("shape"))), "a b -> b a");
         }},
        {"embedding", embedding},
        {"matmul",
         [](const json& i) {
             (void)abax::dot(
                 dry(floating(i), {i.at("m"), i.at("k")}, "mk"),
                 dry(floating(i), {i.at("k"), i.at("n")}, "kn"),
                 "k"
             );
         }},
        {"einsum_no_contraction",
         [](const json& i) {
             const any_tensor operands[] = {
                 any_tensor::dry(floating(i), named_shape(extents_of(i.at("a")), "a")),
                 any_tensor::dry(floating(i), named_shape(extents_of(i.at("b")), "b"))};
             (void)abax::einsum("a, b -> a b", operands);
         }},
    };
    return all;
}

// matmuls as PyTorch's counter is asked for them; an operation's bias costs it nothing.
any_tensor product(const json& a, const json& b) {
    const auto left = extents_of(a);
    const bool batched = left.size() == 3;
    return abax::dot(
        dry(abax::dtype::float32, left, batched ? "bmk" : "mk"),
        dry(abax::dtype::float32, extents_of(b), batched ? "bkn" : "kn"),
        "k"
    );
}

void attention_products(const json& i) {
    const any_tensor q =
        dry(abax::dtype::float32, {i.at("b"), i.at("h"), i.at("sq"), i.at("d")}, "bhqd");
    const any_tensor k =
        dry(abax::dtype::float32, {i.at("b"), i.at("h"), i.at("sk"), i.at("d")}, "bhkd");
    const any_tensor v =
        dry(abax::dtype::float32, {i.at("b"), i.at("h"), i.at("sk"), i.at("dv")}, "bhkv");
    (void)abax::dot(abax::softmax(abax::dot(q, k, "d"), "k"), v, "k");
}

// "mm [4,5]x[5,6]", "linear 9->10 on [8,9]": a part of a sum, as the cases spell it.
bool run_part(const std::string& part) {
    std::vector<std::vector<std::int64_t>> shapes;
    for (std::size_t at = part.find('['); at != std::string::npos; at = part.find('[', at + 1))
        shapes.push_back(json::parse(part.substr(at, part.find(']', at) - at + 1))
                             .get<std::vector<std::int64_t>>());
    if (part.find("grad") != std::string::npos)
        return false;
    if (part.starts_with("linear ") && shapes.size() == 1) {
        const auto arrow = part.find("->");
        const std::int64_t in = std::stoll(part.substr(std::string("linear ").size()));
        const std::int64_t out = std::stoll(part.substr(arrow + 2));
        (void)product(shapes[0], json{in, out});
        return true;
    }
    if (shapes.size() != 2)
        return false;
    (void)product(shapes[0], shapes[1]);
    return true;
}

}  // namespace

json integer(abax::int128 value) {
    constexpr abax::int128 largest_exact = abax::int128{1} << 53U;
    if (value >= largest_exact)
        return abax::to_string(value);
    return static_cast<std::int64_t>(value);
}

figures operation_figures(const json& inputs) {
    const auto op = inputs.at("op").get<std::string>();
    abax::ledger bill;
    const abax::recording on(bill);
    if (op.starts_with("einsum ")) {
        einsum_case(inputs);
        return figures_from(bill);
    }
    const auto found = operations().find(op);
    if (found == operations().end())
        return std::nullopt;
    found->second(inputs);
    return figures_from(bill);
}

figures flop_counter_figures(const json& inputs) {
    const auto op = inputs.at("op").get<std::string>();
    abax::ledger bill;
    const abax::recording on(bill);
    if (op == "mm" || op == "bmm" || op == "addmm" || op == "baddbmm") {
        (void)product(inputs.at("a"), inputs.at("b"));
    } else if (op == "sdpa") {
        attention_products(inputs);
    } else if (op == "sum") {
        for (const json& part : inputs.at("parts"))
            if (!run_part(part))
                return std::nullopt;
    } else {
        return std::nullopt;
    }
    return json{{"flops", integer(bill.total().flops_mm)}};
}

}  // namespace conformance
