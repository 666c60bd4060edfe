package io.agentcraft.examples.cli;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.record.FrameRecorder;
import io.agentcraft.examples.live.Ending;
import io.agentcraft.examples.live.Text;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code agentcraft record URL FILE}. */
@Command(
    name = "record",
    description = {
      "Records what a server sends, one JSON object per line, until Ctrl-C.",
      "agentcraft replay FILE sends it again. An existing file is overwritten."
    },
    exitCodeList = {
      "0:ended by Ctrl-C, the time was up, or the file is full",
      "1:it was never connected, the client gave up, or the file could not be written",
      "2:the arguments are wrong"
    })
final class RecordCommand implements Callable<Integer> {

  @Mixin
  private final Target target = new Target();

  @Parameters(index = "1", paramLabel = "FILE", description = "The file to write.")
  private @Nullable Path file;

  @Mixin
  private final SharedOptions.Seconds seconds = new SharedOptions.Seconds();

  @Option(
      names = "--max-megabytes",
      paramLabel = "M",
      description = "The maximum size of the file; 256 by default.")
  private int megabytes = (int) (FrameRecorder.DEFAULT_MAX_BYTES >> 20);

  @Override
  public Integer call() {
    CommandLine command = target.command();
    Duration time = seconds.orNull();
    if (megabytes < 1) {
      throw new ParameterException(
          command, "--max-megabytes is " + megabytes + ", but must be 1 or more.");
    }
    long most = (long) megabytes << 20;
    // Wrong arguments must not overwrite an earlier recording of the same name.
    target.client().close();
    try (FrameRecorder recorder = FrameRecorder.to(Objects.requireNonNull(file), most);
        AgentCraftClient client = target.client(options -> options.frameListener(recorder));
        ProgressLine progress = ProgressLine.to(command.getOut());
        CommandRun run = new CommandRun(command, progress)) {
      // Frames of types without a listener are recorded as well.
      var unused = run.connect(client);
      long start = System.nanoTime();
      Ending how = run.await(time, () -> {
        show(progress, recorder, time, System.nanoTime() - start, most);
        if (recorder.isFull() || recorder.failure() != null) {
          run.end(new Ending.Finished());
        }
      });
      progress.end();
      return report(command, run, how, recorder);
    } catch (UncheckedIOException unwritable) {
      return CommandRun.failed(command, String.valueOf(unwritable.getMessage()));
    }
  }

  private static void show(
      ProgressLine progress,
      FrameRecorder recorder,
      @Nullable Duration length,
      long elapsedNanos,
      long most) {
    double ofTime = length == null ? 0 : (double) elapsedNanos / length.toNanos();
    double done = Math.max(ofTime, (double) recorder.bytes() / most);
    progress.show(
        done,
        String.format(
            Locale.ROOT, "%,d frames, %.1f MB", recorder.frames(), recorder.bytes() / 1e6));
  }

  private int report(CommandLine command, CommandRun run, Ending how, FrameRecorder recorder) {
    Text.print(
        command.getOut(),
        String.format(
            Locale.ROOT,
            "recorded    %,d frames, %,d bytes in %s%s",
            recorder.frames(),
            recorder.bytes(),
            file,
            recorder.isFull() ? "; it is full" : ""));
    if (recorder.failure() != null) {
      return run.exitCode(new Ending.Broken(recorder.failure()));
    }
    return run.exitCode(how);
  }
}
