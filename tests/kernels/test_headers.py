"""Every header of native/kernels includes what it uses: it compiles alone, given the parameters that it asks for."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
NATIVE = ROOT / "native"
HEADERS = {str(path.relative_to(NATIVE)): path.read_text() for path in sorted(NATIVE.glob("kernels/**/*.h"))}
SOURCES = {str(path.relative_to(NATIVE)): path.read_text() for path in sorted(NATIVE.glob("kernels/*/*.c"))}

ALONE = [name for name, text in HEADERS.items() if re.search(r"^#ifndef RAPTORS_\w+_H$", text, re.MULTILINE)]
TEMPLATES = {
    template
    for text in (*HEADERS.values(), *SOURCES.values())
    for template in re.findall(r'^#define TEMPLATE "([^"]+)"$', text, re.MULTILINE)
}
# The others, which are parts of one or two headers: the dtypes that they are for, and their other parameters.
TRANSPOSE = '#include "kernels/loops/transposed.h"\nTRANSPOSE\n'
LARGEST = "#define GOES_BEFORE(a, b) ((a) > (b))\n#define EXTREME_LANE(v) __builtin_reduce_max(v)\n"
SUM = TRANSPOSE + "#define NAME sum\n#define COMBINE(a, b) ((a) + (b))\n#define NEUTRAL 0\n"
RUN = "void PASTE(sum_run_, T)(const char *in, intptr_t n, intptr_t step, void *accumulator);\n"
UNDEFINED = "#undef GOES_BEFORE\n#undef EXTREME_LANE\n#undef OWN\n#undef LANES\n#undef WANTED\n#undef FIRST_BYTE\n"
UNDEFINED += "#undef IS_NAN\n#undef NEW_NAN\n#undef IS_SOUGHT\n#undef FIRST_ZERO\n#undef NEUTRAL\n"
PRODUCT = (
    "static inline T f(times)(T a, T b) { return (T){a.re * b.re, a.im * b.im}; }\n#define NAME prod\n"
    "#define COMBINE(a, b) f(times)(a, b)\n#define EMPTY ((T){1, 0})\n"
)
STEP = "#define STEP_BYTES 16\n#define VECTORS (VECTOR_BYTES / STEP_BYTES)\n"
PARTS = {
    "kernels/extreme/arg_extreme.h": (
        "integer",
        TRANSPOSE + "#define NAME argmax\n#define IS_NAN(x) false\n#define NEW_NAN(x, best) 0\n"
        "#define IS_SOUGHT(x, best, has_nan) ((void)(has_nan), (x) == (best))\n" + LARGEST,
    ),
    "kernels/extreme/arg_bool.h": (
        "bool",
        "#define NAME argmax\n#define WANTED true\n#define FIRST_BYTE(bits) (__builtin_ctzll(bits) / 8)\n",
    ),
    "kernels/loops/extreme_block.h": (
        "integer",
        "#define OWN(STEP) PASTE(PASTE(T, _), STEP)\n#define LANES ((intptr_t)(VECTOR_BYTES / sizeof(T)))\n" + LARGEST,
    ),
    "kernels/fourier/passes.h": ("float", STEP),
    "kernels/hyperbolic/inverses_by_tables.h": ("float", ""),
    "kernels/logarithm/by_tables.h": ("float", ""),
    "kernels/power/real_power.h": ("float", ""),
    "kernels/products/dot.h": ("complex", ""),
    "kernels/reduce/by_vectors.h": ("float", SUM),
    "kernels/reduce/complex_product.h": ("complex", TRANSPOSE + PRODUCT),
    "kernels/reduce/extremes.h": (
        "float",
        TRANSPOSE + "#define NAME max\n#define COMBINE(a, b) __builtin_elementwise_maximum(a, b)\n#define NEUTRAL 0\n"
        "#define FIRST_ZERO ((T)0.0)\n" + LARGEST,
    ),
    "kernels/reduce/in_order.h": ("integer", SUM),
    "kernels/reduce/parameters.h": ("integer", "#define NAME sum\n"),
    "kernels/reduce/reduction.h": ("integer", SUM + RUN),
    "kernels/sort/keys.h": ("", "#define KEY i32\n#define KEY_BYTES 4\n"),
    "kernels/sort/network.h": ("", "#define KEY i32\n#define KEY_BYTES 4\n"),
    "kernels/sort/partition.h": ("", "#define KEY i64\n#define KEY_BYTES 8\n"),
}


def load_build() -> Any:
    spec = importlib.util.spec_from_file_location("raptors_xp_build_of_headers", NATIVE / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


build = load_build()


def check_compiles(directory: Path, text: str) -> None:
    target = build.find_target()
    source = directory / "alone.c"
    source.write_text(text)
    command = [sys.executable, "-m", "ziglang", "cc", "-target", target.triple, "-c", "-O0", *build.NATIVE_FLAGS]
    command += [*target.baseline, f"-DISA={next(iter(target.isas))}", "-Wno-unused-function", f"-I{directory}"]
    command += [str(source), "-o", str(directory / "alone.o")]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("header", ALONE)
def test_header_compiles_alone(header: str, tmp_path: Path) -> None:
    check_compiles(tmp_path, f'#include "{header}"\n')


@pytest.mark.parametrize("header", PARTS)
def test_part_compiles_with_its_parameters(header: str, tmp_path: Path) -> None:
    kind, parameters = PARTS[header]
    text = f'{parameters}#include "{header}"\n'
    if kind:
        (tmp_path / "template.h").write_text(text + "#undef NAME\n#undef COMBINE\n" + UNDEFINED)
        text = f'#define TEMPLATE "template.h"\n#include "kernels/each/{kind}.h"\n'
    check_compiles(tmp_path, text)


@pytest.mark.parametrize("source", SOURCES)
def test_instantiation_adds_nothing_to_the_template(source: str) -> None:
    """So that what compiles it shows that the template includes what it uses."""
    lines = r'/\* [^*]+ \*/\n#define TEMPLATE "kernels/[\w/]+\.h"\n(#include "kernels/each/\w+\.h"\n)+'
    assert re.fullmatch(lines, SOURCES[source])


def test_every_header_is_of_one_of_these_kinds() -> None:
    each = {name for name in HEADERS if name.startswith("kernels/each/")}
    assert set(HEADERS) == set(ALONE) | TEMPLATES | set(PARTS) | each
