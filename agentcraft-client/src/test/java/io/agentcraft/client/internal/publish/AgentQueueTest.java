package io.agentcraft.client.internal.publish;

import static io.agentcraft.client.internal.publish.Publications.last;
import static io.agentcraft.client.internal.publish.Publications.names;
import static io.agentcraft.client.internal.publish.Publications.update;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentQueueTest {

  private final AgentQueue queue = new AgentQueue("a");
  private final Map<String, Publication> offered = new HashMap<>();
  private final List<Publication> sent = new ArrayList<>();
  private final List<Publication> confirmed = new ArrayList<>();
  private final List<Publication> superseded = new ArrayList<>();

  /** Offers updates named after their kind: u may be replaced, F is kept. */
  private List<String> offer(String... messages) {
    List<Publication> replaced = new ArrayList<>();
    for (String message : messages) {
      Publication next = message.startsWith("F") ? last("a", message) : update("a", message);
      offered.put(message, next);
      queue.offer(next, replaced);
    }
    superseded.addAll(replaced);
    return names(replaced);
  }

  private List<String> takeAll() {
    List<Publication> taken = new ArrayList<>();
    for (Publication next = queue.take(); next != null; next = queue.take()) {
      taken.add(next);
    }
    return names(taken);
  }

  private void send(long at) {
    for (Publication next = queue.take(); next != null; next = queue.take()) {
      queue.sent(next, at);
      sent.add(next);
    }
  }

  private Optional<Publication> relay(Publication publication) {
    Optional<Publication> match = queue.confirm(Publications.update(publication), superseded);
    match.ifPresent(confirmed::add);
    return match;
  }

  /**
   * Does what a script says: the name of an update offers it, {@code >} sends what may be sent, {@code r:NAME} is a relay,
   * {@code cut} takes back what was sent, {@code late} does so because relays are overdue.
   */
  private void play(String script) {
    for (String step : script.split(" ", -1)) {
      switch (step) {
        case ">" -> send(0);
        case "cut" -> superseded.addAll(queue.takeBack());
        case "late" -> superseded.addAll(queue.takeBackOverdue(5, 5));
        default -> {
          if (step.startsWith("r:")) {
            relay(Objects.requireNonNull(offered.get(step.substring(2))));
          } else {
            offer(step);
          }
        }
      }
    }
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
    assertThat(String.join(" ", takeAll())).isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource({
    // What happens, what is sent, what is confirmed, what is superseded.
    "u1 > u2 > u3 >,               u1 u2 u3, '',    ''",
    "u1 > u2 > r:u1 r:u2,          u1 u2,    u1 u2, ''",
    "u1 > u2 > r:u2 r:u1,          u1 u2,    u2,    u1",
    "F1 > u2 > F3 >,               F1,       '',    u2",
    "F1 > u2 > r:F1 >,             F1 u2,    F1,    ''",
    "F1 > F2 > r:F1 > r:F2 >,      F1 F2,    F1 F2, ''",
    "u1 > F2 > u3 >,               u1 F2,    '',    ''",
    "u1 > F2 > u3 > r:u1 >,        u1 F2,    u1,    ''",
    "u1 > F2 > u3 > r:F2 >,        u1 F2 u3, F2,    u1"
  })
  void nothingIsSentBehindAKeptUpdateBeforeItIsConfirmed(
      String script, String sent, String confirmed, String superseded) {
    play(script);
    assertPlayed(sent, confirmed, superseded);
  }

  @ParameterizedTest
  @CsvSource({
    "u1 > cut >,                   u1 u1,       '',    ''",
    "u1 > u2 cut >,                u1 u2,       '',    u1",
    "u1 > u2 > cut >,              u1 u2 u2,    '',    u1",
    "u1 > u2 > u3 cut >,           u1 u2 u3,    '',    u1 u2",
    "u1 > F2 cut >,                u1 F2,       '',    u1",
    "u1 > F2 > u3 cut > r:F2 >,    u1 F2 F2 u3, F2,    u1",
    "F1 > u2 cut > r:F1 >,         F1 F1 u2,    F1,    ''",
    "F1 > F2 cut > r:F1 >,         F1 F1 F2,    F1,    ''",
    "F1 > F2 u3 cut > cut > r:F1 > r:F2 >, F1 F1 F1 F2 u3, F1 F2, ''",
    "F1 > r:F1 u2 > cut >,         F1 u2 u2,    F1,    ''"
  })
  void afterACutOnlyTheLastThatWasSentIsSentAgain(
      String script, String sent, String confirmed, String superseded) {
    play(script);
    assertPlayed(sent, confirmed, superseded);
  }

  @ParameterizedTest
  @CsvSource({
    "u1 > late >,                  u1 u1,    '', ''",
    "u1 > u2 > late >,             u1 u2 u2, '', u1",
    "u1 > u2 late >,               u1 u2,    '', u1",
    "F1 > u2 late > r:F1 >,        F1 F1 u2, F1, ''",
    // The relay comes after all: before it is sent again,
    "u1 > late r:u1 >,             u1,       u1, ''",
    "F1 > u2 late r:F1 >,          F1 u2,    F1, ''",
    "F1 > F2 late r:F1 > r:F2,     F1 F2,    F1 F2, ''",
    "u1 > u2 late r:u1 >,          u1 u2,    '', u1",
    // or after that, and then once more.
    "F1 > late > u2 r:F1 > r:F1,   F1 F1 u2, F1, ''",
    "u1 > u2 > late > r:u1 r:u2 >, u1 u2 u2, u2, u1",
    // A cut ends the waiting for it.
    "F1 > late > cut > r:F1 r:F1,  F1 F1 F1, F1, ''"
  })
  void whatIsOverdueIsSentAgainUnlessItsRelayComesAfterAll(
      String script, String sent, String confirmed, String superseded) {
    play(script);
    assertPlayed(sent, confirmed, superseded);
  }

  private void assertPlayed(String sent, String confirmed, String superseded) {
    assertThat(String.join(" ", names(this.sent))).isEqualTo(sent);
    assertThat(String.join(" ", names(this.confirmed))).isEqualTo(confirmed);
    assertThat(String.join(" ", names(this.superseded))).isEqualTo(superseded);
  }

  @Test
  void onlyWhatIsOldEnoughIsOverdue() {
    offer("u1");
    send(10);
    offer("u2");
    send(14);
    assertThat(queue.takeBackOverdue(5, 14)).isEmpty();
    assertThat(names(queue.takeBackOverdue(5, 15))).containsExactly("u1");
    assertThat(takeAll()).isEmpty();
    assertThat(queue.oldestAge(15)).isEqualTo(1);
    assertThat(queue.takeBackOverdue(5, 19)).isEmpty();
    assertThat(takeAll()).containsExactly("u2");
  }

  @Test
  void theRelayOfAnEarlierCopyConfirmsNoNewerUpdateThatSaysTheSame() {
    Publication one = last("a", "same");
    Publication two = last("a", "same");
    queue.offer(one, superseded);
    play("> late >");
    queue.offer(two, superseded);
    assertThat(relay(one)).containsSame(one);
    offer("u3");
    send(0);
    assertThat(sent).containsExactly(one, one, two);
    // What comes now is the relay of the second copy.
    assertThat(relay(one)).isEmpty();
    assertThat(queue.hasSent()).isTrue();
    assertThat(relay(two)).containsSame(two);
    assertThat(queue.hasSent()).isFalse();
  }

  @Test
  void anEarlierCopyIsNotExpectedForEver() {
    Publication one = last("a", "same");
    Publication two = last("a", "same");
    queue.offer(one, superseded);
    play("> late >");
    assertThat(relay(one)).containsSame(one);
    queue.forgetOverdue(15, 14);
    assertThat(queue.hasOverdue()).isTrue();
    queue.forgetOverdue(15, 15);
    assertThat(queue.hasOverdue()).isFalse();
    queue.offer(two, superseded);
    send(15);
    assertThat(relay(two)).containsSame(two);
  }

  /** A server that changes what it relays confirms nothing, but has it. */
  @Test
  void aKeptUpdateThatIsNeverConfirmedDoesNotHoldBackNewerOnesForEver() {
    offer("F1");
    send(0);
    offer("u2");
    for (int tries = 1; tries < AgentQueue.MAX_ATTEMPTS; tries++) {
      assertThat(queue.takeBackOverdue(5, 5)).isEmpty();
      queue.forgetOverdue(5, 5);
      send(0);
    }
    assertThat(names(sent)).containsOnly("F1").hasSize(AgentQueue.MAX_ATTEMPTS);
    assertThat(names(queue.takeBackOverdue(5, 5))).containsExactly("F1");
    assertThat(takeAll()).containsExactly("u2");
  }

  @Test
  void aCutLetsTheTriesBeginAnewAndWithNothingNewerTheyNeverEnd() {
    offer("F1");
    send(0);
    for (int tries = 0; tries < 3 * AgentQueue.MAX_ATTEMPTS; tries++) {
      assertThat(queue.takeBackOverdue(5, 5)).isEmpty();
      send(0);
    }
    offer("u2");
    assertThat(queue.takeBack()).isEmpty();
    send(0);
    assertThat(queue.takeBackOverdue(5, 5)).isEmpty();
    assertThat(takeAll()).containsExactly("F1", "u2");
  }

  @Test
  void whatIsGivenBackIsNextAgain() {
    offer("F1", "F2", "u3");
    Publication first = Objects.requireNonNull(queue.take());
    assertThat(queue.giveBack(first)).isEmpty();
    assertThat(takeAll()).containsExactly("F1", "F2", "u3");
  }

  @Test
  void ofTwoAlikeTheOlderIsConfirmedFirst() {
    Publication one = update("a", "same");
    Publication two = update("a", "same");
    queue.sent(one, 1);
    queue.sent(two, 2);
    assertThat(relay(two)).containsSame(one);
    assertThat(relay(two)).containsSame(two);
  }

  @Test
  void somebodyElsesRelayConfirmsNothing() {
    offer("u1");
    send(0);
    assertThat(relay(update("a", "other"))).isEmpty();
    assertThat(queue.hasSent()).isTrue();
  }

  @Test
  void tooManyKeptLoseTheOldest() {
    for (int i = 0; i < AgentQueue.MAX_REQUIRED; i++) {
      assertThat(offer("F" + i)).isEmpty();
    }
    assertThat(offer("F-new")).containsExactly("F0");
    Publication oldest = Objects.requireNonNull(queue.take());
    assertThat(offer("F-newer")).isEmpty();
    assertThat(names(queue.giveBack(oldest))).containsExactly("F1");
  }

  @Test
  void agesAreDifferencesThatOutliveTheClocksOverflow() {
    assertThat(queue.oldestAge(5)).isEqualTo(-1);
    queue.sent(update("a", "u1"), Long.MAX_VALUE - 1);
    assertThat(queue.oldestAge(Long.MIN_VALUE + 8)).isEqualTo(10);
    assertThat(queue.takeBackOverdue(11, Long.MIN_VALUE + 8)).isEmpty();
    assertThat(queue.hasSent()).isTrue();
    assertThat(queue.takeBackOverdue(10, Long.MIN_VALUE + 8)).isEmpty();
    assertThat(queue.hasSent()).isFalse();
    queue.forgetOverdue(11, Long.MIN_VALUE + 8);
    assertThat(queue.hasOverdue()).isTrue();
    queue.forgetOverdue(10, Long.MIN_VALUE + 8);
    assertThat(queue.hasOverdue()).isFalse();
  }

  @Test
  void drainsInTimeOrder() {
    offer("F1");
    send(0);
    offer("F2", "u3");
    assertThat(names(queue.drain())).containsExactly("F1", "F2", "u3");
    assertThat(queue.isEmpty()).isTrue();
    assertThat(takeAll()).isEmpty();
  }
}
