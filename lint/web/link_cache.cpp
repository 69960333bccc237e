#include "lint/web/link_cache.h"

#include <vector>

#include <nlohmann/json.hpp>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/core/utf8.h"
#include "lint/io/file_lock.h"
#include "lint/io/files.h"

namespace docathon {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;
constexpr std::size_t kLongestLine = 64 * 1024;
constexpr std::uint64_t kLargestFile = 256u << 20;

bool read_event(const Json& value, History::Event& out) {
    if (!value.is_array() || value.size() != 2 || !value[0].is_number_integer() ||
        !value[1].is_string())
        return false;
    out.time = value[0].get<std::int64_t>();
    out.reason = value[1].get<std::string>();
    return out.time > 0;
}

bool read_history(const Json& line, History& out) {
    if (const auto at = line.find("good"); at != line.end() && !read_event(*at, out.good))
        return false;
    if (const auto at = line.find("moved"); at != line.end()) {
        if (!at->is_string())
            return false;
        out.moved = at->get<std::string>();
    }
    if (const auto at = line.find("failed"); at != line.end()) {
        if (!at->is_array())
            return false;
        for (const Json& item : *at) {
            History::Event event;
            if (!read_event(item, event))
                return false;
            out.failed.push_back(std::move(event));
        }
    }
    const auto at = line.find("unverified");
    return at == line.end() || read_event(*at, out.unverified);
}

enum class Line : std::uint8_t { good, damaged, foreign };

Line read_line(std::string_view text, std::string& url, History& history) {
    if (text.size() > kLongestLine || first_invalid(text) < text.size())
        return Line::damaged;
    const Json line = Json::parse(text, nullptr, false);
    if (!line.is_object())
        return Line::damaged;
    const auto version = line.find("v");
    if (version == line.end() || !version->is_number_integer())
        return Line::damaged;
    if (version->get<std::int64_t>() != kVersion)
        return Line::foreign;
    const auto name = line.find("url");
    if (name == line.end() || !name->is_string() || !read_history(line, history))
        return Line::damaged;
    url = name->get<std::string>();
    return url.empty() ? Line::damaged : Line::good;
}

Json write_event(const History::Event& event) {
    return Json::array({event.time, event.reason});
}

}  // namespace

void LinkCache::merge(const LinkCache& other) {
    for (const auto& [url, history] : other.urls) {
        History& here = urls[url];
        here = join(here, history);
    }
    foreign.insert(other.foreign.begin(), other.foreign.end());
    damaged += other.damaged;
}

LinkCache read_link_cache(std::string_view text) {
    LinkCache cache;
    for (const std::string_view line : split_lines(text)) {
        if (trim(line).empty())
            continue;
        std::string url;
        History history;
        switch (read_line(line, url, history)) {
            case Line::good: {
                History& here = cache.urls[url];
                here = join(here, history);
                break;
            }
            case Line::foreign:
                cache.foreign.emplace(line);
                break;
            case Line::damaged:
                ++cache.damaged;
                break;
        }
    }
    return cache;
}

std::string write_link_cache(const LinkCache& cache) {
    std::string text;
    for (const auto& [url, history] : cache.urls) {
        if (history.last() == 0)
            continue;
        Json line = {{"v", kVersion}, {"url", url}};
        if (history.good.time > 0)
            line["good"] = write_event(history.good);
        if (!history.moved.empty())
            line["moved"] = history.moved;
        if (!history.failed.empty()) {
            Json& failed = line["failed"] = Json::array();
            for (const History::Event& event : history.failed)
                failed.push_back(write_event(event));
        }
        if (history.unverified.time > 0)
            line["unverified"] = write_event(history.unverified);
        text += line.dump(-1, ' ', false, Json::error_handler_t::replace);
        text += '\n';
    }
    for (const std::string& line : cache.foreign)
        text += line + "\n";
    return text;
}

Result<LinkCache> load_link_cache(const std::string& path) {
    const RealFileSystem files;
    const Result<std::string> text = files.read_file(path, kLargestFile);
    if (text)
        return read_link_cache(*text);
    if (text.error().code == ErrorCode::absent)
        return LinkCache();
    return tl::unexpected<Error>(text.error());
}

Result<void> save_link_cache(const std::string& path, LinkCache& cache) {
    const Result<FileLock> lock = FileLock::take(path);
    if (!lock)
        return tl::unexpected<Error>(lock.error());
    remove_leftovers(path);
    RealFileSystem files;
    const Result<LinkCache> there = load_link_cache(path);
    if (!there)
        return tl::unexpected<Error>(there.error());
    const std::size_t damaged = cache.damaged;
    cache.merge(*there);
    cache.damaged = damaged;  // counted when it was first read
    return files.write_file_atomic(path, write_link_cache(cache));
}

}  // namespace docathon
