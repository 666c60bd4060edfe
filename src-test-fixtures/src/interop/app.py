"""An AgentCraft tracking server, written from the protocol's document, to prove the client against FastAPI and uvicorn:

    uvicorn app:app --app-dir src-test-fixtures/src/interop --ws websockets

settings.py says what can be set.
"""

import asyncio
import json
import logging
import re

from fastapi import APIRouter, FastAPI, Request, WebSocket, WebSocketDisconnect

import hooks
import logs
from manager import RateLimit, WebSocketManager
from sessions import SESSIONS, active_sessions, logs_frame, loop_time, state_frame
from settings import CLIENT_ID_PATTERN, DEPLOYED, PREFIX, RECEIVE_TIMEOUT, RELAY

logger = logging.getLogger("backend.websocket_api")
app = FastAPI()
router = APIRouter()
rest = APIRouter()
ws_manager = WebSocketManager()
rate_limit = RateLimit()
watch = hooks.Watch()


def is_valid_client_id(client_id: str) -> bool:
    return bool(re.match(CLIENT_ID_PATTERN, client_id))


@router.websocket("/agent-tracking/{client_id}")
async def websocket_agent_tracking(websocket: WebSocket, client_id: str):
    if not is_valid_client_id(client_id):
        await websocket.close(code=1008, reason="Invalid client ID")
        return

    with watch.handler(websocket, client_id):
        await ws_manager.connect(websocket, client_id)

        try:
            while True:
                try:
                    data = await asyncio.wait_for(websocket.receive_text(), timeout=RECEIVE_TIMEOUT)
                    watch.received(client_id, data)
                    message = json.loads(data)
                    await handle_client_message(message, client_id)

                except asyncio.TimeoutError:
                    ping_message = {"type": "ping", "timestamp": loop_time()}
                    await ws_manager.send_personal_message(ping_message, client_id)

        except WebSocketDisconnect as e:
            watch.closed(client_id, e.code)
            await ws_manager.disconnect(client_id)
        except Exception as e:
            logger.error(f"WebSocket error for {client_id}: {e}")
            await ws_manager.disconnect(client_id)


async def handle_client_message(message: dict, client_id: str):
    if not rate_limit.allows(client_id):
        return

    kind = message.get("type")
    session_id = message.get("session_id")

    if kind == "get_session_logs":
        await ws_manager.send_personal_message(logs_frame(session_id), client_id)
    elif kind == "get_session_state":
        answer = state_frame(session_id)
        if answer:
            await ws_manager.send_personal_message(answer, client_id)
    elif kind == "start_log_streaming":
        logs.STREAMS[client_id] = session_id
        if DEPLOYED:
            await ws_manager.send_personal_message(
                {
                    "type": "log_streaming_started",
                    "session_id": session_id,
                    "timestamp": loop_time(),
                    "message": "CrewAI log streaming enabled",
                },
                client_id,
            )
    elif kind == "stop_log_streaming":
        logs.STREAMS.pop(client_id, None)
        if DEPLOYED:
            await ws_manager.send_personal_message(
                {
                    "type": "log_streaming_stopped",
                    "timestamp": loop_time(),
                    "message": "CrewAI log streaming disabled",
                },
                client_id,
            )
    elif kind == "pong":
        pass
    elif kind == "agent_status" and RELAY:
        await ws_manager.broadcast(message)
    else:
        logger.warning(f"Unknown message type from {client_id}: {kind}")


@rest.post("/broadcast")
async def broadcast(request: Request):
    try:
        await ws_manager.broadcast(json.loads(await request.body()))
        return {"success": True, "message": "Message broadcasted"}
    except Exception as e:
        return {"success": False, "error": str(e)}


@rest.get("/stats")
async def stats():
    sessions = active_sessions()["data"]
    return {"success": True, "stats": ws_manager.stats(), "realtime_sessions": sessions}


@rest.get("/sessions/{session_id}/logs")
async def session_logs(session_id: str):
    return {"success": True, "session_id": session_id, "logs": logs_frame(session_id)["logs"]}


@rest.get("/sessions/{session_id}/state")
async def session_state(session_id: str):
    session = SESSIONS.get(session_id)
    if not session:
        return {"success": False, "error": "Session not found"}
    return {"success": True, "state": session.state()}


app.include_router(router, prefix=PREFIX)
app.include_router(rest, prefix="/api/ws")
app.include_router(hooks.routes(ws_manager, rate_limit, watch), prefix="/test")
logs.install(ws_manager)
hooks.end_with_stdin()
