"""One session from its start to its end, with every message that a server of this form sends on the way."""

import time
from datetime import datetime

import logs
from sessions import SESSIONS, Session
from settings import DEPLOYED

TECHNICAL = "Technical Integration Specialist"
SECURITY = "Security Specialist"


def session(session_id: str) -> Session:
    if session_id not in SESSIONS:
        SESSIONS[session_id] = Session(session_id, "How do I fix webhook errors?", [TECHNICAL, SECURITY])
    return SESSIONS[session_id]


async def broadcast_agent_status(manager, agent_id, agent_name, status, progress, message):
    """As in the document."""
    await manager.broadcast(
        {
            "type": "agent_status",
            "agent_id": agent_id,
            "agent_name": agent_name,
            "status": status,
            "progress": progress,
            "message": message,
            "timestamp": datetime.now().isoformat(),
        }
    )


async def play(manager):
    story = session("session_story")
    await manager.broadcast_active_sessions()
    await _event(manager, story, "session_started")

    _report(story, 0, "processing", 100 / 3, "Analyzing webhook configuration")
    await broadcast_agent_status(manager, "agent_0", TECHNICAL, "PROCESSING", 33, "Analyzing webhook configuration")
    await _event(manager, story, "agent_status_update")
    await logs.add_line(manager, story, TECHNICAL, "Starting webhook analysis – über alles ✓ 🚀")

    await manager.broadcast(
        {
            "type": "agent_collaboration",
            "primary_agent": TECHNICAL,
            "secondary_agent": SECURITY,
            "collaboration_type": "handoff",
            "reason": "Requires security expertise",
            "timestamp": datetime.now().isoformat(),
        }
    )
    story.phase = "collaborating"
    await _event(manager, story, "phase_update")

    story.crew_output.append({"timestamp": time.time(), "type": "thought", "content": "some content", "agent": TECHNICAL})
    await _event(manager, story, "crew_output")
    await _event(manager, story, "session_error")

    for index in (0, 1):
        _report(story, index, "finished" if DEPLOYED else "COMPLETED", 100, "Done")
    story.phase, story.progress = "completed", 100.0 if DEPLOYED else 100
    await broadcast_agent_status(manager, "agent_0", TECHNICAL, "COMPLETED", 100, "Done")
    await _event(manager, story, "session_completed")


def _report(story: Session, index: int, status: str, progress: float, task: str):
    story.agents[index].update(
        status=status if DEPLOYED else status.upper(),
        progress=float(progress) if DEPLOYED else int(progress),
        current_task=task,
    )


async def _event(manager, story: Session, kind: str):
    if DEPLOYED:
        frame = {
            "type": kind,
            "session_id": story.session_id,
            "timestamp": time.time(),
            "state": story.snapshot(),
        }
        await manager.broadcast(frame)
