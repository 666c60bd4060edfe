package io.agentcraft.examples.cli;

import io.agentcraft.client.record.FrameListener.Direction;
import io.agentcraft.client.record.RecordedFrame;
import io.agentcraft.client.record.RecordingReader;
import io.agentcraft.examples.live.Ending;
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
      "Sends a recording to the clients that connect, as their server would.",
      "It waits for the clients, sends the frames, and ends. The server says nothing else."
    },
    exitCodeList = {
      "0:all was sent",
      "1:the recording is damaged, or the port is taken",
      "2:the arguments are wrong",
      "130:ended by Ctrl-C before all was sent"
    })
public final class ReplayCommand implements Callable<Integer> {

  private static final Duration SLOWEST_READER = Duration.ofSeconds(30);

  @Parameters(paramLabel = "FILE", description = "The recording.")
  private @Nullable Path file;

  @Mixin
  private final Port port = new Port();

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
    int number = port.number();
    long frames;
    try {
      frames = count(recording);
    } catch (UncheckedIOException unreadable) {
      throw new ParameterException(command, String.valueOf(unreadable.getMessage()), unreadable);
    } catch (IllegalArgumentException damaged) {
      return Stay.failed(command, String.valueOf(damaged.getMessage()));
    }
    try (ReferenceServer server = ReferenceServer.builder().port(number).start();
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
          : stay.exitCodeOfTask(how);
    } catch (UncheckedIOException taken) {
      return Stay.failed(command, port.taken("127.0.0.1", taken));
    }
  }

  private static int play(
      CommandLine command, ReferenceServer server, Path file, ReplaySpeed pace, long frames) {
    PrintWriter out = command.getOut();
    try (ProgressLine progress = ProgressLine.to(out);
        Stay stay = new Stay(command, progress)) {
      Replay replay = server.replay(file, pace);
      var unused = replay
          .done()
          .whenComplete((done, failure) ->
              stay.end(failure == null ? new Ending.Finished() : new Ending.Broken(failure)));
      Ending how = stay.await(null, () -> show(progress, replay, frames));
      replay.stop();
      // So that what was sent arrives before the server's end.
      server.faults().closeConnections(1001, "The recording is over");
      awaitNobody(command, server);
      show(progress, replay, frames);
      progress.end();
      out.printf(Locale.ROOT, "replayed    %,d of %,d frames%n", replay.sent(), frames);
      out.flush();
      return stay.exitCodeOfTask(how);
    }
  }

  private static void show(ProgressLine progress, Replay replay, long frames) {
    long sent = replay.sent();
    progress.show(
        frames == 0 ? 1 : (double) sent / frames,
        String.format(Locale.ROOT, "%,d of %,d frames", sent, frames));
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

  /** Counts what is to be sent: a progress needs to know its end. */
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
