// url: targets of links, images and definitions, by their parts.

#include <re2/re2.h>

#include <algorithm>

#include "lint/core/strings.h"
#include "lint/rules/engines/engine.h"
#include "lint/rules/engines/rewrite.h"

namespace docathon::rules {

namespace {

/// An absolute URL cut as RFC 3986 does, with its parts as offsets into the text.
struct Url {
    std::string_view text;
    std::string_view scheme;
    std::string_view host;  // without user and port
    std::string_view path;  // with its first '/'
    std::string_view query;
    std::string_view fragment;
};

bool cut(std::string_view text, Url& url) {
    url = {};
    url.text = text;
    const std::size_t colon = text.find("://");
    if (colon == std::string_view::npos || colon == 0)
        return false;
    url.scheme = text.substr(0, colon);
    if (!std::all_of(url.scheme.begin(), url.scheme.end(),
                     [](char c) { return is_ascii_alnum(c) || c == '+' || c == '-' || c == '.'; }))
        return false;
    std::string_view rest = text.substr(colon + 3);
    const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
    url.host = rest.substr(0, end);
    if (const std::size_t user = url.host.rfind('@'); user != std::string_view::npos)
        url.host.remove_prefix(user + 1);
    url.host = url.host.substr(0, url.host.find(':'));
    rest.remove_prefix(end);
    if (const std::size_t hash = rest.find('#'); hash != std::string_view::npos) {
        url.fragment = rest.substr(hash + 1);
        rest = rest.substr(0, hash);
    }
    if (const std::size_t mark = rest.find('?'); mark != std::string_view::npos) {
        url.query = rest.substr(mark + 1);
        rest = rest.substr(0, mark);
    }
    url.path = rest;
    return true;
}

struct Test {
    std::vector<std::string> schemes;
    std::vector<std::string> hosts;  // "*.x" is x and what is below it
    std::shared_ptr<const re2::RE2> path;
    std::shared_ptr<const re2::RE2> query;
    std::shared_ptr<const re2::RE2> fragment;
};

bool host_fits(std::string_view host, std::string_view wanted) {
    if (!wanted.starts_with("*."))
        return ascii_iequals(host, wanted);
    const std::string_view domain = wanted.substr(2);
    return ascii_iequals(host, domain) ||
           (host.size() > domain.size() + 1 && host[host.size() - domain.size() - 1] == '.' &&
            ascii_iequals(host.substr(host.size() - domain.size()), domain));
}

/// The groups of an expression in `text`, numbered from 1 and by name; false if it does not match.
bool match(const std::shared_ptr<const re2::RE2>& expression, std::string_view text,
           std::vector<std::string>& groups, Arguments& arguments) {
    if (expression == nullptr)
        return true;
    const int count = expression->NumberOfCapturingGroups();
    std::vector<re2::StringPiece> pieces(static_cast<std::size_t>(count) + 1);
    if (!expression->Match(re2::StringPiece(text.data(), text.size()), 0, text.size(),
                           re2::RE2::UNANCHORED, pieces.data(), count + 1))
        return false;
    const std::map<int, std::string>& names = expression->CapturingGroupNames();
    for (int i = 1; i <= count; ++i) {
        const re2::StringPiece& piece = pieces[static_cast<std::size_t>(i)];
        groups.emplace_back(piece.data() == nullptr ? std::string() : std::string(piece));
        // One name may stand in several expressions; the one that caught something has it.
        if (const auto name = names.find(i); name != names.end() && !groups.back().empty())
            arguments.emplace_back(name->second, groups.back());
    }
    return true;
}

class UrlEngine final : public Engine {
  public:
    explicit UrlEngine(EngineMaker& maker) {
        maker.common(
            {.on = "document, docstring",
             .view = View::url,
             .message = "'{url}' is not to be used"},
            {"match", "url", "scheme", "host", "path", "query", "fragment", "replacement"});
        if (maker.result.view != View::url)
            maker.error(*maker.find("view"), "the engine 'url' has no other view than url");
        if (const Value* urls = maker.find("urls")) {
            for (const Value& one : urls->items)
                tests_.push_back(read_test(maker, one));
        } else {
            tests_.push_back(read_test(maker, maker.body()));
        }
        const Value* replace = maker.find("replace");
        const auto part = [&](std::string_view key) -> std::optional<std::string> {
            const Value* value = replace->find(key);
            if (value == nullptr)
                return std::nullopt;
            return value->text;
        };
        if (replace != nullptr) {
            scheme_ = part("scheme");
            host_ = part("host");
            path_ = part("path");
        } else if (maker.result.fix != FixMode::none) {
            maker.error(*maker.find("fix"), "a fix needs 'replace'");
        }
    }

    void run(FileView& file, std::span<const Candidate> /*candidates*/,
             Reporter& report) const override {
        for (const std::uint32_t number : file.texts(report.common().selector, View::url)) {
            const ViewText& text = file.text(View::url, number);
            Url url;
            // A template is an address only when it was filled in.
            if (text.text().find("{{") != std::string_view::npos ||
                text.text().find("{%") != std::string_view::npos || !cut(text.text(), url))
                continue;
            // Of a URL an exception may say any part.
            const std::vector<std::shared_ptr<const re2::RE2>>& exceptions =
                report.common().exceptions;
            if (std::any_of(exceptions.begin(), exceptions.end(), [&](const auto& exception) {
                    return re2::RE2::PartialMatch(
                        re2::StringPiece(url.text.data(), url.text.size()), *exception);
                }))
                continue;
            for (const Test& test : tests_) {
                std::vector<std::string> groups;
                Arguments arguments;
                if (!fits(test, url, groups, arguments))
                    continue;
                note(text, url, groups, std::move(arguments), report);
                break;
            }
        }
    }

  private:
    static Test read_test(EngineMaker& maker, const Value& value) {
        Test test;
        const auto strings = [&](std::string_view key, std::vector<std::string>& out) {
            const Value* found = value.find(key);
            if (found == nullptr)
                return;
            if (found->is_scalar())
                out.push_back(found->text);
            for (const Value& item : found->items)
                out.push_back(item.text);
        };
        strings("scheme", test.schemes);
        strings("host", test.hosts);
        const auto expression = [&](std::string_view key, std::shared_ptr<const re2::RE2>& out) {
            const Value* found = value.find(key);
            if (found == nullptr)
                return;
            out = maker.expression(*found, found->text);
            if (out == nullptr)
                return;
            for (const auto& [number, name] : out->CapturingGroupNames())
                maker.allow_placeholder(name);
        };
        expression("path", test.path);
        expression("query", test.query);
        expression("fragment", test.fragment);
        if (test.schemes.empty() && test.hosts.empty() && test.path == nullptr &&
            test.query == nullptr && test.fragment == nullptr)
            maker.error(value,
                        "no key 'host', 'path', 'scheme', 'query' or 'fragment': which URLs "
                        "are meant?");
        return test;
    }

    static bool fits(const Test& test, const Url& url, std::vector<std::string>& groups,
                     Arguments& arguments) {
        if (!test.schemes.empty() &&
            std::none_of(test.schemes.begin(), test.schemes.end(),
                         [&](const std::string& one) { return ascii_iequals(one, url.scheme); }))
            return false;
        if (!test.hosts.empty() &&
            std::none_of(test.hosts.begin(), test.hosts.end(),
                         [&](const std::string& one) { return host_fits(url.host, one); }))
            return false;
        std::vector<std::string> others;
        return match(test.path, url.path, groups, arguments) &&
               match(test.query, url.query, others, arguments) &&
               match(test.fragment, url.fragment, others, arguments);
    }

    void note(const ViewText& text, const Url& url, const std::vector<std::string>& groups,
              Arguments arguments, Reporter& report) const {
        struct Change {
            std::string_view part;
            std::string by;
        };
        std::vector<Change> changes;
        if (scheme_ && *scheme_ != url.scheme)
            changes.push_back({url.scheme, *scheme_});
        if (host_ && *host_ != url.host)
            changes.push_back({url.host, *host_});
        if (path_) {
            std::string path = rewrite(*path_, groups, url.path);
            if (path != url.path)
                changes.push_back({url.path, std::move(path)});
        }
        std::string replacement;
        std::size_t done = 0;
        for (const Change& change : changes) {
            const auto at = static_cast<std::size_t>(change.part.data() - url.text.data());
            replacement += url.text.substr(done, at - done);
            replacement += change.by;
            done = at + change.part.size();
        }
        replacement += url.text.substr(done);
        const bool replaces = scheme_ || host_ || path_;
        if (replaces && changes.empty())
            return;
        const auto add = [&](std::string_view name, std::string_view value) {
            arguments.emplace_back(name, std::string(value));
        };
        add("match", url.text);
        add("url", url.text);
        add("scheme", url.scheme);
        add("host", url.host);
        add("path", url.path);
        add("query", url.query);
        add("fragment", url.fragment);
        add("replacement", replaces ? std::string_view(replacement) : std::string_view());
        const auto size = static_cast<std::uint32_t>(url.text.size());
        Diagnostic* finding = report.report(text, 0, size, std::move(arguments));
        if (finding == nullptr)
            return;
        finding->subject = std::string(url.text);
        if (!text.verbatim(0, size))
            return;
        std::vector<Edit> edits;
        for (const Change& change : changes) {
            const auto at = static_cast<std::uint32_t>(change.part.data() - url.text.data());
            edits.push_back(
                {text.to_source(at, at + static_cast<std::uint32_t>(change.part.size())),
                 change.by});
        }
        report.fix(finding, "write '" + replacement + "'", std::move(edits));
    }

    std::vector<Test> tests_;
    std::optional<std::string> scheme_;
    std::optional<std::string> host_;
    std::optional<std::string> path_;
};

}  // namespace

std::unique_ptr<Engine> make_url(EngineMaker& maker) {
    return std::make_unique<UrlEngine>(maker);
}

}  // namespace docathon::rules
