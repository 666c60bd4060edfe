package io.agentcraft.testing;

import io.agentcraft.client.it.Await;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A TCP connection on which a test writes any bytes, including those that no client sends. */
public final class WireClient implements AutoCloseable {

  public static final int TEXT = 0x81;
  public static final int CLOSE = 0x88;

  private static final int LENGTH_IN_2_BYTES = 126;
  private static final int LENGTH_IN_8_BYTES = 127;
  private static final int MASKED = 0x80;
  private static final byte[] MASK = {0x11, 0x22, 0x33, 0x44};

  /** A frame of the server. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Frame(int first, byte[] payload) {

    public String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    /** The code of a close frame; 0 for any other frame. */
    public int closeCode() {
      return first == CLOSE && payload.length >= 2
          ? ByteBuffer.wrap(payload).getShort() & 0xffff
          : 0;
    }
  }

  private final Socket socket;
  private final DataInputStream in;

  private WireClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) Await.TIMEOUT.toMillis());
    in = new DataInputStream(socket.getInputStream());
  }

  /** Connects to a URL's port, and sends nothing. */
  public static WireClient connect(String url) throws IOException {
    return new WireClient(URI.create(url).getPort());
  }

  /** Opens a WebSocket with these headers, and takes the first frame. */
  public static WireClient open(String url, String path, String... headers) throws IOException {
    WireClient client = connect(url);
    client.write(handshake(path, headers));
    String answer = client.head();
    if (!answer.startsWith("HTTP/1.1 101 ")) {
      throw new AssertionError("expected 101, but got " + answer);
    }
    client.read();
    return client;
  }

  /** A valid handshake, with these lines added. */
  static String handshake(String path, String... headers) {
    return request(
        "GET " + path,
        join(
            new String[] {
              "Host: localhost",
              "Upgrade: websocket",
              "Connection: Upgrade",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
            },
            headers));
  }

  /** A request with exactly these headers. */
  static String request(String methodAndPath, String... headers) {
    return methodAndPath + " HTTP/1.1\r\n" + String.join("\r\n", headers)
        + (headers.length == 0 ? "" : "\r\n") + "\r\n";
  }

  public void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  public void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Sends a masked frame. */
  void frame(int first, byte[] payload) throws IOException {
    write(frameOf(first, payload));
  }

  public static byte[] frameOf(int first, byte[] payload) {
    byte[] header = header(first, payload.length);
    ByteBuffer frame = ByteBuffer.allocate(header.length + payload.length).put(header);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ MASK[i % MASK.length]));
    }
    return frame.array();
  }

  /** The beginning of a masked frame, up to its payload. */
  static byte[] header(int first, long length) {
    ByteBuffer header = ByteBuffer.allocate(14).put((byte) first);
    if (length >= 0 && length < LENGTH_IN_2_BYTES) {
      header.put((byte) (MASKED | length));
    } else if (length >= 0 && length <= 0xffff) {
      header.put((byte) (MASKED | LENGTH_IN_2_BYTES)).putShort((short) length);
    } else {
      header.put((byte) (MASKED | LENGTH_IN_8_BYTES)).putLong(length);
    }
    header.put(MASK).flip();
    byte[] bytes = new byte[header.remaining()];
    header.get(bytes);
    return bytes;
  }

  /** Reads the status line and the headers of an answer; empty at the end of the stream. */
  public String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    String text = "";
    for (int one = in.read(); one >= 0; one = in.read()) {
      head.write(one);
      text = one == '\n' ? head.toString(StandardCharsets.UTF_8) : text;
      if (text.endsWith("\r\n\r\n")) {
        return text;
      }
    }
    return head.toString(StandardCharsets.UTF_8);
  }

  /** Reads an answer, head and body. */
  String answer() throws IOException {
    String head = head();
    int at = head.toLowerCase(Locale.ROOT).indexOf("content-length: ");
    if (at < 0) {
      return head;
    }
    String length =
        head.substring(at + "content-length: ".length()).lines().findFirst().get();
    return head + new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
  }

  /** Reads a frame; null at the end of the stream. */
  public @Nullable Frame read() throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    int length = in.readUnsignedByte();
    if (length == LENGTH_IN_2_BYTES) {
      length = in.readUnsignedShort();
    } else if (length == LENGTH_IN_8_BYTES) {
      length = (int) in.readLong();
    }
    return new Frame(first, in.readNBytes(length));
  }

  /** Reads the server's close frame, and what is before it; 0 if the stream ends without one. */
  public int readClose() throws IOException {
    Frame frame = read();
    while (frame != null && frame.first() != CLOSE) {
      frame = read();
    }
    return frame == null ? 0 : frame.closeCode();
  }

  /** Reads up to the end of the stream. */
  public void readToEnd() throws IOException {
    var unused = in.skip(Long.MAX_VALUE);
    while (in.read() >= 0) {
      // Only the end is of interest.
    }
  }

  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static String[] join(String[] some, String[] more) {
    String[] all = java.util.Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }
}
