package io.agentcraft.testing;

import io.agentcraft.testing.internal.protocol.Admission;

/** What a server does with a client id that doesn't match {@code ^client_\d+_[a-z0-9]+$}. */
public enum ClientIdCheck {

  /** Refuses the handshake with HTTP 403, as a close before the accept comes out of uvicorn. The default. */
  HTTP_403(Admission.IdCheck.FORBID),

  /** Accepts, and closes with code 1008 "Invalid client ID" at once. */
  ACCEPT_THEN_1008(Admission.IdCheck.ACCEPT_THEN_CLOSE),

  /** Takes any id. */
  OFF(Admission.IdCheck.OFF);

  private final Admission.IdCheck rule;

  ClientIdCheck(Admission.IdCheck rule) {
    this.rule = rule;
  }

  Admission.IdCheck rule() {
    return rule;
  }
}
