#include "lint/project/sphinx/stub_values.h"

#include <algorithm>
#include <map>
#include <utility>

#include "lint/project/api/standard_classes.h"

namespace docathon {

std::string kind_of(const ApiIndex& api, const ApiEntity& entity) {
    switch (entity.kind) {
        case ApiKind::module:
            return "module";
        case ApiKind::function:
            return "function";
        case ApiKind::data:
            return "data";
        case ApiKind::method:
        case ApiKind::classmethod:
        case ApiKind::staticmethod:
            return "method";
        case ApiKind::property:
            return "property";
        case ApiKind::attribute:
            return "attribute";
        case ApiKind::class_:
        case ApiKind::unknown:
            break;
    }
    if (entity.definition == kNoItem)
        return {};
    const ApiIndex::Ancestry classes = api.ancestry(entity);
    const bool exception =
        std::find(classes.standard.begin(), classes.standard.end(),
                  standard_class("builtins.BaseException")) != classes.standard.end();
    return exception ? "exception" : "class";
}

std::vector<std::string> modules_below(const ApiIndex& api, const ApiEntity& entity,
                                       const std::string& name) {
    std::vector<std::string> out;
    for (const std::string_view member : api.bound(entity.module)) {
        const ApiEntity inner = api.name(entity.module, member);
        if (inner.kind == ApiKind::module && inner.module != kNoItem &&
            api.modules()[inner.module].module == name + "." + std::string(member))
            out.push_back(name + "." + std::string(member));
    }
    return out;
}

namespace {

void class_values(const ApiIndex& api, const ApiEntity& entity, StubValues& out) {
    const ApiIndex::Ancestry classes = api.ancestry(entity);
    std::map<std::string_view, bool> members;  // name -> a method
    for (const auto& [member, inner] : api.members(entity, true)) {
        const bool method = inner.kind == ApiKind::method || inner.kind == ApiKind::classmethod ||
                            inner.kind == ApiKind::staticmethod || inner.kind == ApiKind::function;
        // Without a value it is no member of the class.
        const bool none = inner.assignment != kNoItem &&
                          api.modules()[inner.module].facts->assignments[inner.assignment].kind ==
                              AssignmentKind::annotation;
        if (inner.kind != ApiKind::class_ && !none && !api.names_class(inner))
            members.emplace(member, method);
    }
    for (const StandardClass* one : classes.standard) {
        for (const StandardClass::Member& member : one->members)
            members.emplace(member.name, member.method);
    }
    members.emplace("__init__", true);
    std::vector<std::string> methods;
    std::vector<std::string> attributes;
    for (const auto& [member, method] : members) {
        if (!member.starts_with('_') || member == "__init__")
            (method ? methods : attributes).emplace_back(member);
    }
    out.lists = {{"methods", std::move(methods)}, {"attributes", std::move(attributes)}};
}

void module_values(const ApiIndex& api, const ApiEntity& entity, const std::string& name,
                   StubValues& out) {
    auto& lists = out.lists;
    for (const char* const list : {"functions", "classes", "exceptions", "attributes"})
        lists[list] = {};
    for (const std::string_view member : api.bound(entity.module)) {
        const ApiEntity inner = api.name(entity.module, member);
        if (inner.module != entity.module || member.starts_with('_'))
            continue;
        const std::string kind = kind_of(api, inner);
        if (kind == "function")
            lists["functions"].emplace_back(member);
        else if (kind == "class")
            lists["classes"].emplace_back(member);
        else if (kind == "exception")
            lists["exceptions"].emplace_back(member);
        else if (kind == "data" && api.documented_or_inherits(inner) == 1)
            lists["attributes"].emplace_back(member);
    }
    lists["modules"] = modules_below(api, entity, name);
}

}  // namespace

StubValues stub_values(const ApiIndex& api, const ApiEntity& entity, const std::string& name,
                       const std::string& module) {
    StubValues out;
    const std::string object = entity.kind == ApiKind::module
                                   ? name
                                   : name.substr(std::min(module.size() + 1, name.size()));
    const std::size_t dot = object.rfind('.');
    out.texts = {
        {"fullname", name},
        {"module", module},
        {"objname", object},
        {"name", object.substr(dot == std::string::npos ? 0 : dot + 1)},
        {"class", entity.kind == ApiKind::method && dot != std::string::npos ? object.substr(0, dot)
                                                                             : std::string()},
        {"objtype", kind_of(api, entity)},
        {"underline", "="}};
    if (entity.kind == ApiKind::class_)
        class_values(api, entity, out);
    else if (entity.kind == ApiKind::module)
        module_values(api, entity, name, out);
    return out;
}

}  // namespace docathon
