package io.agentcraft.testing;

import io.agentcraft.client.message.ServerMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Faults of answers: to {@code get_session_state}, {@code get_session_logs} and, in the deployed form, to {@code
 * start_log_streaming} and {@code stop_log_streaming}. The relay of an {@code agent_status} counts as its answer. Safe to use
 * from any thread.
 */
public final class AnswerFaults {

  private record Held(ClientConnection asker, Runnable answer) {}

  private final Loop loop;
  private final Broadcaster broadcaster;

  // Confined to the server's loop.
  private final List<Held> held = new ArrayList<>();
  private int toDrop;
  private int toDuplicate;
  private boolean holding;

  AnswerFaults(Loop loop, Broadcaster broadcaster) {
    this.loop = loop;
    this.broadcaster = broadcaster;
  }

  /**
   * Never sends the next answers.
   *
   * @param count how many
   */
  public void dropNext(int count) {
    loop.call(() -> {
      toDrop += count;
    });
  }

  /**
   * Sends the next answers twice.
   *
   * @param count how many
   */
  public void duplicateNext(int count) {
    loop.call(() -> {
      toDuplicate += count;
    });
  }

  /** Holds answers back until they are released. Answers to a connection that is closed by then are never sent. */
  public void hold() {
    loop.call(() -> {
      holding = true;
    });
  }

  /**
   * Returns how many answers are held back.
   *
   * @return the number
   */
  public int held() {
    return loop.call(held::size);
  }

  /** Sends what was held back in the order of the requests, and stops holding answers back. */
  public void release() {
    loop.call(() -> release(false));
  }

  /** Sends what was held back, the last answer first, and stops holding answers back. */
  public void releaseReversed() {
    loop.call(() -> release(true));
  }

  void healAll() {
    loop.call(() -> {
      toDrop = 0;
      toDuplicate = 0;
      release(false);
    });
  }

  /** Answers, or not. Called in the loop. */
  void answer(ClientConnection asker, List<? extends ServerMessage> messages) {
    if (!messages.isEmpty()) {
      answer(asker, () -> broadcaster.answer(asker, messages));
    }
  }

  void answer(ClientConnection asker, Runnable answer) {
    if (toDrop > 0) {
      toDrop--;
    } else if (holding) {
      held.add(new Held(asker, answer));
    } else {
      send(asker, answer);
    }
  }

  private void release(boolean lastFirst) {
    holding = false;
    List<Held> all = new ArrayList<>(held);
    held.clear();
    if (lastFirst) {
      Collections.reverse(all);
    }
    all.forEach(one -> send(one.asker(), one.answer()));
  }

  private void send(ClientConnection asker, Runnable answer) {
    if (asker.isOpen()) {
      answer.run();
      if (toDuplicate > 0) {
        toDuplicate--;
        answer.run();
      }
    }
  }
}
