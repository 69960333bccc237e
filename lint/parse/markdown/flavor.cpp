#include "lint/parse/markdown/flavor.h"

#include <array>
#include <cassert>

namespace docathon::markdown {

const Dialect& dialect_of(Flavor flavor) {
    // In the order of the enumeration.
    static constexpr std::array<const Dialect*, 5> kDialects = {&kCommonmark, &kGfm, &kMyst,
                                                                &kJekyll, &kMkdocs};
    static_assert(static_cast<std::size_t>(Flavor::mkdocs) + 1 == kDialects.size());
    const auto index = static_cast<std::size_t>(flavor);
    assert(index < kDialects.size());
    return *kDialects[index];
}

Dialect with_settings(const Dialect& dialect, const Settings& settings) {
    Dialect out = dialect;
    for (const ExtensionSwitch& extension : dialect.extensions) {
        if (!settings.myst(extension.name))
            continue;
        if (extension.block != nullptr)
            out.blocks.*extension.block = true;
        if (extension.inlines != nullptr)
            out.inlines.*extension.inlines = true;
    }
    if (settings.liquid) {
        out.inlines.liquid = true;
        out.blocks.liquid_blocks = true;
    }
    return out;
}

}  // namespace docathon::markdown
