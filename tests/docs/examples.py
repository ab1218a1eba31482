#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Run the examples in documents: examples.py FILE...

Each FILE gets an empty home folder with a copy of corpus/ in it, in which its examples run in their order. They are

  - in Markdown, fenced blocks marked `console`; in manuals, `.Dl` lines and `.Bd -literal` blocks that begin with "$ ".
    A line "$ command" is run by sh, and must exit 0. Lines after it, up to the next "$ " or the end, are its output, to
    the letter; a line "..." stands for any lines. A command without such lines may print anything.
  - in manuals, `.Bd -literal` blocks that begin with #include: they are compiled and run with sample.db and written.db,
    the first and the second argument being a file each.

Prints each difference. Exit 1 if there is one.
"""
import os, pathlib, re, shutil, subprocess, sys, tempfile

BUILD = pathlib.Path(os.environ.get("BUILD", "build/release")).resolve()
ROOT = pathlib.Path(".").resolve()
ROFF = [(r"\e", "\\"), (r"\(dq", '"'), (r"\(aq", "'"), (r"\-", "-"), (r"\&", "")]


def unroff(line):
    for escape, meaning in ROFF:
        line = line.replace(escape, meaning)
    return line


def blocks(path):
    """The literal blocks of a document: (number of the first line, lines)."""
    lines = path.read_text(encoding="utf-8").split("\n")
    manual = path.suffix != ".md"
    block, start = None, 0
    for number, line in enumerate(lines, 1):
        if manual and line.startswith(".Dl ") and block is None:
            yield number, [unroff(line[4:])]
        elif (line.startswith(".Bd -literal") if manual else line == "```console"):
            block, start = [], number + 1
        elif block is not None and line == (".Ed" if manual else "```"):
            yield start, block
            block = None
        elif block is not None:
            block.append(unroff(line) if manual else line)


def sessions(lines):
    """The commands of a block with the output that the document shows: (offset, command, lines)."""
    found = []
    for offset, line in enumerate(lines):
        if line.startswith("$ "):
            found.append((offset, line[2:], []))
        elif found and line.startswith("> ") and found[-1][1].endswith("\\") and not found[-1][2]:
            offset, command, output = found.pop()
            found.append((offset, command + "\n" + line[2:], output))
        elif found:
            found[-1][2].append(line)
    return found


def agrees(expected, actual):
    pattern = "\n".join(".*" if line == "..." else re.escape(line.rstrip()) for line in expected).rstrip("\n")
    text = "\n".join(line.rstrip() for line in actual.split("\n")).rstrip("\n")
    return re.fullmatch(pattern, text, re.S) is not None


def compile_and_run(source, home, environment, arguments):
    extract = home / "cs-extract"  # the library looks beside the program first
    if not extract.exists():
        extract.symlink_to(BUILD / "cs-extract")
    (home / "example.c").write_text(source)
    libraries = re.search(r"^LIBS *:= *(.*)", (ROOT / "Makefile").read_text(), re.M).group(1).split()
    command = ["cc", "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", f"-I{ROOT}/include", "-o", "example",
               "example.c", str(BUILD / "libcsearch.a")] + libraries
    for step in (command, ["./example"] + arguments):
        done = subprocess.run(step, cwd=home, env=environment, capture_output=True, text=True)
        if done.returncode:
            return f"{step[0]} exits {done.returncode}: {done.stderr}"
    return None if done.stdout or "written.db" in arguments else "it prints nothing"


def check(path):
    problems, count = [], 0
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder) / "home"
        home.mkdir()
        shutil.copytree(ROOT / "corpus", home / "corpus")
        environment = {"PATH": f"{BUILD}:/usr/local/bin:/usr/bin:/bin", "HOME": str(home), "LC_ALL": "C.UTF-8",
                       "COLUMNS": "80", "LD_LIBRARY_PATH": str(BUILD), "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "")}
        for start, lines in blocks(path):
            if lines and lines[0].startswith("#include"):
                count += 1
                if not (home / "sample.db").exists():
                    subprocess.run(["cs-index", "-q", "-d", "sample.db", "corpus/herefordshire"], cwd=home,
                                   env=environment, executable=BUILD / "cs-index")
                target = "written.db" if "cs_writer_open" in "\n".join(lines) else "sample.db"
                problem = compile_and_run("\n".join(lines) + "\n", home, environment, [target])
                if problem:
                    problems.append(f"{path}:{start}: {problem}")
            for offset, command, expected in sessions(lines):
                count += 1
                # As on a terminal: notes and results together.
                done = subprocess.run(command, shell=True, cwd=home, env=environment, stdout=subprocess.PIPE,
                                      stderr=subprocess.STDOUT, text=True)
                actual = done.stdout.replace(str(home), "/home/you")
                where = f"{path}:{start + offset}: $ {command}"
                if done.returncode:
                    problems.append(f"{where}\n  exits {done.returncode}\n{actual}")
                elif expected and not agrees(expected, actual):
                    problems.append(f"{where}\n--- printed in the document\n" + "\n".join(expected) +
                                    f"\n--- printed by the program\n{actual}")
    return count, problems


def main():
    status = 0
    for name in sys.argv[1:]:
        count, problems = check(pathlib.Path(name))
        print(f"{name}: {count} examples, {len(problems)} differ")
        for problem in problems:
            print(problem)
            status = 1
    return status


sys.exit(main())
