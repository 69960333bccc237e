#include "lint/model/diagnostic.h"

namespace docathon {

std::string_view to_string(Severity severity) {
    switch (severity) {
        case Severity::off:
            return "off";
        case Severity::note:
            return "note";
        case Severity::warning:
            return "warning";
        case Severity::error:
            return "error";
    }
    return "off";
}

}  // namespace docathon
