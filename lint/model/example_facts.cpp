#include "lint/model/example_facts.h"

namespace docathon {

std::string_view to_string(CodeLanguage language) {
    switch (language) {
        case CodeLanguage::none:
            return "none";
        case CodeLanguage::python:
            return "python";
        case CodeLanguage::shell:
            return "shell";
        case CodeLanguage::json:
            return "json";
        case CodeLanguage::yaml:
            return "yaml";
        case CodeLanguage::toml:
            return "toml";
        case CodeLanguage::xml:
            return "xml";
        case CodeLanguage::diff:
            return "diff";
        case CodeLanguage::text:
            return "text";
        case CodeLanguage::other:
            return "other";
    }
    return "other";
}

}  // namespace docathon
