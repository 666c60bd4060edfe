package io.agentcraft.examples.soak;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The clients of a run, and what they counted together. */
final class Fleet implements AutoCloseable {

  /** Long, because only a client that is lost for good takes so long. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** If no client is connected within this time, none will be. */
  private static final Duration PATIENCE_FOR_THE_FIRST = Duration.ofSeconds(15);

  private final List<Member> members;
  private final Gate gate;

  private final LongAdder messages = new LongAdder();
  private final LongAdder reconnects = new LongAdder();
  private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();

  /** A reading of all counters. */
  record Counts(long messages, long reconnects, Map<String, Long> errors) {

    Counts {
      errors = Map.copyOf(errors);
    }

    long errorCount() {
      return errors.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  Fleet(int size, Supplier<AgentCraftClientBuilder> options, Gate gate) {
    this.gate = gate;
    this.members = IntStream.range(0, size)
        .mapToObj(index -> new Member(options.get().build()))
        .toList();
  }

  /** Connects all clients; returns {@code false} if not all were connected in time. */
  boolean connect() {
    List<Integer> before = mark();
    for (Member member : members) {
      var unused = member.client.connect();
    }
    var unused =
        gate.await(PATIENCE_FOR_THE_FIRST, () -> connected() > 0 || failed() == members.size());
    return connected() > 0 && awaitBack(before);
  }

  /** Returns why a client that is not connected lost its connection, or never had one. */
  Optional<DisconnectCause> trouble() {
    return members.stream()
        .filter(member -> !member.isConnected())
        .flatMap(member -> Optional.ofNullable(member.client.connectionState().cause()).stream())
        .findFirst();
  }

  /** Returns how often each client was connected so far. */
  List<Integer> mark() {
    return members.stream().map(member -> member.connects).toList();
  }

  /** Waits until each client is connected and has been so at least once since the mark. */
  boolean awaitBack(List<Integer> mark) {
    return gate.await(
        PATIENCE,
        () -> IntStream.range(0, members.size())
            .allMatch(
                i -> members.get(i).connects > mark.get(i) && members.get(i).isConnected()));
  }

  boolean awaitAllConnected() {
    return gate.await(PATIENCE, () -> connected() == members.size());
  }

  boolean awaitNoneConnected() {
    return gate.await(PATIENCE, () -> connected() == 0);
  }

  /** Sends a request from every client; returns {@code false} if not all were answered in time. */
  boolean askAll(String sessionId) {
    CompletableFuture<?> all = CompletableFuture.allOf(members.stream()
        .map(member -> counted(member.client.getSessionLogs(sessionId)))
        .toArray(CompletableFuture<?>[]::new));
    var unused = all.whenComplete((done, failure) -> gate.changed());
    return gate.await(PATIENCE, all::isDone);
  }

  /** Publishes from one client, without waiting for the receipt. */
  void publish(Random random) {
    Member member = members.get(random.nextInt(members.size()));
    var unused = counted(member
        .client
        .agent("soak-agent", "Soak agent")
        .processing(random.nextInt(100), "A word in passing")
        .toCompletableFuture());
  }

  long connected() {
    return members.stream().filter(Member::isConnected).count();
  }

  int size() {
    return members.size();
  }

  Counts counts() {
    Map<String, Long> byName = new TreeMap<>();
    errors.forEach((name, count) -> byName.put(name, count.sum()));
    return new Counts(messages.sum(), reconnects.sum(), byName);
  }

  /** Closes all clients at once, and waits for them. */
  @Override
  public void close() {
    List<CompletableFuture<Void>> closing =
        members.stream().map(member -> member.client.closeAsync()).toList();
    CompletableFuture.allOf(closing.toArray(CompletableFuture<?>[]::new)).join();
  }

  private long failed() {
    return members.stream()
        .filter(member -> member.status == ConnectionStatus.FAILED)
        .count();
  }

  private CompletableFuture<?> counted(CompletableFuture<?> future) {
    return future.handle((value, failure) -> {
      if (failure != null) {
        countError(failure);
      }
      return true;
    });
  }

  private void countError(Throwable error) {
    errors
        .computeIfAbsent(error.getClass().getSimpleName(), name -> new LongAdder())
        .increment();
  }

  /** One client. */
  private final class Member {

    private final AgentCraftClient client;
    // Written in the client's callbacks, which run one at a time.
    private volatile int connects;
    private volatile ConnectionStatus status = ConnectionStatus.DISCONNECTED;

    Member(AgentCraftClient client) {
      this.client = client;
      client.onMessage(message -> messages.increment());
      client.onError(Fleet.this::countError);
      client.onConnectionState(this::stateChanged);
    }

    boolean isConnected() {
      return status == ConnectionStatus.CONNECTED;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one callback at a time
    private void stateChanged(ConnectionState state) {
      status = state.status();
      if (isConnected()) {
        if (connects > 0) {
          reconnects.increment();
        }
        connects++;
      }
      gate.changed();
    }
  }
}
