#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Hold the JSON output of both programs against schemas/.

Usage: schemas.py BUILD INDEX QUERIES [--each-key]    QUERIES has one query a line

With --each-key every key of the schemas has to turn up in some output, too: a schema must not promise what
nobody prints.
"""
import copy
import json
import pathlib
import random
import subprocess
import sys

import jsonschema

BUILD, INDEX, QUERIES = sys.argv[1:4]
EACH_KEY = "--each-key" in sys.argv
COMMON = json.loads(pathlib.Path("schemas/common.schema.json").read_text(encoding="utf-8"))["$defs"]
# Validating in Python is slow: of many lines of one kind, so many are looked at.
LINES_MAX = 40
# Of a search over few documents alone the total is always known.
FOR_LARGE_INDEXES = {"total_is_bound"}


def local(node):
    """References to common.schema.json as references within: no resolver is needed, of whatever version."""
    if isinstance(node, dict):
        return {key: value.replace("common.schema.json", "") if key == "$ref" else local(value)
                for key, value in node.items()}
    return [local(item) for item in node] if isinstance(node, list) else node


def load(path):
    schema = local(json.loads(path.read_text(encoding="utf-8")))
    assert schema.pop("$id") == path.name, path
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator({**schema, "$defs": local(COMMON)})


jsonschema.Draft202012Validator.check_schema({"$defs": COMMON})
SCHEMAS = {path.name.split(".")[0]: load(path) for path in sorted(pathlib.Path("schemas").glob("*.schema.json"))
           if path.name != "common.schema.json"}
samples = {name: [] for name in SCHEMAS}


def take(name, value, how):
    """One output of the schema `name`."""
    error = jsonschema.exceptions.best_match(SCHEMAS[name].iter_errors(value))
    if error is not None:
        sys.exit(f"{how}: not as schemas/{name}.schema.json says at "
                 f"/{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}")
    samples[name].append(value)


def run(program, *arguments, stdin=None):
    """What is printed; status 1 is "nothing found", or a conflict."""
    done = subprocess.run([f"{BUILD}/{program}", "-d", INDEX, *arguments], input=stdin, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, check=False)
    assert done.returncode in (0, 1), (program, arguments, done.returncode)
    return done.stdout


def one(name, program, *arguments):
    take(name, json.loads(run(program, *arguments)), " ".join((program, *arguments)))


def lines(name, program, *arguments, stdin=None, wrap=lambda value: value):
    found = run(program, *arguments, stdin=stdin).splitlines()
    if len(found) > LINES_MAX:
        found = random.Random(5).sample(found, LINES_MAX)
    for line in found:
        take(name, wrap(json.loads(line)), " ".join((program, *arguments)))


def indexes():
    for name in ("list", "visits", "check", "recommendations"):
        one(name, "cs-index", f"--{name}", "--format", "json")
        lines(name, "cs-index", f"--{name}", "--format", "jsonl", wrap=lambda value: [value])
    one("stats", "cs-index", "--stats", "--format", "json")
    lines("stats", "cs-index", "--stats", "--format", "jsonl")


def searches(queries):
    for query in queries[:3] + queries[-9:]:
        one("search", "cs-search", "-f", "json", "--", query)
    one("search", "cs-search", "-f", "json", "--explain", "--no-fold", "-n", "50", "--match", "any", "children care visit")
    one("search", "cs-search", "-f", "json", "-n", "30", "children")
    lines("hit", "cs-search", "-f", "jsonl", "--no-fold", "xylophone lessons")
    lines("hit", "cs-search", "-f", "jsonl", "--explain", "-n", "200", "children OR care OR visit")
    lines("hit", "cs-search", "--batch", "-", stdin="".join(f"{i}\t{query}\n" for i, query in enumerate(queries)).encode())
    lines("tone", "cs-search", "--tone", "-", stdin=b"Plans are weak.\n\nVisits are \xff regular.\nThis is not yet good enough.\n")


def themes(queries):
    for query in queries[:2] + ["xyzzy"]:
        for more in ([], ["--authority", "Herefordshire"], ["-n", "10", "--exact"]):
            one("timeline", "cs-search", "--timeline", "-f", "json", *more, query)
    lines("timeline-row", "cs-search", "--timeline", "-f", "jsonl", queries[0])
    one("themes", "cs-search", "--themes", "-f", "json")
    lines("theme", "cs-search", "--themes", "-f", "jsonl")


def two_visits():
    both = ("cs-search", "--compare", "herefordshire/2022", "herefordshire/2025-11")
    one("compare", *both, "-f", "json")
    one("compare", *both, "-f", "json", "private fostering")
    one("compare", "cs-search", "--compare", "herefordshire/2022", "herefordshire/2023-03", "-f", "json", "neglect")
    lines("compare-pair", *both, "-f", "jsonl", "private fostering")
    lines("compare-theme", *both, "-f", "jsonl")
    one("follow-up", "cs-search", "--follow-up", "-f", "json")
    one("follow-up", "cs-search", "--follow-up", "-f", "json", "xyzzy")
    lines("follow-up-bullet", "cs-search", "--follow-up", "-f", "jsonl", "--authority", "Herefordshire")


def serving(queries):
    """The server gives the same objects, and can be asked much in little time."""
    calls = [("search", {"query": query}) for query in queries]
    calls += [("timeline", {"query": query}) for query in queries[:3]]
    calls += [("document", {"path": document["path"]}) for document in samples["list"][0][:10] if document["status"] == "ok"
              and document["format"] != "jsonl"]
    schema_of = {"document": "serve-document"}
    said = run("cs-search", "--serve", "stdio", stdin="".join(
        json.dumps({"jsonrpc": "2.0", "id": i, "method": "tools/call", "params": {"name": name, "arguments": arguments}}) + "\n"
        for i, (name, arguments) in enumerate(calls)).encode())
    replies = said.splitlines()
    assert len(replies) == len(calls)
    for (name, arguments), reply in zip(calls, replies):
        take(schema_of.get(name, name), json.loads(reply)["result"]["structuredContent"], f"{name} {arguments}")


def objects(value, path=()):
    """The places of all objects within."""
    if isinstance(value, dict):
        yield path
    if isinstance(value, (dict, list)):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from objects(item, path + (key,))


def at(value, path):
    for key in path:
        value = value[key]
    return value


def short(value):
    """The same with two items of each array at most."""
    if isinstance(value, list):
        return [short(item) for item in value[:2]]
    return {key: short(item) for key, item in value.items()} if isinstance(value, dict) else value


def can_fail():
    """A key that no schema knows, and a value of another type, are found wherever they stand."""
    rng = random.Random(7)
    for name, values in samples.items():
        assert values, f"no output was held against schemas/{name}.schema.json"
        places = [(value, path) for value in map(short, values[:20]) for path in objects(value)]
        for value, path in rng.sample(places, min(len(places), 12)):
            changed = copy.deepcopy(value)
            at(changed, path)["unheard_of"] = 1
            assert not SCHEMAS[name].is_valid(changed), (name, path)
            changed = copy.deepcopy(value)
            inner = at(changed, path)
            if inner:
                inner[rng.choice(list(inner))] = {"a": {}}
                assert not SCHEMAS[name].is_valid(changed), (name, path, inner)


def promised(node, found):
    if isinstance(node, dict):
        found |= set(node.get("properties", {}))
        for value in node.values():
            promised(value, found)
    elif isinstance(node, list):
        for value in node:
            promised(value, found)
    return found


def each_key():
    printed = {key for values in samples.values() for value in values for path in objects(value) for key in at(value, path)}
    missing = set().union(*(promised(schema.schema, set()) for schema in SCHEMAS.values())) - printed - FOR_LARGE_INDEXES
    assert not missing, f"schemas/ describes what nobody prints: {sorted(missing)}"


def main():
    queries = pathlib.Path(QUERIES).read_text(encoding="utf-8").splitlines()
    indexes()
    searches(queries)
    themes(queries)
    two_visits()
    serving(queries)
    can_fail()
    if EACH_KEY:
        each_key()
    print("figure:", sum(map(len, samples.values())), "outputs of", len(SCHEMAS), "formats are as their schemas say")


main()
