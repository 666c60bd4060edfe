package io.agentcraft.testing.conformance;

import io.agentcraft.testing.internal.raw.Frame;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ping wait, lived through once by a client that is silent and by one that sends now and then.
 *
 * @param toSilent the ping that the silent client got; null if none
 * @param toBusy the ping that the other one got; null if none
 */
record Lull(@Nullable Frame toSilent, @Nullable Frame toBusy) {

  /** So often the busy client sends: every 3.5 s in the wait of 35 s. */
  private static final int STEPS = 10;

  static Lull live(Scene scene) {
    Line silent = scene.line();
    Line busy = scene.line();
    Settings settings = scene.settings();
    int sinceSilent = silent.mark();
    int sinceBusy = busy.mark();
    Duration step = settings.pingWait().dividedBy(STEPS);
    int steps = 0;
    while (steps < STEPS && busy.seen(sinceBusy, Lull::isPing).isEmpty()) {
      busy.send(Asking.pong());
      busy.roundTrip();
      pass(settings, step, () -> busy.peer().await(sinceBusy, Lull::isPing, step));
      steps++;
    }
    // Once the busy client has got one, only the silent one still has something to wait for.
    Duration rest = step.multipliedBy(STEPS - steps);
    if (!rest.isZero()) {
      pass(settings, rest, () -> silent.peer().await(sinceSilent, Lull::isPing, rest));
    }
    silent.roundTrip();
    busy.roundTrip();
    return new Lull(
        silent.seen(sinceSilent, Lull::isPing).orElse(null),
        busy.seen(sinceBusy, Lull::isPing).orElse(null));
  }

  CheckOutcome afterSilence(Settings settings) {
    if (toSilent == null) {
      throw Settled.fail(
          "a ping to a client that sends nothing",
          "none came within " + Line.seconds(settings.pingWait()));
    }
    Fields ignored = Fields.of(toSilent, "ping").number("timestamp");
    Fields.readable(toSilent);
    return new CheckOutcome.Pass("");
  }

  CheckOutcome whileFramesFlow(Settings settings) {
    if (toBusy != null) {
      throw Settled.fail(
          "no ping to a client that sends every "
              + Line.seconds(settings.pingWait().dividedBy(STEPS)),
          "there came " + toBusy.shown());
    }
    return new CheckOutcome.Pass("");
  }

  static void pass(Settings settings, Duration duration, Runnable realWait) {
    Consumer<Duration> passTime = settings.passTime();
    if (passTime == null) {
      realWait.run();
    } else {
      passTime.accept(duration);
    }
  }

  private static boolean isPing(Frame frame) {
    return frame.is("ping");
  }
}
