// links/legacy-host: see rules/links/legacy-host.yaml.

#include <array>

#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

constexpr std::string_view kOld = "pytorch.org";
constexpr std::string_view kNew = "docs.pytorch.org";

/// First folders below pytorch.org that moved to the new host.
constexpr std::array<std::string_view, 14> kMoved = {
    "docs",     "tutorials", "executorch", "vision",     "audio",     "text",  "ao",
    "torchrec", "data",      "rl",         "tensordict", "torchtune", "serve", "torchx"};

class LegacyHost final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        for (const Reference& reference : context.facts.references) {
            if ((reference.flags & (reference_flag::kTemplated | reference_flag::kByDefinition)) !=
                0)
                continue;
            const TargetParts parts = split_target(reference.target);
            if (parts.scheme != "https" && parts.scheme != "http")
                continue;
            std::string_view rest = parts.path.substr(parts.path.starts_with("//") ? 2 : 0);
            const bool www = rest.starts_with("www.");
            if (www)
                rest.remove_prefix(4);
            if (!rest.starts_with(kOld) || rest.substr(kOld.size()).find('/') != 0)
                continue;
            rest.remove_prefix(kOld.size() + 1);
            const std::string_view folder = rest.substr(0, rest.find('/'));
            bool moved = false;
            for (const std::string_view name : kMoved)
                moved = moved || name == folder;
            if (!moved)
                continue;
            Diagnostic& diagnostic =
                sink.report(reference.range, "'pytorch.org/" + std::string(folder) +
                                                 "' redirects; write 'docs.pytorch.org/" +
                                                 std::string(folder) + "'");
            complete(diagnostic, reference, "");
            // The host is replaced where it is written, if it is written plainly.
            const std::string_view written = context.source.slice(reference.range);
            const std::size_t at = written.find(www ? "www.pytorch.org" : "pytorch.org");
            if (at == std::string_view::npos)
                continue;
            const auto begin = static_cast<std::uint32_t>(reference.range.begin + at);
            const auto size = static_cast<std::uint32_t>(kOld.size() + (www ? 4 : 0));
            diagnostic.fix = Fix{"use docs.pytorch.org",
                                 {Edit{Range{begin, begin + size}, std::string(kNew)}},
                                 FixSafety::safe};
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_links_legacy_host(const Options&) {
    return std::make_unique<LegacyHost>();
}

}  // namespace docathon::rules
