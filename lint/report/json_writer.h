#pragma once
// JsonWriter: JSON as it is printed, without a tree in memory. It sees to commas and escapes; that
// members have a key and brackets match is up to the caller. Whatever bytes come in, valid UTF-8
// comes out.

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "lint/report/out.h"

namespace docathon {

class JsonWriter {
  public:
    explicit JsonWriter(Out& out) : out_(out) {}

    JsonWriter& begin_object() { return open('{'); }
    JsonWriter& end_object() { return close('}'); }
    JsonWriter& begin_array() { return open('['); }
    JsonWriter& end_array() { return close(']'); }
    /// Name of the next member.
    JsonWriter& key(std::string_view name);
    /// Bytes that are not UTF-8 become U+FFFD.
    JsonWriter& value(std::string_view text);
    JsonWriter& value(std::uint64_t number);
    template <std::same_as<bool> Bool>
    JsonWriter& value(Bool truth) {
        return bare(truth ? "true" : "false");
    }
    JsonWriter& null() { return bare("null"); }
    /// key() and value() in one.
    JsonWriter& member(std::string_view name, std::string_view text) {
        return key(name).value(text);
    }
    JsonWriter& member(std::string_view name, std::uint64_t number) {
        return key(name).value(number);
    }
    // A template, so that neither a pointer nor a number becomes a truth by conversion.
    template <std::same_as<bool> Bool>
    JsonWriter& member(std::string_view name, Bool truth) {
        return key(name).value(truth);
    }
    /// A line break before the next value: layout only.
    JsonWriter& line_break() {
        break_ = true;
        return *this;
    }

    /// Ends a document and its line; the next value begins a document of its own.
    void end_line() {
        out_ << '\n';
        comma_ = false;
        break_ = false;
    }

  private:
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    JsonWriter& bare(std::string_view token);
    void separate();
    void quote(std::string_view text);

    Out& out_;
    bool comma_ = false;  // a value stands before, in the same brackets
    bool break_ = false;
};

}  // namespace docathon
