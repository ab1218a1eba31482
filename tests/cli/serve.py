#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A scripted session with cs-search --serve stdio. Usage: serve.py BUILD FOLDER"""
import json
import os
import random
import shutil
import subprocess
import sys

BUILD, FOLDER = sys.argv[1:]
INDEX = FOLDER + "/index.db"


def run(program, *arguments):
    done = subprocess.run([f"{BUILD}/{program}", "-d", INDEX, *arguments], stdout=subprocess.PIPE, check=False)
    return done.stdout


class Server:
    """The server, and what can be said to it: bytes, lines, requests."""

    def __init__(self, index=INDEX, stderr=None):
        self.process = subprocess.Popen([f"{BUILD}/cs-search", "-d", index, "--serve", "stdio"],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr)
        self.last_id = 0

    def send(self, line):
        self.process.stdin.write(line if isinstance(line, bytes) else json.dumps(line).encode())
        self.process.stdin.write(b"\n")
        self.process.stdin.flush()

    def receive(self):
        line = self.process.stdout.readline()
        assert line.endswith(b"\n"), line
        return json.loads(line)

    def say(self, line):
        self.send(line)
        return self.receive()

    def ask(self, method, params=None):
        self.last_id += 1
        reply = self.say({"jsonrpc": "2.0", "id": self.last_id, "method": method}
                         | ({} if params is None else {"params": params}))
        assert reply["jsonrpc"] == "2.0" and reply["id"] == self.last_id, reply
        assert ("result" in reply) != ("error" in reply), reply
        return reply

    def code(self, method, params=None):
        return self.ask(method, params)["error"]["code"]

    def call(self, tool, **arguments):
        result = self.ask("tools/call", {"name": tool, "arguments": arguments})["result"]
        assert [part["type"] for part in result["content"]] == ["text"], result
        return result

    def refused(self, tool, **arguments):
        result = self.call(tool, **arguments)
        assert result["isError"] is True and "structuredContent" not in result, result
        return result["content"][0]["text"]

    def end(self):
        """At the end of input it ends, with nothing left to say."""
        self.process.stdin.close()
        assert self.process.stdout.read() == b""
        assert self.process.wait(20) == 0, self.process.returncode


def handshake(server):
    for asked, agreed in (("2024-11-05", "2024-11-05"), ("2025-03-26", "2025-03-26"), ("2025-06-18", "2025-06-18"),
                          ("1999-01-01", "2025-11-25")):
        result = server.ask("initialize", {"protocolVersion": asked, "capabilities": {},
                                           "clientInfo": {"name": "test", "version": "1"}})["result"]
        assert result["protocolVersion"] == agreed, result
        assert result["capabilities"] == {"tools": {"listChanged": False}}, result
        assert result["serverInfo"]["name"] == "cs-search", result
    assert server.code("initialize", {}) == -32602
    assert server.code("initialize", {"protocolVersion": 7}) == -32602
    server.send({"jsonrpc": "2.0", "method": "notifications/initialized"})
    assert server.ask("ping")["result"] == {}


def tools(server):
    listed = {tool["name"]: tool for tool in server.ask("tools/list")["result"]["tools"]}
    assert {"search", "timeline", "compare", "follow_up", "document"} <= set(listed), listed.keys()
    for tool in listed.values():
        assert tool["annotations"]["readOnlyHint"] is True and tool["description"] and tool["title"]
        schema = tool["inputSchema"]
        assert schema["type"] == "object" and schema["additionalProperties"] is False
        assert set(schema["required"]) <= set(schema["properties"])
        for name, about in schema["properties"].items():
            assert about["description"] and "-" not in name, (name, about)
    search = listed["search"]["inputSchema"]["properties"]
    assert search["match"]["enum"] == ["auto", "all", "any"] and search["limit"]["maximum"] == 1000
    assert server.code("tools/list", {"cursor": "x"}) == -32602


def answers(server):
    """What a tool says is what the command line prints."""
    found = server.call("search", query="unaccompanied asylum", limit=3, since="2018")
    printed = run("cs-search", "-f", "json", "-n", "3", "--since", "2018", "unaccompanied asylum")
    assert found["isError"] is False and found["structuredContent"] == json.loads(printed)
    assert len(found["structuredContent"]["hits"]) == 3
    # The text is wrapped, the citation is not.
    flat = " ".join(found["content"][0]["text"].split())
    for hit in found["structuredContent"]["hits"]:
        assert hit["citation"] in flat, hit["citation"]

    exact = server.call("search", query="children", exact=True, no_fold=True, match="any", sort="date", offset=2)
    printed = run("cs-search", "-f", "json", "--exact", "--no-fold", "--match", "any", "--sort", "date", "--offset", "2",
                  "children")
    assert exact["structuredContent"] == json.loads(printed)

    nothing = server.call("search", query="xylophone")
    assert nothing["isError"] is False and nothing["structuredContent"]["hits"] == []
    assert "does not mean that nothing is wrong" in nothing["content"][0]["text"]

    followed = server.call("timeline", query="private fostering", authority="Herefordshire")
    printed = run("cs-search", "-f", "json", "--timeline", "--authority", "Herefordshire", "private fostering")
    assert followed["structuredContent"] == json.loads(printed)
    assert "not looked at" in followed["content"][0]["text"]

    compared = server.call("compare", before="herefordshire/2018-06-11", after="Herefordshire November 2025", query="neglect")
    printed = run("cs-search", "-f", "json", "--compare", "herefordshire/2018-06-11", "herefordshire/2025-11-10", "neglect")
    assert compared["structuredContent"] == json.loads(printed)
    changed = server.call("compare", before="herefordshire/2018-06-11", after="herefordshire/2025-11-10")
    assert changed["structuredContent"]["themes"] and len(changed["content"][0]["text"]) > 200
    assert "nowhere" in server.refused("compare", before="nowhere", after="herefordshire/2025-11-10")
    assert "needs after" in server.refused("compare", before="nowhere")

    for asked in ({}, {"query": "supervision"}, {"authority": "Herefordshire", "limit": 1}):
        followed = server.call("follow_up", **asked)
        options = [f"--{name}={value}" for name, value in asked.items() if name != "query"]
        printed = run("cs-search", "-f", "json", "--follow-up", *options, *([asked["query"]] if "query" in asked else []))
        assert followed["structuredContent"] == json.loads(printed), asked

    for document in json.loads(run("cs-index", "--list", "--format", "json")):
        checked = json.loads(run("cs-index", "--check", "--format", "json", document["path"]))
        said = server.call("document", path=document["path"])["structuredContent"]
        assert said["document"] == document
        assert said["fields"] == checked[0]["fields"]
        assert 0 < len(said["passages"]) <= document["passages"]
        assert sum(len(passage["text"].split()) for passage in said["passages"]) <= document["words"]
        part = server.call("document", path=document["path"], limit=2, offset=1)["structuredContent"]
        assert part["passages"] == said["passages"][1:3]


def bad_arguments(server):
    assert "needs query" in server.refused("search")
    assert "unknwon" in server.refused("search", query="x", unknwon=1)
    assert "from 1 to 1000" in server.refused("search", query="x", limit=0)
    for limit in (1001, -1, 1.5, "10", None, True, 10**18):
        server.refused("search", query="x", limit=limit)
    for value in (1, None, [], {}, False):
        assert "must be a string" in server.refused("search", query=value)
    assert "one of auto|all|any" in server.refused("search", query="x", match="some")
    server.refused("search", query="x", match="auto\0")
    server.refused("search", query="x", authority="Leeds\0x")
    server.refused("search", query="x", exact="yes")
    server.refused("search", query="x", since="the day before")
    server.refused("search", query="x", judgement="superb")
    server.refused("timeline", query="x", sort="date")
    assert "no such document" in server.refused("document", path="/nowhere")
    assert server.call("search", query="children\0 care")["isError"] is False
    assert server.call("search", query="x" * (1 << 20))["isError"] is False


def bad_messages(server):
    for line in (b"{", b"nonsense", b"\xff\xfe", b'{"a":"\xff"}', b"[" * 100_000, b'{"jsonrpc":"2.0",}', b"\0", b"{} {}",
                 b'"' + b"\xe2\x82" * 9 + b'"'):
        reply = server.say(line)
        assert reply["error"]["code"] == -32700 and reply["id"] is None, (line[:20], reply)
    for message in (1, "x", None, True, {}, {"jsonrpc": "2.0"}, {"jsonrpc": "2.0", "id": 1}, {"id": 1, "method": "ping"},
                    {"jsonrpc": "1.0", "id": 1, "method": "ping"}, {"jsonrpc": "2.0", "id": 1, "method": 7},
                    {"jsonrpc": "2.0", "id": [1], "method": "ping"}, {"jsonrpc": "2.0", "id": True, "method": "ping"}, []):
        reply = server.say(message)
        assert reply["error"]["code"] == -32600, (message, reply)
    assert server.say({"id": 5, "method": "ping"})["id"] == 5
    too_long = server.say(b'{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":"' + b"x" * (5 << 20) + b'"}}')
    assert too_long["error"]["code"] == -32600
    for name in ("nope", "tools/list\0", "resources/list", "é" * 300, ""):
        assert server.code(name) == -32601, name
    assert server.code("ping", [1]) == -32602
    assert server.code("tools/call") == -32602
    assert server.code("tools/call", {"name": "delete"}) == -32602
    assert server.code("tools/call", {"name": 1}) == -32602
    assert server.code("tools/call", {"name": "search", "arguments": [1]}) == -32602


def silence(server):
    """What has no answer gets none: the next reply is that to the next request."""
    for line in (b"", b"  \t", b"\r", {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1}},
                 {"jsonrpc": "2.0", "method": "nope"}, {"jsonrpc": "2.0", "id": 1, "result": {}},
                 {"jsonrpc": "2.0", "id": 1, "error": {"code": 1, "message": ""}},
                 [{"jsonrpc": "2.0", "method": "nope"}, {"jsonrpc": "2.0", "id": 1, "result": {}}]):
        server.send(line)
    assert server.ask("ping")["result"] == {}
    assert server.say({"jsonrpc": "2.0", "id": "é\0", "method": "ping"})["id"] == "é\0"
    assert server.say({"jsonrpc": "2.0", "id": 2**53, "method": "ping"})["id"] == 2**53


def batches(server):
    ping = {"jsonrpc": "2.0", "method": "ping"}
    replies = server.say([ping | {"id": 1}, ping, 1, ping | {"id": "b"},
                          {"jsonrpc": "2.0", "id": 3, "method": "tools/call",
                           "params": {"name": "search", "arguments": {"query": "asylum", "limit": 1}}}])
    assert [reply["id"] for reply in replies] == [1, None, "b", 3], replies
    assert replies[1]["error"]["code"] == -32600 and len(replies[3]["result"]["structuredContent"]["hits"]) == 1
    assert server.say([[ping]])[0]["error"]["code"] == -32600
    assert server.say([ping | {"id": 1}] * 101)["error"]["code"] == -32600
    assert len(server.say([ping | {"id": 1}] * 100)) == 100


def changes(server):
    """The index may be written, replaced, gone and there again."""
    count = lambda: server.call("search", query="zebra")["structuredContent"]["total"]
    assert count() == 0
    with open(FOLDER + "/zebra.txt", "w", encoding="utf-8") as file:
        file.write("9 May 2023\n\nMonitoring visit to Kent children's services\n\nThe zebra crossing is safe.\n")
    run("cs-index", "-q", FOLDER + "/zebra.txt")
    assert count() == 1
    shutil.copy(INDEX, FOLDER + "/copy.db")
    run("cs-index", "-q", "--remove", FOLDER + "/zebra.txt")
    assert count() == 0
    os.replace(FOLDER + "/copy.db", INDEX)
    assert count() == 1
    os.rename(INDEX, FOLDER + "/away.db")
    assert INDEX in server.refused("search", query="zebra")
    os.rename(FOLDER + "/away.db", INDEX)
    assert count() == 1


def noise(server):
    """Broken requests, each answered by one line or none; and whole ones, answered as ever."""
    rng = random.Random(6)
    whole = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call",
                        "params": {"name": "search", "arguments": {"query": "\"care\" NEAR/3 (x OR", "limit": 1}}}).encode()
    for _ in range(400):
        line = bytearray(whole)
        for _ in range(rng.randrange(1, 6)):
            at = rng.randrange(len(line))
            line[at:at + rng.randrange(3)] = rng.choice([b"", b'"', b"{", b"]", b",", b"\\u0000", bytes([rng.randrange(256)])])
        for part in bytes(line).split(b"\n"):
            server.send(part)
    server.send({"jsonrpc": "2.0", "id": "last", "method": "ping"})
    while server.receive() != {"jsonrpc": "2.0", "id": "last", "result": {}}:
        pass


def without_index():
    server = Server(FOLDER + "/none.db", subprocess.DEVNULL)
    assert len(server.ask("tools/list")["result"]["tools"]) >= 3
    assert "none.db" in server.refused("search", query="x")
    server.end()


def without_reader():
    server = Server(stderr=subprocess.DEVNULL)
    server.process.stdout.close()
    try:
        for _ in range(100):
            server.send({"jsonrpc": "2.0", "id": 1, "method": "tools/list"})
    except BrokenPipeError:
        pass
    assert server.process.wait(20) == 2, server.process.returncode


def main():
    run("cs-index", "-q", "corpus/herefordshire")
    for steps in ((handshake, tools, answers), (bad_arguments, bad_messages, silence, batches), (changes, noise)):
        server = Server()
        for step in steps:
            step(server)
        server.end()
    # What has no newline at its end is a message as well.
    last = Server()
    last.process.stdin.write(b'{"jsonrpc":"2.0","id":1,"method":"ping"}')
    last.process.stdin.close()
    assert last.receive()["result"] == {} and last.process.wait(20) == 0
    without_index()
    without_reader()
    for wrong in (["--serve", "http"], ["--serve", "stdio", "query"]):
        assert subprocess.run([f"{BUILD}/cs-search", *wrong], stderr=subprocess.DEVNULL, check=False).returncode == 2


main()
