#include "lint/core/build_id.h"

#include <gtest/gtest.h>

namespace docathon {
namespace {

#if defined(__ELF__)
// cmake/Options.cmake asks the linker for one: without it nothing would be cached.
TEST(BuildId, EveryProgramHasOne) {
    const std::string id = build_id();
    EXPECT_EQ(id.size(), 40u);  // SHA-1
    EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), std::string::npos);
}
#endif

}  // namespace
}  // namespace docathon
