package io.agentcraft.client.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import okio.Buffer;

/** The seed corpus: the recorded frames in all their wrappings, junk, and what the fuzzer has found. */
final class Seeds {

  private static final List<String> JUNK = List.of(
      "", "{", "[]", "null", "{\"type\":7}", "{\"type\":\"\"}", "\u0000", "{}{}", "[".repeat(600));

  private Seeds() {}

  /** One frame a line. */
  static Stream<byte[]> texts() {
    List<String> frames = Frames.recorded();
    Stream<String> fours = IntStream.range(0, frames.size() / 4)
        .mapToObj(four -> String.join("\n", frames.subList(4 * four, 4 * four + 4)));
    return Stream.of(frames.stream(), JUNK.stream(), fours)
        .flatMap(some -> some)
        .map(text -> text.getBytes(UTF_8));
  }

  /** A byte for the mode, then frames: to be made, whole ones, cut ones, compressed ones, and what RFC 6455 forbids. */
  static Stream<byte[]> bytes() {
    Buffer all = new Buffer();
    Frames.recorded().stream().limit(10).forEach(frame -> Frames.write(all, frame));
    byte[] whole = all.readByteArray();
    return Stream.of(
            Frames.recorded().stream().map(Seeds::toBeMade),
            Frames.recorded().stream().map(Seeds::compressed),
            Stream.of(
                new byte[0],
                raw(whole),
                raw(Arrays.copyOf(whole, whole.length - 3)),
                raw(0x88, 0x02, 0x03, 0xe8),
                raw(0x88, 0x02, 0x03, 0xf0),
                raw(0x88, 0x00),
                raw(0x89, 0x01, 0x00, 0x8a, 0x00),
                raw(0x01, 0x01, 0x7b, 0x80, 0x01, 0x7d),
                raw(0x80, 0x00),
                raw(0x81, 0x7f, 0xff, 0, 0, 0, 0, 0, 0, 0),
                raw(0x81, 0x7f, 0, 0, 0, 0, 0, 1, 0, 0),
                raw(0x81, 0x81, 0, 0, 0, 0, 0x7b),
                raw(0xc1, 0x01, 0x00),
                raw(0x81, 0x02, 0xc3, 0x28)))
        .flatMap(some -> some);
  }

  private static byte[] toBeMade(String frame) {
    byte[] payload = frame.getBytes(UTF_8);
    return new Buffer()
        .writeByte(0)
        .writeByte(0)
        .writeByte(Math.min(255, (payload.length + 7) / 8))
        .write(payload)
        .readByteArray();
  }

  private static byte[] compressed(String frame) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(frame.getBytes(UTF_8));
    byte[] deflated = new byte[4_096];
    int length = deflater.deflate(deflated, 0, deflated.length, Deflater.SYNC_FLUSH) - 4;
    deflater.end();
    Buffer out = new Buffer().writeByte(3).writeByte(0xc1);
    if (length < 126) {
      out.writeByte(length);
    } else {
      out.writeByte(126).writeShort(length);
    }
    return out.write(deflated, 0, length).readByteArray();
  }

  private static byte[] raw(int... bytes) {
    Buffer out = new Buffer();
    for (int one : bytes) {
      out.writeByte(one);
    }
    return raw(out.readByteArray());
  }

  private static byte[] raw(byte[] bytes) {
    return new Buffer().writeByte(2).write(bytes).readByteArray();
  }
}
