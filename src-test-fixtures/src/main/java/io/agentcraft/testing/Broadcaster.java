package io.agentcraft.testing;

import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.testing.internal.protocol.Form.Outbound;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Knows who is connected, and sends. A message is encoded once, however many clients receive it. Confined to the server's
 * loop.
 *
 * <p>The servers in the field keep a map by client id and address every client through it, even the one that asked. When an
 * old connection is cleaned up late, the map loses the new one with the same id, which stays open but is deaf.
 */
final class Broadcaster {

  /** Leaves every frame as it is. */
  static final FrameRewriter UNCHANGED = (connection, text) -> List.of(text);

  private final Function<ServerMessage, String> encoder;
  private final boolean byClientIdOnly;
  private final Audience audience;
  private final Set<ClientConnection> open = new LinkedHashSet<>();
  private final Map<String, ClientConnection> byId = new LinkedHashMap<>();
  private FrameRewriter rewriter = UNCHANGED;
  private long sent;

  Broadcaster(Function<ServerMessage, String> encoder, boolean byClientIdOnly, Audience audience) {
    this.encoder = encoder;
    this.byClientIdOnly = byClientIdOnly;
    this.audience = audience;
  }

  void add(ClientConnection connection) {
    open.add(connection);
    byId.put(connection.clientId(), connection);
  }

  void remove(ClientConnection connection) {
    open.remove(connection);
    if (byClientIdOnly) {
      byId.remove(connection.clientId());
    } else {
      byId.remove(connection.clientId(), connection);
    }
  }

  /** Returns every connection that a broadcast reaches. */
  List<ClientConnection> reachable() {
    return List.copyOf(byClientIdOnly ? byId.values() : open);
  }

  /** Sends other frames in place of text frames from now on; not in place of {@link #broadcastAsItIs}. */
  void rewriteWith(FrameRewriter newRewriter) {
    rewriter = newRewriter;
  }

  void deliver(List<Outbound> messages) {
    for (Outbound outbound : messages) {
      String session = outbound.streamOf();
      if (session == null) {
        broadcast(outbound.message());
      } else {
        List<ClientConnection> receivers = reachable().stream()
            .filter(connection -> session.equals(connection.streamedSession))
            .toList();
        send(receivers, outbound.message());
      }
    }
  }

  void broadcast(ServerMessage message) {
    audience.see(message, 0);
    send(reachable(), message);
  }

  /** Broadcasts a client's message as the client wrote it. */
  void relay(ServerMessage message, String text) {
    audience.see(message, text.length());
    sendText(reachable(), text);
  }

  void broadcastText(String text) {
    audience.see(text);
    sendText(reachable(), text);
  }

  void broadcastAsItIs(String text) {
    reachable().forEach(connection -> count(connection, connection.send(text)));
  }

  void broadcastBinary(byte[] bytes) {
    reachable().forEach(connection -> count(connection, connection.send(bytes)));
  }

  /** Sends to the connections with this client id, and returns how many there are. */
  int sendTo(String clientId, ServerMessage message) {
    List<ClientConnection> receivers = reachable(clientId);
    send(receivers, message);
    return receivers.size();
  }

  void answer(ClientConnection asker, List<? extends ServerMessage> messages) {
    for (ServerMessage message : messages) {
      send(byClientIdOnly ? reachable(asker.clientId()) : List.of(asker), message);
    }
  }

  /** Returns how many messages were sent to all connections together. */
  long sent() {
    return sent;
  }

  /** Returns how much waits for the slowest client, in bytes. */
  long maxQueuedBytes() {
    return reachable().stream().mapToLong(ClientConnection::queuedBytes).max().orElse(0);
  }

  private List<ClientConnection> reachable(String clientId) {
    return reachable().stream()
        .filter(connection -> connection.clientId().equals(clientId))
        .toList();
  }

  private void send(List<ClientConnection> receivers, ServerMessage message) {
    if (!receivers.isEmpty()) {
      sendText(receivers, encoder.apply(message));
    }
  }

  private void sendText(List<ClientConnection> receivers, String text) {
    for (ClientConnection connection : receivers) {
      for (String frame : rewriter.rewrite(connection, text)) {
        count(connection, connection.send(frame));
      }
    }
  }

  private void count(ClientConnection connection, boolean accepted) {
    if (accepted) {
      connection.sentMessages++;
      sent++;
    } else {
      // Closing, dead or 16 MiB behind: there is no point in sending more.
      remove(connection);
    }
  }
}
