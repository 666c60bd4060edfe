package io.agentcraft.examples.recipes;

import io.agentcraft.testing.conformance.ConformanceKit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Conformance tests of your own server, one test per check. Not run by the build, which has no such server.
 *
 * <p>To run it: {@code mvn test -Dtest=MyServerKeepsToTheProtocol}
 */
class MyServerKeepsToTheProtocol {

  @TestFactory
  Stream<DynamicTest> myServerKeepsToTheProtocol() {
    return ConformanceKit.against("ws://localhost:8000").tests();
  }
}
