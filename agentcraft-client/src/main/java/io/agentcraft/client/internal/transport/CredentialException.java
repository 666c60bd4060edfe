package io.agentcraft.client.internal.transport;

import java.io.IOException;

/** A request was not sent, because its credentials would have gone where they must not. */
final class CredentialException extends IOException {

  private static final long serialVersionUID = 1L;

  CredentialException(String message) {
    super(message);
  }
}
