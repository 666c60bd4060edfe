package io.agentcraft.client.internal.publish;

import static io.agentcraft.client.internal.publish.Bench.fate;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.error.NotConnectedException;
import io.agentcraft.client.internal.publish.Broadcasts.Endpoint;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.publish.AgentTask;
import io.agentcraft.client.publish.PublishForm;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.client.publish.SessionPublisher;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A session, told as statuses of the documented form. */
class PublishSessionStatusesTest {

  private Bench bench = Bench.in(PublishForm.AGENT_STATUS, PublishTransport.WEBSOCKET);
  private SessionPublisher session = bench.publishers.session("s1", "Why?");
  private AgentTask a = session.agent("a", "A");
  private AgentTask b = session.agent("b", "B");

  private void use(Bench other) {
    bench = other;
    session = bench.publishers.session("s1", "Why?");
    a = session.agent("a", "A");
    b = session.agent("b", "B");
  }

  /** Statuses in short, with what their metadata say of the session in the order of this list. */
  private static final List<String> KEYS = List.of(
      "session_phase", "session_status", "session_result", "session_error", "session_output");

  private static String inShort(ServerMessage message) {
    AgentStatusUpdate update = (AgentStatusUpdate) message;
    assertThat(update.metadata()).containsEntry("session_id", "s1");
    assertThat(update.metadata()).containsEntry("session_query", "Why?");
    StringBuilder text =
        new StringBuilder(update.agentId() + " " + update.status() + " " + update.message());
    for (String key : KEYS) {
      Object value = update.metadata().get(key);
      if (value instanceof List<?> outputs) {
        outputs.forEach(
            output -> text.append(" | output ").append(((Map<?, ?>) output).get("content")));
      } else if (value != null) {
        text.append(" | ").append(value);
      }
    }
    return text.toString();
  }

  private List<String> told(List<String> frames) {
    return frames.stream()
        .map(bench.codec::decodeServer)
        .map(message -> inShort(message))
        .toList();
  }

  @Test
  void itsStoryIsToldByTheAgents() {
    bench.upToARelay();
    CompletableFuture<PublishReceipt> early = session.phase("reading");
    a.step("one");
    session.phase("writing");
    session.output("two");
    session.output("three");
    bench.seconds(2);
    b.thinking("four");
    a.complete("done");
    CompletableFuture<PublishReceipt> end = session.complete("result");
    assertThat(told(bench.link.sent))
        .containsExactly(
            // No agent has begun to work.
            "a IDLE  | reading | active",
            "a PROCESSING one | reading | active",
            "a PROCESSING one | writing | active",
            "a PROCESSING one | writing | active | output two",
            "a PROCESSING one | writing | active | output three",
            "b ANALYZING four | writing | active",
            "a COMPLETED done | writing | active",
            // It was still at work.
            "b COMPLETED four | writing | active",
            "b COMPLETED four | writing | completed | result");
    assertThat(fate(early)).isEqualTo("WEBSOCKET");
    assertThat(fate(end)).isEqualTo("WEBSOCKET");
  }

  @Test
  void aSessionWhoseAgentsNeverWorkedIsToldToo() {
    bench.upToARelay();
    session.output("one");
    CompletableFuture<PublishReceipt> end = session.complete("result");
    assertThat(told(bench.link.sent))
        .containsExactly("a IDLE  | active | output one", "a IDLE  | completed | result");
    assertThat(fate(end)).isEqualTo("WEBSOCKET");
  }

  @Test
  void aFailureIsToldOfAllWhoWereAtWork() {
    bench.upToARelay();
    a.step("one");
    b.step("two");
    session.fail(new IOException("disk full"));
    assertThat(told(bench.link.sent))
        .endsWith(
            "a ERROR one | active", "b ERROR two | active", "b ERROR two | failed | disk full");
  }

  @Test
  void theEndIsSentAfterAllElseOfTheSession() {
    bench.up();
    a.complete("one");
    b.complete("two");
    session.complete("result");
    bench.publishers.session("s2", "Another");
    assertThat(told(bench.link.sent))
        .containsExactly(
            "a COMPLETED one | active",
            "b COMPLETED two | active",
            "b COMPLETED two | completed | result");
    bench.down();
    bench.up();
    // All of it is sent again, in the same order.
    assertThat(told(bench.link.sent))
        .containsExactlyInAnyOrder(
            "a COMPLETED one | active",
            "b COMPLETED two | active",
            "b COMPLETED two | completed | result");
    assertThat(told(bench.link.sent)).endsWith("b COMPLETED two | completed | result");
  }

  @Test
  void anAgentAloneEndsWithItsSession() {
    bench.upToARelay();
    AgentTask task = bench.publishers.agent("x", "X").task("index");
    task.complete("done");
    assertThat(bench.link.sent.stream()
            .map(bench.codec::decodeServer)
            .map(AgentStatusUpdate.class::cast)
            .map(update -> update.status() + " " + update.metadata().get("session_status") + " "
                + update.metadata().get("session_result")))
        .containsExactly("PROCESSING active null", "COMPLETED completed done");
  }

  @ParameterizedTest
  @EnumSource(names = {"WEBSOCKET", "HTTP"})
  void aSessionWithoutAgentsHasNobodyToTellOfIt(PublishTransport transport) {
    use(Bench.in(PublishForm.AGENT_STATUS, transport));
    bench.upToARelay();
    SessionPublisher empty = bench.publishers.session("empty");
    CompletableFuture<PublishReceipt> news = empty.output("one");
    CompletableFuture<PublishReceipt> end = empty.complete("result");
    assertThat(fate(news)).isEqualTo("superseded");
    assertThat(end)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("session.agent(…)");
    assertThat(bench.time.pendingTimers()).isZero();
  }

  @Test
  void overHttpEachAgentHasItsPostAndTheEndIsTheLast() {
    use(Bench.in(PublishForm.AGENT_STATUS, PublishTransport.HTTP));
    a.complete("one");
    b.complete("two");
    session.complete("result");
    assertThat(told(bench.http.posts))
        .containsExactly("a COMPLETED one | active", "b COMPLETED two | active");
    bench.http.deliver();
    assertThat(bench.http.posts).hasSize(2);
    bench.http.deliver();
    assertThat(told(bench.http.posts))
        .containsExactly(
            "a COMPLETED one | active",
            "b COMPLETED two | active",
            "b COMPLETED two | completed | result");
  }

  @Test
  void aServerWithoutAnEndpointIsToldOverTheSocketThoughItsFormIsTheDeployedOne() {
    use(Bench.in(PublishForm.SESSION_EVENTS, PublishTransport.AUTO));
    bench.http.endpoint = Endpoint.MISSING;
    bench.upToARelay();
    a.step("one");
    session.complete("result");
    assertThat(told(bench.link.sent))
        .containsExactly(
            "a PROCESSING one | active",
            "a COMPLETED one | active",
            "a COMPLETED one | completed | result");
    assertThat(bench.http.posts).isEmpty();
  }

  @Test
  void anEndpointThatIsMissingAfterAllLeavesTheSocket() {
    use(Bench.in(PublishForm.SESSION_EVENTS, PublishTransport.AUTO));
    bench.http.endpoint = Endpoint.EXISTS;
    bench.upToARelay();
    CompletableFuture<PublishReceipt> one = a.step("one");
    bench.http.answer(FakeBroadcasts.status(405, null));
    assertThat(fate(one)).isEqualTo("WEBSOCKET");
    assertThat(told(bench.link.sent)).containsExactly("a PROCESSING one | active");
  }

  @Test
  void postsThatAreNotRelayedLeaveASocketThatRelays() {
    use(Bench.in(PublishForm.AGENT_STATUS, PublishTransport.AUTO));
    bench.http.endpoint = Endpoint.EXISTS;
    bench.upToARelay();
    CompletableFuture<PublishReceipt> one = a.step("one");
    bench.http.answerOnly();
    bench.seconds(2);
    assertThat(fate(one)).isEqualTo("accepted");
    assertThat(fate(a.step("two"))).isEqualTo("WEBSOCKET");
    assertThat(fate(a.complete("done"))).isEqualTo("WEBSOCKET");
    assertThat(bench.http.posts).hasSize(1);
  }

  @Test
  void postsThatAreNotRelayedByAServerThatIgnoresTheSocketStayPosts() {
    use(Bench.in(PublishForm.SESSION_EVENTS, PublishTransport.AUTO));
    bench.http.endpoint = Endpoint.EXISTS;
    bench.up();
    CompletableFuture<PublishReceipt> one = a.step("one");
    bench.http.answerOnly();
    bench.http.answerOnly();
    bench.seconds(2);
    assertThat(fate(one)).isEqualTo("accepted");
    CompletableFuture<PublishReceipt> two = b.step("two");
    bench.http.answerOnly();
    assertThat(fate(two)).isEqualTo("accepted");
    assertThat(bench.link.sent).isEmpty();
  }

  @Test
  void aClientThatGaveUpConnectsAgainWhenItGoesOnPublishing() {
    use(Bench.in(PublishForm.AGENT_STATUS, PublishTransport.AUTO));
    bench.http.endpoint = Endpoint.EXISTS;
    bench.engine.onGaveUp(new NotConnectedException("gave up"));
    CompletableFuture<PublishReceipt> one = a.step("one");
    bench.http.deliver();
    bench.seconds(29.999);
    a.step("two");
    bench.http.deliver();
    assertThat(fate(one)).isEqualTo("HTTP");
    assertThat(bench.connects).isZero();
    bench.seconds(0.001);
    a.step("three");
    assertThat(bench.connects).isEqualTo(1);
    a.step("four");
    assertThat(bench.connects).isEqualTo(1);
  }

  /** Which form is asked for is known only when the server has replied. */
  @ParameterizedTest
  @EnumSource(names = {"SESSION_EVENTS", "AGENT_STATUS"})
  void nothingIsToldBeforeTheServersFormIsKnown(PublishForm form) {
    use(Bench.in(PublishForm.AUTO, PublishTransport.AUTO));
    bench.http.endpoint = Endpoint.EXISTS;
    a.step("one");
    bench.up();
    assertThat(bench.link.sent).hasSize(2);
    assertThat(bench.http.posts).isEmpty();
    String probe = bench.link.sent.get(1);
    String id = probe.replaceAll(".*\"session_id\":\"([^\"]+)\".*", "$1");
    if (form == PublishForm.SESSION_EVENTS) {
      bench.relay("{\"type\":\"session_not_found\",\"session_id\":\"" + id + "\"}");
    }
    bench.relay("{\"type\":\"session_logs\",\"session_id\":\"" + id + "\",\"logs\":[]}");
    bench.http.deliverAll();
    assertThat(bench.posted().get(bench.posted().size() - 1))
        .isEqualTo(form == PublishForm.SESSION_EVENTS ? "A PROCESSING one" : "a:one");
    assertThat(bench.link.sent).hasSize(2);
    assertThat(bench.http.probes).isEqualTo(1);
  }
}
