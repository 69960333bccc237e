#pragma once
// The commands below `links`, each in a file of its own.

#include <string>
#include <vector>

namespace docathon::cli {

int run_links_check(std::vector<std::string> arguments);
int run_links_list(std::vector<std::string> arguments);
int run_links_fetch(std::vector<std::string> arguments);

}  // namespace docathon::cli
