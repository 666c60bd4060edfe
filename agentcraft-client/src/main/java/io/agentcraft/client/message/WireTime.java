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
 * A time as it was on the wire, which can be converted to an {@link Instant} in most forms.
 *
 * <p>Servers use four forms. Epoch seconds and ISO-8601 text with an offset are instants. ISO-8601 text without a zone
 * is an instant in the zone of the codec, UTC by default. <em>Seconds of the server's monotonic clock</em> have no
 * instant at all, and are never shown as 1970. Numbers below 1,000,000,000 (as epoch seconds: September 2001; as
 * monotonic seconds: 31 years of uptime) are monotonic.
 *
 * <p>Text is parsed, and an instant formatted, only on demand. Two values are equal if they have the same wire text or
 * number and the same zone.
 */
public final class WireTime {

  private static final double FIRST_EPOCH_SECOND = 1_000_000_000;
  private static final double LAST_EPOCH_SECOND = Instant.MAX.getEpochSecond();

  private final @Nullable String text;

  /** Replaces the text, which is never needed for most of the updates that are published. */
  private final @Nullable Instant exact;

  private final double seconds;
  private final ZoneId zone;

  private WireTime(@Nullable String text, @Nullable Instant exact, double seconds, ZoneId zone) {
    this.text = text;
    this.exact = exact;
    this.seconds = seconds;
    this.zone = zone;
  }

  /** The form of a {@link WireTime} on the wire. */
  public enum Form {
    /** Seconds since 1970-01-01T00:00:00Z, with a fraction. */
    EPOCH,
    /** Seconds of the server's monotonic clock. Only the difference of two times of the same server is meaningful. */
    MONOTONIC,
    /** ISO-8601 text with {@code Z} or an offset. */
    ISO_WITH_OFFSET,
    /** ISO-8601 text without a zone. */
    ISO_WITHOUT_ZONE,
    /** Any other form. The value is kept as it was received. */
    UNREADABLE
  }

  /**
   * Creates a time from a number of seconds, epoch or monotonic.
   *
   * @param seconds the number on the wire
   * @return the time
   */
  public static WireTime ofSeconds(double seconds) {
    return new WireTime(null, null, seconds, ZoneOffset.UTC);
  }

  /**
   * Creates a time from text.
   *
   * @param text the text on the wire
   * @param zone the zone of the time if the text has none
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
   * Creates a time in the documented form of {@code agent_status}: ISO-8601 with {@code Z}.
   *
   * @param instant the instant
   * @return the time
   */
  public static WireTime iso(Instant instant) {
    return new WireTime(
        null, Objects.requireNonNull(instant, "instant"), Double.NaN, ZoneOffset.UTC);
  }

  /**
   * Creates a time in epoch seconds.
   *
   * @param instant the instant, which is truncated to microseconds
   * @return the time
   */
  public static WireTime epoch(Instant instant) {
    long micros = TimeUnit.NANOSECONDS.toMicros(instant.getNano());
    return ofSeconds(instant.getEpochSecond() + micros / 1e6);
  }

  /**
   * Returns the form of this time on the wire.
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
   * Returns this time as an instant.
   *
   * @return the instant; empty for a monotonic time and for an unreadable one
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
   * @return the seconds, epoch or monotonic; empty for text
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
    // A double holds today's epoch seconds to a quarter of a microsecond. More digits would be
    // noise.
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
    // Python's isoformat(sep=" ") and hand-written servers separate date and time with a space.
    String iso = text.length() > 10 && text.charAt(10) == ' ' ? text.replaceFirst(" ", "T") : text;
    try {
      return formatter.parse(iso, query);
    } catch (DateTimeException unreadable) {
      return null;
    }
  }
}
