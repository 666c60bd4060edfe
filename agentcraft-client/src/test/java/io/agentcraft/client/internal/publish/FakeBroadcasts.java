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

  final List<String> posts = new ArrayList<>();
  private final Deque<Consumer<Result>> unanswered = new ArrayDeque<>();

  @Override
  public void post(String json, Consumer<Result> onResult) {
    posts.add(json);
    unanswered.add(onResult);
  }

  int underWay() {
    return unanswered.size();
  }

  /** Answers the oldest. */
  void answer(Result result) {
    unanswered.remove().accept(result);
  }

  void deliver() {
    answer(new Result.Delivered());
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
