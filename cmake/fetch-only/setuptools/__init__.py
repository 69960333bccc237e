"""A stand-in build backend; see build_meta.py."""
