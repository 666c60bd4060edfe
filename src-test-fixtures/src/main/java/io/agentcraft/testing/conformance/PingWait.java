package io.agentcraft.testing.conformance;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ping wait, observed once by a client that is silent and by one that keeps sending.
 *
 * @param toSilent the ping that the silent client received; null if none
 * @param toBusy the ping that the other one received; null if none
 */
record PingWait(@Nullable Frame toSilent, @Nullable Frame toBusy) {

  /** How often the busy client sends: every 3.5 s in a wait of 35 s. */
  private static final int STEPS = 10;

  static PingWait observe(CheckContext context) {
    CheckConnection silent = context.connection();
    CheckConnection busy = context.connection();
    Settings settings = context.settings();
    int sinceSilent = silent.mark();
    int sinceBusy = busy.mark();
    Duration step = settings.pingWait().dividedBy(STEPS);
    int steps = 0;
    while (steps < STEPS && busy.seen(sinceBusy, PingWait::isPing).isEmpty()) {
      busy.send(Requests.pong());
      busy.roundTrip();
      pass(settings, step, () -> busy.raw().await(sinceBusy, PingWait::isPing, step));
      steps++;
    }
    // Once the busy client has received one, only the silent one still waits.
    Duration rest = step.multipliedBy(STEPS - steps);
    if (!rest.isZero()) {
      pass(settings, rest, () -> silent.raw().await(sinceSilent, PingWait::isPing, rest));
    }
    silent.roundTrip();
    busy.roundTrip();
    return new PingWait(
        silent.seen(sinceSilent, PingWait::isPing).orElse(null),
        busy.seen(sinceBusy, PingWait::isPing).orElse(null));
  }

  CheckOutcome afterSilence(Settings settings) {
    if (toSilent == null) {
      throw CheckEndedException.fail(
          "a ping to a client that sends nothing",
          "none was received within " + CheckConnection.seconds(settings.pingWait()));
    }
    Fields ignored = Fields.of(toSilent, "ping").number("timestamp");
    Fields.readable(toSilent);
    return new CheckOutcome.Pass("");
  }

  CheckOutcome whileFramesFlow(Settings settings) {
    if (toBusy != null) {
      throw CheckEndedException.fail(
          "no ping to a client that sends every "
              + CheckConnection.seconds(settings.pingWait().dividedBy(STEPS)),
          "got " + toBusy.shown());
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
