# All third-party code. One small file each: a new enough system package first, then the folder of
# FETCHCONTENT_SOURCE_DIR_<NAME>, then an error that names the cure.
#
# cmark-gfm and tree-sitter are always built from the pinned folders, never taken from the system:
# what a text is read as must not depend on the machine. cmark-gfm is linked by tests only;
# tree-sitter is there for the Python front end, which comes next, and linked by nothing yet. A build
# without tests needs neither.

include_guard(GLOBAL)

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

if(DOCATHON_TESTS OR DOCATHON_FUZZ)
    include(CmarkGfm)
    include(TreeSitter)
endif()

include(FindLibrary)
include(Expat)
include(YamlCpp)
include(Re2)
include(Utf8proc)
include(Xxhash)

include(FindHeaders)
include(Cli11)
include(Curl)
include(Fmt)
include(NlohmannJson)
include(TlExpected)
include(TomlPlusPlus)
