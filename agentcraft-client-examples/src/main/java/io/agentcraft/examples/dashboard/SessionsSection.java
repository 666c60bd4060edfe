package io.agentcraft.examples.dashboard;

import io.agentcraft.client.view.SessionView;
import io.agentcraft.examples.dashboard.RowBudget.Want;
import io.agentcraft.examples.live.Frame;
import io.agentcraft.examples.live.SessionWords;
import java.util.List;
import org.jline.utils.AttributedString;

/** The server's sessions. */
final class SessionsSection implements Section {

  @Override
  public Want want(Frame frame, int rows) {
    return new Want(
        rows < SMALL ? 2 : 3,
        Math.max(2, Math.min(rows / 3, 1 + frame.board().sessions().size())));
  }

  @Override
  public List<AttributedString> draw(Frame frame, Look look, int width, int rows) {
    List<SessionView> sessions = List.copyOf(frame.board().sessions().values());
    int idWidth = Math.max(8, Math.min(24, width / 4));
    String heading = "Sessions (" + sessions.size() + ")";
    return Listing.first(
        heading, sessions, look, width, rows, session -> line(session, look, width, idWidth));
  }

  private static AttributedString line(SessionView session, Look look, int width, int idWidth) {
    boolean old = session.stale() || session.removed();
    Row row = new Row(look, width)
        .add(Ink.TEXT, "  ")
        .column(old ? Ink.FAINT : Ink.CALM, session.sessionId(), idWidth)
        .column(ink(session, old), session.displayStatus(), width < 60 ? 10 : 20);
    if (width >= 60) {
      String agents = session.agentsActive() == null ? "" : session.agentsActive() + " active";
      row.column(old ? Ink.FAINT : Ink.TEXT, agents, 9);
    }
    return row.add(old ? Ink.FAINT : Ink.TEXT, session.query()).build();
  }

  private static Ink ink(SessionView session, boolean old) {
    if (old) {
      return Ink.FAINT;
    }
    if (SessionWords.isCompleted(session)) {
      return Ink.GOOD;
    }
    return SessionWords.isOver(session) ? Ink.BAD : Ink.BUSY;
  }
}
