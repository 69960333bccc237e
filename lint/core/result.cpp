#include "lint/core/result.h"

namespace docathon {

std::string Error::to_string() const {
    std::string text;
    if (!path.empty()) {
        text += path;
        if (line != 0) {
            text += ':' + std::to_string(line);
            if (column != 0)
                text += ':' + std::to_string(column);
        }
        text += ": ";
    } else if (line != 0) {
        text += "line " + std::to_string(line);
        if (column != 0)
            text += ", column " + std::to_string(column);
        text += ": ";
    }
    return text + message;
}

}  // namespace docathon
