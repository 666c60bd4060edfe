package io.agentcraft.examples.demo;

import io.agentcraft.examples.crew.CrewStep;
import io.agentcraft.examples.crew.PerformedStep;
import io.agentcraft.examples.crew.TimedStep;
import io.agentcraft.examples.live.Frame;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What the checks judge by.
 *
 * @param script what was to be played
 * @param performed what was played
 * @param seen what the client knows
 * @param caughtUpAt when the client had caught up after its last reconnect; empty if it never had to
 */
record Evidence(
    List<TimedStep> script, List<PerformedStep> performed, Frame seen, OptionalLong caughtUpAt) {

  Evidence {
    script = List.copyOf(script);
    performed = List.copyOf(performed);
  }

  <S extends CrewStep> Stream<S> scripted(Class<S> kind) {
    return script.stream().map(TimedStep::step).filter(kind::isInstance).map(kind::cast);
  }

  <S extends CrewStep> Stream<S> performed(Class<S> kind) {
    return performed.stream().map(PerformedStep::step).filter(kind::isInstance).map(kind::cast);
  }
}
