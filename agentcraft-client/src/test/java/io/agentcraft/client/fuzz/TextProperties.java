package io.agentcraft.client.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.connection.FakeSocket;
import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.internal.connection.Instrumentation;
import io.agentcraft.client.internal.inbound.CallbackBuffer;
import io.agentcraft.client.internal.inbound.InboundFrameHandler;
import io.agentcraft.client.internal.inbound.MessageDispatcher;
import io.agentcraft.client.listener.OverflowStrategy;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.view.BoardSnapshot;
import io.agentcraft.client.view.TrackingBoard;
import io.agentcraft.testing.ManualScheduler;
import java.util.ArrayList;
import java.util.List;

/**
 * What holds for any text frames on their way to listeners and board: each line of the input is one. On one thread, so
 * that a run can be repeated exactly.
 */
final class TextProperties {

  private static final int MOST_FRAMES = 8;
  private static final int AGENTS = 5;
  private static final int SESSIONS = 4;
  private static final int COLLABORATIONS = 3;
  private static final int LOG_LINES = 6;
  private static final int ROUNDS = LOG_LINES + 1;

  private final ManualScheduler scheduler = ManualScheduler.inline();
  private final MessageDispatcher delivery = new MessageDispatcher(
      new CallbackBuffer(Runnable::run, scheduler, 8, OverflowStrategy.BLOCK, Instrumentation.NONE),
      MessageCodec.create(),
      Instrumentation.NONE,
      () -> 0);
  private final TrackingBoard board = TrackingBoard.builder()
      .clock(scheduler::now)
      .maxAgents(AGENTS)
      .maxSessions(SESSIONS)
      .maxCollaborations(COLLABORATIONS)
      .maxLogLines(LOG_LINES)
      .build();
  private final List<AgentCraftException> errors = new ArrayList<>();
  private final List<String> agents = new ArrayList<>();
  private int changes;
  private final InboundFrameHandler inbound = new InboundFrameHandler(
      FakeSocket.connection(1, new FakeSocket(), scheduler),
      new EventLoop(scheduler),
      MessageCodec.create(),
      delivery,
      new FrameRateLimiter(60, Instrumentation.NONE),
      List.of());

  private TextProperties() {
    delivery.listeners().addForErrors(errors::add);
    delivery.listeners().addForEverything(board::accept);
    // Changes are computed only if somebody listens.
    board.onAgentChange(change -> changes++);
    board.onSessionChange(change -> changes++);
    delivery
        .listeners()
        .add(
            List.of(AgentStatusUpdate.TYPE),
            message -> agents.add(((AgentStatusUpdate) message).agentId()));
  }

  static void check(String text) {
    Bugs.begin();
    List<String> frames = text.lines().limit(MOST_FRAMES).toList();
    TextProperties path = new TextProperties();
    // The same again and again: counters may get another digit, but once all is full nothing piles
    // up.
    path.longestOf(ROUNDS, frames);
    int before = path.longestOf(ROUNDS, frames);
    assertThat(path.longestOf(ROUNDS, frames)).isLessThanOrEqualTo(before + 100);
    Bugs.assertNone();
  }

  /** Frames of any number and length, each once. */
  static void checkFrames(List<String> frames) {
    Bugs.begin();
    new TextProperties().longestOf(1, frames);
    Bugs.assertNone();
  }

  /** How long the board's snapshot, written out, gets in so many rounds. */
  private int longestOf(int rounds, List<String> frames) {
    int longest = 0;
    for (int round = 0; round < rounds; round++) {
      feed(frames);
      BoardSnapshot snapshot = board.snapshot();
      boolean bounded =
          snapshot.agents().stream().filter(agent -> agent.sessionId() == null).count() <= AGENTS
              && snapshot.sessions().size() <= SESSIONS
              && snapshot.collaborations().size() <= COLLABORATIONS
              && snapshot.logLines().size() <= LOG_LINES;
      if (!bounded) {
        throw new AssertionError("The board keeps more than it should: " + snapshot);
      }
      longest = Math.max(longest, snapshot.toString().length());
    }
    return longest;
  }

  private void feed(List<String> frames) {
    for (int i = 0; i < frames.size(); i++) {
      inbound.text(frames.get(i));
      String agent = "good-" + i;
      inbound.text(Frames.good(agent));
      // Plain, since it runs millions of times.
      if (agents.isEmpty() || !agents.get(agents.size() - 1).equals(agent)) {
        throw new AssertionError("A good frame was lost after: " + frames.get(i));
      }
    }
    errors.forEach(Bugs::assertIsNoBug);
    errors.clear();
    agents.clear();
  }
}
