#include "lint/parse/rst/labels.h"

#include <algorithm>

#include "lint/core/strings.h"

namespace docathon::rst {

Range label_in_line(std::string_view line) {
    const std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
    const std::string_view text = line.substr(indent);
    std::size_t begin = 0;
    std::size_t end = 0;
    if (text.starts_with(".. _") && !text.starts_with(".. __")) {
        begin = 4;
        if (begin < text.size() && text[begin] == '`') {
            ++begin;
            end = text.find('`', begin);
            if (end == std::string_view::npos || end + 1 >= text.size() || text[end + 1] != ':')
                return {};
        } else {
            end = text.find(':', begin);
            if (end == std::string_view::npos)
                return {};
        }
    } else if (text.starts_with(":name:")) {
        begin = 6;
        while (begin < text.size() && is_ascii_space(text[begin]))
            ++begin;
        end = begin + trim_right(text.substr(begin)).size();
    }
    return {static_cast<std::uint32_t>(indent + begin), static_cast<std::uint32_t>(indent + end)};
}

}  // namespace docathon::rst
