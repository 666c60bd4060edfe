package io.agentcraft.examples.live;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.RequestTimeoutException;
import io.agentcraft.client.error.SessionNotFoundException;
import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.client.time.Scheduler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps up with a server's sessions: asks for the state of each once a connection, streams the log of one, and fetches
 * the log lines that a lost connection left out. Its listeners run one at a time, so it needs no lock.
 */
public final class SessionFollower {

  /** A server takes 60 frames a minute: asking about hundreds of sessions would use them up. */
  private static final int STATES_PER_CONNECTION = 10;

  private final AgentCraftClient client;
  private final Scheduler scheduler;
  private final Consumer<String> onProblem;
  private final Set<String> asked = new HashSet<>();
  private @Nullable String streamed;
  private boolean listed;
  private int connections;
  private volatile long caughtUpAt = Long.MIN_VALUE;

  /**
   * Makes a follower.
   *
   * @param client the client to listen to and to ask
   * @param scheduler tells the time
   * @param onProblem told in words when a question was not answered
   */
  public SessionFollower(AgentCraftClient client, Scheduler scheduler, Consumer<String> onProblem) {
    this.client = client;
    this.scheduler = scheduler;
    this.onProblem = onProblem;
  }

  /** Begins to follow; to be called before the client connects. */
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
   * Tells when all was known again after the last reconnect: the answers have come, and log lines come by stream.
   *
   * @return the scheduler's {@code nanoTime()}; empty while there was no reconnect
   */
  public OptionalLong caughtUpAt() {
    long at = caughtUpAt;
    return at == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(at);
  }

  private void follow(ActiveSessions list) {
    boolean first = !listed;
    listed = true;
    List<CompletableFuture<?>> questions = new ArrayList<>();
    String choice = StreamChoice.choose(streamed, list.sessions());
    if (choice != null && (first || !choice.equals(streamed))) {
      if (!choice.equals(streamed)) {
        client.startLogStreaming(choice);
        streamed = choice;
      }
      // The stream brings what is new; what was before it, or while nobody was connected, has to be
      // asked for.
      questions.add(client.getSessionLogs(choice));
    }
    for (SessionSummary session : list.sessions()) {
      if (asked.size() < STATES_PER_CONNECTION
          && !SessionWords.isOver(session)
          && asked.add(session.sessionId())) {
        questions.add(client.getSessionState(session.sessionId()));
      }
    }
    boolean afterReconnect = first && connections > 1;
    var unused = CompletableFuture.allOf(questions.toArray(CompletableFuture[]::new))
        .whenComplete((done, failure) -> {
          if (failure != null) {
            report(failure);
          } else if (afterReconnect) {
            caughtUpAt = scheduler.nanoTime();
          }
        });
  }

  private void report(Throwable failure) {
    Throwable cause = failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
    if (cause instanceof ClientClosedException) {
      return;
    }
    if (cause instanceof RequestTimeoutException || cause instanceof SessionNotFoundException) {
      onProblem.accept("A question was not answered: " + cause.getMessage());
    } else {
      onProblem.accept("A question failed: " + cause);
    }
  }
}
