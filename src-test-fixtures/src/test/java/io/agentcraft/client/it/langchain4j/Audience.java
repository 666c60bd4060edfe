package io.agentcraft.client.it.langchain4j;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.view.AgentChange;
import io.agentcraft.client.view.AgentView;
import io.agentcraft.client.view.SessionChange;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Somebody who watches the server, and what they have seen, as lines. */
final class Audience {

  private final AgentCraftClient client;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** Watches with a client that has not connected yet. */
  Audience(AgentCraftClient client) {
    this.client = client;
    client.onAgentChange(change -> lines.add(line(change)));
    client.onSessionChange(change -> {
      lines.add(line(change));
      String phase = change.now().phase();
      if (change.kind() != SessionChange.Kind.PHASE
          && !phase.isEmpty()
          && (change.before() == null || !phase.equals(change.before().phase()))) {
        lines.add("session: PHASE " + phase); // known from the start
      }
    });
    Await.get(client.connect());
  }

  private static String line(AgentChange change) {
    AgentView now = change.now();
    String message = now.message();
    return now.name() + ": " + now.status() + " " + message
        + (now.details() == null || now.details().text().equals(message)
            ? ""
            : " [" + now.details().text() + "]");
  }

  private static String line(SessionChange change) {
    return "session: " + change.kind()
        + switch (change.kind()) {
          case STARTED -> " " + change.now().query();
          case PHASE -> " " + change.now().phase();
          case OUTPUT ->
            change.newOutput().stream()
                .map(each -> (Map<?, ?>) each)
                .map(each ->
                    " " + each.get("agent") + " " + each.get("type") + " " + each.get("content"))
                .collect(Collectors.joining(","));
          case COMPLETED -> " " + change.now().result();
          case FAILED -> " " + change.now().error();
          default -> "";
        };
  }

  /** Waits until a line has been seen that begins with this. */
  void sees(String beginning) {
    try {
      Await.until(beginning, () -> lines.stream().anyMatch(line -> line.startsWith(beginning)));
    } catch (AssertionError inVain) {
      throw new AssertionError("Never seen: " + beginning + ", but " + lines, inVain);
    }
  }

  /** Returns what was seen, one line after the other. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /** Waits until lines that begin with this have been seen so many times. */
  void seesTimes(int times, String beginning) {
    try {
      Await.until(beginning, () -> count(beginning) >= times);
    } catch (AssertionError inVain) {
      throw new AssertionError(
          "Not seen " + times + " times: " + beginning + ", but " + lines, inVain);
    }
  }

  /** Waits until the result of a session is this, which may be told after its end. */
  void isToldTheResult(String result) {
    Await.until(
        result,
        () -> client.board().snapshot().sessions().values().stream()
            .anyMatch(session -> result.equals(session.result())));
  }

  private long count(String beginning) {
    return lines.stream().filter(line -> line.startsWith(beginning)).count();
  }

  /** Returns the crews' outputs of this type. */
  List<Object> outputs(String type) {
    return client.board().snapshot().sessions().values().stream()
        .flatMap(session -> session.crewOutput().stream())
        .filter(output -> output instanceof Map<?, ?> entry && type.equals(entry.get("type")))
        .toList();
  }

  /** Returns the agents of each session as they are now. */
  List<Map<String, String>> sessions() {
    return client.board().snapshot().sessions().values().stream()
        .map(session -> session.agents().stream()
            .collect(
                Collectors.toMap(AgentView::name, agent -> agent.status() + " " + agent.message())))
        .toList();
  }
}
