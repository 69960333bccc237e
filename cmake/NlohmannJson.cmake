# nlohmann/json: reading JSON. Four seconds of compile time: few .cpp files, never in a header.

docathon_find_headers(nlohmann_json NAME NLOHMANN_JSON PACKAGE nlohmann_json VERSION 3.10
    TARGET nlohmann_json::nlohmann_json HEADER nlohmann/json.hpp DEBIAN nlohmann-json3-dev)
