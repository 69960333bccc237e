#include "lint/rules/support/deprecations.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "lint/core/embedded.h"
#include "lint/core/yaml.h"

namespace docathon::rules {
namespace {

/// Names under `left-out` of the data, with a reason.
std::vector<std::string> left_out() {
    std::vector<std::string> out;
    for (const EmbeddedFile& file : embedded_files()) {
        if (!file.path.starts_with("rules/data/deprecated/"))
            continue;
        const Result<Value> data = parse_yaml(file.bytes, file.path);
        const Value* rows = data ? data->find("left-out") : nullptr;
        if (rows == nullptr)
            continue;
        for (const Value& row : rows->items) {
            const Value* reason = row.find("reason");
            if (reason != nullptr && !reason->text.empty())
                out.push_back(row.find("name")->text);
        }
    }
    return out;
}

/// What people who mend the documentation of PyTorch replace most, by hand: name, argument.
const std::vector<std::pair<std::string, std::string>>& seeds() {
    static const std::vector<std::pair<std::string, std::string>> rows = {
        {"torch.cuda.amp.autocast", ""},
        {"torch.cpu.amp.autocast", ""},
        {"torch.cuda.amp.GradScaler", ""},
        {"torch.cuda.amp.custom_fwd", ""},
        {"torch.cuda.amp.custom_bwd", ""},
        {"torch.jit.script", ""},
        {"torch.jit.trace", ""},
        {"torch.ao.quantization.quantize", ""},
        {"torch.ao.quantization.quantize_dynamic", ""},
        {"torch.ao.quantization.quantize_fx.prepare_fx", ""},
        {"torch.ao.quantization.quantize_fx.convert_fx", ""},
        {"torch.ao.quantization.quantize_pt2e", ""},
        {"torch._export.capture_pre_autograd_graph", ""},
        {"torch.export.export_for_training", ""},
        {"torch.set_default_tensor_type", ""},
        {"torch.nn.utils.weight_norm", ""},
        {"torch.nn.utils.stateless.functional_call", ""},
        {"functorch.vmap", ""},
        {"functorch.grad", ""},
        {"functorch.grad_and_value", ""},
        {"functorch.vjp", ""},
        {"functorch.jvp", ""},
        {"functorch.jacrev", ""},
        {"functorch.jacfwd", ""},
        {"functorch.hessian", ""},
        {"functorch.functionalize", ""},
        {"functorch.make_functional", ""},
        {"functorch.make_functional_with_buffers", ""},
        {"functorch.combine_state_for_ensemble", ""},
        {"torch.backends.cuda.sdp_kernel", ""},
        {"torch.library.impl_abstract", ""},
        {"torch.cuda.memory_cached", ""},
        {"torch.cuda.max_memory_cached", ""},
        {"torch.testing.assert_allclose", ""},
        {"torch.nn.utils.clip_grad_norm", ""},
        {"torch.nn.*", "size_average"},
        {"torch.nn.*", "reduce"},
        {"torch.nn.*", "reduction"},
        {"torch.optim.lr_scheduler.*", "verbose"},
        {"torch.meshgrid", "indexing"},
        {"torch.utils.checkpoint.checkpoint", "use_reentrant"},
        {"torch.backends.cuda.matmul.allow_tf32", ""},
        {"torch.backends.cudnn.allow_tf32", ""},
        {"torch.distributed.checkpoint.save_state_dict", ""},
        {"torch.distributed.checkpoint.load_state_dict", ""},
        {"torch.distributed.launch", ""},
        {"torchvision.models.*", "pretrained"},
        {"torchvision.transforms.ToTensor", ""},
        {"torch.symeig", ""},
        {"torch.solve", ""},
        {"torch.cholesky", ""},
        {"torch.qr", ""},
        {"torch.svd", ""},
        {"torch.chain_matmul", ""},
        {"torch.ger", ""},
        {"torch.range", ""},
        {"torch.norm", ""},
        {"torch.load", ""},
        {"torchtext", ""},
        {"to_edge(...).to_backend(...)", ""},
    };
    return rows;
}

TEST(KnownDeprecations, HaveEverySeedOrSayWhyNot) {
    const std::vector<std::string> others = left_out();
    for (const auto& [name, argument] : seeds()) {
        const bool there = std::any_of(
            known_deprecations().begin(), known_deprecations().end(),
            [&](const DeprecatedRow& row) {
                return row.argument == argument && !row.source.empty() &&
                       (row.name == name || std::find(row.aliases.begin(), row.aliases.end(),
                                                      name) != row.aliases.end());
            });
        EXPECT_NE(there, std::find(others.begin(), others.end(), name) != others.end())
            << name << " " << argument;
    }
}

TEST(KnownDeprecations, LackWhatIsDeprecatedNoLonger) {
    for (const std::string name : {"torch.nn.functional.tanh", "torch.nn.functional.sigmoid"}) {
        EXPECT_TRUE(std::none_of(
            known_deprecations().begin(), known_deprecations().end(),
            [&](const DeprecatedRow& row) { return row.argument.empty() && row.name == name; }));
    }
}

}  // namespace
}  // namespace docathon::rules
