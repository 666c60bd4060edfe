package io.agentcraft.examples.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jline.utils.Signals;

/** Ctrl-C and a friendly kill end a run in order, instead of the process at once. */
final class Interrupts implements AutoCloseable {

  private final Map<String, Object> before = new LinkedHashMap<>();

  Interrupts(Consumer<String> onSignal) {
    for (String signal : List.of("INT", "TERM")) {
      Object old = Signals.register(signal, () -> onSignal.accept(signal));
      if (old != null) {
        before.put(signal, old);
      }
    }
  }

  @Override
  public void close() {
    before.forEach(Signals::unregister);
  }
}
