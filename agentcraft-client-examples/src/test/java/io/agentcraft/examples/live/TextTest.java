package io.agentcraft.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
