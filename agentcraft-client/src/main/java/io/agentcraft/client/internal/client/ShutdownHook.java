package io.agentcraft.client.internal.client;

import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.internal.connection.ConnectionFollower;
import io.agentcraft.client.internal.publish.Publishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Closes clients that have published when the JVM shuts down, after it has ended what they were at. There is one hook for
 * all of them, and none once they are closed. The daemon threads on which clients publish run on while hooks do.
 */
final class ShutdownHook {

  static final String REASON = "the process is shutting down";

  /** How much longer than the drain timeout it may take, and then how long a server has to answer close frames. */
  private static final Duration GRACE = Duration.ofMillis(500);

  // Guarded by this.
  private final Set<Member> members = new LinkedHashSet<>();
  private @Nullable Thread thread;

  /** A client that has published, until it is closed. */
  record Member(
      ShutdownHook hook, Publishers publishers, ClosingSequence closing, Duration drainTimeout)
      implements ConnectionFollower {

    @Override
    public void onClosed(AgentCraftException error) {
      hook.remove(this);
    }
  }

  synchronized void add(Member member) {
    if (members.add(member) && thread == null) {
      // It holds no class loader, thread locals or threads of whoever happened to publish first.
      Thread hook = new Thread(null, this::run, "agentcraft-shutdown", 0, false);
      hook.setContextClassLoader(ShutdownHook.class.getClassLoader());
      try {
        Runtime.getRuntime().addShutdownHook(hook);
        thread = hook;
      } catch (IllegalStateException shuttingDown) {
        // Too late for a hook: whoever publishes in a hook of their own has to close the client
        // there.
        members.clear();
      }
    }
  }

  synchronized void remove(Member member) {
    Thread hook = thread;
    if (members.remove(member) && members.isEmpty() && hook != null) {
      thread = null;
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException shuttingDown) {
        // The hook runs, and finds one client less.
      }
    }
  }

  /** Returns the registered hook; {@code null} if there is none. */
  synchronized @Nullable Thread thread() {
    return thread;
  }

  private synchronized List<Member> members() {
    return List.copyOf(members);
  }

  private void run() {
    List<Member> all = members();
    long start = System.nanoTime();
    List<CompletableFuture<Void>> closed = new ArrayList<>();
    for (Member member : all) {
      member.publishers().endAll(REASON);
      closed.add(member.closing().start());
    }
    for (Member member : all) {
      await(member.closing().drained(), start, member.drainTimeout().plus(GRACE));
    }
    long drained = System.nanoTime();
    closed.forEach(future -> await(future, drained, GRACE));
  }

  private static void await(CompletableFuture<Void> future, long since, Duration timeout) {
    try {
      future.get(since + timeout.toNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException stuck) {
      // A shutdown must not wait for a client that is stuck, for example in the listener that
      // called System.exit.
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("Closing never fails.", impossible);
    }
  }
}
