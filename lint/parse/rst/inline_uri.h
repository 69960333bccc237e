#pragma once
// Standalone URIs, mail addresses, and PEP and RFC references in plain text (docutils
// Inliner.implicit_inline): pure functions of the text, NUL before what is escaped.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace docathon::rst {

/// Something found in a text: offsets into it.
struct UriMatch {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t scheme_end = 0;  ///< offset of the colon; mail addresses: 0
    bool mail = false;
};

/// The leftmost URI or mail address, with any scheme. `from`: no ':' and no '@' stands before.
/// `anywhere`: it may begin and end inside of words (docutils character_level_inline_markup).
[[nodiscard]] bool find_uri(std::string_view text, std::size_t from, UriMatch& match,
                            bool anywhere = false);
/// Whether one begins at the begin of the text (and may end before its end).
[[nodiscard]] bool begins_with_uri(std::string_view text, bool anywhere = false);
/// Whether the whole text is a mail address.
[[nodiscard]] bool is_mail_address(std::string_view text);

/// docutils Inliner.adjust_uri(): a mail address becomes a mailto URI, the rest stays.
[[nodiscard]] std::string adjust_uri(std::string_view uri);

/// A number that follows PEP or RFC.
struct NumberMatch {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string_view digits;
};
/// `PEP 8`, `pep-0008`, `pep-0008.txt`, from `from` on.
[[nodiscard]] bool find_pep(std::string_view text, std::size_t from, NumberMatch& match);
/// `RFC 822`, `RFC-822`, `RFC822`.
[[nodiscard]] bool find_rfc(std::string_view text, std::size_t from, NumberMatch& match);

}  // namespace docathon::rst
