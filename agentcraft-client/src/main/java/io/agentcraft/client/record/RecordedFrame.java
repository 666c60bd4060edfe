package io.agentcraft.client.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.agentcraft.client.internal.guard.LogText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of a recording: {@code {"offset_ms":1204.5,"direction":"in","text":"{\"type\":…}"}}.
 *
 * @param offset the time since the start of the recording; not negative, with microsecond precision
 * @param direction the direction of the frame
 * @param text the text of the frame, which need not be JSON
 */
public record RecordedFrame(Duration offset, FrameListener.Direction direction, String text) {

  /** Its buffers are not bound to threads, which would keep our class loader. */
  private static final JsonFactory JSON = new JsonFactoryBuilder()
      .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
      .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
      .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
      .build();

  private static final int MICROS_DIGITS = 3;

  /**
   * Creates a recorded frame.
   *
   * @param offset the time since the start of the recording
   * @param direction the direction of the frame
   * @param text the text of the frame
   * @throws IllegalArgumentException if the offset is negative
   */
  public RecordedFrame {
    Objects.requireNonNull(direction, "direction");
    Objects.requireNonNull(text, "text");
    if (offset.isNegative()) {
      throw new IllegalArgumentException(
          "The offset must not be negative, but was " + offset + ".");
    }
  }

  /**
   * Returns this frame as a line of a recording.
   *
   * @return one line of JSON, without a line terminator
   */
  public String toLine() {
    StringWriter line = new StringWriter(text.length() + 64);
    try {
      writeLine(line);
    } catch (IOException impossible) {
      throw new UncheckedIOException("Writing to a string does not fail.", impossible);
    }
    return line.toString();
  }

  /** Writes what {@link #toLine} returns, without keeping it in memory. */
  void writeLine(Writer line) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeFieldName("offset_ms");
      json.writeNumber(BigDecimal.valueOf(offset.toNanos() / 1_000, MICROS_DIGITS)
          .stripTrailingZeros()
          .toPlainString());
      json.writeStringField("direction", direction.name().toLowerCase(Locale.ROOT));
      json.writeStringField("text", text);
      json.writeEndObject();
    }
  }

  /**
   * Parses a line of a recording. Unknown members are ignored.
   *
   * @param line the line
   * @return the frame
   * @throws IllegalArgumentException if it is not a line of a recording
   */
  public static RecordedFrame parse(String line) {
    try (JsonParser json = JSON.createParser(line)) {
      return read(json);
    } catch (IOException | ArithmeticException broken) {
      throw new IllegalArgumentException(
          "Not a line of a recording: " + LogText.excerpt(line, 120), broken);
    }
  }

  private static RecordedFrame read(JsonParser json) throws IOException {
    BigDecimal millis = null;
    String direction = null;
    String text = null;
    require(json.nextToken() == JsonToken.START_OBJECT, json);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "offset_ms" -> {
          require(value != null && value.isNumeric(), json);
          millis = json.getDecimalValue();
        }
        case "direction" -> direction = text(json, value);
        case "text" -> text = text(json, value);
        default -> json.skipChildren();
      }
    }
    require(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null, json);
    require(millis != null && direction != null && text != null, json);
    require("in".equals(direction) || "out".equals(direction), json);
    return new RecordedFrame(
        Duration.ofNanos(Objects.requireNonNull(millis)
            .movePointRight(6)
            .setScale(0, RoundingMode.DOWN)
            .longValueExact()),
        "in".equals(direction) ? FrameListener.Direction.IN : FrameListener.Direction.OUT,
        Objects.requireNonNull(text));
  }

  private static String text(JsonParser json, @Nullable JsonToken value) throws IOException {
    require(value == JsonToken.VALUE_STRING, json);
    return json.getText();
  }

  private static void require(boolean holds, JsonParser json) throws IOException {
    if (!holds) {
      throw new IOException(
          "Unexpected content at column " + json.currentLocation().getColumnNr());
    }
  }
}
