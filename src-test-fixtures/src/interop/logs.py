"""Live log lines: in the deployed form every line of the Python log goes to everyone; in the documented form the new
entries of a session go, as session_logs, to those who asked for them."""

import asyncio
import logging
import time
from datetime import datetime
from typing import Dict

from sessions import Session, loop_time
from settings import DEPLOYED

STREAMS: Dict[str, str] = {}


class CrewAILogHandler(logging.Handler):
    def __init__(self, manager):
        super().__init__(logging.INFO)
        self.manager = manager

    def emit(self, record):
        message = record.getMessage()
        frame = {
            "type": "crewai_log",
            "timestamp": time.time(),
            "log": {
                "timestamp": record.created,
                "datetime": datetime.now().isoformat(),
                "session_id": getattr(record, "session_id", None),
                "level": record.levelname,
                "logger": record.name,
                "message": f"{record.levelname} - {record.name} - {message}",
                "raw_message": message,
                "source": "python_logger",
                "module": record.module,
                "function": record.funcName,
                "line": record.lineno,
            },
        }
        asyncio.get_event_loop().create_task(self.manager.broadcast(frame))


def install(manager):
    backend = logging.getLogger("backend")
    backend.setLevel(logging.INFO)
    backend.addHandler(logging.StreamHandler())
    if DEPLOYED:
        backend.addHandler(CrewAILogHandler(manager))


async def add_line(manager, session: Session, agent: str, message: str):
    entry = session.log(agent, message)
    if DEPLOYED:
        logging.getLogger("backend.crew").info(message, extra={"session_id": session.session_id})
        return
    frame = {
        "type": "session_logs",
        "session_id": session.session_id,
        "logs": [entry],
        "timestamp": loop_time(),
    }
    for client_id, session_id in list(STREAMS.items()):
        if session_id == session.session_id:
            await manager.send_personal_message(frame, client_id)
