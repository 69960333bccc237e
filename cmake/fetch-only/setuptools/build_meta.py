"""A build backend that builds nothing.

`pip download` asks the build backend of every source archive for its metadata, which compiles or
imports much that docathon-lint never uses and runs code of the archive. scripts/setup puts this
module in front of the real one: the answer is copied from the archive's PKG-INFO, and nothing of
the archive is executed. pip still checks the hash, the name and the version.
"""

import pathlib
import re


def get_requires_for_build_wheel(config_settings=None):
    return []


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    text = pathlib.Path("PKG-INFO").read_text(encoding="utf-8")
    fields = dict(re.findall(r"^(Name|Version): *(\S+)", text, re.MULTILINE))
    name = re.sub(r"[-_.]+", "_", fields["Name"])
    folder = pathlib.Path(metadata_directory) / f"{name}-{fields['Version']}.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(text, encoding="utf-8")
    return folder.name
