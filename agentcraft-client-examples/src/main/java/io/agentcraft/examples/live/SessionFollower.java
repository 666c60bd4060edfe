package io.agentcraft.examples.live;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.RequestTimeoutException;
import io.agentcraft.client.error.SessionNotFoundException;
import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.client.time.Scheduler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps up with a server's sessions: requests the state of each once per connection, and again when a server without session
 * events lists it anew; streams the log of one, and fetches the log lines that were missed while disconnected. Its listeners run
 * one at a time, so it needs no lock.
 */
public final class SessionFollower {

  /** A server accepts 60 frames a minute: requests for hundreds of sessions would use them up. */
  private static final int STATES_PER_MINUTE = 30;

  private static final long MINUTE = 60_000_000_000L;

  private final AgentCraftClient client;
  private final Scheduler scheduler;
  private final Consumer<String> onProblem;
  /** What the list said of a session when its state was requested. */
  private final Map<String, String> asked = new HashMap<>();

  private final Deque<Long> askedAt = new ArrayDeque<>();
  private @Nullable String streamed;
  private boolean listed;
  private int connections;
  private volatile long caughtUpAt = Long.MIN_VALUE;

  /**
   * Creates a follower.
   *
   * @param client the client to listen to and to send requests with
   * @param scheduler its clock
   * @param onProblem receives a description when a request fails
   */
  public SessionFollower(AgentCraftClient client, Scheduler scheduler, Consumer<String> onProblem) {
    this.client = client;
    this.scheduler = scheduler;
    this.onProblem = onProblem;
  }

  /** Starts to follow; to be called before the client connects. */
  public void start() {
    client.onConnectionState(state -> {
      if (state.isConnected()) {
        connections++;
        listed = false;
        asked.clear();
      }
    });
    client.onActiveSessions(this::follow);
  }

  /**
   * Returns when everything was known again after the last reconnect: the requests are answered, and log lines are
   * streamed.
   *
   * @return the scheduler's {@code nanoTime()}; empty if there was no reconnect
   */
  public OptionalLong caughtUpAt() {
    long at = caughtUpAt;
    return at == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(at);
  }

  private void follow(ActiveSessions list) {
    boolean first = !listed;
    listed = true;
    List<CompletableFuture<?>> requests = new ArrayList<>();
    String choice = Sessions.toStream(streamed, list.sessions());
    if (choice != null && (first || !choice.equals(streamed))) {
      if (!choice.equals(streamed)) {
        if (list.sessions().stream().allMatch(SessionFollower::isDocumented)) {
          client.startLogStreaming(choice);
        }
        streamed = choice;
      }
      // The stream has new lines only. Earlier ones, and those of a time without a connection, have
      // to be requested.
      requests.add(client.getSessionLogs(choice));
    }
    asked
        .keySet()
        .retainAll(list.sessions().stream().map(SessionSummary::sessionId).toList());
    for (SessionSummary session : list.sessions()) {
      if (isNews(session) && mayAsk()) {
        asked.put(session.sessionId(), said(session));
        requests.add(client.getSessionState(session.sessionId()));
      }
    }
    boolean afterReconnect = first && connections > 1;
    var unused = CompletableFuture.allOf(requests.toArray(CompletableFuture[]::new))
        .whenComplete((done, failure) -> {
          if (failure != null) {
            report(failure);
          } else if (afterReconnect) {
            caughtUpAt = scheduler.nanoTime();
          }
        });
  }

  /**
   * Returns whether an entry of a list is of the documented form, where sessions have a status. In the deployed form, which
   * tells of sessions by events, a client that requests the stream of one relabels the log lines of all clients, and all clients
   * have the lines anyway.
   */
  private static boolean isDocumented(SessionSummary session) {
    return session.phase() == null;
  }

  /** Of a session in the documented form, only its state says what has changed and how it ended. */
  private boolean isNews(SessionSummary session) {
    String before = asked.get(session.sessionId());
    return before == null
        ? !Sessions.isOver(session)
        : isDocumented(session) && !before.equals(said(session));
  }

  private static String said(SessionSummary session) {
    return session.status() + " " + session.agentsActive();
  }

  private boolean mayAsk() {
    long now = scheduler.nanoTime();
    askedAt.removeIf(at -> now - at >= MINUTE);
    return askedAt.size() < STATES_PER_MINUTE && askedAt.add(now);
  }

  private void report(Throwable failure) {
    Throwable cause = failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
    if (cause instanceof ClientClosedException) {
      return;
    }
    if (cause instanceof RequestTimeoutException || cause instanceof SessionNotFoundException) {
      onProblem.accept("A request was not answered: " + cause.getMessage());
    } else {
      onProblem.accept("A request failed: " + cause);
    }
  }
}
