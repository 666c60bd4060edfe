package io.agentcraft.testing.internal.websocket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** permessage-deflate (RFC 7692): what was agreed, and how messages are compressed. */
public final class Compression {

  private static final String NAME = "permessage-deflate";
  private static final String SERVER_NO_CONTEXT = "server_no_context_takeover";
  private static final String CLIENT_NO_CONTEXT = "client_no_context_takeover";
  private static final String CLIENT_WINDOW = "client_max_window_bits";

  /** The JDK has no smaller window, so none can be promised. */
  private static final String SERVER_WINDOW = "server_max_window_bits=15";

  /** The end of each message, which is not sent. */
  private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

  private static final int CHUNK = 8_192;

  private final Set<String> agreed;

  private Compression(Set<String> agreed) {
    this.agreed = agreed;
  }

  /**
   * Accepts the first offer that this server can honour.
   *
   * @param offers the values of the header {@code Sec-WebSocket-Extensions}
   * @return what was agreed; null for no compression
   */
  public static @Nullable Compression accept(List<String> offers) {
    return offers.stream()
        .flatMap(header -> Arrays.stream(header.split(",", -1)))
        .map(Compression::parts)
        .filter(Compression::isAcceptable)
        .findFirst()
        .map(Compression::of)
        .orElse(null);
  }

  /** Returns the value of the header {@code Sec-WebSocket-Extensions} in the answer. */
  public String header() {
    return agreed.stream()
        .map(parameter -> "; " + parameter)
        .collect(Collectors.joining("", NAME, ""));
  }

  MessageInflater inflater() {
    return new MessageInflater(!agreed.contains(CLIENT_NO_CONTEXT));
  }

  MessageDeflater deflater() {
    return new MessageDeflater(!agreed.contains(SERVER_NO_CONTEXT));
  }

  /** Splits an offer into the name of the extension and its parameters. */
  private static List<String> parts(String offer) {
    return Arrays.stream(offer.split(";", -1))
        .map(part -> part.replaceAll("[\\s\"]", "").toLowerCase(Locale.ROOT))
        .toList();
  }

  private static boolean isAcceptable(List<String> offer) {
    List<String> parameters = offer.subList(1, offer.size());
    long names =
        parameters.stream().map(one -> one.replaceFirst("=.*", "")).distinct().count();
    return offer.get(0).equals(NAME)
        && names == parameters.size()
        && parameters.stream().allMatch(Compression::isAcceptable);
  }

  private static boolean isAcceptable(String parameter) {
    return switch (parameter) {
      case SERVER_NO_CONTEXT, CLIENT_NO_CONTEXT, CLIENT_WINDOW, SERVER_WINDOW -> true;
      default -> parameter.matches(CLIENT_WINDOW + "=([89]|1[0-5])");
    };
  }

  /** What a client says about its own window is only a hint, which does not have to be answered. */
  private static Compression of(List<String> offer) {
    return new Compression(offer.stream()
        .skip(1)
        .filter(parameter -> !parameter.startsWith(CLIENT_WINDOW))
        .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** Inflates a client's messages. Confined to one thread. */
  static final class MessageInflater {

    private final Inflater inflater = new Inflater(true);
    private final boolean keepsContext;

    MessageInflater(boolean keepsContext) {
      this.keepsContext = keepsContext;
    }

    /** Inflates a message up to a number of bytes. */
    byte[] inflate(byte[] message, int most) throws IOException {
      byte[] input = Arrays.copyOf(message, message.length + TAIL.length);
      System.arraycopy(TAIL, 0, input, message.length, TAIL.length);
      inflater.setInput(input);
      byte[] chunk = new byte[CHUNK];
      ByteArrayOutputStream inflated = new ByteArrayOutputStream();
      try {
        for (int count = inflater.inflate(chunk); count > 0; count = inflater.inflate(chunk)) {
          if (count > most - inflated.size()) {
            throw new ProtocolError(ProtocolError.TOO_BIG, "over " + most + " bytes when inflated");
          }
          inflated.write(chunk, 0, count);
        }
      } catch (DataFormatException damaged) {
        throw new ProtocolError(ProtocolError.PROTOCOL_ERROR, "the message cannot be inflated");
      }
      if (!keepsContext || inflater.finished()) {
        inflater.reset();
      }
      return inflated.toByteArray();
    }

    /** Frees its memory, which the garbage collector does not see. */
    void end() {
      inflater.end();
    }
  }

  /** Compresses the server's messages. Confined to one thread at a time. */
  static final class MessageDeflater {

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final boolean keepsContext;

    MessageDeflater(boolean keepsContext) {
      this.keepsContext = keepsContext;
    }

    byte[] deflate(byte[] message) {
      deflater.setInput(message);
      byte[] chunk = new byte[CHUNK];
      ByteArrayOutputStream deflated = new ByteArrayOutputStream();
      int count;
      do {
        count = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
        deflated.write(chunk, 0, count);
      } while (count == chunk.length);
      if (!keepsContext) {
        deflater.reset();
      }
      // Nothing comes of an empty message after another.
      return Arrays.copyOf(deflated.toByteArray(), Math.max(1, deflated.size() - TAIL.length));
    }

    /** Frees its memory, which the garbage collector does not see. */
    void end() {
      deflater.end();
    }
  }
}
