package io.agentcraft.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.examples.live.Ending;
import io.agentcraft.examples.live.Frames;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static final Ending BY_CTRL_C = new Ending.Interrupted("INT");

  @Test
  void aDemoWithProblemsIsWrongAndSaysWhich() {
    Verdict verdict = Verdict.ofDemo(new Ending.Finished(), evidence());

    assertThat(verdict.exitCode()).isEqualTo(Verdict.WRONG);
    assertThat(verdict.lines())
        .contains("Something was lost or wrong:", "  No agent_status message came.");
  }

  @Test
  void aDemoThatIsInterruptedIsNotJudged() {
    Verdict verdict = Verdict.ofDemo(BY_CTRL_C, evidence());

    assertThat(verdict.exitCode()).isEqualTo(130);
    assertThat(verdict.lines()).last().isEqualTo("Ended by Ctrl-C.");
  }

  @Test
  void aDemoThatBreaksSaysWithWhat() {
    Verdict verdict =
        Verdict.ofDemo(new Ending.Broken(new IllegalStateException("no room")), evidence());

    assertThat(verdict.exitCode()).isEqualTo(Verdict.WRONG);
    assertThat(verdict.lines())
        .last()
        .isEqualTo("This command failed: java.lang.IllegalStateException: no room");
  }

  @Test
  void aWatchThatWasConnectedEndsWell() {
    Frames frames = new Frames().connected();

    assertThat(Verdict.ofWatch(new Ending.TimeUp(), frames.frame()).exitCode()).isZero();
    assertThat(Verdict.ofWatch(BY_CTRL_C, frames.frame()).exitCode()).isZero();
  }

  @Test
  void aWatchThatWasNeverConnectedSaysWhy() {
    Frames frames = new Frames().connection(Frames.waiting(2, Duration.ofSeconds(4)));

    Verdict verdict = Verdict.ofWatch(BY_CTRL_C, frames.frame());

    assertThat(verdict.exitCode()).isEqualTo(Verdict.WRONG);
    assertThat(verdict.lines())
        .contains(
            "It was never connected: ConnectionLost: the server ended the connection without a close frame.")
        .anyMatch(line -> line.startsWith("Check that the server runs"));
  }

  @Test
  void aWatchThatGaveUpTellsTheTypedCauseAndWhatToDo() {
    Frames frames = new Frames().connection(Frames.state(ConnectionStatus.FAILED));
    DisconnectCause cause = new DisconnectCause.ConnectionLost(new ConnectException("refused"));

    Verdict verdict = Verdict.ofWatch(new Ending.GaveUp("It is gone.", cause), frames.frame());

    assertThat(verdict.exitCode()).isEqualTo(Verdict.WRONG);
    assertThat(verdict.lines())
        .contains("ConnectionLost: It is gone.")
        .last()
        .asString()
        .startsWith("Check that the server runs, and that host and port are right.");
  }

  @Test
  void anAbsentProgressPrintsAsNothing() {
    Frames frames = new Frames().connected().agentWithoutProgress("Researcher");
    assertThat(Verdict.ofWatch(new Ending.TimeUp(), frames.frame()).lines())
        .contains("  agent       Researcher: PROCESSING, Reading");
  }

  private static DemoChecks.Evidence evidence() {
    return new DemoChecks.Evidence(
        List.of(), List.of(), new Frames().frame(), OptionalLong.empty());
  }
}
