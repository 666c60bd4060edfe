package io.agentcraft.examples.bench.footprint;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.examples.bench.table.Child;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/** A JVM with clients on one OkHttpClient that have nothing to do; it tells their memory and the SDK's threads. */
public final class IdleHolder {

  private static final List<Object> HELD = new ArrayList<>();

  private IdleHolder() {}

  /**
   * Opens as many clients as it is asked for, on top of those that there are.
   *
   * @param args whether they are the SDK's, URL
   */
  public static void main(String[] args) {
    boolean sdk = Boolean.parseBoolean(args[0]);
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(Integer.MAX_VALUE);
    dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
    OkHttpClient shared = new OkHttpClient.Builder().dispatcher(dispatcher).build();
    Child.serve(question -> {
      for (int i = Integer.parseInt(question); i > 0; i--) {
        HELD.add(sdk ? client(shared, args[1]) : socket(shared, args[1]));
      }
      return new long[] {retained(), ownThreads()};
    });
  }

  private static Object client(OkHttpClient shared, String url) {
    AgentCraftClient client = AgentCraftClient.builder(url).okHttpClient(shared).build();
    client.onAgentStatus(update -> {});
    client.connect().join();
    return client;
  }

  private static Object socket(OkHttpClient shared, String url) {
    CountDownLatch open = new CountDownLatch(1);
    WebSocket socket = shared.newWebSocket(
        new Request.Builder().url(url + "/client_1_bench0000").build(), new WebSocketListener() {
          @Override
          public void onOpen(WebSocket opened, Response response) {
            open.countDown();
          }
        });
    try {
      open.await();
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
    return socket;
  }

  private static long retained() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 8; i++) {
      System.gc();
      least = Math.min(
          least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  private static long ownThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("agentcraft-"))
        .count();
  }
}
