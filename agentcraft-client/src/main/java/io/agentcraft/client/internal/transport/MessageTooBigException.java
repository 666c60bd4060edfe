package io.agentcraft.client.internal.transport;

import java.io.IOException;

/** A compressed message inflates beyond the bound. */
final class MessageTooBigException extends IOException {

  private static final long serialVersionUID = 1L;

  MessageTooBigException(long bound) {
    super("a compressed message inflates to more than " + bound
        + " bytes, the bound of maxMessageBytes(…)");
  }
}
