package io.agentcraft.testing;

import java.time.Duration;
import java.util.List;

/** Says what was waited for in vain, and what was seen instead. */
final class TimeoutReport {

  private static final int LAST_FRAMES = 10;

  private TimeoutReport() {}

  static String of(String what, Duration patience, Journal journal) {
    StringBuilder report = new StringBuilder("Waited ")
        .append(patience.toMillis() / 1000.0)
        .append(" s in vain for ")
        .append(what)
        .append('.');
    List<ClientConnection> all = journal.all();
    if (all.isEmpty()) {
      return report.append(" No client has ever connected.").toString();
    }
    report.append("\nConnections (").append(all.size()).append(" so far):");
    for (ClientConnection connection :
        all.subList(Math.max(0, all.size() - LAST_FRAMES), all.size())) {
      report.append("\n  ").append(connection);
    }
    List<ReceivedFrame> frames = journal.frames();
    report.append("\nFrames received (").append(frames.size()).append("):");
    for (ReceivedFrame frame :
        frames.subList(Math.max(0, frames.size() - LAST_FRAMES), frames.size())) {
      report.append("\n  ").append(frame);
    }
    return report.toString();
  }
}
