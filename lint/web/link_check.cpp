#include "lint/web/link_check.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace docathon {

namespace {

// Often at first, when little is known and saving is cheap, then seldom.
constexpr Milliseconds kFirstSave{250};
constexpr Milliseconds kSaveEvery{5'000};
constexpr std::size_t kWitnesses = 3;

bool may_be_our_fault(const Observation& observation) {
    return observation.reason == "dns" || observation.reason == "connect";
}

}  // namespace

/// Questions, and which URL each of their answers is for.
struct LinkChecker::Batch {
    std::vector<Question> questions;
    std::vector<std::string> pages;                   // of each; "" if nobody names it alone
    std::vector<std::vector<std::string>> fragments;  // URLs, parallel to Question::fragments
};

LinkChecker::LinkChecker(Fetcher& fetcher, LinkCache& cache, LinkCheckOptions options)
    : fetcher_(fetcher), cache_(cache), options_(std::move(options)) {}

LinkChecker::Batch LinkChecker::make_batch(const std::set<std::string>& urls, bool all) const {
    const std::int64_t now = options_.ask.unix_now();
    // What failed comes first, then what was never asked, then what was asked longest ago.
    struct Group {
        std::tuple<int, std::int64_t> priority{3, 0};
        Question question;
        std::string page;
        std::vector<std::string> fragments;
    };
    std::map<std::string, Group> groups;
    for (const std::string& text : urls) {
        const auto known = cache_.urls.find(text);
        const History history = known == cache_.urls.end() ? History() : known->second;
        if (!all && !options_.refresh && is_fresh(history, text, now, options_.max_age))
            continue;
        const std::optional<Url> url = parse_url(text);
        if (!url)
            continue;
        Group& group = groups[url->page()];
        if (group.page.empty() && group.fragments.empty()) {
            group.question.url = *url;
            group.question.bare = false;
        }
        const int rank = !history.failed.empty() ? 0 : history.last() == 0 ? 1 : 2;
        group.priority = std::min(group.priority, std::tuple(rank, history.last()));
        if (url->fragment.empty()) {
            group.page = text;
            group.question.bare = true;
        } else {
            group.question.fragments.push_back(url->fragment);
            group.fragments.push_back(text);
        }
    }
    std::vector<Group*> order;
    for (auto& [page, group] : groups)
        order.push_back(&group);
    std::stable_sort(order.begin(), order.end(),
                     [](const Group* a, const Group* b) { return a->priority < b->priority; });
    Batch batch;
    for (Group* const group : order) {
        batch.questions.push_back(std::move(group->question));
        batch.pages.push_back(std::move(group->page));
        batch.fragments.push_back(std::move(group->fragments));
    }
    return batch;
}

void LinkChecker::record(const std::string& url, const Observation& observation) {
    if (observation.reason == kNotAsked)
        return;
    const std::int64_t now = options_.ask.unix_now();
    if (may_be_our_fault(observation) && !answered_)
        pending_.push_back({url, observation, now});
    else
        note(url, observation, now);
}

void LinkChecker::note(const std::string& url, const Observation& observation, std::int64_t time) {
    History& history = cache_.urls[url];
    // One run is one check, however often it looks.
    if (again_ && observation.seen == Seen::failed && !history.failed.empty())
        return;
    observe(history, observation, time);
}

void LinkChecker::ask(const Batch& batch, LinkReport& report) {
    Asker asker(fetcher_, options_.ask);
    asker.on_progress = on_progress;
    asker.on_answer = [&](std::size_t i, const Answer& answer) {
        answered_ = answered_ || answer.host_answered;
        if (!batch.pages[i].empty())
            record(batch.pages[i], answer.page);
        for (std::size_t k = 0; k < batch.fragments[i].size(); ++k)
            record(batch.fragments[i][k], answer.fragments[k]);
        const std::size_t urls = batch.fragments[i].size() + (batch.pages[i].empty() ? 0 : 1);
        (answer.page.reason == kNotAsked ? report.not_asked : report.asked) += urls;
        if (!answer.detail.empty()) {
            if (!batch.pages[i].empty())
                report.details[batch.pages[i]] = answer.detail;
            for (const std::string& url : batch.fragments[i])
                report.details[url] = answer.detail;
        }
        if (save && fetcher_.now() - saved_ >= save_after_) {
            save();
            saved_ = fetcher_.now();
            save_after_ = std::min(save_after_ * 2, kSaveEvery);
        }
    };
    static_cast<void>(asker.ask(batch.questions));
}

/// Whether hosts that answered before answer now.
bool LinkChecker::has_network() {
    if (answered_)
        return true;
    std::set<std::string> silent;
    for (const Pending& pending : pending_) {
        if (const std::optional<Url> url = parse_url(pending.url))
            silent.insert(url->authority());
    }
    std::vector<std::pair<std::int64_t, const std::string*>> known;
    for (const auto& [url, history] : cache_.urls) {
        if (history.good.time > 0 && history.failed.empty())
            known.emplace_back(-history.good.time, &url);
    }
    std::sort(known.begin(), known.end(), [](const auto& a, const auto& b) {
        return std::tie(a.first, *a.second) < std::tie(b.first, *b.second);
    });
    std::vector<Question> questions;
    for (const auto& [time, text] : known) {
        std::optional<Url> url = parse_url(*text);
        if (!url || !silent.insert(url->authority()).second)
            continue;
        questions.push_back({std::move(*url), {}, true});
        if (questions.size() == kWitnesses)
            break;
    }
    if (questions.empty())
        return false;
    AskOptions options = options_.ask;
    options.retries = 0;
    options.run_budget = std::min(options.run_budget, Milliseconds(30'000));
    Asker asker(fetcher_, std::move(options));
    asker.on_answer = [&](std::size_t, const Answer& answer) {
        answered_ = answered_ || answer.host_answered;
    };
    static_cast<void>(asker.ask(questions));
    return answered_;
}

LinkReport LinkChecker::check(const std::set<std::string>& urls) {
    LinkReport report;
    const std::int64_t begin = options_.ask.unix_now();
    answered_ = false;
    pending_.clear();
    saved_ = fetcher_.now();
    save_after_ = kFirstSave;
    std::set<std::string> dead_before;
    for (const std::string& url : urls) {
        const auto known = cache_.urls.find(url);
        if (known != cache_.urls.end() &&
            standing(known->second, options_.death).state == Standing::State::dead)
            dead_before.insert(url);
    }
    ask(make_batch(urls, false), report);
    report.fresh = urls.size() - std::min(urls.size(), report.asked + report.not_asked);
    std::set<std::string> offline;
    if (!pending_.empty()) {
        report.offline = !has_network();
        for (const Pending& pending : pending_) {
            if (report.offline)
                offline.insert(pending.url);
            else
                note(pending.url, pending.observation, pending.time);
        }
        pending_.clear();
    }
    // The last word before a link is called dead for the first time.
    std::set<std::string> dying;
    for (const std::string& url : urls) {
        const auto known = cache_.urls.find(url);
        if (known != cache_.urls.end() && dead_before.count(url) == 0 &&
            standing(known->second, options_.death).state == Standing::State::dead)
            dying.insert(url);
    }
    if (!dying.empty() && !(options_.ask.cancelled && options_.ask.cancelled())) {
        LinkReport second;
        again_ = true;
        ask(make_batch(dying, true), second);
        for (const Pending& pending : pending_)
            note(pending.url, pending.observation, pending.time);
        pending_.clear();
        again_ = false;
    }
    if (save)
        save();
    for (const std::string& url : urls) {
        const auto known = cache_.urls.find(url);
        Standing now =
            known == cache_.urls.end() ? Standing() : standing(known->second, options_.death);
        // An old failure alone is no news: this run must have seen it too.
        if (now.state == Standing::State::dead && known->second.failed.back().time < begin)
            now.state = Standing::State::failing;
        if (offline.count(url) != 0) {
            now.state = Standing::State::unverified;
            now.reason = "offline";
        }
        if (now.state == Standing::State::good && !known->second.moved.empty())
            report.moved[url] = known->second.moved;
        report.standings.emplace(url, std::move(now));
    }
    return report;
}

}  // namespace docathon
