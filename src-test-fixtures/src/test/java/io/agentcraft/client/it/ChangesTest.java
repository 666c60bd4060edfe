package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.listener.Batching;
import io.agentcraft.client.listener.Throttle;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.view.AgentChange;
import io.agentcraft.client.view.AgentView;
import io.agentcraft.client.view.SessionChange;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes of agents and sessions, which are the same on both forms. */
class ChangesTest extends IntegrationTest {

  /** The changes as somebody would print them, in one order. */
  private static final class Story {

    private final Recorder<String> lines = new Recorder<>();

    Story(AgentCraftClient client) {
      client.onAgentChange(change -> lines.add(line(change)));
      client.onSessionChange(change -> lines.add(line(change)));
    }

    /** Takes the lines up to this one. */
    List<String> until(String last) {
      lines.next(last::equals);
      return lines.taken();
    }
  }

  private static String line(AgentChange change) {
    AgentView now = change.now();
    return (change.isStart() ? "start " : "") + (change.isEnd() ? "end " : "") + now.name() + " "
        + now.status() + " " + now.displayProgress() + " " + now.message()
        + (now.details() == null ? "" : " " + now.details().text());
  }

  private static String line(SessionChange change) {
    return "session " + change.now().sessionId() + " " + change.kind()
        + switch (change.kind()) {
          case PHASE -> " " + change.now().displayStatus();
          case PROGRESS -> " " + change.now().displayProgress();
          case OUTPUT -> " " + change.newOutput();
          case COMPLETED -> " " + change.now().result();
          case FAILED -> " " + change.now().error();
          default -> "";
        };
  }

  @Test
  void aSessionOfTheServerIsTheSameStoryOnBothForms() {
    List<List<String>> stories = new ArrayList<>();
    for (WireForm form : WireForm.values()) {
      ReferenceServer server = server(form);
      AgentCraftClient client = client(server);
      Story story = new Story(client);
      connected(server, client);
      server.startSession("s", "Why?", "Writer", "Reviewer");
      reports(server, 0, "Writer", AgentStatus.ANALYZING, 0, "Reading");
      reports(server, 0, "Writer", AgentStatus.PROCESSING, 40, "Drafting");
      reports(server, 0, "Writer", AgentStatus.PROCESSING, 40, "Drafting");
      server.phase("s", "review");
      reports(server, 1, "Reviewer", AgentStatus.PROCESSING, 10, "Reading it");
      reports(server, 0, "Writer", AgentStatus.COMPLETED, 100, "Drafted");
      server.completeSession("s");
      stories.add(story.until("session s COMPLETED null").stream()
          .filter(line -> !line.contains("IDLE"))
          // The documented form tells no progress of sessions but by that of agents it has told of.
          .filter(line -> !line.contains("PROGRESS"))
          .map(line -> line.replace("start ", ""))
          .toList());
    }

    assertThat(stories.get(0))
        .isEqualTo(stories.get(1))
        .containsExactly(
            "session s STARTED",
            "Writer ANALYZING 0.0 Reading",
            "Writer PROCESSING 40.0 Drafting",
            "session s PHASE review",
            "Reviewer PROCESSING 10.0 Reading it",
            "end Writer COMPLETED 100.0 Drafted",
            "end Reviewer COMPLETED 100.0 Reading it",
            "session s COMPLETED null");
  }

  private static void reports(
      ReferenceServer server,
      int id,
      String name,
      AgentStatus status,
      double progress,
      String text) {
    server.agentStatus(AgentStatusUpdate.builder("agent_" + id, name)
        .status(status)
        .progress(progress)
        .message(text)
        .metadata("session_id", "s")
        .build());
  }

  @Test
  void aPublishedSessionIsTheSameStoryOnBothForms() {
    List<List<String>> stories = new ArrayList<>();
    for (WireForm form : WireForm.values()) {
      ReferenceServer server = server(form);
      AgentCraftClient client = client(server);
      Story story = new Story(client);
      connected(server, client);
      PublishedSession session =
          form == WireForm.DEPLOYED ? new PublishedEvents(server) : new PublishedStatuses(server);
      session.agent("Writer", AgentStatus.PROCESSING, 40, "Drafting", "tool: pen");
      session.agent("Writer", AgentStatus.PROCESSING, 40, "Drafting", "tool: pen");
      session.phase("draft");
      session.output("Once upon a time");
      session.agent("Writer", AgentStatus.PROCESSING, 80, "Drafting", null);
      session.fail("no ink");
      stories.add(story.until("session run FAILED no ink"));
    }

    assertThat(stories.get(0))
        .isEqualTo(stories.get(1))
        .containsExactly(
            "session run STARTED",
            "start Writer PROCESSING 40.0 Drafting tool: pen",
            "session run PHASE draft",
            "session run OUTPUT [{type=text, content=Once upon a time, agent=Writer}]",
            "Writer PROCESSING 80.0 Drafting",
            "session run PROGRESS 80.0",
            "end Writer ERROR 80.0 Drafting no ink",
            "session run FAILED no ink");
  }

  /** A session of one agent, as a program tells it. */
  private abstract static class PublishedSession {

    final ReferenceServer server;
    String phase = "";
    AgentState agent = AgentState.documented("", AgentStatus.IDLE, 0, null);
    final List<Object> output = new ArrayList<>();

    PublishedSession(ReferenceServer server) {
      this.server = server;
    }

    void agent(
        String name, AgentStatus status, double progress, String task, @Nullable String details) {
      agent = AgentState.builder(name)
          .agentId("w")
          .status(status)
          .progress(progress)
          .currentTask(task)
          .details(details == null ? null : Details.of(details))
          .build();
      server.broadcast(told("agent_status_update", Map.of()));
    }

    void phase(String next) {
      phase = next;
      server.broadcast(told("phase_update", Map.of()));
    }

    void output(String text) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("type", "text");
      entry.put("content", text);
      entry.put("agent", "Writer");
      output.add(entry);
      server.broadcast(told("crew_output", Map.of("session_output", List.of(entry))));
    }

    void fail(String error) {
      server.broadcast(
          told("session_error", Map.of("session_status", "failed", "session_error", error)));
    }

    abstract ServerMessage told(String event, Map<String, Object> metadata);
  }

  private static final class PublishedEvents extends PublishedSession {

    PublishedEvents(ReferenceServer server) {
      super(server);
    }

    @Override
    ServerMessage told(String event, Map<String, Object> metadata) {
      SessionEvent.Kind kind = SessionEvent.Kind.valueOf(event.toUpperCase(Locale.ROOT));
      SessionSnapshot state = SessionSnapshot.builder("run")
          .query("Tell")
          .currentPhase(phase)
          .overallProgress(agent.progress())
          .totalAgents(1)
          .activeAgents(List.of(agent))
          .crewOutput(output)
          .build();
      Object error = metadata.get("session_error");
      return new SessionEvent(
          kind, "run", state, null, error == null ? Map.of() : Map.of("error", error));
    }
  }

  private static final class PublishedStatuses extends PublishedSession {

    PublishedStatuses(ReferenceServer server) {
      super(server);
    }

    @Override
    ServerMessage told(String event, Map<String, Object> more) {
      Map<String, Object> metadata = new LinkedHashMap<>(more);
      metadata.put("session_id", "run");
      metadata.put("session_query", "Tell");
      metadata.put("session_phase", phase);
      Details details = agent.details();
      if (details != null) {
        metadata.put("details", details.value());
      }
      return new AgentStatusUpdate(
          "w",
          agent.agentName(),
          agent.status(),
          agent.statusText(),
          agent.progress(),
          String.valueOf(agent.currentTask()),
          null,
          metadata);
    }
  }

  @ParameterizedTest
  @EnumSource(WireForm.class)
  void anEndMissedInAnOutageIsReportedOnceAfterIt(WireForm form) {
    ReferenceServer server = server(form);
    AgentCraftClient client = client(server);
    Recorder<ConnectionState> states = states(client);
    Recorder<AgentChange> agents = new Recorder<>();
    Recorder<SessionChange> sessions = new Recorder<>();
    client.onAgentChange(agents::add);
    client.onSessionChange(sessions::add);
    connected(server, client);
    server.startSession("s", "Why?", "Writer");
    reports(server, 0, "Writer", AgentStatus.PROCESSING, 40, "Drafting");
    agents.next(change -> change.now().status() == AgentStatus.PROCESSING);

    cut(server);
    waiting(states);
    server.completeSession("s");
    clock.advance(seconds(2));

    assertThat(agents.next(AgentChange::isEnd).now().message()).isEqualTo("Drafting");
    assertThat(sessions.next(SessionChange::isEnd).kind()).isEqualTo(SessionChange.Kind.COMPLETED);
    Await.get(client.getSessionState("s"));
    server.awaitConnections(1);
    server.agentStatus("other", "Other", AgentStatus.COMPLETED, 100, "last");
    assertThat(agents.next(AgentChange::isEnd).now().name()).isEqualTo("Other");
    assertThat(sessions.rest()).noneMatch(SessionChange::isEnd);
  }

  @Test
  void aThrottledListenerReceivesTheSumOfChangesAndEveryEndAtOnce() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<AgentChange> throttled = new Recorder<>();
    Recorder<AgentChange> all = new Recorder<>();
    client.onAgentChange(Throttle.perSecond(2), throttled::add);
    client.onAgentChange(all::add);
    connected(server, client);
    for (int i = 0; i <= 10; i++) {
      server.agentStatus("a", "Writer", AgentStatus.PROCESSING, i, "step " + i);
    }
    all.next(11);
    assertThat(throttled.next().now().message()).isEqualTo("step 0");
    clock.advance(Duration.ofMillis(500));
    AgentChange sum = throttled.next();
    assertThat(sum.before()).extracting(AgentView::message).isEqualTo("step 0");
    assertThat(sum.now().message()).isEqualTo("step 10");

    server.agentStatus("a", "Writer", AgentStatus.PROCESSING, 50, "half");
    server.agentStatus("a", "Writer", AgentStatus.COMPLETED, 100, "done");
    server.agentStatus("a", "Writer", AgentStatus.PROCESSING, 1, "again");
    server.agentStatus("a", "Writer", AgentStatus.ERROR, 2, "failed");
    all.next(4);

    AgentChange end = throttled.next();
    assertThat(end.isEnd()).isTrue();
    assertThat(end.before()).extracting(AgentView::message).isEqualTo("step 10");
    assertThat(throttled.next()).matches(AgentChange::isStart);
    assertThat(throttled.next()).matches(AgentChange::isEnd);
    clock.advance(seconds(10));
    assertThat(throttled.rest()).isEmpty();
  }

  @Test
  void batchesAndStreamsHaveTheSameChangesAndEndWithTheClient() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<AgentChange> agents = new Recorder<>();
    Recorder<SessionChange> sessions = new Recorder<>();
    List<AgentChange> agentBatches = new ArrayList<>();
    List<SessionChange> sessionBatches = new ArrayList<>();
    Collected<AgentChange> agentStream = new Collected<>();
    Collected<SessionChange> sessionStream = new Collected<>();
    client.onAgentChanges(Batching.of(seconds(60), 2), agentBatches::addAll);
    client.onSessionChanges(Batching.of(seconds(60), 2), sessionBatches::addAll);
    client.agentChanges().subscribe(agentStream);
    client.sessionChanges().subscribe(sessionStream);
    client.onAgentChange(agents::add);
    client.onSessionChange(sessions::add);
    connected(server, client);
    server.startSession("s", "Why?", "Writer");
    reports(server, 0, "Writer", AgentStatus.ANALYZING, 10, "Reading");
    reports(server, 0, "Writer", AgentStatus.PROCESSING, 20, "Drafting");
    server.completeSession("s");
    sessions.next(SessionChange::isEnd);

    Await.get(client.closeAsync());

    agents.next(AgentChange::isEnd);
    assertThat(agentBatches).isEqualTo(agents.taken()).hasSize(3);
    assertThat(agentStream.items).isEqualTo(agents.taken());
    assertThat(agentStream.completed).isTrue();
    assertThat(sessionBatches).isEqualTo(sessions.taken());
    assertThat(sessionStream.items).isEqualTo(sessions.taken());
    assertThat(clock.pendingTimers()).isZero();
  }

  /** Everything a publisher gives. Read after the client's end only. */
  private static final class Collected<T> implements Flow.Subscriber<T> {

    private final List<T> items = new ArrayList<>();
    private boolean completed;

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(T item) {
      items.add(item);
    }

    @Override
    public void onError(Throwable error) {
      throw new AssertionError(error);
    }

    @Override
    public void onComplete() {
      completed = true;
    }
  }

  @Test
  void silenceIsReportedInTimeAndNoTimerIsLeft() {
    ReferenceServer server = server();
    AgentCraftClient client =
        client(server, options -> options.staleAfter(seconds(20)).idleTimeout(Duration.ZERO));
    Recorder<AgentChange> agents = new Recorder<>();
    client.onAgentChange(agents::add);
    // Once one has arrived, what was to be done about the messages before it is done.
    Recorder<AgentCollaboration> markers = new Recorder<>();
    client.onAgentCollaboration(markers::add);
    connected(server, client);
    server.agentStatus("a", "Writer", AgentStatus.PROCESSING, 10, "Writing");
    server.agentStatus("b", "Reader", AgentStatus.IDLE, 0, "");
    server.collaboration("Writer", "Reader", "marker");
    agents.next(2);
    markers.next();

    clock.advance(seconds(19));
    assertThat(agents.rest()).isEmpty();
    clock.advance(seconds(1));
    AgentChange silence = agents.next();
    assertThat(silence.changed()).containsExactly(AgentChange.Field.STALE);
    assertThat(silence.now().id()).isEqualTo("a");
    server.agentStatus("a", "Writer", AgentStatus.PROCESSING, 10, "Writing");
    assertThat(agents.next().now().stale()).isFalse();
    server.collaboration("Writer", "Reader", "marker");
    markers.next();
    clock.advance(seconds(20));
    assertThat(agents.next().now().stale()).isTrue();
    server.agentStatus("a", "Writer", AgentStatus.PROCESSING, 20, "Writing");
    agents.next();

    Await.get(client.closeAsync());
    assertThat(clock.pendingTimers()).isZero();
  }

  @Test
  void aListenerThatThrowsIsReportedAndKeepsNoOtherFromTheChange() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<AgentCraftException> errors = new Recorder<>();
    Recorder<AgentChange> agents = new Recorder<>();
    client.onError(errors::add);
    client.onAgentChange(change -> {
      throw new StackOverflowError("mine");
    });
    client.onAgentChange(agents::add);
    connected(server, client);
    server.agentStatus("a", "Writer", AgentStatus.PROCESSING, 10, "Writing");

    assertThat(errors.next()).hasMessageContaining("a change of an agent");
    assertThat(agents.next().now().id()).isEqualTo("a");
  }
}
