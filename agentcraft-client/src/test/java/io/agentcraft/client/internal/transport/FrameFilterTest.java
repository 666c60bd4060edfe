package io.agentcraft.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import okio.Buffer;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameFilterTest {

  private static final int TEXT = 1;
  private static final int CONTINUATION = 0;
  private static final int PING = 9;

  private final List<Long> leftOut = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000, 100_000})
  void passesWhatIsWithinTheBoundUnchanged(int step) throws IOException {
    Buffer sent = new Buffer();
    frame(sent, true, TEXT, text(0));
    frame(sent, true, TEXT, text(125));
    frame(sent, true, TEXT, text(126));
    frame(sent, true, TEXT, text(65_535));
    frame(sent, true, TEXT, text(65_536));
    frame(sent, false, TEXT, text(10));
    frame(sent, true, PING, text(3));
    frame(sent, true, CONTINUATION, text(10));
    ByteString whole = sent.snapshot();

    assertThat(filtered(100_000, whole, step)).isEqualTo(whole);
    assertThat(leftOut).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000, 100_000})
  void leavesOutWhatIsTooLargeAndGoesOn(int step) throws IOException {
    Buffer sent = new Buffer();
    Buffer expected = new Buffer();
    for (Buffer both : List.of(sent, expected)) {
      frame(both, true, TEXT, text(20));
    }
    frame(sent, true, TEXT, text(21));
    frame(sent, true, TEXT, text(70_000));
    for (Buffer both : List.of(sent, expected)) {
      frame(both, true, TEXT, text(5));
    }

    assertThat(filtered(20, sent.snapshot(), step)).isEqualTo(expected.snapshot());
    assertThat(leftOut).containsExactly(21L, 70_000L);
  }

  @Test
  void cutsWhatGrowsTooLargeInSeveralFrames() throws IOException {
    Buffer sent = new Buffer();
    frame(sent, false, TEXT, text(15));
    frame(sent, false, CONTINUATION, text(15));
    frame(sent, true, PING, text(2));
    frame(sent, false, CONTINUATION, text(15));
    frame(sent, true, CONTINUATION, text(15));
    frame(sent, true, TEXT, text(20));
    Buffer expected = new Buffer();
    frame(expected, false, TEXT, text(15));
    frame(expected, true, CONTINUATION, text(0));
    frame(expected, true, PING, text(2));
    frame(expected, true, TEXT, text(20));

    assertThat(filtered(20, sent.snapshot(), 4)).isEqualTo(expected.snapshot());
    assertThat(leftOut).containsExactly(30L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 100_000})
  void passesCompressedMessagesThatReferToEarlierOnes(int step) throws IOException {
    Deflater deflater = new Deflater(9, true);
    Buffer sent = new Buffer();
    for (int i = 0; i < 20; i++) {
      compressed(sent, deflater, text(1_000));
    }
    ByteString whole = sent.snapshot();

    assertThat(filtered(1_000, whole, step)).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 100_000})
  void endsTheConnectionOnABomb(int step) {
    Deflater deflater = new Deflater(9, true);
    Buffer sent = new Buffer();
    compressed(sent, deflater, text(1_000));
    compressed(sent, deflater, new byte[10 << 20]);
    ByteString whole = sent.snapshot();
    assertThat(whole.size()).isLessThan(100_000);

    assertThatThrownBy(() -> filtered(1_000_000, whole, step))
        .isInstanceOf(MessageTooBigException.class)
        .hasMessageContaining("1000000 bytes")
        .hasMessageContaining("maxMessageBytes");
  }

  @Test
  void neverFailsOnAnyBytesInAnyPieces() throws IOException {
    for (int seed = 0; seed < 2_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      try {
        filtered(50, ByteString.of(bytes), 1 + random.nextInt(40));
      } catch (MessageTooBigException allowed) {
        // Random bytes may well be a compressed message that is too large.
      } catch (RuntimeException bug) {
        throw new AssertionError("seed " + seed, bug);
      }
    }
  }

  private ByteString filtered(long bound, ByteString bytes, int step) throws IOException {
    Buffer in = new Buffer();
    Buffer out = new Buffer();
    try (FrameFilter filter = new FrameFilter(bound, leftOut::add)) {
      for (int from = 0; from < bytes.size(); from += step) {
        in.write(bytes.substring(from, Math.min(from + step, bytes.size())));
        filter.filter(in, out);
      }
    }
    return out.snapshot();
  }

  private static byte[] text(int size) {
    byte[] payload = new byte[size];
    Arrays.fill(payload, (byte) 'x');
    for (int i = 0; i < size; i += 17) {
      payload[i] = (byte) ('a' + i % 26);
    }
    return payload;
  }

  private static void compressed(Buffer out, Deflater deflater, byte[] payload) {
    deflater.setInput(payload);
    byte[] chunk = new byte[64 << 10];
    Buffer all = new Buffer();
    for (int count = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
        count > 0;
        count = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH)) {
      all.write(chunk, 0, count);
    }
    byte[] withTail = all.readByteArray();
    write(out, 0x80 | 0x40 | TEXT, Arrays.copyOf(withTail, withTail.length - 4));
  }

  private static void frame(Buffer out, boolean last, int opcode, byte[] payload) {
    write(out, (last ? 0x80 : 0) | opcode, payload);
  }

  private static void write(Buffer out, int first, byte[] payload) {
    out.writeByte(first);
    if (payload.length < 126) {
      out.writeByte(payload.length);
    } else if (payload.length < 65_536) {
      out.writeByte(126).writeShort(payload.length);
    } else {
      out.writeByte(127).writeLong(payload.length);
    }
    out.write(payload);
  }
}
