#pragma once
// Anchors of headings, as the programs that render the pages make them. All functions take the
// plain text of a heading (markup removed, entities and escapes decoded) as UTF-8; bytes that are
// not valid count as U+FFFD. They do not make repeated ids distinct: the counters below do.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace docathon {

/// As npm github-slugger 2 (and so GitHub): lower case; only letters, marks, decimal digits,
/// letter numbers, connector punctuation, '-' and space stay; each space becomes '-'. The package
/// stops at Unicode 13; here letters that came later (Unicode 14 and 15) stay as well.
[[nodiscard]] std::string github_slug(std::string_view text);

/// MyST-Parser's default heading slug (5.2, github_slugify): lower case; letters, numbers of every
/// kind, '_', '-' stay; space becomes '-'. Unlike GitHub it drops combining marks and keeps
/// superscripts and fractions. An empty slug makes no anchor.
[[nodiscard]] std::string myst_slug(std::string_view text);

/// docutils.nodes.make_id (docutils 0.22): "[a-z](-?[a-z0-9]+)*", or empty.
[[nodiscard]] std::string docutils_id(std::string_view text);

/// kramdown's own auto_ids (Kramdown::Converter::Base#generate_id): used by Jekyll only when
/// `_config.yml` sets `kramdown: {input: Kramdown}`. Never empty: "section".
[[nodiscard]] std::string kramdown_id(std::string_view text);

/// kramdown-parser-gfm 1.1 (generate_gfm_header_id): what Jekyll uses by default (input: GFM). May
/// be empty, which makes no anchor.
[[nodiscard]] std::string kramdown_gfm_id(std::string_view text);

/// Text in lower case by Unicode's full mapping, final sigma included (as JavaScript and Python).
[[nodiscard]] std::string unicode_lower(std::string_view text);

/// Makes repeated slugs of one page distinct as github-slugger and MyST do: foo, foo-1, foo-2; a
/// number that a heading already took is skipped.
class SlugCounter {
  public:
    /// The slug that the next heading with slug `slug` gets.
    [[nodiscard]] std::string next(std::string_view slug);

  private:
    std::unordered_map<std::string, std::uint32_t> seen_;  // slug -> last number given out for it
};

/// Makes repeated ids of one page distinct as kramdown does, in both of its parsers: foo, foo-1,
/// foo-2, whether or not another heading is already called foo-1.
class KramdownCounter {
  public:
    /// The id that the next heading with id `id` gets.
    [[nodiscard]] std::string next(std::string_view id);

  private:
    std::unordered_map<std::string, std::uint32_t> seen_;
};

}  // namespace docathon
