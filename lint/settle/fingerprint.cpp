#include "lint/settle/fingerprint.h"

#include <map>

#include "lint/core/hash.h"

namespace docathon {
namespace {

// Enough to tell findings apart, and a bound where many findings flag much of the same long line.
constexpr std::size_t kSliceBytes = 4096;

/// Runs of ASCII white space as one space, none at the ends.
void append_folded(std::string& out, std::string_view slice) {
    bool pending = false;
    bool any = false;
    for (const char c : slice.substr(0, kSliceBytes)) {
        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            pending = any;
            continue;
        }
        if (pending)
            out += ' ';
        pending = false;
        any = true;
        out += c;
    }
}

/// Every part is preceded by its length, so that no two lists of parts give the same text.
void append_part(std::string& out, std::string_view part) {
    out += std::to_string(part.size());
    out += ':';
    out += part;
}

/// The identity of a finding but for its ordinal.
std::string base_of(std::string_view rule_id, std::string_view subject, std::string_view slice) {
    std::string folded;
    append_folded(folded, slice);
    std::string key;
    append_part(key, rule_id);
    append_part(key, subject);
    append_part(key, folded);
    return hash128_hex(key);
}

std::string with_ordinal(const std::string& base, std::uint32_t ordinal) {
    return hash128_hex(base + ':' + std::to_string(ordinal));
}

}  // namespace

std::string fingerprint(std::string_view rule_id, std::string_view subject, std::string_view slice,
                        std::uint32_t ordinal) {
    return with_ordinal(base_of(rule_id, subject, slice), ordinal);
}

void set_fingerprints(const RuleSet& rules, std::string_view bytes,
                      std::span<Diagnostic> findings) {
    std::map<std::string, std::uint32_t> seen;
    for (Diagnostic& finding : findings) {
        std::string_view slice;
        if (finding.range.begin < finding.range.end && finding.range.end <= bytes.size()) {
            slice = bytes.substr(finding.range.begin, finding.range.size());
        }
        const std::string base = base_of(rules.specs[finding.rule].id, finding.subject, slice);
        finding.fingerprint = with_ordinal(base, seen[base]++);
    }
}

}  // namespace docathon
