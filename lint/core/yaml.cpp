#include "lint/core/yaml.h"

#include <algorithm>
#include <cstddef>
#include <exception>
#include <limits>
#include <map>
#include <set>
#include <sstream>
#include <utility>
#include <vector>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include "lint/core/line_index.h"
#include "lint/core/strings.h"
#include "lint/core/utf8.h"

namespace docathon {

namespace {

constexpr std::size_t kMaxDepth = 100;
constexpr std::size_t kMaxAliasNodes = 100'000;
constexpr std::size_t kMaxAliasBytes = 16u << 20;
// yaml-cpp reads about 3 MB a second; configuration and front matter are far smaller than this.
constexpr std::size_t kMaxBytes = 4u << 20;
constexpr std::uint32_t kNone = 0xffffffffu;

// What stops a parse from within a callback; yaml-cpp passes it on to parse_yaml.
struct Stop {
    std::string message;
    std::uint32_t offset;
};

// One event of the document, before aliases are expanded. yaml-cpp counts columns in bytes, so only
// its byte offsets are used.
struct Event {
    Value::Kind kind = Value::Kind::null;
    bool quoted = false;
    std::uint32_t offset = 0;
    std::uint32_t alias_of = kNone;  // node that this alias stands for
    std::string text;
    std::vector<std::uint32_t> items;  // list items, or keys and values in turn
};

std::string quoted_text(std::string_view text) {
    constexpr std::size_t kShown = 60;
    std::string shown = escape_control(text.substr(0, kShown));
    if (text.size() > kShown)
        shown += "...";
    return '"' + shown + '"';
}

class Collector final : public YAML::EventHandler {
  public:
    explicit Collector(std::string_view text) : text_(text) {}

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        add(Event{Value::Kind::null, false, offset_of(mark), kNone, {}, {}}, anchor);
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        Event event;
        event.offset = offset_of(mark);
        const auto found = anchors_.find(anchor);
        if (found == anchors_.end())
            throw Stop{"an alias without its anchor", event.offset};
        event.alias_of = found->second;
        event.kind = events_[event.alias_of].kind;
        add(std::move(event), 0);
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        // "?" is a plain scalar; "!" is a quoted one or a block; all else was tagged by hand.
        const bool plain = tag == "?" || tag.empty();
        add(Event{Value::Kind::scalar, !plain, offset_of(mark), kNone, value, {}}, anchor);
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(Value::Kind::list, mark, anchor);
    }
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(Value::Kind::map, mark, anchor);
    }
    void OnSequenceEnd() override { open_.pop_back(); }
    void OnMapEnd() override { open_.pop_back(); }

    [[nodiscard]] const std::vector<Event>& events() const { return events_; }

  private:
    struct Open {
        std::uint32_t event;
        std::set<std::string> keys;  // of a map
    };

    [[nodiscard]] std::uint32_t offset_of(const YAML::Mark& mark) const {
        if (mark.pos < 0)
            return static_cast<std::uint32_t>(text_.size());
        return static_cast<std::uint32_t>(
            std::min<std::size_t>(static_cast<std::size_t>(mark.pos), text_.size()));
    }

    std::uint32_t add(Event event, YAML::anchor_t anchor) {
        const auto id = static_cast<std::uint32_t>(events_.size());
        if (!open_.empty()) {
            Open& parent = open_.back();
            Event& list = events_[parent.event];
            if (list.kind == Value::Kind::map) {
                if (list.items.size() % 2 == 0) {
                    check_key(parent, event);
                } else if (event.kind == Value::Kind::null && event.alias_of == kNone) {
                    // An absent value has the place of whatever follows it; its key says more.
                    event.offset = events_[list.items.back()].offset;
                }
            }
            list.items.push_back(id);
        }
        if (anchor != 0)
            anchors_[anchor] = id;
        events_.push_back(std::move(event));
        return id;
    }

    void check_key(Open& parent, Event& key) {
        if (key.kind == Value::Kind::list || key.kind == Value::Kind::map) {
            const bool template_tag = key.offset > 0 && text_.substr(key.offset - 1, 2) == "{{";
            throw Stop{template_tag ? "a value that begins with '{{' must be in quotes"
                                    : "a key must be plain text, not a list or a map",
                       key.offset};
        }
        // Keys are few and short, so an alias is replaced at once.
        if (key.alias_of != kNone) {
            const std::uint32_t offset = key.offset;
            key = events_[key.alias_of];
            key.offset = offset;
            spent_on_keys_ += key.text.size() + 1;
            if (spent_on_keys_ > kMaxAliasBytes)
                throw Stop{"too much text through aliases", offset};
        }
        if (key.kind == Value::Kind::null) {
            key.kind = Value::Kind::scalar;
            key.text = "null";
        }
        if (!parent.keys.insert(key.text).second) {
            throw Stop{"duplicate key " + quoted_text(key.text), key.offset};
        }
    }

    void open(Value::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
        const std::uint32_t offset = offset_of(mark);
        if (open_.size() >= kMaxDepth) {
            throw Stop{"nested deeper than " + std::to_string(kMaxDepth) + " levels", offset};
        }
        const std::uint32_t id = add(Event{kind, false, offset, kNone, {}, {}}, anchor);
        open_.push_back({id, {}});
    }

    std::string_view text_;
    std::vector<Event> events_;
    std::vector<Open> open_;
    std::map<YAML::anchor_t, std::uint32_t> anchors_;
    std::size_t spent_on_keys_ = 0;
};

// Says where a further document begins, and reads nothing of it.
class NextDocument final : public YAML::EventHandler {
  public:
    struct Found {
        YAML::Mark mark;
    };
    void OnDocumentStart(const YAML::Mark& mark) override { throw Found{mark}; }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
    void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
    void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  const std::string&) override {}
    void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {}
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {}
    void OnMapEnd() override {}
};

// Events -> Value with places, aliases expanded within the budget. Recursion is bounded by
// kMaxDepth, also through an alias to one of its own ancestors.
class Expander {
  public:
    Expander(const std::vector<Event>& events, const LineIndex& lines, std::uint32_t base)
        : events_(events), lines_(lines), base_(base) {}

    Value expand(std::uint32_t id, std::size_t depth, bool through_alias) {
        const Event& event = events_[id];
        if (depth > kMaxDepth) {
            throw Stop{
                "nested deeper than " + std::to_string(kMaxDepth) + " levels through aliases",
                event.offset};
        }
        if (event.alias_of != kNone) {
            Value value = expand(event.alias_of, depth + 1, true);
            place(value, event.offset);
            return value;
        }
        if (through_alias) {
            ++alias_nodes_;
            alias_bytes_ += event.text.size();
            if (alias_nodes_ > kMaxAliasNodes || alias_bytes_ > kMaxAliasBytes) {
                throw Stop{"aliases expand to more than " + std::to_string(kMaxAliasNodes) +
                               " nodes or 16 MiB",
                           event.offset};
            }
        }
        Value value;
        value.kind = event.kind;
        value.quoted = event.quoted;
        value.text = event.text;
        place(value, event.offset);
        if (event.kind == Value::Kind::list) {
            value.items.reserve(event.items.size());
            for (const std::uint32_t item : event.items) {
                value.items.push_back(expand(item, depth + 1, through_alias));
            }
        } else if (event.kind == Value::Kind::map) {
            value.keys.reserve(event.items.size() / 2);
            value.items.reserve(event.items.size() / 2);
            for (std::size_t i = 0; i + 1 < event.items.size(); i += 2) {
                value.keys.push_back(expand(event.items[i], depth + 1, through_alias));
                value.items.push_back(expand(event.items[i + 1], depth + 1, through_alias));
            }
        }
        return value;
    }

  private:
    void place(Value& value, std::uint32_t offset) const {
        const LineColumn at = lines_.line_col(offset + base_);
        value.line = at.line;
        value.column = at.column;
    }

    const std::vector<Event>& events_;
    const LineIndex& lines_;
    std::uint32_t base_;
    std::size_t alias_nodes_ = 0;
    std::size_t alias_bytes_ = 0;
};

// Offset of the first character that YAML 1.2 (c-printable) does not allow, or npos. yaml-cpp takes
// U+0004 for the end of the text and guesses UTF-16 from NUL bytes, so these must not reach it.
std::size_t first_control(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7f)
            return i;
    }
    return std::string_view::npos;
}

// yaml-cpp speaks of its own tokens; these say what the author can do.
std::string explain(std::string_view message) {
    struct Row {
        std::string_view theirs;
        std::string_view ours;
    };
    constexpr Row kRows[] = {
        {"illegal map value", "a key is not allowed here; put a value that holds ': ' in quotes"},
        {"unknown token", "plain text may not begin with this character; put it in quotes"},
        {"end of sequence flow not found", "a '[' is not closed by ']'"},
        {"end of map flow not found", "a '{' is not closed by '}'"},
        {"end of map not found",
         "no key is found where one is expected; check indentation and quotes"},
        {"end of sequence not found",
         "no '- ' is found where one is expected; check the indentation"},
        {"illegal EOF in scalar", "a quoted text is not closed"},
        {"illegal document indicator in scalar", "'---' or '...' inside a quoted text"},
        {"the referenced anchor is not defined", "the alias has no anchor of this name"},
        {"illegal tab when looking for indentation", "a tab indents here; use spaces"},
        {"illegal block entry", "a '- ' is not allowed here"},
        {"illegal map key", "a key is not allowed here"},
    };
    for (const Row& row : kRows) {
        if (row.theirs == message)
            return std::string(row.ours);
    }
    return escape_control(message);
}

}  // namespace

Result<Value> parse_yaml(std::string_view text, std::string_view path, YamlDocuments documents) {
    if (text.size() > kMaxBytes) {
        return fail(ErrorCode::too_large, "the YAML text is larger than 4 MiB", std::string(path),
                    text.size());
    }
    const LineIndex lines(text);
    const auto fail_at = [&](std::string message, std::size_t offset) {
        const LineColumn at = lines.line_col(static_cast<std::uint32_t>(offset));
        return fail(std::move(message), std::string(path), at.line, at.column);
    };
    if (const std::size_t bad = first_invalid(text); bad != std::string_view::npos) {
        return fail_at("the text is not valid UTF-8", bad);
    }
    const std::uint32_t base = has_bom(text) ? 3 : 0;
    const std::string_view body = text.substr(base);
    if (const std::size_t bad = first_control(body); bad != std::string_view::npos) {
        return fail_at("a control character (" + escape_control(body.substr(bad, 1)) +
                           ") is not allowed in YAML",
                       bad + base);
    }

    Collector collector(body);
    try {
        // yaml-cpp knows no lone CR, which YAML 1.2 (b-break) counts as a line end.
        std::string input(body);
        for (std::size_t i = input.find('\r'); i != std::string::npos;
             i = input.find('\r', i + 1)) {
            if (i + 1 == input.size() || input[i + 1] != '\n')
                input[i] = '\n';
        }
        std::istringstream stream(std::move(input));
        YAML::Parser parser(stream);
        if (!parser.HandleNextDocument(collector))
            return Value{};
        try {
            NextDocument next;
            parser.HandleNextDocument(next);
        } catch (const NextDocument::Found& found) {
            // For yaml-cpp any text after a complete value is a new document, marked or not.
            const auto at = static_cast<std::size_t>(std::max(0, found.mark.pos));
            const std::size_t text_end = body.substr(0, at).find_last_not_of(" \t\r\n");
            const bool marked = body.substr(at, 3) == "---" || found.mark.is_null() ||
                                (text_end != std::string_view::npos && text_end >= 2 &&
                                 body.substr(text_end - 2, 3) == "...");
            if (!marked) {
                return fail_at(
                    "not valid YAML: text after the end of the value; check the "
                    "indentation",
                    at + base);
            }
            if (documents == YamlDocuments::one) {
                return fail_at("a second document begins here, and only one is read", at + base);
            }
        }
        if (collector.events().empty())
            return Value{};
        return Expander(collector.events(), lines, base).expand(0, 0, false);
    } catch (const Stop& stop) {
        return fail_at(stop.message, stop.offset + base);
    } catch (const YAML::Exception& error) {
        const std::string message = "not valid YAML: " + explain(error.msg);
        if (error.mark.is_null())
            return fail(message, std::string(path));
        return fail_at(message, static_cast<std::size_t>(std::max(0, error.mark.pos)) + base);
    } catch (const std::exception& error) {
        // yaml-cpp throws std exceptions out of its number parsing and on allocation.
        return fail("not valid YAML: " + escape_control(error.what()), std::string(path));
    }
}

}  // namespace docathon
