package io.agentcraft.client.internal.transport;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads a {@code Retry-After} header: whole seconds, or an HTTP date. */
public final class RetryAfter {

  /** Stands for all that is longer: with this one can still calculate. */
  private static final Duration LONGEST = Duration.ofSeconds(Integer.MAX_VALUE);

  private static final int LONGEST_DIGITS = 9;

  private RetryAfter() {}

  /** Returns the wait; {@code null} without the header or if it makes no sense. */
  public static @Nullable Duration parse(@Nullable String header, Instant now) {
    if (header == null) {
      return null;
    }
    String value = header.trim();
    if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      String digits = value.replaceFirst("^0+(?=.)", "");
      return digits.length() > LONGEST_DIGITS
          ? LONGEST
          : Duration.ofSeconds(Long.parseLong(digits));
    }
    try {
      Instant then =
          ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
      return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    } catch (DateTimeException noDate) {
      return null;
    }
  }
}
