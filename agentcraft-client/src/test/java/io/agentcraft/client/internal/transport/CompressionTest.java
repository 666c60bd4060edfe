package io.agentcraft.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "permessage-deflate | WITH_CONTEXT",
        "Permessage-Deflate | WITH_CONTEXT",
        "permessage-deflate; client_no_context_takeover | WITH_CONTEXT",
        "permessage-deflate; server_max_window_bits=15 | WITH_CONTEXT",
        "permessage-deflate; server_max_window_bits=\"8\" | WITH_CONTEXT",
        "permessage-deflate; server_no_context_takeover | WITHOUT_CONTEXT",
        "permessage-deflate;SERVER_NO_CONTEXT_TAKEOVER;client_no_context_takeover | WITHOUT_CONTEXT",
        "permessage-deflate; server_max_window_bits = 10 ; server_no_context_takeover | WITHOUT_CONTEXT",
      })
  void isWhatTheServerAgreedTo(String header, Compression agreed) throws IOException {
    assertThat(agreed(header)).isEqualTo(agreed);
  }

  @Test
  void isNoneUnlessTheServerAgreed() throws IOException {
    assertThat(Compression.agreed(Headers.EMPTY)).isEqualTo(Compression.NONE);
    assertThat(agreed("")).isEqualTo(Compression.NONE);
    assertThat(agreed("", "permessage-deflate", " ")).isEqualTo(Compression.WITH_CONTEXT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-webkit-deflate-frame",
        "permessage-deflate, permessage-deflate",
        "permessage-deflate; client_max_window_bits",
        "permessage-deflate; client_max_window_bits=15",
        "permessage-deflate; server_max_window_bits",
        "permessage-deflate; server_max_window_bits=7",
        "permessage-deflate; server_max_window_bits=16",
        "permessage-deflate; server_max_window_bits=\"15",
        "permessage-deflate; server_max_window_bits=99999999999999999999",
        "permessage-deflate; server_max_window_bits=8; server_max_window_bits=9",
        "permessage-deflate; server_no_context_takeover=1",
        "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
        "permessage-deflate; unknown",
        "permessage-deflate; ",
        ";",
        ",",
      })
  void isRefusedWhereItWasNotOffered(String header) {
    assertThatThrownBy(() -> agreed(header))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not offered")
        .hasMessageContaining(header.trim());
  }

  @Test
  void twoHeadersAreNoBetterThanOneWithTwoExtensions() {
    assertThatThrownBy(() -> agreed("permessage-deflate", "permessage-deflate"))
        .isInstanceOf(IOException.class);
  }

  /** To OkHttp a control character is part of a name: what is trimmed away here would make the two differ. */
  @Test
  void unprintableCharactersAreRefused() {
    assertThatThrownBy(() -> agreed("permessage-deflate; \001server_no_context_takeover"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> agreed("permessage-deflate;\u2003server_no_context_takeover"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void longHeadersAreCutInTheMessage() {
    assertThatThrownBy(() -> agreed("x".repeat(200_000)))
        .satisfies(error -> assertThat(error.toString().length()).isLessThan(400));
  }

  private static Compression agreed(String... values) throws IOException {
    Headers.Builder headers = new Headers.Builder();
    for (String value : values) {
      headers.addUnsafeNonAscii("Sec-WebSocket-Extensions", value);
    }
    return Compression.agreed(headers.build());
  }
}
