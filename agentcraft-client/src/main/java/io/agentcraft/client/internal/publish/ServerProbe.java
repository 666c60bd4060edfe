package io.agentcraft.client.internal.publish;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.internal.connection.Connection;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.internal.connection.FrameRateLimiter.Share;
import io.agentcraft.client.internal.connection.LoopTimer;
import io.agentcraft.client.internal.publish.Broadcasts.Endpoint;
import io.agentcraft.client.message.ClientMessage.GetSessionLogs;
import io.agentcraft.client.message.ClientMessage.GetSessionState;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionNotFound;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.publish.PublishForm;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out, before the first update is sent, which form the server speaks and whether it has a broadcast endpoint. Confined
 * to the loop, except for {@link #awaits} and {@link #accept}.
 *
 * <p>The form shows in the replies to two requests for a session that no server knows. Only the deployed backend replies to
 * the first one, and every server to the second; a server handles the frames of a connection in their order.
 */
final class ServerProbe {

  /** How long the server has to reply. */
  static final Duration TIMEOUT = Duration.ofSeconds(2);

  private static final String DEPLOYED_PATH = "/api/ws/agent-tracking";

  private final EventLoop loop;
  private final FrameRateLimiter rateLimiter;
  private final Broadcasts broadcasts;
  private final boolean asksForForm;
  private final Runnable onFound;
  private final String session;
  private final List<String> requests;
  private final LoopTimer timer;

  private volatile boolean awaitsReply;
  private boolean hasAsked;
  private boolean hasAskedEndpoint;
  private @Nullable PublishForm form;
  private boolean formIsGuess;
  private @Nullable Endpoint endpoint;

  /**
   * Creates a probe.
   *
   * @param form the form, if it is configured; {@link PublishForm#AUTO} asks for it
   * @param onFound runs when more is known
   */
  ServerProbe(
      EventLoop loop,
      MessageCodec codec,
      FrameRateLimiter rateLimiter,
      Broadcasts broadcasts,
      PublishForm form,
      Runnable onFound) {
    this.loop = loop;
    this.timer = new LoopTimer(loop);
    this.rateLimiter = rateLimiter;
    this.broadcasts = broadcasts;
    this.asksForForm = form == PublishForm.AUTO;
    this.form = asksForForm ? null : form;
    this.onFound = onFound;
    this.session = PublishedRun.newId(loop::now);
    this.requests = List.of(
        codec.encode(new GetSessionState(session)), codec.encode(new GetSessionLogs(session)));
  }

  /** Returns whether all that an update needs is known, or will not be. */
  boolean isDone() {
    return form != null && endpoint != null;
  }

  /** Returns the form; {@code null} if it is not known yet. */
  @Nullable
  PublishForm form() {
    return form;
  }

  /** Returns what is known of the broadcast endpoint; {@code null} if it has not answered yet. */
  @Nullable
  Endpoint endpoint() {
    return endpoint;
  }

  /** Asks for the broadcast endpoint, once. */
  void askEndpoint() {
    if (!hasAskedEndpoint) {
      hasAskedEndpoint = true;
      broadcasts.probe(found -> loop.post(() -> {
        endpoint = found;
        onFound.run();
      }));
    }
  }

  /** Asks for the form, once for each connection until the server has replied. */
  void askForm(Connection connection) {
    if (hasAsked || !asksForForm || (form != null && !formIsGuess)) {
      return;
    }
    hasAsked = true;
    awaitsReply = true;
    for (String request : requests) {
      if (connection.send(request) == Connection.Result.SENT) {
        rateLimiter.sent(Share.REQUEST, loop.nanoTime());
      }
    }
    // The deployed backend has a path of its own. A late reply still counts.
    boolean deployedPath = connection.endpoint().base().endsWith(DEPLOYED_PATH);
    timer.start(TIMEOUT, () -> guess(deployedPath));
  }

  private void guess(boolean deployed) {
    if (form == null) {
      form = deployed ? PublishForm.SESSION_EVENTS : PublishForm.AGENT_STATUS;
      formIsGuess = true;
      onFound.run();
    }
  }

  /** The connection is lost, and with it the reply. */
  void lost() {
    timer.stop();
    hasAsked = false;
    awaitsReply = false;
  }

  /** There is no time left, or no connection will come: what is not known yet stays so. */
  void stop() {
    timer.stop();
    if (form == null) {
      form = PublishForm.SESSION_EVENTS;
      formIsGuess = true;
    }
    if (endpoint == null) {
      endpoint = Endpoint.UNKNOWN;
    }
  }

  boolean awaits(String type) {
    return awaitsReply
        && (type.equals(SessionLogs.TYPE)
            || type.equals(SessionNotFound.TYPE)
            || type.equals(SessionState.TYPE));
  }

  /** Takes a message if it is a reply. */
  boolean accept(ServerMessage message) {
    if (message instanceof SessionNotFound notFound && notFound.sessionId().equals(session)) {
      replied(PublishForm.SESSION_EVENTS);
      return true;
    } else if (message instanceof SessionLogs logs && logs.sessionId().equals(session)) {
      awaitsReply = false;
      replied(PublishForm.AGENT_STATUS);
      return true;
    }
    return message instanceof SessionState state && state.sessionId().equals(session);
  }

  private void replied(PublishForm found) {
    var unused = loop.post(() -> {
      timer.stop();
      if (form == null || formIsGuess) {
        form = found;
        formIsGuess = false;
        onFound.run();
      }
    });
  }
}
