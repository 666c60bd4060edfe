package io.agentcraft.client.langchain4j;

import dev.langchain4j.service.Result;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts into words what agents do, with as much of their content as is wanted. Every text of theirs is redacted and cut. */
record Texts(Content content, UnaryOperator<String> redactor) {

  /** The length of a tool's arguments, and of each of several inputs. */
  static final int SHORT = 200;
  /** More than the client publishes unless it is told to. */
  private static final int LONG = 10_000;

  private static final int MAX_NAME = 100;
  private static final int MAX_INPUTS = 20;
  private static final int MAX_CAUSES = 20;

  boolean tells() {
    return content != Content.NONE;
  }

  boolean tellsAll() {
    return content == Content.FULL;
  }

  /** Returns the first of these names that is one. */
  static String name(@Nullable String... candidates) {
    for (String candidate : candidates) {
      if (candidate != null && !candidate.isBlank()) {
        String cut = cut(candidate.strip(), MAX_NAME);
        return cut.chars().anyMatch(c -> Character.isSurrogate((char) c))
            ? cut.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
            : cut;
      }
    }
    return "Agent";
  }

  /** Returns what a run is about. */
  String query(
      String name,
      @Nullable String description,
      @Nullable Map<String, ? extends @Nullable Object> inputs) {
    Map<String, @Nullable Object> named = named(inputs);
    if (tellsAll() && !named.isEmpty()) {
      return named.size() == 1
          ? told(named.values().iterator().next(), LONG)
          : named.entrySet().stream()
              .map(input -> input.getKey() + ": " + told(input.getValue(), SHORT))
              .collect(Collectors.joining(", "));
    }
    return task(name, description, inputs);
  }

  /** Returns what an agent works on. */
  String task(
      String name,
      @Nullable String description,
      @Nullable Map<String, ? extends @Nullable Object> inputs) {
    if (!tells()) {
      return name;
    }
    String what = description == null || description.isBlank() ? name : told(description, LONG);
    Map<String, @Nullable Object> named = named(inputs);
    return named.isEmpty()
        ? what
        : what + " (" + told(String.join(", ", named.keySet()), SHORT) + ")";
  }

  /** Returns what came of an agent: the value, or what kind of value it is. */
  String output(@Nullable String key, @Nullable Object value) {
    if (value instanceof Result<?> result) {
      return output(key, result.content());
    }
    if (!tells() || value == null) {
      return "Done";
    }
    if (tellsAll()) {
      return told(value, LONG);
    }
    String kind = value instanceof CharSequence text
        ? text.length() + " characters"
        : value.getClass().getSimpleName();
    return key == null || key.isBlank() ? kind : key + ": " + kind;
  }

  /** Returns a tool's name with its arguments, if they are published. */
  String arguments(String tool, @Nullable String arguments) {
    return tellsAll() && arguments != null && !arguments.isBlank()
        ? tool + " " + told(arguments, SHORT)
        : tool;
  }

  /** Returns the beginning of a value's text, redacted. What is thrown here leaves the text out. */
  String told(@Nullable Object value, int limit) {
    if (value == null) {
      return "null";
    }
    try {
      // Twice as much: what the redactor looks for may lie across the limit.
      String text = cut(Objects.toString(value.toString()), 2 * limit);
      return cut(Objects.toString(redactor.apply(text), ""), limit);
    } catch (RuntimeException | Error unreadable) {
      return "(left out)";
    }
  }

  /**
   * Returns what is published of a failure: what went wrong in the program, without the wrappers that frameworks put around
   * it, and with redacted messages.
   */
  Throwable failure(@Nullable Throwable error, Predicate<Throwable> isWrapper) {
    Throwable told = error;
    for (int i = 0; told != null && i < MAX_CAUSES; i++) {
      Throwable cause = told.getCause();
      if (cause == null || !(isWrapper.test(told) || isPlainWrapper(told, cause))) {
        break;
      }
      told = cause;
    }
    return told == null ? new Told("failed", null) : redacted(told, MAX_CAUSES);
  }

  private static boolean isPlainWrapper(Throwable error, Throwable cause) {
    return error instanceof InvocationTargetException
        || error instanceof UndeclaredThrowableException
        || error instanceof CompletionException
        || error instanceof ExecutionException
        || (error.getClass() == RuntimeException.class
            && cause.toString().equals(error.getMessage()));
  }

  /** Returns the failure with the same meaning: whether the work was cancelled can be seen from the type only. */
  private Throwable redacted(Throwable error, int levelsLeft) {
    String type = error.getClass().getSimpleName();
    String message = type.isEmpty() ? "failed" : type;
    if (tells() && !isBlank(messageOf(error))) {
      message = told(messageOf(error), LONG);
    }
    if (error instanceof InterruptedException) {
      return new InterruptedException(message);
    }
    if (error instanceof CancellationException) {
      return new CancellationException(message);
    }
    Throwable cause = error.getCause();
    return new Told(
        message, cause == null || levelsLeft == 0 ? null : redacted(cause, levelsLeft - 1));
  }

  private static @Nullable String messageOf(Throwable error) {
    try {
      return error.getMessage();
    } catch (RuntimeException unreadable) {
      return null;
    }
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  /** Without what the framework keeps among the inputs for itself. */
  private static Map<String, @Nullable Object> named(
      @Nullable Map<String, ? extends @Nullable Object> inputs) {
    Map<String, @Nullable Object> named = new TreeMap<>();
    if (inputs != null) {
      for (Map.Entry<String, ? extends @Nullable Object> input : inputs.entrySet()) {
        String name = String.valueOf(input.getKey());
        if (!name.startsWith("__") && !name.startsWith("@") && named.size() < MAX_INPUTS) {
          named.put(name, input.getValue());
        }
      }
    }
    return named;
  }

  private static String cut(String text, int limit) {
    return text.length() <= limit ? text : text.substring(0, limit - 1) + "…";
  }

  /** Stands for an exception of the program. */
  private static final class Told extends Exception {

    private static final long serialVersionUID = 1;

    Told(String message, @Nullable Throwable cause) {
      super(message, cause, false, false);
    }
  }
}
