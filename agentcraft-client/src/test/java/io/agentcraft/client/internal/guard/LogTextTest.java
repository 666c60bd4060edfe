package io.agentcraft.client.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogTextTest {

  @ParameterizedTest
  @CsvSource({
    // Begins a line of its own.
    "0000, 001f",
    "007f, 009f",
    "2028, 2029",
    // Reorders the text around it.
    "061c, 061c",
    "200e, 200f",
    "202a, 202e",
    "2066, 2069",
    // No character at all.
    "d800, dfff",
  })
  void escapesEachCharacterOfTheRange(String first, String last) {
    for (int at = Integer.parseInt(first, 16); at <= Integer.parseInt(last, 16); at++) {
      String text = "a" + (char) at + "b";
      assertThat(LogText.escape(text)).isEqualTo(String.format(Locale.ROOT, "a\\u%04Xb", at));
      assertThat(LogText.escape(LogText.escape(text))).isEqualTo(LogText.escape(text));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain \\ \" ' text",
        "ä 你好 שלום مرحبا",
        "\ud83d\ude00 \ud83d\udc69\u200d\ud83d\udcbb",
        "\u00a0\u2027\u202f\u2065\u206a\ufeff\ufffd",
      })
  void leavesAllOthersAsTheyAre(String text) {
    assertThat(LogText.escape(text)).isSameAs(text);
  }

  @Test
  void escapesSurrogatesOnlyWhereTheyAreUnpaired() {
    assertThat(LogText.escape("\udc00\ud800\udc00\ud800")).isEqualTo("\\uDC00\ud800\udc00\\uD800");
  }

  @Test
  void cutsAnExcerptBetweenTwoCodePoints() {
    assertThat(LogText.excerpt("abcdef", 6)).isEqualTo("abcdef");
    assertThat(LogText.excerpt("abcdefg", 6)).isEqualTo("abcde…");
    assertThat(LogText.excerpt("abcd\ud83d\ude00g", 6)).isEqualTo("abcd…");
    assertThat(LogText.excerpt("\n".repeat(1_000_000))).hasSize(511 * 6 + 1);
  }

  @Test
  void logsAnExceptionAsItIsIfItHasNothingToEscape() {
    Throwable error = new IllegalStateException("plain", new IllegalArgumentException());
    error.addSuppressed(new RuntimeException("also plain"));
    assertThat(LogText.loggable(error)).isSameAs(error);
    assertThat(LogText.loggable(null)).isNull();
  }

  @Test
  void escapesAllMessagesOfAnException() {
    Throwable deepest = new NumberFormatException("For input string: \"1\u001b[2J\nFAKE\"");
    deepest.addSuppressed(new RuntimeException("\u202enoitpecxe"));
    Throwable error = new IllegalStateException("outer", deepest);

    Throwable logged = Objects.requireNonNull(LogText.loggable(error));

    assertThat(logged.getStackTrace()).isEqualTo(error.getStackTrace());
    assertThat(printed(logged))
        .contains("java.lang.IllegalStateException: outer")
        .contains("java.lang.NumberFormatException: For input string: \"1\\u001B[2J\\u000AFAKE\"")
        .contains("java.lang.RuntimeException: \\u202Enoitpecxe")
        .doesNotContain("\u001b", "\nFAKE", "\u202e");
  }

  @Test
  void cutsAnExceptionThatQuotesAWholeFrame() {
    assertThat(printed(LogText.loggable(new RuntimeException("x".repeat(1_000_000)))))
        .hasSizeLessThan(50_000);
  }

  @Test
  void aCycleOfCausesEnds() {
    RuntimeException one = new RuntimeException("one\n");
    RuntimeException other = new RuntimeException("other", one);
    one.initCause(other);
    one.addSuppressed(other);
    other.addSuppressed(one);
    assertThat(printed(LogText.loggable(one))).contains("one\\u000A");
    assertThat(printed(LogText.loggable(other))).contains("one\\u000A");
  }

  private static String printed(@Nullable Throwable error) {
    StringWriter text = new StringWriter();
    Objects.requireNonNull(error).printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
