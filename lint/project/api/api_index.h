#pragma once
// ApiIndex: what the Python packages of a tree offer, without importing them: modules, the names
// that each binds after its imports and star imports ran, what those names stand for, which are
// public, and under which names one thing can be had.
//
// Public is what shared practice calls so: __all__ decides where there is one; else a name without
// underscore that is defined in the module, imported as itself (`import x as x`, the re-export of
// the typing specification), or star-imported from the same package. A plain `from .m import x` in
// an __init__.py without __all__ is `maybe`. What cannot be read is `unknown`.
//
// Frozen after construction; borrows the facts, which must outlive it. Everything is linear in the
// number of names, star imports counted with what they bring.

#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "lint/model/python_facts.h"

namespace docathon {

struct StandardClass;

/// One file of a package.
struct ApiSource {
    std::string module;    ///< dotted name
    std::string path;      ///< as records give it
    bool package = false;  ///< an __init__ file
    const PythonFacts* facts = nullptr;
    FileId file = kNoFile;        ///< in the project's tree; kNoFile outside of one
    std::string_view outer = {};  ///< folder of the tree that holds the package; borrowed
};

enum class ApiKind : std::uint8_t {
    module,
    class_,
    function,
    data,
    method,
    property,
    classmethod,
    staticmethod,
    attribute,
    unknown,  ///< of another package, or made in a way that cannot be read
};

enum class Publicness : std::uint8_t { no, maybe, yes, unknown };

/// What a name stands for: a definition or an assignment of a module, a module, or nothing known.
struct ApiEntity {
    ApiKind kind = ApiKind::unknown;
    std::uint32_t module = kNoItem;      ///< where it is defined; of a module the module itself
    std::uint32_t definition = kNoItem;  ///< of classes, functions and their like
    std::uint32_t assignment = kNoItem;  ///< of data
    bool external = false;               ///< of another package
    [[nodiscard]] bool operator==(const ApiEntity&) const = default;
};

/// One name of a module, or of a class in it.
struct ApiName {
    std::uint32_t module = kNoItem;  ///< where it is found
    std::string name;                ///< path in the module: "f", "Class.method"; empty: the module
    Publicness publicness = Publicness::no;
    std::string_view why;  ///< "__all__", "defined", "star" ...: see api_oracle.py
    ApiEntity entity;
};

/// A parameter, as it is written or as a decorator makes it of a field.
struct ApiParameter {
    std::string_view name;
    ParameterKind kind = ParameterKind::positional_or_keyword;
    bool has_default = false;
};

/// A parameter list, or that it is not known.
struct ApiSignature {
    bool known = false;
    std::vector<ApiParameter> parameters;  ///< without self and cls
};

class ApiIndex {
  public:
    /// `sources` in any order. A stub beside its module tells what the module does not say; files
    /// of one name that are no stubs are all kept, and the first, by path, is what imports mean.
    explicit ApiIndex(std::vector<ApiSource> sources);
    ApiIndex(const ApiIndex&) = delete;
    ApiIndex& operator=(const ApiIndex&) = delete;

    [[nodiscard]] std::span<const ApiSource> modules() const { return modules_; }
    /// Position of a module, or kNoItem.
    [[nodiscard]] std::uint32_t find_module(std::string_view name) const;
    /// Whether imports of the module's name mean this file.
    [[nodiscard]] bool is_imported(std::uint32_t module) const {
        return find_module(modules_[module].module) == module;
    }

    /// All names of a module and of its classes, sorted; the first is the module itself.
    [[nodiscard]] std::vector<ApiName> names(std::uint32_t module) const;
    /// What a dotted path stands for, the longest module first, then its names; kind unknown
    /// if that cannot be decided or there is nothing.
    [[nodiscard]] ApiEntity resolve(std::string_view dotted) const;

    [[nodiscard]] ApiSignature signature(const ApiEntity& entity) const;
    /// "module:Class.method", empty for data and what is not known.
    [[nodiscard]] std::string canonical(const ApiEntity& entity) const;
    /// Whether it has a docstring of its own; -1 if that is not known (data, other packages).
    [[nodiscard]] int documented(const ApiEntity& entity) const;
    [[nodiscard]] bool deprecated(const ApiEntity& entity) const;
    /// Whether the definition is public under any name of any public module, its own among them.
    /// What stands in a class is as public as the class or a class that is derived from it, unless
    /// its name begins with an underscore; `__x__` does not count as such. What stands in a
    /// function is not public.
    [[nodiscard]] Publicness publicness(std::uint32_t module, std::uint32_t definition) const;
    /// A name that a module binds.
    struct BoundName {
        std::uint32_t module = kNoItem;
        std::string_view name;
        Publicness publicness = Publicness::no;
    };
    /// All names of modules that stand for the definition, which is outside of classes; those of
    /// private modules too. By module and name.
    [[nodiscard]] std::span<const BoundName> names_of(std::uint32_t module,
                                                      std::uint32_t definition) const;
    /// Whether a base class has a member of this name: 1 or 0; -1 if bases are not known.
    [[nodiscard]] int overrides(std::uint32_t module, std::uint32_t definition) const;
    /// Whether something else than the source gives the definition its docstring: an assignment to
    /// __doc__, add_docstr(), a decorator (wraps()).
    [[nodiscard]] bool runtime_docstring(std::uint32_t module, std::uint32_t definition) const;
    /// Whether it has a docstring of its own or one that it inherits from a class of the project: 1
    /// or 0; -1 if only a run shows it.
    [[nodiscard]] int documented_or_inherits(const ApiEntity& entity) const;
    /// The same without what is inherited, as autodoc asks where autodoc_inherit_docstrings is
    /// False. Python writes docstrings for named tuples and dataclasses.
    [[nodiscard]] int documented_itself(const ApiEntity& entity) const;
    /// Names in __all__, sorted; `known` is set to whether they are all.
    [[nodiscard]] std::span<const std::string_view> all(std::uint32_t module, bool& has_all,
                                                        bool& known) const;
    /// Names that the module binds, submodules among them, sorted.
    [[nodiscard]] std::span<const std::string_view> bound(std::uint32_t module) const {
        return tables_[module].order;
    }
    /// What a name of the module stands for.
    [[nodiscard]] ApiEntity name(std::uint32_t module, std::string_view name) const {
        return lookup(module, name, 0);
    }
    /// Whether the module binds the name, in whatever way, or may: in an arm that does not run
    /// here.
    [[nodiscard]] bool binds(std::uint32_t module, std::string_view name) const;
    /// Whether the module has names that its source does not show: a star import of what is not
    /// here, a __getattr__ (unless that is asked for elsewhere).
    [[nodiscard]] bool is_open(std::uint32_t module, bool but_for_getattr = false) const;
    /// The modules of which the module imports all names.
    [[nodiscard]] std::span<const std::uint32_t> star_imports(std::uint32_t module) const {
        return tables_[module].stars;
    }
    /// What a name is in a module or a class, those of its bases among it; kind unknown if there is
    /// nothing, or that cannot be decided.
    [[nodiscard]] ApiEntity member(const ApiEntity& owner, std::string_view name) const {
        return member(owner, name, 0);
    }
    /// Whether the class and all its bases are here and have no members but those that are written:
    /// no __getattr__, no metaclass, no decorator that is not known to add none.
    [[nodiscard]] bool has_known_members(const ApiEntity& owner) const;
    /// Members that a class has itself: name and what it stands for, sorted. `inherited`: those of
    /// its bases of this project too.
    [[nodiscard]] std::vector<std::pair<std::string_view, ApiEntity>> members(
        const ApiEntity& owner, bool inherited) const;
    /// A class and all that it inherits from, near and far, as far as they are of this project;
    /// `known` is set to whether others have no members to speak of.
    [[nodiscard]] std::vector<ApiEntity> with_bases(const ApiEntity& owner, bool& known) const;
    /// A class and all that it inherits from, near and far.
    struct Ancestry {
        std::vector<ApiEntity> own;                  ///< of the project, the class first
        std::vector<const StandardClass*> standard;  ///< of Python itself
        bool known = true;   ///< whether there are no others that have members to speak of
        bool closed = true;  ///< whether there are no others at all
    };
    [[nodiscard]] Ancestry ancestry(const ApiEntity& owner) const;
    /// The dotted name of what a name of the module means, if it is none of the project's and can
    /// be told: "http.cookiejar.CookieJar", "builtins.dict". Else "".
    [[nodiscard]] std::string outside_name(std::uint32_t module, std::string_view dotted) const {
        return outside_name(module, dotted, 0);
    }
    /// Whether autodoc finds a docstring for a member of the class, be it inherited: 1 or 0; -1 if
    /// only a run shows it.
    [[nodiscard]] int documented_in(const Ancestry& classes, std::string_view name) const;
    /// Whether the value of an assignment is surely a class that is not the project's: one of
    /// Python itself, a named tuple that is made there.
    [[nodiscard]] bool names_class(const ApiEntity& entity) const;
    /// The package that holds all of these when they are installed, if their imports of each other
    /// say so: "executorch", where `from executorch.exir import x` means the folder exir. Else "".
    [[nodiscard]] const std::string& outer_package() const { return outer_; }
    /// A dotted name without the outer package.
    [[nodiscard]] std::string_view inside(std::string_view dotted) const;
    /// Whether any module is a package.
    [[nodiscard]] bool has_packages() const { return has_packages_; }
    /// Whether no part of the module's name begins with an underscore.
    [[nodiscard]] bool is_public_module(std::uint32_t module) const;
    /// The definition behind an entity, or nullptr.
    [[nodiscard]] const PyDefinition* definition(const ApiEntity& entity) const;

  private:
    /// What a name of a module or class is bound to.
    struct Binding {
        enum class Kind : std::uint8_t {
            definition,
            import,
            assignment,
            star,
            submodule,
            delegated,  ///< a class decorator made it, or setattr()
        };
        Kind kind = Kind::definition;
        /// In the facts' array; of a star import the module it is from; of `delegated` in
        /// delegated_.
        std::uint32_t index = 0;
        std::uint32_t branch = kNoItem;
        std::uint32_t source = kNoItem;  ///< star: the module whose name this is
        bool deleted = false;            ///< by `del`: other names may still stand for what it was
    };
    struct Table {
        enum class State : std::uint8_t { untouched, in_work, done } state = State::untouched;
        std::unordered_map<std::string_view, Binding> names;
        std::vector<std::string_view> order;  // sorted names
        bool star_import = false;             // of the same package
        std::vector<std::uint32_t> stars;     // what is imported with a star
        bool unknown_star = false;            // of a module that is not here
        bool has_all = false;
        bool all_known = true;
        std::vector<std::string_view> all;      // sorted
        std::vector<std::string_view> own;      // names imported from the same package, sorted
        std::vector<std::string_view> same;     // names imported as themselves, sorted
        std::vector<std::string_view> doc_set;  // definitions whose __doc__ is assigned, sorted
        // Names whose __module__ is assigned, and the module that is written.
        std::unordered_map<std::string_view, std::string_view> home_set;
        // `for x in ...: x.__module__ = __name__`, as anyio, trio and others do: all that the
        // package offers here says that it lives here.
        bool takes_home = false;
        std::vector<std::string_view> taken_home;  // `x.__module__ = __name__` outside of loops
        std::vector<bool> active;                  // by branch: may run
    };
    /// A binding of a module or class, with its place.
    struct Event {
        enum class Kind : std::uint8_t { definition, import, assignment };
        Kind kind;
        std::uint32_t index;
        std::uint32_t at;  // offset in the source
    };

    void build_table(std::uint32_t module, int depth);
    void build_all(std::uint32_t module, int depth);
    /// What `[x for x in dir() if not x.startswith("_")]` is at this offset of the module; `known`
    /// is set to whether that is all.
    [[nodiscard]] std::set<std::string_view> names_before(std::uint32_t module, std::uint32_t end,
                                                          bool& known) const;
    void bind(const PythonFacts& facts, Table& table, std::string_view name, Binding binding) const;
    /// Whether an import is of a package that is neither here nor part of Python.
    [[nodiscard]] bool is_foreign(const PyImport& import, const PythonFacts& facts) const;
    [[nodiscard]] static std::vector<Event> events(const PythonFacts& facts, std::uint32_t scope);
    /// By branch: whether it may run, by the conditions that can be decided.
    static void find_active(const PythonFacts& facts, std::vector<bool>& active);
    [[nodiscard]] static bool alternative(const PythonFacts& facts, std::uint32_t a,
                                          std::uint32_t b);
    [[nodiscard]] std::string absolute(std::uint32_t module, const PyImport& import) const;
    /// The module that a class or function says it lives in, be it another one than that which
    /// holds it: `@set_module("pandas")` above it, `Name.__module__ = "torch.jit"` behind it. Only
    /// where that module has the name.
    [[nodiscard]] std::uint32_t home(const ApiEntity& entity) const;
    /// What is written of where it says it lives; empty: nothing.
    [[nodiscard]] std::string_view written_home(const ApiEntity& entity) const;
    void take_home();
    [[nodiscard]] ApiEntity entity(std::uint32_t module, const Binding& binding, int depth) const;
    [[nodiscard]] ApiEntity lookup(std::uint32_t module, std::string_view name, int depth) const;
    [[nodiscard]] ApiEntity resolve_in(std::uint32_t module, std::string_view dotted,
                                       int depth) const;
    [[nodiscard]] ApiEntity import_entity(std::uint32_t module, const PyImport& import,
                                          int depth) const;
    [[nodiscard]] ApiEntity value_entity(std::uint32_t module, std::uint32_t assignment,
                                         int depth) const;
    [[nodiscard]] ApiEntity member(const ApiEntity& owner, std::string_view name, int depth) const;
    [[nodiscard]] const Table& class_table(std::uint32_t module, std::uint32_t definition) const;
    [[nodiscard]] Table make_class_table(std::uint32_t module, std::uint32_t definition) const;
    [[nodiscard]] ApiEntity class_entity(std::uint32_t module, std::uint32_t definition,
                                         const Table& table, const Binding& binding,
                                         int depth) const;
    void add_members(ApiName owner, std::vector<ApiName>& out, int depth) const;
    void judge(std::uint32_t module, const Table& table, std::string_view name,
               const Binding& binding, ApiName& out) const;
    /// Appends the bases of a class that are of this project, the first of them last; false if
    /// others are not known and may have members.
    bool bases(const ApiEntity& owner, std::vector<ApiEntity>& out) const;
    [[nodiscard]] std::string outside_name(std::uint32_t module, std::string_view dotted,
                                           int depth) const;
    [[nodiscard]] int class_documented(const ApiEntity& entity) const;
    [[nodiscard]] int property_documented(const ApiEntity& entity) const;
    void delegate_members();
    class MemberSetter;
    void set_members();
    /// Gives a class a member that it does not have itself.
    void add_member(Table& table, std::string_view name, const ApiEntity& entity);
    void find_public();
    void inherit_publicness();
    [[nodiscard]] std::vector<std::string> names_in(std::uint32_t module, std::string_view text,
                                                    int depth) const;
    /// The __call__ of the class's metaclass, if that is of this project and has one.
    [[nodiscard]] ApiEntity metaclass_call(const ApiEntity& entity) const;
    [[nodiscard]] ApiSignature class_signature(const ApiEntity& entity, int depth) const;
    /// The fields of a dataclass and its like, those of its bases first; false if they are not
    /// known.
    [[nodiscard]] bool add_fields(const ApiEntity& entity, std::vector<ApiParameter>& out,
                                  int depth) const;
    [[nodiscard]] bool same_package(std::uint32_t a, std::string_view other) const;

    std::vector<ApiSource> modules_;  // sorted by name
    std::unordered_map<std::string_view, std::uint32_t> by_name_;
    std::vector<Table> tables_;
    void find_outer_package();
    bool has_packages_ = false;
    std::string outer_;
    std::vector<std::uint32_t> stubs_;  // by module: its stub, or kNoItem
    // Module and definition to the module that took it home (Table::takes_home).
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> taken_home_;
    std::vector<std::vector<Publicness>> public_;   // by module, definition: outside of classes
    std::vector<std::vector<Publicness>> derived_;  // likewise: of the classes derived from it
    struct NamedDefinition {
        std::uint32_t module = kNoItem;
        std::uint32_t definition = kNoItem;
        std::uint32_t first = 0;
    };
    std::vector<NamedDefinition> named_;  // sorted; with names from `first` to that of the next
    std::vector<BoundName> bound_names_;
    std::vector<ApiEntity> delegated_;
    std::set<std::pair<std::uint32_t, std::uint32_t>> open_classes_;  // get members by setattr()
    std::deque<std::string> delegated_names_;  // views of them stand in class tables
    /// Of each module's classes outside of functions, by definition.
    std::vector<std::vector<std::pair<std::uint32_t, Table>>> class_tables_;
};

}  // namespace docathon
