#pragma once
// Packing: plain data as bytes and back, for files that only the program itself reads (the cache).
// A struct needs no code of its own: its members are found by the compiler, so a member that is
// added later cannot be forgotten. The bytes fit only the very program that wrote them: they have
// the order and the sizes of its memory. Whoever keeps them keeps build_id() (core/build_id.h)
// beside them.
//
// What may be packed: numbers, enumerations, std::string, std::vector, std::pair, std::map,
// std::optional, Rare, RareText, std::shared_ptr or Lazy to one of these, and aggregates of up to
// 32 of them. Anything else does not compile, above all what points at bytes of somebody else.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "lint/core/lazy.h"
#include "lint/core/rare.h"

namespace docathon {

namespace pack_detail {

struct Anything {
    template <class T>
    operator T() const;  // NOLINT: converts to whatever a member is
};

template <class T, std::size_t... I>
constexpr bool takes(std::index_sequence<I...>) {
    return requires {
        T{(static_cast<void>(I), Anything{})...};
    };
}

/// Members of an aggregate.
template <class T, std::size_t N = 0>
constexpr std::size_t member_count() {
    if constexpr (takes<T>(std::make_index_sequence<N + 1>{}))
        return member_count<T, N + 1>();
    else
        return N;
}

/// Calls `use` with all members of an aggregate.
template <class T, class Use>
constexpr decltype(auto) with_members(T& value, Use&& use) {
    constexpr std::size_t n = member_count<std::remove_const_t<T>>();
    static_assert(n >= 1 && n <= 32, "add a line below for more members");
#define DOCATHON_MEMBERS(count, ...) \
    if constexpr (n == (count)) {    \
        auto& [__VA_ARGS__] = value; \
        return use(__VA_ARGS__);     \
    }
    // clang-format off
    DOCATHON_MEMBERS(1, a)
    DOCATHON_MEMBERS(2, a, b)
    DOCATHON_MEMBERS(3, a, b, c)
    DOCATHON_MEMBERS(4, a, b, c, d)
    DOCATHON_MEMBERS(5, a, b, c, d, e)
    DOCATHON_MEMBERS(6, a, b, c, d, e, f)
    DOCATHON_MEMBERS(7, a, b, c, d, e, f, g)
    DOCATHON_MEMBERS(8, a, b, c, d, e, f, g, h)
    DOCATHON_MEMBERS(9, a, b, c, d, e, f, g, h, i)
    DOCATHON_MEMBERS(10, a, b, c, d, e, f, g, h, i, j)
    DOCATHON_MEMBERS(11, a, b, c, d, e, f, g, h, i, j, k)
    DOCATHON_MEMBERS(12, a, b, c, d, e, f, g, h, i, j, k, l)
    DOCATHON_MEMBERS(13, a, b, c, d, e, f, g, h, i, j, k, l, m)
    DOCATHON_MEMBERS(14, a, b, c, d, e, f, g, h, i, j, k, l, m, o)
    DOCATHON_MEMBERS(15, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p)
    DOCATHON_MEMBERS(16, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q)
    DOCATHON_MEMBERS(17, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r)
    DOCATHON_MEMBERS(18, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s)
    DOCATHON_MEMBERS(19, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s, t)
    DOCATHON_MEMBERS(20, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s, t, u)
    DOCATHON_MEMBERS(21, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s, t, u, v)
    DOCATHON_MEMBERS(22, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s, t, u, v, w)
    DOCATHON_MEMBERS(23, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s, t, u, v, w, x)
    DOCATHON_MEMBERS(24, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s, t, u, v, w, x, y)
    DOCATHON_MEMBERS(25, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s, t, u, v, w, x, y, z)
    DOCATHON_MEMBERS(26, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s, t, u, v, w, x, y, z, A)
    DOCATHON_MEMBERS(27, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s, t, u, v, w, x, y, z, A, B)
    DOCATHON_MEMBERS(28, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s, t, u, v, w, x, y, z, A, B, C)
    DOCATHON_MEMBERS(29, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s, t, u, v, w, x, y, z, A, B, C, D)
    DOCATHON_MEMBERS(30, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s, t, u, v, w, x, y, z, A, B, C, D, E)
    DOCATHON_MEMBERS(31, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s, t, u, v, w, x, y, z, A, B, C, D, E, F)
    DOCATHON_MEMBERS(32, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s, t, u, v, w, x, y, z, A, B, C, D, E, F, G)
    // clang-format on
#undef DOCATHON_MEMBERS
}

template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsPair : std::false_type {};
template <class A, class B>
struct IsPair<std::pair<A, B>> : std::true_type {};
template <class T>
struct IsMap : std::false_type {};
template <class K, class V, class C>
struct IsMap<std::map<K, V, C>> : std::true_type {};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsOptional<Rare<T>> : std::true_type {};
template <class T>
struct IsShared : std::false_type {};
template <class T>
struct IsShared<std::shared_ptr<T>> : std::true_type {};

template <class T>
struct IsLazy : std::false_type {};
template <class T>
struct IsLazy<Lazy<T>> : std::true_type {};

template <class T>
constexpr bool is_number = std::is_arithmetic_v<T> || std::is_enum_v<T>;

/// Whether the bytes of a T in memory are all there is to it: numbers, and structs of such.
template <class T>
constexpr bool is_flat() {
    if constexpr (is_number<T>) {
        return true;
    } else if constexpr (std::is_trivially_copyable_v<T> && std::is_aggregate_v<T> &&
                         !IsPair<T>::value) {
        T value{};
        return with_members(value, [](const auto&... members) {
            return (is_flat<std::remove_cvref_t<decltype(members)>>() && ...);
        });
    } else {
        return false;
    }
}

}  // namespace pack_detail

/// Appends values to a string of bytes.
class PackWriter {
  public:
    /// `canonical`: equal values give equal bytes, fit for a hash. Else the unused bytes between
    /// the members of a struct are copied with it, which is quicker.
    explicit PackWriter(bool canonical = false) : canonical_(canonical) {}

    template <class T>
    void put(const T& value) {
        using namespace pack_detail;
        if constexpr (is_number<T>) {
            raw(&value, sizeof(T));
        } else if constexpr (std::is_same_v<T, std::string> ||
                             std::is_same_v<T, std::string_view>) {
            size(value.size());
            raw(value.data(), value.size());
        } else if constexpr (std::is_same_v<T, RareText>) {
            put(value.text());
        } else if constexpr (IsVector<T>::value) {
            using Item = typename T::value_type;
            static_assert(!std::is_same_v<Item, bool>, "it has no bytes in a row");
            size(value.size());
            if constexpr (is_flat<Item>()) {
                if (is_number<Item> || !canonical_) {
                    raw(value.data(), value.size() * sizeof(Item));
                    return;
                }
            }
            for (const Item& item : value)
                put(item);
        } else if constexpr (IsPair<T>::value) {
            put(value.first);
            put(value.second);
        } else if constexpr (IsMap<T>::value) {
            size(value.size());
            for (const auto& [key, mapped] : value) {
                put(key);
                put(mapped);
            }
        } else if constexpr (IsOptional<T>::value || IsShared<T>::value || IsLazy<T>::value) {
            put(static_cast<bool>(value));
            if (value)
                put(*value);
        } else {
            static_assert(std::is_aggregate_v<T>, "this kind of value cannot be packed");
            with_members(value, [this](const auto&... members) { (this->put(members), ...); });
        }
    }

    [[nodiscard]] const std::string& bytes() const { return bytes_; }
    void clear() { bytes_.clear(); }

  private:
    void size(std::size_t count) { put(static_cast<std::uint64_t>(count)); }
    void raw(const void* data, std::size_t count) {
        if (count > 0)
            bytes_.append(static_cast<const char*>(data), count);
    }
    std::string bytes_;
    bool canonical_;
};

/// Reads values in the order in which they were put. Bytes that do not fit are an error, never a
/// crash, and never an allocation larger than a small multiple of the bytes.
class PackReader {
  public:
    explicit PackReader(std::string_view bytes) : rest_(bytes) {}

    template <class T>
    void get(T& value) {
        using namespace pack_detail;
        if constexpr (std::is_same_v<T, bool>) {
            std::uint8_t byte = 0;
            raw(&byte, 1);
            ok_ = ok_ && byte <= 1;
            value = byte == 1;
        } else if constexpr (is_number<T>) {
            raw(&value, sizeof(T));
        } else if constexpr (std::is_same_v<T, std::string>) {
            const std::size_t count = size(1);
            value.assign(rest_.substr(0, count));
            rest_.remove_prefix(count);
        } else if constexpr (std::is_same_v<T, RareText>) {
            std::string text;
            get(text);
            value = text;
        } else if constexpr (IsVector<T>::value) {
            using Item = typename T::value_type;
            if constexpr (is_flat<Item>()) {
                const std::size_t count = size(sizeof(Item));
                value.resize(count);
                raw(value.data(), count * sizeof(Item));
            } else {
                const std::size_t count = size(1);
                value.clear();
                value.reserve(count < kReserve ? count : kReserve);
                for (std::size_t i = 0; i < count && ok_; ++i)
                    get(value.emplace_back());
            }
        } else if constexpr (IsPair<T>::value) {
            get(value.first);
            get(value.second);
        } else if constexpr (IsMap<T>::value) {
            const std::size_t count = size(1);
            value.clear();
            for (std::size_t i = 0; i < count && ok_; ++i) {
                typename T::key_type key{};
                get(key);
                get(value[std::move(key)]);
            }
        } else if constexpr (IsOptional<T>::value) {
            bool there = false;
            get(there);
            value.reset();
            if (there)
                get(value.emplace());
        } else if constexpr (IsShared<T>::value || IsLazy<T>::value) {
            bool there = false;
            get(there);
            value = T();
            if (there) {
                auto made = std::make_shared<std::remove_const_t<typename T::element_type>>();
                get(*made);
                if constexpr (IsLazy<T>::value)
                    value = T(std::shared_ptr<const typename T::element_type>(std::move(made)));
                else
                    value = std::move(made);
            }
        } else {
            static_assert(std::is_aggregate_v<T>, "this kind of value cannot be packed");
            with_members(value, [this](auto&... members) { (this->get(members), ...); });
        }
    }

    /// Whether everything asked for was there.
    [[nodiscard]] bool ok() const { return ok_; }
    /// Whether that was all.
    [[nodiscard]] bool at_end() const { return rest_.empty(); }

  private:
    static constexpr std::size_t kReserve = 1024;

    /// A count of items that have at least so many bytes each; 0 where there cannot be so many.
    std::size_t size(std::size_t item) {
        std::uint64_t count = 0;
        raw(&count, sizeof(count));
        if (count > rest_.size() / item) {
            ok_ = false;
            return 0;
        }
        return static_cast<std::size_t>(count);
    }
    void raw(void* data, std::size_t count) {
        if (count > rest_.size()) {
            ok_ = false;
            rest_ = {};
            return;
        }
        if (count > 0)
            std::memcpy(data, rest_.data(), count);
        rest_.remove_prefix(count);
    }

    std::string_view rest_;
    bool ok_ = true;
};

}  // namespace docathon
