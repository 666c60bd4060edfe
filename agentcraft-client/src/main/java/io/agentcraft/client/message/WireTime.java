package io.agentcraft.client.message;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalQuery;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A {@code timestamp} as it was on the wire, and the instant that it means, if it means one.
 *
 * <p>Four forms are in use. Epoch seconds and ISO-8601 text with an offset are an instant; ISO-8601 text without a zone
 * is an instant in the zone that the reader chose (UTC unless set otherwise); <em>seconds of the server's monotonic
 * clock</em> have no wall-clock instant at all, and never show as 1970. Numbers below 1,000,000,000 (epoch: September
 * 2001; monotonic: 31 years of uptime) are read as monotonic.
 *
 * <p>Text is parsed, and an instant written, only when asked for. Two values are equal when they stand for the same wire text or number in the
 * same zone.
 */
public final class WireTime {

  private static final double FIRST_EPOCH_SECOND = 1_000_000_000;
  private static final double LAST_EPOCH_SECOND = Instant.MAX.getEpochSecond();

  private final @Nullable String text;
  /** Stands for its text: of most updates that are published the text is never needed. */
  private final @Nullable Instant exact;

  private final double seconds;
  private final ZoneId zone;

  private WireTime(@Nullable String text, @Nullable Instant exact, double seconds, ZoneId zone) {
    this.text = text;
    this.exact = exact;
    this.seconds = seconds;
    this.zone = zone;
  }

  /** How a {@link WireTime} was written. */
  public enum Form {
    /** Seconds since 1970 in UTC, with a fraction. */
    EPOCH,
    /** Seconds of the server's monotonic clock: only differences between two of one server mean anything. */
    MONOTONIC,
    /** ISO-8601 text with {@code Z} or an offset. */
    ISO_WITH_OFFSET,
    /** ISO-8601 text without a zone. */
    ISO_WITHOUT_ZONE,
    /** Something else: kept as it came. */
    UNREADABLE
  }

  /**
   * A time given as a number of seconds, epoch or monotonic.
   *
   * @param seconds the number on the wire
   * @return the time
   */
  public static WireTime ofSeconds(double seconds) {
    return new WireTime(null, null, seconds, ZoneOffset.UTC);
  }

  /**
   * A time given as text.
   *
   * @param text the text on the wire
   * @param zone the zone for text that names none
   * @return the time
   */
  public static WireTime ofText(String text, ZoneId zone) {
    return new WireTime(
        Objects.requireNonNull(text, "text"),
        null,
        Double.NaN,
        Objects.requireNonNull(zone, "zone"));
  }

  /**
   * An instant as the documented form of {@code agent_status} writes it: ISO-8601 with {@code Z}.
   *
   * @param instant the instant
   * @return the time
   */
  public static WireTime iso(Instant instant) {
    return new WireTime(
        null, Objects.requireNonNull(instant, "instant"), Double.NaN, ZoneOffset.UTC);
  }

  /**
   * An instant as epoch seconds.
   *
   * @param instant the instant, kept to the microsecond
   * @return the time
   */
  public static WireTime epoch(Instant instant) {
    long micros = TimeUnit.NANOSECONDS.toMicros(instant.getNano());
    return ofSeconds(instant.getEpochSecond() + micros / 1e6);
  }

  /**
   * Tells how this time was written.
   *
   * @return the form
   */
  public Form form() {
    if (exact != null) {
      return Form.ISO_WITH_OFFSET;
    }
    if (text == null) {
      if (seconds >= FIRST_EPOCH_SECOND && seconds <= LAST_EPOCH_SECOND) {
        return Form.EPOCH;
      }
      return seconds >= 0 && seconds < FIRST_EPOCH_SECOND ? Form.MONOTONIC : Form.UNREADABLE;
    }
    if (offsetTime() != null) {
      return Form.ISO_WITH_OFFSET;
    }
    return localTime() != null ? Form.ISO_WITHOUT_ZONE : Form.UNREADABLE;
  }

  /**
   * Returns the instant that this time means.
   *
   * @return the instant; empty for a monotonic reading and for what cannot be read
   */
  public Optional<Instant> instant() {
    if (exact != null) {
      return Optional.of(exact);
    }
    if (text == null) {
      return form() == Form.EPOCH ? Optional.of(epochInstant()) : Optional.empty();
    }
    OffsetDateTime offset = offsetTime();
    if (offset != null) {
      return Optional.of(offset.toInstant());
    }
    LocalDateTime local = localTime();
    return local == null ? Optional.empty() : Optional.of(local.atZone(zone).toInstant());
  }

  /**
   * Returns the number on the wire.
   *
   * @return the seconds, epoch or monotonic; empty for a time given as text
   */
  public OptionalDouble seconds() {
    return text == null && exact == null ? OptionalDouble.of(seconds) : OptionalDouble.empty();
  }

  /**
   * Returns the time as it was on the wire.
   *
   * @return the text, or the number in plain decimal notation
   */
  @Override
  public String toString() {
    if (text != null) {
      return text;
    }
    if (exact != null) {
      return exact.toString();
    }
    return Double.isFinite(seconds) && Math.abs(seconds) < 1e18
        ? BigDecimal.valueOf(seconds).toPlainString()
        : Double.toString(seconds);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WireTime that
        && seconds().equals(that.seconds())
        && (seconds().isPresent() || toString().equals(that.toString()))
        && zone.equals(that.zone);
  }

  @Override
  public int hashCode() {
    return Objects.hash(toString(), zone);
  }

  private Instant epochInstant() {
    long whole = (long) seconds;
    // A double holds today's epoch seconds to a quarter of a microsecond: more digits would be
    // invented.
    long micros = Math.round((seconds - whole) * 1e6);
    return Instant.ofEpochSecond(whole, micros * 1000);
  }

  private @Nullable OffsetDateTime offsetTime() {
    return parse(DateTimeFormatter.ISO_OFFSET_DATE_TIME, OffsetDateTime::from);
  }

  private @Nullable LocalDateTime localTime() {
    return parse(DateTimeFormatter.ISO_LOCAL_DATE_TIME, LocalDateTime::from);
  }

  private <T> @Nullable T parse(DateTimeFormatter formatter, TemporalQuery<T> query) {
    if (text == null) {
      return null;
    }
    // Python's isoformat(sep=" ") and hand-written servers part date and time with a blank.
    String iso = text.length() > 10 && text.charAt(10) == ' ' ? text.replaceFirst(" ", "T") : text;
    try {
      return formatter.parse(iso, query);
    } catch (DateTimeException unreadable) {
      return null;
    }
  }
}
