package io.agentcraft.client.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.agentcraft.client.internal.codec.MessageSize;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.UnknownMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageSizeTest {

  private static final String LONG = "x".repeat(10_000);

  private final MessageCodec codec = MessageCodec.create();

  /** What a message keeps is what encoding it gives. */
  @Test
  void everyTextOfEveryMessageCounts() {
    List<String> frames = new ArrayList<>(Vectors.server());
    frames.add("{\"type\":\"tomorrow\",\"x\":\"y\"}");
    for (String frame : frames) {
      JsonNode long_ = lengthened("", Vectors.tree(frame));
      ServerMessage message = codec.decodeServer(long_.toString());
      long encoded = codec.encode(message).length();
      assertThat(MessageSize.of(message)).as(frame).isBetween(encoded - 2_000, encoded + 10_000);
    }
  }

  /** A short text may hold many objects. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1],                  | 40",
        "{'a':1},              | 60",
        "'',                   | 20",
        "123456789012345678901,| 40",
        "1.5,                  | 10",
        "[],                   | 4",
        "null,                 | 4",
      })
  void smallValuesCountAsWhatTheyTakeInMemory(String value, int chars) {
    String list = "[" + value.replace('\'', '"').repeat(10_000) + "0]";
    ServerMessage message = codec.decodeServer(
        "{\"type\":\"session_state\",\"session_id\":\"s\",\"state\":{\"crew_output\":" + list
            + "}}");
    assertThat(MessageSize.of(message)).isBetween(10_000L * chars, 10_000L * (chars + 40));
  }

  @Test
  void theMessageOfSeveralChangesCountsOnce() {
    ServerMessage large = new UnknownMessage("a", LONG);
    ServerMessage equal = new UnknownMessage("a", LONG);
    ToLongFunction<Optional<ServerMessage>> sizes =
        MessageSize.ofChanges(change -> change.orElse(null));

    assertThat(sizes.applyAsLong(Optional.of(large))).isGreaterThan(10_000);
    assertThat(sizes.applyAsLong(Optional.of(large))).isLessThan(1_000);
    assertThat(sizes.applyAsLong(Optional.of(equal))).isGreaterThan(10_000);
    assertThat(sizes.applyAsLong(Optional.empty())).isLessThan(1_000);
    assertThat(sizes.applyAsLong(Optional.of(large))).isGreaterThan(10_000);
  }

  private static JsonNode lengthened(String name, JsonNode node) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      names.forEach(field -> object.set(field, lengthened(field, object.get(field))));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, lengthened("", array.get(i)));
      }
    } else if (node instanceof TextNode text && !name.equals("type")) {
      return TextNode.valueOf(text.textValue() + LONG);
    }
    return node;
  }
}
