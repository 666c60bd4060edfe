package io.agentcraft.testing.internal.websocket;

import java.io.IOException;

/** What a client must not send. It ends the connection with a close frame. */
final class ProtocolError extends IOException {

  static final int PROTOCOL_ERROR = 1002;
  static final int INVALID_DATA = 1007;
  static final int TOO_BIG = 1009;

  private static final long serialVersionUID = 1;

  private final int code;

  ProtocolError(int code, String reason) {
    super(reason);
    this.code = code;
  }

  /** Returns the close code. */
  int code() {
    return code;
  }
}
