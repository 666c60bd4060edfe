package io.agentcraft.client.message;

/**
 * A message that a client sends. New permitted types may come in a minor version: keep a {@code default} branch.
 */
public sealed interface ClientMessage extends WireMessage
    permits AgentStatusUpdate,
        GetSessionLogs,
        GetSessionState,
        StartLogStreaming,
        StopLogStreaming,
        Pong,
        UnknownMessage {}
