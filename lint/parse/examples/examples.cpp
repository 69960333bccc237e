#include "lint/parse/examples/examples.h"

#include <algorithm>
#include <array>
#include <utility>

#include "lint/core/strings.h"
#include "lint/parse/examples/collector.h"
#include "lint/parse/examples/docstrings.h"
#include "lint/parse/examples/languages.h"
#include "lint/parse/python/script.h"

namespace docathon {

namespace {

using examples::Block;
using examples::Collector;

class PageReader {
  public:
    PageReader(const Document& document, bool rst, Collector& out)
        : document_(document), source_(out.source()), rst_(rst), out_(out) {}

    void read() {
        for (const Node& node : document_.nodes()) {
            switch (node.kind) {
                case NodeKind::directive:
                    directive(node);
                    break;
                case NodeKind::code_block:
                    code(node);
                    break;
                case NodeKind::code_span:
                    out_.add_inline(InlineKind::code_span, {}, node.content);
                    break;
                case NodeKind::role: {
                    const std::string& name = document_.data(node).name;
                    out_.add_inline(name.empty() ? InlineKind::interpreted : InlineKind::role, name,
                                    node.content);
                    break;
                }
                default:
                    break;
            }
        }
    }

  private:
    [[nodiscard]] std::string_view bytes(Range range) const {
        return source_.substr(range.begin, range.size());
    }

    void directive(const Node& node) {
        const NodeData& data = document_.data(node);
        if (data.name == "highlight")
            highlight_ = data.text;
        if (data.name != "literalinclude")
            return;
        out_.add_included(data.text, data.text_range);
        for (NodeId child = node.first_child; child != kNoNode;
             child = document_.node(child).next) {
            const Node& option = document_.node(child);
            if (option.kind != NodeKind::directive_option)
                continue;
            const NodeData& read = document_.data(option);
            out_.add_option(read.name, read.text,
                            read.text_range.empty() ? option.range : read.text_range);
        }
    }

    /// `:tags: [raises-exception]` of a cell: what is wrong in it is the point.
    [[nodiscard]] bool is_to_fail(const Node& node) const {
        for (NodeId child = node.first_child; child != kNoNode;
             child = document_.node(child).next) {
            const Node& option = document_.node(child);
            if (option.kind == NodeKind::directive_option &&
                document_.data(option).name == "tags" &&
                document_.data(option).text.find("raises-exception") != std::string::npos)
                return true;
        }
        return false;
    }

    void code(const Node& node) {
        if (is_to_fail(node))
            return;
        const NodeData& data = document_.data(node);
        Block block;
        block.range = node.range;
        block.label = data.name;
        block.label_range = data.name_range;
        if ((node.flags & node_flag::kUnclosed) != 0)
            block.flags |= example_flag::kUnclosed;
        lines(node, block.lines);
        // What the construct is called: "code-block python", "{testcode}"; empty: a plain block.
        std::string_view directive = trim(data.text);
        const bool braces = directive.starts_with('{') && directive.find('}') != directive.npos &&
                            directive.find_first_of(".:#") > directive.find('}');
        if (braces) {
            const std::size_t close = directive.find('}');
            if (data.name.starts_with('{')) {
                // A fence that MyST would read, in a page that it does not read.
                block.label = trim(directive.substr(close + 1));
                block.label_range = {};
                drop_options(block.lines);
            }
            directive = directive.substr(1, close - 1);
        }
        const bool named = braces || (rst_ && !directive.empty());
        // doc-builder: ```python out holds what the block before prints.
        if (!braces && !rst_ && directive.ends_with(" out"))
            block.label = "output";
        directive = directive.substr(0, directive.find_first_of(" \t"));
        block.origin = rst_ ? LanguageOrigin::directive : LanguageOrigin::fence;
        if (named && !set_language(directive, block))
            return;
        if (block.label.empty() && !highlight_.empty() &&
            (rst_ || node.kind == NodeKind::code_block)) {
            block.label = highlight_;
            block.origin = LanguageOrigin::highlight;
        }
        if (rst_ && !named && data.name == "pycon")
            block.origin = LanguageOrigin::doctest;
        out_.add(block);
    }

    /// False: the directive holds no code.
    static bool set_language(std::string_view directive, Block& block) {
        constexpr std::array kCode = std::to_array<std::string_view>(
            {"code", "code-block", "code-cell", "sourcecode", "prompt"});
        constexpr std::array kPython = std::to_array<std::string_view>(
            {"doctest", "ipython", "testcleanup", "testcode", "testsetup"});
        const auto has = [&](const auto& names) {
            return std::find(names.begin(), names.end(), directive) != names.end();
        };
        if (has(kCode))
            return true;
        block.label_range = {};
        // ```{python}, as R Markdown has it.
        const CodeLanguage language = examples::language_of(directive).language;
        if (language == CodeLanguage::python || language == CodeLanguage::shell) {
            block.label = directive;
            return true;
        }
        block.label = has(kPython) ? "python" : "text";
        return has(kPython) || directive == "parsed-literal" || directive == "testoutput";
    }

    void drop_options(std::vector<Range>& lines) const {
        std::size_t first = 0;
        while (first < lines.size() && trim(bytes(lines[first])).starts_with(':'))
            ++first;
        lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(first));
    }

    void lines(const Node& node, std::vector<Range>& out) const {
        for (NodeId child = node.first_child; child != kNoNode;
             child = document_.node(child).next) {
            if (document_.node(child).kind == NodeKind::raw_text)
                out.push_back(document_.node(child).range);
        }
        if (!out.empty())
            return;
        const Range content = node.content.empty() && !fenced(node) ? node.range : node.content;
        for (std::uint32_t at = content.begin; at < content.end;) {
            const std::size_t found = source_.find('\n', at);
            const auto end = static_cast<std::uint32_t>(std::min<std::size_t>(found, content.end));
            const bool carriage = end > at && source_[end - 1] == '\r';
            out.push_back({at, end - (carriage ? 1 : 0)});
            at = end + 1;
        }
    }
    [[nodiscard]] static bool fenced(const Node& node) {
        return (node.flags & node_flag::kFenced) != 0 || node.payload != 0xffffffffu;
    }

    const Document& document_;
    std::string_view source_;
    bool rst_;
    Collector& out_;
    std::string highlight_;
};

}  // namespace

void collect_examples(std::string_view source, const Document& document,
                      const python::Outline& outline, FileFacts& facts) {
    Collector out(source);
    if (facts.gallery) {
        Block script;
        script.label = "python";
        script.origin = LanguageOrigin::gallery;
        script.place = ExamplePlace::gallery;
        script.range = {0, static_cast<std::uint32_t>(source.size())};
        script.lines = {script.range};
        out.add(script);
    }
    if (!document.nodes().empty())
        PageReader(document, facts.format == Format::rst || facts.gallery, out).read();
    if (facts.python != nullptr)
        examples::collect_docstrings(*facts.python,
                                     facts.gallery ? facts.python->module_docstring : kNoItem, out);
    if (facts.python != nullptr)
        out.set_script(python::read_script(source, outline, *facts.python));
    facts.examples = out.take();
}

}  // namespace docathon
