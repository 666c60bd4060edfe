package io.agentcraft.testing;

import static io.agentcraft.testing.WireClient.CLOSE;
import static io.agentcraft.testing.WireClient.TEXT;
import static io.agentcraft.testing.WireClient.frameOf;
import static io.agentcraft.testing.WireClient.header;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/**
 * Frames that a server must refuse, and the close code that uvicorn uses.
 *
 * @param name what is wrong
 * @param compressed whether permessage-deflate has to be negotiated
 * @param bytes what the client sends
 * @param code the close code
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ProtocolErrors(String name, boolean compressed, byte[] bytes, int code) {

  private static final int TOO_LARGE = 16 * 1024 * 1024 + 1;
  private static final int BEGIN = 0x01;
  private static final int CONTINUE = 0x00;
  private static final int END = 0x80;
  private static final int PING = 0x89;
  private static final int DEFLATED = 0xc1;

  public static Stream<ProtocolErrors> all() {
    return Stream.of(
        error(1002, "a reserved bit", frameOf(TEXT | 0x20, ascii("x"))),
        error(1002, "another reserved bit", frameOf(TEXT | 0x10, ascii("x"))),
        error(1002, "a compressed message without compression", frameOf(DEFLATED, ascii("x"))),
        error(1002, "an unknown type of data", frameOf(0x83, ascii("x"))),
        error(1002, "an unknown type of control frame", frameOf(0x8b, ascii("x"))),
        error(1002, "no mask", new byte[] {(byte) TEXT, 1, 'x'}),
        error(1002, "a ping in fragments", frameOf(0x09, ascii("x"))),
        error(1002, "a large ping", frameOf(PING, new byte[126])),
        error(1002, "a large close frame", frameOf(CLOSE, new byte[200])),
        error(1002, "the end of a message without its beginning", frameOf(END, ascii("x"))),
        error(
            1002,
            "a message within another",
            frameOf(BEGIN, ascii("x")),
            frameOf(TEXT, ascii("y"))),
        error(1002, "a close frame of one byte", frameOf(CLOSE, new byte[1])),
        error(1002, "close code 999", close(999, "")),
        error(1002, "close code 1004", close(1004, "")),
        error(1002, "close code 1005", close(1005, "")),
        error(1002, "close code 1006", close(1006, "")),
        error(1002, "close code 1015", close(1015, "")),
        error(1002, "close code 2999", close(2999, "")),
        error(1002, "close code 5000", close(5000, "")),
        error(1007, "a close reason that is not UTF-8", close(1000, "ff")),
        error(1007, "text that is not UTF-8", frameOf(TEXT, hex("7bc3287d"))),
        error(1007, "an overlong slash", frameOf(TEXT, hex("c0af"))),
        error(1007, "a surrogate", frameOf(TEXT, hex("eda080"))),
        error(1007, "half of a character", frameOf(TEXT, hex("7be282"))),
        error(
            1007,
            "text in fragments that is not UTF-8",
            frameOf(BEGIN, hex("7bc3")),
            frameOf(END, hex("287d"))),
        error(1009, "a message that is too large", header(TEXT, TOO_LARGE)),
        error(1009, "one that is larger than memory", header(TEXT, 1L << 60)),
        error(
            1009,
            "fragments that are too large together",
            frameOf(BEGIN, new byte[TOO_LARGE / 2 + 1]),
            header(CONTINUE, TOO_LARGE / 2)),
        compressed(1007, "compressed text that is not UTF-8", deflate(hex("7bc3287d"))),
        compressed(1009, "a bomb", deflate(new byte[TOO_LARGE])),
        compressed(1002, "text that is not compressed as announced", hex("ffffff")));
  }

  @Override
  public String toString() {
    return name;
  }

  private static ProtocolErrors error(int code, String name, byte[]... frames) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Stream.of(frames).forEach(all::writeBytes);
    return new ProtocolErrors(name, false, all.toByteArray(), code);
  }

  private static ProtocolErrors compressed(int code, String name, byte[] payload) {
    return new ProtocolErrors(name, true, frameOf(DEFLATED, payload), code);
  }

  private static byte[] close(int code, String reason) {
    byte[] words = hex(reason);
    return frameOf(
        CLOSE,
        ByteBuffer.allocate(2 + words.length).putShort((short) code).put(words).array());
  }

  /** Compresses a message as RFC 7692 has it: without the last four bytes. */
  static byte[] deflate(byte[] message) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(message);
    byte[] buffer = new byte[message.length + 100];
    int length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return Arrays.copyOf(buffer, length - 4);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
