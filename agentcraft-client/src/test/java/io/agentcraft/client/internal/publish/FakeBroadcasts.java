package io.agentcraft.client.internal.publish;

import io.agentcraft.client.connection.DisconnectCause;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An HTTP endpoint that answers when told to. */
final class FakeBroadcasts implements Broadcasts {

  static final String URL = "https://host/api/ws/broadcast";

  final List<String> posts = new ArrayList<>();
  /** Is given what was delivered, to be sent to all clients. */
  Consumer<String> clients = json -> {};

  /** What is found out of the endpoint. */
  Endpoint endpoint = Endpoint.UNKNOWN;

  int probes;
  private final Deque<Post> unanswered = new ArrayDeque<>();

  private record Post(String json, Consumer<Result> onResult) {}

  @Override
  public String url() {
    return URL;
  }

  @Override
  public void probe(Consumer<Endpoint> onFound) {
    probes++;
    onFound.accept(endpoint);
  }

  @Override
  public void post(String json, Consumer<Result> onResult) {
    posts.add(json);
    unanswered.add(new Post(json, onResult));
  }

  int underWay() {
    return unanswered.size();
  }

  /** Answers the oldest. */
  void answer(Result result) {
    unanswered.remove().onResult().accept(result);
  }

  /** Sends the oldest to all clients, and answers it. */
  void deliver() {
    clients.accept(unanswered.element().json());
    answerOnly();
  }

  /** Answers the oldest as a server does that the socket is not connected to. */
  void answerOnly() {
    answer(new Result.Delivered());
  }

  /** Delivers all that is posted, and what is posted because of that. */
  void deliverAll() {
    while (!unanswered.isEmpty()) {
      deliver();
    }
  }

  static Result status(int code, @Nullable Duration retryAfter) {
    return new Result.Failed(
        new DisconnectCause.HandshakeRefused(code, retryAfter, "the server answered " + code),
        null);
  }

  static Result broken() {
    IOException error = new IOException("broken");
    return new Result.Failed(new DisconnectCause.ConnectionLost(error), error);
  }
}
