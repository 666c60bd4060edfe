package io.agentcraft.client.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.connection.DisconnectCause;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A token provider is user code: slow, broken or late. */
class LoopTokenTest {

  private final Deque<CompletableFuture<String>> asked = new ArrayDeque<>();
  private final LoopFixture loop = new LoopFixture(() -> {
    CompletableFuture<String> token = new CompletableFuture<>();
    asked.add(token);
    return token;
  });

  @Test
  void everyAttemptHasATokenOfItsOwn() {
    loop.scheduler.execute(loop.loop::connect);
    asked.getLast().complete("one");
    assertThat(loop.transport.newest().headers).containsEntry("Authorization", "Bearer one");
    loop.transport.newest().ends(MachineDriver.refused(401));
    loop.scheduler.advance(Duration.ofSeconds(2));
    asked.getLast().complete("two");

    assertThat(loop.transport.newest().headers).containsEntry("Authorization", "Bearer two");
  }

  @Test
  void aProviderThatFailsIsAFailedAttemptAndItsOwnErrorIsTheCause() {
    loop.scheduler.execute(loop.loop::connect);
    asked.getLast().completeExceptionally(new IOException("secret"));

    assertThat(loop.loop.state().cause())
        .isInstanceOfSatisfying(
            DisconnectCause.TokenUnavailable.class,
            cause -> assertThat(cause.error()).isInstanceOf(IOException.class));
    assertThat(description(loop)).contains("IOException").doesNotContain("secret");
    assertThat(loop.scheduler.pendingTimers()).isEqualTo(1);
  }

  @Test
  @SuppressWarnings("NullAway") // What a provider written without nullness checks may return.
  void aNullTokenAProviderThatReturnsNullAndOneThatThrowsAreFailedAttempts() {
    loop.scheduler.execute(loop.loop::connect);
    asked.getLast().complete(null);
    assertThat(loop.heard).endsWith("RECONNECTING 1");

    LoopFixture returnsNull = new LoopFixture(() -> null);
    returnsNull.scheduler.execute(returnsNull.loop::connect);
    assertThat(returnsNull.heard).endsWith("RECONNECTING 1");

    LoopFixture throwing = new LoopFixture(() -> {
      throw new IllegalStateException("broken");
    });
    throwing.scheduler.execute(throwing.loop::connect);
    assertThat(throwing.heard).endsWith("RECONNECTING 1");
    assertThat(description(throwing)).contains("IllegalStateException");
  }

  @Test
  void aSlowProviderIsBoundByTheHandshakeTimeoutAndItsLateTokenIsNotUsed() {
    loop.scheduler.execute(loop.loop::connect);
    loop.scheduler.advance(Duration.ofSeconds(15));
    assertThat(loop.heard).endsWith("RECONNECTING 1");
    CompletableFuture<String> late = asked.getLast();
    loop.scheduler.advance(Duration.ofSeconds(2));

    late.complete("late");

    assertThat(loop.transport.sockets).isEmpty();
    asked.getLast().complete("fresh");
    assertThat(loop.transport.sockets).hasSize(1);
  }

  @Test
  void aTokenThatComesAfterCloseOpensNoSocket() {
    loop.scheduler.execute(loop.loop::connect);
    loop.scheduler.execute(loop.loop::close);

    asked.getLast().complete("late");

    assertThat(loop.transport.sockets).isEmpty();
    assertThat(loop.heard).endsWith("CLOSED", "closed");
    assertThat(loop.scheduler.pendingTimers()).isZero();
  }

  private static String description(LoopFixture loop) {
    return Objects.requireNonNull(loop.loop.state().cause()).description();
  }
}
