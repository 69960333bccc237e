#include "lint/model/facts.h"

namespace docathon {

std::string_view to_string(Format format) {
    switch (format) {
        case Format::markdown:
            return "markdown";
        case Format::rst:
            return "rst";
        case Format::python:
            return "python";
        case Format::notebook:
            return "notebook";
        case Format::other:
            return "other";
    }
    return "other";
}

std::string_view to_string(SuppressionTool tool) {
    switch (tool) {
        case SuppressionTool::own:
            return "";
        case SuppressionTool::markdownlint:
            return "markdownlint";
        case SuppressionTool::vale:
            return "vale";
        case SuppressionTool::lint_ignore:
            return "lint-ignore";
        case SuppressionTool::noqa:
            return "noqa";
    }
    return "";
}

}  // namespace docathon
