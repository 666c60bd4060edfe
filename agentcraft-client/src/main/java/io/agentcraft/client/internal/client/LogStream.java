package io.agentcraft.client.internal.client;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.internal.connection.Connection;
import io.agentcraft.client.internal.connection.ConnectionFollower;
import io.agentcraft.client.internal.connection.Outbox;
import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.client.message.ClientMessage.StartLogStreaming;
import io.agentcraft.client.message.ClientMessage.StopLogStreaming;
import org.jspecify.annotations.Nullable;

/** The session whose log lines are streamed: requested again on every new connection. Confined to the loop. */
final class LogStream implements ConnectionFollower {

  private final MessageCodec codec;
  private final Outbox outbox;
  private @Nullable String session;

  LogStream(MessageCodec codec, Outbox outbox) {
    this.codec = codec;
    this.outbox = outbox;
  }

  /** Streams the lines of another session; {@code null} for none. */
  void select(@Nullable String newSession) {
    boolean streaming = session != null;
    session = newSession;
    if (newSession != null) {
      send(new StartLogStreaming(newSession));
    } else if (streaming) {
      send(new StopLogStreaming());
    }
  }

  @Override
  public void onUp(Connection connection) {
    if (session != null) {
      send(new StartLogStreaming(session));
    }
  }

  private void send(ClientMessage message) {
    if (outbox.isOpen()) {
      // A failure means that the connection is closing: the next one sends it again.
      outbox.add(new Outbox.Frame(codec.encode(message), () -> {}, ignored -> {}));
    }
  }
}
