package io.agentcraft.testing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.Ping;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.WireTime;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the server sends in the documented form. */
class DocumentedFormTest {

  private final AtomicInteger encoded = new AtomicInteger();
  private final ReferenceServer server = ReferenceServer.builder()
      .encoder(message -> {
        encoded.incrementAndGet();
        return MessageCodec.create().encode(message);
      })
      .start();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void playsACrew() throws Exception {
    try (RawClient client = RawClient.connect(server)) {
      server.startSession("s1", "Why?", "Researcher", "Writer");
      assertThat(client.take(ActiveSessions.class).sessions().get(0).status())
          .isEqualTo("agent_initialization");
      server.phase("s1", "processing");
      assertThat(client.take(ActiveSessions.class).sessions().get(0).status())
          .isEqualTo("processing");
      server.agentStatus("a1", "Researcher", AgentStatus.PROCESSING, 33, "Reading");
      AgentStatusUpdate update = client.take(AgentStatusUpdate.class);
      assertThat(requireNonNull(update.timestamp()).form())
          .isEqualTo(WireTime.Form.ISO_WITH_OFFSET);
      assertThat(client.take(ActiveSessions.class).sessions().get(0).agentsActive())
          .isEqualTo(1);
      // Nothing in the list has changed, so it isn't sent again.
      server.agentStatus("a1", "Researcher", AgentStatus.PROCESSING, 66, "Reading on");
      client.take(AgentStatusUpdate.class);
      server.collaboration("Researcher", "Writer", "Facts are there");
      assertThat(client.take(AgentCollaboration.class).collaborationType()).isEqualTo("handoff");
      server.crewOutput("s1", "Researcher", "thought", "Blue");

      client.send("{\"type\":\"get_session_state\",\"session_id\":\"s1\"}");
      SessionState state = client.take(SessionState.class);
      assertThat(state.state().overallProgress()).isEqualTo(33);
      assertThat(state.state().activeAgents().get(0).statusText()).isEqualTo("PROCESSING");
      assertThat(state.state().activeAgents().get(0).agentId()).isNull();
      assertThat(state.state().crewOutput()).hasSize(1);
      assertThat(requireNonNull(state.timestamp()).form()).isEqualTo(WireTime.Form.EPOCH);

      server.completeSession("s1");
      assertThat(client.take(ActiveSessions.class).sessions().get(0).status())
          .isEqualTo("completed");
      server.removeSession("s1");
      assertThat(client.take(ActiveSessions.class).totalSessions()).isZero();
    }
  }

  @Test
  void aFailedSessionFailsWhoHadNotFinished() throws Exception {
    server.startSession("s1", "Why?", "Researcher", "Writer");
    server.agentStatus("a1", "Researcher", AgentStatus.COMPLETED, 100, "Done");
    server.failSession("s1", "boom");
    try (RawClient client = RawClient.connect(server)) {
      client.send("{\"type\":\"get_session_state\",\"session_id\":\"s1\"}");
      var state = client.take(SessionState.class).state();
      assertThat(state.currentPhase()).isEqualTo("error");
      assertThat(state.activeAgents())
          .extracting(agent -> agent.status())
          .containsExactly(AgentStatus.COMPLETED, AgentStatus.ERROR);
    }
  }

  @Test
  void unknownSessionsHaveNoStateAndEmptyLogs() throws Exception {
    try (RawClient client = RawClient.connect(server)) {
      client.send("{\"type\":\"get_session_state\",\"session_id\":\"none\"}");
      client.send("{\"type\":\"get_session_logs\",\"session_id\":\"none\"}");
      assertThat(client.take(SessionLogs.class).logs()).isEmpty();
      assertThat(client.waiting()).isZero();
    }
  }

  @Test
  void answersWithTheLastFiftyLogEntriesToTheAskerOnly() throws Exception {
    server.startSession("s1", "Why?");
    for (int i = 0; i < 60; i++) {
      server.appendLog("s1", "info", "Researcher", "line " + i);
    }
    try (RawClient client = RawClient.connect(server);
        RawClient other = RawClient.connect(server)) {
      client.send("{\"type\":\"get_session_logs\",\"session_id\":\"s1\"}");
      SessionLogs logs = client.take(SessionLogs.class);
      assertThat(logs.logs()).hasSize(50);
      assertThat(logs.logs().get(0).message()).isEqualTo("line 10");
      server.broadcast(new Ping(null));
      other.take("ping");
    }
  }

  @Test
  void streamsNewLogEntriesToThoseWhoAsked() throws Exception {
    server.startSession("s1", "Why?");
    server.startSession("s2", "How?");
    try (RawClient client = RawClient.connect(server);
        RawClient other = RawClient.connect(server)) {
      client.send("{\"type\":\"start_log_streaming\",\"session_id\":\"s1\"}");
      server.awaitFrame("start_log_streaming");
      server.appendLog("s2", "info", "Writer", "not asked for");
      server.appendLog("s1", "info", "Writer", "asked for");
      assertThat(client.take(SessionLogs.class).logs())
          .singleElement()
          .extracting(entry -> entry.message())
          .isEqualTo("asked for");
      client.send("{\"type\":\"start_log_streaming\",\"session_id\":\"s2\"}");
      server.awaitFrame("start_log_streaming");
      server.appendLog("s1", "info", "Writer", "one stream per connection");
      client.send("{\"type\":\"stop_log_streaming\"}");
      server.awaitFrame("stop_log_streaming");
      server.appendLog("s2", "info", "Writer", "stopped");
      server.broadcast(new Ping(null));
      client.take("ping");
      other.take("ping");
    }
  }

  @Test
  void relaysAStatusToEveryoneTheSenderToo() throws Exception {
    server.startSession("s1", "Why?", "Indexer");
    try (RawClient sender = RawClient.connect(server);
        RawClient other = RawClient.connect(server)) {
      String frame =
          "{\"type\":\"agent_status\",\"agent_id\":\"a\",\"agent_name\":\"Indexer\",\"status\":"
              + "\"PROCESSING\", \"progress\":5,\"message\":\"\",\"timestamp\":\"2026-01-01T00:00:00Z\"}";
      sender.send(frame);
      assertThat(sender.take()).isEqualTo(frame);
      assertThat(other.take()).isEqualTo(frame);
      assertThat(other.take(ActiveSessions.class).sessions().get(0).agentsActive())
          .isEqualTo(1);
    }
  }

  @Test
  void encodesABroadcastOnceHoweverManyListen() throws Exception {
    try (RawClient one = RawClient.connect(server);
        RawClient two = RawClient.connect(server);
        RawClient three = RawClient.connect(server)) {
      int before = encoded.get();
      server.broadcast(new Ping(null));
      one.take("ping");
      two.take("ping");
      three.take("ping");
      assertThat(encoded.get() - before).isEqualTo(1);
    }
  }

  @Test
  void sendsPersonallyRawAndBinary() throws Exception {
    try (RawClient client = RawClient.connect(server, "client_1_a");
        RawClient other = RawClient.connect(server, "client_2_b")) {
      server.sendTo("client_1_a", new Ping(null));
      server.sendRaw("{broken");
      server.sendBinary("hi".getBytes(StandardCharsets.UTF_8));
      client.take("ping");
      assertThat(client.take()).isEqualTo("{broken");
      assertThat(client.take()).isEqualTo("binary 6869");
      assertThat(other.take()).isEqualTo("{broken");
      assertThatThrownBy(() -> server.sendTo("client_3_c", new Ping(null)))
          .hasMessageContaining("client_3_c")
          .hasMessageContaining("client_2_b");
    }
  }

  @Test
  void whatIsNoJsonObjectEndsTheHandler() throws Exception {
    for (String garbage : new String[] {"nonsense", "[1]", "", "{\"type\":\"pong\"} x"}) {
      try (RawClient client = RawClient.connect(server)) {
        client.send(garbage);
        assertThat(client.end().failure()).as(garbage).isNotNull();
      }
    }
    try (RawClient client = RawClient.connect(server)) {
      client.send(ByteString.encodeUtf8("{}"));
      assertThat(client.end().failure()).isNotNull();
    }
    try (ReferenceServer old = ReferenceServer.builder()
            .onMalformedFrame(MalformedFrameReaction.CLOSE_1000)
            .start();
        RawClient client = RawClient.connect(old)) {
      client.send("nonsense");
      assertThat(client.end().code()).isEqualTo(1000);
    }
  }

  @Test
  void passesOverObjectsItCannotUse() throws Exception {
    try (RawClient client = RawClient.connect(server)) {
      client.send("{}");
      client.send("{\"type\":7}");
      client.send("{\"type\":\"get_session_state\"}");
      client.send("{\"type\":\"new_in_2030\",\"x\":NaN}");
      client.send("{\"type\":\"get_session_logs\",\"session_id\":\"none\"}");
      client.take("session_logs");
      assertThat(server.receivedFrames()).hasSize(5);
    }
  }
}
