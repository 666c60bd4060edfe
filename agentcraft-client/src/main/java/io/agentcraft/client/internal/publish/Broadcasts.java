package io.agentcraft.client.internal.publish;

import io.agentcraft.client.connection.DisconnectCause;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Posts one message to the server's broadcast endpoint. */
public interface Broadcasts {

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
