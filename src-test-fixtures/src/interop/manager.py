"""The WebSocketManager of the protocol's document, with its mistakes: connections are kept by client id alone, so the
late clean-up of an old socket removes a new one of the same id (the deaf connection)."""

import asyncio
import json
import logging
import time
from collections import defaultdict
from typing import Dict

from fastapi import WebSocket

from sessions import active_sessions
from settings import MAX_MESSAGES_PER_MINUTE

logger = logging.getLogger("backend.websocket_api")


class WebSocketManager:
    def __init__(self):
        self.active_connections: Dict[str, WebSocket] = {}
        self.connection_metadata: Dict[str, Dict] = {}
        self.total_messages_sent = 0

    async def connect(self, websocket: WebSocket, client_id: str):
        await websocket.accept()
        self.active_connections[client_id] = websocket
        self.connection_metadata[client_id] = {
            "connected_at": asyncio.get_event_loop().time(),
            "message_count": 0,
        }
        await self._send_active_sessions(client_id)
        logger.info(f"WebSocket connected: {client_id}")

    async def disconnect(self, client_id: str):
        if client_id in self.active_connections:
            del self.active_connections[client_id]
            del self.connection_metadata[client_id]

    async def send_personal_message(self, message: dict, client_id: str):
        if client_id in self.active_connections:
            websocket = self.active_connections[client_id]
            try:
                await self._send(websocket, client_id, message)
            except Exception as e:
                logger.error(f"Error sending message to {client_id}: {e}")
                await self.disconnect(client_id)

    async def broadcast(self, message: dict):
        dead_connections = []

        # The document goes through the map itself, and fails when a client comes or goes meanwhile.
        for client_id, websocket in list(self.active_connections.items()):
            try:
                await self._send(websocket, client_id, message)
            except Exception as e:
                # Not logged as a warning: in the deployed form that would be broadcast in turn.
                logger.debug(f"Error broadcasting to {client_id}: {e}")
                dead_connections.append(client_id)

        for client_id in dead_connections:
            await self.disconnect(client_id)

    async def _send(self, websocket: WebSocket, client_id: str, message: dict):
        await websocket.send_text(json.dumps(message))
        self.connection_metadata[client_id]["message_count"] += 1
        self.total_messages_sent += 1

    async def _send_active_sessions(self, client_id: str):
        await self.send_personal_message(active_sessions(), client_id)

    async def broadcast_active_sessions(self):
        await self.broadcast(active_sessions())

    def stats(self) -> dict:
        return {
            "active_connections": len(self.active_connections),
            "total_messages_sent": self.total_messages_sent,
            "connections": [
                {"client_id": client_id, **metadata}
                for client_id, metadata in self.connection_metadata.items()
            ],
        }


class RateLimit:
    """The rate limit of the document: frames beyond it are silently dropped."""

    def __init__(self):
        self.message_timestamps = defaultdict(list)
        self.dropped = defaultdict(int)

    def allows(self, client_id: str) -> bool:
        now = time.time()
        timestamps = self.message_timestamps[client_id]
        timestamps[:] = [t for t in timestamps if now - t < 60]

        if len(timestamps) >= MAX_MESSAGES_PER_MINUTE:
            logger.warning(f"Rate limit exceeded for {client_id}")
            self.dropped[client_id] += 1
            return False

        timestamps.append(now)
        return True
