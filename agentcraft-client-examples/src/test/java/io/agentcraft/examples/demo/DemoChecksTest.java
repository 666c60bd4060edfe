package io.agentcraft.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.examples.live.Frames;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DemoChecksTest {

  private static final List<CrewStep.Timed> SCRIPT = List.of(
      new CrewStep.Timed(0, new CrewStep.Begin("s", "Why?", List.of("A"))),
      new CrewStep.Timed(0.1, new CrewStep.Report("A", AgentStatus.PROCESSING, 10, "at work")),
      new CrewStep.Timed(0.2, new CrewStep.Log("s", "info", "A", "early")),
      new CrewStep.Timed(0.5, new CrewStep.Cut()),
      new CrewStep.Timed(0.6, new CrewStep.Report("A", AgentStatus.COMPLETED, 100, "done")),
      new CrewStep.Timed(0.8, new CrewStep.Log("s", "info", "A", "late")),
      new CrewStep.Timed(0.9, new CrewStep.Complete("s")));

  /** The client caught up between the sixth and the seventh tenth. */
  private OptionalLong caughtUpAt = OptionalLong.of(650);

  private List<CrewStep.Performed> performed = SCRIPT.stream()
      .map(step -> new CrewStep.Performed(step.step(), Math.round(step.at() * 1_000)))
      .toList();

  @Test
  void allIsWell() {
    assertThat(problems(seenAll())).isEmpty();
  }

  @Test
  void aStepThatWasNotPlayed() {
    performed = performed.subList(0, 6);

    assertThat(problems(seenAll())).containsExactly("The crew left out 1 steps of its script.");
  }

  @Test
  void noReconnect() {
    Frames frames = new Frames().connected();
    seeAll(frames);

    assertThat(problems(frames))
        .containsExactly("The client did not reconnect, although its connection was cut.");
  }

  @Test
  void notConnectedAtTheEnd() {
    assertThat(problems(seenAll().connection(Frames.state(ConnectionStatus.RECONNECTING))))
        .containsExactly("The client is not connected at the end, but RECONNECTING.");
  }

  @Test
  void anAgentWithAnotherStatus() {
    assertThat(problems(seenAll().agent("A", AgentStatus.PROCESSING, 99, "nearly")))
        .containsExactly("A ended as COMPLETED, but the client's board says PROCESSING.");
  }

  @Test
  void anAgentThatIsNotThere() {
    Frames frames = new Frames().connected().reconnected();
    seeAllBut(frames, "agent_status");

    assertThat(problems(frames))
        .containsExactly(
            "A ended as COMPLETED, but the client's board says UNKNOWN.",
            "No agent_status message came.");
  }

  @Test
  void theStateOfASessionTellsOfAnAgentToo() {
    assertThat(problems(seenAll().message(state(AgentStatus.COMPLETED)))).isEmpty();
    assertThat(problems(seenAll().message(state(AgentStatus.ERROR))))
        .containsExactly("A ended as COMPLETED, but the client's board says ERROR.");
  }

  @Test
  void aSessionThatIsNotCompleted() {
    assertThat(problems(seenAll().sessions("execution", "s")))
        .containsExactly("s was completed, but the client's board says \"execution\".");
    assertThat(problems(seenAll().sessions("execution")))
        .containsExactly("s was completed, but the client's board says nothing of it.");
  }

  @Test
  void aLogLineThatIsLost() {
    Frames frames = new Frames().connected().reconnected();
    seeAllBut(frames, "early");

    assertThat(problems(frames)).containsExactly("This log line of s did not arrive: \"early\".");
  }

  @Test
  void aStreamThatDidNotGoOn() {
    Frames frames = new Frames().connected().reconnected();
    seeAllBut(frames, "late");

    assertThat(problems(frames))
        .containsExactly(
            "This log line of s did not arrive: \"late\".",
            "Log streaming did not go on after the reconnect.");
  }

  @Test
  void aClientThatDidNotCatchUp() {
    caughtUpAt = OptionalLong.empty();

    assertThat(problems(seenAll()))
        .containsExactly("The client did not catch up after the reconnect.");
  }

  @Test
  void aTypeThatNeverCame() {
    Frames frames = new Frames().connected().reconnected();
    seeAllBut(frames, "agent_collaboration");

    assertThat(problems(frames)).containsExactly("No agent_collaboration message came.");
  }

  @Test
  void anError() {
    assertThat(problems(seenAll().error("a frame was malformed")))
        .containsExactly("1 errors, the first: [a frame was malformed]");
  }

  private List<String> problems(Frames frames) {
    return DemoChecks.problems(
        new DemoChecks.Evidence(SCRIPT, performed, frames.frame(), caughtUpAt));
  }

  private static Frames seenAll() {
    Frames frames = new Frames().connected().reconnected();
    seeAll(frames);
    return frames;
  }

  private static void seeAll(Frames frames) {
    seeAllBut(frames, "nothing");
  }

  private static void seeAllBut(Frames frames, String left) {
    List<Runnable> all = new ArrayList<>();
    if (!left.equals("agent_status")) {
      all.add(() -> frames.agent("A", AgentStatus.COMPLETED, 100, "done"));
    }
    if (!left.equals("agent_collaboration")) {
      all.add(() -> frames.talk("A", "B", "together"));
    }
    for (String line : List.of("early", "late")) {
      if (!left.equals(line)) {
        all.add(() -> frames.log("s", "info", "A", line));
      }
    }
    all.add(() -> frames.message(emptyState()));
    all.add(() -> frames.sessions("completed", "s"));
    all.forEach(Runnable::run);
  }

  private static ServerMessage emptyState() {
    return new SessionState(
        "other", SessionSnapshot.documented("other", "", "", 0, List.of(), List.of()), null);
  }

  private static ServerMessage state(AgentStatus status) {
    AgentState agent = AgentState.documented("A", status, 50, null);
    return new SessionState(
        "s",
        SessionSnapshot.documented("s", "", "completed", 100, List.of(agent), List.of()),
        null);
  }
}
