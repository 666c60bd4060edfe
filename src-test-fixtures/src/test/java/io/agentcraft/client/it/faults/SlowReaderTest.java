package io.agentcraft.client.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.error.SendRejectedException;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.listener.OverflowStrategy;
import io.agentcraft.client.message.UnknownMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A server that reads nothing, until the client has no room left for what it sends. */
class SlowReaderTest {

  @Test
  void aServerThatReadsNothingFillsTheQueueButLosesNoAcceptedFrame() {
    try (Harness harness = new Harness(
            options -> options.framesPerMinute(AgentCraftClientBuilder.UNLIMITED_FRAMES))
        .connected()) {
      harness.server.faults().wire().stopReading();
      UnknownMessage large = new UnknownMessage(
          "large", "{\"type\":\"large\",\"filler\":\"" + incompressible(1 << 20) + "\"}");
      List<CompletableFuture<Void>> accepted = new ArrayList<>();
      CompletableFuture<Void> last = harness.client.send(large);
      while (!isRejected(last)) {
        accepted.add(last);
        assertThat(accepted).as("frames that found room").hasSizeLessThan(100);
        last = harness.client.send(large);
      }
      assertThat(accepted).hasSizeGreaterThanOrEqualTo(15);
      assertThat(harness.client.connectionState().isConnected()).isTrue();

      harness.server.faults().wire().heal();
      Await.until(
          "all accepted frames",
          () -> harness.server.receivedFrames().stream()
                  .filter(frame -> frame.isType("large"))
                  .count()
              == accepted.size());
      harness.works();
      assertThat(harness.states.rest()).isEmpty();
    }
  }

  @Test
  void faultsHappenAndEndWhileAClientReadsNothing() {
    CountDownLatch released = new CountDownLatch(1);
    try (Harness harness =
        new Harness(options -> options.callbackQueue(1, OverflowStrategy.BLOCK)).connected()) {
      harness.client.onUnknownMessage(message -> Await.latch(released));
      String large = "{\"type\":\"large\",\"filler\":\"" + incompressible(1 << 18) + "\"}";
      for (int i = 0; i < 40; i++) {
        harness.server.sendRaw(large);
      }
      // Each of them fails if the server's loop waits for the client.
      harness.server.faults().wire().latency(Duration.ofMillis(1));
      harness.server.faults().frames().garbage();
      harness.server.faults().frames().giant(32 << 20);
      harness.server.faults().wire().halfOpen();
      harness.server.faults().healAll();
      assertThat(harness.server.openConnections()).hasSize(1);
      harness.server.faults().cutConnections();
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

  private static boolean isRejected(CompletableFuture<Void> sent) {
    Await.until("the end of a send", sent::isDone);
    if (sent.isCompletedExceptionally()) {
      Await.failure(sent, SendRejectedException.class);
    }
    return sent.isCompletedExceptionally();
  }
}
