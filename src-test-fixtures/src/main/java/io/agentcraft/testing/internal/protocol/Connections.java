package io.agentcraft.testing.internal.protocol;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is connected. Confined to the server's loop.
 *
 * <p>The servers in the field keep a map by client id, and address everybody through it, even the one who asked. When an
 * old socket is cleaned up late, the map loses the new connection with the same id: it is open, and deaf.
 */
final class Connections {

  private final boolean byClientIdOnly;
  private final Set<Connection> open = new LinkedHashSet<>();
  private final Map<String, Connection> byId = new LinkedHashMap<>();

  Connections(boolean byClientIdOnly) {
    this.byClientIdOnly = byClientIdOnly;
  }

  void add(Connection connection) {
    open.add(connection);
    byId.put(connection.clientId(), connection);
  }

  void remove(Connection connection) {
    open.remove(connection);
    if (byClientIdOnly) {
      byId.remove(connection.clientId());
    } else {
      byId.remove(connection.clientId(), connection);
    }
  }

  /** Everyone that a broadcast reaches. */
  List<Connection> reachable() {
    return List.copyOf(byClientIdOnly ? byId.values() : open);
  }

  /** Everyone that a personal message to this id reaches. */
  List<Connection> reachable(String clientId) {
    return reachable().stream()
        .filter(connection -> connection.clientId().equals(clientId))
        .toList();
  }

  /** Who gets what is meant for this connection. */
  List<Connection> answering(Connection connection) {
    return byClientIdOnly ? reachable(connection.clientId()) : List.of(connection);
  }
}
