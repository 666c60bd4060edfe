package io.agentcraft.client.internal.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.publish.AgentTask;
import io.agentcraft.client.publish.PublishForm;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.client.publish.SessionPublisher;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever connects while a session is open sees it within half a minute. */
class RemindersTest {

  private static final Duration INTERVAL = Duration.ofSeconds(30);

  private Bench bench = Bench.in(PublishForm.SESSION_EVENTS, PublishTransport.HTTP, INTERVAL);

  /** Lets time pass, and returns what was posted meanwhile. */
  private List<String> postedIn(double seconds) {
    int before = bench.http.posts.size();
    bench.seconds(seconds);
    bench.http.deliverAll();
    return bench.posted().subList(before, bench.posted().size());
  }

  @Test
  void anOpenSessionIsToldAgainWhenNothingElseWas() {
    SessionPublisher session = bench.publishers.session("Why?");
    AgentTask a = session.agent("A");
    AgentTask b = session.agent("B");
    session.agent("C");
    a.complete("done");
    b.step("two");
    bench.http.deliverAll();
    assertThat(postedIn(29.999)).isEmpty();
    assertThat(postedIn(0.001)).containsExactly("started [A, B, C]", "B PROCESSING two");
    assertThat(postedIn(20)).isEmpty();
    b.step("three");
    bench.http.deliverAll();
    assertThat(postedIn(29.999)).isEmpty();
    assertThat(postedIn(0.001)).containsExactly("started [A, B, C]", "B PROCESSING three");
    assertThat(postedIn(30)).containsExactly("started [A, B, C]", "B PROCESSING three");
    session.complete("result");
    bench.http.deliverAll();
    assertThat(postedIn(300)).isEmpty();
    assertThat(bench.time.pendingTimers()).isZero();
  }

  @Test
  void eachSessionHasItsOwnTime() {
    bench.publishers.agent("a", "A").task("one");
    bench.http.deliverAll();
    bench.seconds(10);
    AgentTask two = bench.publishers.agent("b", "B").task("two");
    bench.http.deliverAll();
    assertThat(postedIn(20)).containsExactly("started [A]", "A PROCESSING one");
    assertThat(postedIn(10)).containsExactly("started [B]", "B PROCESSING two");
    two.complete("done");
    bench.http.deliverAll();
    assertThat(postedIn(20)).containsExactly("started [A]", "A PROCESSING one");
  }

  @Test
  void whatWaitsIsNotLostToAReminder() {
    SessionPublisher session = bench.publishers.session("Why?");
    session.agent("A").step("one");
    session.output("two");
    bench.http.deliver();
    bench.http.answer(FakeBroadcasts.status(503, Duration.ofMinutes(2)));
    bench.seconds(119);
    assertThat(postedIn(1))
        .containsExactly("started [A]", "output two", "A PROCESSING one", "A PROCESSING one");
  }

  @Test
  void inTheDocumentedFormEachAgentAtWorkIsToldAgain() {
    bench = Bench.in(PublishForm.AGENT_STATUS, PublishTransport.HTTP, INTERVAL);
    SessionPublisher session = bench.publishers.session("Why?");
    session.agent("a", "A").step("one");
    session.agent("b", "B").step("two");
    session.agent("c", "C");
    bench.http.deliverAll();
    assertThat(postedIn(30)).containsExactly("a:one", "b:two");
  }

  @Test
  void overTheSocketEachAgentHasItsTurn() {
    bench = Bench.in(PublishForm.AGENT_STATUS, PublishTransport.WEBSOCKET, INTERVAL);
    bench.upToARelay();
    SessionPublisher session = bench.publishers.session("Why?");
    session.agent("a", "A").step("one");
    session.agent("b", "B").step("two");
    assertThat(bench.sent()).containsExactly("a:one", "b:two");
    bench.seconds(90);
    assertThat(bench.sent()).containsExactly("a:one", "b:two", "a:one", "b:two", "a:one");
  }

  @Test
  void withoutRemindersNoTimerRuns() {
    bench = Bench.in(PublishForm.SESSION_EVENTS, PublishTransport.HTTP);
    bench.publishers.agent("a", "A").task("one");
    bench.http.deliverAll();
    assertThat(bench.time.pendingTimers()).isZero();
  }

  @Test
  void aClientThatIsClosedRemindsNobody() {
    bench.publishers.agent("a", "A").task("one");
    bench.http.deliverAll();
    bench.close();
    assertThat(bench.closes).isEqualTo(1);
    assertThat(bench.time.pendingTimers()).isZero();
  }
}
