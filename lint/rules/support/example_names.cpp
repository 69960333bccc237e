#include "lint/rules/support/example_names.h"

#include <algorithm>
#include <array>
#include <vector>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/project/api/api_index.h"
#include "lint/project/api/own_scripts.h"
#include "lint/project/index/project_index.h"
#include "lint/rules/support/example_walk.h"
#include "lint/rules/support/repository_paths.h"

namespace docathon::rules {

namespace {

std::string_view first_of(std::string_view dotted) {
    return dotted.substr(0, dotted.find('.'));
}

std::string_view rest_of(std::string_view dotted) {
    const std::size_t dot = dotted.find('.');
    return dot == std::string_view::npos ? std::string_view() : dotted.substr(dot + 1);
}

std::string joined(std::string_view a, std::string_view b) {
    return b.empty() ? std::string(a) : std::string(a) + "." + std::string(b);
}

/// The names of one group.
class Scope {
  public:
    Scope(const ProjectContext& context, const ExampleFacts& facts, const ExampleVisitor& visitor)
        : facts_(facts),
          visitor_(visitor),
          api_(*context.index.api()),
          own_(*context.index.own_names()),
          module_(context.index.api_module(context.file)) {}

    void begin_group() { names_.clear(); }

    void read(const CodeExample& example) {
        example_ = &example;
        walk_example(facts_, example, *this);
    }

    void name(std::uint32_t index) {
        const ExampleName& name = facts_.names[index];
        const std::string_view text = facts_.text(name.text);
        const std::string_view first = first_of(text);
        value_ = value_of(first, first.size() < text.size());
        if (value_.kind != ExampleValue::Kind::unknown && visitor_.name)
            visitor_.name(*example_, name, value_);
    }

    void call(std::uint32_t index) {
        if (value_.kind != ExampleValue::Kind::unknown && visitor_.call)
            visitor_.call(*example_, facts_.calls[index], value_);
    }

    void import(std::uint32_t index) {
        const ExampleImport& one = facts_.imports[index];
        const std::string_view module = facts_.text(one.module);
        const std::string_view name = facts_.text(one.name);
        const std::string_view alias = facts_.text(one.alias);
        const bool own = one.level == 0 && own_.is_own(first_of(module));
        if (own && visitor_.import)
            visitor_.import(*example_, one);
        ExampleValue value;
        if (own) {
            value.kind = ExampleValue::Kind::path;
            value.path = !name.empty()   ? joined(module, name)
                         : alias.empty() ? std::string(first_of(module))
                                         : std::string(module);
        }
        if (name == "*")
            return;
        const std::string_view bound = !alias.empty()  ? alias
                                       : !name.empty() ? name
                                                       : first_of(module);
        names_.insert_or_assign(std::string(bound), std::move(value));
    }

    void bind(std::uint32_t index) {
        const ExampleBinding& binding = facts_.bindings[index];
        ExampleValue value;
        if (binding.kind == BindingKind::alias || binding.kind == BindingKind::result) {
            const std::string_view text = facts_.text(binding.value);
            const std::string_view rest = rest_of(text);
            const ExampleValue from = value_of(first_of(text), !rest.empty());
            if (rest.empty() && binding.kind == BindingKind::alias) {
                value = from;
            } else if (from.kind != ExampleValue::Kind::unknown) {
                const NameVerdict found = resolve_value(own_, from, rest, NameSearch::presence);
                if (found.state == NameVerdict::State::found &&
                    found.entity.kind == ApiKind::class_ && !found.entity.external &&
                    from.kind != ExampleValue::Kind::instance) {
                    value.kind = binding.kind == BindingKind::result ? ExampleValue::Kind::instance
                                                                     : ExampleValue::Kind::entity;
                    value.entity = found.entity;
                }
            }
        }
        names_.insert_or_assign(std::string(facts_.text(binding.name)), std::move(value));
    }

  private:
    [[nodiscard]] ExampleValue value_of(std::string_view first, bool dotted) const {
        const auto at = names_.find(first);
        if (at != names_.end())
            return at->second;
        ExampleValue out;
        // A doctest sees the names of its module.
        if (example_->docstring != kNoItem && module_ != kNoItem && api_.binds(module_, first)) {
            const ApiEntity entity = api_.name(module_, first);
            // Other examples do not: there the reader's `idist` may be another module.
            const bool console = (example_->flags & example_flag::kConsole) != 0;
            // Nor do they say which of several classes of that name they mean.
            if (!console && entity.kind == ApiKind::class_ &&
                own_.only_class(first).kind == ApiKind::unknown)
                return out;
            if (!entity.external &&
                ((entity.kind == ApiKind::module && console) || entity.kind == ApiKind::class_ ||
                 entity.kind == ApiKind::function)) {
                out.kind = ExampleValue::Kind::entity;
                out.entity = entity;
            }
            return out;
        }
        if (dotted && own_.is_own(first)) {
            out.kind = ExampleValue::Kind::path;
            out.path = first;
            out.imported = false;
        }
        return out;
    }

    const ExampleFacts& facts_;
    const ExampleVisitor& visitor_;
    const ApiIndex& api_;
    const OwnNames& own_;
    std::uint32_t module_;
    const CodeExample* example_ = nullptr;
    ExampleValue value_;  // of the name that was read last
    std::map<std::string, ExampleValue, std::less<>> names_;
};

bool has_any(std::string_view text, const auto& words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        return text.find(word) != std::string_view::npos;
    });
}

}  // namespace

void visit_examples(const ProjectContext& context, const ExampleVisitor& visitor) {
    const ExampleFacts* facts = context.facts.examples.get();
    if (facts == nullptr || context.index.api() == nullptr || context.index.own_names() == nullptr)
        return;
    Scope scope(context, *facts, visitor);
    std::uint32_t group = kNoItem;
    for (const CodeExample& example : facts->examples) {
        if (example.names.count + example.imports.count + example.bindings.count == 0)
            continue;
        if (example.group != group)
            scope.begin_group();
        group = example.group;
        scope.read(example);
    }
}

NameVerdict resolve_value(const OwnNames& names, const ExampleValue& value, std::string_view rest,
                          NameSearch search) {
    if (value.kind == ExampleValue::Kind::path)
        return names.find(joined(value.path, rest), search);
    NameVerdict out;
    if (value.kind == ExampleValue::Kind::unknown)
        return out;
    if (rest.empty()) {
        out.state = NameVerdict::State::found;
        out.entity = value.entity;
        return out;
    }
    return names.member(value.entity, rest, search);
}

Range component_range(std::string_view dotted, Range range, std::uint32_t part) {
    if (range.size() != dotted.size())
        return range;
    std::size_t begin = 0;
    for (; part > 0; --part) {
        const std::size_t dot = dotted.find('.', begin);
        if (dot == std::string_view::npos)
            return range;
        begin = dot + 1;
    }
    const std::size_t end = std::min(dotted.find('.', begin), dotted.size());
    return {range.begin + static_cast<std::uint32_t>(begin),
            range.begin + static_cast<std::uint32_t>(end)};
}

std::string_view name_up_to(std::string_view dotted, std::uint32_t part) {
    std::size_t end = dotted.find('.');
    for (; part > 0 && end != std::string_view::npos; --part)
        end = dotted.find('.', end + 1);
    return dotted.substr(0, end);
}

bool is_about_other_versions(const ProjectContext& context, std::uint32_t at) {
    constexpr std::array kPages = std::to_array<std::string_view>(
        {"backcompat", "backward", "changelog", "changes", "compatib", "deprecat", "history",
         "migrat", "news", "release", "upgrad", "whats_new", "whatsnew"});
    constexpr std::array kSections = std::to_array<std::string_view>(
        {"backward", "breaking change", "changelog", "deprecat", "future work", "legacy", "migrat",
         "proposal", "release notes", "removed", "roadmap", "upgrad", "what's new"});
    const std::string path = ascii_lower(context.index.tree().file(context.file).path);
    if (context.facts.format != Format::python &&
        (has_any(basename(path), kPages) || is_record(path) || is_plan(path)))
        return true;
    std::uint8_t level = 255;
    const std::vector<Heading>& headings = context.facts.headings;
    for (auto heading = headings.rbegin(); heading != headings.rend(); ++heading) {
        if (heading->range.begin > at || heading->level >= level)
            continue;
        level = heading->level;
        if (has_any(ascii_lower(heading->text), kSections))
            return true;
    }
    return false;
}

bool is_said_to_fail(const ProjectContext& context, Range range) {
    constexpr std::array kWords = std::to_array<std::string_view>(
        {"an error", "attributeerror", "does not work", "doesn't work", "fails", "importerror",
         "incorrect", "invalid", "raises", "throws", "typeerror", "valueerror", "will fail",
         "wrong"});
    constexpr int kAbove = 3;
    // A line may be as long as the page, and have a finding in each word.
    constexpr std::size_t kBefore = 1000;
    constexpr std::size_t kBehind = 300;
    const std::string_view source = context.index.own_scripts()->bytes(context.file);
    if (range.end > source.size())
        return false;
    const std::size_t from = range.end > kBefore ? range.end - kBefore : 0;
    const std::string_view bytes = source.substr(from, range.end - from + kBehind);
    std::size_t end = std::min(bytes.find('\n', range.end - from), bytes.size());
    for (int i = 0; i <= kAbove; ++i) {
        const std::size_t begin = end == 0 ? 0 : bytes.rfind('\n', end - 1) + 1;
        const std::string_view line = bytes.substr(begin, end - begin);
        if (trim(line).empty())
            return false;
        const std::size_t comment = line.find('#');
        if (comment != std::string_view::npos && has_any(ascii_lower(line.substr(comment)), kWords))
            return true;
        if (begin == 0)
            return false;
        end = begin - 1;
    }
    return false;
}

bool says_that_it_is_old(const ProjectContext& context, Range range) {
    constexpr std::uint32_t kBefore = 600;
    constexpr std::uint32_t kAfter = 300;
    const std::string_view bytes = context.index.own_scripts()->bytes(context.file);
    const std::uint32_t begin = range.begin > kBefore ? range.begin - kBefore : 0;
    const std::string around = ascii_lower(
        bytes.substr(std::min<std::size_t>(begin, bytes.size()), range.end + kAfter - begin));
    constexpr std::array kWords = std::to_array<std::string_view>(
        {"deprecat", "legacy", "no longer ", "older version", "old api", "old use", "the old `",
         "previously", "been removed", "was removed", "were removed", "removed from `",
         "removed in", "replaced by", "instead of `", "\u5220\u9664", "\u5e9f\u5f03",
         "\u5f03\u7528", "\u79fb\u9664"});
    return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
        return around.find(word) != std::string::npos;
    });
}

}  // namespace docathon::rules
