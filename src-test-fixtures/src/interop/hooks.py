"""What tests do with the server, over HTTP. Not part of the protocol."""

import asyncio
import os
import sys
import threading
from collections import defaultdict
from contextlib import contextmanager

from fastapi import APIRouter, Request, WebSocket

import logs
import story


class Watch:
    """Counts what the endpoint does, and lets requests wait for a count."""

    def __init__(self):
        self.counts = defaultdict(lambda: defaultdict(int))
        self.close_codes = {}
        self.handlers = {}
        self.changed = asyncio.Event()

    @contextmanager
    def handler(self, websocket: WebSocket, client_id: str):
        self.handlers[client_id] = (asyncio.current_task(), websocket)
        self._count(client_id, "handlers started")
        try:
            yield
        finally:
            self._count(client_id, "handlers ended")

    def received(self, client_id: str, data: str):
        self._count(client_id, "frames")
        if '"pong"' in data:
            self._count(client_id, "pongs")

    def closed(self, client_id: str, code: int):
        self.close_codes[client_id] = code

    def _count(self, client_id: str, what: str):
        self.counts[client_id][what] += 1
        self.changed.set()
        self.changed = asyncio.Event()

    async def until(self, client_id: str, what: str, least: int):
        while self.counts[client_id][what] < least:
            await self.changed.wait()


def end_with_stdin():
    """Ends the server together with the tests that started it."""
    if os.environ.get("AGENTCRAFT_END_WITH_STDIN"):
        threading.Thread(target=lambda: (sys.stdin.read(), os._exit(1)), daemon=True).start()


def routes(manager, rate_limit, watch: Watch) -> APIRouter:
    router = APIRouter()

    @router.get("/client/{client_id}")
    async def client(client_id: str):
        """Returns what the server knows of a client."""
        return {
            "counts": dict(watch.counts[client_id]),
            "in_map": client_id in manager.active_connections,
            "dropped": rate_limit.dropped[client_id],
            "close_code": watch.close_codes.get(client_id),
        }

    @router.get("/await/{client_id}/{what}/{least}")
    async def until(client_id: str, what: str, least: int):
        """Answers once the count has been reached."""
        await asyncio.wait_for(watch.until(client_id, what, least), 20)
        return await client(client_id)

    @router.post("/raw")
    async def raw(request: Request):
        """Sends the body as it is to everyone."""
        text = (await request.body()).decode()
        for websocket in list(manager.active_connections.values()):
            await websocket.send_text(text)
        return {}

    @router.post("/close/{client_id}/{code}")
    async def close(client_id: str, code: int):
        """Closes from the server's side, after accept."""
        await watch.handlers[client_id][1].close(code=code, reason="by the test")
        return {}

    @router.post("/die/{client_id}")
    async def die(client_id: str):
        """Ends a handler as a crash does: the exception is not caught by the endpoint."""
        watch.handlers[client_id][0].cancel()
        return {}

    @router.post("/story")
    async def tell():
        """Plays a session of two agents from start to end."""
        await story.play(manager)
        return {}

    @router.post("/log/{session_id}")
    async def log(session_id: str, request: Request):
        """Adds a line to a session's log."""
        session = story.session(session_id)
        await logs.add_line(manager, session, "Security Specialist", (await request.body()).decode())
        return {}

    return router
