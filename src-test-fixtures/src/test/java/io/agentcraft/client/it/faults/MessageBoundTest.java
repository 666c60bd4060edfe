package io.agentcraft.client.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.it.Await;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Messages beyond {@code maxMessageBytes}, on the wire: they are never held in memory as a whole. */
class MessageBoundTest {

  private static final int GIANT = 192 << 20;
  private static final long MAX_HEAP_GROWTH = 96 << 20;

  @Test
  void leavesOutAGiantAndGoesOn() {
    try (Harness harness = new Harness().connected()) {
      Thread sender = new Thread(() -> harness.server.faults().frames().giant(GIANT));
      long growth =
          heapGrowthUntil(sender, () -> !harness.errors.rest().isEmpty() && !sender.isAlive());
      harness.works();
      assertThat(growth).isLessThan(MAX_HEAP_GROWTH);
      assertThat(harness.errors.next())
          .isInstanceOf(MalformedMessageException.class)
          .hasMessageContaining(GIANT + " bytes")
          .hasMessageContaining("maxMessageBytes");
      assertThat(harness.errors.rest()).isEmpty();
      assertThat(harness.sockets.count()).isEqualTo(1);
    }
  }

  @Test
  void takesWhatIsJustWithinTheBound() {
    try (Harness harness = new Harness().connected()) {
      harness.server.faults().frames().giant(Harness.MAX_MESSAGE_BYTES);
      harness.works();
      assertThat(harness.errors.rest()).isEmpty();
    }
  }

  @Test
  void leavesOutAMessageThatGrowsBeyondTheBoundInFragments() {
    try (Harness harness = new Harness().connected()) {
      String large =
          "{\"type\":\"large\",\"filler\":\"" + "x".repeat(Harness.MAX_MESSAGE_BYTES) + "\"}";
      harness.server.faults().frames().fragmented(large, 16);
      harness.works();
      assertThat(harness.errors.next())
          .isInstanceOf(MalformedMessageException.class)
          .hasMessageContaining("maxMessageBytes");
      assertThat(harness.errors.rest()).isEmpty();
      assertThat(harness.sockets.count()).isEqualTo(1);
    }
  }

  @Test
  void dropsTheConnectionOfABombAndConnectsAgain() {
    try (Harness harness = new Harness().connected()) {
      Thread sender = new Thread(() -> harness.server.faults().frames().compressedBomb(GIANT));
      long growth = heapGrowthUntil(sender, () -> !harness.states.rest().isEmpty());
      assertThat(growth).isLessThan(MAX_HEAP_GROWTH);
      ConnectionState lost = harness.states.next();
      assertThat(lost.cause()).isInstanceOf(DisconnectCause.ConnectionLost.class);
      assertThat(lost.cause().description()).contains("maxMessageBytes");
      harness.clock.advance(lost.nextDelay());
      harness.awaitConnected();
      harness.works();
    }
  }

  @Test
  void dropsTheConnectionOfASoundMessageThatWasCompressedAndIsTooLarge() {
    try (Harness harness = new Harness().connected()) {
      harness.server.sendRaw("{\"type\":\"large\",\"filler\":\"" + "x".repeat(2 << 20) + "\"}");
      ConnectionState lost = harness.states.next();
      assertThat(lost.cause().description()).contains("maxMessageBytes");
      harness.clock.advance(lost.nextDelay());
      harness.awaitConnected();
      harness.works();
    }
  }

  private static long heapGrowthUntil(Thread sender, BooleanSupplier end) {
    System.gc();
    long before = usedHeap();
    long[] most = {0};
    sender.start();
    Await.until("the client to have handled it", () -> {
      long growth = usedHeap() - before;
      if (growth >= MAX_HEAP_GROWTH) {
        // It may be garbage that was not collected yet.
        System.gc();
        growth = usedHeap() - before;
      }
      most[0] = Math.max(most[0], growth);
      return end.getAsBoolean();
    });
    return most[0];
  }

  private static long usedHeap() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
