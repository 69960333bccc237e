// ApiIndex: constructors that are made of fields (dataclasses, attrs, NamedTuple), and members that
// class decorators make of members of other classes.

#include <algorithm>

#include "lint/project/api/api_index.h"
#include "lint/project/api/support.h"

namespace docathon {

using namespace api;

namespace api {

FieldStyle field_style(const PythonFacts& facts, const PyDefinition& definition) {
    for (std::uint32_t i = 0; i < definition.decorator_count; ++i) {
        const PyDecorator& decorator = facts.decorators[definition.first_decorator + i];
        const std::string_view name = facts.text(decorator.name);
        const std::string_view last = last_part(name);
        bool init = true;
        for (std::uint32_t k = 0; k < decorator.argument_count; ++k) {
            const PyArgument& argument = facts.arguments[decorator.first_argument + k];
            if (facts.text(argument.keyword) == "init" && facts.text(argument.value) == "False")
                init = false;
        }
        if (last == "dataclass")
            return init ? FieldStyle::dataclass : FieldStyle::none;
        if (last == "define" || last == "frozen" || last == "mutable")
            return init ? FieldStyle::attrs : FieldStyle::none;
        if (name == "attr.s" || name == "attr.attrs" || name == "attrs" || name == "attr.dataclass")
            return FieldStyle::unknown;
    }
    for (std::uint32_t i = 0; i < definition.argument_count; ++i) {
        const PyArgument& base = facts.arguments[definition.first_argument + i];
        if (base.keyword.empty() && last_part(facts.text(base.value)) == "NamedTuple")
            return FieldStyle::named_tuple;
    }
    return FieldStyle::none;
}

}  // namespace api

namespace {

/// A keyword argument of a call as it is written, such as `init=False` of `field(init=False)`; ""
/// if the call has none. Calls in calls are not looked into.
std::string_view keyword_value(std::string_view call, std::string_view keyword) {
    int depth = 0;
    for (std::size_t i = 0; i < call.size(); ++i) {
        if (call[i] == '(' || call[i] == '[' || call[i] == '{') {
            ++depth;
        } else if (call[i] == ')' || call[i] == ']' || call[i] == '}') {
            --depth;
        } else if (depth == 1 && call.substr(i).starts_with(keyword) &&
                   (call[i - 1] == '(' || call[i - 1] == ',' || is_ascii_space(call[i - 1]))) {
            const std::string_view rest = trim_left(call.substr(i + keyword.size()));
            if (rest.starts_with('=') && !rest.starts_with("=="))
                return trim(rest.substr(1, rest.find_first_of(",)") - 1));
        }
    }
    return {};
}

/// Whether the value is a call of a function that describes a field.
bool is_field_call(std::string_view value) {
    const std::size_t open = value.find('(');
    if (open == std::string_view::npos)
        return false;
    const std::string_view name = last_part(trim(value.substr(0, open)));
    return name == "field" || name == "ib" || name == "attrib";
}

}  // namespace

bool ApiIndex::add_fields(const ApiEntity& entity, std::vector<ApiParameter>& out,
                          int depth) const {
    if (depth > kMaxDepth)
        return false;
    const PythonFacts& facts = *modules_[entity.module].facts;
    const PyDefinition& definition = facts.definitions[entity.definition];
    const FieldStyle style = field_style(facts, definition);
    if (style == FieldStyle::unknown)
        return false;
    for (std::uint32_t i = definition.argument_count; i-- > 0;) {
        const PyArgument& base = facts.arguments[definition.first_argument + i];
        const std::string_view written = facts.text(base.value);
        if (!base.keyword.empty() || style == FieldStyle::named_tuple)
            continue;
        const std::string_view plain = last_part(written.substr(0, written.find('[')));
        if (plain == "object" || plain == "ABC" || plain == "Generic" || plain == "Protocol")
            continue;
        const ApiEntity found =
            is_dotted_name(written) ? resolve_in(entity.module, written, depth + 5) : ApiEntity{};
        if (found.kind != ApiKind::class_ || found.definition == kNoItem || found == entity)
            return false;
        if (!add_fields(found, out, depth + 5))
            return false;
    }
    if (style == FieldStyle::none)
        return true;  // a plain base has no fields
    bool keyword_only = false;
    for (std::uint32_t i = 0; i < definition.decorator_count; ++i) {
        const PyDecorator& decorator = facts.decorators[definition.first_decorator + i];
        for (std::uint32_t k = 0; k < decorator.argument_count; ++k) {
            const PyArgument& argument = facts.arguments[decorator.first_argument + k];
            keyword_only = keyword_only || (facts.text(argument.keyword) == "kw_only" &&
                                            facts.text(argument.value) == "True");
        }
    }
    for (const Event& event : events(facts, entity.definition)) {
        if (event.kind != Event::Kind::assignment)
            continue;
        const PyAssignment& one = facts.assignments[event.index];
        const std::string_view annotation = facts.text(one.annotation);
        std::string_view name = facts.text(one.target);
        if (annotation.empty() || annotation.find("ClassVar") != std::string_view::npos ||
            name.find('.') != std::string_view::npos)
            continue;
        if (last_part(annotation) == "KW_ONLY") {
            keyword_only = true;
            continue;
        }
        const std::string_view value = facts.text(one.value);
        const bool call = is_field_call(value);
        if (call && keyword_value(value, "init") == "False") {
            std::erase_if(out, [&](const ApiParameter& field) { return field.name == name; });
            continue;
        }
        if (style == FieldStyle::attrs) {
            while (name.starts_with('_'))
                name.remove_prefix(1);
        }
        const bool has_default = call ? !keyword_value(value, "default").empty() ||
                                            !keyword_value(value, "default_factory").empty() ||
                                            !keyword_value(value, "factory").empty()
                                      : one.kind == AssignmentKind::value;
        const bool named = keyword_only || (call && keyword_value(value, "kw_only") == "True");
        const ApiParameter made{
            name, named ? ParameterKind::keyword_only : ParameterKind::positional_or_keyword,
            has_default};
        const auto known = std::find_if(
            out.begin(), out.end(), [&](const ApiParameter& field) { return field.name == name; });
        if (known != out.end())
            *known = made;
        else
            out.push_back(made);
    }
    // Those for keywords only stand behind the others.
    std::stable_partition(out.begin(), out.end(), [](const ApiParameter& field) {
        return field.kind != ParameterKind::keyword_only;
    });
    return true;
}

// ---- class decorators --------------------------------------------------------------------------

std::vector<std::string> ApiIndex::names_in(std::uint32_t module, std::string_view text,
                                            int depth) const {
    constexpr std::size_t kMostNames = 500;
    std::vector<std::string> out;
    // In `[x for x in Other.names if x not in ("a", "b")]` the last two are left out.
    std::vector<std::string> without;
    const std::size_t exception = text.find(" not in ");
    std::size_t at = 0;
    while (at < text.size() && out.size() < kMostNames) {
        const char c = text[at];
        if (c == '"' || c == '\'') {
            const std::size_t end = text.find(c, at + 1);
            if (end == std::string_view::npos)
                break;
            const std::string_view name = text.substr(at + 1, end - at - 1);
            if (is_name(name))
                (at > exception ? without : out).emplace_back(name);
            at = end + 1;
        } else if (is_ascii_alnum(c) || c == '_') {
            std::size_t end = at;
            while (end < text.size() &&
                   (is_ascii_alnum(text[end]) || text[end] == '_' || text[end] == '.'))
                ++end;
            const std::string_view name = text.substr(at, end - at);
            at = end;
            if (depth > 4 || !is_dotted_name(name) || name.find('.') == std::string_view::npos)
                continue;
            const ApiEntity found = resolve_in(module, name, 0);
            if (found.assignment == kNoItem || found.module == kNoItem)
                continue;
            const PythonFacts& facts = *modules_[found.module].facts;
            for (std::string& more :
                 names_in(found.module, facts.text(facts.assignments[found.assignment].value),
                          depth + 1))
                out.push_back(std::move(more));
        } else {
            ++at;
        }
    }
    std::erase_if(out, [&](const std::string& name) {
        return std::find(without.begin(), without.end(), name) != without.end();
    });
    return out;
}

void ApiIndex::add_member(Table& table, std::string_view name, const ApiEntity& entity) {
    if (table.names.contains(name))
        return;
    const std::string_view entry = delegated_names_.emplace_back(name);
    Binding binding;
    binding.kind = Binding::Kind::delegated;
    binding.index = static_cast<std::uint32_t>(delegated_.size());
    delegated_.push_back(entity);
    table.names.emplace(entry, binding);
    table.order.insert(std::lower_bound(table.order.begin(), table.order.end(), entry), entry);
}

/// `@inherit_names(["a", "b"], Other)`, `@delegate_names(delegate=Other, accessors=[...])`, as
/// pandas has them: a decorator of a class that is given another class and names of members of it.
void ApiIndex::delegate_members() {
    for (std::uint32_t module = 0; module < modules_.size(); ++module) {
        const PythonFacts& facts = *modules_[module].facts;
        for (auto& [definition_index, table] : class_tables_[module]) {
            const PyDefinition& definition = facts.definitions[definition_index];
            for (std::uint32_t i = 0; i < definition.decorator_count; ++i) {
                const PyDecorator& decorator = facts.decorators[definition.first_decorator + i];
                if (decorator.argument_count < 2)
                    continue;
                ApiEntity other;
                for (std::uint32_t k = 0; k < decorator.argument_count; ++k) {
                    const std::string_view value =
                        facts.text(facts.arguments[decorator.first_argument + k].value);
                    const ApiEntity found =
                        is_dotted_name(value) ? resolve_in(module, value, 0) : ApiEntity{};
                    if (found.kind == ApiKind::class_ && found.definition != kNoItem)
                        other = found;
                }
                if (other.kind != ApiKind::class_ ||
                    (other.module == module && other.definition == definition_index))
                    continue;
                for (std::uint32_t k = 0; k < decorator.argument_count; ++k) {
                    const PyArgument& argument = facts.arguments[decorator.first_argument + k];
                    for (const std::string& name :
                         names_in(module, facts.text(argument.value), 0)) {
                        const ApiEntity found = member(other, name, 0);
                        if (found.kind == ApiKind::unknown || found.module == kNoItem)
                            continue;
                        add_member(table, name, found);
                    }
                }
            }
        }
    }
}

}  // namespace docathon
