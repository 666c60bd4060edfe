package io.agentcraft.examples.bench.session;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.publish.AgentTask;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.SessionPublisher;
import io.agentcraft.examples.bench.socket.FrameServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What publishing a session of twenty agents costs the thread that calls it, for each update. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH fills the fields
public class CrewBenchmark {

  private static final int AGENTS = 20;

  private FrameServer server;
  private AgentCraftClient client;
  private List<AgentTask> crew;
  private int updates;

  /** Connects. */
  @Setup
  public void begin() throws IOException {
    server = FrameServer.quiet();
    client = AgentCraftClient.builder(server.url())
        .framesPerMinute(AgentCraftClientBuilder.UNLIMITED_FRAMES)
        .build();
    client.connect().join();
    SessionPublisher session = client.session("How do I fix webhook errors?");
    crew = IntStream.range(0, AGENTS)
        .mapToObj(i -> session.agent("Specialist " + i))
        .toList();
  }

  /** Ends. */
  @TearDown
  public void end() throws IOException {
    var unused = client.closeAsync();
    server.close();
  }

  /** One update of one agent. */
  @Benchmark
  public CompletableFuture<PublishReceipt> update() {
    int update = updates++;
    return crew.get(update % AGENTS).progress(update % 100, "Indexing chunk 17 of 40");
  }
}
