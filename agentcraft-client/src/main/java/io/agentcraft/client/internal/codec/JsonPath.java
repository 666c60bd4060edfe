package io.agentcraft.client.internal.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

/** Names the place of a value in a frame, for error messages: {@code session_logs.logs[3].message}. */
final class JsonPath {

  private static final int NAME_LIMIT = 64;

  private JsonPath() {}

  /** The place of the parser's current value. */
  static String of(String type, JsonParser parser) {
    JsonStreamContext context = parser.getParsingContext();
    JsonToken token = parser.currentToken();
    // At the start of an object or list the context is already the one inside it.
    return of(type, token != null && token.isStructStart() ? context.getParent() : context);
  }

  /** The place of the value that comes next in what a generator writes. */
  static String ofNext(String type, JsonStreamContext context) {
    if (context.inArray()) {
      int next = context.getCurrentIndex() + (context.hasCurrentIndex() ? 1 : 0);
      return of(type, context.getParent()) + "[" + next + "]";
    }
    return of(type, context);
  }

  /** The place of the last value in a context. */
  static String of(String type, @Nullable JsonStreamContext context) {
    StringBuilder path = new StringBuilder();
    for (JsonStreamContext at = context; at != null && !at.inRoot(); at = at.getParent()) {
      if (at.inArray()) {
        path.insert(0, "[" + at.getCurrentIndex() + "]");
      } else if (at.hasCurrentName()) {
        path.insert(0, "." + cut(at.getCurrentName()));
      }
    }
    return type + path;
  }

  private static String cut(String name) {
    return name.length() <= NAME_LIMIT ? name : name.substring(0, NAME_LIMIT) + "…";
  }
}
