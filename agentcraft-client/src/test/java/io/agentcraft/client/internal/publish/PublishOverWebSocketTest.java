package io.agentcraft.client.internal.publish;

import static io.agentcraft.client.internal.publish.Bench.fate;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.error.NotConnectedException;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PublishOverWebSocketTest {

  private final Bench bench = new Bench(PublishTransport.WEBSOCKET);
  private final AgentPublisher agent = bench.agent("a");

  @Test
  void aRelayIsDelivery() {
    bench.up();
    CompletableFuture<PublishReceipt> receipt = agent.processing(10, "one");
    assertThat(bench.sent()).containsExactly("a:one");
    assertThat(fate(receipt)).isEqualTo("open");
    bench.seconds(1.5);
    bench.relay(0);
    assertThat(receipt)
        .isCompletedWithValue(
            new PublishReceipt.Delivered(PublishTransport.WEBSOCKET, Duration.ofMillis(1_500)));
    assertThat(bench.engine.awaits("agent_status")).isFalse();
    assertThat(bench.time.pendingTimers()).isZero();
  }

  @Test
  void connectsByItselfAndSendsTheNewestOfEachAgentFinalsFirst() {
    List<String> fates = new ArrayList<>();
    List<CompletableFuture<PublishReceipt>> receipts = List.of(
        agent.processing(1, "old"), agent.processing(2, "new"), bench.agent("b").completed("end"));
    assertThat(bench.connects).isPositive();
    bench.up();
    assertThat(bench.sent()).containsExactly("b:end", "a:new");
    bench.relay(0);
    bench.relay(1);
    receipts.forEach(receipt -> fates.add(fate(receipt)));
    assertThat(fates).containsExactly("superseded", "WEBSOCKET", "WEBSOCKET");
  }

  @Test
  void whatIsNotRelayedIsSentAgain() {
    bench.up();
    CompletableFuture<PublishReceipt> one = agent.processing(1, "one");
    bench.relay(0);
    CompletableFuture<PublishReceipt> two = agent.processing(2, "two");
    bench.seconds(5);
    assertThat(bench.sent()).containsExactly("a:one", "a:two", "a:two");
    bench.relay(2);
    assertThat(fate(one)).isEqualTo("WEBSOCKET");
    assertThat(fate(two)).isEqualTo("WEBSOCKET");
  }

  @Test
  void relaysThatAlwaysComeLateStillShowThatTheServerRelays() {
    bench.up();
    List<CompletableFuture<PublishReceipt>> receipts = new ArrayList<>();
    for (int second = 0; second < 60; second++) {
      receipts.add(agent.processing(second, "at " + second));
      bench.seconds(0.5);
      if (second >= 6 && second - 6 < bench.link.sent.size()) {
        // 6 s after it was sent, when it has been superseded as overdue.
        bench.relay(second - 6);
      }
      bench.seconds(0.5);
    }
    assertThat(receipts).noneMatch(CompletableFuture::isCompletedExceptionally);
  }

  @Test
  void whatIsNotRelayedIsNotSentAgainOnceThereIsSomethingNewer() {
    bench.up();
    agent.processing(1, "one");
    bench.relay(0);
    CompletableFuture<PublishReceipt> two = agent.processing(2, "two");
    bench.seconds(1);
    agent.processing(3, "three");
    bench.relay(2);
    assertThat(fate(two)).isEqualTo("superseded");
    bench.seconds(20);
    assertThat(bench.sent()).containsExactly("a:one", "a:two", "a:three");
  }

  @Test
  void aServerThatNeverRelaysFailsAllThatWaitsWithAdvice() {
    bench.up();
    List<CompletableFuture<PublishReceipt>> receipts = new ArrayList<>();
    receipts.add(agent.processing(1, "one"));
    bench.seconds(4);
    receipts.add(bench.agent("b").completed("two"));
    bench.seconds(10.9);
    assertThat(receipts).allMatch(receipt -> fate(receipt).equals("open"));
    bench.seconds(0.1);
    assertThat(receipts)
        .allSatisfy(receipt -> assertThat(receipt)
            .failsWithin(Duration.ZERO)
            .withThrowableThat()
            .withMessageContaining("Use PublishTransport.AUTO or HTTP"));
    assertThat(bench.sent()).filteredOn("a:one"::equals).hasSize(3);
    assertThat(bench.http.posts).isEmpty();
    assertThat(bench.time.pendingTimers()).isZero();

    CompletableFuture<PublishReceipt> later = agent.processing(2, "later");
    bench.seconds(14.9);
    assertThat(fate(later)).isEqualTo("open");
    bench.seconds(0.1);
    assertThat(fate(later)).isEqualTo("PublishFailedException");
  }

  @Test
  void aServerThatRelayedOnceIsNeverGivenUpOn() {
    bench.up();
    agent.processing(1, "one");
    bench.relay(0);
    CompletableFuture<PublishReceipt> last = agent.completed("end");
    bench.seconds(60);
    assertThat(fate(last)).isEqualTo("open");
    bench.relay(1);
    assertThat(fate(last)).isEqualTo("WEBSOCKET");
  }

  @Test
  void aCutTakesBackWhatIsNotConfirmed() {
    bench.up();
    CompletableFuture<PublishReceipt> replaced = agent.processing(1, "one");
    CompletableFuture<PublishReceipt> last = agent.completed("end");
    CompletableFuture<PublishReceipt> other = bench.agent("b").processing(5, "b");
    bench.down();
    bench.seconds(30);
    bench.up();
    assertThat(bench.sent()).containsExactly("a:end", "b:b");
    bench.relay(0);
    bench.relay(1);
    assertThat(fate(replaced)).isEqualTo("superseded");
    assertThat(fate(last)).isEqualTo("WEBSOCKET");
    assertThat(fate(other)).isEqualTo("WEBSOCKET");
  }

  @Test
  void aSocketThatIsClosingLosesNothingAndIsNotAskedTwice() {
    bench.up();
    bench.link.closing = true;
    CompletableFuture<PublishReceipt> last = agent.completed("end");
    CompletableFuture<PublishReceipt> more = agent.processing(1, "more");
    bench.seconds(20);
    assertThat(fate(last)).isEqualTo("open");
    bench.down();
    bench.up();
    assertThat(bench.sent()).containsExactly("a:end");
    bench.relay(0);
    assertThat(fate(last)).isEqualTo("WEBSOCKET");
    assertThat(bench.sent()).containsExactly("a:end", "a:more");
    bench.relay(1);
    assertThat(fate(more)).isEqualTo("WEBSOCKET");
  }

  @Test
  void nothingOfAnAgentGoesBehindAFinalUpdateBeforeItsRelay() {
    bench.up();
    CompletableFuture<PublishReceipt> one = agent.completed("one");
    CompletableFuture<PublishReceipt> two = agent.completed("two");
    CompletableFuture<PublishReceipt> more = agent.processing(1, "more");
    bench.agent("b").processing(1, "b");
    assertThat(bench.sent()).containsExactly("a:one", "b:b");
    bench.relay(0);
    assertThat(bench.sent()).containsExactly("a:one", "b:b", "a:two");
    bench.relay(2);
    assertThat(bench.sent()).containsExactly("a:one", "b:b", "a:two", "a:more");
    bench.relay(3);
    assertThat(List.of(fate(one), fate(two), fate(more))).containsOnly("WEBSOCKET");
  }

  @Test
  void otherUpdatesOfAnAgentDoNotWaitForEachOther() {
    bench.up();
    for (String message : List.of("one", "two", "three")) {
      agent.processing(1, message);
    }
    agent.completed("end");
    assertThat(bench.sent()).containsExactly("a:one", "a:two", "a:three", "a:end");
  }

  @Test
  void afterACutNothingOlderIsSentAfterSomethingNewer() {
    bench.up();
    agent.completed("1");
    agent.processing(50, "2");
    bench.relay(0);
    agent.completed("3");
    agent.completed("4");
    CompletableFuture<PublishReceipt> last = agent.processing(60, "5");
    assertThat(bench.sent()).containsExactly("a:1", "a:2", "a:3");
    bench.down();
    bench.up();
    bench.relay(0);
    assertThat(bench.sent()).containsExactly("a:3", "a:4");
    bench.down();
    bench.up();
    bench.relay(0);
    assertThat(bench.sent()).containsExactly("a:4", "a:5");
    bench.down();
    bench.up();
    bench.relay(0);
    assertThat(bench.sent()).containsExactly("a:5");
    assertThat(fate(last)).isEqualTo("WEBSOCKET");
  }

  @Test
  void aRelayThatComesAfterFiveSecondsIsDeliveryTooAndTheSecondOneIsNobodyElses() {
    bench.up();
    CompletableFuture<PublishReceipt> one = agent.completed("same");
    bench.seconds(5);
    assertThat(bench.sent()).containsExactly("a:same", "a:same");
    CompletableFuture<PublishReceipt> two = agent.completed("same");
    bench.relay(0);
    assertThat(fate(one)).isEqualTo("WEBSOCKET");
    assertThat(bench.sent()).hasSize(3);
    bench.relay(1);
    assertThat(fate(two)).isEqualTo("open");
    bench.relay(2);
    assertThat(fate(two)).isEqualTo("WEBSOCKET");
    bench.seconds(60);
    assertThat(bench.sent()).hasSize(3);
    assertThat(bench.engine.awaits("agent_status")).isFalse();
  }

  @Test
  void theLastRelayThatIsLateIsStillListenedForAWhileAndHoldsUpNoClose() {
    bench.up();
    CompletableFuture<PublishReceipt> one = agent.completed("one");
    bench.seconds(5);
    bench.relay(0);
    assertThat(fate(one)).isEqualTo("WEBSOCKET");
    assertThat(bench.engine.awaits("agent_status")).isTrue();
    assertThat(bench.time.pendingTimers()).isZero();
    bench.close();
    assertThat(bench.closes).isEqualTo(1);
  }

  @Test
  void aServerThatHearsButNoLongerRelaysDoesNotSilenceAnAgentForEver() {
    bench.up();
    agent.processing(1, "one");
    bench.relay(0);
    CompletableFuture<PublishReceipt> end = agent.completed("end");
    CompletableFuture<PublishReceipt> more = agent.processing(2, "more");
    bench.seconds(64.9);
    assertThat(bench.sent()).doesNotContain("a:more");
    assertThat(fate(end)).isEqualTo("open");
    bench.seconds(0.1);
    assertThat(bench.sent()).endsWith("a:end", "a:more");
    assertThat(fate(end)).isEqualTo("superseded");
    bench.relay(bench.link.sent.size() - 1);
    assertThat(fate(more)).isEqualTo("WEBSOCKET");
  }

  @Test
  void aLinkWithAFullQueueIsLeftAlone() {
    bench.up();
    bench.link.queued = 1 << 20;
    agent.processing(1, "one");
    agent.processing(2, "two");
    bench.seconds(10);
    assertThat(bench.sent()).isEmpty();
    bench.link.queued = 0;
    bench.seconds(0.25);
    assertThat(bench.sent()).containsExactly("a:two");
  }

  @Test
  void whatIsLargerThanAFrameFailsAndHoldsNobodyUp() {
    bench.up();
    CompletableFuture<PublishReceipt> huge = bench.talker("a").completed("x".repeat(17 << 20));
    CompletableFuture<PublishReceipt> small = agent.completed("small");
    assertThat(fate(huge)).isEqualTo("SendRejectedException");
    assertThat(bench.sent()).containsExactly("a:small");
    assertThat(fate(small)).isEqualTo("open");
  }

  @Test
  void aClientThatGaveUpFailsWhatWaits() {
    bench.connectError = new NotConnectedException("gave up");
    assertThat(fate(agent.completed("end"))).isEqualTo("NotConnectedException");
    bench.connectError = null;
    CompletableFuture<PublishReceipt> waiting = agent.completed("end");
    bench.engine.onGaveUp(new NotConnectedException("gave up"));
    assertThat(fate(waiting)).isEqualTo("NotConnectedException");
    bench.up();
    assertThat(bench.sent()).isEmpty();
  }

  @Test
  void finalsHaveRoomThatOtherUpdatesLeave() {
    bench.up();
    for (int second = 0; second < 65; second++) {
      agent.processing(second, "step " + second);
      bench.seconds(1);
    }
    assertThat(bench.sent().size()).isBetween(36, 44);
    agent.completed("end");
    assertThat(bench.sent().get(bench.sent().size() - 1)).isEqualTo("a:end");
  }

  @Test
  void oneWhoSpeaksSeldomWaitsForOneTurnOfOneWhoSpeaksAlways() {
    bench.up();
    AgentPublisher quiet = bench.agent("quiet");
    for (int i = 0; i < 50 * 120; i++) {
      agent.processing(i % 100, "chatty " + i);
      if (i % (50 * 10) == 0) {
        quiet.processing(1, "quiet " + i);
      }
      bench.seconds(0.02);
      bench.relay(bench.link.sent.size() - 1);
      if (i % (50 * 10) == 200) {
        assertThat(bench.sent()).contains("quiet:quiet " + (i - 200));
      }
    }
  }
}
