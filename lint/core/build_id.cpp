#include "lint/core/build_id.h"

#if defined(__ELF__)
#include <cstddef>
#include <cstring>

#include <link.h>
#endif

namespace docathon {

#if defined(__ELF__)

namespace {

std::string hex_digits(const unsigned char* bytes, std::size_t count) {
    constexpr char kHex[] = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += kHex[bytes[i] >> 4];
        text += kHex[bytes[i] & 15];
    }
    return text;
}

/// The first object is the program itself.
int visit(dl_phdr_info* object, std::size_t, void* out) {
    constexpr std::size_t kAlign = 4;
    for (int i = 0; i < object->dlpi_phnum; ++i) {
        const ElfW(Phdr)& segment = object->dlpi_phdr[i];
        if (segment.p_type != PT_NOTE)
            continue;
        const auto* at =
            reinterpret_cast<const unsigned char*>(object->dlpi_addr + segment.p_vaddr);
        std::size_t left = segment.p_memsz;
        while (left >= sizeof(ElfW(Nhdr))) {
            ElfW(Nhdr) note;
            std::memcpy(&note, at, sizeof(note));
            const std::size_t name = (note.n_namesz + kAlign - 1) / kAlign * kAlign;
            const std::size_t size = (note.n_descsz + kAlign - 1) / kAlign * kAlign;
            const std::size_t whole = sizeof(note) + name + size;
            if (whole > left)
                break;
            if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 &&
                std::memcmp(at + sizeof(note), "GNU", 4) == 0) {
                *static_cast<std::string*>(out) =
                    hex_digits(at + sizeof(note) + name, note.n_descsz);
                return 1;
            }
            at += whole;
            left -= whole;
        }
    }
    return 1;
}

}  // namespace

std::string build_id() {
    std::string id;
    dl_iterate_phdr(visit, &id);
    return id;
}

#else

std::string build_id() {
    return {};
}

#endif

}  // namespace docathon
