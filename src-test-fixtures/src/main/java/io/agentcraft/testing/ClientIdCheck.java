package io.agentcraft.testing;

/** What a server does with a client id that does not match {@code ^client_\d+_[a-z0-9]+$}. */
public enum ClientIdCheck {

  /** Refuses the handshake with HTTP 403, which is what uvicorn makes of a close before the accept. */
  HTTP_403,

  /** Accepts the handshake, and closes with code 1008 "Invalid client ID" at once. */
  ACCEPT_THEN_1008,

  /** Accepts any id. */
  OFF
}
