package io.agentcraft.client.internal.connection;

import java.util.List;

/**
 * The places where a server may be found, and which of them is tried now. Once one has answered, it is kept.
 */
public record Endpoints(List<Endpoint> candidates, int index, boolean settled) {

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

  /** The places tried before the current one since the last restart: all of them refused. */
  List<Endpoint> refused() {
    return settled ? List.of() : candidates.subList(0, index);
  }
}
