package io.agentcraft.client.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The recorded frames, and JSON trees to compare them by. */
final class Vectors {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Comparator<JsonNode> BY_VALUE = (a, b) -> {
    if (a.isNumber() && b.isNumber()) {
      return a.decimalValue().compareTo(b.decimalValue());
    }
    return a.equals(b) ? 0 : 1;
  };

  private Vectors() {}

  /** The same frame, so long that it is read as bytes and not as characters. */
  static String lengthened(String frame) {
    return frame.startsWith("{") ? "{" + " ".repeat(600) + frame.substring(1) : frame;
  }

  static List<String> documented() {
    return lines("documented-frames.jsonl");
  }

  static List<String> deployed() {
    return lines("deployed-frames.jsonl");
  }

  /** A session that a program published in the deployed form: session events with {@code data}. */
  static List<String> published() {
    return lines("published-frames.jsonl");
  }

  static List<String> server() {
    return Stream.of(documented(), deployed(), published())
        .flatMap(List::stream)
        .toList();
  }

  static List<String> client() {
    return lines("client-frames.jsonl");
  }

  static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException(json, broken);
    }
  }

  /** Equal as trees, numbers by value. */
  static boolean same(JsonNode a, JsonNode b) {
    return a.equals(BY_VALUE, b);
  }

  private static List<String> lines(String name) {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
