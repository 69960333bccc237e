// Directives image and figure (docutils.parsers.rst.directives.images).

#include <algorithm>
#include <array>

#include "lint/parse/rst/directive.h"
#include "lint/parse/rst/names.h"

namespace docathon::rst {

namespace {

/// The checks of :align: that the place of the image decides; empty if all is well.
std::string wrong_align(const Directive& d) {
    const OptionValue* align = d.option("align");
    if (align == nullptr)
        return {};
    const bool vertical =
        align->text == "top" || align->text == "middle" || align->text == "bottom";
    const bool inside = d.block.substitution != kNoElement;
    if (vertical == inside)
        return {};
    return "Error in \"" + d.name() + "\" directive: \"" + align->text +
           "\" is not a valid value for the \"align\" option" +
           (inside ? " within a substitution definition.  Valid values for \"align\" are: "
                     "\"top\", \"middle\", \"bottom\"."
                   : ".  Valid values for \"align\" are: \"left\", \"center\", \"right\".");
}

/// The reference that :target: puts around the image, or kNoElement.
ElementId make_reference(Directive& d) {
    const auto at = std::find_if(d.option_texts.begin(), d.option_texts.end(),
                                 [](const auto& option) { return option.name == "target"; });
    if (at == d.option_texts.end())
        return kNoElement;
    Tree& tree = d.parser.tree;
    const TargetText target = parse_target(at->value.lines);
    const ElementId reference = tree.make(Tag::reference, at->value.range);
    Attributes& attributes = tree.edit(reference);
    if (!target.indirect) {
        attributes.set("refuri", target.data);
        return reference;
    }
    attributes.set("refname", fully_normalize_name(target.data));
    attributes.set("name", whitespace_normalize_name(target.data));
    tree[reference].text = tree.keep(target.data);
    d.parser.names.note_refname(reference);
    return reference;
}

/// Image.run() without the check of :align:, which figures do not have.
ElementId build_image(Directive& d, bool with_align) {
    Tree& tree = d.parser.tree;
    const ElementId reference = make_reference(d);
    const ElementId image = d.make(Tag::image);
    Attributes& attributes = tree.edit(image);
    constexpr std::array<std::string_view, 6> kKept = {"alt",   "height", "width",
                                                       "scale", "align",  "loading"};
    for (const std::string_view key : kKept) {
        const OptionValue* value = d.option(key);
        if (value != nullptr && (with_align || key != "align"))
            attributes.set(key, value->text);
    }
    attributes.set("uri", uri_option(d.arguments.front().text));
    tree[image].content = d.arguments.front().range;
    d.add_classes(image);
    d.add_name(image);
    if (reference == kNoElement)
        return image;
    tree.append(reference, image);
    return reference;
}

}  // namespace

Elements run_image(Directive& d) {
    if (std::string error = wrong_align(d); !error.empty())
        return d.fail(std::move(error));
    return {build_image(d, true)};
}

Elements run_figure(Directive& d) {
    Tree& tree = d.parser.tree;
    const ElementId image = build_image(d, false);
    const ElementId figure = d.make(Tag::figure);
    tree.append(figure, image);
    // :figwidth: image would need the file, which is never opened.
    const OptionValue* width = d.option("figwidth");
    if (width != nullptr && width->text != "image")
        tree.edit(figure).set("width", width->text);
    if (const OptionValue* classes = d.option("figclass"); classes != nullptr)
        tree.edit(figure).classes = classes->classes;
    if (const OptionValue* name = d.option("figname"); name != nullptr) {
        tree.edit(figure).names.push_back(fully_normalize_name(name->text));
        d.parser.names.note_explicit_target(figure, figure);
    }
    if (const OptionValue* align = d.option("align"); align != nullptr)
        tree.edit(figure).set("align", align->text);
    if (d.content.empty())
        return {figure};

    const ElementId content = tree.make(Tag::element);
    d.parse_content(content);
    ElementId next = tree[content].first_child;
    while (next != kNoElement) {
        const ElementId child = next;
        const Tag tag = tree[child].tag;
        next = tree[child].next;
        if (tag == Tag::target || tag == Tag::pending) {
            tree.detach(child);
            tree.append(figure, child);
            continue;
        }
        if (tag == Tag::paragraph) {
            const ElementId caption = tree.make(Tag::caption, tree[child].range, tree[child].line);
            tree[caption].content = tree[child].content;
            tree.move_children(child, caption);
            tree.append(figure, caption);
            break;
        }
        if (tag == Tag::comment && tree[child].first_child == kNoElement)
            break;
        return {figure, d.message(3, "Figure caption must be a paragraph or empty comment.")};
    }
    if (next != kNoElement) {
        const ElementId legend = tree.make(Tag::legend);
        while (next != kNoElement) {
            const ElementId child = next;
            next = tree[child].next;
            tree.detach(child);
            tree.append(legend, child);
        }
        tree.append(figure, legend);
    }
    return {figure};
}

}  // namespace docathon::rst
