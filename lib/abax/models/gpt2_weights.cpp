#include <abax/io/safetensors.hpp>
#include <abax/models/gpt2.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/select.hpp>

#include <cmath>
#include <functional>
#include <map>
#include <random>
#include <string>

namespace abax::models {

namespace {

// The one place that knows how the file lays out a weight. GPT-2's linears are stored (in, out).
template <class Owner>
struct weight {
    const char* file_name;
    const char* axes;
    tensor<float> Owner::*member;
};

constexpr weight<gpt2_weights> model_table[] = {
    {"wte.weight", "v m", &gpt2_weights::token},
    {"wpe.weight", "p m", &gpt2_weights::position},
    {"ln_f.weight", "m", &gpt2_weights::ln_f_gain},
    {"ln_f.bias", "m", &gpt2_weights::ln_f_bias},
};

constexpr weight<gpt2_block> block_table[] = {
    {"ln_1.weight", "m", &gpt2_block::ln_1_gain},
    {"ln_1.bias", "m", &gpt2_block::ln_1_bias},
    {"attn.c_proj.weight", "(h d) m", &gpt2_block::w_o},
    {"attn.c_proj.bias", "m", &gpt2_block::b_o},
    {"ln_2.weight", "m", &gpt2_block::ln_2_gain},
    {"ln_2.bias", "m", &gpt2_block::ln_2_bias},
    {"mlp.c_fc.weight", "m f", &gpt2_block::w_up},
    {"mlp.c_fc.bias", "f", &gpt2_block::b_up},
    {"mlp.c_proj.weight", "f m", &gpt2_block::w_down},
    {"mlp.c_proj.bias", "m", &gpt2_block::b_down},
};

// c_attn holds query, key and value side by side.
constexpr const char* attention_weight = "attn.c_attn.weight";
constexpr const char* attention_weight_axes = "m (t h d)";
constexpr const char* attention_bias = "attn.c_attn.bias";
constexpr const char* attention_bias_axes = "(t h d)";

// Gives the weight called so, of these extents.
using weight_source = std::function<tensor<float>(const std::string& file_name, const shape& axes)>;

class builder {
public:
    builder(const gpt2_config& config, weight_source source)
        : config_(config),
          source_(std::move(source)),
          sizes_{
              {"m", config.width},
              {"h", config.heads},
              {"d", config.head_extent()},
              {"f", config.inner},
              {"v", config.vocabulary},
              {"p", config.context},
              {"t", 3}} {}

    gpt2_weights build() {
        gpt2_weights all;
        for (const auto& w : model_table)
            all.*w.member = get(w.file_name, w.axes);
        for (std::int64_t i = 0; i < config_.layers; ++i)
            all.blocks.push_back(block("h." + std::to_string(i) + "."));
        all.head = config_.tied ? all.token : get("lm_head.weight", "v m");
        return all;
    }

private:
    gpt2_block block(const std::string& prefix) {
        gpt2_block b;
        for (const auto& w : block_table)
            b.*w.member = get(prefix + w.file_name, w.axes);
        b.w_o = rearrange(b.w_o, "(h d) m -> h d m");
        const auto w = rearrange(
            get(prefix + attention_weight, attention_weight_axes), "m (t h d) -> t m h d"
        );
        b.w_q = at(w, "t", 0);
        b.w_k = at(w, "t", 1);
        b.w_v = at(w, "t", 2);
        const auto bias =
            rearrange(get(prefix + attention_bias, attention_bias_axes), "(t h d) -> t h d");
        b.b_q = at(bias, "t", 0);
        b.b_k = at(bias, "t", 1);
        b.b_v = at(bias, "t", 2);
        return b;
    }

    tensor<float> get(const std::string& file_name, const char* names) {
        return source_(file_name, axes_of(names));
    }

    // The extents of the table's axes: each name's from the config, a merged axis the product of its factors'.
    shape axes_of(std::string_view names) const {
        std::vector<std::int64_t> extents;
        std::vector<axis_size> factors;
        std::int64_t product = 0;  // of the group that is open; 0 outside
        for (const char c : names) {
            if (c == '(')
                product = 1;
            else if (c == ')')
                extents.push_back(std::exchange(product, 0));
            if (const auto found = sizes_.find(std::string(1, c)); found == sizes_.end())
                continue;
            else if (product > 0) {
                product *= found->second;
                factors.push_back({found->first, found->second});
            } else
                extents.push_back(found->second);
        }
        return axes(names, extents, factors);
    }

    gpt2_config config_;
    weight_source source_;
    std::map<std::string, std::int64_t> sizes_;
};

std::string extents_text(const shape& axes) {
    std::string text = "[";
    for (const std::int64_t extent : axes.extents())
        text += (text.size() == 1 ? "" : ", ") + std::to_string(extent);
    return text + ']';
}

}  // namespace

gpt2 gpt2::load(const std::filesystem::path& folder) {
    const gpt2_config config = load_gpt2_config(folder);
    const auto path = folder / "model.safetensors";
    const auto file = safetensors::open(path);
    // Files saved from the bare decoder lack the prefix.
    const std::string prefix = file.contains("transformer.wte.weight") ? "transformer." : "";
    const auto source = [&](const std::string& file_name, const shape& axes) {
        const std::string full = file_name == "lm_head.weight" ? file_name : prefix + file_name;
        const std::string in_file = path.string() + ": tensor '" + full + "'";
        if (!file.contains(full))
            throw error(
                {.kind = category::config,
                 .operation = "gpt2",
                 .message = "the config asks for a tensor that the file lacks",
                 .expected = axes.str(),
                 .file = in_file}
            );
        const any_tensor raw = file.load(full);
        if (raw.shape().extents() != axes.extents())
            throw error(
                {.kind = category::config,
                 .operation = "gpt2",
                 .message = "the tensor's shape contradicts the config",
                 .expected = extents_text(axes) + " (" + axes.str() + ")",
                 .got = extents_text(raw.shape()),
                 .file = in_file}
            );
        if (raw.type() != dtype::float32)
            throw error(
                {.kind = category::dtype_mismatch,
                 .operation = "gpt2",
                 .message = "a weight must be F32, F16 or BF16",
                 .got = std::string(to_string(raw.type())),
                 .file = in_file}
            );
        layout where = raw.where();
        where.axes = axes;
        return tensor<float>(raw.viewed(std::move(where)));
    };
    // A model that lost its last layers would run, and be wrong.
    const std::string next = prefix + "h." + std::to_string(config.layers) + ".ln_1.weight";
    if (file.contains(next))
        throw error(
            {.kind = category::config,
             .operation = "gpt2",
             .message = "the file has more layers than the config asks for",
             .expected = std::to_string(config.layers) + " layers",
             .file = path.string() + ": tensor '" + next + "'"}
        );
    return {config, builder(config, source).build()};
}

gpt2 gpt2::dry(const gpt2_config& config) {
    check(config);
    return {config, builder(config, [](const std::string&, const shape& axes) {
                        return abax::dry<float>(axes);
                    }).build()};
}

gpt2 gpt2::random(const gpt2_config& config, std::uint64_t seed) {
    check(config);
    std::mt19937_64 generator(seed);
    const auto source = [&](const std::string& file_name, const shape& axes) {
        if (file_name.ends_with(".bias"))
            return zeros<float>(axes);
        if (file_name.find("ln_") != std::string::npos)
            return full<float>(axes, 1);
        std::normal_distribution<float> draw(0, 0.02F);
        tensor<float> w = zeros<float>(axes);
        float* out = w.mut();
        for (std::int64_t i = 0; i < w.volume(); ++i)
            out[i] = draw(generator);
        return w;
    };
    return {config, builder(config, source).build()};
}

}  // namespace abax::models
