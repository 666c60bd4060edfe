package io.agentcraft.client.internal.publish;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.internal.transport.Link;
import io.agentcraft.client.message.AgentStatusUpdate;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** A server at the end of a way that takes up to 3 s, loses relays, cuts sockets and fails posts. */
final class SimulatedServer implements Broadcasts {

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final long MOST_JITTER = Duration.ofSeconds(3).toNanos();
  private static final int MOST_FAILURES_IN_A_ROW = 3;

  /** What the server saw of each agent, in the order in which it came. */
  final Map<String, List<String>> seen = new LinkedHashMap<>();

  final boolean relays;
  int dropped;
  boolean calm;
  private final Bench bench;
  private final Random random;
  private int failuresInARow;

  SimulatedServer(Bench bench, Random random, boolean relays) {
    this.bench = bench;
    this.random = random;
    this.relays = relays;
  }

  /** A socket: frames arrive in order, and none after the cut. */
  final class Socket implements Link {

    private final Deque<Long> counted = new ArrayDeque<>();
    private final long openedAt = bench.time.nanoTime();
    private long lastArrival;
    private boolean cut;

    @Override
    public boolean send(String text) {
      long now = bench.time.nanoTime() - openedAt;
      lastArrival = Math.max(lastArrival, now + jitter());
      bench.time.schedule(Duration.ofNanos(lastArrival - now), () -> arrived(text));
      return !cut;
    }

    @Override
    public long queuedBytes() {
      return 0;
    }

    @Override
    public void close(int code) {
      cut = true;
    }

    @Override
    public void cancel() {
      cut = true;
    }

    private void arrived(String text) {
      if (cut) {
        return;
      }
      long now = bench.time.nanoTime() - openedAt;
      while (!counted.isEmpty() && now - counted.peekFirst() >= MINUTE) {
        counted.removeFirst();
      }
      if (counted.size() == 60) {
        dropped++;
        return;
      }
      counted.addLast(now);
      if (bench.codec.decodeClient(text) instanceof AgentStatusUpdate update && relays) {
        see(update);
        if (calm || random.nextInt(4) > 0) {
          bench.time.schedule(Duration.ofNanos(jitter() / 3), () -> relayed(text));
        }
      }
    }

    private void relayed(String text) {
      if (!cut) {
        bench.relay(text);
      }
    }
  }

  @Override
  public void post(String json, Consumer<Result> onResult) {
    boolean fails = !calm && random.nextInt(3) == 0 && failuresInARow < MOST_FAILURES_IN_A_ROW;
    failuresInARow = fails ? failuresInARow + 1 : 0;
    boolean arrives = !fails || random.nextBoolean();
    bench.time.schedule(Duration.ofNanos(jitter()), () -> {
      if (arrives && bench.codec.decodeClient(json) instanceof AgentStatusUpdate update) {
        see(update);
      }
      IOException error = new IOException("simulated");
      onResult.accept(
          fails
              ? new Result.Failed(new DisconnectCause.ConnectionLost(error), error)
              : new Result.Delivered());
    });
  }

  private void see(AgentStatusUpdate update) {
    seen.computeIfAbsent(update.agentId(), id -> new ArrayList<>()).add(update.message());
  }

  private long jitter() {
    return calm ? 1_000_000 : (long) (random.nextDouble() * MOST_JITTER);
  }
}
