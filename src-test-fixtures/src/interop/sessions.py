"""What the server tracks: sessions with their agents, output and logs, written in either form of the protocol."""

import asyncio
import time
from datetime import datetime, timezone
from typing import Dict, Optional

from settings import DEPLOYED


def loop_time() -> float:
    return asyncio.get_event_loop().time()


class Session:
    def __init__(self, session_id: str, query: str, agents: list):
        self.session_id = session_id
        self.query = query
        self.phase = "agent_initialization" if DEPLOYED else "processing"
        self.progress = 0.0 if DEPLOYED else 0
        self.started_at = time.time()
        self.agents = [self._agent(i, name) for i, name in enumerate(agents)]
        self.crew_output = []
        self.logs = []

    def _agent(self, index: int, name: str) -> dict:
        agent = {
            "agent_name": name,
            "status": "idle" if DEPLOYED else "IDLE",
            "progress": 0.0 if DEPLOYED else 0,
            "current_task": None,
            "details": None if DEPLOYED else {},
        }
        if DEPLOYED:
            agent.update(agent_id=f"agent_{index}", started_at=None, updated_at=time.time())
        return agent

    def state(self) -> dict:
        """The extent of the document, as answers have it in both forms."""
        documented = ("agent_name", "status", "progress", "current_task", "details")
        return {
            "session_id": self.session_id,
            "query": self.query,
            "current_phase": self.phase,
            "overall_progress": self.progress,
            "active_agents": [{key: agent[key] for key in documented} for agent in self.agents],
            "crew_output": self.crew_output,
        }

    def snapshot(self) -> dict:
        """The whole, as events of the deployed form have it."""
        finished = [a["agent_name"] for a in self.agents if a["status"] == "finished"]
        return {
            **self.state(),
            "active_agents": self.agents,
            "total_agents": len(self.agents),
            "completed_agents": finished,
            "started_at": self.started_at,
            "estimated_completion": None,
        }

    def log(self, agent: Optional[str], message: str) -> dict:
        if DEPLOYED:
            entry = {"timestamp": time.time(), "type": "crew_activity", "message": message, "details": agent}
        else:
            now = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
            entry = {
                "timestamp": now.replace("+00:00", "Z"),
                "level": "info",
                "agent": agent,
                "message": message,
                "details": {},
            }
        self.logs.append(entry)
        return entry


SESSIONS: Dict[str, Session] = {}


def active_sessions() -> dict:
    return {
        "type": "active_sessions",
        "timestamp": loop_time(),
        "data": {
            "total_sessions": len(SESSIONS),
            "sessions": [_summary(session) for session in SESSIONS.values()],
        },
    }


def _summary(session: Session) -> dict:
    if DEPLOYED:
        return {
            "session_id": session.session_id,
            "phase": session.phase,
            "progress": session.progress,
            "agents": len(session.agents),
            "started_at": session.started_at,
        }
    return {
        "session_id": session.session_id,
        "query": session.query,
        "status": session.phase,
        "agents_active": len(session.agents),
    }


def logs_frame(session_id: str) -> dict:
    session = SESSIONS.get(session_id)
    return {
        "type": "session_logs",
        "session_id": session_id,
        "logs": session.logs[-50:] if session else [],
        "timestamp": loop_time(),
    }


def state_frame(session_id: str) -> Optional[dict]:
    """None for no answer: what the document's server does for a session that it does not know."""
    session = SESSIONS.get(session_id)
    if session:
        return {
            "type": "session_state",
            "session_id": session_id,
            "state": session.state(),
            "timestamp": loop_time(),
        }
    if DEPLOYED:
        return {"type": "session_not_found", "session_id": session_id, "timestamp": loop_time()}
    return None
