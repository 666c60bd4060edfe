package io.agentcraft.client.internal.connection;

import java.util.List;

/**
 * The URLs at which a server may be found, and which of them is tried now. Once one has answered, the client stays with
 * it.
 */
public record Endpoints(List<Endpoint> candidates, int index, boolean settled) {

  /**
   * One URL, without the client id that each connection adds to it.
   *
   * @param base scheme, host, port and path, without a trailing slash; errors show it
   * @param query the query with its question mark, or empty; may hold secrets, so it is never shown
   */
  public record Endpoint(String base, String query) {

    public String urlFor(String clientId) {
      return base + "/" + clientId + query;
    }

    @Override
    public String toString() {
      return base;
    }
  }

  public Endpoints {
    candidates = List.copyOf(candidates);
  }

  public static Endpoints of(List<Endpoint> candidates) {
    return new Endpoints(candidates, 0, candidates.size() == 1);
  }

  public Endpoint current() {
    return candidates.get(index);
  }

  boolean hasNext() {
    return !settled && index + 1 < candidates.size();
  }

  Endpoints next() {
    return new Endpoints(candidates, index + 1, false);
  }

  Endpoints settle() {
    return settled ? this : new Endpoints(candidates, index, true);
  }

  Endpoints restart() {
    return settled ? this : new Endpoints(candidates, 0, false);
  }

  /** Returns the endpoints tried since the last restart, before the current one: all of them refused. */
  List<Endpoint> refused() {
    return settled ? List.of() : candidates.subList(0, index);
  }
}
