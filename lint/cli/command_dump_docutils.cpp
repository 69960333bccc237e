// docathon-lint dump docutils: what docutils would say of a reStructuredText file: its messages, or
// its tree.

#include <algorithm>

#include "lint/cli/arguments.h"
#include "lint/cli/command.h"
#include "lint/cli/output.h"
#include "lint/core/strings.h"
#include "lint/io/files.h"
#include "lint/parse/rst/parser.h"
#include "lint/parse/rst/transforms.h"
#include "lint/report/json_writer.h"
#include "lint/report/out.h"

namespace docathon::cli {

namespace {

constexpr std::uint64_t kMaxInput = 64u << 20;

struct Flags {
    bool from_stdin = false;
    bool messages = false;
    bool sphinx = false;
    bool permissive = false;
    std::optional<std::string> transforms;
    std::vector<std::string> settings;
    std::vector<std::string> files;
};

std::optional<std::string> set_option(const std::string& setting, rst::Options& options) {
    const std::size_t equal = setting.find('=');
    if (equal == std::string::npos || equal == 0)
        return "--set needs KEY=VALUE: " + setting;
    const std::string key = setting.substr(0, equal);
    const std::string value = setting.substr(equal + 1);
    options.settings[key] = value;
    const bool on = value == "true";
    if (key == "pep_references")
        options.pep_references = on;
    else if (key == "rfc_references")
        options.rfc_references = on;
    else if (key == "file_insertion_enabled")
        options.file_insertion = on;
    else if (key == "line_length_limit") {
        if (value.empty() || value.size() > 9 ||
            !std::all_of(value.begin(), value.end(), is_ascii_digit))
            return "line_length_limit needs a number: " + value;
        options.line_length_limit = static_cast<std::uint32_t>(std::stoul(value));
    }
    return std::nullopt;
}

std::string messages_as_json(const rst::Parser& parser) {
    constexpr std::string_view kTypes[] = {"DEBUG", "INFO", "WARNING", "ERROR", "SEVERE"};
    std::string text;
    const Writer writer = [&](std::string_view bytes) {
        text += bytes;
        return true;
    };
    Out out(writer);
    JsonWriter json(out);
    for (const rst::Message& message : parser.messages) {
        json.begin_object();
        if (message.line == 0)
            json.key("line").null();
        else
            json.member("line", message.line);
        json.member("level", message.level)
            .member("type", kTypes[message.level])
            .member("text", message.text)
            .end_object();
        json.end_line();
    }
    out.finish();
    return text;
}

}  // namespace

int run_dump_docutils(std::vector<std::string> arguments) {
    Flags flags;
    Arguments parser("docathon-lint dump docutils",
                     "Print what docutils would make of a reStructuredText file");
    parser.flag("--stdin", flags.from_stdin, "Read standard input");
    parser.flag("--messages", flags.messages,
                "Print docutils' messages, one JSON object a line, instead of the tree");
    parser.value("--transforms", flags.transforms, "none|standard|NAME,...",
                 "Transforms after parsing, by docutils' names (default: none; standard with "
                 "--sphinx and --permissive)");
    parser.values("--set", flags.settings, "KEY=VALUE", "A docutils setting; VALUE is JSON");
    parser.flag("--sphinx", flags.sphinx, "Know the directives and roles of Sphinx");
    parser.flag("--permissive", flags.permissive,
                "Accept names that docutils lacks, without checks");
    parser.positionals(flags.files, "FILE", "the file to read");
    if (const std::optional<int> code = parser.parse(std::move(arguments)))
        return *code;
    if (flags.files.size() != (flags.from_stdin ? 0u : 1u))
        return usage_error("dump docutils needs one FILE, or --stdin");
    if (flags.sphinx && flags.permissive)
        return usage_error("--sphinx and --permissive exclude each other");

    rst::Options options;
    options.source_name = flags.from_stdin ? "test data" : flags.files[0];
    if (flags.sphinx || flags.permissive) {
        options.mode = flags.sphinx ? rst::Mode::sphinx : rst::Mode::permissive;
        options.settings["doctitle_xform"] = "false";
        options.settings["sectsubtitle_xform"] = "false";
    }
    if (flags.sphinx)
        options.line_length_limit = 0;
    for (const std::string& setting : flags.settings) {
        if (const std::optional<std::string> error = set_option(setting, options))
            return usage_error(*error);
    }
    std::vector<std::string> transforms;
    const bool plain = options.mode == rst::Mode::plain;
    const std::string wanted = flags.transforms.value_or(plain ? "none" : "standard");
    if (wanted == "standard") {
        for (const std::string_view name : rst::standard_transforms())
            transforms.emplace_back(name);
    } else if (wanted != "none") {
        for (const std::string_view name : split(wanted, ',')) {
            if (!rst::is_transform(name))
                return usage_error("docutils has no transform '" + std::string(name) + "'");
            transforms.emplace_back(name);
        }
    }

    const Result<std::string> bytes = flags.from_stdin
                                          ? read_stdin(kMaxInput)
                                          : RealFileSystem().read_file(flags.files[0], kMaxInput);
    if (!bytes)
        return usage_error(bytes.error().to_string());
    rst::LineSource source(*bytes, {{0, static_cast<std::uint32_t>(bytes->size())}});
    rst::Parser docutils(source, options);
    docutils.parse();
    if (!transforms.empty())
        rst::apply_transforms(docutils, transforms,
                              plain ? std::vector<std::string>()
                                    : std::vector<std::string>{"version", "release", "today"});
    print_out(flags.messages ? messages_as_json(docutils) : rst::to_pseudo_xml(docutils.tree));
    const bool clean = std::all_of(docutils.messages.begin(), docutils.messages.end(),
                                   [](const rst::Message& message) { return message.level < 2; });
    return clean ? kClean : kFindings;
}

}  // namespace docathon::cli
