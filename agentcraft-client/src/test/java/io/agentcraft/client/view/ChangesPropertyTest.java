package io.agentcraft.client.view;

import static io.agentcraft.client.view.BoardFixture.active;
import static io.agentcraft.client.view.BoardFixture.deployed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionNotFound;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.SessionSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Frames of both forms, some with fields that are missing, null or of another type, cut and repeated anywhere: each agent and
 * session has at most one end in a run, each message leaves its values, and the changes alone make up the board.
 */
class ChangesPropertyTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String[] STATUSES = {
    "IDLE", "analyzing", "Processing", "COMPLETED", "finished", "error", "dreaming", ""
  };
  private static final String[] PHASES = {"", "draft", "Draft", "review", "completed", "error"};

  private final MessageCodec codec = MessageCodec.create();
  private final BoardFixture on = new BoardFixture();
  private final ChangeReplay replay = new ChangeReplay(on.board);

  static LongStream seeds() {
    return LongStream.range(0, 400);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void changesMakeUpTheBoard(long seed) {
    Random random = new Random(seed);

    for (String frame : cutAndRepeated(random, frames(random))) {
      if (random.nextInt(40) == 0) {
        on.lose();
        on.connect();
      }
      ServerMessage message;
      try {
        message = codec.decodeServer(frame);
      } catch (MalformedMessageException changedTooMuch) {
        continue;
      }
      on.scheduler.advance(Duration.ofMillis(10));
      BoardSnapshot before = on.board.snapshot();
      on.board.accept(message);
      assertTold(message, before, on.board.snapshot());
      replay.assertMakesUp(on.board.snapshot());
    }
  }

  // The last value

  private static void assertTold(ServerMessage message, BoardSnapshot before, BoardSnapshot now) {
    if (message instanceof AgentStatusUpdate update) {
      assertTold(
          update.agentId(),
          update.agentName(),
          update.status(),
          update.statusText(),
          update.progress(),
          update.message(),
          before,
          now,
          null);
    } else if (message instanceof SessionEvent event) {
      assertTold(event.sessionId(), event.state(), before, now);
    } else if (message instanceof SessionState answer) {
      assertTold(answer.sessionId(), answer.state(), before, now);
    }
  }

  private static void assertTold(
      String sessionId, SessionSnapshot state, BoardSnapshot before, BoardSnapshot now) {
    for (AgentState agent : state.activeAgents()) {
      if (state.activeAgents().stream().filter(other -> mayBeSame(other, agent)).count() == 1) {
        assertTold(
            agent.agentId() == null ? "" : agent.agentId(),
            agent.agentName(),
            agent.status(),
            agent.statusText(),
            agent.progress(),
            agent.currentTask() == null ? "" : agent.currentTask(),
            before,
            now,
            sessionId);
      }
    }
  }

  /** Lists with the same agent twice have no last value. */
  private static boolean mayBeSame(AgentState one, AgentState other) {
    return one.agentName().equals(other.agentName())
        || Objects.equals(one.agentId(), other.agentId());
  }

  private static void assertTold(
      String id,
      String name,
      AgentStatus status,
      String statusText,
      double progress,
      String message,
      BoardSnapshot before,
      BoardSnapshot now,
      @Nullable String sessionId) {
    List<AgentView> told = now.agents().stream()
        .filter(agent -> sessionId == null || sessionId.equals(agent.sessionId()))
        .filter(agent -> id.isEmpty() ? agent.name().equals(name) : agent.id().equals(id))
        .filter(agent -> !before.agents().contains(agent))
        .toList();
    assertThat(told).as("the agent %s/%s of %s", id, name, sessionId).isNotEmpty();
    AgentView agent = told.get(0);
    String session = agent.sessionId();
    boolean ended = session != null && now.session(session).orElseThrow().isEnded();
    assertThat(agent.message()).isEqualTo(message);
    if (ended) {
      assertThat(agent.isAtWork()).isFalse();
    } else {
      if (!statusText.isEmpty()) {
        assertThat(agent.status()).isEqualTo(status);
      }
      if (!Double.isNaN(progress)) {
        assertThat(agent.progress()).isEqualTo(progress);
      }
    }
  }

  // The frames

  private static List<String> cutAndRepeated(Random random, List<String> frames) {
    List<String> changed = new ArrayList<>(frames);
    for (int i = random.nextInt(4); i > 0; i--) {
      int from = random.nextInt(changed.size());
      int to = from + random.nextInt(Math.min(20, changed.size() - from));
      List<String> part = List.copyOf(changed.subList(from, to));
      if (random.nextBoolean()) {
        changed.addAll(random.nextInt(changed.size()), part);
      } else if (part.size() < changed.size() / 2) {
        changed.subList(from, to).clear();
      }
    }
    return changed;
  }

  private List<String> frames(Random random) {
    int damage = random.nextInt(3);
    return Stream.generate(() -> codec.encode(message(random)))
        .limit(80)
        .map(frame -> damage > 0 && random.nextInt(3) < damage ? damaged(random, frame) : frame)
        .toList();
  }

  private static ServerMessage message(Random random) {
    String session = "s" + random.nextInt(3);
    return switch (random.nextInt(9)) {
      case 0, 1, 2 ->
        new SessionEvent(
            any(random, SessionEvent.Kind.values()),
            session,
            snapshot(random, session, true),
            null,
            random.nextBoolean() ? Map.of() : Map.of("result", "r", "error", "e"));
      case 3 -> new SessionState(session, snapshot(random, session, false), null);
      case 4 -> active(summaries(random));
      case 5 -> new SessionNotFound(session, null);
      case 6 -> status(random, "w" + random.nextInt(3), "Solo " + random.nextInt(3), Map.of());
      case 7 -> {
        int agent = random.nextInt(3);
        yield status(random, "w-" + agent, "Agent " + agent, Map.of("task_id", random.nextInt(2)));
      }
      default -> {
        int agent = random.nextInt(3);
        yield status(
            random, "agent_" + agent, "Agent " + agent, metadata(random, "s" + random.nextInt(3)));
      }
    };
  }

  private static SessionSnapshot snapshot(Random random, String session, boolean withIds) {
    List<AgentState> agents = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      if (random.nextInt(4) > 0) {
        String status = any(random, STATUSES);
        agents.add(new AgentState(
            withIds ? "agent_" + i : null,
            "Agent " + i,
            AgentStatus.fromWire(status),
            status,
            random.nextInt(120),
            random.nextBoolean() ? null : "task " + random.nextInt(2),
            random.nextBoolean() ? null : Details.of(random.nextBoolean() ? "" : "why"),
            null,
            null));
      }
    }
    return SessionSnapshot.builder(session)
        .query(random.nextBoolean() ? "" : "Why?")
        .currentPhase(any(random, PHASES))
        .overallProgress(random.nextInt(120))
        .activeAgents(agents)
        .crewOutput(List.of("one", "two", Map.of("content", "three")).subList(0, random.nextInt(4)))
        .build();
  }

  private static SessionSummary[] summaries(Random random) {
    return random
        .ints(random.nextInt(4), 0, 3)
        .distinct()
        .mapToObj(id -> random.nextBoolean()
            ? SessionSummary.documented("s" + id, "How?", any(random, PHASES), 2)
            : random.nextBoolean()
                ? deployed("s" + id)
                : SessionSummary.deployed("s" + id, any(random, PHASES), 10, 3, null))
        .toArray(SessionSummary[]::new);
  }

  private static AgentStatusUpdate status(
      Random random, String id, String name, Map<String, ?> metadata) {
    String status = any(random, STATUSES);
    return new AgentStatusUpdate(
        id,
        name,
        AgentStatus.fromWire(status),
        status,
        random.nextInt(120),
        "task " + random.nextInt(2),
        null,
        new LinkedHashMap<>(metadata));
  }

  private static Map<String, Object> metadata(Random random, String session) {
    Map<String, Object> metadata = new LinkedHashMap<>(Map.of(
        "session_id",
        session,
        "session_query",
        "Why?",
        "session_phase",
        any(random, PHASES),
        "session_status",
        any(random, new String[] {"active", "active", "completed", "failed"}),
        "session_result",
        "r",
        "session_error",
        "e",
        "session_output",
        List.of("out"),
        "details",
        "why"));
    metadata.keySet().removeIf(key -> !key.equals("session_id") && random.nextInt(3) == 0);
    return metadata;
  }

  /** Removes a field somewhere in the frame, or gives it a value of any type. */
  private static String damaged(Random random, String frame) {
    try {
      JsonNode tree = MAPPER.readTree(frame);
      JsonNode at = tree;
      while (random.nextInt(3) > 0 && at.size() > 0) {
        JsonNode child =
            at.isArray() ? at.get(random.nextInt(at.size())) : at.get(any(random, names(at)));
        if (!child.isContainerNode()) {
          break;
        }
        at = child;
      }
      if (at instanceof ObjectNode object && object.size() > 0) {
        String name = any(random, names(object));
        switch (random.nextInt(6)) {
          case 0 -> object.remove(name);
          case 1 -> object.putNull(name);
          case 2 -> object.put(name, random.nextInt(200));
          case 3 -> object.put(name, "text");
          case 4 -> object.put(name, true);
          default -> object.putArray(name);
        }
      } else if (at instanceof ArrayNode array) {
        array.addNull();
      }
      return tree.toString();
    } catch (JsonProcessingException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static String[] names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names.toArray(String[]::new);
  }

  private static <T> T any(Random random, T[] values) {
    return values[random.nextInt(values.length)];
  }
}
