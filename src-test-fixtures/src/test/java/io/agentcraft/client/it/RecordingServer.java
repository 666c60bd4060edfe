package io.agentcraft.client.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Protocol;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/** A server that gives the enqueued answers, then accepts everything, and records the requests. */
final class RecordingServer extends Dispatcher implements AutoCloseable {

  private final MockWebServer web = new MockWebServer();
  private final Deque<MockResponse> answers = new ArrayDeque<>();
  private final List<RecordedRequest> requests = new ArrayList<>();
  private final boolean encrypted;

  /** Starts it; with encryption it is {@code localhost}, with a certificate of the private CA. */
  RecordingServer(boolean encrypted) {
    this.encrypted = encrypted;
    web.setDispatcher(this);
    if (encrypted) {
      web.useHttps(Certificates.server(Certificates.signedFor("localhost")));
      web.setProtocols(List.of(Protocol.HTTP_1_1));
    }
    try {
      web.start();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  String url(String host) {
    return (encrypted ? "https://" : "http://") + host + ":" + web.getPort();
  }

  synchronized void answer(MockResponse answer) {
    answers.add(answer);
  }

  void answer(int status, String header, String value) {
    answerWith(status, "", header, value);
  }

  void answerWith(int status, String body, String... headers) {
    answer(new MockResponse.Builder()
        .code(status)
        .headers(Headers.of(headers))
        .body(body)
        .build());
  }

  synchronized List<HttpUrl> urls() {
    return requests.stream().map(RecordedRequest::getUrl).toList();
  }

  /** The {@code Authorization} of every request; {@code none} where there was none. */
  synchronized List<String> credentials() {
    return requests.stream()
        .map(request -> request.getHeaders().get("Authorization"))
        .map(value -> value == null ? "none" : value)
        .toList();
  }

  /** Takes the next request; waits for it if necessary. */
  RecordedRequest next() {
    try {
      RecordedRequest request = web.takeRequest(Await.TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      return Objects.requireNonNull(request, "no request was received");
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  int count() {
    return web.getRequestCount();
  }

  @Override
  public synchronized MockResponse peek() {
    MockResponse answer = answers.peek();
    return answer == null ? super.peek() : answer;
  }

  @Override
  public synchronized MockResponse dispatch(RecordedRequest request) {
    requests.add(request);
    MockResponse answer = answers.poll();
    if (answer != null) {
      return answer;
    }
    return request.getHeaders().get("Upgrade") != null
        ? new MockResponse.Builder().webSocketUpgrade(new Polite()).build()
        : new MockResponse.Builder().body("{\"success\": true}").build();
  }

  @Override
  public void close() {
    web.close();
  }

  private static final class Polite extends WebSocketListener {
    @Override
    public void onClosing(WebSocket webSocket, int code, String reason) {
      webSocket.close(code, null);
    }
  }
}
