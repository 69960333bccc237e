#include "lint/rules/engines/engine.h"

#include <re2/re2.h>

#include <algorithm>

#include "lint/core/glob.h"
#include "lint/core/nearest.h"
#include "lint/core/strings.h"
#include "lint/core/utf8.h"

namespace docathon::rules {

namespace {

constexpr std::size_t kLongestValue = 120;  // code points of a value in a message

std::string quoted(std::string_view text) {
    constexpr std::size_t kLongest = 60;
    return "'" + escape_control(text.substr(0, kLongest)) + (text.size() > kLongest ? "..." : "") +
           "'";
}

std::string did_you_mean(std::string_view name, const std::vector<std::string_view>& candidates) {
    if (name.size() > 100)
        return {};
    const std::string_view best = nearest(name, candidates, suggestion_distance(name));
    return best.empty() ? std::string() : "; did you mean " + quoted(best) + "?";
}

/// On one line, and not longer than a reader reads.
std::string for_message(std::string_view value) {
    std::string text;
    std::size_t count = 0;
    bool gap = false;
    for (std::size_t at = 0; at < value.size();) {
        const std::uint8_t length = decode_one(value, at).length;
        if (is_ascii_space(value[at])) {
            gap = !text.empty();
        } else {
            if (++count > kLongestValue)
                return text + "...";
            if (gap)
                text += ' ';
            gap = false;
            text += value.substr(at, length);
        }
        at += length;
    }
    return text;
}

// -----------------------------------------------------------------------------------------------
// {option} in the keys of a rule.

/// The option that `text` names at `open`, a '{'; nullptr if it is none.
const OptionSpec* option_at(std::string_view text, std::size_t open, const RuleSpec& spec,
                            std::size_t& close) {
    close = text.find('}', open);
    if (close == std::string_view::npos)
        return nullptr;
    const std::string_view name = text.substr(open + 1, close - open - 1);
    for (const OptionSpec& option : spec.options) {
        if (option.name == name)
            return &option;
    }
    return nullptr;
}

bool is_list(const OptionSpec& option) {
    return option.type == OptionType::string_list || option.type == OptionType::regex_list;
}

/// A plain text inside of an expression or of quotes stands for itself.
std::string escaped(const OptionSpec& option, const std::string& value, bool expression) {
    if (option.type == OptionType::regex || option.type == OptionType::regex_list)
        expression = false;
    std::string text;
    // An escaped quote is what the selector wants as well.
    if (expression)
        return RE2::QuoteMeta(value);
    for (const char c : value) {
        if (c == '\'')
            text += '\\';
        text += c;
    }
    return text;
}

std::string scalar_of(const OptionSpec& option, const Options& options) {
    switch (option.type) {
        case OptionType::boolean:
            return options.boolean(option.name) ? "true" : "false";
        case OptionType::integer:
            return std::to_string(options.integer(option.name));
        default:
            return options.string(option.name);
    }
}

/// `text` with the value of every option that it names; a list option stands for `item`.
std::string put_options(std::string_view text, const RuleSpec& spec, const Options& options,
                        const std::string& item) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t close = 0;
        const OptionSpec* option = text[at] == '{' ? option_at(text, at, spec, close) : nullptr;
        if (option == nullptr) {
            out += text[at++];
            continue;
        }
        const std::string value = is_list(*option) ? item : scalar_of(*option, options);
        const bool alone = at == 0 && close + 1 == text.size();
        // Between quotes after ~= it is part of an expression.
        const bool expression = text.substr(0, at).rfind("~=") != std::string_view::npos;
        out += alone ? value : escaped(*option, value, expression);
        at = close + 1;
    }
    return out;
}

/// The list option that an item names, or nullptr.
const OptionSpec* list_option(std::string_view text, const RuleSpec& spec) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        std::size_t close = 0;
        const OptionSpec* option = text[at] == '{' ? option_at(text, at, spec, close) : nullptr;
        if (option != nullptr && is_list(*option))
            return option;
    }
    return nullptr;
}

Value replace_options(const Value& value, const RuleSpec& spec, const Options& options, int depth) {
    constexpr int kDeepest = 100;  // as deep as YAML is read
    Value out = value;
    if (depth > kDeepest)
        return out;
    if (value.is_scalar()) {
        if (value.text.find('{') == std::string::npos)
            return out;
        if (const OptionSpec* list = list_option(value.text, spec)) {
            // `key: "{names}"` is the list itself.
            out.kind = Value::Kind::list;
            out.text.clear();
            for (const std::string& item : options.strings(list->name)) {
                Value& one = out.items.emplace_back(value);
                one.text = put_options(value.text, spec, options, item);
            }
            return out;
        }
        out.text = put_options(value.text, spec, options, {});
        // A number or a truth value that came from an option is one.
        if (out.text != value.text)
            out.quoted = false;
        return out;
    }
    if (value.is_list()) {
        out.items.clear();
        for (const Value& item : value.items) {
            const OptionSpec* list = item.is_scalar() ? list_option(item.text, spec) : nullptr;
            if (list == nullptr) {
                out.items.push_back(replace_options(item, spec, options, depth + 1));
                continue;
            }
            for (const std::string& text : options.strings(list->name)) {
                Value& one = out.items.emplace_back(item);
                one.text = put_options(item.text, spec, options, text);
            }
        }
        return out;
    }
    for (Value& item : out.items)
        item = replace_options(item, spec, options, depth + 1);
    return out;
}

}  // namespace

Value with_options(const Value& body, const RuleSpec& spec, const Options& options) {
    if (spec.options.empty())
        return body;
    Value out = body;
    for (std::size_t i = 0; i < out.keys.size(); ++i) {
        // A message gets its values when it is written; the others are no keys of engines.
        const std::string& key = out.keys[i].text;
        if (key != "message" && key != "options" && key != "examples")
            out.items[i] = replace_options(out.items[i], spec, options, 0);
    }
    return out;
}

// -----------------------------------------------------------------------------------------------
// Messages.

bool MessageTemplate::parse(std::string_view text) {
    parts_.clear();
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if ((c == '{' || c == '}') && at + 1 < text.size() && text[at + 1] == c) {
            plain += c;
            ++at;
            continue;
        }
        if (c != '{') {
            plain += c;
            continue;
        }
        const std::size_t close = text.find('}', at);
        if (close == std::string_view::npos)
            return false;
        if (!plain.empty())
            parts_.push_back({false, plain});
        plain.clear();
        parts_.push_back({true, std::string(text.substr(at + 1, close - at - 1))});
        at = close;
    }
    if (!plain.empty())
        parts_.push_back({false, plain});
    return true;
}

std::vector<std::string> MessageTemplate::placeholders() const {
    std::vector<std::string> names;
    for (const Part& part : parts_) {
        if (part.placeholder)
            names.push_back(part.text);
    }
    return names;
}

std::string MessageTemplate::fill(const Arguments& arguments) const {
    std::string message;
    for (const Part& part : parts_) {
        if (!part.placeholder) {
            message += part.text;
            continue;
        }
        for (const auto& [name, value] : arguments) {
            if (name == part.text) {
                message += for_message(value);
                break;
            }
        }
    }
    return message;
}

// -----------------------------------------------------------------------------------------------
// Findings.

Reporter::Reporter(const Common& common, const FileView& file, Sink& sink)
    : common_(common), file_(file), sink_(sink) {}

Diagnostic* Reporter::report(Range range, Arguments arguments) {
    if (touches(file_.selected(common_.selector).excluded, range))
        return nullptr;
    if (count_ >= kMostFindings) {
        sink_.unknown("more findings of one rule in one file than are reported");
        return nullptr;
    }
    ++count_;
    arguments.insert(arguments.end(), common_.options.begin(), common_.options.end());
    return &sink_.report(range, common_.message.fill(arguments));
}

bool Reporter::excepted(std::string_view text, std::uint32_t begin, std::uint32_t end) const {
    // Far enough for a phrase around the match; all of a long text for each match would not be
    // linear.
    constexpr std::uint32_t kAround = 256;
    const std::size_t from = begin > kAround ? begin - kAround : 0;
    const std::size_t to = std::min<std::size_t>(text.size(), std::size_t{end} + kAround);
    for (const auto& exception : common_.exceptions) {
        std::size_t at = from;
        re2::StringPiece match;
        while (at <= begin && exception->Match(re2::StringPiece(text.data(), text.size()), at, to,
                                               re2::RE2::UNANCHORED, &match, 1)) {
            const auto match_begin = static_cast<std::size_t>(match.data() - text.data());
            if (match_begin > begin)
                break;
            if (match_begin + match.size() >= end)
                return true;
            at = match_begin + decode_one(text, match_begin).length;
        }
    }
    return false;
}

bool Reporter::plain_between(std::uint32_t begin, std::uint32_t end) const {
    if (begin > end)
        return false;
    const std::string_view bytes = file_.context().source.slice(Range{begin, end});
    return std::all_of(bytes.begin(), bytes.end(),
                       [](char c) { return is_ascii_space(c) || c == '>'; });
}

Diagnostic* Reporter::report(const ViewText& text, std::uint32_t begin, std::uint32_t end,
                             Arguments arguments) {
    if (excepted(text.text(), begin, end))
        return nullptr;
    return report(text.to_source(begin, end), std::move(arguments));
}

void Reporter::fix(Diagnostic* finding, std::string description, std::vector<Edit> edits) const {
    if (finding == nullptr || common_.fix == FixMode::none || edits.empty())
        return;
    finding->fix = Fix{std::move(description), std::move(edits),
                       common_.fix == FixMode::safe ? FixSafety::safe : FixSafety::unsafe};
}

void add_attributes(const FileView& file, std::uint32_t entry, const Common& common,
                    Arguments& arguments) {
    for (const std::string& name : common.attributes)
        arguments.emplace_back(name, file.tree().attribute(entry, name));
}

std::vector<Found> find_all(const PatternSets& patterns, std::string_view text,
                            std::span<const Candidate> candidates) {
    // Of one pattern no more than this in one text: what comes after is not reported anyway.
    constexpr std::size_t kMost = Reporter::kMostFindings + 1;
    std::vector<Found> found;
    for (const Candidate& candidate : candidates) {
        Found one;
        one.pattern = candidate.pattern;
        std::uint32_t from = 0;
        std::size_t count = 0;
        while (count < kMost && patterns.find(one.pattern, text, from, one.begin, one.end)) {
            found.push_back(one);
            from = one.end;
            ++count;
        }
    }
    if (candidates.size() < 2)
        return found;
    std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
    std::size_t kept = 0;
    std::uint32_t end = 0;
    for (const Found& one : found) {
        if (one.begin < end)
            continue;
        end = one.end;
        found[kept++] = one;
    }
    found.resize(kept);
    return found;
}

// -----------------------------------------------------------------------------------------------
// Reading a rule.

EngineMaker::EngineMaker(const RuleSpec& spec, const Options& options, std::uint32_t unit,
                         SelectorSet& selectors, PatternSets& patterns, const DataReader& data,
                         std::vector<Error>& errors)
    : spec_(spec),
      body_(with_options(spec.body, spec, options)),
      unit_(unit),
      selectors_(selectors),
      patterns_(patterns),
      data_(data),
      errors_(errors) {
    for (const OptionSpec& option : spec.options) {
        if (!is_list(option))
            result.options.emplace_back(option.name, scalar_of(option, options));
    }
}

void EngineMaker::error(const Value& at, std::string message) {
    errors_.push_back({std::move(message), spec_.path, at.line, at.column, ErrorCode::other, 0});
}

void EngineMaker::missing(std::string_view key, std::string_view why) {
    error(body_, "no key " + quoted(key) + ", which is needed: " + std::string(why));
}

void EngineMaker::common(const Defaults& defaults, std::vector<std::string_view> placeholders) {
    placeholders_ = std::move(placeholders);
    constexpr std::string_view kViewNames[] = {"prose", "source", "url", "text"};
    result.view =
        find("view") == nullptr ? defaults.view : static_cast<View>(choice("view", kViewNames));
    constexpr std::string_view kFixNames[] = {"none", "unsafe", "safe"};
    result.fix = static_cast<FixMode>(choice("fix", kFixNames));

    const Value* on = find("on");
    std::string otherwise(defaults.on);
    if (otherwise.empty()) {
        otherwise = result.view == View::prose || result.view == View::text
                        ? "paragraph, heading, cell"
                        : "document, docstring";
    }
    std::string selector_text = on == nullptr ? otherwise : on->text;
    // A selector of nothing but `!x` leaves out of what the engine looks at by itself.
    if (on != nullptr) {
        const Result<NodeSelector> compiled = compile_selector(selector_text);
        if (compiled && compiled->parts.empty())
            selector_text = otherwise + ", " + selector_text;
    }
    result.selector = selector(on == nullptr ? body_ : *on, selector_text).value_or(0);

    const Value* message = find("message");
    if (!result.message.parse(message == nullptr ? defaults.message
                                                 : std::string_view(message->text)))
        error(*message, "a '{' of the message is never closed; write '{{' for a brace");
    for (const Value* exception : list("exceptions")) {
        if (auto compiled = expression(*exception, exception->text, boolean("ignore-case", false)))
            result.exceptions.push_back(std::move(compiled));
    }
    read_pages();
}

void EngineMaker::read_pages() {
    for (const Value* page : list("pages")) {
        if (page->text.find_first_of("*/.?[") == std::string::npos) {
            result.page_kinds.push_back(page->text);
            continue;
        }
        Result<Glob> glob = Glob::compile(page->text);
        if (glob)
            result.page_globs.push_back(std::make_shared<const Glob>(std::move(*glob)));
        else
            error(*page, glob.error().message);
    }
}

void EngineMaker::allow_attributes() {
    const std::vector<std::string> named = result.message.placeholders();
    for (const SelectorPart& part : selectors_.selector(result.selector).parts) {
        for (const std::string_view name : selector_attributes(part.steps.back().kind)) {
            if (std::find(placeholders_.begin(), placeholders_.end(), name) != placeholders_.end())
                continue;
            const bool is_new = extra_placeholders_.emplace(name).second;
            if (is_new && std::find(named.begin(), named.end(), name) != named.end())
                result.attributes.emplace_back(name);
        }
    }
}

void EngineMaker::check_message() {
    const Value* message = find("message");
    if (message == nullptr)
        return;
    std::vector<std::string_view> names = placeholders_;
    for (const auto& [name, value] : result.options)
        names.push_back(name);
    for (const std::string& name : extra_placeholders_)
        names.push_back(name);
    for (const std::string& name : result.message.placeholders()) {
        if (std::find(names.begin(), names.end(), name) != names.end())
            continue;
        std::string all;
        for (const std::string_view one : names)
            all += (all.empty() ? "{" : ", {") + std::string(one) + "}";
        const std::string hint = did_you_mean(name, names);
        error(*message, "a message of '" + spec_.check + "' has no {" + escape_control(name) + "}" +
                            (hint.empty() ? "; it has " + all : hint));
    }
}

std::optional<Value> EngineMaker::data() {
    const Value* name = find("data");
    if (name == nullptr)
        return std::nullopt;
    Result<Value> read = data_ ? data_(name->text, spec_.path)
                               : Result<Value>(fail("no data files can be read here"));
    if (!read) {
        Error failed = read.error();
        if (failed.line > 0) {
            errors_.push_back(std::move(failed));
        } else {
            error(*name, "cannot read the data " + quoted(name->text) + ": " + failed.message);
        }
        return std::nullopt;
    }
    return std::move(*read);
}

std::string EngineMaker::text(std::string_view key, std::string_view otherwise) {
    const Value* value = find(key);
    if (value == nullptr || value->is_null())
        return std::string(otherwise);
    if (!value->is_scalar()) {
        error(*value, quoted(key) + " must be one text");
        return {};
    }
    return value->text;
}

bool EngineMaker::boolean(std::string_view key, bool otherwise) {
    const Value* value = find(key);
    if (value == nullptr)
        return otherwise;
    bool out = otherwise;
    if (!value->as_bool(out))
        error(*value, quoted(key) + " must be true or false");
    return out;
}

std::optional<std::int64_t> EngineMaker::integer(std::string_view key) {
    const Value* value = find(key);
    if (value == nullptr)
        return std::nullopt;
    std::int64_t out = 0;
    if (!value->as_int(out) || out < 0) {
        error(*value, quoted(key) + " must be an integer from 0");
        return std::nullopt;
    }
    return out;
}

std::vector<const Value*> EngineMaker::list(std::string_view key) {
    std::vector<const Value*> values;
    const Value* value = find(key);
    if (value == nullptr || value->is_null())
        return values;
    if (value->is_scalar()) {
        values.push_back(value);
        return values;
    }
    for (const Value& item : value->items) {
        if (!value->is_list() || !item.is_scalar())
            error(item, "an entry of " + quoted(key) + " must be a text");
        else
            values.push_back(&item);
    }
    return values;
}

std::size_t EngineMaker::choice(std::string_view key, std::span<const std::string_view> choices) {
    const Value* value = find(key);
    if (value == nullptr)
        return 0;
    const auto found = std::find(choices.begin(), choices.end(), value->text);
    if (found != choices.end())
        return static_cast<std::size_t>(found - choices.begin());
    std::string all;
    for (std::size_t i = 0; i < choices.size(); ++i)
        all += (i == 0 ? "" : i + 1 == choices.size() ? " or " : ", ") + std::string(choices[i]);
    error(*value, quoted(key) + " must be " + all + ", found " + quoted(value->text) +
                      did_you_mean(value->text, {choices.begin(), choices.end()}));
    return 0;
}

PatternId EngineMaker::add_pattern(const Value& at, std::string expression,
                                   PatternOptions options) {
    const std::string written = expression;
    has_patterns_ = true;
    const Result<PatternId> added =
        patterns_.add(result.view, unit_, std::move(expression), options);
    if (!added) {
        error(at, quoted(written) + " is no regular expression: " + added.error().message +
                      " (RE2 syntax)");
        return 0;
    }
    return *added;
}

std::shared_ptr<const re2::RE2> EngineMaker::expression(const Value& at, const std::string& text,
                                                        bool ignore_case) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_case_sensitive(!ignore_case);
    auto compiled = std::make_shared<const re2::RE2>(text, options);
    if (compiled->ok())
        return compiled;
    error(at, quoted(text) + " is no regular expression: " + compiled->error() + " (RE2 syntax)");
    return nullptr;
}

std::optional<std::uint32_t> EngineMaker::selector(const Value& at, std::string_view text) {
    const Result<std::uint32_t> added = selectors_.add(text);
    if (added)
        return *added;
    error(at, "selector " + quoted(text) + ", character " + std::to_string(added.error().column) +
                  ": " + added.error().message);
    return std::nullopt;
}

}  // namespace docathon::rules
