package io.agentcraft.client.internal.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.agentcraft.client.internal.guard.LogText;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.WireTime;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of one frame. An absent value is left out by an {@code optional…} method, and written as null by a
 * {@code nullable…} method. A value that JSON cannot represent throws an {@link IllegalArgumentException} with its path.
 */
final class FrameWriter {

  private final JsonGenerator generator;
  private final String type;

  FrameWriter(JsonGenerator generator, String type) {
    this.generator = generator;
    this.type = type;
  }

  /** Writes the fields of one object. */
  @FunctionalInterface
  interface ObjectWriter<T> {
    void write(T value, FrameWriter out) throws IOException;
  }

  void text(String name, String value) throws IOException {
    generator.writeFieldName(name);
    textValue(value);
  }

  void optionalText(String name, @Nullable String value) throws IOException {
    if (value != null) {
      text(name, value);
    }
  }

  void nullableText(String name, @Nullable String value) throws IOException {
    if (value != null) {
      text(name, value);
    } else {
      generator.writeNullField(name);
    }
  }

  /** Writes the text of a status, or the documented text if there is none. */
  void status(String name, AgentStatus status, String statusText) throws IOException {
    generator.writeFieldName(name);
    if (!statusText.isEmpty() && AgentStatus.fromWire(statusText) != status) {
      throw refused("the status is " + status + ", but its text is \"" + statusText
          + "\", which means another status. Make them agree, for example with status.wireText().");
    }
    boolean derived = statusText.isEmpty() && status != AgentStatus.UNKNOWN;
    textValue(derived ? status.wireText() : statusText);
  }

  void integer(String name, int value) throws IOException {
    generator.writeNumberField(name, value);
  }

  void optionalInteger(String name, @Nullable Integer value) throws IOException {
    if (value != null) {
      generator.writeNumberField(name, value);
    }
  }

  /** Writes a percentage, and leaves it out if it is {@code NaN}. */
  void progress(String name, double value) throws IOException {
    if (Double.isNaN(value)) {
      return;
    }
    generator.writeFieldName(name);
    if (Numbers.isWhole(value)) {
      generator.writeNumber((long) value);
    } else {
      doubleValue(value);
    }
  }

  void optionalTime(String name, @Nullable WireTime value) throws IOException {
    if (value != null) {
      nullableTime(name, value);
    }
  }

  void nullableTime(String name, @Nullable WireTime value) throws IOException {
    generator.writeFieldName(name);
    if (value == null) {
      generator.writeNull();
    } else if (value.seconds().isPresent()) {
      doubleValue(value.seconds().getAsDouble());
    } else {
      textValue(value.toString());
    }
  }

  void nullableDetails(String name, @Nullable Details details) throws IOException {
    free(name, details == null ? null : details.value());
  }

  /** Writes free-form JSON. */
  void free(String name, @Nullable Object value) throws IOException {
    generator.writeFieldName(name);
    freeValue(value);
  }

  void texts(String name, List<String> values) throws IOException {
    generator.writeArrayFieldStart(name);
    for (String value : values) {
      textValue(value);
    }
    generator.writeEndArray();
  }

  <T> void object(String name, T value, ObjectWriter<T> writer) throws IOException {
    generator.writeObjectFieldStart(name);
    writer.write(value, this);
    generator.writeEndObject();
  }

  <T> void objects(String name, List<T> values, ObjectWriter<T> writer) throws IOException {
    generator.writeArrayFieldStart(name);
    for (T value : values) {
      generator.writeStartObject();
      writer.write(value, this);
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }

  private void freeValue(@Nullable Object value) throws IOException {
    if (value == null) {
      generator.writeNull();
    } else if (value instanceof String text) {
      textValue(text);
    } else if (value instanceof Boolean flag) {
      generator.writeBoolean(flag);
    } else if (value instanceof Number number) {
      numberValue(number);
    } else if (value instanceof List<?> list) {
      generator.writeStartArray();
      for (Object element : list) {
        freeValue(element);
      }
      generator.writeEndArray();
    } else if (value instanceof Map<?, ?> map) {
      generator.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        key(String.valueOf(entry.getKey()));
        freeValue(entry.getValue());
      }
      generator.writeEndObject();
    } else {
      throw refused("a " + value.getClass().getName() + " is not JSON. Convert it to text first.");
    }
  }

  private void numberValue(Number number) throws IOException {
    if (number instanceof Integer || number instanceof Long) {
      generator.writeNumber(number.longValue());
    } else if (number instanceof BigInteger integer) {
      generator.writeNumber(integer);
    } else if (number instanceof Double) {
      doubleValue(number.doubleValue());
    } else {
      otherNumber(number);
    }
  }

  private void otherNumber(Number number) throws IOException {
    try {
      generator.writeNumber(Numbers.plain(new BigDecimal(number.toString())));
    } catch (NumberFormatException invalid) {
      throw notANumber(number);
    }
  }

  private void doubleValue(double value) throws IOException {
    if (!Double.isFinite(value)) {
      throw notANumber(value);
    }
    generator.writeNumber(Numbers.plain(value));
  }

  private void key(String name) throws IOException {
    int index = Surrogates.firstUnpaired(name);
    if (index >= 0) {
      String path = Json.path(type, generator.getOutputContext().getParent());
      throw Surrogates.unpaired(path + ": a key", index);
    }
    generator.writeFieldName(name);
  }

  private void textValue(String value) throws IOException {
    int index = Surrogates.firstUnpaired(value);
    if (index >= 0) {
      throw Surrogates.unpaired(path() + ": the text", index);
    }
    generator.writeString(value);
  }

  private IllegalArgumentException notANumber(Number number) {
    return refused(number + " is not a JSON number. Leave it out, or use null or text instead.");
  }

  private IllegalArgumentException refused(String problem) {
    return new IllegalArgumentException(LogText.escape(path() + ": " + problem));
  }

  private String path() {
    return Json.nextPath(type, generator.getOutputContext());
  }
}
