#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""sqlite.py BUILD INDEX EXTENSION [PRELOAD]: SQL from Python against the output of the programs, cell by cell."""
import csv, io, json, os, sqlite3, subprocess, sys

BUILD, INDEX, EXTENSION = sys.argv[1:4]
PRELOAD = sys.argv[4] if len(sys.argv) > 4 else ""

# A sanitizer's runtime has to be there from the beginning, and Python keeps memory to its end.
if PRELOAD and "LD_PRELOAD" not in os.environ:
    environment = dict(os.environ, LD_PRELOAD=PRELOAD, ASAN_OPTIONS="detect_leaks=0")
    sys.exit(subprocess.run([sys.executable, *sys.argv], env=environment).returncode)

db = sqlite3.connect(":memory:")
db.enable_load_extension(True)
db.load_extension(EXTENSION)
db.row_factory = sqlite3.Row
problems = []


def program(name, *arguments):
    environment = {key: value for key, value in os.environ.items() if key not in ("LD_PRELOAD", "ASAN_OPTIONS")}
    done = subprocess.run([f"{BUILD}/{name}", "-d", INDEX, *arguments], capture_output=True, text=True, env=environment)
    if done.returncode not in (0, 1):
        sys.exit(f"{name} {arguments}: {done.stderr}")
    return done.stdout


def cell(value, like):
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4f}" if "." in like else str(value)
    return str(value)


def compare(what, sql, parameters, text, skip=()):
    expected = list(csv.DictReader(io.StringIO(text)))
    rows = db.execute(sql, parameters).fetchall()
    if len(rows) != len(expected):
        problems.append(f"{what}: {len(rows)} rows, the program has {len(expected)}")
    for i, (row, want) in enumerate(zip(rows, expected)):
        for column, says in want.items():
            if column in skip:
                continue
            got = cell(row[column], says)
            if got != says:
                problems.append(f"{what}, row {i + 1}, {column}: {got!r}, the program says {says!r}")
    return len(rows)


def searches():
    count = 0
    for query in ("unaccompanied asylum", '"front door"', "social worker*", "children", "turnover OR caseloads", "dental", "", "((("):
        for option, where, value in ((None, "", None), ("--authority", " AND authority = :v", "herefordshire council"),
                                     ("--judgement", " AND judgement = :v", "inadequate..good"), ("--since", " AND since = :v", "2023"),
                                     ("--until", " AND until = :v", "June 2023"), ("--kind", " AND kind = :v", "article"),
                                     ("--overall", " AND overall = :v", "good"), ("--area", " AND area = :v", "care"),
                                     ("--match", ' AND "match" = :v', "any"), ("--sort", " AND sort = :v", "date"),
                                     ("--visit", " AND visit = :v", "herefordshire/2018-06-11"),
                                     ("--exact", " AND exact = :v", 1), ("--no-fold", " AND no_fold = :v", 1)):
            arguments = ["-f", "csv", "-n", "40", *([option] if option else []), *([value] if isinstance(value, str) else []), "--", query]
            count += compare(f"cs_search {query!r} {option} {value}",
                             f"SELECT * FROM cs_search(:i, :q) WHERE true{where} LIMIT 40",
                             {"i": INDEX, "q": query, "v": value}, without_continued(arguments))
    return count


def without_continued(arguments):
    """What only goes on about a hit is no match, and no row of SQL; CSV does not tell it, but JSON does."""
    as_json = [("json" if argument == "csv" else argument) for argument in arguments]
    continued = {str(hit["rank"]) for hit in json.loads(program("cs-search", *as_json))["hits"] if hit.get("continues")}
    rows = list(csv.reader(io.StringIO(program("cs-search", *arguments))))
    out = io.StringIO()
    csv.writer(out).writerows(row for row in rows if row[0] not in continued)
    return out.getvalue()


def timelines():
    count = 0
    for query in ("unaccompanied asylum", "turnover", "front door", "nothinglikeit"):
        count += compare(f"cs_timeline {query!r}", "SELECT * FROM cs_timeline(?, ?) WHERE authority = ?", (INDEX, query, "Herefordshire"),
                         program("cs-search", "--timeline", "--authority", "Herefordshire", "-f", "csv", query), skip=("cues",))
    return count


def listings():
    listed = json.loads(program("cs-index", "--list", "--format", "json"))
    rows = db.execute("SELECT * FROM cs_documents(?)", (INDEX,)).fetchall()
    for row, document in zip(rows, listed):
        for key in ("path", "format", "kind", "title", "authority", "framework", "published", "pages", "words", "passages", "sha256"):
            if (row[key] or None) != (document[key] or None):
                problems.append(f"cs_documents, {document['path']}, {key}: {row[key]!r}, the program says {document[key]!r}")
        for area, judged in document["judgements"].items():
            if judged and (row[area] or "") != (judged["value"] or ""):
                problems.append(f"cs_documents, {document['path']}, {area}: {row[area]!r}, the program says {judged!r}")
    visits = json.loads(program("cs-index", "--visits", "--format", "json"))
    seen = db.execute("SELECT * FROM cs_visits(?)", (INDEX,)).fetchall()
    for row, visit in zip(seen, visits):
        if (row["visit"], row["visit_start"], json.loads(row["windows"]), json.loads(row["scope"]), json.loads(row["documents"])) != \
                (visit["id"], visit["start"], visit["windows"], visit["scope"], visit["documents"]):
            problems.append(f"cs_visits: {dict(row)}, the program says {visit}")
    if (len(rows), len(seen)) != (len(listed), len(visits)):
        problems.append(f"{len(rows)} documents and {len(seen)} visits, the program has {len(listed)} and {len(visits)}")
    fields = db.execute("SELECT count(*), count(quotation), count(DISTINCT document) FROM cs_fields(?)", (INDEX,)).fetchone()
    if not (fields[0] > fields[1] > 0 and fields[2] == len(listed)):
        problems.append(f"cs_fields: {tuple(fields)}")
    return len(rows) + len(seen)


def marks():
    """Marks are bytes of the text, and those of an excerpt bytes of the excerpt."""
    count = 0
    for row in db.execute("SELECT text, marks, excerpt, excerpt_marks FROM cs_search(?, 'asylum')", (INDEX,)):
        for text, ranges in ((row["text"], row["marks"]), (row["excerpt"], row["excerpt_marks"])):
            for start, end in json.loads(ranges):
                count += 1
                if "asylum" not in text.encode()[start:end].decode().lower() and "uasc" not in text.encode()[start:end].decode().lower():
                    problems.append(f"marked: {text.encode()[start:end]!r}")
    return count


def all_hits():
    """Without LIMIT all come, in portions, each once and in order."""
    ranks = [row[0] for row in db.execute("SELECT rank FROM cs_search(?, 'children OR visit OR care') ", (INDEX,))]
    passages = db.execute("SELECT count(DISTINCT passage) FROM cs_search(?, 'children OR visit OR care')", (INDEX,)).fetchone()[0]
    if ranks != list(range(1, len(ranks) + 1)) or passages != len(ranks):
        problems.append(f"all hits: {len(ranks)} ranks, {passages} passages")
    return len(ranks)


counts = [part() for part in (searches, timelines, listings, marks, all_hits)]
db.close()
for problem in problems[:40]:
    print(problem)
print("compared:", counts)
sys.exit(1 if problems or min(counts) == 0 else 0)
