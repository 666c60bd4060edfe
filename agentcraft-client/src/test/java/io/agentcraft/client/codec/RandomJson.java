package io.agentcraft.client.codec;

import io.agentcraft.client.message.WireTime;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Random values, as Java objects that decoding would make, and as JSON text that nobody would write. */
final class RandomJson {

  private static final String[] SPICE = {
    "",
    " ",
    "\"",
    "\\",
    "\n",
    "\u0000",
    "\u007f",
    "é",
    "\u2028",
    "😀",
    "\uffff",
    "null",
    "type",
    "session_id",
    "NaN",
    "1e5",
    "{}",
    "</x>",
    "a".repeat(300)
  };
  private static final String[] STATUSES = {
    "", "IDLE", "processing", "Completed", "finished", "completing", "dreaming", "ERROR"
  };
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "-0.0",
    "1e5",
    "1E-5",
    "12345678901234567890",
    "1e999",
    "-1e-999",
    "NaN",
    "-Infinity",
    "Infinity",
    "0.1",
    "3.0000000000000000000001",
    "1e2147483648"
  };

  private final SplittableRandom random;

  RandomJson(long seed) {
    this.random = new SplittableRandom(seed);
  }

  boolean coin() {
    return random.nextBoolean();
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  <T> T oneOf(T[] values) {
    return values[random.nextInt(values.length)];
  }

  int integer() {
    return coin() ? random.nextInt(100) : random.nextInt();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (int parts = random.nextInt(4); parts > 0; parts--) {
      text.append(coin() ? oneOf(SPICE) : "word" + random.nextInt(1000));
    }
    return text.toString();
  }

  String status() {
    return oneOf(STATUSES);
  }

  double progress() {
    return switch (random.nextInt(4)) {
      case 0 -> Double.NaN;
      case 1 -> random.nextInt(101);
      case 2 -> random.nextDouble() * 100;
      default -> finite();
    };
  }

  @Nullable
  WireTime time() {
    return switch (random.nextInt(5)) {
      case 0 -> null;
      case 1 -> WireTime.ofSeconds(1.7e9 + random.nextInt(100_000_000) / 1e6);
      case 2 -> WireTime.ofSeconds(random.nextDouble() * 1e5);
      case 3 -> WireTime.ofSeconds(finite());
      default -> WireTime.ofText(text(), ZoneOffset.UTC);
    };
  }

  private double finite() {
    double value = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(value) ? value : -0.0;
  }

  <T> List<T> list(Supplier<T> element) {
    List<T> list = new ArrayList<>();
    for (int size = random.nextInt(4); size > 0; size--) {
      list.add(element.get());
    }
    return list;
  }

  Map<String, @Nullable Object> object(int levels) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int size = random.nextInt(5); size > 0; size--) {
      object.put(text(), value(levels - 1));
    }
    return object;
  }

  List<@Nullable Object> freeList(int levels) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int size = random.nextInt(4); size > 0; size--) {
      list.add(value(levels - 1));
    }
    return list;
  }

  @Nullable
  Object value(int levels) {
    return switch (random.nextInt(levels > 0 ? 9 : 7)) {
      case 0 -> null;
      case 1 -> coin();
      case 2 -> integer();
      case 3 -> (1L << 40) + random.nextInt(1000);
      case 4 -> BigInteger.ONE.shiftLeft(64 + random.nextInt(100)).negate();
      case 5 -> finite();
      case 6 -> text();
      case 7 -> object(levels);
      default -> freeList(levels);
    };
  }

  /** JSON text of any shape, with numbers at the edge; some of it only Python writes. */
  String jsonText(int levels) {
    return switch (random.nextInt(levels > 0 ? 7 : 5)) {
      case 0 -> coin() ? "null" : String.valueOf(coin());
      case 1 -> String.valueOf(integer());
      case 2 -> strictNumber();
      case 3 -> "\"w" + random.nextInt(100) + "\"";
      case 4 -> "\"\\ud83d\\ude00\\u0000\"";
      case 5 -> "{\"type\":" + jsonText(levels - 1) + ", \"k\" : " + jsonText(levels - 1) + "}";
      default -> "[ " + jsonText(levels - 1) + "," + jsonText(levels - 1) + "]";
    };
  }

  /** Any JSON at all, also {@code NaN} and numbers beyond every type. */
  String wildJsonText(int levels) {
    return random.nextInt(4) == 0 ? oneOf(NUMBERS) : jsonText(levels);
  }

  private String strictNumber() {
    String number = oneOf(NUMBERS);
    return number.endsWith("y") || number.equals("NaN") ? "1.25" : number;
  }
}
