package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.internal.codec.MessageSize;
import io.agentcraft.client.internal.connection.Instrumentation;
import io.agentcraft.client.listener.OverflowStrategy;
import io.agentcraft.client.listener.Subscription;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.testing.ManualScheduler;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.Test;

/** The Reactive Streams TCK, on streams fed by a thread of their own as by the reader of a connection. */
@Test
public class FlowTckTest extends FlowPublisherVerification<AgentCollaboration> {

  private static final int BUFFER = 4;

  /** So many that the callback thread takes several along at once. */
  private static final int QUEUE = 64;

  private static final int PATIENCE_MILLIS = 10_000;
  private static final String MULTICAST =
      "Each subscriber gets what arrives after it subscribed, so two need not get the same.";

  private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
    Thread thread = new Thread(task, "tck");
    thread.setDaemon(true);
    return thread;
  });

  public FlowTckTest() {
    super(new TestEnvironment(PATIENCE_MILLIS, 100));
  }

  @AfterClass
  void endThreads() {
    threads.shutdownNow();
  }

  @Override
  public Flow.Publisher<AgentCollaboration> createFlowPublisher(long elements) {
    Client client = new Client();
    return subscriber -> {
      client.publisher().subscribe(subscriber);
      threads.execute(() -> client.feed(elements));
    };
  }

  /** There is none: a stream that is subscribed to goes on, or has ended with its client. */
  @Override
  public Flow.@Nullable Publisher<AgentCollaboration> createFailedFlowPublisher() {
    return null;
  }

  @Override
  public void
      optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingOneByOne() {
    notVerified(MULTICAST);
  }

  @Override
  public void
      optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfront() {
    notVerified(MULTICAST);
  }

  @Override
  public void
      optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfrontAndCompleteAsExpected() {
    notVerified(MULTICAST);
  }

  private final class Client implements CallbackBuffer.Source {

    private final MessageDispatcher delivery = new MessageDispatcher(
        new CallbackBuffer(
            threads, ManualScheduler.inline(), QUEUE, OverflowStrategy.BLOCK, Instrumentation.NONE),
        MessageCodec.create(),
        Instrumentation.NONE,
        () -> 0);

    MessageStream<AgentCollaboration> publisher() {
      return new MessageStream<>(
          (onMessage, onEnd) -> {
            Subscription messages = delivery
                .listeners()
                .add(
                    List.of(AgentCollaboration.TYPE),
                    message -> onMessage.accept((AgentCollaboration) message));
            Subscription end = delivery.listeners().addForStates(state -> onEnd.run());
            return () -> {
              messages.close();
              end.close();
            };
          },
          delivery,
          () -> MessageSize::of,
          BUFFER,
          OverflowStrategy.BLOCK);
    }

    void feed(long elements) {
      for (long i = 0; i < elements && delivery.listeners().wants(AgentCollaboration.TYPE); i++) {
        delivery.frame(
            AgentCollaboration.TYPE,
            MessageCodec.create()
                .encode(new AgentCollaboration("a", "b", "handoff", "reason " + i, null)),
            this);
      }
      delivery.state(ConnectionState.INITIAL);
    }

    @Override
    public void readerWaits(boolean waits) {}

    @Override
    public boolean isOver() {
      return false;
    }
  }
}
