package io.agentcraft.examples.dashboard;

import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.view.BoardSnapshot.CollaborationView;
import io.agentcraft.examples.dashboard.RowBudget.Want;
import io.agentcraft.examples.live.Frame;
import java.util.List;
import org.jline.utils.AttributedString;

/** The newest collaborations. */
final class CollaborationsSection implements Section {

  private static final int MOST = 3;

  @Override
  public Want want(Frame frame, int rows) {
    int known = Math.min(MOST, frame.board().collaborations().size());
    return known == 0 || rows < SMALL ? new Want(0, 0) : new Want(1 + known, 1 + known);
  }

  @Override
  public List<AttributedString> draw(Frame frame, Look look, int width, int rows) {
    return Listing.last(
        "Collaborations",
        frame.board().collaborations(),
        look,
        width,
        rows,
        collaboration -> line(collaboration, look, width));
  }

  private static AttributedString line(CollaborationView view, Look look, int width) {
    AgentCollaboration collaboration = view.collaboration();
    Ink ink = view.stale() ? Ink.FAINT : Ink.TEXT;
    return new Row(look, width)
        .add(Ink.TEXT, "  ")
        .add(ink, collaboration.primaryAgent())
        .add(ink, " " + look.arrow() + " " + collaboration.secondaryAgent() + "  ")
        .add(view.stale() ? Ink.FAINT : Ink.TOGETHER, collaboration.collaborationType())
        .add(ink, "  " + collaboration.reason())
        .build();
  }
}
