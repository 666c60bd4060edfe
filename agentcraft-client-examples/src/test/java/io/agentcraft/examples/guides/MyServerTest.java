package io.agentcraft.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.conformance.ConformanceCheck;
import io.agentcraft.testing.conformance.ConformanceKit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the conformance tests of the guide to the test fixtures, with the reference server as the one to check. */
class MyServerTest {

  /** What takes half a minute of real time, or a whole one; the fixtures test these checks with a manual clock. */
  private static final List<ConformanceCheck> SLOW = List.of(
      ConformanceCheck.PING_AFTER_SILENCE,
      ConformanceCheck.NO_PING_WHILE_FRAMES_FLOW,
      ConformanceCheck.RATE_LIMIT);

  private final ReferenceServer server = ReferenceServer.start();
  private final MyServer mine = new MyServer(server.url());

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void hasOneTestForEachCheck() {
    assertThat(mine.conformsToTheProtocol().count()).isEqualTo(ConformanceCheck.values().length);
  }

  @TestFactory
  Stream<DynamicTest> theReferenceServerConforms() {
    server.startSession("session_1", "Why is the sky blue?", "Researcher");
    return mine.conformsToTheProtocol()
        .filter(test ->
            SLOW.stream().noneMatch(check -> test.getDisplayName().startsWith(check.id() + ":")));
  }

  /** Not found by JUnit, since it has no URL of its own. */
  private static final class MyServer {

    private final String url;

    MyServer(String url) {
      this.url = url;
    }

    @TestFactory
    Stream<DynamicTest> conformsToTheProtocol() {
      return ConformanceKit.against(url).tests();
    }
  }
}
