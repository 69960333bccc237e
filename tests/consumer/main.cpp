// Lints a string through the installed library.

#include <docathon/lint.h>

#include <iostream>

int main() {
    const auto findings = docathon::lint_text("guide.md", "# Guide\n\nSee [setup](#set-up).\n");
    for (const docathon::Finding& finding : findings) {
        std::cout << finding.path << ':' << finding.line << ':' << finding.column << ": "
                  << finding.rule << ": " << finding.message << '\n';
    }
    return findings.size() == 1 && findings.front().rule == "links/missing-anchor" ? 0 : 1;
}
