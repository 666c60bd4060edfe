package io.agentcraft.client.internal.publish;

import static io.agentcraft.client.internal.publish.Publications.last;
import static io.agentcraft.client.internal.publish.Publications.names;
import static io.agentcraft.client.internal.publish.Publications.update;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentSlotTest {

  private final AgentSlot slot = new AgentSlot();

  /** Offers updates named after their kind: u may be replaced, F is kept. */
  private List<String> offer(String... messages) {
    List<String> superseded = new ArrayList<>();
    for (String message : messages) {
      Publication next = message.startsWith("F") ? last("a", message) : update("a", message);
      List<Publication> replaced = new ArrayList<>();
      slot.offer(next, replaced);
      superseded.addAll(names(replaced));
    }
    return superseded;
  }

  private List<Publication> sendAll() {
    List<Publication> sent = new ArrayList<>();
    for (Publication next = slot.take(); next != null; next = slot.take()) {
      slot.sent(next, sent.size());
      sent.add(next);
    }
    return sent;
  }

  @ParameterizedTest
  @CsvSource({
    "u1,             u1,       ''",
    "u1 u2 u3,       u3,       u1 u2",
    "u1 F2,          F2,       u1",
    "F1 u2,          F1 u2,    ''",
    "F1 u2 F3 u4 u5, F1 F3 u5, u2 u4",
    "F1 F2 F3,       F1 F2 F3, ''"
  })
  void theNewestWinsAndWhatIsKeptStays(String offered, String taken, String superseded) {
    assertThat(String.join(" ", offer(offered.split(" ")))).isEqualTo(superseded);
    assertThat(String.join(" ", names(sendAll()))).isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource({
    // What was sent, what came since, what is sent again, what is superseded.
    "u1,       '',    u1,          ''",
    "u1,       u2,    u2,          u1",
    "u1,       F2,    F2,          u1",
    "F1,       u2,    F1 u2,       ''",
    "F1,       F2,    F1 F2,       ''",
    "F1 F2 u3, u4,    F1 F2 u4,    u3",
    "F1 u2,    F3 u4, F1 F3 u4,    u2"
  })
  void whatIsTakenBackKeepsItsPlace(String sent, String since, String again, String superseded) {
    offer(sent.split(" "));
    sendAll();
    if (!since.isEmpty()) {
      offer(since.split(" "));
    }
    assertThat(String.join(" ", names(slot.takeBack()))).isEqualTo(superseded);
    assertThat(String.join(" ", names(sendAll()))).isEqualTo(again);
  }

  @Test
  void whatIsGivenBackIsNextAgain() {
    offer("F1", "F2", "u3");
    Publication first = Objects.requireNonNull(slot.take());
    assertThat(slot.giveBack(first)).isEmpty();
    assertThat(names(sendAll())).containsExactly("F1", "F2", "u3");
  }

  @Test
  void aRelayConfirmsOneAndMakesOlderOnesObsolete() {
    offer("F1", "F2", "u3");
    List<Publication> sent = sendAll();
    List<Publication> superseded = new ArrayList<>();
    assertThat(slot.confirm(sent.get(1).update(), superseded)).contains(sent.get(1));
    assertThat(names(superseded)).containsExactly("F1");
    assertThat(slot.confirm(sent.get(1).update(), superseded)).isEmpty();
    assertThat(slot.confirm(sent.get(2).update(), superseded)).contains(sent.get(2));
    assertThat(slot.isEmpty()).isTrue();
  }

  @Test
  void ofTwoAlikeTheOlderIsConfirmedFirst() {
    Publication one = last("a", "same");
    Publication two = last("a", "same");
    slot.sent(one, 1);
    slot.sent(two, 2);
    assertThat(slot.confirm(two.update(), new ArrayList<>())).containsSame(one);
    assertThat(slot.confirm(two.update(), new ArrayList<>())).containsSame(two);
  }

  @Test
  void somebodyElsesRelayConfirmsNothing() {
    offer("u1");
    sendAll();
    assertThat(slot.confirm(update("a", "other").update(), new ArrayList<>())).isEmpty();
    assertThat(slot.hasSent()).isTrue();
  }

  @Test
  void tooManyKeptLoseTheOldest() {
    for (int i = 0; i < AgentSlot.MOST_KEPT; i++) {
      assertThat(offer("F" + i)).isEmpty();
    }
    assertThat(offer("F-new")).containsExactly("F0");
    Publication oldest = Objects.requireNonNull(slot.take());
    assertThat(offer("F-newer")).isEmpty();
    assertThat(names(slot.giveBack(oldest))).containsExactly("F1");
  }

  @Test
  void agesAreDifferencesThatOutliveTheClocksOverflow() {
    assertThat(slot.oldestAge(5)).isEqualTo(-1);
    slot.sent(update("a", "u1"), Long.MAX_VALUE - 1);
    assertThat(slot.oldestAge(Long.MIN_VALUE + 8)).isEqualTo(10);
  }

  @Test
  void drainsInTimeOrder() {
    offer("F1");
    sendAll();
    offer("F2", "u3");
    assertThat(names(slot.drain())).containsExactly("F1", "F2", "u3");
    assertThat(slot.isEmpty()).isTrue();
  }
}
