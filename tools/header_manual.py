#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A public header -> its manual page (mdoc), on stdout. Usage: header_manual.py include/csearch/NAME.h

What a function takes, gives back and may fail with is said once, in the header; the page is made from it. The
layout that is understood is that of our headers: a comment that begins with two asterisks, then what it is about;
a declaration without a comment of its own belongs to the one before.
"""
import pathlib
import re
import sys

COMMENT = re.compile(r"/\*\*(.*?)\*/", re.S)
# In the order of a header: comments, constants, types, functions.
ITEM = re.compile(r"""
    (?P<comment>/\*\*(?!<).*?\*/)
  | ^\#define\ (?P<macro>CS_\w+)(?:[^\n]*\\\n)*[^\n]*$
  | ^typedef\ (?P<kind>enum|struct)\ \w+\ \{(?P<body>.*?)\}\ (?P<type>\w+);
  | ^typedef\ struct\ \w+\ (?P<opaque>\w+);
  | ^typedef\ (?P<callback>[^;{]*\(\*\w+\)[^;]*);
  | ^CS_API\ (?P<function>[^;]*);
""", re.S | re.M | re.X)


def escape(text):
    """Text as roff takes it: no backslash, no dot or quote that begins a line, names in italics."""
    text = text.replace("\\", "\\e")
    text = re.sub(r"`([^`]*)`", r"\\fI\1\\fP", text)
    return text.replace("…", "...").replace("–", "\\(en").replace("—", "\\(em")


def lines(text):
    """A line a sentence, as mdoc wants it."""
    text = re.sub(r"(?<=[A-Za-z0-9()\]\"'`]{2}[.?!]) +(?=[A-Z])", "\n", " ".join(text.split()))
    return "".join(("\\&" if line[:1] in ".'" else "") + line + "\n" for line in escape(text).split("\n") if line)


def clean(comment):
    """A comment without its frame: lines, of which an empty one ends a paragraph."""
    body = comment.strip()[3:-2]
    return [re.sub(r"^ ?\*? ?", "", line).rstrip() for line in body.strip("\n").split("\n")] if "\n" in body else [body.strip()]


def words(comment):
    """What follows a member."""
    return " ".join(re.sub(r"\s+", " ", comment).split())


def prose(comment):
    """A comment as mdoc."""
    out, block = [], []
    for line in clean(comment) + [""]:
        if line:
            block.append(line)
            continue
        if not block:
            continue
        # Where a list begins: what stands before it is text.
        start = next((i for i, one in enumerate(block) if one.startswith("  ") and i > 0), None)
        if start is not None and block[start - 1].endswith(":"):
            end = next((i for i in range(start, len(block)) if not block[i].startswith("  ")), len(block))
            out.append(lines(" ".join(block[:start])) + table(block[start:end]) + lines(" ".join(block[end:])))
        else:
            out.append(lines(" ".join(block)))
        block = []
    return ".Pp\n".join(out)


def table(block):
    rows = []
    for line in block:
        entry = re.match(r"^ {2}(\S.*?)(?: {2,}(.*))?$", line)
        if entry:
            rows.append([entry.group(1), entry.group(2) or ""])
        else:
            rows[-1][1] += " " + line.strip()
    body = "".join(f".It {names(name)}\n{lines(meaning)}" for name, meaning in rows)
    return f".Bl -tag -width Ds -compact\n{body}.El\n"


def names(text):
    """Constants and file names that head an item of a list."""
    return " ".join(("Dv " if part.startswith("CS_") else "") + escape(part) if i == 0 or not part.startswith("CS_")
                    else "Dv " + escape(part) for i, part in enumerate(text.replace(",", " ,").split()))


def split_arguments(text):
    return [" ".join(part.split()) for part in text.split(",")] if text.strip() != "void" else ["void"]


def function(text):
    """"const char *cs_x(int a, int b)" -> (type, name, arguments)."""
    match = re.match(r"(.*?)(\w+)\((.*)\)\s*$", " ".join(text.split()), re.S)
    return match.group(1).strip(), match.group(2), split_arguments(match.group(3))


def quoted(text):
    return f'"{text}"' if " " in text else text


def members(kind, body):
    """The lines of a struct or an enum, each with its comment, as a list."""
    rows, comment_after = [], re.compile(r"\s*/\*\*<(.*?)\*/", re.S)
    at, ends = 0, ("," if kind == "enum" else ";")
    body = body.strip() + ("," if kind == "enum" and not body.strip().endswith("*/") else "")
    while at < len(body):
        entry = re.compile(rf"\s*([^{ends}/]*?)\s*(?:{ends}|(?=/\*\*<)|$)", re.S).match(body, at)
        at = entry.end()
        note = comment_after.match(body, at)
        if note:
            at = note.end()
            at += len(re.match(rf"\s*{ends}?", body[at:]).group(0)) if kind == "enum" else 0
        name = " ".join(entry.group(1).split())
        if name:
            rows.append((name, words(note.group(1)) if note else ""))
        elif not note:
            break
    macro = "Dv" if kind == "enum" else "Va"
    out = "".join(f".It {macro} {quoted(escape(name))}\n{lines(note)}" for name, note in rows)
    return f".Bl -tag -width Ds -compact\n{out}.El\n" if out else ""


def read(text):
    """The comment of the file, and its items in order, each group under the comment it has."""
    text = re.sub(r"^#(ifdef __cplusplus|if defined\(__GNUC__\)).*?^#endif\n", "", text, flags=re.S | re.M)
    head = COMMENT.search(text, text.index("*/") + 2)
    groups = []
    for match in ITEM.finditer(text, head.end()):
        if match.group("comment"):
            groups.append((match.group("comment"), []))
        elif groups and not (match.group("macro") or "").endswith(("_H", "_INIT")):
            groups[-1][1].append(match)
    return head.group(0), [group for group in groups if group[1]]


def item(match):
    if match.group("function"):
        result, name, arguments = function(match.group("function"))
        return f".It Fn {name} " + " ".join(quoted(argument) for argument in arguments) + "\n", ""
    if match.group("macro"):
        return f".It Dv {match.group('macro')}\n", ""
    if match.group("callback"):
        return f".It Vt {escape(' '.join(match.group('callback').split()))}\n", ""
    if match.group("opaque"):
        return f".It Vt {match.group('opaque')}\n", ""
    return f".It Vt {match.group('type')}\n", members(match.group("kind"), match.group("body"))


def entry(comment, matches):
    """Declarations that share a comment: it is about all where they are of one make, else about the first."""
    heads = [item(match) for match in matches]
    results = {function(match.group("function"))[0] if match.group("function") else None for match in matches}
    first = len(heads) if len(results) == 1 else 1
    out = "".join(head + inner for head, inner in heads[:first - 1]) + heads[first - 1][0] + prose(comment)
    return out + heads[first - 1][1] + "".join(head + inner for head, inner in heads[first:])


def page(path):
    name = path.stem
    comment, groups = read(path.read_text(encoding="utf-8"))
    first, _, rest = "\n".join(clean(comment)).partition("\n\n")
    title = " ".join(first.split()).rstrip(".")
    title = re.split(r"[:.,] ", title, maxsplit=1)[0] if len(title) > 70 else title
    calls = [function(match.group("function")) for _, matches in groups for match in matches if match.group("function")]
    out = ['.\\" SPDX-License-Identifier: MIT', f'.\\" Made by tools/header_manual.py from {path}: change it there.',
           ".Dd November 22, 2026", f".Dt CSEARCH_{name.upper()} 3", ".Os", ".Sh NAME", f".Nm csearch_{name}",
           f".Nd {escape(title[:1].lower() + title[1:])}", ".Sh LIBRARY",
           "libcsearch, offline full-text search (libcsearch, \\-lcsearch)", ".Sh SYNOPSIS", f".In csearch/{name}.h"]
    for result, call, arguments in calls:
        out += [f".Ft {quoted(result)}", f".Fn {call} " + " ".join(quoted(argument) for argument in arguments)]
    out += [".Sh DESCRIPTION", (lines(first) + ("".join(".Pp\n" + lines(part) for part in rest.split("\n\n")) if rest else "")).rstrip()]
    types = [(comment, matches) for comment, matches in groups if not any(match.group("function") for match in matches)]
    functions = [(comment, matches) for comment, matches in groups if any(match.group("function") for match in matches)]
    for heading, part in (("Functions", functions), ("Types and constants", types)):
        if part:
            out += [f".Ss {heading}", ".Bl -tag -width Ds"]
            out += [entry(comment, matches).rstrip() for comment, matches in part] + [".El"]
    out += [".Sh SEE ALSO", ".Xr csearch 3"]
    return "\n".join(out) + "\n"


sys.stdout.write(page(pathlib.Path(sys.argv[1])))
