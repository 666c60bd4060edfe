package io.agentcraft.client.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.UnknownMessage;
import io.agentcraft.client.message.WireMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for any value. A failure names the seed that it comes from. */
class CodecPropertyTest {

  private static final int ROUNDS = 500;
  private static final String DAMAGE = "{}[]\",:-.0eE+tfn\\";

  private final MessageCodec codec = MessageCodec.create();

  @Test
  void everyMessageSurvivesARoundTrip() {
    for (long seed = 0; seed < ROUNDS; seed++) {
      RandomMessages messages = new RandomMessages(seed);
      for (int type = 0; type < messages.types(); type++) {
        WireMessage message = messages.next(type);
        String frame = codec.encode(message);
        String context = "seed " + seed + ", frame " + frame;
        if (message instanceof ServerMessage) {
          assertThat(codec.decodeServer(frame)).as(context).isEqualTo(message);
        }
        if (message instanceof ClientMessage) {
          assertThat(codec.decodeClient(frame)).as(context).isEqualTo(message);
        }
        assertThat(Vectors.tree(frame).get("type").textValue()).isEqualTo(message.type());
      }
    }
  }

  @Test
  void theOrderOfFieldsNeverMatters() {
    for (long seed = 0; seed < ROUNDS / 10; seed++) {
      Random random = new Random(seed);
      for (String frame : Vectors.server()) {
        String shuffled = shuffle(Vectors.tree(frame), random).toString();
        assertThat(codec.decodeServer(shuffled))
            .as("seed %d, frame %s", seed, shuffled)
            .isEqualTo(codec.decodeServer(frame));
      }
    }
  }

  @Test
  void anyJsonInAndOnlyTheCodecsOwnErrorOut() {
    for (long seed = 0; seed < 10L * ROUNDS; seed++) {
      decodeAnything(seed, new RandomJson(seed).wildJsonText(4));
    }
  }

  @Test
  void anyJsonInAnyFieldAndOnlyTheCodecsOwnErrorOut() {
    List<String> frames = frames();
    for (long seed = 0; seed < 10L * ROUNDS; seed++) {
      RandomJson random = new RandomJson(seed);
      String frame = frames.get(random.below(frames.size()));
      List<String> fields = new ArrayList<>(List.of(frame.split("(?<=\": )", -1)));
      // Puts any JSON in front of the rest of a value: often well-formed, often not.
      int at = 1 + random.below(fields.size() - 1);
      String tail = random.coin() ? fields.get(at) : afterValue(fields.get(at));
      fields.set(at, random.wildJsonText(3) + tail);
      decodeAnything(seed, String.join("", fields));
    }
  }

  @Test
  void anyDamageAndOnlyTheCodecsOwnErrorOut() {
    List<String> frames = frames();
    for (long seed = 0; seed < 10L * ROUNDS; seed++) {
      Random random = new Random(seed);
      String frame = frames.get(random.nextInt(frames.size()));
      for (int times = 1 + random.nextInt(3); times > 0; times--) {
        frame = damage(frame, random);
      }
      decodeAnything(seed, frame);
    }
  }

  private void decodeAnything(long seed, String frame) {
    try {
      codec.decodeClient(frame);
    } catch (MalformedMessageException expected) {
      assertThat(expected.rawText()).hasSizeLessThanOrEqualTo(MalformedMessageException.RAW_LIMIT);
    } catch (Throwable other) {
      fail("seed " + seed + ", client frame " + frame, other);
    }
    ServerMessage message;
    try {
      message = codec.decodeServer(frame);
    } catch (MalformedMessageException expected) {
      assertThat(expected.getMessage()).doesNotContain("cannot be read");
      assertThatExceptionOfType(MalformedMessageException.class)
          .as("seed %d, frame %s", seed, frame)
          .isThrownBy(() -> codec.decodeServer(Vectors.lengthened(frame)));
      return;
    } catch (Throwable other) {
      fail("seed " + seed + ", frame " + frame, other);
      return;
    }
    if (!(message instanceof UnknownMessage) && isUnicode(frame)) {
      assertThat(codec.decodeServer(Vectors.lengthened(frame)))
          .as("seed %d, frame %s", seed, frame)
          .isEqualTo(message);
    }
    encodeAgain(seed, frame, message);
  }

  private static boolean isUnicode(String text) {
    return new String(text.getBytes(UTF_8), UTF_8).equals(text);
  }

  private void encodeAgain(long seed, String frame, ServerMessage message) {
    String encoded;
    try {
      encoded = codec.encode(message);
    } catch (IllegalArgumentException expected) {
      assertThat(expected.getMessage()).as("seed %d, frame %s", seed, frame).isNotBlank();
      return;
    } catch (Throwable other) {
      fail("seed " + seed + ", message " + message, other);
      return;
    }
    assertThat(codec.decodeServer(encoded)).as("seed %d, frame %s", seed, frame).isEqualTo(message);
  }

  private static List<String> frames() {
    return Stream.concat(Vectors.server().stream(), Vectors.client().stream()).toList();
  }

  private static String afterValue(String text) {
    int end = text.indexOf(", \"");
    return end < 0 ? "" : text.substring(end);
  }

  private static String damage(String frame, Random random) {
    if (frame.isEmpty()) {
      return "{";
    }
    int at = random.nextInt(frame.length());
    int end = Math.min(frame.length(), at + 1 + random.nextInt(20));
    return switch (random.nextInt(6)) {
      case 0 -> frame.substring(0, at);
      case 1 -> frame.substring(0, at) + frame.substring(end);
      case 2 -> frame.substring(0, at) + frame.substring(at, end) + frame.substring(at);
      case 3 -> frame.substring(0, at) + (char) random.nextInt(0x10000) + frame.substring(at + 1);
      case 4 ->
        frame.substring(0, at)
            + DAMAGE.charAt(random.nextInt(DAMAGE.length()))
            + frame.substring(at + 1);
      default ->
        new StringBuilder(frame)
            .replace(
                at, end, new StringBuilder(frame.substring(at, end)).reverse().toString())
            .toString();
    };
  }

  private static JsonNode shuffle(JsonNode node, Random random) {
    if (node instanceof ArrayNode list) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      list.forEach(element -> copy.add(shuffle(element, random)));
      return copy;
    }
    if (node instanceof ObjectNode object) {
      List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
      Collections.shuffle(fields, random);
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      fields.forEach(field -> copy.set(field.getKey(), shuffle(field.getValue(), random)));
      return copy;
    }
    return node;
  }
}
