package io.agentcraft.client.internal.client;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.internal.connection.Connection;
import io.agentcraft.client.internal.inbound.InboundHooks;
import io.agentcraft.client.internal.publish.PublishEngine;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.Pong;
import io.agentcraft.client.message.ServerMessage;

/** What the client itself needs of one connection's incoming frames. Called on the reader thread. */
final class Needs implements InboundHooks {

  /** Encoded once: doing it for each connection, on its reader thread, leaves 8 kB of Jackson's buffers with each. */
  private static final String PONG = MessageCodec.create().encode(new Pong());

  private final ClientParts parts;
  private final PublishEngine publishing;
  private final Runnable onFirstMessage;

  Needs(ClientParts parts, PublishEngine publishing, Runnable onFirstMessage) {
    this.parts = parts;
    this.publishing = publishing;
    this.onFirstMessage = onFirstMessage;
  }

  @Override
  public void onFirstMessage() {
    onFirstMessage.run();
  }

  @Override
  public void onPing(Connection link) {
    link.send(PONG);
    parts.budget.pongSent(parts.scheduler.nanoTime());
  }

  @Override
  public boolean awaits(String type) {
    return parts.requests.awaits(type)
        || parts.probe.awaits(type)
        || (type.equals(AgentStatusUpdate.TYPE) && publishing.awaitsRelays());
  }

  @Override
  public boolean consume(ServerMessage message) {
    if (parts.probe.takes(message)) {
      return true;
    }
    if (message instanceof AgentStatusUpdate update) {
      if (publishing.awaitsRelays()) {
        parts.post(() -> publishing.onRelayed(update));
      }
    } else if (parts.requests.awaits(message.type())) {
      parts.post(() -> parts.requests.answered(message));
    }
    return false;
  }
}
