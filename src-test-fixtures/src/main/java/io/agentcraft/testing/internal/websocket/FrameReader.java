package io.agentcraft.testing.internal.websocket;

import static io.agentcraft.testing.internal.websocket.ProtocolError.INVALID_DATA;
import static io.agentcraft.testing.internal.websocket.ProtocolError.PROTOCOL_ERROR;
import static io.agentcraft.testing.internal.websocket.ProtocolError.TOO_BIG;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a client's frames (RFC 6455, 5.2) and tolerates no mistake. Confined to one thread. */
final class FrameReader {

  /** Receives messages and control frames. */
  interface Handler {

    void text(String text);

    void binary(int size);

    void ping(byte[] payload);

    /** Nothing is read after this. */
    void close(int code, String reason);
  }

  /** What uvicorn allows, inflated too. */
  static final int MAX_MESSAGE = 16 * 1024 * 1024;

  /** Stands for a close frame without a code. */
  static final int NO_CODE = 1005;

  private static final int RESERVED = 0x30;
  private static final int OPCODE = 0x0f;
  private static final int CONTROL = 0x08;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7f;
  private static final int LENGTH_IN_2_BYTES = 126;
  private static final int LENGTH_IN_8_BYTES = 127;
  private static final int MASK_SIZE = 4;

  private final DataInputStream in;
  private final Compression.@Nullable MessageInflater inflater;
  private final Handler handler;
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private int messageOpcode;
  private boolean messageCompressed;

  /**
   * Creates a reader.
   *
   * @param inflater null if compression was not negotiated
   */
  FrameReader(InputStream in, Compression.@Nullable MessageInflater inflater, Handler handler) {
    this.in = new DataInputStream(in);
    this.inflater = inflater;
    this.handler = handler;
  }

  /** Reads a frame; returns whether more may follow, which is not the case after a close frame. */
  boolean readFrame() throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    int opcode = first & OPCODE;
    check((first & RESERVED) == 0, "reserved bits are set");
    check((second & MASKED) != 0, "the frame is not masked");
    if ((opcode & CONTROL) != 0) {
      check((first & RawFrame.RSV1) == 0, "a control frame is compressed");
      check((first & RawFrame.FIN) != 0, "a control frame is fragmented");
      check((second & LENGTH) < LENGTH_IN_2_BYTES, "a control frame is too long");
      return control(opcode, payload(second & LENGTH));
    }
    begin(opcode, (first & RawFrame.RSV1) != 0);
    long length = length(second & LENGTH);
    if (length > MAX_MESSAGE - message.size()) {
      throw new ProtocolError(TOO_BIG, "over the limit of " + MAX_MESSAGE + " bytes");
    }
    message.writeBytes(payload((int) length));
    if ((first & RawFrame.FIN) != 0) {
      end();
    }
    return true;
  }

  private void begin(int opcode, boolean compressed) throws IOException {
    if (opcode == RawFrame.CONTINUATION) {
      check(messageOpcode != 0, "a continuation continues nothing");
      check(!compressed, "a continuation is marked as compressed");
    } else {
      check(opcode == RawFrame.TEXT || opcode == RawFrame.BINARY, "the opcode is unknown");
      check(messageOpcode == 0, "a message begins within another");
      check(!compressed || inflater != null, "compression was not negotiated");
      messageOpcode = opcode;
      messageCompressed = compressed;
    }
  }

  private void end() throws IOException {
    byte[] payload = message.toByteArray();
    message.reset();
    int opcode = messageOpcode;
    messageOpcode = 0;
    if (messageCompressed && inflater != null) {
      payload = inflater.inflate(payload, MAX_MESSAGE);
    }
    if (opcode == RawFrame.TEXT) {
      handler.text(utf8(payload, 0));
    } else {
      handler.binary(payload.length);
    }
  }

  private boolean control(int opcode, byte[] payload) throws IOException {
    if (opcode == RawFrame.PING) {
      handler.ping(payload);
    } else if (opcode == RawFrame.CLOSE) {
      int code = NO_CODE;
      if (payload.length > 0) {
        check(payload.length >= Short.BYTES, "the close frame is too short");
        code = ByteBuffer.wrap(payload).getShort() & 0xffff;
        check(isCloseCode(code), "the close code is not valid");
      }
      handler.close(code, code == NO_CODE ? "" : utf8(payload, Short.BYTES));
      return false;
    } else {
      check(opcode == RawFrame.PONG, "the opcode is unknown");
    }
    return true;
  }

  /** Returns whether a close frame may have this code. */
  static boolean isCloseCode(int code) {
    boolean reserved = code == 1004 || code == NO_CODE || code == 1006;
    return (code >= 1000 && code <= 1014 && !reserved) || (code >= 3000 && code <= 4999);
  }

  private long length(int inHeader) throws IOException {
    if (inHeader == LENGTH_IN_2_BYTES) {
      return in.readUnsignedShort();
    }
    if (inHeader != LENGTH_IN_8_BYTES) {
      return inHeader;
    }
    long length = in.readLong();
    check(length >= 0, "the length is negative");
    return length;
  }

  /** Reads the mask and the payload. Memory grows with what arrives, not with what was announced. */
  private byte[] payload(int length) throws IOException {
    byte[] mask = new byte[MASK_SIZE];
    in.readFully(mask);
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException();
    }
    for (int i = 0; i < length; i++) {
      payload[i] ^= mask[i % MASK_SIZE];
    }
    return payload;
  }

  private static String utf8(byte[] bytes, int offset) throws IOException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, offset, bytes.length - offset))
          .toString();
    } catch (CharacterCodingException malformed) {
      throw new ProtocolError(INVALID_DATA, "the text is not UTF-8");
    }
  }

  private static void check(boolean valid, String otherwise) throws IOException {
    if (!valid) {
      throw new ProtocolError(PROTOCOL_ERROR, otherwise);
    }
  }
}
