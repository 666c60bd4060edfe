package io.agentcraft.client.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.message.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** What a client told its listeners, in order, with waits that have one generous limit. */
final class Told {

  private static final long PATIENCE_SECONDS = 20;

  private final BlockingQueue<ServerMessage> messages = new LinkedBlockingQueue<>();
  private final BlockingQueue<ConnectionState> states = new LinkedBlockingQueue<>();
  private final List<Object> passed = new ArrayList<>();

  Told(AgentCraftClient client) {
    client.onMessage(messages::add);
    client.onConnectionState(states::add);
  }

  /** Takes the next message of this type, passing over others. */
  <M extends ServerMessage> M next(Class<M> type) {
    return next(type, message -> true);
  }

  <M extends ServerMessage> M next(Class<M> type, Predicate<M> fits) {
    return type.cast(
        take(messages, message -> type.isInstance(message) && fits.test(type.cast(message))));
  }

  ConnectionState next(ConnectionStatus status) {
    return take(states, state -> state.status() == status);
  }

  /** Takes the next state that says how a connection ended. */
  ConnectionState loss() {
    return take(states, state -> state.cause() != null);
  }

  /** Returns the states that were told and not taken. */
  List<ConnectionState> statesLeft() {
    return List.copyOf(states);
  }

  private <T> T take(BlockingQueue<T> queue, Predicate<T> fits) {
    try {
      for (; ; ) {
        T one = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (one == null) {
          throw new AssertionError("Nothing more was told. Before: " + passed);
        }
        if (fits.test(one)) {
          return one;
        }
        passed.add(one);
      }
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  static <T> T get(Future<T> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException unexpected) {
      throw new AssertionError("The future gave no value: " + unexpected, unexpected);
    }
  }

  /** Waits for a future's failure, which is of this type. */
  static <E extends Throwable> E failure(Future<?> future, Class<E> type) {
    try {
      throw new AssertionError(
          "The future did not fail but gave " + future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException failed) {
      assertThat(failed.getCause()).isInstanceOf(type);
      return type.cast(failed.getCause());
    } catch (InterruptedException | TimeoutException unexpected) {
      throw new AssertionError("The future did not end: " + unexpected, unexpected);
    }
  }
}
