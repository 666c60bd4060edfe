package io.agentcraft.examples.cli;

import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.testing.conformance.ConformanceKit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command that publishes posts to. */
final class HttpBase {

  @Option(
      names = "--http-base",
      paramLabel = "URL",
      description = "What /api/ws/broadcast is below, for example https://HOST/team/a. By default"
          + " the server's URL without /ws/agent-tracking or /api/ws/agent-tracking at its end.")
  private @Nullable String url;

  /** Gives it to a client. */
  void addTo(AgentCraftClientBuilder client) {
    if (url != null) {
      client.httpBaseUrl(url);
    }
  }

  /** Gives it to the conformance kit. */
  void addTo(ConformanceKit kit) {
    if (url != null) {
      kit.httpBaseUrl(url);
    }
  }
}
