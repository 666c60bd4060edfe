package io.agentcraft.testing;

import io.agentcraft.testing.internal.protocol.Connection;

/** Where, seen from the next text frame, a connection is cut. */
public enum CutPoint {
  /** The frame was about to be sent: nothing of it arrives. */
  BEFORE_FRAME(Connection.CutPoint.BEFORE_FRAME),
  /** Its head and half of its text arrive. */
  INSIDE_FRAME(Connection.CutPoint.INSIDE_FRAME),
  /** It arrives whole, and nothing after it. */
  AFTER_FRAME(Connection.CutPoint.AFTER_FRAME);

  final Connection.CutPoint rule;

  CutPoint(Connection.CutPoint rule) {
    this.rule = rule;
  }
}
