package io.agentcraft.testing;

import io.agentcraft.testing.internal.websocket.RawFrame;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/**
 * Frames that no correct server sends. Each call affects the connections that are open at that moment; the bytes are written
 * after what was sent before. Safe to use from any thread. For text and binary frames that are valid as frames, see {@link
 * ReferenceServer#sendRaw} and {@link ReferenceServer#sendBinary}.
 */
public final class FrameFaults {

  private static final int CHUNK = 64 << 10;
  private static final String GIANT_HEAD = "{\"type\":\"giant\",\"filler\":\"";
  private static final String GIANT_TAIL = "\"}";

  private final Loop loop;
  private final Supplier<List<ClientConnection>> connections;

  FrameFaults(Loop loop, Supplier<List<ClientConnection>> connections) {
    this.loop = loop;
    this.connections = connections;
  }

  /**
   * Sends a close frame with any code, even one that must not be sent, and waits for nothing. For the codes that may be sent,
   * see {@link Faults#closeConnections}.
   *
   * @param code 0 to 65535
   * @param reason any text
   */
  public void close(int code, String reason) {
    bytes(RawFrame.close(code, reason));
  }

  /** Sends a close frame without a code; a client reports it as 1005. */
  public void emptyClose() {
    bytes(RawFrame.emptyClose());
  }

  /**
   * Sends a close frame and ends the TCP connection at once, as uvicorn does.
   *
   * @param code 0 to 65535
   * @param reason any text
   */
  public void closeThenCut(int code, String reason) {
    bytesThenCut(RawFrame.close(code, reason));
  }

  /** Sends text that is not JSON. */
  public void garbage() {
    text("\u0001 this is {no JSON");
  }

  /**
   * Sends a deeply nested object, as a message of an unknown type.
   *
   * @param levels how many arrays are nested
   */
  public void deepNesting(int levels) {
    text("{\"type\":\"deep\",\"value\":" + "[".repeat(levels) + "]".repeat(levels) + "}");
  }

  /** Sends a text frame with bytes that are not UTF-8, in an otherwise valid object. */
  public void invalidUtf8() {
    byte[] payload = "{\"type\":\"broken\",\"value\":\"??\"}".getBytes(StandardCharsets.UTF_8);
    payload[payload.length - 4] = (byte) 0xc3;
    payload[payload.length - 3] = (byte) 0x28;
    bytes(RawFrame.text(payload));
  }

  /**
   * Sends a text in several frames, with a WebSocket ping before the last. That is valid, but rare.
   *
   * @param text the text
   * @param frames how many frames, at least 1
   * @throws IllegalArgumentException for fewer than 1 frame
   */
  public void fragmented(String text, int frames) {
    if (frames < 1) {
      throw new IllegalArgumentException("A message has at least 1 frame, not " + frames + ".");
    }
    bytes(RawFrame.fragments(text.getBytes(StandardCharsets.UTF_8), frames));
  }

  /**
   * Sends the beginning of a text frame and ends the TCP connection.
   *
   * @param text the text; half of it is sent
   */
  public void truncated(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    insert((connection, out) -> {
      out.write(RawFrame.textHeader(payload.length));
      out.write(payload, 0, payload.length / 2);
      connection.endTcp(false);
    });
  }

  /**
   * Sends one text frame of this size, announced in its header: a valid JSON object of an unknown type. It is generated while
   * it is sent, so it may be larger than the memory.
   *
   * @param bytes the size of its text, at least 64
   * @throws IllegalArgumentException below 64 bytes
   */
  public void giant(long bytes) {
    if (bytes < 64) {
      throw new IllegalArgumentException("A giant has 64 bytes or more, not " + bytes + ".");
    }
    insert((connection, out) -> {
      out.write(RawFrame.textHeader(bytes));
      out.write(GIANT_HEAD.getBytes(StandardCharsets.UTF_8));
      byte[] filler = "x".repeat(CHUNK).getBytes(StandardCharsets.UTF_8);
      long left = bytes - GIANT_HEAD.length() - GIANT_TAIL.length();
      for (; left > 0; left -= CHUNK) {
        out.write(filler, 0, (int) Math.min(left, CHUNK));
      }
      out.write(GIANT_TAIL.getBytes(StandardCharsets.UTF_8));
    });
  }

  /**
   * Sends a compressed message that grows a thousandfold when it is inflated. Only for connections with
   * permessage-deflate; to other clients it is a protocol error.
   *
   * @param inflatedBytes its inflated size: this many spaces
   */
  public void compressedBomb(long inflatedBytes) {
    bytes(RawFrame.bomb(inflatedBytes));
  }

  /**
   * Sends bytes as they are.
   *
   * @param bytes the bytes, written between two frames
   */
  public void bytes(byte[] bytes) {
    byte[] copy = bytes.clone();
    insert((connection, out) -> out.write(copy));
  }

  private void bytesThenCut(byte[] bytes) {
    insert((connection, out) -> {
      out.write(bytes);
      connection.endTcp(false);
    });
  }

  private void text(String text) {
    bytes(RawFrame.text(text.getBytes(StandardCharsets.UTF_8)));
  }

  private interface Bytes {
    void write(ClientConnection connection, OutputStream out) throws IOException;
  }

  private void insert(Bytes bytes) {
    loop.call(() -> connections
        .get()
        .forEach(connection -> connection.insert(out -> bytes.write(connection, out))));
  }
}
