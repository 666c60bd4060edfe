package io.agentcraft.examples.dashboard;

import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.view.AgentView;
import io.agentcraft.client.view.BoardSnapshot.CollaborationView;
import io.agentcraft.client.view.BoardSnapshot.LogLineView;
import io.agentcraft.client.view.SessionView;
import io.agentcraft.examples.dashboard.DashboardRenderer.Section;
import io.agentcraft.examples.dashboard.DashboardRenderer.Want;
import io.agentcraft.examples.dashboard.Theme.Ink;
import io.agentcraft.examples.live.Sessions;
import io.agentcraft.examples.live.Text;
import io.agentcraft.examples.live.View.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;

/** The four sections of the dashboard. */
final class Sections {

  private Sections() {}

  /** One line per agent: name, status, progress bar, message. */
  static final class AgentSection implements Section {

    private static final int STATUS_WIDTH = 13;
    private static final int PERCENT_WIDTH = 5;

    @Override
    public Want want(Frame frame, int rows) {
      return new Want(4, 1 + Math.max(1, frame.board().agents().size()));
    }

    @Override
    public List<AttributedString> draw(Frame frame, Theme theme, int width, int rows) {
      List<AgentView> agents = frame.board().agents();
      String heading = "Agents (" + agents.size() + ")";
      return first(heading, agents, theme, width, rows, agent -> line(agent, theme, width));
    }

    private static AttributedString line(AgentView agent, Theme theme, int width) {
      boolean old = agent.stale();
      Ink ink = old ? Ink.FAINT : ink(agent);
      int nameWidth = Math.max(6, Math.min(20, width / 6));
      Row row = new Row(theme, width)
          .add(Ink.TEXT, "  ")
          .column(old ? Ink.FAINT : Ink.TEXT, agent.displayName(), nameWidth)
          .column(ink, Text.status(agent), STATUS_WIDTH);
      int room = Math.max(0, row.room() - PERCENT_WIDTH - 2);
      boolean narrow = width < 60;
      // Where there is no room for the message, the bar takes all of it.
      row.bar(ink, agent.progress(), narrow ? room : Math.min(40, room * 2 / 5))
          .right(ink, Text.percent(agent.progress()), PERCENT_WIDTH);
      if (!narrow) {
        row.add(old ? Ink.FAINT : Ink.TEXT, " " + Text.doing(agent));
      }
      return row.build();
    }

    private static Ink ink(AgentView agent) {
      return switch (agent.status()) {
        case ANALYZING -> Ink.CALM;
        case PROCESSING, COMPLETING -> Ink.BUSY;
        case COLLABORATING -> Ink.TOGETHER;
        case COMPLETED -> Ink.GOOD;
        case ERROR -> Ink.BAD;
        case IDLE -> Ink.FAINT;
        case UNKNOWN -> Ink.TEXT;
      };
    }
  }

  /** The server's sessions. */
  static final class SessionSection implements Section {

    @Override
    public Want want(Frame frame, int rows) {
      return new Want(
          rows < SMALL ? 2 : 3,
          Math.max(2, Math.min(rows / 3, 1 + frame.board().sessions().size())));
    }

    @Override
    public List<AttributedString> draw(Frame frame, Theme theme, int width, int rows) {
      List<SessionView> sessions = List.copyOf(frame.board().sessions().values());
      int idWidth = Math.max(8, Math.min(24, width / 4));
      String heading = "Sessions (" + frame.board().totalSessions() + ")";
      return first(
          heading, sessions, theme, width, rows, session -> line(session, theme, width, idWidth));
    }

    private static AttributedString line(SessionView session, Theme theme, int width, int idWidth) {
      boolean old = session.stale() || session.removed();
      Row row = new Row(theme, width)
          .add(Ink.TEXT, "  ")
          .column(old ? Ink.FAINT : Ink.CALM, session.sessionId(), idWidth)
          .column(ink(session, old), session.displayStatus(), width < 60 ? 10 : 20);
      if (width >= 60) {
        String agents = session.agentsActive() == null ? "" : session.agentsActive() + " active";
        row.column(old ? Ink.FAINT : Ink.TEXT, agents, 9);
      }
      String latest = latest(session);
      return row.add(old ? Ink.FAINT : Ink.TEXT, session.query())
          .add(old ? Ink.FAINT : ink(session, false), latest.isEmpty() ? "" : "  " + latest)
          .build();
    }

    /** The result or the error of a session; before that, its newest output. */
    private static String latest(SessionView session) {
      List<@Nullable Object> output = session.crewOutput();
      String reason = Text.reason(session);
      return reason.isEmpty() && !output.isEmpty()
          ? Text.output(output.get(output.size() - 1))
          : reason;
    }

    private static Ink ink(SessionView session, boolean old) {
      if (old) {
        return Ink.FAINT;
      }
      if (Sessions.isCompleted(session)) {
        return Ink.GOOD;
      }
      return Sessions.isOver(session) ? Ink.BAD : Ink.BUSY;
    }
  }

  /** The newest collaborations. */
  static final class CollaborationSection implements Section {

    private static final int MOST = 3;

    @Override
    public Want want(Frame frame, int rows) {
      int known = Math.min(MOST, frame.board().collaborations().size());
      return known == 0 || rows < SMALL ? new Want(0, 0) : new Want(1 + known, 1 + known);
    }

    @Override
    public List<AttributedString> draw(Frame frame, Theme theme, int width, int rows) {
      return last(
          "Collaborations",
          frame.board().collaborations(),
          theme,
          width,
          rows,
          collaboration -> line(collaboration, theme, width));
    }

    private static AttributedString line(CollaborationView view, Theme theme, int width) {
      AgentCollaboration collaboration = view.collaboration();
      Ink ink = view.stale() ? Ink.FAINT : Ink.TEXT;
      return new Row(theme, width)
          .add(Ink.TEXT, "  ")
          .add(ink, collaboration.primaryAgent())
          .add(ink, " " + theme.arrow() + " " + collaboration.secondaryAgent() + "  ")
          .add(view.stale() ? Ink.FAINT : Ink.TOGETHER, collaboration.collaborationType())
          .add(ink, "  " + collaboration.reason())
          .build();
    }
  }

  /** The newest log lines. Takes the rows that no other section wants. */
  static final class LogSection implements Section {

    @Override
    public Want want(Frame frame, int rows) {
      return new Want(rows < SMALL ? 2 : 3, rows);
    }

    @Override
    public List<AttributedString> draw(Frame frame, Theme theme, int width, int rows) {
      return last(
          "Log",
          frame.board().logLines(),
          theme,
          width,
          rows,
          line -> line(line, frame, theme, width));
    }

    private static AttributedString line(LogLineView view, Frame frame, Theme theme, int width) {
      LogLine line = view.line();
      boolean old = view.stale();
      Row row = new Row(theme, width).add(Ink.TEXT, "  ");
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

  /** Draws the first items, and how many more there are. */
  private static <T> List<AttributedString> first(
      String heading,
      List<T> items,
      Theme theme,
      int width,
      int rows,
      Function<T, AttributedString> draw) {
    boolean all = items.size() < rows;
    // With one row only, an item is of more use than the count, which is in the heading.
    boolean counted = !all && rows > 2;
    int shown = all ? items.size() : rows - (counted ? 2 : 1);
    List<AttributedString> lines = section(heading, items.subList(0, shown), theme, width, draw);
    if (counted) {
      String more = theme.ellipsis() + " and " + (items.size() - shown) + " more";
      lines.add(new Row(theme, width).add(Ink.FAINT, "  " + more).build());
    }
    return lines;
  }

  /** Draws the last items. */
  private static <T> List<AttributedString> last(
      String heading,
      List<T> items,
      Theme theme,
      int width,
      int rows,
      Function<T, AttributedString> draw) {
    int from = Math.max(0, items.size() - (rows - 1));
    return section(heading, items.subList(from, items.size()), theme, width, draw);
  }

  private static <T> List<AttributedString> section(
      String heading, List<T> items, Theme theme, int width, Function<T, AttributedString> draw) {
    List<AttributedString> lines = new ArrayList<>();
    lines.add(new Row(theme, width).add(Ink.HEADING, heading).build());
    items.forEach(item -> lines.add(draw.apply(item)));
    return lines;
  }
}
