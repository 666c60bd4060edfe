package io.agentcraft.client.internal.publish;

import static io.agentcraft.client.internal.publish.Publications.last;
import static io.agentcraft.client.internal.publish.Publications.names;
import static io.agentcraft.client.internal.publish.Publications.update;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PublishQueueTest {

  private final PublishQueue queue = new PublishQueue();

  private List<Publication> takeAll(Set<String> busy, Set<String> resting) {
    List<Publication> all = new ArrayList<>();
    Publication next = queue.next(busy::contains, resting::contains);
    while (next != null) {
      all.add(next);
      next = queue.next(busy::contains, resting::contains);
    }
    return all;
  }

  private List<String> takeAll() {
    return names(takeAll(Set.of(), Set.of()));
  }

  @Test
  void whatIsKeptOvertakesOtherAgents() {
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
  void oneWhoSpeaksAlwaysDoesNotGetTwoTurns() {
    offer(update("chatty", "c1"));
    offer(update("quiet", "q1"));
    assertThat(names(List.of(queue.next(id -> false, id -> false)))).containsExactly("c1");
    offer(update("chatty", "c2"));
    offer(update("chatty", "c3"));
    assertThat(takeAll()).containsExactly("q1", "c3");
  }

  @Test
  void whoMustRestKeepsItsPlaceAndMaySendWhatIsKept() {
    offer(update("a", "a1"));
    offer(update("b", "b1"));
    offer(last("a", "A2"));
    offer(update("a", "a3"));
    assertThat(names(takeAll(Set.of(), Set.of("a")))).containsExactly("A2", "b1");
    assertThat(queue.hasWaiting()).isTrue();
    offer(update("b", "b2"));
    assertThat(takeAll()).containsExactly("a3", "b2");
  }

  @Test
  void whoIsBusySendsNothing() {
    offer(last("a", "A1"));
    offer(update("b", "b1"));
    assertThat(takeAll(Set.of("a", "b"), Set.of())).isEmpty();
    assertThat(takeAll()).containsExactly("A1", "b1");
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
    assertThat(queue.confirm(one.update(), new ArrayList<>())).contains(one);
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.oldestAge(10)).isEqualTo(-1);
  }

  @Test
  void anAgentWhoseKeptUpdateIsUnconfirmedHasNoTurn() {
    Publication end = last("a", "A1");
    queue.sent(end, 0);
    offer(last("a", "A2"));
    offer(update("a", "a3"));
    offer(update("b", "b1"));
    assertThat(takeAll()).containsExactly("b1");
    assertThat(queue.hasWaiting()).isFalse();
    assertThat(queue.isEmpty()).isFalse();
    assertThat(queue.confirm(end.update(), new ArrayList<>())).contains(end);
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
    assertThat(queue.confirm(end.update(), new ArrayList<>())).contains(end);
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
      assertThat(queue.confirm(end.update(), new ArrayList<>())).contains(end);
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
