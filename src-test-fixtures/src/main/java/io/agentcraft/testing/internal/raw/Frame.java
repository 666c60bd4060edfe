package io.agentcraft.testing.internal.raw;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * A text frame as it came.
 *
 * @param text the text
 * @param json what it is as JSON; missing if it is none
 */
public record Frame(String text, JsonNode json) {

  private static final int SHOWN = 300;

  /** As Python writes JSON: NaN and infinities included. */
  private static final JsonMapper MAPPER = JsonMapper.builder()
      .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  static Frame of(String text) {
    return new Frame(text, parse(text));
  }

  public static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException noJson) {
      return MissingNode.getInstance();
    }
  }

  /** The type; empty if it has none. */
  public String type() {
    JsonNode type = json.path("type");
    return type.isTextual() ? type.textValue() : "";
  }

  public boolean is(String type) {
    return type().equals(type);
  }

  /** The text, cut to a bound. */
  public String shown() {
    return shown(text);
  }

  public static String shown(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 1) + "…";
  }
}
