package io.agentcraft.examples.recipes;

import io.agentcraft.client.AgentCraftClient;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Prints the log of a session: the lines so far, then new lines as they are written, until the program is stopped. The
 * client asks for the stream again after every reconnect.
 *
 * <p>To run it: {@code java -cp agentcraft.jar io.agentcraft.examples.recipes.FollowLogs ws://localhost:8000 SESSION}
 */
public final class FollowLogs {

  private FollowLogs() {}

  /**
   * Runs the recipe.
   *
   * @param args the server's URL and the session's id
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    try (AgentCraftClient client = AgentCraftClient.builder(args[0]).build()) {
      follow(client, args[1], System.out::println);
      new CountDownLatch(1).await();
    }
  }

  static void follow(AgentCraftClient client, String sessionId, Consumer<String> out) {
    client.onLogLine(line -> {
      if (sessionId.equals(line.sessionId())) {
        out.accept(line.level() + " " + line.message());
      }
    });
    client.connect().join();
    // The listener receives these lines as well, before those of the stream.
    client.getSessionLogs(sessionId).join();
    client.startLogStreaming(sessionId);
  }
}
