package io.agentcraft.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.examples.live.Ending;
import io.agentcraft.testing.ReferenceServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What the end of a command means to the shell. */
@Timeout(60)
class StayTest {

  private static final Ending BY_CTRL_C = new Ending.Interrupted("INT");

  private final StringWriter err = new StringWriter();
  private final CommandLine command =
      new CommandLine(CommandSpec.create()).setErr(new PrintWriter(err));

  @Test
  void ctrlCIsTheEndOfACommandThatHasNoOther() throws Exception {
    try (ReferenceServer server = ReferenceServer.start();
        AgentCraftClient client = AgentCraftClient.builder(server.url()).build();
        Stay stay = new Stay(command)) {
      stay.connect(client).get(30, TimeUnit.SECONDS);
      assertThat(stay.exitCode(BY_CTRL_C)).isZero();
      assertThat(stay.exitCode(new Ending.TimeUp())).isZero();
      assertThat(stay.exitCodeOfTask(BY_CTRL_C)).isEqualTo(130);
      assertThat(stay.exitCodeOfTask(new Ending.Finished())).isZero();
      assertThat(err.toString()).isEmpty();
    }
  }

  @Test
  void whoeverWasNeverConnectedDidNotEndWell() {
    try (ReferenceServer server = ReferenceServer.start();
        AgentCraftClient client = AgentCraftClient.builder(server.url()).build();
        Stay stay = new Stay(command)) {
      server.faults().stallNextHandshake();
      var unused = stay.connect(client);
      assertThat(stay.exitCode(BY_CTRL_C)).isEqualTo(1);
      assertThat(stay.exitCode(new Ending.TimeUp())).isEqualTo(1);
      assertThat(err.toString()).contains("It was never connected");
    }
  }

  @Test
  void whatBrokeIsSaidWithoutControlCharacters() {
    try (Stay stay = new Stay(command)) {
      Exception damaged = new IllegalArgumentException("Line 2: \u001b[2J");
      assertThat(stay.exitCode(new Ending.Broken(new CompletionException(damaged))))
          .isEqualTo(1);
      assertThat(err.toString().strip()).isEqualTo("It broke: Line 2:  [2J");
    }
  }
}
