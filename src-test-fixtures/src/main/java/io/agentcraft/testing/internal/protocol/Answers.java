package io.agentcraft.testing.internal.protocol;

import io.agentcraft.client.message.ServerMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Sends answers, unless told to lose, double or keep them. Confined to the server's loop. */
public final class Answers {

  private record Held(Connection asker, Runnable answer) {}

  private final Outbox outbox;
  private final List<Held> held = new ArrayList<>();
  private int toDrop;
  private int toDouble;
  private boolean holding;

  Answers(Outbox outbox) {
    this.outbox = outbox;
  }

  public void dropNext(int count) {
    toDrop += count;
  }

  public void doubleNext(int count) {
    toDouble += count;
  }

  public void hold() {
    holding = true;
  }

  /** Sends what was held, and holds nothing any more. */
  public void release(boolean lastFirst) {
    holding = false;
    List<Held> all = new ArrayList<>(held);
    held.clear();
    if (lastFirst) {
      Collections.reverse(all);
    }
    all.forEach(one -> send(one.asker(), one.answer()));
  }

  /** Answers as it should be. */
  public void heal() {
    toDrop = 0;
    toDouble = 0;
    release(false);
  }

  public int held() {
    return held.size();
  }

  void answer(Connection asker, List<? extends ServerMessage> messages) {
    if (!messages.isEmpty()) {
      answer(asker, () -> outbox.answer(asker, messages));
    }
  }

  /** Answers in a way of its own. */
  void answer(Connection asker, Runnable answer) {
    if (toDrop > 0) {
      toDrop--;
    } else if (holding) {
      held.add(new Held(asker, answer));
    } else {
      send(asker, answer);
    }
  }

  private void send(Connection asker, Runnable answer) {
    if (asker.closure() != null) {
      return;
    }
    answer.run();
    if (toDouble > 0) {
      toDouble--;
      answer.run();
    }
  }
}
