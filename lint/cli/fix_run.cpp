#include "lint/cli/fix_run.h"

#include <algorithm>
#include <memory>
#include <set>
#include <tuple>
#include <utility>

#include "lint/core/glob.h"
#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/io/files.h"
#include "lint/settle/apply_fix.h"

namespace docathon::cli {

namespace {

constexpr int kMostRounds = 3;
/// Where fixes must be tried one by one, each costs two looks at the file.
constexpr std::size_t kMostSingly = 200;
constexpr std::uint64_t kMaxRead = 256u << 20;

/// What a node is and where, but for its neighbours.
using Trait = std::tuple<std::uint32_t, std::uint32_t, int, int, std::string, std::string>;

/// Where an offset outside of the edits lies after them.
class Shift {
  public:
    explicit Shift(const std::vector<Edit>& edits) {
        std::int64_t moved = 0;
        for (const Edit& edit : edits) {
            moved += static_cast<std::int64_t>(edit.text.size()) -
                     static_cast<std::int64_t>(edit.range.size());
            ends_.push_back(edit.range.end);
            by_.push_back(moved);
        }
    }
    std::uint32_t operator()(std::uint32_t offset) const {
        const auto next = std::upper_bound(ends_.begin(), ends_.end(), offset);
        const auto count = next - ends_.begin();
        return count == 0
                   ? offset
                   : static_cast<std::uint32_t>(offset + by_[static_cast<std::size_t>(count - 1)]);
    }

  private:
    std::vector<std::uint32_t> ends_;
    std::vector<std::int64_t> by_;
};

/// Whether a range overlaps or touches one of some sorted, disjoint ranges.
bool touches(const std::vector<Range>& ranges, Range range) {
    const auto at =
        std::lower_bound(ranges.begin(), ranges.end(), range.begin,
                         [](const Range& one, std::uint32_t begin) { return one.end < begin; });
    return at != ranges.end() && at->begin <= range.end;
}

/// The nodes of a text that lie away from `ranges`; `place` says where they are to be expected.
/// A link to one of `targets` counts as one to "": where a link definition is mended, the links
/// that use it change with it.
template <class Place>
std::vector<Trait> traits(const ParsedFile& parsed, const std::vector<Range>& ranges,
                          const Place& place, const std::set<std::string>& targets) {
    std::vector<Trait> result;
    for (const Node& node : parsed.document.nodes()) {
        if (node.kind == NodeKind::document || touches(ranges, node.range))
            continue;
        const NodeData& data = parsed.document.data(node);
        const bool link = node.kind == NodeKind::link || node.kind == NodeKind::image;
        const bool by_definition = link && targets.contains(data.text);
        result.emplace_back(place(node.range.begin), place(node.range.end),
                            static_cast<int>(node.kind), node.level, data.name,
                            by_definition ? std::string() : data.text);
    }
    std::sort(result.begin(), result.end());
    return result;
}

/// Targets of the link definitions that `ranges` touch.
void add_defined(const FileFacts& facts, const std::vector<Range>& ranges,
                 std::set<std::string>& targets) {
    for (const Reference& reference : facts.references) {
        if (reference.kind == ReferenceKind::link_definition && touches(ranges, reference.range))
            targets.insert(reference.target);
    }
}

/// Whether the edits change nothing but what they touch.
bool is_contained(std::string_view path, std::string_view before, std::string_view after,
                  const Settings& settings, const std::vector<Edit>& edits) {
    const Shift shift(edits);
    std::vector<Range> old_ranges;
    std::vector<Range> new_ranges;
    std::int64_t moved = 0;
    for (const Edit& edit : edits) {
        old_ranges.push_back(edit.range);
        const auto begin = static_cast<std::uint32_t>(edit.range.begin + moved);
        new_ranges.push_back({begin, begin + static_cast<std::uint32_t>(edit.text.size())});
        moved += static_cast<std::int64_t>(edit.text.size()) -
                 static_cast<std::int64_t>(edit.range.size());
    }
    const auto stays = [](std::uint32_t offset) { return offset; };
    const SourceFile old_source(0, std::string(path), std::string(before));
    const SourceFile new_source(0, std::string(path), std::string(after));
    const ParsedFile old_file = parse_file(old_source, settings);
    const ParsedFile new_file = parse_file(new_source, settings);
    std::set<std::string> targets;
    add_defined(old_file.facts, old_ranges, targets);
    add_defined(new_file.facts, new_ranges, targets);
    return traits(old_file, old_ranges, shift, targets) ==
           traits(new_file, new_ranges, stays, targets);
}

/// A fix with the line breaks of the text that it is for.
Fix with_line_breaks(Fix fix, bool crlf) {
    if (!crlf)
        return fix;
    for (Edit& edit : fix.edits) {
        std::string text;
        for (const char c : edit.text) {
            if (c == '\n' && !text.ends_with('\r'))
                text += '\r';
            text += c;
        }
        edit.text = std::move(text);
    }
    return fix;
}

/// The edits that turn `before` into what apply_fixes() made of some findings.
std::vector<Edit> edits_of(std::span<const Diagnostic> findings, bool with_unsafe,
                           std::size_t size) {
    std::vector<Edit> all;
    for (const Diagnostic& finding : findings) {
        if (!finding.fix || (finding.fix->safety == FixSafety::unsafe && !with_unsafe))
            continue;
        all.insert(all.end(), finding.fix->edits.begin(), finding.fix->edits.end());
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Edit& a, const Edit& b) { return a.range < b.range; });
    all.erase(std::unique(all.begin(), all.end(),
                          [](const Edit& a, const Edit& b) {
                              return a.range == b.range && a.text == b.text;
                          }),
              all.end());
    return edits_apply(all, size) ? all : std::vector<Edit>();
}

}  // namespace

FixedText fix_text(std::string_view path, std::string_view text, const Settings& settings,
                   std::span<const Diagnostic> findings, bool with_unsafe) {
    FixedText result;
    result.text = text;
    const std::size_t line_end = text.find('\n');
    const bool crlf =
        line_end != std::string_view::npos && line_end > 0 && text[line_end - 1] == '\r';
    std::vector<Diagnostic> fixable;
    for (const Diagnostic& finding : findings) {
        if (!finding.fix || finding.suppressed || finding.fix->edits.empty() ||
            (finding.fix->safety == FixSafety::unsafe && !with_unsafe))
            continue;
        fixable.push_back(finding);
        fixable.back().fix = with_line_breaks(*finding.fix, crlf);
    }
    if (fixable.empty())
        return result;
    const std::vector<Edit> together = edits_of(fixable, with_unsafe, text.size());
    if (!together.empty()) {
        const std::string after = apply_edits(text, together);
        if (is_contained(path, text, after, settings, together)) {
            result.text = after;
            result.applied = fixable.size();
            return result;
        }
    }
    // From the end, so that the ranges of those that follow stay right.
    std::stable_sort(fixable.begin(), fixable.end(), [](const Diagnostic& a, const Diagnostic& b) {
        return a.fix->edits.front().range > b.fix->edits.front().range;
    });
    std::uint32_t taken_from = static_cast<std::uint32_t>(text.size()) + 1;
    std::size_t tried = 0;
    for (const Diagnostic& finding : fixable) {
        const std::vector<Edit>& edits = finding.fix->edits;
        // One that reaches into another waits for the next round.
        if (!edits_apply(edits, text.size()) || edits.back().range.end >= taken_from ||
            ++tried > kMostSingly)
            continue;
        const std::string after = apply_edits(result.text, edits);
        if (!is_contained(path, result.text, after, settings, edits)) {
            result.dropped.push_back(
                "a fix was not made, since it would change more than it "
                "means to: " +
                finding.message);
            continue;
        }
        result.text = after;
        taken_from = edits.front().range.begin;
        ++result.applied;
    }
    return result;
}

ProjectFixes fix_project(Session& session, const RunOptions& options, bool with_unsafe) {
    return fix_project(
        session, [&] { return run_session(session, options); }, with_unsafe);
}

ProjectFixes fix_project(Session& session, const std::function<LintRun()>& run, bool with_unsafe) {
    ProjectFixes fixes;
    std::vector<Glob> generated;
    for (const auto& [pattern, origin] : session.config.project.generated) {
        if (Result<Glob> glob = Glob::compile(pattern))
            generated.push_back(std::move(*glob));
    }
    const auto is_generated = [&](std::string_view path) {
        const std::string inside = relative_path(session.config.base, path);
        return std::any_of(generated.begin(), generated.end(),
                           [&](const Glob& glob) { return glob.match_or_parent(inside); });
    };
    auto overlay = std::make_shared<std::map<std::string, std::string>>();
    session.stamp = nullptr;
    session.read = [overlay, below = session.read](const std::string& path) -> Result<std::string> {
        const auto at = overlay->find(path);
        return at == overlay->end() ? below(path) : Result<std::string>(at->second);
    };
    for (int round = 0;; ++round) {
        fixes.run = run();
        if (fixes.run.cancelled || round == kMostRounds)
            break;
        std::vector<std::string> dropped;
        std::size_t applied = 0;
        const std::vector<Diagnostic>& findings = fixes.run.result.findings;
        for (std::size_t begin = 0; begin < findings.size();) {
            std::size_t end = begin;
            while (end < findings.size() && findings[end].file == findings[begin].file)
                ++end;
            const FileId id = findings[begin].file;
            const std::string& path = fixes.run.result.paths[id];
            const std::span<const Diagnostic> own(findings.data() + begin, end - begin);
            begin = end;
            const bool any = std::any_of(own.begin(), own.end(), [&](const Diagnostic& one) {
                return one.fix && (with_unsafe || one.fix->safety == FixSafety::safe);
            });
            if (!any)
                continue;
            if (is_generated(path)) {
                dropped.push_back(path + ": is generated, so it was not fixed");
                continue;
            }
            const std::string_view text = fixes.run.result.bytes(id);
            FixedText fixed = fix_text(path, text, session.settings.of(id), own, with_unsafe);
            for (const std::string& why : fixed.dropped)
                dropped.push_back(path + ": " + why);
            if (fixed.applied == 0 || fixed.text == text)
                continue;
            applied += fixed.applied;
            fixes.before.emplace(path, text);
            fixes.after[path] = fixed.text;
        }
        fixes.notes = std::move(dropped);
        if (applied == 0)
            break;
        fixes.applied += applied;
        for (const auto& [path, text] : fixes.after)
            (*overlay)[path] = text;
    }
    // A page that is as it was at the end has not changed.
    std::erase_if(fixes.before,
                  [&](const auto& one) { return fixes.after[one.first] == one.second; });
    std::erase_if(fixes.after, [&](const auto& one) { return !fixes.before.contains(one.first); });
    return fixes;
}

std::string fixed_line(std::size_t findings, std::size_t files) {
    return "fixed " + std::to_string(findings) + (findings == 1 ? " finding" : " findings") +
           " in " + std::to_string(files) + (files == 1 ? " file\n" : " files\n");
}

Result<std::size_t> write_fixes(const Session& session, ProjectFixes& fixes) {
    RealFileSystem files;
    std::size_t written = 0;
    for (const auto& [path, text] : fixes.after) {
        const std::string full = join_path(session.root, path);
        const Result<std::string> now = files.read_file(full, kMaxRead);
        if (!now || *now != fixes.before[path]) {
            fixes.notes.push_back(path + ": changed while it was checked, so it was not fixed");
            continue;
        }
        if (const Result<void> done = files.write_file_atomic(full, text); !done)
            return tl::unexpected<Error>(done.error());
        ++written;
    }
    return written;
}

}  // namespace docathon::cli
