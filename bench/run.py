#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measure speed, memory and size beside named peers, as ratios in one run: `make bench [BENCH="index cold"]`.

Sections: index (PDF reports beside recollindex), jsonl (JSON Lines beside a plain Xapian indexer, sizes), cold (a cs-search process
beside recollq), unchanged (a tree of 10,000 files), search (over a million passages: query classes in one process beside Xapian and
FTS5's bm25(), same tokens; sizes, rates; the hardest queries), growth (the same classes on ever more passages), updates (10,000 single
documents replaced in over a million passages, and searches after that), timeline (of one authority and of all, beside a
plain search; of a nation's million passages). search, growth and updates take some minutes each; BENCH_COPIES, BENCH_UPDATES,
BENCH_NATIONAL_PASSAGES and BENCH_JSONL_BYTES make sections smaller or larger.
Every figure is printed, losses included; nothing here is a test.
"""
import glob, json, lzma, os, shutil, statistics, subprocess, sys, tempfile, time

B = os.environ.get("BUILD", "build/release")
REPORTS, SEEDS, SCALE = "../shared/reports/pdf", "../shared/seeds", "../shared/scale"
THEME, NATIONAL_PASSAGES = "unaccompanied asylum", int(os.environ.get("BENCH_NATIONAL_PASSAGES", 1_000_000))
COPIES = int(os.environ.get("BENCH_COPIES", 4))
UPDATES = int(os.environ.get("BENCH_UPDATES", 10000))
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


def records():
    for name in ("inquiries", "statutes"):
        with lzma.open(f"{SCALE}/{name}.jsonl.xz") as lines:
            for line in lines:
                yield json.loads(line)


def write_files(folder, copies, keep=lambda i: True):
    """One file a record of each copy, with an id of its own; gives back their paths."""
    paths = []
    for i, record in enumerate(records()):
        if not keep(i):
            continue
        for copy in copies:
            os.makedirs(f"{folder}/{copy}/{i // 200}", exist_ok=True)
            paths.append(f"{folder}/{copy}/{i // 200}/{i}.jsonl")
            with open(paths[-1], "w", encoding="utf-8") as out:
                json.dump(record | {"id": f"{copy}-{record['id']}"}, out)
    return paths


def million():
    """An index of COPIES copies and the reports; the same for all sections. Gives back how building it went."""
    if not hasattr(million, "went"):
        million.paths = write_files(f"{work}/million", range(COPIES))
        million.went = run(f"{B}/cs-index", "-q", "-j", "2", "-d", fresh("million.db"), f"{work}/million", REPORTS)
        run(f"{B}/bench/classes", f"{work}/million.db", f"{SCALE}/queries.txt", output=f"{work}/classes")
    return million.went


def typed():
    """The classes as a reader would type them, for whole searches."""
    forms = {"term": "{}", "prefix": "{}*", "phrase": '"{}"'}
    with open(f"{work}/classes", encoding="utf-8") as lines, open(f"{work}/typed", "w", encoding="utf-8") as out:
        for line in lines:
            name, kind, words = line.rstrip("\n").split("\t")
            query = words.replace(" ", " NEAR/5 ") if kind == "near" else forms.get(kind, "{}").format(words)
            how = "all" if kind == "and" else "any" if kind == "or" else "auto"
            if kind != "filtered":
                out.write(f"{name}\t{how}\t{query}\n")


def hard():
    """Queries that read much, by their nature; `words` is a pasted page."""
    with open(f"{SCALE}/queries.txt", encoding="utf-8") as lines:
        words = " ".join(list(dict.fromkeys(lines.read().split()))[:500])
    return {
        "a*": ("auto", "a*"), "a* b* c*": ("auto", "a* b* c*"), "(a* OR b*) AND c* NOT d*": ("auto", "(a* OR b*) AND c* NOT d*"),
        "the NEAR/5 of": ("auto", "the NEAR/5 of"), "government NEAR/10 minister": ("auto", "government NEAR/10 minister"),
        '"of the"': ("auto", '"of the"'), '"in the case of"': ("auto", '"in the case of"'), "the of and to": ("any", "the of and to"),
        "500 words, any": ("any", words), "500 words, most": ("auto", words), "NOT the": ("auto", "NOT the"),
        "people, by date": ("date", "people"), "=the =of": ("auto", "=the =of"), "people minister, exact": ("exact", "people minister"),
        "unacompanied asilum seekng": ("auto", "unacompanied asilum seekng"), "section:of people": ("auto", "section:of people"),
    }


def table(path):
    classes = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            cells = line.split("\t")
            classes.setdefault(cells[0], []).append(float(cells[1]))
    return {name: (statistics.median(t), sorted(t)[int(len(t) * 0.95)]) for name, t in classes.items()}


def size_of(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(path) for name in names)


def print_classes(ours, xapian, fts, whole):
    print(f"  {'':14}{'cs-search':>17}{'Xapian':>20}{'ratio':>14}{'FTS5 bm25()':>20}{'ratio':>16}{'whole search':>20}")
    for name, (p50, p95) in ours.items():
        cells = f"  {name:14}{p50:8.3f} /{p95:7.3f}"
        for peer in (xapian, fts):
            if name in peer:
                a, b = peer[name]
                cells += f"  {a:9.3f} /{b:8.3f} {a / p50:6.1f} /{b / p95:6.1f}"
            else:
                cells += " " * 36
        print(cells + (f"  {whole[name][0]:8.3f} /{whole[name][1]:8.3f}" if name in whole else ""))


def print_hard():
    searches = hard()
    with open(f"{work}/hard", "w", encoding="utf-8") as out:
        for name, (how, query) in searches.items():
            out.write(f"{name}\t{how}\t{query}\n")
    run(f"{B}/bench/whole", f"{work}/million.db", f"{work}/hard", "1", output=f"{work}/hard-times")
    times = table(f"{work}/hard-times")
    print("  hard queries, whole search, processor milliseconds (bar: 1000)")
    for name, (_, took) in sorted(times.items(), key=lambda item: -item[1][1]):
        print(f"    {took:9.1f}  {name}")


def search():
    print("search: processor milliseconds p50 / p95 by class, warm, one process, top 10, same tokens (bars: as fast as Xapian, OR 100 and AND 10"
          " times FTS5)")
    if not need(f"{SCALE}/queries.txt", f"{B}/bench/xapian"):
        return
    wall, cpu, peak, _ = million()
    typed()
    run(f"{B}/bench/export", f"{work}/million.db", "/dev/null", f"{work}/words")
    their_wall, their_cpu, their_peak, _ = run(f"{B}/bench/xapian", "index-words", f"{work}/words", fresh("raw-xapian"))
    run(f"{B}/bench/xapian", "compact", f"{work}/raw-xapian", fresh("xapian"))
    fts_wall, fts_cpu, fts_peak, _ = run(f"{B}/bench/fts5", "index", f"{work}/words", fresh("fts.db"))
    run(f"{B}/bench/search", f"{work}/million.db", f"{work}/classes", output=f"{work}/ours")
    run(f"{B}/bench/xapian", "search", f"{work}/xapian", f"{work}/classes", output=f"{work}/theirs")
    run(f"{B}/bench/fts5", "search", f"{work}/fts.db", f"{work}/classes", "1", output=f"{work}/fts")
    _, _, search_peak, _ = run(f"{B}/bench/whole", f"{work}/million.db", f"{work}/typed", "1", output=f"{work}/whole")
    about = stats(f"{work}/million.db")
    text = about["text_bytes"]
    print(f"  {about['passages']:,} passages, {text / 1e6:.0f} MB of text")
    print_classes(*(table(f"{work}/{n}") for n in ("ours", "theirs", "fts", "whole")))
    print_hard()
    print(f"  reading: peak {search_peak / 1024:.0f} MiB")
    print("  building: (cs-index from files, with their text and fields; the peers from words cut already)")
    for name, path, took in (("cs-index -j 2", "million.db", (wall, cpu, peak)), ("Xapian", "xapian", (their_wall, their_cpu, their_peak)),
                             ("FTS5", "fts.db", (fts_wall, fts_cpu, fts_peak))):
        print(f"    {name:14} {text / took[0] / 1e6:6.1f} MB/s   {took[0]:6.1f} s wall   {took[1]:6.1f} s processor   {took[2] / 1024:5.0f} MiB"
              f"   index / text {size_of(f'{work}/{path}') / text:.3f}")
    print(f"    rate beside Xapian's {their_wall / wall:.1f} of wall time, {their_cpu / cpu:.1f} of processor time"
          " (bars: 5; index / text 0.95)")


def growth():
    print("growth: processor milliseconds p50 / p95 by class at shares of the passages, the same queries (bar: OR and AND p95 grow slower)")
    if not need(f"{SCALE}/queries.txt"):
        return
    steps = ((10, [0], lambda i: i % 10 == 0), (30, [0], lambda i: i % 10 in (3, 7)), (100, [0], lambda i: i % 10 not in (0, 3, 7)),
             (300, [1, 2], lambda i: True))
    database, columns, passages = fresh("growth.db"), [], []
    for share, copies, keep in steps:
        write_files(f"{work}/growth-{share}", copies, keep)
        run(f"{B}/cs-index", "-q", "-j", "2", "-d", database, f"{work}/growth-{share}")
        if share == 10:
            run(f"{B}/bench/classes", database, f"{SCALE}/queries.txt", output=f"{work}/growth-classes")
        run(f"{B}/bench/search", database, f"{work}/growth-classes", output=f"{work}/growth-times")
        columns.append(table(f"{work}/growth-times"))
        passages.append(stats(database)["passages"])
    print(f"  {'':14}" + "".join(f"{f'{share} %':>20}" for share, _, _ in steps) + "   growth of p95")
    print(f"  {'passages':14}" + "".join(f"{count:>20,}" for count in passages) + f"{passages[-1] / passages[0]:12.1f}")
    for name in columns[0]:
        print(f"  {name:14}" + "".join(f"  {c[name][0]:8.3f} /{c[name][1]:8.3f}" for c in columns)
              + f"{columns[-1][name][1] / columns[0][name][1]:12.1f}")


def quantiles(values):
    values = sorted(values)
    return f"{statistics.median(values):.1f} / {values[int(len(values) * 0.95)]:.1f} / {values[-1]:.1f}"


def print_updates(path):
    """Lines of bench/updates.c, also by the size of the document."""
    with open(path, encoding="utf-8") as lines:
        updates = [[float(cell) for cell in line.split("\t")] for line in lines]
    for name, low, high in (("all", 0, 1 << 40), ("up to 50 KB", 0, 50000), ("50 to 150 KB", 50000, 150000), ("larger", 150000, 1 << 40)):
        some = [u for u in updates if low <= u[2] < high]
        if some:
            print(f"  {name:14} {len(some):6}   wall {quantiles([u[0] for u in some]):26} processor {quantiles([u[1] for u in some])}")


def updates():
    print(f"updates: {UPDATES} documents replaced one by one, each committed and linked; milliseconds p50 / p95 / max (bar: 100)")
    if not need(f"{SCALE}/queries.txt"):
        return
    million()
    database = f"{work}/million.db"
    with open(f"{work}/paths", "w", encoding="utf-8") as out:
        out.write("\n".join(os.path.realpath(path) for path in million.paths))
    run(f"{B}/bench/search", database, f"{work}/classes", output=f"{work}/before")
    size = os.path.getsize(database)
    _, _, peak, status = run(f"{B}/bench/updates", database, f"{work}/paths", str(UPDATES), f"{B}/cs-extract", output=f"{work}/updates")
    if status != 0:
        print("  failed: an update went wrong, or was not found")
        return
    print_updates(f"{work}/updates")
    run(f"{B}/bench/search", database, f"{work}/classes", output=f"{work}/after")
    before, after = table(f"{work}/before"), table(f"{work}/after")
    print(f"  peak {peak / 1024:.0f} MiB; the file has grown {os.path.getsize(database) / size:.2f} times")
    print("  searches, processor milliseconds p50 / p95, and times as before (bar: 1.5)")
    for name in before:
        (a, b), (c, d) = before[name], after[name]
        print(f"  {name:14}  before {a:8.3f} /{b:8.3f}   after {c:8.3f} /{d:8.3f}   ratio {c / a:.2f} /{d / b:.2f}")


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
    sections = {f.__name__: f for f in (index, jsonl, cold, unchanged, search, growth, updates, timeline)}
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
