package io.agentcraft.client.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import okio.Buffer;

/** Frames to begin from: the recorded ones, and a good one that must always arrive. */
final class Frames {

  private static final int FIN = 0x80;
  private static final int TEXT = 1;
  private static final int LENGTH_IN_2_BYTES = 126;

  private Frames() {}

  static List<String> recorded() {
    return Stream.of(
            "documented-frames.jsonl",
            "deployed-frames.jsonl",
            "published-frames.jsonl",
            "client-frames.jsonl")
        .flatMap(name -> lines(name).stream())
        .toList();
  }

  static String good(String agentId) {
    return "{\"type\": \"agent_status\", \"agent_id\": \"" + agentId + "\"}";
  }

  /** Writes a text frame as a server does. */
  static void write(Buffer out, String text) {
    write(out, TEXT, text.getBytes(UTF_8));
  }

  /** Writes one whole frame as a server does; at most 65,535 bytes. */
  static void write(Buffer out, int opcode, byte[] payload) {
    out.writeByte(FIN | opcode);
    if (payload.length < LENGTH_IN_2_BYTES) {
      out.writeByte(payload.length);
    } else {
      out.writeByte(LENGTH_IN_2_BYTES).writeShort(payload.length);
    }
    out.write(payload);
  }

  private static List<String> lines(String name) {
    try (InputStream in = Frames.class.getResourceAsStream("/vectors/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
