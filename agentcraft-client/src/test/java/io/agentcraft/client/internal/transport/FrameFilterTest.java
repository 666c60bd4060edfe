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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameFilterTest {

  private static final int FIN = 0x80;
  private static final int RSV1 = 0x40;
  private static final int TEXT = 1;
  private static final int CONTINUATION = 0;
  private static final int MASKED = 0x80;
  private static final int PING = 9;
  private static final byte[] EMPTY_BLOCK = {0, 0, 0, (byte) 0xff, (byte) 0xff};

  private final List<Long> leftOut = new ArrayList<>();
  private final FrameFilter.Pongs pongs = new FrameFilter.Pongs();
  private final Buffer passed = new Buffer();
  private Compression compression = Compression.WITH_CONTEXT;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000, 100_000})
  void passesWhatIsWithinTheBoundUnchanged(int step) throws IOException {
    Buffer sent = new Buffer();
    frame(sent, true, TEXT, text(0));
    frame(sent, true, TEXT, text(125));
    frame(sent, true, TEXT, text(126));
    frame(sent, true, TEXT, text(65_535));
    frame(sent, true, TEXT, text(65_536));
    frame(sent, true, PING, text(3));
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

  /** Each message is a list of frames, by their sizes; P is a ping. The bound is 20. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "15 15 15 | 30",
        "15 15 P 15 15 | 30",
        "1 P 20 P | 21",
        "0 21 | 21",
        "0 0 0 21 0 0 | 21",
        "21 5 | 21",
        "21 P 0 P 0 | 21",
        "20 1 | 21",
        "20 0 0 1 | 21",
        "19 P 70000 | 70019",
        "10 10 10 / 10 10 10 | 30 30",
        "10 11 / 30 / 5 P 16 P 5 | 21 30 21",
      })
  void leavesOutAMessageInSeveralFramesAsAWhole(String messages, String sizes) throws IOException {
    Buffer sent = new Buffer();
    Buffer expected = new Buffer();
    for (String message : messages.split(" / ", -1)) {
      writeFrames(message, sent);
      for (int i = 0; i < message.chars().filter(c -> c == 'P').count(); i++) {
        frame(expected, true, PING, text(2));
      }
    }
    writeFrames("5 P 5", sent);
    frame(expected, true, PING, text(2));
    frame(expected, true, TEXT, text(5, 5));

    for (int step : new int[] {1, 4, 100_000}) {
      leftOut.clear();
      assertThat(filtered(20, sent.snapshot(), step)).isEqualTo(expected.snapshot());
      assertThat(leftOut).extracting(String::valueOf).containsExactly(sizes.split(" ", -1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10 10, 20",
    "0 20, 20",
    "20 0, 20",
    "0 0 0, 0",
    "1 1 1 1 1, 5",
    "100 26, 126",
    "60000 6000, 66000"
  })
  void passesAMessageInSeveralFramesAsOneOnceItIsWhole(String frames, int size) throws IOException {
    int[] parts = Arrays.stream(frames.split(" ")).mapToInt(Integer::parseInt).toArray();
    for (int step : new int[] {1, 7, 100_000}) {
      Buffer sent = new Buffer();
      writeFrames(frames, sent);
      ByteString whole = sent.snapshot();
      assertThat(filtered(
              size, whole.substring(0, whole.size() - parts[parts.length - 1] - 2), step))
          .isEqualTo(ByteString.EMPTY);
      Buffer expected = new Buffer();
      frame(expected, true, TEXT, text(parts));
      assertThat(filtered(size, whole, step)).isEqualTo(expected.snapshot());
    }
    assertThat(leftOut).isEmpty();
  }

  /** OkHttp ends the connection because of them, so it has to see them. */
  @ParameterizedTest
  @ValueSource(ints = {TEXT, FIN | TEXT, FIN | RSV1 | CONTINUATION, 0x20 | CONTINUATION, 3})
  void passesFramesThatMustNotContinueAMessage(int wrong) throws IOException {
    Buffer sent = new Buffer();
    frame(sent, false, TEXT, text(5));
    write(sent, wrong, text(5));
    assertThat(filtered(20, sent.snapshot(), 3).size()).isGreaterThanOrEqualTo(7);

    Buffer masked = new Buffer();
    frame(masked, false, TEXT, text(5));
    masked.writeByte(FIN | CONTINUATION).writeByte(MASKED | 1).writeInt(7).writeByte('x');
    assertThat(filtered(20, masked.snapshot(), 3).size()).isGreaterThanOrEqualTo(7);

    Buffer negative = new Buffer();
    frame(negative, false, TEXT, text(5));
    header(negative, FIN | CONTINUATION, Long.MIN_VALUE);
    assertThat(filtered(20, negative.snapshot(), 3).size()).isGreaterThanOrEqualTo(7);
  }

  @Test
  void passesCompressedFramesAsTheyComeAfterAMessageThatWasLeftOut() throws IOException {
    Buffer compressed = new Buffer();
    write(compressed, RSV1 | TEXT, EMPTY_BLOCK);
    frame(compressed, true, PING, text(2));
    write(compressed, FIN | CONTINUATION, new byte[] {0});
    ByteString expected = compressed.snapshot();
    Buffer sent = new Buffer();
    writeFrames("10 11", sent);
    sent.writeAll(compressed);

    assertThat(filtered(20, sent.snapshot(), 3)).isEqualTo(expected);
    assertThat(leftOut).containsExactly(21L);
  }

  @Test
  void keepsNothingOfFramesWithoutPayloadThatNeverEnd() throws IOException {
    Buffer sent = new Buffer();
    frame(sent, false, TEXT, text(5));
    for (int i = 0; i < 100_000; i++) {
      frame(sent, false, CONTINUATION, text(0));
    }
    frame(sent, true, CONTINUATION, text(1));
    Buffer expected = new Buffer();
    frame(expected, true, TEXT, text(5, 1));
    assertThat(filtered(20, sent.snapshot(), 1_000)).isEqualTo(expected.snapshot());
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
        .isInstanceOf(FrameFilter.MessageTooBigException.class)
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
      } catch (IOException allowed) {
        // Random bytes may well be a compressed message that is too large, or none.
      } catch (RuntimeException bug) {
        throw new AssertionError("seed " + seed, bug);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 1000, 100_000})
  void countsTheBytesOfACompressedMessageAsTheyCome(int step) {
    Buffer sent = new Buffer();
    write(sent, RSV1 | TEXT, EMPTY_BLOCK);
    while (sent.size() < 1_000_000) {
      write(sent, CONTINUATION, EMPTY_BLOCK);
    }
    ByteString whole = sent.snapshot();

    assertThatThrownBy(() -> filtered(100_000, whole, step))
        .isInstanceOf(FrameFilter.MessageTooBigException.class)
        .hasMessageContaining("100000 bytes");
    assertThat(passed.size()).isBetween(100_000L, 150_000L);
  }

  @Test
  void passesNothingOfAFrameThatAnnouncesTooMuch() {
    Buffer sent = new Buffer();
    frame(sent, true, TEXT, text(5));
    long before = sent.size();
    header(sent, FIN | RSV1 | TEXT, 21);
    sent.write(EMPTY_BLOCK);
    ByteString whole = sent.snapshot();

    assertThatThrownBy(() -> filtered(20, whole, 100))
        .isInstanceOf(FrameFilter.MessageTooBigException.class);
    assertThat(passed.size()).isEqualTo(before);
  }

  @Test
  void passesACompressedMessageThatIsAsLargeAsTheBound() throws IOException {
    Buffer sent = new Buffer();
    for (int i = 0; i < 3; i++) {
      write(sent, RSV1 | TEXT, EMPTY_BLOCK);
      write(sent, CONTINUATION, EMPTY_BLOCK);
      // The rest of this block is what a sender leaves out.
      write(sent, FIN | CONTINUATION, new byte[] {0});
    }
    ByteString whole = sent.snapshot();

    assertThat(filtered(11, whole, 4)).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 100_000})
  void endsTheConnectionOnWhatCannotBeInflated(int step) {
    Buffer sent = new Buffer();
    write(sent, RSV1 | TEXT, new byte[] {7, 7, 7, 7, 7});
    while (sent.size() < 1_000_000) {
      write(sent, CONTINUATION, text(100));
    }
    ByteString whole = sent.snapshot();

    assertThatThrownBy(() -> filtered(100_000, whole, step))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be inflated");
    assertThat(passed.size()).isLessThan(100_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000, Integer.MAX_VALUE, Long.MAX_VALUE - 10, Long.MAX_VALUE})
  void isNotFooledByFramesThatAnnounceMoreThanALongHolds(long announced) throws IOException {
    Buffer sent = new Buffer();
    frame(sent, false, TEXT, text(15));
    header(sent, CONTINUATION, announced);
    sent.write(text(900));

    assertThat(filtered(20, sent.snapshot(), 7)).isEqualTo(ByteString.EMPTY);
    long most = Long.MAX_VALUE - 15;
    assertThat(leftOut).containsExactly(announced > most ? Long.MAX_VALUE : 15 + announced);
  }

  /** A first message that leaves a decoder in the midst of a block, which the next one must not be taken for. */
  @Test
  void countsEachMessageForItselfWhereEachStandsAlone() {
    compression = Compression.WITHOUT_CONTEXT;
    Buffer sent = new Buffer();
    byte[] storedBlockOf65535 = {0, (byte) 0xff, (byte) 0xff, 0, 0, 'x'};
    write(sent, FIN | RSV1 | TEXT, storedBlockOf65535);
    compressed(sent, new Deflater(9, true), new byte[10 << 20]);
    ByteString whole = sent.snapshot();

    assertThatThrownBy(() -> filtered(1_000_000, whole, 1_000))
        .isInstanceOf(FrameFilter.MessageTooBigException.class);
  }

  /** OkHttp takes the second message for nothing, and the third for the first of a new stream. */
  @Test
  void isInStepWithOkHttpAfterAFinalBlockThatEndsWithItsMessage() {
    Buffer sent = new Buffer();
    byte[] finalStoredBlockOf4 = {1, 4, 0, (byte) 0xfb, (byte) 0xff};
    byte[] storedBlockOf65535 = {0, (byte) 0xff, (byte) 0xff, 0, 0, 'x'};
    write(sent, FIN | RSV1 | TEXT, finalStoredBlockOf4);
    write(sent, FIN | RSV1 | TEXT, storedBlockOf65535);
    compressed(sent, new Deflater(9, true), new byte[10 << 20]);
    ByteString whole = sent.snapshot();

    assertThatThrownBy(() -> filtered(1_000_000, whole, 1_000))
        .isInstanceOf(FrameFilter.MessageTooBigException.class);
  }

  @Test
  void passesFinalBlocksThatEndBeforeTheirMessages() throws IOException {
    Buffer sent = new Buffer();
    for (int i = 0; i < 3; i++) {
      write(sent, FIN | RSV1 | TEXT, new byte[] {1, 2, 0, (byte) 0xfd, (byte) 0xff, '{', '}', 0});
    }
    ByteString whole = sent.snapshot();

    assertThat(filtered(20, whole, 3)).isEqualTo(whole);
  }

  @Test
  void takesNoMarkForCompressionWithoutAnAgreement() throws IOException {
    compression = Compression.NONE;
    Buffer sent = new Buffer();
    write(sent, FIN | RSV1 | TEXT, new byte[] {7, 7, 7, 7, 7});
    ByteString whole = sent.snapshot();

    assertThat(filtered(20, whole, 3)).isEqualTo(whole);
  }

  @Test
  void leavesOutPingsWhileVeryManyAreNotAnswered() throws IOException {
    Buffer sent = new Buffer();
    Buffer expected = new Buffer();
    for (int i = 0; i < FrameFilter.Pongs.MOST_OWED; i++) {
      frame(sent, true, PING, text(3));
      frame(expected, true, PING, text(3));
    }
    frame(sent, true, PING, text(4));
    frame(sent, true, PING, text(5));
    frame(sent, true, TEXT, text(6));
    frame(expected, true, TEXT, text(6));
    assertThat(filtered(20, sent.snapshot(), 5)).isEqualTo(expected.snapshot());

    pongs.frameLeft();
    Buffer next = new Buffer();
    frame(next, true, PING, text(7));
    ByteString one = next.snapshot();
    frame(next, true, PING, text(8));
    assertThat(filtered(20, next.snapshot(), 5)).isEqualTo(one);
  }

  private ByteString filtered(long bound, ByteString bytes, int step) throws IOException {
    passed.clear();
    Buffer in = new Buffer();
    try (FrameFilter filter = new FrameFilter(bound, compression, pongs, leftOut::add)) {
      for (int from = 0; from < bytes.size(); from += step) {
        in.write(bytes.substring(from, Math.min(from + step, bytes.size())));
        filter.filter(in, passed);
      }
    }
    return passed.snapshot();
  }

  /** Writes the frames of one message. */
  private static void writeFrames(String sizes, Buffer out) {
    String[] parts = sizes.split(" ", -1);
    int last = parts.length - 1;
    while (parts[last].equals("P")) {
      last--;
    }
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].equals("P")) {
        frame(out, true, PING, text(2));
      } else {
        frame(out, i == last, i == 0 ? TEXT : CONTINUATION, text(Integer.parseInt(parts[i])));
      }
    }
  }

  /** Returns the payload of a message whose frames have these sizes. */
  private static byte[] text(int... sizes) {
    Buffer whole = new Buffer();
    for (int size : sizes) {
      whole.write(text(size));
    }
    return whole.readByteArray();
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
    write(out, FIN | RSV1 | TEXT, Arrays.copyOf(withTail, withTail.length - 4));
  }

  private static void frame(Buffer out, boolean last, int opcode, byte[] payload) {
    write(out, (last ? FIN : 0) | opcode, payload);
  }

  private static void write(Buffer out, int first, byte[] payload) {
    header(out, first, payload.length);
    out.write(payload);
  }

  private static void header(Buffer out, int first, long length) {
    out.writeByte(first);
    if (length >= 0 && length < 126) {
      out.writeByte((int) length);
    } else if (length >= 0 && length < 65_536) {
      out.writeByte(126).writeShort((int) length);
    } else {
      out.writeByte(127).writeLong(length);
    }
  }
}
