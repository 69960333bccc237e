#include "lint/parse/rst/directive_table.h"

#include <gtest/gtest.h>
#include <string>

#include "lint/core/embedded.h"
#include "lint/core/yaml.h"

namespace docathon::rst {
namespace {

std::string_view embedded(std::string_view path) {
    for (const EmbeddedFile& file : embedded_files()) {
        if (file.path == path)
            return file.bytes;
    }
    ADD_FAILURE() << path << " is not embedded";
    return {};
}

TEST(MarkupTables, BuiltInFilesAreUnderstood) {
    const MarkupTables& tables = MarkupTables::built_in();
    EXPECT_EQ(tables.errors(), 0u);
    EXPECT_GT(tables.directives().size(), 360u);
    EXPECT_GT(tables.roles().size(), 200u);
}

// The small reader must see what a YAML library sees.
TEST(MarkupTables, ReaderAgreesWithYamlLibrary) {
    const MarkupTables& tables = MarkupTables::built_in();
    const auto yaml = parse_yaml(embedded("rules/data/directives.yaml"), "directives.yaml");
    ASSERT_TRUE(yaml) << yaml.error().message;
    std::size_t index = 0;
    for (std::size_t o = 0; o < yaml->keys.size(); ++o) {
        const Value& names = yaml->items[o];
        for (std::size_t k = 0; k < names.keys.size(); ++k, ++index) {
            ASSERT_LT(index, tables.directives().size());
            const DirectiveSpec& spec = tables.directives()[index];
            const Value& entry = names.items[k];
            EXPECT_EQ(spec.origin, yaml->keys[o].text);
            EXPECT_EQ(spec.name, names.keys[k].text);
            const Value* options = entry.find("options");
            EXPECT_EQ(spec.has_options, options != nullptr) << spec.name;
            const std::size_t count = options == nullptr ? 0 : options->keys.size();
            ASSERT_EQ(spec.options.size(), count) << spec.name;
            for (std::size_t n = 0; n < count; ++n) {
                EXPECT_EQ(spec.options[n].name, options->keys[n].text);
                const Value* values = &options->items[n];
                for (const char* form : {"widths", "optional"}) {
                    if (const Value* inner = values->find(form); inner != nullptr)
                        values = inner;
                }
                EXPECT_EQ(spec.options[n].values.size(), values->items.size());
            }
        }
    }
    EXPECT_EQ(index, tables.directives().size());

    const auto roles = parse_yaml(embedded("rules/data/roles.yaml"), "roles.yaml");
    ASSERT_TRUE(roles) << roles.error().message;
    std::size_t count = 0;
    for (const Value& names : roles->items)
        count += names.keys.size();
    EXPECT_EQ(count, tables.roles().size());
}

TEST(MarkupTables, LooksUpAsSphinxDoes) {
    const MarkupTables& tables = MarkupTables::built_in();
    ASSERT_NE(tables.docutils_directive("sourcecode"), nullptr);
    EXPECT_EQ(tables.docutils_directive("sourcecode")->name, "code");
    EXPECT_EQ(tables.docutils_directive("toctree"), nullptr);
    // The default domain comes first: `class` describes a Python class.
    ASSERT_NE(tables.sphinx_directive("class"), nullptr);
    EXPECT_EQ(tables.sphinx_directive("class")->name, "py:class");
    EXPECT_EQ(tables.sphinx_directive("class", "cpp")->name, "cpp:class");
    EXPECT_EQ(tables.sphinx_directive("glossary")->name, "std:glossary");
    EXPECT_EQ(tables.sphinx_directive("autoclas"), nullptr);
    EXPECT_EQ(tables.sphinx_role("func")->target, RoleTarget::object);
    EXPECT_EQ(tables.sphinx_role("ref")->name, "std:ref");
    EXPECT_EQ(tables.docutils_role("sup")->name, "superscript");
    EXPECT_TRUE(tables.has_domain("cpp"));
    EXPECT_FALSE(tables.has_domain("std2"));
}

TEST(MarkupTables, ReadsArgumentsAndOptions) {
    const DirectiveSpec* figure = MarkupTables::built_in().docutils_directive("figure");
    ASSERT_NE(figure, nullptr);
    EXPECT_EQ(figure->required_arguments, 1);
    EXPECT_EQ(figure->optional_arguments, 0);
    EXPECT_TRUE(figure->final_whitespace);
    EXPECT_EQ(figure->body, DirectiveBody::rst);
    ASSERT_NE(figure->option("align"), nullptr);
    EXPECT_EQ(figure->option("align")->convert, Convert::choice);
    EXPECT_EQ(figure->option("align")->values.size(), 3u);
    EXPECT_EQ(figure->option("scale")->convert, Convert::percentage);
    const DirectiveSpec* table = MarkupTables::built_in().docutils_directive("table");
    EXPECT_EQ(table->option("widths")->convert, Convert::widths);
    EXPECT_EQ(table->optional_arguments, 1);
}

TEST(MarkupTables, BadLinesAreCounted) {
    const MarkupTables tables(
        "docutils:\n  note: {args: x}\n  tip: {body: rst\n  good: {args: 1}\n",
        "docutils:\n  a: {names: nothing}\n");
    EXPECT_EQ(tables.errors(), 3u);
    ASSERT_NE(tables.docutils_directive("good"), nullptr);
    EXPECT_EQ(tables.docutils_directive("good")->required_arguments, 1);
}

}  // namespace
}  // namespace docathon::rst
