package io.agentcraft.examples.cli;

import io.agentcraft.client.record.FrameListener.Direction;
import io.agentcraft.client.record.RecordedFrame;
import io.agentcraft.client.record.RecordingReader;
import io.agentcraft.examples.live.Ending;
import io.agentcraft.examples.live.Text;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.Replay;
import io.agentcraft.testing.ReplaySpeed;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code agentcraft replay FILE}. */
@Command(
    name = "replay",
    description = {
      "Starts a server that sends a recording to the clients that connect.",
      "It waits for the clients, sends the frames, and ends. It sends nothing else."
    },
    exitCodeList = {
      "0:the whole recording was sent",
      "1:the recording is damaged, or the port is taken",
      "2:the arguments are wrong",
      "130:ended by Ctrl-C before the end of the recording"
    })
final class ReplayCommand implements Callable<Integer> {

  private static final Duration SLOWEST_READER = Duration.ofSeconds(30);

  @Parameters(paramLabel = "FILE", description = "The recording.")
  private @Nullable Path file;

  @Mixin
  private final SharedOptions.Port port = new SharedOptions.Port();

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
      throw new ParameterException(command, "--clients is " + clients + ", but must be 1 or more.");
    }
    int number = port.number();
    long frames;
    try {
      frames = count(recording);
    } catch (UncheckedIOException unreadable) {
      throw new ParameterException(command, String.valueOf(unreadable.getMessage()), unreadable);
    } catch (IllegalArgumentException damaged) {
      return CommandRun.failed(command, String.valueOf(damaged.getMessage()));
    }
    try (ReferenceServer server = ReferenceServer.builder().port(number).start();
        CommandRun run = new CommandRun(command)) {
      server.faults().rewriteSent((connection, text) -> List.of());
      Text.print(command.getOut(), "clients     " + server.url() + ", waiting for " + clients);
      Ending how = run.await(null, () -> {
        if (server.openConnections().size() >= clients) {
          run.end(new Ending.Finished());
        }
      });
      return how instanceof Ending.Finished
          ? play(command, server, recording, pace, frames)
          : run.exitCodeOfTask(how);
    } catch (UncheckedIOException taken) {
      return CommandRun.failed(command, port.taken("127.0.0.1", taken));
    }
  }

  private static int play(
      CommandLine command, ReferenceServer server, Path file, ReplaySpeed pace, long frames) {
    PrintWriter out = command.getOut();
    try (ProgressLine progress = ProgressLine.to(out);
        CommandRun run = new CommandRun(command, progress)) {
      Replay replay = server.replay(file, pace);
      var unused = replay
          .done()
          .whenComplete((done, failure) ->
              run.end(failure == null ? new Ending.Finished() : new Ending.Broken(failure)));
      Ending how = run.await(null, () -> show(progress, replay, frames));
      replay.stop();
      // So that what was sent arrives before the server closes.
      server.faults().closeConnections(1001, "The recording is over");
      awaitDisconnects(command, server);
      show(progress, replay, frames);
      progress.end();
      Text.print(
          out, String.format(Locale.ROOT, "replayed    %,d of %,d frames", replay.sent(), frames));
      return run.exitCodeOfTask(how);
    }
  }

  private static void show(ProgressLine progress, Replay replay, long frames) {
    long sent = replay.sent();
    progress.show(
        frames == 0 ? 1 : (double) sent / frames,
        String.format(Locale.ROOT, "%,d of %,d frames", sent, frames));
  }

  private static void awaitDisconnects(CommandLine command, ReferenceServer server) {
    try (CommandRun run = new CommandRun(command)) {
      var unused = run.await(SLOWEST_READER, () -> {
        if (server.openConnections().isEmpty()) {
          run.end(new Ending.Finished());
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
          command, "--speed is " + speed + ", but must be a number above zero, or max.", wrong);
    }
  }

  /** Counts the frames to send, which the progress needs. */
  private static long count(Path file) {
    long count = 0;
    try (RecordingReader frames = RecordingReader.of(file)) {
      for (RecordedFrame frame = frames.next(); frame != null; frame = frames.next()) {
        count += frame.direction() == Direction.IN ? 1 : 0;
      }
    } catch (IOException onlyFromClosing) {
      throw new UncheckedIOException(onlyFromClosing);
    }
    return count;
  }
}
