// examples/unknown-name: see rules/examples/unknown-name.yaml.

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/project/api/api_index.h"
#include "lint/project/api/own_scripts.h"
#include "lint/project/index/object_scopes.h"
#include "lint/project/index/project_index.h"
#include "lint/project/sphinx/docs_registry.h"
#include "lint/rules/support/example_names.h"
#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

using State = NameVerdict::State;

std::uint32_t dots_in(std::string_view text) {
    return static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '.'));
}

/// Roles of Sphinx' Python domain.
bool is_python_role(std::string_view role) {
    constexpr std::array kRoles = std::to_array<std::string_view>(
        {"attr", "class", "const", "data", "exc", "func", "meth", "mod", "obj"});
    if (role.starts_with("py:"))
        role.remove_prefix(3);
    return std::find(kRoles.begin(), kRoles.end(), role) != kRoles.end();
}

/// `captum.ai`, `executorch.aar.sha256`: a host, or a file.
bool is_other_name(std::string_view dotted) {
    constexpr std::array kHosts =
        std::to_array<std::string_view>({"ai", "com", "dev", "io", "net", "org"});
    constexpr std::array kFiles =
        std::to_array<std::string_view>({"aar", "jar", "so", "tar", "whl", "xcframework", "zip"});
    const auto has = [](const auto& words, std::string_view word) {
        return std::find(words.begin(), words.end(), word) != words.end();
    };
    const std::string_view rest = dotted.substr(dotted.find('.') + 1);
    return has(kHosts, rest) || has(kFiles, rest.substr(0, rest.find('.')));
}

/// `my_model`, `YourDataset`, `foo`: the reader is to put something there.
bool is_placeholder(std::string_view name) {
    constexpr std::array kStarts = std::to_array<std::string_view>(
        {"another_", "custom_", "my_", "new_", "other_", "some_", "your_"});
    constexpr std::array kNames = std::to_array<std::string_view>(
        {"anything",  "attr",  "attribute", "bar",      "baz",      "blah",   "class_name",
         "classname", "foo",   "func",      "function", "member",   "method", "module",
         "something", "stuff", "symbol",    "thing",    "whatever", "x",      "xx",
         "xxx",       "y",     "yyy",       "z"});
    const std::string lower = ascii_lower(name);
    // myrobot, mymodel
    constexpr std::array kNoPlaceholders =
        std::to_array<std::string_view>({"mypy", "mysql", "myst"});
    if (lower.size() > 4 && lower.starts_with("my") &&
        std::none_of(kNoPlaceholders.begin(), kNoPlaceholders.end(),
                     [&](std::string_view start) { return lower.starts_with(start); }))
        return true;
    const auto starts = [&](std::string_view start) { return lower.starts_with(start); };
    const auto humps = [&](std::string_view start) {
        return name.size() > start.size() && name.starts_with(start) &&
               is_ascii_alpha(name[start.size()]) &&
               name[start.size()] != ascii_lower(name[start.size()]);
    };
    constexpr std::array kHumps = std::to_array<std::string_view>(
        {"Another", "Chosen", "Custom", "My", "New", "Other", "Some", "Your"});
    return std::any_of(kStarts.begin(), kStarts.end(), starts) ||
           std::any_of(kHumps.begin(), kHumps.end(), humps) ||
           std::find(kNames.begin(), kNames.end(), lower) != kNames.end();
}

class Run {
  public:
    Run(const ProjectContext& context, Sink& sink)
        : context_(context),
          sink_(sink),
          facts_(*context.facts.examples),
          names_(*context.index.own_names()),
          api_(*context.index.api()) {}

    void code() {
        ExampleVisitor visitor;
        visitor.import = [this](const CodeExample&, const ExampleImport& one) { import(one); };
        visitor.name = [this](const CodeExample&, const ExampleName& name,
                              const ExampleValue& value) { this->name(name, value); };
        visit_examples(context_, visitor);
    }

    void running_text() {
        for (const InlineName& name : facts_.inline_names) {
            if (name.shape != InlineShape::name)
                continue;
            if (name.kind == InlineKind::role &&
                (!is_python_role(facts_.text(name.role)) || is_judged_as_link(name)))
                continue;
            const std::string_view text = facts_.text(name.text);
            if (text.find('.') == std::string_view::npos || is_other_name(text))
                continue;
            inline_name(name, text);
        }
    }

  private:
    void import(const ExampleImport& one) {
        if (one.guarded)
            return;
        // from pkg import whatever, you, need
        if (const std::string_view said = facts_.text(one.name);
            said == "whatever" || said == "anything" || said == "something")
            whimsical_ = one.module_range.begin;
        if (whimsical_ == one.module_range.begin) {
            sink_.unknown("names that stand for those of the reader");
            return;
        }
        const std::string_view module = facts_.text(one.module);
        const std::string_view name = facts_.text(one.name);
        NameVerdict verdict = names_.find(module, search_for(sink_));
        if (verdict.state == State::missing) {
            // `from m import a, b`: once for the module.
            if (!reported_.insert(one.module_range.begin).second)
                return;
            report(component_range(module, one.module_range, verdict.part),
                   name_up_to(module, verdict.part), verdict);
            return;
        }
        if (verdict.state == State::unknown) {
            sink_.unknown(std::string(verdict.why));
            return;
        }
        if (name.empty() || name == "*")
            return;
        const std::string whole = std::string(module) + "." + std::string(name);
        verdict = names_.find(whole, search_for(sink_));
        if (verdict.state == State::missing && (is_bound(name) || is_printed(name)))
            sink_.unknown("names that the page defines, or prints as a program does");
        else if (verdict.state == State::missing)
            report(one.name_range, whole, verdict);
        else if (verdict.state == State::unknown)
            sink_.unknown(std::string(verdict.why));
    }

    void name(const ExampleName& name, const ExampleValue& value) {
        const std::string_view text = facts_.text(name.text);
        // pkg.coming = lambda: None
        if ((name.flags & example_name_flag::kStored) != 0)
            stored_.insert(text);
        if ((name.flags & (example_name_flag::kGuarded | example_name_flag::kStored)) != 0)
            return;
        const std::size_t dot = text.find('.');
        if (dot == std::string_view::npos)
            return;
        const NameVerdict verdict =
            resolve_value(names_, value, text.substr(dot + 1), search_for(sink_));
        if (verdict.state == State::unknown)
            sink_.unknown(std::string(verdict.why));
        if (verdict.state != State::missing)
            return;
        if (!value.imported && verdict.part == 1 && is_instance(text)) {
            sink_.unknown("names of a variable that is called as the package");
            return;
        }
        // Component of the name as it is written.
        std::uint32_t part = verdict.part + 1;
        if (value.kind == ExampleValue::Kind::path) {
            const std::uint32_t before = dots_in(value.path);
            if (verdict.part <= before)
                return;  // what is missing is in the import
            part = verdict.part - before;
        }
        const std::string_view whole = name_up_to(text, part);
        if (stored_.contains(whole)) {
            sink_.unknown("names that the page defines, or prints as a program does");
            return;
        }
        report(component_range(text, name.range, part), whole, verdict);
    }

    void inline_name(const InlineName& name, std::string_view text) {
        const std::string_view first = text.substr(0, text.find('.'));
        const std::string_view rest = text.substr(first.size() + 1);
        NameVerdict verdict;
        if (names_.is_own(first)) {
            // A parameter or variable of the page's examples: `def test(pkg): pkg.check()`.
            if (name.kind != InlineKind::role && is_bound(first)) {
                sink_.unknown("names of a variable that is called as the package");
                return;
            }
            // Printed graphs name what only a run makes: pkg._ops.aten.add.
            if (name.kind == InlineKind::word && text.find("._") != std::string_view::npos) {
                sink_.unknown("private names");
                return;
            }
            verdict = names_.find(text, search_for(sink_));
        } else if (name.kind == InlineKind::word) {
            return;
        } else {
            const ApiEntity owner = owner_of(name, first);
            if (owner.kind != ApiKind::class_ || rest.find('.') != std::string_view::npos)
                return;
            verdict = names_.member(owner, rest, search_for(sink_));
            ++verdict.part;
        }
        if (verdict.state == State::unknown)
            sink_.unknown(std::string(verdict.why));
        // `pkg.x.y` in a log need be no module: with nothing of it there, nobody knows.
        if (name.kind == InlineKind::word && verdict.part < 2)
            return;
        if (verdict.state != State::missing)
            return;
        if (names_.is_own(first) && ((verdict.part == 1 && is_instance(text)) ||
                                     (name.kind != InlineKind::role && names_.is_string(text)))) {
            sink_.unknown("names of a variable, or that the code has as a string");
            return;
        }
        // "registered onto `pkg.Modules`": several of them.
        if (name.kind != InlineKind::role && text.ends_with('s') && verdict.part == dots_in(text) &&
            names_.is_own(first) &&
            names_.find(text.substr(0, text.size() - 1), NameSearch::presence).state ==
                State::found) {
            sink_.unknown("names in the plural");
            return;
        }
        if (name.kind != InlineKind::role &&
            (is_place(name.range) || !context_.index.tree().with_name(text).empty())) {
            sink_.unknown("names of a folder or file");
            return;
        }
        report(component_range(text, name.range, verdict.part), name_up_to(text, verdict.part),
               verdict);
    }

    /// Whether an example of the page binds the name other than by an import.
    [[nodiscard]] bool is_bound(std::string_view name) {
        if (!bound_) {
            bound_.emplace();
            for (const ExampleBinding& one : facts_.bindings)
                bound_->insert(facts_.text(one.name));
        }
        return bound_->contains(name);
    }

    /// Whether a block that is no code has the word: what a program made and tells of.
    [[nodiscard]] bool is_printed(std::string_view name) {
        if (!printed_) {
            printed_.emplace();
            const std::string_view bytes = context_.index.own_scripts()->bytes(context_.file);
            const auto in_word = [](char c) { return is_ascii_alnum(c) || c == '_'; };
            for (const CodeExample& example : facts_.examples) {
                if (example.range.end > bytes.size() || (example.language != CodeLanguage::none &&
                                                         example.language != CodeLanguage::text))
                    continue;
                for (std::size_t at = example.range.begin; at < example.range.end; ++at) {
                    const std::size_t begin = at;
                    while (at < example.range.end && in_word(bytes[at]))
                        ++at;
                    // The last word of its line: of a list, or behind a colon. In the midst of one
                    // the name may be all that the program knows.
                    if (at > begin && (begin == 0 || bytes[begin - 1] != '.') &&
                        (at >= bytes.size() || bytes[at] == '\n' || bytes[at] == '\r'))
                        printed_->insert(bytes.substr(begin, at - begin));
                }
            }
        }
        return printed_->contains(name);
    }

    /// Whether a module or folder of this name stands where the page does, or above it:
    /// examples/a/scripts/x.py for `scripts.x` in examples/a/.
    [[nodiscard]] bool is_beside_page(std::string_view dotted) const {
        const FileTree& tree = context_.index.tree();
        std::string path(dotted);
        std::replace(path.begin(), path.end(), '.', '/');
        std::string_view folder = dirname(tree.file(context_.file).path);
        for (; !folder.empty(); folder = dirname(folder)) {
            const std::string there = join_path(folder, path);
            if (tree.find(there + ".py") != kNoFile || tree.is_folder(there))
                return true;
        }
        return false;
    }

    /// "Coming soon: `pkg.x`"
    [[nodiscard]] bool is_planned(Range range) const {
        constexpr std::array kWords = std::to_array<std::string_view>(
            {"coming soon", "not yet", "planned", "upcoming", "will be added", "\xf0\x9f\x9a\xa7"});
        const std::string_view bytes = context_.index.own_scripts()->bytes(context_.file);
        if (range.end > bytes.size() || range.begin == 0)
            return false;
        constexpr std::uint32_t kNear = 300;
        const std::string_view before =
            bytes.substr(0, range.begin).substr(range.begin > kNear ? range.begin - kNear : 0);
        const std::string_view behind = bytes.substr(range.end, kNear);
        const std::string line =
            ascii_lower(before.substr(before.rfind('\n') + 1)) +  // npos + 1 is 0
            ascii_lower(behind.substr(0, behind.find('\n')));
        return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
            return line.find(word) != std::string::npos;
        });
    }

    /// "Plots are placed in `pkg.run.plots`", "the folder `pkg.out`": what a program writes.
    [[nodiscard]] bool is_place(Range range) const {
        constexpr std::uint32_t kBefore = 40;
        constexpr std::array kVerbs = std::to_array<std::string_view>(
            {"placed", "saved", "stored", "written", "writes", "dumped", "logged", "generated"});
        constexpr std::array kNouns = std::to_array<std::string_view>(
            {"directory", "folder", "file", "files", "logger", "path"});
        const std::string_view bytes = context_.index.own_scripts()->bytes(context_.file);
        const std::uint32_t begin = range.begin > kBefore ? range.begin - kBefore : 0;
        const std::string before = ascii_lower(
            bytes.substr(std::min<std::size_t>(begin, bytes.size()), range.begin - begin));
        std::vector<std::string_view> words;
        for (const std::string_view word : split(before, ' ')) {
            const std::string_view plain = trim(word);
            if (!plain.empty() && plain.find_first_not_of("`*") != std::string_view::npos)
                words.push_back(plain);
        }
        const auto has = [](const auto& names, std::string_view word) {
            return std::find(names.begin(), names.end(), word) != names.end();
        };
        if (words.empty())
            return false;
        const std::string_view last = words.back();
        return has(kNouns, last) ||
               (words.size() > 1 && has(kVerbs, words[words.size() - 2]) &&
                (last == "in" || last == "to" || last == "into" || last == "under"));
    }

    /// `tensordict.permute(...)`: the variable, and not the package.
    [[nodiscard]] bool is_instance(std::string_view text) const {
        const std::size_t dot = text.find('.');
        const std::string_view rest = text.substr(dot + 1);
        return names_.is_instance_name(text.substr(0, dot), rest.substr(0, rest.find('.')));
    }

    /// The class of the project that a page means by a name alone.
    [[nodiscard]] ApiEntity owner_of(const InlineName& name, std::string_view first) const {
        if (first[0] < 'A' || first[0] > 'Z')
            return {};
        if (name.docstring != kNoItem) {
            const std::uint32_t module = context_.index.api_module(context_.file);
            if (module != kNoItem && api_.binds(module, first)) {
                const ApiEntity found = api_.name(module, first);
                return found.external ? ApiEntity{} : found;
            }
        }
        return is_spoken_of(first) ? names_.only_class(first) : ApiEntity{};
    }

    /// Whether the page means a class of this project by the name: it is at the top of a package,
    /// or the page imports it, or has it with its package.
    [[nodiscard]] bool is_spoken_of(std::string_view name) const {
        if (names_.is_exported(name))
            return true;
        for (const ExampleImport& one : facts_.imports) {
            const std::string_view module = facts_.text(one.module);
            if (facts_.text(one.name) == name && names_.is_own(module.substr(0, module.find('.'))))
                return true;
        }
        return std::any_of(
            facts_.inline_names.begin(), facts_.inline_names.end(), [&](const InlineName& one) {
                const std::string_view text = facts_.text(one.text);
                const std::size_t dot = text.rfind('.');
                return dot != std::string_view::npos && text.substr(dot + 1) == name &&
                       names_.is_own(text.substr(0, text.find('.')));
            });
    }

    /// Where pages register objects, api/unresolved-reference finds roles that lead to none. A role
    /// may lead to what a page registers, and the code no longer has.
    [[nodiscard]] bool is_judged_as_link(const InlineName& name) const {
        const DocsRegistry* docs = context_.index.docs();
        if (docs == nullptr || !docs->any())
            return false;
        if (name.docstring != kNoItem) {
            const std::uint32_t module = context_.index.api_module(context_.file);
            if (module == kNoItem)
                return true;
            const std::span<const ShownDocstring> shown = docs->shown(module);
            return std::any_of(shown.begin(), shown.end(), [&](const ShownDocstring& one) {
                return one.docstring == name.docstring;
            });
        }
        const std::vector<Reference>& references = context_.facts.references;
        return std::any_of(references.begin(), references.end(), [&](const Reference& one) {
            return one.kind == ReferenceKind::role && one.range.begin <= name.range.begin &&
                   name.range.end <= one.range.end &&
                   context_.index.resolve_object(context_.file, one, scopes().at(one.range.begin))
                           .state == Found::missing;
        });
    }

    [[nodiscard]] const ObjectScopes& scopes() const {
        if (!scopes_)
            scopes_.emplace(context_.facts);
        return *scopes_;
    }

    void report(Range range, std::string_view whole, const NameVerdict& verdict) {
        if (is_said_to_fail(context_, range)) {
            sink_.unknown("names that are wrong on purpose");
            return;
        }
        if (is_about_other_versions(context_, range.begin) ||
            says_that_it_is_old(context_, range)) {
            sink_.unknown("names on pages about other versions");
            return;
        }
        if (is_beside_page(whole)) {
            sink_.unknown("modules in a folder beside the page");
            return;
        }
        if (is_planned(range)) {
            sink_.unknown("names of what is to come");
            return;
        }
        if (is_written_here(whole.substr(whole.rfind('.') + 1))) {
            sink_.unknown("names that the page itself defines, for a file of the reader");
            return;
        }
        if (is_placeholder(whole.substr(whole.rfind('.') + 1))) {
            sink_.unknown("names that stand for those of the reader");
            return;
        }
        if (whole.ends_with(".path") && text_behind(range).starts_with(".to")) {
            sink_.unknown("names that stand for those of the reader");
            return;
        }
        const std::size_t dot = whole.rfind('.');
        const std::string_view owner = whole.substr(0, dot);
        const std::string_view last = whole.substr(dot + 1);
        Diagnostic& finding =
            sink_.report(range, "'" + std::string(owner) + "' has no '" + std::string(last) +
                                    "' in this repository" + hint(verdict.suggestion));
        finding.subject = whole;
    }

    /// Whether the page shows how to write a function or class of this name: `def evaluate(...)`
    /// for a module of the reader, a method that a framework binds to another object.
    [[nodiscard]] bool is_written_here(std::string_view name) {
        if (context_.facts.format == Format::python)
            return false;
        if (!written_) {
            written_.emplace();
            const std::string_view bytes = context_.index.own_scripts()->bytes(context_.file);
            for (const std::string_view word : {"def ", "class "}) {
                for (std::size_t at = bytes.find(word); at != std::string_view::npos;
                     at = bytes.find(word, at + word.size())) {
                    const std::size_t begin = at + word.size();
                    std::size_t end = begin;
                    while (end < bytes.size() && (is_ascii_alnum(bytes[end]) || bytes[end] == '_'))
                        ++end;
                    if (end < bytes.size() && (bytes[end] == '(' || bytes[end] == ':'))
                        written_->insert(bytes.substr(begin, end - begin));
                }
            }
        }
        return written_->contains(name);
    }

    [[nodiscard]] std::string_view text_behind(Range range) const {
        const std::string_view bytes = context_.index.own_scripts()->bytes(context_.file);
        return bytes.substr(std::min<std::size_t>(range.end, bytes.size()));
    }

    const ProjectContext& context_;
    Sink& sink_;
    const ExampleFacts& facts_;
    const OwnNames& names_;
    const ApiIndex& api_;
    std::set<std::uint32_t> reported_;
    std::uint32_t whimsical_ = kNoItem;  // the module of an import of names that stand for others
    std::optional<std::set<std::string_view>> bound_;
    std::optional<std::set<std::string_view>> printed_;
    std::optional<std::set<std::string_view>> written_;  // functions and classes that blocks define
    std::set<std::string_view> stored_;                  // x.y that an example assigned, so far
    mutable std::optional<ObjectScopes> scopes_;
};

class UnknownName final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        if (context.facts.examples == nullptr || context.index.own_names() == nullptr)
            return;
        Run run(context, sink);
        run.code();
        run.running_text();
    }
};

}  // namespace

std::unique_ptr<Check> make_examples_unknown_name(const Options&) {
    return std::make_unique<UnknownName>();
}

}  // namespace docathon::rules
