#include "lint/model/settings.h"

#include <algorithm>
#include <array>

namespace docathon {
namespace {

constexpr std::array<std::string_view, 5> kFlavorNames = {"commonmark", "gfm", "myst", "jekyll",
                                                          "mkdocs"};

}  // namespace

std::string_view to_string(Flavor flavor) {
    return kFlavorNames[static_cast<std::size_t>(flavor)];
}

std::optional<Flavor> flavor_from(std::string_view name) {
    const auto it = std::find(kFlavorNames.begin(), kFlavorNames.end(), name);
    if (it == kFlavorNames.end())
        return std::nullopt;
    return static_cast<Flavor>(it - kFlavorNames.begin());
}

bool Settings::myst(std::string_view extension) const {
    return flavor == Flavor::myst && std::find(myst_extensions.begin(), myst_extensions.end(),
                                               extension) != myst_extensions.end();
}

}  // namespace docathon
