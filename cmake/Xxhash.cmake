# xxHash: cache keys and fingerprints (XXH3, so 0.8 or newer).

docathon_find_library(xxhash LIBRARY xxhash HEADER xxh3.h DEBIAN libxxhash-dev)
