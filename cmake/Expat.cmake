# Expat: whether XML in examples is well formed.

docathon_find_library(expat LIBRARY expat HEADER expat.h DEBIAN libexpat1-dev)
