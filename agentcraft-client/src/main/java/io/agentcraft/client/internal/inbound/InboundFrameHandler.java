package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.internal.connection.Connection;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.internal.guard.LogText;
import io.agentcraft.client.message.ClientMessage.Pong;
import io.agentcraft.client.message.Ping;
import io.agentcraft.client.message.ServerMessage;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the frames of one connection on its reader thread: looks at the type, answers a ping at once, skips what nobody
 * wants, and hands on the rest to be decoded by the callback thread. Only what may be a reply is decoded here, so that a
 * reply waits for no listener. Runs no user code, and lets nothing escape.
 */
public final class InboundFrameHandler implements Connection.FrameHandler, CallbackBuffer.Source {

  private static final Logger LOG = LoggerFactory.getLogger(InboundFrameHandler.class);

  private static final String PONG = MessageCodec.create().encode(new Pong());

  private final Connection connection;
  private final EventLoop loop;
  private final MessageCodec codec;
  private final MessageDispatcher dispatcher;
  private final FrameRateLimiter rateLimiter;
  private final List<ReplyMatcher> matchers;

  /** Finds the replies to what a part of the client has sent. Called on the reader thread. */
  public interface ReplyMatcher {

    /** Returns whether a message of this type may be a reply that is still awaited. */
    boolean awaits(String type);

    /** Takes a message if it is a reply; {@code true} keeps it from the matchers that follow and from the listeners. */
    boolean accept(ServerMessage message);
  }

  public InboundFrameHandler(
      Connection connection,
      EventLoop loop,
      MessageCodec codec,
      MessageDispatcher dispatcher,
      FrameRateLimiter rateLimiter,
      List<ReplyMatcher> matchers) {
    this.connection = connection;
    this.loop = loop;
    this.codec = codec;
    this.dispatcher = dispatcher;
    this.rateLimiter = rateLimiter;
    this.matchers = matchers;
  }

  @Override
  public void text(String text) {
    if (LOG.isTraceEnabled()) {
      LOG.trace("in: {}", LogText.excerpt(text));
    }
    try {
      handle(codec.typeOf(text), text);
    } catch (MalformedMessageException malformed) {
      dispatcher.malformedFrame(malformed, "no message", this);
    } catch (RuntimeException | Error bug) {
      dispatcher.failed(bug);
    }
  }

  @Override
  public void binary(int size) {
    malformed(
        "binary",
        "A binary frame arrived, but the protocol has text frames only.",
        "(" + size + " bytes of binary data)");
  }

  @Override
  public void leftOut(long bytes) {
    malformed(
        "left out",
        "A message of at least " + bytes
            + " bytes was left out: it is larger than maxMessageBytes(…) allows.",
        "(not kept)");
  }

  @Override
  public void readerWaits(boolean waits) {
    connection.readerWaits(waits);
  }

  @Override
  public boolean isOver() {
    return connection.isOver();
  }

  private void handle(String type, String text) {
    connection.messageReceived();
    dispatcher.received(type);
    boolean ping = type.equals(Ping.TYPE);
    if (ping) {
      connection.send(PONG);
      rateLimiter.pongSent(loop.nanoTime());
    }
    if (isAwaited(type)) {
      ServerMessage message = codec.decodeServer(text);
      if (!isTaken(message) && dispatcher.listeners().wants(type)) {
        dispatcher.message(message, this);
      }
    } else if (dispatcher.listeners().wants(type)) {
      dispatcher.frame(type, text, this);
    } else if (!ping) {
      dispatcher.skipped(type);
    }
  }

  private boolean isAwaited(String type) {
    for (int i = 0; i < matchers.size(); i++) {
      if (matchers.get(i).awaits(type)) {
        return true;
      }
    }
    return false;
  }

  private boolean isTaken(ServerMessage message) {
    for (ReplyMatcher matcher : matchers) {
      if (matcher.accept(message)) {
        return true;
      }
    }
    return false;
  }

  private void malformed(String kind, String problem, String shown) {
    dispatcher.malformedFrame(new MalformedMessageException(problem, shown, null), kind, this);
  }
}
