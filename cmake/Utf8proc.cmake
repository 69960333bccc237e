# utf8proc: widths of characters, case folding, normalisation.

docathon_find_library(utf8proc LIBRARY utf8proc HEADER utf8proc.h DEBIAN libutf8proc-dev)
