package io.agentcraft.examples.dashboard;

import io.agentcraft.client.view.AgentView;
import io.agentcraft.examples.dashboard.RowBudget.Want;
import io.agentcraft.examples.live.Frame;
import io.agentcraft.examples.live.Text;
import java.util.List;
import org.jline.utils.AttributedString;

/** One line for each agent: name, status, progress bar, message. */
final class AgentsSection implements Section {

  private static final int STATUS_WIDTH = 13;
  private static final int PERCENT_WIDTH = 5;

  @Override
  public Want want(Frame frame, int rows) {
    return new Want(4, 1 + Math.max(1, frame.board().allAgents().size()));
  }

  @Override
  public List<AttributedString> draw(Frame frame, Look look, int width, int rows) {
    List<AgentView> agents = frame.board().allAgents();
    String heading = "Agents (" + agents.size() + ")";
    return Listing.first(heading, agents, look, width, rows, agent -> line(agent, look, width));
  }

  private static AttributedString line(AgentView agent, Look look, int width) {
    boolean old = agent.stale();
    Ink ink = old ? Ink.FAINT : ink(agent);
    int nameWidth = Math.max(6, Math.min(20, width / 6));
    Row row = new Row(look, width)
        .add(Ink.TEXT, "  ")
        .column(old ? Ink.FAINT : Ink.TEXT, agent.displayName(), nameWidth)
        .column(ink, Text.status(agent), STATUS_WIDTH);
    int room = Math.max(0, row.room() - PERCENT_WIDTH - 2);
    boolean narrow = width < 60;
    // Where there is no room for the message, the bar takes all of it.
    row.bar(ink, agent.displayProgress(), narrow ? room : Math.min(40, room * 2 / 5))
        .right(ink, Text.percent(agent.progress()), PERCENT_WIDTH);
    if (!narrow) {
      row.add(old ? Ink.FAINT : Ink.TEXT, " " + agent.message());
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
