package io.agentcraft.client.internal.publish;

import io.agentcraft.client.connection.DisconnectCause;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Posts one message to the server's broadcast endpoint. */
public interface Broadcasts {

  /** Refuses every post: what to post to does not follow from the URL, and to guess could mean somebody else's server. */
  Broadcasts NOWHERE = new Broadcasts() {

    @Override
    public @Nullable String url() {
      return null;
    }

    @Override
    public void post(String json, Consumer<Result> onResult) {
      onResult.accept(new Result.Refused(
          "where the server takes posts does not follow from its URL, whose path does not end in"
              + " /ws/agent-tracking. Set httpBaseUrl(…)"));
    }
  };

  /** Returns where posts go to; {@code null} if that is not known. */
  @Nullable
  String url();

  /**
   * Posts.
   *
   * @param json one message object
   * @param onResult called once, on any thread
   */
  void post(String json, Consumer<Result> onResult);

  /** What came of it. */
  sealed interface Result {

    record Delivered() implements Result {}

    /** The server answered that it did not take the message. */
    record Refused(String why) implements Result {}

    /**
     * No good answer.
     *
     * @param cause what the reconnect policy decides from
     * @param error the error behind it
     */
    record Failed(DisconnectCause cause, @Nullable Throwable error) implements Result {}
  }
}
