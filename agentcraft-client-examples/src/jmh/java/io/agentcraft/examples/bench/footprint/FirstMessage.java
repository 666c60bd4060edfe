package io.agentcraft.examples.bench.footprint;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.examples.bench.frames.ByHand;
import io.agentcraft.examples.bench.frames.Jackson;
import java.util.concurrent.CountDownLatch;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/** A cold JVM that ends with its first typed message; prints the nanoseconds since its main began. */
public final class FirstMessage {

  private FirstMessage() {}

  /**
   * Waits for one message.
   *
   * @param args {@code sdk} or {@code bare}, URL
   * @throws InterruptedException if it is ended
   */
  public static void main(String[] args) throws InterruptedException {
    long begin = System.nanoTime();
    CountDownLatch received = new CountDownLatch(1);
    if (args[0].equals("sdk")) {
      sdk(args[1], received);
    } else {
      bare(args[1], received);
    }
    received.await();
    System.out.println(System.nanoTime() - begin);
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static void sdk(String url, CountDownLatch received) {
    AgentCraftClient client = AgentCraftClient.builder(url).build();
    client.onAgentStatus(update -> {
      if (update.progress() > 0) {
        received.countDown();
      }
    });
    var unused = client.connect();
  }

  private static void bare(String url, CountDownLatch received) {
    Jackson jackson = new Jackson();
    new OkHttpClient()
        .newWebSocket(
            new Request.Builder().url(url + "/client_1_bench0000").build(),
            new WebSocketListener() {
              @Override
              public void onMessage(WebSocket socket, String text) {
                try {
                  if (jackson.databind(text) instanceof ByHand.Status status
                      && status.progress() > 0) {
                    received.countDown();
                  }
                } catch (JsonProcessingException broken) {
                  throw new IllegalStateException(broken);
                }
              }
            });
  }
}
