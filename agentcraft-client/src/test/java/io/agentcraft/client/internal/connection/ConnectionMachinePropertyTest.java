package io.agentcraft.client.internal.connection;

import static io.agentcraft.client.internal.connection.MachineDriver.BROKEN;
import static io.agentcraft.client.internal.connection.MachineDriver.closed;
import static io.agentcraft.client.internal.connection.MachineDriver.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.client.internal.connection.ConnectionMachine.Effect;
import io.agentcraft.client.internal.connection.ConnectionMachine.Event;
import io.agentcraft.client.internal.connection.ConnectionMachine.Phase;
import io.agentcraft.client.internal.connection.ConnectionMachine.State;
import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens, in whatever order, these hold. */
class ConnectionMachinePropertyTest {

  private static final int WALKS = 100;
  private static final int STEPS = 120;
  private static final int MOST_ATTEMPTS = 5;

  /** The newest socket that was asked for and has not ended; 0 for none. */
  private long live;

  private boolean timer;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aRandomWalkNeverHasTwoSocketsNorATimerAtTheEnd(long seed) {
    Random random = new Random(seed);
    for (int walk = 0; walk < WALKS; walk++) {
      MachineDriver machine = new MachineDriver(
          ExponentialBackoff.defaults().withMaxAttempts(MOST_ATTEMPTS),
          random.nextBoolean() ? Duration.ZERO : MachineDriver.STABLE,
          random.nextBoolean(),
          1 + random.nextInt(2));
      live = 0;
      timer = false;
      for (int step = 0; step < STEPS; step++) {
        step(machine, event(random, machine.now.generation()));
      }
    }
  }

  private void step(MachineDriver machine, Event event) {
    State before = machine.now;
    if (event instanceof Event.TimedOut) {
      if (!timer) {
        return;
      }
      timer = false;
    }
    if (event instanceof Event.Ended ended && ended.generation() == live) {
      live = 0;
    }
    machine.on(event);
    Supplier<String> seen =
        () -> before + " on " + event + " -> " + MachineDriver.words(machine.last);
    machine.last.effects().forEach(effect -> apply(effect, seen));

    Phase phase = machine.now.phase();
    if (before.phase() instanceof Phase.Closed) {
      assertThat(phase).as(seen).isInstanceOf(Phase.Closed.class);
      assertThat(machine.last.effects())
          .as(seen)
          .allMatch(effect -> effect instanceof Effect.CancelSocket);
    }
    boolean atRest = phase instanceof Phase.Idle
        || phase instanceof Phase.Failed
        || phase instanceof Phase.Closed;
    if (atRest) {
      assertThat(timer).as(seen).isFalse();
      assertThat(live).as(seen).isZero();
    } else if (!(phase instanceof Phase.Open)) {
      assertThat(timer).as(seen).isTrue();
    }
    if (phase instanceof Phase.Waiting waiting) {
      assertThat(waiting.attempt()).as(seen).isBetween(1, MOST_ATTEMPTS);
      assertThat(live).as(seen).isZero();
    }
    assertThat(machine.now.generation()).as(seen).isGreaterThanOrEqualTo(before.generation());
  }

  private void apply(Effect effect, Supplier<String> seen) {
    if (effect instanceof Effect.OpenSocket open) {
      assertThat(live).as(seen).isZero();
      live = open.generation();
    } else if (effect instanceof Effect.CancelSocket cancel) {
      live = cancel.generation() == live ? 0 : live;
    } else if (effect instanceof Effect.CloseSocket close) {
      assertThat(close.generation()).as(seen).isEqualTo(live);
    } else {
      timer = effect instanceof Effect.StartTimer;
    }
  }

  private static Event event(Random random, long newest) {
    long generation = random.nextInt(4) == 0 ? Math.max(0, newest - 1) : newest;
    return switch (random.nextInt(15)) {
      case 0, 1 -> new Event.ConnectRequested();
      case 2 -> random.nextInt(10) == 0 ? new Event.CloseRequested() : new Event.Opened(generation);
      case 3, 4 -> new Event.Opened(generation);
      case 5, 6 -> new Event.FirstMessage(generation);
      case 7 -> new Event.PeerClosing(generation, closed(1000 + random.nextInt(16)));
      case 8 -> new Event.Silent(generation, Duration.ofSeconds(46));
      case 9 -> new Event.Mute(generation);
      case 10, 11 -> new Event.Ended(generation, cause(random));
      default -> new Event.TimedOut("");
    };
  }

  private static DisconnectCause cause(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> refused(400 + random.nextInt(30));
      case 1 -> refused(500 + random.nextInt(5));
      case 2 -> closed(1000 + random.nextInt(16));
      default -> BROKEN;
    };
  }
}
