package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.internal.connection.InboundFrames;
import io.agentcraft.client.internal.connection.Connection;
import io.agentcraft.client.message.Ping;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.record.FrameDirection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a frame on the reader thread: look at the type, answer a ping at once, skip what nobody wants, hand on the
 * rest to be decoded by the callback thread. Only what may answer a request is decoded here, so that its answer waits for
 * no listener. Runs no user code, and lets nothing escape.
 */
public final class InboundFrameHandler implements InboundFrames, FrameSource {

  private static final Logger LOG = LoggerFactory.getLogger(InboundFrameHandler.class);
  private static final int LOGGED_CHARS = 512;

  private final Connection link;
  private final MessageCodec codec;
  private final MessageDispatcher delivery;
  private final InboundHooks hooks;
  private boolean delivered;

  public InboundFrameHandler(Connection link, MessageCodec codec, MessageDispatcher delivery, InboundHooks hooks) {
    this.link = link;
    this.codec = codec;
    this.delivery = delivery;
    this.hooks = hooks;
  }

  @Override
  public void text(String text) {
    link.activity().frameIn(link.clock().nanoTime());
    link.observers().tap().frame(FrameDirection.IN, text);
    if (LOG.isTraceEnabled()) {
      LOG.trace(
          "in: {}", text.length() <= LOGGED_CHARS ? text : text.substring(0, LOGGED_CHARS) + "…");
    }
    try {
      type(codec.typeOf(text), text);
    } catch (MalformedMessageException malformed) {
      report(malformed);
    } catch (RuntimeException | Error bug) {
      LOG.error("A frame could not be handled. This is a bug in the AgentCraft client.", bug);
    }
  }

  @Override
  public void binary(int size) {
    link.activity().frameIn(link.clock().nanoTime());
    report(new MalformedMessageException(
        "A binary frame arrived, but the protocol has text frames only.",
        "(" + size + " bytes of binary data)",
        null));
  }

  @Override
  public void leftOut(long bytes) {
    link.activity().frameIn(link.clock().nanoTime());
    report(new MalformedMessageException(
        "A message of at least " + bytes
            + " bytes was left out: it is larger than maxMessageBytes(…) allows.",
        "(not kept)",
        null));
  }

  @Override
  public void readerWaits(boolean waits) {
    link.activity().readerWaits(waits);
  }

  @Override
  public boolean isOver() {
    return link.activity().isOver();
  }

  private void type(String type, String text) {
    if (!delivered) {
      delivered = true;
      hooks.onFirstMessage();
    }
    link.observers().meter().tell(metrics -> metrics.frameReceived(MessageTypes.toldAs(type)));
    boolean ping = type.equals(Ping.TYPE);
    if (ping) {
      hooks.onPing(link);
    }
    if (hooks.awaits(type)) {
      awaited(codec.decodeServer(text), text);
    } else if (delivery.wants(type)) {
      delivery.frame(type, text, this);
    } else if (!ping) {
      delivery.skipped(type);
    }
  }

  private void awaited(ServerMessage message, String text) {
    if (!hooks.consume(message) && delivery.wants(message.type())) {
      delivery.message(message, text, this);
    }
  }

  private void report(AgentCraftException error) {
    delivery.badFrame(error, this);
  }
}
