package io.agentcraft.testing.conformance;

import io.agentcraft.client.it.Resources;
import io.agentcraft.testing.ManualScheduler;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.ReferenceServerBuilder;
import io.agentcraft.testing.WireForm;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/** Reference servers on a clock that the kit advances. */
final class TestBed extends Resources {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ManualScheduler clock = closed(new ManualScheduler());

  ReferenceServer start(ReferenceServerBuilder options) {
    return closed(options.scheduler(clock).start());
  }

  /** A server with a running session that has a log. */
  ReferenceServer server(WireForm form) {
    return withSession(start(ReferenceServer.builder().form(form)));
  }

  static ReferenceServer withSession(ReferenceServer server) {
    server.startSession("session_1", "How do I fix webhook errors?", "Researcher", "Writer");
    server.appendLog("session_1", "info", "Researcher", "Starting webhook analysis");
    return server;
  }

  ConformanceKit kit(ReferenceServer server) {
    return plainKit(server)
        .logLine((session, text) -> server.appendLog(session, "info", "Researcher", text));
  }

  ConformanceKit plainKit(ReferenceServer server) {
    return ConformanceKit.against(server.url()).passTime(time -> pass(server, time));
  }

  void pass(ReferenceServer server, Duration time) {
    if (time.compareTo(MINUTE) > 0) {
      // Frames beyond the limit are not answered: they must have been received before the minute
      // ends.
      awaitFrames(server, 70);
    }
    clock.advance(time);
  }

  /** Runs one check only. */
  CheckOutcome one(ReferenceServer server, ConformanceCheck check) {
    return only(kit(server), check).run().results().get(0).outcome();
  }

  static ConformanceKit only(ConformanceKit kit, ConformanceCheck... checks) {
    EnumSet<ConformanceCheck> others = EnumSet.allOf(ConformanceCheck.class);
    others.removeAll(List.of(checks));
    return kit.without(others.toArray(ConformanceCheck[]::new));
  }

  private static void awaitFrames(ReferenceServer server, int count) {
    var unused = server
        .within(Duration.ofSeconds(30))
        .frame(count + " of one client", frame -> frame.connection().frames().size() == count);
  }
}
