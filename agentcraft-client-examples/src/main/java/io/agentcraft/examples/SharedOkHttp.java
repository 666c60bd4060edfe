package io.agentcraft.examples;

import io.agentcraft.client.AgentCraftClient;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;

/**
 * Wires an application by constructors: one OkHttpClient for everything, with its proxy, timeouts and certificates, and a
 * watcher that is given its client. Whoever made a thing closes it. Argument: the server's URL.
 */
public final class SharedOkHttp {

  private SharedOkHttp() {}

  /** A part of the application: it does not know where its client comes from. */
  static final class FinishedAgents {

    private final AgentCraftClient client;

    FinishedAgents(AgentCraftClient client) {
      this.client = client;
      client.onAgentStatus(update -> {
        if (update.status().isFinal()) {
          System.out.println(update.agentName() + " is done: " + update.message());
        }
      });
    }

    void start() {
      client.connect().join();
    }
  }

  /**
   * Runs the example.
   *
   * @param args the server's URL
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    String url = args.length > 0 ? args[0] : "ws://localhost:8000";
    OkHttpClient http =
        new OkHttpClient.Builder().connectTimeout(5, TimeUnit.SECONDS).build();
    // Every open WebSocket is a running call: room for those of all clients, and for other calls.
    http.dispatcher().setMaxRequests(256);
    try (AgentCraftClient client = client(url, http)) {
      new FinishedAgents(client).start();
      TimeUnit.MINUTES.sleep(5);
    } finally {
      http.dispatcher().executorService().shutdown();
      http.connectionPool().evictAll();
    }
  }

  static AgentCraftClient client(String url, OkHttpClient http) {
    return AgentCraftClient.builder(url).okHttpClient(http).build();
  }
}
