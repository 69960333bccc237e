// ApiIndex: the names that a module has, and which of them are public.

#include <algorithm>
#include <array>
#include <tuple>

#include "lint/project/api/api_index.h"
#include "lint/project/api/support.h"

namespace docathon {

using namespace api;

namespace {

constexpr int kMaxClassDepth = 4;

/// What is public is stronger than what may be.
int rank(Publicness one) {
    return one == Publicness::yes       ? 3
           : one == Publicness::unknown ? 2
           : one == Publicness::maybe   ? 1
                                        : 0;
}

}  // namespace

bool api::has_no_public_members(std::string_view name) {
    constexpr std::array<std::string_view, 14> kNames = {
        "ABC",      "Enum",    "Exception", "Flag",   "Generic",    "IntEnum", "IntFlag",
        "Protocol", "StrEnum", "TypedDict", "object", "NamedTuple", "Warning", "type"};
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end() ||
           name.ends_with("Error") || name.ends_with("Warning") || name.ends_with("Exception");
}

void ApiIndex::judge(std::uint32_t module, const Table& table, std::string_view name,
                     const Binding& binding, ApiName& out) const {
    if (table.has_all) {
        if (!table.all_known) {
            out.publicness = contains(table.all, name) ? Publicness::yes
                             : name.starts_with('_')   ? Publicness::no
                                                       : Publicness::unknown;
            out.why = "__all__ cannot be read";
        } else {
            out.publicness = contains(table.all, name) ? Publicness::yes : Publicness::no;
            out.why = out.publicness == Publicness::yes ? "__all__" : "not in __all__";
        }
        return;
    }
    const auto set = [&](Publicness publicness, std::string_view why) {
        out.publicness = publicness;
        out.why = why;
    };
    if (name.starts_with('_'))
        return set(Publicness::no, "underscore");
    const ApiEntity& entity = out.entity;
    const bool data = entity.kind == ApiKind::data || entity.kind == ApiKind::unknown ||
                      entity.kind == ApiKind::attribute;
    const bool here = entity.kind == ApiKind::module ? false
                      : data                         ? binding.kind == Binding::Kind::assignment
                                                     : home(entity) == module;
    if (binding.kind == Binding::Kind::delegated && entity.kind == ApiKind::unknown)
        return set(Publicness::unknown, "made by setattr()");
    if (here && entity.external)
        return set(Publicness::unknown, "alias of another package");
    if (here && entity.definition != kNoItem) {
        const std::string_view written = written_home(entity);
        if (!written.empty() && find_module(inside(written)) == kNoItem &&
            !same_package(module, written))
            return set(Publicness::unknown, "says that it is of another package");
    }
    if (here)
        return set(Publicness::yes, "defined");
    if (contains(table.same, name))
        return set(Publicness::yes, "alias");
    if (entity.kind == ApiKind::module) {
        const bool own =
            modules_[entity.module].module == modules_[module].module + "." + std::string(name);
        return own ? set(Publicness::yes, "submodule") : set(Publicness::no, "imported");
    }
    if (contains(table.own, name)) {
        return modules_[module].package && !modules_[module].facts->stub
                   ? set(Publicness::maybe, "package import")
                   : set(Publicness::no, "imported");
    }
    if (table.star_import && !data && same_package(module, modules_[entity.module].module))
        return set(Publicness::yes, "star");
    set(Publicness::no, "imported");
}

std::vector<ApiName> ApiIndex::names(std::uint32_t module) const {
    std::vector<ApiName> out;
    ApiName& own = out.emplace_back();
    own.module = module;
    own.entity.kind = ApiKind::module;
    own.entity.module = module;
    own.why = "module";
    own.publicness = Publicness::yes;
    if (!is_public_module(module))
        own.publicness = Publicness::no;
    const Table& table = tables_[module];
    for (const std::string_view name : table.order) {
        const Binding& binding = table.names.at(name);
        if (name.starts_with("__") && name.ends_with("__"))
            continue;
        ApiName made;
        made.module = module;
        made.name = std::string(name);
        made.entity = binding.kind == Binding::Kind::star ? lookup(binding.source, name, 1)
                                                          : lookup(module, name, 0);
        judge(module, table, name, binding, made);
        const bool members = made.entity.kind == ApiKind::class_ &&
                             made.entity.definition != kNoItem &&
                             (made.publicness == Publicness::yes ||
                              (made.entity.module == module && !name.starts_with('_')));
        out.push_back(made);
        if (members)
            add_members(std::move(made), out, 0);
    }
    // What __all__ promises and nothing here makes: another name of it may be public all the same.
    if (table.has_all) {
        for (const std::string_view name : table.all) {
            if (table.names.contains(name) || (name.starts_with("__") && name.ends_with("__")))
                continue;
            ApiName made;
            made.module = module;
            made.name = std::string(name);
            if (stubs_[module] != kNoItem)
                made.entity = lookup(stubs_[module], name, 1);
            made.publicness = table.unknown_star || table.names.contains("__getattr__") ||
                                      made.entity.kind != ApiKind::unknown
                                  ? Publicness::yes
                                  : Publicness::unknown;
            made.why = "__all__";
            out.push_back(std::move(made));
        }
    }
    std::sort(out.begin() + 1, out.end(),
              [](const ApiName& a, const ApiName& b) { return a.name < b.name; });
    return out;
}

void ApiIndex::add_members(ApiName owner, std::vector<ApiName>& out, int depth) const {
    const std::uint32_t module = owner.entity.module;
    const Table& table = class_table(module, owner.entity.definition);
    for (const std::string_view name : table.order) {
        const bool dunder = name.starts_with("__") && name.ends_with("__") && name.size() > 4;
        ApiName made;
        made.module = owner.module;
        made.name = owner.name + "." + std::string(name);
        made.entity = class_entity(module, owner.entity.definition, table, table.names.at(name), 0);
        if (dunder && made.entity.definition == kNoItem)
            continue;
        made.publicness = name.starts_with('_') ? Publicness::no : owner.publicness;
        made.why = dunder ? "dunder" : name.starts_with('_') ? "underscore" : "member";
        const bool nested = made.entity.kind == ApiKind::class_ && made.entity.module == module &&
                            depth + 1 < kMaxClassDepth &&
                            modules_[module].facts->definitions[made.entity.definition].parent ==
                                owner.entity.definition;
        out.push_back(made);
        if (nested)
            add_members(std::move(made), out, depth + 1);
    }
}

bool ApiIndex::is_public_module(std::uint32_t module) const {
    for (std::string_view rest = modules_[module].module; !rest.empty();
         rest.remove_prefix(std::min(rest.size(), first_part(rest).size() + 1))) {
        if (first_part(rest).starts_with('_') && first_part(rest) != "__main__")
            return false;
    }
    return true;
}

void ApiIndex::find_public() {
    public_.resize(modules_.size());
    for (std::uint32_t module = 0; module < modules_.size(); ++module)
        public_[module].resize(modules_[module].facts->definitions.size(), Publicness::no);
    struct Named {
        std::uint32_t module;
        std::uint32_t definition;
        BoundName name;
    };
    std::vector<Named> all;
    for (std::uint32_t module = 0; module < modules_.size(); ++module) {
        const bool open = is_public_module(module);
        const Table& table = tables_[module];
        for (const std::string_view name : table.order) {
            const Binding& binding = table.names.at(name);
            if (binding.kind == Binding::Kind::submodule)
                continue;
            ApiName made;
            made.entity = binding.kind == Binding::Kind::star ? lookup(binding.source, name, 1)
                                                              : lookup(module, name, 0);
            if (made.entity.definition == kNoItem)
                continue;
            judge(module, table, name, binding, made);
            all.push_back({made.entity.module,
                           made.entity.definition,
                           {module, name, open ? made.publicness : Publicness::no}});
            Publicness& best = public_[made.entity.module][made.entity.definition];
            if (open && rank(made.publicness) > rank(best))
                best = made.publicness;
        }
    }
    inherit_publicness();
    std::stable_sort(all.begin(), all.end(), [](const Named& a, const Named& b) {
        return std::tie(a.module, a.definition) < std::tie(b.module, b.definition);
    });
    for (const Named& one : all) {
        if (named_.empty() || named_.back().module != one.module ||
            named_.back().definition != one.definition)
            named_.push_back(
                {one.module, one.definition, static_cast<std::uint32_t>(bound_names_.size())});
        bound_names_.push_back(one.name);
    }
}

std::span<const ApiIndex::BoundName> ApiIndex::names_of(std::uint32_t module,
                                                        std::uint32_t definition) const {
    const auto at = std::lower_bound(
        named_.begin(), named_.end(), std::pair(module, definition),
        [](const NamedDefinition& one, const std::pair<std::uint32_t, std::uint32_t>& wanted) {
            return std::pair(one.module, one.definition) < wanted;
        });
    if (at == named_.end() || at->module != module || at->definition != definition)
        return {};
    const std::size_t end = at + 1 == named_.end() ? bound_names_.size() : (at + 1)->first;
    return std::span(bound_names_).subspan(at->first, end - at->first);
}

Publicness ApiIndex::publicness(std::uint32_t module, std::uint32_t definition) const {
    const PythonFacts& facts = *modules_[module].facts;
    const PyDefinition& one = facts.definitions[definition];
    if ((one.flags & definition_flag::kInFunction) != 0)
        return Publicness::no;
    std::uint32_t at = definition;
    for (; facts.definitions[at].parent != kNoItem; at = facts.definitions[at].parent) {
        const std::string_view name = facts.text(facts.definitions[at].name);
        const bool dunder = name.starts_with("__") && name.ends_with("__") && name.size() > 4;
        if (name.starts_with('_') && !dunder)
            return Publicness::no;
    }
    if (at == definition)
        return public_[module][at];
    return rank(derived_[module][at]) > rank(public_[module][at]) ? derived_[module][at]
                                                                  : public_[module][at];
}

int ApiIndex::overrides(std::uint32_t module, std::uint32_t definition) const {
    const PythonFacts& facts = *modules_[module].facts;
    const std::uint32_t owner = facts.definitions[definition].parent;
    if (owner == kNoItem || facts.definitions[owner].kind != DefinitionKind::class_)
        return 0;
    const std::string_view name = facts.text(facts.definitions[definition].name);
    constexpr std::size_t kMostClasses = 60;
    bool known = true;
    std::vector<ApiEntity> seen;
    ApiEntity start;
    start.kind = ApiKind::class_;
    start.module = module;
    start.definition = owner;
    std::vector<ApiEntity> todo = {start};
    while (!todo.empty()) {
        if (seen.size() >= kMostClasses)
            return -1;
        const ApiEntity one = todo.back();
        todo.pop_back();
        if (std::find(seen.begin(), seen.end(), one) != seen.end())
            continue;
        seen.push_back(one);
        if (seen.size() > 1 && class_table(one.module, one.definition).names.contains(name))
            return 1;
        known = bases(one, todo) && known;
    }
    return known ? 0 : -1;
}

/// Members of a base that is not public itself are members of the public classes derived from it.
void ApiIndex::inherit_publicness() {
    constexpr std::size_t kMostClasses = 60;
    derived_.resize(modules_.size());
    for (std::uint32_t module = 0; module < modules_.size(); ++module)
        derived_[module].resize(public_[module].size(), Publicness::no);
    for (std::uint32_t module = 0; module < modules_.size(); ++module) {
        for (std::uint32_t at = 0; at < public_[module].size(); ++at) {
            const Publicness own = public_[module][at];
            if (own == Publicness::no ||
                modules_[module].facts->definitions[at].kind != DefinitionKind::class_)
                continue;
            ApiEntity start;
            start.kind = ApiKind::class_;
            start.module = module;
            start.definition = at;
            std::vector<ApiEntity> seen;
            std::vector<ApiEntity> todo = {start};
            while (!todo.empty() && seen.size() < kMostClasses) {
                const ApiEntity one = todo.back();
                todo.pop_back();
                if (std::find(seen.begin(), seen.end(), one) != seen.end())
                    continue;
                seen.push_back(one);
                Publicness& best = derived_[one.module][one.definition];
                if (rank(own) > rank(best))
                    best = own;
                (void)bases(one, todo);
            }
        }
    }
}

bool ApiIndex::bases(const ApiEntity& owner, std::vector<ApiEntity>& out) const {
    bool known = true;
    const PythonFacts& facts = *modules_[owner.module].facts;
    const PyDefinition& made = facts.definitions[owner.definition];
    for (std::uint32_t i = made.argument_count; i-- > 0;) {
        const PyArgument& base = facts.arguments[made.first_argument + i];
        std::string_view written = facts.text(base.value);
        if (!base.keyword.empty())
            continue;
        written = trim(written.substr(0, written.find('[')));
        if (has_no_public_members(last_part(written)))
            continue;
        const ApiEntity found =
            is_dotted_name(written) ? resolve_in(owner.module, written, 0) : ApiEntity{};
        if (found.kind == ApiKind::class_ && found.definition != kNoItem)
            out.push_back(found);
        else
            known = false;
    }
    return known;
}

}  // namespace docathon
