# yaml-cpp: configuration, rule files, front matter. Not by its own CMake package, which offers the
# shared library only.

docathon_find_library(yaml_cpp
    LIBRARY yaml-cpp HEADER yaml-cpp/yaml.h DEBIAN libyaml-cpp-dev)
