package io.agentcraft.examples.bench.socket;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.examples.bench.table.Child;
import java.util.concurrent.CountDownLatch;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/** A JVM with one client that answers pings. */
public final class Ponger {

  /** What answers. */
  enum Kind {
    /** The SDK with listeners that have nothing to do. */
    IDLE,
    /** The SDK with a listener that never returns. */
    BLOCKED,
    /** OkHttp that sends a constant text for whatever comes. */
    ECHO
  }

  private Ponger() {}

  /**
   * Answers until the parent has gone.
   *
   * @param args kind, URL
   */
  public static void main(String[] args) {
    Kind kind = Kind.valueOf(args[0]);
    if (kind == Kind.ECHO) {
      echo(args[1]);
    } else {
      AgentCraftClient client = AgentCraftClient.builder(args[1]).build();
      CountDownLatch never = new CountDownLatch(kind == Kind.BLOCKED ? 1 : 0);
      client.onAgentStatus(update -> {
        try {
          never.await();
        } catch (InterruptedException over) {
          Thread.currentThread().interrupt();
        }
      });
      client.connect().join();
    }
    Child.serve(question -> new long[] {0});
  }

  private static void echo(String url) {
    String pong = "{\"type\":\"pong\"}";
    new OkHttpClient()
        .newWebSocket(new Request.Builder().url(url).build(), new WebSocketListener() {
          @Override
          public void onMessage(WebSocket socket, String text) {
            socket.send(pong);
          }
        });
  }
}
