package io.agentcraft.examples.cli;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.record.FrameRecorder;
import io.agentcraft.examples.live.Ending;
import java.io.PrintWriter;
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
      "Records what a server sends, one JSON object a line, until Ctrl-C.",
      "agentcraft replay FILE sends it again. An existing file is overwritten."
    },
    exitCodeList = {
      "0:ended by Ctrl-C, the time was up, or the file is full",
      "1:it was never connected, the client gave up, or the file could not be written",
      "2:the arguments are wrong"
    })
public final class RecordCommand implements Callable<Integer> {

  @Mixin
  private final Target target = new Target();

  @Parameters(index = "1", paramLabel = "FILE", description = "The file to write.")
  private @Nullable Path file;

  @Mixin
  private final Length length = new Length();

  @Option(
      names = "--max-megabytes",
      paramLabel = "M",
      description = "How large the file may become; 256 by default.")
  private int megabytes = (int) (FrameRecorder.DEFAULT_MAX_BYTES >> 20);

  @Override
  public Integer call() {
    CommandLine command = target.command();
    Duration time = length.orNull();
    if (megabytes < 1) {
      throw new ParameterException(
          command, "--max-megabytes is " + megabytes + ", but a recording has room for 1 or more.");
    }
    long most = (long) megabytes << 20;
    // An argument that is wrong must not cost a recording of the same name.
    target.client().close();
    try (FrameRecorder recorder = FrameRecorder.to(Objects.requireNonNull(file), most);
        AgentCraftClient client = target.client(options -> options.frameListener(recorder));
        ProgressLine progress = ProgressLine.to(command.getOut());
        Stay stay = new Stay(command, progress)) {
      // Frames of types that nobody listens to are recorded all the same.
      var unused = stay.connect(client);
      long start = System.nanoTime();
      Ending how = stay.await(time, () -> {
        show(progress, recorder, time, System.nanoTime() - start, most);
        if (recorder.isFull() || recorder.failure() != null) {
          stay.end(new Ending.Finished());
        }
      });
      progress.end();
      return report(command, stay, how, recorder);
    } catch (UncheckedIOException unwritable) {
      return Stay.failed(command, String.valueOf(unwritable.getMessage()));
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

  private int report(CommandLine command, Stay stay, Ending how, FrameRecorder recorder) {
    PrintWriter out = command.getOut();
    out.printf(
        Locale.ROOT,
        "recorded    %,d frames, %,d bytes in %s%s%n",
        recorder.frames(),
        recorder.bytes(),
        file,
        recorder.isFull() ? "; it is full" : "");
    out.flush();
    if (recorder.failure() != null) {
      return stay.exitCode(new Ending.Broken(recorder.failure()));
    }
    return stay.exitCode(how);
  }
}
