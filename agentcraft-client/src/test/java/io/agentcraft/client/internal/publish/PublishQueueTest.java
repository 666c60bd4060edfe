package io.agentcraft.client.internal.publish;

import static io.agentcraft.client.internal.publish.Publications.last;
import static io.agentcraft.client.internal.publish.Publications.names;
import static io.agentcraft.client.internal.publish.Publications.update;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublishQueueTest {

  private final PublishQueue queue = new PublishQueue();
  private long now;

  private List<String> takeAll() {
    return takeAll(() -> queue.nextForWebSocket(false, now));
  }

  private List<String> takeAllForHttp() {
    return takeAll(() -> queue.nextForHttp(false, now));
  }

  private static List<String> takeAll(Supplier<@Nullable Publication> next) {
    List<Publication> all = new ArrayList<>();
    for (Publication one = next.get(); one != null; one = next.get()) {
      all.add(one);
    }
    return names(all);
  }

  @Test
  void whatIsRequiredOvertakesOtherAgents() {
    offer(update("a", "a1"));
    offer(update("b", "b1"));
    offer(last("c", "C1"));
    assertThat(takeAll()).containsExactly("C1", "a1", "b1");
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void agentsTakeTurns() {
    for (String message : List.of("A1", "A2", "A3")) {
      offer(last("a", message));
    }
    offer(last("b", "B1"));
    offer(last("b", "B2"));
    offer(last("c", "C1"));
    assertThat(takeAll()).containsExactly("A1", "B1", "C1", "A2", "B2", "A3");
  }

  @Test
  void anAgentThatPublishesAllTheTimeDoesNotGetTwoTurns() {
    offer(update("chatty", "c1"));
    offer(update("quiet", "q1"));
    assertThat(names(List.of(queue.nextForWebSocket(false, now)))).containsExactly("c1");
    offer(update("chatty", "c2"));
    offer(update("chatty", "c3"));
    assertThat(takeAll()).containsExactly("q1", "c3");
  }

  @Test
  void anAgentThatRestsKeepsItsTurnAndMaySendWhatIsRequired() {
    offer(update("a", "a1"));
    offer(update("b", "b1"));
    offer(last("a", "A2"));
    offer(update("a", "a3"));
    queue.postBegan(update("a", ""), 100);
    queue.postEnded(update("a", ""));
    assertThat(takeAllForHttp()).containsExactly("A2", "b1");
    assertThat(queue.hasWaiting()).isTrue();
    offer(update("b", "b2"));
    now = 40;
    assertThat(queue.untilRestEnds(now)).isEqualTo(60);
    now = 100;
    assertThat(takeAllForHttp()).containsExactly("a3", "b2");
    assertThat(queue.untilRestEnds(now)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void onTheWebSocketNoAgentRests() {
    offer(update("a", "a1"));
    queue.postBegan(update("a", ""), 100);
    queue.postEnded(update("a", ""));
    assertThat(takeAllForHttp()).isEmpty();
    assertThat(takeAll()).containsExactly("a1");
  }

  @Test
  void whileRequiredUpdatesAloneMayBeSentTheOthersKeepTheirTurns() {
    offer(update("a", "a1"));
    offer(last("b", "B1"));
    assertThat(takeAll(() -> queue.nextForWebSocket(true, now))).containsExactly("B1");
    offer(update("c", "c1"));
    assertThat(takeAll()).containsExactly("a1", "c1");
  }

  @Test
  void anAgentWhoseUpdateIsBeingPostedSendsNothing() {
    offer(last("a", "A1"));
    offer(update("b", "b1"));
    queue.postBegan(update("a", ""), 0);
    queue.postBegan(update("b", ""), 0);
    assertThat(takeAllForHttp()).isEmpty();
    assertThat(takeAll()).isEmpty();
    assertThat(queue.hasWaiting()).isTrue();
    queue.postEnded(update("a", ""));
    queue.postEnded(update("b", ""));
    assertThat(takeAll()).containsExactly("A1", "b1");
  }

  @Test
  void anAgentWhoseUpdateIsBeingPostedSendsNothingThoughTheQueueWasDrained() {
    queue.postBegan(update("a", ""), 0);
    offer(update("a", "a1"));
    assertThat(names(queue.drain())).containsExactly("a1");
    offer(update("a", "a2"));
    assertThat(takeAllForHttp()).isEmpty();
    queue.postEnded(update("a", ""));
    assertThat(takeAllForHttp()).containsExactly("a2");
  }

  @Test
  void aPostDoesNotOvertakeWhatWasSentOverTheWebSocket() {
    Publication sent = update("a", "a1");
    queue.sent(sent, 0);
    offer(update("a", "a2"));
    offer(update("b", "b1"));
    assertThat(takeAllForHttp()).containsExactly("b1");
    assertThat(queue.confirm(Publications.update(sent), new ArrayList<>())).contains(sent);
    assertThat(takeAllForHttp()).containsExactly("a2");
  }

  /** Counts how often the queue looks at an agent. */
  private static final class CountedAgent extends AgentQueue {

    private final AtomicInteger looks;

    CountedAgent(String agentId, AtomicInteger looks) {
      super(agentId);
      this.looks = looks;
    }

    @Override
    boolean hasRequired() {
      looks.incrementAndGet();
      return super.hasRequired();
    }

    @Override
    boolean hasLatest() {
      looks.incrementAndGet();
      return super.hasLatest();
    }

    @Override
    boolean hasSent() {
      looks.incrementAndGet();
      return super.hasSent();
    }

    @Override
    boolean hasOverdue() {
      looks.incrementAndGet();
      return super.hasOverdue();
    }

    @Override
    long oldestSentAt() {
      looks.incrementAndGet();
      return super.oldestSentAt();
    }

    @Override
    long oldestOverdueAt() {
      looks.incrementAndGet();
      return super.oldestOverdueAt();
    }
  }

  /** With any number of agents in the same state, a publish and all that follows from it looks at few of them. */
  @ParameterizedTest
  @EnumSource
  void theCostOfAPublishDoesNotGrowWithTheNumberOfAgents(State state) {
    int agents = 10_000;
    AtomicInteger looks = new AtomicInteger();
    PublishQueue counted = new PublishQueue(id -> new CountedAgent(id, looks));
    List<Publication> superseded = new ArrayList<>();
    boolean overHttp = state == State.RESTING || state == State.UNCONFIRMED_BEFORE_HTTP;
    for (int i = 0; i < agents; i++) {
      state.put(counted, "agent " + i, superseded);
    }
    if (state == State.OVERDUE) {
      superseded.addAll(counted.takeBackOverdue(10, 10));
    }
    take(counted, overHttp);
    looks.set(0);

    for (int i = 0; i < 10; i++) {
      Publication next = last("another " + i, "next");
      counted.offer(next, superseded);
      assertThat(take(counted, overHttp)).isEqualTo(next);
      counted.sent(next, 20 + i);
      assertThat(take(counted, overHttp)).isNull();
      assertThat(counted.oldestAge(40)).isPositive();
      assertThat(counted.takeBackOverdue(100, 40)).isEmpty();
      counted.forgetOverdue(100, 40);
      assertThat(counted.confirm(Publications.update(next), superseded)).contains(next);
    }

    assertThat(superseded).isEmpty();
    assertThat(looks.get() / 10).isLessThan(200);
    assertThat(counted.drain()).hasSizeGreaterThanOrEqualTo(agents);
  }

  private enum State {
    WAITING,
    RESTING,
    UNCONFIRMED,
    UNCONFIRMED_BEFORE_HTTP,
    OVERDUE;

    void put(PublishQueue queue, String agentId, List<Publication> superseded) {
      if (this == UNCONFIRMED || this == UNCONFIRMED_BEFORE_HTTP || this == OVERDUE) {
        queue.sent(update(agentId, "sent"), 0);
      }
      if (this != OVERDUE) {
        queue.offer(update(agentId, "waits"), superseded);
      }
      if (this == RESTING) {
        queue.postBegan(update(agentId, ""), 100);
        queue.postEnded(update(agentId, ""));
      }
    }
  }

  private static @Nullable Publication take(PublishQueue from, boolean overHttp) {
    return overHttp ? from.nextForHttp(false, 50) : from.nextForWebSocket(true, 50);
  }

  @Test
  void nothingWaitsOnceAllIsSentThoughItIsNotConfirmed() {
    Publication one = update("a", "a1");
    offer(one);
    takeAll();
    queue.sent(one, 7);
    assertThat(queue.hasWaiting()).isFalse();
    assertThat(queue.hasUnconfirmed()).isTrue();
    assertThat(queue.isEmpty()).isFalse();
    assertThat(queue.oldestAge(10)).isEqualTo(3);
    assertThat(queue.confirm(Publications.update(one), new ArrayList<>())).contains(one);
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.oldestAge(10)).isEqualTo(-1);
  }

  @Test
  void anAgentWhoseRequiredUpdateIsUnconfirmedHasNoTurn() {
    Publication end = last("a", "A1");
    queue.sent(end, 0);
    offer(last("a", "A2"));
    offer(update("a", "a3"));
    offer(update("b", "b1"));
    assertThat(takeAll()).containsExactly("b1");
    assertThat(queue.hasWaiting()).isFalse();
    assertThat(queue.isEmpty()).isFalse();
    assertThat(queue.confirm(Publications.update(end), new ArrayList<>())).contains(end);
    assertThat(takeAll()).containsExactly("A2", "a3");
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void takesBackOnlyTheAgentsWhoseOldestIsOldEnough() {
    Publication old = update("a", "a1");
    Publication young = update("b", "b1");
    queue.sent(old, Long.MAX_VALUE);
    queue.sent(young, Long.MIN_VALUE + 9);
    assertThat(queue.takeBackOverdue(10, Long.MIN_VALUE + 9)).isEmpty();
    assertThat(takeAll()).containsExactly("a1");
    assertThat(queue.takeBackAll()).isEmpty();
    assertThat(takeAll()).containsExactly("b1");
  }

  @Test
  void aRelayThatComesAfterAllConfirmsWhatWaitsToBeSentAgain() {
    Publication end = last("a", "A1");
    queue.sent(end, 0);
    assertThat(queue.takeBackOverdue(5, 5)).isEmpty();
    assertThat(queue.hasWaiting()).isTrue();
    assertThat(queue.confirm(Publications.update(end), new ArrayList<>())).contains(end);
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.hasOverdue()).isFalse();
  }

  @Test
  void aCopyWhoseRelayMayStillComeIsRememberedForAWhileAndHoldsUpNobody() {
    for (long forgets : List.of(15L, -1L)) {
      Publication end = last("a", "A1");
      queue.sent(end, 0);
      assertThat(queue.takeBackOverdue(5, 5)).isEmpty();
      assertThat(takeAll()).containsExactly("A1");
      queue.sent(end, 5);
      assertThat(queue.confirm(Publications.update(end), new ArrayList<>())).contains(end);
      assertThat(queue.isEmpty()).isTrue();
      queue.forgetOverdue(15, 19);
      assertThat(queue.hasOverdue()).isTrue();
      if (forgets > 0) {
        queue.forgetOverdue(forgets, 20);
      } else {
        assertThat(queue.takeBackAll()).isEmpty();
      }
      assertThat(queue.hasOverdue()).isFalse();
      assertThat(queue.isEmpty()).isTrue();
    }
  }

  @Test
  void supersedesWhatComesBackTooLate() {
    queue.sent(update("a", "a1"), 0);
    offer(update("a", "a2"));
    assertThat(names(queue.takeBackAll())).containsExactly("a1");
    assertThat(takeAll()).containsExactly("a2");
  }

  @Test
  void drainsEverything() {
    queue.sent(update("a", "a1"), 0);
    offer(last("a", "A2"));
    offer(update("b", "b1"));
    assertThat(names(queue.drain())).containsExactlyInAnyOrder("a1", "A2", "b1");
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.hasWaiting()).isFalse();
    assertThat(queue.hasUnconfirmed()).isFalse();
    assertThat(takeAll()).isEmpty();
  }

  private List<Publication> offer(Publication publication) {
    List<Publication> superseded = new ArrayList<>();
    queue.offer(publication, superseded);
    return superseded;
  }
}
