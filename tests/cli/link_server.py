#!/usr/bin/env python3
"""A web server that behaves badly on purpose, for the tests of `links`. Loop-back only.

    link_server.py --log FILE [--tls CERT KEY] [--delay SECONDS]

It listens on all addresses of the loop-back network (127.x.y.z, each of which is a host of its
own), prints one line with its ports, `http PORT https PORT` (https 0 without --tls), and ends when
its standard input does. What it does is said by the path; see `answer`. The log has one JSON object
for each request: begin and end (monotonic seconds), address asked, method, path and some headers.
Needs nothing beyond Python 3.9.
"""

import argparse
import asyncio
import email.utils
import gzip
import json
import socket
import ssl
import sys
import time
import urllib.parse

PAGE = b'<!doctype html><title>x</title><p id="here">text <a name=\'named\'>x</a><p id=bare>'
TYPE = "Content-Type: text/html; charset=utf-8\r\n"
COUNTS = {}
LOG = None
DELAY = 0.0
BUFFERED = False


def response(status, body=b"", headers=TYPE, length=None, head=False):
    length = len(body) if length is None else length
    start = f"HTTP/1.1 {status} X\r\n{headers}Content-Length: {length}\r\n\r\n".encode("latin-1")
    return start if head else start + body


class Peer(asyncio.Protocol):
    """One connection."""

    def connection_made(self, transport):
        self.transport = transport
        self.buffer = b""
        self.task = None
        self.address = transport.get_extra_info("sockname")[0]

    def data_received(self, data):
        if data[:1] == b"\x16":  # TLS, where none is spoken
            return self.transport.abort()
        self.buffer += data
        if self.task is None:
            self.next()

    def next(self):
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        lines = self.buffer[:end].decode("latin-1").split("\r\n")
        self.buffer = self.buffer[end + 4:]
        method, target, _ = (lines[0] + "  ").split(" ", 2)
        if target == "/sync":  # what was answered before is in the log now
            self.transport.write(response(200))
            return
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        entry = {"begin": time.monotonic(), "address": self.address, "method": method, "path": target,
                 "host": headers.get("host", "")}
        for name in ("authorization", "cookie", "range", "user-agent"):
            if name in headers:
                entry[name] = headers[name]
        if DELAY == 0:
            plain = self.plain(method, target)
            if plain is not None:
                self.transport.write(plain)
                log(entry)
                if self.buffer:
                    self.next()
                return
        self.task = asyncio.ensure_future(self.serve(method, target, headers, entry))

    def plain(self, method, target):
        """The answers that need no waiting: those that the tests of speed ask for."""
        if target.startswith("/page/"):
            return response(200, PAGE, head=method == "HEAD")
        return None

    async def serve(self, method, target, headers, entry):
        try:
            if DELAY:
                await asyncio.sleep(DELAY)
            await self.answer(method, target, headers)
        except (ConnectionError, asyncio.CancelledError):
            pass
        log(entry)
        self.task = None
        if self.buffer and not self.transport.is_closing():
            self.next()

    def connection_lost(self, _):
        if self.task is not None:
            self.task.cancel()

    def write(self, data):
        if self.transport.is_closing():
            raise ConnectionError
        self.transport.write(data)

    async def drain(self):
        while self.transport.get_write_buffer_size() > 1 << 20:
            await asyncio.sleep(0.005)
            if self.transport.is_closing():
                raise ConnectionError

    async def answer(self, method, target, headers):
        head = method == "HEAD"
        parts = urllib.parse.urlsplit(target)
        query = dict(urllib.parse.parse_qsl(parts.query))
        path = parts.path
        name = path.split("/")[1]
        key = (self.address, path)
        COUNTS[key] = count = COUNTS.get(key, 0) + 1

        def send(status, body=PAGE, more=TYPE, length=None):
            self.write(response(status, body, more, length, head))

        def redirect(status, to):
            send(status, b"", f"Location: {to}\r\n")

        if name in ("ok", "page", ""):
            send(200)
        elif name == "status":
            send(int(path.split("/")[2]))
        elif name == "head405":
            send(405 if head else 200)
        elif name == "head404":
            send(404 if head else 200)
        elif name == "headdrop" and head:
            self.transport.abort()
        elif name == "headhang" and head:
            await asyncio.sleep(3600)
        elif name == "headloop" and head:
            redirect(302, "/headloop")
        elif name in ("headdrop", "headhang", "headloop"):
            send(200)
        elif name == "drop":
            self.transport.abort()
        elif name == "loop":
            redirect(302, "/loop/b" if path == "/loop/a" else "/loop/a")
        elif name == "endless":
            redirect(302, f"/endless/{int(path.split('/')[2]) + 1}")
        elif name == "redirect":  # /redirect/301?to=URL
            redirect(int(path.split("/")[2]), query["to"])
        elif name == "rawlocation":  # bytes that are no URL
            self.write(b"HTTP/1.1 302 X\r\nLocation: /\xff\xfe \x01ok\r\nContent-Length: 0\r\n\r\n")
        elif name == "busy":  # /busy/int|date|none|ever/...: 429 once, then 200
            kind = path.split("/")[2]
            more = {"int": "Retry-After: 1\r\n", "none": "", "ever": "Retry-After: 86400\r\n",
                    "date": f"Retry-After: {email.utils.formatdate(time.time() + 1, usegmt=True)}\r\n"}
            if count == 1 or kind == "ever":
                send(429, b"", more[kind])
            else:
                send(200)
        elif name == "once":  # /once/500: that status once, then 200
            # HEAD is followed by GET at once, which is not the second try.
            send(int(path.split("/")[2]) if count <= 2 else 200)
        elif name == "never":
            await asyncio.sleep(3600)
        elif name == "drip":
            self.write(b"HTTP/1.1 200 X\r\n" + TYPE.encode() + b"\r\n")
            if head:
                return self.transport.close()
            while True:
                self.write(b"<")
                await asyncio.sleep(0.1)
        elif name == "dripheaders":
            for byte in b"HTTP/1.1 200 X\r\nX-Long: " + b"a" * 10000:
                self.write(bytes([byte]))
                await asyncio.sleep(0.1)
        elif name == "huge":
            self.write(response(200, b"", TYPE, 10 << 30, True))
            while not head:
                self.write(b"<p>" * 20000)
                await self.drain()
        elif name == "large":  # the anchor lies behind 6 MB
            send(200, b"<p>" * (2 << 20) + PAGE)
        elif name == "lies":
            send(200, PAGE, TYPE, 100000)
            self.transport.close()
        elif name == "lieslittle":
            send(200, PAGE, TYPE, 5)
            self.transport.close()
        elif name == "gzip":
            send(200, gzip.compress(PAGE), TYPE + "Content-Encoding: gzip\r\n")
        elif name == "badgzip":
            send(200, b"\x1f\x8b\x08\x00garbage that is no deflate stream" * 10,
                 TYPE + "Content-Encoding: gzip\r\n")
        elif name == "bomb":
            # 12 MB, three times what is searched; more would only cost the test time.
            send(200, gzip.compress(b"<p>" * (4 << 20), 1), TYPE + "Content-Encoding: gzip\r\n")
        elif name == "longheader":
            self.write(b"HTTP/1.1 200 X\r\nX-Long: " + b"a" * (1 << 20) + b"\r\nContent-Length: 0\r\n\r\n")
        elif name == "manyheaders":
            self.write(b"HTTP/1.1 200 X\r\n" + b"X-A: b\r\n" * 200000 + b"Content-Length: 0\r\n\r\n")
        elif name == "nothttp":
            self.write(b"SSH-2.0-OpenSSH\r\n")
            self.transport.close()
        elif name == "invalid":
            send(200, b"\xff\xfe<p id='\xff'>\x00<p id=here>")
        elif name == "script":
            send(200, PAGE + b"<script>document.write('<p id=made>')</script>")
        elif name == "sphinx":
            send(200, PAGE + b"<script src='_static/documentation_options.js?v=1'></script>")
        elif name == "pdf":
            send(200, b"%PDF-1.7", "Content-Type: application/pdf\r\n")
        elif name == "ranged":
            if "range" not in headers or head:
                send(200)
            else:
                send(206, PAGE, TYPE + f"Content-Range: bytes 0-{len(PAGE) - 1}/{len(PAGE)}\r\n")
        elif name == "norange":
            send(416 if "range" in headers else 200)
        elif name == "early":  # the id comes first, then nothing for a long time
            self.write(b"HTTP/1.1 200 X\r\n" + TYPE.encode() + b"\r\n")
            if not head:
                self.write(PAGE)
                await asyncio.sleep(3600)
            self.transport.close()
        elif name == "cookie":
            send(200, PAGE, TYPE + "Set-Cookie: id=secret; Path=/\r\n")
        elif name == "objects.inv":
            send(200, b"# Sphinx inventory version 2\n# Project: x\n# Version: 1\n", "")
        else:
            send(404)


def log(entry):
    if LOG is not None:
        entry["end"] = time.monotonic()
        LOG.write(json.dumps(entry) + "\n")
        if not BUFFERED:
            LOG.flush()


async def main():
    global LOG, DELAY, BUFFERED
    parser = argparse.ArgumentParser()
    parser.add_argument("--log")
    parser.add_argument("--tls", nargs=2)
    parser.add_argument("--delay", type=float, default=0.0)
    parser.add_argument("--buffered", action="store_true", help="write the log at the end")
    options = parser.parse_args()
    DELAY = options.delay
    if options.log:
        LOG = open(options.log, "w", buffering=1 << 20)
        BUFFERED = options.buffered
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda *_: None)
    # 127.0.0.1 alone would not hear 127.0.0.2; nothing but the loop-back network can be meant,
    # since the port is told to nobody.
    server = await loop.create_server(Peer, "0.0.0.0", 0, backlog=4096, family=socket.AF_INET)
    port, tls_port = server.sockets[0].getsockname()[1], 0
    if options.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*options.tls)
        secure = await loop.create_server(Peer, "0.0.0.0", 0, ssl=context, family=socket.AF_INET)
        tls_port = secure.sockets[0].getsockname()[1]
    print(f"http {port} https {tls_port}", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    if LOG is not None:
        LOG.close()
        LOG = None
    import os
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(main())
