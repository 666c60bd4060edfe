package io.agentcraft.examples.bench.footprint;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.examples.bench.socket.FrameServer;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What publishing costs the thread that calls it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH fills the fields
public class PublishBenchmark {

  /** Whether there is a server. */
  @Param({"true", "false"})
  public boolean connected;

  private FrameServer server;
  private AgentCraftClient client;

  /** An agent for each thread. */
  @State(Scope.Thread)
  public static class Agent {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private AgentPublisher publisher;

    /** Creates the agent. */
    @Setup
    public void begin(PublishBenchmark home) {
      publisher = home.client.agent("agent-" + COUNT.incrementAndGet(), "Java Indexer");
    }
  }

  /** Connects, or begins to try. */
  @Setup
  public void begin() throws IOException {
    server = FrameServer.quiet();
    client = AgentCraftClient.builder(server.url())
        .framesPerMinute(AgentCraftClientBuilder.UNLIMITED_FRAMES)
        .build();
    if (connected) {
      client.connect().join();
    } else {
      server.close();
    }
  }

  /** Ends. */
  @TearDown
  public void end() throws IOException {
    var unused = client.closeAsync();
    server.close();
  }

  /** One update. */
  @Benchmark
  public CompletableFuture<PublishReceipt> publish(Agent agent) {
    return agent.publisher.processing(42, "Indexing chunk 17 of 40");
  }
}
