"""Machines to compile for: their names, instruction sets and the flags that depend on them. Nothing is run here."""

from __future__ import annotations

import platform
import sys
from typing import NamedTuple

from building.requirements import BuildError

X86_64_ISAS = {
    "v2": ["-mcpu=x86_64_v2"],
    "v3": ["-mcpu=x86_64_v3"],
    "v4": ["-mcpu=x86_64_v4", "-mprefer-vector-width=512"],
}


class Target(NamedTuple):
    """A machine to compile for: zig's name of it, the wheel's, and the instruction sets to compile kernels for."""

    triple: str
    wheel_platform: str
    isas: dict[str, list[str]]

    @property
    def baseline(self) -> list[str]:
        return next(iter(self.isas.values()))

    @property
    def link_flags(self) -> list[str]:
        # Python's own symbols are found in the interpreter that loads us; ELF allows that unasked.
        return ["-Wl,-undefined,dynamic_lookup"] if "macos" in self.triple else ["-lm", "-lpthread", "-ldl"]


def find_target(triple: str | None = None) -> Target:
    """The target called so, or else this machine."""
    if triple is None:
        machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
        system = {"linux": "linux-gnu", "darwin": "macos"}.get(sys.platform, sys.platform)
        triple = f"{machine}-{system}"
    architecture = triple.split("-")[0]
    isas = {"x86_64": X86_64_ISAS, "aarch64": {"neon": ["-mcpu=baseline"]}}.get(architecture)
    if isas is None or not ("-linux-gnu" in triple or "-macos" in triple):
        known = ", ".join(f"{a}-{s}" for s in ("linux-gnu", "macos") for a in ("x86_64", "aarch64"))
        raise BuildError(f"no target {triple!r}: raptors_xp can be built for {known}")
    if "-linux-gnu" in triple:
        if triple.endswith("-gnu"):
            triple += ".2.17"  # the oldest C library to run on, and the wheel's promise
        version = triple.rsplit("gnu.", 1)[1].replace(".", "_")
        return Target(triple, f"manylinux_{version}_{architecture}", isas)
    if triple.endswith("-macos"):
        triple += ".11.0"
    version = triple.rsplit("macos.", 1)[1].replace(".", "_")
    return Target(triple, f"macosx_{version}_{'arm64' if architecture == 'aarch64' else architecture}", isas)
