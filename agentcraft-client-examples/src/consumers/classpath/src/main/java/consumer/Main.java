package consumer;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.testing.ReferenceServer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Watches and publishes with the installed jars, and ends when all of it has ended. */
public final class Main {

  private Main() {}

  public static void main(String[] args) throws Exception {
    try (ReferenceServer server = ReferenceServer.start();
        AgentCraftClient watcher = AgentCraftClient.builder(server.url()).build();
        AgentCraftClient agent = AgentCraftClient.builder(server.url()).build()) {
      BlockingQueue<AgentStatusUpdate> updates = new LinkedBlockingQueue<>();
      watcher.onAgentStatus(updates::add);
      watcher.connect().get(30, TimeUnit.SECONDS);
      server.awaitConnections(1);
      PublishReceipt receipt = agent.agent("agent-1", "Consumer")
          .completed("done")
          .toCompletableFuture()
          .get(30, TimeUnit.SECONDS);
      AgentStatusUpdate update = updates.poll(30, TimeUnit.SECONDS);
      if (!receipt.isDelivered() || update == null || !update.status().isFinal()) {
        throw new IllegalStateException("Receipt: " + receipt + ", update: " + update);
      }
      for (String optional : new String[] {
        "io.micrometer.core.instrument.MeterRegistry",
        "dev.langchain4j.agentic.observability.AgentListener",
        "org.junit.jupiter.api.Test"
      }) {
        if (isThere(optional)) {
          throw new IllegalStateException(optional + " is on the class path, although it is optional.");
        }
      }
      Module module = AgentCraftClient.class.getModule();
      System.out.println("ok: Java " + Runtime.version().feature() + ", "
          + (module.isNamed() ? "module " + module.getName() : "class path"));
    }
  }

  private static boolean isThere(String className) {
    try {
      Class.forName(className);
      return true;
    } catch (ClassNotFoundException absent) {
      return false;
    }
  }
}
