#include "lint/parse/rst/roles.h"

#include "tests/unit/parse/rst/parse_rst.h"

#include <gtest/gtest.h>

namespace docathon::rst {
namespace {

std::string shape(const std::string& text) {
    return ParsedRst(text).paragraph();
}

TEST(Roles, OfDocutils) {
    EXPECT_EQ(shape(":sup:`a` :t:`b` `c` `d`:code: :math:`\\e` :ac:`f`\n"),
              "superscript('a') ' ' title_reference('b') ' ' title_reference('c') ' ' literal('d') "
              "' ' math('\\e') ' ' acronym('f')");
    EXPECT_EQ(ParsedRst(":pep:`8`\n").attribute(Tag::reference, "refuri"),
              "https://peps.python.org/pep-0008");
    EXPECT_EQ(ParsedRst(":rfc:`822#a`\n").attribute(Tag::reference, "refuri"),
              "https://tools.ietf.org/html/rfc822.html#a");
}

TEST(Roles, Errors) {
    EXPECT_EQ(ParsedRst("\n:foo:`a`\n").messages(),
              "1 2 No role entry for \"foo\" in module \"docutils.parsers.rst.languages.en\".\n"
              "3 2 Unknown interpreted text role \"foo\".\n");
    EXPECT_EQ(ParsedRst(":pep:`12345` :rfc:`0` :pep:`x`\n").messages(),
              "3 1 PEP number must be a number from 0 to 9999; \"12345\" is invalid.\n"
              "3 1 RFC number must be a number greater than or equal to 1; \"0\" is invalid.\n"
              "3 1 PEP number must be a number from 0 to 9999; \"x\" is invalid.\n");
    EXPECT_EQ(ParsedRst(":raw:`a` :index:`b`\n").messages(),
              "3 1 No format (Writer name) is associated with this role: \"raw\".\n"
              "3 1 Interpreted text role \"index\" not implemented.\n");
    EXPECT_EQ(ParsedRst(".. role:: r(raw)\n   :format: html\n\n:r:`a`\n", {},
                        plain_options({{"raw_enabled", "false"}}))
                  .messages(),
              "2 5 raw (and derived) roles disabled\n");
}

TEST(Roles, MadeByDirectives) {
    const ParsedRst parsed(".. role:: r(code)\n   :language: c\n\n:r:`int` :R:`x`\n");
    EXPECT_EQ(parsed.messages(), "");
    EXPECT_EQ(parsed.paragraph(), "literal('int') ' ' literal('x')");
    EXPECT_EQ(parsed.parser.tree.attributes(parsed.first(Tag::literal)).classes,
              (std::vector<std::string>{"code", "r", "c"}));
    EXPECT_EQ(shape(".. default-role:: sub\n\n`a`\n"), "subscript('a')");
    EXPECT_EQ(shape(".. default-role:: sub\n.. default-role::\n\n`a`\n"), "title_reference('a')");
}

TEST(Roles, OfSphinx) {
    Options options = plain_options();
    options.mode = Mode::sphinx;
    const ParsedRst parsed("see :py:func:`~a.b` and :ref:`t <l>`\n", {}, options);
    EXPECT_EQ(parsed.messages(), "");
    EXPECT_EQ(parsed.paragraph(), "'see ' role('~a.b') ' and ' role('t <l>')");
    EXPECT_EQ(parsed.attribute(Tag::role, "name"), "py:func");
    options.default_role = "any";
    EXPECT_EQ(ParsedRst("`a`\n", {}, options).paragraph(), "role('a')");
    EXPECT_EQ(ParsedRst(":foo:`a`\n", {}, options).messages(3),
              "3 1 Unknown interpreted text role \"foo\".\n");
}

TEST(Roles, PermissiveTakesAllNames) {
    Options options = plain_options();
    options.mode = Mode::permissive;
    EXPECT_EQ(ParsedRst(":foo:`a` :pep:`x` :sub:`b`\n", {}, options).paragraph(),
              "inline('a') ' ' inline('x') ' ' subscript('b')");
}

TEST(Roles, TextOfSphinxRoles) {
    const RoleText plain = split_role_text("a.b");
    EXPECT_EQ(plain.target, "a.b");
    EXPECT_FALSE(plain.explicit_title);
    const RoleText title = split_role_text("The title  <a b>");
    EXPECT_EQ(title.title, "The title");
    EXPECT_EQ(title.target, "a b");
    EXPECT_EQ(title.target_begin, 12u);
    const RoleText quiet = split_role_text("!a");
    EXPECT_TRUE(quiet.no_link);
    EXPECT_EQ(quiet.target, "a");
    const RoleText shortened = split_role_text("~a.b");
    EXPECT_TRUE(shortened.shorten);
    EXPECT_EQ(shortened.target, "a.b");
    EXPECT_EQ(split_role_text("<a>").target, "<a>");
    EXPECT_EQ(split_role_text("").target, "");
}

TEST(Roles, CanonicalNames) {
    EXPECT_EQ(canonical_role("sub"), "subscript");
    EXPECT_EQ(canonical_role("url"), "uri-reference");
    EXPECT_EQ(canonical_role("nope"), "");
}

}  // namespace
}  // namespace docathon::rst
