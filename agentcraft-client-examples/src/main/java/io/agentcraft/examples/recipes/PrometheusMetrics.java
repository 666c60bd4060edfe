package io.agentcraft.examples.recipes;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.metrics.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.TimeUnit;

/**
 * Counts what a client does with Micrometer, and after 10 seconds prints it as Prometheus text: what the {@code /metrics}
 * of an application would return.
 *
 * <p>To run it: {@code java -cp agentcraft.jar io.agentcraft.examples.recipes.PrometheusMetrics ws://localhost:8000}
 */
public final class PrometheusMetrics {

  private PrometheusMetrics() {}

  /**
   * Runs the recipe.
   *
   * @param args the server's URL
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    String url = args.length > 0 ? args[0] : "ws://localhost:8000";
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (AgentCraftClient client = client(url, registry)) {
      client.connect().join();
      TimeUnit.SECONDS.sleep(10);
      System.out.println(registry.scrape());
    }
  }

  static AgentCraftClient client(String url, PrometheusMeterRegistry registry) {
    return AgentCraftClient.builder(url)
        .metrics(MicrometerMetrics.of(registry, Tag.of("server", "staging")))
        .build();
  }
}
