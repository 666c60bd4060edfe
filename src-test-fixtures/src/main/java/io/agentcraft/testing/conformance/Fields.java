package io.agentcraft.testing.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.error.MalformedMessageException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Checks the fields of a JSON object strictly: the client's codec would accept most mistakes. */
final class Fields {

  private static final MessageCodec CODEC = MessageCodec.create();

  private final String where;
  private final JsonNode object;

  private Fields(String where, JsonNode object) {
    this.where = where;
    this.object = object;
  }

  /** The fields of a frame, which must be of this type. */
  static Fields of(Frame frame, String type) {
    if (!frame.is(type)) {
      throw CheckEndedException.fail("a frame of type " + type, "got " + frame.shown());
    }
    return of(type, frame.json());
  }

  /** The fields of an object within a frame. */
  static Fields of(String where, JsonNode object) {
    if (!object.isObject()) {
      throw CheckEndedException.fail(
          where + " to be an object", "it is " + Frame.shown(object.toString()));
    }
    return new Fields(where, object);
  }

  /** Fails if the client can't decode the frame. */
  static void readable(Frame frame) {
    try {
      var ignored = CODEC.decodeServer(frame.text());
    } catch (MalformedMessageException malformed) {
      throw CheckEndedException.fail(
          "a frame that the client can decode",
          "got " + frame.shown() + " (" + malformed.getMessage() + ")");
    }
  }

  Fields text(String... keys) {
    return each(keys, JsonNode::isTextual, "a text");
  }

  Fields number(String... keys) {
    return each(keys, JsonNode::isNumber, "a number");
  }

  Fields list(String key) {
    return each(new String[] {key}, JsonNode::isArray, "a list");
  }

  Fields same(String key, String value) {
    return each(
        new String[] {key},
        found -> found.isTextual() && found.textValue().equals(value),
        "\"" + value + "\"");
  }

  Fields object(String key) {
    return of(where + "." + key, required(key, "an object"));
  }

  /** Returns the objects of a list. */
  List<Fields> objects(String key) {
    list(key);
    List<Fields> all = new ArrayList<>();
    for (JsonNode entry : object.get(key)) {
      all.add(of(where + "." + key + "[" + all.size() + "]", entry));
    }
    return all;
  }

  boolean has(String... keys) {
    return List.of(keys).stream().allMatch(object::has);
  }

  JsonNode get(String key) {
    return object.path(key);
  }

  String where() {
    return where;
  }

  private Fields each(String[] keys, Predicate<JsonNode> condition, String kind) {
    for (String key : keys) {
      JsonNode found = required(key, kind);
      if (!condition.test(found)) {
        throw CheckEndedException.fail(
            "\"" + key + "\" in " + where + " to be " + kind,
            "it is " + Frame.shown(found.toString()));
      }
    }
    return this;
  }

  private JsonNode required(String key, String kind) {
    JsonNode found = object.get(key);
    if (found == null) {
      List<String> keys = new ArrayList<>();
      object.fieldNames().forEachRemaining(keys::add);
      throw CheckEndedException.fail(
          "\"" + key + "\" in " + where + ", " + kind,
          "it has " + Frame.shown(String.join(", ", keys)));
    }
    return found;
  }
}
