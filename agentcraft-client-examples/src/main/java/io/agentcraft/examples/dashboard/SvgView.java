package io.agentcraft.examples.dashboard;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.examples.live.Frame;
import io.agentcraft.examples.live.View;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes one frame to a file: the first one some moments after a reconnect, otherwise the last one. */
public final class SvgView implements View {

  private static final int COLUMNS = 96;
  private static final int ROWS = 26;
  private static final Duration MOMENTS = Duration.ofMillis(3_300);

  private final Path file;
  private @Nullable Frame last;
  private boolean written;

  /**
   * Makes the view.
   *
   * @param file where the picture goes; overwritten
   */
  public SvgView(Path file) {
    this.file = file;
  }

  @Override
  public void attachTo(AgentCraftClient client) {
    // A frame holds all that is shown.
  }

  @Override
  public synchronized void show(Frame frame) {
    last = frame;
    if (!written
        && frame.counts().reconnects() > 0
        && frame.board().isConnected()
        && frame.sinceStateChange().compareTo(MOMENTS) >= 0) {
      write(frame);
    }
  }

  @Override
  public synchronized void close() {
    if (!written && last != null) {
      write(last);
    }
  }

  private void write(Frame frame) {
    written = true;
    String svg =
        DashboardSvg.of(DashboardRenderer.render(frame, Look.FULL, COLUMNS, ROWS), COLUMNS, ROWS);
    try {
      Files.writeString(file, svg);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the picture to " + file, e);
    }
  }
}
