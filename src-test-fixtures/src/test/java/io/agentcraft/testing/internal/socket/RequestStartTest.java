package io.agentcraft.testing.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The web server sees an I/O error where it would log a warning or print a stack trace. */
class RequestStartTest {

  private boolean closed;

  @Test
  void aRequestPasses() throws IOException {
    RequestStart in = start("GET / HTTP/1.1");
    assertThat(in.read()).isEqualTo('G');
    assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo("ET / HTTP/1.1");
    assertThat(in.read()).isEqualTo(-1);
    assertThat(closed).isFalse();
  }

  @Test
  void laterBytesMayBeAnything() throws IOException {
    assertThat(start("G\u0016").readAllBytes()).containsExactly('G', 0x16);
  }

  @Test
  void theBeginningOfTlsIsAnError() {
    assertThatThrownBy(() -> start("\u0016\u0003\u0001").read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("TLS");
    assertThat(closed).isTrue();
  }

  @Test
  void aConnectionWithoutARequestIsAnError() {
    assertThatThrownBy(() -> start("").read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("before a request");
    assertThat(closed).isTrue();
  }

  private RequestStart start(String bytes) {
    return new RequestStart(
        new ByteArrayInputStream(bytes.getBytes(StandardCharsets.US_ASCII)), () -> closed = true);
  }
}
