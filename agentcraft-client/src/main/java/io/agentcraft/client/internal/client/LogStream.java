package io.agentcraft.client.internal.client;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.internal.connection.Outbox;
import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.client.message.StartLogStreaming;
import io.agentcraft.client.message.StopLogStreaming;
import org.jspecify.annotations.Nullable;

/** The session whose log lines are wished for: asked for again on every new connection. Confined to the loop. */
final class LogStream {

  private final MessageCodec codec;
  private final Outbox outbox;
  private @Nullable String session;

  LogStream(MessageCodec codec, Outbox outbox) {
    this.codec = codec;
    this.outbox = outbox;
  }

  /** Changes the wish; {@code null} for no lines. */
  void wish(@Nullable String newSession) {
    boolean streaming = session != null;
    session = newSession;
    if (newSession != null) {
      send(new StartLogStreaming(newSession));
    } else if (streaming) {
      send(new StopLogStreaming());
    }
  }

  void askAgain() {
    if (session != null) {
      send(new StartLogStreaming(session));
    }
  }

  private void send(ClientMessage message) {
    if (outbox.isOpen()) {
      // A failure means that the connection is going: the wish is sent on the next.
      outbox.add(new Outbox.Frame(codec.encode(message), () -> {}, ignored -> {}));
    }
  }
}
