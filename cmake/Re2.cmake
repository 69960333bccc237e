# RE2: regular expressions in linear time, whatever a configuration asks for.

docathon_find_library(re2 LIBRARY re2 HEADER re2/re2.h DEBIAN libre2-dev)
set_property(TARGET docathon_dep::re2 PROPERTY INTERFACE_LINK_LIBRARIES Threads::Threads)
