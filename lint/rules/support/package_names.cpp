#include "lint/rules/support/package_names.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "lint/rules/support/example_walk.h"

namespace docathon::rules {

namespace {

std::string_view first_of(std::string_view dotted) {
    return dotted.substr(0, dotted.find('.'));
}

/// What the names of one group stand for.
class Bindings {
  public:
    Bindings(const ExampleFacts& facts, const PackageNameVisitor& visitor)
        : facts_(facts), visitor_(visitor) {}

    void clear() { names_.clear(); }

    void read(const CodeExample& example) {
        example_ = &example;
        walk_example(facts_, example, *this);
    }

    void name(std::uint32_t index) {
        const ExampleName& name = facts_.names[index];
        path_ = resolve(facts_.text(name.text));
        if (!path_.empty() && visitor_.name)
            visitor_.name(*example_, name, path_, made_by(facts_.text(name.text)));
    }

    void call(std::uint32_t index) {
        if (!path_.empty() && visitor_.call)
            visitor_.call(*example_, facts_.calls[index], path_);
    }

    void import(std::uint32_t index) {
        const ExampleImport& one = facts_.imports[index];
        if (one.level > 0)
            return;
        const std::string module(facts_.text(one.module));
        const std::string_view name = facts_.text(one.name);
        const std::string_view alias = facts_.text(one.alias);
        const std::string path = name.empty() ? module : module + "." + std::string(name);
        if (visitor_.import)
            visitor_.import(*example_, one, path);
        if (name == "*")
            return;
        const std::string_view bound = !alias.empty()  ? alias
                                       : !name.empty() ? name
                                                       : first_of(module);
        names_[std::string(bound)] = {
            name.empty() && alias.empty() ? std::string(first_of(module)) : path, false};
    }

    void bind(std::uint32_t index) {
        const ExampleBinding& one = facts_.bindings[index];
        const bool alias = one.kind == BindingKind::alias || one.kind == BindingKind::result;
        // Of x = Class(): members of x are those of the class.
        Bound bound{alias ? resolve(facts_.text(one.value)) : std::string(),
                    one.kind == BindingKind::result};
        const auto [at, made] = names_.try_emplace(std::string(facts_.text(one.name)));
        // `if new: f = a.f` and `else: f = a.old`: which of them is not known.
        if (!made && one.kind == BindingKind::alias && !at->second.path.empty() &&
            at->second.path != bound.path)
            bound.path.clear();
        at->second = std::move(bound);
    }

  private:
    struct Bound {
        std::string path;       ///< "" = not known
        bool instance = false;  ///< what a call of it gives
    };

    /// The dotted name behind a written one, "" if it is not known.
    [[nodiscard]] std::string resolve(std::string_view written) const {
        const std::string_view first = first_of(written);
        const auto at = names_.find(first);
        if (at == names_.end()) {
            // Examples leave out what everybody imports.
            return first.size() < written.size() && (first == "torch" || first == "torchvision")
                       ? std::string(written)
                       : std::string();
        }
        // What a call gives is not what was called, but may have its members.
        if (at->second.path.empty() || (at->second.instance && first.size() == written.size()))
            return {};
        return at->second.path + std::string(written.substr(first.size()));
    }

    [[nodiscard]] std::size_t made_by(std::string_view written) const {
        const auto at = names_.find(first_of(written));
        if (at == names_.end() || !at->second.instance)
            return 0;
        const std::string& path = at->second.path;
        return static_cast<std::size_t>(std::count(path.begin(), path.end(), '.')) + 1;
    }

    const ExampleFacts& facts_;
    const PackageNameVisitor& visitor_;
    const CodeExample* example_ = nullptr;
    std::string path_;  // of the name that was read last
    std::map<std::string, Bound, std::less<>> names_;
};

}  // namespace

void visit_package_names(const ExampleFacts& facts, const PackageNameVisitor& visitor) {
    Bindings bindings(facts, visitor);
    std::uint32_t group = kNoItem;
    for (const CodeExample& example : facts.examples) {
        if (example.language != CodeLanguage::python ||
            (example.flags & (example_flag::kDiff | example_flag::kTooLarge)) != 0)
            continue;
        if (example.group != group) {
            bindings.clear();
            if (visitor.group)
                visitor.group();
        }
        group = example.group;
        bindings.read(example);
    }
}

}  // namespace docathon::rules
