package io.agentcraft.testing.internal.protocol;

import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.testing.internal.form.Outbound;
import java.util.List;
import java.util.function.Function;

/** Sends. Encodes a message once, however many get it. Confined to the server's loop. */
public final class Outbox {

  private final Function<ServerMessage, String> encoder;
  private final Connections connections;
  private final Rewriting rewriting;
  private long sent;

  Outbox(Function<ServerMessage, String> encoder, Connections connections, Rewriting rewriting) {
    this.encoder = encoder;
    this.connections = connections;
    this.rewriting = rewriting;
  }

  public void deliver(List<Outbound> messages) {
    for (Outbound outbound : messages) {
      String session = outbound.streamOf();
      List<Connection> receivers = session == null
          ? connections.reachable()
          : connections.reachable().stream()
              .filter(connection -> session.equals(connection.streamedSession))
              .toList();
      send(receivers, outbound.message());
    }
  }

  public void broadcast(ServerMessage message) {
    send(connections.reachable(), message);
  }

  public void broadcastText(String text) {
    sendText(connections.reachable(), text);
  }

  /** Sends to everyone what no rewriting touches. */
  public void broadcastAsItIs(String text) {
    for (Connection connection : connections.reachable()) {
      count(connection, connection.send(text));
    }
  }

  /** Returns how much waits for the client that is behind the most, in bytes. */
  public long mostQueuedBytes() {
    return connections.reachable().stream()
        .mapToLong(Connection::queuedBytes)
        .max()
        .orElse(0);
  }

  public void broadcastBinary(byte[] bytes) {
    for (Connection connection : connections.reachable()) {
      count(connection, connection.send(bytes));
    }
  }

  public int personal(String clientId, ServerMessage message) {
    List<Connection> receivers = connections.reachable(clientId);
    send(receivers, message);
    return receivers.size();
  }

  void answer(Connection asker, List<? extends ServerMessage> messages) {
    for (ServerMessage message : messages) {
      send(connections.answering(asker), message);
    }
  }

  long sent() {
    return sent;
  }

  private void send(List<Connection> receivers, ServerMessage message) {
    if (!receivers.isEmpty()) {
      sendText(receivers, encoder.apply(message));
    }
  }

  private void sendText(List<Connection> receivers, String text) {
    for (Connection connection : receivers) {
      for (String frame : rewriting.sent(connection, text)) {
        count(connection, connection.send(frame));
      }
    }
  }

  private void count(Connection connection, boolean accepted) {
    if (accepted) {
      connection.sentMessages++;
      sent++;
    } else {
      // Closing, dead or 16 MiB behind: nobody to talk to any more.
      connections.remove(connection);
    }
  }
}
