#pragma once
// Docstrings as autodoc hands them to docutils: without their indentation, and with the sections of
// Google's and NumPy's style taken apart where napoleon or numpydoc does it. Only made for
// docstrings that pages show, once a rule asks for them.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "lint/model/document.h"
#include "lint/model/facts.h"
#include "lint/model/settings.h"

namespace docathon::python {

/// A docstring and whether an extension takes its sections apart.
struct ShownText {
    std::uint32_t docstring = 0;  ///< position in PythonFacts::docstrings
    bool sections = false;
};

/// The docstrings as docutils reads them: nodes and messages of one document. References
/// to targets that a docstring itself lacks go to `targets`. Left out, since the bytes are not the
/// text: docstrings of several literals and those with escapes. Of sections that list things only
/// the descriptions are read. All ranges are those of `bytes`.
[[nodiscard]] Document shown_docstrings(std::string_view bytes, const PythonFacts& facts,
                                        std::span<const ShownText> texts, const Settings& settings,
                                        std::vector<UndefinedReference>& targets);

}  // namespace docathon::python
