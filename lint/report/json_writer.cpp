#include "lint/report/json_writer.h"

#include "lint/core/strings.h"
#include "lint/core/utf8.h"

namespace docathon {

JsonWriter& JsonWriter::key(std::string_view name) {
    separate();
    quote(name);
    out_ << ':';
    comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
    separate();
    quote(text);
    comma_ = true;
    return *this;
}

JsonWriter& JsonWriter::value(std::uint64_t number) {
    separate();
    out_.number(number);
    comma_ = true;
    return *this;
}

JsonWriter& JsonWriter::bare(std::string_view token) {
    separate();
    out_ << token;
    comma_ = true;
    return *this;
}

JsonWriter& JsonWriter::open(char bracket) {
    separate();
    out_ << bracket;
    comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
    if (break_)
        out_ << '\n';
    break_ = false;
    out_ << bracket;
    comma_ = true;
    return *this;
}

void JsonWriter::separate() {
    if (comma_)
        out_ << ',';
    if (break_)
        out_ << '\n';
    comma_ = false;
    break_ = false;
}

void JsonWriter::quote(std::string_view text) {
    static constexpr char kHex[] = "0123456789abcdef";
    out_ << '"';
    std::size_t copied = 0;
    const auto copy_until = [&](std::size_t end) { out_ << text.substr(copied, end - copied); };
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\') {
            ++i;
            continue;
        }
        if (byte >= 0x80) {
            const Decoded unit = decode_one(text, i);
            if (!unit.valid) {
                copy_until(i);
                out_ << "\xef\xbf\xbd";
                copied = i + unit.length;
            } else if (is_dangerous(unit.code_point)) {
                // The same text for a program, and nothing that the log of a run would obey.
                copy_until(i);
                const auto code = static_cast<std::uint32_t>(unit.code_point);
                out_ << "\\u";
                for (const unsigned shift : {12u, 8u, 4u, 0u})
                    out_ << kHex[(code >> shift) & 15u];
                copied = i + unit.length;
            }
            i += unit.length;
            continue;
        }
        copy_until(i);
        copied = ++i;
        switch (byte) {
            case '"':
                out_ << "\\\"";
                break;
            case '\\':
                out_ << "\\\\";
                break;
            case '\n':
                out_ << "\\n";
                break;
            case '\r':
                out_ << "\\r";
                break;
            case '\t':
                out_ << "\\t";
                break;
            default:
                out_ << "\\u00" << kHex[byte >> 4] << kHex[byte & 15u];
        }
    }
    copy_until(text.size());
    out_ << '"';
}

}  // namespace docathon
