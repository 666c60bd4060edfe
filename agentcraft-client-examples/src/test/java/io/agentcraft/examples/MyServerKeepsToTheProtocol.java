package io.agentcraft.examples;

import io.agentcraft.testing.conformance.ConformanceKit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Conformance tests of a server of one's own, as in the README. Not part of the build: there is no such server. */
class MyServerKeepsToTheProtocol {

  @TestFactory
  Stream<DynamicTest> myServerKeepsToTheProtocol() {
    return ConformanceKit.against("ws://localhost:8000").tests();
  }
}
