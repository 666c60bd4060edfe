package io.agentcraft.client.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientIdsTest {

  @Test
  void anIdHasTheTimeAndNineRandomCharacters() {
    assertThat(ClientIds.create(InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_000L))))
        .matches("client_1700000000000_[a-z0-9]{9}");
    assertThat(Stream.generate(ClientIds::create).limit(1_000)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "client",
        "client_1",
        "client_1_",
        "client__a",
        "client_x_a",
        "client_1_A",
        "client_1_a-b",
        "client_1_a\n",
        " client_1_a",
        "Client_1_a",
        "client_١_a",
        "client_1_ä",
        "client_1_a_b"
      })
  void invalidIdsAreRejected(String id) {
    assertThat(ClientIds.isValid(id)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClientIds.requireValid(id))
        .withMessageContaining("client_1700000000000_abc123def");
  }

  @Test
  void aValidIdIsReturned() {
    assertThat(ClientIds.requireValid("client_0_a")).isEqualTo("client_0_a");
  }
}
