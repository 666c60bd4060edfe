package io.agentcraft.client.internal.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.agentcraft.client.internal.guard.FreeJson;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import java.io.InterruptedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes publishable whatever callers give to publish: what cannot be published must not end somebody's agent. Logs once that
 * something was changed. Safe for use by any number of threads.
 */
final class ContentCleaner {

  private static final int MAX_DEPTH = 32;
  private static final int MAX_VALUES = 1_000;
  private static final int MAX_CAUSES = 100;
  private static final String LEFT_OUT = "…";

  private static final Logger LOG = LoggerFactory.getLogger("io.agentcraft.client");

  private final int textLimit;
  private final AtomicBoolean logged = new AtomicBoolean();

  /**
   * Creates a cleaner.
   *
   * @param textLimit the length of the longest text, in characters
   */
  ContentCleaner(int textLimit) {
    this.textLimit = textLimit;
  }

  /** Returns a text that can be sent: cut if it is too long, and empty for {@code null}. */
  String text(@Nullable String text) {
    if (text == null) {
      return "";
    }
    String cut = text;
    if (text.length() > textLimit) {
      int end = Math.max(0, textLimit - LEFT_OUT.length());
      boolean splitsPair = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
      cut = text.substring(0, splitsPair ? end - 1 : end) + LEFT_OUT;
      changed("a text of " + text.length() + " characters was cut to " + textLimit);
    }
    if (cut.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return cut;
    }
    String encodable = new String(cut.getBytes(UTF_8), UTF_8);
    if (!encodable.equals(cut)) {
      changed("an unpaired surrogate was replaced");
    }
    return encodable;
  }

  /** Returns a percentage from 0 to 100; {@code NaN}, which leaves the progress unchanged, if it is no number. */
  double percent(double percent) {
    if (percent >= 0 && percent <= 100) {
      return percent;
    }
    changed("a progress of " + percent + " is no percentage from 0 to 100");
    return Math.max(0, Math.min(100, percent));
  }

  /** Returns an update that can be sent, but for a progress of {@code NaN}, which leaves it unchanged. */
  AgentStatusUpdate update(AgentStatusUpdate update) {
    boolean sameStatus = AgentStatus.fromWire(update.statusText()) == update.status();
    return new AgentStatusUpdate(
        update.agentId(),
        text(update.agentName()),
        update.status(),
        text(sameStatus ? update.statusText() : update.status().wireText()),
        percent(update.progress()),
        text(update.message()),
        update.timestamp(),
        metadata(update.metadata()));
  }

  /** Returns the update with this progress if it has none. */
  static AgentStatusUpdate withProgress(AgentStatusUpdate update, double progress) {
    if (!Double.isNaN(update.progress())) {
      return update;
    }
    return new AgentStatusUpdate(
        update.agentId(),
        update.agentName(),
        update.status(),
        update.statusText(),
        progress,
        update.message(),
        update.timestamp(),
        update.metadata());
  }

  /** Returns metadata that JSON can hold. */
  Map<String, @Nullable Object> metadata(Map<String, ? extends @Nullable Object> metadata) {
    Map<String, @Nullable Object> clean = new HashMap<>();
    metadata.forEach((name, value) -> clean.put(text(name), json(value)));
    return FreeJson.copyOf(clean);
  }

  /** Returns a value that JSON can hold. */
  @Nullable
  Object json(@Nullable Object value) {
    return json(value, MAX_DEPTH, new int[] {MAX_VALUES});
  }

  private @Nullable Object json(@Nullable Object value, int levelsLeft, int[] valuesLeft) {
    if (value == null || value instanceof Boolean) {
      return value;
    }
    if (levelsLeft == 0 || valuesLeft[0]-- <= 0) {
      changed("a value that nests too deep or is too large was left out");
      return LEFT_OUT;
    }
    try {
      if (value instanceof Number number && isFinite(number)) {
        return number;
      } else if (value instanceof Map<?, ?> map) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, each) ->
            copy.put(text(String.valueOf(key)), json(each, levelsLeft - 1, valuesLeft)));
        return copy;
      } else if (value instanceof Collection<?> collection) {
        List<@Nullable Object> copy = new ArrayList<>();
        collection.forEach(each -> copy.add(json(each, levelsLeft - 1, valuesLeft)));
        return copy;
      } else if (value instanceof Object[] array) {
        return json(Arrays.asList(array), levelsLeft, valuesLeft);
      } else if (!(value instanceof String)) {
        changed("a value of the type " + value.getClass().getName() + " was told as text");
      }
      return text(value.toString());
    } catch (RuntimeException unreadable) {
      changed("a value of the type " + value.getClass().getName() + " could not be read");
      return text(value.getClass().getName());
    }
  }

  private static boolean isFinite(Number number) {
    boolean floating = number instanceof Double || number instanceof Float;
    boolean known = floating
        || number instanceof Integer
        || number instanceof Long
        || number instanceof Short
        || number instanceof Byte
        || number instanceof java.math.BigInteger
        || number instanceof java.math.BigDecimal;
    return known && (!floating || Double.isFinite(number.doubleValue()));
  }

  /** Returns what is told of an error: its message, with the root cause if that is not part of it. */
  String reason(@Nullable Throwable error) {
    if (error == null) {
      return "failed";
    }
    Throwable told = unwrapped(error);
    String message = message(told);
    Throwable root = told;
    for (int i = 0; root.getCause() != null && i < MAX_CAUSES; i++) {
      root = root.getCause();
    }
    String rootMessage = message(root);
    return text(message.contains(rootMessage) ? message : message + ", caused by: " + rootMessage);
  }

  /**
   * Returns whether an error means that the work was cancelled. An interrupt may have any exception around it; a cancellation
   * below another exception is that of something that the work needed.
   */
  static boolean isCancellation(@Nullable Throwable error) {
    if (error == null || unwrapped(error) instanceof CancellationException) {
      return error != null;
    }
    Throwable cause = error;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      if (isInterrupt(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static boolean isInterrupt(Throwable error) {
    return error instanceof InterruptedException
        || error instanceof ClosedByInterruptException
        || error instanceof FileLockInterruptionException
        // Libraries throw it for timeouts too.
        || (error instanceof InterruptedIOException
            && !(error instanceof SocketTimeoutException)
            && Thread.currentThread().isInterrupted());
  }

  private static Throwable unwrapped(Throwable error) {
    Throwable told = error;
    for (int i = 0; isWrapper(told) && told.getCause() != null && i < MAX_CAUSES; i++) {
      told = told.getCause();
    }
    return told;
  }

  private static boolean isWrapper(Throwable error) {
    return error instanceof InvocationTargetException
        || error instanceof UndeclaredThrowableException
        || error instanceof CompletionException
        || error instanceof ExecutionException;
  }

  private static String message(Throwable error) {
    String name = error.getClass().getSimpleName();
    try {
      String message = error.getMessage();
      return message == null || message.isBlank() ? name : message;
    } catch (RuntimeException unreadable) {
      return name;
    }
  }

  private void changed(String what) {
    if (logged.compareAndSet(false, true)) {
      LOG.warn(
          "Some of what is published had to be changed first: {}. This is logged once."
              + " Longer texts need publishTextLimit(…).",
          what);
    }
  }
}
