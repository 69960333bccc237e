#include "lint/cli/arguments.h"

#include <CLI/CLI.hpp>

#include "lint/cli/command.h"
#include "lint/cli/output.h"
#include "lint/core/nearest.h"
#include "lint/core/strings.h"

namespace docathon::cli {

namespace {

/// "--jobs" of "--jobs,-j"; the name itself if it has no long form.
std::string long_name(const std::string& name) {
    const std::size_t begin = name.find("--");
    if (begin == std::string::npos)
        return name;
    return name.substr(begin, name.find(',', begin) - begin);
}

// Set while a command describes itself instead of running; commands run on one thread.
CommandInfo* g_described = nullptr;

}  // namespace

struct Arguments::Impl {
    explicit Impl(const std::string& about) : app(about) {}
    CLI::App app;
    std::vector<std::string> names;  // of all flags, for "did you mean"
    std::string command;
    CommandInfo info;

    void describe(const std::string& flag_names, const std::string& metavar,
                  const std::string& help) {
        ArgumentInfo& one = info.arguments.emplace_back();
        for (const std::string_view name : split(flag_names, ',')) {
            if (!name.empty())
                one.names.emplace_back(name);
        }
        one.metavar = metavar;
        one.help = help;
    }
};

Arguments::Arguments(std::string command, std::string about)
    : impl_(std::make_unique<Impl>(about)) {
    impl_->command = std::move(command);
    impl_->app.name(impl_->command);
    impl_->app.allow_extras(false);
    impl_->app.set_help_flag("-h,--help", "Print this help and exit");
    impl_->names.emplace_back("--help");
    impl_->info.name = impl_->command;
    impl_->info.about = impl_->app.get_description();
}

Arguments::~Arguments() = default;

void Arguments::flag(const std::string& name, bool& out, const std::string& help) {
    impl_->app.add_flag(name, out, help);
    impl_->describe(name, {}, help);
    impl_->names.push_back(long_name(name));
}

void Arguments::value(const std::string& name, std::string& out, const std::string& metavar,
                      const std::string& help) {
    impl_->app.add_option(name, out, help)->type_name(metavar);
    impl_->names.push_back(long_name(name));
    impl_->describe(name, metavar, help);
}

void Arguments::value(const std::string& name, std::optional<std::string>& out,
                      const std::string& metavar, const std::string& help) {
    impl_->app
        .add_option_function<std::string>(
            name, [&out](const std::string& text) { out = text; }, help)
        ->type_name(metavar);
    impl_->names.push_back(long_name(name));
    impl_->describe(name, metavar, help);
}

void Arguments::values(const std::string& name, std::vector<std::string>& out,
                       const std::string& metavar, const std::string& help) {
    impl_->app.add_option(name, out, help)
        ->type_name(metavar)
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    impl_->names.push_back(long_name(name));
    impl_->describe(name, metavar, help);
}

void Arguments::list(const std::string& name, std::vector<std::string>& out,
                     const std::string& metavar, const std::string& help) {
    impl_->app.add_option(name, out, help)
        ->type_name(metavar)
        ->delimiter(',')
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    impl_->names.push_back(long_name(name));
    impl_->describe(name, metavar, help);
}

void Arguments::number(const std::string& name, std::optional<std::uint64_t>& out,
                       const std::string& metavar, const std::string& help) {
    impl_->app
        .add_option_function<std::string>(
            name,
            [&out, name](const std::string& text) {
                std::uint64_t number = 0;
                for (const char c : text) {
                    if (!is_ascii_digit(c) || number > 1000000000) {
                        throw CLI::ValidationError(name, "'" + text + "' is no number");
                    }
                    number = number * 10 + static_cast<std::uint64_t>(c - '0');
                }
                if (text.empty())
                    throw CLI::ValidationError(name, "a number is missing");
                out = number;
            },
            help)
        ->type_name(metavar);
    impl_->names.push_back(long_name(name));
    impl_->describe(name, metavar, help);
}

void Arguments::positionals(std::vector<std::string>& out, const std::string& metavar,
                            const std::string& help) {
    impl_->app.add_option(metavar, out, help)->type_name("");
    impl_->describe({}, metavar, help);
}

void Arguments::footer(std::string text) {
    impl_->info.footer = text;
    impl_->app.footer(std::move(text));
}

std::optional<int> Arguments::parse(std::vector<std::string> arguments) {
    if (g_described != nullptr) {
        *g_described = impl_->info;
        return kClean;
    }
    std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
    const std::vector<std::string> given(arguments.rbegin(), arguments.rend());
    try {
        impl_->app.parse(std::move(arguments));
    } catch (const CLI::CallForHelp&) {
        print_out(impl_->app.help());
        return kClean;
    } catch (const CLI::ParseError& error) {
        // CLI11 names what it does not know all at once; the first one is enough, with its
        // neighbour.
        for (const std::string& one : given) {
            if (one == "--")
                break;
            const std::string name = one.substr(0, one.find('='));
            if (!name.starts_with("--") || impl_->app.get_option_no_throw(name) != nullptr)
                continue;
            const std::string_view near = nearest(name, std::span<const std::string>(impl_->names),
                                                  suggestion_distance(name));
            return usage_error("no flag '" + name + "'" +
                               (near.empty() ? "; see " + impl_->command + " --help"
                                             : "; did you mean '" + std::string(near) + "'?"));
        }
        return usage_error(error.what());
    }
    return std::nullopt;
}

CommandInfo describe_command(int (*run)(std::vector<std::string>), std::vector<std::string> words) {
    CommandInfo info;
    g_described = &info;
    run(std::move(words));
    g_described = nullptr;
    return info;
}

int usage_error(const std::string& message) {
    print_error("docathon-lint: error: " + escape_control(message) + "\n");
    return kFailed;
}

}  // namespace docathon::cli
