package io.agentcraft.client.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agentic.agent.AgentInvocationException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TextsTest {

  private static final Texts NONE = new Texts(Content.NONE, UnaryOperator.identity());
  private static final Texts SUMMARY = new Texts(Content.SUMMARY, UnaryOperator.identity());
  private static final Texts FULL = new Texts(Content.FULL, UnaryOperator.identity());

  private static final String LONG = "x".repeat(1_000_000);

  static Stream<Arguments> names() {
    return Stream.of(
        Arguments.of("Writer", new String[] {"Writer"}),
        Arguments.of("Writer", new String[] {null, " ", " Writer "}),
        Arguments.of("Agent", new String[] {null, ""}),
        Arguments.of("a?b", new String[] {"a\uD800b"}),
        Arguments.of("a\uD83D\uDE00", new String[] {"a\uD83D\uDE00"}),
        Arguments.of("x".repeat(99) + "…", new String[] {LONG}),
        Arguments.of("x".repeat(98) + "?…", new String[] {"x".repeat(98) + "\uD83D\uDE00y"}));
  }

  @ParameterizedTest
  @MethodSource("names")
  void aNameCanBePublished(String name, @Nullable String[] candidates) {
    assertThat(Texts.name(candidates)).isEqualTo(name);
  }

  private static Map<String, @Nullable Object> inputs(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> inputs = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      inputs.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return inputs;
  }

  static Stream<Arguments> queries() {
    return Stream.of(
        Arguments.of(NONE, "Writes", inputs("topic", "webhooks"), "Writer"),
        Arguments.of(SUMMARY, "Writes", inputs("topic", "webhooks"), "Writes (topic)"),
        Arguments.of(SUMMARY, null, inputs("b", 1, "a", 2), "Writer (a, b)"),
        Arguments.of(SUMMARY, "", null, "Writer"),
        Arguments.of(SUMMARY, null, inputs("__planner_state_x", 1, "@AgenticScope", 2), "Writer"),
        Arguments.of(SUMMARY, null, inputs(null, null), "Writer (null)"),
        Arguments.of(FULL, "Writes", inputs("topic", "webhooks", "__x", 1), "webhooks"),
        Arguments.of(FULL, "Writes", inputs("topic", null), "null"),
        Arguments.of(FULL, "Writes", inputs("b", 1, "a", "x"), "a: x, b: 1"),
        Arguments.of(FULL, "Writes", inputs(), "Writes"));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void aQueryTellsAsMuchAsIsWanted(
      Texts texts,
      @Nullable String description,
      @Nullable Map<String, @Nullable Object> inputs,
      String query) {
    assertThat(texts.query("Writer", description, inputs)).isEqualTo(query);
  }

  static Stream<Arguments> outputs() {
    return Stream.of(
        Arguments.of(NONE, "report", "secret", "Done"),
        Arguments.of(SUMMARY, "report", "secret", "report: 6 characters"),
        Arguments.of(SUMMARY, null, "secret", "6 characters"),
        Arguments.of(SUMMARY, "score", 0.7, "score: Double"),
        Arguments.of(SUMMARY, "report", null, "Done"),
        Arguments.of(FULL, "report", "secret", "secret"),
        Arguments.of(FULL, "score", 0.7, "0.7"),
        Arguments.of(FULL, "report", null, "Done"));
  }

  @ParameterizedTest
  @MethodSource("outputs")
  void anOutputTellsAsMuchAsIsWanted(
      Texts texts, @Nullable String key, @Nullable Object value, String text) {
    assertThat(texts.output(key, value)).isEqualTo(text);
  }

  @Test
  void longTextsAreCutBeforeAndAfterTheRedactor() {
    Texts texts = new Texts(Content.FULL, text -> {
      assertThat(text).hasSizeLessThanOrEqualTo(20_000);
      return text + text;
    });
    assertThat(texts.output("report", LONG)).hasSize(10_000);
    assertThat(texts.query("Writer", null, inputs("a", LONG, "b", LONG))).hasSize(2 * 203 + 2);
    assertThat(texts.arguments("search", LONG)).hasSize(207);
  }

  @Test
  void whatLiesAcrossTheLimitIsRedactedToo() {
    Texts texts = new Texts(Content.FULL, text -> text.replace("SECRET", "***"));
    assertThat(texts.told("x".repeat(8) + "SECRET" + "x".repeat(20), 10)).isEqualTo("xxxxxxxx*…");
  }

  static Stream<Arguments> unreadable() {
    return Stream.of(
        Arguments.of(FULL, new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("no");
          }
        }),
        Arguments.of(FULL, endless()),
        Arguments.of(
            new Texts(Content.FULL, text -> {
              throw new IllegalStateException("no");
            }),
            "secret"));
  }

  /** Returns lists that contain each other, whose text has no end. */
  private static List<Object> endless() {
    List<Object> one = new ArrayList<>();
    one.add(List.of(one));
    return one;
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void whatCannotBeReadIsLeftOut(Texts texts, Object value) {
    assertThat(texts.output("report", value)).isEqualTo("(left out)");
  }

  @Test
  @SuppressWarnings("NullAway") // users may return null all the same
  void aRedactorThatReturnsNullLeavesTheTextOut() {
    assertThat(new Texts(Content.FULL, text -> null).output("report", "secret")).isEmpty();
  }

  static Stream<Arguments> failures() {
    Exception down = new IllegalStateException("The model is down");
    return Stream.of(
        Arguments.of(down, "The model is down"),
        Arguments.of(new InvocationTargetException(down), "The model is down"),
        Arguments.of(
            new AgentInvocationException(
                "Failed to invoke agent method: x",
                new InvocationTargetException(new UndeclaredThrowableException(down))),
            "The model is down"),
        Arguments.of(
            new RuntimeException(new ExecutionException(
                new AgentInvocationException("Failed", new InvocationTargetException(down)))),
            "The model is down"),
        Arguments.of(new RuntimeException("Mine", down), "Mine"),
        Arguments.of(new AgentInvocationException("Alone"), "Alone"),
        Arguments.of(new IllegalStateException(), "IllegalStateException"),
        Arguments.of(new IllegalStateException(" "), "IllegalStateException"),
        Arguments.of(null, "failed"));
  }

  private static Throwable failure(Texts texts, @Nullable Throwable error) {
    return texts.failure(error, one -> one.getClass() == AgentInvocationException.class);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureIsToldWithoutWrappers(@Nullable Throwable error, String message) {
    assertThat(failure(SUMMARY, error)).hasMessage(message);
  }

  @Test
  void theMessagesOfAllCausesAreRedacted() {
    Throwable error =
        new RuntimeException("of ada@example.org", new IOException("ada@example.org"));
    Throwable told =
        failure(new Texts(Content.SUMMARY, text -> text.replace("ada@", "***@")), error);
    assertThat(told).hasMessage("of ***@example.org").cause().hasMessage("***@example.org");
    assertThat(failure(NONE, error))
        .hasMessage("RuntimeException")
        .cause()
        .hasMessage("IOException");
  }

  @Test
  void whatWasCancelledStaysCancelled() {
    assertThat(failure(NONE, new RuntimeException(new InterruptedException("x"))))
        .isInstanceOf(InterruptedException.class)
        .hasMessage("InterruptedException");
    assertThat(failure(SUMMARY, new ExecutionException(new CancellationException("enough"))))
        .isInstanceOf(CancellationException.class)
        .hasMessage("enough");
    assertThat(failure(SUMMARY, new IOException("x", new InterruptedException("y"))))
        .hasCauseInstanceOf(InterruptedException.class);
  }

  @Test
  void causesThatGoInCirclesEnd() {
    Exception first = new IllegalStateException("first");
    first.initCause(new IllegalStateException("second", first));
    assertThat(failure(SUMMARY, first)).hasMessage("first");
  }
}
