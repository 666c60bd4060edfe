package io.agentcraft.client.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.error.MalformedMessageException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Messages beyond {@code maxMessageBytes}, on the wire: they never enter the memory as a whole. */
class MessageBoundTest {

  private static final int GIANT = 192 << 20;
  private static final long MOST_HEAP_GROWTH = 96 << 20;

  @Test
  void leavesOutAGiantAndGoesOn() {
    try (Bench bench = new Bench().connected()) {
      Thread sender = new Thread(() -> bench.server.faults().frames().giant(GIANT));
      long growth =
          heapGrowthUntil(sender, () -> !bench.errors.rest().isEmpty() && !sender.isAlive());
      bench.works();
      assertThat(growth).isLessThan(MOST_HEAP_GROWTH);
      assertThat(bench.errors.next("what was left out", error -> true))
          .isInstanceOf(MalformedMessageException.class)
          .hasMessageContaining(GIANT + " bytes")
          .hasMessageContaining("maxMessageBytes");
      assertThat(bench.errors.rest()).isEmpty();
      assertThat(bench.sockets.made()).isEqualTo(1);
    }
  }

  @Test
  void takesWhatIsJustWithinTheBound() {
    try (Bench bench = new Bench().connected()) {
      bench.server.faults().frames().giant(Bench.MOST_MESSAGE_BYTES);
      bench.works();
      assertThat(bench.errors.rest()).isEmpty();
    }
  }

  @Test
  void cutsAMessageThatGrowsBeyondTheBoundInFragments() {
    try (Bench bench = new Bench().connected()) {
      String large =
          "{\"type\":\"large\",\"filler\":\"" + "x".repeat(Bench.MOST_MESSAGE_BYTES) + "\"}";
      bench.server.faults().frames().fragmented(large, 16);
      bench.works();
      assertThat(bench.errors.next("what was left out", error -> true))
          .isInstanceOf(MalformedMessageException.class)
          .hasMessageContaining("maxMessageBytes");
      assertThat(bench.errors.next("what is left of it", error -> true))
          .isInstanceOf(MalformedMessageException.class);
      assertThat(bench.sockets.made()).isEqualTo(1);
    }
  }

  @Test
  void dropsTheConnectionOfABombAndConnectsAgain() {
    try (Bench bench = new Bench().connected()) {
      Thread sender = new Thread(() -> bench.server.faults().frames().compressedBomb(GIANT));
      long growth = heapGrowthUntil(sender, () -> !bench.states.rest().isEmpty());
      assertThat(growth).isLessThan(MOST_HEAP_GROWTH);
      ConnectionState lost = bench.states.next("the loss", state -> true);
      assertThat(lost.cause()).isInstanceOf(DisconnectCause.ConnectionLost.class);
      assertThat(lost.cause().description()).contains("maxMessageBytes");
      bench.time.advance(lost.nextDelay());
      bench.awaitConnected();
      bench.works();
    }
  }

  @Test
  void dropsTheConnectionOfASoundMessageThatWasCompressedAndIsTooLarge() {
    try (Bench bench = new Bench().connected()) {
      bench.server.sendRaw("{\"type\":\"large\",\"filler\":\"" + "x".repeat(2 << 20) + "\"}");
      ConnectionState lost = bench.states.next("the loss", state -> true);
      assertThat(lost.cause().description()).contains("maxMessageBytes");
      bench.time.advance(lost.nextDelay());
      bench.awaitConnected();
      bench.works();
    }
  }

  private static long heapGrowthUntil(Thread sender, BooleanSupplier end) {
    System.gc();
    long before = usedHeap();
    long[] most = {0};
    sender.start();
    Told.await("the client to be through with it", () -> {
      long growth = usedHeap() - before;
      if (growth >= MOST_HEAP_GROWTH) {
        // It may be what was only not collected yet.
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
