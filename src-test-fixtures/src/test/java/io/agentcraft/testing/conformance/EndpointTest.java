package io.agentcraft.testing.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {

  @ParameterizedTest
  @CsvSource({
    "ws://host:8000,                                        http://host:8000",
    "WSS://Host/?tenant=7,                                  https://host",
    "ws://host/ws/agent-tracking,                           http://host",
    "https://host/team/a/api/ws/agent-tracking/,            https://host/team/a",
    "wss://[::1]:8443/a/ws/agent-tracking/client_1_abc?x=y, https://[::1]:8443/a",
    "ws://host/my-api/ws/agent-tracking,                    http://host/my-api",
    "ws://host/api/ws/agent-tracking/{client_id},           http://host",
    "ws://host/team/a,",
    "ws://host/my-ws/agent-tracking/v2,"
  })
  void httpPathsAreBesideTheSocketOrNotKnown(String url, @Nullable String base) {
    assertThat(Endpoint.defaultHttpBase(url)).isEqualTo(base);
  }
}
