package io.agentcraft.client.internal.publish;

import static io.agentcraft.client.internal.publish.Bench.fate;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.error.NotConnectedException;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublishAutoTest {

  private final Bench bench = new Bench(PublishTransport.AUTO);
  private final AgentPublisher agent = bench.agent("a");
  private final AgentPublisher other = bench.agent("b");

  @BeforeEach
  void connect() {
    bench.up();
  }

  @Test
  void oneUpdateIsTheProbeAndTheOthersWaitForItsRelay() {
    agent.processing(1, "one");
    agent.processing(2, "two");
    CompletableFuture<PublishReceipt> three = agent.processing(3, "three");
    CompletableFuture<PublishReceipt> last = other.completed("end");
    assertThat(bench.sent()).containsExactly("a:one");
    bench.relay(0);
    assertThat(bench.sent()).containsExactly("a:one", "b:end", "a:three");
    bench.relay(1);
    bench.relay(2);
    assertThat(fate(three)).isEqualTo("WEBSOCKET");
    assertThat(fate(last)).isEqualTo("WEBSOCKET");
    bench.seconds(60);
    assertThat(bench.http.posts).isEmpty();
  }

  @Test
  void withoutARelayIn5SecondsTheProbeAndAllLaterGoByHttp() {
    CompletableFuture<PublishReceipt> probe = agent.processing(1, "one");
    bench.seconds(4.999);
    assertThat(bench.http.posts).isEmpty();
    bench.seconds(0.001);
    assertThat(bench.posted()).containsExactly("a:one");
    bench.http.deliver();
    assertThat(fate(probe)).isEqualTo("HTTP");
    assertThat(bench.engine.awaits("agent_status")).isFalse();
    other.completed("end");
    assertThat(bench.posted()).containsExactly("a:one", "b:end");
    assertThat(bench.sent()).containsExactly("a:one");
  }

  @Test
  void aRelayThatWaitsBehindASlowListenerIsNoSignOfAServerThatIgnores() {
    CompletableFuture<PublishReceipt> probe = agent.processing(1, "one");
    bench.connection.readerWaits(true);
    bench.seconds(60);
    bench.connection.readerWaits(false);
    bench.seconds(3.9);
    assertThat(bench.http.posts).isEmpty();
    assertThat(bench.sent()).containsExactly("a:one");
    bench.relay(0);
    assertThat(fate(probe)).isEqualTo("WEBSOCKET");
  }

  @Test
  void afterTheSlowListenerTheServerHasItsFiveSecondsAgain() {
    agent.processing(1, "one");
    bench.connection.readerWaits(true);
    bench.seconds(60);
    bench.connection.readerWaits(false);
    bench.seconds(5);
    assertThat(bench.posted()).containsExactly("a:one");
  }

  @Test
  void whatWasFoundOutOutlivesTheConnection() {
    agent.processing(1, "one");
    bench.seconds(5);
    bench.http.deliver();
    bench.down();
    agent.processing(2, "two");
    bench.seconds(0.1);
    assertThat(bench.posted()).containsExactly("a:one", "a:two");
    bench.up();
    agent.processing(3, "three");
    assertThat(bench.sent()).isEmpty();
  }

  @Test
  void aProbeWhoseConnectionBreaksProvesNothing() {
    CompletableFuture<PublishReceipt> probe = agent.processing(1, "one");
    bench.seconds(4);
    bench.down();
    bench.seconds(10);
    assertThat(bench.http.posts).isEmpty();
    bench.up();
    assertThat(bench.sent()).containsExactly("a:one");
    bench.seconds(4);
    bench.relay(0);
    assertThat(fate(probe)).isEqualTo("WEBSOCKET");
  }

  @Test
  void aProbeOnAClosingSocketProvesNothing() {
    bench.link.closing = true;
    agent.processing(1, "one");
    bench.seconds(5);
    assertThat(bench.http.posts).isEmpty();
    bench.down();
    bench.up();
    assertThat(bench.sent()).containsExactly("a:one");
  }

  @Test
  void aSocketThatWorkedIsAskedAgainAfterEachReconnect() {
    agent.processing(1, "one");
    bench.relay(0);
    bench.down();
    bench.up();
    agent.processing(2, "two");
    other.processing(3, "b");
    assertThat(bench.sent()).containsExactly("a:two");
    bench.seconds(5);
    assertThat(bench.posted()).containsExactlyInAnyOrder("a:two", "b:b");
    bench.http.deliver();
    bench.http.deliver();

    bench.down();
    bench.up();
    agent.processing(4, "four");
    assertThat(bench.sent()).containsExactly("a:four");
  }

  @Test
  void aRelayThatComesTooLateChangesNothing() {
    CompletableFuture<PublishReceipt> probe = agent.processing(1, "one");
    bench.seconds(5);
    bench.engine.onRelayed((AgentStatusUpdate) bench.codec.decodeServer(bench.link.sent.get(0)));
    assertThat(fate(probe)).isEqualTo("open");
    bench.http.deliver();
    assertThat(fate(probe)).isEqualTo("HTTP");
    other.processing(2, "two");
    assertThat(bench.posted()).containsExactly("a:one", "b:two");
  }

  @Test
  void aServerThatStopsRelayingIsLeftForHttp() {
    agent.processing(1, "one");
    bench.relay(0);
    CompletableFuture<PublishReceipt> last = agent.completed("end");
    bench.seconds(14.9);
    assertThat(bench.http.posts).isEmpty();
    bench.seconds(0.1);
    assertThat(bench.posted()).containsExactly("a:end");
    bench.http.deliver();
    assertThat(fate(last)).isEqualTo("HTTP");
  }

  @Test
  void withoutAConnectionHttpIsTriedUntilThereIsOne() {
    bench.down();
    CompletableFuture<PublishReceipt> one = agent.completed("one");
    bench.engine.onGaveUp(new NotConnectedException("gave up"));
    assertThat(bench.posted()).containsExactly("a:one");
    bench.http.deliver();
    assertThat(fate(one)).isEqualTo("HTTP");
    bench.up();
    agent.processing(2, "two");
    assertThat(bench.sent()).containsExactly("a:two");
  }

  @Test
  void withoutAConnectionAndHttpWhatWaitsFails() {
    bench.down();
    CompletableFuture<PublishReceipt> one = agent.completed("one");
    bench.connectError = new NotConnectedException("gave up");
    bench.engine.onGaveUp(bench.connectError);
    bench.http.answer(FakeBroadcasts.status(404, null));
    assertThat(fate(one)).isEqualTo("NotConnectedException");
    assertThat(fate(agent.completed("two"))).isEqualTo("NotConnectedException");
    assertThat(bench.http.posts).hasSize(1);
    assertThat(bench.time.pendingTimers()).isZero();
  }

  @Test
  void whereHttpIsMissingAServerThatRelayedIsAskedAgain() {
    agent.processing(1, "one");
    bench.relay(0);
    CompletableFuture<PublishReceipt> last = agent.completed("end");
    bench.seconds(15);
    bench.http.answer(FakeBroadcasts.status(404, null));
    assertThat(fate(last)).isEqualTo("open");
    bench.relay(bench.link.sent.size() - 1);
    assertThat(fate(last)).isEqualTo("WEBSOCKET");
  }

  @Test
  void aServerThatNeitherRelaysNorHasHttpFailsUpdatesWithAdvice() {
    CompletableFuture<PublishReceipt> one = agent.completed("one");
    bench.seconds(5);
    bench.http.answer(FakeBroadcasts.status(404, null));
    assertThat(one)
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("404")
        .withMessageContaining("httpBaseUrl(…)");
  }

  @Test
  void noAgentSpeaksOverTheSocketWhileAnUpdateOfItsIsUnderWayByHttp() {
    agent.processing(1, "one");
    bench.relay(0);
    bench.down();
    bench.up();
    agent.processing(2, "probe");
    bench.seconds(5);
    assertThat(bench.posted()).containsExactly("a:probe");
    bench.down();
    agent.processing(3, "newer");
    other.processing(4, "b");
    bench.up();
    assertThat(bench.sent()).containsExactly("b:b");
    bench.relay(0);
    assertThat(bench.sent()).containsExactly("b:b");
    bench.http.deliver();
    assertThat(bench.sent()).containsExactly("b:b", "a:newer");
  }

  @Test
  void anUpdateTooLargeIsNoProbe() {
    CompletableFuture<PublishReceipt> huge = bench.talker("a").completed("x".repeat(17 << 20));
    other.processing(1, "b");
    assertThat(fate(huge)).isEqualTo("SendRejectedException");
    assertThat(bench.sent()).containsExactly("b:b");
  }

  /** Relays until 12 s before, then none: at 15 s it goes on by HTTP, while an update of b may still be on its way. */
  private void leaveTheSocketWithAnUpdateOfBOnItsWay() {
    agent.processing(1, "one");
    bench.relay(0);
    agent.processing(50, "same");
    bench.seconds(12);
    other.processing(1, "b1");
    bench.seconds(3);
    assertThat(bench.posted()).containsExactly("a:same");
  }

  @Test
  void whatIsStillOnItsWayOverTheSocketIsNotOvertakenByHttp() {
    leaveTheSocketWithAnUpdateOfBOnItsWay();
    CompletableFuture<PublishReceipt> newer = other.processing(2, "b2");
    bench.seconds(1.999);
    assertThat(bench.posted()).containsExactly("a:same");
    bench.seconds(0.001);
    assertThat(bench.posted()).containsExactly("a:same", "b:b2");
    bench.http.deliver();
    bench.http.deliver();
    assertThat(fate(newer)).isEqualTo("HTTP");
  }

  @Test
  void whatWasPostedComesBackTooAndConfirmsNothingThatWentOverTheSocket() {
    leaveTheSocketWithAnUpdateOfBOnItsWay();
    bench.http.answerOnly();
    String posted = bench.http.posts.get(0);
    bench.relay(bench.link.sent.size() - 1);
    CompletableFuture<PublishReceipt> again = agent.processing(50, "same");
    assertThat(bench.sent()).endsWith("b:b1", "a:same");
    bench.relay(posted);
    assertThat(fate(again)).isEqualTo("open");
    bench.relay(bench.link.sent.size() - 1);
    assertThat(fate(again)).isEqualTo("WEBSOCKET");
  }

  @Test
  void whatWasPostedBeforeTheSocketOpenedMayComeBackOverItToo() {
    bench.down();
    CompletableFuture<PublishReceipt> one = agent.completed("same");
    CompletableFuture<PublishReceipt> two = agent.completed("same");
    bench.engine.onGaveUp(new NotConnectedException("gave up"));
    assertThat(bench.posted()).containsExactly("a:same");
    bench.up();
    bench.http.answerOnly();
    assertThat(fate(one)).isEqualTo("HTTP");
    assertThat(bench.sent()).containsExactly("a:same");
    bench.relay(bench.http.posts.get(0));
    assertThat(fate(two)).isEqualTo("open");
    bench.relay(0);
    assertThat(fate(two)).isEqualTo("WEBSOCKET");
  }
}
