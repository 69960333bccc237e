#include "lint/parse/python/script.h"

#include "lint/parse/python/command_line.h"
#include "lint/parse/python/deprecations.h"
#include "lint/parse/python/outline.h"

namespace docathon::python {

std::shared_ptr<const ScriptFacts> read_script(std::string_view text, const Outline& outline,
                                               const PythonFacts& facts) {
    if (!may_say_deprecated(text) && !may_read_command_line(text))
        return nullptr;
    auto out = std::make_shared<ScriptFacts>();
    read_deprecations(text, outline, facts, *out);
    read_command_line(text, outline, *out);
    return out->empty() ? nullptr : out;
}

}  // namespace docathon::python
