"""The command line: `python -m raptors_xp bench`, `doctor` and `soak`. It only parses; see _command."""

import argparse
import sys
from collections.abc import Sequence

import raptors_xp
from raptors_xp._command import bench, doctor, soak
from raptors_xp._command.reporting import UsageError


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit status.

    0: done. 1: a result or a promise does not hold. 2: the command line is wrong, or asks for the impossible.
    """
    parser = argparse.ArgumentParser(
        prog="python -m raptors_xp", description="The Array API standard on CPUs: its benchmarks and its facts."
    )
    parser.add_argument("--version", action="version", version=f"raptors_xp {raptors_xp.__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="{bench,doctor,soak}")
    bench.add_options(
        commands.add_parser(
            "bench",
            help="check and time raptors_xp beside NumPy",
            description="Checks results against NumPy and times both in one process. Without a part: the seed table.",
        )
    )
    doctor.add_options(
        commands.add_parser(
            "doctor",
            help="show version, instruction set, threads, allocator",
            description="Shows what this installation is and what it found on this machine.",
        )
    )
    soak.add_options(
        commands.add_parser(
            "soak",
            help="compute for long, beside NumPy, and verify",
            description="Mixed work by threads and forked children; every result is compared with NumPy's.",
        )
    )
    options = parser.parse_args(arguments)
    try:
        return {"bench": bench.run, "doctor": doctor.run, "soak": soak.run}[options.command](options)
    except UsageError as error:
        print(f"{parser.prog} {options.command}: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"{parser.prog} {options.command}: stopped", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
