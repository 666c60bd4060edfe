package io.agentcraft.client.interop;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import okio.ByteString;

/** Reads the bytes of one direction of a WebSocket: an HTTP head, then frames. */
final class WireFrames {

  static final int TEXT = 1;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  /** A frame as it was on the wire. */
  record Frame(int opcode, boolean compressed, ByteString payload) {

    /** Returns the close code of a close frame from a server. */
    int closeCode() {
      return payload.asByteBuffer().getShort() & 0xffff;
    }
  }

  private WireFrames() {}

  static String head(byte[] bytes) {
    return new String(bytes, 0, headLength(bytes), StandardCharsets.ISO_8859_1);
  }

  /** Returns the frames that are complete; masked payloads are left as they are. */
  static List<Frame> of(byte[] bytes) {
    List<Frame> frames = new ArrayList<>();
    int at = headLength(bytes);
    while (at + 2 <= bytes.length) {
      int start = at;
      boolean masked = (bytes[at + 1] & 0x80) != 0;
      long length = bytes[at + 1] & 0x7f;
      at += 2;
      int more = length == 126 ? 2 : length == 127 ? 8 : 0;
      if (at + more + (masked ? 4 : 0) > bytes.length) {
        break;
      }
      if (more > 0) {
        length = 0;
        for (int i = 0; i < more; i++) {
          length = (length << 8) | (bytes[at++] & 0xff);
        }
      }
      at += masked ? 4 : 0;
      if (at + length > bytes.length) {
        break;
      }
      ByteString payload = ByteString.of(bytes, at, (int) length);
      frames.add(new Frame(bytes[start] & 0x0f, (bytes[start] & 0x40) != 0, payload));
      at += (int) length;
    }
    return frames;
  }

  private static int headLength(byte[] bytes) {
    for (int i = 3; i < bytes.length; i++) {
      if (bytes[i - 3] == '\r'
          && bytes[i - 2] == '\n'
          && bytes[i - 1] == '\r'
          && bytes[i] == '\n') {
        return i + 1;
      }
    }
    return bytes.length;
  }
}
