package io.agentcraft.client.internal.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.internal.codec.MessageSize;
import io.agentcraft.client.internal.connection.Instrumentation;
import io.agentcraft.client.listener.OverflowStrategy;
import io.agentcraft.client.listener.Throttle;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.view.TrackingBoard;
import io.agentcraft.testing.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one callback leaves on its thread, the next one does not find. */
class CallbackThreadTest {

  private static final ClassLoader FOREIGN = new ClassLoader() {};
  private static final String STATUS = "{\"type\":\"agent_status\",\"agent_id\":\"%s\"}";

  private final ManualScheduler scheduler = ManualScheduler.inline();
  private final TestReader reader = new TestReader();
  private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
  private final List<String> found = new ArrayList<>();
  private final ShutDownExecutor shutDown = new ShutDownExecutor();

  /** A pair of callbacks, of which the first leaves something and the second looks. */
  private enum Pair {
    LISTENERS {
      @Override
      void run(CallbackThreadTest test, MessageDispatcher dispatcher) {
        dispatcher.listeners().add(List.of("agent_status"), message -> test.leave());
        dispatcher.listeners().add(List.of("agent_status"), message -> test.look());
        test.receive(dispatcher, "a");
      }
    },
    MESSAGES {
      @Override
      void run(CallbackThreadTest test, MessageDispatcher dispatcher) {
        dispatcher.listeners().addForEverything(test::leaveThenLook);
        test.receive(dispatcher, "leave");
        test.receive(dispatcher, "look");
      }
    },
    LISTENERS_THAT_THROW {
      @Override
      void run(CallbackThreadTest test, MessageDispatcher dispatcher) {
        dispatcher.listeners().addForErrors(error -> test.look());
        dispatcher.listeners().add(List.of("agent_status"), message -> {
          test.leave();
          throw new IllegalStateException("left");
        });
        dispatcher.listeners().add(List.of("agent_status"), message -> test.look());
        test.receive(dispatcher, "a");
      }
    },
    ERROR_LISTENERS {
      @Override
      void run(CallbackThreadTest test, MessageDispatcher dispatcher) {
        dispatcher.listeners().addForErrors(error -> test.leave());
        dispatcher.listeners().addForErrors(error -> test.look());
        dispatcher.malformedFrame(
            new MalformedMessageException("bad", "bad", null), "bad", test.reader);
      }
    },
    STATES {
      @Override
      void run(CallbackThreadTest test, MessageDispatcher dispatcher) {
        dispatcher.listeners().addForStates(state -> test.leave());
        dispatcher.listeners().addForStates(state -> test.look());
        dispatcher.state(ConnectionState.INITIAL);
      }
    },
    BOARD_LISTENERS {
      @Override
      void run(CallbackThreadTest test, MessageDispatcher dispatcher) {
        TrackingBoard board = TrackingBoard.create(() -> Instant.EPOCH);
        board.onChange(changed -> test.leave());
        board.onChange(changed -> test.look());
        dispatcher.listeners().addForEverything(board::accept);
        test.receive(dispatcher, "a");
      }
    },
    THROTTLED_UPDATES {
      @Override
      void run(CallbackThreadTest test, MessageDispatcher dispatcher) {
        ThrottledListener<AgentStatusUpdate> throttled = new ThrottledListener<>(
            Throttle.perSecond(10),
            Updates.LATEST,
            test.scheduler,
            callback -> dispatcher.run("throttled", test, callback),
            test::leaveThenLook);
        for (int i = 0; i < 2; i++) {
          throttled.accept(Updates.update("leave", "x"));
          throttled.accept(Updates.update("look", "x"));
        }
        Thread.interrupted();
        Thread.currentThread().setContextClassLoader(test.loader);
        test.found.clear();
        test.scheduler.advance(Duration.ofSeconds(1));
      }
    },
    SIGNALS_OF_A_STREAM {
      @Override
      void run(CallbackThreadTest test, MessageDispatcher dispatcher) {
        MessageStream<ServerMessage> stream = new MessageStream<>(
            (onMessage, onEnd) -> dispatcher.listeners().addForEverything(onMessage::accept),
            dispatcher,
            () -> MessageSize::of,
            8,
            OverflowStrategy.BLOCK);
        Requesting subscriber = new Requesting(test);
        stream.subscribe(subscriber);
        test.receive(dispatcher, "leave");
        test.receive(dispatcher, "look");
        subscriber.subscription.request(2);
      }
    };

    abstract void run(CallbackThreadTest test, MessageDispatcher dispatcher);
  }

  @AfterEach
  void restore() {
    Thread.interrupted();
    Thread.currentThread().setContextClassLoader(loader);
  }

  @ParameterizedTest
  @EnumSource
  void nothingOfTheFirstIsThereForTheSecondOrAfterwards(Pair pair) {
    pair.run(this, dispatcher(Runnable::run));

    assertThat(found).isNotEmpty();
    look();
    assertThat(found).containsOnly("nothing");
  }

  @ParameterizedTest
  @EnumSource
  void anExecutorThatIsBeingShutDownKeepsItsInterrupt(Pair pair) {
    pair.run(this, dispatcher(shutDown));

    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(loader);
  }

  @Test
  void anInterruptFromBeforeIsLeftAlone() {
    MessageDispatcher dispatcher = dispatcher(Runnable::run);
    dispatcher.listeners().addForEverything(message -> look());
    Thread.currentThread().interrupt();
    receive(dispatcher, "a");
    receive(dispatcher, "a");

    assertThat(found).containsExactly("interrupt", "interrupt");
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  private MessageDispatcher dispatcher(Executor executor) {
    return new MessageDispatcher(
        new CallbackBuffer(executor, scheduler, 8, OverflowStrategy.BLOCK, Instrumentation.NONE),
        MessageCodec.create(),
        Instrumentation.NONE,
        scheduler::nanoTime);
  }

  private void receive(MessageDispatcher dispatcher, String agentId) {
    dispatcher.frame("agent_status", STATUS.formatted(agentId), reader);
  }

  private void leave() {
    Thread.currentThread().setContextClassLoader(FOREIGN);
    Thread.currentThread().interrupt();
  }

  private void look() {
    boolean interrupted = Thread.currentThread().isInterrupted();
    boolean foreign = Thread.currentThread().getContextClassLoader() == FOREIGN;
    found.add(interrupted ? "interrupt" : foreign ? "class loader" : "nothing");
  }

  private void leaveThenLook(ServerMessage message) {
    if (message instanceof AgentStatusUpdate update && update.agentId().equals("leave")) {
      leave();
    } else {
      look();
    }
  }

  private static final class Requesting implements Flow.Subscriber<ServerMessage> {

    private final CallbackThreadTest test;

    @SuppressWarnings("NullAway.Init")
    private Flow.Subscription subscription;

    Requesting(CallbackThreadTest test) {
      this.test = test;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
    }

    @Override
    public void onNext(ServerMessage message) {
      test.leaveThenLook(message);
    }

    @Override
    public void onError(Throwable error) {
      throw new AssertionError(error);
    }

    @Override
    public void onComplete() {}
  }

  /** Runs its tasks at once, and says that it is shut down. */
  private static final class ShutDownExecutor extends AbstractExecutorService {

    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return true;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return false;
    }
  }
}
