package io.agentcraft.client.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.params.provider.MethodSource;

class ByteFuzzTest {

  @MethodSource("io.agentcraft.client.fuzz.Seeds#bytes")
  @FuzzTest(maxDuration = "45s")
  void holds(byte[] data) {
    ByteProperties.check(data);
  }
}
