package io.agentcraft.examples.cli;

import static java.io.Writer.nullWriter;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.examples.live.Text;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** One story is printed alike on both forms of the protocol, apart from facts that a form lacks. */
@Timeout(120)
class WatchBothFormsTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The fields of each object, in the order in which they are described. */
  private static final Map<String, List<String>> FIELDS = Map.of(
      "connection",
      List.of("change", "time", "status", "attempt", "cause"),
      "agent",
      List.of(
          "change",
          "time",
          "session_id",
          "agent_id",
          "agent_name",
          "status",
          "progress",
          "message",
          "details",
          "started",
          "ended",
          "changed"),
      "session",
      List.of(
          "change",
          "time",
          "kind",
          "session_id",
          "query",
          "phase",
          "progress",
          "agents",
          "completed_agents",
          "output",
          "result",
          "error"),
      "collaboration",
      List.of("change", "time", "primary_agent", "secondary_agent", "collaboration_type", "reason"),
      "log",
      List.of("change", "time", "session_id", "timestamp", "level", "agent", "message", "details"));

  @ParameterizedTest
  @EnumSource
  void plainLinesTellTheSameStory(WireForm form) throws Exception {
    try (ReferenceServer server = ReferenceServer.builder().form(form).start();
        Watching watch = new Watching(server, WatchBothFormsTest::story, "--plain")) {
      watch.awaits("sessions    0");
      tell(server, form, watch);
    }
  }

  @ParameterizedTest
  @EnumSource
  void jsonTellsTheSameStoryInTheSameFields(WireForm form) throws Exception {
    try (ReferenceServer server = ReferenceServer.builder().form(form).start();
        Watching watch = new Watching(server, WatchBothFormsTest::storyOfJson, "--json")) {
      tell(server, form, watch);
    }
  }

  private static void tell(ReferenceServer server, WireForm form, Watching watch) throws Exception {
    server.startSession("session_1", "Why is the sky blue?", "Reader", "Writer");
    watch.awaits(
        "session     session_1 started: Why is the sky blue?",
        "sessions    1: session_1 agent_initialization",
        "agent       Reader IDLE 0 %",
        "agent       Writer IDLE 0 %");
    server.agentStatus("agent-1", "Reader", AgentStatus.PROCESSING, 40, "Reading");
    watch.awaits("agent       Reader PROCESSING 40 % Reading");
    server.phase("session_1", "execution");
    watch.awaits("sessions    1: session_1 execution");
    server.collaboration("Reader", "Writer", "It is read");
    watch.awaits("together    Reader -> Writer handoff: It is read");
    server.crewOutput("session_1", "Reader", "thought", "It scatters");
    server.agentStatus("agent-1", "Reader", AgentStatus.COMPLETED, 100, "Read");
    watch.awaits(
        "output      session_1 Reader: thought: It scatters",
        "agent       Reader COMPLETED 100 % Read");
    server.agentStatus("agent-2", "Writer", AgentStatus.PROCESSING, 30, "Writing");
    watch.awaits("agent       Writer PROCESSING 30 % Writing");
    server.failSession("session_1", "Out of ink");
    if (form == WireForm.DEPLOYED) {
      watch.awaits(
          "agent       Writer ERROR 30 % Writing (Out of ink)",
          "session     session_1 failed: Out of ink", "sessions    1: session_1 error");
    } else {
      // A list tells that the session failed, and only the state that is requested then tells why.
      watch.awaits(
          "agent       Writer ERROR 30 % Writing",
          "session     session_1 failed",
          "sessions    1: session_1 error",
          "agent       Writer ERROR 30 % Writing (Out of ink)");
    }
    server.removeSession("session_1");
    watch.awaits("session     session_1 removed", "sessions    0");
    server.startSession("session_2", "Why not?", "Reader");
    watch.awaits(
        "session     session_2 started: Why not?",
        "sessions    1: session_2 agent_initialization",
        "agent       Reader IDLE 0 %");
    server.completeSession("session_2");
    watch.awaits(
        "agent       Reader COMPLETED 100 %",
        "session     session_2 completed", "sessions    1: session_2 completed");
  }

  private static Stream<String> story(String printed) {
    String text = printed.substring(Math.min(printed.length(), 14));
    return Stream.of("log ", "connection ").anyMatch(text::startsWith)
        ? Stream.empty()
        : Stream.of(text);
  }

  /** Says what an object tells in the words of plain lines. */
  private static Stream<String> storyOfJson(String printed) {
    ObjectNode line = object(printed);
    String change = line.get("change").asText();
    List<String> fields = new ArrayList<>();
    line.fieldNames().forEachRemaining(fields::add);
    assertThat(fields).isEqualTo(FIELDS.get(change));
    assertThat(Instant.parse(line.get("time").asText())).isAfter(Instant.EPOCH);
    return switch (change) {
      case "agent" -> agent(line);
      case "session" -> session(line);
      case "collaboration" ->
        Stream.of("together    " + line.get("primary_agent").asText()
            + " -> " + line.get("secondary_agent").asText() + " "
            + line.get("collaboration_type").asText() + ": "
            + line.get("reason").asText());
      default -> Stream.empty();
    };
  }

  private static Stream<String> agent(ObjectNode line) {
    if (line.get("changed").toString().equals("[\"session\"]")) {
      return Stream.empty();
    }
    JsonNode details = line.get("details");
    String why = details.isObject() ? details.path("error").asText() : details.asText("");
    assertThat(line.get("session_id").asText()).startsWith("session_");
    return Stream.of("agent       "
        + Text.join(
            line.get("agent_name").asText(),
            line.get("status").asText(),
            Text.percent(line.get("progress").asDouble()),
            line.get("message").asText(),
            why.isEmpty() ? "" : "(" + why + ")"));
  }

  private static Stream<String> session(ObjectNode line) {
    String id = line.get("session_id").asText();
    String kind = line.get("kind").asText();
    String all = "sessions    1: " + id + " " + line.get("phase").asText();
    return switch (kind) {
      case "started" ->
        Stream.of("session     " + id + " started: " + line.get("query").asText(), all);
      case "phase" -> Stream.of(all);
      case "output" ->
        Stream.of("output      " + id + " "
            + Text.output(MAPPER.convertValue(line.get("output").get(0), Object.class)));
      case "removed" -> Stream.of("session     " + id + " removed", "sessions    0");
      case "progress" -> Stream.empty();
      default ->
        Stream.of(
            "session     " + id + " " + kind
                + (line.get("error").isNull() ? "" : ": " + line.get("error").asText()),
            all);
    };
  }

  private static ObjectNode object(String printed) {
    try {
      return (ObjectNode) MAPPER.readTree(printed);
    } catch (JsonProcessingException notJson) {
      throw new AssertionError(printed, notJson);
    }
  }

  /** Runs the command until the server closes its connection for good. */
  private static final class Watching extends Writer {

    private final ReferenceServer server;
    private final Function<String, Stream<String>> story;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringBuilder line = new StringBuilder();
    private final CompletableFuture<Integer> exit;

    Watching(ReferenceServer server, Function<String, Stream<String>> story, String option) {
      this.server = server;
      this.story = story;
      CommandLine command = Main.commandLine();
      command.setOut(new PrintWriter(this));
      command.setErr(new PrintWriter(nullWriter()));
      exit = CompletableFuture.supplyAsync(() -> command.execute("watch", option, server.url()));
      server.awaitConnections(1);
    }

    /** Awaits lines in any order, since a step may be told by several messages. */
    void awaits(String... expected) throws InterruptedException {
      List<String> printed = new ArrayList<>();
      while (printed.size() < expected.length) {
        String next = lines.poll(10, TimeUnit.SECONDS);
        if (next == null) {
          break;
        }
        story.apply(next).forEach(printed::add);
      }
      assertThat(printed).containsExactlyInAnyOrder(expected);
    }

    @Override
    public void write(char[] chars, int offset, int length) {
      for (int i = offset; i < offset + length; i++) {
        if (chars[i] == '\n') {
          lines.add(line.toString());
          line.setLength(0);
        } else {
          line.append(chars[i]);
        }
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      server.faults().closeConnections(1008, "The story is over");
      assertThat(exit).succeedsWithin(Duration.ofSeconds(60)).isEqualTo(1);
    }
  }
}
