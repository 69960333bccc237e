// What strangers send: URLs in pages, Location headers, HTML, dates, and cache files.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "lint/web/anchor_scan.h"
#include "lint/web/credentials.h"
#include "lint/web/http_date.h"
#include "lint/web/link_cache.h"
#include "lint/web/url.h"

using namespace docathon;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const std::optional<Url> url = parse_url(text)) {
        // Normalising is idempotent.
        const std::optional<Url> again = parse_url(url->to_string());
        if (!again || again->to_string() != url->to_string())
            std::abort();
        static_cast<void>(github_api_url(*url));
    }
    static const Url base = *parse_url("https://x.org/a/b?q#f");
    if (const std::optional<Url> next = resolve_url(base, text)) {
        if (!parse_url(next->to_string()))
            std::abort();
    }
    AnchorScanner whole({"a", "here"});
    whole.feed(text);
    AnchorScanner pieces({"a", "here"});
    for (std::size_t i = 0; i < size; ++i)
        pieces.feed(text.substr(i, 1));
    if (whole.found(0) != pieces.found(0) || whole.found(1) != pieces.found(1))
        std::abort();
    static_cast<void>(parse_retry_after(text, 0));
    Credentials credentials;
    credentials.read_netrc(text);
    const std::string written = write_link_cache(read_link_cache(text));
    if (write_link_cache(read_link_cache(written)) != written)
        std::abort();
    return 0;
}
