package io.agentcraft.client.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.error.SendRejectedException;
import io.agentcraft.client.listener.OverflowStrategy;
import io.agentcraft.client.message.UnknownMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A server that reads nothing, until the client has no room left for what it wants to say. */
class SlowReaderTest {

  @Test
  void aServerThatReadsNothingFillsTheQueueButLosesNoFrameThatWasTaken() throws Exception {
    try (Bench bench = new Bench(
            options -> options.framesPerMinute(AgentCraftClientBuilder.UNLIMITED_FRAMES))
        .connected()) {
      bench.server.faults().wire().stopReading();
      UnknownMessage large = new UnknownMessage(
          "large", "{\"type\":\"large\",\"filler\":\"" + incompressible(1 << 20) + "\"}");
      List<CompletableFuture<Void>> taken = new ArrayList<>();
      CompletableFuture<Void> last = bench.client.send(large);
      while (!isRejected(last)) {
        taken.add(last);
        assertThat(taken).as("frames that found room").hasSizeLessThan(100);
        last = bench.client.send(large);
      }
      assertThat(taken).hasSizeGreaterThanOrEqualTo(15);
      assertThat(bench.client.connectionState().isConnected()).isTrue();

      bench.server.faults().wire().heal();
      Told.await(
          "all that was taken",
          () -> bench.server.receivedFrames().stream()
                  .filter(frame -> frame.isType("large"))
                  .count()
              == taken.size());
      bench.works();
      assertThat(bench.states.rest()).isEmpty();
    }
  }

  @Test
  void faultsStrikeAndHealWhileAClientReadsNothing() {
    CountDownLatch released = new CountDownLatch(1);
    try (Bench bench =
        new Bench(options -> options.callbackQueue(1, OverflowStrategy.BLOCK)).connected()) {
      bench.client.onUnknownMessage(message -> {
        try {
          released.await();
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
        }
      });
      String large = "{\"type\":\"large\",\"filler\":\"" + incompressible(1 << 18) + "\"}";
      for (int i = 0; i < 40; i++) {
        bench.server.sendRaw(large);
      }
      // Each of them fails if the server's loop waits for the client.
      bench.server.faults().wire().latency(Duration.ofMillis(1));
      bench.server.faults().frames().garbage();
      bench.server.faults().frames().giant(32 << 20);
      bench.server.faults().wire().halfOpen();
      bench.server.faults().healAll();
      assertThat(bench.server.clients()).hasSize(1);
      bench.server.faults().cutConnections();
      released.countDown();
    }
  }

  private static String incompressible(int length) {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) random.nextInt('a', 'z' + 1));
    }
    return text.toString();
  }

  private static boolean isRejected(CompletableFuture<Void> sent) throws Exception {
    try {
      sent.get(Told.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return false;
    } catch (ExecutionException failed) {
      assertThat(failed.getCause()).isInstanceOf(SendRejectedException.class);
      return true;
    }
  }
}
