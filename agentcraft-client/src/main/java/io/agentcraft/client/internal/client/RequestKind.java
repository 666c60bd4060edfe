package io.agentcraft.client.internal.client;

import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.client.message.GetSessionLogs;
import io.agentcraft.client.message.GetSessionState;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionNotFound;
import io.agentcraft.client.message.SessionState;

/** The questions that the protocol has. There are no request ids: an answer is matched by its type and session. */
public enum RequestKind {
  STATE(GetSessionState.TYPE) {
    @Override
    public ClientMessage question(String sessionId) {
      return new GetSessionState(sessionId);
    }

    @Override
    boolean isAnsweredBy(ServerMessage message, String sessionId) {
      return (message instanceof SessionState state && state.sessionId().equals(sessionId))
          || (message instanceof SessionNotFound notFound
              && notFound.sessionId().equals(sessionId));
    }

    @Override
    boolean isAnsweredBy(String type) {
      return type.equals(SessionState.TYPE) || type.equals(SessionNotFound.TYPE);
    }

    @Override
    String advice() {
      return "A server of the documented form does not answer for a session that it does not know: check the id.";
    }
  },
  LOGS(GetSessionLogs.TYPE) {
    @Override
    public ClientMessage question(String sessionId) {
      return new GetSessionLogs(sessionId);
    }

    @Override
    boolean isAnsweredBy(ServerMessage message, String sessionId) {
      return message instanceof SessionLogs logs && logs.sessionId().equals(sessionId);
    }

    @Override
    boolean isAnsweredBy(String type) {
      return type.equals(SessionLogs.TYPE);
    }

    @Override
    String advice() {
      return "Raise requestTimeout(…) if the server is slow.";
    }
  };

  private final String type;

  RequestKind(String type) {
    this.type = type;
  }

  String type() {
    return type;
  }

  /** Returns the message that asks. */
  public abstract ClientMessage question(String sessionId);

  abstract boolean isAnsweredBy(ServerMessage message, String sessionId);

  abstract boolean isAnsweredBy(String type);

  abstract String advice();
}
