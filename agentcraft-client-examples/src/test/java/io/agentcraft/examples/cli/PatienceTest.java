package io.agentcraft.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.DisconnectCause.HandshakeRefused;
import io.agentcraft.client.connection.ReconnectPolicy;
import io.agentcraft.client.connection.ReconnectPolicy.Decision;
import io.agentcraft.client.publish.PublishTransport;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PatienceTest {

  private static final DisconnectCause CLOSED =
      new DisconnectCause.ConnectionLost(new ConnectException("refused"));

  private final List<String> told = new ArrayList<>();
  private Duration now = Duration.ofDays(1);

  /** The whole of it, however long each attempt takes. */
  @ParameterizedTest
  @CsvSource({
    "AUTO, 0",
    "AUTO, 900",
    "AUTO, 2500",
    "WEBSOCKET, 0",
    "WEBSOCKET, 3000",
    "HTTP, 0",
    "HTTP, 5000"
  })
  void withoutAServerItEndsInTime(PublishTransport transport, long attemptMillis) throws Exception {
    Patience patience = patience(false, transport);
    Duration begin = now;
    patience.begin();
    int series = transport == PublishTransport.AUTO ? 2 : 1;
    for (int i = 0; i < series; i++) {
      attempts(patience, attemptMillis);
    }
    assertThat(now.minus(begin)).isLessThan(Duration.ofSeconds(15));
    assertThat(patience.failure())
        .startsWith("the connection failed: ConnectException: refused. Check that the server runs")
        .endsWith(" --wait waits for the server.");
    assertThat(await(patience, failed())).isTrue();
    assertThat(told.get(0)).startsWith("waiting     the connection failed: ConnectException");
    if (series == 2) {
      assertThat(told).anyMatch(line -> line.endsWith("refused; trying HTTP"));
    }
  }

  @ParameterizedTest
  @EnumSource(PublishTransport.class)
  void anAttemptThatHangsEndsInTimeToo(PublishTransport transport) throws Exception {
    Patience patience = patience(false, transport);
    patience.begin();
    now = now.plus(Patience.FOR_A_SERVER).plusMillis(1);
    assertThat(await(patience, new CompletableFuture<>())).isFalse();
    assertThat(patience.failure()).isEqualTo("there was no answer. --wait waits for the server.");
    assertThat(patience.handshakeTimeout()).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void aServerThatAsksForMorePatienceThanThereIsEndsItAtOnce() {
    Patience patience = patience(false, PublishTransport.WEBSOCKET);
    patience.begin();
    DisconnectCause busy =
        new HandshakeRefused(503, Duration.ofMinutes(2), "the server asks clients to wait");
    assertThat(decide(patience, busy, 1)).isInstanceOf(Decision.GiveUp.class);
    assertThat(patience.failure())
        .isEqualTo("the server asks clients to wait. --wait waits for the server.");
  }

  @Test
  void postsThatFailBesideAnOpenSocketAreNotTakenForIt() throws Exception {
    Patience patience = patience(false, PublishTransport.AUTO);
    patience.begin();
    patience.socketChanged(true);
    attempts(patience, 0);
    assertThat(patience.failure()).startsWith("the connection failed");
    assertThat(await(patience, failed())).isTrue();
    assertThat(told).isNotEmpty().noneMatch(line -> line.startsWith("no socket"));
  }

  @Test
  void whatIsFinalEndsItAtOnceAndWaitingIsNotAdvised() {
    Patience patience = patience(false, PublishTransport.HTTP);
    patience.begin();
    assertThat(decide(patience, new HandshakeRefused(401, null, "no token"), 1))
        .isInstanceOf(Decision.GiveUp.class);
    assertThat(patience.failure()).isEqualTo("no token.");
  }

  @ParameterizedTest
  @EnumSource(PublishTransport.class)
  void withWaitItNeverEnds(PublishTransport transport) throws Exception {
    Patience patience = patience(true, transport);
    patience.begin();
    for (int attempt = 1; attempt < 1_000; attempt++) {
      assertThat(decide(patience, CLOSED, attempt)).isInstanceOf(Decision.RetryAfter.class);
      now = now.plus(Duration.ofSeconds(30));
    }
    assertThat(await(patience, CompletableFuture.completedFuture("delivered"))).isTrue();
    assertThat(told).hasSize(999).last().asString().contains("; attempt 999 in 30.0 s");
    assertThat(patience.failure()).isNull();
  }

  /** The server's limit of frames may hold an update back for a minute. */
  @Test
  void whileThereIsAConnectionTheTimeDoesNotRun() throws Exception {
    Patience patience = patience(false, PublishTransport.AUTO);
    patience.begin();
    CompletableFuture<String> receipt = new CompletableFuture<>();
    int[] polls = {0};
    boolean ended = patience.await(
        receipt,
        () -> {
          now = now.plus(Duration.ofSeconds(10));
          if (++polls[0] == 6) {
            receipt.complete("delivered");
          }
          return true;
        },
        told::add);
    assertThat(ended).isTrue();
    assertThat(told).isEmpty();
  }

  @Test
  void betweenUpdatesItReconnectsInSilence() throws Exception {
    Patience patience = patience(false, PublishTransport.WEBSOCKET);
    patience.begin();
    assertThat(await(patience, CompletableFuture.completedFuture("delivered"))).isTrue();
    now = now.plus(Duration.ofHours(1));
    assertThat(decide(patience, CLOSED, 50)).isEqualTo(Decision.retryAfter(Duration.ofSeconds(2)));
    patience.begin();
    assertThat(await(patience, CompletableFuture.completedFuture("delivered"))).isTrue();
    assertThat(told).isEmpty();
    assertThat(patience.failure()).isNull();
  }

  /** Attempts, until the policy gives up. */
  private void attempts(Patience patience, long millis) {
    for (int attempt = 1; ; attempt++) {
      now = now.plusMillis(millis);
      if (!(decide(patience, CLOSED, attempt) instanceof Decision.RetryAfter retry)) {
        return;
      }
      now = now.plus(retry.delay());
    }
  }

  private boolean await(Patience patience, CompletableFuture<?> receipt) throws Exception {
    return patience.await(receipt, () -> false, told::add);
  }

  private static Decision decide(Patience patience, DisconnectCause cause, int attempt) {
    return patience.decide(new ReconnectPolicy.Context(cause, attempt, false));
  }

  private Patience patience(boolean endless, PublishTransport transport) {
    return new Patience(endless, transport, () -> now.toNanos());
  }

  private static CompletableFuture<?> failed() {
    return CompletableFuture.failedFuture(new IllegalStateException("failed"));
  }
}
