#include "lint/config/options.h"

#include <algorithm>

#include <re2/re2.h>

namespace docathon {
namespace {

std::string expected_text(const OptionSpec& spec) {
    switch (spec.type) {
        case OptionType::boolean:
            return "true or false";
        case OptionType::integer:
            return "an integer";
        case OptionType::string:
            return "a string";
        case OptionType::string_list:
            return "a list of strings";
        case OptionType::regex:
            return "a regular expression";
        case OptionType::regex_list:
            return "a list of regular expressions";
        case OptionType::choice:
            return one_of(spec.choices);
    }
    return {};
}

bool check_regex(const Value& value, Reader& reader) {
    RE2::Options options;
    options.set_log_errors(false);
    const RE2 expression(value.text, options);
    if (expression.ok())
        return true;
    reader.error(value, quote(value.text) + " is no regular expression: " +
                            quote(expression.error()) + " (RE2 syntax)");
    return false;
}

}  // namespace

bool read_option(const Value& value, const OptionSpec& spec, std::string_view what, Reader& reader,
                 Options::Entry& out) {
    const auto mismatch = [&](const Value& at) {
        std::string message =
            quote(what) + " must be " + expected_text(spec) + ", found " + describe(at);
        if (spec.type == OptionType::choice && at.is_scalar()) {
            message += did_you_mean(at.text, spec.choices);
        }
        reader.error(at, std::move(message));
        return false;
    };
    switch (spec.type) {
        case OptionType::boolean:
            return value.as_bool(out.boolean) ? true : mismatch(value);
        case OptionType::integer:
            return value.as_int(out.integer) ? true : mismatch(value);
        case OptionType::string:
        case OptionType::regex:
        case OptionType::choice:
            if (!value.is_scalar())
                return mismatch(value);
            if (spec.type == OptionType::regex && !check_regex(value, reader))
                return false;
            if (spec.type == OptionType::choice &&
                std::find(spec.choices.begin(), spec.choices.end(), value.text) ==
                    spec.choices.end()) {
                return mismatch(value);
            }
            out.string = value.text;
            return true;
        case OptionType::string_list:
        case OptionType::regex_list: {
            out.strings.clear();
            if (value.is_null())
                return true;  // every entry commented out
            if (!value.is_list())
                return mismatch(value);
            bool good = true;
            for (const Value& item : value.items) {
                if (!item.is_scalar())
                    good = mismatch(item);
                else if (spec.type == OptionType::regex_list)
                    good = check_regex(item, reader) && good;
                out.strings.push_back(item.text);
            }
            return good;
        }
    }
    return false;
}

Options default_options(const RuleSpec& spec) {
    Options options;
    for (const OptionSpec& option : spec.options) {
        Options::Entry& entry = options.entries[option.name];
        const Value& value = option.default_value;
        switch (option.type) {
            case OptionType::boolean:
                static_cast<void>(value.as_bool(entry.boolean));
                break;
            case OptionType::integer:
                static_cast<void>(value.as_int(entry.integer));
                break;
            case OptionType::string:
            case OptionType::regex:
            case OptionType::choice:
                entry.string = value.text;
                break;
            case OptionType::string_list:
            case OptionType::regex_list:
                put(value, entry.strings);
                break;
        }
    }
    return options;
}

Result<Options> options_with(const RuleSpec& spec, const Value& values, std::string_view path) {
    Options options = default_options(spec);
    std::vector<Error> errors;
    Reader reader{std::string(path), errors};
    std::vector<std::string> names;
    for (const OptionSpec& option : spec.options)
        names.push_back(option.name);
    for (std::size_t i = 0; i < values.keys.size(); ++i) {
        const Value& name = values.keys[i];
        const auto option = std::find_if(spec.options.begin(), spec.options.end(),
                                         [&](const OptionSpec& o) { return o.name == name.text; });
        if (option == spec.options.end()) {
            reader.error(name, "no option " + quote(name.text) + " in " + spec.id +
                                   did_you_mean(name.text, names));
            continue;
        }
        read_option(values.items[i], *option, name.text, reader, options.entries[name.text]);
    }
    if (!errors.empty())
        return tl::unexpected<Error>(errors.front());
    return options;
}

}  // namespace docathon
