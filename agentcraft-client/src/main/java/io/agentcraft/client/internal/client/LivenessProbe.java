package io.agentcraft.client.internal.client;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.internal.connection.ConnectionFollower;
import io.agentcraft.client.internal.connection.Outbox;
import io.agentcraft.client.internal.inbound.InboundFrameHandler.ReplyMatcher;
import io.agentcraft.client.message.ClientMessage.GetSessionLogs;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionLogs;

/** A request that every server replies to, sent to one that has gone silent. Listeners do not receive the reply. */
final class LivenessProbe implements ConnectionFollower, ReplyMatcher {

  /** No server has this session. */
  private static final String SESSION = "liveness-probe";

  private final String frame;
  private final Outbox outbox;
  private volatile boolean sent;

  LivenessProbe(MessageCodec codec, Outbox outbox) {
    this.frame = codec.encode(new GetSessionLogs(SESSION));
    this.outbox = outbox;
  }

  /** Sends the probe, past all frames that wait. On the loop. */
  void send() {
    sent = true;
    outbox.sendNow(frame);
  }

  @Override
  public void onDown() {
    sent = false;
  }

  @Override
  public boolean awaits(String type) {
    return sent && type.equals(SessionLogs.TYPE);
  }

  @Override
  public boolean accept(ServerMessage message) {
    boolean reply = message instanceof SessionLogs logs && logs.sessionId().equals(SESSION);
    if (reply) {
      sent = false;
    }
    return reply;
  }
}
