#include "lint/parse/labels.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "lint/core/strings.h"
#include "lint/parse/rst/names.h"

namespace docathon {

namespace {

/// Directives that leave nothing, or nothing that docutils hands a target on to, in the page: the
/// label before one belongs to what follows. Sphinx puts index entries before targets
/// (ReorderConsecutiveTargetAndIndexNodes).
constexpr std::array kTransparent = std::to_array<std::string_view>(
    {"codeauthor", "currentmodule", "default-domain", "default-role", "highlight", "index", "meta",
     "moduleauthor", "program", "py:currentmodule", "role", "sectionauthor", "tabularcolumns",
     "title"});
static_assert(std::is_sorted(kTransparent.begin(), kTransparent.end()));

/// Directives that have no title that a reference could show.
constexpr std::array kUntitled = std::to_array<std::string_view>(
    {"attention", "caution", "danger", "error", "hint", "image", "important", "note", "seealso",
     "tip", "versionadded", "versionchanged", "warning"});
static_assert(std::is_sorted(kUntitled.begin(), kUntitled.end()));

/// Directives that describe objects of Python, by hand or from code: "auto" may stand before them.
/// Of those of the first list the names of members are completed by the object.
constexpr std::array kClasses = std::to_array<std::string_view>({"class", "exception"});
constexpr std::array kPythonObjects = std::to_array<std::string_view>(
    {"attribute", "classmethod", "data", "decorator", "decoratormethod", "function", "method",
     "property", "staticmethod"});

/// Objects of Sphinx' std domain that have their name as the argument.
constexpr std::array kObjects = std::to_array<std::string_view>({"confval", "envvar"});

std::string_view without_std(std::string_view name) {
    return name.starts_with("std:") ? name.substr(4) : name;
}

/// Words of inline markup without the markup: `a *b* ``c``` is `a b c`.
std::string plain(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) {
            out += text[++i];
        } else if (text[i] != '`' && text[i] != '*') {
            out += text[i];
        }
    }
    return out;
}

std::string collapse(std::string_view text) {
    return rst::whitespace_normalize_name(text);
}

class Collector {
  public:
    Collector(std::string_view source, const Document& document, FileFacts& facts)
        : source_(source), document_(document), facts_(facts) {}

    void run() {
        const auto nodes = document_.nodes();
        for (NodeId id = 0; id < nodes.size(); ++id)
            visit(id, nodes[id]);
    }

  private:
    [[nodiscard]] std::string_view bytes(Range range) const {
        return source_.substr(range.begin, range.size());
    }

    void add(LabelKind kind, std::string name, Range range, bool titled = true,
             std::string scope = {}) {
        if (name.empty())
            return;
        Label& label = facts_.labels.emplace_back();
        label.kind = kind;
        label.titled = titled;
        label.name = std::move(name);
        label.scope = std::move(scope);
        label.range = range;
    }

    void visit(NodeId id, const Node& node) {
        const NodeData& data = document_.data(node);
        switch (node.kind) {
            case NodeKind::target:
                target(id, node, data);
                break;
            case NodeKind::attributes:
                if (!data.name.empty())
                    add(LabelKind::label, rst::fully_normalize_name(data.name), data.name_range);
                break;
            case NodeKind::directive:
                directive(node, data);
                break;
            case NodeKind::directive_option:
                option(node, data);
                break;
            case NodeKind::math_block:
                // MyST: $$ x $$ (label)
                if (!data.name.empty() && data.name != "math")
                    add(LabelKind::equation, data.name, data.name_range);
                break;
            case NodeKind::item:
                if (data.title == "citation")
                    add(LabelKind::citation, collapse(data.name), data.name_range);
                break;
            default:
                break;
        }
    }

    // --- labels ---------------------------------------------------------------------------------

    enum class Title : std::uint8_t { yes, no, address };

    void target(NodeId id, const Node& node, const NodeData& data) {
        std::string_view name = data.name;
        if (name.size() > 1 && name.starts_with('`') && name.ends_with('`'))
            name = name.substr(1, name.size() - 2);
        const bool block = document_.node(node.parent).kind != NodeKind::paragraph &&
                           document_.node(node.parent).kind != NodeKind::heading;
        const Title title = block ? title_after(id) : Title::no;
        if (title == Title::address)
            return;
        add(LabelKind::label, rst::fully_normalize_name(rst::unescape(rst::escape2null(name))),
            data.name_range, title == Title::yes);
    }

    /// What a label before something gets of it (docutils' PropagateTargets, process_doc() of
    /// Sphinx' std domain). What is not sure counts as a title.
    [[nodiscard]] Title title_after(NodeId id) {
        if (const auto known = titles_.find(id); known != titles_.end())
            return known->second;
        std::vector<NodeId> chain;
        const Title title = follow(id, chain);
        // A page may be one long chain of labels: each link is gone along once.
        for (const NodeId link : chain)
            titles_.emplace(link, title);
        return title;
    }

    [[nodiscard]] Title follow(NodeId id, std::vector<NodeId>& chain) const {
        while (true) {
            NodeId next = document_.node(id).next;
            // The last one in a list or a directive stands before what follows that.
            for (NodeId up = id; next == kNoNode;) {
                up = document_.node(up).parent;
                if (up == kNoNode || document_.node(up).kind == NodeKind::document)
                    return Title::yes;
                next = document_.node(up).next;
            }
            const Node& node = document_.node(next);
            const NodeData& data = document_.data(node);
            switch (node.kind) {
                case NodeKind::target:
                    if (const auto known = titles_.find(next); known != titles_.end())
                        return known->second;
                    chain.push_back(next);
                    break;
                case NodeKind::link_definition:
                    return Title::address;
                case NodeKind::directive: {
                    const std::string_view name = without_std(data.name);
                    if (!std::binary_search(kTransparent.begin(), kTransparent.end(), name))
                        return directive_title(node, name, data) ? Title::yes : Title::no;
                    break;
                }
                case NodeKind::code_block:
                    return has_option(node, "caption") ? Title::yes : Title::no;
                case NodeKind::paragraph:
                case NodeKind::block_quote:
                case NodeKind::comment:
                case NodeKind::block_break:
                case NodeKind::thematic_break:
                case NodeKind::footnote_definition:
                case NodeKind::table:
                    return Title::no;
                default:
                    return Title::yes;
            }
            id = next;
        }
    }

    [[nodiscard]] bool has_option(const Node& node, std::string_view name) const {
        for (NodeId id = node.first_child; id != kNoNode; id = document_.node(id).next) {
            const Node& child = document_.node(id);
            if (child.kind == NodeKind::directive_option && document_.data(child).name == name)
                return true;
        }
        return false;
    }

    [[nodiscard]] bool directive_title(const Node& node, std::string_view name,
                                       const NodeData& data) const {
        if (std::binary_search(kUntitled.begin(), kUntitled.end(), name))
            return false;
        if (name == "literalinclude" || name == "toctree")
            return has_option(node, "caption");
        if (name == "table" || name == "csv-table" || name == "list-table")
            return !data.text.empty();
        if (name == "figure") {
            for (NodeId id = node.first_child; id != kNoNode; id = document_.node(id).next) {
                if (document_.node(id).kind != NodeKind::directive_option)
                    return true;
            }
            return false;
        }
        return true;
    }

    void option(const Node& node, const NodeData& data) {
        const Node& owner = document_.node(node.parent);
        const NodeData& of = document_.data(owner);
        if (owner.kind == NodeKind::math_block && data.name == "label") {
            add(LabelKind::equation, std::string(trim(data.text)), data.text_range);
            return;
        }
        if (data.name != "name")
            return;
        bool titled = true;
        if (owner.kind == NodeKind::directive)
            titled = directive_title(owner, without_std(of.name), of);
        else if (owner.kind == NodeKind::code_block)
            titled = has_option(owner, "caption");
        add(LabelKind::label, rst::fully_normalize_name(data.text), data.text_range, titled);
        if (owner.kind == NodeKind::math_block)
            add(LabelKind::equation, std::string(trim(data.text)), data.text_range);
    }

    // --- objects of the std domain --------------------------------------------------------------

    void directive(const Node& node, const NodeData& data) {
        python_scope(node, data);
        const std::string_view name = without_std(data.name);
        if (name == "glossary") {
            glossary(node);
        } else if (name == "option" || name == "cmdoption") {
            options(data);
        } else if (name == "productionlist") {
            productions(data);
        } else if (name == "program") {
            program(node, data);
        } else if (name == "figure-md") {
            add(LabelKind::label, rst::fully_normalize_name(data.text), data.text_range);
        } else if (std::find(kObjects.begin(), kObjects.end(), name) != kObjects.end()) {
            each_line(data.text, [&](std::string_view line) {
                add(LabelKind::envvar, collapse(plain(line)), data.text_range);
            });
        } else if (name == "rst:directive" || name == "rst:role" ||
                   name == "rst:directive:option") {
            markup_object(node, data);
        } else {
            unread(node);
        }
    }

    /// Directives and roles that the rst domain describes (sphinx.domains.rst, parse_directive()).
    void markup_object(const Node& node, const NodeData& data) {
        each_line(data.text, [&](std::string_view line) {
            if (data.name == "rst:role") {
                add(LabelKind::envvar, "rst:role " + std::string(line), data.text_range);
            } else if (data.name == "rst:directive") {
                add(LabelKind::envvar, "rst:dir " + directive_name(line), data.text_range);
            } else {
                const std::string option(trim(line.substr(0, line.find(':'))));
                std::string owner;
                for (NodeId up = node.parent; up != kNoNode && owner.empty();
                     up = document_.node(up).parent) {
                    const NodeData& around = document_.data(up);
                    if (document_.node(up).kind == NodeKind::directive &&
                        around.name == "rst:directive")
                        owner = directive_name(around.text.substr(0, around.text.find('\n')));
                }
                add(LabelKind::envvar, "rst:dir " + owner + ":" + option, data.text_range);
            }
        });
    }

    /// `.. name:: argument` or the name alone.
    static std::string directive_name(std::string_view signature) {
        signature = trim(signature);
        if (signature.starts_with(".. "))
            signature = signature.substr(3, signature.substr(3).find("::"));
        return std::string(trim(signature));
    }

    /// Whole lines of a directive's body, options perhaps first.
    [[nodiscard]] Range body_of(const Node& node) const {
        Range body = node.content;
        if (body.empty()) {
            body = node.range;
            const std::size_t end = source_.find('\n', body.begin);
            if (end == std::string_view::npos || end >= body.end)
                return {};
            body.begin = static_cast<std::uint32_t>(end) + 1;
        }
        while (body.begin > 0 && source_[body.begin - 1] != '\n')
            --body.begin;
        return body;
    }

    /// A body that this program does not read as text: what is in it an extension may read.
    void unread(const Node& node) {
        for (NodeId id = node.first_child; id != kNoNode; id = document_.node(id).next) {
            const NodeKind kind = document_.node(id).kind;
            if (kind != NodeKind::directive_option && kind != NodeKind::raw_text)
                return;
        }
        const Range body = body_of(node);
        collect_label_hints(bytes(body), body.begin, facts_);
    }

    template <class Visit>
    static void each_line(std::string_view text, const Visit& visit) {
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            const std::string_view line = trim(text.substr(0, end));
            if (!line.empty())
                visit(line);
            text.remove_prefix(std::min(end + 1, text.size()));
        }
    }

    /// Sphinx' Glossary.run(): lines that are not indented are terms.
    void glossary(const Node& node) {
        struct Line {
            std::size_t begin, indent, end;
        };
        const Range body = body_of(node);
        std::vector<Line> lines;
        std::size_t least = std::string_view::npos;
        bool options = true;
        for (std::size_t at = body.begin; at < body.end;) {
            const std::size_t stop = std::min<std::size_t>(source_.find('\n', at), body.end);
            const std::string_view text = trim_right(source_.substr(at, stop - at));
            std::size_t indent = 0;
            while (indent < text.size() && (text[indent] == ' ' || text[indent] == '\t'))
                ++indent;
            options = options && text.substr(indent).starts_with(":");
            if (indent < text.size() && !options) {
                lines.push_back({at, indent, at + text.size()});
                least = std::min(least, indent);
            }
            at = stop + 1;
        }
        for (const Line& line : lines) {
            if (line.indent != least)
                continue;
            const std::size_t from = line.begin + line.indent;
            std::string_view term = source_.substr(from, line.end - from);
            if (term.starts_with(".. "))
                continue;
            // Classifiers are keys for the index.
            if (const std::size_t key = term.find(" : "); key != std::string_view::npos)
                term = trim_right(term.substr(0, key));
            const auto at = static_cast<std::uint32_t>(from);
            add(LabelKind::term, collapse(plain(term)),
                {at, at + static_cast<std::uint32_t>(term.size())});
        }
    }

    /// Sphinx' Cmdoption.handle_signature().
    void options(const NodeData& data) {
        each_line(data.text, [&](std::string_view signature) {
            while (!signature.empty()) {
                const std::size_t comma = std::min(signature.find(", "), signature.size());
                const std::string_view one = trim(signature.substr(0, comma));
                signature.remove_prefix(std::min(comma + 2, signature.size()));
                std::size_t end = one.starts_with("--")                           ? 2
                                  : one.find_first_of("-/+") == 0 && !one.empty() ? 1
                                                                                  : 0;
                const std::size_t stem = end;
                while (end < one.size() && one[end] != '=' && !is_ascii_space(one[end]))
                    ++end;
                if (end == stem)
                    continue;
                std::string_view name = one.substr(0, end);
                if (name.ends_with('[') && one.ends_with(']'))
                    name.remove_suffix(1);
                add(LabelKind::option, plain(name), data.text_range, true, program_);
            }
        });
    }

    void productions(const NodeData& data) {
        std::string group;
        bool first = true;
        each_line(data.text, [&](std::string_view line) {
            const std::size_t colon = line.find(':');
            if (colon == std::string_view::npos) {
                if (first)
                    group = line;
            } else {
                add(LabelKind::token, std::string(trim(line.substr(0, colon))), data.text_range,
                    true, group);
            }
            first = false;
        });
    }

    void program(const Node& node, const NodeData& data) {
        program_ = collapse(data.text);
        std::replace(program_.begin(), program_.end(), ' ', '-');
        if (program_ == "None")
            program_.clear();
        facts_.scopes.push_back({NameScope::Kind::program,
                                 program_,
                                 {node.range.begin, static_cast<std::uint32_t>(source_.size())}});
    }

    // --- objects of the py domain ---------------------------------------------------------------

    void scope(NameScope::Kind kind, std::string name, std::uint32_t begin, std::uint32_t end) {
        facts_.scopes.push_back({kind, std::move(name), {begin, end}});
    }

    /// What is in force for the names of Python in and behind a directive
    /// (PyObject.before_content() and PyModule.run() of Sphinx 8.2).
    void python_scope(const Node& node, const NodeData& data) {
        const auto end = static_cast<std::uint32_t>(source_.size());
        if (data.name == "default-domain") {
            scope(NameScope::Kind::domain, ascii_lower(trim(data.text)), node.range.begin, end);
            return;
        }
        std::string_view name = data.name;
        if (name.starts_with("py:"))
            name.remove_prefix(3);
        std::string_view line = trim(data.text);
        // The last signature counts, which may go on over lines behind backslashes.
        for (std::size_t last = line.rfind('\n'); last != std::string_view::npos;
             last = last == 0 ? std::string_view::npos : line.rfind('\n', last - 1)) {
            if (!trim(line.substr(0, last)).ends_with('\\')) {
                line = trim(line.substr(last + 1));
                break;
            }
        }
        // The name of a signature: "f(a, b) -> c" is "f".
        const std::string_view object = line.substr(0, line.find_first_of("([ "));
        if (name == "module" || name == "automodule" || name == "currentmodule") {
            scope(NameScope::Kind::py_module,
                  name == "currentmodule" && object == "None" ? std::string() : std::string(object),
                  node.range.begin, end);
            return;
        }
        if (name.starts_with("auto"))
            name.remove_prefix(4);
        const bool is_class = std::find(kClasses.begin(), kClasses.end(), name) != kClasses.end();
        if (!is_class &&
            std::find(kPythonObjects.begin(), kPythonObjects.end(), name) == kPythonObjects.end())
            return;
        for (NodeId id = node.first_child; id != kNoNode; id = document_.node(id).next) {
            if (document_.node(id).kind == NodeKind::directive_option &&
                document_.data(id).name == "module")
                scope(NameScope::Kind::py_module, std::string(trim(document_.data(id).text)),
                      node.range.begin, node.range.end);
        }
        while (!classes_.empty() && classes_.back().range.end <= node.range.begin)
            classes_.pop_back();
        const std::string outer = classes_.empty() ? std::string() : classes_.back().name;
        const std::size_t dot = object.rfind('.');
        const std::string_view own = is_class                        ? object
                                     : dot == std::string_view::npos ? std::string_view()
                                                                     : object.substr(0, dot);
        // Names of classes in classes in classes would be as long as the page is deep.
        constexpr std::size_t kLongest = 400;
        if (own.empty() || outer.size() + own.size() > kLongest)
            return;
        const bool whole =
            outer.empty() || own == outer || (own.starts_with(outer) && own[outer.size()] == '.');
        classes_.push_back({NameScope::Kind::py_class,
                            whole ? std::string(own) : outer + "." + std::string(own), node.range});
        facts_.scopes.push_back(classes_.back());
    }

    std::string_view source_;
    const Document& document_;
    FileFacts& facts_;
    std::string program_;
    std::vector<NameScope> classes_;            // that the node in hand stands in
    std::unordered_map<NodeId, Title> titles_;  // of labels that follow another; only looked up
};

}  // namespace

void collect_labels(std::string_view source, const Document& document, FileFacts& facts) {
    Collector(source, document, facts).run();
}

void collect_label_hints(std::string_view text, std::uint32_t base, FileFacts& facts) {
    const auto hint = [&](std::size_t begin, std::size_t end) {
        const std::string_view name = trim(text.substr(begin, end - begin));
        // A name longer than a line of text is none.
        constexpr std::size_t kLongest = 200;
        if (name.empty() || name.size() > kLongest)
            return;
        Label& label = facts.labels.emplace_back();
        label.kind = LabelKind::hint;
        label.titled = true;
        label.name = rst::fully_normalize_name(rst::unescape(rst::escape2null(name)));
        label.range = {base + static_cast<std::uint32_t>(begin),
                       base + static_cast<std::uint32_t>(end)};
    };
    const auto line_end = [&](std::size_t at) {
        return std::min(text.find('\n', at), text.size());
    };
    for (std::size_t at = text.find(".. "); at != std::string_view::npos;
         at = text.find(".. ", at + 3)) {
        const std::size_t end = line_end(at);
        const std::string_view rest = text.substr(at + 3, end - at - 3);
        if (rest.starts_with('_')) {
            const std::size_t colon = rest.rfind(':');
            if (colon == std::string_view::npos || colon == 0)
                continue;
            std::size_t begin = 1;
            std::size_t stop = colon;
            if (rest[begin] == '`' && stop > begin + 1 && rest[stop - 1] == '`') {
                ++begin;
                --stop;
            }
            hint(at + 3 + begin, at + 3 + stop);
            continue;
        }
        if (rest.starts_with('[')) {
            const std::size_t close = rest.find(']');
            if (close != std::string_view::npos)
                hint(at + 4, at + 3 + close);
            continue;
        }
        if (rest.find("::") == std::string_view::npos)
            continue;
        // Options stand directly below.
        for (std::size_t line = end; line < text.size();) {
            const std::size_t stop = line_end(line + 1);
            const std::string_view option = trim(text.substr(line, stop - line));
            if (!option.starts_with(':'))
                break;
            for (const std::string_view name : {":name:", ":label:"}) {
                if (option.starts_with(name)) {
                    const std::size_t from =
                        static_cast<std::size_t>(option.data() - text.data()) + name.size();
                    hint(from, stop);
                }
            }
            line = stop;
        }
    }
}

void collect_docstring_roles(std::string_view source, FileFacts& facts) {
    static constexpr std::array kRoles = std::to_array<std::string_view>(
        {"any",     "attr",    "class",  "confval", "const",   "data",     "deco",
         "doc",     "envvar",  "eq",     "exc",     "func",    "keyword",  "meth",
         "mod",     "numref",  "obj",    "option",  "py:attr", "py:class", "py:const",
         "py:data", "py:deco", "py:exc", "py:func", "py:meth", "py:mod",   "py:obj",
         "py:type", "ref",     "term",   "token",   "type"});
    static_assert(std::is_sorted(kRoles.begin(), kRoles.end()));
    if (facts.python == nullptr)
        return;
    for (const PyDocstring& docstring : facts.python->docstrings) {
        const std::string_view text =
            source.substr(docstring.content.begin, docstring.content.size());
        std::size_t done = 0;
        for (std::size_t tick = text.find(":`"); tick != std::string_view::npos;
             tick = text.find(":`", std::max(done, tick + 2))) {
            std::size_t begin = tick;
            while (begin > done && (is_ascii_alnum(text[begin - 1]) || text[begin - 1] == ':'))
                --begin;
            std::string_view role = text.substr(begin, tick - begin);
            const bool open =
                role.starts_with(':') &&
                (begin == 0 || is_ascii_space(text[begin - 1]) ||
                 std::string_view("([{'\"-/<").find(text[begin - 1]) != std::string_view::npos);
            role.remove_prefix(role.empty() ? 0 : 1);
            for (const std::string_view domain : {"std:", "math:"}) {
                if (role.starts_with(domain))
                    role.remove_prefix(domain.size());
            }
            if (!open || !std::binary_search(kRoles.begin(), kRoles.end(), role))
                continue;
            const std::size_t from = tick + 2;
            // A paragraph ends what is never closed.
            const std::size_t paragraph = std::min(text.find("\n\n", from), text.size());
            const std::size_t close = text.find('`', from);
            if (close >= paragraph)
                continue;
            done = close + 1;
            std::string_view target = text.substr(from, close - from);
            std::size_t at = from;
            bool own_text = false;
            const std::size_t angle = target.rfind('<');
            if (target.ends_with('>') && angle != std::string_view::npos && angle > 0) {
                own_text = true;
                at += angle + 1;
                target = target.substr(angle + 1, target.size() - angle - 2);
            }
            if (target.starts_with('~')) {
                target.remove_prefix(1);
                ++at;
            }
            if (target.empty() || target.starts_with('!') || text[from] == '!' ||
                target.find('\\') != std::string_view::npos ||
                target.find('{') != std::string_view::npos)
                continue;
            const std::uint32_t base = docstring.content.begin;
            Reference& reference = facts.references.emplace_back();
            reference.kind = ReferenceKind::role;
            reference.target = target;
            reference.name = role;
            reference.range = {base + static_cast<std::uint32_t>(at),
                               base + static_cast<std::uint32_t>(at + target.size())};
            reference.whole = {base + static_cast<std::uint32_t>(begin),
                               base + static_cast<std::uint32_t>(close + 1)};
            if (own_text)
                reference.flags |= reference_flag::kOwnText;
        }
    }
}

namespace {

/// The text of the line at `at`, without indentation; `indent` is set to its size.
std::string_view line_of(std::string_view source, std::size_t at, std::size_t& indent) {
    const std::string_view line =
        source.substr(at, std::min(source.find('\n', at), source.size()) - at);
    indent = std::min(line.find_first_not_of(" \t"), line.size());
    return trim_right(line.substr(indent));
}

/// What __init__ of each class assigns to its first parameter with a description (the parser of
/// comments of Sphinx, sphinx.pycode.parser): a look at lines, without reading the expressions.
void collect_instance_attributes(std::string_view source, FileFacts& facts) {
    const PythonFacts& python = *facts.python;
    for (const PyDefinition& made : python.definitions) {
        if (made.parent == kNoItem || python.text(made.name) != "__init__" ||
            made.parameter_count == 0 ||
            python.definitions[made.parent].kind != DefinitionKind::class_)
            continue;
        const std::string self =
            std::string(python.text(python.parameters[made.first_parameter].name)) + ".";
        const std::size_t end = std::min<std::size_t>(made.range.end, source.size());
        bool comment_above = false;
        // An assignment that a string behind it would describe, and how deep it is indented.
        std::string last;
        std::size_t last_indent = 0;
        Range last_range;
        const auto add = [&](const std::string& name, Range range) {
            ApiDirective& attribute = facts.api_directives.emplace_back();
            attribute.name = kInstanceAttribute;
            attribute.arguments.push_back(name);
            attribute.parent = made.parent;
            attribute.range = range;
        };
        for (std::size_t at = std::min(source.find('\n', made.range.begin), end); at < end;
             at = std::min(source.find('\n', at + 1), end)) {
            std::size_t indent = 0;
            const std::string_view line = line_of(source, at + 1, indent);
            if (line.empty()) {
                comment_above = false;
                continue;
            }
            if (line.starts_with('#')) {
                comment_above = line.starts_with("#:");  // the last line above says it
                continue;
            }
            const bool closes = std::string_view(")]}").find(line[0]) != std::string_view::npos;
            if (!last.empty() && indent <= last_indent && !closes) {
                if (line[0] == '"' || line[0] == '\'' || line.starts_with("r\""))
                    add(last, last_range);
                last.clear();
            }
            if (line.starts_with(self)) {
                std::size_t stop = self.size();
                while (stop < line.size() && (is_ascii_alnum(line[stop]) || line[stop] == '_'))
                    ++stop;
                const std::string_view rest = trim(line.substr(stop));
                const bool assigns =
                    (rest.starts_with('=') && !rest.starts_with("==")) || rest.starts_with(':');
                if (assigns && stop > self.size()) {
                    const std::string name(line.substr(self.size(), stop - self.size()));
                    const auto begin = static_cast<std::uint32_t>(at + 1 + indent);
                    const Range range{begin, begin + static_cast<std::uint32_t>(stop)};
                    if (comment_above || line.find("#:") != std::string_view::npos) {
                        add(name, range);
                    } else {
                        last = name;
                        last_indent = indent;
                        last_range = range;
                    }
                }
            }
            comment_above = false;
        }
    }
}

/// Sets the parents of directives in docstrings, which are sorted: what is indented further than
/// one before it, with nothing less indented between them, is in its content.
void nest_docstring_directives(std::string_view source, FileFacts& facts) {
    std::vector<std::pair<std::size_t, std::uint32_t>> open;  // indentation, position
    std::size_t docstring = 0;
    for (std::uint32_t i = 0; i < facts.api_directives.size(); ++i) {
        ApiDirective& one = facts.api_directives[i];
        if (one.name == kInstanceAttribute)
            continue;
        const std::vector<PyDocstring>& docstrings = facts.python->docstrings;
        const std::size_t before = docstring;
        while (docstring < docstrings.size() && docstrings[docstring].content.end < one.range.begin)
            ++docstring;
        std::size_t last_end = one.range.begin;
        if (docstring != before)
            open.clear();
        else if (!open.empty())
            last_end = facts.api_directives[open.back().second].range.end;
        // Lines of text between this one and the last.
        for (std::size_t at = source.find('\n', last_end);
             at != std::string_view::npos && at < one.range.begin; at = source.find('\n', at + 1)) {
            std::size_t indent = 0;
            if (!line_of(source, at + 1, indent).empty()) {
                while (!open.empty() && indent <= open.back().first)
                    open.pop_back();
            }
        }
        const std::size_t line = source.rfind('\n', one.range.begin);
        if (line == std::string_view::npos || line < docstrings[docstring].content.begin) {
            open.clear();  // how deep the first line of a docstring is, nobody knows
            continue;
        }
        const std::size_t indent = one.range.begin - line - 1;
        while (!open.empty() && indent <= open.back().first)
            open.pop_back();
        if (!open.empty())
            one.parent = open.back().second;
        open.emplace_back(indent, i);
    }
}

}  // namespace

void collect_docstring_directives(std::string_view source, FileFacts& facts) {
    if (facts.python == nullptr)
        return;
    collect_instance_attributes(source, facts);
    for (const PyDocstring& docstring : facts.python->docstrings) {
        const std::string_view text =
            source.substr(docstring.content.begin, docstring.content.size());
        for (std::size_t at = text.find(".. "); at != std::string_view::npos;
             at = text.find(".. ", at + 3)) {
            const std::size_t before = at == 0 ? text.npos : text.find_last_not_of(" \t", at - 1);
            if (before != text.npos && text[before] != '\n')
                continue;
            const std::size_t end = std::min(text.find('\n', at), text.size());
            const std::string_view line = trim(text.substr(at + 3, end - at - 3));
            const std::size_t colons = line.find("::");
            if (colons == std::string_view::npos)
                continue;
            std::string_view name = line.substr(0, colons);
            const std::string_view argument = trim(line.substr(colons + 2));
            if (name.starts_with("py:"))
                name.remove_prefix(3);
            std::string_view kind = name;
            if (kind.starts_with("auto"))
                kind.remove_prefix(4);
            const bool object =
                std::find(kClasses.begin(), kClasses.end(), kind) != kClasses.end() ||
                std::find(kPythonObjects.begin(), kPythonObjects.end(), kind) !=
                    kPythonObjects.end();
            if (!object || argument.empty())
                continue;
            ApiDirective& directive = facts.api_directives.emplace_back();
            directive.name = name;
            directive.arguments.emplace_back(argument);
            const std::uint32_t base = docstring.content.begin;
            directive.range = {base + static_cast<std::uint32_t>(at),
                               base + static_cast<std::uint32_t>(end)};
            // Options stand directly below.
            for (std::size_t next = end; next < text.size();) {
                const std::size_t stop = std::min(text.find('\n', next + 1), text.size());
                const std::string_view option = trim(text.substr(next, stop - next));
                const std::size_t colon = option.find(':', 1);
                if (!option.starts_with(':') || colon == std::string_view::npos)
                    break;
                const std::string_view key = option.substr(1, colon - 1);
                directive.options.emplace_back(key, trim(option.substr(colon + 1)));
                next = stop;
            }
        }
    }
    std::stable_sort(
        facts.api_directives.begin(), facts.api_directives.end(),
        [](const ApiDirective& a, const ApiDirective& b) { return a.range.begin < b.range.begin; });
    nest_docstring_directives(source, facts);
}

}  // namespace docathon
