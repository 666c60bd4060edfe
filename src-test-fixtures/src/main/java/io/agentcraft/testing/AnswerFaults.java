package io.agentcraft.testing;

import io.agentcraft.testing.internal.protocol.Answers;
import io.agentcraft.testing.internal.time.Loop;

/**
 * What can go wrong with answers: to {@code get_session_state}, {@code get_session_logs} and, in the deployed form, to
 * {@code start_log_streaming} and {@code stop_log_streaming}. The relay of an {@code agent_status} counts as its answer.
 * Safe to use from any thread.
 */
public final class AnswerFaults {

  private final Loop loop;
  private final Answers answers;

  AnswerFaults(Loop loop, Answers answers) {
    this.loop = loop;
    this.answers = answers;
  }

  /**
   * Never sends the next answers.
   *
   * @param count how many
   */
  public void dropNext(int count) {
    loop.call(() -> answers.dropNext(count));
  }

  /**
   * Sends the next answers twice.
   *
   * @param count how many
   */
  public void duplicateNext(int count) {
    loop.call(() -> answers.doubleNext(count));
  }

  /** Keeps answers back until they are released. Those to a connection that is over by then are never sent. */
  public void hold() {
    loop.call(answers::hold);
  }

  /**
   * Returns how many answers are kept back.
   *
   * @return the number
   */
  public int held() {
    return loop.call(answers::held);
  }

  /** Sends what was kept back in the order of the questions, and keeps back nothing any more. */
  public void release() {
    loop.call(() -> answers.release(false));
  }

  void healAll() {
    loop.call(answers::heal);
  }

  /** Sends what was kept back, the last answer first, and keeps back nothing any more. */
  public void releaseReversed() {
    loop.call(() -> answers.release(true));
  }
}
