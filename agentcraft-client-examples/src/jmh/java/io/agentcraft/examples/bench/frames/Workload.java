package io.agentcraft.examples.bench.frames;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The frames that a measurement is made with. */
public enum Workload {
  /** One {@code agent_status} of about 300 bytes. */
  STATUS("status.json", false),
  /** The same with {@code type} as its last field. */
  STATUS_TYPE_LAST("status.json", true),
  /** One {@code session_state} of about 2 kB. */
  STATE("state.json", false),
  /** The same with {@code type} as its last field. */
  STATE_TYPE_LAST("state.json", true),
  /** One snapshot event of the deployed form, of about 20 kB. */
  SNAPSHOT("snapshot.json", false),
  /** The recorded frames of both forms, without their pings, in turn. */
  MIX("mix.jsonl", false);

  private final String file;
  private final boolean typeLast;

  Workload(String file, boolean typeLast) {
    this.file = file;
    this.typeLast = typeLast;
  }

  /**
   * Reads the frames.
   *
   * @return their texts
   */
  public List<String> frames() {
    try (InputStream in = Workload.class.getResourceAsStream("/frames/" + file)) {
      byte[] bytes = Objects.requireNonNull(in, file).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .map(frame -> typeLast ? withTypeLast(frame) : frame)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The type is the first field of all frames here. */
  private static String withTypeLast(String frame) {
    int comma = frame.indexOf(", ");
    String type = frame.substring(1, comma);
    return "{" + frame.substring(comma + 2, frame.length() - 1) + ", " + type + "}";
  }
}
