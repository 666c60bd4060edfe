package io.agentcraft.client.internal.codec;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Converts numbers between their Java and their wire form. */
final class Numbers {

  private static final double MICROS = 1e6;
  private static final double EXACT_MICROS = 4e9;
  private static final double EXACT_WHOLE = 1L << 53;
  private static final int PLAIN_DIGITS = 400;

  private Numbers() {}

  /** Parses a number that a server wrote as text; {@code NaN} for anything but a decimal number. */
  static double parse(String text) {
    String number = text.strip();
    if (!number.isEmpty()) {
      char last = number.charAt(number.length() - 1);
      // Java's own parser also accepts 1d, 1f and 0x1p3, which are not numbers on the wire.
      boolean decimal = (last >= '0' && last <= '9') || last == '.' || last == 'y';
      if (decimal && number.indexOf('x') < 0 && number.indexOf('X') < 0) {
        try {
          return Double.parseDouble(number);
        } catch (NumberFormatException notANumber) {
          return Double.NaN;
        }
      }
    }
    return Double.NaN;
  }

  /** Clamps a number to an {@code int}; {@code null} if it is not whole. */
  static @Nullable Integer toInteger(double number) {
    return number == Math.rint(number) ? (Integer) (int) number : null;
  }

  /** Returns whether a {@code long} holds the number exactly, which it does not for a negative zero. */
  static boolean isWhole(double number) {
    return Math.abs(number) < EXACT_WHOLE && Double.compare((double) (long) number, number) == 0;
  }

  /** Formats a number in plain decimal notation, always with a decimal point. */
  static String plain(double number) {
    if (Math.abs(number) < EXACT_MICROS && number != 0) {
      long micros = Math.round(number * MICROS);
      if (micros / MICROS == number) {
        return plainMicros(micros);
      }
    }
    String text = Double.toString(number);
    if (text.indexOf('E') < 0) {
      return text;
    }
    text = new BigDecimal(text).toPlainString();
    return text.indexOf('.') < 0 ? text + ".0" : text;
  }

  /** Formats a number in plain decimal notation, unless it would be absurdly long. */
  static String plain(BigDecimal number) {
    boolean shortEnough =
        (long) number.precision() + Math.abs((long) number.scale()) < PLAIN_DIGITS;
    return shortEnough ? number.toPlainString() : number.toString();
  }

  private static String plainMicros(long micros) {
    long abs = Math.abs(micros);
    StringBuilder text = new StringBuilder(20);
    if (micros < 0) {
      text.append('-');
    }
    text.append(abs / 1_000_000).append('.');
    long fraction = abs % 1_000_000;
    for (long unit = 100_000; unit > 0; unit /= 10) {
      text.append((char) ('0' + fraction / unit));
      fraction %= unit;
      if (fraction == 0) {
        break;
      }
    }
    return text.toString();
  }
}
