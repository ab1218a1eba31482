#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Press the tab key in bash, zsh and fish. Usage: completion.py BUILD FOLDER"""
import os
import pty
import re
import select
import subprocess
import sys
import time

BUILD, FOLDER = sys.argv[1:]
INDEX = f"{FOLDER}/i.db"
# In each shell this key completes as the tab key does, and then runs the line by another command, which prints the words
# that it gets, whatever the screen shows. One key, for a shell may drop what is typed while it completes.
KEY = "\x14"
DEADLINE_S = 30

# What is typed before the tab, and the words that the shell then sees: the same in every shell.
CASES = [
    ("cs-search --timel", ["cs-search", "--timeline"]),
    ("cs-search --no-f", ["cs-search", "--no-fold"]),
    ("cs-search -f jsonl --sor", ["cs-search", "-f", "jsonl", "--sort"]),
    ("cs-search --sort rel", ["cs-search", "--sort", "relevance"]),
    ("cs-search --sort=rel", ["cs-search", "--sort=relevance"]),
    ("cs-search --kind min", ["cs-search", "--kind", "minutes"]),
    ("cs-search --judgement req", ["cs-search", "--judgement", "requires-improvement"]),
    ("cs-search --area care-l", ["cs-search", "--area", "care-leavers"]),
    ("cs-search --serve s", ["cs-search", "--serve", "stdio"]),
    ("cs-search -d INDEX --authority Heref", ["cs-search", "-d", "INDEX", "--authority", "Herefordshire"]),
    ("cs-search --index=INDEX --authority Bath", ["cs-search", "--index=INDEX", "--authority", "Bath and North East Somerset"]),
    ("cs-search -d INDEX --visit herefordshire/2014", ["cs-search", "-d", "INDEX", "--visit", "herefordshire/2014-04-29"]),
    ("cs-search -d INDEX --compare herefordshire/2018-06-11 herefordshire/2014",
     ["cs-search", "-d", "INDEX", "--compare", "herefordshire/2018-06-11", "herefordshire/2014-04-29"]),
    ("cs-search autho", ["cs-search", "authority:"]),
    ("cs-search fostering judgement:inad", ["cs-search", "fostering", "judgement:inadequate"]),
    ("cs-search -d INDEX authority:Bath", ["cs-search", "-d", "INDEX", "authority:Bath-and-North-East-Somerset"]),
    ("cs-search -d INDEX visit:herefordshire/2018", ["cs-search", "-d", "INDEX", "visit:herefordshire/2018-06-11"]),
    ("cs-search -d FOLDER/some-f", ["cs-search", "-d", "FOLDER/some-file.txt"]),
    ("cs-search --index=FOLDER/some-f", ["cs-search", "--index=FOLDER/some-file.txt"]),
    ("cs-index --recomm", ["cs-index", "--recommendations"]),
    ("cs-index --set auth", ["cs-index", "--set", "authority="]),
    ("cs-index FOLDER/some-f", ["cs-index", "FOLDER/some-file.txt"]),
    ("cs-index --form", ["cs-index", "--format"]),
]


def place(text):
    return text.replace("INDEX", INDEX).replace("FOLDER", FOLDER)


class Shell:
    """An interactive shell at the other end of a terminal."""

    def __init__(self, command, setup):
        environment = {"PATH": f"{BUILD}:{os.environ['PATH']}", "HOME": FOLDER, "TERM": "dumb", "LC_ALL": "C.UTF-8",
                       "COLUMNS": "200", "INPUTRC": "/dev/null", "HISTFILE": ""}
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, environment)
        self.output = ""
        for line in setup:
            self.type(line + "\n")
        self.type("echo rea''dy\n")
        self.wait("ready\r.*GO> ")

    def type(self, text):
        os.write(self.terminal, text.encode())

    def read(self, seconds):
        ready, _, _ = select.select([self.terminal], [], [], seconds)
        if ready:
            self.output += os.read(self.terminal, 65536).decode(errors="replace")

    def wait(self, pattern):
        until = time.monotonic() + DEADLINE_S
        while not (found := re.search(pattern, self.output, re.S)):
            assert time.monotonic() < until, f"no {pattern!r} in {self.output[-2000:]!r}"
            self.read(1)
        return found

    def words(self, typed):
        """What the shell, at its prompt, makes of `typed` and a tab: the words that a command in its place is given."""
        self.output = ""
        self.type(typed + KEY)
        return self.wait(r"\[\[(.*?)\]\]\r.*GO> ").group(1).split("|")[:-1]

    def close(self):
        self.type("\x15exit\n")
        os.close(self.terminal)
        os.waitpid(self.pid, 0)


def bash():
    return Shell(["bash", "--norc", "--noprofile", "-i"],
                 ["bind 'set bell-style none'; bind 'set enable-bracketed-paste off'; PS1='GO''> '",
                  "show() { printf '[''['; printf '%s|' \"$@\"; printf ']'']\\n'; }",
                  r"""bind '"\C-t": "\C-i\C-ashow \C-e\C-m"'""",
                  f". {BUILD}/completion/cs-search; . {BUILD}/completion/cs-index"])


def zsh():
    return Shell(["zsh", "-f", "-i"],
                 ["PS1='GO''> '; bindkey -e; unsetopt beep zle_bracketed_paste; zstyle ':completion:*' list-prompt ''",
                  "show() { printf '[''['; printf '%s|' \"$@\"; printf ']'']\\n'; }",
                  "probe() { zle complete-word; BUFFER=\"show $BUFFER\"; zle accept-line }; zle -N probe; bindkey '^T' probe",
                  f"fpath=({BUILD}/completion $fpath); autoload -Uz compinit; compinit -u -D"])


def hold_shells():
    for start in (bash, zsh):
        shell = start()
        for typed, words in CASES:
            said = shell.words(place(typed))
            assert said == [place(word) for word in words], f"{start.__name__}: {typed!r} becomes {said}"
        shell.close()


def fish(line):
    """fish tells itself what it would offer."""
    source = " ".join(f"source {BUILD}/completion/{program}.fish;" for program in ("cs-search", "cs-index"))
    done = subprocess.run(["fish", "--no-config", "-c", f"{source} complete -C {line!r}"], stdout=subprocess.PIPE,
                          env={"PATH": f"{BUILD}:{os.environ['PATH']}", "HOME": FOLDER, "LC_ALL": "C.UTF-8"}, check=True)
    return [offer.split("\t")[0] for offer in done.stdout.decode().splitlines()]


def hold_fish():
    for typed, words in CASES:
        offers = fish(place(typed))
        assert offers == [place(words[-1])], f"fish: {typed!r} is offered {offers}"
    assert len(fish("cs-search ")) == 9


def complete(program, *words):
    done = subprocess.run([f"{BUILD}/{program}", "--complete", *words], stdout=subprocess.PIPE, check=True)
    return [line.split("\t")[0] for line in done.stdout.decode().splitlines()]


def hold_tables():
    """Every option of --help is offered, and no other; every choice, and every field, is understood."""
    for program in ("cs-search", "cs-index"):
        shown = subprocess.run([f"{BUILD}/{program}", "--help"], stdout=subprocess.PIPE, check=True).stdout.decode()
        assert sorted(re.findall(r"^ +(?:-\w, )?(--[a-z-]+)", shown, re.M)) == sorted(complete(program, "--"))
        for option, choices in re.findall(r"^ +(?:-\w, )?(--[a-z-]+) (\w+(?:\|\w+)+)", shown, re.M):
            assert complete(program, option, "") == choices.split("|"), option
            assert complete(program, option + "=") == [f"{option}={choice}" for choice in choices.split("|")]
    for field in complete("cs-search", ""):
        values = complete("cs-search", "-d", INDEX, field) or [field + "2018"]
        for value in values:
            asked = subprocess.run([f"{BUILD}/cs-search", "-d", INDEX, "-f", "json", value], stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, check=False)
            assert asked.returncode in (0, 1) and b'"notes":[]' in asked.stdout.replace(b" ", b""), (value, asked.stdout[:300])
    # An option that takes an argument takes the next word, whatever it looks like; and -- ends options.
    assert complete("cs-search", "-d", "--kind", "--kind", "art") == ["article"]
    assert complete("cs-search", "--", "--kind", "art") == [] and complete("cs-search", "--", "--ki") == []
    assert complete("cs-search", "-fj") == ["-fjson", "-fjsonl"] and complete("cs-search", "-d", "/none", "--visit", "") == []


def main():
    subprocess.run([f"{BUILD}/cs-index", "-q", "-d", INDEX, "corpus/herefordshire"], check=True)
    with open(f"{FOLDER}/some-file.txt", "w", encoding="utf-8") as file:
        file.write("9 May 2023\n\nMonitoring visit to children's services\n\nThe front door is effective.\n")
    subprocess.run([f"{BUILD}/cs-index", "-q", "-d", INDEX, "--set", "authority=Bath and North East Somerset",
                    f"{FOLDER}/some-file.txt"], check=True)
    hold_tables()
    hold_fish()
    hold_shells()


main()
