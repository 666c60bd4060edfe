package io.agentcraft.testing;

import io.agentcraft.testing.internal.protocol.Connection;
import io.agentcraft.testing.internal.protocol.RawFrame;
import io.agentcraft.testing.internal.socket.Insertion;
import io.agentcraft.testing.internal.time.Loop;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Frames that no sound server sends. Each call means the connections that are open at that moment; the bytes go out
 * behind what was sent before, and bypass the server's own WebSocket. Works without TLS only, or throws
 * {@link IllegalStateException}. Safe to use from any thread. Text and binary frames that are sound as frames:
 * {@link ReferenceServer#sendRaw} and {@link ReferenceServer#sendBinary}.
 */
public final class FrameFaults {

  private static final int CHUNK = 64 << 10;
  private static final String GIANT_HEAD = "{\"type\":\"giant\",\"filler\":\"";
  private static final String GIANT_TAIL = "\"}";

  private final Loop loop;
  private final Supplier<List<Connection>> connections;

  FrameFaults(Loop loop, Supplier<List<Connection>> connections) {
    this.loop = loop;
    this.connections = connections;
  }

  /**
   * Sends a close frame with any code, also one that must not be sent, and waits for nothing. The codes that may be sent:
   * {@link Faults#closeConnections}.
   *
   * @param code 0 to 65535
   * @param reason any words
   */
  public void close(int code, String reason) {
    bytes(RawFrame.close(code, reason));
  }

  /** Sends a close frame without a code; a client takes it for 1005. */
  public void emptyClose() {
    bytes(RawFrame.emptyClose());
  }

  /**
   * Sends a close frame and ends the TCP connection at once, as uvicorn does.
   *
   * @param code 0 to 65535
   * @param reason any words
   */
  public void closeThenCut(int code, String reason) {
    bytesThenCut(RawFrame.close(code, reason));
  }

  /** Sends text that is no JSON. */
  public void garbage() {
    text("\u0001 this is {no JSON");
  }

  /**
   * Sends an object that is nested deeply, as a message of a type that nobody knows.
   *
   * @param levels how many arrays are in one another
   */
  public void deepNesting(int levels) {
    text("{\"type\":\"deep\",\"value\":" + "[".repeat(levels) + "]".repeat(levels) + "}");
  }

  /** Sends a text frame with bytes that are no UTF-8, in an object that would otherwise be sound. */
  public void invalidUtf8() {
    byte[] payload = "{\"type\":\"broken\",\"value\":\"??\"}".getBytes(StandardCharsets.UTF_8);
    payload[payload.length - 4] = (byte) 0xc3;
    payload[payload.length - 3] = (byte) 0x28;
    bytes(RawFrame.text(payload));
  }

  /**
   * Sends a text in several frames, with a WebSocket ping before the last. That is sound, but seldom.
   *
   * @param text the text
   * @param frames how many frames, at least 1
   * @throws IllegalArgumentException for less than 1 frame
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
      connection.cut(false);
    });
  }

  /**
   * Sends one text frame of this size, announced in its head: a sound JSON object of an unknown type. It is made while
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
   * permessage-deflate; other clients take it for a protocol error.
   *
   * @param inflatedBytes how large it becomes: so many blanks
   */
  public void compressedBomb(long inflatedBytes) {
    bytes(RawFrame.bomb(inflatedBytes));
  }

  /**
   * Sends bytes as they are.
   *
   * @param bytes what is written between two frames
   */
  public void bytes(byte[] bytes) {
    byte[] copy = bytes.clone();
    insert((connection, out) -> out.write(copy));
  }

  private void bytesThenCut(byte[] bytes) {
    insert((connection, out) -> {
      out.write(bytes);
      connection.cut(false);
    });
  }

  private void text(String text) {
    bytes(RawFrame.text(text.getBytes(StandardCharsets.UTF_8)));
  }

  private interface Bytes {
    void write(Connection connection, OutputStream out) throws IOException;
  }

  private void insert(Bytes bytes) {
    each(connection -> {
      Insertion insertion = out -> bytes.write(connection, out);
      connection.insert(insertion);
    });
  }

  private void each(Consumer<Connection> fault) {
    loop.call(() -> connections.get().forEach(fault));
  }
}
