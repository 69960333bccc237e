#include "lint/project/api/own_scripts.h"

#include <algorithm>
#include <array>

#include "lint/core/find_text.h"
#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/model/example_facts.h"

namespace docathon {

namespace {

bool in_word(char c) {
    return is_ascii_alnum(c) || c == '_';
}

constexpr std::size_t kMostConfigBytes = 1u << 20;
/// Files that one script may import, one after the other.
constexpr std::size_t kMostFiles = 400;

std::string_view unquoted(std::string_view text) {
    text = trim(text);
    if (text.size() > 1 && (text[0] == '"' || text[0] == '\'') && text.back() == text[0])
        return text.substr(1, text.size() - 2);
    return text;
}

}  // namespace

OwnScripts::OwnScripts(OwnScriptsInput input) : input_(std::move(input)) {
    if (input_.api == nullptr)
        return;
    for (std::uint32_t i = 0; i < input_.api->modules().size(); ++i) {
        if (input_.api->modules()[i].file != kNoFile)
            modules_.emplace(input_.api->modules()[i].file, i);
    }
}

FileId OwnScripts::program(std::string_view name) const {
    const std::lock_guard lock(lock_);
    if (!programs_read_) {
        programs_read_ = true;
        read_programs();
    }
    const auto at = programs_.find(name);
    return at == programs_.end() ? kNoFile : at->second;
}

/// "pkg.cli:main" or "pkg.cli:main [extra]".
void OwnScripts::add_program(std::string_view name, std::string_view target) const {
    name = unquoted(name);
    target = unquoted(target);
    const std::string_view module = target.substr(0, target.find_first_of(": "));
    if (name.empty() || module.empty() || input_.api == nullptr)
        return;
    const std::uint32_t at = input_.api->find_module(module);
    if (at != kNoItem)
        programs_.emplace(name, input_.api->modules()[at].file);
}

std::string OwnScripts::root_file(std::string_view path) const {
    const FileId file = input_.tree->find(path);
    if (file == kNoFile || !input_.read)
        return {};
    std::optional<std::string> bytes = input_.read(file);
    return bytes && bytes->size() <= kMostConfigBytes ? std::move(*bytes) : std::string();
}

const PackageFacts& OwnScripts::package() const {
    const std::lock_guard lock(lock_);
    if (!package_read_) {
        package_read_ = true;
        read_package();
    }
    return package_;
}

/// The number behind `name >=`, `==` or `~=` in a list of requirements; empty if there is none.
static std::string_view lower_bound_of(std::string_view text, std::string_view name) {
    for (std::size_t at = text.find(name); at != std::string_view::npos;
         at = text.find(name, at + name.size())) {
        if (at > 0 && (in_word(text[at - 1]) || text[at - 1] == '-' || text[at - 1] == '.'))
            continue;
        std::string_view rest = text.substr(at + name.size(), 40);
        rest = rest.substr(std::min(rest.find_first_not_of(" ("), rest.size()));
        if (!rest.starts_with(">=") && !rest.starts_with("==") && !rest.starts_with("~="))
            continue;
        rest.remove_prefix(2);
        rest = rest.substr(std::min(rest.find_first_not_of(' '), rest.size()));
        const std::string_view number = rest.substr(0, rest.find_first_not_of("0123456789."));
        if (!number.empty())
            return number;
    }
    return {};
}

void OwnScripts::read_package() const {
    const auto take = [](std::string& out, std::string_view value) {
        if (out.empty())
            out = unquoted(value);
    };
    // key = "value" of one table.
    std::string_view table;
    const std::string toml = root_file("pyproject.toml");
    for (const std::string_view raw : split_lines(toml)) {
        std::string_view line = trim(raw);
        if (line.starts_with('[')) {
            table = line;
            continue;
        }
        const std::size_t equal = line.find('=');
        if (equal == std::string_view::npos)
            continue;
        const std::string_view key = trim(line.substr(0, equal));
        std::string_view value = trim(line.substr(equal + 1));
        if (value.size() < 2 || (value[0] != '"' && value[0] != '\''))
            continue;
        value = value.substr(0, std::min(value.find(value[0], 1), value.size() - 1) + 1);
        if (table == "[project]" && key == "name")
            take(package_.name, value);
        else if (table == "[project]" && key == "version")
            take(package_.version, value);
        else if (table == "[project]" && key == "requires-python")
            take(package_.requires_python, value);
    }
    // key = value of setup.cfg; key="value" of setup.py.
    const std::string config = root_file("setup.cfg");
    for (const std::string_view raw : split_lines(config)) {
        const std::string_view line = trim(raw);
        if (line.starts_with("python_requires") && line.find('=') != std::string_view::npos)
            take(package_.requires_python, line.substr(line.find('=') + 1));
    }
    const std::string setup = root_file("setup.py");
    const std::size_t requires_at = setup.find("python_requires=");
    if (requires_at != std::string::npos) {
        const std::string_view rest = std::string_view(setup).substr(requires_at + 16, 80);
        if (!rest.empty() && (rest[0] == '"' || rest[0] == '\''))
            take(package_.requires_python,
                 rest.substr(0, std::min(rest.find(rest[0], 1), rest.size() - 1) + 1));
    }
    for (const std::string& file : {toml, config, setup, root_file("requirements.txt")}) {
        if (package_.torch.empty())
            package_.torch = std::string(lower_bound_of(file, "torch"));
    }
    take(package_.version, split_lines(root_file("version.txt") + "\n").front());
    const std::string_view numbers = package_.version;
    package_.version = std::string(numbers.substr(0, numbers.find_first_not_of("0123456789.")));
}

void OwnScripts::read_programs() const {
    // A table of strings: name = "module:function", one a line.
    bool here = false;
    const std::string toml = root_file("pyproject.toml");
    for (const std::string_view raw : split_lines(toml)) {
        const std::string_view line = trim(raw);
        if (line.starts_with('[')) {
            here = line == "[project.scripts]" || line == "[tool.poetry.scripts]";
            continue;
        }
        const std::size_t equal = line.find('=');
        if (!here || equal == std::string_view::npos || line.starts_with('#'))
            continue;
        std::string_view value = trim(line.substr(equal + 1));
        if (value.size() > 1 && (value[0] == '"' || value[0] == '\''))
            value = value.substr(0, std::min(value.find(value[0], 1), value.size() - 1) + 1);
        add_program(trim(line.substr(0, equal)), value);
    }
    here = false;
    const std::string config = root_file("setup.cfg");
    for (const std::string_view raw : split_lines(config)) {
        const std::string_view line = trim(raw);
        const std::size_t equal = line.find('=');
        if (line.starts_with("console_scripts"))
            here = true;
        else if (raw.empty() || !is_ascii_space(raw[0]))
            here = false;
        else if (here && equal != std::string_view::npos)
            add_program(line.substr(0, equal), line.substr(equal + 1));
    }
    // "console_scripts": ["name = module:function", ...]
    const std::string setup = root_file("setup.py");
    std::size_t at = setup.find("console_scripts");
    if (at == std::string::npos)
        return;
    const std::size_t open = setup.find('[', at);
    const std::size_t close = setup.find(']', open);
    if (open == std::string::npos || close == std::string::npos)
        return;
    for (at = open; at < close;) {
        const std::size_t quote = setup.find_first_of("\"'", at);
        if (quote == std::string::npos || quote >= close)
            break;
        const std::size_t end = setup.find(setup[quote], quote + 1);
        if (end == std::string::npos)
            break;
        const std::string_view entry = std::string_view(setup).substr(quote + 1, end - quote - 1);
        const std::size_t equal = entry.find('=');
        if (equal != std::string_view::npos)
            add_program(entry.substr(0, equal), entry.substr(equal + 1));
        at = end + 1;
    }
}

/// Files of this repository that the imports of a file mean; with `used` of those imports whose
/// name the file calls or looks into.
std::vector<FileId> OwnScripts::imports_of(FileId file, bool used) const {
    std::vector<FileId> out;
    const PythonFacts* facts = input_.facts[file].python.get();
    if (facts == nullptr || input_.api == nullptr)
        return out;
    const std::string_view folder = dirname(input_.tree->file(file).path);
    const auto module = modules_.find(file);
    const auto add = [&](const std::string& dotted) {
        // A file beside the script, or above it as packages beside it have it: the folder of a
        // script is the first that Python looks into. Else a package of the project.
        std::string path(dotted);
        std::replace(path.begin(), path.end(), '.', '/');
        const auto find_in = [&](std::string_view base) {
            for (const std::string_view end : {".py", "/__init__.py"}) {
                const FileId there = input_.tree->find(join_path(base, path + std::string(end)));
                if (there != kNoFile) {
                    out.push_back(there);
                    return true;
                }
            }
            return false;
        };
        for (std::string_view base = folder; !base.empty(); base = dirname(base)) {
            if (find_in(base))
                return true;
        }
        const std::uint32_t at = input_.api->find_module(input_.api->inside(dotted));
        if (at != kNoItem && input_.api->modules()[at].file != kNoFile) {
            out.push_back(input_.api->modules()[at].file);
            return true;
        }
        return find_in("");
    };
    const std::string_view text = used && input_.bytes ? input_.bytes(file) : std::string_view();
    const auto is_used = [&](const PyImport& one) {
        std::string name(facts->text(one.alias));
        if (name.empty())
            name = facts->text(one.name);
        if (name.empty())
            name =
                std::string(facts->text(one.module)).substr(0, facts->text(one.module).find('.'));
        return name == "*" || text.find(name + "(") != std::string_view::npos ||
               text.find(name + ".") != std::string_view::npos;
    };
    for (const PyImport& one : facts->imports) {
        if (used && !is_used(one))
            continue;
        std::string base(facts->text(one.module));
        if (one.level > 0) {
            if (module == modules_.end())
                continue;
            const ApiSource& own = input_.api->modules()[module->second];
            std::string_view above = own.module;
            for (std::uint8_t level = own.package ? 1 : 0; level < one.level; ++level)
                above = above.find('.') == std::string_view::npos
                            ? std::string_view()
                            : above.substr(0, above.rfind('.'));
            base = std::string(above) + (base.empty() || above.empty() ? "" : ".") + base;
        }
        if (base.empty())
            continue;
        add(base);
        if (const std::string_view name = facts->text(one.name); !name.empty() && name != "*")
            add(base + "." + std::string(name));
    }
    return out;
}

const ScriptFacts* OwnScripts::script_of(FileId file) const {
    const FileFacts& facts = input_.facts[file];
    return facts.examples == nullptr ? nullptr : facts.examples->script.get();
}

/// Options of a script that makes its parser and gives it to nobody: what the files that it imports
/// leave open is of other command lines.
std::optional<OptionSet> OwnScripts::own_options(FileId script) const {
    constexpr std::uint8_t kUnsure =
        command_line_flag::kOpen | command_line_flag::kPasses | command_line_flag::kLends;
    const ScriptFacts* own = script_of(script);
    const std::string_view text = input_.bytes ? input_.bytes(script) : std::string_view();
    if (own == nullptr || (own->command_line & kUnsure) != 0 || own->options.empty() ||
        text.find("ArgumentParser(") == std::string_view::npos ||
        text.find("self.parser") != std::string_view::npos ||
        text.find("self._parser") != std::string_view::npos)
        return std::nullopt;
    OptionSet out;
    out.options = {own->options.begin(), own->options.end()};
    out.remainder = (own->command_line & command_line_flag::kRemainder) != 0;
    out.known = true;
    return out;
}

/// The function that a parser of the text comes from, `parser = make_parser()`, whose options are
/// where it stands; empty if there is none.
static std::string_view parser_maker(std::string_view text) {
    constexpr std::string_view kAdd = ".add_argument(";
    constexpr int kMostParsers = 50;
    std::set<std::string_view> seen;
    for (std::size_t at = text.find(kAdd); at != std::string_view::npos;
         at = text.find(kAdd, at + kAdd.size())) {
        std::size_t begin = at;
        while (begin > 0 && in_word(text[begin - 1]))
            --begin;
        const std::string_view name = text.substr(begin, at - begin);
        if (name.empty() || !seen.insert(name).second)
            continue;
        if (seen.size() > kMostParsers)
            break;
        const std::string made = std::string(name) + " = ";
        const std::size_t assignment = text.find(made);
        if (assignment == std::string_view::npos)
            continue;
        const std::string_view value = text.substr(assignment + made.size(), 200);
        const std::size_t open = value.find('(');
        if (open == std::string_view::npos || value.find('\n') < open)
            continue;
        const std::string_view called = value.substr(0, open);
        const std::string_view last = called.substr(called.rfind('.') + 1);
        if (last.find("Parser") == std::string_view::npos && !last.starts_with("add_"))
            return last;
    }
    return {};
}

/// Whether the script makes a parser, or calls what is imported from a file that does. One that
/// calls what another project has (`from fairseq_cli.train import cli_main`) reads its options
/// there, whatever parsers the files have that it imports as well.
bool OwnScripts::reads_options(FileId script) const {
    std::vector<FileId> files = {script};
    std::set<FileId> seen = {script};
    for (std::size_t i = 0; i < files.size() && files.size() <= kMostFiles; ++i) {
        const ScriptFacts* own = script_of(files[i]);
        if (own != nullptr && (own->command_line & command_line_flag::kParser) != 0)
            return true;
        const std::string_view text = input_.bytes ? input_.bytes(files[i]) : std::string_view();
        for (const std::string_view other :
             {"import typer", "import fire", "import tyro", "import hydra", "docopt", "absl",
              "HfArgumentParser", "jsonargparse", "simple_parsing"}) {
            if (i == 0 && text.find(other) != std::string_view::npos)
                return false;
        }
        for (const FileId next : imports_of(files[i], true)) {
            if (seen.insert(next).second)
                files.push_back(next);
        }
    }
    return false;
}

bool OwnScripts::lends_away(FileId file) const {
    const PythonFacts* facts = input_.facts[file].python.get();
    const std::string_view text = input_.bytes ? input_.bytes(file) : std::string_view();
    if (facts == nullptr || input_.api == nullptr)
        return false;
    const std::string folder(dirname(input_.tree->file(file).path));
    for (const PyImport& one : facts->imports) {
        const std::string_view module = facts->text(one.module);
        const std::string first(module.substr(0, module.find('.')));
        if (one.level > 0 || input_.api->find_module(input_.api->inside(first)) != kNoItem ||
            input_.tree->is_folder(join_path(folder, first)) || input_.tree->is_folder(first) ||
            input_.tree->find(join_path(folder, first + ".py")) != kNoFile)
            continue;
        std::string_view name = facts->text(one.alias);
        if (name.empty())
            name = one.name.empty() ? std::string_view(first) : facts->text(one.name);
        for (std::size_t at = text.find(name); at != std::string_view::npos;
             at = text.find(name, at + name.size())) {
            std::size_t end = at + name.size();
            if (name.empty() || (at > 0 && (in_word(text[at - 1]) || text[at - 1] == '.')))
                continue;
            while (end < text.size() && (in_word(text[end]) || text[end] == '.'))
                ++end;
            if (end == at + name.size() || text[at + name.size()] == '.') {
                const std::string_view call = text.substr(end, text.substr(end, 200).find(')'));
                if (call.starts_with('(') && call.find("parser") != std::string_view::npos)
                    return true;
            }
        }
    }
    return false;
}

/// `files` holds the script and receives what it imports.
OptionSet OwnScripts::collect(FileId script, std::vector<FileId>& files) const {
    OptionSet out;
    files = {script};
    std::set<FileId> seen = {script};
    bool parser = false;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (files.size() > kMostFiles) {
            out.why = "a script that imports too much";
            return out;
        }
        if (input_.facts[files[i]].python == nullptr) {
            out.why = "a script that was not read";
            return out;
        }
        const ScriptFacts* own = script_of(files[i]);
        // What hands arguments on matters where a command line is read.
        if (own != nullptr && (own->command_line & command_line_flag::kParser) != 0) {
            parser = true;
            out.remainder =
                out.remainder || (own->command_line & command_line_flag::kRemainder) != 0;
            if ((own->command_line & command_line_flag::kOpen) != 0)
                out.why = "options that are not written out";
            else if ((own->command_line & command_line_flag::kPasses) != 0)
                out.why = "a script that hands options on";
            else if ((own->command_line & command_line_flag::kLends) != 0 && lends_away(files[i]))
                out.why = "a script that gives its parser to another package";
        }
        if (own != nullptr)
            out.options.insert(own->options.begin(), own->options.end());
        const auto [imports, made] = imports_.try_emplace(files[i]);
        if (made)
            imports->second = imports_of(files[i], false);
        for (const FileId next : imports->second) {
            if (seen.insert(next).second)
                files.push_back(next);
        }
    }
    if (std::optional<OptionSet> own = own_options(script))
        return *std::move(own);
    if (const std::string_view maker =
            parser_maker(input_.bytes ? input_.bytes(script) : std::string_view());
        !maker.empty()) {
        const std::string definition = "def " + std::string(maker) + "(";
        if (std::none_of(files.begin(), files.end(), [&](FileId file) {
                return input_.bytes(file).find(definition) != std::string_view::npos;
            }))
            out.why = "a script whose parser another module makes";
    }
    if (!parser || !reads_options(script))
        out.why = "a script whose options are not read by argparse or click";
    out.known = out.why.empty();
    return out;
}

const OptionSet& OwnScripts::options(FileId script) const {
    const std::lock_guard lock(lock_);
    const auto at = options_.find(script);
    if (at != options_.end())
        return at->second;
    if (std::optional<OptionSet> own = own_options(script))
        return options_.emplace(script, *std::move(own)).first->second;
    std::vector<FileId> files;
    return options_.emplace(script, collect(script, files)).first->second;
}

const OptionSet& OwnScripts::options(FileId program, std::string_view command) const {
    const std::lock_guard lock(lock_);
    const std::pair key(program, std::string(command));
    const auto at = command_options_.find(key);
    if (at != command_options_.end())
        return at->second;
    return command_options_.emplace(key, collect_command(program, command)).first->second;
}

OptionSet OwnScripts::collect_command(FileId program, std::string_view command) const {
    std::vector<FileId> files;
    OptionSet whole = collect(program, files);
    FileId maker = kNoFile;
    for (const FileId file : files) {
        const ScriptFacts* own = script_of(file);
        if (own == nullptr ||
            !std::binary_search(own->commands.begin(), own->commands.end(), command))
            continue;
        if (maker != kNoFile)
            return whole;
        maker = file;
    }
    if (maker == kNoFile || maker == program)
        return whole;
    OptionSet out = collect(maker, files);
    // What others leave open matters only if they are given the parser.
    const ScriptFacts* made = script_of(maker);
    constexpr std::uint8_t kUnsure =
        command_line_flag::kOpen | command_line_flag::kPasses | command_line_flag::kLends;
    const auto place = static_cast<std::size_t>(
        std::lower_bound(made->commands.begin(), made->commands.end(), command) -
        made->commands.begin());
    // Of the file, or of the function that makes the command.
    const std::uint8_t alone = made->command_flags[place];
    if (!out.known && !made->options.empty() &&
        ((made->command_line & kUnsure) == 0 || (alone & kUnsure) == 0)) {
        out.known = true;
        out.why = {};
        out.variants = (made->command_line & kUnsure) != 0;
    }
    if (const ScriptFacts* own = script_of(program); own != nullptr)
        out.options.insert(own->options.begin(), own->options.end());
    return out;
}

bool OwnScripts::says(std::string_view text) const {
    const std::lock_guard lock(lock_);
    const auto at = said_.find(text);
    if (at != said_.end())
        return at->second;
    bool found = false;
    for (FileId file = 0; file < input_.facts.size() && !found; ++file) {
        if (input_.facts[file].python == nullptr || !input_.bytes)
            continue;
        const std::string_view bytes = input_.bytes(file);
        for (std::size_t place = find_text(bytes, text); place != std::string_view::npos && !found;
             place = find_text(bytes, text, place + 1)) {
            const std::size_t end = place + text.size();
            found = place > 0 && end < bytes.size() && bytes[end] == bytes[place - 1] &&
                    (bytes[end] == '"' || bytes[end] == '\'');
        }
    }
    said_.emplace(text, found);
    return found;
}

bool OwnScripts::had_path(std::string_view path) const {
    const std::lock_guard lock(lock_);
    if (!history_read_) {
        history_read_ = true;
        if (input_.deleted_paths) {
            for (const std::string& gone : input_.deleted_paths()) {
                std::string_view at = gone;
                while (!at.empty() && deleted_.emplace(at).second)
                    at = dirname(at);
            }
        }
    }
    return deleted_.find(path) != deleted_.end();
}

const std::vector<DeprecatedRow>& OwnScripts::deprecated() const {
    const std::lock_guard lock(lock_);
    if (!deprecated_rows_) {
        deprecated_rows_.emplace();
        if (input_.api != nullptr) {
            *deprecated_rows_ =
                deprecated_rows(*input_.api, [&](std::uint32_t module) -> const ScriptFacts* {
                    const FileId file = input_.api->modules()[module].file;
                    if (file == kNoFile || input_.facts[file].examples == nullptr)
                        return nullptr;
                    return input_.facts[file].examples->script.get();
                });
        }
    }
    return *deprecated_rows_;
}

}  // namespace docathon
