package io.agentcraft.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.Details;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'plain words'          | 'plain words'",
        "'資料 😀 Straße é'     | '資料 😀 Straße é'",
        "'a\u001b[2Jb'          | 'a\\u001B[2Jb'",
        "'a\u009b1mb'           | 'a\\u009B1mb'",
        "'a\u007fb'             | 'a\\u007Fb'",
        "'a\nb\r\tc'            | 'a\\nb\\r\\tc'",
        "'a\u2028b\u2029c'      | 'a\\u2028b\\u2029c'",
        "'a\u202eb\u202cc'      | 'a\\u202Eb\\u202Cc'",
        "'a\u2066b\u2069c\u200f'| 'a\\u2066b\\u2069c\\u200F'",
        "'a\u061cb'             | 'a\\u061Cb'",
        "'a\ud800b'             | 'a\\uD800b'",
        "'a\u200bb\ufeffc'      | 'abc'",
        "'a\ue000b'             | 'a?b'",
      })
  void printableTextHasNoControlAndBidiCharacters(String text, String printable) {
    assertThat(Text.printable(text)).isEqualTo(printable);
    assertThat(Text.printable(printable)).as("again").isEqualTo(printable);
  }

  @Test
  void printsEachLineOnItsOwn() {
    StringWriter out = new StringWriter();
    Text.print(new PrintWriter(out), "one\ntwo", "three");
    assertThat(out.toString().lines()).containsExactly("one\\ntwo", "three");
  }

  @ParameterizedTest
  @CsvSource({"42.4, 42 %", "-3, 0 %", "104, 100 %", "NaN, ''"})
  void anAbsentProgressIsEmpty(double percent, String text) {
    assertThat(Text.percent(percent)).isEqualTo(text);
  }

  @Test
  void joinsTheWordsThatAreThere() {
    assertThat(Text.join("Researcher", "", "Reading")).isEqualTo("Researcher Reading");
    assertThat(Text.join("", "")).isEmpty();
  }

  static Stream<Arguments> details() {
    return Stream.of(
        Arguments.of(null, ""),
        Arguments.of(Details.EMPTY, ""),
        Arguments.of(Details.of("Using the search"), "Using the search"),
        Arguments.of(Details.of(Map.of("tool", "search")), "tool: search"),
        Arguments.of(Details.of(Map.of("error", "Out of ink")), "Out of ink"),
        Arguments.of(new Details(List.of(1, 2)), "[1, 2]"));
  }

  @ParameterizedTest
  @MethodSource
  void details(@Nullable Details details, String text) {
    assertThat(Text.details(details)).isEqualTo(text);
  }

  static Stream<Arguments> outputs() {
    return Stream.of(
        Arguments.of("plain", "plain"),
        Arguments.of(null, "null"),
        Arguments.of(Map.of("content", "It scatters"), "It scatters"),
        Arguments.of(
            Map.of("type", "result", "content", "It scatters", "agent", "Reader", "timestamp", 1),
            "Reader: result: It scatters"),
        Arguments.of(Map.of("text", "It scatters"), "text: It scatters"),
        Arguments.of(Map.of("type", "result", "content", 42), "result: 42"));
  }

  @ParameterizedTest
  @MethodSource
  void outputs(@Nullable Object entry, String text) {
    assertThat(Text.output(entry)).isEqualTo(text);
  }
}
