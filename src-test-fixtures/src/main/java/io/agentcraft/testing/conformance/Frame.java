package io.agentcraft.testing.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentcraft.testing.internal.protocol.JsonText;

/**
 * A text frame as it was received.
 *
 * @param text the text
 * @param json its JSON value; missing if it is not JSON
 */
record Frame(String text, JsonNode json) {

  private static final int SHOWN = 300;

  static Frame of(String text) {
    return new Frame(text, JsonText.parse(text));
  }

  /** Returns the type; empty if it has none. */
  String type() {
    JsonNode type = json.path("type");
    return type.isTextual() ? type.textValue() : "";
  }

  boolean is(String type) {
    return type().equals(type);
  }

  /** Returns the text, cut to a limit. */
  String shown() {
    return shown(text);
  }

  static String shown(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 1) + "…";
  }
}
