package io.agentcraft.examples.cli;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.error.RequestTimeoutException;
import io.agentcraft.client.error.SessionNotFoundException;
import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.client.view.AgentChange;
import io.agentcraft.client.view.SessionChange;
import io.agentcraft.client.view.SessionView;
import io.agentcraft.client.view.SessionView.Outcome;
import io.agentcraft.examples.live.ToldLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Tells the story of one session, each thing once and oldest first, up to its end.
 *
 * <p>A server of the deployed form keeps all that happens in the log of its session: that log is read, and again whenever
 * something has happened. Its live lines are only a sign of that, since their session ids are not reliable. A server of the
 * documented form streams the log of the session, and all else is told by changes, like a session that a program publishes, which
 * no server keeps.
 */
final class SessionStory {

  /** A server accepts 60 frames a minute, and each time two are sent; the first times need not wait. */
  private static final long BETWEEN_REQUESTS = Duration.ofMillis(2_500).toNanos();

  private static final long ALLOWANCE = 6 * BETWEEN_REQUESTS;

  private static final long PATIENCE = Duration.ofSeconds(15).toNanos();

  private final AgentCraftClient client;
  private final String session;
  private final boolean follow;
  private final Duration wait;
  private final Teller teller;

  // All guarded by this.
  private final ToldLines told = new ToldLines();
  private final List<SessionChange> ends = new ArrayList<>();
  private List<Object> held = new ArrayList<>();
  private boolean settled;
  private boolean keptByServer;
  private boolean deployed;
  private boolean streaming;
  private String listed = "";
  private boolean requesting;
  private boolean wanted;
  private long nextRequestAt = System.nanoTime() - ALLOWANCE;
  private @Nullable SessionLogs heard;
  private @Nullable SessionLogs last;
  private boolean lastRequested;
  private long endedAt;
  private @Nullable Long unknownSince;
  private boolean over;

  /** Receives the story, one call at a time. */
  interface Teller {

    /** Takes a log line. */
    void tell(LogLine line);

    /** Takes a change of an agent. */
    void tell(AgentChange change);

    /** Takes a change of the session. */
    void tell(SessionChange change);

    /** Takes a remark that is not part of the story. */
    void remark(String text);

    /** The story is over; how the session ended is {@code null} if it was removed. */
    void end(@Nullable Outcome outcome);

    /** There is no such session. */
    void unknown();
  }

  /**
   * Creates a story.
   *
   * @param follow whether it goes on after the end, and waits for a session that does not exist
   * @param wait how long to wait for a session that the server does not know
   */
  SessionStory(
      AgentCraftClient client, String session, boolean follow, Duration wait, Teller teller) {
    this.client = client;
    this.session = session;
    this.follow = follow;
    this.wait = wait;
    this.teller = teller;
  }

  /** Starts to listen; to be called before the client connects. */
  void start() {
    client.onConnectionState(this::connectionChanged);
    client.onActiveSessions(this::listed);
    client.onSessionLogs(this::hear);
    client.onSessionChange(this::changed);
    client.onAgentChange(this::changed);
    client.onSessionEvent(event -> {
      if (event.sessionId().equals(session)) {
        wantRequest();
      }
    });
    client.onCrewAiLog(line -> wantRequest());
  }

  /** To be called several times a second. */
  synchronized void poll() {
    long now = System.nanoTime();
    if (wanted && !requesting && now - nextRequestAt >= 0) {
      request();
    }
    if (!ends.isEmpty() && now - endedAt >= PATIENCE) {
      end();
    }
    if (unknownSince != null && !follow && now - unknownSince >= wait.toNanos()) {
      if (isKnown()) {
        unknownSince = null;
      } else {
        teller.unknown();
      }
    }
  }

  private synchronized void connectionChanged(ConnectionState state) {
    if (state.isConnected()) {
      settled = false;
      listed = "";
      request();
    }
  }

  private synchronized void listed(ActiveSessions list) {
    SessionSummary entry = list.sessions().stream()
        .filter(one -> one.sessionId().equals(session))
        .findFirst()
        .orElse(null);
    if (entry == null) {
      if (streaming && !over) {
        streaming = false;
        client.stopLogStreaming();
      }
      return;
    }
    deployed = entry.phase() != null;
    keptByServer |= deployed;
    if (!deployed && !streaming) {
      // In the deployed form, this would relabel the log lines of all clients, which receive them
      // anyway.
      streaming = true;
      client.startLogStreaming(session);
    }
    String now = entry.status() + " " + entry.agentsActive();
    if (!deployed && !now.equals(listed)) {
      wanted = !listed.isEmpty();
      listed = now;
    }
  }

  private synchronized void wantRequest() {
    wanted |= keptByServer;
  }

  /** Requests the log, and the state of a session whose events are not told. */
  private void request() {
    wanted = false;
    requesting = true;
    nextRequestAt = Math.max(nextRequestAt, System.nanoTime() - ALLOWANCE) + BETWEEN_REQUESTS;
    lastRequested = !ends.isEmpty();
    if (!deployed) {
      var unused =
          client.getSessionState(session).whenComplete((state, failure) -> answered(failure));
    }
    CompletableFuture<?> unused = client.getSessionLogs(session).whenComplete(this::answered);
  }

  private synchronized void answered(@Nullable Throwable failure) {
    boolean unknown =
        failure instanceof SessionNotFoundException || failure instanceof RequestTimeoutException;
    if (!unknown || unknownSince != null || isKnown()) {
      return;
    }
    unknownSince = System.nanoTime();
    if (follow || !wait.isZero()) {
      teller.remark("The server does not know session " + session + ": waiting"
          + (follow ? "" : " " + wait.toSeconds() + " s")
          + " for a program that publishes it.");
    }
  }

  private synchronized void answered(@Nullable SessionLogs logs, @Nullable Throwable failure) {
    requesting = false;
    if (failure != null) {
      settle(List.of());
    }
    if (lastRequested && failure != null) {
      end();
    } else if (lastRequested) {
      last = logs;
      endOnceHeard();
    } else if (!ends.isEmpty()) {
      request();
    }
  }

  private boolean isKnown() {
    return client.board().snapshot().session(session).isPresent();
  }

  private synchronized void hear(SessionLogs logs) {
    if (!logs.sessionId().equals(session)) {
      return;
    }
    keptByServer |= logs.logs().stream().anyMatch(entry -> entry.type() != null);
    settle(told.newIn(logs));
    heard = logs;
    endOnceHeard();
  }

  /** Tells the log so far, and then what has changed meanwhile. */
  private void settle(List<LogLine> lines) {
    List<Object> changes = held;
    held = new ArrayList<>();
    settled = true;
    changes.stream().filter(SessionStory::isStart).forEach(this::tell);
    lines.forEach(teller::tell);
    changes.stream().filter(change -> !isStart(change)).forEach(this::tell);
  }

  private synchronized void changed(AgentChange change) {
    if (session.equals(change.now().sessionId()) && isTold(change)) {
      tellOrHold(change);
    }
  }

  private synchronized void changed(SessionChange change) {
    if (change.now().sessionId().equals(session) && change.kind() != SessionChange.Kind.PROGRESS) {
      tellOrHold(change);
    }
  }

  private void tellOrHold(Object change) {
    if (settled) {
      tell(change);
    } else {
      held.add(change);
    }
  }

  /** Tells a change that the log does not tell. */
  private void tell(Object change) {
    if (change instanceof AgentChange agent) {
      if (!keptByServer) {
        teller.tell(agent);
      }
    } else if (change instanceof SessionChange ofSession) {
      switch (ofSession.kind()) {
        case STARTED -> {
          unknownSince = null;
          teller.tell(withLatest(ofSession));
        }
        case COMPLETED, FAILED -> ended(ofSession);
        case REMOVED -> removed(ofSession);
        case PHASE, OUTPUT, PROGRESS -> {
          if (!keptByServer) {
            teller.tell(ofSession);
          }
        }
      }
    }
  }

  private void ended(SessionChange change) {
    boolean first = ends.isEmpty();
    ends.add(change);
    endedAt = System.nanoTime();
    if (!change.now().listed()) {
      end();
    } else if (first && !requesting) {
      request();
    }
  }

  private void removed(SessionChange change) {
    if (ends.isEmpty()) {
      teller.tell(change);
      if (!follow && !change.now().isEnded()) {
        over = true;
        teller.end(null);
      }
    } else {
      end();
    }
  }

  /** The answer arrives as a message and as that to a request, in any order. */
  private void endOnceHeard() {
    if (lastRequested && last != null && last.equals(heard)) {
      end();
    }
  }

  /** Tells the end as it is known by now. */
  private void end() {
    lastRequested = false;
    last = null;
    List<SessionChange> told = List.copyOf(ends);
    ends.clear();
    for (SessionChange end : told) {
      teller.tell(withLatest(end));
      if (!follow) {
        over = true;
        teller.end(end.now().outcome());
        return;
      }
    }
  }

  /** A list tells of a start or an end, and the state that is requested then tells the query, or why. */
  private SessionChange withLatest(SessionChange change) {
    SessionView before = change.now();
    SessionView now = client.board().snapshot().session(session).orElse(before);
    return now.outcome() != before.outcome()
        ? change
        : new SessionChange(change.kind(), change.before(), now, List.of(), change.cause());
  }

  private static boolean isStart(Object change) {
    return change instanceof SessionChange ofSession
        && ofSession.kind() == SessionChange.Kind.STARTED;
  }

  /** Progress alone is no news. */
  private static boolean isTold(AgentChange change) {
    return change.changed().contains(AgentChange.Field.STATUS)
        || change.changed().contains(AgentChange.Field.MESSAGE)
        || change.changed().contains(AgentChange.Field.DETAILS);
  }
}
