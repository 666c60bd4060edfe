package io.agentcraft.testing.internal.raw;

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

/** Opens connections, and ends all of them and its threads when it is closed. For one thread. */
public final class Network implements AutoCloseable {

  /** An HTTP answer. */
  public record Reply(int status, String body) {}

  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final OkHttpClient http;
  private final @Nullable ExecutorService ownThreads;
  private final Map<String, String> headers;
  private final Duration handshakeTimeout;
  private final List<Peer> peers = new ArrayList<>();

  /**
   * Makes one.
   *
   * @param base a client of the caller's, which stays open; null for one of our own
   * @param headers sent with every request
   */
  public Network(
      @Nullable OkHttpClient base, Map<String, String> headers, Duration handshakeTimeout) {
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
    // Only what the server does is to be seen; and a token must not follow a redirect.
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
  public Peer open(Place place) {
    return open(place, ClientIds.create());
  }

  /** Opens a connection, and waits for the answer to its handshake. */
  public Peer open(Place place, String clientId) {
    Peer peer = new Peer(clientId);
    peers.add(peer);
    peer.start(http.newWebSocket(request(place.urlFor(clientId)).build(), peer));
    peer.awaitOpen(handshakeTimeout);
    return peer;
  }

  /** Posts JSON. */
  public Reply post(String url, String json) throws IOException {
    RequestBody body = RequestBody.create(
        json.getBytes(StandardCharsets.UTF_8), MediaType.get("application/json"));
    try (Response response = http.newCall(request(url).post(body).build()).execute()) {
      return new Reply(response.code(), response.body().string());
    }
  }

  @Override
  public void close() {
    peers.forEach(Peer::close);
    try {
      peers.forEach(peer -> peer.awaitEnd(CLOSING));
    } finally {
      // Also what does not end by itself, or has no time to because the thread was interrupted.
      peers.forEach(Peer::cancel);
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
