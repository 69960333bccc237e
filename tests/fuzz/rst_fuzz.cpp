// The reader of reStructuredText on any bytes, in every mode and through all transforms: no crash,
// no endless loop, a tree that hangs together, and ranges that lie in the text. The first byte of
// the input chooses the mode and switches.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "lint/parse/rst/parser.h"
#include "lint/parse/rst/transforms.h"

namespace {

using docathon::Range;
using docathon::rst::Element;
using docathon::rst::ElementId;
using docathon::rst::kNoElement;
using docathon::rst::Tree;

void require(bool condition) {
    if (!condition)
        std::abort();
}

void check(const Tree& tree, std::size_t size) {
    for (ElementId id = tree.root(); id != kNoElement; id = tree.next_in_order(id, tree.root())) {
        const Element& element = tree[id];
        const auto inside = [size](Range range) {
            return range.begin <= range.end && range.end <= size;
        };
        require(inside(element.range) && inside(element.content));
        for (ElementId child = element.first_child; child != kNoElement; child = tree[child].next) {
            require(tree[child].parent == id);
            require((tree[child].previous == kNoElement) == (child == element.first_child));
            require((tree[child].next == kNoElement) == (child == element.last_child));
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0 || size > 100'000)
        return 0;
    const std::uint8_t switches = data[0];
    const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    docathon::rst::Options options;
    options.mode = static_cast<docathon::rst::Mode>((switches & 3) % 3);
    options.pep_references = (switches & 4) != 0;
    options.rfc_references = (switches & 4) != 0;
    if ((switches & 8) != 0)
        options.settings["character_level_inline_markup"] = "true";
    if ((switches & 16) != 0)
        options.default_role = "any";
    docathon::rst::LineSource source(bytes, {{0, static_cast<std::uint32_t>(bytes.size())}});
    docathon::rst::Parser parser(source, options);
    parser.parse();
    check(parser.tree, bytes.size());
    std::vector<std::string> transforms;
    for (const std::string_view name : docathon::rst::standard_transforms())
        transforms.emplace_back(name);
    if ((switches & 32) != 0)
        transforms.insert(transforms.end(), {"universal.Messages", "universal.FilterMessages"});
    docathon::rst::apply_transforms(parser, transforms, {"version"});
    check(parser.tree, bytes.size());
    for (const docathon::rst::Message& message : parser.messages)
        require(message.level >= 1 && message.level <= 4 && message.range.end <= bytes.size());
    (void)docathon::rst::to_pseudo_xml(parser.tree);
    return 0;
}
