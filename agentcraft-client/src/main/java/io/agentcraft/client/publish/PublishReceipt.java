package io.agentcraft.client.publish;

import java.time.Duration;
import java.util.Objects;

/**
 * What became of an update that did not fail. New permitted types may come in a minor version: keep a {@code default}
 * branch, or ask {@link #isDelivered()}.
 */
public sealed interface PublishReceipt {

  /**
   * The server has it: it relayed the update back, or it took the update by HTTP. While a socket is open, the latter is
   * believed of a server that was seen to send a post of this client back over the socket, as an AgentCraft server sends
   * posts to all its clients; otherwise it is {@link Accepted}. Without an open socket nothing can be seen, and the answer
   * to the request has to do.
   *
   * @param path {@link PublishTransport#WEBSOCKET} or {@link PublishTransport#HTTP}
   * @param took the time from the call to the server's sign
   */
  record Delivered(PublishTransport path, Duration took) implements PublishReceipt {
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

  /**
   * A server took the update by HTTP, but what is posted there does not come back over the open socket: it may be another
   * server than that of the socket. Set the builder's {@code httpBaseUrl(…)} to where {@code /api/ws/broadcast} of the right one
   * is. Servers of one name that do not share their clients look like this too.
   *
   * <p>Whether posts come back is found out with the first of them, whose receipt waits for it for up to 2 s, once in the
   * life of a client; updates do not wait. A post that is seen later changes the finding.
   *
   * @param path {@link PublishTransport#HTTP}
   * @param took the time from the call to the answer
   */
  record Accepted(PublishTransport path, Duration took) implements PublishReceipt {
    /**
     * Checks that nothing is {@code null}.
     *
     * @param path the path
     * @param took the time
     */
    public Accepted {
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(took, "took");
    }
  }

  /** A newer update of the same agent took its place before the server had confirmed it. */
  record Superseded() implements PublishReceipt {}

  /**
   * Tells whether the server of the client's URL has the update, as far as can be known.
   *
   * @return {@code true} for {@link Delivered}; {@code false} for {@link Superseded}, and for {@link Accepted}, which is not
   *     known to have reached that server
   */
  default boolean isDelivered() {
    return this instanceof Delivered;
  }
}
