#include "lint/web/credentials.h"

#include <algorithm>
#include <cstdint>

#include "lint/core/strings.h"

namespace docathon {

namespace {

std::string base64(std::string_view bytes) {
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            group =
                group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
        }
        for (std::size_t k = 0; k < 4; ++k) {
            text += i + k <= bytes.size() ? kDigits[group >> (18 - 6 * k) & 63u] : '=';
        }
    }
    return text;
}

std::vector<std::string_view> words(std::string_view text) {
    std::vector<std::string_view> result;
    std::size_t at = 0;
    while (at < text.size()) {
        while (at < text.size() && is_ascii_space(text[at]))
            ++at;
        const std::size_t begin = at;
        while (at < text.size() && !is_ascii_space(text[at]))
            ++at;
        if (at > begin)
            result.push_back(text.substr(begin, at - begin));
    }
    return result;
}

/// Nothing that could end the header and begin another.
bool is_header_text(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c != '\x7f'; });
}

}  // namespace

void Credentials::read_netrc(std::string_view text) {
    struct Entry {
        std::string host, login, password;
    };
    std::vector<Entry> entries;
    const std::vector<std::string_view> all = words(text);
    bool active = false;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i] == "default" || all[i] == "macdef") {
            active = false;
            continue;
        }
        if (i + 1 == all.size())
            break;
        if (all[i] == "machine") {
            entries.push_back({ascii_lower(all[++i]), {}, {}});
            active = true;
        } else if (active && all[i] == "login") {
            entries.back().login = all[++i];
        } else if (active && all[i] == "password") {
            entries.back().password = all[++i];
        }
    }
    for (const Entry& entry : entries) {
        if (entry.password.empty())
            continue;
        machines_.push_back({entry.host, "Basic " + base64(entry.login + ":" + entry.password)});
    }
}

std::optional<std::pair<std::string, std::string>> Credentials::header(const Url& url,
                                                                       bool plain_allowed) const {
    if (url.scheme != "https" && !plain_allowed)
        return std::nullopt;
    if (!github_token_.empty() && url.scheme == "https" && url.port.empty() &&
        url.host == "api.github.com" && is_header_text(github_token_)) {
        return std::pair<std::string, std::string>("Authorization", "Bearer " + github_token_);
    }
    for (const Machine& machine : machines_) {
        if (machine.host == url.host)
            return std::pair<std::string, std::string>("Authorization", machine.value);
    }
    return std::nullopt;
}

std::optional<Url> github_api_url(const Url& url) {
    if (url.host != "github.com" || !url.port.empty())
        return std::nullopt;
    std::vector<std::string> parts;
    for (const std::string_view part : split(url.path, '/')) {
        if (!part.empty())
            parts.emplace_back(part);
    }
    if (parts.size() < 2)
        return std::nullopt;
    Url api;
    api.scheme = "https";
    api.host = "api.github.com";
    api.path = "/repos/" + parts[0] + "/" + parts[1];
    if (parts.size() == 2)
        return api;
    const std::string& kind = parts[2];
    if ((kind == "blob" || kind == "tree") && parts.size() >= 4) {
        api.path += "/contents";
        for (std::size_t i = 4; i < parts.size(); ++i)
            api.path += "/" + parts[i];
        api.has_query = true;
        api.query = "ref=" + parts[3];
        return api;
    }
    if (parts.size() == 4 && (kind == "issues" || kind == "pull" || kind == "commit")) {
        api.path += (kind == "pull"     ? "/pulls/"
                     : kind == "commit" ? "/commits/"
                                        : "/issues/") +
                    parts[3];
        return api;
    }
    if (parts.size() == 5 && kind == "releases" && parts[3] == "tag") {
        api.path += "/releases/tags/" + parts[4];
        return api;
    }
    return std::nullopt;
}

}  // namespace docathon
