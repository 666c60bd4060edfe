package io.agentcraft.examples.dashboard;

import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.view.BoardSnapshot.LogLineView;
import io.agentcraft.examples.dashboard.RowBudget.Want;
import io.agentcraft.examples.live.Frame;
import io.agentcraft.examples.live.Text;
import java.util.List;
import org.jline.utils.AttributedString;

/** The newest log lines; takes the rows that nobody else wants. */
final class LogSection implements Section {

  @Override
  public Want want(Frame frame, int rows) {
    return new Want(rows < SMALL ? 2 : 3, rows);
  }

  @Override
  public List<AttributedString> draw(Frame frame, Look look, int width, int rows) {
    return Listing.last(
        "Log", frame.board().logLines(), look, width, rows, line -> line(line, frame, look, width));
  }

  private static AttributedString line(LogLineView view, Frame frame, Look look, int width) {
    LogLine line = view.line();
    boolean old = view.stale();
    Row row = new Row(look, width).add(Ink.TEXT, "  ");
    if (width >= 60) {
      row.add(Ink.FAINT, Text.timeOfDay(line.timestamp(), frame.zone()) + " ");
    }
    row.column(old ? Ink.FAINT : ink(line.level()), line.level(), 7);
    if (line.agent() != null) {
      row.add(Ink.FAINT, line.agent() + ": ");
    }
    return row.add(old ? Ink.FAINT : Ink.TEXT, line.message()).build();
  }

  private static Ink ink(String level) {
    return switch (level) {
      case "ERROR", "CRITICAL", "FATAL" -> Ink.BAD;
      case "WARNING", "WARN" -> Ink.BUSY;
      case "DEBUG", "TRACE" -> Ink.FAINT;
      default -> Ink.CALM;
    };
  }
}
