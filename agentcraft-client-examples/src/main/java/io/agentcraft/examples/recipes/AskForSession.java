package io.agentcraft.examples.recipes;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.error.SessionNotFoundException;
import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.SessionState;
import java.util.concurrent.CompletionException;

/**
 * Asks for the state of a session and prints it. An unknown session is a typed error.
 *
 * <p>To run it: {@code java -cp agentcraft.jar io.agentcraft.examples.recipes.AskForSession ws://localhost:8000 SESSION}
 */
public final class AskForSession {

  private AskForSession() {}

  /**
   * Runs the recipe.
   *
   * @param args the server's URL and the session's id
   */
  public static void main(String[] args) {
    try (AgentCraftClient client = AgentCraftClient.builder(args[0]).build()) {
      client.connect().join();
      System.out.println(describe(client, args[1]));
    }
  }

  static String describe(AgentCraftClient client, String sessionId) {
    try {
      SessionState answer = client.getSessionState(sessionId).join();
      StringBuilder text = new StringBuilder(answer.state().currentPhase());
      for (AgentState agent : answer.state().activeAgents()) {
        text.append('\n').append(agent.agentName()).append(": ").append(agent.status());
      }
      return text.toString();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof SessionNotFoundException unknown) {
        return "No session " + unknown.sessionId();
      }
      throw failed;
    }
  }
}
