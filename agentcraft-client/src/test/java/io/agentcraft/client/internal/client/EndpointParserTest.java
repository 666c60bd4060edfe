package io.agentcraft.client.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.agentcraft.client.internal.connection.Endpoints.Endpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointParserTest {

  @ParameterizedTest
  @CsvSource({
    "ws://host:8000/ws/agent-tracking, ws://host:8000/ws/agent-tracking/ID",
    "http://host:8000/ws/agent-tracking, ws://host:8000/ws/agent-tracking/ID",
    "wss://host/a, wss://host/a/ID",
    "https://host/a, wss://host/a/ID",
    "WSS://Host/a, wss://host/a/ID",
    "ws://host/a/, ws://host/a/ID",
    "ws://host:80/a, ws://host/a/ID",
    "wss://host:443/a, wss://host/a/ID",
    "wss://host:80/a, wss://host:80/a/ID",
    "ws://[::1]:8000/a, ws://[::1]:8000/a/ID",
    "ws://127.0.0.1/a/b/c, ws://127.0.0.1/a/b/c/ID",
    "ws://host/a?tenant=7&x=y, ws://host/a/ID?tenant=7&x=y",
    "ws://host/a/?tenant=7, ws://host/a/ID?tenant=7",
    "' ws://host/a ', ws://host/a/ID",
    "ws://host/with%20space, ws://host/with%20space/ID",
  })
  void aUrlWithAPathIsTakenAsItIs(String url, String expected) {
    EndpointParser.Parsed parsed = EndpointParser.parse(url);

    assertThat(parsed.endpoints().candidates())
        .extracting(endpoint -> endpoint.urlFor("ID"))
        .containsExactly(expected);
    assertThat(parsed.clientId()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "ws://host:8000, ws://host:8000",
    "http://host/, ws://host",
    "wss://[::1]/, wss://[::1]"
  })
  void aUrlWithoutAPathHasTwoCandidates(String url, String base) {
    assertThat(EndpointParser.parse(url).endpoints().candidates())
        .containsExactly(
            new Endpoint(base + "/ws/agent-tracking", ""),
            new Endpoint(base + "/api/ws/agent-tracking", ""));
  }

  @Test
  void aClientIdAtTheEndIsTakenFromTheUrl() {
    EndpointParser.Parsed parsed =
        EndpointParser.parse("ws://host/ws/agent-tracking/client_17_abc?x=1");

    assertThat(parsed.clientId()).isEqualTo("client_17_abc");
    assertThat(parsed.endpoints().current().urlFor("client_17_abc"))
        .isEqualTo("ws://host/ws/agent-tracking/client_17_abc?x=1");
    assertThat(parsed.origin()).isEqualTo("http://host");
  }

  /** The protocol's document writes the URL with a placeholder at its end, which people copy. */
  @ParameterizedTest
  @CsvSource({
    "ws://host/ws/agent-tracking/{client_id}, ws://host/ws/agent-tracking/ID",
    "ws://host/ws/agent-tracking/{client_id}/, ws://host/ws/agent-tracking/ID",
    "ws://host/ws/agent-tracking/{client_id}?x=1, ws://host/ws/agent-tracking/ID?x=1",
    "wss://host/team/api/ws/agent-tracking/%7Bclient_id%7D, wss://host/team/api/ws/agent-tracking/ID",
    "wss://host/ws/agent-tracking/%7bclientId%7d, wss://host/ws/agent-tracking/ID",
    "ws://host/a/{clientId}, ws://host/a/ID",
    "ws://host/{client_id}/a, ws://host/%7Bclient_id%7D/a/ID",
    "ws://host/a/x{client_id}, ws://host/a/x%7Bclient_id%7D/ID"
  })
  void aPlaceholderOfTheClientIdAtTheEndIsLeftOut(String url, String expected) {
    EndpointParser.Parsed parsed = EndpointParser.parse(url);

    assertThat(parsed.endpoints().candidates())
        .extracting(endpoint -> endpoint.urlFor("ID"))
        .containsExactly(expected);
    assertThat(parsed.clientId()).isNull();
  }

  @Test
  void httpAddressesIgnoreThePlaceholderToo() {
    assertThat(EndpointParser.parse("ws://host/team/api/ws/agent-tracking/{client_id}")
            .httpBaseUrl())
        .isEqualTo("http://host/team");
    assertThat(EndpointParser.parse("ws://host/{client_id}").endpoints().candidates())
        .hasSize(2);
  }

  /** OkHttp would take what follows for the host. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ws://",
        "ws:///",
        "ws:///ws/agent-tracking",
        "wss:////host/ws",
        "http:///host",
        "ws://:8000",
        "ws://:8000/ws",
        "ws://?tenant=7",
        "ws://#a",
        "ws://\\ws",
        "ws://@:8000/",
        "ws://user@/ws"
      })
  void anEmptyHostIsNamed(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EndpointParser.parse(url))
        .withMessageContaining("has no host")
        .withMessageContaining("Write it like ws://localhost:8000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EndpointParser.httpBaseUrl(url))
        .withMessageContaining("has no host");
  }

  @ParameterizedTest
  @CsvSource({
    "ws://host:8000,                                       http://host:8000",
    "https://host/,                                        https://host",
    "wss://[::1]:8443/?tenant=7,                           https://[::1]:8443",
    "ws://host:8000/ws/agent-tracking,                     http://host:8000",
    "ws://host:8000/api/ws/agent-tracking,                 http://host:8000",
    "ws://host/ws/agent-tracking/,                         http://host",
    "wss://host/team/a/ws/agent-tracking,                  https://host/team/a",
    "wss://host/team/a/api/ws/agent-tracking,              https://host/team/a",
    "wss://host/team/a/api/ws/agent-tracking/,             https://host/team/a",
    "wss://host/team/a/api/ws/agent-tracking/client_17_abc, https://host/team/a",
    "wss://host/team/a/ws/agent-tracking/client_17_abc/,   https://host/team/a",
    "https://host:8443/a/api/ws/agent-tracking?key=x,      https://host:8443/a",
    "ws://[::1]:8000/a/ws/agent-tracking?x=/b,             http://[::1]:8000/a",
    "ws://host/with%20space/ws/agent-tracking,             http://host/with%20space",
    "ws://host//team//ws/agent-tracking,                   http://host/team",
    "ws://host/api/api/ws/agent-tracking,                  http://host/api",
    "ws://host/my-api/ws/agent-tracking,                   http://host/my-api",
    "ws://host/ws/agent-tracking/ws/agent-tracking,        http://host/ws/agent-tracking",
    // Not known: below the bare host may be somebody else.
    "ws://host/team/a,",
    "ws://host/client_17_abc,",
    "ws://host/agent-tracking,",
    "ws://host/my-ws/agent-tracking,",
    "ws://host/WS/Agent-Tracking,",
    "ws://host/ws/agent-tracking/v2,",
    "ws://host/a?path=/ws/agent-tracking,"
  })
  void httpAddressesKeepWhatIsBeforeTheSocketsKnownPath(String url, @Nullable String expected) {
    assertThat(EndpointParser.parse(url).httpBaseUrl()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "host",
        "host:8000",
        "localhost:8000/ws",
        "ftp://host",
        "ws:host",
        "ws://",
        "ws://:80",
        "ws://host:port",
        "ws://host:70000",
        "ws://ho st",
        "ws://[::1",
        "://host",
        "ws//host"
      })
  void junkIsRefusedWithAnExampleThatWorks(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EndpointParser.parse(url))
        .withMessageContaining("Write it like ws://localhost:8000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ws://user:hunter2@host",
        "ws://hunter2@host/a",
        "ws://user:hunter2/x@host",
        "user:hunter2@host",
        "wss:/user:hunter2@host",
        "host?token=hunter2",
        "ws://?token=hunter2",
        "ws://ho st?token=\nhunter2",
        "ftp://host/#hunter2"
      })
  void noMessageShowsASecret(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EndpointParser.parse(url))
        .satisfies(error -> assertThat(error.getMessage()).doesNotContain("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ws://host#hunter2", "ws://host/a#", "wss://host/a?x=1#hunter2"})
  void aFragmentIsRefusedSinceItIsNeverSent(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EndpointParser.parse(url))
        .withMessageContaining("fragment")
        .withMessageContaining("%23")
        .satisfies(error -> assertThat(error.getMessage()).doesNotContain("hunter2"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://host, https://host",
    "http://host:8080/, http://host:8080",
    "https://host/base/, https://host/base",
    "ws://host:8000, http://host:8000",
    "WSS://host/base, https://host/base",
    "https://[::1]:8443/base, https://[::1]:8443/base",
  })
  void theBaseOfPostsIsHttpWhateverItIsWrittenAs(String url, String expected) {
    assertThat(EndpointParser.httpBaseUrl(url)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://host/base?key=hunter2",
        "https://host#hunter2",
        "https://me:hunter2@host",
        "ftp://host"
      })
  void aBaseOfPostsThatWouldNotBeUsedAsWrittenIsRefused(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EndpointParser.httpBaseUrl(url))
        .satisfies(error -> assertThat(error.getMessage()).doesNotContain("hunter2"));
  }

  @Test
  void anEndpointNeverShowsItsQuery() {
    assertThat(EndpointParser.parse("ws://host/a?token=hunter2").endpoints().current())
        .hasToString("ws://host/a");
  }
}
