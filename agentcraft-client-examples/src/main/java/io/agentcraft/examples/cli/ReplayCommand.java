package io.agentcraft.examples.cli;

import io.agentcraft.client.record.FrameDirection;
import io.agentcraft.client.record.RecordedFrame;
import io.agentcraft.examples.live.Ending;
import io.agentcraft.examples.soak.Progress;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.Replay;
import io.agentcraft.testing.ReplaySpeed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code agentcraft replay FILE}. */
@Command(
    name = "replay",
    description = {
      "Sends a recording to the clients that connect, as their server would.",
      "It waits for the clients, sends the frames, and ends. The server says nothing else."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all was sent, or ended by Ctrl-C",
      "1:the recording is broken, or the port is taken",
      "2:the arguments are wrong"
    })
public final class ReplayCommand implements Callable<Integer> {

  private static final int HIGHEST_PORT = 65_535;
  private static final Duration SLOWEST_READER = Duration.ofSeconds(30);

  @Parameters(paramLabel = "FILE", description = "The recording.")
  private @Nullable Path file;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port; 8000 by default, 0 for a free one.")
  private int port = 8_000;

  @Option(
      names = "--speed",
      paramLabel = "S",
      description = "How many times as fast, 1 by default; max for as fast as the clients read.")
  private String speed = "1";

  @Option(
      names = "--clients",
      paramLabel = "N",
      description = "How many clients to wait for; 1 by default.")
  private int clients = 1;

  @Spec
  private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    Path recording = Objects.requireNonNull(file);
    ReplaySpeed pace = pace(command);
    if (clients < 1) {
      throw new ParameterException(
          command, "--clients is " + clients + ", but a replay has 1 client or more.");
    }
    if (port < 0 || port > HIGHEST_PORT) {
      throw new ParameterException(
          command, "--port is " + port + ", but ports go from 0 to " + HIGHEST_PORT + ".");
    }
    long frames;
    try {
      frames = count(command, recording);
    } catch (IllegalArgumentException broken) {
      return Stay.failed(command, String.valueOf(broken.getMessage()));
    }
    try (ReferenceServer server = ReferenceServer.builder().port(port).start();
        Stay stay = new Stay(command)) {
      server.faults().rewriteSent((connection, text) -> List.of());
      PrintWriter out = command.getOut();
      out.printf(Locale.ROOT, "clients     %s, waiting for %d%n", server.url(), clients);
      out.flush();
      Ending how = stay.await(null, () -> {
        if (server.clients().size() >= clients) {
          stay.end(new Ending.Finished());
        }
      });
      return how instanceof Ending.Finished
          ? play(command, server, recording, pace, frames)
          : stay.exitCode(how);
    } catch (UncheckedIOException taken) {
      Throwable cause = taken.getCause() == null ? taken : taken.getCause();
      return Stay.failed(
          command,
          "It can't listen on port " + port + ": " + cause.getMessage()
              + ". --port 0 takes a free port.");
    }
  }

  private static int play(
      CommandLine command, ReferenceServer server, Path file, ReplaySpeed pace, long frames) {
    PrintWriter out = command.getOut();
    Progress progress = ProgressLine.to(out);
    try (Stay stay = new Stay(command)) {
      Replay replay = server.replay(file, pace);
      var unused = replay
          .done()
          .whenComplete((done, failure) ->
              stay.end(failure == null ? new Ending.Finished() : new Ending.Broken(failure)));
      Ending how = stay.await(
          null,
          () -> progress.show(String.format(
              Locale.ROOT,
              "%s %,d of %,d frames",
              ProgressLine.bar(frames == 0 ? 1 : (double) replay.sent() / frames),
              replay.sent(),
              frames)));
      replay.stop();
      // So that what was sent arrives before the server's end.
      server.faults().closeConnections(1001, "The recording is over");
      awaitNobody(command, server);
      out.println();
      out.printf(Locale.ROOT, "replayed    %,d of %,d frames%n", replay.sent(), frames);
      out.flush();
      return stay.exitCode(how);
    }
  }

  private static void awaitNobody(CommandLine command, ReferenceServer server) {
    try (Stay stay = new Stay(command)) {
      var unused = stay.await(SLOWEST_READER, () -> {
        if (server.clients().isEmpty()) {
          stay.end(new Ending.Finished());
        }
      });
    }
  }

  private ReplaySpeed pace(CommandLine command) {
    try {
      return speed.equals("max")
          ? ReplaySpeed.UNLIMITED
          : ReplaySpeed.times(Double.parseDouble(speed));
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(
          command, "--speed is " + speed + ", but a speed is a number above zero, or max.", wrong);
    }
  }

  private static long count(CommandLine command, Path file) {
    try (BufferedReader lines = new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      return count(file, lines);
    } catch (IOException | UncheckedIOException unreadable) {
      throw new ParameterException(
          command, "The recording " + file + " can't be read: " + unreadable.getMessage());
    }
  }

  /** Counts what is to be sent. A last line that is broken was cut off, and is left out. */
  private static long count(Path file, BufferedReader lines) throws IOException {
    long number = 0;
    long count = 0;
    String line = lines.readLine();
    while (line != null) {
      String next = lines.readLine();
      number++;
      try {
        boolean fromServer =
            !line.isBlank() && RecordedFrame.parse(line).direction() == FrameDirection.IN;
        count += fromServer ? 1 : 0;
      } catch (IllegalArgumentException broken) {
        if (next != null || number == 1) {
          throw new IllegalArgumentException(
              "Line " + number + " of " + file + ": " + broken.getMessage(), broken);
        }
      }
      line = next;
    }
    return count;
  }
}
