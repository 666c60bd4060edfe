package io.agentcraft.client.internal.publish;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.internal.transport.Transport;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ServerMessage;
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
import org.jspecify.annotations.Nullable;

/** A server at the end of a long way, that loses relays, cuts sockets and fails posts. */
final class SimulatedServer implements Broadcasts {

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final int MOST_FAILURES_IN_A_ROW = 3;

  /** What it does with updates that come over a socket. */
  enum Manner {
    /** Hears and relays them, but for a few relays that are lost. */
    RELAYS,
    /** Hears them, and its relays are lost. */
    HEARS,
    IGNORES
  }

  /** The numbers of the updates that the server heard of each agent, in the order in which they came. */
  final Map<String, List<Integer>> heard = new LinkedHashMap<>();

  /** Is given what the server sends to all clients, in order. */
  Consumer<ServerMessage> reader = message -> {};

  /** What was refused for good. */
  final List<ServerMessage> refused = new ArrayList<>();

  Manner manner;
  Endpoint endpoint = Endpoint.UNKNOWN;
  boolean refuses;
  boolean hasRelayed;
  int dropped;
  boolean calm;
  private final Bench bench;
  private final Random random;
  private final long mostJitter;
  private int failuresInARow;
  private @Nullable Socket newest;

  /**
   * Makes a server.
   *
   * @param longestWay how long a frame or a post is on its way at most
   */
  SimulatedServer(Bench bench, Random random, Manner manner, Duration longestWay) {
    this.bench = bench;
    this.random = random;
    this.manner = manner;
    this.mostJitter = longestWay.toNanos();
  }

  /** A socket: frames arrive in order, and none after the cut. */
  final class Socket implements Transport.Socket {

    private final Deque<Long> counted = new ArrayDeque<>();
    private final long openedAt = bench.time.nanoTime();
    private long lastArrival;
    private long lastReturn;
    private boolean cut;

    Socket() {
      newest = this;
    }

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
      if (bench.codec.decodeClient(text) instanceof AgentStatusUpdate update
          && manner != Manner.IGNORES) {
        hear(update);
        if (manner == Manner.RELAYS) {
          sendBack(text);
        }
      }
    }

    private void sendBack(String text) {
      long now = bench.time.nanoTime() - openedAt;
      if (calm || random.nextInt(4) > 0) {
        lastReturn = Math.max(lastReturn, now + jitter() / 3);
        bench.time.schedule(Duration.ofNanos(lastReturn - now), () -> cameBack(text));
      }
    }

    private void cameBack(String text) {
      if (!cut) {
        hasRelayed = true;
        bench.relay(text);
      }
    }
  }

  @Override
  public String url() {
    return FakeBroadcasts.URL;
  }

  @Override
  public void probe(Consumer<Endpoint> onFound) {
    onFound.accept(endpoint);
  }

  @Override
  public void post(String json, Consumer<Result> onResult) {
    ServerMessage message = bench.codec.decodeServer(json);
    if (refuses && !calm && random.nextInt(10) == 0) {
      refused.add(message);
      Result result =
          random.nextBoolean() ? new Result.Refused("simulated") : FakeBroadcasts.status(422, null);
      bench.time.schedule(Duration.ofNanos(jitter()), () -> onResult.accept(result));
      return;
    }
    boolean fails = !calm && random.nextInt(3) == 0 && failuresInARow < MOST_FAILURES_IN_A_ROW;
    failuresInARow = fails ? failuresInARow + 1 : 0;
    boolean arrives = !fails || random.nextBoolean();
    bench.time.schedule(Duration.ofNanos(jitter() / 2), () -> {
      if (arrives) {
        hear(message);
        if (newest != null && manner != Manner.HEARS) {
          newest.sendBack(json);
        }
      }
      IOException error = new IOException("simulated");
      Result result = fails
          ? new Result.Failed(new DisconnectCause.ConnectionLost(error), error)
          : new Result.Delivered();
      bench.time.schedule(Duration.ofNanos(jitter() / 2), () -> onResult.accept(result));
    });
  }

  private void hear(ServerMessage message) {
    reader.accept(message);
    if (message instanceof AgentStatusUpdate update
        && update.metadata().get("number") instanceof Number number) {
      heard.computeIfAbsent(update.agentId(), id -> new ArrayList<>()).add(number.intValue());
    }
  }

  private long jitter() {
    return calm ? 1_000_000 : (long) (random.nextDouble() * mostJitter);
  }
}
