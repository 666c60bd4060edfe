package io.agentcraft.examples.bench.session;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** From a new client, which is not connected, to the receipt of its first update. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH fills the fields
public class FirstReceiptBenchmark {

  /** How the server talks. */
  @Param({"DOCUMENTED", "DEPLOYED"})
  public WireForm form;

  private ReferenceServer server;
  private AgentCraftClient client;

  /** Starts the server. */
  @Setup
  public void begin() {
    server = ReferenceServer.builder().form(form).start();
  }

  /** Ends. */
  @TearDown
  public void end() {
    server.close();
  }

  /** Closes the client, which is not measured. */
  @TearDown(Level.Invocation)
  public void close() {
    client.close();
  }

  /** One client, and its first update. */
  @Benchmark
  public PublishReceipt firstReceipt() {
    client = AgentCraftClient.builder(server.url()).build();
    return client.agent("indexer", "Indexer").processing(42, "Indexing").join();
  }
}
