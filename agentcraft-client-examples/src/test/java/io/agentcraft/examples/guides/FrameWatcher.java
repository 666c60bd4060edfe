package io.agentcraft.examples.guides;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.record.FrameListener.Direction;
import io.agentcraft.testing.ReferenceServer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Somebody who is connected to a server, and receives what programs publish there. */
public final class FrameWatcher implements AutoCloseable {

  private static final long TIMEOUT_SECONDS = 20;

  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private final AgentCraftClient client;

  public FrameWatcher(ReferenceServer server) {
    int before = server.openConnections().size();
    client = AgentCraftClient.builder(server.url())
        .frameListener((direction, text) -> {
          if (direction == Direction.IN) {
            frames.add(text);
          }
        })
        .build();
    client.connect().join();
    // A client knows that it is connected before the server does.
    server.awaitConnections(before + 1);
  }

  /** Waits for a frame with all of these parts, and passes over others. */
  public String await(String... parts) throws InterruptedException {
    for (String frame = next(); ; frame = next()) {
      boolean matches = true;
      for (String part : parts) {
        matches &= frame.contains(part);
      }
      if (matches) {
        return frame;
      }
    }
  }

  private String next() throws InterruptedException {
    String frame = frames.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    if (frame == null) {
      throw new AssertionError("No such frame came within " + TIMEOUT_SECONDS + " s.");
    }
    return frame;
  }

  @Override
  public void close() {
    client.close();
  }
}
