package io.agentcraft.client.internal.transport;

import java.io.IOException;

/** A compressed message grows beyond the bound. */
final class MessageTooBigException extends IOException {

  private static final long serialVersionUID = 1L;

  MessageTooBigException(long bound) {
    super("a compressed message has more than " + bound
        + " bytes, as it came or inflated: the bound of maxMessageBytes(…)");
  }
}
