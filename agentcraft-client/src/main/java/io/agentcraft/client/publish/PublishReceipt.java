package io.agentcraft.client.publish;

import java.time.Duration;
import java.util.Objects;

/**
 * What became of an update that did not fail. New permitted types may come in a minor version: keep a {@code default}
 * branch, or ask {@link #isDelivered()}.
 */
public sealed interface PublishReceipt {

  /**
   * The server has it: it relayed the update back, or answered the request.
   *
   * @param path {@link PublishPath#SOCKET} or {@link PublishPath#HTTP}
   * @param took the time from the call to the server's sign
   */
  record Delivered(PublishPath path, Duration took) implements PublishReceipt {
    /**
     * Checks that nothing is {@code null}.
     *
     * @param path the path
     * @param took the time
     */
    public Delivered {
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(took, "took");
    }
  }

  /** A newer update of the same agent took its place before the server had confirmed it. */
  record Superseded() implements PublishReceipt {}

  /**
   * Tells whether the server has the update.
   *
   * @return {@code true} for {@link Delivered}
   */
  default boolean isDelivered() {
    return this instanceof Delivered;
  }
}
