package io.agentcraft.client.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.publish.PublishTransport;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When there is a hook. What it does is shown by a process of its own, in the integration tests. */
class ShutdownHookTest {

  private final SharedRuntime runtime = SharedRuntime.acquire();
  private final ShutdownHook hook = runtime.shutdownHook();

  @AfterEach
  void release() {
    runtime.release();
  }

  /** Builds a client of a server that is not there. */
  private static AgentCraftClient client(UnaryOperator<AgentCraftClientBuilder> options) {
    return options
        .apply(AgentCraftClient.builder("ws://127.0.0.1:1")
            .publishTransport(PublishTransport.HTTP)
            .drainTimeout(Duration.ZERO))
        .build();
  }

  private static AgentCraftClient client() {
    return client(options -> options);
  }

  @SuppressWarnings("FutureReturnValueIgnored")
  private static void publish(AgentCraftClient client) {
    client.agent("a", "A").processing(50, "half");
  }

  @Test
  void theFirstUpdateRegistersItAndTheLastCloseRemovesIt() {
    AgentCraftClient first = client();
    AgentCraftClient second = client();
    first.session("Why?").agent("Reader");
    assertThat(hook.thread()).isNull();
    publish(first);
    Thread registered = Objects.requireNonNull(hook.thread());
    publish(second);
    publish(first);
    assertThat(hook.thread()).isSameAs(registered);
    first.close();
    assertThat(hook.thread()).isSameAs(registered);
    second.close();
    assertThat(hook.thread()).isNull();
    // The JVM does not know it any more.
    assertThat(Runtime.getRuntime().removeShutdownHook(registered)).isFalse();
  }

  @Test
  void theJvmHasIt() {
    try (AgentCraftClient client = client()) {
      publish(client);
      assertThat(Runtime.getRuntime().removeShutdownHook(Objects.requireNonNull(hook.thread())))
          .isTrue();
    }
    assertThat(hook.thread()).isNull();
  }

  @Test
  void thereIsNoneIfItIsTurnedOffOrTheClientIsClosed() {
    AgentCraftClient client = client(options -> options.shutdownHook(false));
    publish(client);
    assertThat(hook.thread()).isNull();
    client.close();
    AgentCraftClient closed = client();
    closed.close();
    publish(closed);
    assertThat(hook.thread()).isNull();
  }

  @Test
  void itHoldsNoClassLoaderOfWhoeverPublishedFirst() {
    ClassLoader loader = new ClassLoader(ClassLoader.getSystemClassLoader()) {};
    AgentCraftClient client = client();
    Thread.currentThread().setContextClassLoader(loader);
    try {
      publish(client);
    } finally {
      Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
    }
    assertThat(Objects.requireNonNull(hook.thread()).getContextClassLoader())
        .isSameAs(AgentCraftClient.class.getClassLoader());
    client.close();
  }

  @Test
  void itKeepsNothingOfAClientOnceThatIsClosed() {
    AgentCraftClient other = client();
    publish(other);
    WeakReference<Executor> ofClosed = executorOfAClosedClient();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (ofClosed.get() != null) {
      assertThat(System.nanoTime() - deadline).isNegative();
      System.gc();
    }
    other.close();
  }

  private static WeakReference<Executor> executorOfAClosedClient() {
    ThreadFactory threads = Executors.defaultThreadFactory();
    Executor executor = task -> threads.newThread(task).start();
    AgentCraftClient client = client(options -> options.callbackExecutor(executor));
    publish(client);
    client.close();
    return new WeakReference<>(executor);
  }
}
