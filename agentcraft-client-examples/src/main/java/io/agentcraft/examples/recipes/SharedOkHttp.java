package io.agentcraft.examples.recipes;

import io.agentcraft.client.AgentCraftClient;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;

/**
 * Shares one OkHttpClient, with its proxy, timeouts and certificates, between a client and the rest of an application. Parts
 * of the application receive the client in their constructors. Whoever created a resource closes it.
 *
 * <p>To run it: {@code java -cp agentcraft.jar io.agentcraft.examples.recipes.SharedOkHttp ws://localhost:8000}
 */
public final class SharedOkHttp {

  private SharedOkHttp() {}

  /** A part of the application. It does not know where its client comes from. */
  static final class FinishedAgents {

    private final AgentCraftClient client;

    FinishedAgents(AgentCraftClient client) {
      this.client = client;
      client.onAgentChange(change -> {
        if (change.isEnd()) {
          System.out.println(
              change.now().displayName() + " is done: " + change.now().message());
        }
      });
    }

    void start() {
      client.connect().join();
    }
  }

  /**
   * Runs the recipe.
   *
   * @param args the server's URL
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    String url = args.length > 0 ? args[0] : "ws://localhost:8000";
    OkHttpClient http =
        new OkHttpClient.Builder().connectTimeout(5, TimeUnit.SECONDS).build();
    // An open WebSocket counts as a running call: leave room for all clients and for other calls.
    http.dispatcher().setMaxRequests(256);
    try (AgentCraftClient client = client(url, http)) {
      new FinishedAgents(client).start();
      new CountDownLatch(1).await();
    } finally {
      http.dispatcher().executorService().shutdown();
      http.connectionPool().evictAll();
    }
  }

  static AgentCraftClient client(String url, OkHttpClient http) {
    return AgentCraftClient.builder(url).okHttpClient(http).build();
  }
}
