#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measure speed, memory and size beside named peers, as ratios in one run: `make bench [BENCH="index cold"]`.

Sections: index (PDF reports beside recollindex), jsonl (JSON Lines beside a plain Xapian indexer, sizes), cold (a cs-search process
beside recollq), unchanged (a tree of 10,000 files), search (query classes in one process beside Xapian and FTS5's bm25()), timeline (of
one authority and of all, beside a plain search; of a nation's million passages).
Every figure is printed, losses included; nothing here is a test.
"""
import glob, json, lzma, os, shutil, statistics, subprocess, sys, tempfile, time

B = os.environ.get("BUILD", "build/release")
REPORTS, SEEDS, SCALE = "../shared/reports/pdf", "../shared/seeds", "../shared/scale"
THEME, NATIONAL_PASSAGES = "unaccompanied asylum", int(os.environ.get("BENCH_NATIONAL_PASSAGES", 1_000_000))
JSONL_BYTES = int(os.environ.get("BENCH_JSONL_BYTES", 40 << 20))
work = tempfile.mkdtemp(prefix="cs-bench-")


def run(*command, env=None, output=None):
    """Seconds of wall and processor time and peak KiB of one process with its children."""
    with open(output or os.devnull, "wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, env=env)
        _, status, usage = os.wait4(process.pid, 0)
        return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, status


def median(measure, runs):
    return statistics.median(measure()[0] for _ in range(runs))


def fresh(name):
    for path in glob.glob(f"{work}/{name}*"):
        shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
    return f"{work}/{name}"


def need(*commands):
    missing = [c for c in commands if not (shutil.which(c) or os.path.exists(c))]
    if missing:
        print("  left out: not found:", ", ".join(missing))
    return not missing


def recoll_config():
    folder = f"{work}/recoll"
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/recoll.conf", "w") as out:
        out.write(f"topdirs = {os.path.realpath(REPORTS)}\nnoaspell = 1\n")
    return folder


def index():
    print("index: the PDF reports, wall seconds (bar: at least 8 times as fast)")
    if not need("recollindex", REPORTS):
        return
    config = recoll_config()
    run(f"{B}/cs-index", "-q", "-d", fresh("reports.db"), REPORTS)  # warms the page cache for both
    ours = median(lambda: run(f"{B}/cs-index", "-q", "-j", "2", "-d", fresh("reports.db"), REPORTS), 3)
    theirs = run("recollindex", "-c", config, "-z")[0]
    size = os.path.getsize(f"{work}/reports.db")
    text = stats(f"{work}/reports.db")["text_bytes"]
    print(f"  cs-index -j 2 {ours:.2f}   recollindex -z {theirs:.2f}   ratio {theirs / ours:.1f}")
    print(f"  index / text {size / text:.2f}")


def stats(path):
    return json.loads(subprocess.run([f"{B}/cs-index", "-d", path, "--stats", "--format", "json"], capture_output=True,
                                     text=True, check=True).stdout)


def sample():
    """Every fifth record of the large collections, up to JSONL_BYTES."""
    path, size = f"{work}/sample.jsonl", 0
    with open(path, "wb") as out:
        for name in ("inquiries", "statutes"):
            share = 0
            with lzma.open(f"{SCALE}/{name}.jsonl.xz") as lines:
                for i, line in enumerate(lines):
                    if i % 5 == 0 and share + len(line) <= JSONL_BYTES // 2:
                        out.write(line)
                        share += len(line)
            size += share
    return path, size


def jsonl():
    print("jsonl: JSON Lines text into an index (bars: 5 times Xapian's rate; under 300 MiB; index at most the text)")
    if not need(f"{SCALE}/inquiries.jsonl.xz", f"{B}/bench/xapian"):
        return
    path, size = sample()
    wall, cpu, peak, _ = run(f"{B}/cs-index", "-q", "-j", "2", "-d", fresh("scale.db"), path)
    database = os.path.getsize(f"{work}/scale.db")
    text = stats(f"{work}/scale.db")["text_bytes"]
    run(f"{B}/bench/export", f"{work}/scale.db", f"{work}/texts", f"{work}/words")
    their_wall, their_cpu, their_peak, _ = run(f"{B}/bench/xapian", "index-texts", f"{work}/texts", fresh("xapian"))
    theirs = sum(os.path.getsize(os.path.join(f, n)) for f, _, names in os.walk(f"{work}/xapian") for n in names)
    print(f"  cs-index {size / wall / 1e6:.1f} MB/s ({wall:.1f} s wall, {cpu:.1f} s processor, {peak / 1024:.0f} MiB)"
          f"   Xapian {size / their_wall / 1e6:.1f} MB/s ({their_wall:.1f} s wall, {their_cpu:.1f} s processor,"
          f" {their_peak / 1024:.0f} MiB)")
    print(f"  ratio {their_wall / wall:.1f} of wall time, {their_cpu / cpu:.1f} of processor time")
    print(f"  index / text {database / text:.2f}   Xapian, without the text {theirs / text:.2f}")


def cold():
    print("cold: one process, query to printed passages, milliseconds (bars: 10 ms, not slower than recollq, 30 MiB)")
    if not need("recollq", REPORTS):
        return
    config, database = recoll_config(), f"{work}/reports.db"
    if not os.path.exists(database):
        run(f"{B}/cs-index", "-q", "-d", database, REPORTS)
    if not os.path.exists(f"{config}/xapiandb"):
        run("recollindex", "-c", config, "-z")
    query, times, peak = "unaccompanied asylum", ([], []), 0
    for _ in range(25):  # in turn, so that a busy moment hits both
        wall, _, ours_peak, _ = run(f"{B}/cs-search", "-d", database, query)
        times[0].append(wall * 1000)
        times[1].append(run("recollq", "-c", config, "-n", "10", query)[0] * 1000)
        peak = max(peak, ours_peak)
    ours, theirs = map(statistics.median, times)
    print(f"  cs-search {ours:.1f} ({peak / 1024:.0f} MiB)   recollq {theirs:.1f}   ratio {theirs / ours:.1f}")


def unchanged():
    print("unchanged: a tree of 10,000 files looked at again, wall seconds (bar: 1)")
    tree = f"{work}/tree"
    for i in range(10000):
        folder = f"{tree}/{i // 100}"
        os.makedirs(folder, exist_ok=True)
        with open(f"{folder}/{i}.txt", "w") as out:
            out.write(f"Paper {i} says what was seen on day {i}, and what is to be done about it.\n")
    run(f"{B}/cs-index", "-q", "-d", fresh("tree.db"), tree)
    again = median(lambda: run(f"{B}/cs-index", "-q", "-d", f"{work}/tree.db", tree), 5)
    print(f"  cs-index {again:.2f}")


def table(path):
    classes = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            cells = line.split("\t")
            classes.setdefault(cells[0], []).append(float(cells[1]))
    return {name: (statistics.median(t), sorted(t)[int(len(t) * 0.95)]) for name, t in classes.items()}


def search():
    print("search: milliseconds p50 / p95 by class, warm, one process, top 10")
    if not need(f"{SCALE}/queries.txt", f"{B}/bench/xapian"):
        return
    if not os.path.exists(f"{work}/scale.db"):
        run(f"{B}/cs-index", "-q", "-d", fresh("scale.db"), sample()[0])
    run(f"{B}/cs-index", "-q", "-d", f"{work}/scale.db", REPORTS)
    run(f"{B}/bench/export", f"{work}/scale.db", f"{work}/texts", f"{work}/words")
    run(f"{B}/bench/classes", f"{work}/scale.db", f"{SCALE}/queries.txt", output=f"{work}/classes")
    run(f"{B}/bench/xapian", "index-words", f"{work}/words", fresh("xapian"))
    run(f"{B}/bench/fts5", "index", f"{work}/words", fresh("fts.db"))
    run(f"{B}/bench/search", f"{work}/scale.db", f"{work}/classes", output=f"{work}/ours")
    run(f"{B}/bench/xapian", "search", f"{work}/xapian", f"{work}/classes", output=f"{work}/theirs")
    run(f"{B}/bench/fts5", "search", f"{work}/fts.db", f"{work}/classes", "1", output=f"{work}/fts")
    ours, xapian, fts = (table(f"{work}/{n}") for n in ("ours", "theirs", "fts"))
    print(f"  {stats(f'{work}/scale.db')['passages']:,} passages")
    for name in ours:
        cells = "".join(f"  {t[name][0]:9.3f} /{t[name][1]:8.3f}" if name in t else "  -" for t in (ours, xapian, fts))
        print(f"  {name:14}{cells}")
    print("  (columns: cs-search, Xapian, FTS5 bm25())")


def timeline():
    print("timeline: milliseconds (bars: 30 cold over the 74 documents, 300 warm over a million passages)")
    if not need(REPORTS, SEEDS):
        return
    small, national, records = f"{work}/seeds.db", f"{work}/national.db", f"{work}/national.jsonl"
    run(f"{B}/cs-index", "-q", "-d", small, SEEDS, REPORTS)
    for name, more in (("--authority Herefordshire", ("--authority", "Herefordshire")), ("all authorities", ())):
        times = [[], [], []]
        for _ in range(25):  # in turn, so that a busy moment hits both
            wall, processor, _, _ = run(f"{B}/cs-search", "-d", small, "--timeline", *more, THEME)
            times[0].append(wall * 1000)
            times[1].append(processor * 1000)
            times[2].append(run(f"{B}/cs-search", "-d", small, *more, THEME)[0] * 1000)
        wall, processor, plain = map(statistics.median, times)
        print(f"  one process, {name}: {wall:.1f} ({processor:.1f} of processor time)   a plain search {plain:.1f}   ratio {wall / plain:.1f}")
    # Half of the paragraphs written are joined again to others, when they are read: a list, a line of a table.
    run(f"{B}/bench/copies", small, str(2 * NATIONAL_PASSAGES), output=records)
    run(f"{B}/cs-index", "-q", "-d", national, records)
    os.remove(records)
    print(f"  {stats(national)['passages']:,} passages, one process, warm: median, slowest of 9, processor time, passages counted")
    run(f"{B}/bench/timeline", national, "9", THEME, "theme:turnover", "theme:neglect", "care", output=f"{work}/timelines")
    with open(f"{work}/timelines", encoding="utf-8") as lines:
        for line in lines:
            median_ms, slowest, processor, _, passages, query = line.rstrip("\n").split("\t")
            print(f"  {query:22}{median_ms:>9} {slowest:>9} {processor:>9} {int(passages):>12,}")


def main():
    sections = {f.__name__: f for f in (index, jsonl, cold, unchanged, search, timeline)}
    wanted = sys.argv[1:] or list(sections)
    unknown = [w for w in wanted if w not in sections]
    if unknown:
        sys.exit(f"bench: no section {unknown[0]}; there are: {', '.join(sections)}")
    try:
        for name in wanted:
            sections[name]()
            sys.stdout.flush()
    finally:
        shutil.rmtree(work, ignore_errors=True)


main()
