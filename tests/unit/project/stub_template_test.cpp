// Templates of autosummary, filled in without the engine that they are written for.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lint/project/sphinx/stub_template.h"

namespace docathon {
namespace {

using testing::Eq;
using testing::Optional;

StubValues values() {
    StubValues out;
    out.texts = {{"name", "C"}, {"underline", "="}, {"none", ""}};
    out.lists = {{"methods", {"__init__", "run", "stop"}}, {"attributes", {}}};
    return out;
}

TEST(StubTemplate, TextsListsAndConditions) {
    EXPECT_THAT(
        fill_template("{{ name | escape | underline('=') }} {# no #}{{ _('Methods') }}", values()),
        Optional(Eq("C Methods")));
    EXPECT_THAT(fill_template("{% for m in methods if m != '__init__' %}{{ name }}.{{ m }} "
                              "{% endfor %}",
                              values()),
                Optional(Eq("C.run C.stop ")));
    EXPECT_THAT(fill_template("{% if attributes %}a{% elif none or not methods %}b{% else %}c"
                              "{% endif %}{% if name in ['B', 'C'] and 'x' not in methods %}d"
                              "{% endif %}",
                              values()),
                Optional(Eq("cd")));
    EXPECT_THAT(
        fill_template("a  {%- block x -%}  {% set y = name %}{{ y }}{% endblock %}", values()),
        Optional(Eq("aC")));
    EXPECT_THAT(fill_template("{% if name.startswith('D') %}a{% endif %}{ b }", values()),
                Optional(Eq("{ b }")));
}

TEST(StubTemplate, WhatIsNotReadMakesTheWholeUnknown) {
    for (const char* text :
         {"{{ unknown }}", "{{ name.upper() }}", "{{ methods[0] }}",
          "{{ name | replace('a', 'b') }}", "{% extends 'x.rst' %}", "{% include 'x.rst' %}",
          "{% if name %}", "{% endif %}", "{% for a, b in name %}{% endfor %}", "{{ methods }}",
          "{{ 'open }}", "{{ name name }}", "{% for x in methods %}{% endif %}", "{{ }}"})
        EXPECT_EQ(fill_template(text, values()), std::nullopt) << text;
    // What is not taken need not be known.
    EXPECT_THAT(fill_template("{% if none %}{{ unknown }}{% endif %}a", values()),
                Optional(Eq("a")));
}

TEST(StubTemplate, HostileOnesEnd) {
    std::string deep;
    for (int i = 0; i < 100000; ++i)
        deep += "{% if name %}";
    EXPECT_EQ(fill_template(deep, values()), std::nullopt);
    EXPECT_EQ(fill_template("{{ " + std::string(100000, '(') + " }}", values()), std::nullopt);
    EXPECT_EQ(fill_template("{{ " + std::string(100000, '[') + " }}", values()), std::nullopt);
    std::string nots;
    for (int i = 0; i < 100000; ++i)
        nots += "not ";
    EXPECT_EQ(fill_template("{{ " + nots + "name }}", values()), std::nullopt);
    StubValues many = values();
    many.lists["methods"].assign(1000, "m");
    std::string loops;
    std::string ends;
    for (int i = 0; i < 8; ++i) {
        loops += "{% for m in methods %}";
        ends += "{% endfor %}";
    }
    EXPECT_EQ(fill_template(loops + "x" + ends, many), std::nullopt);
    EXPECT_THAT(fill_template("{{ name", values()), Optional(Eq("{{ name")));
}

}  // namespace
}  // namespace docathon
