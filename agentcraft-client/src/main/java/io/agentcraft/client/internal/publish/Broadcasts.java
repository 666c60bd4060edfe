package io.agentcraft.client.internal.publish;

import io.agentcraft.client.connection.DisconnectCause;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Posts messages to the server's broadcast endpoint. */
public interface Broadcasts {

  /** Refuses every post, because the endpoint does not follow from the URL: a guess could be somebody else's server. */
  Broadcasts UNKNOWN_URL = new Broadcasts() {

    @Override
    public @Nullable String url() {
      return null;
    }

    @Override
    public void probe(Consumer<Endpoint> onFound) {
      onFound.accept(Endpoint.MISSING);
    }

    @Override
    public void post(String json, Consumer<Result> onResult) {
      onResult.accept(new Result.Refused(
          "the URL to post to cannot be derived from the server's URL, whose path does not end in"
              + " /ws/agent-tracking. Set httpBaseUrl(…)"));
    }
  };

  /** Returns the URL to post to; {@code null} if it is not known. */
  @Nullable
  String url();

  /** What is known of the endpoint. */
  enum Endpoint {
    EXISTS,
    MISSING,
    /** The server gave no answer that tells. */
    UNKNOWN
  }

  /**
   * Asks whether the endpoint exists, which has no effect on the server.
   *
   * @param onFound called once, on any thread
   */
  void probe(Consumer<Endpoint> onFound);

  /**
   * Posts a message.
   *
   * @param json a JSON object
   * @param onResult called once, on any thread
   */
  void post(String json, Consumer<Result> onResult);

  /** The result of a post. */
  sealed interface Result {

    record Delivered() implements Result {}

    /** The server responded that it did not accept the message. */
    record Refused(String why) implements Result {}

    /**
     * There was no usable response.
     *
     * @param cause what the reconnect policy decides from
     * @param error the underlying error
     */
    record Failed(DisconnectCause cause, @Nullable Throwable error) implements Result {}
  }
}
