package io.agentcraft.client.internal.client;

import io.agentcraft.client.internal.codec.Surrogates;
import io.agentcraft.client.internal.guard.LogText;
import io.agentcraft.client.internal.transport.CredentialGuard;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Refuses options and arguments that cannot work, before any I/O. */
public final class OptionChecks {

  private static final Duration LONGEST = Duration.ofDays(365);
  /** OkHttp counts in an int of milliseconds. */
  private static final Duration LONGEST_OF_OKHTTP = Duration.ofDays(24);

  private static final Set<String> HANDSHAKE_HEADERS = Set.of(
      "host",
      "connection",
      "upgrade",
      "sec-websocket-key",
      "sec-websocket-version",
      "sec-websocket-extensions");

  private OptionChecks() {}

  public static void positive(String option, Duration value) {
    if (value.isZero() || value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(option + " is " + value
          + ", but must be more than zero and at most a year, for example PT30S.");
    }
  }

  public static void notNegative(String option, Duration value) {
    if (value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          option + " is " + value + ", but must be between zero and a year, for example PT30S.");
    }
  }

  /** Checks the time between two WebSocket pings. */
  public static void pingInterval(String option, Duration value) {
    boolean off = value.isZero();
    if (!off && isNothingForOkHttp(value)) {
      throw new IllegalArgumentException(option + " is " + value
          + ", but must be zero for never, or between 1 ms and 24 days, for example PT30S.");
    }
  }

  /** Checks the longest time of a call. */
  public static void callTimeout(String option, Duration value) {
    positive(option, value);
    if (isNothingForOkHttp(value)) {
      throw new IllegalArgumentException(
          option + " is " + value + ", but must be between 1 ms and 24 days, for example PT30S.");
    }
  }

  private static boolean isNothingForOkHttp(Duration value) {
    return value.toSeconds() >= LONGEST_OF_OKHTTP.toSeconds() || value.toMillis() < 1;
  }

  public static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " is " + value + ", but must be at least 1.");
    }
  }

  public static void headers(Map<String, String> headers) {
    headers.forEach((name, value) -> {
      if (HANDSHAKE_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("The header " + LogText.excerpt(name)
            + " belongs to the handshake itself and cannot be set. Leave it out.");
      }
      try {
        // As a handshake sets it: Headers.of would trim a line break at the end away first.
        Headers unused = new Headers.Builder().add(name, value).build();
      } catch (IllegalArgumentException illegal) {
        // OkHttp's own message would show the value, which may be a secret.
        throw new IllegalArgumentException(
            "The header \"" + LogText.excerpt(name.replaceAll("[^!-~]", "?"))
                + "\" has a name or value with characters that HTTP does not allow."
                + " Use printable ASCII, and encode anything else.");
      }
    });
  }

  /** Checks that a token can be sent in a header; shows nothing of it. */
  public static void token(String token) {
    if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "The token is empty, or has characters that a bearer token cannot have: spaces, line breaks or"
              + " letters outside ASCII. Give the bare token, without \"Bearer\" and without a line break.");
    }
  }

  /** Checks a provider's token. The caller reports a missing one. */
  public static @Nullable String usableToken(@Nullable String token) {
    if (token != null) {
      token(token);
    }
    return token;
  }

  public static String sessionId(String sessionId) {
    if (Objects.requireNonNull(sessionId, "sessionId").isEmpty()) {
      throw new IllegalArgumentException(
          "The session id is empty. Use one from an active_sessions message or from your own session.");
    }
    Surrogates.requirePaired("The session id", sessionId);
    return sessionId;
  }

  public static void tokenIsSafe(String http) {
    HttpUrl url = HttpUrl.get(http);
    if (!url.isHttps() && !CredentialGuard.isLoopback(url.host())) {
      throw new IllegalArgumentException(
          "A token would travel unencrypted to " + url.host()
              + ", readable by everyone on the way. Use wss://, or allowTokenOverPlaintext() if you accept that.");
    }
  }
}
