package io.agentcraft.client.message;

/**
 * A message that a server sends.
 *
 * <p>New permitted types may come in a minor version: keep a {@code default} branch.
 */
public sealed interface ServerMessage extends WireMessage
    permits ActiveSessions,
        AgentStatusUpdate,
        AgentCollaboration,
        SessionState,
        SessionLogs,
        SessionNotFound,
        SessionEvent,
        CrewAiLog,
        LogStreamingStarted,
        LogStreamingStopped,
        Ping,
        UnknownMessage {}
