// docathon-lint rules: the list of rules, and what is on with the configuration that holds here.

#include <algorithm>

#include "lint/cli/arguments.h"
#include "lint/cli/command.h"
#include "lint/cli/disk_session.h"
#include "lint/cli/output.h"
#include "lint/cli/vale_import.h"
#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/io/files.h"

namespace docathon::cli {

namespace {

/// Rule files of a Vale style: the .yml files of a folder, or of the folders in it.
Result<std::vector<ValeFile>> read_styles(const std::string& folder) {
    constexpr std::uint64_t kMost = 4u << 20;  // bytes of a rule file
    const RealFileSystem files;
    const Result<std::string> real = files.real_path(folder);
    if (!real)
        return tl::unexpected<Error>(real.error());
    std::vector<ValeFile> found;
    const auto read = [&](const std::string& path, const std::string& style) -> Result<bool> {
        Result<std::vector<FolderEntry>> entries = files.list_folder(path);
        if (!entries)
            return tl::unexpected<Error>(entries.error());
        std::vector<std::string> names;
        for (const FolderEntry& entry : *entries) {
            if (entry.name.ends_with(".yml"))
                names.push_back(entry.name);
        }
        std::sort(names.begin(), names.end());
        for (const std::string& name : names) {
            Result<std::string> text = files.read_file(join_path(path, name), kMost);
            if (!text)
                return tl::unexpected<Error>(text.error());
            // A file beside the rules of a style, such as a configuration, is none of them.
            if (text->find("extends:") != std::string::npos)
                found.push_back({style, name.substr(0, name.size() - 4), std::move(*text)});
        }
        return true;
    };
    if (Result<bool> done = read(*real, std::string(basename(*real))); !done)
        return tl::unexpected<Error>(done.error());
    if (!found.empty())
        return found;
    Result<std::vector<FolderEntry>> entries = files.list_folder(*real);
    if (!entries)
        return tl::unexpected<Error>(entries.error());
    std::vector<std::string> styles;
    for (const FolderEntry& entry : *entries) {
        if (!entry.name.starts_with('.') &&
            files.info(join_path(*real, entry.name)).kind == FileKind::folder)
            styles.push_back(entry.name);
    }
    std::sort(styles.begin(), styles.end());
    for (const std::string& style : styles) {
        if (Result<bool> done = read(join_path(*real, style), style); !done)
            return tl::unexpected<Error>(done.error());
    }
    return found;
}

int run_import_vale(std::vector<std::string> arguments) {
    std::vector<std::string> folders;
    Arguments parser("docathon-lint rules import-vale",
                     "Print the rules of a Vale style as rules of docathon-lint");
    parser.positionals(folders, "DIR", "Folder of a style, or of several");
    if (const std::optional<int> code = parser.parse(std::move(arguments)))
        return *code;
    if (folders.size() != 1)
        return usage_error("import-vale needs one folder: docathon-lint rules import-vale DIR");
    const Result<std::vector<ValeFile>> files = read_styles(folders[0]);
    if (!files)
        return usage_error(files.error().to_string());
    if (files->empty())
        return usage_error("no rules of Vale in '" + escape_control(folders[0]) + "'");
    const ValeImport made = import_vale(*files);
    std::string text;
    for (const std::string& note : made.notes)
        text += escape_control(note) + "\n";
    for (const auto& [kind, count] : made.kinds) {
        text += escape_control(kind) + ": " + std::to_string(count.converted) + " of " +
                std::to_string(count.found) + " converted\n";
    }
    print_error(text);
    print_out(made.rules);
    return kClean;
}

}  // namespace

int run_rules(std::vector<std::string> arguments) {
    if (!arguments.empty() && arguments[0] == "import-vale") {
        arguments.erase(arguments.begin());
        return run_import_vale(std::move(arguments));
    }
    DiskFlags flags;
    bool only_on = false;
    Arguments parser("docathon-lint rules",
                     "List the rules, their preset, and whether they are on here");
    add_session_flags(parser, flags);
    parser.flag("--on", only_on, "Only the rules that are on");
    if (const std::optional<int> code = parser.parse(std::move(arguments)))
        return *code;
    Result<DiskSession> opened = open_session(flags);
    if (!opened)
        return usage_error(opened.error().to_string());
    Session& session = *opened->session;
    const RuleProfile& profile =
        session.effective->profile(session.effective->profile_for("README.md"));
    std::size_t width = 0;
    for (const RuleSpec& rule : session.rules.specs)
        width = std::max(width, rule.id.size());
    std::string text;
    for (std::size_t i = 0; i < session.rules.specs.size(); ++i) {
        const RuleSpec& rule = session.rules.specs[i];
        const EffectiveRule& here = profile.rules[i];
        if (only_on && !here.on())
            continue;
        const std::string state = here.on() ? std::string(to_string(here.severity)) : "off";
        // Whatever is configured: the network is asked by that command alone.
        const bool elsewhere = rule.preset == "links-check";
        text += rule.id + std::string(width - rule.id.size() + 2, ' ') + state +
                std::string(9 - state.size(), ' ') + rule.preset +
                std::string(12 - std::min<std::size_t>(11, rule.preset.size()), ' ') +
                rule.summary + (elsewhere ? " Runs in 'links check' only." : "") + "\n";
    }
    print_out(text);
    return kClean;
}

}  // namespace docathon::cli
