// examples/unknown-argument: see rules/examples/unknown-argument.yaml.

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/nearest.h"
#include "lint/project/api/api_index.h"
#include "lint/project/api/own_scripts.h"
#include "lint/project/index/project_index.h"
#include "lint/rules/support/example_code.h"
#include "lint/rules/support/example_names.h"
#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

/// Decorators that leave the parameters as they are.
bool keeps_signature(std::string_view name) {
    constexpr std::array kNames = std::to_array<std::string_view>(
        {"abstractmethod", "cache", "classmethod", "contextmanager", "dataclass", "deprecated",
         "enable_grad", "experimental", "final", "inference_mode", "lru_cache", "no_grad",
         "override", "runtime_checkable", "staticmethod", "total_ordering"});
    const std::size_t dot = name.rfind('.');
    return std::find(kNames.begin(), kNames.end(),
                     dot == std::string_view::npos ? name : name.substr(dot + 1)) != kNames.end();
}

class Run {
  public:
    Run(const ProjectContext& context, Sink& sink)
        : context_(context),
          sink_(sink),
          facts_(*context.facts.examples),
          api_(*context.index.api()) {}

    void call(const CodeExample& example, const ExampleCall& call, const ExampleValue& value) {
        const ExampleName& name = facts_.names[call.name];
        if (!call.whole || (name.flags & example_name_flag::kGuarded) != 0)
            return;
        const std::string_view text = facts_.text(name.text);
        const std::size_t dot = text.find('.');
        const bool instance = value.kind == ExampleValue::Kind::instance;
        if (instance && dot == std::string_view::npos)
            return;  // __call__
        const NameVerdict verdict =
            resolve_value(*context_.index.own_names(), value,
                          dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1),
                          NameSearch::presence);
        if (verdict.state != NameVerdict::State::found || !is_plain(verdict.entity))
            return;
        const ApiSignature signature = call_signature(verdict.entity);
        if (!signature.known) {
            sink_.unknown("signatures that cannot be read");
            return;
        }
        check(example, call, text, signature, verdict.entity.kind == ApiKind::method && !instance);
    }

  private:
    /// The parameters of a call: of a class those of __init__, if there is a __new__ that takes
    /// everything.
    [[nodiscard]] ApiSignature call_signature(const ApiEntity& entity) const {
        ApiSignature signature = api_.signature(entity);
        if (entity.kind != ApiKind::class_ || !signature.known)
            return signature;
        const auto takes = [&](ParameterKind kind) {
            return std::any_of(signature.parameters.begin(), signature.parameters.end(),
                               [&](const ApiParameter& one) { return one.kind == kind; });
        };
        if (takes(ParameterKind::var_positional) && takes(ParameterKind::var_keyword)) {
            ApiEntity initializer = api_.member(entity, "__init__");
            initializer.kind = ApiKind::method;
            if (initializer.definition != kNoItem)
                return api_.signature(initializer);
        }
        return signature;
    }

    /// Whether the signature of the definition is that of what is called.
    [[nodiscard]] bool is_plain(const ApiEntity& entity) const {
        const PyDefinition* made = api_.definition(entity);
        if (made == nullptr || entity.external)
            return false;
        if (!has_plain_decorators(entity))
            return false;
        if (entity.kind != ApiKind::class_)
            return true;
        if (!api_.has_known_members(entity))
            return false;
        for (const std::string_view constructor : {"__init__", "__new__"}) {
            const ApiEntity found = api_.member(entity, constructor);
            if (found.kind != ApiKind::unknown &&
                (api_.definition(found) == nullptr || !has_plain_decorators(found)))
                return false;
        }
        return true;
    }

    [[nodiscard]] bool has_plain_decorators(const ApiEntity& entity) const {
        const PyDefinition& made = *api_.definition(entity);
        const PythonFacts& python = *api_.modules()[entity.module].facts;
        // One of several definitions may be meant.
        if (made.branch != kNoItem)
            return false;
        for (std::uint32_t i = 0; i < made.decorator_count; ++i) {
            if (!keeps_signature(python.text(python.decorators[made.first_decorator + i].name)))
                return false;
        }
        return true;
    }

    /// Whether the text above the call has the name as code: "`strict` is deprecated".
    [[nodiscard]] bool is_spoken_of(Range range, std::string_view name) const {
        constexpr std::uint32_t kBefore = 600;
        const std::string_view bytes = context_.index.own_scripts()->bytes(context_.file);
        const std::uint32_t begin = range.begin > kBefore ? range.begin - kBefore : 0;
        const std::string_view above =
            bytes.substr(std::min<std::size_t>(begin, bytes.size()), range.begin - begin);
        return above.find("`" + std::string(name)) != std::string_view::npos;
    }

    void check(const CodeExample& example, const ExampleCall& call, std::string_view text,
               const ApiSignature& signature, bool unbound) {
        std::size_t positional = unbound ? 1 : 0;
        bool any_positional = false;
        bool any_keyword = false;
        std::vector<std::string_view> names;
        for (const ApiParameter& one : signature.parameters) {
            any_positional = any_positional || one.kind == ParameterKind::var_positional;
            any_keyword = any_keyword || one.kind == ParameterKind::var_keyword;
            if (one.kind == ParameterKind::positional_only ||
                one.kind == ParameterKind::positional_or_keyword)
                ++positional;
            if (one.kind == ParameterKind::positional_or_keyword ||
                one.kind == ParameterKind::keyword_only)
                names.push_back(one.name);
        }
        std::vector<const ExampleKeyword*> unknown;
        for (std::uint32_t i = 0; !any_keyword && i < call.keywords.count; ++i) {
            const ExampleKeyword& keyword = facts_.keywords[call.keywords.first + i];
            if (std::find(names.begin(), names.end(), facts_.text(keyword.name)) == names.end())
                unknown.push_back(&keyword);
        }
        const bool too_many = !any_positional && !call.star && call.positional > positional;
        const std::vector<std::string_view> absent = absent_of(call, signature, unbound);
        // The text of the page is looked at last: it may have to be read for this.
        if ((unknown.empty() && !too_many && absent.empty()) || is_excused(example, call))
            return;
        std::optional<bool> old;                     // asked once: a call may be long
        std::vector<const ExampleKeyword*> strange;  // of which nobody knows what is meant
        for (const ExampleKeyword* keyword : unknown) {
            const std::string_view name = facts_.text(keyword->name);
            if (!old)
                old = says_that_it_is_old(context_, call.range);
            if (*old && is_spoken_of(call.range, name)) {
                sink_.unknown("arguments that the text calls old");
                continue;
            }
            std::string near;
            if (sink_.may_suggest())
                near = nearest(name, names, suggestion_distance(name));
            if (near.empty()) {
                strange.push_back(keyword);
                continue;
            }
            sink_
                .report(keyword->range, "'" + std::string(text) + "' takes no argument '" +
                                            std::string(name) + "'" + hint(near))
                .subject = std::string(text) + "(" + std::string(name) + ")";
        }
        if (!strange.empty()) {
            const std::string list = quoted_list(strange);
            sink_
                .report(strange.front()->range, "'" + std::string(text) + "' takes no argument" +
                                                    (strange.size() == 1 ? " " : "s ") + list)
                .subject =
                std::string(text) + "(" + std::string(facts_.text(strange.front()->name)) + ")";
        }
        if (!absent.empty() && unknown.empty()) {
            std::string list;
            for (const std::string_view name : absent)
                list += (list.empty() ? "'" : ", '") + std::string(name) + "'";
            sink_
                .report(facts_.names[call.name].range, "'" + std::string(text) + "' needs " + list +
                                                           ", which this call does not give")
                .subject = std::string(text);
        }
        if (too_many) {
            sink_
                .report(facts_.names[call.name].range,
                        "'" + std::string(text) + "' takes at most " + std::to_string(positional) +
                            " argument" + (positional == 1 ? "" : "s") +
                            " without a name; here are " + std::to_string(call.positional))
                .subject = std::string(text);
        }
    }

    [[nodiscard]] std::string quoted_list(
        const std::vector<const ExampleKeyword*>& keywords) const {
        std::string list;
        for (const ExampleKeyword* keyword : keywords)
            list += (list.empty() ? "'" : ", '") + std::string(facts_.text(keyword->name)) + "'";
        return list;
    }

    /// Parameters that must be given and are not.
    [[nodiscard]] std::vector<std::string_view> absent_of(const ExampleCall& call,
                                                          const ApiSignature& signature,
                                                          bool unbound) const {
        std::vector<std::string_view> absent;
        if (call.star || call.double_star)
            return absent;
        std::size_t left = call.positional;
        if (unbound && left > 0)
            --left;
        for (const ApiParameter& one : signature.parameters) {
            const bool by_place = one.kind == ParameterKind::positional_only ||
                                  one.kind == ParameterKind::positional_or_keyword;
            if (by_place && left > 0) {
                --left;
                continue;
            }
            if (one.has_default || one.kind == ParameterKind::var_positional ||
                one.kind == ParameterKind::var_keyword)
                continue;
            const ExampleKeyword* const first = facts_.keywords.data() + call.keywords.first;
            if (std::none_of(first, first + call.keywords.count, [&](const ExampleKeyword& given) {
                    return facts_.text(given.name) == one.name;
                }))
                absent.push_back(one.name);
        }
        return absent;
    }

    /// Whether the page says that the call need not fit what is there now.
    [[nodiscard]] bool is_excused(const CodeExample& example, const ExampleCall& call) {
        if (is_about_other_versions(context_, call.range.begin)) {
            sink_.unknown("calls on pages about other versions");
            return true;
        }
        if (is_said_to_fail(context_, facts_.names[call.name].range)) {
            sink_.unknown("calls that are wrong on purpose");
            return true;
        }
        // repr() of an object need not be a call of its class.
        if (is_called_output(context_.index.own_scripts()->bytes(context_.file), example)) {
            sink_.unknown("blocks that the text calls output");
            return true;
        }
        return false;
    }

    const ProjectContext& context_;
    Sink& sink_;
    const ExampleFacts& facts_;
    const ApiIndex& api_;
};

class UnknownArgument final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        if (context.facts.examples == nullptr || context.index.own_names() == nullptr ||
            context.facts.examples->calls.empty() || context.index.is_template(context.file))
            return;
        Run run(context, sink);
        ExampleVisitor visitor;
        visitor.call = [&](const CodeExample& example, const ExampleCall& call,
                           const ExampleValue& value) { run.call(example, call, value); };
        visit_examples(context, visitor);
    }
};

}  // namespace

std::unique_ptr<Check> make_examples_unknown_argument(const Options&) {
    return std::make_unique<UnknownArgument>();
}

}  // namespace docathon::rules
