#include "lint/web/url.h"

#include <algorithm>
#include <vector>

#include "lint/core/strings.h"

namespace docathon {

namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

/// May the byte stand in a path or query as it is? (RFC 3986 section 3.3, and '%' of escapes)
bool is_plain(char c) {
    constexpr std::string_view kMarks = "-._~!$&'()*+,;=:@/?%";
    return is_ascii_alnum(c) || kMarks.find(c) != std::string_view::npos;
}

std::string escape(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        if (is_plain(c)) {
            result += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        result += '%';
        result += kHex[byte >> 4];
        result += kHex[byte & 15];
    }
    return result;
}

bool is_host_byte(char c) {
    return is_ascii_alnum(c) || c == '-' || c == '.' || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool fail_with(std::string* why, const char* text) {
    if (why != nullptr)
        *why = text;
    return false;
}

bool read_authority(std::string_view text, Url& url, std::string* why) {
    const std::size_t at = text.rfind('@');
    if (at != std::string_view::npos) {
        url.credentials = true;
        text.remove_prefix(at + 1);
    }
    std::size_t end = 0;
    if (text.starts_with('[')) {
        end = text.find(']');
        if (end == std::string_view::npos)
            return fail_with(why, "its host has no closing bracket");
        ++end;
        for (const char c : text.substr(1, end - 2)) {
            if (hex_digit(c) < 0 && c != ':' && c != '.')
                return fail_with(why, "its host is not an address");
        }
    } else {
        end = std::min(text.find(':'), text.size());
        if (!std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end),
                         is_host_byte))
            return fail_with(why, "its host is not a name");
    }
    if (end == 0)
        return fail_with(why, "it has no host");
    if (end > 255)
        return fail_with(why, "its host is too long for a name");
    url.host = ascii_lower(text.substr(0, end));
    std::string_view port = text.substr(end);
    if (port.empty())
        return true;
    if (port.front() != ':')
        return fail_with(why, "its host is not a name");
    port.remove_prefix(1);
    while (port.size() > 1 && port.front() == '0')
        port.remove_prefix(1);
    unsigned number = 0;
    for (const char c : port) {
        if (!is_ascii_digit(c) || number > 65535)
            return fail_with(why, "its port is no number below 65536");
        number = number * 10 + static_cast<unsigned>(c - '0');
    }
    if (number > 65535 || (!port.empty() && number == 0))
        return fail_with(why, "its port is no number below 65536");
    if (number != 0 && number != (url.scheme == "https" ? 443u : 80u))
        url.port = port;
    return true;
}

/// Path, query and fragment of `text`, which begins behind the authority.
void read_rest(std::string_view text, Url& url) {
    const std::size_t hash = text.find('#');
    if (hash != std::string_view::npos) {
        url.fragment = text.substr(hash + 1);
        text = text.substr(0, hash);
    }
    const std::size_t mark = text.find('?');
    if (mark != std::string_view::npos) {
        url.has_query = true;
        url.query = escape(text.substr(mark + 1));
        text = text.substr(0, mark);
    }
    url.path = escape(text);
    if (!url.path.starts_with('/'))
        url.path.insert(0, 1, '/');
}

/// Without "." and ".." segments (RFC 3986 section 5.2.4).
std::string without_dots(std::string_view path) {
    std::vector<std::string_view> kept;
    std::vector<std::string_view> parts = split(path, '/');
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const bool last = i + 1 == parts.size();
        if (parts[i] == "." || parts[i] == "..") {
            if (parts[i] == ".." && !kept.empty())
                kept.pop_back();
            if (last)
                kept.emplace_back();
            continue;
        }
        kept.push_back(parts[i]);
    }
    std::string result;
    for (const std::string_view part : kept) {
        result += '/';
        result += part;
    }
    return result.empty() ? "/" : result;
}

/// "https" of "https:...", lower case; empty if the reference is relative.
std::string scheme_of(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size() &&
           (is_ascii_alnum(text[end]) || text[end] == '+' || text[end] == '-' || text[end] == '.'))
        ++end;
    if (end == 0 || end == text.size() || text[end] != ':' || !is_ascii_alpha(text[0]))
        return {};
    return ascii_lower(text.substr(0, end));
}

}  // namespace

std::string Url::authority() const {
    return port.empty() ? host : host + ":" + port;
}

std::string Url::page() const {
    std::string text = scheme + "://" + authority() + path;
    if (has_query)
        text += "?" + query;
    return text;
}

std::string Url::to_string() const {
    return fragment.empty() ? page() : page() + "#" + fragment;
}

std::optional<Url> parse_url(std::string_view text, std::string* why) {
    text = trim(text);
    if (text.size() > kLongestUrl) {
        fail_with(why, "it is too long");
        return std::nullopt;
    }
    Url url;
    url.scheme = scheme_of(text);
    if (url.scheme != "http" && url.scheme != "https") {
        fail_with(why, "its scheme is not http or https");
        return std::nullopt;
    }
    std::string_view rest = text.substr(url.scheme.size() + 1);
    if (!rest.starts_with("//")) {
        fail_with(why, "it has no host");
        return std::nullopt;
    }
    rest.remove_prefix(2);
    const std::size_t end = std::min(rest.find_first_of("/?#\\"), rest.size());
    if (!read_authority(rest.substr(0, end), url, why))
        return std::nullopt;
    read_rest(rest.substr(end), url);
    return url;
}

std::optional<Url> resolve_url(const Url& base, std::string_view reference, std::string* why) {
    reference = trim(reference);
    std::optional<Url> url;
    if (!scheme_of(reference).empty()) {
        url = parse_url(reference, why);
    } else if (reference.starts_with("//")) {
        url = parse_url(base.scheme + ":" + std::string(reference), why);
    } else if (reference.size() > kLongestUrl) {
        fail_with(why, "it is too long");
    } else {
        url = base;
        url->fragment.clear();
        const bool only_query =
            reference.empty() || reference.front() == '?' || reference.front() == '#';
        if (only_query && !reference.starts_with('?')) {
            if (!reference.empty())
                url->fragment = reference.substr(1);
        } else {
            url->has_query = false;
            url->query.clear();
            std::string path;
            if (only_query)
                path = base.path;
            else if (!reference.starts_with('/'))
                path = base.path.substr(0, base.path.rfind('/') + 1);
            // base.path is escaped already, and escaping is idempotent.
            read_rest(path + std::string(reference), *url);
        }
    }
    if (!url)
        return std::nullopt;
    url->path = without_dots(url->path);
    if (url->fragment.empty())
        url->fragment = base.fragment;
    return url;
}

bool in_domain(std::string_view host, std::string_view domain) {
    return host == domain || (host.size() > domain.size() && host.ends_with(domain) &&
                              host[host.size() - domain.size() - 1] == '.');
}

bool is_reserved_host(std::string_view host) {
    if (host.ends_with('.'))
        host.remove_suffix(1);
    for (const std::string_view domain :
         {"example.com", "example.org", "example.net", "example", "test", "invalid", "localhost"}) {
        if (in_domain(host, domain))
            return true;
    }
    return false;
}

}  // namespace docathon
