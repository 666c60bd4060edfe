package io.agentcraft.client.internal.codec;

import io.agentcraft.client.internal.codec.MessageType.Codec;
import io.agentcraft.client.message.Ping;
import io.agentcraft.client.message.UnknownMessage;
import io.agentcraft.client.message.WireMessage;
import io.agentcraft.client.message.WireTime;
import java.io.IOException;

/** The codecs of {@code ping}, of messages that have only a type, and of messages of unknown types. */
final class ConnectionCodecs {

  private ConnectionCodecs() {}

  /** {@code ping}. */
  static final class PingCodec implements Codec<Ping> {

    @Override
    public Ping read(FrameReader in) throws IOException {
      WireTime timestamp = null;
      for (String name = in.nextField(); name != null; name = in.nextField()) {
        switch (name) {
          case "timestamp" -> timestamp = in.time();
          default -> in.skipField(name);
        }
      }
      return new Ping(timestamp);
    }

    @Override
    public void write(Ping ping, FrameWriter out) throws IOException {
      out.optionalTime("timestamp", ping.timestamp());
    }
  }

  /** A message that has only a type. */
  record Bare<M extends WireMessage>(M message) implements Codec<M> {

    @Override
    public M read(FrameReader in) throws IOException {
      in.skipFields();
      return message;
    }

    @Override
    public void write(M message, FrameWriter out) {
      // There is nothing but the type.
    }
  }

  /** A frame that is checked for being JSON, and kept as text. */
  static final class Unknown implements Codec<UnknownMessage> {

    @Override
    public UnknownMessage read(FrameReader in) throws IOException {
      in.skipFields();
      return new UnknownMessage(in.type(), in.rawText());
    }

    @Override
    public void write(UnknownMessage message, FrameWriter out) {
      throw new AssertionError("The raw text of an unknown message is sent as it is.");
    }
  }
}
