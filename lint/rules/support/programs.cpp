#include "lint/rules/support/programs.h"

#include <algorithm>
#include <array>

#include "lint/core/path.h"
#include "lint/core/strings.h"

namespace docathon::rules {

namespace {

using Words = std::vector<ShellWord>;

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& names) {
    return std::find(names.begin(), names.end(), word) != names.end();
}

bool is_option(const ShellWord& word) {
    return word.text.size() > 1 && word.text[0] == '-';
}

/// python, python3, python3.11
bool is_python(std::string_view name) {
    if (!name.starts_with("python"))
        return name == "py";
    return std::all_of(name.begin() + 6, name.end(),
                       [](char c) { return is_ascii_digit(c) || c == '.'; });
}

bool is_yaml_like(std::string_view path) {
    constexpr std::array<std::string_view, 7> kSuffixes = {".yaml", ".yml", ".json", ".toml",
                                                           ".cfg",  ".ini", ".conf"};
    return one_of(extension(path), kSuffixes);
}

class ProgramReader {
  public:
    ProgramReader(const ShellCommand& command, ProgramUse& out)
        : words_(command.words), out_(out) {}

    void run() {
        std::size_t at = 0;
        if (!skip_wrappers(at))
            return;
        out_.program_word = at;
        const ShellWord& name = words_[at];
        const std::string_view base = basename(name.text);
        out_.program = is_python(base) ? "python" : std::string(base);
        if ((name.flags & shell_word_flag::kOpen) != 0)
            return;
        dispatch(at, base);
        configs(at + 1);
    }

  private:
    /// sudo, env X=1, uv run: the command is what follows. False if nothing does.
    bool skip_wrappers(std::size_t& at) const {
        constexpr std::array<std::string_view, 7> kOne = {"sudo", "env",     "nohup",   "exec",
                                                          "time", "command", "xvfb-run"};
        constexpr std::array<std::string_view, 6> kRun = {"uv",  "poetry", "pipenv",
                                                          "pdm", "hatch",  "rye"};
        while (at < words_.size()) {
            const std::string_view word = words_[at].text;
            if (one_of(word, kOne)) {
                ++at;
                while (at < words_.size() &&
                       (is_option(words_[at]) || words_[at].text.find('=') != std::string::npos))
                    ++at;
            } else if (one_of(word, kRun) && at + 1 < words_.size() &&
                       words_[at + 1].text == "run") {
                at += 2;
                if (at < words_.size() && is_option(words_[at]))
                    return false;
            } else {
                return true;
            }
        }
        return false;
    }

    void add(PathKind kind, const ShellWord& word, std::size_t begin = 0,
             std::size_t end = std::string::npos) {
        PathUse use;
        use.kind = kind;
        use.flags = word.flags;
        end = std::min(end, word.text.size());
        use.text = word.text.substr(begin, end - begin);
        use.range = word.range;
        if ((word.flags & shell_word_flag::kQuoted) == 0 && word.range.size() == word.text.size())
            use.range = {word.range.begin + static_cast<std::uint32_t>(begin),
                         word.range.begin + static_cast<std::uint32_t>(end)};
        if (use.text.size() != word.text.size())  // what was cut off may have been what is open
            use.flags = static_cast<std::uint8_t>(
                (word.flags & shell_word_flag::kExpansion) |
                (looks_like_placeholder(use.text) ? shell_word_flag::kPlaceholder : 0));
        if (!use.text.empty())
            out_.paths.push_back(std::move(use));
    }

    void dispatch(std::size_t at, std::string_view base) {
        constexpr std::array<std::string_view, 7> kShells = {"bash", "sh",     "zsh", "ksh",
                                                             "dash", "source", "."};
        if (is_python(base)) {
            python(at + 1);
        } else if (base == "torchrun" || base == "deepspeed" || base == "horovodrun" ||
                   base == "colossalai" || base == "mpirun" || base == "mpiexec" ||
                   (base == "accelerate" && at + 1 < words_.size() &&
                    words_[at + 1].text == "launch")) {
            out_.owner = base == "accelerate" ? -1 : -2;
            launched(at + (base == "accelerate" ? 2 : 1));
        } else if (one_of(base, kShells)) {
            for (std::size_t i = at + 1; i < words_.size(); ++i) {
                if (words_[i].text == "-c")
                    return;
                if (is_option(words_[i]))
                    continue;
                script(i);
                return;
            }
        } else if (base == "pip" || base == "pip3" ||
                   (base == "uv" && at + 1 < words_.size() && words_[at + 1].text == "pip")) {
            pip(at + (base == "uv" ? 2 : 1));
        } else if (base == "conda" || base == "mamba" || base == "micromamba") {
            conda(at + 1);
        } else if (base == "cd" || base == "pushd") {
            if (at + 1 < words_.size() && !is_option(words_[at + 1]))
                add(PathKind::folder, words_[at + 1]);
        } else if (base == "cmake") {
            cmake(at + 1);
        } else if (base == "pytest" || base == "py.test") {
            pytest(at + 1);
        } else if (base == "jupyter" || base == "jupyter-notebook" || base == "jupyter-lab") {
            jupyter(at + 1);
        } else if (base == "chmod") {
            if (at + 2 < words_.size())
                add(PathKind::script, words_[at + 2]);
        } else if (words_[at].text.find('/') != std::string::npos) {
            if (!is_row(at))
                script(at);
        } else {
            out_.owner = -1;
            out_.first_argument = at + 1;
        }
    }

    /// A path and nothing but numbers behind it is the row of a table (coverage, sizes).
    [[nodiscard]] bool is_row(std::size_t at) const {
        if (at + 1 == words_.size())
            return false;
        return std::all_of(words_.begin() + static_cast<std::ptrdiff_t>(at) + 1, words_.end(),
                           [](const ShellWord& word) {
                               return word.text.find_first_not_of("0123456789.,%-") ==
                                          std::string::npos &&
                                      word.text.find_first_of("0123456789") != std::string::npos;
                           });
    }

    void script(std::size_t i) {
        out_.owner = static_cast<int>(out_.paths.size());
        out_.first_argument = i + 1;
        add(PathKind::script, words_[i]);
        if (out_.paths.size() != static_cast<std::size_t>(out_.owner) + 1)
            out_.owner = -2;
    }

    void module(std::size_t i) {
        constexpr std::array<std::string_view, 9> kLaunchers = {"torch.distributed.launch",
                                                                "torch.distributed.run",
                                                                "accelerate.commands.launch",
                                                                "torch.utils.bottleneck",
                                                                "pdb",
                                                                "cProfile",
                                                                "trace",
                                                                "debugpy",
                                                                "torch.distributed.launcher"};
        const std::string_view name = words_[i].text;
        if (name == "pip" || name == "pytest") {
            if (name == "pip")
                pip(i + 1);
            else
                pytest(i + 1);
            return;
        }
        out_.owner = static_cast<int>(out_.paths.size());
        out_.first_argument = i + 1;
        add(PathKind::module, words_[i]);
        if (out_.paths.empty())
            out_.owner = -2;
        if (one_of(name, kLaunchers)) {
            out_.owner = -2;
            launched(i + 1);
        }
    }

    void python(std::size_t at) {
        for (std::size_t i = at; i < words_.size(); ++i) {
            const std::string_view word = words_[i].text;
            if (word == "-m") {
                if (i + 1 < words_.size())
                    module(i + 1);
                return;
            }
            if (word == "-c" || word == "-" || word == "--version" || word == "-V")
                return;
            if (word == "-W" || word == "-X") {
                ++i;
                continue;
            }
            if (is_option(words_[i]))
                continue;
            // "Python 3.10 or newer" of prose is no command.
            if (word.ends_with(".py") || word.find('/') != std::string_view::npos)
                script(i);
            return;
        }
    }

    /// The script behind the options of a program that starts it.
    void launched(std::size_t at) {
        out_.launcher_begin = at;
        out_.launcher_end = words_.size();
        for (std::size_t i = at; i < words_.size(); ++i) {
            const std::string_view word = words_[i].text;
            if (word == "-m" || word == "--module") {
                if (i + 1 < words_.size() && words_[i + 1].text.find('.') != std::string::npos) {
                    out_.launcher_end = i;
                    out_.owner = static_cast<int>(out_.paths.size());
                    out_.first_argument = i + 2;
                    add(PathKind::module, words_[i + 1]);
                }
                return;
            }
            if (!is_option(words_[i]) && word.ends_with(".py")) {
                out_.launcher_end = i;
                script(i);
                return;
            }
        }
    }

    void pip(std::size_t at) {
        if (at >= words_.size() || words_[at].text != "install")
            return;
        for (std::size_t i = at + 1; i < words_.size(); ++i) {
            const ShellWord& word = words_[i];
            const std::string_view text = word.text;
            if (text == "-r" || text == "--requirement" || text == "-c" || text == "--constraint") {
                if (i + 1 < words_.size())
                    add(PathKind::requirements, words_[++i]);
            } else if (text.starts_with("-r") && text.size() > 2 && text[1] == 'r') {
                add(PathKind::requirements, word, 2);
            } else if (text.starts_with("--requirement=")) {
                add(PathKind::requirements, word, 14);
            } else if (text == "-e" || text == "--editable") {
                if (i + 1 < words_.size())
                    install(words_[++i]);
            } else if (takes_value(text)) {
                ++i;
            } else if (!is_option(word) && (text.starts_with("./") || text.starts_with("../"))) {
                install(word);
            }
        }
    }

    static bool takes_value(std::string_view option) {
        constexpr std::array<std::string_view, 12> kOptions = {
            "-i",    "--index-url", "--extra-index-url", "-f",     "--find-links",
            "-t",    "--target",    "--prefix",          "--root", "--python",
            "--src", "--cache-dir"};
        return one_of(option, kOptions);
    }

    void install(const ShellWord& word) {
        if (word.text.find("://") != std::string::npos || word.text.starts_with("git+") ||
            word.text.find('@') != std::string::npos ||
            (word.text.ends_with(".whl") || word.text.ends_with(".gz")))
            return;
        add(PathKind::folder, word, 0, word.text.find('['));
    }

    void conda(std::size_t at) {
        for (std::size_t i = at; i + 1 < words_.size(); ++i) {
            const std::string_view text = words_[i].text;
            if (text == "-f" || text == "--file")
                add(PathKind::requirements, words_[++i]);
        }
    }

    void cmake(std::size_t at) {
        for (std::size_t i = at; i < words_.size(); ++i) {
            const std::string_view text = words_[i].text;
            if (text == "--build" || text == "--install" || text == "-E" || text == "--open")
                return;
            if (text == "-S" && i + 1 < words_.size())
                add(PathKind::folder, words_[++i]);
            else if (text == "-B" || text == "-G" || text == "-D" || text == "-C" || text == "-A" ||
                     text == "-T" || text == "--preset" || text == "--install-prefix" ||
                     text == "--toolchain")
                ++i;
            else if (text == "-P" && i + 1 < words_.size())
                add(PathKind::script, words_[++i]);
            else if (text.starts_with("-S") && text.size() > 2)
                add(PathKind::folder, words_[i], 2);
            else if (!is_option(words_[i]) && (text.find('/') != std::string_view::npos))
                add(PathKind::folder, words_[i]);
        }
    }

    void pytest(std::size_t at) {
        constexpr std::array<std::string_view, 10> kValues = {
            "-k", "-m", "-n", "-c", "-p", "-o", "--ignore", "--rootdir", "--junitxml", "--timeout"};
        for (std::size_t i = at; i < words_.size(); ++i) {
            if (one_of(words_[i].text, kValues))
                ++i;
            else if (!is_option(words_[i]) && words_[i].text.find('/') != std::string::npos)
                add(PathKind::file, words_[i], 0, words_[i].text.find("::"));
        }
    }

    void jupyter(std::size_t at) {
        for (std::size_t i = at; i < words_.size(); ++i) {
            if (words_[i].text.ends_with(".ipynb") && !is_option(words_[i]) &&
                words_[i].text.find('/') != std::string::npos)
                add(PathKind::file, words_[i]);
        }
    }

    /// --config x.yaml, --config=x.yaml, --config_file x
    void configs(std::size_t at) {
        for (std::size_t i = at; i < words_.size(); ++i) {
            const std::string_view text = words_[i].text;
            if (!text.starts_with("--"))
                continue;
            const std::size_t equal = text.find('=');
            const std::string_view option = text.substr(0, equal);
            if (option.find("config") == std::string_view::npos &&
                option.find("cfg") == std::string_view::npos)
                continue;
            if (option.find("out") != std::string_view::npos ||
                option.find("save") != std::string_view::npos)
                continue;
            if (equal != std::string_view::npos) {
                if (is_yaml_like(text) && text.find('/') != std::string_view::npos)
                    add(PathKind::config, words_[i], equal + 1);
            } else if (i + 1 < words_.size() && is_yaml_like(words_[i + 1].text) &&
                       words_[i + 1].text.find('/') != std::string::npos) {
                add(PathKind::config, words_[++i]);
            } else if (option == "--config" && i + 1 < words_.size() &&
                       words_[i + 1].text.find('/') != std::string::npos &&
                       extension(words_[i + 1].text).empty()) {
                add(PathKind::config_name, words_[++i]);
            }
        }
    }

    const Words& words_;
    ProgramUse& out_;
};

}  // namespace

ProgramUse read_program(const ShellCommand& command) {
    ProgramUse out;
    ProgramReader(command, out).run();
    return out;
}

}  // namespace docathon::rules
