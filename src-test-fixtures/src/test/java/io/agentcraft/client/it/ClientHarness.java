package io.agentcraft.client.it;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.testing.ManualScheduler;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.ReferenceServerBuilder;
import java.util.function.UnaryOperator;

/** Clients and servers over real sockets, on clocks that only the test moves. All of them are closed in the end. */
public abstract class ClientHarness extends Resources {

  /** The clients' clock. Servers have their own, since they time other things. */
  public final ManualScheduler clock = closed(new ManualScheduler());

  public final ManualScheduler serverClock = closed(new ManualScheduler());

  /** Starts a server. */
  protected ReferenceServer server(UnaryOperator<ReferenceServerBuilder> options) {
    return closed(
        options.apply(ReferenceServer.builder().scheduler(serverClock)).start());
  }

  /** Builds a client. */
  protected AgentCraftClient client(String url, UnaryOperator<AgentCraftClientBuilder> options) {
    return closed(options.apply(AgentCraftClient.builder(url).scheduler(clock)).build());
  }
}
