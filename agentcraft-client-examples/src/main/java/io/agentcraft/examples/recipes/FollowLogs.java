package io.agentcraft.examples.recipes;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.listener.Batching;
import io.agentcraft.client.message.LogEntry;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionSummary;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Prints the log of a session: the lines so far, then new lines as they are written, until the program is stopped.
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
    // Every answer repeats the last 50 lines.
    Set<LogEntry> printed = new HashSet<>();
    client.onSessionLogs(logs -> {
      for (LogEntry entry : logs.logs()) {
        if (logs.sessionId().equals(sessionId) && printed.add(entry)) {
          LogLine line = LogLine.of(logs, entry);
          out.accept((line.level() + " " + line.message()).strip());
        }
      }
    });
    // Servers of the documented form, whose lists have a status, stream the log.
    client.onActiveSessions(list -> {
      if (list.sessions().stream().anyMatch(isStreamed(sessionId))) {
        client.startLogStreaming(sessionId);
      }
    });
    // Those of the deployed form stream lines of all sessions: they are asked again after each
    // event of this one.
    client.onBatch(Batching.of(Duration.ofSeconds(2), 1_000), messages -> {
      if (messages.stream().anyMatch(isEventOf(sessionId))) {
        var unused = client.getSessionLogs(sessionId);
      }
    });
    client.connect().join();
    client.getSessionLogs(sessionId).join();
  }

  private static Predicate<SessionSummary> isStreamed(String sessionId) {
    return session -> session.sessionId().equals(sessionId) && session.status() != null;
  }

  private static Predicate<ServerMessage> isEventOf(String sessionId) {
    return message -> message instanceof SessionEvent event && event.sessionId().equals(sessionId);
  }
}
