package io.agentcraft.testing.conformance;

import io.agentcraft.client.connection.ClientIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Opens plain WebSockets that show exactly what a server sends: no reconnect, no heartbeat, no retry. Closing it ends all of them
 * and its threads. Not thread-safe.
 */
final class Connector implements AutoCloseable {

  /** An HTTP answer. */
  record Reply(int status, String body) {}

  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final OkHttpClient http;
  private final @Nullable ExecutorService ownThreads;
  private final Map<String, String> headers;
  private final Duration handshakeTimeout;
  private final List<RawConnection> connections = new ArrayList<>();

  /**
   * Creates a connector.
   *
   * @param base the caller's client, which stays open; null to create one
   * @param headers sent with every request
   */
  Connector(@Nullable OkHttpClient base, Map<String, String> headers, Duration handshakeTimeout) {
    this.headers = Map.copyOf(headers);
    this.handshakeTimeout = handshakeTimeout;
    OkHttpClient.Builder options;
    if (base == null) {
      ownThreads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "agentcraft-raw-socket");
        thread.setDaemon(true);
        return thread;
      });
      options = new OkHttpClient.Builder().dispatcher(new Dispatcher(ownThreads));
    } else {
      ownThreads = null;
      options = base.newBuilder();
    }
    // Nothing must hide what the server does, and a token must not follow a redirect.
    http = options
        .connectTimeout(handshakeTimeout)
        .readTimeout(handshakeTimeout)
        .callTimeout(Duration.ZERO)
        .pingInterval(Duration.ZERO)
        .followRedirects(false)
        .followSslRedirects(false)
        .build();
  }

  /** Opens a connection with a new client id, and waits for the answer to its handshake. */
  RawConnection open(Endpoint endpoint) {
    return open(endpoint, ClientIds.create());
  }

  /** Opens a connection, and waits for the answer to its handshake. */
  RawConnection open(Endpoint endpoint, String clientId) {
    RawConnection raw = new RawConnection();
    connections.add(raw);
    raw.start(http.newWebSocket(request(endpoint.urlFor(clientId)).build(), raw));
    raw.awaitOpen(handshakeTimeout);
    return raw;
  }

  /** Posts JSON. */
  Reply post(String url, String json) throws IOException {
    RequestBody body = RequestBody.create(
        json.getBytes(StandardCharsets.UTF_8), MediaType.get("application/json"));
    try (Response response = http.newCall(request(url).post(body).build()).execute()) {
      return new Reply(response.code(), response.body().string());
    }
  }

  @Override
  public void close() {
    connections.forEach(RawConnection::close);
    try {
      connections.forEach(raw -> raw.awaitEnd(CLOSING));
    } finally {
      // Also those that do not end by themselves, or have no time to because the thread was
      // interrupted.
      connections.forEach(RawConnection::cancel);
      if (ownThreads != null) {
        http.connectionPool().evictAll();
        ownThreads.shutdown();
        awaitThreads(ownThreads);
      }
    }
  }

  private Request.Builder request(String url) {
    Request.Builder request = new Request.Builder().url(url);
    headers.forEach(request::header);
    return request;
  }

  private static void awaitThreads(ExecutorService threads) {
    try {
      if (!threads.awaitTermination(CLOSING.toSeconds(), TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
