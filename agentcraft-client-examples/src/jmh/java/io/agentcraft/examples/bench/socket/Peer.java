package io.agentcraft.examples.bench.socket;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The server's end of a WebSocket on a plain socket. */
public final class Peer {

  private static final int TEXT = 0x81;

  private final DataInputStream in;
  private final OutputStream out;

  Peer(Socket socket) throws IOException {
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = socket.getOutputStream();
  }

  DataInputStream in() {
    return in;
  }

  /**
   * Sends bytes as they are.
   *
   * @param bytes whole frames
   * @throws IOException if the connection is over
   */
  public void send(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  /**
   * Reads one frame of the client, of any kind.
   *
   * @return its opcode
   * @throws IOException if the connection is over
   */
  int readFrame() throws IOException {
    int opcode = in.readUnsignedByte() & 0x0f;
    int length = in.readUnsignedByte() & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    }
    in.skipNBytes(4L + length);
    return opcode;
  }

  /** Waits for a text frame. */
  void awaitText() throws IOException {
    while (readFrame() != 1) {
      // WebSocket pings need no answer for so short a time.
    }
  }

  /**
   * Encodes a text as an unmasked frame.
   *
   * @param text the text
   * @return the frame
   */
  public static byte[] frame(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 4);
    frame.put((byte) TEXT);
    if (payload.length < 126) {
      frame.put((byte) payload.length);
    } else {
      frame.put((byte) 126).putShort((short) payload.length);
    }
    frame.put(payload).flip();
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return bytes;
  }
}
