#include "lint/parse/examples/notebook.h"

#include <algorithm>

#include "lint/parse/examples/collector.h"

namespace docathon::examples {

std::shared_ptr<const ExampleFacts> notebook_examples(std::string_view source,
                                                      const Notebook& notebook) {
    const auto is_example = [](const NotebookCell& cell) {
        return cell.kind == CellKind::code && !cell.fails;
    };
    if (!notebook.python || std::none_of(notebook.cells.begin(), notebook.cells.end(), is_example))
        return nullptr;
    Collector out(source);
    for (const NotebookCell& cell : notebook.cells) {
        if (is_example(cell))
            out.add_cell(cell.strings, cell.range);
    }
    return out.take();
}

}  // namespace docathon::examples
