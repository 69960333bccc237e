#!/usr/bin/env python3
"""Hold our reading of Python files against that of CPython's ast module.

    python_outline.py --program build/release/docathon-lint FOLDER|FILE... [--show 20]

Reads every .py and .pyi file below the folders (or named in @LIST) with `docathon-lint dump outline` and with the
Python that runs this script, and compares what both say of

    definitions   functions and classes wherever they stand: name, kind, async, place, end, the definition they stand in
    parameters    names, kinds, defaults and annotations of functions; bases and keywords of classes; return annotations
    decorators    each one's expression
    docstrings    of modules, classes and functions: place and value
    imports       each name that an import binds, wherever it stands
    flow          whether a function yields, and whether it returns a value

Files that this Python cannot parse are counted and left out. Exit code 1 if anything differs: use the newest Python.
"""

import argparse
import ast
import codecs
import io
import json
import os
import re
import subprocess
import sys
import tokenize
import unicodedata
import warnings

KINDS = ['definitions', 'parameters', 'decorators', 'docstrings', 'imports', 'flow']


class Source:
    """The bytes of a file and the way from ast's positions to offsets in them."""

    def __init__(self, data):
        self.data = data
        self.encoding = tokenize.detect_encoding(io.BytesIO(data).readline)[0]
        self.utf8 = self.encoding in ('utf-8', 'utf-8-sig')
        self.starts = [0]
        for match in re.finditer(rb'\r\n|\r|\n', data):
            self.starts.append(match.end())
        self.bom = 3 if data.startswith(codecs.BOM_UTF8) else 0
        self.starts[0] = self.bom

    def offset(self, line, column):
        start = self.starts[line - 1]
        if self.utf8:
            return start + column
        end = self.starts[line] if line < len(self.starts) else len(self.data)
        text = self.data[start:end].decode(self.encoding).encode('utf-8')[:column].decode('utf-8')
        return start + len(text.encode(self.encoding))

    def begin(self, node):
        return self.offset(node.lineno, node.col_offset)

    def end(self, node):
        return self.offset(node.end_lineno, node.end_col_offset)


def strip_brackets(data, begin, end):
    """Our ranges hold the brackets around an expression, ast's do not."""
    while begin < end and data[begin:begin + 1] == b'(' and data[end - 1:end] == b')':
        begin, end = begin + 1, end - 1
        while begin < end and data[begin:begin + 1].isspace():
            begin += 1
        while begin < end and data[end - 1:end].isspace():
            end -= 1
    return begin, end


def same_expression(source, ours, node):
    if node is None or not ours or len(ours) != 2:
        return node is None and (not ours or len(ours) == 1)
    theirs = (source.begin(node), source.end(node))
    if tuple(ours) == theirs or strip_brackets(source.data, *ours) == theirs:
        return True
    try:
        text = source.data[ours[0]:ours[1]].decode(source.encoding)
        # Behind brackets and line ends of its own, so that comments and continuations do not matter.
        got = ast.parse('(\n' + text + '\n)', mode='eval').body
    except (SyntaxError, ValueError):
        return False
    return ast.dump(got) == ast.dump(node)


def named(value):
    return re.sub(r'\\N\{([^}]*)\}', lambda m: unicodedata.lookup(m[1]), value)


def our_value(source, record):
    value = record['value']
    if not source.utf8:
        value = value.encode('latin-1', 'replace').decode(source.encoding, 'replace')
    return value


def same_value(ours, theirs):
    if ours == theirs:
        return True
    if '\\N{' in ours:
        try:
            ours = named(ours)
        except KeyError:
            return False
    return ours == theirs or ours == re.sub('[\ud800-\udfff]', '\ufffd', theirs)


class Walker(ast.NodeVisitor):
    """What ast has, in the order of the source."""

    def __init__(self):
        self.definitions, self.imports, self.stack = [], [], []

    def generic_visit(self, node):
        super().generic_visit(node)

    def definition(self, node):
        self.definitions.append((node, self.stack[-1] if self.stack else None))
        self.stack.append(len(self.definitions) - 1)
        for statement in node.body:
            self.visit(statement)
        self.stack.pop()

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = definition

    def visit_Import(self, node):
        self.imports += [(0, name.name, None, name.asname) for name in node.names]

    def visit_ImportFrom(self, node):
        self.imports += [(node.level, node.module or '', name.name, name.asname) for name in node.names]

    def visit_Expr(self, node):
        pass

    visit_Assign = visit_AnnAssign = visit_AugAssign = visit_Return = visit_Expr


def flow(function):
    """-> (yields, returns a value), nested functions and classes left out"""
    yields = returns = False
    todo = list(function.body)
    while todo:
        node = todo.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            continue
        yields = yields or isinstance(node, (ast.Yield, ast.YieldFrom))
        returns = returns or isinstance(node, ast.Return) and node.value is not None
        todo.extend(ast.iter_child_nodes(node))
    return yields, returns


def parameters(arguments):
    """-> [(name, kind, default, annotation)]"""
    out = []
    positional = [(a, 'po') for a in arguments.posonlyargs] + [(a, 'pk') for a in arguments.args]
    defaults = [None] * (len(positional) - len(arguments.defaults)) + arguments.defaults
    for (argument, kind), default in zip(positional, defaults):
        out.append((argument.arg, kind, default, argument.annotation))
    if arguments.vararg:
        out.append((arguments.vararg.arg, 'vp', None, arguments.vararg.annotation))
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults):
        out.append((argument.arg, 'ko', default, argument.annotation))
    if arguments.kwarg:
        out.append((arguments.kwarg.arg, 'vk', None, arguments.kwarg.annotation))
    return out


def literal_of(node):
    first = node.body[0] if node.body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return first.value
    return None


class Comparison:
    def __init__(self, show):
        self.counts = dict.fromkeys(KINDS, 0)
        self.wrong = dict.fromkeys(KINDS, 0)
        self.files = self.bytes = self.unparsed = self.false_problems = self.missed_problems = self.bad_files = 0
        self.show = show

    def check(self, kind, good, path, what):
        self.counts[kind] += 1
        if good:
            return
        self.wrong[kind] += 1
        self.file_good = False
        if self.show > 0:
            self.show -= 1
            print(f'{path}: {kind}: {what}')

    def docstring(self, source, path, node, record, name):
        theirs = literal_of(node)
        ours = record.get('docstring')
        if theirs is None and ours is None:
            return
        good = theirs is not None and ours is not None and ours['range'] == [source.begin(theirs), source.end(theirs)] \
            and same_value(our_value(source, ours), theirs.value)
        self.check('docstrings', good, path, f'{name}: {ours and ours["range"]} {(theirs is not None) and [source.begin(theirs), source.end(theirs)]}')

    def file(self, path, record, data):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter('ignore')
                tree = ast.parse(data)
            source = Source(data)
        except (SyntaxError, ValueError, RecursionError, MemoryError, LookupError):
            self.unparsed += 1
            self.missed_problems += not record['problems']
            return
        self.files += 1
        self.bytes += len(data)
        self.file_good = True
        if record['problems']:
            self.false_problems += 1
            self.file_good = False
            print(f'{path}: a problem that is none: {record["problems"][0]}')
        walker = Walker()
        walker.visit(tree)
        self.docstring(source, path, tree, record, 'module')
        ours = record['definitions']
        self.check('definitions', len(ours) == len(walker.definitions), path, f'{len(ours)} for {len(walker.definitions)}')
        for mine, (node, parent) in zip(ours, walker.definitions):
            self.definition(source, path, mine, node, parent)
        got = [(i['level'], i.get('module', ''), i.get('name'), i.get('alias')) for i in record['imports']]
        self.check('imports', len(got) == len(walker.imports), path, f'{len(got)} for {len(walker.imports)}')
        for mine, theirs in zip(got, walker.imports):
            self.check('imports', mine == theirs, path, f'{mine} for {theirs}')
        self.bad_files += not self.file_good

    def definition(self, source, path, mine, node, parent):
        function = not isinstance(node, ast.ClassDef)
        begin, end = source.begin(node), source.end(node)
        good = (mine.get('name'), mine['kind'], mine['async'], mine['range'], mine.get('parent'), mine['line']) == \
            (node.name, 'function' if function else 'class', isinstance(node, ast.AsyncFunctionDef), [begin, end], parent, node.lineno)
        self.check('definitions', good, path, f'{mine.get("name")} {mine["range"]} line {mine["line"]} for {node.name} {[begin, end]} line {node.lineno}')
        if function:
            theirs = parameters(node.args)
            good = [(p['name'], p['kind']) for p in mine['parameters']] == [t[:2] for t in theirs] and all(
                same_expression(source, p['default'], t[2]) and same_expression(source, p['annotation'], t[3])
                for p, t in zip(mine['parameters'], theirs)) and same_expression(source, mine['returns'], node.returns)
            self.check('parameters', good, path, f'{node.name} line {node.lineno}: {mine["parameters"]}')
            self.check('flow', (mine['yields'], mine['returns_value']) == flow(node), path,
                       f'{node.name} line {node.lineno}: {mine["yields"], mine["returns_value"]} for {flow(node)}')
        else:
            theirs = [(None, base.value) if isinstance(base, ast.Starred) else (None, base) for base in node.bases] + \
                [(k.arg, k.value) for k in node.keywords]
            got = mine['arguments']
            theirs.sort(key=lambda t: source.begin(t[1]))
            good = len(got) == len(theirs) and all(
                (a.get('keyword') if a.get('keyword') not in ('*', '**') else None) == t[0] and same_expression(source, a['range'], t[1])
                for a, t in zip(got, theirs))
            self.check('parameters', good, path, f'class {node.name} line {node.lineno}: {got}')
        self.check('parameters', bool(getattr(node, 'type_params', [])) == (len(mine['type_parameters']) == 2), path,
                   f'type parameters of {node.name}')
        good = len(mine['decorators']) == len(node.decorator_list) and all(
            same_expression(source, a, t) for a, t in zip(mine['decorators'], node.decorator_list))
        self.check('decorators', good, path, f'{node.name} line {node.lineno}: {mine["decorators"]}')
        self.docstring(source, path, node, mine, node.name)


def paths_of(arguments):
    for argument in arguments:
        if argument.startswith('@'):
            base = os.path.dirname(os.path.dirname(os.path.abspath(argument[1:])))
            for line in open(argument[1:], encoding='utf-8'):
                yield os.path.join(base, line.rstrip('\n'))
        elif os.path.isfile(argument):
            yield argument
        else:
            for folder, folders, names in sorted(os.walk(argument)):
                folders.sort()
                yield from (os.path.join(folder, name) for name in sorted(names) if name.endswith(('.py', '.pyi')))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--program', required=True)
    parser.add_argument('--show', type=int, default=20, help='differences to print')
    parser.add_argument('paths', nargs='+', help='folders, files, or @LIST of corpus.sh (paths relative to the folder above it)')
    options = parser.parse_args()
    sys.setrecursionlimit(20000)
    comparison = Comparison(options.show)
    paths = list(paths_of(options.paths))
    for first in range(0, len(paths), 200):
        part = paths[first:first + 200]
        result = subprocess.run([options.program, 'dump', 'outline', *part], stdout=subprocess.PIPE, check=False)
        records = result.stdout.splitlines()
        if result.returncode != 0 or len(records) != len(part):
            print(f'dump outline failed: exit code {result.returncode}, {len(records)} of {len(part)} records')
            return 1
        for path, record in zip(part, records):
            with open(path, 'rb') as file:
                comparison.file(path, json.loads(record), file.read())
    print(f'Python {sys.version.split()[0]}: {comparison.files} files, {comparison.bytes} bytes; '
          f'{comparison.unparsed} more do not parse (no problem seen in {comparison.missed_problems} of them)')
    for kind in KINDS:
        print(f'{kind:12} {comparison.counts[kind]:9} compared, {comparison.wrong[kind]} differ')
    print(f'files that differ: {comparison.bad_files} of {comparison.files}; problems that are none: {comparison.false_problems}')
    return 1 if comparison.bad_files or not comparison.files else 0


if __name__ == '__main__':
    sys.exit(main())
