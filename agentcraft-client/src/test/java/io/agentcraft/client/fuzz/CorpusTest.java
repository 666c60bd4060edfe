package io.agentcraft.client.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fuzzer begins from, and what it found, without the fuzzer. */
class CorpusTest {

  @ParameterizedTest
  @MethodSource("io.agentcraft.client.fuzz.Seeds#texts")
  void codec(byte[] seed) {
    CodecProperties.check(new String(seed, UTF_8));
  }

  @ParameterizedTest
  @MethodSource("io.agentcraft.client.fuzz.Seeds#texts")
  void text(byte[] seed) {
    TextProperties.check(new String(seed, UTF_8));
  }

  @ParameterizedTest
  @MethodSource("io.agentcraft.client.fuzz.Seeds#bytes")
  void bytes(byte[] seed) {
    ByteProperties.check(seed);
  }

  /** None of them costs the connection, a thread or a listener. */
  @ParameterizedTest
  @MethodSource("io.agentcraft.client.fuzz.DamagedFrames#whole")
  void damagedFrames(String whole) {
    List<String> damaged = DamagedFrames.of(whole);
    TextProperties.checkFrames(damaged);
    ByteProperties.checkFrames(damaged);
  }
}
