package io.agentcraft.client.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.agentcraft.client.metrics.ClientMetrics;
import io.agentcraft.client.record.FrameListener.Direction;
import io.agentcraft.testing.ManualScheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class InstrumentationTest {

  private final List<String> seen = new ArrayList<>();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    // The client's module does not read Logback: only this test does.
    Module tests = InstrumentationTest.class.getModule();
    ModuleLayer.boot().modules().stream()
        .filter(module -> module.isNamed() && module.getName().startsWith("ch.qos.logback"))
        .forEach(tests::addReads);
    log.start();
    logger().addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger().detachAppender(log);
  }

  @Test
  void metricsReceiveEventsWithTheirValues() {
    Instrumentation instrumentation = new Instrumentation(new SeenMetrics(), null);
    instrumentation.report(ClientMetrics::frameSent);
    instrumentation.report(ClientMetrics::frameReceived, "ping");

    assertThat(seen).containsExactly("sent", "received ping");
  }

  @Test
  void whatMetricsAndFrameListenerThrowGetsNoFurtherThanTheLogAndThereOnce() {
    Instrumentation broken = new Instrumentation(new BrokenMetrics(), (direction, text) -> {
      throw new AssertionError("broken listener");
    });
    for (int i = 0; i < 3; i++) {
      broken.report(ClientMetrics::frameSent);
      broken.report(ClientMetrics::frameReceived, "ping");
      broken.frame(Direction.IN, "frame");
    }

    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .hasSize(2)
        .anyMatch(message -> message.contains("metrics object"))
        .anyMatch(message -> message.contains("frame listener"));
  }

  @Test
  void framesOfAConnectionAreShownAndThoseSentAreCounted() {
    ManualScheduler scheduler = ManualScheduler.inline();
    Instrumentation instrumentation = new Instrumentation(
        new SeenMetrics(), (direction, text) -> seen.add(direction + " " + text));
    Connection connection = new Connection(
        1,
        new Endpoints.Endpoint("ws://host/path", ""),
        "client_1_abc",
        new EventLoop(scheduler),
        event -> {},
        instrumentation);
    connection.handler(new LoopFixture.NoFrames());
    connection.onOpen(new FakeSocket());
    connection.onText("ping");
    connection.send("pong");
    connection.end();
    connection.onText("late");

    assertThat(seen).containsExactly("IN ping", "sent", "OUT pong");
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger("io.agentcraft.client");
  }

  private final class SeenMetrics implements ClientMetrics {

    @Override
    public void frameSent() {
      seen.add("sent");
    }

    @Override
    public void frameReceived(String type) {
      seen.add("received " + type);
    }
  }

  private static final class BrokenMetrics implements ClientMetrics {

    @Override
    public void frameSent() {
      throw new IllegalStateException("broken metrics");
    }

    @Override
    public void frameReceived(String type) {
      throw new IllegalStateException("broken metrics");
    }
  }
}
