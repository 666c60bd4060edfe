package io.agentcraft.client.it.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.it.ClientHarness;
import io.agentcraft.client.it.Recorder;
import io.agentcraft.client.it.SdkLogs;
import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.publish.AgentTask;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.client.publish.SessionPublisher;
import io.agentcraft.testing.ReceivedFrame;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A crew of many agents that all end at once: each end arrives, though the client is closed at once. */
class CrewEndsTest extends ClientHarness {

  private static final int AGENTS = 120;

  @AfterEach
  void closeAll() {
    close();
  }

  private ReferenceServer server(WireForm form) {
    return server(options -> options.form(form).pingInterval(Duration.ZERO));
  }

  private static List<CompletableFuture<PublishReceipt>> publish(AgentCraftClient client) {
    SessionPublisher session = client.session("Read all files");
    List<AgentTask> agents = IntStream.range(0, AGENTS)
        .mapToObj(i -> session.agent("agent " + i, "Agent " + i))
        .toList();
    agents.forEach(agent -> agent.step("Reading"));
    List<CompletableFuture<PublishReceipt>> ends = new ArrayList<>();
    for (int i = 0; i < AGENTS; i++) {
      ends.add(agents.get(i).complete("end " + i));
    }
    ends.add(session.complete("All read"));
    return ends;
  }

  @ParameterizedTest
  @EnumSource
  void allEndsAreSeenThoughTheClientIsClosedAtOnce(WireForm form) {
    ReferenceServer server = server(form);
    Recorder<ServerMessage> seen = new Recorder<>();
    AgentCraftClient watcher = client(server.url(), options -> options);
    watcher.onSessionEvent(seen::add);
    watcher.onAgentStatus(seen::add);
    Await.get(watcher.connect());
    server.awaitConnections(1);
    AgentCraftClient client = client(server.url(), options -> options);

    List<CompletableFuture<PublishReceipt>> ends = publish(client);
    CompletableFuture<Void> closed = client.closeAsync();

    // The clock stands still: nothing waits for a limit of frames.
    ends.forEach(end -> assertThat(Await.get(end).isDelivered()).isTrue());
    Await.get(closed);
    List<String> ended = new ArrayList<>();
    for (ServerMessage next = seen.next(); !isLast(next); next = seen.next()) {
      if (next instanceof AgentStatusUpdate update && update.status().isFinal()) {
        ended.add(update.message());
      } else if (next instanceof SessionEvent event
          && "FINISHED".equals(event.data().get("status"))) {
        ended.add((String) event.data().get("current_task"));
      }
    }
    assertThat(ended)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, AGENTS).mapToObj(i -> "end " + i).toList());
    assertThat(overWebSocket(server)).isEmpty();
  }

  /** Returns whether a message is the end of the session, which has to be the last one. */
  private static boolean isLast(ServerMessage message) {
    if (message instanceof SessionEvent event) {
      boolean last = event.kind() == SessionEvent.Kind.SESSION_COMPLETED;
      if (last) {
        assertThat(event.state().overallProgress()).isEqualTo(100);
        assertThat(event.state().completedAgents()).hasSize(AGENTS);
        assertThat(event.state().activeAgents())
            .hasSize(AGENTS)
            .extracting(AgentState::status)
            .containsOnly(AgentStatus.COMPLETED);
      }
      return last;
    }
    return "completed".equals(((AgentStatusUpdate) message).metadata().get("session_status"));
  }

  private static List<AgentStatusUpdate> overWebSocket(ReferenceServer server) {
    return server.receivedFrames().stream()
        .map(ReceivedFrame::message)
        .filter(AgentStatusUpdate.class::isInstance)
        .map(AgentStatusUpdate.class::cast)
        .toList();
  }

  @Test
  void whereThereIsOnlyTheSocketOneWarningSaysHowManyEndsWereLost() {
    ReferenceServer server = server(WireForm.DOCUMENTED);
    AgentCraftClient client =
        client(server.url(), options -> options.publishTransport(PublishTransport.WEBSOCKET));
    try (SdkLogs logs = new SdkLogs()) {
      List<CompletableFuture<PublishReceipt>> ends = publish(client);
      CompletableFuture<Void> closed = client.closeAsync();
      // Frames that the server has received are not delivered before they have come back.
      Await.until(
          "the last frame that the limit allows",
          () -> ends.stream().filter(CompletableFuture::isDone).count() >= 52);
      clock.advance(Duration.ofSeconds(2));
      Await.get(closed);
      long lost =
          ends.stream().filter(CompletableFuture::isCompletedExceptionally).count();
      assertThat(lost).isBetween(60L, 69L);
      assertThat(logs.lines(ch.qos.logback.classic.Level.WARN))
          .singleElement()
          .asString()
          .startsWith(lost + " ends of agents and sessions were not delivered");
    }
  }
}
