package io.agentcraft.client.internal.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.internal.publish.Broadcasts.Endpoint;
import io.agentcraft.client.internal.publish.SimulatedServer.Manner;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.AgentTask;
import io.agentcraft.client.publish.PublishForm;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.client.publish.SessionPublisher;
import io.agentcraft.client.view.AgentChange;
import io.agentcraft.client.view.AgentView;
import io.agentcraft.client.view.SessionChange;
import io.agentcraft.client.view.SessionView;
import io.agentcraft.client.view.SessionView.Outcome;
import io.agentcraft.client.view.TrackingBoard;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs of any calls on sessions, their agents, tasks and publishers, over a network that loses, repeats and refuses: what
 * a reader sees of them in the end, and on the way.
 */
class PublishedSessionsPropertyTest {

  private static final String CLOSED = " was ended before it was completed";
  private static final int STEPS = 300;
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final List<Manner> MANNERS = List.of(Manner.values());
  private static final List<PublishTransport> PATHS = List.of(PublishTransport.values());

  private final List<Told> all = new ArrayList<>();
  private final List<CompletableFuture<PublishReceipt>> receipts = new ArrayList<>();
  private final List<AgentChange> agentChanges = new ArrayList<>();
  private final List<SessionChange> sessionChanges = new ArrayList<>();
  private int numbers;

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aReaderSeesOneEndTheLastValuesAndTheOrder(int seed) {
    Random random = new Random(seed);
    PublishForm form = random.nextBoolean() ? PublishForm.AGENT_STATUS : PublishForm.SESSION_EVENTS;
    PublishTransport path = path(form, random);
    Bench bench =
        Bench.in(form, path, random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(30));
    SimulatedServer server = server(bench, form, path, random);
    TrackingBoard board = TrackingBoard.builder().clock(bench.time::now).build();
    board.onAgentChange(agentChanges::add);
    board.onSessionChange(sessionChanges::add);
    server.reader = board::accept;

    Program program = new Program(bench, random);
    SimulatedServer.@Nullable Socket socket = null;
    int longestPause = random.nextBoolean() ? 30_000 : 1_000;
    for (int step = 0; step < STEPS; step++) {
      int what = random.nextInt(100);
      if (what < 4) {
        socket = socket == null ? up(bench, server) : down(bench, socket);
      } else if (what < 5 && form == PublishForm.AGENT_STATUS && path == PublishTransport.AUTO) {
        server.manner = MANNERS.get(random.nextInt(MANNERS.size()));
      } else if (what < 70) {
        program.step();
      } else {
        bench.time.advance(Duration.ofMillis(random.nextInt(what < 73 ? longestPause : 300)));
      }
    }
    program.endAll();
    server.calm = true;
    if (path == PublishTransport.WEBSOCKET) {
      server.manner = Manner.RELAYS;
    }
    if (socket == null) {
      up(bench, server);
    }
    bench.seconds(1_200);

    assertThat(server.dropped).isZero();
    Set<String> endsRefused = server.refused.stream()
        .filter(PublishedSessionsPropertyTest::isEnd)
        .map(PublishedSessionsPropertyTest::queryOf)
        .collect(Collectors.toSet());
    for (Told told : all) {
      assertSeen(told, board, form, endsRefused);
    }
    bench.close();
    bench.seconds(2);
    assertThat(receipts).allMatch(CompletableFuture::isDone);
    assertThat(bench.closes).isEqualTo(1);
    assertThat(bench.time.pendingTimers()).isZero();
  }

  private static PublishTransport path(PublishForm form, Random random) {
    if (form == PublishForm.SESSION_EVENTS) {
      return random.nextBoolean() ? PublishTransport.HTTP : PublishTransport.AUTO;
    }
    return PATHS.get(random.nextInt(PATHS.size()));
  }

  private static SimulatedServer server(
      Bench bench, PublishForm form, PublishTransport path, Random random) {
    // A post must not overtake what is still on its way over the socket.
    boolean mayBeLong = path != PublishTransport.AUTO && random.nextBoolean();
    SimulatedServer server = new SimulatedServer(
        bench,
        random,
        form == PublishForm.SESSION_EVENTS ? Manner.IGNORES : Manner.RELAYS,
        Duration.ofMillis(mayBeLong ? 4_900 : 3_000));
    server.endpoint = random.nextBoolean() ? Endpoint.EXISTS : Endpoint.UNKNOWN;
    server.refuses = random.nextInt(3) == 0;
    bench.httpEndpoint = server;
    return server;
  }

  private static SimulatedServer.Socket up(Bench bench, SimulatedServer server) {
    SimulatedServer.Socket socket = server.new Socket();
    bench.up(socket);
    return socket;
  }

  private static SimulatedServer.@Nullable Socket down(Bench bench, SimulatedServer.Socket socket) {
    socket.cancel();
    bench.engine.onDown();
    return null;
  }

  // What is seen

  private void assertSeen(
      Told told, TrackingBoard board, PublishForm form, Set<String> endsRefused) {
    List<SessionView> views = board.snapshot().sessions().values().stream()
        .filter(session -> session.query().equals(told.query))
        .toList();
    boolean isTold = form == PublishForm.SESSION_EVENTS || !told.agents.isEmpty();
    if (!isTold) {
      assertThat(views).as(told.query).isEmpty();
      return;
    }
    boolean endRefused = endsRefused.contains(told.query);
    if (endRefused && views.isEmpty()) {
      return;
    }
    assertThat(views).as(told.query).hasSize(1);
    SessionView seen = views.get(0);
    List<SessionChange> changes = sessionChanges.stream()
        .filter(change -> change.now().sessionId().equals(seen.sessionId()))
        .toList();
    assertThat(changes.stream().map(SessionChange::kind).limit(1))
        .containsExactly(SessionChange.Kind.STARTED);
    assertThat(changes.stream().filter(change -> change.kind() == SessionChange.Kind.STARTED))
        .hasSize(1);
    assertOutputs(told, changes, endRefused);
    for (Agent agent : told.agents.values()) {
      assertOrder(seen, agent);
    }
    if (endRefused) {
      return;
    }
    assertThat(changes.stream().filter(SessionChange::isEnd)).as(told.query).hasSize(1);
    assertThat(changes.get(changes.size() - 1))
        .as("the last change of %s", told.query)
        .matches(SessionChange::isEnd);
    End end = Objects.requireNonNull(told.end);
    assertThat(seen.outcome()).isEqualTo(end.outcome);
    assertThat(end.outcome == Outcome.COMPLETED ? seen.result() : seen.error()).isEqualTo(end.text);
    assertThat(seen.phase()).isEqualTo(end.cancelled ? "cancelled" : told.phase);
    if (end.outcome == Outcome.COMPLETED) {
      assertThat(seen.progress()).isEqualTo(100);
    }
    told.agents.values().forEach(agent -> assertSeen(agent, seen, end));
  }

  private static void assertOutputs(Told told, List<SessionChange> changes, boolean endRefused) {
    List<String> outputs = changes.stream()
        .flatMap(change -> change.newOutput().stream())
        .map(output -> (String) Objects.requireNonNull(((Map<?, ?>) output).get("content")))
        .toList();
    assertThat(outputs).as("outputs of %s", told.query).doesNotHaveDuplicates();
    assertThat(outputs.stream().map(Integer::valueOf)).isSorted();
    if (!endRefused) {
      assertThat(outputs)
          .containsAll(told.outputs.subList(
              Math.max(0, told.outputs.size() - PublishedSession.MAX_OUTPUTS),
              told.outputs.size()));
    }
  }

  /** What an agent does has a number that grows, and nothing follows its end. */
  private void assertOrder(SessionView session, Agent agent) {
    List<AgentChange> changes = changes(session, agent);
    assertThat(changes.stream()
            .flatMap(change -> lastNumber(change.now().message()).boxed()))
        .as("the order of %s", agent)
        .isSorted();
    assertThat(changes.stream().filter(AgentChange::isEnd).count()).isLessThanOrEqualTo(1);
    assertThat(changes.stream().filter(AgentChange::isStart).count()).isLessThanOrEqualTo(1);
  }

  private static IntStream lastNumber(String text) {
    if (text.contains(CLOSED)) {
      return IntStream.empty();
    }
    return NUMBER
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .mapToInt(Integer::parseInt)
        .reduce((first, second) -> second)
        .stream();
  }

  private void assertSeen(Agent agent, SessionView session, End end) {
    List<AgentView> views =
        session.agents().stream().filter(view -> view.id().equals(agent.id)).toList();
    if (!agent.published) {
      assertThat(views).hasSizeLessThanOrEqualTo(1);
      return;
    }
    assertThat(views).as("%s", agent).hasSize(1);
    AgentView seen = views.get(0);
    List<AgentChange> changes = changes(session, agent);
    long ends = changes.stream().filter(AgentChange::isEnd).count();
    if (agent.status == AgentStatus.IDLE) {
      // It is not at work, so that only a completed session ends it.
      assertThat(ends).isEqualTo(end.outcome == Outcome.COMPLETED ? 1 : 0);
      return;
    }
    assertThat(ends).as("%s", agent).isEqualTo(1);
    assertThat(changes.get(changes.size() - 1).isEnd()).as("%s", agent).isTrue();
    assertThat(seen.status()).as("%s", agent).isEqualTo(agent.status);
    assertThat(seen.progress()).as("%s", agent).isEqualTo(agent.progress);
    assertThat(seen.message()).as("%s", agent).isEqualTo(agent.message);
    assertThat(seen.details() == null ? null : seen.details().text())
        .as("%s", agent)
        .isEqualTo(agent.details);
  }

  private List<AgentChange> changes(SessionView session, Agent agent) {
    return agentChanges.stream()
        .filter(change -> session.sessionId().equals(change.now().sessionId())
            && agent.id.equals(change.now().id()))
        .toList();
  }

  private static boolean isEnd(ServerMessage message) {
    return message instanceof AgentStatusUpdate update
        ? update.status().isFinal()
        : message instanceof SessionEvent event
            && switch (event.kind()) {
              case SESSION_COMPLETED, SESSION_COMPLETE, SESSION_ERROR -> true;
              default -> false;
            };
  }

  private static String queryOf(ServerMessage message) {
    return message instanceof SessionEvent event
        ? event.state().query()
        : String.valueOf(((AgentStatusUpdate) message).metadata().get("session_query"));
  }

  // What is told

  private record End(Outcome outcome, String text, boolean cancelled) {}

  /** A session as the program's calls say it is. */
  private static final class Told {

    private final String query;
    private final Map<String, Agent> agents = new LinkedHashMap<>();
    private final List<String> outputs = new ArrayList<>();
    private String phase = "";
    private @Nullable End end;

    private Told(String query) {
      this.query = query;
    }

    /** Ends it, and with it whoever is at work. */
    private void end(End how, @Nullable String details) {
      if (end == null) {
        end = how;
        agents.values().forEach(agent -> agent.endWith(how, details));
      }
    }
  }

  private static final class Agent {

    private final String id;
    private boolean published;
    private AgentStatus status = AgentStatus.IDLE;
    private double progress;
    private String message = "";
    private @Nullable String details;

    private Agent(String id) {
      this.id = id;
    }

    private void enter(
        AgentStatus next, double percent, @Nullable String text, @Nullable String more) {
      published = true;
      status = next;
      progress = Double.isNaN(percent) ? progress : percent;
      message = text == null ? message : text;
      details = more;
    }

    private void endWith(End how, @Nullable String more) {
      if (!status.isFinal() && status != AgentStatus.IDLE) {
        boolean done = how.outcome == Outcome.COMPLETED;
        enter(
            done ? AgentStatus.COMPLETED : AgentStatus.ERROR,
            done && !how.cancelled ? 100 : Double.NaN,
            null,
            more);
      }
    }

    @Override
    public String toString() {
      return id + " " + status + " " + progress + " " + message + " (" + details + ")";
    }
  }

  /** Makes calls, and notes what they mean. */
  private final class Program {

    private final Bench bench;
    private final Random random;
    private final List<Crew> crews = new ArrayList<>();
    private final List<Run> tasks = new ArrayList<>();
    private final Map<String, Statuses> publishers = new LinkedHashMap<>();

    private Program(Bench bench, Random random) {
      this.bench = bench;
      this.random = random;
    }

    void step() {
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3, 4 -> crew().step();
        case 5, 6, 7 -> task().step();
        default ->
          publishers.computeIfAbsent("p" + random.nextInt(2), Statuses::new).step();
      }
    }

    private Crew crew() {
      if (crews.isEmpty() || random.nextInt(40) == 0) {
        crews.add(new Crew());
      }
      return crews.get(random.nextInt(crews.size()));
    }

    private Run task() {
      if (tasks.isEmpty() || random.nextInt(10) == 0) {
        String title = next();
        String id = "t" + random.nextInt(2);
        Told told = told(title);
        tasks.add(new Run(told, add(told, id), bench.agent(id).task(title), title, true));
        add(told, id).enter(AgentStatus.PROCESSING, 0, title, null);
      }
      return tasks.get(random.nextInt(tasks.size()));
    }

    private Told told(String query) {
      Told told = new Told(query);
      all.add(told);
      return told;
    }

    private Agent add(Told told, String id) {
      return told.agents.computeIfAbsent(id, Agent::new);
    }

    private String next() {
      return String.valueOf(++numbers);
    }

    void endAll() {
      crews.forEach(Crew::end);
      tasks.forEach(Run::end);
      publishers.values().forEach(Statuses::end);
    }

    private final class Crew {

      private final Told told = told(next());
      private final SessionPublisher session =
          bench.publishers.session("session " + told.query, told.query);
      private final Map<String, Run> agents = new LinkedHashMap<>();

      void step() {
        String text = next();
        switch (random.nextInt(20)) {
          case 0, 1 -> {
            receipts.add(session.phase(text));
            if (told.end == null) {
              told.phase = text;
            }
          }
          case 2, 3, 4 -> {
            receipts.add(session.output(text));
            if (told.end == null) {
              told.outputs.add(text);
            }
          }
          case 5 -> {
            if (random.nextInt(8) == 0) {
              end();
            }
          }
          default -> agent().step();
        }
      }

      private Run agent() {
        return agents.computeIfAbsent("a" + random.nextInt(3), id -> {
          AgentTask task = session.agent(id);
          Agent agent = told.end == null ? add(told, id) : new Agent(id);
          return new Run(told, agent, task, id, false);
        });
      }

      void end() {
        String text = next();
        switch (random.nextInt(4)) {
          case 0 -> {
            receipts.add(session.complete(text));
            told.end(new End(Outcome.COMPLETED, text, false), null);
          }
          case 1 -> {
            receipts.add(session.fail(new IOException(text)));
            told.end(new End(Outcome.FAILED, text, false), text);
          }
          case 2 -> {
            receipts.add(session.cancel(text));
            String why = "Cancelled: " + text;
            told.end(new End(Outcome.COMPLETED, why, true), why);
          }
          default -> {
            session.close();
            String why = "\"" + told.query + "\"" + CLOSED;
            told.end(new End(Outcome.FAILED, why, false), why);
          }
        }
      }
    }

    /** A task on its own, or of an agent in a crew. */
    private final class Run {

      private final Told told;
      private final Agent agent;
      private final AgentTask task;
      private final String title;
      private final boolean alone;

      private Run(Told told, Agent agent, AgentTask task, String title, boolean alone) {
        this.told = told;
        this.agent = agent;
        this.task = task;
        this.title = title;
        this.alone = alone;
      }

      void step() {
        String text = next();
        double percent = random.nextInt(101);
        switch (random.nextInt(14)) {
          case 0, 1 -> {
            receipts.add(task.thinking(text));
            enter(AgentStatus.ANALYZING, Double.NaN, text, null);
          }
          case 2, 3 -> {
            receipts.add(task.step(text));
            enter(AgentStatus.PROCESSING, Double.NaN, text, null);
          }
          case 4, 5, 6 -> {
            receipts.add(task.progress(percent, text));
            enter(AgentStatus.PROCESSING, percent, text, null);
          }
          case 7 -> {
            receipts.add(task.toolStarted("tool", text));
            enter(AgentStatus.PROCESSING, Double.NaN, null, "tool: " + text);
          }
          case 8 -> {
            receipts.add(task.toolFailed("tool", new IOException(text)));
            enter(AgentStatus.PROCESSING, Double.NaN, null, "tool failed: " + text);
          }
          case 9 -> {
            receipts.add(task.waiting(text));
            enter(AgentStatus.COLLABORATING, Double.NaN, text, "Waiting for a person");
          }
          case 10 -> {
            receipts.add(task.handOff("B", text));
            enter(AgentStatus.COLLABORATING, Double.NaN, "Hands off to B: " + text, null);
          }
          case 11, 12 -> {
            receipts.add(task.log("INFO", text));
            if (isOpen()) {
              told.outputs.add(text);
            }
          }
          default -> {
            if (random.nextInt(3) == 0) {
              end();
            }
          }
        }
      }

      void end() {
        String text = next();
        switch (random.nextInt(4)) {
          case 0 -> {
            receipts.add(task.complete(text));
            end(AgentStatus.COMPLETED, 100, text, null, false);
          }
          case 1 -> {
            receipts.add(task.fail(new IOException(text)));
            end(AgentStatus.ERROR, Double.NaN, text, text, false);
          }
          case 2 -> {
            receipts.add(task.cancel(text));
            String why = "Cancelled: " + text;
            end(AgentStatus.COMPLETED, Double.NaN, why, why, true);
          }
          default -> {
            task.close();
            String why = title + CLOSED;
            end(AgentStatus.ERROR, Double.NaN, why, why, false);
          }
        }
      }

      private boolean isOpen() {
        return told.end == null && !agent.status.isFinal();
      }

      private void enter(
          AgentStatus status, double percent, @Nullable String text, @Nullable String details) {
        if (isOpen()) {
          agent.enter(status, percent, text, details);
        }
      }

      private void end(
          AgentStatus status,
          double percent,
          String text,
          @Nullable String details,
          boolean cancelled) {
        enter(status, percent, text, details);
        if (alone) {
          Outcome outcome = status == AgentStatus.COMPLETED ? Outcome.COMPLETED : Outcome.FAILED;
          told.end(new End(outcome, text, cancelled), details);
        }
      }
    }

    /** The runs of a publisher of statuses. */
    private final class Statuses {

      private final String id;
      private final AgentPublisher publisher;
      private @Nullable Told run;

      private Statuses(String id) {
        this.id = id;
        this.publisher = bench.agent(id);
      }

      void step() {
        String text = next();
        double percent = random.nextInt(101);
        switch (random.nextInt(8)) {
          case 0 -> {
            receipts.add(publisher.idle());
            if (run != null) {
              add(run, id).enter(AgentStatus.IDLE, 0, "", null);
            }
          }
          case 1, 2 -> {
            receipts.add(publisher.analyzing(text));
            enter(AgentStatus.ANALYZING, Double.NaN, text);
          }
          case 3 -> {
            receipts.add(publisher.collaborating(text));
            enter(AgentStatus.COLLABORATING, Double.NaN, text);
          }
          case 4, 5, 6 -> {
            receipts.add(publisher.processing(percent, text));
            enter(AgentStatus.PROCESSING, percent, text);
          }
          default -> {
            if (random.nextInt(4) == 0) {
              end();
            }
          }
        }
      }

      void end() {
        String text = next();
        Told ending;
        if (random.nextBoolean()) {
          receipts.add(publisher.completed(text));
          ending = enter(AgentStatus.COMPLETED, 100, text);
          ending.end(new End(Outcome.COMPLETED, text, false), null);
        } else {
          receipts.add(publisher.error(text));
          ending = enter(AgentStatus.ERROR, Double.NaN, text);
          add(ending, id).details = text;
          ending.end(new End(Outcome.FAILED, text, false), text);
        }
        run = null;
      }

      private Told enter(AgentStatus status, double percent, String text) {
        Told current = run;
        if (current == null) {
          current = told(text);
          run = current;
        }
        add(current, id).enter(status, percent, text, null);
        return current;
      }
    }
  }
}
