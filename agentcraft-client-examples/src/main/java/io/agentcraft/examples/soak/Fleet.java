package io.agentcraft.examples.soak;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The clients of a run. */
final class Fleet implements AutoCloseable {

  /** Long, since nothing but a client that is lost for good takes so long. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Where nobody gets in within this time, nobody will. */
  private static final Duration FOR_THE_FIRST = Duration.ofSeconds(15);

  private final List<Member> members;
  private final Tallies tallies = new Tallies();
  private final Gate gate;

  Fleet(int size, Supplier<AgentCraftClientBuilder> options, Gate gate) {
    this.gate = gate;
    this.members = IntStream.range(0, size)
        .mapToObj(index -> new Member(options.get().build()))
        .toList();
  }

  /** Connects all; {@code false} if not all were connected in time. */
  boolean connect() {
    List<Integer> before = mark();
    for (Member member : members) {
      var unused = member.client.connect();
    }
    var unused = gate.await(FOR_THE_FIRST, () -> connected() > 0 || failed() == members.size());
    return connected() > 0 && awaitBack(before);
  }

  /** Why a client that is not connected lost its connection, or never had one. */
  Optional<DisconnectCause> trouble() {
    return members.stream()
        .filter(member -> !member.isConnected())
        .flatMap(member -> Optional.ofNullable(member.client.connectionState().cause()).stream())
        .findFirst();
  }

  /** How often each was connected so far. */
  List<Integer> mark() {
    return members.stream().map(member -> member.connects).toList();
  }

  /** Waits until each has been connected once more than then, and is so now. */
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

  /** Every client asks, and gets its answer; {@code false} if not all did in time. */
  boolean askAll(String sessionId) {
    CompletableFuture<?> all = CompletableFuture.allOf(members.stream()
        .map(member -> counted(member.client.getSessionLogs(sessionId)))
        .toArray(CompletableFuture<?>[]::new));
    var unused = all.whenComplete((done, failure) -> gate.changed());
    return gate.await(PATIENCE, all::isDone);
  }

  /** One client publishes, and nobody waits for the receipt. */
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

  private long failed() {
    return members.stream()
        .filter(member -> member.status == ConnectionStatus.FAILED)
        .count();
  }

  int size() {
    return members.size();
  }

  Tallies.Counts counts() {
    return tallies.counts();
  }

  /** Closes all at once, and waits for them. */
  @Override
  public void close() {
    List<CompletableFuture<Void>> closing =
        members.stream().map(member -> member.client.closeAsync()).toList();
    CompletableFuture.allOf(closing.toArray(CompletableFuture<?>[]::new)).join();
  }

  private CompletableFuture<?> counted(CompletableFuture<?> future) {
    return future.handle((value, failure) -> {
      if (failure != null) {
        tallies.error(failure);
      }
      return true;
    });
  }

  /** One client. */
  private final class Member {

    private final AgentCraftClient client;
    // Written in the client's callbacks, which come one at a time.
    private volatile int connects;
    private volatile ConnectionStatus status = ConnectionStatus.DISCONNECTED;

    Member(AgentCraftClient client) {
      this.client = client;
      client.onMessage(message -> tallies.message());
      client.onError(tallies::error);
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
          tallies.reconnect();
        }
        connects++;
      }
      gate.changed();
    }
  }
}
