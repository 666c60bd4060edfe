package io.agentcraft.testing.internal.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Reads JSON as Python does. */
final class JsonText {

  static final JsonMapper MAPPER = JsonMapper.builder()
      .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private JsonText() {}

  static boolean isObject(String text) {
    try {
      return MAPPER.readTree(text).isObject();
    } catch (JsonProcessingException noJson) {
      return false;
    }
  }

  /** Reads what the codec wrote. */
  static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException bug) {
      throw new IllegalArgumentException("The encoder wrote no JSON: " + text, bug);
    }
  }
}
