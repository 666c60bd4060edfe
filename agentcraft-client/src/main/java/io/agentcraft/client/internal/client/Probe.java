package io.agentcraft.client.internal.client;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionLogs;

/** The question that every server answers, asked of a silent one; listeners do not hear of the answer. */
final class Probe {

  /** No server has it. */
  private static final String SESSION = "liveness-probe";

  private final MessageCodec codec;
  private volatile boolean asked;

  Probe(MessageCodec codec) {
    this.codec = codec;
  }

  /** Returns the frame to send. */
  String ask() {
    asked = true;
    return codec.encode(RequestKind.LOGS.question(SESSION));
  }

  /** Tells whether a message of this type may be the answer. By any thread. */
  boolean awaits(String type) {
    return asked && type.equals(SessionLogs.TYPE);
  }

  /** Takes a message that is the answer. */
  boolean takes(ServerMessage message) {
    boolean answer = message instanceof SessionLogs logs && logs.sessionId().equals(SESSION);
    if (answer) {
      asked = false;
    }
    return answer;
  }

  /** There will be no answer. */
  void forget() {
    asked = false;
  }
}
