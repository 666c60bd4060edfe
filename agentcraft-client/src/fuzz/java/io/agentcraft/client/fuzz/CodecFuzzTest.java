package io.agentcraft.client.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecFuzzTest {

  @MethodSource("io.agentcraft.client.fuzz.Seeds#texts")
  @FuzzTest(maxDuration = "45s")
  void holds(byte[] data) {
    CodecProperties.check(new String(data, UTF_8));
  }
}
